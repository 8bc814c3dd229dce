package load

import (
	"errors"
	"slices"
	"testing"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
)

// TestCellsOfOneRecordAreThoseOfTheExport, and only for who may read it.
func TestCellsOfOneRecordAreThoseOfTheExport(t *testing.T) {
	w := newWorld(t)
	rec, err := w.heritage.Relics.Create(t.Context(), w.registrar, heritage.NewRecord[heritage.RelicFields]{Org: "demo-museum", Fields: heritage.RelicFields{Name: heritage.Text{ZH: "演示·铜鼎"}}})
	if err != nil {
		t.Fatal(err)
	}
	heading, err := w.Columns(heritage.KindRelic)
	if err != nil {
		t.Fatal(err)
	}
	cells, ok, err := w.Cells(t.Context(), w.registrar, heritage.KindRelic, rec.ID)
	if err != nil || !ok || len(cells) != len(heading) || !slices.Contains(cells, "演示·铜鼎") {
		t.Errorf("got %v, %v, %v", cells, ok, err)
	}
	other := actor.Actor{Kind: actor.Staff, ID: "other", Grants: []actor.Grant{{Role: actor.Registrar, Org: "demo-museum-b"}}}
	for _, by := range []actor.Actor{other, actor.Nobody()} {
		if cells, ok, err := w.Cells(t.Context(), by, heritage.KindRelic, rec.ID); err != nil || ok {
			t.Errorf("%q gets %v, %v", by.ID, cells, err)
		}
	}
	if _, ok, err := w.Cells(t.Context(), w.registrar, heritage.KindRelic, "gone"); ok || err != nil {
		t.Errorf("one that is gone: %v, %v", ok, err)
	}
	if _, err := w.Columns(heritage.KindMuseum); !errors.Is(err, ErrKind) {
		t.Errorf("museums have columns: %v", err)
	}
}
