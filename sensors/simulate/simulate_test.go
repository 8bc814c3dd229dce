package simulate

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijianyou/sensors"
)

// instant is a clock that jumps to whatever is waited for.
type instant struct{ now time.Time }

func (c *instant) Now() time.Time { return c.now }
func (c *instant) Wait(ctx context.Context, t time.Time) error {
	if t.After(c.now) {
		c.now = t
	}
	return ctx.Err()
}

// heard keeps what was published.
type heard struct {
	list   []Publication
	refuse func(Publication) bool
}

func (h *heard) Publish(_ context.Context, p Publication) error {
	if h.refuse != nil && h.refuse(p) {
		return ErrRefused
	}
	h.list = append(h.list, p)
	return nil
}

func (h *heard) samples(t *testing.T, kind sensors.SampleKind) (out []sample, by []sensors.DeviceID) {
	t.Helper()
	for _, p := range h.list {
		if p.Kind != kind {
			continue
		}
		var m struct{ Samples []sample }
		if err := json.Unmarshal(p.Payload, &m); err != nil {
			t.Fatal(err)
		}
		for _, s := range m.Samples {
			out, by = append(out, s), append(by, p.By)
		}
	}
	return out, by
}

var begin = time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)

func house() World {
	return World{
		Devices: []Device{
			{ID: "r-g1", Org: "m", Kind: sensors.Reader, Zone: "G1"}, {ID: "r-lobby", Org: "m", Kind: sensors.Reader, Zone: "lobby"},
			{ID: "p-main", Org: "m", Kind: sensors.Portal, Zone: "exit"}, {ID: "gate-1", Org: "a", Kind: sensors.Gate, Zone: "park"}, {ID: "gate-2", Org: "a", Kind: sensors.Gate, Zone: "park"},
			{ID: "i-g1", Org: "m", Kind: sensors.Instrument, Zone: "G1", Channels: []Channel{{Name: "rh", Unit: "%", Around: 50, Swing: 2}}},
		},
		Tags:  []Tag{{ID: "e20001", Zone: "G1", Battery: -1}, {ID: "e20002", Zone: "G1", Battery: 80}},
		Doors: [][2]string{{"G1", "lobby"}, {"lobby", "exit"}},
	}
}

