package sensorshttp

import (
	"testing"
	"time"
)

func humidRule(zone string) map[string]any {
	return named("湿度上限", map[string]any{"zoneId": zone, "disabled": false, "rule": map[string]any{"kind": "limit", "quantity": "relative-humidity", "high": 60,
		"hysteresis": 2, "holdS": 0, "clearS": 0, "severity": 3, "source": map[string]any{"text": "演示依据", "verified": false}}})
}

func TestRulesAreKeptByTheirOwnPeople(t *testing.T) {
	h := newHouse(t)
	zone := h.zone("gallery")
	fields := humidRule(zone)
	body := map[string]any{"org": "demo-museum", "fields": fields}
	h.nobody.Post("/api/v1/rules", body).Want(t, 401)
	h.dispatcher.Post("/api/v1/rules", body).Want(t, 403)
	h.other.Post("/api/v1/rules", body).Want(t, 403).Code(t, "sensors.org_denied")
	path, rule := h.create("rules", "", fields)
	h.keeper.Get(path).Want(t, 200).Has(t, `"unit":"%"`, `"high":60`)
	h.auditor.Get(path).Want(t, 200)
	h.other.Get(path).Want(t, 404)
	h.other.Get(path+"/history").Want(t, 404)
	h.other.Put(path, map[string]any{"fields": fields}, rule.match()...).Want(t, 404)
	h.other.Delete(path+"?reason=x", rule.match()...).Want(t, 404)
	h.auditor.Put(path, map[string]any{"fields": fields}, rule.match()...).Want(t, 403)
	h.keeper.Get("/api/v1/rules?zone="+zone).Want(t, 200).Has(t, rule.ID)
	bad := humidRule(zone)
	bad["rule"].(map[string]any)["high"] = nil
	h.keeper.Put(path, map[string]any{"fields": bad}, rule.match()...).Want(t, 422).Has(t, `"path":"fields.rule.high"`)

	window := map[string]any{"zoneId": zone, "from": "2026-11-28T00:00:00Z", "until": "2026-11-28T04:00:00Z", "reason": "换灯"}
	at, _ := h.create("maintenances", "", window)
	h.other.Get(at).Want(t, 404)
}

func TestLimitsAreProposedByWhatStandsInTheZone(t *testing.T) {
	h := newHouse(t)
	bare := h.zone("passageway")
	_, z := h.create("zones", "", named("一展厅", map[string]any{"kind": "gallery", "placeId": h.owned("demo-museum")}))
	path := "/api/v1/zones/" + z.ID + "/limits"
	h.keeper.Get(path).Want(t, 200).Has(t, `"conflicts":[{"quantity":"relative-humidity"`, "演示铜镜", "演示书画", `"value":50`, `"verified":false`)
	h.other.Get(path).Want(t, 404)
	h.manager.Get(path).Want(t, 403) // may not see where relics are
	h.keeper.Get("/api/v1/zones/"+bare+"/limits").Want(t, 422).Has(t, "sensors.zone_place")
}

func TestARuleIsTriedOnWhatWasMeasuredAndJudgesWhatComes(t *testing.T) {
	h := newHouse(t)
	h.pipeline()
	zone := h.zone("gallery")
	auth := h.device("thermo-1", "instrument", zone, map[string]any{"simulated": true, "channels": []map[string]any{{"name": "rh", "quantity": "relative-humidity", "unit": "%"}}})
	at := time.Now().UTC().Truncate(time.Second).Add(-time.Hour)
	say := func(minute int, value float64) {
		h.capture("reading", auth, map[string]any{"at": at.Add(time.Duration(minute) * time.Minute), "seq": minute, "channel": "rh", "value": value, "unit": "%"}).Want(t, 200)
	}
	for i, v := range []float64{50, 66, 71, 55, 62, 63} {
		say(i*5, v)
	}
	trial := map[string]any{"deviceId": "thermo-1", "from": at.Add(-time.Hour), "to": at.Add(time.Hour), "rule": humidRule(zone)["rule"]}
	var got DryRunView
	h.keeper.Post("/api/v1/rule-trials", trial).Want(t, 200).JSON(t, &got)
	if len(got.Episodes) != 2 || got.Episodes[0].Worst != 71 || !got.Episodes[0].Since.Equal(at.Add(5*time.Minute)) || got.Episodes[0].EndedAt == nil ||
		got.Episodes[1].EndedAt != nil || got.Samples != 6 || !got.Simulated || got.Cut {
		t.Errorf("the trial says %+v", got)
	}
	h.other.Post("/api/v1/rule-trials", trial).Want(t, 404)
	h.nobody.Post("/api/v1/rule-trials", trial).Want(t, 401)
	h.auditor.Post("/api/v1/rule-trials", trial).Want(t, 403)
	trial["to"] = trial["from"]
	h.keeper.Post("/api/v1/rule-trials", trial).Want(t, 422).Has(t, "sensors.dry_span")
	h.keeper.Get("/api/v1/alarms?org=demo-museum&state=open").Want(t, 200).Lacks(t, `"kind":"climate"`) // a trial raises nothing

	_, rule := h.create("rules", "", humidRule(zone))
	say(30, 68)
	h.keeper.Get("/api/v1/alarms?org=demo-museum&state=open").Want(t, 200).
		Has(t, `"kind":"climate"`, `"ruleId":"`+rule.ID+`"`, `"ruleName":{"zh":"湿度上限"`, `"value":68`, `"bound":60`, `"members":["thermo-1"]`, `"simulated":true`)
	h.other.Get("/api/v1/alarms?org=demo-museum-b&state=open").Want(t, 200).Lacks(t, "climate")
}

