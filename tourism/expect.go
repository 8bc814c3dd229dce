package tourism

import (
	"context"
	"time"

	"yijianyou/tourism/comfort"
)

// Expectations says how full places will be.
type Expectations interface {
	// Outlook returns what is to be expected of an area that tourists see, judged by
	// the limits in fields and by its hours. It is never nil without an error.
	Outlook(ctx context.Context, area AreaID, fields *AreaFields, closed closing) (Outlook, error)
}

// Outlook is what is to be expected of one area. It is read by one goroutine.
type Outlook interface {
	// Expected returns the level of the area, or of a spot of it when spot is not
	// "", at a moment; ok is false when nothing can be said of that.
	Expected(spot SpotID, at time.Time) (level comfort.Level, ok bool)
	// Basis says what it is made of.
	Basis() ExpectedBasis
}

// ExpectedBasis says what expected levels are made of.
type ExpectedBasis struct {
	Kind      string    // "now", "forecast", or "" when nothing is known
	AsOf      time.Time // of the count; zero when nothing is known
	Simulated bool
}

// presentLevel expects that it stays as full as it is now, for a while.
type presentLevel struct{ s *Service }

// presentHolds is how long the present level is taken for what is to be expected;
// later nothing is. This project's own choice.
const presentHolds = 2 * time.Hour

// Outlook implements Expectations.
func (p presentLevel) Outlook(ctx context.Context, area AreaID, fields *AreaFields, closed closing) (Outlook, error) {
	c := &Crowd{AreaID: area, Fields: fields, closed: closed}
	if err := p.s.judge(ctx, c); err != nil {
		return nil, err
	}
	if c.Judgement.State != comfort.Live || c.Judgement.Level == comfort.NotAssessed {
		return asNow{}, nil
	}
	return asNow{level: c.Judgement.Level, from: p.s.st.Now(), basis: ExpectedBasis{Kind: "now", AsOf: c.Counted.AsOf, Simulated: c.Counted.Simulated}}, nil
}

type asNow struct {
	level comfort.Level
	from  time.Time
	basis ExpectedBasis
}

// Expected implements Outlook.
func (a asNow) Expected(_ SpotID, at time.Time) (comfort.Level, bool) {
	d := at.Sub(a.from)
	return a.level, a.level != comfort.NotAssessed && d > -time.Hour && d <= presentHolds
}

// Basis implements Outlook.
func (a asNow) Basis() ExpectedBasis { return a.basis }
