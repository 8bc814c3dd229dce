package comfort

// Formula is one version of one way to compute a figure.
type Formula struct {
	ID       string // "fruin-walkway"
	Version  string
	ZH, EN   string // what it computes
	Unit     string
	Source   string
	Verified bool // compared with the text or with the publisher's own page
	Note     [2]string
	Needs    []Quantity // all must be known
	Any      []Quantity // at least one must be, when there are any

	compute func(known map[Quantity]float64) (v float64, grade Grade, ok bool)
}

// Formulas lists what can be computed, in the order of screens. A changed formula
// is a new version beside the old one, so that old figures can be computed again.
func Formulas() []Formula {
	return []Formula{shareFormula(Inside, InstantLimit, "1", round), shareFormula(Entered, DailyLimit, "1", round),
		shareFormula(Inside, InstantLimit, "2", cut), shareFormula(Entered, DailyLimit, "2", cut),
		fruinFormula(Walkway), fruinFormula(Stairs), fruinFormula(Queueing),
		climateI(), climateK(), climateClass(), apparentFormula(), queueFormula(), airFormula()}
}

// formulaOf finds a version of a formula.
func formulaOf(id, version string) (Formula, bool) {
	for _, f := range Formulas() {
		if f.ID == id && f.Version == version {
			return f, true
		}
	}
	return Formula{}, false
}

// shareFormula is the share of a limit in percent, to 0.1. The first version rounded
// it, so that 94.96 % read as the step of 95 %; the second cuts it.
func shareFormula(count, limit Quantity, version string, to func(v float64, digits int) float64) Formula {
	zh, en := count.Label()
	lz, le := limit.Label()
	return Formula{ID: "share-" + string(count), Version: version, ZH: zh + "占" + lz + "的比例", EN: en + " as a share of the " + le, Unit: "%",
		Source: "LB/T 068-2017 5.4", Verified: true, Needs: []Quantity{count, limit},
		compute: func(k map[Quantity]float64) (float64, Grade, bool) {
			return to(float64(k[count]*100)/k[limit], 1), "", true
		}}
}
