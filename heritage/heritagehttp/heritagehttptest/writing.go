package heritagehttptest

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/heritage/heritagehttp"
	"yijianyou/heritage/heritagetest"
	"yijianyou/internal/ids"
	"yijianyou/web/httpkit/httpkittest"
)

type m = map[string]any

func pot(name string) m { return m{"org": home, "fields": m{"name": m{"zh": name}}} }

func refusals(t *testing.T, open Open) {
	w := newWorld(t, open)
	const draft = "/api/v1/relics/{draft}"
	change := m{"fields": m{"name": m{"zh": "新名"}}}
	w.table(t, []call{
		{rule: "a tourist creates nothing", as: nobody, method: "POST", path: "/api/v1/relics", body: pot("罐"), status: 401},
		{rule: "nor does a reviewer", as: reviewer, method: "POST", path: "/api/v1/relics", body: pot("罐"), status: 403},
		{rule: "nor an auditor", as: auditor, method: "POST", path: "/api/v1/relics", body: pot("罐"), status: 403},
		{rule: "nor somebody of another museum", as: stranger, method: "POST", path: "/api/v1/relics", body: pot("罐"), status: 403, code: "heritage.org_denied"},
		{rule: "an organisation is named", as: registrar, method: "POST", path: "/api/v1/relics", body: m{"org": "", "fields": m{"name": m{"zh": "罐"}}}, status: 422, code: "invalid", has: []string{`"path":"org"`}},
		{rule: "every field at fault is named at its place", as: registrar, method: "POST", path: "/api/v1/relics", status: 422, code: "invalid",
			body: m{"org": home, "ledger": "lost", "fields": m{"name": m{"en": "Pot"}, "category": "spoon<script>", "dimensions": []m{{"kind": "height", "valueMM": -1}}}},
			has:  []string{`"path":"fields.name.zh"`, `"path":"fields.category"`, `"path":"fields.dimensions[0].valueMM"`, `"path":"ledger"`}, lacks: []string{"spoon"}},
		{rule: "an unknown member is refused", as: registrar, method: "POST", path: "/api/v1/relics", body: m{"org": home, "fields": m{"name": m{"zh": "罐"}, "colour": "red"}}, status: 400, code: "http.malformed"},
		{rule: "sort keys are not the sender's", as: registrar, method: "POST", path: "/api/v1/relics", body: m{"org": home, "fields": m{"name": m{"zh": "罐"}, "sortKey": "0"}}, status: 400, code: "http.malformed"},
		{rule: "what is no JSON is refused", as: registrar, method: "POST", path: "/api/v1/relics", body: "{", status: 400, code: "http.malformed"},
		{rule: "a number is taken once", as: registrar, method: "POST", path: "/api/v1/relics", status: 409, code: "heritage.number_taken", has: []string{`"path":"fields.number.value"`}, lacks: []string{"ZD0001"},
			body: m{"org": home, "fields": m{"name": m{"zh": "罐"}, "museumId": w.refs.Museum, "number": m{"kind": "register", "value": "ZD0001" + heritagetest.Secret}}}},
		{rule: "a change needs a revision", as: registrar, method: "PUT", path: draft, body: change, status: 428},
		{rule: "a tag of another program", as: registrar, method: "PUT", path: draft, body: change, match: `"abc"`, status: 400},
		{rule: "a stale change is refused", as: registrar, method: "PUT", path: draft, body: change, match: `"99-staff-en"`, status: 412},
		{rule: "a reviewer changes nothing", as: reviewer, method: "PUT", path: draft, body: change, match: draft, status: 403},
		{rule: "another museum's registrar learns nothing", as: stranger, method: "PUT", path: draft, body: change, match: draft, status: 404, code: "heritage.not_found", lacks: secrets},
		{rule: "nor by removing", as: stranger, method: "DELETE", path: draft + "?reason=x", match: draft, status: 404, code: "heritage.not_found", lacks: secrets},
		{rule: "nor by reviewing", as: stranger, method: "POST", path: draft + "/review", body: m{"step": "submit"}, match: draft, status: 404, code: "heritage.not_found", lacks: secrets},
		{rule: "nor by publishing", as: stranger, method: "POST", path: draft + "/publication", body: m{"step": "publish"}, match: draft, status: 404, code: "heritage.not_found", lacks: secrets},
		{rule: "nor by the ledger", as: stranger, method: "POST", path: draft + "/ledger", body: m{"state": "held", "reason": "x"}, match: draft, status: 404, code: "heritage.not_found", lacks: secrets},
		{rule: "nor by restoring", as: stranger, method: "POST", path: draft + "/restore", body: m{"rev": 1}, match: draft, status: 404, code: "heritage.not_found", lacks: secrets},
		{rule: "a draft is not published", as: reviewer, method: "POST", path: draft + "/publication", body: m{"step": "publish"}, match: draft, status: 409, code: "heritage.not_reviewed"},
		{rule: "a draft is not approved", as: reviewer, method: "POST", path: draft + "/review", body: m{"step": "approve"}, match: draft, status: 409, code: "heritage.review_step"},
		{rule: "a step is a known one", as: reviewer, method: "POST", path: draft + "/review", body: m{"step": "skip"}, match: draft, status: 422, code: "invalid", has: []string{`"path":"step"`}},
		{rule: "so is one of publication", as: reviewer, method: "POST", path: draft + "/publication", body: m{"step": "print"}, match: draft, status: 422, code: "invalid", has: []string{`"path":"step"`}},
		{rule: "a keeper does not enter the ledger", as: keeper, method: "POST", path: draft + "/ledger", body: m{"state": "held", "reason": "x"}, match: draft, status: 403},
		{rule: "a step in the ledger is lawful", as: registrar, method: "POST", path: draft + "/ledger", body: m{"state": "onLoan", "reason": "x"}, match: draft, status: 409, code: "heritage.ledger_step"},
		{rule: "a deaccession is approved elsewhere", as: registrar, method: "POST", path: draft + "/ledger", body: m{"state": "deaccessioned", "reason": "x"}, match: draft, status: 422, code: "invalid",
			has: []string{`"path":"authority"`, `"path":"approval"`, `"path":"approvedOn"`}},
		{rule: "sites have no ledger", as: registrar, method: "POST", path: "/api/v1/sites/{site}/ledger", body: m{"state": "held", "reason": "x"}, match: "/api/v1/sites/{site}", status: 404},
		{rule: "a store is never published", as: reviewer, method: "POST", path: "/api/v1/places/{store}/publication", body: m{"step": "publish"}, match: "/api/v1/places/{store}", status: 409},
		{rule: "removal needs a reason", as: registrar, method: "DELETE", path: draft, match: draft, status: 422, code: "invalid", has: []string{`"path":"reason"`}},
		{rule: "what is published is not removed", as: registrar, method: "DELETE", path: "/api/v1/relics/{relic}?reason=x", match: "/api/v1/relics/{relic}", status: 409, code: "heritage.still_published"},
		{rule: "what others need is not removed", as: registrar, method: "DELETE", path: "/api/v1/relics/{set}?reason=x", match: "/api/v1/relics/{set}", status: 409, code: "heritage.in_use"},
		{rule: "nothing of all this was done", as: registrar, method: "GET", path: draft + "?view=staff", status: 200, has: []string{`"rev":1,`, "草稿陶罐"}},
	})
}

