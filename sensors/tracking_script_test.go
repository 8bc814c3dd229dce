package sensors

import (
	"strings"
	"testing"
	"time"
)

func TestATheftIsAnAlarmAtOnce(t *testing.T) {
	h := newHouse(t)
	h.play(`
		0 hall sees aa01 -45
		2 hall sees aa01 -46
		# somebody takes it
		10 corridor sees aa01 -50
		10.6 exit sees aa01 -48
		10.6 aa01: in exit; gone; passage exit 10.6 x1 unlawful; alarm exit probable raised
		11 exit sees aa01 -44
		11 aa01: in exit; gone; passage exit 10.6 x2 unlawful; alarm exit certain raised
		15 exit sees aa01 -60
		20 aa01: in exit; gone; passage exit 10.6 x3 unlawful; alarm exit certain raised
	`)
	a := h.alarmsOf("demo-museum")[0]
	if d := a.RaisedAt.Sub(a.OccurredAt); d < 0 || d > time.Second {
		t.Errorf("raised %v after it was seen", d)
	}
	if a.RelicID != "jar" || a.Carrier != OnBox || a.ZoneID != "exit" || a.FromZoneID != "hall" || a.DeviceID != "r-exit" || a.Severity != 2 || !a.Simulated || a.Late {
		t.Errorf("got %+v", a)
	}
	if a.ID != h.passagesOf("aa01")[0].AlarmID {
		t.Error("the passage does not name the alarm")
	}
	for _, part := range []string{"东门", "东门读写器", "1 次", "-48 dBm", "青铜厅", "没有准许其离馆", "囊匣"} {
		if !strings.Contains(a.Ground.ZH, part) {
			t.Errorf("%q lacks %q", a.Ground.ZH, part)
		}
	}
	for _, part := range []string{"East door", "once", "-48 dBm", "Bronze hall", "No order", "box"} {
		if !strings.Contains(a.Ground.EN, part) {
			t.Errorf("%q lacks %q", a.Ground.EN, part)
		}
	}
}

func TestALawfulLoanIsSilentAndKeptAsEvidence(t *testing.T) {
	h := newHouse(t)
	h.orders = []order{{id: "m1", relic: "jar", from: h.sec(5), to: h.sec(900), outside: true, due: h.sec(400)}}
	h.play(`
		0 store sees aa01 -45
		10 corridor sees aa01 -50
		14 corridor sees aa01 -50
		20 exit sees aa01 -48
		21 exit sees aa01 -44
		60 aa01: in exit; gone; passage exit 20 x2 under m1
		# it comes home late, which is no way out
		500 exit sees aa01 -50
		502 corridor sees aa01 -50
		506 store sees aa01 -50
		520 aa01: in store; passage exit 20 x2 under m1; passage exit 500 x1 under m1
	`)
	var way []string
	for _, s := range h.staysOf("aa01") {
		way = append(way, string(s.ZoneID)+" "+string(s.MovementID))
	}
	if got := strings.Join(way, ", "); got != "store , corridor m1, exit , corridor , store m1" {
		t.Errorf("the way was %s", got)
	}
}

func TestAnOrderForInsideLetsNothingOut(t *testing.T) {
	h := newHouse(t)
	h.orders = []order{{id: "m1", relic: "jar", from: h.sec(0), to: h.sec(900)}}
	h.play(`
		0 store sees aa01 -45
		10 lab sees aa01 -50
		20 aa01: in lab
		30 exit sees aa01 -50
		30 aa01: in exit; gone; passage exit 30 x1 unlawful; alarm exit probable raised
	`)
	if a := h.alarmsOf("demo-museum")[0]; a.MovementID != "m1" || !strings.Contains(a.Ground.ZH, "只准在馆内移动") {
		t.Errorf("got %+v", a)
	}
}

func TestAnOverdueOrderLetsNothingOut(t *testing.T) {
	h := newHouse(t)
	h.orders = []order{{id: "m1", relic: "jar", from: h.sec(0), to: h.sec(900), outside: true, due: h.sec(20)}}
	h.play(`
		0 store sees aa01 -45
		30 exit sees aa01 -50
		30 aa01: in exit; gone; passage exit 30 x1 unlawful; alarm exit probable raised
	`)
	if a := h.alarmsOf("demo-museum")[0]; !strings.Contains(a.Ground.EN, "overdue") || strings.Contains(a.Ground.ZH+a.Ground.EN, "地下二号库") {
		t.Errorf("got %q %q", a.Ground.ZH, a.Ground.EN)
	}
}

func TestWalkingPastTheExitInsideIsNoPassage(t *testing.T) {
	h := newHouse(t)
	h.play(`
		0 hall sees aa02 -45
		10 corridor sees aa02 -50
		10.2 exit sees aa02 -72
		10.4 corridor sees aa02 -52
		10.6 exit sees aa02 -70
		10.9 hall sees aa02 -47
		30 aa02: in hall
	`)
}

func TestTwoReadersThatSeeOneTag(t *testing.T) {
	h := newHouse(t)
	h.play(`
		0 hall sees aa02 -45
		1 hall2 sees aa02 -70
		1.1 hall sees aa02 -46
		2 hall sees aa02 -47
		2.2 hall2 sees aa02 -69
		3 hall sees aa02 -45
		3.1 hall2 sees aa02 -71
		9 hall sees aa02 -45
		9.3 hall2 sees aa02 -71
		20 aa02: in hall
	`)
}

