package demo

import (
	"yijianyou/heritage"
	"yijianyou/sensors"
	"yijianyou/sensors/alarm"
	"yijianyou/sensors/alarm/material"
)

// exampleLimits are the rooms of the model house with a rule, by what is shown there.
var exampleLimits = []struct {
	zone     string
	material string
	zh, en   string
}{
	{"G1", "copper", "示范一展厅湿度上限（金属）", "Humidity of model gallery 1 (metal)"},
	{"G2", "paper", "示范二展厅湿度范围（纸质）", "Humidity of model gallery 2 (paper)"},
}

// ExampleRules are the rules of readings of the model house: the limits of one material each, as the
// program proposes them. They are made up like the rest of the house.
func ExampleRules() []sensors.NewThing[sensors.RuleFields] {
	var out []sensors.NewThing[sensors.RuleFields]
	for _, l := range exampleLimits {
		for _, r := range material.Combine([]material.Object{{ID: l.zone, Name: l.zh, Materials: []string{l.material}}}).Drafts() {
			if r.Kind != alarm.Limit || r.Quantity != alarm.Humidity {
				continue
			}
			r.HoldS = 300
			out = append(out, sensors.NewThing[sensors.RuleFields]{ID: ID("rule", l.zone), Org: MuseumOrg,
				Fields: sensors.RuleFields{Name: heritage.Text{ZH: l.zh, EN: l.en}, ZoneID: ZoneID(l.zone), Rule: r}})
		}
	}
	return out
}
