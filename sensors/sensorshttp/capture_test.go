package sensorshttp

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/sensors"
	"yijianyou/web/httpkit/httpkittest"
)

// pipeline lets what is captured be stored until the test ends.
func (h *house) pipeline() {
	ctx, stop := context.WithCancel(context.WithoutCancel(h.t.Context()))
	done := make(chan error, 1)
	go func() { done <- h.svc.RunPipeline(ctx) }()
	h.t.Cleanup(func() {
		stop()
		if err := <-done; err != nil && ctx.Err() == nil {
			h.t.Error(err)
		}
	})
}

// device registers a device with a secret and returns its Authorization.
func (h *house) device(id, kind, zone string, more map[string]any) string {
	h.t.Helper()
	fields := named("设备"+id, map[string]any{"kind": kind, "zoneId": zone})
	for k, v := range more {
		fields[k] = v
	}
	path, _ := h.create("devices", id, fields)
	var s Secret
	h.keeper.Post(path+"/secret", nil).Want(h.t, 200).JSON(h.t, &s)
	return basicAuth(id, s.Secret)
}

func basicAuth(name, secret string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(name+":"+secret))
}

func (h *house) capture(kind, auth string, body any) *httpkittest.Answer {
	h.t.Helper()
	return h.nobody.Post("/api/v1/capture/"+kind, body, "Authorization", auth)
}

func TestWhatADevicePostsIsStoredOnce(t *testing.T) {
	h := newHouse(t)
	h.pipeline()
	auth := h.device("thermo-1", "instrument", h.zone("gallery"), map[string]any{"simulated": true, "channels": []map[string]any{{"name": "t", "quantity": "temperature", "unit": "Cel"}}})
	at := time.Now().UTC().Truncate(time.Millisecond).Add(-time.Minute)
	sample := func(i int, value any) map[string]any {
		return map[string]any{"at": at.Add(time.Duration(i) * time.Second), "seq": i, "channel": "t", "value": value, "unit": "Cel"}
	}
	var got Captured
	h.capture("reading", auth, map[string]any{"samples": []any{sample(0, 20.5), sample(1, 20.6), sample(2, 999)}}).Want(t, 200).JSON(t, &got)
	if got.Stored != 2 || got.Repeated != 0 || len(got.Refused) != 1 || got.Refused[0].Index != 2 || got.Refused[0].Path != "samples[2].value" || got.Refused[0].Message == "" {
		t.Fatalf("the first time: %+v", got)
	}
	h.capture("reading", auth, []any{sample(0, 20.5), sample(1, 20.6)}).Want(t, 200).JSON(t, &got)
	if got.Stored != 0 || got.Repeated != 2 || len(got.Refused) != 0 {
		t.Fatalf("the second time: %+v", got)
	}
	h.capture("reading", auth, sample(3, 21)).Want(t, 200)

	read := func(query string) (out struct {
		Items  []ReadingView
		Cursor string
	}) {
		h.dispatcher.Get("/api/v1/devices/thermo-1/readings?channel=t"+query).Want(t, 200).JSON(t, &out)
		return out
	}
	if all := read(""); len(all.Items) != 3 || all.Items[0].Value != 20.5 || !all.Items[0].At.Equal(at) || all.Cursor != "" {
		t.Errorf("readings: %+v", all)
	}
	h.keeper.Get("/api/v1/devices/thermo-1/readings?channel=t").Want(t, 200).Has(t, `"unit":"Cel"`, `"simulated":true`)
	first := read("&limit=2")
	if rest := read("&limit=2&cursor=" + first.Cursor); len(first.Items) != 2 || len(rest.Items) != 1 || rest.Items[0].Value != 21 || rest.Cursor != "" {
		t.Errorf("pages of readings: %+v %+v", first, rest)
	}
	span := fmt.Sprintf("&from=%s&to=%s", at.Add(time.Second).Format(time.RFC3339Nano), at.Add(2*time.Second).Format(time.RFC3339Nano))
	if some := read(span); len(some.Items) != 1 || some.Items[0].Value != 20.6 {
		t.Errorf("a span of readings: %+v", some)
	}
	h.keeper.Get("/api/v1/devices/thermo-1/readings").Want(t, 400)
	h.keeper.Get("/api/v1/devices/thermo-1/readings?channel=rh").Want(t, 422).Has(t, "query.channel")
	h.keeper.Get("/api/v1/devices/thermo-1/readings?channel=t&cursor=!").Want(t, 422).Code(t, "store.cursor")
	h.keeper.Get("/api/v1/devices/thermo-1/readings?channel=t&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z").Want(t, 422).Has(t, "sensors.span")
	h.other.Get("/api/v1/devices/thermo-1/readings?channel=t").Want(t, 404)

	h.keeper.Get("/api/v1/devices/thermo-1").Want(t, 200).Has(t, `"value":21`, `"down":false`)
	h.keeper.Get("/api/v1/refusals").Want(t, 200).Has(t, `"kind":"bad-payload"`, `"device":"thermo-1"`, "value").Lacks(t, "999")
	h.keeper.Delete("/api/v1/devices/thermo-1?reason=x", "If-Match", `"1-staff-en"`).Want(t, 409).Code(t, "sensors.device_heard")
}

