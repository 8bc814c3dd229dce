package searchhttp

import (
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/web/httpkit"
	"yijianyou/web/httpkit/httpkittest"
)

func TestSavedSearchesOverHTTP(t *testing.T) {
	s := server(t)
	mine := s.As(httpkittest.Staff("a", actor.Grant{Role: actor.Registrar, Org: "demo-museum"}))
	colleague := s.As(httpkittest.Staff("b", actor.Grant{Role: actor.Keeper, Org: "demo-museum"}))
	stranger := s.As(httpkittest.Staff("c", actor.Grant{Role: actor.Registrar, Org: "demo-museum-b"}))
	body := map[string]any{"org": "demo-museum", "fields": map[string]any{"name": "青铜", "query": "q=铜&kind=relic", "shared": false}}

	s.Nobody().Post(savedBase, body).Want(t, 401)
	stranger.Post(savedBase, body).Want(t, 422).Has(t, `"saved.org"`)
	created := mine.Post(savedBase, body).Want(t, 201)
	var got SavedView
	created.JSON(t, &got)
	at := savedBase + "/" + got.ID
	if created.Header.Get("Location") != at || !got.Mine || got.Owner != "a" || got.Fields.Query != "kind=relic&q=%E9%93%9C" {
		t.Errorf("got %+v at %s", got, created.Header.Get("Location"))
	}
	mine.Post(savedBase, body).Want(t, 409).Has(t, "saved.taken")
	colleague.Get(at).Want(t, 404)
	stranger.Get(at).Want(t, 404)

	tag := created.Header.Get("ETag")
	shared := map[string]any{"fields": map[string]any{"name": "青铜器", "query": "q=铜", "shared": true}}
	mine.Put(at, shared).Want(t, 428)
	stranger.Put(at, shared, "If-Match", tag).Want(t, 404)
	changed := mine.Put(at, shared, "If-Match", tag).Want(t, 200)
	mine.Put(at, shared, "If-Match", tag).Want(t, 412)
	mine.Put(at, map[string]any{"fields": map[string]any{"name": "", "query": "x=1", "shared": true}}, "If-Match", changed.Header.Get("ETag")).Want(t, 422).Has(t, "fields.name", "fields.query")

	var page httpkit.Page[SavedView]
	colleague.Get(savedBase+"?whose=shared&org=demo-museum").Want(t, 200).JSON(t, &page)
	if len(page.Items) != 1 || page.Items[0].Mine || page.Items[0].Fields.Name != "青铜器" {
		t.Errorf("a colleague sees %+v", page.Items)
	}
	stranger.Get(savedBase+"?whose=shared&org=demo-museum").Want(t, 422).Has(t, "query.org")
	colleague.Put(at, shared, "If-Match", changed.Header.Get("ETag")).Want(t, 403)
	colleague.Delete(at, "If-Match", changed.Header.Get("ETag")).Want(t, 403)
	stranger.Delete(at, "If-Match", changed.Header.Get("ETag")).Want(t, 404)
	mine.Delete(at, "If-Match", changed.Header.Get("ETag")).Want(t, 204)
	mine.Get(at).Want(t, 404)
	mine.Get(savedBase).Want(t, 200).Has(t, `"items":[]`)
}
