package httpkit_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/web/httpkit"
	"yijianyou/web/httpkit/httpkittest"
)

var errRule = fault.Define(fault.Invalid, "test.rule", "不合规则", "It breaks a rule")

type thingInput struct {
	ID string `path:"id" maxLength:"20"`
	httpkit.ViewInput
	httpkit.PageInput
	Near float64 `query:"near" minimum:"-90" maximum:"90"`
}

type thingOutput struct {
	httpkit.Entity
	Body struct {
		ID    string  `json:"id"`
		Limit int     `json:"limit"`
		Near  float64 `json:"near"`
		Lang  string  `json:"lang"`
	}
}

type changeBody struct {
	Name  string `json:"name"`
	Count int    `json:"count,omitempty"`
	Size  struct {
		MM float64 `json:"mm"`
	} `json:"size,omitempty"`
}

type changeInput struct {
	ID string `path:"id"`
	httpkit.IfMatchInput
	Body changeBody
}

type changeOutput struct{ Body changeBody }

// fail is the error that the handler of /fail/{how} returns.
var fail = map[string]error{
	"internal":  errors.New("dial tcp: secret of the database"),
	"wrapped":   store.ErrUnavailable.Wrap(errors.New("secret cause")),
	"invalid":   fault.InvalidFields([]fault.Field{errRule.At("name.zh")}),
	"notfound":  store.ErrNotFound.New(),
	"conflict":  store.ErrConflict.New(),
	"denied":    httpkit.ErrDenied.New(),
	"stale":     httpkit.ErrStale.New(),
	"unknown":   store.ErrOutcomeUnknown.New(),
	"deadline":  context.DeadlineExceeded,
	"throttled": &httpkit.WaitError{Err: httpkit.ErrRate.New(fault.P("seconds", 17)), Seconds: 17},
}

func server(t *testing.T, opts httpkit.Options) *httpkittest.Server {
	return httpkittest.New(t, opts, func(r *httpkit.Router) {
		httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/things/{id}", ID: "thing-by-id", Tag: "things", Policy: httpkit.Public()},
			func(ctx context.Context, in *thingInput) (*thingOutput, error) {
				if _, err := in.Staff(ctx); err != nil {
					return nil, err
				}
				out := &thingOutput{Entity: httpkit.NewEntity(ctx, 7, in.View)}
				out.Body.ID, out.Body.Limit, out.Body.Near, out.Body.Lang = in.ID, in.Limit, in.Near, httpkit.Lang(ctx).String()
				return out, nil
			})
		httpkit.Handle(r, httpkit.Op{Method: "PUT", Path: "/api/v1/things/{id}", ID: "thing-change", Tag: "things", Policy: httpkit.Can(actor.RecordWrite), MaxBody: 200},
			func(ctx context.Context, in *changeInput) (*changeOutput, error) {
				if err := in.Check(7); err != nil {
					return nil, err
				}
				return &changeOutput{Body: in.Body}, nil
			})
		httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/fail/{how}", ID: "fail", Policy: httpkit.Public()},
			func(ctx context.Context, in *struct {
				How string `path:"how"`
			}) (*changeOutput, error) {
				if in.How == "panic" {
					panic("secret in a panic")
				}
				return nil, fail[in.How]
			})
		httpkit.Handle(r, httpkit.Op{Method: "DELETE", Path: "/api/v1/things/{id}", ID: "thing-remove", Policy: httpkit.Session()},
			func(ctx context.Context, in *struct {
				ID string `path:"id"`
				httpkit.IfMatchInput
			}) (*struct{}, error) {
				return nil, store.ErrConflict.New()
			})
		r.Plain(httpkit.Op{Method: "GET", Path: "/plain", ID: "plain", Policy: httpkit.Public()}, nil, func(c *fiber.Ctx) error {
			return errors.New("secret of a plain route")
		})
		r.Plain(httpkit.Op{Method: "POST", Path: "/upload", ID: "upload", Policy: httpkit.Public(), MaxBody: 10}, nil, func(c *fiber.Ctx) error {
			return c.SendStatus(204)
		})
	})
}

var writer = httpkittest.Staff("w", actor.Grant{Role: actor.Keeper, Org: "demo-museum"})

