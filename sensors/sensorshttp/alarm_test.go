package sensorshttp

import (
	"context"
	"fmt"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/sensors"
	"yijianyou/web/httpkit/httpkittest"
)

// Post implements sensors.Sender: nobody is there.
func (h *house) Post(context.Context, sensors.Post) (int, error) {
	return 0, sensors.ErrReceiverDown.New()
}

// Mail implements sensors.Sender.
func (h *house) Mail(_ context.Context, m sensors.Mail) error {
	h.mails = append(h.mails, m)
	return nil
}

// OrgGlance implements sensors.Orgs.
func (h *house) OrgGlance(context.Context, actor.OrgID) (heritage.Text, bool, error) {
	return heritage.Text{ZH: "示范博物馆", EN: "Demo Museum"}, true, nil
}

// leaves lets a relic pass an exit without an order, as a portal tells it, and
// returns its id and that of the store that it was in before.
func (h *house) leaves() (relic, vault string) {
	h.t.Helper()
	relic, vault = h.owned("demo-museum"), h.zone("store")
	h.create("devices", "exit-portal", named("出口通道门", map[string]any{"kind": "portal", "zoneId": h.zone("exit"), "simulated": true}))
	h.create("devices", "vault-reader", named("库房读写器", map[string]any{"kind": "reader", "zoneId": vault}))
	path, tag := h.create("tags", "aa01", map[string]any{"kind": "passive-uhf", "label": "A-001"})
	h.keeper.Post(path+"/binding", map[string]any{"relicId": relic, "carrier": "box", "method": "棉线悬挂", "reversible": true, "approvedBy": "馆长"}, tag.match()...).Want(h.t, 200)
	ctx, cancel := context.WithCancel(h.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.svc.RunPipeline(ctx) }()
	h.t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			h.t.Error(err)
		}
	})
	now := time.Now()
	for i, device := range []sensors.DeviceID{"vault-reader", "exit-portal"} {
		stored := make(chan error)
		err := h.svc.Offer(h.t.Context(), sensors.Message{Org: "demo-museum", Device: device, Kind: sensors.SightingKind, Received: now,
			Payload: fmt.Appendf(nil, `{"at":%d,"tag":"aa01","rssi":-50}`, now.Add(time.Duration(i+1)*time.Second).UnixMilli())}, func(err error) { stored <- err })
		if err == nil {
			err = <-stored
		}
		if err != nil {
			h.t.Fatal(err)
		}
	}
	return relic, vault
}

type alarmPage struct {
	Items []struct {
		ID, State, Duty string
		Rev             int64
	}
}

