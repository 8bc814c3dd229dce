package httpkit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yijianyou/internal/fault"
)

// slot carries the error of a handler around huma to the gate.
type slot struct{ err error }

const keySlot ctxKey = 100

// keep remembers err and returns what huma sees of it.
func (s *slot) keep(err error) error {
	s.err = err
	return kept{}
}

// kept stands for an error that lies in the slot; the gate writes the answer.
type kept struct{}

func (kept) Error() string  { return "kept" }
func (kept) GetStatus() int { return 500 }

// transform replaces huma's own error answers by faults in the slot.
func (r *Router) transform(ctx huma.Context, _ string, v any) (any, error) {
	switch m := v.(type) {
	case kept:
		return struct{}{}, nil
	case *huma.ErrorModel:
		if s, ok := ctx.Context().Value(keySlot).(*slot); ok {
			s.err = bindingFault(ctx.Operation(), m)
		}
		return struct{}{}, nil
	}
	return v, nil
}

// bindingFault turns what huma found into a fault that never holds the refused
// value.
func bindingFault(op *huma.Operation, m *huma.ErrorModel) error {
	switch m.Status {
	case 413:
		return ErrTooLarge.New(fault.P("max", op.MaxBodyBytes-1))
	case 408:
		return ErrSlow.New()
	case 500:
		if len(m.Errors) > 0 && m.Detail == "cannot read request body" {
			return ErrSlow.Wrap(errors.New(m.Errors[0].Message))
		}
		return errors.New("huma: " + m.Detail)
	}
	if len(m.Errors) == 0 {
		if m.Status == 400 {
			return ErrBodyMissing.New()
		}
		return Malformed(ErrRequired.At(""))
	}
	var fields []fault.Field
	for _, d := range m.Errors {
		loc, name, _ := strings.Cut(d.Location, ".")
		if loc == "body" {
			return bodyFault(d.Message)
		}
		if strings.HasSuffix(d.Message, "parameter is missing") {
			fields = append(fields, ErrRequired.At(loc+"."+name))
			continue
		}
		fields = append(fields, ErrParameter.At(loc+"."+name, fault.P("expected", expectation(op, loc, name))))
	}
	return Malformed(fields...)
}

// expectation says what a parameter of op should be, from its schema.
func expectation(op *huma.Operation, loc, name string) string {
	for _, p := range op.Parameters {
		if p.In == loc && p.Name == name && p.Schema != nil {
			return describeSchema(p.Schema)
		}
	}
	return loc
}

func describeSchema(s *huma.Schema) string {
	if len(s.Enum) > 0 {
		names := make([]string, len(s.Enum))
		for i, v := range s.Enum {
			names[i] = fmt.Sprint(v)
		}
		return strings.Join(names, " | ")
	}
	text := s.Type
	if s.Type == "array" && s.Items != nil {
		text = describeSchema(s.Items) + ", …"
	}
	if s.Format != "" && s.Type == "string" {
		text = s.Format
	}
	if s.Minimum != nil {
		text += fmt.Sprintf(" ≥ %v", *s.Minimum)
	}
	if s.Maximum != nil {
		text += fmt.Sprintf(" ≤ %v", *s.Maximum)
	}
	if s.MinLength != nil {
		text += fmt.Sprintf(", length ≥ %d", *s.MinLength)
	}
	if s.MaxLength != nil {
		text += fmt.Sprintf(", length ≤ %d", *s.MaxLength)
	}
	if s.Pattern != "" {
		text += ", " + s.Pattern
	}
	return text
}

// jsonFormat reads and writes JSON. Its reading errors are texts of the form
// "kind\x00path\x00expected", which bodyFault reads: huma hands on texts only.
var jsonFormat = huma.Format{
	Marshal: huma.DefaultJSONFormat.Marshal,
	Unmarshal: func(data []byte, v any) error {
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.DisallowUnknownFields()
		err := dec.Decode(v)
		if err == nil {
			if _, err = dec.Token(); errors.Is(err, io.EOF) {
				return nil
			}
			return errors.New("syntax\x00\x00")
		}
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			return errors.New("type\x00" + wrong.Field + "\x00" + jsonType(wrong.Type))
		}
		if name, ok := strings.CutPrefix(err.Error(), `json: unknown field "`); ok {
			return errors.New("member\x00" + memberName(strings.TrimSuffix(name, `"`)) + "\x00")
		}
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			return errors.New("syntax\x00\x00")
		}
		return errors.New("value\x00\x00") // a TextUnmarshaler or UnmarshalJSON of ours refused it
	},
}

// memberName keeps a member name that could be one of ours and hides others: a
// refused text is never echoed.
func memberName(s string) string {
	if len(s) > 40 {
		return ""
	}
	for _, c := range s {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' {
			return ""
		}
	}
	return s
}

func jsonType(t reflect.Type) string {
	if t == nil {
		return "value"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "integer"
	case reflect.Float32, reflect.Float64:
		return "number"
	case reflect.Slice, reflect.Array:
		return "array"
	case reflect.Struct, reflect.Map:
		if t.String() == "time.Time" {
			return "date-time"
		}
		return "object"
	}
	return "string"
}

// bodyFault reads the text of a jsonFormat error.
func bodyFault(text string) error {
	kind, rest, _ := strings.Cut(text, "\x00")
	path, expected, _ := strings.Cut(rest, "\x00")
	switch kind {
	case "type":
		return Malformed(ErrType.At(path, fault.P("expected", expected)))
	case "member":
		return Malformed(ErrMember.At(path))
	case "value":
		return Malformed(ErrType.At("", fault.P("expected", "OpenAPI")))
	}
	return Malformed(ErrJSON.At(""))
}

// finiteCheck returns a func that refuses NaN and infinities in the parameters
// of an I: strconv reads them, JSON cannot answer them.
func finiteCheck[I any]() func(*I) error {
	type floatParam struct {
		index []int
		path  string
	}
	var params []floatParam
	var walk func(t reflect.Type, index []int)
	walk = func(t reflect.Type, index []int) {
		for i := range t.NumField() {
			f := t.Field(i)
			at := append(append([]int(nil), index...), i)
			if f.Anonymous && f.Type.Kind() == reflect.Struct {
				walk(f.Type, at)
				continue
			}
			if k := f.Type.Kind(); k != reflect.Float64 && k != reflect.Float32 {
				continue
			}
			for _, loc := range []string{"query", "path", "header"} {
				if name := f.Tag.Get(loc); name != "" {
					name, _, _ = strings.Cut(name, ",")
					params = append(params, floatParam{at, loc + "." + name})
				}
			}
		}
	}
	walk(reflect.TypeFor[I](), nil)
	return func(in *I) error {
		v := reflect.ValueOf(in).Elem()
		for _, p := range params {
			if f := v.FieldByIndex(p.index).Float(); math.IsNaN(f) || math.IsInf(f, 0) {
				return Malformed(ErrParameter.At(p.path, fault.P("expected", "number")))
			}
		}
		return nil
	}
}
