package route

// walk is the round of one walker: position 0 is the start, position k-1 the
// end. The arrays have room for every node, so that nothing is allocated while
// the search runs.
type walk struct {
	k     int     // positions in use, at least 2
	node  []int32 // point at a position
	start []int32 // when the visit begins (at the start: when the walker leaves, at the end: when he comes)
	dep   []int32 // when he goes on
	late  []int32 // the latest arrival that leaves everything after it possible
	leg   []int32 // travel time from the position before
}

func newWalk(room int) walk {
	cells := make([]int32, 5*room)
	cut := func(i int) []int32 { return cells[i*room : (i+1)*room : (i+1)*room] }
	return walk{node: cut(0), start: cut(1), dep: cut(2), late: cut(3), leg: cut(4)}
}

// copyFrom makes w equal to o.
func (w *walk) copyFrom(o *walk) {
	k := o.k
	w.k = k
	copy(w.node[:k], o.node[:k])
	copy(w.start[:k], o.start[:k])
	copy(w.dep[:k], o.dep[:k])
	copy(w.late[:k], o.late[:k])
	copy(w.leg[:k], o.leg[:k])
}

// spot is what the inner loops need of a node, in one cache line.
type spot struct {
	open, close int32 // of the first window, and of the last
	service     int32
	profit      int32 // before the first step
	best        int32 // highest profit
	windows     []Window
	steps       []Step
	single      bool // one window at most
	must        bool
}

// begin returns the first moment at or after t at which a visit may begin, and
// whether there is one.
func (s *spot) begin(t int32) (int32, bool) {
	if s.single {
		return max(t, s.open), t <= s.close
	}
	for _, w := range s.windows {
		if t <= w.Close {
			return max(t, w.Open), true
		}
	}
	return 0, false
}

// latest returns the last moment at or before t at which a visit may begin, -1
// for none.
func (s *spot) latest(t int32) int32 {
	if s.single {
		if t < s.open {
			return -1
		}
		return min(t, s.close)
	}
	for i := len(s.windows) - 1; i >= 0; i-- {
		if w := s.windows[i]; t >= w.Open {
			return min(t, w.Close)
		}
	}
	return -1
}

// reset makes w the empty round of a walker.
func (g *ground) reset(w *walk, who Walker) {
	w.k = 2
	w.node[0], w.node[1] = int32(who.Start), int32(who.End)
	w.start[0], w.dep[0], w.late[0], w.leg[0] = who.From, who.From, who.From, 0
	w.leg[1] = g.in[who.End*g.n+who.Start]
	w.start[1] = who.From + w.leg[1]
	w.dep[1], w.late[1] = w.start[1], min(who.Until, MaxTime-1)
}

// forward computes the times from position q on until nothing changes.
func (g *ground) forward(w *walk, q int) {
	last := w.k - 1
	for ; q < last; q++ {
		s := &g.spots[w.node[q]]
		at, _ := s.begin(w.dep[q-1] + w.leg[q])
		d := at + s.service
		if w.dep[q] == d && w.start[q] == at {
			return
		}
		w.start[q], w.dep[q] = at, d
	}
	w.start[last] = w.dep[last-1] + w.leg[last]
	w.dep[last] = w.start[last]
}

// backward computes the latest arrivals from position q down until nothing
// changes.
func (g *ground) backward(w *walk, q int) {
	for ; q > 0; q-- {
		s := &g.spots[w.node[q]]
		l := s.latest(w.late[q+1] - w.leg[q+1] - s.service)
		if w.late[q] == l {
			return
		}
		w.late[q] = l
	}
}

// insert puts node u before position q. The caller knows that it fits.
func (g *ground) insert(w *walk, q int, u int32) {
	k := w.k
	copy(w.node[q+1:k+1], w.node[q:k])
	copy(w.start[q+1:k+1], w.start[q:k])
	copy(w.dep[q+1:k+1], w.dep[q:k])
	copy(w.late[q+1:k+1], w.late[q:k])
	copy(w.leg[q+1:k+1], w.leg[q:k])
	w.k = k + 1
	w.node[q] = u
	row := int(u) * g.n
	w.leg[q] = g.in[row+int(w.node[q-1])]
	w.leg[q+1] = g.out[row+int(w.node[q+1])]
	w.dep[q], w.late[q] = -1, -2
	g.forward(w, q)
	g.backward(w, q)
}

// cut takes n positions out, from position q on. What remains is possible: a
// way past a node is no longer than the way through it, and leaving out a visit
// makes nobody later, if the matrix is one of shortest ways; possible reports
// whether it is.
func (g *ground) cut(w *walk, q, n int) (possible bool) {
	k := w.k
	copy(w.node[q:], w.node[q+n:k])
	copy(w.start[q:], w.start[q+n:k])
	copy(w.dep[q:], w.dep[q+n:k])
	copy(w.late[q:], w.late[q+n:k])
	copy(w.leg[q:], w.leg[q+n:k])
	w.k = k - n
	w.leg[q] = g.out[int(w.node[q-1])*g.n+int(w.node[q])]
	arrive := w.dep[q-1] + w.leg[q]
	if arrive > w.late[q] || w.leg[q] >= Far {
		return false
	}
	if q < w.k-1 {
		w.dep[q] = -1
	}
	g.forward(w, q)
	g.backward(w, q-1)
	return true
}

// worth returns what a visit that begins at t is worth.
func (s *spot) worth(t int32) int32 {
	p := s.profit
	for i := range s.steps {
		if s.steps[i].From > t {
			break
		}
		p = int32(s.steps[i].Profit)
	}
	return p
}
