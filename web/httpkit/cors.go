package httpkit

import (
	"github.com/gofiber/fiber/v2"
)

// openPaths are the prefixes that Router.CrossOrigin has opened. They are filled in
// Mount, before the first request.
type openPaths struct{ prefixes []string }

func (o *openPaths) has(path []byte) bool {
	for _, p := range o.prefixes {
		if len(path) >= len(p) && string(path[:len(p)]) == p {
			return true
		}
	}
	return false
}

// headers say that pages of every site may read the answer.
func (o *openPaths) headers() headers {
	return headers{
		{[]byte(fiber.HeaderAccessControlAllowOrigin), []byte("*")},
		{[]byte(fiber.HeaderAccessControlExposeHeaders), []byte(corsExposed)},
		{[]byte(headerCORP), []byte("cross-origin")},
	}
}

// CrossOrigin lets pages of every site read what lies below the prefix, such as
// "/iiif/": every answer there, refusals of the middleware included, says so
// (Fetch §3.2), and OPTIONS is answered at once. Cookies never come along, because
// the origin is "*"; a handler whose answer is for its reader alone says so by
// KeepSameOrigin. It is called in Mount.
func (r *Router) CrossOrigin(prefix string) {
	r.opts.open.prefixes = append(r.opts.open.prefixes, prefix)
}

const (
	corsMethods = "GET, HEAD, OPTIONS"
	// Those that viewers send beside the ones which need no permission.
	corsHeaders = "Accept, Accept-Language, Cache-Control, Content-Type, If-Modified-Since, If-None-Match, Range, X-Requested-With"
	corsExposed = "Accept-Ranges, Content-Length, Content-Range, ETag, Link, Retry-After, X-Request-Id"

	headerCORP = "Cross-Origin-Resource-Policy"
)

func crossOrigin(opts Options) fiber.Handler {
	openHeaders := opts.open.headers()
	return func(c *fiber.Ctx) error {
		if !opts.open.has(c.Request().URI().PathOriginal()) {
			return c.Next()
		}
		openHeaders.set(&c.Response().Header)
		if c.Method() != fiber.MethodOptions {
			return c.Next()
		}
		c.Set(fiber.HeaderAllow, corsMethods)
		if c.Get(fiber.HeaderAccessControlRequestMethod) != "" {
			c.Set(fiber.HeaderAccessControlAllowMethods, corsMethods)
			c.Set(fiber.HeaderAccessControlAllowHeaders, corsHeaders)
			c.Set(fiber.HeaderAccessControlMaxAge, "86400")
		}
		return c.SendStatus(fiber.StatusNoContent)
	}
}

// LetAnywhere allows for one answer what CrossOrigin allows below a prefix. Requests
// that are asked for beforehand stay with our own pages; a range needs no asking
// (Fetch §2.2.2).
func LetAnywhere(c *fiber.Ctx) { (&openPaths{}).headers().set(&c.Response().Header) }

// KeepSameOrigin takes back what CrossOrigin allowed, for one answer.
func KeepSameOrigin(c *fiber.Ctx) {
	h := &c.Response().Header
	h.Del(fiber.HeaderAccessControlAllowOrigin)
	h.Del(fiber.HeaderAccessControlExposeHeaders)
	h.Set(headerCORP, "same-origin")
}
