package mediahttp_test

import (
	"testing"

	"yijianyou/media"
	"yijianyou/web/httpkit/httpkittest"
)

// TestAnAttributionIsForThoseWhoSeeThePicture: holder, credit and licence, and no
// more; of a picture that somebody may not see he learns nothing.
func TestAnAttributionIsForThoseWhoSeeThePicture(t *testing.T) {
	r := newRoom(t, public)
	id := r.upload(t, picture(t, 60, 50)).ID
	r.work(t)
	path := "/api/v1/media/" + id + "/attribution"
	look := func(when string, as *httpkittest.Client, status int, cache string) {
		t.Helper()
		a := as.Get(path)
		if a.Status != status || status == 200 && a.Header.Get("Cache-Control") != cache {
			t.Errorf("%s: %d %s", when, a.Status, a.Header.Get("Cache-Control"))
		}
		if status != 200 {
			a.Lacks(t, "Model", "creativecommons")
		}
	}
	tag := r.As(registrar).Get("/api/v1/media/"+id).Want(t, 200).Header.Get("ETag")
	r.As(registrar).Put("/api/v1/media/"+id+"/terms", map[string]any{"holder": media.Text{ZH: "示范馆", EN: "Model museum"},
		"credit": media.Text{ZH: "摄影：示范", EN: "Photo: Model"}, "licence": media.CCBY, "audience": "public"}, "If-Match", tag).Want(t, 200)
	look("a draft", r.Nobody(), 404, "")
	look("a draft, of another museum", r.As(stranger), 404, "")
	look("a draft, of the own museum", r.As(auditor), 200, "private, no-store")
	r.shows(t, id, "")
	r.work(t)
	look("published", r.Nobody(), 200, "public, no-cache")
	r.Nobody().Get(path).Want(t, 200).Has(t, `"holder":{"zh":"示范馆","en":"Model museum"}`, `"credit":{"zh":"摄影：示范","en":"Photo: Model"}`,
		`"licence":"http://creativecommons.org/licenses/by/4.0/"`).Lacks(t, "registrar", "sha256", "audience")
	r.shows(t, id)
	look("withdrawn", r.Nobody(), 404, "")
}
