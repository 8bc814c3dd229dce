package sensors

import (
	"strings"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

// passageRule keeps a rule of passages of the house.
func (h *house) passageRule(id string, severity int, change ...func(*RuleFields)) {
	h.Helper()
	r := &Rule{Meta: store.Meta{ID: id, Org: "demo-museum"}, Fields: RuleFields{Name: heritage.Text{ZH: "东门"}, Rule: alarm.Rule{Kind: alarm.Passage, Severity: severity,
		Source: alarm.Source{Text: "馆发〔2026〕9 号", EN: "House order 9 of 2026"}}}}
	for _, fn := range change {
		fn(&r.Fields)
	}
	h.in(func(tx *store.Tx) error { return ruleDocs.Put(tx, r) })
}

// exitOf lets the bell, which is a general one, pass an exit, and returns its alarm.
func (h *house) exitOf(exit ZoneID) *Alarm {
	h.Helper()
	h.take(h.seen(0, "hall", "aa02", -45))
	h.clock(10.2)
	h.take(h.seen(10, exit, "aa02", -50))
	list := h.alarmsOf("demo-museum")
	if len(list) != 1 || list[0].Kind != UnlawfulExit {
		h.Fatalf("alarms %+v", list)
	}
	return list[0]
}

// TestAPassageIsJudgedByTheRulesThatAreAboutIt: the gravest of those that watch, else the built-in one; it is told at once.
func TestAPassageIsJudgedByTheRulesThatAreAboutIt(t *testing.T) {
	night := func(f *RuleFields) { f.Rule.Hours = []alarm.Span{{From: "00:00", To: "06:00"}} } // the house is at 17:00 in Shanghai
	for _, c := range []struct {
		name     string
		rules    func(*house)
		rule     string
		severity Severity
	}{
		{"no rule", func(*house) {}, "", 3},
		{"one of the house", func(h *house) { h.passageRule("r1", 1) }, "r1", 1},
		{"one of the exit", func(h *house) { h.passageRule("r1", 2, func(f *RuleFields) { f.ZoneID = "exit" }) }, "r1", 2},
		{"one of the reader", func(h *house) { h.passageRule("r1", 2, func(f *RuleFields) { f.DeviceID = "r-exit" }) }, "r1", 2},
		{"one of another exit", func(h *house) { h.passageRule("r1", 1, func(f *RuleFields) { f.ZoneID = "exit2" }) }, "", 3},
		{"the gravest of several", func(h *house) { h.passageRule("r1", 3); h.passageRule("r2", 1); h.passageRule("r3", 2) }, "r2", 1},
		{"one that makes it no lighter", func(h *house) { h.passageRule("r1", 4) }, "r1", 3},
		{"one of other hours", func(h *house) { h.passageRule("r1", 1, night) }, "", 3},
		{"one that is disabled", func(h *house) { h.passageRule("r1", 1, func(f *RuleFields) { f.Disabled = true }) }, "", 3},
		{"one that cannot be read", func(h *house) { h.passageRule("r1", 1, func(f *RuleFields) { f.Rule.TimeZone = "Nowhere/Atall" }) }, "", 3},
		{"one of readings", func(h *house) {
			h.in(func(tx *store.Tx) error { r := humidRule(); r.Org = "demo-museum"; return ruleDocs.Put(tx, r) })
		}, "", 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t)
			c.rules(h)
			a := h.exitOf("exit")
			if a.RuleID != c.rule || a.Severity != c.severity || !a.Open || a.RaisedAt.Sub(h.sec(10)) > time.Second {
				t.Errorf("rule %q, severity %d, open %v, raised after %v", a.RuleID, a.Severity, a.Open, a.RaisedAt.Sub(h.sec(10)))
			}
			if named := strings.Contains(a.Ground.ZH, "依据：馆发") && strings.HasSuffix(a.Ground.EN, "Source: House order 9 of 2026"); named != (c.rule != "") {
				t.Errorf("the ground is %q", a.Ground)
			}
		})
	}
}

// TestARuleOfAStoreDoesNotNameIt: neither its name nor its source is told to who may not know where relics are.
func TestARuleOfAStoreDoesNotNameIt(t *testing.T) {
	h := newHouse(t)
	h.passageRule("r1", 1, func(f *RuleFields) { f.ZoneID, f.Name.ZH = "store", "地下二号库无单移动" })
	h.take(h.seen(0, "store", "aa02", -45), h.seen(10, "hall2", "aa02", -50))
	h.run(20)
	a := h.alarmsOf("demo-museum")[0]
	if strings.Contains(a.Ground.ZH, "馆发") {
		t.Errorf("the ground is %q", a.Ground)
	}
	for role, may := range map[actor.Role]bool{actor.Dispatcher: false, actor.Keeper: true} {
		by := staffOf("u1", role, "demo-museum")
		got, err := h.s.namer(h.st, by).alarm(t.Context(), a)
		h.must(err)
		if shown := got.RuleID != "" && got.Names.Rule.ZH != ""; shown != may {
			t.Errorf("who may know of stores: %v; rule %q, named %q", may, got.RuleID, got.Names.Rule.ZH)
		}
	}
}

