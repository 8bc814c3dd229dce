package index

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// reading is the dictionary of one field and the postings of one of its terms,
// in every part of a snapshot. It stands at the term of the last find.
type reading struct {
	s     *snapshot
	dicts []segment.TermDictionary // one for each part
	lists []segment.PostingsList   // likewise
	walks []segment.PostingsIterator
	in    []int  // parts that have the term
	count uint64 // documents that have it
}

// read returns a field for reading.
func (s *snapshot) read(field string) (*reading, error) {
	if r := s.fields[field]; r != nil {
		return r, nil
	}
	n := len(s.parts)
	r := &reading{s: s, dicts: make([]segment.TermDictionary, n), lists: make([]segment.PostingsList, n), walks: make([]segment.PostingsIterator, n)}
	for i := range s.parts {
		var err error
		if r.dicts[i], err = s.parts[i].Dictionary(field); err != nil {
			return nil, fmt.Errorf("index: %w", err)
		}
	}
	s.fields[field] = r
	return r, nil
}

// find turns to a term.
func (r *reading) find(term string) error {
	r.in, r.count = r.in[:0], 0
	for i := range r.dicts {
		if err := r.findIn(i, term); err != nil {
			return err
		}
	}
	return nil
}

func (r *reading) findIn(i int, term string) (err error) {
	if r.lists[i], err = r.dicts[i].PostingsList([]byte(term), r.s.parts[i].gone, r.lists[i]); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if n := r.lists[i].Count(); n > 0 {
		r.in, r.count = append(r.in, i), r.count+n
	}
	return nil
}

// docs calls fn with the documents of the term in each part, by their numbers in
// it: a set, or nil and the only one.
func (r *reading) docs(fn func(first uint32, set *roaring.Bitmap, only uint32)) error {
	for _, i := range r.in {
		if err := r.s.ctx.Err(); err != nil {
			return err
		}
		r.walks[i] = r.lists[i].Iterator(false, false, false, r.walks[i])
		set, only, err := documents(r.walks[i])
		if err != nil {
			return err
		}
		fn(r.s.parts[i].first, set, only)
	}
	return nil
}

// addTo adds every document of the term to out.
func (r *reading) addTo(out *roaring.Bitmap) error {
	return r.docs(func(first uint32, set *roaring.Bitmap, only uint32) {
		switch {
		case set == nil:
			out.Add(first + only)
		case first == 0:
			out.Or(set)
		default:
			out.Or(roaring.AddOffset(set, first))
		}
	})
}

// each calls fn for each document of the term, ascending.
func (r *reading) each(fn func(doc uint32)) error {
	return r.docs(func(first uint32, set *roaring.Bitmap, only uint32) {
		if set == nil {
			fn(first + only)
			return
		}
		eachOf(set, func(local uint32) { fn(first + local) })
	})
}

// documents returns the documents of postings: a set, or nil and the only one.
func documents(walk segment.PostingsIterator) (set *roaring.Bitmap, only uint32, err error) {
	o, ok := walk.(segment.OptimizablePostingsIterator)
	if !ok {
		return nil, 0, fmt.Errorf("index: unexpected postings %T", walk)
	}
	if set = o.ActualBitmap(); set != nil {
		return set, 0, nil
	}
	if one, ok := o.DocNum1Hit(); ok {
		return nil, uint32(one), nil
	}
	return roaring.New(), 0, nil
}

// eachOf calls fn for each member of a set, ascending.
func eachOf(set *roaring.Bitmap, fn func(uint32)) {
	var buf [256]uint32
	many := set.ManyIterator()
	for n := many.NextMany(buf[:]); n > 0; n = many.NextMany(buf[:]) {
		for _, member := range buf[:n] {
			fn(member)
		}
	}
}

// weighed calls fn for each document of the term, ascending, with how often the
// term is in it and the norm of its text.
func (r *reading) weighed(fn func(doc uint32, freq uint64, norm float64)) error {
	for _, i := range r.in {
		first := r.s.parts[i].first
		r.walks[i] = r.lists[i].Iterator(true, true, false, r.walks[i])
		for n := 0; ; n++ {
			if n%4096 == 0 {
				if err := r.s.ctx.Err(); err != nil {
					return err
				}
			}
			p, err := r.walks[i].Next()
			if err != nil {
				return fmt.Errorf("index: %w", err)
			}
			if p == nil {
				break
			}
			fn(first+uint32(p.Number()), p.Frequency(), p.Norm())
		}
	}
	return nil
}

// expand turns to each term that begins with prefix, in order, and calls fn,
// until the budget of the query is spent; cut says that terms were left then.
func (r *reading) expand(prefix string, fn func() error) error {
	walks, err := r.begins(prefix)
	if err != nil {
		return err
	}
	for r.s.budget > 0 {
		term, more := "", false
		for i := range walks {
			if w := &walks[i]; w.more && (!more || w.term < term) {
				term, more = w.term, true
			}
		}
		if !more {
			return nil
		}
		r.in, r.count = r.in[:0], 0
		for i := range walks {
			if w := &walks[i]; w.more && w.term == term {
				if err := r.findIn(w.part, term); err != nil {
					return err
				}
				if err := w.next(); err != nil {
					return err
				}
			}
		}
		r.s.budget--
		if err := fn(); err != nil {
			return err
		}
	}
	r.s.cut = r.s.cut || slices.ContainsFunc(walks, func(w termWalk) bool { return w.more })
	return nil
}

// has reports whether a part has the term, or with prefix a term that begins
// with it, be it of removed documents only.
func (r *reading) has(term string, prefix bool) (bool, error) {
	if prefix {
		walks, err := r.begins(term)
		return len(walks) > 0, err
	}
	for _, d := range r.dicts {
		if ok, err := d.Contains([]byte(term)); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

// termWalk stands at a term of the dictionary of one part.
type termWalk struct {
	part  int
	terms segment.DictionaryIterator
	term  string
	more  bool // false behind the last term
}

func (w *termWalk) next() error {
	e, err := w.terms.Next()
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if w.more = e != nil; w.more {
		w.term = e.Term
	}
	return nil
}

// begins returns a walk over the terms with the prefix for each part that has one.
func (r *reading) begins(prefix string) ([]termWalk, error) {
	var walks []termWalk
	from := []byte(prefix)
	for i, d := range r.dicts {
		w := termWalk{part: i, terms: d.AutomatonIterator(nil, from, afterPrefix(from))}
		if err := w.next(); err != nil {
			return nil, err
		}
		if w.more {
			walks = append(walks, w)
		}
	}
	return walks, nil
}

// afterPrefix returns the first key behind all that begin with prefix, nil when
// there is none.
func afterPrefix(prefix []byte) []byte {
	end := bytes.TrimRight(prefix, "\xff")
	if len(end) == 0 {
		return nil
	}
	end = bytes.Clone(end)
	end[len(end)-1]++
	return end
}
