package index

import (
	"math"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
)

// maxExpansions is how many terms of the dictionary the prefixes of one query
// may stand for together. Beyond it a prefix is completed by its first terms, and the
// answer says that it is cut.
const maxExpansions = 8192

// stepsBetweenLooks is after how many terms or documents a loop looks whether anybody
// waits still.
const stepsBetweenLooks = 4096

// candidate is a document that a plan finds.
type candidate struct {
	doc   uint32
	score float32 // mean over the clauses
	bonus float32 // best over the clauses
	names float32 // share of the clauses that are wholly in names
}

// match returns the documents that p finds among the allowed ones (nil: all),
// in ascending order. Guarded texts count only for documents in guarded, which
// are allowed too (nil: all). Unless scored, scores are of no use and may be zero.
func (s *snapshot) match(p plan, allowed, guarded *roaring.Bitmap, scored bool) ([]candidate, error) {
	sc := scratches.Get().(*scratch)
	defer scratches.Put(sc)
	defer sc.reset()
	sc.grow(s.slots)
	sc.allowed.set(allowed, s.slots)
	sc.guarded.set(guarded, s.slots)
	var all []candidate
	for _, w := range p.ways {
		found, err := s.way(sc, w, scored)
		if err != nil {
			return nil, err
		}
		all = union(all, found)
	}
	sc.wanted = sc.allowed.mask
	if p.asks {
		found, err := s.loose(sc, p)
		if err != nil {
			return nil, err
		}
		if len(p.exact) > 0 {
			whole, err := s.way(sc, p.exact, scored)
			if err != nil {
				return nil, err
			}
			found = joined(whole, found)
		}
		all = union(all, found)
	}
	return union(all, sc.near(p.near)), nil
}

// way returns the documents that have all clauses of w, ascending. What the clauses
// have in common is found first, by sets, and only that is scored.
func (s *snapshot) way(sc *scratch, w way, scored bool) ([]candidate, error) {
	if slices.ContainsFunc(w, clause.prefixed) {
		for _, c := range w {
			if !s.possible(c) {
				return nil, nil
			}
		}
	}
	sc.wanted, sc.taken = sc.allowed.mask, 0
	if len(w) > 1 || !scored {
		exact := true
		for _, c := range w {
			set, all, err := s.clauseSet(sc, c)
			if err != nil {
				return nil, err
			}
			if exact = exact && all; set == nil {
				continue
			}
			if !set.and(sc.wanted) {
				return nil, nil
			}
			sc.wanted = set
		}
		if exact && !scored && sc.wanted != nil {
			return unscored(sc.wanted), nil
		}
	}
	var found []candidate
	for i, c := range w {
		if err := s.clause(sc, c); err != nil {
			return nil, err
		}
		if i == 0 {
			found = sc.first(c)
		} else {
			found = sc.also(c, found)
		}
		sc.reset()
		if len(found) == 0 {
			break
		}
	}
	for i := range found {
		found[i].score /= float32(len(w))
		found[i].names /= float32(len(w))
	}
	return found, nil
}

// unscored are the members of a set as candidates.
func unscored(set mask) []candidate {
	out := make([]candidate, 0, set.common(set))
	set.each(func(doc uint32) { out = append(out, candidate{doc: doc}) })
	return out
}

// possible reports whether the dictionaries have terms for enough units of c. It
// costs little, and a number that is in no field spares the other clauses of its
// way, whose prefixes may stand for thousands of terms.
func (s *snapshot) possible(c clause) bool {
	n := 0
	for _, u := range c.units {
		if s.possibleIn(u) {
			n++
		}
	}
	return n >= c.need || s.possibleIn(c.meant)
}

// possibleIn reports whether the dictionaries have the terms of an alternative.
func (s *snapshot) possibleIn(u unit) bool {
	return slices.ContainsFunc(u, func(a alt) bool {
		return a.years != nil || !slices.ContainsFunc(a.terms(), func(term string) bool { return !s.read(a.field).has(term, a.prefix) })
	})
}

