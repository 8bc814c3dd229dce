package httpkit

import (
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

	"context"

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
	return newRouter(app, opts)
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
		{"headers", securityHeaders(opts)},
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
		id := ""
		if trusted(opts.TrustedProxies, remoteAddr(c)) {
			if given := c.Get(fiber.HeaderXRequestID); ids.ValidSlug(strings.ToLower(given)) {
				id = strings.ToLower(given)
			}
		}
		if id == "" {
			id = ids.New()
		}
		c.Set(fiber.HeaderXRequestID, id)
		agent := c.Get(fiber.HeaderUserAgent)
		c.SetUserContext(context.WithValue(c.UserContext(), keySender, &sender{requestID: id, lang: fault.AcceptLang(c.Get(fiber.HeaderAcceptLanguage)),
			address: clientAddress(c, opts.TrustedProxies), userAgent: strings.ToValidUTF8(agent[:min(len(agent), 200)], "")}))
		return c.Next()
	}
}

// accessLog answers errors with a problem and writes one line for each request:
// the route, never the query or a body.
func accessLog(opts Options) fiber.Handler {
	m := newMetrics(opts.Metrics)
	return func(c *fiber.Ctx) error {
		began := time.Now()
		ctx := c.UserContext()
		err := c.Next()
		status := c.Response().StatusCode()
		code := ""
		if err != nil {
			status = writeProblem(c, opts, err)
			code = fault.Of(classify(c, err)).Code().ID()
		}
		took := time.Since(began)
		m.observe(c.Method(), routeLabel(c), status, took)
		level := slog.LevelInfo
		if status >= 500 {
			level = slog.LevelWarn
		}
		if !opts.Log.Enabled(ctx, level) {
			return nil
		}
		by := Actor(c.UserContext())
		opts.Log.LogAttrs(ctx, level, "request", slog.String("requestId", RequestID(ctx)), slog.String("method", c.Method()),
			slog.String("route", routeLabel(c)), slog.Int("status", status), slog.String("code", code),
			slog.Duration("took", took), slog.String("address", Address(ctx)), slog.String("actor", by.ID))
		return nil
	}
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

// securityHeaders are for pages and answers alike. Workers come from blob:
// because MapLibre makes its worker so; styles are inline because Vue and
// MapLibre set them; scripts never are.
func securityHeaders(opts Options) fiber.Handler {
	more := ""
	if len(opts.MapSources) > 0 {
		more = " " + strings.Join(opts.MapSources, " ")
	}
	csp := strings.Join([]string{
		"default-src 'self'",
		"script-src 'self'",
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data: blob:" + more,
		"media-src 'self' blob:",
		"font-src 'self' data:",
		"connect-src 'self'" + more,
		"worker-src 'self' blob:",
		"manifest-src 'self'",
		"object-src 'none'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
	}, "; ")
	headers := [][2]string{
		{fiber.HeaderContentSecurityPolicy, csp},
		{fiber.HeaderXContentTypeOptions, "nosniff"},
		{fiber.HeaderReferrerPolicy, "same-origin"},
		{fiber.HeaderXFrameOptions, "DENY"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Permissions-Policy", "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()"},
	}
	if strings.HasPrefix(opts.PublicURL, "https://") {
		headers = append(headers, [2]string{fiber.HeaderStrictTransportSecurity, "max-age=31536000"})
	}
	canonical := make([][2][]byte, len(headers))
	for i, h := range headers {
		canonical[i] = [2][]byte{[]byte(h[0]), []byte(h[1])}
	}
	return func(c *fiber.Ctx) error {
		res := &c.Response().Header
		for i := range canonical {
			res.SetCanonical(canonical[i][0], canonical[i][1])
		}
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
func clientAddress(c *fiber.Ctx, proxies []netip.Prefix) string {
	addr := remoteAddr(c)
	if !trusted(proxies, addr) {
		return addr.String()
	}
	hops := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		addr = hop.Unmap()
		if !trusted(proxies, addr) {
			break
		}
	}
	return addr.String()
}

func remoteAddr(c *fiber.Ctx) netip.Addr {
	addr, _ := netip.AddrFromSlice(c.Context().RemoteIP())
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
