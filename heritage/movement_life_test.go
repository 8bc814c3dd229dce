package heritage_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/heritage/heritagetest"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

func TestASetTakesItsPartsWithIt(t *testing.T) {
	h := newHouse(t)
	set := h.relic("general")
	part := h.relic("general", func(f *heritage.RelicFields) { f.PartOf = set })
	within := h.relic("general", func(f *heritage.RelicFields) { f.PartOf = part })
	o := h.out(h.loan(set))
	for _, id := range []heritage.RelicID{set, part, within} {
		if !h.cover(id).Leaves() || h.ledger(id).Ledger.State != heritage.OnLoan || h.ledger(id).Away == nil {
			t.Errorf("%s is %+v under %+v", id, h.ledger(id), h.cover(id))
		}
	}
	h.take(o, set)
	for _, id := range []heritage.RelicID{set, part, within} {
		if h.cover(id).Moves() || h.ledger(id).Ledger.State != heritage.Held || h.ledger(id).Away != nil {
			t.Errorf("%s is %+v after the return", id, h.ledger(id))
		}
	}
}

func TestWhatIsBackCanBeAskedForWhileTheRestIsOut(t *testing.T) {
	h := newHouse(t)
	a, b := h.relic("general"), h.relic("general")
	first := h.out(h.wants(a, b))
	_, err := h.Movements.Request(t.Context(), keeper, h.wants(a))
	wantField(t, err, "relicIds[0]", heritage.ErrInOrder)
	h.take(first, a)
	second := h.out(h.wants(a))
	if h.cover(a).Movement != heritage.MovementID(second.ID) || h.cover(b).Movement != heritage.MovementID(first.ID) {
		t.Errorf("%+v and %+v", h.cover(a), h.cover(b))
	}
	_, err = h.Movements.TakeBack(t.Context(), keeper, heritage.MovementID(first.ID), 0, back(a))
	wantField(t, err, "items[0].relicId", heritage.ErrRowUnknown)
}

func TestRefusedAndCancelledOrdersAreKeptAndFreeTheirRelics(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	jar := h.relic("general")
	end := func(o *heritage.Movement, do func(context heritage.MovementID) (*heritage.Movement, error), state heritage.MovementState) {
		t.Helper()
		got, err := do(heritage.MovementID(o.ID))
		must(t, err)
		if last := got.Steps[len(got.Steps)-1]; got.State != state || last.Reason != "展期冲突" || last.By.ID == "" {
			t.Errorf("%s: %+v", got.State, last)
		}
	}
	end(h.ask(h.wants(jar)), func(id heritage.MovementID) (*heritage.Movement, error) {
		return h.Movements.Refuse(ctx, approver, id, 0, "展期冲突")
	}, heritage.Refused)
	end(h.ask(h.wants(jar)), func(id heritage.MovementID) (*heritage.Movement, error) {
		return h.Movements.Cancel(ctx, keeper, id, 0, "展期冲突")
	}, heritage.Cancelled)
	end(h.approved(h.wants(jar)), func(id heritage.MovementID) (*heritage.Movement, error) {
		return h.Movements.Cancel(ctx, approver, id, 0, "展期冲突")
	}, heritage.Cancelled)
	o := h.approved(h.wants(jar))
	_, err := h.Movements.HandOut(ctx, keeper, heritage.MovementID(o.ID), 0, rowsOf(o))
	must(t, err)
	end(o, func(id heritage.MovementID) (*heritage.Movement, error) {
		return h.Movements.Cancel(ctx, registrar, id, 0, "展期冲突")
	}, heritage.Cancelled)
	_, err = h.Movements.Refuse(ctx, approver, heritage.MovementID(h.ask(h.wants(jar)).ID), 0, "")
	wantField(t, err, "reason", heritage.ErrReason)
	page, err := h.Movements.List(ctx, keeper, heritage.MovementFilter{Relic: jar}, 10, "")
	must(t, err)
	for i, o := range page.Items {
		if want := fmt.Sprintf("提用-2026-%04d", 5-i); o.Number != want {
			t.Errorf("number %s, want %s", o.Number, want)
		}
	}
	if len(page.Items) != 5 {
		t.Errorf("%d of 5 orders are kept", len(page.Items))
	}
}

func TestAFirstConfirmationCanBeTakenBack(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	jar := h.relic("general")
	o := h.approved(h.wants(jar))
	id := heritage.MovementID(o.ID)
	recall := func(want heritage.MovementState) {
		t.Helper()
		_, err := h.Movements.Recall(ctx, registrar, id, 0, " ")
		wantField(t, err, "reason", heritage.ErrReason)
		got, err := h.Movements.Recall(ctx, registrar, id, 0, "所记与实物不符")
		must(t, err)
		if got.State != want || got.TakeBack != nil {
			t.Errorf("recalled to %s", got.State)
		}
		_, err = h.Movements.Recall(ctx, registrar, id, 0, "再次")
		wantErr(t, err, heritage.ErrMovementStep)
	}
	_, err := h.Movements.HandOut(ctx, keeper, id, 0, rowsOf(o))
	must(t, err)
	recall(heritage.Approved)
	_, err = h.Movements.HandOut(ctx, registrar, id, 0, rowsOf(o))
	must(t, err)
	_, err = h.Movements.HandOut(ctx, keeper, id, 0, nil)
	must(t, err)
	_, err = h.Movements.TakeBack(ctx, keeper, id, 0, back(jar))
	must(t, err)
	recall(heritage.Out)
	if !h.cover(jar).Moves() {
		t.Error("a recalled return ended the cover")
	}
}

