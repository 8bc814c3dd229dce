package store

import (
	"encoding/base64"
	"errors"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"
)

// FuzzCursor: whatever comes as a cursor gives a position with a key for each
// part, or ErrCursor.
func FuzzCursor(f *testing.F) {
	spec := Spec{Name: "relics", Schema: 1, Indexes: []Index{{Name: "x", Parts: []Part{
		{Path: "s"}, {Path: "i", Kind: Int}, {Path: "b", Kind: Bool}, {Path: "t", Kind: Time}}}}}
	q := Query{Index: "x", Equal: []any{"鼎"}}
	scan, err := q.plan(spec)
	if err != nil {
		f.Fatal(err)
	}
	raw, err := bson.Marshal(bson.M{"_id": "a", "s": "鼎", "i": int64(-670), "b": true, "t": time.UnixMilli(5)})
	if err != nil {
		f.Fatal(err)
	}
	good, err := scan.seal(raw)
	if err != nil {
		f.Fatal(err)
	}
	plain, err := base64.RawURLEncoding.DecodeString(string(good))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(plain)
	f.Add([]byte{0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, in []byte) {
		q := q
		q.After = Cursor(base64.RawURLEncoding.EncodeToString(in))
		if q.After == "" {
			return
		}
		scan, err := q.plan(spec)
		switch {
		case errors.Is(err, ErrCursor):
		case err != nil:
			t.Errorf("got %v, want ErrCursor", err)
		case len(scan.After.Key) != 4:
			t.Errorf("position %+v", scan.After)
		}
	})
}
