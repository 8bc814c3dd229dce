package tourism

import (
	"yijianyou/heritage"
	"yijianyou/internal/fault"
	"yijianyou/tourism/comfort"
)

// Capacity is how many visitors an area may hold, and from what a proposal of
// it is computed. Only the approved limits are limits.
type Capacity struct {
	// InstantMax and DailyMax are the approved limits (核定瞬时、日最大承载量);
	// nil not approved. With either, the next three are required.
	InstantMax *int          `bson:"instantMax,omitempty" json:"instantMax,omitempty" validate:"omitempty,min=1,max=10000000"`
	DailyMax   *int          `bson:"dailyMax,omitempty" json:"dailyMax,omitempty" validate:"omitempty,min=1,max=10000000"`
	DailyBest  *int          `bson:"dailyBest,omitempty" json:"dailyBest,omitempty" validate:"omitempty,min=1,max=10000000"` // 最佳日承载量: some local schemes warn from it on; nil none
	ApprovedBy heritage.Text `bson:"approvedBy" json:"approvedBy" required:"false"`                                          // 核定机关
	Document   string        `bson:"document,omitempty" json:"document,omitempty" validate:"max=200"`                        // number of the approving document
	ApprovedOn heritage.Day  `bson:"approvedOn,omitempty" json:"approvedOn,omitempty" validate:"omitempty,day"`

	// Scheme is the set of levels that holds here, of list comfort-scheme; "" the
	// default one.
	Scheme Code `bson:"scheme,omitempty" json:"scheme,omitempty"`

	// PublishNumbers shows tourists the counts; without it they see the band only.
	PublishNumbers bool `bson:"publishNumbers,omitempty" json:"publishNumbers,omitempty"`

	// Spaces to UsedPerHead are what LB/T 034-2014 computes a proposal from; the
	// length of a visit is that of the area. Never public.
	Spaces      []Space  `bson:"spaces,omitempty" json:"spaces,omitempty" validate:"max=100,dive"`
	Facilities  []Ride   `bson:"facilities,omitempty" json:"facilities,omitempty" validate:"max=100,dive"`
	OpenMinutes *int     `bson:"openMinutes,omitempty" json:"openMinutes,omitempty" validate:"omitempty,min=1,max=1440"` // effective time of opening; nil unknown
	UsedPerHead *float64 `bson:"usedPerHead,omitempty" json:"usedPerHead,omitempty" validate:"omitempty,gt=0,max=100"`   // facilities that a visitor uses on average; nil unknown

	// Response is what is done when it fills, in the order of the plan. Never public.
	Response []Measure `bson:"response,omitempty" json:"response,omitempty" validate:"max=50,dive"`
}

// Space is a part of an area with the space that a visitor needs there.
type Space struct {
	Name        heritage.Text `bson:"name" json:"name"`
	AreaM2      float64       `bson:"areaM2" json:"areaM2" validate:"gt=0,max=1000000000"`        // effective area, square metres
	PerPersonM2 float64       `bson:"perPersonM2" json:"perPersonM2" validate:"gt=0,max=1000000"` // square metres for each visitor
	Source      heritage.Text `bson:"source" json:"source" required:"false"`                      // where the standard of space is from
}

// Ride is something that carries or serves visitors in runs: a cable car, a
// boat, a show.
type Ride struct {
	Name       heritage.Text `bson:"name" json:"name"`
	PerRun     int           `bson:"perRun" json:"perRun" validate:"min=1,max=100000"`        // visitors of one run
	RunsPerDay float64       `bson:"runsPerDay" json:"runsPerDay" validate:"gt=0,max=100000"` // runs in a day
}

// tidy returns c in the stored form, nil when it says nothing.
func (c *Capacity) tidy() *Capacity {
	if c == nil {
		return nil
	}
	t := *c
	t.ApprovedBy, t.Document = t.ApprovedBy.Tidy(), heritage.TidyLine(t.Document)
	t.Spaces = nil
	for _, s := range c.Spaces {
		s.Name, s.Source = s.Name.Tidy(), s.Source.Tidy()
		t.Spaces = append(t.Spaces, s)
	}
	t.Facilities = nil
	for _, f := range c.Facilities {
		f.Name = f.Name.Tidy()
		t.Facilities = append(t.Facilities, f)
	}
	t.Response = nil
	for _, m := range c.Response {
		m.Do = m.Do.Tidy()
		t.Response = append(t.Response, m)
	}
	if len(t.Response) == 0 && t.InstantMax == nil && t.DailyMax == nil && t.DailyBest == nil && t.ApprovedBy.IsZero() && t.Document == "" && t.ApprovedOn == "" && t.Scheme == "" && !t.computes() {
		return nil
	}
	return &t
}

