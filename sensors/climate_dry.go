package sensors

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/internal/store/series"
	"yijianyou/sensors/alarm"
)

// Limits of a dry run.
const (
	maxDrySpan     = 400 * 24 * time.Hour
	maxDrySamples  = 500_000
	maxDryEpisodes = 500
)

var (
	ErrDrySpan = fault.Define(fault.Invalid, "sensors.dry_span",
		"试运行的时间须为正，且不超过 {days} 天。", "A dry run covers a time of more than nothing and at most {days} days.")
	ErrDryDevice = fault.Define(fault.Invalid, "sensors.dry_device",
		"这台设备不提供该规则所需的数据。请选择另一台。", "This device does not say what the rule needs. Choose another.")
)

// DryRun is what a rule would have done.
type DryRun struct {
	Episodes  []DryEpisode
	Samples   int       // that were judged
	Until     time.Time // how far it came: To, or earlier when Cut
	Cut       bool      // it ended early: too many samples or alarms; ask again from Until
	Simulated bool      // 模拟数据
}

// DryEpisode is an alarm that the rule would have raised.
type DryEpisode struct {
	Since    time.Time  // when it began to be out
	RaisedAt time.Time  // when somebody would have been told
	EndedAt  *time.Time // nil it went on
	Worst    float64    // furthest out
	Muted    bool       // in a maintenance window: nobody would have been told
}

// DryRun judges what a device has measured, counted or seen pass from from (inclusive) to before (exclusive) by a
// rule that need not be kept, and changes nothing.
//
// Errors: ErrNotFound for an instrument that by may not see, ErrDenied for who may not keep rules,
// or tries one of passages and may not know where relics are,
// fault.ErrInvalid.
func (s *Service) DryRun(ctx context.Context, by actor.Actor, id DeviceID, rule alarm.Rule, from, before time.Time) (*DryRun, error) {
	d, err := s.Devices.read(ctx, s.st, by, string(id))
	if err != nil {
		return nil, err
	}
	passages := rule.Kind == alarm.Passage
	if !by.Can(actor.DeviceWrite, d.Org) || passages && !by.Can(actor.LocationRead, d.Org) {
		return nil, ErrDenied.New()
	}
	f := RuleFields{Name: heritage.Text{ZH: "试运行"}, Rule: rule}
	wrong := (ruleRules{}).check(&f)
	if len(wrong) == 0 && !f.fits(d) {
		wrong = append(wrong, ErrDryDevice.At("deviceId"))
	}
	if span := before.Sub(from); span <= 0 || span > maxDrySpan {
		wrong = append(wrong, ErrDrySpan.At("to", fault.P("days", int(maxDrySpan.Hours()/24))))
	}
	if err := fault.InvalidFields(wrong); err != nil {
		return nil, err
	}
	zone, err := found(zoneDocs.Get(ctx, s.st, string(d.Fields.ZoneID)))
	if err != nil {
		return nil, err
	}
	windows, err := windowsFrom(ctx, s.st, d.Org, from)
	if err != nil {
		return nil, err
	}
	loc, err := s.clockOf(&f.Rule, zone)
	if err != nil {
		return nil, err
	}
	quiet := quietIn(windows, d)
	if passages {
		quiet = quietIn(naming(windows, d), d)
	}
	judge, err := alarm.NewJudge(f.Rule, loc, quiet)
	if err != nil {
		return nil, err
	}
	r := &dryRun{judge: judge, out: &DryRun{Episodes: []DryEpisode{}, Until: before, Simulated: d.Fields.Simulated}}
	if passages {
		err = s.dryPassages(ctx, d, r, from, before)
	} else {
		err = s.dryDays(ctx, d, r, from, before)
	}
	if errors.Is(err, errEnough) {
		err = nil
	}
	return r.out, err
}

// dryRun is one that is under way.
type dryRun struct {
	judge *alarm.Judge
	state alarm.State
	out   *DryRun
	open  bool // the last episode goes on
}

