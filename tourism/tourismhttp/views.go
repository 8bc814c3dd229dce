package tourismhttp

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/tourism"
)

// Coded is a code with its labels.
type Coded = heritage.Coded

// Named is another record that tourists see, by id and name.
type Named = heritage.Named

// AreaView is what a tourist may see of an area. A null part is unknown.
type AreaView struct {
	ID string `json:"id"`
	heritage.PublicNames
	Grade        *Coded                   `json:"grade"`
	Designations []Coded                  `json:"designations" nullable:"false"`
	Museum       *Named                   `json:"museum" doc:"the museum whose grounds these are; the facts on visiting stand there"`
	Sites        []Named                  `json:"sites" nullable:"false"`
	Division     heritage.Division        `json:"division"`
	Address      heritage.Text            `json:"address"`
	Location     *heritage.PublicPoint    `json:"location"`
	Schematic    bool                     `json:"schematic" doc:"示意: its plan is a sketch and no survey"`
	TimeZone     string                   `json:"timeZone"`
	Phone        string                   `json:"phone"`
	Website      string                   `json:"website"`
	Visiting     *heritage.PublicVisiting `json:"visiting" doc:"null: 以官方公告为准"`
	Minutes      *int                     `json:"minutes"`
	heritage.PublicText
}

// SpotView is what a tourist may see of a spot or facility.
type SpotView struct {
	ID string `json:"id"`
	heritage.PublicNames
	Area       *Named                 `json:"area"`
	Kind       *Coded                 `json:"kind"`
	Facility   bool                   `json:"facility"`
	Order      int                    `json:"order" doc:"place in the usual round; 0 is not part of it"`
	Minutes    *int                   `json:"minutes"`
	Location   *heritage.PublicPoint  `json:"location"`
	Indoor     *bool                  `json:"indoor"`
	Wheelchair *Coded                 `json:"wheelchair" doc:"null unknown"`
	Pushchair  *Coded                 `json:"pushchair" doc:"null unknown"`
	AccessNote heritage.Text          `json:"accessNote"`
	Hours      *heritage.OpeningHours `json:"hours" doc:"null: those of the area"`
	Site       *Named                 `json:"site"`
	Relics     []Named                `json:"relics" nullable:"false"`
	heritage.PublicText
}

// PathView is what a tourist may see of a path.
type PathView struct {
	ID         string             `json:"id"`
	Name       heritage.Text      `json:"name"`
	AreaID     tourism.AreaID     `json:"areaId"`
	FromSpot   tourism.SpotID     `json:"fromSpot"`
	ToSpot     tourism.SpotID     `json:"toSpot"`
	Line       []tourism.Position `json:"line" nullable:"false"`
	PrecisionM float64            `json:"precisionM"`
	LengthM    float64            `json:"lengthM"`
	Steps      *int               `json:"steps" doc:"null unknown, 0 none"`
	Accessible *Coded             `json:"accessible" doc:"for wheelchairs; null unknown"`
	OneWay     bool               `json:"oneWay"`
	Note       heritage.Text      `json:"note"`
	Sources    []heritage.Source  `json:"sources" nullable:"false"`
	Simulated  bool               `json:"simulated"`
	Unverified bool               `json:"unverified"`
}

// StoryView is what a tourist may see of a story.
type StoryView struct {
	ID         string                 `json:"id"`
	Subject    SubjectView            `json:"subject"`
	Title      heritage.Text          `json:"title"`
	Audience   *Coded                 `json:"audience" doc:"null: everybody"`
	Order      int                    `json:"order"`
	Author     string                 `json:"author"`
	Text       heritage.Text          `json:"text"`
	Images     []heritage.PublicImage `json:"images" nullable:"false"`
	Media      []MediaView            `json:"media" nullable:"false" doc:"sound and film that tell it"`
	Sources    []heritage.Source      `json:"sources" nullable:"false"`
	Simulated  bool                   `json:"simulated"`
	Unverified bool                   `json:"unverified"`
}

// SubjectView is what a story is about.
type SubjectView struct {
	Kind string        `json:"kind"`
	ID   string        `json:"id"`
	Name heritage.Text `json:"name"`
}

func areaView(svc *tourism.Service) viewer[tourism.AreaFields, AreaView] {
	return func(ctx context.Context, p *tourism.Public[tourism.AreaFields]) (*AreaView, error) {
		f := &p.Fields
		v := &AreaView{ID: p.ID, PublicNames: names(f.Name, f.Aliases, f.FormerNames, f.Traditional, f.Reading),
			Grade: coded(tourism.AreaGrades, f.Grade), Designations: []Coded{}, Sites: []Named{}, Division: f.Division, Address: f.Address,
			Location: f.Location.View(), Schematic: f.Schematic, TimeZone: f.TimeZone, Phone: f.Phone, Website: f.Website,
			Visiting: f.Visiting.View(), Minutes: f.Minutes,
			PublicText: heritage.ViewText(f.Description, f.Images, f.Sources, f.Simulated, f.Unverified)}
		for _, d := range f.Designations {
			v.Designations = append(v.Designations, *coded(tourism.Designations, d))
		}
		var err error
		if v.Museum, err = named(ctx, svc, heritage.KindMuseum, string(f.MuseumID)); err != nil {
			return nil, err
		}
		v.Sites, err = allNamed(ctx, svc, heritage.KindSite, f.SiteIDs)
		return v, err
	}
}

