package httpkit

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sort"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/fault"
)

const (
	defaultMaxBody  = int64(1 << 20)   // bytes of a JSON body
	defaultDeadline = 20 * time.Second // of a handler
)

// Op declares a route.
type Op struct {
	Method  string // GET POST PUT PATCH DELETE
	Path    string // with {name} parameters, as the OpenAPI document shows it
	Match   string // Fiber's pattern when it is not Path with :name, such as a wildcard; Plain only
	ID      string // operation id, kebab-case, unique: "relic-by-id"
	Tag     string // group on the docs page
	Summary string // one line
	Policy  Policy // who may call it; the zero Policy is refused at start

	MaxBody  int64         // bytes; 0 means 1 MiB
	Status   int           // of success; 0 means 200, or 204 for an output without Body
	Deadline time.Duration // of the handler's context; 0 means 20 s
	Stream   bool          // no deadline: the answer goes on after the handler returned
	Media    []string      // content types of a success that is a file; none means JSON
	Wordless bool          // a success is the same in every language: no Vary: Accept-Language

	NoReplay bool          // ignores Idempotency-Key: the answer holds a secret
	Faults   []*fault.Code // codes worth naming in the document, beside those that every route has
}

// Route is what the golden file lists.
type Route struct {
	Method, Path, Policy, ID string
}

// String returns "METHOD PATH POLICY ID", tab-separated.
func (r Route) String() string { return strings.Join([]string{r.Method, r.Path, r.Policy, r.ID}, "\t") }

// route is a declared Op at work.
type route struct {
	op      Op
	maxBody int64
	json    bool // its body, if any, must be JSON
	plain   bool
}

// Router takes the routes of all packages. It is used at start only, by one
// goroutine.
type Router struct {
	App     *fiber.App
	opts    Options
	api     huma.API
	routes  []Route
	keepers []*keeper // see Early
	now     *route    // the route that huma is registering
}

// newRouter joins huma to the app; see New.
func newRouter(app *fiber.App, opts Options) *Router {
	r := &Router{App: app, opts: opts}
	doc := document(opts)
	doc.OnAddOperation = append(doc.OnAddOperation, func(_ *huma.OpenAPI, op *huma.Operation) {
		if r.now != nil && op.RequestBody != nil {
			_, r.now.json = op.RequestBody.Content["application/json"]
		}
	})
	r.api = humafiber.NewWithGroup(app, adder{App: app, r: r}, huma.Config{
		OpenAPI:       doc,
		Formats:       map[string]huma.Format{"application/json": jsonFormat, "json": jsonFormat},
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{r.transform},
	})
	return r
}

// adder puts the gate in front of each route that huma adds.
type adder struct {
	*fiber.App
	r *Router
}

// Add implements the part of fiber.Router that humafiber uses.
func (a adder) Add(method, path string, handlers ...fiber.Handler) fiber.Router {
	chain := append(a.r.before(a.r.now), handlers...)
	if method == http.MethodGet {
		a.App.Add(http.MethodHead, path, chain...)
	}
	return a.App.Add(method, path, chain...)
}

// before is what runs ahead of the handler of rt.
func (r *Router) before(rt *route) []fiber.Handler {
	chain := []fiber.Handler{r.gate(rt)}
	if rt.op.Method == http.MethodPost && !rt.plain && !rt.op.NoReplay && r.opts.Store != nil {
		chain = append(chain, r.replay(rt))
	}
	return chain
}

// declare checks op and records it.
func (r *Router) declare(op Op, plain bool) *route {
	switch {
	case op.Policy.name == "":
		panic("httpkit: " + op.Method + " " + op.Path + " declares no policy")
	case op.ID == "" || op.Method == "" || !strings.HasPrefix(op.Path, "/"):
		panic("httpkit: route " + op.Method + " " + op.Path + " " + op.ID + " is incomplete")
	}
	if op.MaxBody == 0 {
		op.MaxBody = defaultMaxBody
	}
	if op.Deadline == 0 {
		op.Deadline = defaultDeadline
	}
	r.routes = append(r.routes, Route{Method: op.Method, Path: op.Path, Policy: op.Policy.String(), ID: op.ID})
	return &route{op: op, maxBody: op.MaxBody, plain: plain}
}

// Handle declares a JSON route. I and O are structs as huma reads them: members
// of I tagged path, query and header, and Body; members of O tagged header, and
// Body. It panics on a mistake in the declaration.
func Handle[I, O any](r *Router, op Op, fn func(ctx context.Context, in *I) (*O, error)) {
	rt := r.declare(op, false)
	finite := finiteCheck[I]()
	doc := r.describe(rt, &huma.Operation{})
	doc.DefaultStatus = op.Status
	doc.MaxBodyBytes = rt.maxBody + 1 // huma refuses at the limit itself
	doc.BodyReadTimeout = -1          // the server's own deadline holds
	doc.SkipValidateBody = true
	r.now = rt
	huma.Register(r.api, *doc, func(ctx context.Context, in *I) (*O, error) {
		failed := ctx.Value(keySlot).(*slot) // the gate put it there
		if err := finite(in); err != nil {
			return nil, failed.keep(err)
		}
		out, err := fn(ctx, in)
		if err != nil {
			return nil, failed.keep(err)
		}
		return out, nil
	})
	r.now = nil
	delete(r.api.OpenAPI().Components.Schemas.Map(), "ErrorModel") // huma's own, which nothing here answers
}

// Plain declares a route with a Fiber handler: server-sent events, images,
// uploads, downloads. doc describes parameters, body and the successful answer;
// the kit adds the rest. nil keeps the route out of the document.
func (r *Router) Plain(op Op, doc *huma.Operation, h fiber.Handler) {
	rt := r.declare(op, true)
	if doc != nil {
		r.api.OpenAPI().AddOperation(r.describe(rt, doc))
	}
	path := op.Match
	if path == "" {
		path = strings.NewReplacer("{", ":", "}", "").Replace(op.Path)
	}
	r.now = rt
	adder{App: r.App, r: r}.Add(op.Method, path, h)
	r.now = nil
}

// Answer makes a code of the caller's package answer with another status than that
// of its kind, where a standard asks for it. It is called in Mount before the
// routes that name the code, and holds for problems, the log and the document. It
// panics on what is no status of an error, and when the code has another already.
func (r *Router) Answer(status int, codes ...*fault.Code) {
	for _, code := range codes {
		if was, twice := r.opts.statuses[code]; status < 400 || status > 599 || twice && was != status {
			panic(fmt.Sprintf("httpkit: %s cannot answer with %d", code.ID(), status))
		}
		r.opts.statuses[code] = status
	}
}

// Registry returns the schemas of the document, for the description of a Plain
// route: r.Registry().Schema(reflect.TypeFor[T](), true, "").
func (r *Router) Registry() huma.Registry { return r.api.OpenAPI().Components.Schemas }

// Routes returns every declared route, ordered by path and method.
func (r *Router) Routes() []Route {
	out := append([]Route(nil), r.routes...)
	sort.Slice(out, func(i, j int) bool {
		if out[i].Path != out[j].Path {
			return out[i].Path < out[j].Path
		}
		return out[i].Method < out[j].Method
	})
	return out
}

// Log returns the logger of the kit.
func (r *Router) Log() *slog.Logger { return r.opts.Log }

// PublicURL returns the configured public address without a slash at its end;
// "" when it is not configured. Absolute addresses are made from it.
func (r *Router) PublicURL() string { return r.opts.PublicURL }
