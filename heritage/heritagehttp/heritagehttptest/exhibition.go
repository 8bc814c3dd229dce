package heritagehttptest

import (
	"testing"

	"yijianyou/heritage/heritagetest"
	"yijianyou/web/httpkit/httpkittest"
)

// exhibition takes an exhibition from its draft to the tourist and back, and tries
// what others may not.
func exhibition(t *testing.T, open Open) {
	w := newWorld(t, open)
	f := m{"title": m{"zh": "演示特展", "en": "Demo show"}, "kind": "permanent", "museumId": w.refs.Museum, "placeIds": []string{w.ids["hall"]},
		"internalNotes": heritagetest.Secret,
		"sections":      []m{{"title": m{"zh": "第一单元"}, "items": []m{{"relicId": w.ids["relic"], "label": m{"zh": "重器"}}, {"relicId": w.ids["draft"]}}}}}
	body := m{"org": home, "fields": f}
	const all = "/api/v1/exhibitions"
	w.table(t, []call{
		{rule: "a tourist makes none", as: nobody, method: "POST", path: all, body: body, status: 401},
		{rule: "nor does a reviewer", as: reviewer, method: "POST", path: all, body: body, status: 403},
		{rule: "nor another museum for this one", as: stranger, method: "POST", path: all, body: body, status: 403, code: "heritage.org_denied"},
		{rule: "nor another museum of what is this one's", as: stranger, method: "POST", path: all, body: m{"org": away, "fields": f}, status: 422, code: "invalid",
			has: []string{`"path":"fields.museumId"`, `"path":"fields.placeIds[0]"`, `"path":"fields.sections[0].items[1].relicId"`}, lacks: []string{`items[0]`, "草稿陶罐"}},
		{rule: "it has no ledger", as: registrar, method: "POST", path: all, body: m{"org": home, "ledger": "held", "fields": f}, status: 422, code: "invalid", has: []string{`"path":"ledger"`}},
		{rule: "every field at fault is named at its place", as: registrar, method: "POST", path: all, status: 422, code: "invalid",
			body: m{"org": home, "fields": m{"title": m{"en": "Show"}, "kind": "fair<b>", "museumId": w.refs.Museum, "from": "2026-02-02", "until": "2026-02-01", "placeIds": []string{w.ids["store"]}}},
			has:  []string{`"path":"fields.title.zh"`, `"path":"fields.kind"`, `"path":"fields.until"`, `"path":"fields.placeIds[0]"`}, lacks: []string{"fair"}},
	})
	made := w.keeper.Post(all, body, "Idempotency-Key", "one-exhibition").Want(t, 201)
	if again := w.keeper.Post(all, body, "Idempotency-Key", "one-exhibition").Want(t, 201); again.Header.Get("Location") != made.Header.Get("Location") {
		t.Error("one key made two exhibitions")
	}
	path, tag := made.Header.Get("Location"), made.Header.Get("ETag")
	w.ids["show"] = path[len(all)+1:]
	step := func(as *httpkittest.Client, method, sub string, body any, status int) *httpkittest.Answer {
		t.Helper()
		a := as.Do(method, path+sub, body, "If-Match", tag).Want(t, status)
		if status == 200 {
			tag = a.Header.Get("ETag")
		}
		return a
	}
	w.nobody.Get(path).Want(t, 404)
	w.table(t, []call{
		{rule: "who makes it knows what tourists will not see", as: keeper, method: "GET", path: all + "/{show}/items", status: 200, has: []string{`"hidden":1`, "草稿陶罐", `"public":true`, `"public":false`}},
		{rule: "a tourist does not", as: nobody, method: "GET", path: all + "/{show}/items", status: 401},
		{rule: "nor does another museum", as: stranger, method: "GET", path: all + "/{show}/items", status: 404, code: "heritage.not_found", lacks: secrets},
		{rule: "another museum does not read it", as: stranger, method: "GET", path: all + "/{show}?view=staff", status: 404, code: "heritage.not_found", lacks: secrets},
		{rule: "nor its history", as: stranger, method: "GET", path: all + "/{show}/history", status: 404, code: "heritage.not_found", lacks: secrets},
		{rule: "nor change it", as: stranger, method: "PUT", path: all + "/{show}", body: m{"fields": f}, match: all + "/{show}", status: 404, code: "heritage.not_found"},
		{rule: "nor remove it", as: stranger, method: "DELETE", path: all + "/{show}?reason=x", match: all + "/{show}", status: 404, code: "heritage.not_found"},
		{rule: "nor publish it", as: stranger, method: "POST", path: all + "/{show}/publication", body: m{"step": "publish"}, match: all + "/{show}", status: 404, code: "heritage.not_found"},
		{rule: "a change needs a revision", as: keeper, method: "PUT", path: all + "/{show}", body: m{"fields": f}, status: 428},
		{rule: "a stale change is refused", as: keeper, method: "PUT", path: all + "/{show}", body: m{"fields": f}, match: `"99-staff-en"`, status: 412},
		{rule: "a relic in it is not removed", as: registrar, method: "DELETE", path: "/api/v1/relics/{draft}?reason=x", match: "/api/v1/relics/{draft}", status: 409, code: "heritage.in_use"},
	})
	step(w.keeper, "POST", "/review", m{"step": "submit"}, 200)
	step(w.keeper, "POST", "/review", m{"step": "approve"}, 403)
	step(w.reviewer, "POST", "/review", m{"step": "approve"}, 200)
	step(w.reviewer, "POST", "/publication", m{"step": "publish"}, 200).Has(t, `"state":"published"`)
	w.table(t, []call{
		{rule: "a tourist reads it with its published relics", as: nobody, method: "GET", path: all + "/{show}", status: 200, lacks: append([]string{"{draft}"}, secrets...),
			has: []string{"Demo show", `"status":"permanent"`, `"kind":{"code":"permanent"`, `"museum":{"id":"{museum}"`, `"halls":[{"id":"{hall}"`, `"relic":{"id":"{relic}"`, "重器", "铜壶"}},
		{rule: "a list tells no sections", as: nobody, method: "GET", path: all + "?museum={museum}&status=open", status: 200, has: []string{"{show}", `"sections":[]`}, lacks: append([]string{"{relic}"}, secrets...)},
		{rule: "a list by another state has it not", as: nobody, method: "GET", path: all + "?status=upcoming", status: 200, lacks: []string{"{show}"}},
		{rule: "a list by relic", as: nobody, method: "GET", path: all + "?relic={relic}", status: 200, has: []string{"{show}"}},
		{rule: "relics have no status", as: nobody, method: "GET", path: "/api/v1/relics?status=open", status: 422, code: "heritage.filter"},
		{rule: "nor has the staff list", as: keeper, method: "GET", path: all + "?view=staff&status=open", status: 422, has: []string{`"path":"query.status"`}},
		{rule: "the relic tells where it is on view", as: nobody, method: "GET", path: "/api/v1/relics/{relic}", status: 200, has: []string{`"exhibitions":[{"id":"{show}","title":{"zh":"演示特展","en":"Demo show"}`}, lacks: secrets},
		{rule: "a list of relics does not", as: nobody, method: "GET", path: "/api/v1/relics", status: 200, has: []string{`"exhibitions":[]`}},
		{rule: "the staff list by kind", as: auditor, method: "GET", path: all + "?view=staff&category=permanent", status: 200, has: []string{"{show}"}},
	})
	public := w.nobody.Get(path).Want(t, 200).Header.Get("ETag")
	w.nobody.Get(path, "If-None-Match", public).Want(t, 304)
	relic := "/api/v1/relics/{relic}"
	w.reviewer.Post(w.fill(relic)+"/publication", m{"step": "withdraw", "reason": "整理"}, "If-Match", w.tag(relic)).Want(t, 200)
	w.nobody.Get(path, "If-None-Match", public).Want(t, 200).Lacks(t, w.ids["relic"])
	step(w.reviewer, "POST", "/publication", m{"step": "withdraw", "reason": "撤展"}, 200)
	w.nobody.Get(path).Want(t, 404)
	step(w.keeper, "POST", "/restore", m{"rev": 1}, 200)
	w.registrar.Do("DELETE", path+"?reason=重复", nil, "If-Match", tag).Want(t, 204)
	w.registrar.Get("/api/v1/tombstones").Want(t, 200).Has(t, `"kind":"exhibition"`, w.ids["show"])
}
