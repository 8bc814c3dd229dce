package comfort

// Trigger is what a step of a response plan waits for: a level, a peak level, or that a
// limit is reached. Never rename.
type Trigger string

// LimitReached waits for the limit itself: nobody more may be let in or sold.
const LimitReached Trigger = "full"

// Triggers lists them, the mildest first of each kind.
func Triggers() []Trigger {
	return []Trigger{Trigger(Busy), Trigger(Crowded), Trigger(Packed), Trigger(PeakIV), Trigger(PeakIII), Trigger(PeakII), Trigger(PeakI), LimitReached}
}

// Triggers lists what a scheme waits for by itself: its peak levels, and the limit.
func (s Scheme) Triggers() []Trigger {
	var out []Trigger
	for _, p := range s.Peaks {
		out = append(out, Trigger(p.Peak))
	}
	return append(out, LimitReached)
}

// Reached reports whether j has come to the trigger or beyond. What is not judged has
// come to none.
func (t Trigger) Reached(j Judgement) bool {
	if t == LimitReached {
		return j.Full
	}
	if g, ok := gravity[Level(t)]; ok {
		return gravity[j.Level] >= g
	}
	g, ok := gravityOfPeak[Peak(t)]
	return ok && gravityOfPeak[j.Peak] >= g
}

// Label returns the words of the trigger in Chinese and in English, empty for one that
// is not known.
func (t Trigger) Label() (zh, en string) {
	if t == LimitReached {
		return "达到承载量上限", "limit reached"
	}
	if zh, en = Level(t).Label(); zh != "" && t != "" {
		return zh, en
	}
	return Peak(t).Label()
}