// clause fills the arrays of the clause.
func (s *snapshot) clause(sc *scratch, c clause) error {
	for _, u := range c.units {
		for _, a := range u {
			if err := s.alternative(sc, a); err != nil {
				return err
			}
		}
		sc.endUnit()
	}
	for _, a := range c.meant {
		if err := s.alternative(sc, a); err != nil {
			return err
		}
	}
	sc.endMeant(c)
	return nil
}

// alternative adds the documents of a to the arrays of the unit.
func (s *snapshot) alternative(sc *scratch, a alt) error {
	if a.years != nil {
		return s.madeIn(sc, a)
	}
	if len(a.all) > 1 {
		return s.allOf(sc, a)
	}
	if len(a.all) == 1 {
		a.term = a.all[0]
	}
	if a.prefix && a.field == fieldCodes {
		return s.eachCode(a.term, func(doc uint32) {
			if sc.wanted.has(doc) {
				sc.add(doc, float32(a.bonus/100), a)
			}
		})
	}
	r := s.read(a.field)
	if a.prefix && a.field == fieldBody {
		return s.begun(sc, r, a)
	}
	if a.prefix {
		return r.expand(a.term, func() error { return s.visit(sc, r, a) })
	}
	r.find(a.term)
	return s.visit(sc, r, a)
}

// begun adds the documents whose body has any term that begins with that of a: as
// one term, as rare as all of them together.
func (s *snapshot) begun(sc *scratch, r *reading, a alt) error {
	any := roaring.New()
	if err := r.expand(a.term, func() error { return r.addTo(any) }); err != nil {
		return err
	}
	score := float32(s.rare(any.GetCardinality()) * a.weight * saturation(1, meanLength))
	eachOf(any, func(doc uint32) {
		if sc.wanted.has(doc) {
			sc.add(doc, score, a)
		}
	})
	return nil
}

// rare is how much a term says that so many documents have.
func (s *snapshot) rare(count uint64) float64 { return math.Log(1 + s.docs/float64(1+count)) }

// eachCode calls fn for each document with a code that begins with prefix, once for
// each such code, in the order of parts and in them of codes.
func (s *snapshot) eachCode(prefix string, fn func(doc uint32)) error {
	for i := range s.parts {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		p := &s.parts[i]
		codes := p.Terms(int(fieldCodes))
		for at := codes.Seek(prefix); at < codes.Len() && strings.HasPrefix(codes.Term(at), prefix); at++ {
			if at%stepsBetweenLooks == 0 && s.ctx.Err() != nil {
				return s.ctx.Err()
			}
			codes.Postings(at).Each(func(local uint32) {
				if !p.removed(local) {
					fn(p.first + local)
				}
			})
		}
	}
	return nil
}

// visit adds the documents of the term at which r stands.
func (s *snapshot) visit(sc *scratch, r *reading, a alt) error {
	if r.count == 0 {
		return nil
	}
	rare := a.weight * s.rare(r.count)
	if a.field == fieldBody {
		return r.weighed(func(doc, times, length uint32) {
			if sc.wanted.has(doc) {
				sc.add(doc, float32(rare*saturation(times, length)+a.bonus/100), a)
			}
		})
	}
	score := float32(rare + a.bonus/100)
	return r.each(func(doc uint32) {
		if sc.wanted.has(doc) && (a.field != fieldGuarded || sc.guarded.has(doc)) {
			sc.add(doc, score, a)
		}
	})
}

// meanLength is how many terms a text has commonly.
const meanLength = 400

// saturation is the BM25 weight of a term that occurs so many times in a text of so
// many terms.
func saturation(times, length uint32) float64 {
	const k1, b = 1.2, 0.75
	f := float64(times)
	return f * (k1 + 1) / (f + k1*(1-b+b*float64(length)/meanLength))
}

// union merges two ascending lists; a document in both keeps the better of each.
func union(a, b []candidate) []candidate {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	out := make([]candidate, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].doc < b[0].doc:
			out, a = append(out, a[0]), a[1:]
		case a[0].doc > b[0].doc:
			out, b = append(out, b[0]), b[1:]
		default:
			out = append(out, candidate{doc: a[0].doc, score: max(a[0].score, b[0].score), bonus: max(a[0].bonus, b[0].bonus), names: max(a[0].names, b[0].names)})
			a, b = a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}
