package tourism

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/tourism/comfort"
)

// gates is a fake of Crowds: counts by area.
type gates map[AreaID]Counted

func (g gates) Counted(_ context.Context, _ store.Reader, area AreaID) (Counted, error) {
	c, ok := g[area]
	if !ok {
		return Counted{State: comfort.Unknown}, nil
	}
	return c, nil
}

func (g gates) Correct(_ context.Context, _ actor.Actor, area AreaID, inside int, _ string) error {
	c, ok := g[area]
	if !ok {
		return ErrNotCounted.New()
	}
	c.Inside = inside
	g[area] = c
	return nil
}

func (g gates) Areas(context.Context, store.Reader) (list []AreaID, _ error) {
	for id := range g {
		list = append(list, id)
	}
	return list, nil
}

func (g gates) Past(context.Context, store.Reader, AreaID, time.Time, time.Duration) (Past, error) {
	return Past{}, nil
}

func (g gates) Outdoors(context.Context, store.Reader, AreaID) ([]comfort.Input, bool, error) {
	return nil, false, nil
}

func limited(instant, daily int) *Capacity {
	return &Capacity{InstantMax: &instant, DailyMax: &daily, ApprovedBy: heritage.Text{ZH: "示范主管部门"}, Document: "示范〔2026〕1号", ApprovedOn: "2026-01-05"}
}

// counted publishes an area with a capacity and sets what its gates say.
func (w *world) counted(g gates, c *Capacity, says Counted) string {
	w.t.Helper()
	a, err := w.Areas.Create(w.t.Context(), manager, NewRecord[AreaFields]{Org: org, Fields: AreaFields{Name: heritage.Text{ZH: "园"}, Capacity: c}})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.Areas.Publish(w.t.Context(), manager, a.ID, a.Rev); err != nil {
		w.t.Fatal(err)
	}
	g[AreaID(a.ID)] = says
	return a.ID
}

func newCountedWorld(t *testing.T) (*world, gates) {
	w, g := newWorld(t), gates{}
	w.crowds = g
	return w, g
}

