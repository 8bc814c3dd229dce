package httpkit

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// Kept is an answer as it leaves, the same for everybody, that a package keeps in
// memory. Nobody changes it.
type Kept struct {
	Route   string      // path of the Op whose answer it is, for log and metrics
	Tag     string      // entity tag
	Headers [][2]string // further ones, names in canonical form
	Body    []byte
}

// keeper is who keeps answers below a prefix.
type keeper struct {
	prefix []byte
	find   func(path string) *Kept
	cors   bool
}

// Early lets find answer requests below the prefix before a route is looked for:
// GETs without a query and without credentials, so from nobody in particular. It is
// for what is asked thousands of times a second, such as the tiles of a picture; the
// id, headers, limit and log of the request are those of every other.
//
// find returns nil when it keeps no answer or is not sure that everybody may have
// it: the request then takes its usual way. It must not wait for anything. Call
// Early in Mount, after CrossOrigin.
func (r *Router) Early(prefix string, find func(path string) *Kept) {
	r.keepers = append(r.keepers, keeper{prefix: []byte(prefix), find: find, cors: r.opts.open.has([]byte(prefix))})
}

// early answers what it can and hands on the rest.
func (r *Router) early(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	open := r.opts.open.headers()
	return func(ctx *fasthttp.RequestCtx) {
		began := time.Now()
		by, kept := r.kept(ctx)
		if kept == nil {
			next(ctx)
			return
		}
		address := clientAddress(ctx, r.opts.TrustedProxies)
		if r.opts.buckets != nil {
			if _, ok := r.opts.buckets.take(ClientNetwork(address)); !ok {
				next(ctx) // which refuses it, as it refuses all others
				return
			}
		}
		l := line{requestID: nameRequest(ctx, r.opts.TrustedProxies), method: http.MethodGet, route: kept.Route, address: address, status: http.StatusOK}
		res := &ctx.Response
		r.opts.headers.set(&res.Header)
		if by.cors {
			open.set(&res.Header)
		}
		res.Header.Set(fiber.HeaderETag, kept.Tag)
		for i := range kept.Headers {
			res.Header.Set(kept.Headers[i][0], kept.Headers[i][1])
		}
		if match := ctx.Request.Header.Peek(fiber.HeaderIfNoneMatch); len(match) > 0 && noneMatch(string(match), kept.Tag) {
			l.status = http.StatusNotModified
			res.SetStatusCode(l.status)
			res.Header.Del(fiber.HeaderContentType)
		} else {
			res.SetBodyRaw(kept.Body)
		}
		r.opts.record(context.Background(), l, time.Since(began))
	}
}

// kept finds the answer to a request that anybody could have sent. A keeper that
// panics keeps nothing: the usual way tells what is wrong.
func (r *Router) kept(ctx *fasthttp.RequestCtx) (by *keeper, kept *Kept) {
	h := &ctx.Request.Header
	if len(r.keepers) == 0 || !ctx.IsGet() || h.ContentLength() > 0 || h.ContentLength() == -1 || len(h.Peek(fiber.HeaderAuthorization)) > 0 || len(h.Peek(fiber.HeaderCookie)) > 0 {
		return nil, nil
	}
	uri := h.RequestURI()
	defer func() {
		if recover() != nil {
			kept = nil
		}
	}()
	for i := range r.keepers {
		if by = &r.keepers[i]; bytes.HasPrefix(uri, by.prefix) && plainURI(uri) && bytes.IndexByte(uri, '?') < 0 {
			return by, by.find(string(uri))
		}
	}
	return nil, nil
}
