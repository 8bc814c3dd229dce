package simulate

import (
	"container/heap"
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/sensors"
)

// Publication is one message, as a device sends it.
type Publication struct {
	By      sensors.DeviceID // whose connection it goes over
	Org     actor.OrgID      // third level of the topic but one
	Device  sensors.DeviceID // whose name it bears; By unless it lies
	Kind    sensors.SampleKind
	Payload []byte // JSON
}

// Publisher sends messages; it waits until they are acknowledged. A message
// that is refused for good is ErrRefused.
type Publisher interface {
	Publish(ctx context.Context, p Publication) error
}

// ErrRefused is a message that the server will never take.
var ErrRefused = errors.New("simulate: refused")

// Clock is the time of a play.
type Clock interface {
	Now() time.Time
	// Wait returns nil at t, or the error of ctx when that ends before.
	Wait(ctx context.Context, t time.Time) error
}

// Tally is what was played.
type Tally struct {
	Messages, Samples, Refused int
	In, Out                    map[sensors.DeviceID]int // people, by gate
}

// Player plays one script in one world. It is not safe for concurrent use.
type Player struct {
	world   World
	script  *Script
	clock   Clock
	pub     Publisher
	random  *rand.Rand
	begin   time.Time
	queue   moments
	order   int
	seq     map[sensors.DeviceID]int64
	dead    map[sensors.DeviceID]bool
	zone    map[sensors.TagID]string // where each tag is; "" outside
	silent  map[sensors.TagID]bool
	battery map[sensors.TagID]int
	tally   Tally
}

// NewPlayer returns a player; the script must have passed World.Check.
func NewPlayer(w World, s *Script, clock Clock, pub Publisher) *Player {
	p := &Player{world: w, script: s, clock: clock, pub: pub, random: rand.New(rand.NewPCG(s.Seed, 0x5eed)),
		seq: map[sensors.DeviceID]int64{}, dead: map[sensors.DeviceID]bool{}, zone: map[sensors.TagID]string{}, silent: map[sensors.TagID]bool{},
		battery: map[sensors.TagID]int{}, tally: Tally{In: map[sensors.DeviceID]int{}, Out: map[sensors.DeviceID]int{}}}
	for _, t := range w.Tags {
		p.zone[t.ID], p.battery[t.ID] = t.Zone, t.Battery
	}
	return p
}

// moment is something to be done at a time.
type moment struct {
	at    time.Time
	order int // of two at one time the one that was planned first
	do    func(ctx context.Context, at time.Time) error
}

type moments []moment

func (m moments) Len() int { return len(m) }
func (m moments) Less(i, j int) bool {
	return m[i].at.Before(m[j].at) || m[i].at.Equal(m[j].at) && m[i].order < m[j].order
}
func (m moments) Swap(i, j int) { m[i], m[j] = m[j], m[i] }
func (m *moments) Push(x any)   { *m = append(*m, x.(moment)) }
func (m *moments) Pop() any {
	old := *m
	last := old[len(old)-1]
	*m = old[:len(old)-1]
	return last
}

func (p *Player) plan(at time.Time, do func(context.Context, time.Time) error) {
	p.order++
	heap.Push(&p.queue, moment{at, p.order, do})
}

// every plans do again and again, the first time after a part of the interval
// so that devices do not all speak at once.
func (p *Player) every(interval time.Duration, do func(context.Context, time.Time) error) {
	var again func(context.Context, time.Time) error
	again = func(ctx context.Context, at time.Time) error {
		p.plan(at.Add(interval), again)
		return do(ctx, at)
	}
	p.plan(p.begin.Add(time.Duration(p.random.Int64N(int64(interval)))), again)
}

