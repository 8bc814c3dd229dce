package tourismhttp

import (
	"context"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/tourism"
	"yijianyou/tourism/comfort"
	"yijianyou/tourism/comfort/forecast"
	"yijianyou/web/httpkit"
)

// WatchView is an area as who is on duty watches it: now, what is expected, and what the
// response plan does next.
type WatchView struct {
	AreaID    string        `json:"areaId"`
	Org       actor.OrgID   `json:"org"`
	Name      heritage.Text `json:"name"`
	TimeZone  string        `json:"timeZone"`
	Simulated bool          `json:"simulated" doc:"the counts, or what it is foretold from, are made up"`
	State     Coded         `json:"state"`
	Level     *Coded        `json:"level" doc:"now; null: no approved limit, or nothing counted"`
	Peak      *Coded        `json:"peak"`
	Full      bool          `json:"full"`
	Inside    *int          `json:"inside" doc:"null: unknown or closed"`
	AsOf      *time.Time    `json:"asOf" doc:"when the newest sample was taken; null: never"`
	MadeAt    *time.Time    `json:"madeAt" doc:"when it was foretold; null: too little was counted to tell"`
	Until     *time.Time    `json:"until" doc:"end of the newest count that it was foretold from"`
	Share     float64       `json:"share" doc:"of what comes that lies from low to high, as far as the past tells"`
	Ahead     []MomentView  `json:"ahead" nullable:"false" doc:"in a quarter of an hour, an hour and three; what is not foretold is left out"`
	Rise      *RiseView     `json:"rise" doc:"a fuller level is expected within the hour; null none"`
	Plan      PlanStepsView `json:"plan"`
}

// MomentView is what is expected some minutes from now.
type MomentView struct {
	Minutes int `json:"minutes" doc:"from now"`
	ExpectedView
}

// RiseView is a level that is expected to be reached.
type RiseView struct {
	At    time.Time `json:"at"`
	Level Coded     `json:"level"`
}

// PlanStepsView is what a response plan says of now and of the day ahead.
type PlanStepsView struct {
	Started []MeasureView `json:"started" nullable:"false" doc:"whose triggers are reached now"`
	Next    []MeasureView `json:"next" nullable:"false" doc:"what comes next, together; empty: nothing within 24 hours"`
	At      *time.Time    `json:"at" doc:"when; null without next"`
	Likely  bool          `json:"likely" doc:"by what is expected; false: only by the upper end of the interval"`
	Lacks   []Coded       `json:"lacks" nullable:"false" doc:"no-measures, no-limit, no-forecast: what is missing to tell the next step in full"`
}

// MeasureView is a step of a response plan.
type MeasureView struct {
	From Coded          `json:"from"`
	Do   *heritage.Text `json:"do" doc:"null: the area has no plan, and only the trigger of its scheme is known"`
}

type watchOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         WatchView
}

func mountWatch(r *httpkit.Router, svc *tourism.Service) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/areas/{id}/crowd/watch", ID: "area-crowd-watch", Tag: "areas", Policy: httpkit.Can(actor.AreaRead),
		Summary: "How full an area is, what is expected within three hours, and what its response plan does next"},
		func(ctx context.Context, in *areaIDInput) (*watchOutput, error) {
			c, err := svc.Crowd(ctx, httpkit.Actor(ctx), in.ID)
			if err != nil {
				return nil, err
			}
			return &watchOutput{CacheControl: "private, no-store", Body: watchView(svc, c)}, nil
		})
}

func watchView(svc *tourism.Service, c *tourism.Crowd) WatchView {
	j := c.Judgement
	v := WatchView{AreaID: string(c.AreaID), Org: c.Org, Name: c.Fields.Name, TimeZone: c.Fields.TimeZone, Simulated: c.Simulated,
		State: stateCode(j.State), Level: levelCode(j.Level), Peak: peakCode(j.Peak), Full: j.Full, Share: forecast.Share, Ahead: []MomentView{}}
	if j.State == comfort.Live || j.State == comfort.Stale {
		v.Inside = &c.Counted.Inside
	}
	if !j.AsOf.IsZero() {
		v.AsOf = &j.AsOf
	}
	if o := c.Forecast; o != nil {
		v.MadeAt, v.Until, v.Simulated = &o.MadeAt, &o.Until, v.Simulated || o.Simulated
	}
	for _, m := range svc.Moments(c) {
		v.Ahead = append(v.Ahead, MomentView{Minutes: int(m.After / time.Minute), ExpectedView: expectedView(m.Foretold, true)})
	}
	if f := svc.Rise(c); f != nil {
		v.Rise = &RiseView{At: f.At, Level: *levelCode(f.Level)}
	}
	v.Plan = planSteps(svc.Response(c))
	return v
}

func planSteps(r tourism.Response) PlanStepsView {
	v := PlanStepsView{Started: measureViews(r.Started), Next: measureViews(r.Next), Likely: r.Likely && len(r.Next) > 0, Lacks: []Coded{}}
	if !r.At.IsZero() {
		v.At = &r.At
	}
	for _, l := range r.Lacks {
		v.Lacks = append(v.Lacks, Coded{Code: string(l), Label: lackLabels[l]})
	}
	return v
}

// lackLabels say what is missing and how to mend it.
var lackLabels = map[tourism.PlanLack]heritage.Text{
	tourism.NoMeasures: {ZH: "没有登记应对措施：请在景区记录的“承载量”中填写", EN: "No measures are entered: add them under Capacity in the record of the area"},
	tourism.NoLimit:    {ZH: "没有核定承载量，无法判断何时启动", EN: "No limit is approved, so it cannot be told when a step starts"},
	tourism.NoForecast: {ZH: "计数太少，还不能预测", EN: "Too little was counted to foretell anything"},
}

func measureViews(list []tourism.Measure) []MeasureView {
	out := []MeasureView{}
	for _, m := range list {
		v := MeasureView{From: *coded(tourism.ResponseTriggers(), m.From)}
		if !m.Do.IsZero() {
			v.Do = &m.Do
		}
		out = append(out, v)
	}
	return out
}
