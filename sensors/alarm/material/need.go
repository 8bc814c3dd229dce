package material

import "yijianyou/sensors/alarm"

// Quantities that objects have needs of. They are those of instruments, but for Dose.
const (
	Humidity    = "relative-humidity" // %
	Temperature = "temperature"       // °C
	Illuminance = "illuminance"       // lx
	UV          = "uv"                // µW/lm
	Dose        = "light-dose"        // lux hours of a year
)

// Sort is what a figure means.
type Sort uint8

const (
	Band     Sort = iota // between Low and High
	Upper                // at most High
	SetPoint             // about Low, which is High; no limit
	DaySwing             // the greatest less the least value of a day at most High
)

// Need is what a material bears.
type Need struct {
	Sort      Sort
	Quantity  string
	Low, High float64 // of a Band from 0 there is no lower bound
	Source    alarm.Source
}

// Object is something that is shown or kept.
type Object struct {
	ID        string
	Name      string
	Materials []string // codes of the list "material"
}

// Needs returns what a material bears; empty when nothing is known.
func Needs(code string) []Need {
	m, ok := table[code]
	if !ok {
		return nil
	}
	list := make([]Need, 0, 8)
	if m.rhHigh > 0 {
		list = append(list, Need{Band, Humidity, m.rhLow, m.rhHigh, storageTable}, Need{DaySwing, Humidity, 0, swingRH, swingSource},
			Need{DaySwing, Temperature, 0, swingCelsius, swingSource})
	}
	if m.celsius != 0 {
		list = append(list, Need{SetPoint, Temperature, m.celsius, m.celsius, storageTable})
	}
	return append(list, m.light.limits()...)
}