func TestEveryFaultHasItsStatusAndKeepsItsSecrets(t *testing.T) {
	var log bytes.Buffer
	s := server(t, httpkit.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	for _, c := range []struct {
		how    string
		status int
		code   string
	}{
		{"internal", 500, "internal"},
		{"panic", 500, "internal"},
		{"wrapped", 503, "store.unavailable"},
		{"invalid", 422, "invalid"},
		{"notfound", 404, "store.not_found"},
		{"conflict", 409, "store.conflict"},
		{"denied", 403, "http.denied"},
		{"stale", 412, "http.stale"},
		{"unknown", 503, "store.outcome_unknown"},
		{"deadline", 503, "timeout"},
		{"throttled", 429, "http.rate"},
	} {
		t.Run(c.how, func(t *testing.T) {
			got := s.Nobody().Get("/api/v1/fail/"+c.how).Want(t, c.status).Lacks(t, "secret")
			p := got.Problem(t)
			if p.Code != c.code || p.Status != c.status || p.RequestID != got.Header.Get("X-Request-Id") || p.RequestID == "" {
				t.Errorf("problem %+v", p)
			}
			if p.Type != "urn:yijianyou:problem:"+c.code || p.Title == "" || p.Detail == "" || p.Fields == nil {
				t.Errorf("problem %+v", p)
			}
			var members map[string]any
			got.JSON(t, &members)
			if len(members) != 7 {
				t.Errorf("members of the problem: %v", members)
			}
		})
	}
	if !strings.Contains(log.String(), "secret of the database") || !strings.Contains(log.String(), "secret in a panic") {
		t.Error("the log lacks the cause of an internal error")
	}
	s.Nobody().Get("/plain").Want(t, 500).Lacks(t, "secret").Code(t, "internal")
	if got := s.Nobody().Get("/api/v1/fail/throttled").Header.Get("Retry-After"); got != "17" {
		t.Errorf("Retry-After %q", got)
	}
	p := s.Nobody().Get("/api/v1/fail/invalid", "Accept-Language", "zh-CN").Problem(t)
	if p.Fields[0] != (httpkit.ProblemField{Path: "name.zh", Code: "test.rule", Message: "不合规则"}) || p.Title != "内容有误" {
		t.Errorf("Chinese problem %+v", p)
	}
}

func TestAnUnreadableRequestNamesItsFieldsAndEchoesNothing(t *testing.T) {
	s := server(t, httpkit.Options{})
	get := func(path string) *httpkittest.Answer { return s.Nobody().Get(path) }
	put := func(body any, headers ...string) *httpkittest.Answer {
		return s.As(writer).Put("/api/v1/things/x", body, append([]string{"If-Match", `"7-public-en"`}, headers...)...)
	}
	for _, c := range []struct {
		name   string
		got    *httpkittest.Answer
		status int
		code   string
		field  string // path and code of the first field
	}{
		{"limit too large", get("/api/v1/things/x?limit=9999"), 400, "http.malformed", "query.limit http.parameter"},
		{"limit is a word", get("/api/v1/things/x?limit=evil"), 400, "http.malformed", "query.limit http.parameter"},
		{"unknown view", get("/api/v1/things/x?view=evil"), 400, "http.malformed", "query.view http.parameter"},
		{"not a number", get("/api/v1/things/x?near=NaN"), 400, "http.malformed", "query.near http.parameter"},
		{"infinite", get("/api/v1/things/x?near=Inf"), 400, "http.malformed", "query.near http.parameter"},
		{"id too long", get("/api/v1/things/evilevilevilevilevilevil"), 400, "http.malformed", "path.id http.parameter"},
		{"bad escape in the path", get("/api/v1/things/%zzevil"), 400, "http.uri", ""},
		{"bad escape in the query", get("/api/v1/things/x?near=%zz"), 400, "http.uri", ""},
		{"not UTF-8", get("/api/v1/things/x?view=%ff%fe"), 400, "http.uri", ""},
		{"NUL", get("/api/v1/things/x?view=%00"), 400, "http.uri", ""},
		{"no such route", get("/api/v1/evil"), 404, "http.no_route", ""},
		{"no such method", s.Nobody().Patch("/api/v1/things/x", "{}"), 405, "http.method", ""},
		{"no JSON", put(`{"name":evil}`), 400, "http.malformed", " http.json"},
		{"half a JSON", put(`{"name":"evil`), 400, "http.malformed", " http.json"},
		{"two JSONs", put(`{} {}`), 400, "http.malformed", " http.json"},
		{"wrong type", put(`{"name":"a","count":"evil"}`), 400, "http.malformed", "count http.type"},
		{"wrong type inside", put(`{"name":"a","size":{"mm":"evil"}}`), 400, "http.malformed", "size.mm http.type"},
		{"unknown member", put(`{"name":"a","colour":"evil"}`), 400, "http.malformed", "colour http.unknown_member"},
		{"hostile member", put(`{"name":"a","<evil>":1}`), 400, "http.malformed", " http.unknown_member"},
		{"no body", put(nil), 400, "http.body_missing", ""},
		{"a form", put("name=evil", "Content-Type", "application/x-www-form-urlencoded"), 415, "http.media_type", ""},
		{"text", put(`{}`, "Content-Type", "text/plain"), 415, "http.media_type", ""},
		{"packed", put(`{}`, "Content-Encoding", "gzip"), 415, "http.media_type", ""},
		{"too large", put(`{"name":"` + strings.Repeat("evil", 80) + `"}`), 413, "http.too_large", ""},
		{"too large for a plain route", s.Nobody().Post("/upload", "evilevilevil"), 413, "http.too_large", ""},
		{"no If-Match", s.As(writer).Put("/api/v1/things/x", `{"name":"a"}`), 428, "http.if_match_required", ""},
		{"If-Match of nonsense", s.As(writer).Put("/api/v1/things/x", `{"name":"a"}`, "If-Match", "evil"), 400, "http.malformed", "header.If-Match http.parameter"},
		{"stale", s.As(writer).Put("/api/v1/things/x", `{"name":"a"}`, "If-Match", `"6-staff-en"`), 412, "http.stale", ""},
		{"conflict under If-Match", s.As(writer).Delete("/api/v1/things/x", "If-Match", `"6-staff-en"`), 412, "http.stale", ""},
		{"stranger", s.Nobody().Put("/api/v1/things/x", `{"name":"a"}`), 401, "http.unauthenticated", ""},
		{"without the role", s.As(httpkittest.Staff("d", actor.Grant{Role: actor.Dispatcher, Org: "a"})).Put("/api/v1/things/x", `{}`), 403, "http.denied", ""},
		{"staff view for a stranger", get("/api/v1/things/x?view=staff"), 401, "http.unauthenticated", ""},
		{"a key of nobody", s.Nobody().Get("/api/v1/things/x", "Authorization", "Bearer evil"), 401, "http.unauthenticated", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.got.Want(t, c.status).Code(t, c.code).Lacks(t, "evil")
			p := c.got.Problem(t)
			first := ""
			if len(p.Fields) > 0 {
				first = p.Fields[0].Path + " " + p.Fields[0].Code
			}
			if first != c.field {
				t.Errorf("first field %q, want %q", first, c.field)
			}
		})
	}
	if allow := s.Nobody().Patch("/api/v1/things/x", "{}").Header.Get("Allow"); !strings.Contains(allow, "GET") || !strings.Contains(allow, "PUT") {
		t.Errorf("Allow %q", allow)
	}
}

