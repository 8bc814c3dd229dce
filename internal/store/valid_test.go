package store

import (
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"
)

// everyKind has a member of each kind that BSON knows.
func everyKind(t testing.TB) bson.Raw {
	raw, err := bson.Marshal(bson.D{
		{Key: "double", Value: 1.5}, {Key: "string", Value: "莲鹤方壶"}, {Key: "doc", Value: bson.D{{Key: "x", Value: bson.A{1, "", nil}}}},
		{Key: "bin", Value: []byte{1, 2}}, {Key: "oldbin", Value: primitive.Binary{Subtype: 2, Data: []byte{1}}},
		{Key: "undefined", Value: primitive.Undefined{}}, {Key: "oid", Value: primitive.NewObjectID()}, {Key: "bool", Value: true},
		{Key: "time", Value: time.UnixMilli(-1)}, {Key: "null", Value: nil}, {Key: "regex", Value: primitive.Regex{Pattern: "a", Options: "i"}},
		{Key: "pointer", Value: primitive.DBPointer{DB: "x", Pointer: primitive.NewObjectID()}}, {Key: "js", Value: primitive.JavaScript("x")},
		{Key: "symbol", Value: primitive.Symbol("x")}, {Key: "scope", Value: primitive.CodeWithScope{Code: "x", Scope: bson.D{{Key: "a", Value: 1}}}},
		{Key: "int32", Value: int32(1)}, {Key: "stamp", Value: primitive.Timestamp{T: 1}}, {Key: "int64", Value: int64(1)},
		{Key: "decimal", Value: primitive.NewDecimal128(1, 2)}, {Key: "min", Value: primitive.MinKey{}}, {Key: "max", Value: primitive.MaxKey{}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestValidAcceptsEveryKindAndNothingCut(t *testing.T) {
	raw := everyKind(t)
	if err := Valid(raw); err != nil {
		t.Errorf("a document with every kind: %v", err)
	}
	for i := range raw {
		if Valid(raw[:i]) == nil {
			t.Errorf("cut at %d: accepted", i)
		}
	}
	if Valid(append(raw, 0)) == nil {
		t.Error("with a byte behind it: accepted")
	}
	deep := bson.M{}
	for range maxDepth {
		deep = bson.M{"d": deep}
	}
	nested, err := bson.Marshal(deep)
	if err != nil {
		t.Fatal(err)
	}
	if Valid(nested) == nil {
		t.Error("nested too deeply: accepted")
	}
}

// FuzzValid: what Valid accepts, the driver reads without a panic.
func FuzzValid(f *testing.F) {
	f.Add([]byte(everyKind(f)))
	f.Add([]byte{5, 0, 0, 0, 0})
	f.Add([]byte{0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, in []byte) {
		if Valid(in) != nil {
			return
		}
		var m bson.M
		_ = bson.Unmarshal(in, &m)
		var r Revision
		_ = bson.Unmarshal(in, &r)
		for _, ix := range History.spec.Indexes {
			ix.Keys(in)
		}
		if _, err := bson.Raw(in).Elements(); err != nil {
			t.Errorf("the driver does not take it apart: %v", err)
		}
	})
}
