package series

// Recent is how many values Spikes compares.
const Recent = 5

// MaxSpikes is how many spikes are remembered.
const MaxSpikes = 16

// Spikes finds values that stand alone: further than a jump from the median of the
// Recent values of which they are the middle one. A step to another level is no spike,
// since its median follows; a spike is told two samples after it. The zero value has seen
// nothing.
type Spikes struct {
	values [Recent]float64
	times  [Recent]int64
	n      int              // values seen, up to Recent
	at     [MaxSpikes]int64 // moments of spikes, the oldest first
	found  int
}

// Add takes the next sample and returns how many spikes there were in the spanMS before it,
// MaxSpikes at the most.
func (s *Spikes) Add(at int64, v, jump float64, spanMS int64) int {
	copy(s.values[:], s.values[1:])
	copy(s.times[:], s.times[1:])
	s.values[Recent-1], s.times[Recent-1] = v, at
	s.n = min(s.n+1, Recent)
	if mid := Recent / 2; s.n == Recent {
		if d := s.values[mid] - s.median(); d > jump || -d > jump {
			s.remember(s.times[mid])
		}
	}
	s.forget(at - spanMS)
	return s.found
}

func (s *Spikes) median() float64 {
	v := s.values
	for i := 1; i < Recent; i++ {
		for j := i; j > 0 && v[j] < v[j-1]; j-- {
			v[j], v[j-1] = v[j-1], v[j]
		}
	}
	return v[Recent/2]
}

func (s *Spikes) remember(at int64) {
	if s.found == MaxSpikes {
		copy(s.at[:], s.at[1:])
		s.found--
	}
	s.at[s.found] = at
	s.found++
}

func (s *Spikes) forget(before int64) {
	old := 0
	for old < s.found && s.at[old] < before {
		old++
	}
	copy(s.at[:], s.at[old:s.found])
	clear(s.at[s.found-old : s.found])
	s.found -= old
}
