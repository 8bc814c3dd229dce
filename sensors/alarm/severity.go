package alarm

// Severity is how much it matters; 1 is the highest (特别重大), 4 the lowest.
type Severity int

// Stakes: what is lost at the worst. They are severities of the loss itself.
const (
	Precious Severity = 1 // 未定级 too, until somebody grades it
	Least    Severity = 4
)

// stakeOfGrade is the stake of a relic by its grade (heritage/vocab, relic-grade).
var stakeOfGrade = map[string]Severity{"grade-1": 1, "grade-2": 2, "grade-3": 3, "general": 4}

// StakeOf is the stake of a relic of this grade. Whatever is not a grade of the list counts as
// not graded, and so as precious; graded tells which.
func StakeOf(grade string) (stake Severity, graded bool) {
	stake, graded = stakeOfGrade[grade]
	if !graded {
		stake = Precious
	}
	return stake, graded
}

// Weight is how an event joins with what is at stake.
type Weight struct {
	Shift  Severity // how many levels less it matters than the loss itself
	Lowest Severity // it is never lower than this
}

// Severity joins stake (1 to 4) and event. The zero Weight takes the stake as it is.
func (w Weight) Severity(stake Severity) Severity {
	if w.Lowest == 0 {
		return stake
	}
	return min(stake+w.Shift, w.Lowest)
}
