package httpkit

import (
	"encoding/json"
	"net/http"
	"path"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yijianyou/internal/fault"
)

// document is the OpenAPI document before any route.
func document(opts Options) *huma.OpenAPI {
	doc := &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{Title: "一键游 Yijianyou", Version: opts.Version,
			Description: "Tourists need no account. Staff log in at /api/v1/session; unsafe methods then carry X-CSRF-Token. " +
				"Partners send Authorization: Bearer KEY, devices Authorization: Basic with their name and secret. Errors are application/problem+json in the language of Accept-Language."},
		Components: &huma.Components{
			Schemas: huma.NewMapRegistry("#/components/schemas/", schemaNamer()),
			SecuritySchemes: map[string]*huma.SecurityScheme{
				"session": {Type: "apiKey", In: "cookie", Name: cookieName(opts)},
				"key":     {Type: "http", Scheme: "bearer"},
				"device":  {Type: "http", Scheme: "basic"},
			},
		},
	}
	if opts.PublicURL != "" {
		doc.Servers = []*huma.Server{{URL: opts.PublicURL}}
	}
	return doc
}

func cookieName(opts Options) string {
	if opts.Sessions == nil {
		return "session"
	}
	return opts.Sessions.CookieName()
}

// schemaNamer gives the first type of a name that name and later ones of other
// packages the package in front.
func schemaNamer() func(reflect.Type, string) string {
	taken := make(map[string]reflect.Type)
	return func(t reflect.Type, hint string) string {
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		name := huma.DefaultSchemaNamer(t, hint)
		if t.Name() == "" {
			return name
		}
		if first, ok := taken[name]; ok && first != t {
			pkg := path.Base(t.PkgPath())
			name = strings.ToUpper(pkg[:1]) + pkg[1:] + name
		}
		if _, ok := taken[name]; !ok {
			taken[name] = t
		}
		return name
	}
}

// answers are the problems that a route may answer with, beside its own.
func answers(rt *route) []int {
	list := []int{400, 401, 403, 404, 422, 429, 431, 500, 503}
	if rt.op.Method != http.MethodGet {
		list = append(list, 408, 409, 411, 412, 413, 415, 428)
	}
	return list
}

// describe fills what every route has into doc.
func (r *Router) describe(rt *route, doc *huma.Operation) *huma.Operation {
	op := rt.op
	doc.Method, doc.Path, doc.OperationID, doc.Summary = op.Method, op.Path, op.ID, op.Summary
	if op.Tag != "" {
		doc.Tags = []string{op.Tag}
	}
	if doc.Responses == nil {
		doc.Responses = map[string]*huma.Response{}
	}
	schema := r.Registry().Schema(reflect.TypeFor[Problem](), true, "Problem")
	named := make(map[int][]string)
	for _, code := range op.Faults {
		status := r.opts.statuses.of(code)
		named[status] = append(named[status], code.ID()+": "+code.Text(fault.English))
	}
	for status := range named {
		doc.Responses[strconv.Itoa(status)] = problemResponse(status, schema, named[status])
	}
	for _, status := range answers(rt) {
		if key := strconv.Itoa(status); doc.Responses[key] == nil {
			doc.Responses[key] = problemResponse(status, schema, nil)
		}
	}
	if len(op.Media) > 0 {
		file := &huma.Response{Description: "The file", Content: map[string]*huma.MediaType{}}
		for _, kind := range op.Media {
			file.Content[kind] = &huma.MediaType{Schema: &huma.Schema{Type: "string"}}
		}
		doc.Responses["200"] = file
	}
	if op.Method == http.MethodGet && doc.Responses["304"] == nil && !op.Stream {
		doc.Responses["304"] = &huma.Response{Description: "The client has the same (If-None-Match)"}
	}
	switch {
	case op.Policy.basic:
		doc.Security = []map[string][]string{{"device": {}}}
	case op.Policy.open:
		doc.Security = []map[string][]string{{}, {"session": {}}, {"key": {}}}
	default:
		doc.Security = []map[string][]string{{"session": {}}, {"key": {}}}
	}
	doc.Extensions = map[string]any{"x-policy": op.Policy.String()}
	if op.Method == http.MethodPost && !rt.plain && !op.NoReplay {
		doc.Parameters = append(doc.Parameters, &huma.Param{Name: "Idempotency-Key", In: "header",
			Description: "the same key with the same content within 24 h gets the first answer again",
			Schema:      &huma.Schema{Type: "string", Pattern: "^[!-~]+$", MinLength: ptr(1), MaxLength: ptr(128)}})
	}
	return doc
}

func ptr(n int) *int { return &n }

func problemResponse(status int, schema *huma.Schema, named []string) *huma.Response {
	text := http.StatusText(status)
	if len(named) > 0 {
		text += ". " + strings.Join(named, "; ")
	}
	return &huma.Response{Description: text, Content: map[string]*huma.MediaType{ProblemType: {Schema: schema}}}
}

// OpenAPI returns the document of all routes as JSON (OpenAPI 3.1). Call it
// when every route is declared.
func (r *Router) OpenAPI() ([]byte, error) {
	tellNulls(r.Registry())
	return json.Marshal(r.api.OpenAPI())
}
