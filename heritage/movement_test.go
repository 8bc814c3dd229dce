package heritage_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

func TestALoanGoesFromTheRequestToTheReturn(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	bell := h.relic("grade-2", func(f *heritage.RelicFields) { f.Quantity.Actual = ptr(26) })
	jar := h.relic("general")
	o := h.ask(h.loan(bell, jar))
	id := heritage.MovementID(o.ID)
	if o.Number != "提用-2026-0001" || o.State != heritage.Requested || !o.Simulated || o.Items[0].Pieces != 26 || o.Items[0].PlaceName.ZH != "一号库" || o.Items[1].Number != "Y002" {
		t.Errorf("asked for %+v", o)
	}
	if len(o.Approvals) != 1 || o.Approvals[0].Level != "director" {
		t.Errorf("it needs %+v", o.Approvals)
	}
	h.now = h.now.Add(time.Hour)
	_, err := h.Movements.Approve(ctx, approver, id, o.Rev, "同意出借")
	must(t, err)
	if c := h.cover(bell); c != (heritage.Cover{}) {
		t.Errorf("an approved order covers: %+v", c)
	}
	o, err = h.Movements.HandOut(ctx, keeper, id, 0, rowsOf(o))
	must(t, err)
	if o.State != heritage.HandingOut || h.cover(bell).Moves() || h.ledger(bell).Ledger.State != heritage.Held {
		t.Errorf("after one person: %s, %+v", o.State, h.ledger(bell))
	}
	h.now = h.now.Add(time.Minute)
	o, err = h.Movements.HandOut(ctx, registrar, id, 0, nil)
	must(t, err)
	if o.State != heritage.Out || o.HandOut.Voucher != "出库-2026-0001" || o.Items[0].OutNote != "完好" {
		t.Errorf("after two: %s, %+v", o.State, o.HandOut)
	}
	if c := h.cover(bell); !c.Leaves() || c.Movement != id {
		t.Errorf("it covers %+v", c)
	}
	lives := h.ledger(jar)
	want := heritage.LedgerEntry{Reason: "研究器形", Voucher: "出库-2026-0001", Authority: "馆长 approver", Approval: o.Number, DueBack: "2026-03-03", By: heritage.PersonOf(registrar), At: h.now}
	if diff := cmp.Diff(heritage.Ledger{State: heritage.OnLoan, Entry: &want}, lives.Ledger); diff != "" {
		t.Errorf("the ledger says\n%s", diff)
	}
	if lives.Away == nil || lives.Away.MovementID != id || !lives.Away.Outside {
		t.Errorf("the register says %+v", lives.Away)
	}

	o = h.take(o, jar)
	if o.State != heritage.Out || h.ledger(jar).Ledger.State != heritage.Held || h.ledger(jar).Away != nil || h.cover(jar).Moves() || !h.cover(bell).Leaves() {
		t.Errorf("after the jar came back: %s", o.State)
	}
	h.now = o.DueBack.Add(time.Millisecond)
	if c := h.cover(bell); c.Leaves() || !c.Moves() || !c.Overdue || !o.Overdue(h.now) {
		t.Errorf("overdue it covers %+v", c)
	}
	o, err = h.Movements.TakeBack(ctx, keeper2, id, 0, []heritage.HandOverRow{{RelicID: bell, Finding: heritage.Changed, Note: "口沿新裂一处"}})
	must(t, err)
	if o.State != heritage.TakingBack {
		t.Errorf("one person took it back: %s", o.State)
	}
	o, err = h.Movements.TakeBack(ctx, registrar, id, 0, nil)
	must(t, err)
	if o.State != heritage.Returned || o.Items[0].Finding != heritage.Changed || o.Items[0].BackNote != "口沿新裂一处" || len(o.Returns) != 2 || o.Returns[1].Voucher != "入库-2026-0002" {
		t.Errorf("after the return: %+v", o)
	}
	if l := h.ledger(bell).Ledger; l.State != heritage.Held || l.Entry.Voucher != "入库-2026-0002" {
		t.Errorf("the ledger says %+v", l)
	}
	var steps []string
	for _, s := range o.Steps {
		steps = append(steps, string(s.Action)+" "+s.By.ID)
	}
	if got := strings.Join(steps, ", "); got != "request keeper, approve approver, handOut keeper, handOutSecond registrar, takeBack registrar, takeBackSecond keeper, takeBack keeper-2, takeBackSecond registrar" {
		t.Errorf("the steps are %s", got)
	}
	if rec, err := h.Relics.Record(ctx, registrar, string(bell)); err != nil || rec.Fields.PlaceID != h.store {
		t.Errorf("its home is lost: %v", err)
	}
	if c, err := h.Movements.Covering(ctx, h.st, bell, *o.OutAt); err != nil || c.Movement != id {
		t.Errorf("the past is lost: %+v, %v", c, err)
	}
}

