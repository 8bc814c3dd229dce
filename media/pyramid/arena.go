package pyramid

import "sync"

// arena lends the planes of one render and takes them back all at once. What it
// lends is not cleared. A nil arena lends new memory for ever.
type arena struct {
	slab []byte // what is kept from render to render
	rest []byte // of slab, not lent
	lent int    // bytes since begin
}

// arenas are those that no render uses.
var arenas = sync.Pool{New: func() any { return new(arena) }}

// largestSlab is what an arena keeps at most.
const largestSlab = 16 << 20

func newArena() *arena {
	a := arenas.Get().(*arena)
	a.rest, a.lent = a.slab, 0
	return a
}

// end takes back what was lent, for another render.
func (a *arena) end() {
	if a.lent > len(a.slab) && a.lent <= largestSlab {
		a.slab = make([]byte, a.lent)
	}
	arenas.Put(a)
}

// plane lends a plane of w × h samples.
func (a *arena) plane(w, h int) plane {
	if a == nil {
		return newPlane(w, h)
	}
	n := w * h
	a.lent += n
	if n > len(a.rest) {
		return newPlane(w, h)
	}
	p := plane{pix: a.rest[:n:n], w: w, h: h, stride: w}
	a.rest = a.rest[n:]
	return p
}

// raster lends a raster of w × h pixels.
func (a *arena) raster(w, h int, gray bool) *raster {
	r := &raster{y: a.plane(w, h)}
	if !gray {
		r.cb, r.cr = a.plane((w+1)/2, (h+1)/2), a.plane((w+1)/2, (h+1)/2)
	}
	return r
}
