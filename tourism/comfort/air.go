package comfort

import "math"

// iaqi are the individual air quality indices at which the concentrations of
// pollutants step (HJ 633-2012, table 1).
var iaqi = [...]float64{0, 50, 100, 150, 200, 300, 400, 500}

// concentrations are those steps: PM as means of 24 hours, gases of one hour. Sulphur
// dioxide of an hour ends at 800 µg/m³: above it HJ 633 asks for the mean of a day.
var concentrations = map[Quantity][]float64{
	PM25: {0, 35, 75, 115, 150, 250, 350, 500},
	PM10: {0, 50, 150, 250, 350, 420, 500, 600},
	SO2:  {0, 150, 500, 650, 800},
	NO2:  {0, 100, 200, 700, 1200, 2340, 3090, 3840},
	CO:   {0, 5, 10, 35, 60, 90, 120, 150},
	O3:   {0, 160, 200, 300, 400, 800, 1000, 1200},
}

// pollutants is their order.
var pollutants = []Quantity{PM25, PM10, SO2, NO2, CO, O3}

// subIndex is the index of one pollutant, rounded up as the standard asks.
func subIndex(q Quantity, c float64) float64 {
	steps := concentrations[q]
	for i := 1; i < len(steps); i++ {
		if c <= steps[i] {
			low, high := steps[i-1], steps[i]
			return math.Ceil(round(iaqi[i-1]+float64((iaqi[i]-iaqi[i-1])*float64((c-low)/(high-low))), 6))
		}
	}
	return iaqi[len(steps)-1]
}

// AirGrade returns the class of an air quality index, "air-1" 优 to "air-6" 严重污染.
func AirGrade(aqi float64) Grade {
	for i, to := range []float64{50, 100, 150, 200, 300} {
		if aqi <= to {
			return Grade("air-" + string(rune('1'+i)))
		}
	}
	return "air-6"
}

// airFormula is the air quality index: the worst of the pollutants that are known.
// Those that are not could only make it worse, and lower the confidence.
func airFormula() Formula {
	return Formula{ID: "aqi", Version: "HJ 633-2012", ZH: "空气质量指数 AQI", EN: "air quality index", Source: "HJ 633-2012",
		Note: [2]string{"分级浓度限值待与标准原文核对", "the steps are to be compared with the text"}, Any: pollutants,
		compute: func(k map[Quantity]float64) (float64, Grade, bool) {
			worst := 0.0
			for _, q := range pollutants {
				if c, ok := k[q]; ok {
					worst = max(worst, subIndex(q, c))
				}
			}
			return worst, AirGrade(worst), true
		}}
}
