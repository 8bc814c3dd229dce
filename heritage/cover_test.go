package heritage

import (
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
)

// TestAnOrderCoversFromTheSecondConfirmationUntilTheReturn: and never a moment
// longer, whichever order is asked about whichever past.
func TestAnOrderCoversFromTheSecondConfirmationUntilTheReturn(t *testing.T) {
	st := storetest.New(t, movementDocs)
	m := &Movements{s: &Service{st: st}}
	t0 := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	at := func(hours int) *time.Time { v := t0.Add(time.Duration(hours) * time.Hour); return &v }
	bell, set, jar := RelicID(ids.New()), RelicID(ids.New()), RelicID(ids.New())
	put := func(running int, out *time.Time, due time.Time, state MovementState, outside bool, items ...MovementItem) MovementID {
		t.Helper()
		o := &Movement{MuseumID: "m", Year: 2026, Running: running, State: state, DueBack: due, Items: items, Destination: Destination{Outside: outside}}
		o.ID, o.Org = ids.New(), "demo-museum"
		if out != nil {
			o.HandOut = &HandOver{SecondAt: out}
		}
		o.settle()
		if err := st.Update(t.Context(), actor.SystemPart("test"), func(tx *store.Tx) error { c := *o; return movementDocs.Put(tx, &c) }); err != nil {
			t.Fatal(err)
		}
		return MovementID(o.ID)
	}
	inside := put(1, at(0), *at(48), Returned, false, MovementItem{RelicID: set, Parts: []RelicID{bell}, BackAt: at(10)}, MovementItem{RelicID: jar, BackAt: at(5)})
	outside := put(2, at(20), *at(30), Out, true, MovementItem{RelicID: set, Parts: []RelicID{bell}})
	put(3, nil, *at(60), Approved, true, MovementItem{RelicID: jar})
	for _, c := range []struct {
		rule  string
		relic RelicID
		at    time.Time
		want  Cover
	}{
		{"before the hand-out", set, at(0).Add(-time.Millisecond), Cover{}},
		{"at the second confirmation", set, *at(0), Cover{Movement: inside}},
		{"a part goes with its set", bell, *at(9), Cover{Movement: inside}},
		{"one item is back before the others", jar, *at(5), Cover{}},
		{"while the others are still out", set, *at(5), Cover{Movement: inside}},
		{"at the confirmed return", bell, *at(10), Cover{}},
		{"between two orders", set, *at(15), Cover{}},
		{"the next order, out of the house", set, *at(20), Cover{Movement: outside, Outside: true}},
		{"at the very moment when it is due", set, *at(30), Cover{Movement: outside, Outside: true}},
		{"overdue", bell, at(30).Add(time.Millisecond), Cover{Movement: outside, Outside: true, Overdue: true}},
		{"approved is not handed out", jar, *at(40), Cover{}},
		{"of no order", RelicID(ids.New()), *at(1), Cover{}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got, err := m.Covering(t.Context(), st, c.relic, c.at)
			if err != nil || got != c.want {
				t.Errorf("%+v, want %+v (%v)", got, c.want, err)
			}
			if got.Leaves() && (got.Overdue || !got.Outside) || got.Moves() != (got.Movement != "") {
				t.Errorf("%+v leaves %t, moves %t", got, got.Leaves(), got.Moves())
			}
		})
	}
}

// BenchmarkCovering asks about a relic that has been out a hundred times, among
// ten thousand orders.
func BenchmarkCovering(b *testing.B) {
	st := storetest.New(b, movementDocs)
	m := &Movements{s: &Service{st: st}}
	t0 := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	var relics []RelicID
	for range 100 {
		relics = append(relics, RelicID(ids.New()))
	}
	for n := range 100 {
		out, back := t0.Add(time.Duration(n)*time.Hour), t0.Add(time.Duration(n)*time.Hour+30*time.Minute)
		if err := st.Update(b.Context(), actor.SystemPart("test"), func(tx *store.Tx) error {
			for i, id := range relics {
				o := &Movement{MuseumID: "m", Year: 2026, Running: n*len(relics) + i, State: Returned, DueBack: back, HandOut: &HandOver{SecondAt: &out}, Items: []MovementItem{{RelicID: id, BackAt: &back}}}
				o.Org = "demo-museum"
				o.settle()
				if err := movementDocs.Put(tx, o); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	for i := 0; b.Loop(); i++ {
		at := t0.Add(time.Duration(i%100)*time.Hour + 10*time.Minute)
		if c, err := m.Covering(b.Context(), st, relics[i%len(relics)], at); err != nil || !c.Moves() {
			b.Fatalf("%+v, %v", c, err)
		}
	}
}
