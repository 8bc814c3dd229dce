package index

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/bleve_index_api"
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

// snapshot is one state of the index while a query runs over it.
type snapshot struct {
	*scorch.IndexSnapshot
	ctx    context.Context
	docs   float64 // documents in it
	slots  int     // document numbers in it, removed ones included
	budget int     // expansions left
}

func newSnapshot(ctx context.Context, r *scorch.IndexSnapshot) (*snapshot, error) {
	n, err := r.DocCount()
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	s := &snapshot{IndexSnapshot: r, ctx: ctx, docs: float64(n), budget: maxExpansions}
	for _, seg := range r.Segments() {
		s.slots += int(seg.FullSize())
	}
	return s, nil
}

// postings calls fn for each document that has term in field.
func (s *snapshot) postings(field, term string, scored bool, fn func(doc uint32, freq uint64, norm, rarity float64)) error {
	tfr, err := s.TermFieldReader(s.ctx, []byte(term), field, scored, scored, false)
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	defer tfr.Close()
	rarity := math.Log(1 + s.docs/float64(1+tfr.Count()))
	var pre api.TermFieldDoc
	for n := 0; ; n++ {
		if n%4096 == 4095 {
			if err := s.ctx.Err(); err != nil {
				return err
			}
		}
		p, err := tfr.Next(&pre)
		if err != nil {
			return fmt.Errorf("index: %w", err)
		}
		if p == nil {
			return nil
		}
		fn(uint32(p.ID.Value()), p.Freq, p.Norm, rarity)
	}
}

// expand calls fn for each term of the field that begins with prefix.
func (s *snapshot) expand(field, prefix string, fn func(term string) error) error {
	dict, err := s.FieldDictPrefix(field, []byte(prefix))
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	defer dict.Close()
	for s.budget > 0 {
		e, err := dict.Next()
		if err != nil {
			return fmt.Errorf("index: %w", err)
		}
		if e == nil {
			return nil
		}
		s.budget--
		if err := fn(e.Term); err != nil {
			return err
		}
	}
	return nil
}

// scratch holds arrays by document number, all zero between clauses.
type scratch struct {
	best, bonus  []float32 // of the unit at hand
	total, extra []float32 // of the clause at hand
	count, names []uint16
	inName       []bool
	unitDocs     []uint32
	docs         []uint32
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

func (sc *scratch) grow(n int) {
	if len(sc.best) >= n {
		return
	}
	sc.best, sc.bonus, sc.total, sc.extra = make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
	sc.count, sc.names, sc.inName = make([]uint16, n), make([]uint16, n), make([]bool, n)
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
// in ascending order. Guarded texts count only for documents in guarded (nil:
// all).
func (s *snapshot) match(p plan, allowed, guarded *roaring.Bitmap) ([]candidate, error) {
	sc := scratches.Get().(*scratch)
	defer scratches.Put(sc)
	defer sc.reset()
	sc.grow(s.slots)
	var all []candidate
	for _, w := range p.ways {
		var found []candidate
		for i, c := range w {
			if err := s.clause(sc, c, allowed, guarded); err != nil {
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
		all = union(all, found)
	}
	return all, nil
}

// clause fills the arrays of the clause.
func (s *snapshot) clause(sc *scratch, c clause, allowed, guarded *roaring.Bitmap) error {
	for _, u := range c.units {
		for _, a := range u {
			visit := func(doc uint32, freq uint64, norm, rarity float64) {
				if int(doc) >= len(sc.best) || allowed != nil && !allowed.Contains(doc) ||
					a.field == fieldGuarded && guarded != nil && !guarded.Contains(doc) {
					return
				}
				score := a.weight * rarity
				if a.field == fieldBody {
					score *= saturation(max(freq, 1), norm)
				}
				if score += a.bonus / 100; float32(score) > sc.best[doc] {
					if sc.best[doc] == 0 {
						sc.unitDocs = append(sc.unitDocs, doc)
					}
					sc.best[doc] = float32(score)
				}
				sc.bonus[doc] = max(sc.bonus[doc], float32(a.bonus))
				sc.inName[doc] = sc.inName[doc] || a.name
			}
			var err error
			if a.prefix {
				err = s.expand(a.field, a.term, func(term string) error { return s.postings(a.field, term, false, visit) })
			} else {
				err = s.postings(a.field, a.term, a.field == fieldBody, visit)
			}
			if err != nil {
				return err
			}
		}
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
	return nil
}

// saturation is the BM25 weight of a term that occurs freq times in a text of
// length 1/norm², against texts of 150 terms.
func saturation(freq uint64, norm float64) float64 {
	const k1, b, mean = 1.2, 0.75, 150
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
	return sc.total[doc] / float32(len(c.units)), sc.extra[doc], names, true
}

// first returns the documents of the first clause.
func (sc *scratch) first(c clause) []candidate {
	slices.Sort(sc.docs)
	var out []candidate
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
