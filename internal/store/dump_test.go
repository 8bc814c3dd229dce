package store

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"runtime"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"
)

// dumpOf writes a dump of one collection by hand.
func dumpOf(version int, docs ...bson.M) []byte {
	var out bytes.Buffer
	d := &dumper{w: bufio.NewWriter(&out), sha: sha256.New(), sum: Summary{Collections: map[string]int64{}}}
	c := dumpCollection{Name: "relics", Schema: 1}
	d.bytes([]byte(dumpMagic))
	d.document(recordHeader, dumpHeader{Version: version, At: time.UnixMilli(1), Collections: []dumpCollection{c}})
	d.document(recordCollection, c)
	for _, doc := range docs {
		d.document(recordDocument, doc)
		c.Count++
	}
	d.document(recordEnd, c)
	d.record(recordDigest, d.sha.Sum(nil))
	if err := errors.Join(d.err, d.w.Flush()); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func TestVerifyDumpTellsWhatIsWrong(t *testing.T) {
	good := dumpOf(1, bson.M{"_id": "a"}, bson.M{"_id": "b"})
	if sum, err := VerifyDump(bytes.NewReader(good)); err != nil || sum.Documents != 2 {
		t.Fatalf("a good dump: %+v, %v", sum, err)
	}
	for rule, c := range map[string]struct {
		in   []byte
		want error
	}{
		"a newer version":         {dumpOf(2), ErrDumpNewer},
		"version zero":            {dumpOf(0), ErrDumpDamaged},
		"a document without id":   {dumpOf(1, bson.M{"x": 1}), ErrDumpDamaged},
		"a document with no text": {dumpOf(1, bson.M{"_id": 7}), ErrDumpDamaged},
	} {
		if _, err := VerifyDump(bytes.NewReader(c.in)); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", rule, err, c.want)
		}
	}
	for i := range good {
		if _, err := VerifyDump(bytes.NewReader(good[:i])); !errors.Is(err, ErrDumpDamaged) && !errors.Is(err, ErrDumpFormat) {
			t.Errorf("cut at byte %d: %v", i, err)
		}
		bad := bytes.Clone(good)
		bad[i] ^= 0x01
		if _, err := VerifyDump(bytes.NewReader(bad)); err == nil {
			t.Errorf("byte %d was altered and nothing noticed", i)
		}
	}
}

// A length alone must not cost memory.
func TestVerifyDumpDoesNotBelieveLengths(t *testing.T) {
	in := append([]byte(dumpMagic), recordHeader)
	in = binary.LittleEndian.AppendUint32(in, maxRecord)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 10 {
		if _, err := VerifyDump(bytes.NewReader(in)); !errors.Is(err, ErrDumpDamaged) {
			t.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 {
		t.Errorf("%d bytes for ten streams of %d bytes", used, len(in))
	}
}

func FuzzVerifyDump(f *testing.F) {
	f.Add(dumpOf(1))
	f.Add(dumpOf(1, bson.M{"_id": "a", "n": 1}, bson.M{"_id": "b", "in": bson.M{"x": bson.A{1, "二", nil}}}))
	f.Add([]byte(dumpMagic))
	f.Fuzz(func(t *testing.T, in []byte) {
		sum, err := VerifyDump(bytes.NewReader(in))
		if err != nil {
			return
		}
		// What is accepted is whole: its digest is that of its bytes.
		digest := sha256.Sum256(in[:len(in)-5-sha256.Size])
		if sum.Bytes != int64(len(in)) || sum.Digest != hex.EncodeToString(digest[:]) {
			t.Errorf("accepted as %+v", sum)
		}
	})
}
