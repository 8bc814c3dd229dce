package heritage

import (
	"slices"
	"time"

	"yijianyou/heritage/vocab"
	"yijianyou/internal/store"
)

// MovementID names a movement order (出入库): a UUID.
type MovementID string

// MovementState is how far an order has come. Never rename. That an order is
// overdue is no state: it follows from Movement.Overdue and the time.
type MovementState string

const (
	Requested  MovementState = "requested"  // 待审批: somebody asked, somebody must answer
	Approved   MovementState = "approved"   // 已批准: every level has approved; nothing was handed out yet
	Refused    MovementState = "refused"    // 不批准: an end
	Cancelled  MovementState = "cancelled"  // 已取消: an end; the order is kept
	HandingOut MovementState = "handingOut" // 出库点交中: the first of two persons has confirmed
	Out        MovementState = "out"        // 已出库: handed out, not all of it is back
	TakingBack MovementState = "takingBack" // 入库点交中: the first of two persons has confirmed that some of it is back
	Returned   MovementState = "returned"   // 已归还: all of it is back, an end
)

// MovementStates lists the states in the order of screens.
var MovementStates = []MovementState{Requested, Approved, HandingOut, Out, TakingBack, Returned, Refused, Cancelled}

// Closed reports whether s is an end: such an order never changes again.
func (s MovementState) Closed() bool { return s == Refused || s == Cancelled || s == Returned }

// isOut reports whether things are away under an order in state s.
func (s MovementState) isOut() bool { return s == Out || s == TakingBack }

// Movement is an order to take relics from where they stand and to bring them
// back (提用与退还, WW/T 0018-2008). A relic is in one open order at a time.
type Movement struct {
	store.Meta `bson:",inline"`
	Number     string `bson:"number"`  // such as 提用-2026-0001, unique in the museum
	Year       int    `bson:"year"`    // of the request, by the clock of the museum
	Running    int    `bson:"running"` // from 1, without gaps, in the museum and the year

	MuseumID    MuseumID       `bson:"museumId"`
	MuseumName  Text           `bson:"museumName"` // as it was then
	Purpose     vocab.Code     `bson:"purpose"`    // list movement-purpose
	Destination Destination    `bson:"destination"`
	Reason      string         `bson:"reason"`
	StartsAt    time.Time      `bson:"startsAt"` // from when it may be handed out
	DueBack     time.Time      `bson:"dueBack"`  // until when it must be back, after StartsAt
	Items       []MovementItem `bson:"items"`    // 1 to MaxItems

	State       MovementState  `bson:"state"`
	RequestedBy Person         `bson:"requestedBy"`
	Approvals   []Approval     `bson:"approvals"`          // the levels that it needs, in their order
	HandOut     *HandOver      `bson:"handOut,omitempty"`  // 出库点交; nil until the first person confirms
	TakeBack    *HandOver      `bson:"takeBack,omitempty"` // 入库点交 that is going on; nil otherwise
	Returns     []HandOver     `bson:"returns,omitempty"`  // those that were confirmed, oldest first
	Steps       []MovementStep `bson:"steps"`              // all that was done about it, oldest first
	Simulated   bool           `bson:"simulated,omitempty"`

	// What indexes ask. All of it follows from the above; see settle.
	OutAt     *time.Time `bson:"outAt,omitempty"`     // second confirmation of HandOut; stays when it is back
	Covers    []RelicID  `bson:"covers"`              // the items and their parts, as they were at the request
	Claims    []RelicID  `bson:"claims,omitempty"`    // those of Covers that no other order may hold: while open, without what is back
	AwaitedAt *time.Time `bson:"awaitedAt,omitempty"` // DueBack while something is out
	DueAt     *time.Time `bson:"dueAt,omitempty"`     // AwaitedAt until somebody was told that it is overdue
	ToPlace   PlaceID    `bson:"toPlace,omitempty"`   // Destination.PlaceID while open
}

// Destination is where the relics go, and who is answerable for them there.
type Destination struct {
	Outside  bool    `bson:"outside,omitempty" json:"outside"`                                                 // 离馆: they leave the house; a loan always does
	PlaceID  PlaceID `bson:"placeId,omitempty" json:"placeId,omitempty" validate:"omitempty,uuid"`             // a place of the museum; "" outside, or not in the register
	Text     string  `bson:"text" json:"text" validate:"max=500" required:"false"`                             // where, in words; required without PlaceID
	Borrower string  `bson:"borrower,omitempty" json:"borrower,omitempty" validate:"max=500"`                  // who takes them (提用单位、借用方); required of a loan
	Contract string  `bson:"contract,omitempty" json:"contract,omitempty" validate:"max=200" required:"false"` // number of the agreement or the approving document; "" none
}

