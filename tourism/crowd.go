package tourism

import (
	"context"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/tourism/comfort"
)

// Counted is what the gates of an area say, as Crowds tells it.
type Counted struct {
	State     comfort.State // Unknown, Stale or Live; whether it is closed is known here
	Inside    int
	Entered   int
	Drift     int // people that the gates must have missed
	AsOf      time.Time
	Day       string // of the count, "2026-11-28"
	Gates     []Gate
	Hours     []Hour // oldest first
	Simulated bool
}

// Gate is one counting gate.
type Gate struct {
	ID      string        `json:"id"`
	Name    heritage.Text `json:"name"`
	In      int           `json:"in"` // today
	Out     int           `json:"out"`
	HeardAt *time.Time    `json:"heardAt" doc:"null: never"`
	Down    bool          `json:"down"`
}

// Hour is what all gates counted in an hour.
type Hour struct {
	Hour time.Time `json:"hour"` // its begin
	In   int       `json:"in"`
	Out  int       `json:"out"`
}

// Crowd is how full an area is, with all that it is made of.
type Crowd struct {
	AreaID    AreaID
	Fields    *AreaFields // that it is judged by: what is published, for the staff the newest
	Org       actor.OrgID // whose the area is; "" for tourists
	Counted   Counted
	Judgement comfort.Judgement
	Proposal  *comfort.Proposal // of LB/T 034-2014; nil when it cannot be computed
	Figures   []comfort.Figure  // what the index is made of, in the order of screens
	Index     comfort.Index
	Forecast  *CrowdForecast // nil while too little was counted
	Queue     *Queue         // as it was counted last, however long ago; nil never
	Simulated bool           // the area, its counts or what is measured outdoors is made up

	closed closing // by the hours that it was judged by
}

// ErrNotCounted is a correction of an area that has no gates.
var ErrNotCounted = fault.Define(fault.Conflict, "tourism.not_counted",
	"该景区没有登记计数区域，无法校正在园人数。请先登记区域和闸机。", "No zone is counted for this area, so there is nothing to correct. Register a zone and its gates first.")

// PublicCrowd returns how full an area that tourists see is, judged by the
// limits that were published.
//
// Errors: ErrNotFound.
func (s *Service) PublicCrowd(ctx context.Context, id string) (*Crowd, error) {
	p, err := s.Areas.Public(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.crowd(ctx, &Crowd{AreaID: AreaID(id), Fields: &p.Fields})
}

// Crowd returns how full an area is, for its staff: judged by the newest
// limits.
//
// Errors: ErrNotFound.
func (s *Service) Crowd(ctx context.Context, by actor.Actor, id string) (*Crowd, error) {
	rec, err := s.Areas.read(ctx, s.st, by, id)
	if err != nil {
		return nil, err
	}
	return s.crowd(ctx, &Crowd{AreaID: AreaID(id), Fields: &rec.Fields, Org: rec.Org})
}

// Correct sets the number inside to what somebody counted.
//
// Errors: ErrNotFound, ErrDenied, ErrNotCounted, fault.ErrInvalid.
func (s *Service) Correct(ctx context.Context, by actor.Actor, id string, inside int, reason string) (*Crowd, error) {
	rec, err := s.Areas.read(ctx, s.st, by, id)
	if err != nil {
		return nil, err
	}
	if !by.Can(actor.AlarmAnswer, rec.Org) {
		return nil, ErrDenied.New()
	}
	if s.crowds == nil {
		return nil, ErrNotCounted.New()
	}
	if err := s.crowds.Correct(ctx, by, AreaID(id), inside, reason); err != nil {
		return nil, err
	}
	return s.crowd(ctx, &Crowd{AreaID: AreaID(id), Fields: &rec.Fields, Org: rec.Org})
}

// crowd counts and judges out, of which the area is known, and computes all else.
func (s *Service) crowd(ctx context.Context, out *Crowd) (*Crowd, error) {
	var err error
	if out.closed, err = s.closed(ctx, out.Fields); err != nil {
		return nil, err
	}
	if err := s.judge(ctx, out); err != nil {
		return nil, err
	}
	if p, ok := out.Fields.proposal(); ok {
		out.Proposal = &p
	}
	out.Forecast = s.forecast(out.AreaID)
	return out, s.assess(ctx, out)
}

// judge counts and judges out, of which the area and its hours are known.
func (s *Service) judge(ctx context.Context, out *Crowd) error {
	out.Counted.State = comfort.Unknown
	if s.crowds != nil {
		var err error
		if out.Counted, err = s.crowds.Counted(ctx, s.st, out.AreaID); err != nil {
			return err
		}
	}
	if out.Counted.State == comfort.Stale && out.Counted.AsOf.IsZero() { // silent since before the day began: its zeros say nothing
		out.Counted.State = comfort.Unknown
	}
	c := comfort.Count{State: out.Counted.State, Inside: out.Counted.Inside, Entered: out.Counted.Entered, AsOf: out.Counted.AsOf}
	if out.closed(s.st.Now()) && c.Inside == 0 { // whoever is still inside is counted on
		c.State = comfort.Closed
	}
	out.Judgement = comfort.Judge(c, out.Fields.Capacity.limits(), out.Fields.Capacity.scheme())
	return nil
}

// closing reports whether an area is closed at a moment by its hours. Hours that are
// not known close nothing.
type closing = func(time.Time) bool

// closed reads the hours of an area, for all moments that a request asks of.
func (s *Service) closed(ctx context.Context, f *AreaFields) (closing, error) {
	hours, err := s.hours(ctx, f)
	if err != nil {
		return nil, err
	}
	if hours == nil {
		return func(time.Time) bool { return false }, nil
	}
	zone, err := time.LoadLocation(f.TimeZone)
	if err != nil {
		return nil, err
	}
	return closingOf(hours, zone), nil
}

// closingOf is closed for hours that were read already; nil unknown.
func closingOf(hours *heritage.OpeningHours, zone *time.Location) closing {
	return func(t time.Time) bool { return hours.ClosedAt(t.In(zone)) }
}

// hours returns the hours of an area: its own, or those of the museum whose
// grounds it is; nil when they are not known.
func (s *Service) hours(ctx context.Context, f *AreaFields) (*heritage.OpeningHours, error) {
	switch {
	case f.MuseumID != "":
		return s.catalogue.Hours(ctx, s.st, f.MuseumID)
	case f.Visiting != nil:
		return f.Visiting.Hours, nil
	}
	return nil, nil
}
