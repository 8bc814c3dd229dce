package forecast

import (
	"math"
	"time"

	"yijianyou/tourism/comfort/calendar"
)

// How fast the profile forgets, for each time that a day of the class comes, and
// how many days' worth the wider class counts for.
const (
	keepDay     = 0.87 // a weekday: about seven weeks
	keepKind    = 0.93 // working days, free days
	keepSpecial = 0.97 // holidays and days made up: few in a year, so for years
	trust       = 0.6
	trustRatio  = 1.5
)

// cell is a mean that forgets.
type cell struct{ sum, weight float64 }

func (c *cell) add(v, keep float64) { c.sum, c.weight = c.sum*keep+v, c.weight*keep+1 }

// towards returns the mean, drawn to prior as if that had been seen n times.
func (c cell) towards(prior, n float64) float64 { return (c.sum + n*prior) / (c.weight + n) }

// class is the place of a day in the profile: its weekday, whether it is free, and
// what is special about it.
type class struct {
	weekday time.Weekday
	free    bool
	special int // index into profile.special; -1 an ordinary day
}

// Special days: the first, middle and last day of a holiday, a holiday of one day,
// a weekend day that is worked.
const (
	first = iota
	middle
	last
	single
	madeUp
	specials
)

func classOf(d calendar.Day, w time.Weekday) class {
	c := class{weekday: w, free: d.Kind.Free(), special: -1}
	switch {
	case d.Kind == calendar.MakeUp:
		c.special = madeUp
	case d.Kind != calendar.Holiday:
	case d.Of == 1:
		c.special = single
	case d.Nth == 1:
		c.special = first
	case d.Nth == d.Of:
		c.special = last
	default:
		c.special = middle
	}
	return c
}

// profile is the usual value of each slot of a day, by class of day. What a class
// has seen too seldom it takes from the wider one: a weekday from all working or
// all free days, these from all days, a special day from a ratio to those.
type profile struct {
	all     []cell
	kind    [2][]cell // working, free
	day     [7][]cell
	special [specials][]ratio
	whole   [specials]ratio // of all slots of the day
	mean    cell
}

// ratio is a sum beside what an ordinary day would have had.
type ratio struct{ seen, usual float64 }

func (r *ratio) add(seen, usual, keep float64) {
	r.seen, r.usual = r.seen*keep+seen, r.usual*keep+usual
}

func (r ratio) towards(prior, usual float64) float64 {
	if r.usual+usual <= 0 {
		return prior
	}
	return (r.seen + usual*prior) / (r.usual + usual)
}

func newProfile(slots int) *profile {
	p := &profile{all: make([]cell, slots)}
	for i := range p.kind {
		p.kind[i] = make([]cell, slots)
	}
	for i := range p.day {
		p.day[i] = make([]cell, slots)
	}
	for i := range p.special {
		p.special[i] = make([]ratio, slots)
	}
	return p
}

// ordinary is the usual value of a slot of an ordinary day.
func (p *profile) ordinary(c class, slot int) float64 {
	v := p.wide(c.free, slot)
	if c.special >= 0 {
		return v
	}
	return p.day[c.weekday][slot].towards(v, trust)
}

// wide is the usual value of a slot of all working or all free days.
func (p *profile) wide(free bool, slot int) float64 {
	v := p.all[slot].towards(p.mean.towards(0, 1e-9), 0.05)
	return p.kind[index(free)][slot].towards(v, trust)
}

// expect is the usual value of a slot of a day of class c.
func (p *profile) expect(c class, slot int) float64 {
	v := p.ordinary(c, slot)
	if c.special < 0 {
		return v
	}
	typical := max(p.mean.towards(0, 1e-9), 1e-9)
	day := p.whole[c.special].towards(1, trustRatio*float64(len(p.all))*typical)
	return v * p.special[c.special][slot].towards(day, trustRatio*typical)
}

// sure is how well the class is known, 0 to 1.
func (p *profile) sure(c class, slot int) float64 {
	if c.special >= 0 {
		n := p.whole[c.special].usual / max(p.mean.towards(0, 1e-9)*float64(len(p.all)), 1e-9)
		return n / (n + 2)
	}
	n := p.day[c.weekday][slot].weight + p.kind[index(c.free)][slot].weight/4
	return n / (n + trust)
}

// learn takes a value. Special days teach only themselves. level is how much
// more than usual there is these weeks, so that a special day is not blamed for it.
func (p *profile) learn(c class, slot int, v, level float64) {
	if c.special >= 0 {
		usual := p.ordinary(c, slot) * level
		p.special[c.special][slot].add(v, usual, keepSpecial)
		p.whole[c.special].add(v, usual, math.Pow(keepSpecial, 1/float64(len(p.all))))
		return
	}
	p.mean.add(v, 1-1/(28*float64(len(p.all))))
	p.all[slot].add(v, 0.97)
	p.kind[index(c.free)][slot].add(v, keepKind)
	p.day[c.weekday][slot].add(v, keepDay)
}

func index(free bool) int {
	if free {
		return 1
	}
	return 0
}
