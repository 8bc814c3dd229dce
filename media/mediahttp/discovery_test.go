package mediahttp_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/media/discovery"
	"yijianyou/media/mediahttp"
	"yijianyou/web/httpkit"
	"yijianyou/web/httpkit/httpkittest"
)

// changing is a ManifestSource whose records the public sees as seen says, and the
// Digester of its own log.
type changing struct {
	nobody
	ids  []string
	seen map[string]string
}

func (s *changing) Published(_ context.Context, _ store.Reader, _ string, _ int, _ store.Cursor) (store.Page[media.Manifest], error) {
	var page store.Page[media.Manifest]
	for _, id := range s.ids {
		page.Items = append(page.Items, &media.Manifest{ID: id})
	}
	return page, nil
}

func (s *changing) Touched(context.Context, store.Reader, store.Change) ([]string, error) {
	return s.ids, nil
}

func (s *changing) Digest(_ context.Context, _ store.Reader, _ media.ManifestSource, id string) (string, error) {
	return s.seen[id], nil
}

type object = map[string]any

// only checks that o has these members and no others.
func only(t *testing.T, what string, o object, members ...string) {
	t.Helper()
	for name := range o {
		if !slices.Contains(members, name) {
			t.Errorf("%s has a member %q", what, name)
		}
	}
	for _, name := range members {
		if _, ok := o[name]; !ok {
			t.Errorf("%s has no %q", what, name)
		}
	}
}

// feedOf serves the log of so many records, all of which the public sees.
func feedOf(t *testing.T, records int) (*room, *httpkittest.Server, *changing, *discovery.Log) {
	r, s := newRoom(t, public), &changing{seen: map[string]string{}}
	for i := range records {
		id := fmt.Sprintf("r%03d", i)
		s.ids, s.seen[id] = append(s.ids, id), "first"
	}
	shelves := []media.Shelf{{Kind: "relics", Source: s}}
	log := discovery.New(r.st, s, shelves, slog.New(slog.DiscardHandler))
	if err := log.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r, httpkittest.New(t, httpkit.Options{PublicURL: public, Store: r.st}, func(k *httpkit.Router) {
		mediahttp.Mount(k, mediahttp.Deps{Service: r.svc, Store: r.st, Shelves: shelves, Museums: nobody{}, Log: log})
	}), s, log
}

// The rules of the IIIF Change Discovery API 1.0 about collection and pages, for
// feeds that end within a page and with one.
func TestTheFeedOfChangesComplies(t *testing.T) {
	const base = public + "/iiif/discovery/3"
	const context = "http://iiif.io/api/discovery/1/context.json"
	for _, total := range []int{0, 1, discovery.PageSize, discovery.PageSize + 1, 2*discovery.PageSize + 50} {
		t.Run(fmt.Sprint(total, " activities"), func(t *testing.T) {
			_, server, _, _ := feedOf(t, total)
			pages := max(1, (total+discovery.PageSize-1)/discovery.PageSize)
			at := func(page int) object {
				return object{"id": fmt.Sprint(base, "/pages/", page), "type": "OrderedCollectionPage"}
			}
			equal := func(what string, got, want any) {
				t.Helper()
				if fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("%s: %v, want %v", what, got, want)
				}
			}
			var feed object
			a := server.Nobody().Get("/iiif/discovery/3/activity.json").Want(t, 200)
			fields(t, a, "Content-Type", `application/ld+json;profile="`+context+`"`, "Access-Control-Allow-Origin", "*", "ETag", `"`)
			a.JSON(t, &feed)
			only(t, "the feed", feed, "@context", "id", "type", "totalItems", "first", "last")
			for member, want := range (object{"@context": context, "id": base + "/activity.json", "type": "OrderedCollection", "totalItems": total, "first": at(0), "last": at(pages - 1)}) {
				equal("the feed's "+member, feed[member], want)
			}
			n, last := 0, ""
			for page := range pages {
				var doc object
				server.Nobody().Get(fmt.Sprint("/iiif/discovery/3/pages/", page)).Want(t, 200).JSON(t, &doc)
				members := []string{"@context", "id", "type", "partOf", "startIndex", "orderedItems"}
				want := object{"@context": context, "id": at(page)["id"], "type": "OrderedCollectionPage", "startIndex": page * discovery.PageSize,
					"partOf": object{"id": base + "/activity.json", "type": "OrderedCollection"}}
				if page > 0 {
					members, want["prev"] = append(members, "prev"), at(page-1)
				}
				if page < pages-1 {
					members, want["next"] = append(members, "next"), at(page+1)
				}
				only(t, fmt.Sprint("page ", page), doc, members...)
				for member := range want {
					equal(fmt.Sprint("page ", page, "'s ", member), doc[member], want[member])
				}
				for _, item := range doc["orderedItems"].([]any) {
					activity := item.(object)
					only(t, "an activity", activity, "type", "object", "endTime") // what happens here takes no time: no startTime
					equal("object", activity["object"], object{"id": fmt.Sprintf("%s/iiif/manifest/3/relics/r%03d", public, n), "type": "Manifest"})
					end := activity["endTime"].(string)
					if _, err := time.Parse(time.RFC3339, end); err != nil || !strings.HasSuffix(end, "Z") || end < last {
						t.Errorf("endTime %s after %s: %v", end, last, err)
					}
					n, last = n+1, end
				}
			}
			equal("all activities", n, total)
			for _, none := range []string{fmt.Sprint(pages), "-1", "00", "01", "x", "1e0", "99999999999999999999"} {
				server.Nobody().Get("/iiif/discovery/3/pages/"+none).Want(t, 404)
			}
		})
	}
}

// Of the types of activities (§2.2.2) a manifest here has three: its address never
// changes (no Move), the feed is of everything that is public (no Add, no Remove),
// and after a restore what differs is told one by one (no Refresh).
func TestTheTypesOfActivities(t *testing.T) {
	r, server, s, log := feedOf(t, 2)
	picture, before := r.published(t, 60, 50), 2
	for i, step := range []struct {
		what, seen string
		want       string // "" is nothing told
	}{
		{"nothing of it changes", "first", ""},
		{"another picture", "second", "Update"},
		{"withdrawn", "", "Delete"},
		{"still withdrawn", "", ""},
		{"published again", "second", "Create"},
	} {
		s.seen["r001"] = step.seen
		r.shows(t, picture, map[bool]string{true: "small", false: ""}[i%2 == 0]) // some change, of which the log hears
		if err := log.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		var doc struct {
			OrderedItems []struct {
				Type   string
				Object object
			}
		}
		server.Nobody().Get("/iiif/discovery/3/pages/0").Want(t, 200).JSON(t, &doc)
		added := doc.OrderedItems[before:]
		before = len(doc.OrderedItems)
		if step.want == "" && len(added) != 0 || step.want != "" && (len(added) != 1 || added[0].Type != step.want || added[0].Object["id"] != public+"/iiif/manifest/3/relics/r001" || len(added[0].Object) != 2) {
			t.Errorf("%s: told %v, want %q", step.what, added, step.want)
		}
	}
}
