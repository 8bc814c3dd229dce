package mediahttp_test

import (
	"strings"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/media"
	"yijianyou/web/httpkit/httpkittest"
)

var (
	keeper   = httpkittest.Staff("keeper", actor.Grant{Role: actor.Keeper, Org: "museum-a"})
	reviewer = httpkittest.Staff("reviewer", actor.Grant{Role: actor.Reviewer, Org: "museum-a"})
)

// told is what staff read of rights.
type told struct {
	Terms    media.Terms
	Rights   media.Rights
	Public   bool
	Progress *struct{ Done, Total int64 }
	Why      struct {
		ShownBy []struct {
			Part   string
			Grades []string
		}
		Kept      bool
		Rules     []int
		PolicyRev int64
	}
}

const terms = `{"holder":{"zh":"示范博物馆","en":""},"credit":{"zh":"示意图，非文物照片","en":""},"licence":"https://creativecommons.org/licenses/by-nc/4.0/","audience":"public","reason":"按授权书"}`

func TestTermsOverHTTP(t *testing.T) {
	r := newRoom(t, public)
	id := r.published(t, 1301, 777)
	path := "/api/v1/media/" + id
	tag := r.As(registrar).Get(path).Want(t, 200).Header.Get("ETag")
	put := func(by actor.Actor, tag, body string) *httpkittest.Answer {
		t.Helper()
		headers := []string{"Content-Type", "application/json"}
		if tag != "" {
			headers = append(headers, "If-Match", tag)
		}
		return r.As(by).Do("PUT", path+"/terms", []byte(body), headers...)
	}
	put(stranger, tag, terms).Want(t, 404)
	put(auditor, tag, terms).Want(t, 403)
	put(keeper, tag, terms).Want(t, 403).Has(t, "media.policy_denied")
	put(registrar, "", terms).Want(t, 428)
	put(registrar, `"999-staff-zh"`, terms).Want(t, 412)
	put(registrar, tag, strings.Replace(terms, "按授权书", " ", 1)).Want(t, 422).Has(t, `"path":"reason"`, "media.terms_reason")
	put(registrar, tag, strings.Replace(terms, "by-nc/4.0/", "by-nc/9.0/", 1)).Want(t, 422).Has(t, `"path":"licence"`).Lacks(t, "9.0")
	var v told
	put(registrar, tag, terms).Want(t, 200).JSON(t, &v)
	if v.Terms.Licence != media.CCBYNC || v.Terms.Audience != media.Public || v.Terms.Credit.ZH != "示意图，非文物照片" || !v.Public {
		t.Errorf("%+v", v)
	}
	r.Nobody().Get("/iiif/image/3/"+id+"/info.json").Want(t, 200).Has(t, `"rights":"http://creativecommons.org/licenses/by-nc/4.0/"`)

	tag = r.As(registrar).Get(path).Want(t, 200).Header.Get("ETag")
	put(registrar, tag, strings.Replace(terms, `"public"`, `"staff"`, 1)).Want(t, 200).JSON(t, &v)
	if !v.Why.Kept || v.Public || v.Rights.Audience != media.Staff || len(v.Why.ShownBy) != 1 {
		t.Errorf("kept: %+v", v)
	}
	r.Nobody().Get("/iiif/image/3/"+id+"/info.json").Want(t, 404)
}