// TestWhoDoesWhat: each duty is another person's, and nobody acts for a museum
// that is not his.
func TestWhoDoesWhat(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	m := h.Movements
	for _, c := range []struct {
		rule string
		by   actor.Actor
		want *fault.Code
	}{
		{"a reviewer does not ask", reviewer, heritage.ErrDenied},
		{"nor an approver", approver, heritage.ErrDenied},
		{"nor somebody of another museum", outsider, heritage.ErrNotFound},
		{"nor a tourist", tourist, heritage.ErrNotFound},
	} {
		_, err := m.Request(ctx, c.by, h.wants(h.relic("general")))
		if err == nil || fault.Of(err).Code() != c.want {
			t.Errorf("%s: %v", c.rule, err)
		}
	}
	n := h.wants(h.relic("general"))
	o, err := m.Request(ctx, asker, n)
	must(t, err)
	id := heritage.MovementID(o.ID)
	try := func(rule string, want *fault.Code, do func() (*heritage.Movement, error)) {
		t.Helper()
		_, err := do()
		switch {
		case want == nil && err != nil, want != nil && err == nil:
			t.Errorf("%s: %v", rule, err)
		case want != nil && fault.Of(err).Code() != want:
			t.Errorf("%s: %v, want %s", rule, err, want.ID())
		}
	}
	approve := func(by actor.Actor) func() (*heritage.Movement, error) {
		return func() (*heritage.Movement, error) { return m.Approve(ctx, by, id, 0, "") }
	}
	hand := func(by actor.Actor, rows []heritage.HandOverRow) func() (*heritage.Movement, error) {
		return func() (*heritage.Movement, error) { return m.HandOut(ctx, by, id, 0, rows) }
	}
	take := func(by actor.Actor, rows []heritage.HandOverRow) func() (*heritage.Movement, error) {
		return func() (*heritage.Movement, error) { return m.TakeBack(ctx, by, id, 0, rows) }
	}
	try("nothing is handed out without an approval", heritage.ErrMovementStep, hand(keeper, rowsOf(o)))
	try("who asked does not approve", heritage.ErrOwnOrder, approve(asker))
	try("nor refuse", heritage.ErrOwnOrder, func() (*heritage.Movement, error) { return m.Refuse(ctx, asker, id, 0, "不必") })
	try("a keeper does not approve", heritage.ErrDenied, approve(keeper))
	try("another museum learns nothing", heritage.ErrNoMovement, approve(staff("x", actor.Approver, "demo-museum-b")))
	try("a stale approval is refused", store.ErrConflict, func() (*heritage.Movement, error) { return m.Approve(ctx, approver, id, 99, "") })
	try("an approver approves", nil, approve(approver))
	try("but once", heritage.ErrMovementStep, approve(director))
	try("an approver hands out nothing", heritage.ErrDenied, hand(director, rowsOf(o)))
	try("a keeper of another museum does not", heritage.ErrNoMovement, hand(outsider, rowsOf(o)))
	try("every relic is named", fault.ErrInvalid, hand(keeper, nil))
	try("the first person", nil, hand(registrar, rowsOf(o)))
	try("the same person twice", heritage.ErrSamePerson, hand(registrar, nil))
	try("two who keep no store", heritage.ErrKeeperNeeded, hand(staff("registrar-2", actor.Registrar, "demo-museum"), nil))
	try("the second does not rewrite the first", fault.ErrInvalid, hand(keeper, rowsOf(o)))
	try("the second person", nil, hand(keeper, nil))
	try("what is out is not handed out", heritage.ErrMovementStep, hand(keeper, rowsOf(o)))
	try("nor cancelled", heritage.ErrMovementStep, func() (*heritage.Movement, error) { return m.Cancel(ctx, keeper, id, 0, "不用了") })
	try("a finding is one of two", fault.ErrInvalid, take(keeper, rowsOf(o)))
	try("a change is described", fault.ErrInvalid, take(keeper, []heritage.HandOverRow{{RelicID: o.Items[0].RelicID, Finding: heritage.Changed}}))
	try("the first takes back", nil, take(keeper, back(o.Items[0].RelicID)))
	try("the same person twice, back", heritage.ErrSamePerson, take(keeper, nil))
	try("the second takes back", nil, take(registrar, nil))
	try("an end is an end", heritage.ErrMovementStep, take(keeper, back(o.Items[0].RelicID)))
	_, err = m.Movement(ctx, outsider, id)
	wantErr(t, err, heritage.ErrNoMovement)
	seen, err := m.Movement(ctx, dispatcher, id)
	must(t, err)
	if it := seen.Items[0]; it.PlaceID != "" || it.PlaceName.ZH != "" {
		t.Errorf("a dispatcher sees where it is stored: %+v", it)
	}
	lists := func(by actor.Actor, f heritage.MovementFilter) int {
		t.Helper()
		page, err := m.List(ctx, by, f, 10, "")
		must(t, err)
		return len(page.Items)
	}
	if lists(keeper, heritage.MovementFilter{}) != 1 || lists(auditor, heritage.MovementFilter{}) != 1 || lists(outsider, heritage.MovementFilter{}) != 0 ||
		lists(keeper, heritage.MovementFilter{State: heritage.Returned}) != 1 || lists(keeper, heritage.MovementFilter{State: heritage.Out}) != 0 ||
		lists(keeper, heritage.MovementFilter{Relic: n.RelicIDs[0]}) != 1 || lists(outsider, heritage.MovementFilter{Relic: n.RelicIDs[0]}) != 0 {
		t.Error("the lists show too much or too little")
	}
	_, err = m.List(ctx, outsider, heritage.MovementFilter{Org: "demo-museum"}, 10, "")
	wantErr(t, err, heritage.ErrNotFound)
}

