package tourism

import "yijianyou/heritage"

// SpotFields is what is known of a spot (景点) or a facility inside an area.
type SpotFields struct {
	AreaID      AreaID        `bson:"areaId" json:"areaId" validate:"required,uuid"` // required, of the same organisation
	Name        heritage.Text `bson:"name" json:"name"`                              // Chinese required
	Aliases     []string      `bson:"aliases,omitempty" json:"aliases,omitempty" validate:"max=50,dive,max=200"`
	FormerNames []string      `bson:"formerNames,omitempty" json:"formerNames,omitempty" validate:"max=50,dive,max=200"`
	Traditional string        `bson:"traditional,omitempty" json:"traditional,omitempty" validate:"max=200"`
	Reading     string        `bson:"reading,omitempty" json:"reading,omitempty" validate:"max=300"`

	Kind    Code `bson:"kind" json:"kind" validate:"required"`                                           // list spot-kind: sight, toilet, first-aid …
	Order   int  `bson:"order" json:"order" validate:"min=0,max=10000"`                                  // place in the usual round, from 1; 0 is not part of it
	Minutes *int `bson:"minutes,omitempty" json:"minutes,omitempty" validate:"omitempty,min=1,max=1440"` // usual stay; nil unknown

	Location   *heritage.GeoPoint     `bson:"location,omitempty" json:"location,omitempty"`
	Indoor     *bool                  `bson:"indoor,omitempty" json:"indoor,omitempty"`         // under a roof; nil unknown
	Wheelchair Code                   `bson:"wheelchair,omitempty" json:"wheelchair,omitempty"` // list access: yes partly no; "" unknown
	Pushchair  Code                   `bson:"pushchair,omitempty" json:"pushchair,omitempty"`   // list access; "" unknown
	AccessNote heritage.Text          `bson:"accessNote" json:"accessNote"`                     // steps, slopes, where the lift is
	Hours      *heritage.OpeningHours `bson:"hours,omitempty" json:"hours,omitempty"`           // nil: those of the area

	SiteID   heritage.SiteID    `bson:"siteId,omitempty" json:"siteId,omitempty" validate:"omitempty,uuid"`        // the protected unit that it is
	RelicIDs []heritage.RelicID `bson:"relicIds,omitempty" json:"relicIds,omitempty" validate:"max=200,dive,uuid"` // relics that belong to it

	Images      []heritage.ImageRef `bson:"images,omitempty" json:"images,omitempty" validate:"max=100,dive"`
	Description heritage.Text       `bson:"description" json:"description"`
	Sources     []heritage.Source   `bson:"sources,omitempty" json:"sources,omitempty" validate:"max=50,dive"`
	Notable     float64             `bson:"notable,omitempty" json:"notable,omitempty" validate:"min=0,max=1"`

	InternalNotes string `bson:"internalNotes,omitempty" json:"internalNotes,omitempty" validate:"max=10000"` // never public
	Simulated     bool   `bson:"simulated,omitempty" json:"simulated,omitempty"`
	Unverified    bool   `bson:"unverified,omitempty" json:"unverified,omitempty"`

	SortKey  string   `bson:"sortKey" json:"-"`
	AssetIDs []string `bson:"assetIds,omitempty" json:"-"`
}

func (f *SpotFields) normalise(t tools) {
	f.Name, f.Description, f.AccessNote = f.Name.Tidy(), f.Description.Tidy(), f.AccessNote.Tidy()
	f.Aliases, f.FormerNames = heritage.TidyLines(f.Aliases), heritage.TidyLines(f.FormerNames)
	f.Traditional, f.Reading = heritage.TidyLine(f.Traditional), heritage.TidyLine(f.Reading)
	f.Location = f.Location.Tidy()
	f.RelicIDs = distinct(f.RelicIDs)
	if v := (&heritage.Visiting{Hours: f.Hours}).Tidy(); v != nil {
		f.Hours = v.Hours
	} else {
		f.Hours = nil
	}
	f.Images, f.AssetIDs = heritage.TidyImages(f.Images)
	f.Sources, f.InternalNotes = heritage.TidySources(f.Sources), heritage.TidyText(f.InternalNotes)
	f.SortKey = t.sortKey(f.Name.ZH)
}

func (f *SpotFields) check(c *heritage.Findings) {
	c.Form(f)
	c.Title("name", f.Name)
	c.Line("accessNote", f.AccessNote)
	c.Description("description", f.Description)
	c.Sources("sources", f.Sources)
	c.Images(f.Images)
	if f.Hours != nil {
		var inner heritage.Findings
		inner.Visiting(&heritage.Visiting{Hours: f.Hours})
		for _, w := range inner.Fields() {
			w.Path = w.Path[len("visiting."):]
			c.Add(w)
		}
	}
	if f.Kind != "" {
		term(c, "kind", SpotKinds, f.Kind)
	}
	term(c, "wheelchair", Accesses, f.Wheelchair)
	term(c, "pushchair", Accesses, f.Pushchair)
}

func (f *SpotFields) assets() []string { return f.AssetIDs }
func (f *SpotFields) refs() []reference {
	refs := []reference{{path: "areaId", kind: string(KindArea), id: string(f.AreaID), sameOrg: true}}
	refs = append(refs, reference{path: "siteId", kind: string(heritage.KindSite), id: string(f.SiteID)})
	for i, r := range f.RelicIDs {
		refs = append(refs, reference{path: at("relicIds", i), kind: string(heritage.KindRelic), id: string(r)})
	}
	return refs
}
