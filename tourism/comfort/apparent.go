package comfort

import "math"

// apparentFormula is the apparent temperature of R. G. Steadman (1994) in the shade,
// in the form that the Bureau of Meteorology of Australia publishes:
//
//	AT = Ta + 0.33 e − 0.70 ws − 4.00      e = rh/100 · 6.105 · exp(17.27 Ta / (237.7 + Ta))
//
// with Ta in °C, e in hPa and ws in m/s at 10 m. It leaves out the sun, so it tells
// too little of a summer noon. It is used from −20 to 50 °C and up to 20 m/s; outside
// the figure is unknown.
func apparentFormula() Formula {
	return Formula{ID: "apparent-steadman-bom", Version: "1994", ZH: "体感温度（Steadman，遮阴）", EN: "apparent temperature (Steadman, in the shade)", Unit: "°C",
		Source: "R. G. Steadman, Norms of apparent temperature in Australia, 1994; Bureau of Meteorology, Thermal Comfort observations", Verified: true,
		Note:  [2]string{"不含日晒，晴天正午会偏低", "without the sun, so too low at a clear noon"},
		Needs: []Quantity{AirTemp, Humidity, Wind},
		compute: func(k map[Quantity]float64) (float64, Grade, bool) {
			t, ws := k[AirTemp], k[Wind]
			if t < -20 || t > 50 || ws > 20 {
				return 0, "", false
			}
			e := float64(k[Humidity]/100*6.105) * math.Exp(float64(17.27*t)/(237.7+t))
			at := round(t+float64(0.33*e)-float64(0.70*ws)-4, 1)
			return at, feelsGrade(at), true
		}}
}

// feelsGrade puts an apparent temperature into words; our own choice.
func feelsGrade(at float64) Grade {
	switch {
	case at < 0:
		return "feels-freezing"
	case at < 10:
		return "feels-cold"
	case at < 17:
		return "feels-cool"
	case at < 27:
		return "feels-pleasant"
	case at < 32:
		return "feels-warm"
	case at < 38:
		return "feels-hot"
	}
	return "feels-sweltering"
}
