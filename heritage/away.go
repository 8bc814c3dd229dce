package heritage

import (
	"fmt"

	"yijianyou/internal/store"
)

// Away says that a relic was handed out and is not back. Its PlaceID in the
// register stays what it is: its home.
type Away struct {
	MovementID MovementID `bson:"movementId" json:"movementId"`
	Outside    bool       `bson:"outside,omitempty" json:"outside"`           // it left the house
	PlaceID    PlaceID    `bson:"placeId,omitempty" json:"placeId,omitempty"` // where it went inside; "" not in the register
}

// stands is where the relic is by what people have confirmed: its home, or where
// it was handed out to; "" out of the house or not known.
func (d *Record[F]) stands() PlaceID {
	if d.Away != nil {
		return d.Away.PlaceID
	}
	return of(&d.Fields).custody().place
}

// loan is what each relic of o enters in the ledger when it is handed out with a
// voucher; nil when o is no loan.
func (s *Service) loan(tx *store.Tx, o *Movement, voucher string) (*LedgerChange, error) {
	if o.Purpose != purposeLoan {
		return nil, nil
	}
	due, err := s.dayOf(tx, o)
	if err != nil {
		return nil, err
	}
	last := o.Approvals[len(o.Approvals)-1]
	return &LedgerChange{State: OnLoan, Reason: o.Reason, Voucher: voucher, Authority: last.Name.ZH + " " + last.By.Name, Approval: o.Number, DueBack: due}, nil
}

// leave notes in the register that a relic was handed out under o. A loan enters
// the ledger in the same transaction, in the name of the registrar of the two;
// nil is none.
//
// Errors: ErrNotHeld when the relic is not what it was when it was asked for.
func (s *Service) leave(tx *store.Tx, o *Movement, id RelicID, loan *LedgerChange) error {
	rec, err := relicDocs.Get(tx.Context(), tx, string(id))
	if err != nil {
		return err
	}
	if rec.Ledger.State != Held || rec.Fields.MuseumID != o.MuseumID {
		return ErrNotHeld.New()
	}
	rec.Away = &Away{MovementID: MovementID(o.ID), Outside: o.Destination.Outside, PlaceID: o.Destination.PlaceID}
	if loan == nil {
		tx.Describe("relic.handOut", o.Number)
		return relicDocs.Put(tx, rec)
	}
	return s.Relics.enter(tx, rec, *loan, o.HandOut.registrar())
}

// comeBack notes in the register that a relic is back. What was relocated or
// returned to the store has its home where it came to.
func (s *Service) comeBack(tx *store.Tx, o *Movement, h *HandOver, id RelicID) error {
	rec, err := relicDocs.Get(tx.Context(), tx, string(id))
	if err != nil {
		return err
	}
	rec.Away = nil
	if o.Purpose == purposeRelocation || o.Purpose == purposeReturn {
		rec.Fields.PlaceID = o.Destination.PlaceID
	}
	if o.Purpose != purposeLoan {
		tx.Describe("relic.takeBack", o.Number)
		return relicDocs.Put(tx, rec)
	}
	return s.Relics.enter(tx, rec, LedgerChange{State: Held, Reason: fmt.Sprintf("%s 归还", o.Number), Voucher: h.Voucher}, h.registrar())
}

// dayOf is the day on which o is due, by the calendar of its museum.
func (s *Service) dayOf(tx *store.Tx, o *Movement) (Day, error) {
	museum, err := museumDocs.Get(tx.Context(), tx, string(o.MuseumID))
	if err != nil {
		return "", err
	}
	zone, err := museum.Fields.zone()
	if err != nil {
		return "", err
	}
	return DayOf(o.DueBack.In(zone)), nil
}
