package tourismhttp

import (
	"time"

	"yijianyou/tourism"
	"yijianyou/tourism/comfort"
	"yijianyou/tourism/comfort/forecast"
)

// ForecastView is how full an area is expected to be, made of its counts alone:
// profile, holidays, level and trend; no weather, no bookings.
type ForecastView struct {
	AreaID    string         `json:"areaId"`
	MadeAt    *time.Time     `json:"madeAt" doc:"null: too little was counted yet to tell"`
	Until     *time.Time     `json:"until" doc:"end of the newest count that it was made of: it is as old as that"`
	From      *time.Time     `json:"from" doc:"of the oldest count that it was made of"`
	Hours     int            `json:"hours" doc:"how many hours of counts it was made of"`
	TimeZone  string         `json:"timeZone" doc:"of the area, IANA name"`
	Share     float64        `json:"share" doc:"of what comes that lies from low to high, as far as the past tells"`
	Soon      []ExpectedView `json:"soon" nullable:"false" doc:"quarters of an hour, six hours"`
	Later     []ExpectedView `json:"later" nullable:"false" doc:"hours, three days"`
	Simulated bool           `json:"simulated"`
}

// ExpectedView is what is expected at a moment.
type ExpectedView struct {
	At      time.Time      `json:"at"`
	State   Coded          `json:"state" doc:"live: people are expected, 0 among the numbers; closed by the hours; there is nothing for what is unknown"`
	Level   *Coded         `json:"level" doc:"of what is expected; null: no approved limit"`
	Peak    *Coded         `json:"peak" doc:"peak level of what is expected; null none"`
	Best    *Coded         `json:"best" doc:"of the lower end"`
	Worst   *Coded         `json:"worst" doc:"of the upper end"`
	Inside  *tourism.Range `json:"inside" doc:"null: the area shows a band only, or it is closed"`
	Entered *tourism.Range `json:"entered" doc:"since the day began; null as inside"`
	Holiday bool           `json:"holidayKnown" doc:"the notice of holidays covers the day"`
}

type forecastOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         ForecastView
}

// forecastAnswer judges what is kept. staff is whether the reader may see numbers
// whatever the area publishes.
func forecastAnswer(svc *tourism.Service, c *tourism.Crowd, err error, staff bool) (*forecastOutput, error) {
	if err != nil {
		return nil, err
	}
	out := &forecastOutput{Body: ForecastView{AreaID: string(c.AreaID), TimeZone: c.Fields.TimeZone, Share: forecast.Share, Soon: []ExpectedView{}, Later: []ExpectedView{}, Simulated: c.Simulated}}
	if staff {
		out.CacheControl = "private, no-store"
	}
	o := c.Forecast
	if o == nil {
		return out, nil
	}
	v := &out.Body
	v.MadeAt, v.Until, v.From, v.Hours, v.Simulated = &o.MadeAt, &o.Until, &o.From, o.Steps, c.Simulated || o.Simulated
	numbers := staff || published(c)
	for _, part := range []struct {
		from []tourism.Ahead
		into *[]ExpectedView
	}{{o.Soon, &v.Soon}, {o.Later, &v.Later}} {
		for _, x := range svc.Foretold(c, part.from) {
			*part.into = append(*part.into, expectedView(x, numbers))
		}
	}
	return out, nil
}

func expectedView(x tourism.Foretold, numbers bool) ExpectedView {
	v := ExpectedView{At: x.At, State: stateCode(comfort.Live), Level: levelCode(x.Level), Peak: peakCode(x.Peak), Best: levelCode(x.Best), Worst: levelCode(x.Worst), Holiday: x.Known}
	if x.Closed {
		v.State = stateCode(comfort.Closed)
	} else if numbers {
		v.Inside, v.Entered = &x.Inside, &x.Entered
	}
	return v
}

// published reports whether the area shows its numbers to everybody.
func published(c *tourism.Crowd) bool {
	return c.Fields.Capacity != nil && c.Fields.Capacity.PublishNumbers
}
