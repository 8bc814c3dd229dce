package app

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"yijianyou/internal/store/mongotest"
	"yijianyou/internal/store/storetest"
)

// outage is how long the store is away: three seconds while one works, a minute
// at full size.
func outage() time.Duration {
	if os.Getenv(storetest.EnvFull) == "1" {
		return time.Minute
	}
	return 3 * time.Second
}

// withoutAStore lets eight devices publish to a program whose store goes away and
// comes back: meanwhile nothing is acknowledged and nobody loses the connection,
// and in the end each sample is stored once.
func withoutAStore(t *testing.T, g *grounds, away, back func()) {
	p := start(t, g.settings)
	at := strings.TrimPrefix(p.DeviceAddress(), "mqtt://")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var publishers sync.WaitGroup
	for _, d := range g.devices {
		publishers.Go(func() { g.publish(ctx, t, d, at) })
	}
	g.awaitAcknowledged(t, 300)
	away()
	before := g.quiet(t)
	select {
	case <-time.After(outage()):
	case <-t.Context().Done():
		t.Fatal(t.Context().Err())
	}
	if n := g.acknowledged(); n != before {
		t.Errorf("%d samples were acknowledged while nothing could be stored", n-before)
	}
	back()
	g.awaitAcknowledged(t, 300)
	stop()
	publishers.Wait()
	if n := p.intake.Count().Logins.Load(); n != int64(len(g.devices)) {
		t.Errorf("%d logins of %d devices: some lost the connection", n, len(g.devices))
	}
	p.stop()
	g.core(t, func(c *Core) { g.exact(t, c) })
	t.Logf("%d samples were acknowledged around %v without a store", g.acknowledged(), outage())
}

// quiet waits until nothing has been acknowledged for a second, and returns how
// many samples were.
func (g *grounds) quiet(t *testing.T) int64 {
	t.Helper()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	n := g.acknowledged()
	for same := 0; same < 10; {
		select {
		case <-tick.C:
		case <-t.Context().Done():
			t.Fatal(t.Context().Err())
		}
		if now := g.acknowledged(); now != n {
			n, same = now, 0
		} else {
			same++
		}
	}
	return n
}

// TestDevicesWhileTheDatabaseHangs stops the mongod for a while.
func TestDevicesWhileTheDatabaseHangs(t *testing.T) {
	set := mongotest.NewSet(t, 1)
	g := newGrounds(t, map[string]string{"data": t.TempDir(), "database": set.URI("scenario")})
	withoutAStore(t, g, func() { set.Pause(t, 0) }, func() { set.Resume(t, 0) })
}

// TestDevicesWhileTheDatabaseIsDown kills the mongod and starts it again.
func TestDevicesWhileTheDatabaseIsDown(t *testing.T) {
	set := mongotest.NewSet(t, 1)
	g := newGrounds(t, map[string]string{"data": t.TempDir(), "database": set.URI("scenario")})
	withoutAStore(t, g, func() { set.Kill(t, 0) }, func() {
		set.Restart(t, 0)
		if err := set.Await(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

// TestDevicesOnAFullDisk runs the program on a real disk of a few MiB, which is
// full for a while.
func TestDevicesOnAFullDisk(t *testing.T) {
	dir := smallDisk(t, 24<<20)
	g := newGrounds(t, map[string]string{"data": dir + "/data"})
	ballast := dir + "/ballast"
	withoutAStore(t, g, func() { fill(t, ballast, dir) }, func() {
		if err := os.Remove(ballast); err != nil {
			t.Error(err)
		}
	})
}
