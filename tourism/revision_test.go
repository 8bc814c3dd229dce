package tourism

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

func TestAnEarlierRevisionComesBackAsANewOne(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	a := w.area("甲")
	s := w.spot(a.ID, "塔")
	w.publish(a, s)
	f := s.Fields
	f.Name, f.Order = heritage.Text{ZH: "新塔"}, 9
	must(t, func() (*Spot, error) { return w.Spots.Change(ctx, manager, s.ID, 0, f) })
	must(t, func() (*Spot, error) { return w.Spots.Publish(ctx, manager, s.ID, 0) })

	_, err := w.Spots.Restore(ctx, manager, s.ID, 3, 1, "")
	want(t, err, store.ErrConflict)
	rec, err := w.Spots.Restore(ctx, manager, s.ID, 4, 1, " 改错了 ")
	if err != nil || rec.Rev != 5 || rec.Fields.Name.ZH != "塔" || rec.Fields.Order != 1 || rec.Author.ID != manager.ID {
		t.Fatalf("restored: %+v, %v", rec, err)
	}
	if p, err := w.Spots.Public(ctx, s.ID); err != nil || p.Fields.Name.ZH != "新塔" {
		t.Errorf("tourists see what nobody has published: %v, %v", p, err)
	}
	revs, err := w.Spots.Revisions(ctx, manager, s.ID, 1, "")
	if err != nil || revs.Items[0].Action != "spot.restore" || revs.Items[0].Reason != "改错了" {
		t.Errorf("history says %+v, %v", revs.Items, err)
	}
	if rec, err = w.Spots.Restore(ctx, manager, s.ID, 0, 5, ""); err != nil || rec.Rev != 5 {
		t.Errorf("the newest was restored to a new revision %d, %v", rec.Rev, err)
	}
	_, err = w.Spots.Restore(ctx, manager, s.ID, 0, 99, "")
	want(t, err, ErrNotFound)
	_, err = w.Spots.Restore(ctx, manager, s.ID, 0, 1, strings.Repeat("长", maxReason+1))
	if diff := cmp.Diff([]string{"reason heritage.too_long"}, fieldPaths(err)); diff != "" {
		t.Error(diff)
	}
}

func TestWhoMayNotChangeARecordMayNotRestoreIt(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	a := w.area("甲")
	for _, c := range []struct {
		by   actor.Actor
		want error
	}{{stranger, ErrNotFound}, {actor.Nobody(), ErrNotFound}, {watcher, ErrDenied}} {
		_, err := w.Areas.Restore(ctx, c.by, a.ID, 0, 1, "")
		want(t, err, c.want)
	}
}

// TestARestoredRecordObeysTheRulesOfToday: what it names must still be there.
func TestARestoredRecordObeysTheRulesOfToday(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	a, b := w.area("甲"), w.area("乙")
	s := w.spot(a.ID, "塔")
	f := s.Fields
	f.AreaID = AreaID(b.ID)
	must(t, func() (*Spot, error) { return w.Spots.Change(ctx, manager, s.ID, 0, f) })
	if err := w.Areas.Remove(ctx, manager, a.ID, 0, "误录"); err != nil {
		t.Fatal(err)
	}
	_, err := w.Spots.Restore(ctx, manager, s.ID, 0, 1, "")
	if diff := cmp.Diff([]string{"areaId tourism.reference"}, fieldPaths(err)); diff != "" {
		t.Error(diff)
	}
}