func spotView(svc *tourism.Service) viewer[tourism.SpotFields, SpotView] {
	return func(ctx context.Context, p *tourism.Public[tourism.SpotFields]) (*SpotView, error) {
		f := &p.Fields
		v := &SpotView{ID: p.ID, PublicNames: names(f.Name, f.Aliases, f.FormerNames, f.Traditional, f.Reading),
			Kind: coded(tourism.SpotKinds, f.Kind), Facility: tourism.Facility(f.Kind), Order: f.Order, Minutes: f.Minutes,
			Location: f.Location.View(), Indoor: f.Indoor, Wheelchair: coded(tourism.Accesses, f.Wheelchair), Pushchair: coded(tourism.Accesses, f.Pushchair),
			AccessNote: f.AccessNote, Hours: f.Hours,
			PublicText: heritage.ViewText(f.Description, f.Images, f.Sources, f.Simulated, f.Unverified)}
		var err error
		if v.Area, err = named(ctx, svc, heritage.Kind(tourism.KindArea), string(f.AreaID)); err != nil {
			return nil, err
		}
		if v.Site, err = named(ctx, svc, heritage.KindSite, string(f.SiteID)); err != nil {
			return nil, err
		}
		v.Relics, err = allNamed(ctx, svc, heritage.KindRelic, f.RelicIDs)
		return v, err
	}
}

func pathView(_ context.Context, p *tourism.Public[tourism.PathFields]) (*PathView, error) {
	f := &p.Fields
	return &PathView{ID: p.ID, Name: f.Name, AreaID: f.AreaID, FromSpot: f.FromSpot, ToSpot: f.ToSpot, Line: f.Line, PrecisionM: f.PrecisionM,
		LengthM: f.LengthM, Steps: f.Steps, Accessible: coded(tourism.Accesses, f.Accessible), OneWay: f.OneWay, Note: f.Note,
		Sources: append([]heritage.Source{}, f.Sources...), Simulated: f.Simulated, Unverified: f.Unverified}, nil
}

func storyView(svc *tourism.Service) viewer[tourism.StoryFields, StoryView] {
	return func(ctx context.Context, p *tourism.Public[tourism.StoryFields]) (*StoryView, error) {
		f := &p.Fields
		told := heritage.ViewText(f.Text, f.Images, f.Sources, f.Simulated, f.Unverified)
		v := &StoryView{ID: p.ID, Subject: SubjectView{Kind: f.Subject.Kind, ID: f.Subject.ID}, Title: f.Title, Text: f.Text, Order: f.Order, Author: f.Author,
			Audience: coded(tourism.Audiences, f.Audience),
			Images:   told.Images, Sources: told.Sources, Simulated: told.Simulated, Unverified: told.Unverified}
		var err error
		if v.Media, err = mediaView(ctx, svc, f.Media); err != nil {
			return nil, err
		}
		v.Subject.Name, _, err = svc.SubjectName(ctx, f.Subject)
		return v, err
	}
}

func names(name heritage.Text, aliases, former []string, traditional, reading string) heritage.PublicNames {
	return heritage.PublicNames{Name: name, Aliases: append([]string{}, aliases...), FormerNames: append([]string{}, former...), Traditional: traditional, Reading: reading}
}

// coded returns the code with its labels, nil for none. A code that the list no
// longer has is its own label.
func coded(list tourism.List, code tourism.Code) *Coded {
	if code == "" {
		return nil
	}
	t, ok := list.Find(code)
	if !ok {
		t.ZH, t.EN = string(code), string(code)
	}
	return &Coded{Code: string(code), Label: heritage.Text{ZH: t.ZH, EN: t.EN}}
}

// named returns a record that tourists see, nil for none and for a hidden one.
func named(ctx context.Context, svc *tourism.Service, kind heritage.Kind, id string) (*Named, error) {
	if id == "" {
		return nil, nil
	}
	name, ok, err := svc.SubjectName(ctx, tourism.Subject{Kind: string(kind), ID: id})
	if err != nil || !ok {
		return nil, err
	}
	return &Named{ID: id, Name: name}, nil
}

func allNamed[T ~string](ctx context.Context, svc *tourism.Service, kind heritage.Kind, ids []T) ([]Named, error) {
	out := []Named{}
	for _, id := range ids {
		n, err := named(ctx, svc, kind, string(id))
		if err != nil {
			return nil, err
		}
		if n != nil {
			out = append(out, *n)
		}
	}
	return out, nil
}