// Play runs the script to its end, or until ctx ends, which is no error.
func (p *Player) Play(ctx context.Context) (Tally, error) {
	p.begin = p.clock.Now().UTC().Truncate(time.Millisecond)
	for _, d := range p.world.Devices {
		p.start(d)
	}
	for _, e := range p.script.Events {
		p.plan(p.begin.Add(e.At), func(ctx context.Context, at time.Time) error { return p.happen(ctx, e, at) })
	}
	for p.queue.Len() > 0 {
		next := heap.Pop(&p.queue).(moment)
		if p.script.For > 0 && next.at.Sub(p.begin) >= p.script.For {
			break
		}
		if err := p.clock.Wait(ctx, next.at); err != nil {
			return p.tally, ended(ctx, err)
		}
		if err := next.do(ctx, next.at); err != nil {
			return p.tally, ended(ctx, err)
		}
	}
	return p.tally, nil
}

// ended is nil when the play was stopped from outside.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// start plans what a device says by itself. The first sign of life comes at
// once.
func (p *Player) start(d Device) {
	p.plan(p.begin, func(ctx context.Context, at time.Time) error { return p.beat(ctx, d, at) })
	p.every(p.script.Heartbeat, func(ctx context.Context, at time.Time) error { return p.beat(ctx, d, at) })
	switch d.Kind {
	case sensors.Reader, sensors.Portal:
		p.every(p.script.Reads, func(ctx context.Context, at time.Time) error { return p.read(ctx, d, at) })
	case sensors.Gate:
		p.startGate(d)
	case sensors.Instrument:
		p.every(p.script.Climate, func(ctx context.Context, at time.Time) error { return p.measure(ctx, d, at) })
	}
}

// sample is one sample of any kind; members that do not belong to it are nil.
type sample struct {
	At      string   `json:"at"`
	Seq     int64    `json:"seq"`
	Tag     string   `json:"tag,omitempty"`
	RSSI    *float64 `json:"rssi,omitempty"`
	Antenna int      `json:"antenna,omitempty"`
	Battery *int     `json:"battery,omitempty"`
	Channel string   `json:"channel,omitempty"`
	Value   *float64 `json:"value,omitempty"`
	Unit    string   `json:"unit,omitempty"`
	In      *int     `json:"in,omitempty"`
	Out     *int     `json:"out,omitempty"`
}

// new returns a sample of d at a moment with the next running number.
func (p *Player) new(d sensors.DeviceID, at time.Time) sample {
	n := p.seq[d]
	p.seq[d]++
	return sample{At: at.Format("2006-01-02T15:04:05.000Z07:00"), Seq: n}
}

// send publishes samples of d under its own name, unless it is dead.
func (p *Player) send(ctx context.Context, d Device, kind sensors.SampleKind, samples ...sample) error {
	if p.dead[d.ID] || len(samples) == 0 {
		return nil
	}
	return p.publish(ctx, Publication{By: d.ID, Org: d.Org, Device: d.ID, Kind: kind}, samples)
}

func (p *Player) publish(ctx context.Context, m Publication, samples []sample) (err error) {
	if m.Payload, err = json.Marshal(struct {
		Samples []sample `json:"samples"`
	}{samples}); err != nil {
		return err
	}
	p.tally.Messages++
	p.tally.Samples += len(samples)
	if err = p.pub.Publish(ctx, m); errors.Is(err, ErrRefused) {
		p.tally.Refused++
		return nil
	}
	return err
}

func (p *Player) beat(ctx context.Context, d Device, at time.Time) error {
	return p.send(ctx, d, sensors.StatusKind, p.new(d.ID, at))
}

// happen does what an event says.
func (p *Player) happen(ctx context.Context, e Event, at time.Time) error {
	switch e.Do {
	case Carry:
		p.carry(e, at)
	case Die:
		p.dead[e.Device] = true
	case Return:
		delete(p.dead, e.Device)
		d, _ := p.world.device(e.Device)
		return p.beat(ctx, d, at)
	case Silent:
		p.silent[e.Tag] = true
	case Battery:
		p.battery[e.Tag] = e.Value
	case Impersonate:
		d, _ := p.world.device(e.Device)
		one := p.new(e.By, at)
		many := 1000
		one.In, one.Out = &many, new(int)
		return p.publish(ctx, Publication{By: e.By, Org: d.Org, Device: e.Device, Kind: sensors.CountKind}, []sample{one})
	}
	return nil
}
