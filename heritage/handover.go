package heritage

import (
	"context"
	"slices"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// HandOver is a 点交: two persons who confirm what changes hands and in which
// condition. One of them keeps the store.
type HandOver struct {
	First      Person        `bson:"first" json:"first"`
	FirstDuty  actor.Role    `bson:"firstDuty" json:"firstDuty"` // keeper or registrar
	FirstAt    time.Time     `bson:"firstAt" json:"firstAt"`
	Second     *Person       `bson:"second,omitempty" json:"second,omitempty"` // nil: it waits
	SecondDuty actor.Role    `bson:"secondDuty,omitempty" json:"secondDuty,omitempty"`
	SecondAt   *time.Time    `bson:"secondAt,omitempty" json:"secondAt,omitempty"`
	Items      []HandOverRow `bson:"items" json:"items"`
	Voucher    string        `bson:"voucher,omitempty" json:"voucher,omitempty"` // number of the 凭证; "" while it waits
}

// HandOverRow is one relic of a HandOver.
type HandOverRow struct {
	RelicID RelicID `bson:"relicId" json:"relicId"`
	Finding Finding `bson:"finding,omitempty" json:"finding,omitempty"` // when it comes back
	Note    string  `bson:"note,omitempty" json:"note,omitempty"`
}

// dutyOf is the duty in which by takes part in a hand-over, "" for none: the
// keeper answers for the store, the registrar for the ledger.
func dutyOf(by actor.Actor, org actor.OrgID) actor.Role {
	for _, r := range []actor.Role{actor.Keeper, actor.Registrar} {
		if by.Has(r, org) {
			return r
		}
	}
	return ""
}

// confirm adds the second person. A loan enters the ledger, so that it takes the
// registrar beside the keeper: the entry is made in his name.
//
// Errors: ErrSamePerson, ErrKeeperNeeded, ErrRegistrarNeeded, ErrSecondRows.
func (h *HandOver) confirm(tx *store.Tx, o *Movement, rows []HandOverRow) error {
	who, now := PersonOf(tx.Actor()), tx.Now()
	duty := dutyOf(tx.Actor(), o.Org)
	switch {
	case who.ID == h.First.ID:
		return ErrSamePerson.New()
	case len(rows) > 0:
		return fault.InvalidFields([]fault.Field{ErrSecondRows.At("items")})
	case duty != actor.Keeper && h.FirstDuty != actor.Keeper:
		return ErrKeeperNeeded.New()
	case o.Purpose == purposeLoan && duty != actor.Registrar && h.FirstDuty != actor.Registrar:
		return ErrRegistrarNeeded.New()
	}
	h.Second, h.SecondDuty, h.SecondAt = &who, duty, &now
	return nil
}

// registrar returns who of the two answers for the ledger.
func (h *HandOver) registrar() Person {
	if h.FirstDuty == actor.Registrar {
		return h.First
	}
	return *h.Second
}

// begin returns a hand-over that its first person confirms.
func begin(tx *store.Tx, o *Movement, rows []HandOverRow) *HandOver {
	return &HandOver{First: PersonOf(tx.Actor()), FirstDuty: dutyOf(tx.Actor(), o.Org), FirstAt: tx.Now(), Items: rows}
}

// HandOut confirms that the relics of an approved order change hands (出库点交).
// The first person notes the condition of each relic in rows; the second, with no
// rows, confirms what the first noted. Only then are they out: the voucher is
// made, a loan enters the ledger, and the order covers their way.
//
// Errors: ErrNoMovement, ErrDenied, store.ErrConflict, ErrMovementStep, ErrTooEarly,
// ErrTooLate, ErrSamePerson, ErrKeeperNeeded, ErrRegistrarNeeded, ErrNotHeld,
// fault.ErrInvalid.
func (m *Movements) HandOut(ctx context.Context, by actor.Actor, id MovementID, rev int64, rows []HandOverRow) (*Movement, error) {
	return m.update(ctx, by, func(tx *store.Tx) (*Movement, error) {
		o, err := m.open(tx, actor.MovementHand, id, rev)
		if err != nil {
			return nil, err
		}
		switch {
		case o.State != Approved && o.State != HandingOut:
			return nil, ErrMovementStep.New()
		case tx.Now().Before(o.StartsAt):
			return nil, ErrTooEarly.New()
		case tx.Now().After(o.DueBack):
			return nil, ErrTooLate.New()
		}
		if o.State == Approved {
			rows = tidyRows(rows)
			if err := fault.InvalidFields(o.checkOut(rows)); err != nil {
				return nil, err
			}
			o.HandOut, o.State = begin(tx, o, rows), HandingOut
			return o, m.step(tx, o, StepHandOut, "")
		}
		if err := o.HandOut.confirm(tx, o, rows); err != nil {
			return nil, err
		}
		return o, m.handedOut(tx, o)
	})
}

// handedOut does what follows from the second confirmation.
func (m *Movements) handedOut(tx *store.Tx, o *Movement) error {
	for _, row := range o.HandOut.Items {
		o.item(row.RelicID).OutNote = row.Note
	}
	v, err := m.voucher(tx, o, VoucherOut, o.HandOut)
	if err != nil {
		return err
	}
	loan, err := m.s.loan(tx, o, v.Number)
	if err != nil {
		return err
	}
	o.HandOut.Voucher, o.State = v.Number, Out
	for _, it := range o.Items {
		for _, id := range it.all() {
			if err := m.s.leave(tx, o, id, loan); err != nil {
				return err
			}
		}
	}
	return m.step(tx, o, StepHandOutSecond, v.Number)
}

// TakeBack confirms that relics of an order are back (入库点交): some of them or
// all. The first person names those that are there in rows, with a finding of
// each; the second, with no rows, confirms. The order ends with the last.
//
// Errors: those of HandOut but ErrTooEarly, ErrTooLate and ErrNotHeld.
func (m *Movements) TakeBack(ctx context.Context, by actor.Actor, id MovementID, rev int64, rows []HandOverRow) (*Movement, error) {
	return m.update(ctx, by, func(tx *store.Tx) (*Movement, error) {
		o, err := m.open(tx, actor.MovementHand, id, rev)
		if err != nil {
			return nil, err
		}
		switch o.State {
		case Out:
			rows = tidyRows(rows)
			if err := fault.InvalidFields(o.checkBack(rows)); err != nil {
				return nil, err
			}
			o.TakeBack, o.State = begin(tx, o, rows), TakingBack
			return o, m.step(tx, o, StepTakeBack, "")
		case TakingBack:
			if err := o.TakeBack.confirm(tx, o, rows); err != nil {
				return nil, err
			}
			return o, m.takenBack(tx, o)
		}
		return nil, ErrMovementStep.New()
	})
}

// takenBack does what follows from the second confirmation.
func (m *Movements) takenBack(tx *store.Tx, o *Movement) error {
	h := o.TakeBack
	for _, row := range h.Items {
		it := o.item(row.RelicID)
		it.Finding, it.BackNote, it.BackAt = row.Finding, row.Note, h.SecondAt
	}
	v, err := m.voucher(tx, o, VoucherBack, h)
	if err != nil {
		return err
	}
	h.Voucher = v.Number
	for _, row := range h.Items {
		for _, id := range o.item(row.RelicID).all() {
			if err := m.s.comeBack(tx, o, h, id); err != nil {
				return err
			}
		}
	}
	o.Returns, o.TakeBack, o.State = append(o.Returns, *h), nil, Out
	if !slices.ContainsFunc(o.Items, func(it MovementItem) bool { return it.BackAt == nil }) {
		o.State = Returned
	}
	return m.step(tx, o, StepTakeBackDone, v.Number)
}

// Recall takes back the confirmation of a first person, by himself or by another
// who does not find what he noted: the hand-over begins again.
//
// Errors: ErrNoMovement, ErrDenied, store.ErrConflict, ErrMovementStep, ErrReason.
func (m *Movements) Recall(ctx context.Context, by actor.Actor, id MovementID, rev int64, reason string) (*Movement, error) {
	return m.update(ctx, by, func(tx *store.Tx) (*Movement, error) {
		o, err := m.open(tx, actor.MovementHand, id, rev)
		if err != nil {
			return nil, err
		}
		switch o.State {
		case HandingOut:
			o.HandOut, o.State = nil, Approved
		case TakingBack:
			o.TakeBack, o.State = nil, Out
		default:
			return nil, ErrMovementStep.New()
		}
		if err := needReason(reason); err != nil {
			return nil, err
		}
		return o, m.step(tx, o, StepRecall, tidyText(reason))
	})
}

func tidyRows(rows []HandOverRow) []HandOverRow {
	out := make([]HandOverRow, len(rows))
	for i, r := range rows {
		r.Note = tidyText(r.Note)
		out[i] = r
	}
	return out
}

// checkRows finds rows that name nothing of the order that is away, or twice, or
// say too much.
func (o *Movement) checkRows(c *checker, rows []HandOverRow) {
	seen := make(map[RelicID]bool)
	for i, r := range rows {
		path := at("items", i)
		if it := o.item(r.RelicID); it == nil || it.BackAt != nil {
			c.add(ErrRowUnknown.At(path + ".relicId"))
		}
		if seen[r.RelicID] {
			c.add(ErrRepeated.At(path + ".relicId"))
		}
		seen[r.RelicID] = true
		c.length(path+".note", r.Note, maxReason)
	}
}

// checkOut: every relic, each with its condition.
func (o *Movement) checkOut(rows []HandOverRow) []fault.Field {
	var c checker
	o.checkRows(&c, rows)
	if len(rows) < len(o.Items) {
		c.add(ErrRowMissing.At("items"))
	}
	for i, r := range rows {
		if r.Note == "" {
			c.add(ErrRowMissing.At(at("items", i) + ".note"))
		}
		if r.Finding != "" {
			c.add(ErrForm.At(at("items", i) + ".finding"))
		}
	}
	return c.fields
}

// checkBack: some relics, each with a finding, and what has changed in words.
func (o *Movement) checkBack(rows []HandOverRow) []fault.Field {
	var c checker
	o.checkRows(&c, rows)
	if len(rows) == 0 {
		c.add(ErrRequired.At("items"))
	}
	for i, r := range rows {
		if r.Finding != Intact && r.Finding != Changed {
			c.add(ErrChoice.At(at("items", i)+".finding", fault.P("known", "intact changed")))
		}
		if r.Finding == Changed && r.Note == "" {
			c.add(ErrRequired.At(at("items", i) + ".note"))
		}
	}
	return c.fields
}

// item returns the item of a relic, nil when there is none.
func (o *Movement) item(id RelicID) *MovementItem {
	i := slices.IndexFunc(o.Items, func(it MovementItem) bool { return it.RelicID == id })
	if i < 0 {
		return nil
	}
	return &o.Items[i]
}

// all returns the relic and its parts.
func (it *MovementItem) all() []RelicID { return append([]RelicID{it.RelicID}, it.Parts...) }
