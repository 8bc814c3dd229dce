package forecast

import (
	"errors"
	"math"
	"time"

	"yijianyou/tourism/comfort/calendar"
)

// Longest is how far ahead a model looks.
const Longest = 72 * time.Hour

// Share is how much of what comes lies between Low and High, as far as the past
// tells.
const Share = 0.8

// horizons are those that are learned, in hours; between two of them it is drawn
// straight.
var horizons = [...]float64{0.25, 0.5, 1, 2, 3, 6, 9, 12, 18, 24, 36, 48, 72}

// Options are what a Model needs.
type Options struct {
	Step     time.Duration // of a value: divides an hour
	Zone     *time.Location
	Calendar calendar.Calendar
}

// What can be wrong with what a model is given.
var (
	ErrStep  = errors.New("forecast: a step must divide an hour and be at least a minute")
	ErrOrder = errors.New("forecast: values must come in their order of time, at whole steps")
)

// Model is what the past of one series taught. It is not safe for concurrent use.
type Model struct {
	o       Options
	slots   int // of a day
	profile *profile
	levels  *levels
	season  season
	ahead   []*ahead
	past    past
	moments []moment // a ring by step
	steps   int      // with a value
}

// ahead is what is known about one horizon.
type ahead struct {
	steps   int
	hours   float64
	weights *weigher
	errs    *residuals
	pending []told // by step of the target, a ring of steps
}

// told is a forecast whose outcome is not known yet.
type told struct {
	target int64 // step of the target; 0 none
	x      vector
	usual  float64 // that was expected
	value  float64 // that was foretold, before it is drawn to the middle of the residuals
	early  bool    // before every day of the week was seen: how far it was off tells nothing of later
}

// week is how many days are seen before residuals are kept.
const week = 7

// New returns a model that knows nothing yet.
//
// Errors: ErrStep.
func New(o Options) (*Model, error) {
	if o.Step < time.Minute || time.Hour%o.Step != 0 {
		return nil, ErrStep
	}
	hours := o.Step.Hours()
	m := &Model{o: o, slots: int(24 * time.Hour / o.Step)}
	m.profile, m.levels = newProfile(m.slots), newLevels(hours)
	m.past = newPast(8*m.slots + 1)
	m.moments = make([]moment, int(Longest/o.Step)+2)
	for _, h := range horizons {
		if steps := int(math.Round(h / hours)); steps >= 1 && float64(steps)*hours == h {
			m.ahead = append(m.ahead, &ahead{steps: steps, hours: h, weights: newWeigher(h), errs: newResiduals(), pending: make([]told, steps)})
		}
	}
	return m, nil
}

// Steps returns how many values the model has seen.
func (m *Model) Steps() int { return m.steps }

// moment is a step as the calendar sees it.
type moment struct {
	step  int64
	class class
	slot  int
	hour  int
	year  float64 // part of the year that has gone, 0 to 1
}

// moment is asked for each step once from each horizon; the last are kept.
func (m *Model) moment(step int64) moment {
	kept := &m.moments[step%int64(len(m.moments))]
	if kept.step != step {
		*kept = m.look(step)
	}
	return *kept
}

func (m *Model) look(step int64) moment {
	t := time.Unix(0, step*int64(m.o.Step)).In(m.o.Zone)
	h, mi, _ := t.Clock()
	d := m.o.Calendar.Of(calendar.DateOf(t))
	return moment{step: step, class: classOf(d, t.Weekday()), slot: (h*60 + mi) * m.slots / (24 * 60), hour: h, year: float64(t.YearDay()-1) / 366}
}

// stepOf returns the step that begins at t.
func (m *Model) stepOf(t time.Time) (int64, bool) {
	n := t.UnixNano()
	return n / int64(m.o.Step), n%int64(m.o.Step) == 0 && n > 0
}

