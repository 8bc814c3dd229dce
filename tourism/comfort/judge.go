package comfort

import "time"

// State is what kind of figure it is. Never rename.
type State string

const (
	Unknown State = "unknown" // nothing counts here, or nothing was heard
	Stale   State = "stale"   // counted, but too long ago
	Closed  State = "closed"  // the area is not open
	Live    State = "live"    // counted now; zero is a figure like others
)

// Count is what was counted.
type Count struct {
	State   State
	Inside  int       // 在园人数
	Entered int       // 累计入园
	AsOf    time.Time // when the newest sample was taken
}

// Limits are the approved limits; nil where none was approved.
type Limits struct {
	Instant *int // 核定瞬时最大承载量
	Daily   *int // 核定日最大承载量
	Optimal *int // 最佳日承载量: what some cities begin to warn at
}

// Kind names a comparison by what it is compared with. Never rename.
type Kind string

const (
	Instant Kind = "instant" // the number inside with the instantaneous limit
	Daily   Kind = "daily"   // the number entered today with the daily limit
)

// Compared is a number and what it is compared with.
type Compared struct {
	Kind         Kind
	Value        int
	Limit        *int     // that holds: what was approved, or what the scheme lets in of it; nil not approved
	Percent      *float64 // share of the limit, cut to 0.1; nil without a limit
	Level        Level
	FromPercent  float64 // bounds of the level: from <= share < below
	BelowPercent float64 // 0: no end
	Decides      bool    // the worse of the two: the level of the area is made of it
}

// Judgement is how full an area is, with all that it was made of.
type Judgement struct {
	State    State
	Level    Level // NotAssessed unless State is Live or Stale and a limit was approved
	Peak     Peak  // made of the daily figure
	Full     bool  // a limit is reached: no more may be let in or sold
	Compared []Compared
	AsOf     time.Time
	Scheme   Scheme
}

// Judge compares a count with the approved limits.
func Judge(c Count, l Limits, s Scheme) Judgement {
	j := Judgement{State: c.State, AsOf: c.AsOf, Scheme: s}
	if c.State != Live && c.State != Stale {
		return j
	}
	j.Compared = []Compared{compare(Instant, c.Inside, l.Instant, s), compare(Daily, c.Entered, l.Daily, s)}
	worst := -1
	for i, f := range j.Compared {
		if f.Percent == nil {
			continue
		}
		if worst < 0 || worse(f, j.Compared[worst]) {
			worst = i
		}
		j.Full = j.Full || f.Value >= *f.Limit
		if f.Kind == Daily {
			optimal := 0
			if l.Optimal != nil {
				optimal = *l.Optimal
			}
			j.Peak = s.Peak(f.Value, *f.Limit, optimal)
		}
	}
	if worst >= 0 {
		j.Compared[worst].Decides = true
		j.Level = j.Compared[worst].Level
	}
	return j
}

// worse reports whether a is fuller than b: by its level, then by its share.
func worse(a, b Compared) bool {
	if a.Level != b.Level {
		return a.Level.Fuller(b.Level)
	}
	return *a.Percent > *b.Percent
}

func compare(kind Kind, value int, limit *int, s Scheme) Compared {
	f := Compared{Kind: kind, Value: value}
	if limit == nil || *limit <= 0 {
		return f
	}
	holds := s.cap(kind, *limit)
	p := cut(float64(value)*100/float64(holds), 1)
	f.Limit, f.Percent = &holds, &p
	// Judged by the exact share, and shown cut, not rounded: 94.96 % is neither in the
	// red nor shown as the 95.0 % at which that begins.
	f.Level, f.FromPercent, f.BelowPercent = s.Of(float64(value) * 100 / float64(holds))
	return f
}
