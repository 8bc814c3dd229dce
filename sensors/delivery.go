package sensors

import (
	"context"
	"strconv"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// NotifyJob is the kind of the jobs that tell contacts of alarms.
const NotifyJob = "sensors.notify"

// maxAttempts is how often a contact is tried. With the runner's pauses of 5 s
// doubled each time that is three quarters of an hour.
const maxAttempts = 10

// Delivery is the telling of one contact of one step of one alarm: the log of it,
// and what makes it happen once. Its id names alarm, contact and step, and goes
// with the message, so that a receiver can tell a repeated one.
type Delivery struct {
	store.Meta  `bson:",inline"`
	AlarmID     string            `bson:"alarmId" json:"alarmId"`
	ContactID   string            `bson:"contactId" json:"contactId"`
	ContactName string            `bson:"contactName" json:"contactName"` // as it was then
	Kind        ContactKind       `bson:"kind" json:"kind"`
	Step        int               `bson:"step" json:"step"` // 0 raised, n the n-th escalation
	State       DeliveryState     `bson:"state" json:"state"`
	Attempts    []DeliveryAttempt `bson:"attempts,omitempty" json:"attempts"` // at most maxAttempts, oldest first
}

// DeliveryState is how far a delivery has come. Never rename.
type DeliveryState string

const (
	Waiting   DeliveryState = "waiting"   // not told yet
	Delivered DeliveryState = "delivered" // the receiver has taken it
	GivenUp   DeliveryState = "given-up"  // not told, and nobody tries any more
	Dropped   DeliveryState = "dropped"   // the contact was removed or paused first
)

// DeliveryAttempt is one try.
type DeliveryAttempt struct {
	At     time.Time `bson:"at" json:"at"`
	OK     bool      `bson:"ok" json:"ok"`
	Status int       `bson:"status,omitempty" json:"status,omitempty"` // of the answer to a webhook; 0 none
	Code   string    `bson:"code,omitempty" json:"code,omitempty"`     // what was wrong, in public words
	ZH     string    `bson:"zh,omitempty" json:"zh,omitempty"`
	EN     string    `bson:"en,omitempty" json:"en,omitempty"`
}

// attemptOf is a try that ended with err; nil it went well.
func attemptOf(at time.Time, status int, err error) DeliveryAttempt {
	try := DeliveryAttempt{At: at, OK: err == nil, Status: status}
	if f := fault.Of(err); f != nil {
		try.Code, try.ZH, try.EN = f.Code().ID(), f.Text(fault.Chinese), f.Text(fault.English)
	}
	return try
}

var deliveryDocs = store.Define[Delivery](store.Spec{Name: "alarmdeliveries", Schema: 1, Indexes: []store.Index{
	{Name: "byAlarm", Parts: []store.Part{{Path: "alarmId"}, {Path: "createdAt", Kind: store.Time}}},
}})

// notice is the payload of a NotifyJob.
type notice struct {
	Delivery string `bson:"delivery"`
}

func deliveryID(a *Alarm, c *Contact) string {
	return a.ID + "." + c.ID + "." + strconv.Itoa(a.Escalation)
}

// tellIn enqueues the telling of every contact that wants to know of a at its
// present step. Each is told if and only if the transaction commits.
func (s *Service) tellIn(tx *store.Tx, a *Alarm) error {
	contacts, err := contactDocs.Find(tx.Context(), tx, store.Query{Index: "byOrg", Equal: []any{string(a.Org)}, Limit: maxContacts})
	if err != nil {
		return err
	}
	for _, c := range contacts.Items {
		if !c.wants(a) {
			continue
		}
		d := &Delivery{Meta: store.Meta{ID: deliveryID(a, c), Org: a.Org}, AlarmID: a.ID, ContactID: c.ID, ContactName: c.Fields.Name,
			Kind: c.Fields.Kind, Step: a.Escalation, State: Waiting}
		if err := deliveryDocs.Put(tx, d); err != nil {
			return err
		}
		// The attempts are counted in the delivery, where only those count that were
		// made: a job whose process was killed has not asked anybody.
		_, err := store.Enqueue(tx, store.NewJob{Kind: NotifyJob, Key: d.ID, Org: a.Org, Payload: notice{d.ID}, MaxAttempts: 10 * maxAttempts})
		if err != nil {
			return err
		}
	}
	return nil
}

// Deliveries returns who outside was told of an alarm and how that went, oldest
// first.
//
// Errors: ErrNotFound, store.ErrCursor.
func (s *Service) Deliveries(ctx context.Context, by actor.Actor, alarm string, limit int, after store.Cursor) (store.Page[Delivery], error) {
	a, err := s.alarmFor(ctx, by, alarm)
	if err != nil {
		return store.Page[Delivery]{}, err
	}
	return deliveryDocs.Find(ctx, s.st, store.Query{Index: "byAlarm", Equal: []any{a.ID}, Limit: limit, After: after})
}
