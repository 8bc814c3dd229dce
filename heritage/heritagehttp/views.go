package heritagehttp

import (
	"encoding/json"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
)

// StaffRecord is a record as those who keep it see it. What needs
// location.read is left out for those who lack it.
type StaffRecord[F heritage.Content] struct {
	ID          string               `json:"id"`
	Org         actor.OrgID          `json:"org"`
	Rev         int64                `json:"rev"`
	CreatedAt   time.Time            `json:"createdAt"`
	UpdatedAt   time.Time            `json:"updatedAt"`
	Ledger      *heritage.Ledger     `json:"ledger,omitempty" doc:"relics only"`
	Away        *heritage.Away       `json:"away,omitempty" doc:"relics only: handed out under a movement order; its placeId in fields is its home"`
	Review      heritage.Review      `json:"review"`
	Publication heritage.Publication `json:"publication"`
	Author      heritage.Person      `json:"author" doc:"who last changed the content"`
	LoadID      string               `json:"loadId" doc:"the import that created it; empty if none"`
	Changed     bool                 `json:"changed" doc:"published, and the newest content differs from what tourists see"`
	Fields      F                    `json:"fields"`
}

func staffRecord[F heritage.Content](d *heritage.Record[F]) StaffRecord[F] {
	v := StaffRecord[F]{ID: d.ID, Org: d.Org, Rev: d.Rev, CreatedAt: d.CreatedAt, UpdatedAt: d.UpdatedAt, Away: d.Away,
		Review: d.Review, Publication: d.Publication, Author: d.Author, LoadID: d.LoadID, Changed: d.Differs(), Fields: d.Fields}
	if d.Ledger.State != "" {
		ledger := d.Ledger
		v.Ledger = &ledger
	}
	return v
}

// Either is a record in the view that was asked for; one of the two is set.
type Either[F heritage.Content, V any] struct {
	Public *V
	Staff  *StaffRecord[F]
}

// MarshalJSON writes the view that is set.
func (e Either[F, V]) MarshalJSON() ([]byte, error) {
	if e.Staff != nil {
		return json.Marshal(e.Staff)
	}
	return json.Marshal(e.Public)
}

// Schema describes both views to the OpenAPI document.
func (Either[F, V]) Schema(r huma.Registry) *huma.Schema {
	return &huma.Schema{OneOf: []*huma.Schema{r.Schema(reflect.TypeFor[V](), true, ""), r.Schema(reflect.TypeFor[StaffRecord[F]](), true, "")}}
}

// NewRecord is a record that is to be created.
type NewRecord[F heritage.Content] struct {
	ID     string               `json:"id,omitempty" doc:"a UUID of the sender's; a fresh one without it"`
	Org    actor.OrgID          `json:"org" doc:"who keeps the record"`
	Ledger heritage.LedgerState `json:"ledger,omitempty" enum:"pending,held" doc:"relics only; pending without it"`
	Fields F                    `json:"fields"`
}

// ChangedRecord is the new content of a record.
type ChangedRecord[F heritage.Content] struct {
	Reason string `json:"reason,omitempty" doc:"why, for the history"`
	Fields F      `json:"fields"`
}

// Difference is one changed member of a record; old and new are JSON values.
type Difference struct {
	Path string `json:"path" doc:"JSON path in fields, or review, publication, ledger"`
	Old  any    `json:"old"`
	New  any    `json:"new"`
}

// RecordRevision is one entry in the history of a record.
type RecordRevision struct {
	Rev     int64           `json:"rev" doc:"that it made; 0 for an event that changed nothing"`
	Action  string          `json:"action"`
	Reason  string          `json:"reason"`
	By      heritage.Person `json:"by"`
	At      time.Time       `json:"at"`
	Changes []Difference    `json:"changes" nullable:"false"`
}

func recordRevision(r heritage.Revision) RecordRevision {
	v := RecordRevision{Rev: r.Rev, Action: r.Action, Reason: r.Reason, By: r.By, At: r.At, Changes: make([]Difference, 0, len(r.Changes))}
	for _, d := range r.Changes {
		v.Changes = append(v.Changes, Difference(d))
	}
	return v
}

// TombstoneView says that a record was removed, by whom and why.
type TombstoneView struct {
	Kind      heritage.Kind   `json:"kind" enum:"relic,site,museum,place,exhibition"`
	ID        string          `json:"id" doc:"of the record that was removed"`
	Org       actor.OrgID     `json:"org"`
	Name      heritage.Text   `json:"name"`
	Number    string          `json:"number"`
	LastRev   int64           `json:"lastRev"`
	WasPublic bool            `json:"wasPublic"`
	Reason    string          `json:"reason"`
	By        heritage.Person `json:"by"`
	At        time.Time       `json:"at"`
}

func tombstoneView(t *heritage.Tombstone) TombstoneView {
	return TombstoneView{Kind: t.Kind, ID: t.Doc, Org: t.Org, Name: t.Name, Number: t.Number, LastRev: t.LastRev, WasPublic: t.WasPublic, Reason: t.Reason, By: t.By, At: t.CreatedAt}
}
