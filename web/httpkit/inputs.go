package httpkit

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// PageInput is embedded in the input of a list.
type PageInput struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"how many items at most"`
	Cursor string `query:"cursor" maxLength:"2048" doc:"where the page before ended, as its answer said"`
}

// After returns the cursor for a store.Query.
func (p PageInput) After() store.Cursor { return store.Cursor(p.Cursor) }

// Page is the body of a list.
type Page[T any] struct {
	Items  []T    `json:"items" nullable:"false"`
	Cursor string `json:"cursor" doc:"give it as cursor to get the next page; empty at the end"`
}

// NewPage makes the body of a list from a page of the store.
func NewPage[D, V any](page store.Page[D], view func(*D) V) Page[V] {
	out := Page[V]{Items: make([]V, 0, len(page.Items)), Cursor: string(page.Next)}
	for _, d := range page.Items {
		out.Items = append(out.Items, view(d))
	}
	return out
}

// View is which form of a record is asked for.
type View string

const (
	PublicView View = "public" // what a tourist may see; the same for everybody
	StaffView  View = "staff"  // what the actor may see
)

// ViewInput is embedded in the input of records that have two views.
type ViewInput struct {
	View string `query:"view" enum:"public,staff" default:"public" doc:"staff needs a session"`
}

// Staff reports whether the staff view is asked for, and refuses it with
// ErrUnauthenticated to those who are not logged in.
func (v ViewInput) Staff(ctx context.Context) (bool, error) {
	if View(v.View) != StaffView {
		return false, nil
	}
	if Actor(ctx).Kind != actor.Staff {
		return false, ErrUnauthenticated.New()
	}
	return true, nil
}

// HeadInput is embedded in the input of a GET that does more than to answer: HEAD
// must not.
type HeadInput struct{ head bool }

// Resolve implements huma.Resolver.
func (i *HeadInput) Resolve(ctx huma.Context) []error {
	i.head = ctx.Method() == http.MethodHead
	return nil
}

// Head reports whether only the head of the answer is asked for.
func (i *HeadInput) Head() bool { return i.head }

// IfMatchInput is embedded in the input of changes.
type IfMatchInput struct {
	IfMatch string `header:"If-Match" maxLength:"128" doc:"ETag of the revision that was read; without it 428, when stale 412"`
}

// Rev returns the revision that If-Match names.
//
// Errors: ErrNoIfMatch without the header, ErrMalformed when it is no ETag of
// this program. Give the revision to the service; its store.ErrConflict becomes
// 412. A service that reads first may compare by Check.
func (in IfMatchInput) Rev() (int64, error) {
	if in.IfMatch == "" {
		return 0, ErrNoIfMatch.New()
	}
	tag := strings.TrimPrefix(strings.TrimSpace(in.IfMatch), "W/")
	tag = strings.TrimSuffix(strings.TrimPrefix(tag, `"`), `"`)
	digits, _, _ := strings.Cut(tag, "-")
	rev, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || rev < 1 || digits[0] == '+' {
		return 0, Malformed(ErrParameter.At("header.If-Match", fault.P("expected", "ETag")))
	}
	return rev, nil
}

// Check compares If-Match with the stored revision: ErrNoIfMatch, ErrMalformed
// or ErrStale.
func (in IfMatchInput) Check(rev int64) error {
	want, err := in.Rev()
	if err != nil {
		return err
	}
	if want != rev {
		return ErrStale.New()
	}
	return nil
}

// Malformed returns ErrMalformed (400) with fields.
func Malformed(fields ...fault.Field) error {
	return ErrMalformed.New(fault.P("count", len(fields))).With(fields...)
}
