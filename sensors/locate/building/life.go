package building

import (
	"math"
	"math/rand/v2"
	"slices"
)

// part is a piece of the life of a tag in which nothing changes.
type part struct {
	span   Span
	zone   int
	x, y   float64
	lossDB float64 // of hands, bodies or covers, there and back
	fading float64 // scatter of the strength by where exactly it is, dB
	anew   bool    // it has been moved: the fading is drawn anew
	rests  bool
}

// Losses and scatter, in dB; choices of this project (see doc.go).
const (
	bodyDB    = 7.0  // of a body beside it
	coverDB   = 60.0 // of a metal cover
	restScatt = 3.5  // multipath between places at rest
	moveScatt = 4.5  // and while it is moved
	walkMS    = 1.2  // metres a second
	stepMS    = 700  // so long nothing changes on the way
)

// life is a tag in a day, as it is made up.
type life struct {
	b     *Building
	r     *rand.Rand
	parts []part
	now   int64
	zone  int
	x, y  float64
	cover float64 // dB, of what it is carried in
}

// happening is something that befalls a tag.
type happening struct {
	at int64
	do func(*life)
}

// live makes up the day of a tag.
func (b *Building) live(c Customs, r *rand.Rand) *life {
	l := &life{b: b, r: r}
	l.settle(r.IntN(8))
	var list []happening
	for _, k := range []struct {
		often float64
		do    func(*life)
	}{{c.Handled, (*life).handle}, {c.Carried, (*life).carry}, {c.Left, (*life).leave}, {c.Shielded, (*life).shield}, {c.Smuggled, (*life).smuggle}, {c.Torn, (*life).tear}} {
		for at := exponential(r, k.often); at < DayMS-20*minute; at += exponential(r, k.often) {
			list = append(list, happening{at, k.do})
		}
	}
	slices.SortStableFunc(list, func(a, b happening) int { return int(a.at - b.at) })
	for _, h := range list {
		if h.at > l.now && l.now < DayMS {
			l.rest(h.at)
			h.do(l)
		}
	}
	l.rest(DayMS)
	return l
}

// exponential draws the time to the next of what happens so often a day.
func exponential(r *rand.Rand, often float64) int64 {
	if often <= 0 {
		return 2 * DayMS
	}
	return int64(r.ExpFloat64() / often * DayMS)
}

// between draws a time.
func (l *life) between(a, b int64) int64 { return a + l.r.Int64N(b-a) }

// settle puts the tag somewhere in a room.
func (l *life) settle(room int) {
	z := l.b.Zones[room]
	l.zone = room
	l.x, l.y = z.X0+1+l.r.Float64()*(z.X1-z.X0-2), z.Y0+1+l.r.Float64()*(z.Y1-z.Y0-2)
}

// add lets time pass until a moment, at most the end of the day.
func (l *life) add(until int64, p part) {
	until = min(until, DayMS)
	if until <= l.now {
		return
	}
	p.span, p.zone, p.x, p.y = Span{l.now, until}, l.zone, l.x, l.y
	l.parts = append(l.parts, p)
	l.now = until
}

func (l *life) rest(until int64) {
	l.add(until, part{fading: restScatt, anew: len(l.parts) == 0 || !l.parts[len(l.parts)-1].rests, rests: true})
}

// handle lets somebody turn it in their hands.
func (l *life) handle() {
	for end := l.now + l.between(20*second, 120*second); l.now < min(end, DayMS); {
		l.add(l.now+stepMS, part{lossDB: bodyDB * l.r.Float64(), fading: moveScatt, anew: true, rests: true})
	}
	l.parts = append(l.parts, part{span: Span{l.now, l.now}, zone: l.zone, x: l.x, y: l.y}) // it lies otherwise now
}

// walk carries it to a place in a straight line.
func (l *life) walk(zone int, x, y float64) {
	dx, dy := x-l.x, y-l.y
	steps := int(max(1, math.Hypot(dx, dy)/walkMS*1000/stepMS))
	for range steps {
		l.x, l.y = l.x+dx/float64(steps), l.y+dy/float64(steps)
		l.add(l.now+stepMS, part{lossDB: l.cover + bodyDB*l.r.Float64(), fading: moveScatt, anew: true})
	}
	l.zone = zone
}

// toCorridor carries it out of its room.
func (l *life) toCorridor() {
	z := l.b.Zones[l.zone]
	l.walk(corridorOf(l.b), z.DoorX, z.DoorY)
	l.walk(l.zone, z.DoorX, l.b.Zones[l.zone].DoorY)
}

// into carries it from the corridor into a room.
func (l *life) into(room int) {
	z := l.b.Zones[room]
	l.walk(l.zone, z.DoorX, l.b.Zones[l.zone].DoorY)
	l.walk(room, z.DoorX, z.DoorY)
	x, y := l.x, l.y
	l.settle(room)
	toX, toY := l.x, l.y
	l.x, l.y = x, y
	l.walk(room, toX, toY)
}

// carry brings it to another room.
func (l *life) carry() {
	to := (l.zone + 1 + l.r.IntN(7)) % 8
	l.toCorridor()
	l.into(to)
}

// leave carries it out of the house, and back after hours.
func (l *life) leave() {
	exit := l.b.Zones[l.zone].Nearest
	z := l.b.Zones[exit]
	middle := (z.X0 + z.X1) / 2
	l.toCorridor()
	l.walk(exit, z.DoorX, z.DoorY)
	l.walk(exit, middle, z.DoorY)
	l.walk(Outside, 2*middle-z.DoorX, z.DoorY)
	l.add(l.now+l.between(60*minute, 240*minute), part{lossDB: 1000})
	if l.now >= DayMS {
		return
	}
	l.zone = exit
	l.walk(exit, middle, z.DoorY)
	l.walk(corridorOf(l.b), z.DoorX, z.DoorY)
	l.into(l.r.IntN(8))
}

// shield covers it for a while.
func (l *life) shield() {
	l.add(l.now+l.between(minute, 15*minute), part{lossDB: coverDB, rests: true})
}

// smuggle carries it to another room under cover; there it stays covered for a while.
func (l *life) smuggle() {
	l.cover = coverDB
	l.carry()
	l.shield()
	l.cover = 0
}

// tear takes it off: it is seen no more.
func (l *life) tear() { l.add(DayMS, part{lossDB: 1000, rests: true}) }

func corridorOf(b *Building) int {
	return slices.IndexFunc(b.Zones, func(z Zone) bool { return z.Kind == Corridor })
}
