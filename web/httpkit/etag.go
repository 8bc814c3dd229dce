package httpkit

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/fault"
)

// ETag returns the entity tag of a record: "REV-VIEW-LANG" in quotes (RFC 9110
// §8.8.3). view "" means public.
func ETag(rev int64, view View, lang fault.Lang) string {
	if view == "" {
		view = PublicView
	}
	return fmt.Sprintf(`"%d-%s-%s"`, rev, view, lang)
}

// Entity is embedded in the output of one record.
type Entity struct {
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
}

// NewEntity returns the headers of a record in a view ("" means public). The
// public view may be cached and is revalidated; the staff view is kept nowhere.
func NewEntity(ctx context.Context, rev int64, view string) Entity {
	e := Entity{ETag: ETag(rev, View(view), Lang(ctx)), CacheControl: "public, no-cache"}
	if View(view) == StaffView {
		e.CacheControl = "private, no-store"
	}
	return e
}

// NewPublicEntity returns the headers of a public view. Its tag holds a digest of
// the view beside the revision: what is told of other records, such as their
// names, is part of it and changes without a new revision.
func NewPublicEntity(ctx context.Context, rev int64, view any) (Entity, error) {
	body, err := json.Marshal(view)
	if err != nil {
		return Entity{}, err
	}
	h := fnv.New64a()
	_, _ = h.Write(body) // a hash never fails
	e := NewEntity(ctx, rev, "")
	e.ETag = fmt.Sprintf(`%s-%016x"`, e.ETag[:len(e.ETag)-1], h.Sum64())
	return e, nil
}

// Unchanged gives the answer its entity tag and reports whether the client has it
// already; the answer is then 304 and finished (RFC 9110 §13.1.2). It spares the
// making of a body that nobody needs.
func Unchanged(c *fiber.Ctx, tag string) bool {
	c.Set(fiber.HeaderETag, tag)
	if !noneMatch(c.Get(fiber.HeaderIfNoneMatch), tag) {
		return false
	}
	c.Status(fiber.StatusNotModified)
	return true
}

// settle finishes a successful answer to GET: caching headers, a weak ETag when
// there is none, 304 when the client has the same.
func settle(c *fiber.Ctx, op Op) {
	res := c.Response()
	if m := c.Method(); (m != fiber.MethodGet && m != fiber.MethodHead) || res.StatusCode() != fiber.StatusOK || res.IsBodyStream() {
		if len(res.Header.Peek(fiber.HeaderCacheControl)) == 0 {
			c.Set(fiber.HeaderCacheControl, "no-store")
		}
		return
	}
	if !op.Wordless {
		c.Vary(fiber.HeaderAcceptLanguage)
	}
	cached, tagged := len(res.Header.Peek(fiber.HeaderCacheControl)) > 0, len(res.Header.Peek(fiber.HeaderETag)) > 0
	if !cached || !tagged {
		private := !op.Policy.open || c.Query("view") == string(StaffView) || CurrentSession(c.UserContext()).ID != ""
		switch {
		case cached:
		case private:
			c.Set(fiber.HeaderCacheControl, "private, no-store")
		default:
			c.Set(fiber.HeaderCacheControl, "public, no-cache")
		}
		if !tagged && !private {
			h := fnv.New128a()
			_, _ = h.Write(res.Body()) // a hash never fails
			c.Set(fiber.HeaderETag, fmt.Sprintf(`W/"%x"`, h.Sum(nil)))
		}
	}
	if noneMatch(c.Get(fiber.HeaderIfNoneMatch), string(res.Header.Peek(fiber.HeaderETag))) {
		res.ResetBody()
		res.Header.Del(fiber.HeaderContentType)
		c.Status(fiber.StatusNotModified)
	}
}

// noneMatch compares weakly (RFC 9110 §13.1.2).
func noneMatch(header, tag string) bool {
	if header == "" || tag == "" {
		return false
	}
	tag = strings.TrimPrefix(tag, "W/")
	for _, one := range strings.Split(header, ",") {
		one = strings.TrimSpace(one)
		if one == "*" || strings.TrimPrefix(one, "W/") == tag {
			return true
		}
	}
	return false
}
