package httpkit

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/valyala/fasthttp"

	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

const readTimeout = 30 * time.Second

// Options of a Router. The zero value is one without sessions, for tests of
// public routes.
type Options struct {
	Version   string
	PublicURL string   // scheme://host[:port] without a path; "" when unknown
	Sessions  Sessions // nil: everybody is the public
	Store     *store.Store
	Log       *slog.Logger          // nil: slog.Default()
	Metrics   prometheus.Registerer // nil: no metrics

	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed
	Rate           Rate           // per client address; zero: no limit

	MapSources []string // further origins that pages may load tiles from (Content-Security-Policy)

	statuses statuses   // made by New, filled by Router.Answer before the first request
	open     *openPaths // made by New, filled by Router.CrossOrigin before the first request
	metrics  metrics    // made by New
	buckets  *buckets   // made by New; nil when there is no limit
	headers  headers    // made by New
}

// New makes the Fiber app with the middleware in its fixed order, and a Router
// on it. The order: request id, access log and problem answers, recover, security
// headers, cross-origin headers, compression, address check, rate limit, actor,
// origin and CSRF, then the routes.
//
//   - The log is outside of recover, so that a panic has its line too.
//   - The rate limit comes before the actor: a flood of invented cookies must
//     not reach the database.
func New(opts Options) *Router {
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	opts.PublicURL = strings.TrimSuffix(opts.PublicURL, "/")
	opts.statuses = make(statuses)
	opts.open = &openPaths{}
	opts.metrics = newMetrics(opts.Metrics)
	opts.headers = securityHeaders(opts)
	if opts.Rate.PerSecond > 0 {
		opts.buckets = newBuckets(opts.Rate)
	}
	app := fiber.New(fiber.Config{
		AppName:                      "yijianyou",
		ServerHeader:                 "",
		Immutable:                    true,
		CaseSensitive:                true,
		StreamRequestBody:            true,
		DisablePreParseMultipartForm: true,
		BodyLimit:                    64 << 10, // read ahead of the handler; the gate holds the true limit
		ReadBufferSize:               32 << 10,
		ReadTimeout:                  readTimeout,
		WriteTimeout:                 5 * time.Minute,
		IdleTimeout:                  2 * time.Minute,
		DisableStartupMessage:        true,
		// A method outside of this list is answered by Fiber itself, in plain text.
		RequestMethods: append(slices.Clone(fiber.DefaultMethods), "QUERY", "PROPFIND", "PURGE", "LINK", "UNLINK"),
		ErrorHandler: func(c *fiber.Ctx, err error) error {
			writeProblem(c, opts, err)
			return nil
		},
	})
	for _, step := range chain(opts) {
		app.Use(step.handler)
	}
	r := newRouter(app, opts)
	app.Server().Handler = r.early(app.Server().Handler)
	return r
}

type step struct {
	name    string
	handler fiber.Handler
}

// chain is the middleware in its order.
func chain(opts Options) []step {
	return []step{
		{"request id", requestID(opts)},
		{"log", accessLog(opts)},
		{"recover", recoverPanic()},
		{"headers", func(c *fiber.Ctx) error {
			opts.headers.set(&c.Response().Header)
			return c.Next()
		}},
		{"cross origin", crossOrigin(opts)},
		{"compress", compress()},
		{"address", func(c *fiber.Ctx) error {
			if err := checkURI(c); err != nil {
				return err
			}
			return c.Next()
		}},
		{"rate", rateLimit(opts)},
		{"actor", readActor(opts)},
		{"csrf", guardOrigin(opts)},
	}
}

// requestID puts id, language and address into the context. An id that a
// trusted proxy gave is kept.
func requestID(opts Options) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id := nameRequest(c.Context(), opts.TrustedProxies)
		agent := c.Get(fiber.HeaderUserAgent)
		c.SetUserContext(context.WithValue(c.UserContext(), keySender, &sender{requestID: id, lang: fault.AcceptLang(c.Get(fiber.HeaderAcceptLanguage)),
			client: clientAddress(c.Context(), opts.TrustedProxies), userAgent: strings.ToValidUTF8(agent[:min(len(agent), 200)], "")}))
		return c.Next()
	}
}

