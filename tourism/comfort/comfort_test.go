package comfort

import (
	"strings"
	"testing"
	"time"
)

func ptr(n int) *int { return &n }

func TestTheWorseOfTheTwoFiguresDecides(t *testing.T) {
	for _, c := range []struct {
		rule            string
		inside, entered int
		instant, daily  *int
		level           Level
		decides         Kind
		peak            Peak
		full            bool
	}{
		{"an empty area is clear, not unknown", 0, 0, ptr(1000), ptr(5000), Clear, Instant, NoPeak, false},
		{"the number inside decides", 700, 800, ptr(1000), ptr(5000), Busy, Instant, NoPeak, false},
		{"the number entered decides", 300, 4100, ptr(1000), ptr(5000), Crowded, Daily, PeakIII, false},
		{"just below a step", 399, 0, ptr(1000), nil, Clear, Instant, NoPeak, false},
		{"at a step", 400, 0, ptr(1000), nil, Comfortable, Instant, NoPeak, false},
		{"94.96 % is not rounded into the red", 9496, 0, ptr(10000), nil, Crowded, Instant, NoPeak, false},
		{"orange", 0, 4500, nil, ptr(5000), Crowded, Daily, PeakII, false},
		{"red", 0, 4750, nil, ptr(5000), Packed, Daily, PeakI, false},
		{"at the limit nobody more is let in", 1000, 2000, ptr(1000), ptr(5000), Packed, Instant, NoPeak, true},
		{"above the limit", 1200, 2000, ptr(1000), ptr(5000), Packed, Instant, NoPeak, true},
		{"equal levels: the greater share decides", 850, 4300, ptr(1000), ptr(5000), Crowded, Daily, PeakIII, false},
		{"without an approved limit there is no level", 900, 900, nil, nil, NotAssessed, "", NoPeak, false},
		{"a limit of zero is no limit", 900, 900, ptr(0), nil, NotAssessed, "", NoPeak, false},
	} {
		t.Run(c.rule, func(t *testing.T) {
			j := Judge(Count{State: Live, Inside: c.inside, Entered: c.entered}, Limits{Instant: c.instant, Daily: c.daily}, House())
			if j.Level != c.level || j.Peak != c.peak || j.Full != c.full {
				t.Errorf("level %q peak %q full %v, want %q %q %v", j.Level, j.Peak, j.Full, c.level, c.peak, c.full)
			}
			var decides Kind
			for _, f := range j.Compared {
				if f.Decides {
					decides = f.Kind
				}
			}
			if decides != c.decides {
				t.Errorf("%q decides, want %q", decides, c.decides)
			}
		})
	}
}

func TestUnknownStaleClosedAndZeroAreFourThings(t *testing.T) {
	at := time.Date(2026, 10, 1, 4, 0, 0, 0, time.UTC)
	limits := Limits{Instant: ptr(1000)}
	said := map[string]bool{}
	for _, s := range []State{Unknown, Stale, Closed, Live} {
		j := Judge(Count{State: s, Inside: 0, AsOf: at}, limits, House())
		counted := s == Stale || s == Live
		if (j.Level != NotAssessed) != counted || (len(j.Compared) > 0) != counted {
			t.Errorf("%s: level %q with %d figures", s, j.Level, len(j.Compared))
		}
		zh, en := j.Explain(true)
		if zh == "" || en == "" || said[zh] {
			t.Errorf("%s says %q, %q", s, zh, en)
		}
		said[zh] = true
	}
}