func play(t *testing.T, text string) (*heard, Tally) {
	t.Helper()
	s, err := Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	w, h := house(), &heard{}
	if err := w.Check(s); err != nil {
		t.Fatal(err)
	}
	h.refuse = func(p Publication) bool { return p.By != p.Device }
	tally, err := NewPlayer(w, s, &instant{begin}, h).Play(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return h, tally
}

const holiday = "seed 3\nfor 20m\ngate * in 30/min out 10/min\ngate gate-1 in 200/min from 5m until 10m\n"

func TestTheSameSeedPlaysTheSame(t *testing.T) {
	a, ta := play(t, holiday)
	b, tb := play(t, holiday)
	if diff := cmp.Diff(a.list, b.list); diff != "" || !cmp.Equal(ta, tb) {
		t.Error("two plays differ", diff)
	}
	if c, _ := play(t, strings.Replace(holiday, "seed 3", "seed 4", 1)); cmp.Equal(a.list, c.list) {
		t.Error("another seed plays the same")
	}
}

func TestGatesPublishWhatTheTallySays(t *testing.T) {
	h, tally := play(t, holiday)
	in, out := map[sensors.DeviceID]int{}, map[sensors.DeviceID]int{}
	inside, last := 0, ""
	counts, by := h.samples(t, sensors.CountKind)
	for i, s := range counts {
		if s.At < last {
			t.Fatal("samples go back in time")
		}
		last = s.At
		in[by[i]] += *s.In
		out[by[i]] += *s.Out
		if inside += *s.In - *s.Out; inside < 0 {
			t.Fatal("more left than came")
		}
	}
	if !cmp.Equal(in, tally.In) || !cmp.Equal(out, tally.Out) {
		t.Errorf("published %v %v, tally %v %v", in, out, tally.In, tally.Out)
	}
	if in["gate-1"] < 1200 || in["gate-1"] > 2000 || in["gate-2"] < 450 || in["gate-2"] > 750 {
		t.Errorf("about 1600 and 600 people were expected: %v", in)
	}
}

func TestACarriedTagIsSeenOnItsWayAndIsThenGone(t *testing.T) {
	h, _ := play(t, "for 2m\nreads 10s\nat 30s carry e20001 via lobby,exit every 6s\n")
	var way []string
	list, by := h.samples(t, sensors.SightingKind)
	for i, s := range list {
		if s.Tag == "e20001" && (len(way) == 0 || way[len(way)-1] != string(by[i])) {
			way = append(way, string(by[i]))
		}
		if s.Tag == "e20001" && s.At > "2026-10-01T00:00:43" {
			t.Errorf("seen by %s at %s after it left", by[i], s.At)
		}
	}
	if got := strings.Join(way, " "); got != "r-g1 r-lobby p-main" {
		t.Errorf("the way is %s", got)
	}
	others := 0
	for _, s := range list {
		if s.Tag == "e20002" && s.At > "2026-10-01T00:01:00" {
			others++
		}
	}
	if others == 0 {
		t.Error("the tag that stayed is seen no more")
	}
}

func TestADeadDeviceSaysNothingUntilItReturns(t *testing.T) {
	h, _ := play(t, "for 5m\nheartbeat 10s\nat 1m device r-g1 dies\nat 4m device r-g1 returns\n")
	var before, between, after int
	for _, kind := range []sensors.SampleKind{sensors.StatusKind, sensors.SightingKind} {
		list, by := h.samples(t, kind)
		for i, s := range list {
			switch {
			case by[i] != "r-g1":
			case s.At < "2026-10-01T00:01:00":
				before++
			case s.At < "2026-10-01T00:04:00":
				between++
			default:
				after++
			}
		}
	}
	if before == 0 || between != 0 || after == 0 {
		t.Errorf("%d before, %d between, %d after", before, between, after)
	}
}

func TestALieIsPublishedAndRefused(t *testing.T) {
	_, tally := play(t, "for 30s\nat 5s impersonate gate-1 by gate-2\n")
	if tally.Refused != 1 {
		t.Errorf("%d refused", tally.Refused)
	}
}

func TestADayComesAndGoesByTheClockOfChina(t *testing.T) {
	// begin is eight in the morning there.
	h, tally := play(t, "for 12h\ngate gate-1 day 1200 stay 2h\n")
	in := tally.In["gate-1"]
	if in < 1080 || in > 1320 || tally.Out["gate-1"] > in || in-tally.Out["gate-1"] > 120 {
		t.Errorf("%d came and %d left", in, tally.Out["gate-1"])
	}
	counts, _ := h.samples(t, sensors.CountKind)
	if first := counts[0].At; first < "2026-10-01T00:00:00" {
		t.Errorf("somebody came at %s", first)
	}
	for _, s := range counts {
		if *s.Out > 0 && s.At < "2026-10-01T02:00:00" {
			t.Fatalf("somebody left at %s", s.At)
		}
	}
}

func TestEverySampleOfADeviceHasItsOwnNumber(t *testing.T) {
	h, _ := play(t, holiday+"at 1m carry e20001 via lobby every 6s\n")
	seen := map[string]bool{}
	for _, kind := range []sensors.SampleKind{sensors.StatusKind, sensors.SightingKind, sensors.CountKind, sensors.ReadingKind} {
		list, by := h.samples(t, kind)
		if len(list) == 0 {
			t.Errorf("no %s was played", kind)
		}
		for i, s := range list {
			key := fmt.Sprintf("%s %d", by[i], s.Seq)
			if seen[key] {
				t.Errorf("%s is used twice", key)
			}
			seen[key] = true
		}
	}
}

func TestAPlayEndsWhenItIsStopped(t *testing.T) {
	s, err := Parse(strings.NewReader("heartbeat 1s\n"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	h := &heard{}
	h.refuse = func(Publication) bool {
		if len(h.list) > 50 {
			stop()
		}
		return false
	}
	if _, err := NewPlayer(house(), s, &instant{begin}, h).Play(ctx); err != nil {
		t.Error(err)
	}
}

func TestABadScriptIsRefusedWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"sing a song":                             "line 1",
		"\n\nseed x":                              "line 3",
		"seed 1 2":                                "seed takes",
		"for never":                               "no duration",
		"for 0s":                                  "no duration",
		"reads 5s miss 120":                       "no percentage",
		"reads 5s miss NaN":                       "no percentage",
		"gate g in 12":                            "no rate",
		"gate g in 1/min from 5m until 5m":        "ends before",
		"gate g day 100 from 2s":                  "belong together",
		"gate g day NaN stay 1h":                  "no number",
		"at -5s device r dies":                    "no moment",
		"at 5s device r explodes":                 "explodes",
		"at 5s carry e2 via a,,b every 5s":        "zones",
		"at 5s carry e2 through a every 5s":       "carry TAG",
		"at 5s tag e2 battery 101":                "no percentage",
		"at 5s impersonate a":                     "impersonate NAME",
		"title x\n" + strings.Repeat("#", 70_000): "too long",
		strings.Repeat("#\n", 10_001):             "at most",
	} {
		if _, err := Parse(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", text, err, want)
		}
	}
	for text, want := range map[string]string{
		"at 5s device nobody dies":             "no device nobody",
		"\nat 5s tag ffff silent":              "line 2: there is no tag",
		"at 5s carry e20001 via moon every 5s": "zone moon",
		"gate r-g1 in 3/min":                   "no gate r-g1",
	} {
		s, err := Parse(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := house().Check(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(holiday)
	f.Add("at 30s carry e20001 via lobby,exit every 6s # thief\ntitle x\nreads 5s miss 3 stray 1")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse(strings.NewReader(text))
		if err != nil {
			return
		}
		for i := 1; i < len(s.Events); i++ {
			if s.Events[i].At < s.Events[i-1].At {
				t.Error("events are not in order")
			}
		}
	})
}