func TestATagIsSeenWhereItsReaderStands(t *testing.T) {
	h := newHouse(t)
	h.pipeline()
	hall, vault := h.zone("gallery"), h.zone("store")
	inHall, inVault := h.device("hall-reader", "reader", hall, nil), h.device("vault-reader", "reader", vault, nil)
	h.create("tags", "e2801160", map[string]any{"kind": "passive-uhf", "label": "A-001"})
	seen := func(auth string, at time.Time, tag string) {
		h.capture("sighting", auth, map[string]any{"at": at, "tag": tag, "rssi": -50}).Want(t, 200).Has(t, `"stored":1`)
	}
	now := time.Now().UTC()
	seen(inHall, now.Add(-time.Minute), "e2801160")
	h.keeper.Get("/api/v1/tags/e2801160").Want(t, 200).Has(t, `"zoneId":"`+hall+`"`, `"zoneName":{"zh":"区域gallery"`)
	h.dispatcher.Get("/api/v1/tags").Want(t, 200).Has(t, hall)
	h.other.Get("/api/v1/tags").Want(t, 200).Lacks(t, "e2801160")
	seen(inVault, now.Add(-30*time.Second), "e2801160")
	h.keeper.Get("/api/v1/tags/e2801160").Want(t, 200).Has(t, vault)
	h.dispatcher.Get("/api/v1/tags/e2801160").Want(t, 200).Lacks(t, vault, "vault-reader", "区域store").Has(t, `"lastSeenAt":"`)
	h.capture("sighting", inHall, map[string]any{"at": now, "tag": "e2809999"}).Want(t, 200).Has(t, `"stored":0`, "sensors.tag_unknown")
	h.keeper.Get("/api/v1/refusals").Want(t, 200).Has(t, `"kind":"unknown-tag"`, "e2809999", "hall-reader")
	h.other.Get("/api/v1/refusals").Want(t, 200).Lacks(t, "e2809999")
}

func TestOnlyADeviceThatProvesItselfIsHeard(t *testing.T) {
	h := newHouse(t)
	h.pipeline()
	auth := h.device("gate-1", "gate", h.zone("ground"), nil)
	body := map[string]any{"at": time.Now().UTC(), "seq": 1, "in": 2, "out": 0}
	h.nobody.Post("/api/v1/capture/count", body).Want(t, 401).Code(t, "sensors.device_refused")
	same := ""
	for _, bad := range []string{"Basic !!!", "Basic", "Bearer 0", // an actor is no device
		basicAuth("gate-1", strings.Repeat("0", 64)), basicAuth("gate-2", strings.Repeat("0", 64)), basicAuth("", ""),
		"Basic " + strings.Repeat("QUFB", 100)} {
		got := h.capture("count", bad, body)
		got.Want(t, 401)
		if challenge := got.Header.Get("WWW-Authenticate"); !strings.HasPrefix(challenge, "Basic ") {
			t.Errorf("challenge %q", challenge)
		}
		text := got.Problem(t).Detail
		if same == "" {
			same = text
		}
		if text != same {
			t.Errorf("%q is told apart: %s", bad, text)
		}
	}
	h.capture("weather", auth, body).Want(t, 400).Has(t, "path.kind")
	h.nobody.Post("/api/v1/capture/count", body, "Authorization", auth, "Content-Type", "text/plain").Want(t, 415)
	h.capture("count", auth, strings.Repeat(" ", sensors.MaxPayload+1)).Want(t, 413)
	h.capture("count", auth, "{").Want(t, 200).Has(t, `"stored":0`, `"index":-1`)
	h.capture("reading", auth, map[string]any{"at": time.Now().UTC(), "channel": "t", "value": 1, "unit": "Cel"}).Want(t, 200).Has(t, "sensors.sample_sort")
	h.capture("count", auth, body).Want(t, 200).Has(t, `"stored":1`)

	var now struct {
		Rev    int64
		Fields map[string]any
	}
	h.keeper.Get("/api/v1/devices/gate-1").Want(t, 200).JSON(t, &now)
	now.Fields["retired"] = true
	h.keeper.Put("/api/v1/devices/gate-1", map[string]any{"fields": now.Fields}, "If-Match", fmt.Sprintf(`"%d-staff-en"`, now.Rev)).Want(t, 200)
	h.capture("count", auth, body).Want(t, 401)
	for range 20 {
		h.capture("count", basicAuth("gate-1", "guess"), body)
	}
	h.capture("count", basicAuth("gate-1", "guess"), body).Want(t, 429).Code(t, "sensors.device_throttled")
}

