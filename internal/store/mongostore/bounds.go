package mongostore

import (
	"bytes"
	"math"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"

	"yijianyou/internal/store"
)

// span is the part of a native index that a scan covers: from lo, inclusive,
// to hi, exclusive, one value for each of fields.
type span struct {
	fields []string
	lo, hi []any // string, int64, bool, time.Time, or a sentinel of MongoDB
}

var (
	least    = primitive.MinKey{}
	greatest = primitive.MaxKey{}
)

// spanOf makes the span of a scan.
func spanOf(sc store.Scan) span {
	s := span{fields: fields(sc.Index)}
	n := len(s.fields)
	s.lo, s.hi = padded(sc.Equal, least, n), padded(sc.Equal, greatest, n)
	if k := len(sc.Equal); k == n {
		s.hi[k-1] = successor(s.hi[k-1])
	} else {
		if sc.From != nil {
			s.lo[k] = sc.From
		}
		if sc.Prefix != "" {
			s.lo[k], s.hi = sc.Prefix, padded(append(sc.Equal[:k:k], afterPrefix(sc.Prefix)), least, n)
		}
		if sc.Before != nil {
			s.hi = padded(append(sc.Equal[:k:k], sc.Before), least, n)
		}
	}
	if sc.After == nil {
		return s
	}
	at := place(sc)
	switch {
	case !sc.Reverse && !keyOnly(sc.Index):
		at[n-1] = successor(at[n-1])
		s.lo = later(s.lo, at)
	case !sc.Reverse:
		s.lo = later(s.lo, at) // the document that stands there is looked at
	default:
		if keyOnly(sc.Index) {
			at[n-1] = successor(at[n-1])
		}
		if compare(at, s.hi) < 0 {
			s.hi = at
		}
	}
	return s
}

// keyOnly reports whether the native index ends without the id.
func keyOnly(ix store.Index) bool { return ix.Unique && ix.Name != store.ByID }

// place returns sc.After as a value for each field.
func place(sc store.Scan) []any {
	if sc.Index.Name == store.ByID {
		return []any{sc.After.ID}
	}
	at := append([]any{}, sc.After.Key...)
	if !keyOnly(sc.Index) {
		at = append(at, sc.After.ID)
	}
	return at
}

func later(a, b []any) []any {
	if compare(a, b) < 0 {
		return b
	}
	return a
}

// empty reports whether nothing can be in s; the server refuses such a span.
func (s span) empty() bool { return compare(s.lo, s.hi) >= 0 }

func (s span) document(values []any) bson.D {
	var d bson.D
	for i, f := range s.fields {
		d = append(d, bson.E{Key: f, Value: values[i]})
	}
	return d
}

// padded returns n values: those given and then fill.
func padded(values []any, fill any, n int) []any {
	out := append(make([]any, 0, n), values...)
	for len(out) < n {
		out = append(out, fill)
	}
	return out
}

// successor returns the least value of the kind of v that is greater.
func successor(v any) any {
	switch v := v.(type) {
	case string:
		return v + "\x00"
	case int64:
		if v < math.MaxInt64 {
			return v + 1
		}
	case bool:
		if !v {
			return true
		}
	case time.Time:
		return v.Add(time.Millisecond)
	}
	return greatest
}

// afterPrefix returns the least string that is greater than all that begin with p.
func afterPrefix(p string) any {
	b := []byte(p)
	for len(b) > 0 && b[len(b)-1] == 0xFF {
		b = b[:len(b)-1]
	}
	if len(b) == 0 {
		return greatest
	}
	b[len(b)-1]++
	return string(b)
}

// compare orders two rows of values as the index does.
func compare(a, b []any) int {
	for i := range a {
		if c := rank(a[i]) - rank(b[i]); c != 0 {
			return c
		}
		if c := bytes.Compare(store.AppendKey(nil, a[i]), store.AppendKey(nil, b[i])); c != 0 {
			return c
		}
	}
	return 0
}

func rank(v any) int {
	switch v {
	case least:
		return -1
	case greatest:
		return 1
	}
	return 0
}
