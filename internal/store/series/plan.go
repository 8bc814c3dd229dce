package series

import (
	"bytes"
	"cmp"
	"iter"
	"slices"
	"time"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// plan is what a call of AppendAllIn reads and writes. Everything is made
// before anything is written.
type plan struct {
	series *Series
	tx     *store.Tx
	parts  []*part
	docs   map[string]*bucket // that were read; nil is not there
	puts   []*bucket
	drops  []*bucket
	fresh  [][]Point // by batch
}

// part is the points of a batch that fall into one day.
type part struct {
	batch  int
	of     Batch
	start  int64  // milliseconds
	first  string // id of its first bucket
	points []Point
	starts starts
}

// split divides the points of a batch by days.
func (p *plan) split(batch int, b Batch, points []Point) {
	for len(points) > 0 {
		start := dayOf(points[0].At.UnixMilli())
		n := 1
		for n < len(points) && dayOf(points[n].At.UnixMilli()) == start {
			n++
		}
		p.parts = append(p.parts, &part{batch: batch, of: b, start: start, first: bucketID(b.Channel, start), points: points[:n]})
		points = points[n:]
	}
}

// load reads the first bucket of each day, then those that its starts name.
func (p *plan) load() error {
	ids := make([]string, len(p.parts))
	for i, h := range p.parts {
		ids[i] = h.first
	}
	if err := p.get(ids); err != nil {
		return err
	}
	ids = ids[:0]
	for _, h := range p.parts {
		head := p.docs[h.first]
		if head == nil {
			h.starts = starts{0}
			continue
		}
		var err error
		if h.starts, err = startsOf(head.Starts); err != nil {
			return p.series.corrupt(head.ID, err)
		}
		end := int64(0)
		for _, pt := range h.points {
			offset := pt.At.UnixMilli() - h.start
			if offset < end {
				continue // of the bucket before
			}
			var from int64
			if from, end = h.starts.span(offset); from > 0 {
				ids = append(ids, bucketID(h.of.Channel, h.start+from))
			}
		}
	}
	return p.get(ids)
}

func (p *plan) get(ids []string) error {
	for part := range slices.Chunk(ids, store.MaxLimit) {
		found, err := p.series.docs.GetMany(p.tx.Context(), p.tx, part)
		if err != nil {
			return err
		}
		for _, b := range found {
			p.docs[b.ID] = b
		}
	}
	return nil
}

// merge puts the points of a day into its buckets.
func (p *plan) merge(h *part) error {
	was := len(h.starts)
	for points := h.points; len(points) > 0; {
		from, end := h.starts.span(points[0].At.UnixMilli() - h.start)
		from, end = h.start+from, h.start+end
		n := 1
		for n < len(points) && points[n].At.UnixMilli() < end {
			n++
		}
		if err := p.into(h, from, end, points[:n]); err != nil {
			return err
		}
		points = points[n:]
	}
	if len(h.starts) == was {
		return nil
	}
	head := p.at(h, h.start)
	head.Starts = h.starts.encode()
	if !slices.Contains(p.puts, head) {
		p.puts = append(p.puts, head)
	}
	return nil
}

// at returns the bucket of h that goes from the moment from, a new one when
// there is none.
func (p *plan) at(h *part, from int64) *bucket {
	id := h.first
	if from != h.start {
		id = bucketID(h.of.Channel, from)
	}
	b := p.docs[id]
	if b == nil {
		b = &bucket{Meta: store.Meta{ID: id, Org: h.of.Org}, Channel: h.of.Channel, From: timeOf(from)}
		p.docs[id] = b
	}
	return b
}

// into adds points to the bucket that goes from from to end, and cuts it when
// it becomes too full.
func (p *plan) into(h *part, from, end int64, points []Point) error {
	b := p.at(h, from)
	w, fresh, err := joined(b, from, points)
	if err != nil {
		return p.series.corrupt(b.ID, err)
	}
	if len(fresh) == 0 {
		return nil
	}
	if of := &p.fresh[h.batch]; *of == nil {
		*of = fresh[:len(fresh):len(fresh)]
	} else {
		*of = append(*of, fresh...)
	}
	if w.count <= MaxPoints {
		p.fill(b, w)
		return nil
	}
	all, err := pointsOf(b, from)
	if err != nil {
		return p.series.corrupt(b.ID, err)
	}
	all = append(all, fresh...)
	slices.SortFunc(all, before)
	return p.place(h, from, end, all)
}

// place writes points into the bucket that goes from from to end, or, when
// they are too many, into what its halves become.
func (p *plan) place(h *part, from, end int64, points []Point) error {
	b := p.at(h, from)
	if len(points) > MaxPoints {
		if end-from == 1 {
			return ErrCrowded.New(fault.P("max", MaxPoints))
		}
		middle := from + (end-from)/2
		h.starts = h.starts.cut(middle - h.start)
		n, _ := slices.BinarySearchFunc(points, middle, func(pt Point, at int64) int { return cmp.Compare(pt.At.UnixMilli(), at) })
		if err := p.place(h, from, middle, points[:n]); err != nil {
			return err
		}
		return p.place(h, middle, end, points[n:])
	}
	switch {
	case len(points) > 0:
		w := begin(from, 24*len(points))
		for _, pt := range points {
			w.add(pt.At.UnixMilli(), []byte(pt.Key), pt.Data)
		}
		p.fill(b, w)
	case from == h.start:
		b.Count, b.First, b.Last, b.Points, b.Tail, b.Summary = 0, time.Time{}, time.Time{}, nil, nil, nil
		p.puts = append(p.puts, b)
	case b.Rev > 0:
		p.drops = append(p.drops, b)
	}
	return nil
}

// fill makes b the bucket that holds what w has written.
func (p *plan) fill(b *bucket, w *writer) {
	b.Count, b.First, b.Last, b.Points, b.Tail = w.count, timeOf(w.first), timeOf(w.last), w.out, tailOf(w.key, w.data)
	if p.series.summarise != nil {
		b.Summary = p.series.summarise(values(w.out, w.from))
	}
	p.puts = append(p.puts, b)
}

// values yields time and data of points that were just written.
func values(stored []byte, from int64) iter.Seq2[time.Time, []byte] {
	return func(yield func(time.Time, []byte) bool) {
		r, err := read(stored, from)
		if err != nil {
			return
		}
		for {
			more, err := r.next()
			if !more || err != nil || !yield(timeOf(r.ms), r.data) {
				return
			}
		}
	}
}

func (p *plan) write() error {
	for _, b := range p.puts {
		if err := p.series.docs.Put(p.tx, b); err != nil {
			return err
		}
	}
	for _, b := range p.drops {
		if err := p.series.docs.Delete(p.tx, b.ID, b.Rev, ""); err != nil {
			return err
		}
	}
	return nil
}

// joined writes the points of b and those of points that b does not have,
// which it also returns.
func joined(b *bucket, from int64, points []Point) (*writer, []Point, error) {
	size := 0
	for _, pt := range points {
		size += 12 + len(pt.Key) + len(pt.Data)
	}
	var key []byte
	add := func(w *writer, pt Point) {
		key = append(key[:0], pt.Key...)
		w.add(pt.At.UnixMilli(), key, pt.Data)
	}
	if b.Count == 0 || points[0].At.UnixMilli() > b.Last.UnixMilli() {
		w, err := resume(b, size)
		if err != nil {
			return nil, nil, err
		}
		for _, pt := range points {
			add(w, pt)
		}
		return w, points, nil
	}
	r, err := read(b.Points, from)
	if err != nil {
		return nil, nil, err
	}
	w := begin(from, len(b.Points)+size)
	var fresh []Point
	more, err := r.next()
	for ; more && err == nil; more, err = r.next() {
		for len(points) > 0 && points[0].order(r) < 0 {
			add(w, points[0])
			fresh, points = append(fresh, points[0]), points[1:]
		}
		if len(points) > 0 && points[0].order(r) == 0 {
			points = points[1:]
		}
		w.add(r.ms, r.key, r.data)
	}
	if err != nil {
		return nil, nil, err
	}
	for _, pt := range points {
		add(w, pt)
	}
	return w, append(fresh, points...), nil
}

// order compares pt with the point at which r stands.
func (pt Point) order(r *reader) int {
	if c := cmp.Compare(pt.At.UnixMilli(), r.ms); c != 0 {
		return c
	}
	switch {
	case pt.Key < string(r.key):
		return -1
	case pt.Key > string(r.key):
		return 1
	}
	return 0
}

// pointsOf returns the points of b.
func pointsOf(b *bucket, from int64) ([]Point, error) {
	points := make([]Point, 0, b.Count)
	r, err := read(b.Points, from)
	if err != nil {
		return nil, err
	}
	for {
		more, err := r.next()
		if !more || err != nil {
			return points, err
		}
		points = append(points, r.point())
	}
}

// pointsWithin returns the points of b from the moment first to before end, both
// in milliseconds. The others are passed over without being copied.
func pointsWithin(b *bucket, first, end int64) ([]Point, error) {
	var points []Point
	r, err := read(b.Points, b.From.UnixMilli())
	if err != nil {
		return nil, err
	}
	for {
		more, err := r.next()
		if !more || err != nil || r.ms >= end {
			return points, err
		}
		if r.ms >= first {
			points = append(points, r.point())
		}
	}
}

// point returns a copy of the point at which r stands.
func (r *reader) point() Point {
	return Point{At: timeOf(r.ms), Key: string(r.key), Data: bytes.Clone(r.data)}
}
