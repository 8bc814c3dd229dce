package alarm

// pass moves the phase by a figure. broken: nothing was known for longer than a gap before
// it, so that neither being out nor being good has lasted.
func (j *Judge) pass(s *State, at int64, f figure, broken bool, c *Changes) {
	s.value, s.valid = f.value, true
	if f.out {
		s.exceed(f, at)
	}
	switch {
	case s.phase == Fine && f.out, s.phase == Pending && f.out && broken:
		s.phase, s.since, s.worst, s.above = Pending, at, f.value, f.above
		s.ripen(j, at, f, c)
	case s.phase == Pending && f.out:
		s.ripen(j, at, f, c)
	case s.phase == Pending:
		s.phase, s.since = Fine, at
	case s.phase == Raised && f.out && !s.told && !j.hushed(at):
		s.told = true
		c.add(Change{Raise, at, s.since, f.value, f.bound, f.above})
	case s.phase == Raised && f.back, s.phase == Clearing && f.back && broken:
		s.phase, s.good = Clearing, at
		s.settle(j, at, f, c)
	case s.phase == Clearing && f.back:
		s.settle(j, at, f, c)
	case s.phase == Clearing:
		s.phase = Raised
		if f.out && !s.told && !j.hushed(at) {
			s.told = true
			c.add(Change{Raise, at, s.since, f.value, f.bound, f.above})
		}
	}
}

// exceed keeps the figure furthest out.
func (s *State) exceed(f figure, at int64) {
	if s.phase == Fine {
		return
	}
	if f.above != s.above || f.above && f.value > s.worst || !f.above && f.value < s.worst {
		s.worst, s.above = f.value, f.above
	}
}

// ripen raises what has been out for long enough.
func (s *State) ripen(j *Judge, at int64, f figure, c *Changes) {
	if at-s.since < j.holdMS {
		return
	}
	s.phase = Raised
	kind := Raise
	if s.told = !j.hushed(at); !s.told {
		kind = Mute
	}
	c.add(Change{kind, at, s.since, f.value, f.bound, f.above})
}

// settle ends what has been good for long enough.
func (s *State) settle(j *Judge, at int64, f figure, c *Changes) {
	if at-s.good < j.clearMS {
		return
	}
	kind := Clear
	if !s.told {
		kind = Unmute
	}
	c.add(Change{kind, at, s.good, s.worst, f.bound, s.above})
	s.phase, s.told, s.since = Fine, false, at
}
