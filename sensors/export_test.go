package sensors

import (
	"testing"
	"time"

	"yijianyou/internal/store"
)

// World is an alarmWorld for tests of this package with its neighbours, which
// cannot be in it.
type World struct{ w *alarmWorld }

// NewWorld returns a World.
func NewWorld(t *testing.T) World { return World{newAlarmWorld(t)} }

// Service and Store are those of the world.
func (w World) Service() *Service   { return w.w.s }
func (w World) Store() *store.Store { return w.w.st }

// Pass lets the clock go on.
func (w World) Pass(d time.Duration) { w.w.pass(d) }

// Raise raises an exit alarm of a tag.
func (w World) Raise(tag TagID) *Alarm { return w.w.raise(tag, "") }
