package store

import (
	"reflect"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/bsontype"
	"go.mongodb.org/mongo-driver/x/bsonx/bsoncore"
)

// shape is the tree of BSON names that a struct knows. A nil shape is a leaf:
// its value is replaced whole.
type shape map[string]shape

var timeType = reflect.TypeFor[time.Time]()

// shapeOf reads the bson tags of t. Slices and maps are leaves.
func shapeOf(t reflect.Type) shape {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || t == timeType {
		return nil
	}
	s := shape{}
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() && !f.Anonymous {
			continue
		}
		name, opts, _ := strings.Cut(f.Tag.Get("bson"), ",")
		switch {
		case name == "-":
		case strings.Contains(opts, "inline"):
			for k, v := range shapeOf(f.Type) {
				s[k] = v
			}
		case name == "":
			s[strings.ToLower(f.Name)] = shapeOf(f.Type)
		default:
			s[name] = shapeOf(f.Type)
		}
	}
	return s
}

// keepUnknown returns next with the members of stored that s does not know:
// those that a newer program wrote and this one must not lose.
func (s shape) keepUnknown(stored, next bson.Raw) (bson.Raw, error) {
	if s.knows(stored) {
		return next, nil
	}
	extra, changed, err := s.unknown(stored, next)
	if err != nil || !changed {
		return next, err
	}
	return bson.Marshal(extra)
}

// knows reports whether s knows every member of a stored document, which is how
// nearly all are: it allocates nothing. What is malformed it does not know.
func (s shape) knows(stored bson.Raw) bool {
	if len(stored) < 5 {
		return false
	}
	for rest := []byte(stored[4 : len(stored)-1]); len(rest) > 0; {
		elem, more, ok := bsoncore.ReadElement(rest)
		if !ok {
			return false
		}
		key, err := elem.KeyBytesErr()
		if err != nil {
			return false
		}
		sub, known := s[string(key)]
		if !known {
			return false
		}
		if len(sub) > 0 && bsontype.Type(elem[0]) == bsontype.EmbeddedDocument {
			if v := elem.Value(); !sub.knows(v.Data) {
				return false
			}
		}
		rest = more
	}
	return true
}

func (s shape) unknown(stored, next bson.Raw) (bson.D, bool, error) {
	var out bson.D
	changed := false
	elems, err := next.Elements()
	if err != nil {
		return nil, false, err
	}
	for _, e := range elems {
		sub, v := s[e.Key()], e.Value()
		if len(sub) > 0 && v.Type == bson.TypeEmbeddedDocument {
			if old, ok := stored.Lookup(e.Key()).DocumentOK(); ok {
				merged, did, err := sub.unknown(old, v.Document())
				if err != nil {
					return nil, false, err
				}
				if did {
					changed = true
					out = append(out, bson.E{Key: e.Key(), Value: merged})
					continue
				}
			}
		}
		out = append(out, bson.E{Key: e.Key(), Value: v})
	}
	old, err := stored.Elements()
	if err != nil {
		return nil, false, err
	}
	for _, e := range old {
		if _, known := s[e.Key()]; !known {
			changed = true
			out = append(out, bson.E{Key: e.Key(), Value: e.Value()})
		}
	}
	return out, changed, nil
}