// Observe takes the value of the step that begins at t. Steps that are left out
// are unknown, which is another thing than 0. A value below 0 or no number is as
// unknown.
//
// Errors: ErrOrder.
func (m *Model) Observe(t time.Time, v float64) error {
	step, whole := m.stepOf(t)
	if !whole || m.past.newest != 0 && step <= m.past.newest {
		return ErrOrder
	}
	for s := m.past.newest + 1; m.past.newest != 0 && s < step; s++ {
		if skipped := step - s - int64(len(m.past.values)); skipped > 0 { // nothing of before is left
			m.levels.pass(skipped)
			s += skipped
		}
		m.levels.pass(1)
		m.past.push(s, math.NaN(), 0)
	}
	if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
		m.levels.pass(1)
		m.past.push(step, math.NaN(), 0)
		return nil
	}
	m.learn(step, v)
	m.tell(step)
	return nil
}

// heaviest is the most that an outcome counts for, in steps of mean size: one hour
// of a past that changed by orders of magnitude does not decide alone.
const heaviest = 100

// learn takes a value into everything.
func (m *Model) learn(step int64, v float64) {
	now := m.moment(step)
	usual := m.usual(now)
	little := m.little()
	for _, a := range m.ahead {
		p := &a.pending[step%int64(a.steps)]
		if p.target != step || little == 0 {
			continue
		}
		outcome := clamp(math.Log((v + little) / (p.usual + little)))
		keep := math.Exp(-m.o.Step.Hours() / (24 * 90))
		a.weights.learn(p.x, outcome, min((p.usual+little)/m.mean(), heaviest), keep)
		if !p.early {
			a.errs.add(partOf(now.class, now.hour), clamp(math.Log((v+little)/(p.value+little))))
		}
	}
	m.levels.pass(1)
	m.levels.learn(v, usual, m.profile.sure(now.class, now.slot))
	m.past.push(step, v, usual)
	trend := 1.0
	if mean := m.mean(); mean > 0 {
		trend = math.Exp(m.levels.of(mean)[3])
	}
	m.season.learn(now, v, m.slots)
	m.profile.learn(now.class, now.slot, v/m.season.factor(now.year), trend)
	m.steps++
}

// usual is what the profile and the season of the year expect.
func (m *Model) usual(at moment) float64 {
	return m.profile.expect(at.class, at.slot) * m.season.factor(at.year)
}

// mean is the usual value of a step over the whole day.
func (m *Model) mean() float64 { return m.profile.mean.towards(0, 1e-9) }

// little is what is added before a logarithm is taken, so that the nights do not
// decide.
func (m *Model) little() float64 { return 0.2 * m.mean() }

// tell notes what is foretold from step on, to learn from it when it comes.
func (m *Model) tell(step int64) {
	mean := m.mean()
	if mean <= 0 {
		return
	}
	lv := m.levels.of(mean)
	for _, a := range m.ahead {
		target := step + int64(a.steps)
		t := m.foretell(a, lv, step, target)
		t.early = m.steps < week*m.slots
		a.pending[target%int64(a.steps)] = t
	}
}

// foretell says what is expected at the step target, a's horizon rules.
func (m *Model) foretell(a *ahead, lv [len(spans)]float64, step, target int64) told {
	at := m.moment(target)
	t := told{target: target, usual: m.usual(at)}
	copy(t.x[:], lv[:])
	day := int64(m.slots)
	t.x[len(spans)] = m.deviation(target - (target-step+day-1)/day*day)
	t.x[len(spans)+1] = m.deviation(target - (target-step+7*day-1)/(7*day)*7*day)
	t.x[len(spans)+2] = 1
	little := m.little()
	t.value = max((t.usual+little)*math.Exp(a.weights.foretell(t.x))-little, 0)
	return t
}

// deviation is how far the hour before and after a step was from the usual; 0 when
// nothing is known of it.
func (m *Model) deviation(step int64) float64 {
	around := int64(time.Hour / m.o.Step)
	seen, usual := 0.0, 0.0
	for s := step - around; s <= step+around; s++ {
		if v, u, ok := m.past.at(s); ok {
			seen, usual = seen+v, usual+u
		}
	}
	mean := m.mean()
	return clamp(math.Log((seen + mean) / (usual + mean)))
}
