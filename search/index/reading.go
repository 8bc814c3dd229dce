package index

import (
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"yijianyou/search/segment"
)

// reading is the dictionary of one field and the postings of one of its terms,
// in every part of a snapshot. It stands at the term of the last find.
type reading struct {
	s     *snapshot
	terms []*segment.Terms // one for each part
	in    []inPart         // what the term has
	count uint64           // documents that have it
}

// inPart are the postings of a term in a part.
type inPart struct {
	*part
	segment.Postings
}

// read returns a field for reading.
func (s *snapshot) read(f field) *reading {
	if s.fields[f] == nil {
		r := &reading{s: s, terms: make([]*segment.Terms, len(s.parts)), in: make([]inPart, 0, len(s.parts))}
		for i := range s.parts {
			r.terms[i] = s.parts[i].Terms(int(f))
		}
		s.fields[f] = r
	}
	return s.fields[f]
}

// find turns to a term.
func (r *reading) find(term string) {
	r.in, r.count = r.in[:0], 0
	for i, t := range r.terms {
		if p, ok := t.Find(term); ok {
			r.add(i, p)
		}
	}
}

// add adds the postings of a part to where r stands, unless all are removed.
func (r *reading) add(i int, p segment.Postings) {
	in := inPart{&r.s.parts[i], p}
	n := p.Count()
	if in.gone != nil {
		p.Each(func(local uint32) {
			if in.gone.has(local) {
				n--
			}
		})
	}
	if n > 0 {
		r.in, r.count = append(r.in, in), r.count+uint64(n)
	}
}

// fill adds every document of the term to a set.
func (r *reading) fill(set mask) error {
	for _, in := range r.in {
		if err := r.s.ctx.Err(); err != nil {
			return err
		}
		if in.gone == nil {
			in.Fill(set, in.first)
			continue
		}
		in.Each(func(local uint32) {
			if !in.gone.has(local) {
				set.add(in.first + local)
			}
		})
	}
	return nil
}

// addTo adds every document of the term to out.
func (r *reading) addTo(out *roaring.Bitmap) error {
	if r.count < 64 {
		return r.each(out.Add)
	}
	set := newMask(r.s.slots)
	if err := r.fill(set); err != nil {
		return err
	}
	out.Or(roaring.FromDense(set, false))
	return nil
}

// each calls fn for each document of the term, ascending.
func (r *reading) each(fn func(doc uint32)) error {
	for _, in := range r.in {
		if err := r.s.ctx.Err(); err != nil {
			return err
		}
		in.Each(func(local uint32) {
			if in.gone == nil || !in.gone.has(local) {
				fn(in.first + local)
			}
		})
	}
	return nil
}

// weighed calls fn for each document of the term, ascending, with how often the
// term is in it and how many terms there are.
func (r *reading) weighed(fn func(doc, times, length uint32)) error {
	for _, in := range r.in {
		if err := r.s.ctx.Err(); err != nil {
			return err
		}
		in.EachCounted(func(local, times uint32) {
			if in.gone == nil || !in.gone.has(local) {
				fn(in.first+local, times, in.Terms(int(fieldBody)).Length(local))
			}
		})
	}
	return nil
}

// expand turns to each term that begins with prefix, in order, and calls fn,
// until the budget of the query is spent; cut says that terms were left then.
func (r *reading) expand(prefix string, fn func() error) error {
	w := r.begins(prefix)
	for w.next() {
		if r.s.budget <= 0 {
			r.s.cut = true
			return nil
		}
		r.in, r.count = r.in[:0], 0
		for i := range w.parts {
			if p := &w.parts[i]; p.has(w.term) {
				r.add(i, r.terms[i].Postings(p.at))
			}
		}
		r.s.budget--
		if err := fn(); err != nil {
			return err
		}
	}
	return nil
}

// has reports whether a part has the term, or with prefix a term that begins
// with it, be it of removed documents only.
func (r *reading) has(term string, prefix bool) bool {
	for _, t := range r.terms {
		if i := t.Seek(term); i < t.Len() && (t.Term(i) == term || prefix && strings.HasPrefix(t.Term(i), term)) {
			return true
		}
	}
	return false
}

// termWalk goes over the terms with a prefix in all parts, in order.
type termWalk struct {
	term  string // the one at hand, as long as the snapshot
	parts []partWalk
	begun bool
}

// partWalk stands at a term of a part.
type partWalk struct {
	terms  *segment.Terms
	at     int
	prefix string
	term   string // "" behind the last one
}

// begins returns a walk before the first term with a prefix.
func (r *reading) begins(prefix string) termWalk {
	w := termWalk{parts: make([]partWalk, len(r.terms))}
	for i, t := range r.terms {
		w.parts[i] = partWalk{terms: t, at: t.Seek(prefix), prefix: prefix}
		w.parts[i].read()
	}
	return w
}

// read reads the term at which p stands.
func (p *partWalk) read() {
	if p.term = ""; p.at < p.terms.Len() {
		if t := p.terms.Term(p.at); strings.HasPrefix(t, p.prefix) {
			p.term = t
		}
	}
}

// has reports whether p stands at a term.
func (p *partWalk) has(term string) bool { return p.term == term && term != "" }

// next goes on to the next term; there are no empty ones.
func (w *termWalk) next() bool {
	least := ""
	for i := range w.parts {
		p := &w.parts[i]
		if w.begun && p.has(w.term) {
			p.at++
			p.read()
		}
		if p.term != "" && (least == "" || p.term < least) {
			least = p.term
		}
	}
	w.term, w.begun = least, true
	return least != ""
}
