package heritagetest

import (
	"fmt"
	"reflect"
	"time"
)

// Empty returns the paths of the members of v that are zero, "" elements of
// lists included. A list is full when each member is set in at least one of its
// elements: a closing day has no hours. edge names members that exist at the
// edge only and are never stored.
func Empty(v any, edge ...string) []string {
	e := emptiness{edge: make(map[string]bool)}
	for _, n := range edge {
		e.edge[n] = true
	}
	e.walk(reflect.TypeOf(v), []reflect.Value{reflect.ValueOf(v)}, "")
	return e.found
}

type emptiness struct {
	edge  map[string]bool
	found []string
}

// walk looks at all values that stand at one path.
func (e *emptiness) walk(t reflect.Type, values []reflect.Value, path string) {
	switch t.Kind() {
	case reflect.Pointer:
		var next []reflect.Value
		for _, v := range values {
			if !v.IsNil() {
				next = append(next, v.Elem())
			}
		}
		if t.Elem().Kind() == reflect.Struct {
			e.walk(t.Elem(), next, path)
		} else if len(next) == 0 {
			e.found = append(e.found, path)
		}
	case reflect.Slice:
		var next []reflect.Value
		for _, v := range values {
			for i := range v.Len() {
				next = append(next, v.Index(i))
			}
		}
		e.walk(t.Elem(), next, path+"[]")
	case reflect.Struct:
		if len(values) == 0 {
			e.found = append(e.found, path)
			return
		}
		if t == reflect.TypeFor[time.Time]() {
			e.leaf(values, path)
			return
		}
		for i := range t.NumField() {
			f := t.Field(i)
			name := fmt.Sprintf("%s.%s", path, f.Name)
			if e.edge[f.Name] {
				continue
			}
			var next []reflect.Value
			for _, v := range values {
				next = append(next, v.Field(i))
			}
			e.walk(f.Type, next, name)
		}
	default:
		e.leaf(values, path)
	}
}

func (e *emptiness) leaf(values []reflect.Value, path string) {
	for _, v := range values {
		if !v.IsZero() {
			return
		}
	}
	e.found = append(e.found, path)
}
