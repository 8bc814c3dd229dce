package alarm

import "yijianyou/sensors/series"

// Kind is what a rule looks at. Never rename.
type Kind string

const (
	Limit   Kind = "limit"      // 限值: a value above High or below Low
	Rate    Kind = "rate"       // 变化率: a change by more than High within SpanS
	Swing   Kind = "swing"      // 波动: greatest less least value of SpanS above High
	Silence Kind = "silence"    // 静默: nothing measured for SpanS
	Stuck   Kind = "stuck"      // 卡死: within High of itself for SpanS
	Spike   Kind = "spike"      // 尖峰: Times values within SpanS that stand alone by more than High
	Dew     Kind = "dew-point"  // 结露: the surface less than Low kelvin above the dew point
	Mould   Kind = "mould"      // 霉变: the mould index above High
	Dose    Kind = "light-dose" // 年曝光量: lux hours of the calendar year above High
	Hours   Kind = "hours"      // 时段: presence outside Hours
	Passage Kind = "passage"    // 无单移动: a passage that no order covers
)

// Kinds lists the kinds in the order of screens.
var Kinds = []Kind{Limit, Rate, Swing, Silence, Stuck, Spike, Dew, Mould, Dose, Hours, Passage}

// Quantities that rules of a fixed meaning take in.
const (
	Temperature = "temperature"         // °C, of the air
	Humidity    = "relative-humidity"   // %
	Surface     = "surface-temperature" // °C
	Illuminance = "illuminance"         // lx
	Presence    = "presence"            // how many are there; 0 nobody
	Uncovered   = "uncovered"           // 1 a passage that no order covers, 0 one that an order covers
)

// Rule is a rule as data. Durations are seconds. A field that its Kind does not name means
// nothing and is refused by Check, so that nobody relies on it.
type Rule struct {
	Kind     Kind     `bson:"kind" json:"kind"`
	Quantity string   `bson:"quantity,omitempty" json:"quantity,omitempty"` // of Limit, Rate, Swing, Silence, Stuck and Spike; the others have theirs
	Unit     string   `bson:"unit,omitempty" json:"unit,omitempty"`         // UCUM, of Low and High, as people read it; the pipeline checks it against the channel
	Low      *float64 `bson:"low,omitempty" json:"low,omitempty"`           // nil none; Limit: least value, Dew: least margin in K
	High     *float64 `bson:"high,omitempty" json:"high,omitempty"`         // nil none

	Hysteresis float64 `bson:"hysteresis,omitempty" json:"hysteresis"` // how far inside the bound it must be to be good again; 0 none
	HoldS      int     `bson:"holdS,omitempty" json:"holdS"`           // how long it must be out; 0 at once
	ClearS     int     `bson:"clearS,omitempty" json:"clearS"`         // how long it must be good again; 0 at once
	SpanS      int     `bson:"spanS,omitempty" json:"spanS,omitempty"` // of Rate (3600), Swing (86400), Silence, Stuck and Spike; 0 the default
	GapS       int     `bson:"gapS,omitempty" json:"gapS,omitempty"`   // time between samples from which on nothing is known; 0 becomes 3600
	Times      int     `bson:"times,omitempty" json:"times,omitempty"` // Spike: how many, 1 to 16; 0 becomes 3

	Class         series.MouldClass `bson:"class,omitempty" json:"class,omitempty"`                 // Mould: of the surface; "" very-sensitive
	SurfaceBelowK float64           `bson:"surfaceBelowK,omitempty" json:"surfaceBelowK,omitempty"` // Dew: how much colder than the air the coldest surface is where nobody measures it, 0 to 30

	Hours    []Span `bson:"hours,omitempty" json:"hours,omitempty"`       // when it is watched, empty always; of Hours: when presence is allowed, empty never
	TimeZone string `bson:"timeZone,omitempty" json:"timeZone,omitempty"` // IANA name, of Hours and of the year of a Dose; "" that of the zone
	Severity int    `bson:"severity" json:"severity"`                     // 1 the gravest to 4
	Source   Source `bson:"source" json:"source"`
}

// Source is from where a limit is taken.
type Source struct {
	Text     string `bson:"text" json:"text"`                   // document and section, or who decided; required, in Chinese where EN is given
	EN       string `bson:"en,omitempty" json:"en,omitempty"`   // the same in English; "" Text stands for both
	Verified bool   `bson:"verified,omitempty" json:"verified"` // whether somebody has compared it with the document
}

// English is the source for those who read English.
func (s Source) English() string {
	if s.EN != "" {
		return s.EN
	}
	return s.Text
}

// Span is a part of each of some days, by local time.
type Span struct {
	Days []int  `bson:"days,omitempty" json:"days,omitempty"` // 1 Monday to 7 Sunday; empty every day
	From string `bson:"from" json:"from"`                     // "HH:MM"
	To   string `bson:"to" json:"to"`                         // "HH:MM", exclusive; not after From goes over midnight
}

// Defaults of a rule, in seconds.
const (
	defaultGapS   = 3600
	defaultRateS  = 3600
	defaultSwingS = 86400
	defaultTimes  = 3
)
