package store

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/bson"
)

// MaxLimit is the largest page that Find returns.
const MaxLimit = 1000

// Query names an index and a contiguous range of it: values for a prefix of
// its parts, then at most one bound on the next part.
//
// Values are string, int64 (or int), bool or time.Time, as the part declares;
// named string types are not accepted, convert them.
type Query struct {
	Index   string
	Equal   []any  // values of the first parts
	From    any    // nil, or the next part is >= From
	Before  any    // nil, or the next part is < Before
	Prefix  string // "" or the next part, a String, begins with it; excludes From and Before
	Reverse bool   // last first
	Limit   int    // 1 to MaxLimit; 0 means 50
	After   Cursor // "" or where the page before ended
}

// Cursor is where a page ended. It is opaque, URL-safe text, valid for the
// same query (whatever the limit) only.
type Cursor string

// Page is a part of the documents that a query finds.
type Page[T any] struct {
	Items []*T
	Next  Cursor // "" when there are no more
}

// Scan is a checked query as an engine gets it: every value is a string, int64,
// bool or a UTC time.Time of millisecond precision.
type Scan struct {
	Collection string
	Index      Index // without a name: order of ids
	Equal      []any
	From       any // nil or bound on part len(Equal), inclusive
	Before     any // nil or bound on part len(Equal), exclusive
	Prefix     string
	Reverse    bool
	Limit      int
	After      *Position // nil or exclusive start
}

// Position is a place in an index: the values of all its parts, and the id.
type Position struct {
	Key []any
	ID  string
}

type cursorDoc struct {
	Query []byte `bson:"q"`
	Key   bson.A `bson:"k"`
	ID    string `bson:"i"`
}

// plan checks q against spec and makes the scan.
func (q Query) plan(spec Spec) (Scan, error) {
	ix, ok := spec.index(q.Index)
	if !ok {
		return Scan{}, fmt.Errorf("store: %s has no index %q: declare it", spec.Name, q.Index)
	}
	parts := ix.Parts
	if q.Index == ByID {
		parts = []Part{{Path: "_id", Kind: String}}
	}
	bounded := q.From != nil || q.Before != nil || q.Prefix != ""
	if len(q.Equal) > len(parts) || (bounded && len(q.Equal) == len(parts)) {
		return Scan{}, fmt.Errorf("store: %s.%s: more values than parts", spec.Name, q.Index)
	}
	if q.Prefix != "" && (q.From != nil || q.Before != nil) {
		return Scan{}, fmt.Errorf("store: %s.%s: both a prefix and a range", spec.Name, q.Index)
	}
	sc := Scan{Collection: spec.Name, Index: ix, Prefix: q.Prefix, Reverse: q.Reverse, Limit: q.Limit}
	for i, p := range parts {
		if p.Array && i >= len(q.Equal) {
			return Scan{}, fmt.Errorf("store: %s.%s: the array part needs an equal value", spec.Name, q.Index)
		}
	}
	for i, v := range q.Equal {
		n, err := parts[i].value(v)
		if err != nil {
			return Scan{}, fmt.Errorf("store: %s.%s: %w", spec.Name, q.Index, err)
		}
		sc.Equal = append(sc.Equal, n)
	}
	if bounded {
		next := parts[len(q.Equal)]
		var err error
		if q.Prefix != "" && next.Kind != String {
			return Scan{}, fmt.Errorf("store: %s.%s: prefix of a part that is no string", spec.Name, q.Index)
		}
		if q.From != nil {
			if sc.From, err = next.value(q.From); err != nil {
				return Scan{}, fmt.Errorf("store: %s.%s: %w", spec.Name, q.Index, err)
			}
		}
		if q.Before != nil {
			if sc.Before, err = next.value(q.Before); err != nil {
				return Scan{}, fmt.Errorf("store: %s.%s: %w", spec.Name, q.Index, err)
			}
		}
	}
	if sc.Limit == 0 {
		sc.Limit = 50
	}
	if sc.Limit < 1 || sc.Limit > MaxLimit {
		return Scan{}, fmt.Errorf("store: limit %d is not 1 to %d", q.Limit, MaxLimit)
	}
	if q.After != "" {
		pos, err := q.open(sc, parts)
		if err != nil {
			return Scan{}, ErrCursor.Wrap(err)
		}
		sc.After = pos
	}
	return sc, nil
}

