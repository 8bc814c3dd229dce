package heritagehttp

import (
	"time"

	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/actor"
)

// MovementView is a movement order. Where things stand in the house is left out
// for those who lack location.read.
type MovementView struct {
	ID          string                  `json:"id"`
	Org         actor.OrgID             `json:"org"`
	Rev         int64                   `json:"rev"`
	CreatedAt   time.Time               `json:"createdAt"`
	UpdatedAt   time.Time               `json:"updatedAt"`
	Number      string                  `json:"number"`
	MuseumID    heritage.MuseumID       `json:"museumId"`
	MuseumName  heritage.Text           `json:"museumName"`
	Purpose     vocab.Code              `json:"purpose" doc:"of the code list movement-purpose"`
	Destination heritage.Destination    `json:"destination"`
	Reason      string                  `json:"reason"`
	StartsAt    time.Time               `json:"startsAt"`
	DueBack     time.Time               `json:"dueBack"`
	State       heritage.MovementState  `json:"state" enum:"requested,approved,handingOut,out,takingBack,returned,refused,cancelled"`
	Overdue     bool                    `json:"overdue" doc:"something is out that should be back"`
	Pieces      int                     `json:"pieces" doc:"objects of all items, piece by piece"`
	Items       []heritage.MovementItem `json:"items" nullable:"false"`
	RequestedBy heritage.Person         `json:"requestedBy"`
	Approvals   []heritage.Approval     `json:"approvals" nullable:"false" doc:"the levels that it needs, in their order; the first without by is the next"`
	HandOut     *heritage.HandOver      `json:"handOut" doc:"null until the first person confirmed"`
	TakeBack    *heritage.HandOver      `json:"takeBack" doc:"one that waits for its second person"`
	Returns     []heritage.HandOver     `json:"returns" nullable:"false" doc:"those that were confirmed"`
	Steps       []heritage.MovementStep `json:"steps" nullable:"false" doc:"all that was done, oldest first"`
	Simulated   bool                    `json:"simulated"`
}

func (h movements) view(o *heritage.Movement) MovementView {
	v := MovementView{ID: o.ID, Org: o.Org, Rev: o.Rev, CreatedAt: o.CreatedAt, UpdatedAt: o.UpdatedAt, Number: o.Number, MuseumID: o.MuseumID, MuseumName: o.MuseumName,
		Purpose: o.Purpose, Destination: o.Destination, Reason: o.Reason, StartsAt: o.StartsAt, DueBack: o.DueBack, State: o.State, Overdue: o.Overdue(h.now()), Pieces: o.Pieces(),
		Items: o.Items, RequestedBy: o.RequestedBy, Approvals: o.Approvals, HandOut: o.HandOut, TakeBack: o.TakeBack, Returns: append([]heritage.HandOver{}, o.Returns...),
		Steps: o.Steps, Simulated: o.Simulated}
	return v
}

// VoucherView is a numbered paper of a hand-over and how often it was printed.
type VoucherView struct {
	Number    string               `json:"number"`
	Kind      heritage.VoucherKind `json:"kind" enum:"out,back"`
	IssuedAt  time.Time            `json:"issuedAt"`
	Items     int                  `json:"items" doc:"how many relics it names"`
	Printings []PrintingView       `json:"printings" nullable:"false" doc:"the oldest first, at most 100; every one after the first is marked 补印"`
}

// PrintingView is one time that a voucher was printed.
type PrintingView struct {
	Running int             `json:"running" doc:"from 1"`
	By      heritage.Person `json:"by"`
	At      time.Time       `json:"at"`
}

func voucherView(v heritage.Issued) VoucherView {
	out := VoucherView{Number: v.Number, Kind: v.Kind, IssuedAt: v.CreatedAt, Items: len(v.Items), Printings: make([]PrintingView, 0, len(v.Printings))}
	for _, p := range v.Printings {
		out.Printings = append(out.Printings, PrintingView{Running: p.Running, By: p.By, At: p.CreatedAt})
	}
	return out
}

// MovementPolicyView is who approves the movements of an organisation.
type MovementPolicyView struct {
	Org       actor.OrgID                   `json:"org"`
	Rev       int64                         `json:"rev" doc:"0: the default; none is stored"`
	UpdatedAt *time.Time                    `json:"updatedAt" doc:"null for the default"`
	Fields    heritage.MovementPolicyFields `json:"fields"`
}

func policyView(p *heritage.MovementPolicy) MovementPolicyView {
	v := MovementPolicyView{Org: p.Org, Rev: p.Rev, Fields: p.Fields}
	if p.Rev > 0 {
		v.UpdatedAt = &p.UpdatedAt
	}
	return v
}
