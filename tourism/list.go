package tourism

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// Filter chooses records of a list. At most one of Area, Subject, Grade and
// State may be set.
type Filter struct {
	Org     actor.OrgID               // staff lists only; "" when the actor reads one organisation
	Area    AreaID                    // spots and paths
	Subject string                    // stories: id of what they are about
	Grade   Code                      // areas, public lists only
	State   heritage.PublicationState // staff lists only, newest change first
}

func (f Filter) count() int {
	n := 0
	for _, set := range []bool{f.Area != "", f.Subject != "", f.Grade != "", f.State != ""} {
		if set {
			n++
		}
	}
	return n
}

// List returns records of one organisation in the staff view: by area and
// place in the round, by subject, by state, or by name.
//
// Errors: ErrOrg when it must be named, ErrDenied, ErrFilter, store.ErrCursor.
func (g *Register[F]) List(ctx context.Context, by actor.Actor, f Filter, limit int, after store.Cursor) (store.Page[Record[F]], error) {
	none := store.Page[Record[F]]{}
	orgs, all := by.Orgs(actor.AreaRead)
	if f.Org == "" && !all && len(orgs) == 1 {
		f.Org = orgs[0]
	}
	switch {
	case !all && len(orgs) == 0, f.Org != "" && !by.Can(actor.AreaRead, f.Org):
		return none, ErrDenied.New()
	case !ids.ValidSlug(string(f.Org)):
		return none, ErrOrg.New()
	case f.count() > 1 || f.Grade != "":
		return none, ErrFilter.New()
	}
	q := store.Query{Equal: []any{string(f.Org)}, Limit: limit, After: after}
	switch {
	case f.State != "":
		q.Index, q.Reverse = "byPublication", true
		q.Equal = append(q.Equal, string(f.State))
	case f.Area != "" && (g.kind == KindSpot || g.kind == KindPath):
		q.Index = "byArea"
		q.Equal = append(q.Equal, string(f.Area))
	case f.Subject != "" && g.kind == KindStory:
		q.Index = "bySubject"
		q.Equal = append(q.Equal, f.Subject)
	case f.Area != "" || f.Subject != "":
		return none, ErrFilter.New()
	case g.kind == KindPath:
		q.Index = "byArea"
	default:
		q.Index = "byName"
	}
	page, err := g.docs.Find(ctx, g.s.st, q)
	if err != nil {
		return none, err
	}
	for i, rec := range page.Items {
		page.Items[i] = seen(rec, by)
	}
	return page, nil
}

// PublicList returns records as tourists see them: spots and paths of an area
// in the order of the round, stories of a subject, areas of a grade, or all by
// name. A page may hold fewer than limit items although more follow: what
// belongs to something hidden is left out.
//
// Errors: ErrNotFound when the area or the subject is not public, ErrFilter,
// store.ErrCursor.
func (g *Register[F]) PublicList(ctx context.Context, f Filter, limit int, after store.Cursor) (store.Page[Public[F]], error) {
	return g.publicList(ctx, g.s.viewer(g.s.st), f, limit, after)
}

func (g *Register[F]) publicList(ctx context.Context, v *viewer, f Filter, limit int, after store.Cursor) (store.Page[Public[F]], error) {
	none := store.Page[Public[F]]{}
	if f.count() > 1 || f.State != "" || f.Org != "" {
		return none, ErrFilter.New()
	}
	q := store.Query{Limit: limit, After: after}
	switch {
	case f.Area != "" && (g.kind == KindSpot || g.kind == KindPath):
		if _, ok, err := v.named(ctx, string(KindArea), string(f.Area)); err != nil {
			return none, err
		} else if !ok {
			return none, ErrNotFound.New()
		}
		q.Index, q.Equal = "shownByArea", []any{string(f.Area)}
	case f.Subject != "" && g.kind == KindStory:
		q.Index, q.Equal = "shownBySubject", []any{f.Subject}
	case f.Grade != "" && g.kind == KindArea:
		q.Index, q.Equal = "shownByGrade", []any{string(f.Grade)}
	case f.Area != "" || f.Subject != "" || f.Grade != "":
		return none, ErrFilter.New()
	case g.kind == KindPath:
		q.Index = "shownByArea"
	default:
		q.Index = "shownByName"
	}
	page, err := g.docs.Find(ctx, v.r, q)
	if err != nil {
		return none, err
	}
	out := store.Page[Public[F]]{Next: page.Next, Items: []*Public[F]{}}
	for _, rec := range page.Items {
		p, err := publicOf(ctx, v, rec)
		if err != nil {
			return none, err
		}
		if p != nil {
			out.Items = append(out.Items, p)
		}
	}
	return out, nil
}

// AreaOrg returns whose an area is. Nobody's right to see it is asked.
//
// Errors: ErrNotFound.
func (s *Service) AreaOrg(ctx context.Context, r store.Reader, id string) (actor.OrgID, error) {
	d, err := existing(areaDocs.Get(ctx, r, id))
	if err != nil {
		return "", err
	}
	return d.Org, nil
}
