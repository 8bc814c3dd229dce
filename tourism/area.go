package tourism

import (
	"yijianyou/heritage"
)

// AreaFields is what is known of a scenic area (景区), or of the grounds of a
// museum.
type AreaFields struct {
	Name        heritage.Text `bson:"name" json:"name"` // Chinese required
	Aliases     []string      `bson:"aliases,omitempty" json:"aliases,omitempty" validate:"max=50,dive,max=200"`
	FormerNames []string      `bson:"formerNames,omitempty" json:"formerNames,omitempty" validate:"max=50,dive,max=200"`
	Traditional string        `bson:"traditional,omitempty" json:"traditional,omitempty" validate:"max=200"`
	Reading     string        `bson:"reading,omitempty" json:"reading,omitempty" validate:"max=300"` // pinyin of the Chinese name, "" automatic

	Grade        Code   `bson:"grade,omitempty" json:"grade,omitempty"`                                 // list area-grade; "" unknown or none
	Designations []Code `bson:"designations,omitempty" json:"designations,omitempty" validate:"max=10"` // list designation

	MuseumID heritage.MuseumID `bson:"museumId,omitempty" json:"museumId,omitempty" validate:"omitempty,uuid"` // the museum whose grounds these are
	SiteIDs  []heritage.SiteID `bson:"siteIds,omitempty" json:"siteIds,omitempty" validate:"max=50,dive,uuid"` // protected units inside

	Division  heritage.Division  `bson:"division" json:"division"`
	Address   heritage.Text      `bson:"address" json:"address"`
	Location  *heritage.GeoPoint `bson:"location,omitempty" json:"location,omitempty"`
	Schematic bool               `bson:"schematic,omitempty" json:"schematic,omitempty"` // 示意: its plan is a sketch, the positions are no survey
	TimeZone  string             `bson:"timeZone" json:"timeZone" validate:"max=60"`     // IANA name; "" becomes Asia/Shanghai
	Phone     string             `bson:"phone,omitempty" json:"phone,omitempty" validate:"max=60"`
	Website   string             `bson:"website,omitempty" json:"website,omitempty" validate:"omitempty,http_url,max=500"`

	Visiting *heritage.Visiting `bson:"visiting,omitempty" json:"visiting,omitempty"`                                   // nil: 以官方公告为准
	Capacity *Capacity          `bson:"capacity,omitempty" json:"capacity,omitempty"`                                   // nil: nothing approved, nothing proposed
	Minutes  *int               `bson:"minutes,omitempty" json:"minutes,omitempty" validate:"omitempty,min=1,max=2880"` // usual length of a visit; nil unknown

	Images      []heritage.ImageRef `bson:"images,omitempty" json:"images,omitempty" validate:"max=100,dive"`
	Description heritage.Text       `bson:"description" json:"description"`
	Sources     []heritage.Source   `bson:"sources,omitempty" json:"sources,omitempty" validate:"max=50,dive"`
	Notable     float64             `bson:"notable,omitempty" json:"notable,omitempty" validate:"min=0,max=1"` // fame, 0 to 1

	InternalNotes string `bson:"internalNotes,omitempty" json:"internalNotes,omitempty" validate:"max=10000"` // never public
	Simulated     bool   `bson:"simulated,omitempty" json:"simulated,omitempty"`                              // 模拟数据: no real area
	Unverified    bool   `bson:"unverified,omitempty" json:"unverified,omitempty"`                            // 待核

	SortKey  string   `bson:"sortKey" json:"-"`
	AssetIDs []string `bson:"assetIds,omitempty" json:"-"`
}

func (f *AreaFields) normalise(t tools) {
	f.Name, f.Address, f.Description = f.Name.Tidy(), f.Address.Tidy(), f.Description.Tidy()
	f.Aliases, f.FormerNames = heritage.TidyLines(f.Aliases), heritage.TidyLines(f.FormerNames)
	f.Traditional, f.Reading = heritage.TidyLine(f.Traditional), heritage.TidyLine(f.Reading)
	f.Designations = distinct(f.Designations)
	f.SiteIDs = distinct(f.SiteIDs)
	f.Division, f.Location = f.Division.Tidy(), f.Location.Tidy()
	f.Phone, f.Website, f.TimeZone = heritage.TidyLine(f.Phone), heritage.TidyLine(f.Website), heritage.TidyLine(f.TimeZone)
	if f.TimeZone == "" {
		f.TimeZone = "Asia/Shanghai"
	}
	f.Visiting, f.Capacity = f.Visiting.Tidy(), f.Capacity.tidy()
	f.Images, f.AssetIDs = heritage.TidyImages(f.Images)
	f.Sources, f.InternalNotes = heritage.TidySources(f.Sources), heritage.TidyText(f.InternalNotes)
	f.SortKey = t.sortKey(f.Name.ZH)
}

func (f *AreaFields) check(c *heritage.Findings) {
	c.Form(f)
	c.Title("name", f.Name)
	c.Division("division", f.Division)
	c.Line("address", f.Address)
	c.Description("description", f.Description)
	c.Sources("sources", f.Sources)
	c.Images(f.Images)
	c.Visiting(f.Visiting)
	f.Capacity.check(c)
	term(c, "grade", AreaGrades, f.Grade)
	for i, d := range f.Designations {
		term(c, at("designations", i), Designations, d)
	}
	c.TimeZone("timeZone", f.TimeZone)
	if f.MuseumID != "" && f.Visiting != nil {
		c.Add(ErrMuseumVisiting.At("visiting"))
	}
}

func (f *AreaFields) assets() []string { return f.AssetIDs }
func (f *AreaFields) refs() []reference {
	refs := []reference{{path: "museumId", kind: string(heritage.KindMuseum), id: string(f.MuseumID)}}
	for i, s := range f.SiteIDs {
		refs = append(refs, reference{path: at("siteIds", i), kind: string(heritage.KindSite), id: string(s)})
	}
	return refs
}
