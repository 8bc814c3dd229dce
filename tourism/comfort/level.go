package comfort

// Level is how full it is, in the words of screens. Never rename.
type Level string

const (
	NotAssessed Level = ""            // 未核定, or nothing to judge by
	Clear       Level = "clear"       // 畅通
	Comfortable Level = "comfortable" // 舒适
	Busy        Level = "busy"        // 较拥挤
	Crowded     Level = "crowded"     // 拥挤
	Packed      Level = "packed"      // 严重拥挤
)

// Step is where a level begins.
type Step struct {
	Level       Level
	FromPercent float64 // of the limit, inclusive
}

// Scheme is a set of levels with where it is from.
type Scheme struct {
	Version  string
	Source   string
	Verified bool   // compared with the text of a standard
	Steps    []Step // ascending; the first begins at 0
}

// House is the default scheme. It is our own choice: no national standard
// divides the range below the peak levels of LB/T 068-2017.
func House() Scheme {
	return Scheme{Version: "house-2026.1", Source: "一键游 default; the city or the area may set another", Steps: []Step{
		{Clear, 0}, {Comfortable, 40}, {Busy, 60}, {Crowded, 80}, {Packed, 95}}}
}

// Of returns the level of a share of the limit in percent, with the bounds of
// the level: from <= percent < below; below is 0 when it has no end.
func (s Scheme) Of(percent float64) (level Level, from, below float64) {
	for i, st := range s.Steps {
		if percent < st.FromPercent {
			break
		}
		level, from, below = st.Level, st.FromPercent, 0
		if i+1 < len(s.Steps) {
			below = s.Steps[i+1].FromPercent
		}
	}
	return level, from, below
}

// rank orders levels; the greater is the fuller.
func (s Scheme) rank(l Level) int {
	for i, st := range s.Steps {
		if st.Level == l {
			return i + 1
		}
	}
	return 0
}

// Peak is a peak level of LB/T 068-2017 5.4, which an area itself may issue: a
// share of the approved daily limit.
type Peak string

const (
	NoPeak  Peak = ""
	PeakIII Peak = "III" // yellow: 80 % of the daily limit and more
	PeakII  Peak = "II"  // orange: 90 %
	PeakI   Peak = "I"   // red: 95 %
)

// PeakOf returns the peak level of a share of the daily limit in percent.
func PeakOf(percent float64) Peak {
	switch {
	case percent >= 95:
		return PeakI
	case percent >= 90:
		return PeakII
	case percent >= 80:
		return PeakIII
	}
	return NoPeak
}
