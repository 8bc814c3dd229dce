package route

import "math"

// recreate tries every node that is not visited, in a random one of several
// orders, and puts it where it costs least.
func (s *search) recreate(x *solution) {
	order := s.order[:0]
	s.hurry = s.rng.float() < s.hurried
	s.rng.blind = chance(s.blink)
	s.anywhere = s.rng.float() < s.wild
	switch pick := s.rng.below(8); {
	case pick < 3: // any order, musts first
		order = append(order, s.usable...)
		for i := len(order) - 1; i > 0; i-- {
			j := s.rng.below(i + 1)
			order[i], order[j] = order[j], order[i]
		}
		k := 0
		for i, u := range order {
			if s.spots[u].must {
				order[i], order[k] = order[k], u
				k++
			}
		}
	case pick < 5:
		order = append(order, s.orders[0]...)
	case pick < 6:
		order = append(order, s.orders[1]...)
	default:
		order = append(order, s.orders[pick-4]...)
	}
	for _, u := range order {
		if x.at[u] >= 0 {
			continue
		}
		if i, q := s.place(x, u); q > 0 {
			s.insert(&x.walks[i], q, u)
			x.at[u] = int8(i)
		}
	}
}

// place returns the walk and the position at which node u costs least, position
// 0 for nowhere. It is the inner loop of everything.
func (s *search) place(x *solution, u int32) (walk, at int) {
	sp := &s.spots[u]
	row := int(u) * s.n
	in, out := s.in[row:row+s.n], s.out[row:row+s.n]
	open, close, service := sp.open, sp.close, sp.service
	bestCost := int32(math.MaxInt32)
	for i := range x.walks {
		if s.idle[i] {
			continue
		}
		w := &x.walks[i]
		k := w.k
		node, dep, late, leg := w.node[:k], w.dep[:k], w.late[:k], w.leg[:k]
		q := 1
		for q < k && late[q] < open+service {
			q++
		}
		for ; q < k; q++ {
			d := dep[q-1]
			if d > close {
				break
			}
			to := in[node[q-1]]
			begin := max(d+to, open)
			if begin > close {
				continue
			}
			if !sp.single {
				begin, _ = sp.begin(d + to)
			}
			onward := out[node[q]]
			if begin+service+onward > late[q] {
				continue
			}
			cost := to + onward - leg[q]
			if s.hurry { // by how much later the next begins, waiting included
				cost = begin + service + onward - d - leg[q]
			}
			if s.anywhere {
				cost = int32(s.rng.below(1 << 30))
			} else if len(sp.steps) > 0 {
				cost += int32(min(s.timePrice*int64(sp.best-sp.worth(begin))/scale, int64(MaxTime)))
			}
			if cost < bestCost && !s.rng.blink() {
				bestCost, walk, at = cost, i, q
			}
		}
	}
	return walk, at
}
