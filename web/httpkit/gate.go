package httpkit

import (
	"context"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/fault"
)

// gate is what each route passes before its handler and after it: policy, size
// and type of the body, deadline, the handler's error, caching headers.
func (r *Router) gate(rt *route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Locals(localRoute, rt)
		ctx := c.UserContext()
		if err := rt.op.Policy.Check(Actor(ctx)); err != nil {
			return err
		}
		if err := rt.checkBody(c); err != nil {
			return err
		}
		if !rt.plain {
			c.Request().Header.Set(fiber.HeaderAccept, "application/json") // these routes speak nothing else
		}
		s := &slot{}
		ctx = context.WithValue(ctx, keySlot, s)
		if !rt.op.Stream {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, rt.op.Deadline)
			defer cancel()
			if rt.op.Deadline > readTimeout {
				// A body that may take long is read for as long; a connection that
				// cannot be told so (of a test) has no deadline at all.
				_ = c.Context().SetReadDeadline(time.Now().Add(rt.op.Deadline))
			}
		}
		c.SetUserContext(ctx)
		err := c.Next()
		if err == nil {
			err = s.err
		}
		if err != nil {
			return err
		}
		if !rt.op.Stream {
			settle(c, rt.op)
		}
		return nil
	}
}

type localKey uint8

const localRoute localKey = 1

// routeLabel names the route of c for logs and metrics; "none" before one is
// found.
func routeLabel(c *fiber.Ctx) string {
	if rt, ok := c.Locals(localRoute).(*route); ok {
		return rt.op.Path
	}
	return "none"
}

// checkBody refuses a body that is too long, of unknown length, compressed or
// not of the type that the route reads.
func (rt *route) checkBody(c *fiber.Ctx) error {
	h := &c.Request().Header
	n := h.ContentLength()
	if int64(n) > rt.maxBody {
		return ErrTooLarge.New(fault.P("max", rt.maxBody))
	}
	if n == -1 && rt.plain { // chunked
		return ErrLength.New()
	}
	if n == 0 || n < -1 {
		return nil
	}
	if enc := c.Get(fiber.HeaderContentEncoding); enc != "" && enc != "identity" {
		return ErrMediaType.New(fault.P("expected", rt.expects()))
	}
	if !rt.json {
		return nil
	}
	mediaType, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	charset := strings.ToLower(params["charset"])
	if err != nil || mediaType != "application/json" || (charset != "" && charset != "utf-8") {
		return ErrMediaType.New(fault.P("expected", rt.expects()))
	}
	h.SetContentType("application/json") // huma compares it byte by byte
	return nil
}

func (rt *route) expects() string {
	if rt.json {
		return "application/json"
	}
	return "identity"
}

// checkURI refuses an address that is no percent-encoded UTF-8, or holds a NUL.
func checkURI(c *fiber.Ctx) error {
	raw := c.Request().Header.RequestURI()
	if plainURI(raw) {
		return nil
	}
	u, err := url.ParseRequestURI(string(raw))
	if err != nil {
		return ErrURI.Wrap(err)
	}
	query, err := url.QueryUnescape(u.RawQuery)
	if err != nil {
		return ErrURI.Wrap(err)
	}
	if !utf8.ValidString(u.Path) || !utf8.ValidString(query) || strings.ContainsRune(u.Path, 0) || strings.ContainsRune(query, 0) {
		return ErrURI.New()
	}
	return nil
}

// plainURI reports whether an address is a path, and perhaps a query, of printable
// ASCII without escapes, as most are: nothing can be wrong with it.
func plainURI(raw []byte) bool {
	if len(raw) == 0 || raw[0] != '/' {
		return false
	}
	for _, b := range raw {
		if b <= ' ' || b >= 0x7f || b == '%' || b == ';' {
			return false
		}
	}
	return true
}

// safe reports whether the method changes nothing (RFC 9110 §9.2.1).
func safe(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace:
		return true
	}
	return false
}
