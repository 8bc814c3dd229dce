package route

// Change is what became of a node when a plan was made anew.
type Change struct {
	Node int
	How  How
	Why  Reason // for Dropped the reason of Left, for Added the first of the stop; zero for the others
}

// How says what became of a node.
type How string

// What becomes of a node.
const (
	Kept    How = "kept"    // still a stop, and in the order of before
	Moved   How = "moved"   // still a stop, at another place in the order or with another walker
	Dropped How = "dropped" // no stop any more
	Added   How = "added"   // was none before
)

// Changes compares a plan with the one before, given as in Options.Before: first
// what is a stop now, in its order, then what was dropped. The kept are a longest
// part of the rounds that has the order of before.
func Changes(before [][]int, plan *Plan) []Change {
	type place struct{ walker, at int }
	was := make(map[int]place)
	for i, list := range before {
		for k, u := range list {
			was[u] = place{i, k}
		}
	}
	var out []Change
	for i := range plan.Rounds {
		stops := plan.Rounds[i].Stops
		var order []int // place before of the stops that this walker had
		for _, s := range stops {
			if b, ok := was[s.Node]; ok && b.walker == i {
				order = append(order, b.at)
			}
		}
		stays := ascending(order)
		for _, s := range stops {
			b, ok := was[s.Node]
			c := Change{Node: s.Node, How: Moved}
			switch {
			case !ok:
				c.How, c.Why = Added, s.Why[0]
			case b.walker == i && stays[b.at]:
				c.How = Kept
			}
			out = append(out, c)
		}
	}
	for _, l := range plan.Left {
		if _, ok := was[l.Node]; ok {
			out = append(out, Change{Node: l.Node, How: Dropped, Why: l.Why})
		}
	}
	return out
}

// ascending returns the members of a longest ascending part of list, whose
// members are distinct.
func ascending(list []int) map[int]bool {
	length, from := make([]int, len(list)), make([]int, len(list))
	best := -1
	for i := range list {
		length[i], from[i] = 1, -1
		for j := range i {
			if list[j] < list[i] && length[j] >= length[i] {
				length[i], from[i] = length[j]+1, j
			}
		}
		if best < 0 || length[i] > length[best] {
			best = i
		}
	}
	in := make(map[int]bool)
	for ; best >= 0; best = from[best] {
		in[list[best]] = true
	}
	return in
}
