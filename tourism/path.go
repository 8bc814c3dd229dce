package tourism

import "yijianyou/heritage"

// PathFields is a walking path between two spots of one area.
type PathFields struct {
	AreaID   AreaID        `bson:"areaId" json:"areaId" validate:"required,uuid"`
	FromSpot SpotID        `bson:"fromSpot" json:"fromSpot" validate:"required,uuid"` // where Line begins
	ToSpot   SpotID        `bson:"toSpot" json:"toSpot" validate:"required,uuid"`     // where Line ends; another spot
	Name     heritage.Text `bson:"name" json:"name"`                                  // may be empty

	Line       []Position `bson:"line" json:"line" validate:"min=2,max=2000,dive"`                   // WGS-84, in walking order, both ends included
	PrecisionM float64    `bson:"precisionM" json:"precisionM" validate:"gt=0,max=1000000"`          // of every position of Line
	LengthM    float64    `bson:"lengthM" json:"lengthM" validate:"gt=0,max=100000"`                 // metres on the ground; at least as far as the ends are apart
	Steps      *int       `bson:"steps,omitempty" json:"steps,omitempty" validate:"omitempty,min=0"` // stairs, 0 none; nil unknown
	Accessible Code       `bson:"accessible,omitempty" json:"accessible,omitempty"`                  // list access, for wheelchairs; "" unknown; never yes with steps
	OneWay     bool       `bson:"oneWay,omitempty" json:"oneWay,omitempty"`                          // only from FromSpot to ToSpot

	Note       heritage.Text     `bson:"note" json:"note"`
	Sources    []heritage.Source `bson:"sources,omitempty" json:"sources,omitempty" validate:"max=50,dive"`
	Simulated  bool              `bson:"simulated,omitempty" json:"simulated,omitempty"`
	Unverified bool              `bson:"unverified,omitempty" json:"unverified,omitempty"`

	SortKey string   `bson:"sortKey" json:"-"`
	Ends    []string `bson:"ends,omitempty" json:"-"` // FromSpot and ToSpot, set when saved
}

// Position is a place in degrees, WGS-84.
type Position struct {
	Lon float64 `bson:"lon" json:"lon" validate:"min=-180,max=180"`
	Lat float64 `bson:"lat" json:"lat" validate:"min=-90,max=90"`
}

func (f *PathFields) normalise(t tools) {
	f.Name, f.Note = f.Name.Tidy(), f.Note.Tidy()
	f.Sources = heritage.TidySources(f.Sources)
	f.SortKey = t.sortKey(f.Name.ZH)
	f.Ends = distinct([]string{string(f.FromSpot), string(f.ToSpot)})
}

func (f *PathFields) check(c *heritage.Findings) {
	c.Form(f)
	c.Line("name", f.Name)
	c.Line("note", f.Note)
	c.Sources("sources", f.Sources)
	term(c, "accessible", Accesses, f.Accessible)
	if f.FromSpot != "" && f.FromSpot == f.ToSpot {
		c.Add(ErrSameEnds.At("toSpot"))
	}
	if f.Accessible == AccessYes && f.Steps != nil && *f.Steps > 0 {
		c.Add(ErrStepsAccessible.At("accessible"))
	}
	if n := len(f.Line); n >= 2 && f.LengthM > 0 && f.LengthM < 0.98*metres(f.Line[0], f.Line[n-1]) {
		c.Add(ErrTooShort.At("lengthM"))
	}
}

func (f *PathFields) assets() []string { return nil }
func (f *PathFields) refs() []reference {
	return []reference{
		{path: "areaId", kind: string(KindArea), id: string(f.AreaID), sameOrg: true},
		{path: "fromSpot", kind: string(KindSpot), id: string(f.FromSpot), sameOrg: true, inArea: f.AreaID},
		{path: "toSpot", kind: string(KindSpot), id: string(f.ToSpot), sameOrg: true, inArea: f.AreaID},
	}
}