func TestAnExplanationNamesWhatWasCompared(t *testing.T) {
	j := Judge(Count{State: Live, Inside: 620, Entered: 4100}, Limits{Instant: ptr(1000), Daily: ptr(5000)}, House())
	zh, en := j.Explain(true)
	for _, part := range []string{"620", "1000", "62.0%", "4100", "5000", "82.0%", "拥挤", "LB/T 068-2017", "取较差者"} {
		if !strings.Contains(zh, part) {
			t.Errorf("%q lacks %s", zh, part)
		}
	}
	if !strings.Contains(en, "crowded") || !strings.Contains(en, "peak level III") {
		t.Error(en)
	}
	one, both := Judge(Count{State: Live, Inside: 9496}, Limits{Instant: ptr(10000)}, House()), "两项取较差者"
	if zh, en := one.Explain(true); strings.Contains(zh, both) || !strings.Contains(zh, "94.9%") || !strings.Contains(en, "The one that has a limit decides: crowded") {
		t.Errorf("%q %q", zh, en)
	}
	zh, en = j.Explain(false)
	for _, number := range []string{"620", "4100", "82.0"} {
		if strings.Contains(zh, number) || strings.Contains(en, number) {
			t.Errorf("a band tells the number %s: %q %q", number, zh, en)
		}
	}
	if !strings.Contains(zh, "60%至80%") || !strings.Contains(zh, "80%至95%") {
		t.Error(zh)
	}
}

func TestEveryWordHasBothLanguages(t *testing.T) {
	for _, st := range House().Steps {
		if zh, en := st.Level.Label(); zh == "" || en == "" {
			t.Errorf("level %s", st.Level)
		}
	}
	for _, k := range []Kind{Instant, Daily} {
		for _, f := range []func() (string, string){k.Label, k.Limit} {
			if zh, en := f(); zh == "" || en == "" {
				t.Errorf("kind %s", k)
			}
		}
	}
	for _, p := range []Peak{PeakI, PeakII, PeakIII, PeakIV} {
		if zh, en := p.Label(); zh == "" || en == "" {
			t.Errorf("peak %s", p)
		}
	}
}

func TestTheProposalOfLBT034(t *testing.T) {
	// Two parts: 6000 m² at 2 m² and 900 m² at 1.5 m² a head; open 600 minutes,
	// a visit of 170: C = 3000 + 600, Int(600/170) = 3.
	basis := Basis{Spaces: []Space{{6000, 2}, {900, 1.5}}, OpenMinutes: 600, VisitMinutes: 170}
	p, ok := Propose(basis)
	if !ok || p.Proposed != (Proposed{3600, 10800}) || p.Turnover != 3 || p.Facility != (Proposed{}) {
		t.Errorf("%+v %v", p, ok)
	}
	// A cable car for 400 at once with 20 runs and boats for 120 with 30, of which a
	// visitor uses 1.5: D1 = 520, D2 = (8000 + 3600) / 1.5. The lesser holds.
	basis.Facilities, basis.UsedPerHead = []Facility{{400, 20}, {120, 30}}, 1.5
	if p, ok = Propose(basis); !ok || p.Facility != (Proposed{520, 7733}) || p.Proposed != (Proposed{520, 7733}) || p.Spatial != (Proposed{3600, 10800}) {
		t.Errorf("with facilities: %+v %v", p, ok)
	}
	basis.UsedPerHead = 0
	if p, _ = Propose(basis); p.Facility.Daily != 0 || p.Daily != 10800 {
		t.Errorf("without the use of facilities: %+v", p)
	}
	if p, ok := Propose(Basis{Spaces: []Space{{1000, 3}}}); !ok || p.Instant != 333 || p.Daily != 0 {
		t.Errorf("without times: %+v %v", p, ok)
	}
	if p, ok := Propose(Basis{Spaces: []Space{{24, 0.8}}}); !ok || p.Instant != 30 {
		t.Errorf("24 m² at 0.8 m² hold %d", p.Instant)
	}
	for _, none := range [][]Space{nil, {{0, 2}}, {{100, 0}}, {{-5, 2}}} {
		if p, ok := Propose(Basis{Spaces: none, OpenMinutes: 600, VisitMinutes: 60}); ok {
			t.Errorf("%v proposes %+v", none, p)
		}
	}
}

func FuzzJudge(f *testing.F) {
	f.Add(10, 20, 100, 200)
	f.Add(-1, 1<<40, 0, 1)
	f.Fuzz(func(t *testing.T, inside, entered, instant, daily int) {
		j := Judge(Count{State: Live, Inside: inside, Entered: entered}, Limits{Instant: &instant, Daily: &daily}, House())
		if zh, en := j.Explain(true); zh == "" || en == "" {
			t.Error("no words")
		}
		if instant > 0 && inside >= instant && !j.Full {
			t.Error("full and not said")
		}
	})
}
