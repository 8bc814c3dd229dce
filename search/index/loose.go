package index

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"yijianyou/search"
)

// Who asks in whole sentences uses words that no record has. What has much of
// what is sought is found for a question, and when nothing has all of it.
const (
	leastCover = 0.2 // the least share of what is sought, each part by its rarity
	leastScore = 0.3 // the least share of the score of the best
)

// loose returns the documents that have much of what p seeks, ascending: enough of its
// parts, whichever they are.
func (s *snapshot) loose(sc *scratch, p plan) ([]candidate, error) {
	defer sc.forget()
	whole := float32(0)
	for _, c := range p.loose {
		rarity, err := s.rarity(c)
		if err != nil {
			return nil, err
		}
		whole += rarity
		c.need = len(c.units) // what is meant counts as all of them
		if err := s.clause(sc, c); err != nil {
			return nil, err
		}
		for _, d := range sc.docs {
			if sc.cover[d] == 0 {
				sc.coverDocs = append(sc.coverDocs, d)
			}
			sc.sum[d] += sc.total[d]
			sc.cover[d] += rarity * float32(sc.count[d]) / float32(len(c.units))
		}
		sc.reset()
	}
	best, least := float32(0), max(leastCover, p.most)*whole
	for _, d := range sc.coverDocs {
		if sc.cover[d] >= least {
			best = max(best, sc.sum[d])
		}
	}
	slices.Sort(sc.coverDocs)
	var found []candidate
	for _, d := range sc.coverDocs {
		if sc.cover[d] >= least && (p.any || sc.sum[d] >= leastScore*best) {
			found = append(found, candidate{doc: d, score: sc.sum[d]})
		}
	}
	return found, nil
}

// joined returns the documents of whole, each with what it has of more besides. Both
// ascend.
func joined(whole, more []candidate) []candidate {
	for i := range whole {
		for len(more) > 0 && more[0].doc < whole[i].doc {
			more = more[1:]
		}
		if len(more) > 0 && more[0].doc == whole[i].doc {
			whole[i].score += more[0].score
		}
	}
	return whole
}

// forget clears what loose has touched.
func (sc *scratch) forget() {
	for _, d := range sc.coverDocs {
		sc.sum[d], sc.cover[d] = 0, 0
	}
	sc.coverDocs = sc.coverDocs[:0]
}

// lax is p for when nothing has all that it wants: what has much of it is found,
// and the titles near it; ok is false when p is not to be loosened, because it has
// words in quotes or was loose from the start. The quotes of a question are dropped.
func (p plan) lax(q search.Query, near []titled, lexicon search.Lexicon) (lax plan, ok bool) {
	if p.asks && len(p.exact) > 0 { // marks of quotation in a sentence
		return analyse(unquoted(q.Text), planFields{guarded: guardedIn(q.Scope())}, lexicon), true
	}
	if len(p.loose) == 0 || p.asks || len(p.exact) > 0 {
		return p, false
	}
	lax = plan{key: p.key, loose: p.loose, asks: true}
	for _, t := range near {
		lax.near = append(lax.near, t.doc)
	}
	return lax, true
}

// respelt is w with the terms of texts that are spelt nearly like a Latin word that
// nothing has; of the first ones when there are many.
func (s *snapshot) respelt(w way) (way, error) {
	out, words := slices.Clone(w), 0
	for i, c := range w {
		term := ""
		for _, a := range c.units[0] {
			if a.field == fieldBody && len(c.units) == 1 && isLatin([]rune(a.term)) {
				term = a.term
			}
		}
		if term == "" {
			continue
		}
		if s.possibleIn(c.units[0]) {
			continue
		}
		if words++; words > maxSpelt {
			break
		}
		near, err := s.spelt(fieldBody, term)
		if err != nil {
			return nil, err
		}
		u := slices.Clone(c.units[0])
		for _, t := range near {
			u = append(u, alt{field: fieldBody, term: t, weight: weightBody})
		}
		out[i].units = []unit{u}
	}
	return out, nil
}

// bonusNear is that of a title that is spelt or sounds nearly like the text; less by
// one for each that is nearer.
const bonusNear = 500

// near returns the allowed ones among docs, which are in the order of nearness,
// ascending.
func (sc *scratch) near(docs []uint32) []candidate {
	var found []candidate
	for i, doc := range docs {
		if sc.allowed.has(doc) {
			found = append(found, candidate{doc: doc, bonus: float32(bonusNear - i)})
		}
	}
	slices.SortFunc(found, func(a, b candidate) int { return cmp.Compare(a.doc, b.doc) })
	return found
}

// rarity is how much it says that a document has all units of c.
func (s *snapshot) rarity(c clause) (float32, error) {
	sum := 0.0
	for _, u := range c.units {
		most := uint64(0)
		for _, a := range u {
			if a.prefix && a.field != fieldBody || a.years != nil || len(a.all) > 0 {
				continue
			}
			r := s.read(a.field)
			if a.prefix {
				any := roaring.New()
				if err := r.expand(a.term, func() error { return r.addTo(any) }); err != nil {
					return 0, err
				}
				most = max(most, any.GetCardinality())
				continue
			}
			r.find(a.term)
			most = max(most, r.count)
		}
		sum += s.rare(most)
	}
	return float32(sum), nil
}