func TestALimitNeedsItsApproval(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	n := func(v int) *int { return &v }
	for _, c := range []struct {
		rule string
		cap  Capacity
		want []string
	}{
		{"a number alone is no approved limit", Capacity{InstantMax: n(100)},
			[]string{"capacity.approvedBy tourism.approval_required", "capacity.document tourism.approval_required", "capacity.approvedOn tourism.approval_required"}},
		{"the instantaneous limit is not above the daily one", *limited(900, 100), []string{"capacity.instantMax tourism.limit_order"}},
		{"the basis of a proposal has sizes", Capacity{Spaces: []Space{{Name: heritage.Text{ZH: "广场"}}}},
			[]string{"capacity.spaces[0].areaM2 heritage.positive", "capacity.spaces[0].perPersonM2 heritage.positive"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			_, err := w.Areas.Create(ctx, manager, NewRecord[AreaFields]{Org: org, Fields: AreaFields{Name: heritage.Text{ZH: "园"}, Capacity: &c.cap}})
			if diff := cmp.Diff(c.want, faultsOf(err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTouristsAreShownThePublishedLimits(t *testing.T) {
	w, g := newCountedWorld(t)
	ctx := t.Context()
	id := w.counted(g, limited(1000, 5000), Counted{State: comfort.Live, Inside: 700, Entered: 900})
	c, err := w.PublicCrowd(ctx, id)
	if err != nil || c.Judgement.Level != comfort.Busy {
		t.Fatalf("%+v %v", c, err)
	}
	// A draft change of the limits is seen by staff only.
	rec, err := w.Areas.Record(ctx, manager, id)
	if err != nil {
		t.Fatal(err)
	}
	rec.Fields.Capacity, rec.Fields.Simulated = limited(2000, 5000), true
	if _, err := w.Areas.Change(ctx, manager, id, rec.Rev, rec.Fields); err != nil {
		t.Fatal(err)
	}
	if c, err = w.PublicCrowd(ctx, id); err != nil || c.Judgement.Level != comfort.Busy || c.Fields.Simulated {
		t.Errorf("tourists see a draft: %v %v", c.Judgement.Level, err)
	}
	if c, err = w.Crowd(ctx, watcher, id); err != nil || c.Judgement.Level != comfort.Clear || !c.Fields.Simulated {
		t.Errorf("staff see %v %v", c.Judgement.Level, err)
	}
}

func TestAnAreaWithoutGatesIsUnknownAndOneWithoutLimitsNotAssessed(t *testing.T) {
	w, g := newCountedWorld(t)
	ctx := t.Context()
	id := w.counted(g, nil, Counted{State: comfort.Live, Inside: 50})
	if c, err := w.PublicCrowd(ctx, id); err != nil || c.Judgement.State != comfort.Live || c.Judgement.Level != comfort.NotAssessed {
		t.Errorf("%+v %v", c, err)
	}
	delete(g, AreaID(id))
	if c, err := w.PublicCrowd(ctx, id); err != nil || c.Judgement.State != comfort.Unknown {
		t.Errorf("%+v %v", c, err)
	}
	w.crowds = nil
	if c, err := w.PublicCrowd(ctx, id); err != nil || c.Judgement.State != comfort.Unknown {
		t.Errorf("%+v %v", c, err)
	}
	if _, err := w.Correct(ctx, watcher, id, 3, "x"); !errors.Is(err, ErrNotCounted) {
		t.Error(err)
	}
}

// TestZerosOfADayThatNobodyCountedAreUnknown: gates that fell silent before the day began
// are stale, and what they have counted of it is nothing, not nobody.
func TestZerosOfADayThatNobodyCountedAreUnknown(t *testing.T) {
	w, g := newCountedWorld(t)
	id := w.counted(g, limited(1000, 5000), Counted{State: comfort.Stale})
	c, err := w.PublicCrowd(t.Context(), id)
	if err != nil || c.Judgement.State != comfort.Unknown || c.Judgement.Level != comfort.NotAssessed || c.Index.State != comfort.Unknown {
		t.Errorf("%+v %v", c.Judgement, err)
	}
	g[AreaID(id)] = Counted{State: comfort.Stale, AsOf: w.st.Now().Add(-time.Hour)}
	if c, err = w.PublicCrowd(t.Context(), id); err != nil || c.Judgement.State != comfort.Stale {
		t.Errorf("%+v %v", c.Judgement, err)
	}
}

func TestTheProposalIsNoLimit(t *testing.T) {
	w, g := newCountedWorld(t)
	open := 600
	id := w.counted(g, &Capacity{Spaces: []Space{{Name: heritage.Text{ZH: "广场"}, AreaM2: 3000, PerPersonM2: 1.5}}, OpenMinutes: &open}, Counted{State: comfort.Live, Inside: 1990})
	c, err := w.Crowd(t.Context(), watcher, id)
	if err != nil || c.Proposal == nil || c.Proposal.Instant != 2000 || c.Judgement.Level != comfort.NotAssessed {
		t.Errorf("%+v %v", c, err)
	}
}

func TestACrowdIsHiddenWithItsArea(t *testing.T) {
	w, g := newCountedWorld(t)
	ctx := t.Context()
	id := w.counted(g, limited(10, 100), Counted{State: comfort.Live, Inside: 5})
	if _, err := w.Crowd(ctx, stranger, id); !errors.Is(err, ErrNotFound) {
		t.Errorf("a manager of another area: %v", err)
	}
	if _, err := w.Correct(ctx, stranger, id, 1, "x"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a correction by another: %v", err)
	}
	reader := actor.Actor{Kind: actor.Staff, ID: "a", Grants: []actor.Grant{{Role: actor.Auditor, Org: org}}}
	if _, err := w.Correct(ctx, reader, id, 1, "x"); !errors.Is(err, ErrDenied) {
		t.Errorf("a correction by the auditor: %v", err)
	}
	if c, err := w.Correct(ctx, watcher, id, 8, "清点"); err != nil || c.Counted.Inside != 8 {
		t.Errorf("%+v %v", c, err)
	}
	if _, err := w.Areas.Withdraw(ctx, manager, id, 2, "闭园"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.PublicCrowd(ctx, id); !errors.Is(err, ErrNotFound) {
		t.Errorf("a withdrawn area: %v", err)
	}
}

// TestWhatIsClosedIsSaidToBe: but whoever is still inside is counted on.
func TestWhatIsClosedIsSaidToBe(t *testing.T) {
	w, g := newCountedWorld(t)
	museum, open := heritage.MuseumID(ids.New()), heritage.MuseumID(ids.New())
	w.records["museum"+string(museum)], w.records["museum"+string(open)], w.records["closed"+string(museum)] = true, true, true
	for _, c := range []struct {
		rule   string
		fields AreaFields
		inside int
		want   comfort.State
	}{
		{"no hours are known", AreaFields{}, 0, comfort.Live},
		{"by its own hours", AreaFields{Visiting: &heritage.Visiting{Hours: shut()}}, 0, comfort.Closed},
		{"somebody is inside", AreaFields{Visiting: &heritage.Visiting{Hours: shut()}}, 1, comfort.Live},
		{"the grounds of a museum by its hours", AreaFields{MuseumID: museum}, 0, comfort.Closed},
		{"a museum that publishes none", AreaFields{MuseumID: open}, 0, comfort.Live},
	} {
		t.Run(c.rule, func(t *testing.T) {
			c.fields.Name = heritage.Text{ZH: "园"}
			a, err := w.Areas.Create(t.Context(), manager, NewRecord[AreaFields]{Org: org, Fields: c.fields})
			if err != nil {
				t.Fatal(err)
			}
			g[AreaID(a.ID)] = Counted{State: comfort.Live, Inside: c.inside}
			if got, err := w.Crowd(t.Context(), watcher, a.ID); err != nil || got.Judgement.State != c.want {
				t.Errorf("%+v %v", got, err)
			}
		})
	}
}

func TestAnAreaIsClosedByItsHours(t *testing.T) {
	daily := []int{1, 2, 3, 4, 5, 6, 7}
	h := &heritage.OpeningHours{Seasons: []heritage.Season{{Week: []heritage.WeekDay{{Days: daily[:6], Opens: "08:00", Closes: "17:30"}, {Days: []int{7}, Closed: true}}}}}
	zone := time.FixedZone("", 8*3600)
	for at, want := range map[string]bool{"2026-11-27 07:59": true, "2026-11-27 08:00": false, "2026-11-27 17:29": false, "2026-11-27 17:30": true, "2026-11-29 12:00": true} {
		when, err := time.ParseInLocation("2006-01-02 15:04", at, zone)
		if err != nil || h.ClosedAt(when) != want {
			t.Errorf("%s closed: %v, want %v", at, h.ClosedAt(when), want)
		}
	}
	var unknown *heritage.OpeningHours
	if unknown.ClosedAt(time.Now()) {
		t.Error("unknown hours close an area")
	}
}

// faultsOf lists the wrong fields of err.
func faultsOf(err error) (out []string) {
	for _, f := range fault.Of(err).Fields() {
		out = append(out, f.Path+" "+f.Code.ID())
	}
	return out
}
