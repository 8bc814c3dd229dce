package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"yijianyou/bench/bed"
	"yijianyou/sensors"
	"yijianyou/sensors/broker"
)

// The portal of the demo at which chips are seen, and how far apart.
const (
	portal   sensors.DeviceID = "demo-portal-main"
	apart                     = 250 * time.Millisecond // all are out before the import is done
	imported                  = 100_000
)

func sampleKind(o options) sensors.SampleKind { return sensors.SampleKind(o.kind) }

// alarms prints how long it takes from a sighting at an exit to the commit of its
// alarm, while a file is imported beside it. Every chip of the demo is carried out
// once.
func alarms(ctx context.Context, o options, folder string) error {
	o.kind = string(sensors.StatusKind) // register no tags
	us, err := newOurs(ctx, o, filepath.Join(folder, "ours"), 1)
	if err != nil {
		return err
	}
	defer us.server.Kill()
	var made struct{ Secret string }
	if err := us.call(ctx, "/api/v1/devices/"+string(portal)+"/secret", nil, &made); err != nil {
		return err
	}
	var seen struct{ Items []struct{ TagID string } }
	if err := us.keeper.Call(ctx, "GET", "/api/v1/positions?org="+demoMuseum, "", nil, &seen); err != nil {
		return err
	}
	file := filepath.Join(folder, "relics.csv")
	if err := os.WriteFile(file, relics(imported), 0o600); err != nil {
		return err
	}
	importing := exec.CommandContext(ctx, o.binary, append([]string{"import", "relics", file, "--org", demoMuseum, "--data", us.server.Data}, us.server.Settings...)...)
	if err := importing.Start(); err != nil {
		return err
	}
	over := make(chan error, 1)
	go func() { over <- importing.Wait() }()
	took, err := us.carryOut(ctx, us.url, made.Secret, seen.Items)
	select {
	case end := <-over:
		return errors.Join(err, fmt.Errorf("the import was over before all chips were out (%v): it measures nothing", end))
	default:
		_ = importing.Process.Kill() // what it has written is not needed
		<-over
	}
	if err != nil {
		return err
	}
	var open struct{ Items []struct{ Kind string } }
	if err := us.keeper.Call(ctx, "GET", "/api/v1/alarms?state=open&limit=200&org="+demoMuseum, "", nil, &open); err != nil {
		return err
	}
	exits := 0
	for _, a := range open.Items {
		if a.Kind == string(sensors.UnlawfulExit) {
			exits++
		}
	}
	fmt.Printf("%d chips at an exit during an import of %d rows: %d alarms   sighting to committed alarm p50 %.1f ms   p99 %.1f ms   worst %.1f ms\n",
		len(took), imported, exits, at(took, 0.50), at(took, 0.99), at(took, 1))
	if exits < len(took) {
		return fmt.Errorf("%d chips were carried out and %d alarms raised", len(took), exits)
	}
	return nil
}

// relics is a register of n made-up relics, as an import takes it.
func relics(n int) []byte {
	out := []byte("藏品编号,收藏单位,名称,文物类别,年代,质地,传统数量\n")
	for i := range n {
		out = fmt.Appendf(out, "BENCH-%06d,示范博物馆,测量用铜鼎%d,铜器,西周,铜,1\n", i, i)
	}
	return out
}

// carryOut lets the portal see each chip once, and returns how long each took to
// be acknowledged, sorted.
func (u *ours) carryOut(ctx context.Context, to *url.URL, secret string, chips []struct{ TagID string }) (took []time.Duration, err error) {
	life, end := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer end()
	p := broker.NewPublisher(broker.PublisherOptions{Remote: broker.Remote{URL: to}, Org: demoMuseum, Device: portal, Secret: secret, Log: slog.New(slog.DiscardHandler)})
	running.Go(func() { _ = p.Run(life) }) // what it says is said by Publish too
	for n, chip := range chips {
		if err := bed.Pause(ctx, apart); err != nil {
			return nil, err
		}
		now := time.Now()
		payload := fmt.Appendf(nil, `{"at":%d,"seq":%d,"tag":%q,"rssi":-50}`, now.UnixMilli(), n, chip.TagID)
		if err := p.Publish(ctx, sensors.SightingKind, payload); err != nil {
			return nil, err
		}
		took = append(took, time.Since(now))
	}
	slices.Sort(took)
	return took, nil
}