func TestNothingIsHandedOutBeforeOrAfterItsTime(t *testing.T) {
	h := newHouse(t)
	n := h.wants(h.relic("general"))
	n.StartsAt, n.DueBack = h.now.Add(time.Hour), h.now.Add(2*time.Hour)
	o := h.approved(n)
	_, err := h.Movements.HandOut(t.Context(), keeper, heritage.MovementID(o.ID), 0, rowsOf(o))
	wantErr(t, err, heritage.ErrTooEarly)
	n.RelicIDs = []heritage.RelicID{h.relic("general")}
	waiting := h.ask(n)
	h.now = n.DueBack.Add(time.Millisecond)
	_, err = h.Movements.HandOut(t.Context(), keeper, heritage.MovementID(o.ID), 0, rowsOf(o))
	wantErr(t, err, heritage.ErrTooLate)
	_, err = h.Movements.Approve(t.Context(), approver, heritage.MovementID(waiting.ID), 0, "")
	wantErr(t, err, heritage.ErrTooLate)
}

func TestTheLedgerAndTheRegisterWaitForAnOpenOrder(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	set := h.relic("general")
	part := h.relic("general", func(f *heritage.RelicFields) { f.PartOf = set })
	o := h.ask(h.wants(set))
	for _, id := range []heritage.RelicID{set, part} {
		_, err := h.Relics.EnterLedger(ctx, registrar, string(id), 0, heritage.LedgerChange{State: heritage.OnLoan, Reason: "借展"})
		wantErr(t, err, heritage.ErrInOrder)
	}
	_, err := h.Movements.Cancel(ctx, keeper, heritage.MovementID(o.ID), 0, "不用了")
	must(t, err)
	wantErr(t, h.Relics.Remove(ctx, registrar, string(part), 0, "重复"), heritage.ErrInUse)
	_, err = h.Relics.EnterLedger(ctx, registrar, string(part), 0, heritage.LedgerChange{State: heritage.OnLoan, Reason: "借展"})
	must(t, err)
	if got := h.ask(h.wants(set)); len(got.Items[0].Parts) != 0 {
		t.Errorf("a part that is on loan goes with its set: %v", got.Items[0].Parts)
	}
}

// TestWhatTouristsAreToldFollowsTheOrder: on view is what stands in a gallery, by
// what two persons have confirmed.
func TestWhatTouristsAreToldFollowsTheOrder(t *testing.T) {
	h := newHouse(t)
	jar := h.relic("general")
	publish(h.world, h.Relics, string(jar))
	gallery := func() string {
		t.Helper()
		v, _, err := h.PublicRelic(t.Context(), string(jar))
		must(t, err)
		if v.Gallery == nil {
			return ""
		}
		return v.Gallery.Name.ZH
	}
	show := h.wants(jar)
	show.Purpose, show.Destination = "display", heritage.Destination{PlaceID: h.hall}
	o := h.out(show)
	if gallery() != "一号展厅" || o.Destination.Text != "一号展厅" {
		t.Errorf("on display it is in %q", gallery())
	}
	wantErr(t, h.Places.Remove(t.Context(), registrar, string(h.hall), 0, "撤"), heritage.ErrStillPublished)
	if rec, err := h.Relics.Record(t.Context(), admin, string(jar)); err != nil || rec.Away == nil || rec.Away.PlaceID != "" {
		t.Errorf("who may not see places sees %+v (%v)", rec, err)
	}
	h.take(o, jar)
	if gallery() != "" {
		t.Errorf("back in the store it is in %q", gallery())
	}
	move := h.wants(jar)
	move.Purpose, move.Destination = "relocation", heritage.Destination{PlaceID: h.hall}
	o = h.out(move)
	h.take(o, jar)
	rec, err := h.Relics.Record(t.Context(), registrar, string(jar))
	must(t, err)
	if rec.Fields.PlaceID != h.hall || gallery() != "一号展厅" || rec.Review.State != heritage.Reviewed {
		t.Errorf("relocated it is at %s, %s", rec.Fields.PlaceID, rec.Review.State)
	}
	h.out(h.wants(jar))
	if gallery() != "" {
		t.Errorf("in the study room it is in %q", gallery())
	}
}

