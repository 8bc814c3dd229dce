package tourismhttp

import (
	"context"
	"errors"
	"strings"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/tourism"
	"yijianyou/tourism/comfort"
	"yijianyou/web/httpkit"
)

// ComfortView is how full an area is, as tourists see it.
type ComfortView struct {
	AreaID      string         `json:"areaId"`
	State       Coded          `json:"state" doc:"unknown, stale, closed or live; zero is live"`
	Level       *Coded         `json:"level" doc:"clear, comfortable, busy, crowded or packed; null: no approved limit (未核定), or nothing counted"`
	Peak        *Coded         `json:"peak" doc:"peak level of LB/T 068-2017 (III, II, I), issued by the area; null none"`
	Full        bool           `json:"full" doc:"a limit is reached: nobody more is let in"`
	AsOf        *time.Time     `json:"asOf" doc:"when the newest sample was taken; null: never"`
	Figures     []ComfortCount `json:"figures" nullable:"false"`
	Approval    *Approval      `json:"approval" doc:"who approved the limits; null: 未核定"`
	Scheme      ComfortScheme  `json:"scheme"`
	Explanation heritage.Text  `json:"explanation" doc:"how the level came about"`
	Index       IndexView      `json:"index" doc:"how pleasant and how safe it is, by published weights"`
	Explained   []FigureView   `json:"explained" nullable:"false" doc:"the figures that the index is made of, each with its inputs, their age, formula, version and source; those of counts only where the area publishes them"`
	Simulated   bool           `json:"simulated"`
}

// ComfortCount is one figure and what it is compared with.
type ComfortCount struct {
	Kind         string        `json:"kind" enum:"instant,daily"`
	Label        heritage.Text `json:"label"`
	Value        *int          `json:"value" doc:"null: the area shows a band only"`
	Compared     heritage.Text `json:"compared" doc:"what it is compared with"`
	Limit        *int          `json:"limit" doc:"null: 未核定"`
	Percent      *float64      `json:"percent" doc:"share of the limit, 0.1; null without a limit, or when a band only is shown"`
	FromPercent  float64       `json:"fromPercent" doc:"band of the level: from"`
	BelowPercent float64       `json:"belowPercent" doc:"band of the level: below; 0 has no end"`
	Level        *Coded        `json:"level"`
	Decides      bool          `json:"decides" doc:"the level of the area is made of this one"`
}

// Approval is who approved the limits.
type Approval struct {
	By       heritage.Text `json:"by"`
	Document string        `json:"document"`
	On       heritage.Day  `json:"on"`
}

// ComfortScheme is the set of levels that was applied.
type ComfortScheme struct {
	Version  string        `json:"version"`
	Source   heritage.Text `json:"source"`
	Verified bool          `json:"verified"`
}

// CrowdView is how full an area is, as its staff see it.
type CrowdView struct {
	ComfortView
	Org      actor.OrgID       `json:"org"`
	Name     heritage.Text     `json:"name"`
	TimeZone string            `json:"timeZone"`
	Day      string            `json:"day" doc:"of the count; empty when nothing is counted"`
	Inside   int               `json:"inside"`
	Entered  int               `json:"entered"`
	Drift    int               `json:"drift" doc:"how many people the gates must have missed"`
	Gates    []tourism.Gate    `json:"gates" nullable:"false"`
	Hours    []tourism.Hour    `json:"hours" nullable:"false"`
	Queue    *QueueView        `json:"queue" doc:"the longest queue as staff counted it last; null: never"`
	Proposal *CapacityProposal `json:"proposal" doc:"what LB/T 034-2014 computes: a proposal and no limit; null when it cannot be computed"`
}

// QueueView is the longest queue of an area as somebody counted it.
type QueueView struct {
	tourism.QueueCount
	At time.Time `json:"at"`
	By string    `json:"by" doc:"name of who counted, as it was then"`
}

// CapacityProposal is a computed capacity.
type CapacityProposal struct {
	Instant  int        `json:"instant"`
	Daily    int        `json:"daily" doc:"0 unknown"`
	Turnover int        `json:"turnover" doc:"0 unknown"`
	Spatial  Capacities `json:"spatial" doc:"of the spaces"`
	Facility Capacities `json:"facility" doc:"of the facilities; the lesser of both is the base value"`
	Formula  string     `json:"formula"`
	Source   string     `json:"source"`
	Verified bool       `json:"verified"`
}

