package index

import "sync"

// scratch holds arrays by document number. Those of the unit and of the clause
// are all zero between clauses.
type scratch struct {
	allowed, guarded maskSpace // of the query at hand
	wanted           mask      // of the way at hand
	masks            []mask    // of clauses and units of the way at hand, the first taken of them
	taken            int
	best, bonus      []float32 // of the unit at hand
	total, extra     []float32 // of the clause at hand
	count, names     []uint16
	inName           []bool
	unitDocs         []uint32
	docs             []uint32  // of the clause at hand, each once
	order            mask      // the same, for their order
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
	sc.order = newMask(n)
}

// mask returns an empty set of n documents, for the way at hand.
func (sc *scratch) mask(n int) mask {
	if sc.taken == len(sc.masks) {
		sc.masks = append(sc.masks, nil)
	}
	m := sc.masks[sc.taken].reset(n)
	sc.masks[sc.taken] = m
	sc.taken++
	return m
}

// take notes a document of the clause at hand.
func (sc *scratch) take(doc uint32) {
	sc.docs = append(sc.docs, doc)
	sc.order.add(doc)
}

// reset clears what the clause has touched.
func (sc *scratch) reset() {
	for _, d := range sc.unitDocs {
		sc.best[d], sc.bonus[d], sc.inName[d] = 0, 0, false
	}
	for _, d := range sc.docs {
		sc.total[d], sc.extra[d], sc.count[d], sc.names[d] = 0, 0, 0, 0
		sc.order[d>>6] = 0
	}
	sc.unitDocs, sc.docs = sc.unitDocs[:0], sc.docs[:0]
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
			sc.take(d)
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

// meantShare is how much of its score counts what is meant beside what is said.
const meantShare = 0.75

// endMeant adds what is meant by a clause: a document that has it has the clause,
// and the better of both counts.
func (sc *scratch) endMeant(c clause) {
	whole := float32(len(c.units))
	for _, d := range sc.unitDocs {
		if sc.count[d] == 0 {
			sc.take(d)
		}
		if int(sc.count[d]) < c.need {
			sc.count[d], sc.total[d], sc.names[d] = uint16(c.need), 0, 0
		}
		sc.total[d] = max(sc.total[d], sc.best[d]*whole*meantShare)
		sc.extra[d] = max(sc.extra[d], sc.bonus[d]) + min(sc.extra[d], sc.bonus[d])/4 // said and meant is more than either
		if sc.inName[d] {
			sc.names[d] = uint16(len(c.units))
		}
		sc.best[d], sc.bonus[d], sc.inName[d] = 0, 0, false
	}
	sc.unitDocs = sc.unitDocs[:0]
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

// first returns the documents of the first clause, ascending.
func (sc *scratch) first(c clause) []candidate {
	out := make([]candidate, 0, len(sc.docs))
	sc.order.each(func(d uint32) {
		if score, bonus, names, ok := sc.value(c, d); ok {
			out = append(out, candidate{doc: d, score: score, bonus: bonus, names: names})
		}
	})
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