// journey takes a record from its creation to the tourist and back.
func journey(t *testing.T, open Open) {
	w := newWorld(t, open)
	made := w.keeper.Post("/api/v1/relics", pot("新入藏陶罐")).Want(t, 201)
	path := made.Header.Get("Location")
	tag := made.Header.Get("ETag")
	step := func(as *httpkittest.Client, method, sub string, body any, status int) *httpkittest.Answer {
		t.Helper()
		a := as.Do(method, path+sub, body, "If-Match", tag).Want(t, status)
		if status == 200 {
			tag = a.Header.Get("ETag")
		}
		return a
	}
	step(w.keeper, "POST", "/review", m{"step": "submit"}, 200).Has(t, `"state":"inReview"`)
	step(w.keeper, "POST", "/review", m{"step": "approve"}, 403)
	step(w.reviewer, "POST", "/review", m{"step": "sendBack"}, 422).Has(t, `"path":"reason"`)
	step(w.reviewer, "POST", "/review", m{"step": "sendBack", "remark": "请补年代"}, 200).Has(t, `"remark":"请补年代"`)
	step(w.both, "PUT", "", m{"fields": m{"name": m{"zh": "新入藏陶罐"}, "period": m{"text": m{"zh": "汉"}}}, "reason": "补年代"}, 200).Has(t, `"fromYear":-202`)
	step(w.both, "POST", "/review", m{"step": "submit"}, 200)
	step(w.both, "POST", "/review", m{"step": "approve"}, 409).Code(t, "heritage.own_request")
	step(w.reviewer, "POST", "/review", m{"step": "approve"}, 200).Has(t, `"state":"reviewed"`)
	w.nobody.Get(path).Want(t, 404)
	step(w.registrar, "POST", "/publication", m{"step": "publish"}, 200).Has(t, `"state":"published"`)
	w.nobody.Get(path).Want(t, 200).Has(t, "新入藏陶罐")
	step(w.reviewer, "POST", "/publication", m{"step": "publish"}, 409).Code(t, "heritage.already_shown")

	step(w.keeper, "PUT", "", m{"fields": m{"name": m{"zh": "改名的罐"}}}, 200).Has(t, `"changed":true`, `"state":"draft"`, `"state":"published"`)
	w.nobody.Get(path).Want(t, 200).Has(t, "新入藏陶罐").Lacks(t, "改名的罐")
	w.nobody.Get("/api/v1/relics").Want(t, 200).Has(t, "新入藏陶罐").Lacks(t, "改名的罐")
	step(w.registrar, "POST", "/ledger", m{"state": "held", "reason": "入藏", "voucher": "入-1"}, 200).Has(t, `"state":"held"`, `"voucher":"入-1"`)
	step(w.registrar, "POST", "/restore", m{"rev": 4, "reason": "改回"}, 200).Has(t, "新入藏陶罐")
	history := w.keeper.Get(path+"/history").Want(t, 200)
	history.Has(t, `"action":"relic.restore"`, `"action":"relic.ledger.held"`, `"action":"relic.publish"`, `"action":"relic.approve"`, `"action":"create"`,
		`"path":"name.zh","old":"改名的罐","new":"新入藏陶罐"`, `"reason":"补年代"`)
	step(w.reviewer, "POST", "/publication", m{"step": "withdraw", "reason": "资料待核"}, 200).Has(t, `"state":"withdrawn"`, `"state":"held"`)
	w.nobody.Get(path).Want(t, 404)
}

