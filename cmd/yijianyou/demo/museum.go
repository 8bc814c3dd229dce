package demo

import (
	"fmt"
	"slices"

	"yijianyou/cmd/yijianyou/demo/drawing"
	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
)

// place is an area or museum of data/henan/places.json.
type place struct {
	Key          string        `json:"key"`
	Type         string        `json:"type"` // museum or area
	Name         heritage.Text `json:"name"`
	Aliases      []string      `json:"aliases"`
	Reading      string        `json:"reading"`
	Grade        string        `json:"grade"`
	Designations []string      `json:"designations"`
	Sites        []string      `json:"sites"` // official numbers
	City         string        `json:"city"`
	County       string        `json:"county"`
	Address      heritage.Text `json:"address"`
	Location     struct {
		Lon, Lat   float64
		PrecisionM float64        `json:"precisionM"`
		Datum      heritage.Datum `json:"datum"`
		Unverified bool           `json:"unverified"`
		Source     heritage.Text  `json:"source"` // empty: that of the record
	} `json:"location"`
	Minutes         int                 `json:"minutes"`
	ClosedMonday    heritage.Confidence `json:"closedMonday"` // "" not said
	Free            bool                `json:"free"`         // false is unknown
	BookingRequired bool                `json:"bookingRequired"`
	Notable         float64             `json:"notable"`
	Drawing         drawing.Kind        `json:"drawing"` // "" none
	Description     heritage.Text       `json:"description"`
	fact
}

// holder is a museum or institute of data/henan/holders.json.
type holder struct {
	Key         string        `json:"key"`
	Name        heritage.Text `json:"name"`
	Aliases     []string      `json:"aliases"`
	Nature      vocab.Code    `json:"nature"`
	Grade       vocab.Code    `json:"grade"`
	Province    string        `json:"province"`
	City        string        `json:"city"`
	County      string        `json:"county"`
	TimeZone    string        `json:"timeZone"` // IANA name, "" is Asia/Shanghai
	Description heritage.Text `json:"description"`
	Place       string        `json:"place"` // key of the place at which it is, whose position it has; "" none is known
}

// MuseumID returns the identifier of the museum or holder with a key.
func MuseumID(key string) heritage.MuseumID { return heritage.MuseumID(ID("museum", key)) }

func places() ([]place, error) { return decode[[]place]("data/henan/places.json") }

// Museums returns the museums among the places and the other holders of relics.
func Museums() ([]heritage.NewRecord[heritage.MuseumFields], error) {
	list, err := places()
	if err != nil {
		return nil, err
	}
	var out []heritage.NewRecord[heritage.MuseumFields]
	for _, p := range list {
		if p.Type != "museum" {
			continue
		}
		div, err := division(p.City, p.County)
		if err != nil {
			return nil, err
		}
		f := heritage.MuseumFields{Name: p.Name, Aliases: p.Aliases, Reading: p.Reading, Grade: vocab.Code(p.Grade), Nature: "museum",
			Division: div, Address: p.Address, Location: p.point(), Visiting: p.visiting(),
			Description: p.Description, Sources: p.allSources(), Notable: p.Notable, Unverified: p.Unverified}
		out = append(out, heritage.NewRecord[heritage.MuseumFields]{ID: string(MuseumID(p.Key)), Org: Henan, Fields: f})
	}
	holders, err := decode[[]holder]("data/henan/holders.json")
	if err != nil {
		return nil, err
	}
	for _, h := range holders {
		f := heritage.MuseumFields{Name: h.Name, Aliases: h.Aliases, Nature: h.Nature, Grade: h.Grade, Description: h.Description, Notable: 0.3,
			TimeZone: h.TimeZone, Division: heritage.Division{Province: heritage.Text{ZH: h.Province}, City: heritage.Text{ZH: h.City}, County: heritage.Text{ZH: h.County}},
			Sources: []heritage.Source{{Text: heritage.Text{ZH: "一般知识，未逐条核对官方公布", EN: "General knowledge, not checked against an official publication"}, Confidence: heritage.Medium}}}
		if h.City != "" {
			if f.Division, err = division(h.City, h.County); err != nil {
				return nil, err
			}
		}
		if i := slices.IndexFunc(list, func(p place) bool { return h.Place != "" && p.Key == h.Place }); i >= 0 {
			at := list[i].position()
			f.Location, f.Sources = &at.point, append(f.Sources, at.source)
		}
		out = append(out, heritage.NewRecord[heritage.MuseumFields]{ID: string(MuseumID(h.Key)), Org: Henan, Fields: f})
	}
	return out, nil
}

// division finds a city and county of Henan with their English names.
func division(city, county string) (heritage.Division, error) {
	list, err := rows("data/henan/divisions.csv")
	if err != nil {
		return heritage.Division{}, err
	}
	d := heritage.Division{Province: heritage.Text{ZH: "河南省", EN: "Henan"}}
	for _, r := range list {
		if r["city"] == city && r["county"] == county {
			d.City, d.County = heritage.Text{ZH: city, EN: r["city_en"]}, heritage.Text{ZH: county, EN: r["county_en"]}
			return d, nil
		}
	}
	return d, fmt.Errorf("data/henan/divisions.csv lacks %s %s", city, county)
}

func (p place) point() *heritage.GeoPoint {
	return &heritage.GeoPoint{Lon: p.Location.Lon, Lat: p.Location.Lat, PrecisionM: p.Location.PrecisionM, Datum: p.Location.Datum, Unverified: p.Location.Unverified}
}

func (p place) allSources() []heritage.Source {
	out := p.sources()
	if (p.Location.Source != heritage.Text{}) {
		out = append(out, heritage.Source{Text: p.Location.Source, Confidence: heritage.Medium})
	}
	return out
}

// visiting says the little that a source says. Everything else is unknown.
func (p place) visiting() *heritage.Visiting {
	var v heritage.Visiting
	official := heritage.Text{ZH: "以官方公告为准", EN: "As officially announced"}
	if p.ClosedMonday != "" {
		v.Hours = &heritage.OpeningHours{
			Seasons: []heritage.Season{{Name: heritage.Text{ZH: "全年", EN: "All year"}, Week: []heritage.WeekDay{{Days: []int{1}, Closed: true}}}},
			Note:    heritage.Text{ZH: "周一闭馆为通行做法，待核；开放与停止入场时间未知，以官方公告为准", EN: "Closed on Mondays as is usual, to be confirmed; hours and last entry are unknown: as officially announced"},
			Source:  heritage.Source{Text: heritage.Text{ZH: "博物馆通行做法，未核对该馆公告", EN: "Usual practice of museums, not checked against its announcement"}, Confidence: p.ClosedMonday},
		}
	}
	looked := heritage.Source{Text: heritage.Text{ZH: "网页查阅记录，未注明日期，待核", EN: "Look-up of a web page, undated, to be confirmed"}, Confidence: heritage.Medium}
	if p.Free {
		v.Admission = &heritage.Admission{Free: ptr(true), Note: official, Source: looked}
	}
	if p.BookingRequired {
		v.Booking = &heritage.Booking{Required: ptr(true), Note: heritage.Text{ZH: "实名预约；渠道以官方公告为准", EN: "Booked by name; channels as officially announced"}, Source: looked}
	}
	if v.Hours == nil && v.Admission == nil && v.Booking == nil {
		return nil
	}
	return &v
}
