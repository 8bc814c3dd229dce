package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"time"

	"yijianyou/internal/store"
	"yijianyou/sensors"
	"yijianyou/sensors/simulate"
	"yijianyou/tourism/comfort/calendar"
)

// How much of a made-up past the gates and the mast of 示范景区 have: what devices
// may send late, so that it comes in by the door of all samples.
const (
	pastDays    = 28
	pastReading = 26 * time.Hour
	visitorsDay = 900 // of a gate, as script quiet-day
	visitStay   = 150 * time.Minute
)

// PlayPast sends what the gates and the mast of 示范景区 would have sent in the last
// four weeks, once, so that there is something to foretell from. The pipeline must
// be running.
func PlayPast(ctx context.Context, d Deps) error {
	p, err := progressDocs.Get(ctx, d.Store, progressID)
	if err != nil || p.Done["past"] > 0 {
		return err
	}
	china, err := calendar.China()
	if err != nil {
		return err
	}
	now := d.Store.Now()
	n := 0
	for _, dev := range exampleDevices() {
		if dev.zone != "park" {
			continue
		}
		m := sensors.Message{Org: dev.Org, Device: sensors.DeviceID(dev.ID)}
		var days [][]map[string]any
		switch dev.Fields.Kind {
		case sensors.Gate:
			m.Kind, days = sensors.CountKind, pastCounts(china, dev.ID, now)
		case sensors.Instrument:
			m.Kind, days = sensors.ReadingKind, pastReadings(dev, now)
		}
		for _, samples := range days {
			if m.Payload, err = json.Marshal(samples); err != nil {
				return err
			}
			m.Received = now
			report, err := d.Sensors.Capture(ctx, m)
			if err != nil {
				return err
			}
			if len(report.Refused) > 0 {
				return fmt.Errorf("demo: the past of %s: %d samples are refused", dev.ID, len(report.Refused))
			}
			n += len(samples)
		}
	}
	next := p.with("past", n)
	err = d.Store.Update(ctx, By(), func(tx *store.Tx) error { return progressDocs.Put(tx, next) })
	if errors.Is(err, store.ErrConflict) { // another process has just done it
		return nil
	}
	return err
}

// pastCounts are the samples of a gate, day by day.
func pastCounts(china calendar.Calendar, gate string, now time.Time) (days [][]map[string]any) {
	zone := time.FixedZone("CST", 8*3600)
	seed := fnv.New64a() // gates are not each other's twins
	seed.Write([]byte(gate))
	for ago := pastDays; ago >= 0; ago-- {
		date := now.In(zone).AddDate(0, 0, -ago)
		r := rand.New(rand.NewPCG(uint64(date.Unix()/86400), seed.Sum64()))
		busy := map[calendar.Kind]float64{calendar.Work: 0.9, calendar.MakeUp: 0.85, calendar.Rest: 1.2, calendar.Holiday: 1.8}[china.Of(calendar.DateOf(date)).Kind]
		var samples []map[string]any
		for _, q := range simulate.Day(r, date, visitorsDay*busy*math.Exp(0.08*r.NormFloat64()), visitStay) {
			if at := q.At.Add(15*time.Minute - time.Second); at.Before(now) {
				samples = append(samples, map[string]any{"at": at.UnixMilli(), "in": q.In, "out": q.Out})
			}
		}
		if len(samples) > 0 {
			days = append(days, samples)
		}
	}
	return days
}

// pastReadings are the samples of an instrument, one message an hour.
func pastReadings(dev exampleDevice, now time.Time) (hours [][]map[string]any) {
	r := rand.New(rand.NewPCG(7, 11))
	for ago := pastReading; ago > 0; ago -= time.Hour {
		var samples []map[string]any
		for at := now.Add(-ago); at.Before(now.Add(-ago+time.Hour)) && at.Before(now); at = at.Add(10 * time.Minute) {
			for _, c := range dev.Fields.Channels {
				p := channelOf(c, dev.zone)
				v := math.Round((p.Around+p.Swing*(2*r.Float64()-1))*10) / 10
				samples = append(samples, map[string]any{"at": at.UnixMilli(), "channel": c.Name, "value": v, "unit": c.Unit})
			}
		}
		hours = append(hours, samples)
	}
	return hours
}