func TestARuleOfPassagesIsSilentUnderAnOrder(t *testing.T) {
	h := newHouse(t)
	h.passageRule("r1", 1)
	h.orders = []order{{id: "m1", relic: "bell", from: h.start, to: h.sec(3600), outside: true}}
	h.play(`
		0 hall sees aa02 -45
		10 exit sees aa02 -50
		20 aa02: in exit; gone; passage exit 10 x1 under m1
	`)
}

func TestAMoveIsJudgedByARuleOfEitherRoom(t *testing.T) {
	for _, room := range []ZoneID{"store", "hall2"} {
		h := newHouse(t)
		h.passageRule("r1", 1, func(f *RuleFields) { f.ZoneID = room })
		h.take(h.seen(0, "store", "aa02", -45), h.seen(10, "hall2", "aa02", -50))
		h.run(20)
		if list := h.alarmsOf("demo-museum"); len(list) != 1 || list[0].Kind != UnlawfulMove || list[0].RuleID != "r1" || list[0].Severity != 1 {
			t.Errorf("with a rule of %s the alarms are %+v", room, list)
		}
	}
}

// TestAMaintenanceWindowMutesADoorOnlyByName: one of the house or of the zone is about readings.
func TestAMaintenanceWindowMutesADoorOnlyByName(t *testing.T) {
	for _, c := range []struct {
		name   string
		window MaintenanceFields
		muted  bool
	}{
		{"of the house", MaintenanceFields{}, false},
		{"of the zone", MaintenanceFields{ZoneID: "exit"}, false},
		{"of the reader", MaintenanceFields{DeviceID: "r-exit"}, true},
		{"of another reader", MaintenanceFields{DeviceID: "r-exit2"}, false},
	} {
		h := newHouse(t)
		c.window.From, c.window.Until, c.window.Reason = h.start.Add(-time.Hour), h.start.Add(time.Hour), "换灯"
		h.in(func(tx *store.Tx) error {
			return maintenanceDocs.Put(tx, &Maintenance{Meta: store.Meta{ID: "w1", Org: "demo-museum"}, Fields: c.window})
		})
		if a := h.exitOf("exit"); a.Open == c.muted || a.State == Resolved != c.muted || h.passagesOf("aa02")[0].AlarmID != a.ID {
			t.Errorf("a window %s: the alarm is %s", c.name, a.State)
		}
	}
	h := newHouse(t) // one that is over
	h.in(func(tx *store.Tx) error {
		return maintenanceDocs.Put(tx, &Maintenance{Meta: store.Meta{ID: "w1", Org: "demo-museum"}, Fields: MaintenanceFields{DeviceID: "r-exit", From: h.start.Add(-time.Hour), Until: h.sec(10), Reason: "换灯"}})
	})
	if a := h.exitOf("exit"); !a.Open {
		t.Error("a window that has ended mutes the door")
	}
}

func TestAnAlarmOfAPassageOutlivesItsRule(t *testing.T) {
	h := newHouse(t)
	h.passageRule("r1", 1)
	a := h.exitOf("exit")
	h.in(func(tx *store.Tx) error {
		return (ruleRules{s: h.s}).removeIn(tx, &Rule{Meta: store.Meta{ID: "r1", Org: "demo-museum", Rev: 2}})
	})
	if got := h.stored(a.ID); !got.Open {
		t.Error("removing the rule has answered the alarm")
	}
}

func TestARuleOfPassagesIsTriedOnWhatADoorHasSeen(t *testing.T) {
	h := newHouse(t)
	h.orders = []order{{id: "m1", relic: "jar", from: h.start, to: h.sec(3600), outside: true}}
	h.take(h.seen(0, "hall", "aa02", -45), h.seen(0, "hall", "aa01", -45), h.seen(0, "hall", "aa09", -45))
	h.take(h.seen(10, "exit", "aa02", -50), h.seen(11, "exit", "aa01", -50), h.seen(12, "exit", "aa09", -50))
	h.take(h.seen(200, "exit2", "aa01", -50))
	rule := alarm.Rule{Kind: alarm.Passage, Severity: 1, Source: alarm.Source{Text: "演示依据"}}
	by := actor.SystemPart("test")
	try := func(device DeviceID, r alarm.Rule) *DryRun {
		t.Helper()
		got, err := h.s.DryRun(t.Context(), by, device, r, h.start, h.sec(3600))
		h.must(err)
		return got
	}
	got := try("r-exit", rule)
	if got.Samples != 2 || len(got.Episodes) != 1 || !got.Episodes[0].Since.Equal(h.sec(10)) || got.Episodes[0].EndedAt == nil || got.Episodes[0].Muted {
		t.Errorf("the trial says %+v", got)
	}
	rule.Hours = []alarm.Span{{From: "00:00", To: "06:00"}}
	if got := try("r-exit", rule); len(got.Episodes) != 0 {
		t.Errorf("outside its hours the trial says %+v", got)
	}
	rule.Hours, rule.HoldS = nil, 60
	if _, err := h.s.DryRun(t.Context(), by, "r-exit", rule, h.start, h.sec(3600)); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a passage that must last: %v", err)
	}
	rule.HoldS = 0
	h.device("thermo", DeviceFields{Kind: Instrument, ZoneID: "hall"})
	if _, err := h.s.DryRun(t.Context(), by, "thermo", rule, h.start, h.sec(3600)); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an instrument sees no passage: %v", err)
	}
}
