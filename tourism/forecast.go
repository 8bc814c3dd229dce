package tourism

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"time"

	"yijianyou/tourism/comfort/calendar"
	"yijianyou/tourism/comfort/forecast"
)

// Past is what was counted in an area before now, as Crowds tells it.
type Past struct {
	Steps     []PastStep // oldest first; days without any count are left out
	DayEnds   time.Time  // when the present day of the counts ends
	Simulated bool
}

// PastStep is how many were in and had come at the end of a step.
type PastStep struct {
	At      time.Time // begin of the step
	Inside  int
	Entered int
	Heard   bool // a gate counted in it
}

// CrowdForecast is what is expected of the crowd of an area, as counts alone tell.
type CrowdForecast struct {
	MadeAt    time.Time
	From      time.Time // of the oldest count that it was made of
	Until     time.Time // end of the newest step that it was made of: it is as old as that
	Steps     int       // hours that it was made of
	Soon      []Ahead   // in quarters of an hour, six hours
	Later     []Ahead   // in hours, three days; never empty
	Simulated bool
}

// ends is the last moment that is foretold.
func (o *CrowdForecast) ends() time.Time { return o.Later[len(o.Later)-1].At }

// Ahead is what is expected at one moment.
type Ahead struct {
	At      time.Time
	Inside  Range
	Entered Range
	Known   bool // the calendar covers the day
}

// Range is a number of people that is expected: as often more as less will come, and
// forecast.Share of what comes lies from Low to High.
type Range struct {
	Expected int `json:"expected"`
	Low      int `json:"low"`
	High     int `json:"high"`
}

// How far back counts are read: the year for holidays, weeks for quarters.
const (
	hourPast    = 800 * 24 * time.Hour
	quarterPast = 28 * 24 * time.Hour
	quarter     = 15 * time.Minute
	soonSpan    = 6 * time.Hour
)

// forecasts keeps the newest forecast of each area.
type forecasts struct {
	mu     sync.RWMutex
	byArea map[AreaID]*CrowdForecast
	china  calendar.Calendar
}

// RefreshForecasts makes the forecasts of all areas whose visitors are counted anew.
// It reads years of counts: the program calls it every few minutes, off the
// requests. The one of an area that fails stays as it was; the error names each.
func (s *Service) RefreshForecasts(ctx context.Context) error {
	if s.crowds == nil {
		return nil
	}
	areas, err := s.crowds.Areas(ctx, s.st)
	if err != nil {
		return err
	}
	made := make(map[AreaID]*CrowdForecast)
	var failed []error
	for _, id := range areas {
		o, err := s.makeForecast(ctx, id)
		if err != nil {
			failed = append(failed, fmt.Errorf("area %s: %w", id, err))
			o = s.forecast(id)
		}
		if o != nil {
			made[id] = o
		}
	}
	s.forecasts.mu.Lock()
	defer s.forecasts.mu.Unlock()
	s.forecasts.byArea = made
	return errors.Join(failed...)
}

// forecast returns the newest forecast of an area; nil while there is none.
func (s *Service) forecast(id AreaID) *CrowdForecast {
	s.forecasts.mu.RLock()
	defer s.forecasts.mu.RUnlock()
	return s.forecasts.byArea[id]
}

// makeForecast foretells an area; nil when too little was counted, when the counts ended
// too long ago for anything ahead to be foretold, or when the area is gone.
func (s *Service) makeForecast(ctx context.Context, id AreaID) (*CrowdForecast, error) {
	zone, err := s.zoneOf(ctx, id)
	if err != nil || zone == nil {
		return nil, err
	}
	now := s.st.Now()
	hours, err := s.crowds.Past(ctx, s.st, id, now.Add(-hourPast), time.Hour)
	if err != nil || len(hours.Steps) == 0 {
		return nil, err
	}
	quarters, err := s.crowds.Past(ctx, s.st, id, now.Add(-quarterPast), quarter)
	if err != nil {
		return nil, err
	}
	o := &CrowdForecast{MadeAt: now, From: hours.Steps[0].At, Until: hours.Steps[len(hours.Steps)-1].At.Add(time.Hour), Steps: len(hours.Steps), Simulated: hours.Simulated}
	if n := len(quarters.Steps); n > 0 { // they reach to the present quarter
		o.Until = quarters.Steps[n-1].At.Add(quarter)
	}
	if o.Later, err = s.ahead(hours, zone, time.Hour, forecast.Longest); err != nil {
		return nil, err
	}
	if o.Soon, err = s.ahead(quarters, zone, quarter, soonSpan); err != nil {
		return nil, err
	}
	if len(o.Later) == 0 || !o.ends().After(now) {
		return nil, nil
	}
	return o, nil
}

// zoneOf is the time zone of an area; nil when the area is gone.
func (s *Service) zoneOf(ctx context.Context, id AreaID) (*time.Location, error) {
	docs, err := areaDocs.GetMany(ctx, s.st, []string{string(id)})
	if err != nil || len(docs) == 0 {
		return nil, err
	}
	return time.LoadLocation(docs[0].Fields.TimeZone)
}

// ahead foretells both figures from their past; nothing when there is none. A moment is
// the end of a step.
func (s *Service) ahead(past Past, zone *time.Location, step, span time.Duration) ([]Ahead, error) {
	o := forecast.Options{Step: step, Zone: zone, Calendar: s.forecasts.china}
	inside, err := foretell(o, past, span, func(p PastStep) int { return p.Inside })
	if err != nil {
		return nil, err
	}
	entered, err := foretell(o, past, span, func(p PastStep) int { return p.Entered })
	if err != nil || len(inside) == 0 || len(entered) != len(inside) {
		return nil, err
	}
	last := past.Steps[len(past.Steps)-1]
	floor, unseen := last.Entered, max(last.Inside-last.Entered, 0) // a correction may find more inside than came
	out := make([]Ahead, len(inside))
	for i, p := range inside {
		a := Ahead{At: p.At.Add(step), Inside: rangeOf(p), Entered: rangeOf(entered[i]), Known: p.Known}
		if a.At.After(past.DayEnds) {
			floor, unseen = 0, 0 // another day has begun
		}
		for _, v := range []*int{&a.Entered.Expected, &a.Entered.Low, &a.Entered.High} {
			*v = max(*v, floor) // who has come has come
		}
		for _, v := range []*int{&a.Inside.Expected, &a.Inside.Low, &a.Inside.High} {
			*v = min(*v, a.Entered.High+unseen) // and nobody else is inside
		}
		out[i] = a
	}
	return out, nil
}

// foretell learns one figure and foretells it. A step in which no gate was heard is
// known when nobody was inside, else people may have passed unseen.
func foretell(o forecast.Options, past Past, span time.Duration, figure func(PastStep) int) ([]forecast.Point, error) {
	m, err := forecast.New(o)
	if err != nil {
		return nil, err
	}
	for _, p := range past.Steps {
		v := float64(figure(p))
		if !p.Heard && p.Inside > 0 {
			v = math.NaN()
		}
		if err := m.Observe(p.At, v); err != nil {
			return nil, err
		}
	}
	return m.Forecast(span), nil
}

func rangeOf(p forecast.Point) Range {
	return Range{Expected: int(math.Round(p.Expected)), Low: int(math.Floor(p.Low)), High: int(math.Ceil(p.High))}
}
