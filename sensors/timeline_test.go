package sensors

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

func person(role actor.Role, org actor.OrgID) actor.Actor {
	return actor.Actor{Kind: actor.Staff, ID: string(role), Name: string(role), Grants: []actor.Grant{{Role: role, Org: org}}}
}

// lifeOf is a house in which jar was in the store, in the hall, and out on loan.
func lifeOf(t *testing.T) *house {
	h := newHouse(t)
	h.orders = []order{{id: "m1", relic: "jar", from: h.sec(90), to: h.sec(1e6), outside: true}}
	h.take(h.seen(0, "store", "aa01", -45))
	h.take(h.seen(10, "hall", "aa01", -45)) // without an order
	h.watch(14)
	h.take(h.seen(100, "exit", "aa01", -45), h.seen(101, "exit", "aa01", -45))
	h.clock(120)
	return h
}

// brief says happenings in short.
func brief(h *house, list []Happening) (lines []string) {
	for _, x := range list {
		where := string(x.ZoneID)
		if where == "" && x.InStore {
			where = "some store"
		}
		until := ""
		if x.Until != nil {
			until = fmt.Sprintf("-%g", x.Until.Sub(h.start).Seconds())
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%g%s %s %s %s", x.At.Sub(h.start).Seconds(), until, x.Kind, where, x.MovementID)))
	}
	return lines
}

func TestATimelineTellsWhatHappenedTheNewestFirst(t *testing.T) {
	h := lifeOf(t)
	list, err := h.s.Timeline(t.Context(), person(actor.Keeper, "demo-museum"), "jar", time.Time{}, time.Time{}, 0)
	h.must(err)
	want := []string{
		"100-101 passage exit m1",
		"100 stay exit",
		"14 alarm hall",
		"10-100 stay hall",
		"0-10 stay store",
		"-86400 binding",
	}
	if diff := cmp.Diff(want, brief(h, list)); diff != "" {
		t.Error(diff)
	}
	for _, x := range list {
		if !x.Simulated || x.Kind == HappenedStay && x.ZoneName.ZH == "" {
			t.Errorf("got %+v", x)
		}
		if sighted := x.Kind == HappenedStay || x.Kind == HappenedPassage; sighted && !strings.Contains(x.Proves.ZH, "囊匣在此") {
			t.Errorf("%s says that it proves %v", x.Kind, x.Proves)
		}
	}
	if list[3].AlarmID != list[2].ID || list[2].FromZoneName.ZH != "地下二号库" || list[5].By == nil {
		t.Errorf("got %+v", list)
	}
	part, err := h.s.Timeline(t.Context(), person(actor.Keeper, "demo-museum"), "jar", h.sec(5), h.sec(100), 0)
	h.must(err)
	if diff := cmp.Diff(want[2:4], brief(h, part)); diff != "" {
		t.Error(diff)
	}
}

func TestATimelineIsReadInPartsWithoutAGap(t *testing.T) {
	h := lifeOf(t)
	by := person(actor.Keeper, "demo-museum")
	for limit := 1; limit <= 6; limit++ {
		var all []string
		before := time.Time{}
		for {
			part, err := h.s.Timeline(t.Context(), by, "jar", time.Time{}, before, limit)
			h.must(err)
			if len(part) == 0 {
				break
			}
			all = append(all, brief(h, part)...)
			before = part[len(part)-1].At
		}
		if len(all) != 6 {
			t.Errorf("limit %d: %d happenings, want 6: %v", limit, len(all), all)
		}
	}
}

func TestAStayIsOfTheRelicOnlyWhileTheTagHungOnIt(t *testing.T) {
	h := newHouse(t)
	h.take(h.seen(0, "hall", "aa09", -45))
	h.in(func(tx *store.Tx) error {
		until := h.sec(300)
		return bindingDocs.Put(tx, &BindingRecord{Meta: store.Meta{ID: "b1", Org: "demo-museum"}, TagID: "aa09",
			Binding: Binding{ID: "b1", RelicID: "bell", Carrier: OnBase, From: h.sec(50)}, Until: &until})
	})
	h.clock(400)
	h.take(h.seen(100, "hall2", "aa09", -45), h.seen(200, "corridor", "aa09", -45), h.seen(350, "lab", "aa09", -45))
	list, err := h.s.Timeline(t.Context(), person(actor.Auditor, "demo-museum"), "bell", h.sec(0), time.Time{}, 0)
	h.must(err)
	want := []string{"400 alarm hall2", "200-300 stay corridor", "100-200 stay hall2", "50-300 binding", "50-100 stay hall"}
	if diff := cmp.Diff(want, brief(h, list)); diff != "" {
		t.Error(diff)
	}
}

func TestWhoMayNotKnowOfStoresIsNotToldWhich(t *testing.T) {
	h := lifeOf(t)
	for role, want := range map[actor.Role]string{
		actor.Dispatcher:  "100-101 passage exit m1, 100 stay exit, 14 alarm hall, 10-100 stay hall, 0-10 stay some store, -86400 binding",
		actor.AreaManager: "100-101 passage exit, 100 stay exit, 14 alarm hall, 10-100 stay hall, 0-10 stay some store, -86400 binding",
		actor.Admin:       "100-101 passage exit m1, 100 stay exit, 14 alarm hall, 10-100 stay hall, 0-10 stay some store, -86400 binding",
	} {
		list, err := h.s.Timeline(t.Context(), person(role, "demo-museum"), "jar", time.Time{}, time.Time{}, 0)
		h.must(err)
		if got := strings.Join(brief(h, list), ", "); got != want {
			t.Errorf("%s reads %s", role, got)
		}
		text, err := json.Marshal(list)
		h.must(err)
		for _, secret := range []string{"地下二号库", "Vault", `"store"`, "/store", "r-store"} {
			if strings.Contains(string(text), secret) {
				t.Errorf("%s reads %q in %s", role, secret, text)
			}
		}
	}
}

func TestThoseOfAnotherMuseumFindNothing(t *testing.T) {
	h := lifeOf(t)
	for _, by := range []actor.Actor{person(actor.Keeper, "other-museum"), person(actor.Reviewer, "demo-museum"), actor.Nobody(), {Kind: actor.Device, ID: "r-hall"}} {
		if _, err := h.s.Timeline(t.Context(), by, "jar", time.Time{}, time.Time{}, 0); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s reads a timeline: %v", by.ID, err)
		}
		if list, err := h.s.Positions(t.Context(), by, "demo-museum"); err == nil || len(list) > 0 {
			t.Errorf("%s reads positions: %v", by.ID, list)
		}
	}
	if _, err := h.s.Timeline(t.Context(), person(actor.Keeper, "demo-museum"), "none", time.Time{}, time.Time{}, 0); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if list, err := h.s.Positions(t.Context(), person(actor.Keeper, "other-museum"), ""); err != nil || len(list) > 0 {
		t.Errorf("the other museum has %v, %v", list, err)
	}
}