func TestALoanTakesKeeperAndRegistrar(t *testing.T) {
	h := newHouse(t)
	o := h.approved(h.loan(h.relic("general")))
	id := heritage.MovementID(o.ID)
	_, err := h.Movements.HandOut(t.Context(), keeper, id, 0, rowsOf(o))
	must(t, err)
	_, err = h.Movements.HandOut(t.Context(), keeper2, id, 0, nil)
	wantErr(t, err, heritage.ErrRegistrarNeeded)
	_, err = h.Movements.HandOut(t.Context(), registrar, id, 0, nil)
	must(t, err)
}

func TestWhatCanBeAskedFor(t *testing.T) {
	h := newHouse(t)
	free, taken, set := h.relic("general"), h.relic("general"), h.relic("general")
	part := h.relic("general", func(f *heritage.RelicFields) { f.PartOf = set })
	h.ask(h.wants(taken))
	pending := create(h.world, h.Relics, registrar, heritage.RelicFields{Name: name("未入藏"), MuseumID: h.museum}).ID
	elsewhere, err := h.Relics.Create(t.Context(), stranger, heritage.NewRecord[heritage.RelicFields]{Org: "demo-museum-b", Ledger: heritage.Held, Fields: heritage.RelicFields{Name: name("他馆")}})
	must(t, err)
	adrift := create(h.world, h.Relics, registrar, heritage.RelicFields{Name: name("无馆")}).ID
	for _, c := range []struct {
		rule string
		n    func() heritage.NewMovement
		path string
		code *fault.Code
	}{
		{"a relic in another open order", func() heritage.NewMovement { return h.wants(free, taken) }, "relicIds[1]", heritage.ErrInOrder},
		{"a relic that is not in the ledger", func() heritage.NewMovement { return h.wants(heritage.RelicID(pending)) }, "relicIds[0]", heritage.ErrNotHeld},
		{"a relic of another museum", func() heritage.NewMovement { return h.wants(heritage.RelicID(elsewhere.ID)) }, "relicIds[0]", heritage.ErrReference},
		{"a relic of no museum", func() heritage.NewMovement { return h.wants(heritage.RelicID(adrift)) }, "relicIds[0]", heritage.ErrElsewhere},
		{"a set and its part", func() heritage.NewMovement { return h.wants(set, part) }, "relicIds[1]", heritage.ErrPartNamed},
		{"the same twice", func() heritage.NewMovement { return h.wants(free, free) }, "relicIds[1]", heritage.ErrRepeated},
		{"nothing", func() heritage.NewMovement { return h.wants() }, "relicIds", heritage.ErrAtLeast},
		{"too many", func() heritage.NewMovement {
			n := h.wants()
			for i := range heritage.MaxItems + 1 {
				n.RelicIDs = append(n.RelicIDs, heritage.RelicID(fmt.Sprintf("00000000-0000-7000-8000-%012d", i)))
			}
			return n
		}, "relicIds", heritage.ErrTooMany},
		{"back before it goes", func() heritage.NewMovement { n := h.wants(free); n.DueBack = n.StartsAt; return n }, "dueBack", heritage.ErrMovementTime},
		{"no reason", func() heritage.NewMovement { n := h.wants(free); n.Reason = " "; return n }, "reason", heritage.ErrRequired},
		{"an unknown purpose", func() heritage.NewMovement { n := h.wants(free); n.Purpose = "party"; return n }, "purpose", heritage.ErrTerm},
		{"nowhere", func() heritage.NewMovement { n := h.wants(free); n.Destination.Text = ""; return n }, "destination.text", heritage.ErrRequired},
		{"a loan inside", func() heritage.NewMovement { n := h.loan(free); n.Destination.Outside = false; return n }, "destination.outside", heritage.ErrLoanOutside},
		{"a loan to nobody", func() heritage.NewMovement { n := h.loan(free); n.Destination.Borrower = ""; return n }, "destination.borrower", heritage.ErrRequired},
		{"grade one for more than three years", func() heritage.NewMovement {
			n := h.loan(h.relic("grade-1"))
			n.DueBack = n.StartsAt.AddDate(3, 0, 1)
			return n
		}, "dueBack", heritage.ErrLoanTime},
		{"a part of grade one likewise", func() heritage.NewMovement {
			top := h.relic("grade-1")
			n := h.loan(h.relic("", func(f *heritage.RelicFields) { f.PartOf = top }))
			n.DueBack = n.StartsAt.AddDate(3, 0, 1)
			return n
		}, "dueBack", heritage.ErrLoanTime},
		{"a relocation to no place", func() heritage.NewMovement { n := h.wants(free); n.Purpose = "relocation"; return n }, "destination.placeId", heritage.ErrRequired},
		{"a place outside", func() heritage.NewMovement { n := h.loan(free); n.Destination.PlaceID = h.hall; return n }, "destination.placeId", heritage.ErrPlaceOutside},
	} {
		_, err := h.Movements.Request(t.Context(), keeper, c.n())
		if !slices.ContainsFunc(fault.Of(err).Fields(), func(f fault.Field) bool { return f.Path == c.path && f.Code == c.code }) {
			t.Errorf("%s: %v", c.rule, err)
		}
	}
	n := h.loan(h.relic("grade-1"))
	n.DueBack = n.StartsAt.AddDate(3, 0, 0)
	h.ask(n)
	o := h.ask(h.wants(free))
	if o.Number != "提用-2026-0003" {
		t.Errorf("refused requests took numbers: %s", o.Number)
	}
	h.ask(h.wants(part))
	_, err = h.Movements.Request(t.Context(), keeper, h.wants(set))
	wantField(t, err, "relicIds[0]", heritage.ErrInOrder)
}
