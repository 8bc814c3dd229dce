package heritage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"yijianyou/heritage/vocab"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// VoucherKind is what a voucher says. Never rename.
type VoucherKind string

const (
	VoucherOut  VoucherKind = "out"  // 提用出库凭证
	VoucherBack VoucherKind = "back" // 退还入库凭证
)

// Voucher is the numbered paper of a hand-over (凭证, WW/T 0018-2008): what it
// said when the second person confirmed. It is never changed or removed; its
// numbers run without gaps in the museum, the year and the kind.
type Voucher struct {
	store.Meta     `bson:",inline"`
	Kind           VoucherKind    `bson:"kind"`
	Number         string         `bson:"number"` // such as 出库-2026-0001
	Year           int            `bson:"year"`
	Running        int            `bson:"running"`
	MovementID     MovementID     `bson:"movementId"`
	MovementNumber string         `bson:"movementNumber"`
	MuseumID       MuseumID       `bson:"museumId"`
	MuseumName     Text           `bson:"museumName"`
	TimeZone       string         `bson:"timeZone"` // IANA name: the times of the paper are those of the museum
	Purpose        vocab.Code     `bson:"purpose"`
	Destination    Destination    `bson:"destination"`
	Reason         string         `bson:"reason"`
	StartsAt       time.Time      `bson:"startsAt"`
	DueBack        time.Time      `bson:"dueBack"`
	RequestedBy    Person         `bson:"requestedBy"`
	RequestedAt    time.Time      `bson:"requestedAt"`
	Approvals      []Approval     `bson:"approvals"`
	HandOver       HandOver       `bson:"handOver"`
	Items          []MovementItem `bson:"items"` // those of this hand-over
	Simulated      bool           `bson:"simulated,omitempty"`
}

// Printing is one time that a voucher was printed.
type Printing struct {
	store.Meta `bson:",inline"` // CreatedAt is when
	VoucherID  string           `bson:"voucherId"`
	Running    int              `bson:"running"` // from 1; every one after the first is marked 补印
	By         Person           `bson:"by"`
}

var (
	voucherDocs = store.Define[Voucher](store.Spec{Name: "vouchers", Schema: 1, History: true, Indexes: []store.Index{
		{Name: "byNumber", Unique: true, Parts: []store.Part{{Path: "museumId"}, {Path: "kind"}, {Path: "year", Kind: store.Int}, {Path: "running", Kind: store.Int}}},
		{Name: "byMovement", Unique: true, Parts: []store.Part{{Path: "movementId"}, {Path: "number"}}},
	}})
	printingDocs = store.Define[Printing](store.Spec{Name: "voucherprintings", Schema: 1, Indexes: []store.Index{
		{Name: "byVoucher", Unique: true, Parts: []store.Part{{Path: "voucherId"}, {Path: "running", Kind: store.Int}}},
	}})
)

// prefixes begin the numbers of vouchers.
var prefixes = map[VoucherKind]string{VoucherOut: "出库", VoucherBack: "入库"}

// voucher makes the paper of a hand-over that both persons have confirmed.
func (m *Movements) voucher(tx *store.Tx, o *Movement, kind VoucherKind, h *HandOver) (*Voucher, error) {
	museum, err := museumDocs.Get(tx.Context(), tx, string(o.MuseumID))
	if err != nil {
		return nil, err
	}
	zone, err := museum.Fields.zone()
	if err != nil {
		return nil, err
	}
	v := &Voucher{Kind: kind, MovementID: MovementID(o.ID), MovementNumber: o.Number, MuseumID: o.MuseumID, MuseumName: o.MuseumName, TimeZone: museum.Fields.TimeZone,
		Purpose: o.Purpose, Destination: o.Destination, Reason: o.Reason, StartsAt: o.StartsAt, DueBack: o.DueBack, RequestedBy: o.RequestedBy, RequestedAt: o.CreatedAt,
		Approvals: o.Approvals, Simulated: o.Simulated}
	v.Org = o.Org
	v.Year = tx.Now().In(zone).Year()
	if v.Running, err = nextRunning(tx, o.Org, o.MuseumID, string(kind), v.Year); err != nil {
		return nil, err
	}
	v.Number = fmt.Sprintf("%s-%d-%04d", prefixes[kind], v.Year, v.Running)
	v.HandOver = *h
	v.HandOver.Voucher = v.Number
	for _, row := range h.Items {
		v.Items = append(v.Items, *o.item(row.RelicID))
	}
	tx.Describe("voucher.issue", o.Number)
	return v, voucherDocs.Put(tx, v)
}

// Issued is a voucher with its printings, the oldest first.
type Issued struct {
	*Voucher
	Printings []*Printing
}

// Vouchers returns the vouchers of an order, in the order of their issue.
//
// Errors: ErrNoMovement.
func (m *Movements) Vouchers(ctx context.Context, by actor.Actor, id MovementID) ([]Issued, error) {
	if _, err := m.read(ctx, m.s.st, by, id); err != nil {
		return nil, err
	}
	var out []Issued
	err := voucherDocs.Each(ctx, m.s.st, store.Query{Index: "byMovement", Equal: []any{string(id)}}, func(v *Voucher) error {
		page, err := printingDocs.Find(ctx, m.s.st, store.Query{Index: "byVoucher", Equal: []any{v.ID}, Limit: maxPrintings})
		out = append(out, Issued{Voucher: v.seenBy(by), Printings: page.Items})
		return err
	})
	slices.SortFunc(out, func(a, b Issued) int { // it goes out once, then comes back in parts
		return cmp.Or(-cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Running, b.Running))
	})
	return out, err
}

// maxPrintings is how many printings of a voucher a list tells of.
const maxPrintings = 100

// Print records that by prints a voucher and returns it with the number of the
// printing: every one after the first is a 补印.
//
// Errors: ErrNoMovement, ErrNoVoucher.
func (m *Movements) Print(ctx context.Context, by actor.Actor, id MovementID, number string) (*Voucher, *Printing, error) {
	var v *Voucher
	var p *Printing
	err := m.s.st.Update(ctx, by, func(tx *store.Tx) error {
		if _, err := m.read(tx.Context(), tx, by, id); err != nil {
			return err
		}
		var err error
		v, err = voucherDocs.One(tx.Context(), tx, store.Query{Index: "byMovement", Equal: []any{string(id), number}})
		if isGone(err) {
			return ErrNoVoucher.New()
		}
		if err != nil {
			return err
		}
		if err := tx.Guard("heritage/voucher/" + v.ID); err != nil {
			return err
		}
		p = &Printing{VoucherID: v.ID, Running: 1, By: PersonOf(by)}
		p.Org = v.Org
		last, err := printingDocs.One(tx.Context(), tx, store.Query{Index: "byVoucher", Equal: []any{v.ID}, Reverse: true})
		if unlessGone(err) != nil {
			return err
		}
		if err == nil {
			p.Running = last.Running + 1
		}
		return printingDocs.Put(tx, p)
	})
	if err != nil {
		return nil, nil, err
	}
	return v.seenBy(by), p, nil
}
