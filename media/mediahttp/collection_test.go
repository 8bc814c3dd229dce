package mediahttp_test

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"testing"

	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/media/discovery"
	"yijianyou/media/mediahttp"
	"yijianyou/web/httpkit"
	"yijianyou/web/httpkit/httpkittest"
)

// many is a ManifestSource of records of which each tenth has a picture.
type many struct {
	nobody
	records int
	asset   string
	read    *int // how many records were asked for
}

func (m many) Published(_ context.Context, _ store.Reader, _ string, limit int, after store.Cursor) (store.Page[media.Manifest], error) {
	var page store.Page[media.Manifest]
	first := 0
	if after != "" {
		var err error
		if first, err = strconv.Atoi(string(after)); err != nil {
			return page, store.ErrCursor.Wrap(err)
		}
	}
	for i := first; i < min(first+limit, m.records); i++ {
		facts := &media.Manifest{ID: strconv.Itoa(i), Label: media.Text{ZH: fmt.Sprint("文物", i)}}
		if i%10 == 0 {
			facts.Pictures = []media.Picture{{Asset: m.asset}}
		}
		page.Items = append(page.Items, facts)
	}
	*m.read += len(page.Items)
	if first+limit < m.records {
		page.Next = store.Cursor(strconv.Itoa(first + limit))
	}
	return page, nil
}

// TestALongCollectionIsAChainOfBoundedPages: every record with a picture is in
// it once, in order, and no page reads more than a thousand.
func TestALongCollectionIsAChainOfBoundedPages(t *testing.T) {
	r := newRoom(t, public)
	asset := r.published(t, 600, 500)
	r.work(t)
	read := 0
	shelves := []media.Shelf{{Kind: "relics", Label: media.Text{ZH: "文物", EN: "Relics"}, Source: many{records: 2345, asset: asset, read: &read}}}
	server := httpkittest.New(t, httpkit.Options{PublicURL: public, Store: r.st}, func(k *httpkit.Router) {
		mediahttp.Mount(k, mediahttp.Deps{Service: r.svc, Store: r.st, Shelves: shelves, Museums: nobody{}, Log: discovery.New(r.st, r.svc, shelves, slog.New(slog.DiscardHandler))})
	})
	type ref struct {
		ID, Type  string
		Thumbnail []struct{ ID string }
	}
	var ids []string
	pages := 0
	for next := "/iiif/collection/3/relics"; next != ""; pages++ {
		var doc struct {
			ID            string
			PartOf, Items []ref
		}
		read = 0
		server.Nobody().Get(next).Want(t, 200).JSON(t, &doc)
		if doc.ID != public+next || read > 1000 || len(doc.Items) > 151 {
			t.Errorf("%s: calls itself %s, read %d records for %d items", next, doc.ID, read, len(doc.Items))
		}
		whole, first := public+"/iiif/collection/3/top", public+"/iiif/collection/3/relics"
		if want := map[bool]string{true: whole, false: first}[pages == 0]; len(doc.PartOf) != 1 || doc.PartOf[0].ID != want {
			t.Errorf("%s is a part of %v", next, doc.PartOf)
		}
		next = ""
		for _, it := range doc.Items {
			if it.Type == "Collection" {
				next = strings.TrimPrefix(it.ID, public)
				continue
			}
			if len(it.Thumbnail) != 1 || !strings.Contains(it.Thumbnail[0].ID, asset) {
				t.Errorf("%s has the thumbnail %v", it.ID, it.Thumbnail)
			}
			ids = append(ids, strings.TrimPrefix(it.ID, public+"/iiif/manifest/3/relics/"))
		}
	}
	if pages < 4 || len(ids) != 235 {
		t.Errorf("%d members on %d pages", len(ids), pages)
	}
	for i, id := range ids {
		if id != strconv.Itoa(i*10) {
			t.Fatalf("member %d is %s", i, id)
		}
	}
	server.Nobody().Get("/iiif/collection/3/relics?after=nonsense").Want(t, 422).Code(t, "store.cursor")
}
