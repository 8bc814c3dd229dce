package material

import "yijianyou/sensors/alarm"

// Times of the drafts: choices of this project, for a person to change.
const (
	holdS  = 1800
	clearS = 900
)

// units are those in which instruments measure.
var units = map[string]string{Humidity: "%", Temperature: "Cel", Illuminance: "lx", UV: "uW/lm", Dose: "lx.h"}

// Drafts makes rules of the limits of a proposal, for a person to judge. A band of a single value
// makes none.
func (p Proposal) Drafts() []alarm.Rule {
	var list []alarm.Rule
	for _, l := range p.Limits {
		if l.Narrow {
			continue
		}
		r := alarm.Rule{Kind: alarm.Limit, Quantity: l.Quantity, Unit: units[l.Quantity], HoldS: holdS, ClearS: clearS, Severity: 3,
			Source: l.source()}
		high := l.High.Value
		r.High = &high
		r.Hysteresis = high / 25
		if l.Low != nil {
			low := l.Low.Value
			r.Low, r.Hysteresis = &low, min(r.Hysteresis, (high-low)/5)
		}
		switch {
		case l.Sort == DaySwing:
			r.Kind, r.HoldS = alarm.Swing, 0
			if l.Quantity == Temperature {
				r.Unit = "K"
			}
		case l.Quantity == Dose:
			r.Kind, r.Quantity, r.HoldS, r.ClearS, r.Hysteresis = alarm.Dose, "", 0, 0, 0
		}
		list = append(list, r)
	}
	return list
}

// source names from where both bounds are.
func (l *Limit) source() alarm.Source {
	if l.Low == nil || l.Low.Source == l.High.Source {
		return l.High.Source
	}
	return alarm.Source{Text: "下限：" + l.Low.Source.Text + "；上限：" + l.High.Source.Text,
		EN: "Low bound: " + l.Low.Source.English() + "; high bound: " + l.High.Source.English()}
}