// TestHoursAndPassagesAreKeptAndJudgedByHTTPAlone: rules of the two kinds come by one door, what they judge by the other.
func TestHoursAndPassagesAreKeptAndJudgedByHTTPAlone(t *testing.T) {
	h := newHouse(t)
	h.pipeline()
	zone := h.zone("gallery")
	rule := func(kind string, more map[string]any) map[string]any {
		r := map[string]any{"kind": kind, "hysteresis": 0, "holdS": 0, "clearS": 0, "severity": 2, "source": map[string]any{"text": "馆发", "en": "House order", "verified": false}}
		for k, v := range more {
			r[k] = v
		}
		return named("规则", map[string]any{"zoneId": zone, "disabled": false, "rule": r})
	}
	never := map[string]any{"hours": []map[string]any{}}
	auth := h.device("eye-1", "instrument", zone, map[string]any{"simulated": true, "channels": []map[string]any{{"name": "there", "quantity": "presence", "unit": "1"}}})
	door := h.zone("exit")
	h.device("door-1", "portal", door, nil)
	for _, bad := range []struct {
		kind, path string
		more       map[string]any
	}{{"hours", "fields.rule.high", map[string]any{"high": 3}}, {"passage", "fields.rule.holdS", map[string]any{"holdS": 60}}, {"passage", "fields.rule.hours[0]", map[string]any{"hours": []map[string]any{{"from": "9", "to": "17:00"}}}}} {
		h.keeper.Post("/api/v1/rules", map[string]any{"org": "demo-museum", "fields": rule(bad.kind, bad.more)}).Want(t, 422).Has(t, `"path":"`+bad.path+`"`)
	}
	scoped := rule("passage", nil)
	scoped["zoneId"], scoped["deviceId"] = door, "eye-1"
	h.keeper.Post("/api/v1/rules", map[string]any{"org": "demo-museum", "fields": scoped}).Want(t, 422).Has(t, `"path":"fields.deviceId"`)
	scoped["deviceId"] = "door-1"
	_, passage := h.create("rules", "", scoped)
	h.keeper.Get("/api/v1/rules/"+passage.ID).Want(t, 200).Has(t, `"kind":"passage"`, `"en":"House order"`)
	_, hours := h.create("rules", "", rule("hours", never))

	at := time.Now().UTC().Truncate(time.Second)
	h.capture("reading", auth, map[string]any{"at": at, "seq": 1, "channel": "there", "value": 2, "unit": "1"}).Want(t, 200)
	h.keeper.Get("/api/v1/alarms?org=demo-museum&state=open").Want(t, 200).Has(t, `"kind":"climate"`, `"ruleId":"`+hours.ID+`"`, "在允许的时段以外有人（2 人）。依据：馆发", "Source: House order")

	trial := func(device, kind string) map[string]any {
		return map[string]any{"deviceId": device, "from": at.Add(-time.Hour), "to": at.Add(time.Hour), "rule": rule(kind, nil)["rule"]}
	}
	h.keeper.Post("/api/v1/rule-trials", trial("eye-1", "hours")).Want(t, 200).Has(t, `"samples":1`, `"worst":2`)
	h.keeper.Post("/api/v1/rule-trials", trial("door-1", "passage")).Want(t, 200).Has(t, `"samples":0`)
	h.keeper.Post("/api/v1/rule-trials", trial("door-1", "hours")).Want(t, 422).Has(t, "sensors.dry_device")
	h.keeper.Post("/api/v1/rule-trials", trial("eye-1", "passage")).Want(t, 422).Has(t, "sensors.dry_device")
	h.manager.Post("/api/v1/rule-trials", trial("door-1", "passage")).Want(t, 403) // may not see where relics are
}