func TestTheWatchHearsOfALateOrderOnce(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	jar := h.relic("general")
	o := h.out(h.wants(jar))
	h.out(h.wants(h.relic("general")))
	late := func() int {
		t.Helper()
		list, err := h.Movements.Late(ctx, h.st, h.now, 10)
		must(t, err)
		return len(list)
	}
	h.now = o.DueBack
	if late() != 0 {
		t.Error("late at the very moment when it is due")
	}
	h.now = h.now.Add(time.Second)
	if late() != 2 {
		t.Errorf("%d late", late())
	}
	must(t, h.st.Update(ctx, actor.SystemPart("watch"), func(tx *store.Tx) error { return h.Movements.NoteLateIn(tx, heritage.MovementID(o.ID)) }))
	if late() != 1 {
		t.Errorf("%d late after one was noted", late())
	}
	page, err := h.Movements.List(ctx, keeper, heritage.MovementFilter{Overdue: true}, 10, "")
	must(t, err)
	if len(page.Items) != 2 {
		t.Errorf("%d overdue in the list", len(page.Items))
	}
	h.take(o, jar)
	if page, err = h.Movements.List(ctx, keeper, heritage.MovementFilter{Overdue: true}, 10, ""); err != nil || len(page.Items) != 1 {
		t.Errorf("%d overdue after one came back, %v", len(page.Items), err)
	}
}

func TestVouchersAreNumberedAndPrintingsCounted(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	a, b := h.relic("general"), h.relic("grade-1", func(f *heritage.RelicFields) { f.Simulated = true })
	first := h.out(h.loan(a, b))
	second := h.out(h.wants(h.relic("general")))
	id := heritage.MovementID(first.ID)
	h.take(first, a)
	first = h.take(first, b)
	list, err := h.Movements.Vouchers(ctx, keeper, id)
	must(t, err)
	var numbers []string
	for _, v := range list {
		numbers = append(numbers, fmt.Sprintf("%s %d", v.Number, len(v.Items)))
	}
	if got := strings.Join(numbers, ", "); got != "出库-2026-0001 2, 入库-2026-0001 1, 入库-2026-0002 1" || second.HandOut.Voucher != "出库-2026-0002" {
		t.Errorf("the vouchers are %s", got)
	}
	for n := 1; n <= 3; n++ {
		v, p, err := h.Movements.Print(ctx, keeper, id, "出库-2026-0001")
		must(t, err)
		if p.Running != n || p.By.ID != "keeper" || v.HandOver.Second == nil || v.Items[1].OutNote != "完好" || v.Items[1].BackAt != nil || !v.Simulated {
			t.Errorf("printing %d is %+v of %+v", n, p, v)
		}
	}
	list, err = h.Movements.Vouchers(ctx, keeper, id)
	must(t, err)
	if len(list[0].Printings) != 3 || len(list[1].Printings) != 0 {
		t.Errorf("%d printings are kept", len(list[0].Printings))
	}
	_, _, err = h.Movements.Print(ctx, outsider, id, "出库-2026-0001")
	wantErr(t, err, heritage.ErrNoMovement)
	_, _, err = h.Movements.Print(ctx, keeper, id, "出库-2026-0002")
	wantErr(t, err, heritage.ErrNoVoucher)
	read, err := h.Movements.Movement(ctx, keeper, id)
	must(t, err)
	if diff := cmp.Diff(first, read); diff != "" {
		t.Errorf("the order comes back as\n%s", diff)
	}
	// What only an open order has, or one of another purpose, is checked elsewhere.
	if empty := heritagetest.Empty(*read, "DueAt", "AwaitedAt", "Claims", "ToPlace", "TakeBack", "PlaceID", "Kind", "Parts", "Finding", "Note", "BackNote"); len(empty) > 0 {
		t.Errorf("nothing is known of %s", strings.Join(empty, " "))
	}
}

// TestOneOfManyRequestsForARelicWins: and the numbers have no gap.
func TestOneOfManyRequestsForARelicWins(t *testing.T) {
	h := newHouse(t)
	jar := h.relic("general")
	won := make([]bool, 8)
	var wg sync.WaitGroup
	for i := range won {
		n := h.wants(jar)
		wg.Go(func() {
			_, err := h.Movements.Request(t.Context(), keeper, n)
			won[i] = err == nil
			if err != nil && !errors.Is(err, heritage.ErrInOrder) && fault.KindOf(err) != fault.Invalid {
				t.Errorf("lost by %v", err)
			}
		})
	}
	wg.Wait()
	n := 0
	for _, w := range won {
		if w {
			n++
		}
	}
	if o := h.ask(h.wants(h.relic("general"))); n != 1 || o.Number != "提用-2026-0002" {
		t.Errorf("%d won; the next is %s", n, o.Number)
	}
}

// TestAnOrderOfTheGreatestSizeGoesOutAndBack: it is handed out and taken back in one step each.
func TestAnOrderOfTheGreatestSizeGoesOutAndBack(t *testing.T) {
	h := newHouse(t)
	var relics []heritage.RelicID
	for range heritage.MaxItems {
		relics = append(relics, h.relic("general"))
	}
	o := h.take(h.out(h.loan(relics...)), relics...)
	if o.State != heritage.Returned || h.ledger(relics[199]).Ledger.State != heritage.Held {
		t.Errorf("it is %s", o.State)
	}
}
