package tourismhttp

import (
	"context"
	"time"

	"yijianyou/heritage"
	"yijianyou/tourism"
	"yijianyou/web/httpkit"
)

// PlanQuery asks for a walk through an area or a day in a city. It is kept nowhere.
type PlanQuery struct {
	AreaID        string     `json:"areaId,omitempty" doc:"id of the area; either this or city"`
	City          string     `json:"city,omitempty" maxLength:"100" doc:"Chinese name of the city as the facet city of the search has it, 郑州市: a day over its areas, museums and sites, whose ids stand where an area has ids of spots"`
	Start         *PlanStart `json:"start,omitempty" doc:"where the visitor stands, WGS-84; left out: at startSpot, in an area at the gate, in a city anywhere"`
	StartSpot     string     `json:"startSpot,omitempty" doc:"id of the spot, or place of the city, where the visitor stands"`
	StartAt       *time.Time `json:"startAt,omitempty" doc:"left out: now"`
	BudgetMinutes int        `json:"budgetMinutes" doc:"15 to 720"`
	Interests     []string   `json:"interests,omitempty" nullable:"false" doc:"code list interest"`
	Pace          string     `json:"pace,omitempty" doc:"code list pace; left out: normal"`
	Accessible    string     `json:"accessible,omitempty" doc:"code list visitor-access: pushchair or wheelchair; left out: neither"`
	Must          []string   `json:"must,omitempty" nullable:"false" doc:"ids of spots, at most 50"`
	Avoid         []string   `json:"avoid,omitempty" nullable:"false" doc:"ids of spots, at most 300"`
	Done          []string   `json:"done,omitempty" nullable:"false" doc:"when planning anew: ids of spots already seen, at most 300"`
	Before        []string   `json:"before,omitempty" nullable:"false" doc:"when planning anew: ids of the stops still planned, in their order, at most 300; what can be kept is kept"`
}

// PlanStart is a position.
type PlanStart struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// PlanView is a walk through an area or a day in a city.
type PlanView struct {
	AreaID     string           `json:"areaId" doc:"empty: a city was asked for"`
	City       *heritage.Text   `json:"city" doc:"null: an area was asked for"`
	TimeZone   string           `json:"timeZone" doc:"IANA name of the zone by whose clock it is to be told"`
	ComputedAt time.Time        `json:"computedAt"`
	StartAt    time.Time        `json:"startAt"`
	EndAt      time.Time        `json:"endAt" doc:"back at the gate"`
	Gate       *Named           `json:"gate" doc:"where it ends, and begins unless the visitor said where he stands; null: none is known"`
	Stops      []PlanStopView   `json:"stops" nullable:"false"`
	HomePaths  []string         `json:"homePaths" nullable:"false" doc:"ids of the paths from the last stop to the gate, in order"`
	HomeM      int              `json:"homeM" doc:"way from the last stop to the gate, metres"`
	WalkM      int              `json:"walkM" doc:"all ways on foot together, metres"`
	RideM      int              `json:"rideM" doc:"all ways by vehicle together, metres; 0 in an area"`
	Left       []PlanLeftView   `json:"left" nullable:"false" doc:"what is left out: the wanted first, then by worth"`
	Changes    []PlanChangeView `json:"changes" nullable:"false" doc:"when planning anew: what became of before"`
	Score      int              `json:"score" doc:"what the stops are worth together; for comparing plans of one area or city"`
	Estimated  bool             `json:"estimated" doc:"a part of the way follows no published path and is an estimate"`
	Estimate   *PlanEstimate    `json:"estimate" doc:"by what ways, hours and lengths of stay were estimated; to be shown; null in an area"`
	Unlisted   int              `json:"unlisted" doc:"records of the city that are not planned because no position is published, or not that they are open"`
	Crowd      PlanCrowd        `json:"crowd"`
	Simulated  bool             `json:"simulated"`
}

// PlanEstimate is a named assumption.
type PlanEstimate struct {
	Name    string        `json:"name"`
	Version int           `json:"version" doc:"raised with every change of a figure"`
	Text    heritage.Text `json:"text"`
}

// PlanCrowd says what the levels of the stops are made of.
type PlanCrowd struct {
	Basis string     `json:"basis" enum:"none,now,forecast" doc:"now: the present level is taken to last for two hours"`
	AsOf  *time.Time `json:"asOf" doc:"of the count; null: nothing is known"`
}

// PlanStopView is one stop.
type PlanStopView struct {
	SpotID    string           `json:"spotId" doc:"in a city the id of the area, museum or site"`
	Kind      string           `json:"kind" enum:"spot,area,museum,site"`
	Name      heritage.Text    `json:"name"`
	Location  *PlanStart       `json:"location" doc:"WGS-84; null: not published"`
	ArriveAt  time.Time        `json:"arriveAt"`
	BeginAt   time.Time        `json:"beginAt" doc:"after arriveAt where one waits for the opening"`
	LeaveAt   time.Time        `json:"leaveAt"`
	WalkM     int              `json:"walkM" doc:"on foot from the stop before, metres"`
	RideM     int              `json:"rideM" doc:"by vehicle from the stop before, metres"`
	Paths     []string         `json:"paths" nullable:"false" doc:"ids of the paths that lead here, in order"`
	Estimated bool             `json:"estimated" doc:"a part of the way here follows no published path"`
	Level     *Coded           `json:"level" doc:"how full it is expected to be on arrival; null unknown"`
	Why       []PlanReasonView `json:"why" nullable:"false"`
}

// PlanReasonView is a reason with its words.
type PlanReasonView struct {
	Code string        `json:"code"`
	Text heritage.Text `json:"text"`
}