// nameRequest gives the request its id and says it in the answer.
func nameRequest(ctx *fasthttp.RequestCtx, proxies []netip.Prefix) string {
	id := ""
	if trusted(proxies, remoteAddr(ctx)) {
		if given := strings.ToLower(string(ctx.Request.Header.Peek(fiber.HeaderXRequestID))); ids.ValidSlug(given) {
			id = given
		}
	}
	if id == "" {
		id = ids.New()
	}
	ctx.Response.Header.Set(fiber.HeaderXRequestID, id)
	return id
}

// accessLog answers errors with a problem and writes one line for each request:
// the route, never the query or a body.
func accessLog(opts Options) fiber.Handler {
	return func(c *fiber.Ctx) error {
		began := time.Now()
		ctx := c.UserContext()
		err := c.Next()
		l := line{requestID: RequestID(ctx), method: c.Method(), route: routeLabel(c), address: Address(ctx), status: c.Response().StatusCode()}
		if err != nil {
			l.status = writeProblem(c, opts, err)
			l.code = fault.Of(classify(c, err)).Code().ID()
		}
		l.actor = Actor(c.UserContext()).ID
		opts.record(ctx, l, time.Since(began))
		return nil
	}
}

// line is what is recorded of a request.
type line struct {
	requestID, method, route, code, address, actor string
	status                                         int
}

// record counts a request and logs it.
func (o Options) record(ctx context.Context, l line, took time.Duration) {
	o.metrics.of(l.method, l.route, l.status).observe(took)
	level := slog.LevelInfo
	if l.status >= 500 {
		level = slog.LevelWarn
	}
	if o.Log.Enabled(ctx, level) {
		o.log(ctx, level, l, took)
	}
}

func (o Options) log(ctx context.Context, level slog.Level, l line, took time.Duration) {
	o.Log.LogAttrs(ctx, level, "request", slog.String("requestId", l.requestID), slog.String("method", l.method),
		slog.String("route", l.route), slog.Int("status", l.status), slog.String("code", l.code),
		slog.Duration("took", took), slog.String("address", l.address), slog.String("actor", l.actor))
}

// recoverPanic turns a panic into an internal error whose stack is logged.
func recoverPanic() fiber.Handler {
	return func(c *fiber.Ctx) (err error) {
		defer func() {
			if v := recover(); v != nil {
				err = fault.ErrInternal.Wrap(fmt.Errorf("panic: %v\n%s", v, debug.Stack()))
			}
		}()
		return c.Next()
	}
}

// compress packs text answers of 1 kB and more with br or gzip. Streams stay as
// they are.
func compress() fiber.Handler {
	pack := fasthttp.CompressHandlerBrotliLevel(func(*fasthttp.RequestCtx) {}, fasthttp.CompressBrotliBestSpeed, fasthttp.CompressBestSpeed)
	return func(c *fiber.Ctx) error {
		if err := c.Next(); err != nil {
			return err
		}
		res := c.Response()
		if res.IsBodyStream() || len(res.Body()) < 1024 || !packable(string(res.Header.ContentType())) {
			return nil
		}
		if len(res.Header.Peek(fiber.HeaderContentEncoding)) == 0 {
			c.Vary(fiber.HeaderAcceptEncoding)
			pack(c.Context())
		}
		return nil
	}
}

func packable(contentType string) bool {
	ct, _, _ := strings.Cut(contentType, ";")
	ct = strings.TrimSpace(ct)
	return (strings.HasPrefix(ct, "text/") && ct != "text/event-stream") || strings.HasSuffix(ct, "json") || strings.HasSuffix(ct, "xml") ||
		ct == "application/javascript" || ct == "application/wasm" || ct == "application/manifest+json"
}