func TestTheLifeOfAnAlarmOverHTTP(t *testing.T) {
	h := newHouse(t)
	approver := h.As(httpkittest.Staff("approver", actor.Grant{Role: actor.Approver, Org: "demo-museum"}))
	contact := map[string]any{"name": "值班室", "kind": "email", "address": "duty@museum.example", "severities": []int{1, 2, 3, 4}, "steps": []int{0}, "lang": "zh"}
	approver.Post("/api/v1/alarm-contacts", map[string]any{"org": "demo-museum", "fields": contact}).Want(t, 201)
	relic, vault := h.leaves()

	var page alarmPage
	h.dispatcher.Get("/api/v1/alarms?state=open").Want(t, 200).JSON(t, &page)
	if len(page.Items) != 1 || page.Items[0].State != "raised" || page.Items[0].Duty != "dispatcher" {
		t.Fatalf("%+v", page)
	}
	path := "/api/v1/alarms/" + page.Items[0].ID
	a := made{ID: page.Items[0].ID, Rev: page.Items[0].Rev}
	h.dispatcher.Get(path).Want(t, 200).Has(t, `"kind":"exit"`, `"severity":1`, `"relicName":{"zh":"演示铜壶"`, `"fromZoneName":{"zh":"库房"`, `"fromZoneId":""`,
		`"tagLabel":"A-001"`, `"simulated":true`, `"needsVerdict":true`, `"fourEyes":true`, "The box is here").Lacks(t, vault, "区域store")
	approver.Get(path).Want(t, 200).Has(t, vault, "区域store")
	for _, list := range []string{"?state=raised", "?relic=" + relic, ""} {
		h.keeper.Get("/api/v1/alarms"+list).Want(t, 200).Has(t, a.ID)
	}
	h.keeper.Get("/api/v1/alarms?state=resolved").Want(t, 200).Lacks(t, a.ID)
	h.keeper.Get("/api/v1/alarms?state=open&relic="+relic).Want(t, 422).Code(t, "sensors.filter")
	h.keeper.Get("/api/v1/alarms?state=lost").Want(t, 400)
	h.nobody.Get(path).Want(t, 401)
	for _, sub := range []string{"", "/deliveries"} {
		h.other.Get(path+sub).Want(t, 404)
	}
	h.other.Get("/api/v1/alarms").Want(t, 200).Lacks(t, a.ID)
	h.other.Get("/api/v1/alarms?org=demo-museum").Want(t, 404)
	h.other.Post(path+"/acknowledge", map[string]any{}, a.match()...).Want(t, 404)
	h.auditor.Post(path+"/acknowledge", map[string]any{}, a.match()...).Want(t, 403)

	h.dispatcher.Post(path+"/acknowledge", map[string]any{}).Want(t, 428)
	h.dispatcher.Post(path+"/verify", map[string]any{"verdict": "false"}, a.match()...).Want(t, 409).Code(t, "sensors.alarm_not_answered")
	stale := a
	h.dispatcher.Post(path+"/acknowledge", map[string]any{"note": "已派人查看"}, a.match()...).Want(t, 200).Has(t, `"state":"acknowledged"`, "已派人查看").JSON(t, &a)
	h.keeper.Post(path+"/acknowledge", map[string]any{}, stale.match()...).Want(t, 412)
	h.keeper.Post(path+"/acknowledge", map[string]any{}, a.match()...).Want(t, 409).Code(t, "sensors.alarm_answered")
	h.keeper.Post(path+"/notes", map[string]any{"note": ""}, a.match()...).Want(t, 422).Has(t, `"path":"note"`)
	h.keeper.Post(path+"/notes", map[string]any{"note": "匣在，器不在"}, a.match()...).Want(t, 200).JSON(t, &a)
	h.dispatcher.Post(path+"/verify", map[string]any{"verdict": "drill"}, a.match()...).Want(t, 422).Has(t, `"path":"reference"`)
	h.dispatcher.Post(path+"/verify", map[string]any{"verdict": "drill", "reference": "演练-7"}, a.match()...).Want(t, 200).Has(t, `"reference":"演练-7"`).JSON(t, &a)
	h.dispatcher.Post(path+"/resolve", map[string]any{}, a.match()...).Want(t, 409).Code(t, "sensors.alarm_four_eyes")
	approver.Post(path+"/resolve", map[string]any{"note": "结束"}, a.match()...).Want(t, 200).Has(t, `"open":false`).JSON(t, &a)
	approver.Post(path+"/notes", map[string]any{"note": "x"}, a.match()...).Want(t, 409).Code(t, "sensors.alarm_resolved")

	if _, err := h.run.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.auditor.Get(path+"/deliveries").Want(t, 200).Has(t, `"state":"delivered"`, `"contactName":"值班室"`, `"ok":true`).Lacks(t, "duty@")
	if len(h.mails) != 1 || h.mails[0].To != "duty@museum.example" {
		t.Fatalf("mails %+v", h.mails)
	}
}