// value turns v into the canonical value of the part's kind.
func (p Part) value(v any) (any, error) {
	switch p.Kind {
	case String:
		if s, ok := v.(string); ok {
			return s, nil
		}
	case Int:
		switch n := v.(type) {
		case int64:
			return n, nil
		case int:
			return int64(n), nil
		}
	case Bool:
		if b, ok := v.(bool); ok {
			return b, nil
		}
	case Time:
		if t, ok := v.(time.Time); ok {
			return t.UTC().Truncate(time.Millisecond), nil
		}
	}
	return nil, fmt.Errorf("part %s takes no %T", p.Path, v)
}

// fingerprint identifies the query for its cursors; the limit may differ.
func (sc Scan) fingerprint() []byte {
	h := sha256.New()
	fmt.Fprintf(h, "%s|%s|%#v|%#v|%#v|%q|%t", sc.Collection, sc.Index.Name, stable(sc.Equal), stable([]any{sc.From}), stable([]any{sc.Before}), sc.Prefix, sc.Reverse)
	return h.Sum(nil)[:12]
}

// stable replaces times by their milliseconds, whose print does not vary.
func stable(values []any) []any {
	out := make([]any, len(values))
	for i, v := range values {
		if t, ok := v.(time.Time); ok {
			v = t.UnixMilli()
		}
		out[i] = v
	}
	return out
}

func (q Query) open(sc Scan, parts []Part) (*Position, error) {
	if len(q.After) > 4096 {
		return nil, fmt.Errorf("cursor of %d bytes", len(q.After))
	}
	raw, err := base64.RawURLEncoding.DecodeString(string(q.After))
	if err != nil {
		return nil, err
	}
	var doc cursorDoc
	if err := Valid(raw); err != nil {
		return nil, err
	}
	if err := bson.Unmarshal(raw, &doc); err != nil {
		return nil, err
	}
	if string(doc.Query) != string(sc.fingerprint()) {
		return nil, fmt.Errorf("cursor of another query")
	}
	pos := &Position{ID: doc.ID}
	if sc.Index.Name == ByID {
		return pos, nil
	}
	if len(doc.Key) != len(parts) {
		return nil, fmt.Errorf("cursor with %d parts", len(doc.Key))
	}
	for i, v := range doc.Key {
		if parts[i].Kind == Time {
			ms, ok := v.(int64)
			if !ok {
				return nil, fmt.Errorf("cursor with a bad time")
			}
			v = time.UnixMilli(ms).UTC()
		}
		n, err := parts[i].value(v)
		if err != nil {
			return nil, err
		}
		pos.Key = append(pos.Key, n)
	}
	return pos, nil
}

// seal makes the cursor after the document raw.
func (sc Scan) seal(raw bson.Raw) (Cursor, error) {
	doc := cursorDoc{Query: sc.fingerprint(), Key: bson.A{}}
	id, ok := raw.Lookup("_id").StringValueOK()
	if !ok {
		return "", fmt.Errorf("store: document without id in %s", sc.Collection)
	}
	doc.ID = id
	for i, p := range sc.Index.Parts {
		var v any
		if i < len(sc.Equal) {
			v = sc.Equal[i]
		} else if v, ok = p.extract(raw); !ok {
			return "", fmt.Errorf("store: %s.%s found a document without %s", sc.Collection, sc.Index.Name, p.Path)
		}
		if t, isTime := v.(time.Time); isTime {
			v = t.UnixMilli()
		}
		doc.Key = append(doc.Key, v)
	}
	b, err := bson.Marshal(doc)
	if err != nil {
		return "", err
	}
	return Cursor(base64.RawURLEncoding.EncodeToString(b)), nil
}
