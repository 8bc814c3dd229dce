package route

// ruin cuts strings of neighbouring visits out of the walks that pass near a
// random node (slack induction by string removals). ok is false when what
// remains is impossible, which happens only with a matrix whose direct ways are
// longer than detours.
func (s *search) ruin(x *solution) (ok bool) {
	total, longest := 0, 0
	for i := range x.walks {
		k := x.walks[i].k - 2
		total += k
		longest = max(longest, k)
	}
	if total == 0 {
		return true
	}
	for i := range s.touched {
		s.touched[i] = s.idle[i]
	}
	most := min(s.longest, max(1, total/len(x.walks)))
	strings := 1 + int(s.rng.float()*max(1, 4*float64(s.removed)/float64(1+most)-1))
	m := len(s.usable)
	seed := s.usable[s.rng.below(m)]
	for _, v := range s.near[int(seed)*m : (int(seed)+1)*m] {
		i := x.at[v]
		if i < 0 || s.touched[i] {
			continue
		}
		s.touched[i] = true
		if !s.ruinString(x, int(i), v, most) {
			return false
		}
		if strings--; strings == 0 {
			break
		}
	}
	return true
}

// ruinString cuts a string that contains v out of walk i; at times it spares a
// part in its middle.
func (s *search) ruinString(x *solution, i int, v int32, most int) bool {
	w := &x.walks[i]
	inner := w.k - 2
	length := 1 + s.rng.below(min(most, inner))
	spare := 0
	if length > 1 && length < inner && s.rng.below(2) == 0 {
		for length+spare < inner && s.rng.below(100) < 50 {
			spare++
		}
	}
	at := 1
	for w.node[at] != v {
		at++
	}
	span := length + spare
	lo := max(1, at-span+1)
	hi := min(at, w.k-1-span)
	from := lo + s.rng.below(hi-lo+1)
	if spare == 0 {
		return s.drop(x, i, from, length)
	}
	first := 1 + s.rng.below(length)
	if first < length && !s.drop(x, i, from+first+spare, length-first) {
		return false
	}
	return s.drop(x, i, from, first)
}

func (s *search) drop(x *solution, i, q, n int) bool {
	w := &x.walks[i]
	for _, u := range w.node[q : q+n] {
		x.at[u] = -1
	}
	return s.cut(w, q, n)
}
