package sensors

import (
	"testing"

	"yijianyou/internal/store"
)

func TestTheQuarantineListIsReadByItsOwner(t *testing.T) {
	w, ctx := newRegisterWorld(t), t.Context()
	w.put(func(tx *store.Tx) error {
		own := Refusal{Kind: UnknownTag, Claimed: "e2801160"}
		own.Org = "demo-museum"
		return w.refuseIn(tx, own, Refusal{Kind: UnknownDevice, Claimed: "nobody"})
	})
	page, err := w.RefusalList(ctx, regKeeper, "", 10, "")
	w.must(err)
	if len(page.Items) != 1 || page.Items[0].Claimed != "e2801160" {
		t.Fatalf("the keeper's list: %+v", page.Items)
	}
	mine := page.Items[0].ID
	if page, err = w.RefusalList(ctx, regAuditor, "", 10, ""); err != nil || len(page.Items) != 1 || page.Items[0].Claimed != "nobody" {
		t.Fatalf("what belongs to nobody: %+v %v", page.Items, err)
	}
	if page, err = w.RefusalList(ctx, regStranger, "", 10, ""); err != nil || len(page.Items) != 0 {
		t.Errorf("the stranger's list: %+v %v", page.Items, err)
	}
	_, err = w.RefusalList(ctx, regStranger, "demo-museum", 10, "")
	w.want(err, ErrNotFound)
	w.want(w.Dismiss(ctx, regStranger, mine), ErrNotFound)
	w.want(w.Dismiss(ctx, regAuditor, mine), ErrDenied)
	w.must(w.Dismiss(ctx, regKeeper, mine))
	w.want(w.Dismiss(ctx, regKeeper, mine), ErrNotFound)
	said, err := store.History.One(ctx, w.st, store.Query{Index: "byDoc", Equal: []any{"refusals", mine}})
	if err != nil || said.Action != "refusal.dismiss" || said.ActorID != "keeper" {
		t.Errorf("nobody knows who dismissed it: %+v %v", said, err)
	}
}