// twoCurators checks that the second of two is told and loses nothing.
func twoCurators(t *testing.T, open Open) {
	w := newWorld(t, open)
	path := w.fill("/api/v1/sites/{site}")
	tag := w.tag(path)
	first := fieldsOf(t, w.registrar.Get(path+"?view=staff"))
	second := fieldsOf(t, w.keeper.Get(path+"?view=staff"))
	first["name"], second["name"] = m{"zh": "甲改的名"}, m{"zh": "乙改的名"}
	w.registrar.Put(path, m{"fields": first}, "If-Match", tag).Want(t, 200)
	w.keeper.Put(path, m{"fields": second}, "If-Match", tag).Want(t, 412).Lacks(t, "乙改的名")
	w.keeper.Get(path+"?view=staff").Want(t, 200).Has(t, "甲改的名").Lacks(t, "乙改的名")
}

// roundTrip checks that no member of a record is lost between HTTP and store.
func roundTrip(t *testing.T, open Open) {
	w := newWorld(t, open)
	relic := heritagetest.Relic(w.refs)
	relic.Number.Value = "ZD0002"
	thereAndBack(t, w, "relics", relic)
	site := heritagetest.Site(w.refs)
	site.OfficialNumber = "7-9999-2-002"
	thereAndBack(t, w, "sites", site)
	thereAndBack(t, w, "museums", heritagetest.Museum(w.refs))
	place := heritagetest.Place(w.refs)
	place.Code = "K2"
	thereAndBack(t, w, "places", place)
	show := heritagetest.Exhibition(w.refs)
	show.PlaceIDs = []heritage.PlaceID{heritage.PlaceID(w.ids["hall"])}
	thereAndBack(t, w, "exhibitions", show)
}

