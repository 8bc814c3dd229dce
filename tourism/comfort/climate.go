package comfort

import "math"

// GB/T 27963-2011 grades the climate of a day or a longer period, never an hour: its
// sunshine is hours a day. It has the temperature-humidity index I and the wind chill
// index K, each in five classes. It is under revision (plan 20241584-T-416: one index,
// OWCI); the new one will stand beside it as a formula of another version.
const gbt27963 = "GB/T 27963-2011"

// climateBy returns the class that holds where I and K disagree: that of K from October
// to March and when the mean wind is above 3 m/s, else that of I; this rule is not
// confirmed. month is that of the middle of the period, 1 to 12.
func climateBy(i, k Grade, windMS float64, month int) Grade {
	if month >= 10 || month <= 3 || windMS > 3 {
		return k
	}
	return i
}

// indexI is I = T − 0.55 (1 − RH)(T − 14.4), rounded to 0.1.
func indexI(t, rhPercent float64) float64 {
	return round(t-float64(0.55*float64((1-rhPercent/100)*(t-14.4))), 1)
}

// indexK is K = −(10√V + 10.45 − V)(33 − T) + 8.55 S, rounded to 1.
func indexK(t, v, s float64) float64 {
	return round(float64(-(float64(10*math.Sqrt(v))+10.45-v)*(33-t))+float64(8.55*s), 0)
}

// gradeI finds the class of a rounded I.
func gradeI(i float64) Grade {
	switch {
	case i < 14:
		return "climate-1"
	case i <= 16.9:
		return "climate-2"
	case i <= 25.4:
		return "climate-3"
	case i <= 27.5:
		return "climate-4"
	}
	return "climate-5"
}

// gradeK finds the class of a rounded K.
func gradeK(k float64) Grade {
	switch {
	case k < -400:
		return "climate-1"
	case k <= -300:
		return "climate-2"
	case k <= -100:
		return "climate-3"
	case k <= -10:
		return "climate-4"
	}
	return "climate-5"
}

func climateI() Formula {
	return Formula{ID: "climate-i", Version: "2011", ZH: "温湿指数 I", EN: "temperature-humidity index I", Source: gbt27963, Needs: []Quantity{MeanTemp, MeanHumidity},
		compute: func(k map[Quantity]float64) (float64, Grade, bool) {
			i := indexI(k[MeanTemp], k[MeanHumidity])
			return i, gradeI(i), true
		}}
}

func climateK() Formula {
	return Formula{ID: "climate-k", Version: "2011", ZH: "风效指数 K", EN: "wind chill index K", Source: gbt27963, Needs: []Quantity{MeanTemp, MeanWind, Sunshine},
		compute: func(k map[Quantity]float64) (float64, Grade, bool) {
			v := indexK(k[MeanTemp], k[MeanWind], k[Sunshine])
			return v, gradeK(v), true
		}}
}

// climateClass is the class of a period, 1 to 5, by I and K together.
func climateClass() Formula {
	return Formula{ID: "climate-class", Version: "2011", ZH: "人居环境气候舒适度等级", EN: "climate comfort class", Source: gbt27963,
		Note:  [2]string{"I 与 K 不一致时的取舍规则待核", "the rule for when I and K disagree is not confirmed"},
		Needs: []Quantity{MeanTemp, MeanHumidity, MeanWind, Sunshine, Month},
		compute: func(k map[Quantity]float64) (float64, Grade, bool) {
			i, wind := gradeI(indexI(k[MeanTemp], k[MeanHumidity])), gradeK(indexK(k[MeanTemp], k[MeanWind], k[Sunshine]))
			g := climateBy(i, wind, k[MeanWind], int(k[Month]))
			return float64(g[len(g)-1] - '0'), g, true
		}}
}
