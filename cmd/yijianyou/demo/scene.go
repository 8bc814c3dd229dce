package demo

import (
	"context"
	"errors"
	"time"

	"yijianyou/internal/store"
)

// Scene is where the simulator plays: the broker of the running server, and who
// plays on it instead of the demo's own heartbeat. One document in the store.
type Scene struct {
	store.Meta `bson:",inline"`
	Broker     string    `bson:"broker"` // URL at which devices connect; "" they cannot
	Guest      string    `bson:"guest,omitempty"`
	Until      time.Time `bson:"until,omitempty"` // until when the guest has it, unless he says so again
}

const sceneID = "scene"

var sceneDocs = store.Define[Scene](store.Spec{Name: "demoscene", Schema: 1})

// guestFor is how long a guest has the scene after he was last heard of.
const guestFor = 15 * time.Second

// SetScene writes where devices connect; a guest stays.
func SetScene(ctx context.Context, st *store.Store, broker string) error {
	return changeScene(ctx, st, func(s *Scene, _ time.Time) { s.Broker = broker })
}

// TakeScene gives the scene to a guest for a while, and returns where devices
// connect. He takes it again while he plays.
func TakeScene(ctx context.Context, st *store.Store, guest string) (broker string, err error) {
	err = changeScene(ctx, st, func(s *Scene, now time.Time) { s.Guest, s.Until, broker = guest, now.Add(guestFor), s.Broker })
	return broker, err
}

// LeaveScene gives the scene back, unless another guest has it.
func LeaveScene(ctx context.Context, st *store.Store, guest string) error {
	return changeScene(ctx, st, func(s *Scene, now time.Time) {
		if s.Guest == guest {
			s.Guest, s.Until = "", now
		}
	})
}

// SceneTaken reports whether a guest has the scene.
func SceneTaken(ctx context.Context, st *store.Store) (bool, error) {
	s, err := sceneDocs.Get(ctx, st, sceneID)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return s.Guest != "" && st.Now().Before(s.Until), nil
}

func changeScene(ctx context.Context, st *store.Store, change func(*Scene, time.Time)) error {
	return st.Update(ctx, By(), func(tx *store.Tx) error {
		s, err := sceneDocs.Get(tx.Context(), tx, sceneID)
		if errors.Is(err, store.ErrNotFound) {
			s, err = &Scene{}, nil
			s.ID, s.Org = sceneID, MuseumOrg
		}
		if err != nil {
			return err
		}
		change(s, tx.Now())
		return sceneDocs.Put(tx, s)
	})
}
