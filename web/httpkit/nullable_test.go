package httpkit

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/go-cmp/cmp"
)

type nullInner struct {
	Code string `json:"code"`
}

type NullBase struct {
	Promoted *nullInner `json:"promoted"`
}

type nullOuter struct {
	NullBase
	Maybe  *nullInner `json:"maybe"`
	Always nullInner  `json:"always"`
	Absent *nullInner `json:"absent,omitempty"`
	Number *int       `json:"number"`
}

func TestTheDocumentSaysThatAPointerToAStructMayBeNull(t *testing.T) {
	all := huma.NewMapRegistry("#/components/schemas/", schemaNamer())
	all.Schema(reflect.TypeFor[nullOuter](), true, "")
	tellNulls(all)
	tellNulls(all)
	text, err := json.Marshal(all.Map()["NullOuter"])
	if err != nil {
		t.Fatal(err)
	}
	var got struct{ Properties map[string]any }
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	ref := map[string]any{"$ref": "#/components/schemas/NullInner"}
	or := map[string]any{"anyOf": []any{ref, map[string]any{"type": "null"}}}
	number := map[string]any{"type": []any{"integer", "null"}, "format": "int64"}
	want := map[string]any{"promoted": or, "maybe": or, "always": ref, "absent": ref, "number": number}
	if d := cmp.Diff(want, got.Properties); d != "" {
		t.Error(d)
	}
}
