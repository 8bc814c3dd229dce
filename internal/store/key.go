package store

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/x/bsonx/bsoncore"
)

// extract returns the canonical value of a part that is no array; ok is false
// when it is absent, null or of another type.
func (p Part) extract(raw bson.Raw) (any, bool) {
	rv, ok := valueAt(raw, p.Path)
	if !ok {
		return nil, false
	}
	return p.canonical(rv)
}

// valueAt returns the value at a dotted path. It allocates nothing.
func valueAt(raw bson.Raw, path string) (v bson.RawValue, ok bool) {
	if len(raw) < 5 {
		return v, false
	}
	name, below, nested := strings.Cut(path, ".")
	for rest := []byte(raw[4 : len(raw)-1]); len(rest) > 0; {
		elem, more, ok := bsoncore.ReadElement(rest)
		if !ok {
			return v, false
		}
		if key, err := elem.KeyBytesErr(); err != nil {
			return v, false
		} else if string(key) != name {
			rest = more
			continue
		}
		found := elem.Value()
		if !nested {
			return bson.RawValue{Type: found.Type, Value: found.Data}, true
		}
		if found.Type != bson.TypeEmbeddedDocument {
			return v, false
		}
		return valueAt(bson.Raw(found.Data), below)
	}
	return v, false
}

// SameKeys reports whether two documents surely stand under the same keys of the
// index: all its parts hold the same bytes. It is quicker than Keys of both.
func (ix Index) SameKeys(a, b bson.Raw) bool {
	for _, p := range ix.Parts {
		va, inA := valueAt(a, p.Path)
		vb, inB := valueAt(b, p.Path)
		if inA != inB || va.Type != vb.Type || !bytes.Equal(va.Value, vb.Value) {
			return false
		}
	}
	return true
}

func (p Part) canonical(rv bson.RawValue) (any, bool) {
	switch p.Kind {
	case String:
		return rv.StringValueOK()
	case Int:
		switch rv.Type {
		case bson.TypeInt64:
			return rv.Int64(), true
		case bson.TypeInt32:
			return int64(rv.Int32()), true
		case bson.TypeDouble:
			if f := rv.Double(); f == math.Trunc(f) && math.Abs(f) < 1<<53 {
				return int64(f), true
			}
		}
	case Bool:
		return rv.BooleanOK()
	case Time:
		if ms, ok := rv.DateTimeOK(); ok {
			return time.UnixMilli(ms).UTC(), true
		}
	}
	return nil, false
}

// Keys returns the keys under which the document stands in the index: none
// when a part is absent, one for each distinct element when a part is an array.
func (ix Index) Keys(raw bson.Raw) [][]any {
	keys := [][]any{nil}
	for _, p := range ix.Parts {
		if !p.Array {
			v, ok := p.extract(raw)
			if !ok {
				return nil
			}
			for i := range keys {
				keys[i] = append(keys[i], v)
			}
			continue
		}
		rv, ok := valueAt(raw, p.Path)
		if !ok {
			return nil
		}
		arr, ok := rv.ArrayOK()
		if !ok {
			return nil
		}
		elems, err := arr.Values()
		if err != nil {
			return nil
		}
		base, seen := keys[0], make(map[any]bool)
		keys = nil
		for _, e := range elems {
			v, ok := p.canonical(e)
			if !ok || seen[v] {
				continue
			}
			seen[v] = true
			keys = append(keys, append(append([]any{}, base...), v))
		}
		if len(keys) == 0 {
			return nil
		}
	}
	return keys
}

// Tags of an encoded part; never renumber.
const (
	tagFalse  = 0x10
	tagTrue   = 0x11
	tagInt    = 0x20
	tagTime   = 0x30
	tagString = 0x40
)

// AppendKey appends values to dst in a form whose byte order is the order of
// the values, part by part. A prefix of parts is a prefix of bytes.
func AppendKey(dst []byte, values ...any) []byte {
	for _, v := range values {
		switch v := v.(type) {
		case bool:
			if v {
				dst = append(dst, tagTrue)
			} else {
				dst = append(dst, tagFalse)
			}
		case int64:
			dst = binary.BigEndian.AppendUint64(append(dst, tagInt), uint64(v)^1<<63)
		case time.Time:
			dst = binary.BigEndian.AppendUint64(append(dst, tagTime), uint64(v.UnixMilli())^1<<63)
		case string:
			dst = append(AppendStringPrefix(dst, v), 0, 1)
		}
	}
	return dst
}

// AppendStringPrefix appends the encoded form of s without its end, so that it
// is a prefix of every string that begins with s. A zero byte becomes 0x00FF.
func AppendStringPrefix(dst []byte, s string) []byte {
	dst = append(dst, tagString)
	for i := 0; i < len(s); i++ {
		dst = append(dst, s[i])
		if s[i] == 0 {
			dst = append(dst, 0xFF)
		}
	}
	return dst
}