func TestConditionalGet(t *testing.T) {
	s := server(t, httpkit.Options{})
	first := s.Nobody().Get("/api/v1/things/x?limit=3").Want(t, 200).Has(t, `"limit":3`, `"lang":"en"`)
	tag := first.Header.Get("ETag")
	if tag != `"7-public-en"` || first.Header.Get("Cache-Control") != "public, no-cache" {
		t.Errorf("ETag %s, Cache-Control %s", tag, first.Header.Get("Cache-Control"))
	}
	if got := s.Nobody().Get("/api/v1/things/x?limit=3", "If-None-Match", `"1", W/`+tag).Want(t, 304); len(got.Body) != 0 {
		t.Errorf("304 with body %s", got.Body)
	}
	s.Nobody().Get("/api/v1/things/x", "If-None-Match", `"7-public-zh-CN"`).Want(t, 200)
	staff := s.As(writer).Get("/api/v1/things/x?view=staff").Want(t, 200)
	if staff.Header.Get("ETag") != `"7-staff-en"` || staff.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("staff view: ETag %s, Cache-Control %s", staff.Header.Get("ETag"), staff.Header.Get("Cache-Control"))
	}
	head := s.Nobody().Do("HEAD", "/api/v1/things/x", nil).Want(t, 200)
	if head.Header.Get("ETag") != tag || len(head.Body) != 0 {
		t.Errorf("HEAD: %v %s", head.Header, head.Body)
	}
}

