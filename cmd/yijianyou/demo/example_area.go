package demo

import (
	"fmt"
	"math"

	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
	"yijianyou/tourism"
)

// plan is data/demo-area/plan.json: a fictional layout in metres east (x) and
// north (y) of an origin.
type plan struct {
	Area struct {
		Name        heritage.Text    `json:"name"`
		Aliases     []string         `json:"aliases"`
		Origin      tourism.Position `json:"origin"`
		PrecisionM  float64          `json:"precisionM"`
		Description heritage.Text    `json:"description"`
	} `json:"area"`
	Spots []struct {
		Key         string        `json:"key"`
		Name        heritage.Text `json:"name"`
		Kind        tourism.Code  `json:"kind"`
		X           float64       `json:"x"`
		Y           float64       `json:"y"`
		Order       int           `json:"order"`
		Minutes     *int          `json:"minutes"`
		Indoor      bool          `json:"indoor"`
		Wheelchair  tourism.Code  `json:"wheelchair"`
		Pushchair   tourism.Code  `json:"pushchair"`
		Description heritage.Text `json:"description"`
	} `json:"spots"`
	Paths []struct {
		From       string       `json:"from"`
		To         string       `json:"to"`
		Via        [][2]float64 `json:"via"`
		LengthM    float64      `json:"lengthM"`
		Steps      int          `json:"steps"`
		Accessible tourism.Code `json:"accessible"`
	} `json:"paths"`
	Stories []struct {
		Spot  string        `json:"spot"`
		Title heritage.Text `json:"title"`
		Text  heritage.Text `json:"text"`
	} `json:"stories"`
}

// ExampleArea is 示范景区 with all that belongs to it.
type ExampleArea struct {
	Area    tourism.NewRecord[tourism.AreaFields]
	Spots   []tourism.NewRecord[tourism.SpotFields]
	Paths   []tourism.NewRecord[tourism.PathFields]
	Stories []tourism.NewRecord[tourism.StoryFields]
}

// TheExampleArea returns 示范景区.
func TheExampleArea() (*ExampleArea, error) {
	p, err := decode[plan]("data/demo-area/plan.json")
	if err != nil {
		return nil, err
	}
	src := simulated()[0]
	note := heritage.Text{ZH: "模拟数据", EN: "Simulated"}
	daily := []int{1, 2, 3, 4, 5, 6, 7}
	f := tourism.AreaFields{Name: p.Area.Name, Aliases: p.Area.Aliases, Description: p.Area.Description, Schematic: true, Simulated: true, Sources: simulated(), Notable: 0.2,
		Division: heritage.Division{Province: heritage.Text{ZH: "河南省"}, City: heritage.Text{ZH: "郑州市"}},
		Location: &heritage.GeoPoint{Lon: p.Area.Origin.Lon, Lat: p.Area.Origin.Lat, PrecisionM: p.Area.PrecisionM, Unverified: true}, Minutes: ptr(180), Capacity: exampleCapacity(),
		Visiting: &heritage.Visiting{
			Hours: &heritage.OpeningHours{Note: note, Source: src, Seasons: []heritage.Season{
				{Name: heritage.Text{ZH: "旺季", EN: "High season"}, From: "04-01", To: "10-31", Week: []heritage.WeekDay{{Days: daily, Opens: "07:30", Closes: "18:30", LastEntry: "17:30"}}},
				{Name: heritage.Text{ZH: "淡季", EN: "Low season"}, From: "11-01", To: "03-31", Week: []heritage.WeekDay{{Days: daily, Opens: "08:00", Closes: "17:30", LastEntry: "16:30"}}}}},
			Admission: &heritage.Admission{Free: ptr(false), Note: note, Source: src, Tickets: []heritage.Price{
				{Name: heritage.Text{ZH: "全价票", EN: "Full price"}, Fen: 6000}, {Name: heritage.Text{ZH: "优惠票", EN: "Reduced"}, Fen: 3000}}},
			Booking:  &heritage.Booking{Required: ptr(false), Note: note, Source: src, Channels: []heritage.Channel{{Kind: "window", Name: heritage.Text{ZH: "人工窗口", EN: "Ticket window"}}}},
			Identity: &heritage.Identity{Documents: []vocab.Code{"resident-id", "passport", "hk-macao-permit", "taiwan-permit"}, Note: note, Source: src},
		}}
	out := &ExampleArea{Area: tourism.NewRecord[tourism.AreaFields]{ID: string(AreaID("demo-area")), Org: AreaOrg, Fields: f}}
	at := make(map[string]tourism.Position)
	for _, s := range p.Spots {
		pos := p.position(s.X, s.Y)
		at[s.Key] = pos
		sf := tourism.SpotFields{AreaID: AreaID("demo-area"), Name: s.Name, Kind: s.Kind, Order: s.Order, Minutes: s.Minutes,
			Location:   &heritage.GeoPoint{Lon: pos.Lon, Lat: pos.Lat, PrecisionM: p.Area.PrecisionM, Unverified: true},
			Wheelchair: s.Wheelchair, Pushchair: s.Pushchair, Indoor: &s.Indoor, Description: s.Description, Sources: simulated(), Simulated: true}
		out.Spots = append(out.Spots, tourism.NewRecord[tourism.SpotFields]{ID: string(SpotID("demo-area/" + s.Key)), Org: AreaOrg, Fields: sf})
	}
	for _, w := range p.Paths {
		from, ok1 := at[w.From]
		to, ok2 := at[w.To]
		if !ok1 || !ok2 {
			return nil, fmt.Errorf("data/demo-area/plan.json: path %s to %s: no such spot", w.From, w.To)
		}
		line := []tourism.Position{from}
		for _, v := range w.Via {
			line = append(line, p.position(v[0], v[1]))
		}
		pf := tourism.PathFields{AreaID: AreaID("demo-area"), FromSpot: SpotID("demo-area/" + w.From), ToSpot: SpotID("demo-area/" + w.To), Line: append(line, to),
			PrecisionM: p.Area.PrecisionM, LengthM: w.LengthM, Steps: &w.Steps, Accessible: w.Accessible, Sources: simulated(), Simulated: true}
		out.Paths = append(out.Paths, tourism.NewRecord[tourism.PathFields]{ID: ID("path", "demo-area/"+w.From+"/"+w.To), Org: AreaOrg, Fields: pf})
	}
	for i, st := range p.Stories {
		if _, ok := at[st.Spot]; !ok {
			return nil, fmt.Errorf("data/demo-area/plan.json: story of %s: no such spot", st.Spot)
		}
		out.Stories = append(out.Stories, tourism.NewRecord[tourism.StoryFields]{ID: ID("story", "demo-area/"+st.Spot), Org: AreaOrg, Fields: tourism.StoryFields{
			Subject: tourism.Subject{Kind: "spot", ID: string(SpotID("demo-area/" + st.Spot))}, Title: st.Title, Text: st.Text, Audience: "everybody", Order: i + 1,
			Author: "本项目编写", Sources: simulated(), Simulated: true}})
	}
	return out, nil
}