// computes reports whether anything of what a proposal is computed from is known.
func (c *Capacity) computes() bool {
	return len(c.Spaces) > 0 || len(c.Facilities) > 0 || c.OpenMinutes != nil || c.UsedPerHead != nil
}

func (c *Capacity) check(out *heritage.Findings) {
	if c == nil {
		return
	}
	out.Line("capacity.approvedBy", c.ApprovedBy)
	for i, s := range c.Spaces {
		out.Title(at("capacity.spaces", i)+".name", s.Name)
		out.Line(at("capacity.spaces", i)+".source", s.Source)
	}
	for i, f := range c.Facilities {
		out.Title(at("capacity.facilities", i)+".name", f.Name)
	}
	term(out, "capacity.scheme", ComfortSchemes(), c.Scheme)
	checkMeasures(out, "capacity.response", c.Response)
	if c.InstantMax == nil && c.DailyMax == nil && c.DailyBest == nil {
		return
	}
	for _, m := range []struct {
		path    string
		missing bool
	}{{"approvedBy", c.ApprovedBy.ZH == ""}, {"document", c.Document == ""}, {"approvedOn", c.ApprovedOn == ""}} {
		if m.missing {
			out.Add(ErrApproval.At("capacity." + m.path))
		}
	}
	if c.InstantMax != nil && c.DailyMax != nil && *c.InstantMax > *c.DailyMax {
		out.Add(ErrLimitOrder.At("capacity.instantMax"))
	}
	if c.DailyBest != nil && c.DailyMax != nil && *c.DailyBest > *c.DailyMax {
		out.Add(ErrBest.At("capacity.dailyBest"))
	}
}

// limits returns the approved limits.
func (c *Capacity) limits() comfort.Limits {
	if c == nil {
		return comfort.Limits{}
	}
	return comfort.Limits{Instant: c.InstantMax, Daily: c.DailyMax, Optimal: c.DailyBest}
}

// scheme returns the levels that hold; those of a scheme that is no longer known
// are the default ones.
func (c *Capacity) scheme() comfort.Scheme {
	if c != nil {
		if s, ok := comfort.SchemeOf(string(c.Scheme)); ok {
			return s
		}
	}
	return comfort.House()
}

// usableM2 is the size of the spaces together; 0 unknown.
func (c *Capacity) usableM2() (sum float64) {
	if c == nil {
		return 0
	}
	for _, s := range c.Spaces {
		sum += s.AreaM2
	}
	return sum
}

// proposal returns what LB/T 034-2014 computes; ok is false when it cannot.
func (f *AreaFields) proposal() (p comfort.Proposal, ok bool) {
	c := f.Capacity
	if c == nil {
		return comfort.Proposal{}, false
	}
	b := comfort.Basis{}
	for _, s := range c.Spaces {
		b.Spaces = append(b.Spaces, comfort.Space{AreaM2: s.AreaM2, PerPersonM2: s.PerPersonM2})
	}
	for _, x := range c.Facilities {
		b.Facilities = append(b.Facilities, comfort.Facility{PerRun: x.PerRun, RunsPerDay: x.RunsPerDay})
	}
	if c.OpenMinutes != nil {
		b.OpenMinutes = *c.OpenMinutes
	}
	if c.UsedPerHead != nil {
		b.UsedPerHead = *c.UsedPerHead
	}
	if f.Minutes != nil {
		b.VisitMinutes = *f.Minutes
	}
	return comfort.Propose(b)
}

// What can be wrong with a capacity.
var (
	ErrApproval = fault.Define(fault.Invalid, "tourism.approval_required",
		"填写核定承载量时，须同时填写核定机关、文号和核定日期。未经核定的数值请只填测算依据。", "An approved limit needs the approving authority, the number of its document and the date. What is not approved belongs to the basis of the proposal only.")
	ErrLimitOrder = fault.Define(fault.Invalid, "tourism.limit_order",
		"瞬时承载量不能大于日承载量。", "The instantaneous limit cannot exceed the daily one.")
	ErrBest = fault.Define(fault.Invalid, "tourism.best_order",
		"最佳日承载量不能大于日最大承载量。", "The optimal daily capacity cannot exceed the daily limit.")
)
