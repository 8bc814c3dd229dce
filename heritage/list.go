package heritage

import (
	"context"
	"encoding/base64"
	"errors"
	"sort"
	"strings"

	"yijianyou/heritage/vocab"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// Filter chooses the records of a staff list. At most one member besides Org
// and Newest is set; Newest goes with none.
type Filter struct {
	Org         actor.OrgID // "" is every organisation whose records the actor may read
	Museum      MuseumID    // relics, places and exhibitions
	Category    vocab.Code  // of a relic, class of a site, grade of a museum, kind of a place or an exhibition
	Review      ReviewState
	Publication PublicationState
	Load        string // the import that created them
	Newest      bool   // last changed first, instead of by name
}

// query returns the index and the values after org that f asks for.
func (f Filter) query(kind Kind) (index string, equal []any, reverse bool, err error) {
	n := 0
	set := func(name, value string) {
		if value != "" {
			n++
			index, equal = name, []any{value}
		}
	}
	set("byMuseum", string(f.Museum))
	set("byCategory", string(f.Category))
	set("byReview", string(f.Review))
	set("byPublication", string(f.Publication))
	set("byLoad", f.Load)
	if f.Newest {
		n++
		index, reverse = "byUpdated", true
	}
	switch {
	case n > 1, f.Museum != "" && kind != KindRelic && kind != KindPlace && kind != KindExhibition:
		return "", nil, false, ErrFilter.New()
	case n == 0:
		index = "byName"
	}
	return index, equal, reverse || index == "byReview" || index == "byPublication", nil
}

// List returns a page of the records that by may read, in the order of their
// names (by review and publication state: last changed first). Several
// organisations follow one another. A page may be shorter than limit although
// more follow: only an empty cursor is the end.
//
// Errors: ErrFilter, ErrNotFound for an organisation that by may not read,
// store.ErrCursor.
func (g *Register[F]) List(ctx context.Context, by actor.Actor, f Filter, limit int, after string) ([]*Record[F], string, error) {
	index, equal, reverse, err := f.query(g.kind)
	if err != nil {
		return nil, "", err
	}
	if limit == 0 {
		limit = 50
	}
	orgs, all := by.Orgs(actor.RecordRead)
	if f.Org != "" {
		if !by.Can(actor.RecordRead, f.Org) {
			return nil, "", ErrNotFound.New()
		}
		orgs, all = []actor.OrgID{f.Org}, false
	}
	sort.Slice(orgs, func(i, j int) bool { return orgs[i] < orgs[j] })
	org, cursor, err := openCursor(after)
	if err != nil {
		return nil, "", err
	}
	if org == "" {
		if org, err = g.nextOrg(ctx, orgs, all, ""); err != nil {
			return nil, "", err
		}
	} else if !by.Can(actor.RecordRead, org) {
		return nil, "", store.ErrCursor.New()
	}
	var out []*Record[F]
	for org != "" && len(out) < limit {
		q := store.Query{Index: index, Equal: append([]any{string(org)}, equal...), Reverse: reverse, Limit: limit - len(out), After: cursor}
		if index == "byLoad" {
			q.Equal = equal
		}
		page, err := g.docs.Find(ctx, g.s.st, q)
		if err != nil {
			return nil, "", err
		}
		for _, rec := range page.Items {
			ok, err := g.mayRead(ctx, g.s.st, by, rec)
			if err != nil {
				return nil, "", err
			}
			if ok && (index != "byLoad" || f.Org == "" || rec.Org == f.Org) {
				hide(rec, by)
				out = append(out, rec)
			}
		}
		cursor = page.Next
		if cursor != "" {
			break
		}
		if index == "byLoad" { // one index for all organisations
			org = ""
			break
		}
		if org, err = g.nextOrg(ctx, orgs, all, org); err != nil {
			return nil, "", err
		}
	}
	return out, sealCursor(org, cursor), nil
}

// nextOrg returns the first organisation after org: out of orgs, or when all is
// set out of those that have records. "" is the end.
func (g *Register[F]) nextOrg(ctx context.Context, orgs []actor.OrgID, all bool, org actor.OrgID) (actor.OrgID, error) {
	if !all {
		for _, o := range orgs {
			if o > org {
				return o, nil
			}
		}
		return "", nil
	}
	q := store.Query{Index: "byName"}
	if org != "" {
		q.From = string(org) + "\x00"
	}
	first, err := g.docs.One(ctx, g.s.st, q)
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return first.Org, nil
}

// sealCursor joins where a list goes on: the organisation and the place in it.
func sealCursor(org actor.OrgID, c store.Cursor) string {
	if org == "" {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString([]byte(string(org) + "\n" + string(c)))
}

func openCursor(s string) (actor.OrgID, store.Cursor, error) {
	if s == "" {
		return "", "", nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return "", "", store.ErrCursor.Wrap(err)
	}
	org, c, ok := strings.Cut(string(b), "\n")
	if !ok || org == "" {
		return "", "", store.ErrCursor.New()
	}
	return actor.OrgID(org), store.Cursor(c), nil
}
