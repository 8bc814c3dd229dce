package httpkit

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// tellNulls writes into the schemas that a member of Go type *struct may be
// null. Huma says so of pointers to plain values only: a reference to another
// schema has no room for it, so it becomes one of two, the reference or null.
// Members that are left out when nil (omitempty) stay as they are. Doing it
// twice changes nothing.
func tellNulls(all huma.Registry) {
	for name, schema := range all.Map() {
		t := all.TypeFromRef("#/components/schemas/" + name)
		for t != nil && t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t == nil || t.Kind() != reflect.Struct {
			continue
		}
		for _, field := range reflect.VisibleFields(t) {
			if field.Anonymous || field.Type.Kind() != reflect.Pointer {
				continue
			}
			member, rest, _ := strings.Cut(field.Tag.Get("json"), ",")
			if strings.Contains(rest, "omit") {
				continue
			}
			if p := schema.Properties[member]; p != nil && p.Ref != "" {
				schema.Properties[member] = &huma.Schema{Description: p.Description, AnyOf: []*huma.Schema{{Ref: p.Ref}, {Type: "null"}}}
			}
		}
	}
}
