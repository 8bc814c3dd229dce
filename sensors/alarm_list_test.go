package sensors

import (
	"testing"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// house puts a store, a gallery, a portal and a tag, and a relic that is known.
func (w *alarmWorld) house() {
	w.Helper()
	w.relics["r1"] = "grade-2"
	o := &heritage.Movement{Number: "提用-2026-0007"}
	o.ID, o.Org = "m1", "demo-museum"
	w.loans["m1"] = o
	w.in(func(tx *store.Tx) error {
		for id, f := range map[string]ZoneFields{
			"vault":   {Kind: Store, Name: heritage.Text{ZH: "青铜二库", EN: "Bronze vault 2"}},
			"gallery": {Kind: Gallery, Name: heritage.Text{ZH: "一号厅", EN: "Hall 1"}},
		} {
			z := &Zone{Fields: f}
			z.ID, z.Org = id, "demo-museum"
			if err := zoneDocs.Put(tx, z); err != nil {
				return err
			}
		}
		d := &Device{Fields: DeviceFields{Kind: Portal, Name: heritage.Text{ZH: "南门通道"}, ZoneID: "gallery"}}
		d.ID, d.Org = "portal-1", "demo-museum"
		if err := deviceDocs.Put(tx, d); err != nil {
			return err
		}
		tag := &Tag{Fields: TagFields{Label: "T-001"}}
		tag.ID, tag.Org = "aa01", "demo-museum"
		return tagDocs.Put(tx, tag)
	})
}

func TestStoresAreNamedOnlyToThoseWhoMayKnowThem(t *testing.T) {
	w := newAlarmWorld(t)
	w.house()
	a := w.raiseAs(Alarm{Kind: UnlawfulMove, TagID: "aa01", RelicID: "r1", DeviceID: "portal-1", ZoneID: "gallery", FromZoneID: "vault", MovementID: "m1",
		Ground: heritage.Text{ZH: "从青铜二库到一号厅，没有出库单。", EN: "From Bronze vault 2 to Hall 1 without an order."}})
	open, err := w.s.Alarm(t.Context(), li, a.ID)
	w.must(err)
	want := AlarmNames{Relic: heritage.Text{ZH: "演示藏品"}, Grade: "grade-2", Zone: heritage.Text{ZH: "一号厅", EN: "Hall 1"}, ZoneKind: Gallery,
		FromZone: heritage.Text{ZH: "青铜二库", EN: "Bronze vault 2"}, FromZoneKind: Store, Device: heritage.Text{ZH: "南门通道"}, Tag: "T-001", Movement: "提用-2026-0007"}
	if open.Names != want || open.FromZoneID != "vault" || open.Ground != a.Ground {
		t.Fatalf("%+v", open.Names)
	}
	shut, err := w.s.Alarm(t.Context(), zhang, a.ID)
	w.must(err)
	want.FromZone = someStore
	if shut.Names != want || shut.FromZoneID != "" || shut.Ground.ZH != "从库房到一号厅，没有出库单。" || shut.Ground.EN != "From a store to Hall 1 without an order." {
		t.Fatalf("a dispatcher sees %+v, %q, %+v", shut.Names, shut.FromZoneID, shut.Ground)
	}
}

func TestAlarmsAreListedByStateAndByRelic(t *testing.T) {
	w := newAlarmWorld(t)
	w.house()
	first := w.raise("aa01", "r1")
	second := w.raise("aa02", "")
	for _, step := range []AlarmAction{StepAcknowledge, StepVerify} {
		_, err := w.take(zhang, first.ID, step)
		w.must(err)
	}
	_, err := w.take(li, first.ID, StepResolve)
	w.must(err)
	other := w.raiseAs(Alarm{Meta: store.Meta{Org: "other-museum"}, Kind: UnlawfulExit, TagID: "bb01", RelicID: "r1"})
	for _, c := range []struct {
		by   actor.Actor
		f    AlarmFilter
		want []string
	}{
		{zhang, AlarmFilter{}, []string{second.ID, first.ID}},
		{auditor, AlarmFilter{Org: "demo-museum"}, []string{second.ID, first.ID}},
		{zhang, AlarmFilter{Open: true}, []string{second.ID}},
		{zhang, AlarmFilter{State: Resolved}, []string{first.ID}},
		{zhang, AlarmFilter{State: Verified}, nil},
		{zhang, AlarmFilter{Relic: "r1"}, []string{first.ID}},
		{foreign, AlarmFilter{}, []string{other.ID}},
		{foreign, AlarmFilter{Relic: "r1"}, []string{other.ID}},
	} {
		page, err := w.s.Alarms(t.Context(), c.by, c.f, 10, "")
		w.must(err)
		var got []string
		for _, a := range page.Items {
			got = append(got, a.ID)
		}
		if len(got) != len(c.want) || len(got) > 0 && got[0] != c.want[0] || len(got) > 1 && got[1] != c.want[1] {
			t.Errorf("%s asks %+v: %v, want %v", c.by.ID, c.f, got, c.want)
		}
	}
	_, err = w.s.Alarms(t.Context(), foreign, AlarmFilter{Org: "demo-museum"}, 10, "")
	w.refused(err, ErrNotFound, "the list of another museum")
	_, err = w.s.Alarms(t.Context(), zhang, AlarmFilter{Open: true, Relic: "r1"}, 10, "")
	w.refused(err, ErrFilter, "two filters")
	_, err = w.s.Alarm(t.Context(), foreign, first.ID)
	w.refused(err, ErrNotFound, "an alarm of another museum")
	_, err = w.s.Alarms(t.Context(), actor.Nobody(), AlarmFilter{}, 10, "")
	w.refused(err, ErrDenied, "nobody")
}
