package sensors

import (
	"context"
	"time"

	"yijianyou/internal/store"
	"yijianyou/internal/store/series"
)

// PastStep is what the gates of an area counted in one step of the past, and how it
// stood at its end.
type PastStep struct {
	At      time.Time // its begin
	In, Out int
	Inside  int  // at the end
	Entered int  // since the day began, at the end
	Heard   bool // a gate said something in it; false: nobody passed, or nobody counted
}

// CountedPast is the past of the counts of an area.
type CountedPast struct {
	Steps     []PastStep // oldest first; days on which nothing was counted are left out
	DayEnds   time.Time  // of the present day
	Simulated bool
}

// Past returns what the gates of an area counted from since on in steps, up to the
// last step that has ended. step is an hour, which the figures of the days know, or
// a part of it, for which all samples are read. It is empty when no zone stands for
// the area.
func (s *Service) Past(ctx context.Context, r store.Reader, areaID string, since time.Time, step time.Duration) (CountedPast, error) {
	var out CountedPast
	zone, err := found(zoneDocs.One(ctx, r, store.Query{Index: "byArea", Equal: []any{areaID}}))
	if err != nil || zone == nil {
		return out, err
	}
	now := s.st.Now()
	today, err := s.places.dayOf(zone.Fields, now)
	if err != nil {
		return out, err
	}
	first, err := s.places.dayOf(zone.Fields, since)
	if err != nil {
		return out, err
	}
	out.DayEnds = today.before
	q := store.Query{Index: "byZone", Equal: []any{zone.ID}, From: first.name}
	err = occupancyDocs.Each(ctx, r, q, func(o *Occupancy) error {
		d, err := s.places.dayNamed(zone.Fields, o.Day)
		if err != nil {
			return err
		}
		passed, err := o.passed(ctx, r, d, step)
		if err != nil {
			return err
		}
		out.Simulated = out.Simulated || o.Simulated
		out.Steps = append(out.Steps, o.steps(d, passed, step, since, now)...)
		return nil
	})
	return out, err
}

// AreasCounted returns the areas for which a zone stands.
func (s *Service) AreasCounted(ctx context.Context, r store.Reader) ([]string, error) {
	var out []string
	err := zoneDocs.Each(ctx, r, store.Query{Index: "byArea"}, func(z *Zone) error {
		if !z.Fields.Retired && z.Fields.AreaID != "" {
			out = append(out, z.Fields.AreaID)
		}
		return nil
	})
	return out, err
}

// passed adds up who passed in each step of the day, by its begin.
func (o *Occupancy) passed(ctx context.Context, r store.Reader, d day, step time.Duration) (map[time.Time]people, error) {
	out := make(map[time.Time]people)
	add := func(at time.Time, p people) {
		at = at.UTC().Truncate(step)
		out[at] = out[at].and(p)
	}
	for _, g := range o.Gates {
		if step == time.Hour {
			for _, h := range g.Hours {
				add(h.Hour, people{uint64(h.In), uint64(h.Out)})
			}
			continue
		}
		err := countSeries.Range(ctx, r, countChannel(o.ZoneID, g.Device), d.from, d.before, func(pt series.Point) error {
			p, err := peopleOf(pt.Data)
			add(pt.At, p)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// steps goes through the day. A correction sets the number at the end of its step.
func (o *Occupancy) steps(d day, passed map[time.Time]people, step time.Duration, since, now time.Time) (out []PastStep) {
	inside, entered := 0, 0
	for at := d.from.Truncate(step); at.Before(d.before) && !at.Add(step).After(now); at = at.Add(step) {
		p, heard := passed[at]
		entered += int(p.in)
		inside += int(p.in) - int(p.out)
		for _, c := range o.Corrections {
			if !c.At.Before(at) && c.At.Before(at.Add(step)) {
				inside = c.Inside
			}
		}
		if !at.Before(since) {
			out = append(out, PastStep{At: at, In: int(p.in), Out: int(p.out), Inside: max(inside, 0), Entered: entered, Heard: heard})
		}
	}
	return out
}
