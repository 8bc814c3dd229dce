package tourism

import (
	"context"
	"errors"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/tourism/comfort"
)

// QueueCount is the longest queue of an area as staff counted it. No device measures
// queues, so that it is entered by hand and ages as any measurement.
type QueueCount struct {
	Waiting int    `bson:"waiting" json:"waiting"`                   // people in it
	Served  int    `bson:"served" json:"served"`                     // people an hour who get through; 0 it does not move
	SpotID  SpotID `bson:"spotId,omitempty" json:"spotId,omitempty"` // where; "" not said
}

// Queue is the newest count of an area; its id is that of the area.
type Queue struct {
	store.Meta `bson:",inline"`

	QueueCount `bson:",inline"`
	At         time.Time       `bson:"at"`
	By         heritage.Person `bson:"by"`
}

var queueDocs = store.Define[Queue](store.Spec{Name: "queues", Schema: 1, History: true, Feed: true})

const (
	maxWaiting = 100_000
	maxServed  = 1_000_000
)

// ErrQueueCount is a number of people that cannot be.
var ErrQueueCount = fault.Define(fault.Invalid, "tourism.queue_count",
	"人数应为 0 至 {max} 的整数。", "The number of people must be a whole number from 0 to {max}.")

// CountQueue notes the longest queue of an area, as somebody on the spot has just
// counted it, in the place of the count before.
//
// Errors: ErrNotFound, ErrDenied, fault.ErrInvalid.
func (s *Service) CountQueue(ctx context.Context, by actor.Actor, id string, q QueueCount) (*Crowd, error) {
	var wrong []fault.Field
	if q.Waiting < 0 || q.Waiting > maxWaiting {
		wrong = append(wrong, ErrQueueCount.At("waiting", fault.P("max", maxWaiting)))
	}
	if q.Served < 0 || q.Served > maxServed {
		wrong = append(wrong, ErrQueueCount.At("served", fault.P("max", maxServed)))
	}
	var area *Area
	err := s.st.Update(ctx, by, func(tx *store.Tx) error {
		var err error
		if area, err = s.Areas.open(tx, actor.AlarmAnswer, id, 0); err != nil {
			return err
		}
		fields := wrong
		if q.SpotID != "" {
			f, err := s.checkRef(tx.Context(), tx, by, area.Org, reference{path: "spotId", kind: string(KindSpot), id: string(q.SpotID), sameOrg: true, inArea: AreaID(id)})
			if err != nil {
				return err
			}
			fields = append(fields, f...)
		}
		if err := fault.InvalidFields(fields); err != nil {
			return err
		}
		doc, err := s.queue(tx.Context(), tx, AreaID(id))
		if err != nil {
			return err
		}
		if doc == nil {
			doc = &Queue{}
			doc.ID, doc.Org = id, area.Org
		}
		doc.QueueCount, doc.At, doc.By = q, tx.Now(), heritage.PersonOf(by)
		tx.Describe("area.queue", "")
		return queueDocs.Put(tx, doc)
	})
	if err != nil {
		return nil, err
	}
	return s.crowd(ctx, &Crowd{AreaID: AreaID(id), Fields: &area.Fields, Org: area.Org})
}

// queue returns the newest count of an area; nil when there is none.
func (s *Service) queue(ctx context.Context, r store.Reader, id AreaID) (*Queue, error) {
	q, err := queueDocs.Get(ctx, r, string(id))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	return q, err
}

// inputs are what a queue says now, for the figure of the wait. q is nil where nobody
// has counted.
func (q *Queue) inputs(state comfort.State, now time.Time) []comfort.Input {
	of := func(quantity comfort.Quantity, n func() int) comfort.Input {
		switch {
		case state == comfort.Closed:
			return comfort.Shut(quantity)
		case q == nil:
			return comfort.Lacking(quantity, comfort.NoSource)
		}
		return comfort.Measured(quantity, float64(n()), q.At, comfort.ByHand).AsOf(now)
	}
	return []comfort.Input{of(comfort.Waiting, func() int { return q.Waiting }), of(comfort.Served, func() int { return q.Served })}
}
