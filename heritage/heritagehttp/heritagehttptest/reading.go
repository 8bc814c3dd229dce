package heritagehttptest

import (
	"net/url"
	"strings"
	"testing"

	"yijianyou/web/httpkit/httpkittest"
)

func reading(t *testing.T, open Open) {
	w := newWorld(t, open)
	w.table(t, []call{
		{rule: "a tourist reads a published relic", as: nobody, method: "GET", path: "/api/v1/relics/{relic}", status: 200,
			has: []string{"演示铜壶", "Demo bronze hu", `"category":{"code":"bronze","label":{"zh":"铜器","en":"Bronzes and copperware"}}`, `"fromYear":-670`,
				`"simulated":true`, `"unverified":true`, `"museum":{"id":"{museum}"`, `"code":"zhou"`}, lacks: append([]string{"{store}", "{set}", "stable", "一号库"}, secrets...)},
		{rule: "a tourist reads a site without its exact place", as: nobody, method: "GET", path: "/api/v1/sites/{site}", status: 200,
			has: []string{"演示古墓", `"location":null`, `"locationFuzzed":true`, `"officialNumber":"7-9999-2-001"`}, lacks: append([]string{"{whole}", "嵩阳街道", "looting"}, secrets...)},
		{rule: "a tourist reads a museum with its hours", as: nobody, method: "GET", path: "/api/v1/museums/{museum}", status: 200,
			has: []string{`"lastEntry":"16:30"`, `"checkedOn":"2026-02-01"`, `"kind":{"code":"website","label":{"zh":"官方网站","en":"Official website"}}`, `"location":null`}, lacks: secrets},
		{rule: "a tourist reads a gallery", as: nobody, method: "GET", path: "/api/v1/places/{hall}", status: 200, has: []string{"一号展厅", "{museum}"}, lacks: secrets},
		{rule: "a store does not exist for tourists", as: nobody, method: "GET", path: "/api/v1/places/{store}", status: 404, code: "heritage.not_found", lacks: secrets},
		{rule: "a draft does not exist for tourists", as: nobody, method: "GET", path: "/api/v1/relics/{draft}", status: 404, code: "heritage.not_found", lacks: secrets},
		{rule: "a draft and nothing look alike", as: nobody, method: "GET", path: "/api/v1/relics/{unknown}", status: 404, code: "heritage.not_found"},
		{rule: "an id is a UUID", as: nobody, method: "GET", path: "/api/v1/relics/7", status: 400, code: "http.malformed"},
		{rule: "staff without the staff view read what tourists read", as: registrar, method: "GET", path: "/api/v1/relics/{draft}", status: 404, code: "heritage.not_found"},
		{rule: "the public list holds what is published", as: nobody, method: "GET", path: "/api/v1/relics", status: 200, has: []string{"{relic}"}, lacks: append([]string{"{draft}", "{set}"}, secrets...)},
		{rule: "the public list of a museum", as: nobody, method: "GET", path: "/api/v1/relics?museum={museum}", status: 200, has: []string{"{relic}"}, lacks: secrets},
		{rule: "the public list of a category", as: nobody, method: "GET", path: "/api/v1/relics?category=jade-gem", status: 200, has: []string{`"items":[]`, `"cursor":""`}},
		{rule: "the public list of places has no store", as: nobody, method: "GET", path: "/api/v1/places", status: 200, has: []string{"{hall}"}, lacks: append([]string{"{store}"}, secrets...)},
		{rule: "the public list of national units", as: nobody, method: "GET", path: "/api/v1/sites?level=national", status: 200, has: []string{"{site}"}, lacks: append([]string{"{whole}"}, secrets...)},
		{rule: "a filter of staff needs the staff view", as: nobody, method: "GET", path: "/api/v1/relics?review=draft", status: 422, code: "invalid", has: []string{"query.review"}},
		{rule: "a list takes one filter", as: nobody, method: "GET", path: "/api/v1/relics?museum={museum}&category=bronze", status: 422, code: "heritage.filter"},
		{rule: "museums are of no museum", as: nobody, method: "GET", path: "/api/v1/museums?museum={museum}", status: 422, code: "heritage.filter"},
		{rule: "a page has at most 200", as: nobody, method: "GET", path: "/api/v1/relics?limit=201", status: 400, code: "http.malformed"},
		{rule: "a cursor of nowhere", as: nobody, method: "GET", path: "/api/v1/relics?cursor=xyz", status: 422, code: "store.cursor"},
		{rule: "the staff view needs a session", as: nobody, method: "GET", path: "/api/v1/relics/{relic}?view=staff", status: 401, lacks: secrets},
		{rule: "so does the staff list", as: nobody, method: "GET", path: "/api/v1/relics?view=staff", status: 401, lacks: secrets},
		{rule: "so does history", as: nobody, method: "GET", path: "/api/v1/relics/{relic}/history", status: 401, lacks: secrets},
		{rule: "so do tombstones", as: nobody, method: "GET", path: "/api/v1/tombstones", status: 401},
		{rule: "a keeper reads everything of his museum", as: keeper, method: "GET", path: "/api/v1/relics/{relic}?view=staff", status: 200,
			has: []string{"ZD0001绝密库位", `"placeId":"{store}"`, `"priceFen":987654321`, `"ledger":{"state":"pending"}`, `"review":{"state":"reviewed"`, `"changed":false`}},
		{rule: "an administrator does not read where it stands", as: admin, method: "GET", path: "/api/v1/relics/{relic}?view=staff", status: 200, has: []string{"ZD0001绝密库位"}, lacks: []string{"placeId", "{store}"}},
		{rule: "nor in its history", as: admin, method: "GET", path: "/api/v1/relics/{relic}/history", status: 200, has: []string{"演示铜壶"}, lacks: []string{"placeId", "{store}"}},
		{rule: "nor a store", as: admin, method: "GET", path: "/api/v1/places/{store}?view=staff", status: 404, code: "heritage.not_found"},
		{rule: "an auditor reads it all", as: auditor, method: "GET", path: "/api/v1/places/{store}?view=staff", status: 200, has: []string{"K1绝密库位"}},
		{rule: "another museum's keeper sees no draft", as: stranger, method: "GET", path: "/api/v1/relics/{draft}?view=staff", status: 404, code: "heritage.not_found", lacks: secrets},
		{rule: "nor the inside of what is published", as: stranger, method: "GET", path: "/api/v1/relics/{relic}?view=staff", status: 404, code: "heritage.not_found", lacks: secrets},
		{rule: "nor its history", as: stranger, method: "GET", path: "/api/v1/relics/{relic}/history", status: 404, code: "heritage.not_found", lacks: secrets},
		{rule: "nor a revision", as: stranger, method: "GET", path: "/api/v1/relics/{relic}/revisions/1", status: 404, code: "heritage.not_found", lacks: secrets},
		{rule: "nor a list", as: stranger, method: "GET", path: "/api/v1/relics?view=staff", status: 200, has: []string{`"items":[]`}, lacks: secrets},
		{rule: "nor by asking for the organisation", as: stranger, method: "GET", path: "/api/v1/relics?view=staff&org=demo-museum", status: 404, code: "heritage.not_found", lacks: secrets},
		{rule: "nor its tombstones", as: stranger, method: "GET", path: "/api/v1/tombstones?org=demo-museum", status: 403, code: "heritage.denied"},
		{rule: "a staff list by state of review", as: reviewer, method: "GET", path: "/api/v1/relics?view=staff&review=draft", status: 200, has: []string{"{draft}", "{set}"}, lacks: []string{"{relic}"}},
		{rule: "a staff list by publication, the newest first", as: reviewer, method: "GET", path: "/api/v1/relics?view=staff&publication=published", status: 200, has: []string{"{relic}"}, lacks: []string{"{draft}"}},
		{rule: "a revision that never was", as: keeper, method: "GET", path: "/api/v1/relics/{relic}/revisions/99", status: 404, code: "heritage.not_found"},
		{rule: "the first revision", as: keeper, method: "GET", path: "/api/v1/relics/{relic}/revisions/1", status: 200, has: []string{`"rev":1`, "演示铜壶"}},
	})
	t.Run("caches keep the public view and never the staff view", func(t *testing.T) {
		for _, path := range []string{"/api/v1/relics/{relic}", "/api/v1/relics"} {
			public := w.nobody.Get(w.fill(path)).Want(t, 200)
			if c := public.Header.Get("Cache-Control"); c != "public, no-cache" {
				t.Errorf("%s: %s", path, c)
			}
			inside := w.keeper.Get(w.fill(path)+"?view=staff").Want(t, 200)
			if c := inside.Header.Get("Cache-Control"); c != "private, no-store" {
				t.Errorf("%s: %s", path, c)
			}
		}
	})
	t.Run("pages follow one another", func(t *testing.T) {
		var seen int
		path := "/api/v1/relics?view=staff&limit=1"
		for next := path; next != ""; {
			var page struct {
				Items  []struct{ ID string }
				Cursor string
			}
			w.keeper.Get(next).Want(t, 200).JSON(t, &page)
			seen += len(page.Items)
			next = ""
			if page.Cursor != "" {
				next = path + "&cursor=" + page.Cursor
			}
			if seen > 10 {
				t.Fatal("the list has no end")
			}
		}
		if seen != 3 {
			t.Errorf("%d relics, want 3", seen)
		}
	})
}