// MaxItems is how many relics one order names.
const MaxItems = 200

// MovementStep is something that was done about an order.
type MovementStep struct {
	At     time.Time      `bson:"at" json:"at"`
	By     Person         `bson:"by" json:"by"`
	Action MovementAction `bson:"action" json:"action"`
	Reason string         `bson:"reason,omitempty" json:"reason,omitempty"`
}

// MovementAction is a kind of step. Never rename.
type MovementAction string

const (
	StepRequest       MovementAction = "request"
	StepApprove       MovementAction = "approve"
	StepRefuse        MovementAction = "refuse"
	StepCancel        MovementAction = "cancel"
	StepHandOut       MovementAction = "handOut"       // the first person
	StepHandOutSecond MovementAction = "handOutSecond" // the second: the things are out
	StepTakeBack      MovementAction = "takeBack"
	StepTakeBackDone  MovementAction = "takeBackSecond"
	StepRecall        MovementAction = "recall" // a first confirmation was taken back
	StepOverdue       MovementAction = "overdue"
)

// Approval is one level that an order needs, and who gave it.
type Approval struct {
	Level string     `bson:"level" json:"level"` // code of the ApprovalLevel
	Name  Text       `bson:"name" json:"name"`   // as it was then
	By    *Person    `bson:"by,omitempty" json:"by,omitempty"`
	At    *time.Time `bson:"at,omitempty" json:"at,omitempty"`
	Note  string     `bson:"note,omitempty" json:"note,omitempty"`
}

var movementDocs = store.Define[Movement](store.Spec{Name: "movements", Schema: 1, History: true, Feed: true, Indexes: []store.Index{
	{Name: "byOrg", Parts: []store.Part{{Path: "org"}, {Path: "createdAt", Kind: store.Time}}},
	{Name: "byState", Parts: []store.Part{{Path: "org"}, {Path: "state"}, {Path: "createdAt", Kind: store.Time}}},
	{Name: "byTime", Parts: []store.Part{{Path: "createdAt", Kind: store.Time}}},
	{Name: "byNumber", Unique: true, Parts: []store.Part{{Path: "museumId"}, {Path: "year", Kind: store.Int}, {Path: "running", Kind: store.Int}}},
	{Name: "byAwaited", Parts: []store.Part{{Path: "org"}, {Path: "awaitedAt", Kind: store.Time}}},
	{Name: "byDue", Parts: []store.Part{{Path: "dueAt", Kind: store.Time}}},
	{Name: "byRelic", Parts: []store.Part{{Path: "covers", Array: true}, {Path: "createdAt", Kind: store.Time}}},
	{Name: "byHandOut", Parts: []store.Part{{Path: "covers", Array: true}, {Path: "outAt", Kind: store.Time}}},
	{Name: "byClaim", Unique: true, Parts: []store.Part{{Path: "claims", Array: true}}},
	{Name: "ofMuseum", Parts: []store.Part{{Path: "museumId"}}},
	{Name: "ofPlace", Parts: []store.Part{{Path: "toPlace"}}},
}})

// Movements keeps the movement orders. Each of its methods authorises by itself;
// an order of another organisation is ErrNoMovement. It is safe for concurrent use.
type Movements struct{ s *Service }

// settle fills what the indexes ask from what the order says.
func (o *Movement) settle() {
	o.OutAt, o.AwaitedAt, o.DueAt, o.Claims, o.ToPlace = nil, nil, nil, nil, ""
	if o.HandOut != nil {
		o.OutAt = o.HandOut.SecondAt
	}
	if o.State.isOut() {
		o.AwaitedAt = &o.DueBack
		if !o.took(StepOverdue) {
			o.DueAt = &o.DueBack
		}
	}
	o.Covers = nil
	for _, it := range o.Items {
		all := it.all()
		o.Covers = append(o.Covers, all...)
		if !o.State.Closed() && it.BackAt == nil {
			o.Claims = append(o.Claims, all...)
		}
	}
	if !o.State.Closed() {
		o.ToPlace = o.Destination.PlaceID
	}
}

// took reports whether a step of this kind was taken.
func (o *Movement) took(a MovementAction) bool {
	return slices.ContainsFunc(o.Steps, func(s MovementStep) bool { return s.Action == a })
}

// Overdue reports whether something that is out under the order should have been
// back at now.
func (o *Movement) Overdue(now time.Time) bool { return o.State.isOut() && now.After(o.DueBack) }

// Pieces is how many objects the order moves, counted piece by piece.
func (o *Movement) Pieces() int {
	n := 0
	for _, it := range o.Items {
		n += it.Pieces
	}
	return n
}
