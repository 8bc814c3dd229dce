package index

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"yijianyou/internal/actor"
	"yijianyou/search"
)

// anyOf returns the documents that have one of the values of a filter.
func (s *snapshot) anyOf(name string, values []string) (*roaring.Bitmap, error) {
	out := roaring.New()
	r := s.read(fieldFilter)
	for _, v := range values {
		r.find(name + "=" + v)
		if err := r.addTo(out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// everything returns all documents.
func (s *snapshot) everything() (*roaring.Bitmap, error) {
	return s.anyOf(filterKind, texts(search.Kinds))
}

// narrow intersects into with the documents of next; nil means all.
func narrow(into, next *roaring.Bitmap) *roaring.Bitmap {
	if into == nil || next == nil {
		return cmp.Or(into, next)
	}
	into.And(next)
	return into
}

// visible returns the documents that the scope may see; nil means all.
func (s *snapshot) visible(scope search.Scope) (*roaring.Bitmap, error) {
	if scope.Audience() == search.Public {
		return nil, nil
	}
	out := roaring.New()
	var failed error
	scope.Opens(func(kinds []search.Kind, orgs []actor.OrgID, all bool) {
		found, err := s.anyOf(filterKind, texts(kinds))
		if err == nil && !all {
			var mine *roaring.Bitmap
			if mine, err = s.anyOf(filterOrg, texts(orgs)); err == nil {
				found.And(mine)
			}
		}
		if err != nil {
			failed = err
			return
		}
		out.Or(found)
	})
	return out, failed
}

// guardedDocs returns the documents among the allowed ones whose guarded texts
// the scope may search; nil means all.
func (s *snapshot) guardedDocs(scope search.Scope, allowed *roaring.Bitmap) (*roaring.Bitmap, error) {
	orgs, all := scope.Guarded()
	if all {
		return allowed, nil
	}
	mine, err := s.anyOf(filterOrg, texts(orgs))
	return narrow(mine, allowed), err
}

// allowed returns the documents that pass the scope and every filter that
// postings decide; nil means all. Facets named in except are left out, "kind"
// and spans among them: their own counts need the hits that they would remove. Years and
// places are only narrowed here and checked for each hit.
func (s *snapshot) allowed(q search.Query, except map[string]bool) (*roaring.Bitmap, error) {
	out, err := s.visible(q.Scope())
	if err != nil {
		return nil, err
	}
	and := func(name string, values []string) error {
		next, err := s.anyOf(name, values)
		if err == nil {
			out = narrow(out, next)
		}
		return err
	}
	if len(q.Kinds) > 0 && !except["kind"] {
		if err := and(filterKind, texts(q.Kinds)); err != nil {
			return nil, err
		}
	}
	for name, values := range q.Facets {
		if len(values) > 0 && !except[name] {
			if err := and(name, values); err != nil {
				return nil, err
			}
		}
	}
	if q.Placed {
		has, err := s.positioned()
		if err != nil {
			return nil, err
		}
		out = narrow(out, has.Clone()) // what follows changes the first set
	}
	if from, to := q.FromYear, q.ToYear; from != nil && to != nil && !except[spans] {
		if first, last := floorDiv(*from, 100), floorDiv(*to, 100); last-first < maxAges {
			if err := and(filterAge, append(ages(*from, *to), "*")); err != nil {
				return nil, err
			}
		}
	}
	var boxes []search.Box
	if q.Near != nil {
		if b, ok := circle(*q.Near); ok {
			boxes = append(boxes, b)
		}
	}
	if q.Box != nil {
		boxes = append(boxes, *q.Box)
	}
	if q.Within != nil {
		boxes = append(boxes, bounds(q.Within))
	}
	for _, b := range boxes {
		if cells := cover(b); cells != nil {
			if err := and(filterCell, cells); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// dated reports whether a query asks for years.
func dated(q search.Query) bool { return q.FromYear != nil || q.ToYear != nil }

// within reports whether y overlaps the years of q.
func within(q search.Query, y years) bool {
	if q.FromYear != nil && q.ToYear != nil {
		return y.meet(search.Span{From: *q.FromYear, To: *q.ToYear})
	}
	return (q.ToYear == nil || int(y.from) <= *q.ToYear) && (q.FromYear == nil || int(y.to) >= *q.FromYear)
}

// meet reports whether y overlaps a span. Two stretches of years that share no more
// than the year in which one ends and the other begins do not: what is dated 明,
// 1368–1644, is not found by the years of 清, 1644–1911.
func (y years) meet(s search.Span) bool {
	from, to := int(y.from), int(y.to)
	turn := from < to && s.From < s.To && (from == s.To || to == s.From)
	return from <= s.To && to >= s.From && !turn
}

func parseYears(s string) (from, to int, ok bool) {
	a, b, ok := strings.Cut(s, ",")
	from, err1 := strconv.Atoi(a)
	to, err2 := strconv.Atoi(b)
	return from, to, ok && err1 == nil && err2 == nil
}