func TestTheLifeOfAContactOverHTTP(t *testing.T) {
	h := newHouse(t)
	boss := h.As(httpkittest.Staff("boss", actor.Grant{Role: actor.Admin, Org: "demo-museum"}))
	fields := map[string]any{"name": "安防平台", "kind": "webhook", "url": "https://hooks.example/a?token=t", "severities": []int{1}, "steps": []int{0, 1}, "lang": "en"}
	body := map[string]any{"org": "demo-museum", "fields": fields}
	h.nobody.Post("/api/v1/alarm-contacts", body).Want(t, 401)
	h.dispatcher.Post("/api/v1/alarm-contacts", body).Want(t, 403)
	var c struct {
		made
		Secret string
	}
	got := boss.Post("/api/v1/alarm-contacts", body).Want(t, 201).JSON(t, &c)
	path := "/api/v1/alarm-contacts/" + c.ID
	if got.Header.Get("Location") != path || len(c.Secret) < 40 {
		t.Fatalf("%v %q", got.Header, c.Secret)
	}
	boss.Get(path).Want(t, 200).Has(t, "token=t").Lacks(t, c.Secret)
	h.dispatcher.Get(path).Want(t, 200).Has(t, "https://hooks.example/…").Lacks(t, "token=t")
	h.dispatcher.Get("/api/v1/alarm-contacts").Want(t, 200).Has(t, "安防平台").Lacks(t, "token=t")
	h.other.Get(path).Want(t, 404)
	h.other.Get("/api/v1/alarm-contacts?org=demo-museum").Want(t, 404)
	boss.Post(path+"/test", nil).Want(t, 200).Has(t, `"ok":false`, "sensors.receiver_down")
	var renewed struct{ Secret string }
	boss.Post(path+"/secret", nil).Want(t, 200).JSON(t, &renewed)
	if renewed.Secret == c.Secret || renewed.Secret == "" {
		t.Fatal("the secret is the old one")
	}
	fields["severities"] = []int{}
	boss.Put(path, map[string]any{"fields": fields}, c.match()...).Want(t, 422).Has(t, `"path":"fields.severities"`)
	fields["severities"] = []int{2, 1}
	h.dispatcher.Put(path, map[string]any{"fields": fields}, c.match()...).Want(t, 403)
	boss.Put(path, map[string]any{"fields": fields}).Want(t, 428)
	boss.Put(path, map[string]any{"fields": fields}, c.match()...).Want(t, 200).Has(t, `"severities":[1,2]`).JSON(t, &c)
	boss.Delete(path, c.match()...).Want(t, 422)
	boss.Delete(path+"?reason=x", c.match()...).Want(t, 204)
	boss.Get(path).Want(t, 404)
}

func TestThePolicyOfAHouseOverHTTP(t *testing.T) {
	h := newHouse(t)
	boss := h.As(httpkittest.Staff("boss", actor.Grant{Role: actor.Admin, Org: "demo-museum"}))
	const path = "/api/v1/alarm-policies/demo-museum"
	h.nobody.Get(path).Want(t, 401)
	h.other.Get(path).Want(t, 404)
	var p map[string]any
	h.auditor.Get(path).Want(t, 200).Has(t, `"rev":0`, `"verified":false`, `"role":"dispatcher"`).JSON(t, &p)
	body := map[string]any{"rules": p["rules"], "source": "馆发〔2026〕8 号", "verified": true}
	h.dispatcher.Put(path, body).Want(t, 403)
	h.other.Put(path, body).Want(t, 403)
	got := boss.Put(path, body).Want(t, 200).Has(t, `"rev":1`, `"verified":true`)
	boss.Put(path, body).Want(t, 409)
	boss.Put(path, body, "If-Match", got.Header.Get("ETag")).Want(t, 200).Has(t, `"rev":2`)
	boss.Put(path, body, "If-Match", got.Header.Get("ETag")).Want(t, 412)
	body["source"] = ""
	boss.Put(path, body, "If-Match", `"2-staff-en"`).Want(t, 422).Has(t, `"path":"source"`)
	boss.Get("/api/v1/alarm-policies/No%20Org").Want(t, 422)
}
