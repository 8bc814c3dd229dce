package sensors

import (
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// alive is a status without anything else, of the device's time that is so many
// milliseconds ahead of ours.
func (w *ingestWorld) alive(device string, aheadMS int64) Message {
	return w.says(device, StatusKind, fmt.Sprintf(`{"at":%d}`, w.now().UnixMilli()+aheadMS))
}

func TestAStateIsWrittenWhenItShowsOrEveryTenSeconds(t *testing.T) {
	w := newIngestWorld(t)
	w.device("reader", Reader, "z")
	w.stores(w.alive("reader", 0))
	first := w.state("reader")
	if first.ZoneID != "z" || !first.LastHeardAt.Equal(w.now()) || first.DueAt == nil || !first.DueAt.Equal(w.now().Add(130*time.Second)) || first.Org != "demo-area" {
		t.Errorf("%+v", first)
	}
	for range 9 {
		w.pass(time.Second)
		w.stores(w.alive("reader", 0))
	}
	if st := w.state("reader"); st.Rev != first.Rev {
		t.Errorf("written though nothing shows: %+v", st)
	}
	w.pass(time.Second)
	w.stores(w.alive("reader", 0))
	if st := w.state("reader"); st.Rev != first.Rev+1 || !st.LastHeardAt.Equal(w.now()) {
		t.Errorf("not written after ten seconds: %+v", st)
	}
	for _, ahead := range []int64{-999, -1500} {
		w.pass(time.Millisecond)
		w.stores(w.alive("reader", ahead))
	}
	if st := w.state("reader"); st.Rev != first.Rev+2 || st.ClockSkewMS != -1500 {
		t.Errorf("a clock that goes astray: %+v", st)
	}
	d, err := deviceDocs.Get(t.Context(), w.st, "reader")
	w.must(err)
	d.Fields.ZoneID, d.Fields.SilentAfterS = "y", 12
	put(w, deviceDocs, d)
	w.stores(w.alive("reader", -1500))
	if st := w.state("reader"); st.ZoneID != "y" || !st.DueAt.Equal(w.now().Add(15*time.Second)) {
		t.Errorf("moved: %+v", st)
	}
	w.pass(3 * time.Second)
	w.stores(w.alive("reader", -1500))
	if st := w.state("reader"); !st.LastHeardAt.Equal(w.now()) {
		t.Errorf("of a device that is watched closely the state is written more often: %+v", st)
	}
}

func TestTheNewestStatusCountsWhateverTheOrder(t *testing.T) {
	w := newIngestWorld(t)
	w.device("reader", Reader, "z")
	at := w.now().UnixMilli()
	status := func(ago int64, rest string) Message {
		return w.says("reader", StatusKind, fmt.Sprintf(`{"at":%d%s}`, at-ago, rest))
	}
	w.stores(status(10, `,"battery":90,"firmware":"1.2"`))
	w.stores(status(5, ``))
	w.stores(status(20, `,"battery":95,"firmware":"1.1"`), status(8, `,"battery":80`))
	w.stores(status(9, `,"battery":99`))
	if st := w.state("reader"); *st.BatteryPercent != 80 || st.Firmware != "1.2" {
		t.Errorf("%+v", st)
	}
}

func TestLastValuesAreThoseOfTheChannelsThatAre(t *testing.T) {
	w := newIngestWorld(t)
	w.device("thermo", Instrument, "z")
	w.stores(w.says("thermo", ReadingKind, w.measured(0, 1, "rh", 50, "%"), w.measured(5, 2, "t", 19, "Cel"), w.measured(0, 2, "rh", 51, "%"), w.measured(9, 1, "t", 18, "Cel")))
	w.stores(w.says("thermo", ReadingKind, w.measured(6, 9, "t", -3, "Cel"), w.measured(0, 0, "rh", 49, "%")))
	st := w.state("thermo")
	if fmt.Sprint(st.Last) != fmt.Sprint([]LastValue{{"t", 19, "Cel", w.now().Add(-5 * time.Millisecond)}, {"rh", 51, "%", w.now()}}) {
		t.Errorf("%+v", st.Last)
	}
	d, err := deviceDocs.Get(t.Context(), w.st, "thermo")
	w.must(err)
	d.Fields.Channels = d.Fields.Channels[1:]
	put(w, deviceDocs, d)
	w.stores(w.alive("thermo", 0))
	if st := w.state("thermo"); len(st.Last) != 1 || st.Last[0].Channel != "rh" {
		t.Errorf("a channel that is gone is shown: %+v", st.Last)
	}
}

// TestKeysAndValues: keys are ordered as sequences are, values come back to the
// bit.
func TestKeysAndValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(-1, maxSeq).Draw(t, "a"), rapid.Int64Range(-1, maxSeq).Draw(t, "b")
		if (a < b) != (seqKey(a) < seqKey(b)) || (a == b) != (seqKey(a) == seqKey(b)) {
			t.Fatalf("%d and %d have the keys %q and %q", a, b, seqKey(a), seqKey(b))
		}
		v := rapid.Float64().Draw(t, "v")
		if got := valueOf(valueBytes(v)); math.Float64bits(got) != math.Float64bits(v) {
			t.Fatalf("%v comes back as %v", v, got)
		}
	})
}