// PlanLeftView is a place that is left out.
type PlanLeftView struct {
	SpotID string         `json:"spotId"`
	Kind   string         `json:"kind" doc:"spot, area, museum or site; empty: there is no such public place"`
	Name   heritage.Text  `json:"name" doc:"empty: there is no such public place"`
	Must   bool           `json:"must" doc:"the visitor asked for it"`
	Why    PlanReasonView `json:"why"`
}

// PlanChangeView is what became of a stop of the plan before.
type PlanChangeView struct {
	SpotID string          `json:"spotId"`
	Name   heritage.Text   `json:"name"`
	How    string          `json:"how" enum:"kept,moved,dropped,added"`
	Why    *PlanReasonView `json:"why" doc:"null for what was kept or moved"`
}

type planInput struct{ Body PlanQuery }

type planOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         PlanView
}

// maxPlanBody is room for the longest lists of ids.
const maxPlanBody = 64 << 10

func mountPlan(r *httpkit.Router, svc *tourism.Service) {
	httpkit.Handle(r, httpkit.Op{Method: "POST", Path: "/api/v1/plans", ID: "plan", Tag: "areas", Policy: httpkit.Public(), MaxBody: maxPlanBody, NoReplay: true,
		Summary: "One tap: a walk through an area or a day in a city, with the reason of each stop and each omission; nothing of the question is kept"},
		func(ctx context.Context, in *planInput) (*planOutput, error) {
			p, err := svc.Plan(ctx, planRequest(&in.Body))
			if err != nil {
				return nil, err
			}
			return &planOutput{CacheControl: "no-store", Body: planView(p)}, nil
		})
}

func planRequest(q *PlanQuery) tourism.PlanRequest {
	req := tourism.PlanRequest{AreaID: tourism.AreaID(q.AreaID), City: q.City, StartSpot: tourism.StopID(q.StartSpot), Minutes: q.BudgetMinutes,
		Interests: typed[tourism.Code](q.Interests), Pace: tourism.Code(q.Pace), Access: tourism.Code(q.Accessible),
		Must: typed[tourism.StopID](q.Must), Avoid: typed[tourism.StopID](q.Avoid), Done: typed[tourism.StopID](q.Done), Before: typed[tourism.StopID](q.Before)}
	if q.Start != nil {
		req.Start = &tourism.Position{Lat: q.Start.Lat, Lon: q.Start.Lon}
	}
	if q.StartAt != nil {
		req.StartAt = *q.StartAt
	}
	return req
}

// typed gives the members of a list their type; nil stays nil.
func typed[T ~string](list []string) []T {
	if list == nil {
		return nil
	}
	out := make([]T, len(list))
	for i, v := range list {
		out[i] = T(v)
	}
	return out
}

func planView(p *tourism.Plan) PlanView {
	v := PlanView{AreaID: string(p.AreaID), TimeZone: p.TimeZone, ComputedAt: p.ComputedAt, StartAt: p.StartAt, EndAt: p.EndAt, Stops: []PlanStopView{}, HomePaths: pathIDs(p.HomePaths), HomeM: p.HomeM, WalkM: p.WalkM, RideM: p.RideM, Unlisted: p.Unlisted,
		Left: []PlanLeftView{}, Changes: []PlanChangeView{}, Score: p.Score, Estimated: p.Estimated, Crowd: PlanCrowd{Basis: "none"}, Simulated: p.Simulated || p.Crowd.Simulated}
	if p.Estimate != nil {
		v.City, v.Estimate = &p.City, &PlanEstimate{Name: p.Estimate.Name, Version: p.Estimate.Version, Text: p.Estimate.Text}
	}
	if p.Gate != "" {
		v.Gate = &Named{ID: string(p.Gate), Name: p.GateName}
	}
	if p.Crowd.Kind != "" {
		v.Crowd = PlanCrowd{Basis: p.Crowd.Kind, AsOf: &p.Crowd.AsOf}
	}
	for i := range p.Stops {
		v.Stops = append(v.Stops, stopView(&p.Stops[i]))
	}
	for _, l := range p.Left {
		v.Left = append(v.Left, PlanLeftView{SpotID: string(l.SpotID), Kind: string(l.Kind), Name: l.Name, Must: l.Must, Why: reasonView(l.Why)})
	}
	for _, c := range p.Changes {
		change := PlanChangeView{SpotID: string(c.SpotID), Name: c.Name, How: string(c.How)}
		if c.Why != nil {
			why := reasonView(*c.Why)
			change.Why = &why
		}
		v.Changes = append(v.Changes, change)
	}
	return v
}

func stopView(s *tourism.PlanStop) PlanStopView {
	v := PlanStopView{SpotID: string(s.SpotID), Kind: string(s.Kind), Name: s.Name, ArriveAt: s.ArriveAt, BeginAt: s.BeginAt, LeaveAt: s.LeaveAt, WalkM: s.WalkM, RideM: s.RideM, Paths: pathIDs(s.Paths), Estimated: s.Guessed,
		Level: levelCode(s.Level), Why: []PlanReasonView{}}
	if s.At != nil {
		v.Location = &PlanStart{Lat: s.At.Lat, Lon: s.At.Lon}
	}
	for _, r := range s.Why {
		v.Why = append(v.Why, reasonView(r))
	}
	return v
}

func reasonView(r tourism.PlanReason) PlanReasonView {
	return PlanReasonView{Code: string(r.Code), Text: r.Text}
}

func pathIDs(list []tourism.PathID) []string {
	out := make([]string, len(list))
	for i, id := range list {
		out[i] = string(id)
	}
	return out
}