// probe reports whether the request is of a machine that watches the program.
// Such a request is answered without the store and without a limit, and its
// Bearer key is not one of ours.
func probe(c *fiber.Ctx) bool {
	switch string(c.Request().URI().PathOriginal()) {
	case "/healthz", "/readyz", "/metrics":
		return true
	}
	return false
}

// readActor finds who sends the request.
func readActor(opts Options) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if opts.Sessions == nil || probe(c) {
			return c.Next()
		}
		cred := Credentials{Cookie: c.Cookies(opts.Sessions.CookieName()), RequestID: RequestID(c.UserContext()), Address: Address(c.UserContext())}
		if scheme, key, ok := strings.Cut(c.Get(fiber.HeaderAuthorization), " "); ok && strings.EqualFold(scheme, "Bearer") {
			cred.Bearer = strings.TrimSpace(key)
		}
		if cred.Cookie == "" && cred.Bearer == "" {
			return c.Next()
		}
		info, err := opts.Sessions.Read(c.UserContext(), cred)
		if err != nil {
			return err
		}
		ctx := context.WithValue(c.UserContext(), keyActor, info.Actor)
		c.SetUserContext(context.WithValue(ctx, keySession, info))
		return c.Next()
	}
}

// guardOrigin refuses unsafe requests that another site sends: by Origin, by
// Sec-Fetch-Site, and for cookie sessions by the token in X-CSRF-Token.
func guardOrigin(opts Options) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if safe(c.Method()) {
			return c.Next()
		}
		info := CurrentSession(c.UserContext())
		if info.ID != "" && info.CSRFToken == "" {
			return c.Next() // a key in Authorization, which no other site can send
		}
		if !sameOrigin(c, opts.PublicURL) {
			return ErrOrigin.New()
		}
		if info.ID != "" && subtle.ConstantTimeCompare([]byte(c.Get("X-CSRF-Token")), []byte(info.CSRFToken)) != 1 {
			return ErrCSRF.New()
		}
		return c.Next()
	}
}

func sameOrigin(c *fiber.Ctx, publicURL string) bool {
	if site := c.Get("Sec-Fetch-Site"); site == "cross-site" || site == "same-site" {
		return false
	}
	origin := c.Get(fiber.HeaderOrigin)
	if origin == "" || (publicURL != "" && origin == publicURL) {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && u.Host == string(c.Request().Header.Host())
}

// clientAddress walks X-Forwarded-For from the right, past trusted proxies.
func clientAddress(ctx *fasthttp.RequestCtx, proxies []netip.Prefix) netip.Addr {
	addr := remoteAddr(ctx)
	if !trusted(proxies, addr) {
		return addr
	}
	hops := string(ctx.Request.Header.Peek(fiber.HeaderXForwardedFor))
	for more := true; more && trusted(proxies, addr); {
		last := strings.LastIndexByte(hops, ',')
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[last+1:]))
		if err != nil {
			break
		}
		addr = hop.Unmap()
		if more = last >= 0; more {
			hops = hops[:last]
		}
	}
	return addr
}

func remoteAddr(ctx *fasthttp.RequestCtx) netip.Addr {
	addr, _ := netip.AddrFromSlice(ctx.RemoteIP())
	return addr.Unmap()
}

func trusted(proxies []netip.Prefix, addr netip.Addr) bool {
	for _, p := range proxies {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}

// ParseProxies reads a list of networks (10.0.0.0/8) or addresses.
func ParseProxies(list []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	var bad error
	for _, s := range list {
		if p, err := netip.ParsePrefix(s); err == nil {
			out = append(out, p.Masked())
		} else if a, err := netip.ParseAddr(s); err == nil {
			out = append(out, netip.PrefixFrom(a, a.BitLen()))
		} else {
			bad = errors.Join(bad, err)
		}
	}
	return out, bad
}
