package index

import (
	"math"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// maxExpansions is how many terms of the dictionary the prefixes of one query
// may stand for together. Beyond it a prefix is completed by its first terms.
const maxExpansions = 8192

// candidate is a document that a plan finds.
type candidate struct {
	doc   uint32
	score float32 // mean over the clauses
	bonus float32 // best over the clauses
	names float32 // share of the clauses that are wholly in names
}

// scratch holds arrays by document number. Those of the unit and of the clause
// are all zero between clauses.
type scratch struct {
	allowed, guarded maskSpace // of the query at hand
	best, bonus      []float32 // of the unit at hand
	total, extra     []float32 // of the clause at hand
	count, names     []uint16
	inName           []bool
	unitDocs         []uint32
	docs             []uint32
	sum, cover       []float32 // of all clauses of a loose way: score, and rarity of what is there
	coverDocs        []uint32
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

func (sc *scratch) grow(n int) {
	if len(sc.best) >= n {
		return
	}
	sc.best, sc.bonus, sc.total, sc.extra = make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
	sc.count, sc.names, sc.inName = make([]uint16, n), make([]uint16, n), make([]bool, n)
	sc.sum, sc.cover = make([]float32, n), make([]float32, n)
}

// reset clears what the clause has touched.
func (sc *scratch) reset() {
	for _, d := range sc.unitDocs {
		sc.best[d], sc.bonus[d], sc.inName[d] = 0, 0, false
	}
	for _, d := range sc.docs {
		sc.total[d], sc.extra[d], sc.count[d], sc.names[d] = 0, 0, 0, 0
	}
	sc.unitDocs, sc.docs = sc.unitDocs[:0], sc.docs[:0]
}

// match returns the documents that p finds among the allowed ones (nil: all),
// in ascending order. Guarded texts count only for documents in guarded, which
// are allowed too (nil: all).
func (s *snapshot) match(p plan, allowed, guarded *roaring.Bitmap) ([]candidate, error) {
	sc := scratches.Get().(*scratch)
	defer scratches.Put(sc)
	defer sc.reset()
	sc.grow(s.slots)
	sc.allowed.set(allowed, s.slots)
	sc.guarded.set(guarded, s.slots)
	var all []candidate
	for _, w := range p.ways {
		found, err := s.way(sc, w)
		if err != nil {
			return nil, err
		}
		all = union(all, found)
	}
	if p.asks {
		found, err := s.loose(sc, p.loose)
		if err != nil {
			return nil, err
		}
		if len(p.exact) > 0 {
			whole, err := s.way(sc, p.exact)
			if err != nil {
				return nil, err
			}
			found = joined(whole, found)
		}
		all = union(all, found)
	}
	return union(all, sc.near(p.near)), nil
}

// way returns the documents that have all clauses of w, ascending.
func (s *snapshot) way(sc *scratch, w way) ([]candidate, error) {
	for _, c := range w {
		if ok, err := s.possible(c); !ok || err != nil {
			return nil, err
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

// possible reports whether the dictionaries have terms for enough units of c. It
// costs little, and a number that is in no field spares the other clauses of its
// way, whose prefixes may stand for thousands of terms.
func (s *snapshot) possible(c clause) (bool, error) {
	n := 0
	for _, u := range c.units {
		has, err := s.possibleIn(u)
		if err != nil {
			return false, err
		}
		if has {
			n++
		}
	}
	if n >= c.need {
		return true, nil
	}
	return s.possibleIn(c.meant)
}

// possibleIn reports whether the dictionaries have the terms of an alternative.
func (s *snapshot) possibleIn(u unit) (bool, error) {
	for _, a := range u {
		if a.years != nil {
			return true, nil
		}
		r, err := s.read(a.field)
		if err != nil {
			return false, err
		}
		has := true
		for _, term := range a.terms() {
			if has, err = r.has(term, a.prefix); err != nil {
				return false, err
			}
			if !has {
				break
			}
		}
		if has {
			return true, nil
		}
	}
	return false, nil
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
	r, err := s.read(a.field)
	if err != nil {
		return err
	}
	if a.prefix && a.field == fieldBody {
		return s.begun(sc, r, a)
	}
	if a.prefix {
		return r.expand(a.term, func() error { return s.visit(sc, r, a) })
	}
	if err := r.find(a.term); err != nil {
		return err
	}
	return s.visit(sc, r, a)
}

// begun adds the documents whose body has any term that begins with that of a: as
// one term, as rare as all of them together.
func (s *snapshot) begun(sc *scratch, r *reading, a alt) error {
	any := roaring.New()
	if err := r.expand(a.term, func() error { return r.addTo(any) }); err != nil {
		return err
	}
	score := float32(s.rare(any.GetCardinality()) * a.weight * saturation(1, 0))
	eachOf(any, func(doc uint32) {
		if sc.allowed.has(doc) {
			sc.add(doc, score, a)
		}
	})
	return nil
}

// rare is how much a term says that so many documents have.
func (s *snapshot) rare(count uint64) float64 { return math.Log(1 + s.docs/float64(1+count)) }

// visit adds the documents of the term at which r stands.
func (s *snapshot) visit(sc *scratch, r *reading, a alt) error {
	if r.count == 0 {
		return nil
	}
	visible := sc.allowed.mask
	if a.field == fieldGuarded {
		visible = sc.guarded.mask
	}
	rare := a.weight * s.rare(r.count)
	if a.field == fieldBody {
		return r.weighed(func(doc uint32, freq uint64, norm float64) {
			if visible.has(doc) {
				sc.add(doc, float32(rare*saturation(max(freq, 1), norm)+a.bonus/100), a)
			}
		})
	}
	score := float32(rare + a.bonus/100)
	return r.each(func(doc uint32) {
		if visible.has(doc) {
			sc.add(doc, score, a)
		}
	})
}

// add gives a document of the unit what an alternative gives it, if it is better.
func (sc *scratch) add(doc uint32, score float32, a alt) {
	if score > sc.best[doc] {
		if sc.best[doc] == 0 {
			sc.unitDocs = append(sc.unitDocs, doc)
		}
		sc.best[doc] = score
	}
	sc.bonus[doc] = max(sc.bonus[doc], float32(a.bonus))
	sc.inName[doc] = sc.inName[doc] || a.name
}

// endUnit adds the unit to the clause.
func (sc *scratch) endUnit() {
	for _, d := range sc.unitDocs {
		if sc.count[d] == 0 {
			sc.docs = append(sc.docs, d)
		}
		sc.count[d]++
		sc.total[d] += sc.best[d]
		sc.extra[d] = max(sc.extra[d], sc.bonus[d])
		if sc.inName[d] {
			sc.names[d]++
		}
		sc.best[d], sc.bonus[d], sc.inName[d] = 0, 0, false
	}
	sc.unitDocs = sc.unitDocs[:0]
}

// endMeant adds what is meant by a clause: a document that has it has the clause,
// and the better of both counts.
func (sc *scratch) endMeant(c clause) {
	whole := float32(len(c.units))
	for _, d := range sc.unitDocs {
		if sc.count[d] == 0 {
			sc.docs = append(sc.docs, d)
		}
		if int(sc.count[d]) < c.need {
			sc.count[d], sc.total[d], sc.names[d] = uint16(c.need), 0, 0
		}
		sc.total[d] = max(sc.total[d], sc.best[d]*whole)
		sc.extra[d] = max(sc.extra[d], sc.bonus[d])
		if sc.inName[d] {
			sc.names[d] = uint16(len(c.units))
		}
		sc.best[d], sc.bonus[d], sc.inName[d] = 0, 0, false
	}
	sc.unitDocs = sc.unitDocs[:0]
}

// saturation is the BM25 weight of a term that occurs freq times in a text of
// length 1/norm², against texts of 400 terms.
func saturation(freq uint64, norm float64) float64 {
	const k1, b, mean = 1.2, 0.75, 400
	length := float64(mean)
	if norm > 0 {
		length = 1 / (norm * norm)
	}
	f := float64(freq)
	return f * (k1 + 1) / (f + k1*(1-b+b*length/mean))
}

// value returns what the clause gives to a document, if it has enough of it.
func (sc *scratch) value(c clause, doc uint32) (score, bonus, names float32, ok bool) {
	if int(sc.count[doc]) < c.need {
		return 0, 0, 0, false
	}
	if int(sc.names[doc]) == len(c.units) {
		names = 1
	}
	share := float32(sc.count[doc]) / float32(len(c.units))
	return sc.total[doc] / float32(len(c.units)) * share, sc.extra[doc], names, true
}

// first returns the documents of the first clause.
func (sc *scratch) first(c clause) []candidate {
	slices.Sort(sc.docs)
	out := make([]candidate, 0, len(sc.docs))
	for _, d := range sc.docs {
		if score, bonus, names, ok := sc.value(c, d); ok {
			out = append(out, candidate{doc: d, score: score, bonus: bonus, names: names})
		}
	}
	return out
}

// also keeps the documents that have this clause too.
func (sc *scratch) also(c clause, found []candidate) []candidate {
	out := found[:0]
	for _, f := range found {
		if score, bonus, names, ok := sc.value(c, f.doc); ok {
			f.score, f.bonus, f.names = f.score+score, max(f.bonus, bonus), f.names+names
			out = append(out, f)
		}
	}
	return out
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
