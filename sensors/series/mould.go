package series

import "math"

// MouldClass is how sensitive a surface is to mould. Never rename.
type MouldClass string

const (
	VerySensitive   MouldClass = "very-sensitive"   // untreated wood, pine sapwood
	Sensitive       MouldClass = "sensitive"        // planed wood, paper-coated products
	MediumResistant MouldClass = "medium-resistant" // concrete, mineral wool
	Resistant       MouldClass = "resistant"        // glass, metal
)

// MouldClasses lists the classes, the most sensitive first.
var MouldClasses = []MouldClass{VerySensitive, Sensitive, MediumResistant, Resistant}

// mouldCoefficients of a class: k1 below and from index 1, the greatest index that conditions
// allow as A + B·x - C·x², and the least humidity at which anything grows.
type mouldCoefficients struct{ slow, fast, a, b, c, least float64 }

func (c MouldClass) coefficients() mouldCoefficients {
	switch c {
	case Sensitive:
		return mouldCoefficients{0.578, 0.386, 0.3, 6, 1, 80}
	case MediumResistant:
		return mouldCoefficients{0.072, 0.097, 0, 5, 1.5, 85}
	case Resistant:
		return mouldCoefficients{0.033, 0.014, 0, 3, 1, 85}
	}
	return mouldCoefficients{1, 2, 1, 7, 2, 80}
}

// Mould is the mould index of a surface: 0 nothing, 1 growth that begins, seen with a
// microscope, 3 seen with the eye on a tenth of the surface, 6 covered. The zero value is
// a clean surface.
type Mould struct {
	Index float64 // 0 to 6
	DryMS int64   // since when nothing can grow; 0 while it can
}

// CriticalRH is the humidity in percent from which mould can grow at a temperature, 100 or
// more where it cannot at all.
func CriticalRH(class MouldClass, celsius float64) float64 {
	if celsius <= 0 || celsius >= 50 {
		return 101
	}
	least := class.coefficients().least
	if celsius > 20 {
		return least
	}
	return max(((-0.00267*celsius+0.160)*celsius-3.13)*celsius+100, least)
}

// stepMS is the longest time over which growth is taken as constant.
const stepMS = hourMS

// Step lets a time pass at a constant temperature and relative humidity.
func (m *Mould) Step(class MouldClass, celsius, rhPercent float64, spanMS int64) {
	critical := CriticalRH(class, celsius)
	if rhPercent < critical {
		m.dry(spanMS)
		return
	}
	m.DryMS = 0
	k := class.coefficients()
	x := (critical - rhPercent) / (critical - 100)
	if critical == 100 {
		x = 0
	}
	most := max(k.a+k.b*x-k.c*x*x, 0)
	perDay := 1 / (7 * math.Exp(-0.68*math.Log(celsius)-13.9*math.Log(rhPercent)+66.02))
	for ; spanMS > 0; spanMS -= stepMS {
		k1 := k.slow
		if m.Index >= 1 {
			k1 = k.fast
		}
		k2 := max(1-math.Exp(2.3*(m.Index-most)), 0)
		days := float64(min(spanMS, stepMS)) / (24 * hourMS)
		m.Index = min(m.Index+perDay*k1*k2*days, 6)
	}
}

// Decline of a surface that has dried: quick for six hours, none until a day has passed,
// slow from then on; index a day.
const (
	declineFirst  = 0.032
	declineLater  = 0.016
	declinePause  = 6 * hourMS
	declineResume = 24 * hourMS
)

func (m *Mould) dry(spanMS int64) {
	from, to := m.DryMS, m.DryMS+spanMS
	first := max(min(to, declinePause)-from, 0)
	later := max(to-max(from, declineResume), 0)
	m.Index = max(m.Index-(declineFirst*float64(first)+declineLater*float64(later))/(24*hourMS), 0)
	m.DryMS = to
}