// Capacities are a capacity at one moment and in a day; 0 unknown.
type Capacities struct {
	Instant int `json:"instant"`
	Daily   int `json:"daily"`
}

type comfortOutput struct{ Body ComfortView }

type comfortsOutput struct{ Body httpkit.Page[ComfortView] }

type comfortsInput struct {
	Areas string `query:"areas" required:"true" maxLength:"2000" doc:"ids of areas, separated by commas, at most 50; those that are not public are left out"`
}

type areaIDInput struct {
	ID string `path:"id" format:"uuid"`
}

type crowdOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         CrowdView
}

type correctionInput struct {
	ID   string `path:"id" format:"uuid"`
	Body CrowdCorrection
}

// CrowdCorrection sets the number inside.
type CrowdCorrection struct {
	Inside int    `json:"inside" doc:"people inside now, as counted by hand"`
	Reason string `json:"reason"`
}

type queueInput struct {
	ID   string `path:"id" format:"uuid"`
	Body tourism.QueueCount
}

const maxComforts = 50

func mountComfort(r *httpkit.Router, svc *tourism.Service) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/comfort", ID: "comforts", Tag: "areas", Policy: httpkit.Public(),
		Summary: "How full several areas are, for cards"}, comforts(svc))
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/areas/{id}/comfort", ID: "area-comfort", Tag: "areas", Policy: httpkit.Public(),
		Summary: "How full an area is, and why the level says so"},
		func(ctx context.Context, in *areaIDInput) (*comfortOutput, error) {
			c, err := svc.PublicCrowd(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			return &comfortOutput{Body: publicComfort(c)}, nil
		})
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/areas/{id}/comfort/forecast", ID: "area-comfort-forecast", Tag: "areas", Policy: httpkit.Public(),
		Summary: "How full an area is expected to be: quarters of an hour for six hours, hours for three days"},
		func(ctx context.Context, in *areaIDInput) (*forecastOutput, error) {
			c, err := svc.PublicCrowd(ctx, in.ID)
			return forecastAnswer(svc, c, err, false)
		})
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/areas/{id}/crowd/forecast", ID: "area-crowd-forecast", Tag: "areas", Policy: httpkit.Can(actor.AreaRead),
		Summary: "What is expected of an area in numbers, for its staff"},
		func(ctx context.Context, in *areaIDInput) (*forecastOutput, error) {
			c, err := svc.Crowd(ctx, httpkit.Actor(ctx), in.ID)
			return forecastAnswer(svc, c, err, true)
		})
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/areas/{id}/crowd", ID: "area-crowd", Tag: "areas", Policy: httpkit.Can(actor.AreaRead),
		Summary: "Counts of an area with gates and hours, for its staff"},
		func(ctx context.Context, in *areaIDInput) (*crowdOutput, error) {
			c, err := svc.Crowd(ctx, httpkit.Actor(ctx), in.ID)
			return crowdAnswer(c, err)
		})
	httpkit.Handle(r, httpkit.Op{Method: "POST", Path: "/api/v1/areas/{id}/crowd/corrections", ID: "area-crowd-correct", Tag: "areas", Policy: httpkit.Can(actor.AlarmAnswer),
		Summary: "Set the number inside to what was counted by hand", Faults: []*fault.Code{tourism.ErrNotCounted}},
		func(ctx context.Context, in *correctionInput) (*crowdOutput, error) {
			c, err := svc.Correct(ctx, httpkit.Actor(ctx), in.ID, in.Body.Inside, in.Body.Reason)
			return crowdAnswer(c, err)
		})
	httpkit.Handle(r, httpkit.Op{Method: "PUT", Path: "/api/v1/areas/{id}/queue", ID: "area-queue-count", Tag: "areas", Policy: httpkit.Can(actor.AlarmAnswer),
		Summary: "Note the longest queue as it was just counted by hand"},
		func(ctx context.Context, in *queueInput) (*crowdOutput, error) {
			c, err := svc.CountQueue(ctx, httpkit.Actor(ctx), in.ID, in.Body)
			return crowdAnswer(c, err)
		})
}