// dryDays reads day by day, so that memory is bounded, and judges in the order of time.
func (s *Service) dryDays(ctx context.Context, d *Device, r *dryRun, from, before time.Time) error {
	for day := from; day.Before(before); day = day.Add(24 * time.Hour) {
		end := day.Add(24 * time.Hour)
		if end.After(before) {
			end = before
		}
		list, err := s.samplesOf(ctx, s.st, d, []*alarm.Judge{r.judge}, day, end)
		if err != nil {
			return err
		}
		for _, x := range list {
			if r.out.Samples++; r.out.Samples > maxDrySamples {
				r.out.Samples, r.out.Cut, r.out.Until = maxDrySamples, true, time.UnixMilli(x.At).UTC()
				return errEnough
			}
			if err := r.step(&x, x.At); err != nil {
				return err
			}
		}
	}
	if now := s.st.Now(); now.Before(before) { // nobody knows who is silent then
		before = now
	}
	if before.Before(from) {
		return nil
	}
	return r.step(nil, before.UnixMilli())
}

func (r *dryRun) step(x *alarm.Sample, at int64) error {
	var failed error
	r.judge.Lapse(&r.state, at, func(ch *alarm.Changes) { failed = cmp.Or(failed, r.note(ch)) })
	if failed != nil {
		return failed
	}
	var ch alarm.Changes
	r.state, ch = r.judge.Step(r.state, x, at)
	return r.note(&ch)
}

// note takes changes into the episodes.
func (r *dryRun) note(ch *alarm.Changes) error {
	for i := range ch.Len() {
		switch c := ch.At(i); c.Kind {
		case alarm.Raise, alarm.Mute:
			if n := len(r.out.Episodes); r.open { // a muted one of which people are told after its window
				r.out.Episodes[n-1].Muted, r.out.Episodes[n-1].RaisedAt = false, time.UnixMilli(c.At).UTC()
				continue
			}
			if len(r.out.Episodes) == maxDryEpisodes {
				r.out.Cut, r.out.Until = true, time.UnixMilli(c.Since).UTC()
				return errEnough
			}
			r.out.Episodes = append(r.out.Episodes, DryEpisode{Since: time.UnixMilli(c.Since).UTC(), RaisedAt: time.UnixMilli(c.At).UTC(), Worst: c.Value, Muted: c.Kind == alarm.Mute})
			r.open = true
		case alarm.Clear, alarm.Unmute:
			e, end := &r.out.Episodes[len(r.out.Episodes)-1], time.UnixMilli(c.At).UTC()
			e.EndedAt, e.Worst, r.open = &end, c.Value, false
		}
	}
	if r.open {
		r.out.Episodes[len(r.out.Episodes)-1].Worst = r.state.Worst()
	}
	return nil
}

// samplesOf returns what an instrument measured from from to before of what judges take, by time
// and quantity. Of two channels of a quantity the first counts.
func (s *Service) samplesOf(ctx context.Context, r store.Reader, d *Device, judges []*alarm.Judge, from, before time.Time) (list []alarm.Sample, err error) {
	if d.Fields.Kind == Gate {
		return presenceAt(ctx, r, d, from, before)
	}
	return gather(d, judges, func(channel string, fn func(time.Time, float64) error) error {
		return s.readingsOf(ctx, r, DeviceID(d.ID), channel, from, before, fn)
	})
}

// gather returns what judges take of the readings of an instrument, which read gives by channel.
func gather(d *Device, judges []*alarm.Judge, read func(channel string, fn func(time.Time, float64) error) error) (list []alarm.Sample, err error) {
	seen := make(map[string]bool, len(d.Fields.Channels))
	for _, ch := range d.Fields.Channels {
		if seen[ch.Quantity] || !slices.ContainsFunc(judges, func(j *alarm.Judge) bool { return j.Takes(ch.Quantity) }) {
			continue
		}
		seen[ch.Quantity] = true
		err := read(ch.Name, func(at time.Time, v float64) error {
			list = append(list, alarm.Sample{At: at.UnixMilli(), Quantity: ch.Quantity, Value: v})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if len(seen) > 1 {
		slices.SortStableFunc(list, inOrder)
	}
	return list, nil
}

// presenceAt returns how many people a gate let pass, by the moments of its counts: somebody is there
// from a count that is not zero to the next.
func presenceAt(ctx context.Context, r store.Reader, d *Device, from, before time.Time) (list []alarm.Sample, err error) {
	err = countSeries.Range(ctx, r, countChannel(d.Fields.ZoneID, DeviceID(d.ID)), from, before, func(pt series.Point) error {
		p, err := peopleOf(pt.Data)
		x := alarm.Sample{At: pt.At.UnixMilli(), Quantity: alarm.Presence, Value: float64(p.in + p.out)}
		if n := len(list); n > 0 && list[n-1].At == x.At {
			list[n-1].Value += x.Value
		} else {
			list = append(list, x)
		}
		return err
	})
	return list, err
}