func TestAPicturePolicyOverHTTP(t *testing.T) {
	r := newRoom(t, public)
	id := r.published(t, 1301, 777)
	const path = "/api/v1/media/policies/museum-a"
	const body = `{"rules":[{"name":{"zh":"全部","en":"All"},"grades":[],"licences":[],"maxSize":600,"watermark":"示范 SAMPLE"}],"reason":"馆办公会"}`
	put := func(by actor.Actor, body string, headers ...string) *httpkittest.Answer {
		t.Helper()
		return r.As(by).Do("PUT", path, []byte(body), append(headers, "Content-Type", "application/json")...)
	}
	got := r.As(auditor).Get(path).Want(t, 200).Has(t, `"default":true`, `"rev":0`, `"grades":["small"]`, string(media.CCBY), `"updatedAt":null`)
	if cc := got.Header.Get("Cache-Control"); cc != "private, no-store" || got.Header.Get("ETag") != "" {
		t.Errorf("%v", got.Header)
	}
	r.Nobody().Get(path).Want(t, 401)
	r.As(stranger).Get(path).Want(t, 404)
	put(stranger, body).Want(t, 404)
	put(keeper, body).Want(t, 403)
	put(reviewer, strings.Replace(body, "600", "60", 1)).Want(t, 422).Has(t, `"path":"rules[0].maxSize"`)
	tag := put(reviewer, body).Want(t, 200).Has(t, `"default":false`, `"rev":1`).Header.Get("ETag")
	put(reviewer, body).Want(t, 428)
	put(reviewer, body, "If-Match", `"9-staff-zh"`).Want(t, 412)

	image, asset := "/iiif/image/3/"+id+"/full/max/0/default.jpg", "/api/v1/media/"+id
	r.Nobody().Get(image).Want(t, 503)
	var v told
	first := r.As(auditor).Get(asset).Want(t, 200)
	first.JSON(t, &v)
	if v.Rights.MaxSize != 600 || v.Rights.Watermark != "示范 SAMPLE" || v.Public || v.Progress == nil || v.Why.PolicyRev != 1 || len(v.Why.Rules) != 1 || v.Why.Rules[0] != 1 {
		t.Errorf("before it is drawn: %+v", v)
	}
	r.work(t)
	v = told{}
	r.As(auditor).Get(asset).Want(t, 200).JSON(t, &v)
	if !v.Public || v.Progress != nil {
		t.Errorf("drawn: %+v", v)
	}
	marked := r.Nobody().Get(image).Want(t, 200)
	r.As(auditor).Get("/iiif/image/3/"+id+"~staff/info.json").Want(t, 200).Has(t, `"width":1301`)

	// Other words are another picture: neither tag nor bytes of before are given.
	put(reviewer, strings.Replace(body, "SAMPLE", "OTHER", 1), "If-Match", tag).Want(t, 200)
	r.Nobody().Get(image, "If-None-Match", marked.Header.Get("ETag")).Want(t, 503)
	r.work(t)
	if other := r.Nobody().Get(image, "If-None-Match", marked.Header.Get("ETag")).Want(t, 200); string(other.Body) == string(marked.Body) {
		t.Error("the old mark is still there")
	}
	if again := r.As(auditor).Get(asset); again.Header.Get("ETag") == first.Header.Get("ETag") {
		t.Error("the tag of the asset did not follow the policy")
	}
}

func TestAListOfAssetsOverHTTP(t *testing.T) {
	r := newRoom(t, public)
	first, second := r.published(t, 300, 200), r.published(t, 301, 200)
	waiting := r.upload(t, picture(t, 302, 200)).ID
	var page struct {
		Items []struct {
			ID       string
			Type     string
			State    string
			Progress *struct{ Done, Total int64 }
		}
		Cursor string
	}
	list := func(query string) string {
		t.Helper()
		r.As(auditor).Get("/api/v1/media?org=museum-a"+query).Want(t, 200).JSON(t, &page)
		var ids []string
		for _, it := range page.Items {
			ids = append(ids, it.ID)
		}
		return strings.Join(ids, " ")
	}
	for query, want := range map[string]string{"": waiting + " " + second + " " + first, "&type=image&state=ready": second + " " + first,
		"&state=uploaded": waiting, "&q=%E6%AD%A3%E9%9D%A2": waiting + " " + second + " " + first, "&q=none": ""} {
		if got := list(query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	if list("&state=uploaded"); page.Items[0].Progress == nil || page.Items[0].Type != "image" {
		t.Errorf("%+v", page.Items[0])
	}
	if got := list("&limit=2"); got != waiting+" "+second || page.Cursor == "" {
		t.Errorf("%s %q", got, page.Cursor)
	}
	if got := list("&limit=2&cursor=" + page.Cursor); got != first || page.Cursor != "" {
		t.Errorf("%s %q", got, page.Cursor)
	}
	r.As(auditor).Get("/api/v1/media").Want(t, 400)
	r.As(auditor).Get("/api/v1/media?org=museum-a&type=poem").Want(t, 400)
	r.As(stranger).Get("/api/v1/media?org=museum-a").Want(t, 404)
	r.Nobody().Get("/api/v1/media?org=museum-a").Want(t, 401)
}
