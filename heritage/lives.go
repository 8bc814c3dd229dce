package heritage

import (
	"time"

	"yijianyou/internal/actor"
)

// Person is who did something, as history shows it.
type Person struct {
	Kind actor.Kind `bson:"kind" json:"-"`
	ID   string     `bson:"id" json:"id"`     // account id, or the name of a part of the system
	Name string     `bson:"name" json:"name"` // as it was then
}

// PersonOf returns a as a Person.
func PersonOf(a actor.Actor) Person { return Person{Kind: a.Kind, ID: a.ID, Name: a.Name} }

// Lives are the three lives of a record. No step in one is a step in another.
type Lives struct {
	Ledger      Ledger      `bson:"ledger,omitempty"` // relics only; zero otherwise
	Review      Review      `bson:"review"`
	Publication Publication `bson:"publication"`

	Author       Person `bson:"author"`                 // who last changed what the record says
	LoadID       string `bson:"loadId,omitempty"`       // the import that created it, "" if none
	EverApproved bool   `bson:"everApproved,omitempty"` // it was reviewed at least once

	Away *Away `bson:"away,omitempty"` // relics only: nil while it is at home

	// Left are the relics that tourists were told to see in an exhibition and are
	// told so no more: search still has to forget that. Empty for other records.
	Left []string `bson:"left,omitempty"`
}

// LedgerState is where a relic stands in the 总登记账. Never rename.
type LedgerState string

const (
	Pending       LedgerState = "pending"       // 待入藏: in the house, not yet in the ledger
	Held          LedgerState = "held"          // 在藏
	OnLoan        LedgerState = "onLoan"        // 借出
	Transferred   LedgerState = "transferred"   // 调出: now another holder's
	Deaccessioned LedgerState = "deaccessioned" // 注销
)

// LedgerStates lists the states in the order of screens.
var LedgerStates = []LedgerState{Pending, Held, OnLoan, Transferred, Deaccessioned}

// ledgerSteps is every lawful step. Transferred and Deaccessioned are ends: the
// ledger is not rewritten.
var ledgerSteps = map[LedgerState][]LedgerState{
	Pending: {Held},
	Held:    {OnLoan, Transferred, Deaccessioned},
	OnLoan:  {Held},
}

// CanBecome reports whether the ledger allows the step from s to next.
func (s LedgerState) CanBecome(next LedgerState) bool {
	for _, n := range ledgerSteps[s] {
		if n == next {
			return true
		}
	}
	return false
}

// Ledger is the custody life of a relic: its state and the last entry that led
// there. Earlier entries are in the history.
type Ledger struct {
	State LedgerState  `bson:"state,omitempty" json:"state,omitempty"`
	Entry *LedgerEntry `bson:"entry,omitempty" json:"entry,omitempty"` // nil when the state is that of creation
}

// LedgerEntry is one step in the ledger.
type LedgerEntry struct {
	Reason     string    `bson:"reason" json:"reason"`
	Voucher    string    `bson:"voucher,omitempty" json:"voucher,omitempty"`     // number of the 凭证
	Authority  string    `bson:"authority,omitempty" json:"authority,omitempty"` // who approved; required for transfer and deaccession
	Approval   string    `bson:"approval,omitempty" json:"approval,omitempty"`   // number of the approving document; likewise
	ApprovedOn Day       `bson:"approvedOn,omitempty" json:"approvedOn,omitempty"`
	DueBack    Day       `bson:"dueBack,omitempty" json:"dueBack,omitempty"` // of a loan
	By         Person    `bson:"by" json:"by"`
	At         time.Time `bson:"at" json:"at"`
}

// ReviewState is where a record stands in review. Never rename.
type ReviewState string

const (
	Draft    ReviewState = "draft"
	InReview ReviewState = "inReview"
	Reviewed ReviewState = "reviewed"
)

// Review is the life of the words of a record.
type Review struct {
	State       ReviewState `bson:"state" json:"state"`
	SubmittedBy *Person     `bson:"submittedBy,omitempty" json:"submittedBy,omitempty"` // nil while Draft
	SubmittedAt *time.Time  `bson:"submittedAt,omitempty" json:"submittedAt,omitempty"`
	ReviewedBy  *Person     `bson:"reviewedBy,omitempty" json:"reviewedBy,omitempty"` // nil unless Reviewed
	ReviewedAt  *time.Time  `bson:"reviewedAt,omitempty" json:"reviewedAt,omitempty"`
	Remark      string      `bson:"remark,omitempty" json:"remark,omitempty"` // why it was last sent back, "" once submitted again
}

// PublicationState is whether tourists see a record. Never rename.
type PublicationState string

const (
	Hidden    PublicationState = "hidden"
	Published PublicationState = "published"
	Withdrawn PublicationState = "withdrawn"
)

// Publication is the public life of a record.
type Publication struct {
	State  PublicationState `bson:"state" json:"state"`
	Rev    int64            `bson:"rev,omitempty" json:"rev,omitempty"` // revision whose content tourists see; 0 unless Published
	By     *Person          `bson:"by,omitempty" json:"by,omitempty"`   // of the last step; nil while never published
	At     *time.Time       `bson:"at,omitempty" json:"at,omitempty"`
	Reason string           `bson:"reason,omitempty" json:"reason,omitempty"` // of the withdrawal
}