func TestATimelineJoinsWhatTheOrdersSay(t *testing.T) {
	h := newHouse(t)
	h.pipeline()
	hall := h.zone("gallery")
	reader := h.device("hall-reader", "reader", hall, nil)
	relic := h.owned("demo-museum")
	path, tag := h.create("tags", "e2801160", map[string]any{"kind": "passive-uhf"})
	h.keeper.Post(path+"/binding", map[string]any{"relicId": relic, "carrier": "box", "method": "粘贴", "reversible": true, "approvedBy": "主任"}, tag.match()...).Want(t, 200)
	h.capture("sighting", reader, map[string]any{"at": time.Now().UTC(), "tag": "e2801160"}).Want(t, 200)
	out := time.Now().UTC().Add(-48 * time.Hour).Truncate(time.Millisecond)
	o := &heritage.Movement{Number: "提用-2026-0007", Reason: "修复", OutAt: &out, Items: []heritage.MovementItem{{RelicID: heritage.RelicID(relic)}}}
	o.ID, o.Org = "m-7", "demo-museum"
	h.moved = append(h.moved, o)

	var got Timeline
	kinds := func(who *httpkittest.Client, query string) (list []string) {
		who.Get("/api/v1/relics/"+relic+"/timeline"+query).Want(t, 200).JSON(t, &got)
		for _, x := range got.Items {
			list = append(list, string(x.Kind))
		}
		slices.Sort(list)
		return list
	}
	for _, c := range []struct {
		who   *httpkittest.Client
		query string
		want  []string
	}{
		{h.keeper, "", []string{"binding", "movement", "stay"}},
		{h.manager, "", []string{"binding", "stay"}}, // may not read movements
		{h.keeper, "?to=" + out.Add(time.Second).Format(time.RFC3339), []string{"movement"}},
		{h.keeper, "?from=" + out.Add(time.Second).Format(time.RFC3339), []string{"binding", "stay"}},
	} {
		if list := kinds(c.who, c.query); !slices.Equal(list, c.want) {
			t.Errorf("%q: %v, want %v", c.query, list, c.want)
		}
	}
	h.keeper.Get("/api/v1/relics/"+relic+"/timeline?to=2000-01-01T00:00:00Z").Want(t, 200).Has(t, `"items":[]`)
	h.other.Get("/api/v1/relics/"+relic+"/timeline").Want(t, 404).Code(t, "sensors.not_found")
	h.keeper.Get("/api/v1/relics/0190a000-0000-7000-8000-000000000001/timeline").Want(t, 404).Code(t, "sensors.not_found")

	h.keeper.Get("/api/v1/positions").Want(t, 200).Has(t, `"tagId":"e2801160"`, `"relicName":{"zh":"演示铜壶"`, "open it to see whether the object is inside", hall)
	h.other.Get("/api/v1/positions").Want(t, 200).Lacks(t, "e2801160")
	h.other.Get("/api/v1/positions?org=demo-museum").Want(t, 404)
	h.auditor.Get("/api/v1/positions").Want(t, 422).Has(t, "query.org")
}
