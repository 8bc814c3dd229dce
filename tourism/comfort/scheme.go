package comfort

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

// Step is where a level begins.
type Step struct {
	Level       Level   `json:"level"`
	FromPercent float64 `json:"fromPercent"` // of the limit, inclusive
}

// PeakStep is where a peak level begins.
type PeakStep struct {
	Peak        Peak    `json:"peak"`
	FromPercent float64 `json:"fromPercent"` // of the daily limit that holds, inclusive
	OfOptimal   bool    `json:"ofOptimal"`   // of the optimal daily capacity instead, where one is set
}

// Words are the same in Chinese and in English.
type Words struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// Scheme is a set of levels with where it is from. A city or an area may have
// another; each is data (data/schemes.json).
type Scheme struct {
	ID       string     `json:"id"`
	Version  string     `json:"version"`
	Name     Words      `json:"name"`
	Source   Words      `json:"source"`
	Verified bool       `json:"verified"` // compared with the text that it is from
	Steps    []Step     `json:"steps"`    // ascending; the first begins at 0
	Peaks    []PeakStep `json:"peaks"`    // from the mildest to the gravest

	// A temporary order may let in a part of what was approved only, in percent.
	InstantCapPercent float64 `json:"instantCapPercent"`
	DailyCapPercent   float64 `json:"dailyCapPercent"`
}

//go:embed data/schemes.json
var schemesJSON []byte

// HouseScheme is the id of the default scheme.
const HouseScheme = "house"

// Schemes returns the schemes that an area can choose from, the default first.
// They are read each time: keep them.
func Schemes() []Scheme {
	var out []Scheme
	if err := json.Unmarshal(schemesJSON, &out); err != nil {
		panic("comfort: data/schemes.json: " + err.Error()) // a test reads it
	}
	return out
}

// SchemeOf returns the scheme with an id, "" the default; ok is false when there is
// none.
func SchemeOf(id string) (Scheme, bool) {
	for _, s := range Schemes() {
		if s.ID == id || id == "" && s.ID == HouseScheme {
			return s, true
		}
	}
	return Scheme{}, false
}

// House is the default scheme. It is our own choice: no national standard divides
// the range below the peak levels of LB/T 068-2017.
func House() Scheme {
	s, _ := SchemeOf(HouseScheme)
	return s
}

// Check reports what is wrong with a scheme: levels must rise with their bounds.
func (s Scheme) Check() error {
	if len(s.Steps) == 0 || s.Steps[0].FromPercent != 0 || s.InstantCapPercent <= 0 || s.InstantCapPercent > 100 || s.DailyCapPercent <= 0 || s.DailyCapPercent > 100 {
		return fmt.Errorf("comfort: scheme %s: the first level must begin at 0 and caps lie above 0 up to 100", s.ID)
	}
	for i := 1; i < len(s.Steps); i++ {
		if s.Steps[i].FromPercent <= s.Steps[i-1].FromPercent || gravity[s.Steps[i].Level] <= gravity[s.Steps[i-1].Level] {
			return fmt.Errorf("comfort: scheme %s: levels must rise with their bounds", s.ID)
		}
	}
	for i := 1; i < len(s.Peaks); i++ {
		if gravityOfPeak[s.Peaks[i].Peak] <= gravityOfPeak[s.Peaks[i-1].Peak] || s.Peaks[i].FromPercent < s.Peaks[i-1].FromPercent && !s.Peaks[i-1].OfOptimal {
			return fmt.Errorf("comfort: scheme %s: peak levels must rise with their bounds", s.ID)
		}
	}
	return nil
}

// gravity and gravityOfPeak order the levels; the greater is the fuller.
var (
	gravity       = map[Level]int{Clear: 1, Comfortable: 2, Busy: 3, Crowded: 4, Packed: 5}
	gravityOfPeak = map[Peak]int{PeakIV: 1, PeakIII: 2, PeakII: 3, PeakI: 4}
)

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

// Peak returns the gravest peak level that a number entered reaches. An optimal
// capacity of 0 is none.
func (s Scheme) Peak(entered, limit, optimal int) Peak {
	out := NoPeak
	for _, p := range s.Peaks {
		of := limit
		if p.OfOptimal {
			of = optimal
		}
		if of > 0 && float64(entered)*100 >= p.FromPercent*float64(of) {
			out = p.Peak
		}
	}
	return out
}

// cap returns how many of an approved limit may be let in.
func (s Scheme) cap(kind Kind, limit int) int {
	percent := s.InstantCapPercent
	if kind == Daily {
		percent = s.DailyCapPercent
	}
	return max(int(float64(limit)*percent/100), 1)
}
