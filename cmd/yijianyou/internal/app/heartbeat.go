package app

import (
	"context"
	"time"

	"yijianyou/cmd/yijianyou/demo"
	"yijianyou/sensors/simulate"
)

// heartbeatLook is how often the heartbeat looks whether somebody else plays,
// and more than how long it then takes to be silent.
const heartbeatLook = 2 * time.Second

// beat plays a quiet day over the own broker while the demo runs, so that its
// devices live and its figures move. It is silent while `simulate` plays.
func (a *App) beat(ctx context.Context) error {
	if !a.Config.DemoHeartbeat || a.DeviceAddress() == "" {
		return nil
	}
	script, err := demo.Script(demo.Heartbeat)
	if err != nil {
		return err
	}
	for ctx.Err() == nil {
		taken, err := demo.SceneTaken(ctx, a.Store)
		if err == nil && !taken {
			err = a.beatUntilTaken(ctx, script)
		}
		if err != nil && ctx.Err() == nil {
			a.Log.Warn("the heartbeat of the demo is interrupted", "error", err)
		}
		_ = wallClock{}.Wait(ctx, time.Now().Add(heartbeatLook)) // ctx is asked above
	}
	return nil
}

// beatUntilTaken plays until somebody else takes the stage.
func (a *App) beatUntilTaken(ctx context.Context, script *simulate.Script) error {
	w, err := demo.World()
	if err != nil {
		return err
	}
	now, err := a.Sensors.OccupancyNow(ctx, a.Store, string(demo.AreaID("demo-area")))
	if err != nil {
		return err
	}
	w.Inside = now.Today.Inside
	secret, err := a.DemoSecret()
	if err != nil {
		return err
	}
	playing, stop := context.WithCancel(ctx)
	defer stop()
	f, err := newFleet(playing, a.DeviceAddress(), secret, a.Log)
	if err != nil {
		return err
	}
	defer f.Close()
	go func() {
		defer stop()
		for (wallClock{}).Wait(playing, time.Now().Add(heartbeatLook/2)) == nil {
			if taken, err := demo.SceneTaken(playing, a.Store); err == nil && taken {
				return
			}
		}
	}()
	_, err = simulate.NewPlayer(w, script, wallClock{}, f).Play(playing)
	return err
}
