package tourism

import (
	"context"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/fault"
	"yijianyou/tourism/comfort"
	"yijianyou/tourism/route"
)

// PlanRequest asks for a walk through an area, or a day in a city. Nothing of it
// is stored or logged.
type PlanRequest struct {
	AreaID    AreaID    // "" in a city
	City      string    // its Chinese name as its records have it, 郑州市; "" in an area
	Start     *Position // where the visitor stands; nil: at StartSpot, in an area at a gate, in a city anywhere
	StartSpot StopID    // the stop where he stands; "" is not at one
	StartAt   time.Time // zero is now
	Minutes   int       // that he has, 15 to 720
	Interests []Code    // list interest
	Pace      Code      // list pace; "" is normal
	Access    Code      // list visitor-access; "" needs nothing
	Must      []StopID  // wanted in any case
	Avoid     []StopID  // not wanted
	Done      []StopID  // replanning: already seen
	Before    []StopID  // replanning: what was still planned, in its order
}

// Bounds of a request.
const (
	minPlanMinutes, maxPlanMinutes = 15, 12 * 60
	maxMust, maxAvoid, maxDone     = 50, 300, 300
	maxCityName                    = 100 // characters
	maxPlanAhead                   = 366 * 24 * time.Hour
)

// Plan is a walk through an area or a day in a city. Everything public, and the
// same for whoever asks the same.
type Plan struct {
	AreaID     AreaID        // "" in a city
	City       heritage.Text // empty in an area
	TimeZone   string        // by whose clock it is told, IANA name
	ComputedAt time.Time
	StartAt    time.Time
	Gate       StopID // where it begins unless the visitor said where he stands, and where it ends; "" none is known
	GateName   heritage.Text
	Stops      []PlanStop
	HomePaths  []PathID // of the way from the last stop to the gate, in order
	HomeM      int      // way from the last stop to the gate
	EndAt      time.Time
	WalkM      int
	RideM      int // by vehicle
	Left       []PlanLeft
	Changes    []PlanChange // replanning: what became of Before
	Score      int          // what the stops are worth together
	Estimated  bool         // a part of the way follows no published path
	Estimate   *Estimate    // by which ways, hours and stays were guessed; nil in an area
	Unlisted   int          // records of the city that are not planned because no position is published, or not that they are open
	Crowd      ExpectedBasis
	Simulated  bool
}

// PlanStop is one stop.
type PlanStop struct {
	SpotID   StopID
	Kind     StopKind
	Name     heritage.Text
	At       *Position // nil unknown
	ArriveAt time.Time
	BeginAt  time.Time // after ArriveAt where one waits
	LeaveAt  time.Time
	WalkM    int           // from the stop before, on foot
	RideM    int           // the same, by vehicle
	Paths    []PathID      // that lead here, in order
	Guessed  bool          // a part of the way here follows no published path
	Level    comfort.Level // expected on arrival; NotAssessed unknown
	Why      []PlanReason
}

// PlanLeft is a place that is left out.
type PlanLeft struct {
	SpotID StopID
	Kind   StopKind      // "" when no such place is public
	Name   heritage.Text // empty when no such place is public
	Must   bool
	Why    PlanReason
}

// PlanChange is what became of a stop of the plan before.
type PlanChange struct {
	SpotID StopID
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
		"同一个地点不能既必去又不去。", "A place cannot be both wanted and avoided.")
	ErrPlanStart = fault.Define(fault.Invalid, "tourism.plan_start",
		"出发时间应在今天之前一天到一年以后之间。", "The start must lie between a day ago and a year ahead.")
	ErrPlanWhere = fault.Define(fault.Invalid, "tourism.plan_where",
		"景区和城市必须填写一个，且只填一个。", "Give an area or a city, and not both.")
	ErrPlanCity = fault.Define(fault.NotFound, "tourism.plan_city",
		"没有公开的景区、博物馆或文物点登记在这个城市。请填写城市全称，例如“郑州市”。", "No public area, museum or site is registered in this city. Give its full Chinese name, such as 郑州市.")
	ErrPlanTwoStarts = fault.Define(fault.Invalid, "tourism.plan_two_starts",
		"出发位置和出发景点只填一个。", "Give a position to start from or a spot, not both.")
)

// Plan makes a walk through an area, or a day in a city, of what tourists see: which
// stops, in which order, when, and why the others not.
//
// Errors: ErrNotFound, ErrPlanCity, fault.ErrInvalid.
func (s *Service) Plan(ctx context.Context, req PlanRequest) (*Plan, error) {
	now := s.st.Now()
	if req.StartAt.IsZero() {
		req.StartAt = now
	}
	req.StartAt = req.StartAt.Truncate(time.Minute)
	if err := req.check(now); err != nil {
		return nil, err
	}
	of := s.draftOfArea
	if req.City != "" {
		of = s.draftOfCity
	}
	d, err := of(ctx, &req)
	if err != nil {
		return nil, err
	}
	if _, ok := d.index[req.StartSpot]; req.StartSpot != "" && !ok {
		return nil, fault.InvalidFields([]fault.Field{ErrReference.At("startSpot")})
	}
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
