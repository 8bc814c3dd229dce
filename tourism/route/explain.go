package route

import "slices"

// whyStop says why the node at position q of w is a stop.
func (s *search) whyStop(p *Problem, w *walk, q int, stop Stop) []Reason {
	var why []Reason
	say := func(r Reason) { r.Other = -1; why = append(why, r) }
	n := &p.Nodes[stop.Node]
	detour := w.leg[q] + w.leg[q+1] - s.out[int(w.node[q-1])*s.n+int(w.node[q+1])]
	if n.Must {
		say(Reason{Code: ByMust})
	}
	if s.rank != nil && s.rank[stop.Node] >= 0 {
		say(Reason{Code: ByKept})
	}
	if s.spots[stop.Node].best >= s.quarter {
		say(Reason{Code: ByWorth})
	}
	if stop.Profit == n.Best() && slices.ContainsFunc(n.Steps, func(st Step) bool { return st.Profit < stop.Profit }) {
		say(Reason{Code: ByQuiet})
	}
	if stop.Begin > stop.Arrive {
		say(Reason{Code: ByWaiting, Need: stop.Begin - stop.Arrive})
	}
	if spare := s.spots[stop.Node].close - stop.Begin; len(n.Windows) > 0 && spare < n.Service {
		say(Reason{Code: ByDeadline, Have: spare})
	}
	switch {
	case detour <= n.Service/5:
		say(Reason{Code: ByWay, Need: max(0, detour)})
	case len(why) == 0:
		say(Reason{Code: ByFitting, Need: detour})
	}
	return why
}

// whyLeft says why node u is not visited.
func (s *search) whyLeft(p *Problem, u int32) Reason {
	n := &p.Nodes[u]
	if s.spots[u].best == 0 {
		return Reason{Code: LeftWorthless, Other: -1}
	}
	if !s.reachable(int(u)) {
		return s.whyNever(n, int(u))
	}
	if _, q := s.place(&s.best, u); q > 0 {
		return Reason{Code: LeftCrowd, Other: -1}
	}
	if rival := s.rival(&s.best, u); rival >= 0 {
		code := LeftWorthLess
		switch {
		case s.spots[rival].must:
			code = LeftMust
		case s.spots[rival].best < s.spots[u].best && s.rank != nil && s.rank[rival] >= 0:
			code = LeftKept
		case s.spots[rival].best < s.spots[u].best:
			code = LeftCrowd
		}
		if code == LeftCrowd {
			return Reason{Code: code, Other: -1}
		}
		return Reason{Code: code, Other: int(rival)}
	}
	need, have := s.extra(u)
	switch {
	case need > have:
	case len(n.Windows) == 0: // it may be visited at any time, but the hours of the others leave no gap
		have = 0
	default:
		first, last := n.Windows[0], n.Windows[len(n.Windows)-1]
		return Reason{Code: LeftClosed, Open: first.Open, Close: last.Close, Other: -1}
	}
	return Reason{Code: LeftNoTime, Need: need, Have: have, Other: -1}
}

// whyNever says why node u could not even be visited alone.
func (s *search) whyNever(n *Node, u int) Reason {
	r := Reason{Code: LeftNoWay, Other: -1}
	for _, w := range s.walkers {
		to, back := s.in[u*s.n+w.Start], s.out[u*s.n+w.End]
		if way := s.out[w.Start*s.n+w.End]; way < Far && w.From+way > w.Until {
			return Reason{Code: LeftTooFar, Need: way, Have: max(0, w.Until-w.From), Other: -1}
		}
		if to >= Far || back >= Far {
			continue
		}
		need, have := to+n.Service+back, w.Until-w.From
		if need <= have && len(n.Windows) > 0 {
			open := n.Windows[0]
			for _, o := range n.Windows { // the first that has not passed, else the last
				open = o
				if o.Close >= w.From+to {
					break
				}
			}
			return Reason{Code: LeftClosed, Open: open.Open, Close: open.Close, Other: -1}
		}
		if r.Code == LeftNoWay || need-have < r.Need-r.Have {
			r = Reason{Code: LeftTooFar, Need: need, Have: have, Other: -1}
		}
	}
	return r
}

// rival returns the stop of the least worth that would have to go, alone, for u
// to come in, -1 for none. A must is named only when there is no other.
func (s *search) rival(x *solution, u int32) int32 {
	found, worth := int32(-1), int64(0)
	for i := range x.walks {
		for q := 1; q < x.walks[i].k-1; q++ {
			v := x.walks[i].node[q]
			cost := int64(s.spots[v].best)
			if s.spots[v].must {
				cost += s.raise
			}
			if (found < 0 || cost < worth) && s.swaps(x, i, q, u) {
				found, worth = v, cost
			}
		}
	}
	return found
}

// swaps reports whether u fits somewhere once the node at position q of walk i
// is gone; s.next then holds that solution.
func (s *search) swaps(x *solution, i, q int, u int32) bool {
	s.next.copyFrom(x)
	if !s.drop(&s.next, i, q, 1) {
		return false
	}
	j, at := s.place(&s.next, u)
	if at == 0 {
		return false
	}
	s.insert(&s.next.walks[j], at, u)
	s.next.at[u] = int8(j)
	return true
}

// extra returns how much longer a round gets by a visit of u where that costs
// least, and how much time its walker has to spare.
func (s *search) extra(u int32) (need, have Time) {
	first := true
	for i := range s.best.walks {
		w := &s.best.walks[i]
		if _, _, ok := s.alone(s.walkers[i], int(u)); s.idle[i] || !ok {
			continue
		}
		spare := s.walkers[i].Until - w.start[w.k-1]
		for q := 1; q < w.k; q++ {
			a, b := int(w.node[q-1]), int(w.node[q])
			more := s.in[int(u)*s.n+a] + s.spots[u].service + s.out[int(u)*s.n+b] - w.leg[q]
			if first || more-spare < need-have {
				need, have, first = more, spare, false
			}
		}
	}
	return need, have
}
