package sensors

import (
	"context"
	"errors"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// mqttSession remembers that a device has a session of MQTT that outlives its
// connection. Its id is the DeviceID.
type mqttSession struct {
	store.Meta `bson:",inline"`
	Subscribed bool      `bson:"subscribed"` // it reads its command topic
	SeenAt     time.Time `bson:"seenAt"`     // when it last logged in, to the day
}

var mqttSessions = store.Define[mqttSession](store.Spec{Name: "mqttsessions", Schema: 1})

// sessionLife is how long a device may stay away and keep its session.
const sessionLife = 30 * 24 * time.Hour

// ResumeSession returns whether the device has a session of MQTT that lasts, and
// whether it reads its command topic in it.
func (s *Service) ResumeSession(ctx context.Context, id DeviceID) (found, subscribed bool, err error) {
	doc, err := mqttSessions.Get(ctx, s.st, string(id))
	if errors.Is(err, store.ErrNotFound) {
		return false, false, nil
	}
	if err != nil || s.st.Now().Sub(doc.SeenAt) > sessionLife {
		return false, false, err
	}
	return true, doc.Subscribed, nil
}

// KeepSession makes or changes the lasting session of a device.
func (s *Service) KeepSession(ctx context.Context, d Device, subscribed bool) error {
	doc, err := mqttSessions.Get(ctx, s.st, d.ID)
	if err == nil && doc.Subscribed == subscribed && s.st.Now().Sub(doc.SeenAt) < 24*time.Hour {
		return nil
	}
	return s.st.Update(ctx, actor.SystemPart("broker"), func(tx *store.Tx) error {
		doc, err := mqttSessions.Get(tx.Context(), tx, d.ID)
		if errors.Is(err, store.ErrNotFound) {
			doc, err = &mqttSession{Meta: store.Meta{ID: d.ID, Org: d.Org}}, nil
		}
		if err != nil {
			return err
		}
		doc.Subscribed, doc.SeenAt = subscribed, tx.Now()
		return mqttSessions.Put(tx, doc)
	})
}

// EndSession ends the lasting session of a device, if there is one.
func (s *Service) EndSession(ctx context.Context, id DeviceID) error {
	if _, err := mqttSessions.Get(ctx, s.st, string(id)); err != nil {
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	}
	return s.st.Update(ctx, actor.SystemPart("broker"), func(tx *store.Tx) error { return endSessionIn(tx, id) })
}

func endSessionIn(tx *store.Tx, id DeviceID) error {
	doc, err := found(mqttSessions.Get(tx.Context(), tx, string(id)))
	if doc == nil {
		return err
	}
	return mqttSessions.Delete(tx, doc.ID, doc.Rev, "")
}