// publicTag checks that the tag of the public view follows all that it shows.
func publicTag(t *testing.T, open Open) {
	w := newWorld(t, open)
	path := w.fill("/api/v1/relics/{relic}")
	get := func(headers ...string) *httpkittest.Answer { return w.nobody.Get(path, headers...) }
	tag := get().Want(t, 200).Header.Get("ETag")
	if len(tag) < 3 || tag[0] != '"' {
		t.Fatalf("%q is no strong tag", tag)
	}
	get("If-None-Match", tag).Want(t, 304)
	if same := w.keeper.Get(path).Want(t, 200).Header.Get("ETag"); same != tag {
		t.Errorf("a keeper gets another tag for the same view: %s", same)
	}
	fields := fieldsOf(t, w.registrar.Get(w.fill("/api/v1/relics/{relic}")+"?view=staff"))
	fields["name"] = map[string]string{"zh": "草稿中的名称"}
	w.registrar.Put(path, map[string]any{"fields": fields}, "If-Match", w.tag("/api/v1/relics/{relic}")).Want(t, 200)
	get("If-None-Match", tag).Want(t, 304) // a draft is no change for tourists

	museum := "/api/v1/museums/{museum}"
	fields = fieldsOf(t, w.registrar.Get(w.fill(museum)+"?view=staff"))
	fields["name"] = map[string]string{"zh": "示范新馆", "en": "New demo museum"}
	w.registrar.Put(w.fill(museum), map[string]any{"fields": fields}, "If-Match", w.tag(museum)).Want(t, 200)
	w.registrar.Post(w.fill(museum)+"/review", map[string]any{"step": "submit"}, "If-Match", w.tag(museum)).Want(t, 200)
	w.reviewer.Post(w.fill(museum)+"/review", map[string]any{"step": "approve"}, "If-Match", w.tag(museum)).Want(t, 200)
	get("If-None-Match", tag).Want(t, 304)
	w.reviewer.Post(w.fill(museum)+"/publication", map[string]any{"step": "publish"}, "If-Match", w.tag(museum)).Want(t, 200)
	get("If-None-Match", tag).Want(t, 200).Has(t, "示范新馆").Lacks(t, "草稿中的名称")
}

