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
	ApprovedBy heritage.Text `bson:"approvedBy" json:"approvedBy" required:"false"`                   // 核定机关
	Document   string        `bson:"document,omitempty" json:"document,omitempty" validate:"max=200"` // number of the approving document
	ApprovedOn heritage.Day  `bson:"approvedOn,omitempty" json:"approvedOn,omitempty" validate:"omitempty,day"`

	// PublishNumbers shows tourists the counts; without it they see the band only.
	PublishNumbers bool `bson:"publishNumbers,omitempty" json:"publishNumbers,omitempty"`

	// Spaces and OpenMinutes are what LB/T 034-2014 computes a proposal from; the
	// length of a visit is that of the area. Never public.
	Spaces      []Space `bson:"spaces,omitempty" json:"spaces,omitempty" validate:"max=100,dive"`
	OpenMinutes *int    `bson:"openMinutes,omitempty" json:"openMinutes,omitempty" validate:"omitempty,min=1,max=1440"` // effective time of opening; nil unknown
}

// Space is a part of an area with the space that a visitor needs there.
type Space struct {
	Name        heritage.Text `bson:"name" json:"name"`
	AreaM2      float64       `bson:"areaM2" json:"areaM2" validate:"gt=0,max=1000000000"`        // effective area, square metres
	PerPersonM2 float64       `bson:"perPersonM2" json:"perPersonM2" validate:"gt=0,max=1000000"` // square metres for each visitor
	Source      heritage.Text `bson:"source" json:"source" required:"false"`                      // where the standard of space is from
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
	if t.InstantMax == nil && t.DailyMax == nil && t.ApprovedBy.IsZero() && t.Document == "" && t.ApprovedOn == "" && len(t.Spaces) == 0 && t.OpenMinutes == nil {
		return nil
	}
	return &t
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
	if c.InstantMax == nil && c.DailyMax == nil {
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
}

// limits returns the approved limits.
func (c *Capacity) limits() comfort.Limits {
	if c == nil {
		return comfort.Limits{}
	}
	return comfort.Limits{Instant: c.InstantMax, Daily: c.DailyMax}
}

// proposal returns what LB/T 034-2014 computes; ok is false when it cannot.
func (f *AreaFields) proposal() (p comfort.Proposal, ok bool) {
	c := f.Capacity
	if c == nil {
		return comfort.Proposal{}, false
	}
	spaces := make([]comfort.Space, len(c.Spaces))
	for i, s := range c.Spaces {
		spaces[i] = comfort.Space{AreaM2: s.AreaM2, PerPersonM2: s.PerPersonM2}
	}
	var open, visit int
	if c.OpenMinutes != nil {
		open = *c.OpenMinutes
	}
	if f.Minutes != nil {
		visit = *f.Minutes
	}
	return comfort.Propose(spaces, open, visit)
}

// What can be wrong with a capacity.
var (
	ErrApproval = fault.Define(fault.Invalid, "tourism.approval_required",
		"填写核定承载量时，须同时填写核定机关、文号和核定日期。未经核定的数值请只填测算依据。", "An approved limit needs the approving authority, the number of its document and the date. What is not approved belongs to the basis of the proposal only.")
	ErrLimitOrder = fault.Define(fault.Invalid, "tourism.limit_order",
		"瞬时承载量不能大于日承载量。", "The instantaneous limit cannot exceed the daily one.")
)
