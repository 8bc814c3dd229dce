package httpkit

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// Kept is an answer as it leaves, the same for everybody, that a package keeps in
// memory. Nobody changes it.
type Kept struct {
	Tag     string      // entity tag
	Headers [][2][]byte // further ones, names in canonical form
	Body    []byte
}

// keeper is who keeps answers below a prefix.
type keeper struct {
	prefix       []byte
	route        string
	find         func(path string) *Kept
	header       fasthttp.ResponseHeader // what all of its answers have
	whole, still counted                 // its answers with 200 and with 304
}

// Early lets find answer requests below the prefix before a route is looked for:
// GETs without a query and without credentials, so from nobody in particular. It is
// for what is asked thousands of times a second, such as the tiles of a picture; the
// id, headers, limit and log of the request are those of every other. route is the
// path of the Op whose answers they are, for log and metrics.
//
// find returns nil when it keeps no answer or is not sure that everybody may have
// it: the request then takes its usual way. It must not wait for anything. Call
// Early in Mount, after CrossOrigin.
func (r *Router) Early(prefix, route string, find func(path string) *Kept) {
	k := &keeper{prefix: []byte(prefix), route: route, find: find,
		whole: r.opts.metrics.of(http.MethodGet, route, http.StatusOK), still: r.opts.metrics.of(http.MethodGet, route, http.StatusNotModified)}
	r.opts.headers.set(&k.header)
	if r.opts.open.has(k.prefix) {
		r.opts.open.headers().set(&k.header)
	}
	r.keepers = append(r.keepers, k)
}

// early answers what it can and hands on the rest.
func (r *Router) early(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		began := time.Now()
		by, kept := r.kept(ctx)
		if kept == nil {
			next(ctx)
			return
		}
		client := clientAddress(ctx, r.opts.TrustedProxies)
		if r.opts.buckets != nil {
			if _, ok := r.opts.buckets.take(client); !ok {
				next(ctx) // which refuses it, as it refuses all others
				return
			}
		}
		res, status, count := &ctx.Response, http.StatusOK, by.whole
		by.header.CopyTo(&res.Header)
		id := nameRequest(ctx, r.opts.TrustedProxies)
		res.Header.Set(fiber.HeaderETag, kept.Tag)
		headers(kept.Headers).set(&res.Header)
		if match := ctx.Request.Header.Peek(fiber.HeaderIfNoneMatch); len(match) > 0 && noneMatch(string(match), kept.Tag) {
			status, count = http.StatusNotModified, by.still
			res.SetStatusCode(status)
			res.Header.Del(fiber.HeaderContentType)
		} else {
			res.SetBodyRaw(kept.Body)
		}
		took := time.Since(began)
		count.observe(took)
		if r.opts.Log.Enabled(ctx, slog.LevelInfo) {
			r.opts.log(context.Background(), slog.LevelInfo, line{requestID: id, method: http.MethodGet, route: by.route, address: client.String(), status: status}, took)
		}
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
		if by = r.keepers[i]; bytes.HasPrefix(uri, by.prefix) && plainURI(uri) && bytes.IndexByte(uri, '?') < 0 {
			return by, by.find(string(uri))
		}
	}
	return nil, nil
}
