package media

import (
	"context"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// Filter chooses the assets of a list.
type Filter struct {
	Org   actor.OrgID // required
	Type  Type        // "" is any
	State State       // "" is any but Removed
	Name  string      // a part of the name, whatever the width and the case of its letters; "" is any
}

// looked is how many assets List looks at for one page: a page of what is rarely
// found may be shorter than its limit although more follow.
const looked = 1000

// List returns a page of the assets of an organisation, the newest first. A page
// may be shorter than limit although more follow: only an empty cursor is the end.
//
// Errors: ErrNotFound when by may not read what the organisation has,
// store.ErrCursor.
func (s *Service) List(ctx context.Context, by actor.Actor, f Filter, limit int, after store.Cursor) (page store.Page[Asset], err error) {
	if !ids.ValidSlug(string(f.Org)) || !mayRead(by, f.Org) {
		return page, ErrNotFound.New()
	}
	if limit == 0 {
		limit = 50
	}
	part := fold(f.Name)
	q := f.query(part)
	q.After = after
	for left := looked; len(page.Items) < limit && left > 0; {
		q.Limit = limit - len(page.Items)
		found, err := assets.Find(ctx, s.st, q)
		if err != nil {
			return store.Page[Asset]{}, err
		}
		for _, a := range found.Items {
			if f.fits(a, part) {
				page.Items = append(page.Items, a)
			}
		}
		left -= len(found.Items)
		if q.After = found.Next; q.After == "" {
			break
		}
	}
	page.Next = q.After
	return page, nil
}

// query returns the narrowest index for f; part is its folded name.
func (f Filter) query(part string) store.Query {
	org := string(f.Org)
	switch {
	case part != "":
		return store.Query{Index: "byGram", Equal: []any{org, grams(part)[0]}, Reverse: true}
	case f.Type != "" && f.State != "":
		return store.Query{Index: "byTypeState", Equal: []any{org, string(f.Type), string(f.State)}, Reverse: true}
	case f.Type != "":
		return store.Query{Index: "byType", Equal: []any{org, string(f.Type)}, Reverse: true}
	case f.State != "":
		return store.Query{Index: "byOrgState", Equal: []any{org, string(f.State)}, Reverse: true}
	}
	return store.Query{Index: "byOrg", Equal: []any{org}, Reverse: true}
}

// fits reports whether a is what f asks for.
func (f Filter) fits(a *Asset, part string) bool {
	if f.State == "" && a.State == Removed {
		return false
	}
	return (f.Type == "" || a.Type == f.Type) && (f.State == "" || a.State == f.State) && strings.Contains(fold(a.Name), part)
}

// fold brings a name into the form in which it is looked for.
func fold(s string) string {
	return strings.ToLower(norm.NFKC.String(strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")))
}

// grams returns every pair of neighbouring characters of a name and every
// character, each once; pairs first, so that the first is the rarest kind.
func grams(name string) []string {
	s := fold(name)
	var out []string
	seen := make(map[string]bool)
	add := func(g string) {
		if !seen[g] {
			seen[g] = true
			out = append(out, g)
		}
	}
	for i, r := range s {
		if next, n := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):]); n > 0 && next != utf8.RuneError {
			add(s[i : i+utf8.RuneLen(r)+n])
		}
	}
	for _, r := range s {
		add(string(r))
	}
	return out
}
