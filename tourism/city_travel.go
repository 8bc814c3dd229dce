package tourism

import (
	"math"
	"time"

	"yijianyou/heritage"
	"yijianyou/tourism/route"
)

// Estimate names what a plan took for granted where nothing is published or
// measured.
type Estimate struct {
	Name    string // of the assumption
	Version int    // raised with every change of a figure
	Text    heritage.Text
}

// The figures of the assumption straight-line. They are this project's own choice
// and no measurement: a way is detour times the straight line; one walks where that is
// no slower, else one waits and rides.
const (
	rideWaitS   = 15 * 60 // to the vehicle and from it, and waiting
	townM       = 15_000  // of a ride, at townKMH
	townKMH     = 25
	beyondKMH   = 50 // the rest of it
	dayOpens    = 9 * 60
	dayCloses   = 17 * 60 // where hours are unknown, minutes of the day
	metresByKMH = 1000. / 3600
)

// Why a place of a city is left out, and what is said of its stops.
const (
	leftNight route.Code = "daytime-only"  // its hours are unknown, and the visitor comes outside of those that are assumed
	leftDemo  route.Code = "made-up"       // no real place, and nobody asked for it
	byDaytime route.Code = "hours-assumed" // its hours are unknown
)

// cityEstimate returns the assumption that plans of cities make.
func cityEstimate() *Estimate {
	return &Estimate{Name: "straight-line", Version: 1, Text: heritage.Text{
		ZH: "无实测路网，按直线距离估算：路程取直线的 1.4 倍；步行不比乘车慢时步行，否则按候车及上下车 15 分钟，15 公里以内每小时 25 公里、以外每小时 50 公里计。没有公布参观时长的，博物馆和景区按 2 小时、文物点按 45 分钟；没有公布开放时间的按 9:00–17:00。",
		EN: "No measured road network; estimated from straight lines: a way is 1.4 times the straight line. One walks where that is no slower, else 15 min are taken for waiting and getting on and off, with 25 km/h for the first 15 km and 50 km/h beyond. Where no length of a visit is published, 2 h are taken for museums and areas and 45 min for sites; where no hours are, 9:00 to 17:00.",
	}}
}

// between returns how long a way takes between places that are so many metres apart
// in a straight line, and how. Nobody says that a street is accessible: who
// needs that rides.
func (q *PlanRequest) between(apart float64) (seconds float64, by way) {
	m := detour * apart
	by = way{paths: []PathID{}, guessed: m > 0}
	walk := m / paces[q.Pace].speed
	ride := rideWaitS + min(m, townM)/(townKMH*metresByKMH) + max(0, m-townM)/(beyondKMH*metresByKMH)
	if m == 0 || q.Access == "" && walk <= ride {
		by.walkM = m
		return walk, by
	}
	by.rideM = m
	return ride, by
}

// daySpans returns when hours allow a visit to begin that takes stay seconds, with
// the hours of daytime on days of which they say nothing; assumed is whether there
// is such a day.
func daySpans(hours *heritage.OpeningHours, start time.Time, zone *time.Location, minutes, stay int) (out []span, assumed bool) {
	out = dailySpans(start, zone, minutes, func(second func(minute int) int, day heritage.Day) (span, bool) {
		on := hours.On(day)
		s, entry, ok := dayOf(on, second)
		if on.State == heritage.OpenUnknown {
			assumed = true
			s = span{second(dayOpens), second(dayCloses)}
			entry = s.to
		}
		return span{s.from, min(s.to-stay, entry)}, ok
	})
	return out, assumed
}

// noWay is a way that nobody knows.
func noWay() (float64, way) { return math.Inf(1), way{paths: []PathID{}} }