// position turns metres from the origin into degrees.
func (p plan) position(x, y float64) tourism.Position {
	const perDegree = 111320.0
	round := func(v float64) float64 { return math.Round(v*1e7) / 1e7 }
	return tourism.Position{Lon: round(p.Area.Origin.Lon + x/(perDegree*math.Cos(p.Area.Origin.Lat*math.Pi/180))), Lat: round(p.Area.Origin.Lat + y/perDegree)}
}

// exampleCapacity is what an imaginary authority approved, and what it was
// computed from.
func exampleCapacity() *tourism.Capacity {
	src := heritage.Text{ZH: "模拟数据", EN: "Simulated"}
	return &tourism.Capacity{InstantMax: ptr(2000), DailyMax: ptr(12000), ApprovedBy: heritage.Text{ZH: "示范主管部门（模拟）", EN: "Model authority (simulated)"},
		Document: "示范〔2026〕1号（模拟）", ApprovedOn: "2026-01-05", PublishNumbers: true, OpenMinutes: ptr(570), Response: exampleResponse(), Spaces: []tourism.Space{
			{Name: heritage.Text{ZH: "示范·迎宾广场", EN: "Welcome Square (model)"}, AreaM2: 2600, PerPersonM2: 2, Source: src},
			{Name: heritage.Text{ZH: "示范步道", EN: "Walking paths (model)"}, AreaM2: 9000, PerPersonM2: 10, Source: src}}}
}

// exampleResponse is what 示范景区 does when it fills: made up, in the order of peak levels.
func exampleResponse() []tourism.Measure {
	return []tourism.Measure{
		{From: "busy", Do: heritage.Text{ZH: "迎宾广场增派引导员，广播提示错峰（模拟）", EN: "Send more guides to the square and announce quieter parts (simulated)"}},
		{From: "crowded", Do: heritage.Text{ZH: "开放备用出口，步道改为单向通行（模拟）", EN: "Open the spare exit and make the paths one-way (simulated)"}},
		{From: "III", Do: heritage.Text{ZH: "发布黄色预警，放慢售票（模拟）", EN: "Issue the yellow warning and sell tickets more slowly (simulated)"}},
		{From: "packed", Do: heritage.Text{ZH: "广场只出不进，疏导至备用出口（模拟）", EN: "Let nobody more onto the square and lead people to the spare exit (simulated)"}},
		{From: "full", Do: heritage.Text{ZH: "停止售检票，发布公告并疏导分流（模拟）", EN: "Stop selling and checking tickets, announce it and divert (simulated)"}},
	}
}