func TestTheDocumentDescribesEveryAnswer(t *testing.T) {
	s := server(t, httpkit.Options{})
	raw, err := s.Router.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Responses   map[string]any
			XPolicy     string `json:"x-policy"`
		}
		Components struct{ Schemas map[string]any }
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	if doc.OpenAPI != "3.1.0" || doc.Components.Schemas["Problem"] == nil || doc.Components.Schemas["ErrorModel"] != nil {
		t.Errorf("OpenAPI %s, schemas %v", doc.OpenAPI, doc.Components.Schemas)
	}
	put := doc.Paths["/api/v1/things/{id}"]["put"]
	for _, status := range []string{"200", "400", "401", "403", "404", "409", "412", "413", "415", "422", "428", "429", "500", "503"} {
		if put.Responses[status] == nil {
			t.Errorf("thing-change does not describe %s", status)
		}
	}
	if put.XPolicy != "can record.write" || put.Responses["default"] != nil {
		t.Errorf("thing-change: %+v", put)
	}
	want := "GET\t/api/v1/things/{id}\tpublic\tthing-by-id"
	found := false
	for _, r := range s.Router.Routes() {
		found = found || r.String() == want
	}
	if !found {
		t.Errorf("routes lack %q: %v", want, s.Router.Routes())
	}
}

var errTeapot = fault.Define(fault.Invalid, "test.teapot", "不会煮咖啡", "It brews no coffee")

// TestACodeAnswersWithTheStatusThatItsPackageStates: in the answer, in its
// problem, in the log and in the document.
func TestACodeAnswersWithTheStatusThatItsPackageStates(t *testing.T) {
	var log bytes.Buffer
	s := httpkittest.New(t, httpkit.Options{Log: slog.New(slog.NewTextHandler(&log, nil))}, func(r *httpkit.Router) {
		r.Answer(418, errTeapot)
		r.Answer(418, errTeapot)
		op := httpkit.Op{Method: "GET", Path: "/api/v1/coffee", ID: "coffee", Policy: httpkit.Public(), Wordless: true, Faults: []*fault.Code{errTeapot}}
		httpkit.Handle(r, op, func(_ context.Context, in *struct {
			Pot bool `query:"pot"`
		}) (*struct{ Body string }, error) {
			if in.Pot {
				return nil, errTeapot.New()
			}
			return &struct{ Body string }{"☕"}, nil
		})
		func() {
			defer func() {
				if recover() == nil {
					t.Error("a code took two statuses")
				}
			}()
			r.Answer(400, errTeapot)
		}()
	})
	if p := s.Nobody().Get("/api/v1/coffee?pot=true").Want(t, 418).Problem(t); p.Status != 418 || p.Code != "test.teapot" {
		t.Errorf("problem %+v", p)
	}
	if !strings.Contains(log.String(), "status=418 code=test.teapot") {
		t.Errorf("log: %s", log.String())
	}
	raw, err := s.Router.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(raw), `"418":{`) || strings.Contains(string(raw), "Unprocessable Entity. test.teapot") {
		t.Error("the document gives the code another status")
	}
	if vary := s.Nobody().Get("/api/v1/coffee").Want(t, 200).Header.Get("Vary"); strings.Contains(vary, "Accept-Language") {
		t.Errorf("Vary %q of what has no language", vary)
	}
}

// TestADeviceIsAskedForItsNameAndSecret: devices are no actors, so that the gate
// lets them through and the handler asks.
func TestADeviceIsAskedForItsNameAndSecret(t *testing.T) {
	s := httpkittest.New(t, httpkit.Options{}, func(r *httpkit.Router) {
		httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/door", ID: "door", Policy: httpkit.Device()},
			func(context.Context, *struct{}) (*struct{}, error) { return nil, httpkit.ErrUnauthenticated.New() })
	})
	if got := s.Nobody().Get("/door").Want(t, 401).Header.Get("WWW-Authenticate"); !strings.HasPrefix(got, "Basic ") {
		t.Errorf("challenge %q", got)
	}
	doc, err := s.Router.OpenAPI()
	if err != nil || !strings.Contains(string(doc), `"security":[{"device":[]}]`) {
		t.Errorf("the document does not say how devices prove themselves: %v", err)
	}
	if p := s.Router.Routes()[0].Policy; p != "device" {
		t.Errorf("policy %q", p)
	}
}
