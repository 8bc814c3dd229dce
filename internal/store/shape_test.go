package store

import (
	"reflect"
	"testing"

	"go.mongodb.org/mongo-driver/bson"
)

// TestKnowsAgreesWithUnknown: the quick answer to whether a stored document has
// members of a newer program is the slow one.
func TestKnowsAgreesWithUnknown(t *testing.T) {
	type inner struct {
		X int `bson:"x"`
	}
	type doc struct {
		Meta  `bson:",inline"`
		Inner inner   `bson:"inner"`
		List  []inner `bson:"list"`
	}
	s := shapeOf(reflect.TypeFor[doc]())
	next, err := bson.Marshal(&doc{Meta: Meta{ID: "a"}})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		stored bson.D
		knows  bool
	}{
		"all known":      {bson.D{{Key: "_id", Value: "a"}, {Key: "inner", Value: bson.D{{Key: "x", Value: 1}}}, {Key: "list", Value: bson.A{bson.D{{Key: "y", Value: 1}}}}}, true},
		"at the top":     {bson.D{{Key: "_id", Value: "a"}, {Key: "later", Value: 1}}, false},
		"inside":         {bson.D{{Key: "inner", Value: bson.D{{Key: "x", Value: 1}, {Key: "later", Value: 1}}}}, false},
		"nothing inside": {bson.D{{Key: "inner", Value: nil}}, true},
	} {
		stored, err := bson.Marshal(c.stored)
		if err != nil {
			t.Fatal(err)
		}
		_, changed, err := s.unknown(stored, next)
		if err != nil || s.knows(stored) != c.knows || changed == c.knows {
			t.Errorf("%s: knows %v, changed %v, %v", name, s.knows(stored), changed, err)
		}
		if n := testing.AllocsPerRun(10, func() { s.knows(stored) }); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
	for _, raw := range []bson.Raw{nil, {5, 0, 0, 0}, {6, 0, 0, 0, 1, 0}} {
		if s.knows(raw) {
			t.Errorf("%v is malformed, but known", raw)
		}
	}
}