func TestPositionsSayWhatASightingProves(t *testing.T) {
	h := newHouse(t)
	h.orders = []order{{id: "m1", relic: "bell", from: h.sec(0), to: h.sec(1e6)}}
	h.take(h.seen(0, "store", "aa01", -45), h.seen(1, "hall", "aa02", -45), h.seen(1, "hall", "aa09", -45))
	list, err := h.s.Positions(t.Context(), person(actor.Keeper, "demo-museum"), "")
	h.must(err)
	if len(list) != 2 {
		t.Fatalf("%d positions, want those of the two relics", len(list))
	}
	jar, bell := list[0], list[1]
	if jar.ZoneID != "store" || jar.Carrier != OnBox || !strings.Contains(jar.Proves.ZH, "囊匣在此") || !strings.Contains(jar.Proves.EN, "box is here") || jar.Grade != "grade-2" ||
		jar.Number != "No. jar" || jar.MovementID != "" || !jar.Simulated || jar.LastSeenAt == nil {
		t.Errorf("got %+v", jar)
	}
	if bell.Proves.ZH != "器物在此" || bell.MovementID != "m1" || !bell.Since.Equal(h.sec(1)) {
		t.Errorf("got %+v", bell)
	}
	// Whoever may not know of stores is not told of what is in one.
	list, err = h.s.Positions(t.Context(), person(actor.Dispatcher, "demo-museum"), "demo-museum")
	h.must(err)
	if len(list) != 1 || list[0].RelicID != "bell" {
		t.Errorf("the dispatcher reads %+v", list)
	}
	list, err = h.s.Positions(t.Context(), person(actor.AreaManager, "demo-museum"), "demo-museum")
	h.must(err)
	if len(list) != 1 || list[0].MovementID != "" {
		t.Errorf("who may not see orders reads %+v", list)
	}
}