func vocabularies(t *testing.T, open Open) {
	w := newWorld(t, open)
	w.table(t, []call{
		{rule: "all lists", as: nobody, method: "GET", path: "/api/v1/vocabularies", status: 200, has: []string{`"relic-category"`, `"era"`, `"verified":false`, `"size":35`, `"spoon-kind"`}},
		{rule: "a list of another domain", as: nobody, method: "GET", path: "/api/v1/vocabularies/spoon-kind", status: 200, has: []string{`"code":"ladle"`, `"zh":"勺"`}},
		{rule: "one list", as: nobody, method: "GET", path: "/api/v1/vocabularies/relic-category", status: 200,
			has: []string{`"code":"bronze"`, `"zh":"铜器"`, "WW/T 0017-2013"}},
		{rule: "a tree", as: nobody, method: "GET", path: "/api/v1/vocabularies/material", status: 200, has: []string{`"parent":"inorganic"`, `"group":true`}},
		{rule: "the eras of dating", as: nobody, method: "GET", path: "/api/v1/vocabularies/era", status: 200, has: []string{`"code":"tang"`}},
		{rule: "a period is read", as: nobody, method: "GET", path: "/api/v1/dating?text=" + url.QueryEscape("清乾隆庚子五月"), status: 200,
			has: []string{`"fromYear":1780`, `"toYear":1780`, `"certainty":"certain"`, `"zh":"清乾隆四十五年（1780年）"`, `"en":"Qing Qianlong 45 (1780)"`, `"ignored":["五月"]`, `"unknown":[]`}},
		{rule: "a doubtful period holds every reading", as: nobody, method: "GET", path: "/api/v1/dating?text=" + url.QueryEscape("元至元六年"), status: 200,
			has: []string{`"fromYear":1269`, `"toYear":1340`, `"certainty":"doubtful"`, `1340`}},
		{rule: "what is not understood is named", as: nobody, method: "GET", path: "/api/v1/dating?text=" + url.QueryEscape("宋、元、胡"), status: 200, has: []string{`"unknown":["胡"]`}},
		{rule: "a text without end is refused", as: nobody, method: "GET", path: "/api/v1/dating?text=" + strings.Repeat("a", 401), status: 400},
		{rule: "no list", as: nobody, method: "GET", path: "/api/v1/vocabularies/spoons", status: 404, code: "heritage.no_vocabulary"},
	})
}
