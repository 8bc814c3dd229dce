package sensors

import (
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
)

// TestThePastOfCountsInSteps: hours of the days and quarters of the samples tell the
// same, days without counts are left out, and who is silent is not heard.
func TestThePastOfCountsInSteps(t *testing.T) {
	w := newIngestWorld(t) // 10:00 in Shanghai
	w.ground("g", func(f *ZoneFields) { f.AreaID = "a" })
	w.device("gate", Gate, "g")
	w.stores(w.says("gate", CountKind, w.counted(48*3600, 1, 30, 0), w.counted(46*3600+3000, 2, 5, 12), w.counted(7200, 3, 8, 1), w.counted(60, 4, 2, 0)))
	for _, step := range []time.Duration{time.Hour, 15 * time.Minute} {
		p, err := w.s.Past(t.Context(), w.st, "a", w.now().Add(-72*time.Hour), step)
		if err != nil {
			t.Fatal(err)
		}
		at := func(ago time.Duration) PastStep {
			for _, s := range p.Steps {
				if s.At.Equal(w.now().Add(-ago)) {
					return s
				}
			}
			t.Fatalf("nothing %s ago", ago)
			return PastStep{}
		}
		if s := at(48 * time.Hour); s.Inside != 30 || s.Entered != 30 || !s.Heard {
			t.Errorf("two days ago: %+v", s)
		}
		if s := at(46 * time.Hour); s.Inside != 23 || s.Entered != 35 || s.Heard {
			t.Errorf("two hours later: %+v", s)
		}
		if s := at(2 * time.Hour); s.Inside != 7 || s.Entered != 8 || s.In != 8 || s.Out != 1 {
			t.Errorf("today: %+v", s)
		}
		last := p.Steps[len(p.Steps)-1]
		if !last.At.Equal(w.now().Add(-step)) || last.Inside != 9 || p.DayEnds.Format(time.RFC3339) != "2026-11-28T20:00:00Z" {
			t.Errorf("the last is %+v, the day ends at %s", last, p.DayEnds)
		}
		for _, s := range p.Steps {
			if d := s.At.Add(4 * time.Hour).Day(); d == 27 { // 04:00 in Shanghai is 20:00
				t.Errorf("a day on which nothing was counted has %+v", s)
			}
		}
	}
	if p, err := w.s.Past(t.Context(), w.st, "b", w.now().Add(-72*time.Hour), time.Hour); err != nil || len(p.Steps) != 0 {
		t.Errorf("an area without gates: %+v %v", p, err)
	}
	if areas, err := w.s.AreasCounted(t.Context(), w.st); err != nil || len(areas) != 1 || areas[0] != "a" {
		t.Errorf("%v %v", areas, err)
	}
}

func TestACorrectionHoldsInThePast(t *testing.T) {
	w := newIngestWorld(t)
	w.ground("g", func(f *ZoneFields) { f.AreaID = "a" })
	w.device("gate", Gate, "g")
	w.stores(w.says("gate", CountKind, w.counted(1800, 1, 30, 0)))
	if _, err := w.s.Correct(t.Context(), regStaff("manager", actor.AreaManager, "demo-area"), "g", 12, "清点"); err != nil {
		t.Fatal(err)
	}
	w.pass(time.Hour)
	w.stores(w.says("gate", CountKind, w.counted(60, 2, 5, 0)))
	p, err := w.s.Past(t.Context(), w.st, "a", w.now().Add(-3*time.Hour), time.Hour)
	if err != nil || len(p.Steps) != 3 {
		t.Fatalf("%+v %v", p.Steps, err)
	}
	if p.Steps[1].Inside != 30 || p.Steps[2].Inside != 12 || p.Steps[2].Entered != 35 {
		t.Errorf("%+v", p.Steps)
	}
}

func TestWhatIsMeasuredOutdoors(t *testing.T) {
	w := newIngestWorld(t)
	w.ground("g", func(f *ZoneFields) { f.AreaID = "a" })
	w.device("mast", Instrument, "g", func(f *DeviceFields) {
		f.Name = heritage.Text{ZH: "气象杆"}
		f.Channels = []Channel{{Name: "t", Quantity: "temperature", Unit: "Cel", Min: -40, Max: 60}, {Name: "w", Quantity: "wind-speed", Unit: "m/s", Min: 0, Max: 60}, {Name: "pm", Quantity: "pm25", Unit: "ug/m3", Min: 0, Max: 1000}}
	})
	w.stores(w.says("mast", ReadingKind, w.measured(60_000, 1, "t", 12.5, "Cel"), w.measured(30_000, 2, "w", 0, "m/s"), w.measured(0, 3, "pm", 40, "ug/m3")))
	got, err := w.s.Outdoors(t.Context(), w.st, "a")
	if err != nil || len(got) != 3 || got[0].Value != 12.5 || got[1].Value != 0 || got[1].Quantity != "wind-speed" || got[0].Name.ZH != "气象杆" {
		t.Fatalf("%+v %v", got, err)
	}
	for _, o := range got {
		if o.Mean != nil {
			t.Errorf("an hour of %s is a day: %v", o.Quantity, *o.Mean)
		}
	}
	var day []string
	for h := 1; h < 22; h++ {
		day = append(day, w.measured(h*3_600_000-1000, 3+h, "pm", 61, "ug/m3"))
		if h < 20 {
			day = append(day, w.measured(h*3_600_000-1000, 30+h, "t", 2, "Cel"))
		}
	}
	w.stores(w.says("mast", ReadingKind, day...))
	if got, err = w.s.Outdoors(t.Context(), w.st, "a"); err != nil || len(got) != 3 || got[2].Mean == nil || *got[2].Mean != 61 {
		t.Errorf("%+v %v", got, err)
	}
	if got[0].Mean != nil {
		t.Errorf("19 hours are a day: %v", *got[0].Mean)
	}
	// The mean is worked out again with a value that is five minutes newer, not with each.
	for _, step := range []struct {
		pass time.Duration
		same bool
	}{{4 * time.Minute, true}, {2 * time.Minute, false}} {
		w.pass(step.pass)
		n := 100 * int(step.pass/time.Minute)
		w.stores(w.says("mast", ReadingKind, w.measured(1000, n, "pm", 82, "ug/m3"), w.measured(0, n+1, "pm", 82, "ug/m3")))
		if got, err = w.s.Outdoors(t.Context(), w.st, "a"); err != nil || (*got[2].Mean == 61) != step.same {
			t.Errorf("after %s: %v %v", step.pass, *got[2].Mean, err)
		}
	}
}
