package comfort

import (
	"math"
	"time"
)

// Quantity is something that a figure is made of. Never rename.
type Quantity string

// The quantities, each with its one unit.
const (
	Inside       Quantity = "inside"        // people
	Entered      Quantity = "entered"       // people, since the day began
	InstantLimit Quantity = "instant-limit" // people, approved
	DailyLimit   Quantity = "daily-limit"   // people, approved
	Area         Quantity = "area"          // m², where people are
	Waiting      Quantity = "waiting"       // people
	Served       Quantity = "served"        // people an hour, of late
	AirTemp      Quantity = "air-temperature"
	Humidity     Quantity = "relative-humidity" // %
	Wind         Quantity = "wind-speed"        // m/s at 10 m
	Sunshine     Quantity = "sunshine"          // hours of the day
	MeanTemp     Quantity = "mean-temperature"  // °C, of the day or period
	MeanHumidity Quantity = "mean-humidity"     // %, of the day or period
	MeanWind     Quantity = "mean-wind"         // m/s, of the day or period
	Month        Quantity = "month"             // 1 to 12
	PM25         Quantity = "pm25"              // µg/m³, mean of 24 hours
	PM10         Quantity = "pm10"              // µg/m³, mean of 24 hours
	SO2          Quantity = "so2"               // µg/m³, mean of 1 hour
	NO2          Quantity = "no2"               // µg/m³, mean of 1 hour
	CO           Quantity = "co"                // mg/m³, mean of 1 hour
	O3           Quantity = "o3"                // µg/m³, mean of 1 hour
	Share        Quantity = "share"             // % of the limit that decides
	PerPerson    Quantity = "space"             // m² for each person
	Feels        Quantity = "apparent"          // °C
	WaitMinutes  Quantity = "wait"              // minutes
	AQI          Quantity = "aqi"
)

// limit is what a quantity can be at all, and for how long a measurement of it
// stands for the present.
type limit struct {
	unit     string
	min, max float64
	fresh    time.Duration
	zh, en   string
}

const always = 100 * 365 * 24 * time.Hour

// quantities says it of all, in the order of explanations.
var quantities = map[Quantity]limit{
	Inside: {"人", 0, 1e9, 10 * time.Minute, "在园人数", "visitors inside"}, Entered: {"人", 0, 1e9, 10 * time.Minute, "累计入园", "visitors entered today"},
	InstantLimit: {"人", 1, 1e9, always, "核定瞬时最大承载量", "approved instantaneous limit"}, DailyLimit: {"人", 1, 1e9, always, "核定日最大承载量", "approved daily limit"},
	Area: {"m²", 1e-3, 1e12, always, "有效面积", "usable area"}, Waiting: {"人", 0, 1e6, 10 * time.Minute, "排队人数", "people waiting"},
	Served: {"人/h", 0, 1e6, 30 * time.Minute, "近期通过人数", "people served an hour"}, AirTemp: {"°C", -60, 60, 30 * time.Minute, "气温", "air temperature"},
	Humidity: {"%", 0, 100, 30 * time.Minute, "相对湿度", "relative humidity"}, Wind: {"m/s", 0, 80, 30 * time.Minute, "风速", "wind speed"},
	Sunshine: {"h", 0, 24, always, "日照时数", "sunshine"}, MeanTemp: {"°C", -60, 60, always, "平均气温", "mean temperature"}, MeanHumidity: {"%", 0, 100, always, "平均相对湿度", "mean relative humidity"},
	MeanWind: {"m/s", 0, 80, always, "平均风速", "mean wind speed"}, Month: {"", 1, 12, always, "月份", "month"},
	PM25: {"µg/m³", 0, 1e4, 2 * time.Hour, "PM2.5", "PM2.5"}, PM10: {"µg/m³", 0, 1e4, 2 * time.Hour, "PM10", "PM10"}, SO2: {"µg/m³", 0, 1e5, 2 * time.Hour, "二氧化硫", "SO₂"},
	NO2: {"µg/m³", 0, 1e5, 2 * time.Hour, "二氧化氮", "NO₂"}, CO: {"mg/m³", 0, 1e4, 2 * time.Hour, "一氧化碳", "CO"}, O3: {"µg/m³", 0, 1e5, 2 * time.Hour, "臭氧", "ozone"},
	Share: {"%", 0, 1e9, 10 * time.Minute, "占核定承载量", "share of the approved limit"}, PerPerson: {"m²/人", 0, 1e12, 10 * time.Minute, "人均面积", "space for each person"},
	Feels: {"°C", -120, 120, 30 * time.Minute, "体感温度", "apparent temperature"}, WaitMinutes: {"min", 0, 1e6, 10 * time.Minute, "预计等候", "expected wait"},
	AQI: {"", 0, 500, 2 * time.Hour, "空气质量指数", "air quality index"},
}

// limitsOf says what a quantity can be; nothing for one that is not known.
func limitsOf(q Quantity) limit {
	if l, ok := quantities[q]; ok {
		return l
	}
	return limit{min: math.Inf(1), max: math.Inf(-1)}
}

// Unit returns the unit of the quantity, "" none.
func (q Quantity) Unit() string { return quantities[q].unit }

// Label returns the words of the quantity in Chinese and in English.
func (q Quantity) Label() (zh, en string) { return quantities[q].zh, quantities[q].en }
