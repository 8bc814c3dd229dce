package app

import (
	"context"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/sensors"
	"yijianyou/sensors/alarm"
	"yijianyou/sensors/broker"
)

// TestTheRulesOfANightAreJudgedAsItHappens: somebody passes a gate that nobody may pass, as the gate says over MQTT, and a
// relic leaves by an exit with a rule of its own, as its portal says over HTTP. Both alarms name their rules.
func TestTheRulesOfANightAreJudgedAsItHappens(t *testing.T) {
	for engine, settings := range engines(t) {
		t.Run(engine, func(t *testing.T) { aNight(t, start(t, settings(t))) })
	}
}

func aNight(t *testing.T, p *program) {
	by := actor.SystemPart("test")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	device := func(id string, kind sensors.DeviceKind, in sensors.ZoneKind) (zone sensors.ZoneID, secret string) {
		t.Helper()
		z, err := p.Sensors.Zones.Create(t.Context(), by, sensors.NewThing[sensors.ZoneFields]{Org: testOrg, Fields: sensors.ZoneFields{Kind: in, Name: heritage.Text{ZH: id}}})
		must(err)
		_, err = p.Sensors.Devices.Create(t.Context(), by, sensors.NewThing[sensors.DeviceFields]{ID: id, Org: testOrg, Fields: sensors.DeviceFields{Kind: kind, Name: heritage.Text{ZH: id}, ZoneID: sensors.ZoneID(z.ID)}})
		must(err)
		secret, err = p.Sensors.RotateSecret(t.Context(), by, sensors.DeviceID(id))
		must(err)
		return sensors.ZoneID(z.ID), secret
	}
	keep := func(zone sensors.ZoneID, kind alarm.Kind, severity int) string {
		t.Helper()
		r, err := p.Sensors.Rules.Create(t.Context(), by, sensors.NewThing[sensors.RuleFields]{Org: testOrg, Fields: sensors.RuleFields{Name: heritage.Text{ZH: "夜间"}, ZoneID: zone,
			Rule: alarm.Rule{Kind: kind, Severity: severity, Source: alarm.Source{Text: "演示依据"}}}})
		must(err)
		return r.ID
	}
	yard, gateSecret := device("night-gate", sensors.Gate, sensors.Ground)
	exit, portalSecret := device("night-portal", sensors.Portal, sensors.Exit)
	hours, passage := keep(yard, alarm.Hours, 3), keep(exit, alarm.Passage, 1) // no hours: nobody may ever be there
	p.hangs(t, by, "e2801161", "场景陶罐", "general")

	p.visitor(t).do("POST", "/api/v1/capture/sighting", map[string]any{"at": time.Now().UnixMilli(), "tag": "e2801161", "rssi": -48},
		"Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte("night-portal:"+portalSecret))).want(http.StatusOK)
	at, err := url.Parse(p.DeviceAddress())
	must(err)
	gate := broker.NewPublisher(broker.PublisherOptions{Remote: broker.Remote{URL: at}, Org: testOrg, Device: "night-gate", Secret: gateSecret, Log: slog.New(slog.DiscardHandler)})
	life, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- gate.Run(life) }()
	must(gate.Publish(t.Context(), sensors.CountKind, fmt.Appendf(nil, `{"at":%d,"seq":1,"in":2,"out":0}`, time.Now().UnixMilli())))
	end()
	must(<-ended)

	want := map[sensors.AlarmKind]struct {
		rule     string
		severity sensors.Severity
	}{sensors.UnlawfulExit: {passage, 1}, sensors.Climate: {hours, 3}}
	p.until(t, "both are alarms", func() bool {
		page, err := p.Sensors.Alarms(t.Context(), by, sensors.AlarmFilter{Org: testOrg, Open: true}, 10, "")
		must(err)
		return len(page.Items) == len(want)
	})
	page, err := p.Sensors.Alarms(t.Context(), by, sensors.AlarmFilter{Org: testOrg, Open: true}, 10, "")
	must(err)
	for _, a := range page.Items {
		if w := want[a.Kind]; a.RuleID != w.rule || a.Severity != w.severity || a.Names.Rule.ZH != "夜间" || !strings.Contains(a.Ground.ZH, "依据：演示依据") {
			t.Errorf("the alarm is %+v", a)
		}
	}
}