func TestAMoveWithoutAnOrderIsAnAlarmWithinASecondOfTheDwell(t *testing.T) {
	h := newHouse(t)
	h.play(`
		0 store sees aa01 -45
		10.1 hall2 sees aa01 -50
		13 aa01: in store
		13.5 aa01: in hall2; alarm move probable raised
		# and back again: another change, the same open alarm
		30 store sees aa01 -45
		33 store sees aa01 -45
		36 aa01: in store; alarm move certain raised
	`)
	list := h.alarmsOf("demo-museum")
	a := list[0]
	if d := a.RaisedAt.Sub(h.sec(13.1)); len(list) != 1 || d < 0 || d > time.Second {
		t.Errorf("%d alarms, the first %v after the dwell", len(list), d)
	}
	if a.FromZoneID != "store" || a.ZoneID != "hall2" || a.DeviceID != "r-hall2" || !strings.Contains(a.Ground.ZH, "玉器厅") ||
		strings.Contains(a.Ground.ZH+a.Ground.EN, "地下二号库") || strings.Contains(a.Ground.EN, "Vault") {
		t.Errorf("got %+v", a)
	}
	for _, s := range h.staysOf("aa01")[1:] {
		if s.AlarmID != a.ID {
			t.Errorf("%+v does not name the alarm", s)
		}
	}
}

func TestAWayThroughCorridorsNeedsNoOrder(t *testing.T) {
	h := newHouse(t)
	h.play(`
		0 corridor sees aa02 -45
		10 lift sees aa02 -50
		20 aa02: in lift
	`)
}

func TestTheWayBackIntoTheSameRoomIsNoMove(t *testing.T) {
	h := newHouse(t)
	h.play(`
		0 hall sees aa02 -45
		10 exit sees aa02 -50
		11 hall sees aa02 -45
		20 aa02: in hall; passage exit 10 x1 unlawful; alarm exit probable raised
		# into another one it is
		30 exit sees aa02 -50
		31 hall2 sees aa02 -45
		40 aa02: in hall2; passage exit 10 x2 unlawful; alarm exit certain raised; alarm move probable raised
	`)
}

func TestATagOnNothingIsTrackedAndRaisesNothing(t *testing.T) {
	h := newHouse(t)
	h.play(`
		0 store sees aa09 -45
		10 hall sees aa09 -45
		20 exit sees aa09 -50
		30 aa09: in exit; gone; passage exit 20 x1 of nothing
	`)
}

func TestWhatAReaderInMaintenanceSeesIsRecordedOnly(t *testing.T) {
	h := newHouse(t)
	h.maintain("r-exit", true)
	h.play(`
		0 hall sees aa01 -45
		10 exit sees aa01 -50
		20 aa01: in exit; gone; passage exit 10 x1 unlawful; alarm exit probable resolved
	`)
}

func TestATagThatLiesAtAnExitIsOneAlarm(t *testing.T) {
	h := newHouse(t)
	h.take(h.seen(0, "hall", "aa01", -45))
	for s := 10.0; s < 200; s += 5 {
		h.clock(s)
		h.take(h.seen(s, "exit", "aa01", -50))
	}
	want := "in exit; gone; passage exit 10 x12 unlawful; passage exit 70 x12 unlawful; passage exit 130 x12 unlawful; passage exit 190 x2 unlawful; alarm exit certain raised"
	if got := h.said("aa01"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestAResolvedAlarmIsNotRaisedAgainByTheRestOfItsPassage(t *testing.T) {
	h := newHouse(t)
	h.take(h.seen(0, "hall", "aa01", -45), h.seen(10, "exit", "aa01", -45), h.seen(11, "exit", "aa01", -45))
	h.resolve(h.passagesOf("aa01")[0].AlarmID)
	h.take(h.seen(25, "exit", "aa01", -45))
	h.clock(30)
	if got, want := h.said("aa01"), "in exit; gone; passage exit 10 x3 unlawful; alarm exit certain resolved"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestWhatADevicePublishesRaisesTheAlarmInOneTransaction(t *testing.T) {
	h := newHouse(t)
	publish := func(device DeviceID, payload string) Report {
		t.Helper()
		reports, err := h.s.attempt(t.Context(), []*offered{h.s.offered(Message{Org: "demo-museum", Device: device, Kind: SightingKind,
			Payload: []byte(payload), Received: h.now()}, nil)})
		h.must(err)
		return reports[0]
	}
	at := func(s float64) string { return h.sec(s).Format(time.RFC3339Nano) }
	hall := `{"samples":[{"at":"` + at(-20) + `","seq":7,"tag":"aa01","rssi":-51.5,"battery":80},{"at":"` + at(-19) + `","seq":8,"tag":"cc77"}]}`
	exit := `{"at":"` + at(-0.2) + `","seq":3,"tag":"aa01","rssi":-48}`
	if r := publish("r-hall", hall); r.Stored != 1 || len(r.Refused) != 1 || r.Refused[0].Index != 1 || r.Refused[0].Field.Code != ErrUnknownTag {
		t.Errorf("report %+v", r)
	}
	if r := publish("r-exit", exit); r.Stored != 1 {
		t.Errorf("report %+v", r)
	}
	want := "in exit; gone; passage exit -0.2 x1 unlawful; alarm exit probable raised"
	h.wants("aa01", want)
	if st := h.state("aa01"); st.BatteryPercent == nil || *st.BatteryPercent != 80 || st.LastDevice != "r-exit" {
		t.Errorf("state %+v", st)
	}
	// Sent again, it changes nothing.
	rev := h.state("aa01").Rev
	if r := publish("r-exit", exit); r.Stored != 0 || r.Repeated != 1 {
		t.Errorf("report %+v", r)
	}
	publish("r-hall", hall)
	h.wants("aa01", want)
	if got := h.state("aa01").Rev; got != rev {
		t.Errorf("revision %d after %d", got, rev)
	}
}
