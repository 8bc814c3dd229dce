package mongostore

import (
	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/store"
)

// idIndex is what MongoDB calls the index that every collection has.
const idIndex = "_id_"

// fields returns the fields of the native index: the parts, and the id last
// unless the key alone is unique.
func fields(ix store.Index) []string {
	if ix.Name == store.ByID {
		return []string{"_id"}
	}
	var out []string
	for _, p := range ix.Parts {
		out = append(out, p.Path)
	}
	if !ix.Unique {
		out = append(out, "_id")
	}
	return out
}

// pattern returns fields as an index or sort pattern.
func pattern(fields []string, direction int32) bson.D {
	var d bson.D
	for _, f := range fields {
		d = append(d, bson.E{Key: f, Value: direction})
	}
	return d
}

// types returns the BSON types of which some values belong into a part.
func types(kind store.PartKind) any {
	switch kind {
	case store.Int:
		return bson.A{"int", "long", "double"}
	case store.Bool:
		return "bool"
	case store.Time:
		return "date"
	}
	return "string"
}

// partial returns the filter of the documents that a native index holds.
func partial(ix store.Index) bson.D {
	var all bson.A
	is := func(path string, t any) {
		all = append(all, bson.D{{Key: path, Value: bson.D{{Key: "$type", Value: t}}}})
	}
	for _, p := range ix.Parts {
		if p.Array {
			is(p.Path, "array")
		}
		is(p.Path, types(p.Kind)) // of an array: one element at least
	}
	all = append(all, bson.D{{Key: markField + "." + ix.Name, Value: nil}})
	return bson.D{{Key: "$and", Value: all}}
}
