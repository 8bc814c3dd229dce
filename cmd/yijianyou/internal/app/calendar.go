package app

import (
	"context"
	"time"
)

// dayLook is how often the program looks whether a new day has begun where a
// museum is: so long after midnight search may still call an exhibition open.
const dayLook = time.Minute

// turnDays keeps the stored calendars at today until ctx ends. A day that cannot
// be stored is stored by a later look.
func (a *App) turnDays(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := a.Heritage.TurnDays(ctx); err != nil && ctx.Err() == nil {
			a.Log.Warn("the day of the exhibitions is not known to search", "error", err)
		}
		_ = wallClock{}.Wait(ctx, time.Now().Add(dayLook)) // ctx is asked above
	}
	return nil
}