func comforts(svc *tourism.Service) func(context.Context, *comfortsInput) (*comfortsOutput, error) {
	return func(ctx context.Context, in *comfortsInput) (*comfortsOutput, error) {
		list := strings.Split(in.Areas, ",")
		if len(list) > maxComforts {
			return nil, httpkit.Malformed(errAreas.At("query.areas", fault.P("max", maxComforts)))
		}
		out := &comfortsOutput{Body: httpkit.Page[ComfortView]{Items: []ComfortView{}}}
		for _, id := range list {
			if !ids.Valid(id) {
				return nil, httpkit.Malformed(errAreas.At("query.areas", fault.P("max", maxComforts)))
			}
			c, err := svc.PublicCrowd(ctx, id)
			if errors.Is(err, tourism.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
			out.Body.Items = append(out.Body.Items, publicComfort(c))
		}
		return out, nil
	}
}

var errAreas = fault.Define(fault.Invalid, "tourism.areas",
	"请给出 1 至 {max} 个景区编号，用逗号分隔。", "Name 1 to {max} ids of areas, separated by commas.")

func crowdAnswer(c *tourism.Crowd, err error) (*crowdOutput, error) {
	if err != nil {
		return nil, err
	}
	v := CrowdView{ComfortView: comfortView(c, true), Org: c.Org, Name: c.Fields.Name, TimeZone: c.Fields.TimeZone,
		Day: c.Counted.Day, Inside: c.Counted.Inside, Entered: c.Counted.Entered, Drift: c.Counted.Drift, Gates: []tourism.Gate{}, Hours: []tourism.Hour{}}
	v.Gates, v.Hours = append(v.Gates, c.Counted.Gates...), append(v.Hours, c.Counted.Hours...)
	if q := c.Queue; q != nil {
		v.Queue = &QueueView{QueueCount: q.QueueCount, At: q.At, By: q.By.Name}
	}
	if p := c.Proposal; p != nil {
		v.Proposal = &CapacityProposal{Instant: p.Instant, Daily: p.Daily, Turnover: p.Turnover,
			Spatial: Capacities(p.Spatial), Facility: Capacities(p.Facility), Formula: p.Formula, Source: p.Source, Verified: p.Verified}
	}
	return &crowdOutput{CacheControl: "private, no-store", Body: v}, nil
}

// publicComfort shows the counts themselves only when the area publishes them.
func publicComfort(c *tourism.Crowd) ComfortView {
	return comfortView(c, published(c))
}

// comfortView shows the counts themselves, or only the bands in which they lie.
func comfortView(c *tourism.Crowd, numbers bool) ComfortView {
	j := c.Judgement
	v := ComfortView{AreaID: string(c.AreaID), State: stateCode(j.State), Level: levelCode(j.Level), Full: j.Full, Figures: []ComfortCount{},
		Scheme: ComfortScheme{Version: j.Scheme.Version, Source: text(j.Scheme.Source), Verified: j.Scheme.Verified},
		Index:  indexView(c, numbers), Explained: figureViews(c, numbers), Simulated: c.Simulated}
	v.Explanation.ZH, v.Explanation.EN = j.Explain(numbers)
	v.Peak = peakCode(j.Peak)
	if !j.AsOf.IsZero() {
		v.AsOf = &j.AsOf
	}
	if p := c.Fields.Capacity; p != nil && (p.InstantMax != nil || p.DailyMax != nil) {
		v.Approval = &Approval{By: p.ApprovedBy, Document: p.Document, On: p.ApprovedOn}
	}
	for _, f := range j.Compared {
		n := ComfortCount{Kind: string(f.Kind), Limit: f.Limit, FromPercent: f.FromPercent, BelowPercent: f.BelowPercent, Level: levelCode(f.Level), Decides: f.Decides}
		n.Label.ZH, n.Label.EN = f.Kind.Label()
		n.Compared.ZH, n.Compared.EN = f.Kind.Limit()
		if numbers {
			n.Value, n.Percent = &f.Value, f.Percent
		}
		v.Figures = append(v.Figures, n)
	}
	return v
}

func stateCode(s comfort.State) Coded {
	zh, en := s.Label()
	return Coded{Code: string(s), Label: heritage.Text{ZH: zh, EN: en}}
}

// text is the words of comfort as those of the catalogue.
func text(w comfort.Words) heritage.Text { return heritage.Text{ZH: w.ZH, EN: w.EN} }

func peakCode(p comfort.Peak) *Coded {
	if p == comfort.NoPeak {
		return nil
	}
	zh, en := p.Label()
	return &Coded{Code: string(p), Label: heritage.Text{ZH: zh, EN: en}}
}

func levelCode(l comfort.Level) *Coded {
	if l == comfort.NotAssessed {
		return nil
	}
	zh, en := l.Label()
	return &Coded{Code: string(l), Label: heritage.Text{ZH: zh, EN: en}}
}
