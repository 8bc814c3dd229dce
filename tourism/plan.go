package tourism

import (
	"context"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/fault"
	"yijianyou/tourism/comfort"
	"yijianyou/tourism/route"
)

// PlanRequest asks for a walk through an area. Nothing of it is stored or
// logged.
type PlanRequest struct {
	AreaID    AreaID
	Start     *Position // where the visitor stands; nil: at StartSpot, or at a gate
	StartSpot SpotID    // the spot where he stands; "" is not at a spot
	StartAt   time.Time // zero is now
	Minutes   int       // that he has, 15 to 720
	Interests []Code    // list interest
	Pace      Code      // list pace; "" is normal
	Access    Code      // list visitor-access; "" needs nothing
	Must      []SpotID  // wanted in any case
	Avoid     []SpotID  // not wanted
	Done      []SpotID  // replanning: already seen
	Before    []SpotID  // replanning: what was still planned, in its order
}

// Bounds of a request.
const (
	minPlanMinutes, maxPlanMinutes = 15, 12 * 60
	maxMust, maxAvoid, maxDone     = 50, 300, 300
	maxPlanAhead                   = 366 * 24 * time.Hour
)

// Plan is a walk. Everything public, and the same for whoever asks the same.
type Plan struct {
	AreaID     AreaID
	ComputedAt time.Time
	StartAt    time.Time
	Gate       SpotID // where it begins unless the visitor said where he stands, and where it ends; "" none is known
	GateName   heritage.Text
	Stops      []PlanStop
	HomePaths  []PathID // of the way from the last stop to the gate, in order
	HomeM      int      // way from the last stop to the gate
	EndAt      time.Time
	WalkM      int
	Left       []PlanLeft
	Changes    []PlanChange // replanning: what became of Before
	Score      int          // what the stops are worth together
	Estimated  bool         // a part of the way follows no published path
	Crowd      ExpectedBasis
	Simulated  bool
}

// PlanStop is one stop.
type PlanStop struct {
	SpotID   SpotID
	Name     heritage.Text
	ArriveAt time.Time
	BeginAt  time.Time // after ArriveAt where one waits
	LeaveAt  time.Time
	WalkM    int           // from the stop before
	Paths    []PathID      // that lead here, in order
	Guessed  bool          // a part of the way here follows no published path
	Level    comfort.Level // expected on arrival; NotAssessed unknown
	Why      []PlanReason
}

// PlanLeft is a spot that is left out.
type PlanLeft struct {
	SpotID SpotID
	Name   heritage.Text // empty when no such spot is public
	Must   bool
	Why    PlanReason
}

// PlanChange is what became of a spot of the plan before.
type PlanChange struct {
	SpotID SpotID
	Name   heritage.Text
	How    route.How
	Why    *PlanReason // nil for what was kept or moved
}

// PlanReason is a code with its words.
type PlanReason struct {
	Code route.Code
	Text heritage.Text
}

// planTime bounds the search; that a plan of 300 spots is made within it is
// measured by bench/route. Normally the number of iterations ends it before, so
// that the same question has the same answer.
const planTime = 120 * time.Millisecond

// planSeed is the seed of every plan.
const planSeed = 1

// What can be wrong with a request.
var (
	ErrPlanConflict = fault.Define(fault.Invalid, "tourism.plan_conflict",
		"同一个景点不能既必去又不去。", "A spot cannot be both wanted and avoided.")
	ErrPlanStart = fault.Define(fault.Invalid, "tourism.plan_start",
		"出发时间应在今天之前一天到一年以后之间。", "The start must lie between a day ago and a year ahead.")
	ErrPlanTwoStarts = fault.Define(fault.Invalid, "tourism.plan_two_starts",
		"出发位置和出发景点只填一个。", "Give a position to start from or a spot, not both.")
)

// Plan makes a walk through an area that tourists see: which spots, in which
// order, when, and why the others not.
//
// Errors: ErrNotFound, fault.ErrInvalid.
func (s *Service) Plan(ctx context.Context, req PlanRequest) (*Plan, error) {
	now := s.st.Now()
	if req.StartAt.IsZero() {
		req.StartAt = now
	}
	req.StartAt = req.StartAt.Truncate(time.Minute)
	if err := req.check(now); err != nil {
		return nil, err
	}
	area, err := s.Areas.Public(ctx, string(req.AreaID))
	if err != nil {
		return nil, err
	}
	land, err := s.terrain(ctx, req.AreaID)
	if err != nil {
		return nil, err
	}
	if _, ok := land.index[req.StartSpot]; req.StartSpot != "" && !ok {
		return nil, fault.InvalidFields([]fault.Field{ErrReference.At("startSpot")})
	}
	hours, err := s.hours(ctx, &area.Fields)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(area.Fields.TimeZone)
	if err != nil {
		return nil, err
	}
	outlook, err := s.expectations.Outlook(ctx, req.AreaID, &area.Fields, closingOf(hours, zone))
	if err != nil {
		return nil, err
	}
	d := &draft{req: &req, area: &area.Fields, terrain: land, walks: land.walks(req.Access), outlook: outlook, hours: hours, zone: zone}
	d.choose()
	problem, before := d.problem()
	select { // plans take a processor each: no more at once than there are
	case s.planning <- struct{}{}:
		defer func() { <-s.planning }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	limited, cancel := context.WithTimeout(ctx, planTime)
	defer cancel()
	found, err := route.Solve(limited, problem, route.Options{Seed: planSeed, Before: before})
	if err != nil {
		return nil, err
	}
	plan := d.plan(problem, found, before)
	plan.ComputedAt = now
	return plan, nil
}
