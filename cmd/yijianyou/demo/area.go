package demo

import (
	"strings"

	"yijianyou/heritage"
	"yijianyou/tourism"
)

// spot is a spot of data/henan/spots.json.
type spot struct {
	Key        string        `json:"key"`
	Area       string        `json:"area"` // key of the place
	Name       heritage.Text `json:"name"`
	Aliases    []string      `json:"aliases"`
	Kind       tourism.Code  `json:"kind"`
	Order      int           `json:"order"`
	Minutes    int           `json:"minutes"`
	Indoor     bool          `json:"indoor"` // false is unknown
	Wheelchair tourism.Code  `json:"wheelchair"`
	Pushchair  tourism.Code  `json:"pushchair"`
	Site       string        `json:"site"`   // official number
	Relics     []string      `json:"relics"` // keys
	Story      heritage.Text `json:"story"`
	fact
}

// AreaID returns the identifier of the area with a key.
func AreaID(key string) tourism.AreaID { return tourism.AreaID(ID("area", key)) }

// SpotID returns the identifier of the spot with a key.
func SpotID(key string) tourism.SpotID { return tourism.SpotID(ID("spot", key)) }

func spots() ([]spot, error) { return decode[[]spot]("data/henan/spots.json") }

// Areas returns the scenic areas, and the grounds of those museums that have
// spots.
func Areas() ([]tourism.NewRecord[tourism.AreaFields], error) {
	list, err := places()
	if err != nil {
		return nil, err
	}
	all, err := spots()
	if err != nil {
		return nil, err
	}
	has := make(map[string]bool)
	for _, s := range all {
		has[s.Area] = true
	}
	var out []tourism.NewRecord[tourism.AreaFields]
	for _, p := range list {
		if p.Type != "area" && !has[p.Key] {
			continue
		}
		div, err := division(p.City, p.County)
		if err != nil {
			return nil, err
		}
		f := tourism.AreaFields{Name: p.Name, Aliases: p.Aliases, Reading: p.Reading, Division: div, Address: p.Address, Location: p.point(),
			Minutes: &p.Minutes, Description: p.Description, Sources: p.allSources(), Notable: p.Notable, Unverified: p.Unverified}
		if p.Type == "museum" {
			f.MuseumID = MuseumID(p.Key)
		} else {
			f.Grade, f.Visiting = tourism.Code(p.Grade), p.visiting()
		}
		for _, d := range p.Designations {
			f.Designations = append(f.Designations, tourism.Code(d))
		}
		for _, n := range p.Sites {
			f.SiteIDs = append(f.SiteIDs, heritage.SiteID(SiteID(n)))
		}
		out = append(out, tourism.NewRecord[tourism.AreaFields]{ID: string(AreaID(p.Key)), Org: Henan, Fields: f})
	}
	return out, nil
}

// Spots returns the spots of the areas, each with its story.
func Spots() ([]tourism.NewRecord[tourism.SpotFields], []tourism.NewRecord[tourism.StoryFields], error) {
	list, err := spots()
	if err != nil {
		return nil, nil, err
	}
	var out []tourism.NewRecord[tourism.SpotFields]
	var stories []tourism.NewRecord[tourism.StoryFields]
	for _, s := range list {
		f := tourism.SpotFields{AreaID: AreaID(s.Area), Name: s.Name, Aliases: s.Aliases, Kind: s.Kind, Order: s.Order, Minutes: &s.Minutes,
			Wheelchair: s.Wheelchair, Pushchair: s.Pushchair, Description: firstSentence(s.Story), Sources: s.sources(), Notable: 0.3, Unverified: s.Unverified}
		if s.Indoor {
			f.Indoor = ptr(true)
		}
		if s.Site != "" {
			f.SiteID = heritage.SiteID(SiteID(s.Site))
		}
		for _, r := range s.Relics {
			f.RelicIDs = append(f.RelicIDs, RelicID(r))
		}
		id := string(SpotID(s.Key))
		out = append(out, tourism.NewRecord[tourism.SpotFields]{ID: id, Org: Henan, Fields: f})
		stories = append(stories, tourism.NewRecord[tourism.StoryFields]{ID: ID("story", s.Key), Org: Henan, Fields: tourism.StoryFields{
			Subject: tourism.Subject{Kind: "spot", ID: id}, Title: heritage.Text{ZH: s.Name.ZH + "讲解", EN: "About " + s.Name.EN}, Text: s.Story,
			Audience: "everybody", Author: "本项目编写", Sources: s.sources(), Unverified: s.Unverified}})
	}
	return out, stories, nil
}

// firstSentence is what a list shows of a story.
func firstSentence(t heritage.Text) heritage.Text {
	if zh, _, ok := strings.Cut(t.ZH, "。"); ok {
		t.ZH = zh + "。"
	}
	if en, _, ok := strings.Cut(t.EN, ". "); ok {
		t.EN = en + "."
	}
	return t
}