func thereAndBack[F heritage.Content](t *testing.T, w *world, plural string, f F) {
	t.Helper()
	id := ids.New()
	path := "/api/v1/" + plural + "/" + id
	made := w.registrar.Post("/api/v1/"+plural, heritagehttp.NewRecord[F]{ID: id, Org: home, Fields: f}).Want(t, 201)
	read := w.registrar.Get(path+"?view=staff").Want(t, 200)
	var got heritagehttp.StaffRecord[F]
	read.JSON(t, &got)
	want, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	have, err := json.Marshal(got.Fields)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(have)); diff != "" {
		t.Errorf("%s do not come back:\n%s", plural, diff)
	}
	again := w.registrar.Put(path, m{"fields": got.Fields}, "If-Match", made.Header.Get("ETag")).Want(t, 200)
	if again.Header.Get("ETag") != made.Header.Get("ETag") {
		t.Errorf("%s: sending back what was read made a revision", plural)
	}
}

// many checks the report of bulk calls.
func many(t *testing.T, open Open) {
	w := newWorld(t, open)
	var items []m
	for i := range 3 {
		var made struct{ ID string }
		w.keeper.Post("/api/v1/relics", pot(fmt.Sprintf("第%d件", i+1))).Want(t, 201).JSON(t, &made)
		items = append(items, m{"id": made.ID})
	}
	items = append(items, m{"id": w.ids["unknown"]}, m{"id": w.ids["relic"]})
	type reportView struct {
		Done, Failed int
		Items        []struct {
			ID      string
			Rev     int64
			Problem *struct{ Code, Detail string }
		}
	}
	run := func(as *httpkittest.Client, path string, body m, done int) reportView {
		t.Helper()
		body["items"] = items
		var r reportView
		as.Post(path, body).Want(t, 200).Lacks(t, secrets...).JSON(t, &r)
		if r.Done != done || r.Failed != len(items)-done || len(r.Items) != len(items) {
			t.Fatalf("%s: %+v", path, r)
		}
		return r
	}
	r := run(w.registrar, "/api/v1/relics/reviews", m{"step": "submit"}, 3)
	if r.Items[3].Problem.Code != "heritage.not_found" || r.Items[4].Problem.Code != "heritage.review_step" || r.Items[0].Problem != nil || r.Items[0].Rev != 2 {
		t.Errorf("the report is %+v", r)
	}
	run(w.reviewer, "/api/v1/relics/reviews", m{"step": "approve"}, 3)
	run(w.reviewer, "/api/v1/relics/publications", m{"step": "publish"}, 3)
	w.nobody.Get("/api/v1/relics").Want(t, 200).Has(t, "第1件", "第2件", "第3件")
	run(w.stranger, "/api/v1/relics/publications", m{"step": "withdraw", "reason": "撤"}, 0)
	run(w.reviewer, "/api/v1/relics/publications", m{"step": "withdraw", "reason": "撤"}, 4)
	w.nobody.Get("/api/v1/relics").Want(t, 200).Has(t, `"items":[]`)
	w.table(t, []call{
		{rule: "nothing is no bulk", as: reviewer, method: "POST", path: "/api/v1/relics/reviews", body: m{"step": "approve", "items": []m{}}, status: 422, code: "invalid", has: []string{`"path":"items"`}},
		{rule: "one is named once", as: reviewer, method: "POST", path: "/api/v1/relics/publications", body: m{"step": "publish", "items": []m{{"id": w.ids["relic"]}, {"id": w.ids["relic"]}}}, status: 422, code: "invalid"},
		{rule: "a tourist takes no step", as: nobody, method: "POST", path: "/api/v1/relics/publications", body: m{"step": "publish", "items": items}, status: 401},
	})
}

// removal checks the tombstone.
func removal(t *testing.T, open Open) {
	w := newWorld(t, open)
	path := w.fill("/api/v1/relics/{draft}")
	w.registrar.Do("DELETE", path+"?reason=%E9%87%8D%E5%A4%8D", nil, "If-Match", w.tag(path)).Want(t, 204)
	w.registrar.Get(path+"?view=staff").Want(t, 404)
	w.registrar.Get("/api/v1/tombstones").Want(t, 200).Has(t, w.ids["draft"], "草稿陶罐", `"reason":"重复"`, `"kind":"relic"`)
	w.auditor.Get("/api/v1/tombstones").Want(t, 200).Has(t, w.ids["draft"])
	w.stranger.Get("/api/v1/tombstones").Want(t, 200).Lacks(t, secrets...)
	w.registrar.Get(path+"/history").Want(t, 200).Has(t, `"action":"relic.remove"`)
	w.registrar.Get(path+"/revisions/1").Want(t, 200).Has(t, "草稿陶罐")
	w.stranger.Get(path+"/history").Want(t, 404)
}
