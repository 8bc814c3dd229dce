package sensors

import (
	"strings"

	"yijianyou/heritage"
)

// Quantity is something that an instrument may measure.
type Quantity struct {
	Name     string        // as Channel.Quantity has it
	Unit     string        // the UCUM unit in which it is stored
	Label    heritage.Text // for screens
	Min, Max float64       // what instruments of houses and grounds can measure at all; a channel lies within
}

// Quantities lists what instruments may measure, in the order of screens. Each
// has one unit: a device that speaks another is converted before it sends. The
// bounds tell a measurement from a broken wire, they are no limits of climate.
var Quantities = []Quantity{
	{"temperature", "Cel", heritage.Text{ZH: "温度", EN: "Temperature"}, -60, 100},
	{"surface-temperature", "Cel", heritage.Text{ZH: "表面温度", EN: "Surface temperature"}, -60, 100},
	{"relative-humidity", "%", heritage.Text{ZH: "相对湿度", EN: "Relative humidity"}, 0, 100},
	{"illuminance", "lx", heritage.Text{ZH: "照度", EN: "Illuminance"}, 0, 200_000},
	{"uv", "uW/lm", heritage.Text{ZH: "紫外线相对含量", EN: "Ultraviolet content"}, 0, 20_000},
	{"co2", "[ppm]", heritage.Text{ZH: "二氧化碳", EN: "Carbon dioxide"}, 0, 50_000},
	{"pm25", "ug/m3", heritage.Text{ZH: "细颗粒物 PM2.5", EN: "Fine particles PM2.5"}, 0, 10_000},
	{"wind-speed", "m/s", heritage.Text{ZH: "风速", EN: "Wind speed"}, 0, 80},
	{"vibration", "mm/s", heritage.Text{ZH: "振动速度", EN: "Vibration velocity"}, 0, 1_000},
	{"presence", "1", heritage.Text{ZH: "在场人数", EN: "People present"}, 0, 10_000},
	{"battery", "%", heritage.Text{ZH: "电量", EN: "Battery"}, 0, 100},
}

// QuantityNamed returns the quantity with that name.
func QuantityNamed(name string) (Quantity, bool) {
	for _, q := range Quantities {
		if q.Name == name {
			return q, true
		}
	}
	return Quantity{}, false
}

// quantityNames lists the names, for a refusal.
func quantityNames() string {
	names := make([]string, 0, len(Quantities))
	for _, q := range Quantities {
		names = append(names, q.Name)
	}
	return strings.Join(names, ", ")
}
