package series

import "math"

// Coefficients of the Magnus formula over water (WMO-No. 8, Annex 4.B), for -45 to 60 °C.
const (
	magnusHPa = 6.112
	magnusA   = 17.62
	magnusC   = 243.12 // °C
)

// SaturationHPa is the vapour pressure of saturated air over water, in hPa.
func SaturationHPa(celsius float64) float64 {
	return magnusHPa * math.Exp(magnusA*celsius/(magnusC+celsius))
}

// DewPointCelsius is the temperature at which air of this temperature and relative
// humidity (above 0, up to 100 %) begins to condense. NaN for a humidity of 0 or less:
// air without vapour has no dew point.
func DewPointCelsius(celsius, rhPercent float64) float64 {
	if !(rhPercent > 0) {
		return math.NaN()
	}
	g := math.Log(rhPercent/100) + magnusA*celsius/(magnusC+celsius)
	return magnusC * g / (magnusA - g)
}
