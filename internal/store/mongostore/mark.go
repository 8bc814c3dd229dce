package mongostore

import (
	"fmt"
	"strings"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/bsontype"

	"yijianyou/internal/store"
)

// markField names, in a stored document, the indexes that must not hold it
// although its types look right to MongoDB: {"_skip": {"byYear": true}}. Hardly
// any document has one. It is added by writing and removed by reading.
const markField = "_skip"

// marked returns raw as it is stored under indexes.
func marked(collection string, indexes []store.Index, raw bson.Raw) (bson.Raw, error) {
	marks, err := marks(collection, indexes, raw)
	if err != nil || len(marks) == 0 {
		return raw, err
	}
	elems, err := raw.Elements()
	if err != nil {
		return nil, err
	}
	var d bson.D
	for _, e := range elems {
		d = append(d, bson.E{Key: e.Key(), Value: e.Value()})
	}
	return bson.Marshal(append(d, bson.E{Key: markField, Value: marks}))
}

// unmarked returns stored as it was given. The result is a copy of its own.
func unmarked(stored bson.Raw) (bson.Raw, error) {
	if stored.Lookup(markField).Type == 0 {
		return append(bson.Raw(nil), stored...), nil
	}
	elems, err := stored.Elements()
	if err != nil {
		return nil, err
	}
	var d bson.D
	for _, e := range elems {
		if e.Key() != markField {
			d = append(d, bson.E{Key: e.Key(), Value: e.Value()})
		}
	}
	return bson.Marshal(d)
}

// marks returns the indexes that must not hold raw though MongoDB might.
func marks(collection string, indexes []store.Index, raw bson.Raw) (bson.D, error) {
	var out bson.D
	for _, ix := range indexes {
		if err := mixed(collection, ix, raw); err != nil {
			return nil, err
		}
		if len(ix.Keys(raw)) == 0 && plausible(ix, raw) {
			out = append(out, bson.E{Key: ix.Name, Value: true})
		}
	}
	return out, nil
}

// plausible reports whether MongoDB might hold raw in the native index: no
// part is absent or a single value of a wrong type.
func plausible(ix store.Index, raw bson.Raw) bool {
	for _, p := range ix.Parts {
		v, through := find(raw, p.Path)
		switch {
		case through || v.Type == bson.TypeArray:
		case p.Array || !typed(p.Kind, v.Type):
			return false
		}
	}
	return true
}

// find returns the value at a dotted path; through is true when an array
// stands on the way, into whose elements MongoDB looks and store does not.
func find(raw bson.Raw, path string) (v bson.RawValue, through bool) {
	for {
		name, rest, more := strings.Cut(path, ".")
		v = raw.Lookup(name)
		if !more {
			return v, false
		}
		switch v.Type {
		case bson.TypeArray:
			return v, true
		case bson.TypeEmbeddedDocument:
			raw, path = v.Document(), rest
		default:
			return bson.RawValue{}, false
		}
	}
}

// typed reports whether types(kind) names t.
func typed(kind store.PartKind, t bsontype.Type) bool {
	switch kind {
	case store.Int:
		return t == bson.TypeInt32 || t == bson.TypeInt64 || t == bson.TypeDouble
	case store.Bool:
		return t == bson.TypeBoolean
	case store.Time:
		return t == bson.TypeDateTime
	}
	return t == bson.TypeString
}

// mixed refuses what a unique native index would take for a key and store does
// not: an element of another type in a list.
func mixed(collection string, ix store.Index, raw bson.Raw) error {
	if !ix.Unique {
		return nil
	}
	for _, p := range ix.Parts {
		v, _ := find(raw, p.Path)
		arr, ok := v.ArrayOK()
		if !p.Array || !ok {
			continue
		}
		elems, err := arr.Values()
		if err != nil {
			return err
		}
		for _, e := range elems {
			if !typed(p.Kind, e.Type) {
				return fmt.Errorf("mongostore: %s.%s: the list %s under a unique index holds a %s", collection, ix.Name, p.Path, e.Type)
			}
		}
	}
	return nil
}
