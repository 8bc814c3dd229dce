package sensors

import (
	"cmp"
	"context"
	"slices"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// HappeningKind is what sort of thing happened to a relic. Never rename.
type HappeningKind string

const (
	HappenedStay     HappeningKind = "stay"     // what its tag hangs on was in a zone
	HappenedPassage  HappeningKind = "passage"  // it went through an exit
	HappenedBinding  HappeningKind = "binding"  // a tag hung on it
	HappenedAlarm    HappeningKind = "alarm"    // an alarm about it was raised
	HappenedMovement HappeningKind = "movement" // it was handed out under an order
)

// Happening is something in the life of a relic, with names for screens. What a
// kind does not have is absent.
type Happening struct {
	Kind  HappeningKind `json:"kind"`
	ID    string        `json:"id"` // of the document
	At    time.Time     `json:"at"`
	Until *time.Time    `json:"until,omitempty"` // absent: still so, or a moment

	TagID        TagID         `json:"tagId,omitempty"`
	Carrier      Carrier       `json:"carrier,omitempty"`       // what a sighting proves the place of
	Proves       heritage.Text `json:"proves" required:"false"` // what a sighting of the tag proves, in words for screens; of an alarm its ground says it
	ZoneID       ZoneID        `json:"zoneId,omitempty"`
	ZoneName     heritage.Text `json:"zoneName" required:"false"`
	FromZoneID   ZoneID        `json:"fromZoneId,omitempty"`
	FromZoneName heritage.Text `json:"fromZoneName" required:"false"`
	InStore      bool          `json:"inStore,omitempty"` // of a stay: in a store; which one is told to who may know
	DeviceID     DeviceID      `json:"deviceId,omitempty"`
	Back         bool          `json:"back,omitempty"`    // of a passage: it had left already
	Samples      int           `json:"samples,omitempty"` // of a passage

	MovementID heritage.MovementID `json:"movementId,omitempty"` // itself, or the order that covers it
	AlarmID    string              `json:"alarmId,omitempty"`    // itself, or the alarm that it raised or belongs to

	AlarmKind  AlarmKind     `json:"alarmKind,omitempty"`
	AlarmState AlarmState    `json:"alarmState,omitempty"`
	Severity   Severity      `json:"severity,omitempty"`
	Verdict    Verdict       `json:"verdict,omitempty"`
	Ground     heritage.Text `json:"ground" required:"false"` // of an alarm

	Method     string           `json:"method,omitempty"`     // of a binding
	ApprovedBy string           `json:"approvedBy,omitempty"` // of a binding
	By         *heritage.Person `json:"by,omitempty"`         // who bound it, or asked for the movement
	Reason     string           `json:"reason,omitempty"`     // why the binding ended, or what the movement is for

	Number        string                 `json:"number,omitempty"` // of a movement
	MovementState heritage.MovementState `json:"movementState,omitempty"`

	Simulated bool `json:"simulated"`
}

// maxTimeline is how many happenings one reading returns.
const maxTimeline = 500

// Timeline returns what happened to a relic from from to before (the zero time:
// without bound), the newest first: stays and passages of its tags while they
// hung on it, the bindings, and for who may see them the alarms. At most limit (1
// to maxTimeline, else that), and beyond it those of the same moment as the last,
// so that before set to that moment goes on without a gap. Without location.read
// a stay in a store says that it was in a store, and no more.
//
// Errors: ErrNotFound for a relic that is gone, and for one of which by may not see
// the devices.
func (s *Service) Timeline(ctx context.Context, by actor.Actor, relic heritage.RelicID, from, before time.Time, limit int) ([]Happening, error) {
	known, err := s.catalogue.RelicGlance(ctx, s.st, relic)
	if fault.KindOf(err) == fault.NotFound || err == nil && !by.Can(actor.DeviceRead, known.Org) {
		return nil, ErrNotFound.New()
	}
	if err != nil {
		return nil, err
	}
	if limit < 1 || limit > maxTimeline {
		limit = maxTimeline
	}
	if before.IsZero() {
		before = farFuture
	}
	var list []Happening
	err = s.st.Snapshot(ctx, func(r store.Reader) error {
		c := &chronicle{sight: s.sight(r, by), relic: relic, org: known.Org, from: laterOf(from, time.UnixMilli(0)), before: before, limit: limit}
		for _, read := range []func(context.Context) error{c.bindings, c.passages, c.alarms} {
			if err := read(ctx); err != nil {
				return err
			}
		}
		list = Merge(limit, c.list)
		return nil
	})
	return list, err
}

// Merge joins lists of happenings into one, the newest first, cut as Timeline
// says.
func Merge(limit int, lists ...[]Happening) []Happening {
	all := slices.Concat(lists...)
	slices.SortStableFunc(all, func(a, b Happening) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
	if len(all) <= limit {
		return all
	}
	end := limit
	for end < len(all) && all[end].At.Equal(all[limit-1].At) {
		end++
	}
	return all[:end]
}

// MovementHappening returns what a timeline says of an order: when the relic was
// handed out under it and came back, or, when it never was, when it was asked for.
func MovementHappening(o *heritage.Movement, relic heritage.RelicID) Happening {
	h := Happening{Kind: HappenedMovement, ID: o.ID, At: o.CreatedAt, MovementID: heritage.MovementID(o.ID), By: &o.RequestedBy, Reason: o.Reason,
		Number: o.Number, MovementState: o.State, Simulated: o.Simulated}
	if o.OutAt != nil {
		h.At = *o.OutAt
	}
	for _, it := range o.Items {
		if it.RelicID == relic || slices.Contains(it.Parts, relic) {
			h.Until = it.BackAt
		}
	}
	return h
}
