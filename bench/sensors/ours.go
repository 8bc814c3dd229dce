package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"

	"yijianyou/bench/bed"
	"yijianyou/sensors"
)

const demoMuseum = "demo-museum"

// ours is a real server with devices registered in it.
type ours struct {
	server   bed.Server
	keeper   *bed.Client
	url      *url.URL
	secrets  []string
	requests int
	stored   float64 // samples when the last measurement ended
}

func (u *ours) name() string { return "ours" }

func (u *ours) pid() int { return u.server.Process.Process.Pid }

func (u *ours) login(i int) account {
	return account{url: u.url, org: demoMuseum, device: deviceName(i), secret: u.secrets[i]}
}

func deviceName(i int) sensors.DeviceID { return sensors.DeviceID(fmt.Sprintf("bench-%d", i)) }

// newOurs starts a server and registers so many devices, as a keeper does.
func newOurs(ctx context.Context, o options, folder string, devices int) (_ *ours, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	at, err := bed.FreePort()
	if err != nil {
		return nil, err
	}
	u := &ours{url: &url.URL{Scheme: "mqtt", Host: at},
		server: bed.Server{Binary: o.binary, Data: folder + "/data", Log: folder + "/log", Settings: []string{"--mqtt-listen", at}}}
	if o.database != "" {
		u.server.Settings = append(u.server.Settings, "--database", o.database)
	}
	defer func() {
		if err != nil {
			u.server.Kill()
		}
	}()
	if _, err := u.server.Start(ctx); err != nil {
		return nil, err
	}
	if u.keeper, err = u.server.Login(ctx, "keeper"); err != nil {
		return nil, err
	}
	if err := u.keeper.Settle(ctx); err != nil { // or the loading of the demo would be measured
		return nil, err
	}
	if err := u.register(ctx, o, devices); err != nil {
		return nil, err
	}
	u.stored, err = u.storedSamples(ctx)
	return u, err
}

// register makes a zone with devices of the kind that sends these samples.
func (u *ours) register(ctx context.Context, o options, devices int) error {
	kind := o.kind
	fields := map[string]any{"kind": "instrument", "channels": []map[string]any{{"name": "temperature", "quantity": "temperature", "unit": "Cel"}}}
	zone := map[string]any{"kind": "gallery", "name": map[string]string{"zh": "测量用展厅"}, "simulated": true}
	switch sensors.SampleKind(kind) {
	case sensors.SightingKind:
		fields = map[string]any{"kind": "reader"}
	case sensors.CountKind:
		fields, zone["kind"] = map[string]any{"kind": "gate"}, "ground"
	}
	id, err := u.post(ctx, "/api/v1/zones", map[string]any{"org": demoMuseum, "fields": zone})
	if err != nil {
		return err
	}
	fields["zoneId"], fields["simulated"] = id, true
	for i := range devices {
		fields["name"] = map[string]string{"zh": fmt.Sprintf("测量设备 %d", i)}
		if _, err := u.post(ctx, "/api/v1/devices", map[string]any{"id": deviceName(i), "org": demoMuseum, "fields": fields}); err != nil {
			return err
		}
		var made struct{ Secret string }
		if err := u.call(ctx, "/api/v1/devices/"+string(deviceName(i))+"/secret", nil, &made); err != nil {
			return err
		}
		u.secrets = append(u.secrets, made.Secret)
		for n := range o.tags / devices {
			if sensors.SampleKind(kind) != sensors.SightingKind {
				break
			}
			tag := map[string]any{"kind": "passive-uhf", "label": fmt.Sprintf("%d-%d", i, n), "simulated": true}
			if _, err := u.post(ctx, "/api/v1/tags", map[string]any{"id": tagName(i, n), "org": demoMuseum, "fields": tag}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (u *ours) post(ctx context.Context, path string, body any) (id string, err error) {
	var made struct{ ID string }
	return made.ID, u.call(ctx, path, body, &made)
}

// call asks as a keeper at one of many desks: the server holds back who asks too
// often.
func (u *ours) call(ctx context.Context, path string, body, out any) error {
	u.requests++
	u.keeper.From = fmt.Sprintf("10.0.%d.%d", u.requests/250, u.requests%250+1)
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return u.keeper.Call(ctx, http.MethodPost, path, "application/json", raw, out)
}

// check wants all messages to be stored, not put aside.
func (u *ours) check(ctx context.Context, n int) error {
	stored, err := u.storedSamples(ctx)
	if err != nil {
		return err
	}
	if got := stored - u.stored; got < float64(n) {
		return fmt.Errorf("of %d messages %.0f were stored", n, got)
	}
	u.stored = stored
	return nil
}

// storedSamples asks the server how many samples it has stored.
func (u *ours) storedSamples(ctx context.Context) (float64, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.keeper.Base+"/metrics", nil)
	if err != nil {
		return 0, err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, `yijianyou_samples_total{what="stored"} `); ok {
			return strconv.ParseFloat(strings.TrimSpace(value), 64)
		}
	}
	return 0, fmt.Errorf("the server does not say how many samples it has stored")
}
