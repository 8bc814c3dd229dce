package app

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"
)

type activityPage struct {
	Context      string `json:"@context"`
	ID, Type     string
	PartOf       struct{ ID string }
	OrderedItems []struct {
		Type, EndTime string
		Object        map[string]string
	}
}

// activities reads the feed of changes from its first to its last page.
func (g *gallery) activities() (list []string, raw []byte) {
	g.t.Helper()
	var feed struct {
		TotalItems  int
		First, Last struct{ ID string }
	}
	visitor := g.visitor(g.t)
	visitor.get("/iiif/discovery/3/activity.json").want(http.StatusOK).decode(&feed)
	got := visitor.get(strings.TrimPrefix(feed.Last.ID, guide)).want(http.StatusOK)
	if kind := got.header.Get("Content-Type"); kind != `application/ld+json;profile="http://iiif.io/api/discovery/1/context.json"` {
		g.t.Errorf("a page of changes is %s", kind)
	}
	for { // what is added to the last page meanwhile is another page
		again := visitor.do("GET", strings.TrimPrefix(feed.Last.ID, guide), nil, "If-None-Match", got.header.Get("ETag"))
		if again.status == http.StatusNotModified {
			break
		}
		if again.want(http.StatusOK); bytes.Equal(again.body, got.body) {
			g.t.Fatalf("a page that is as it was is given again: %s", again.body)
		}
		got = again
	}
	var page activityPage
	got.decode(&page)
	if feed.First != feed.Last || page.ID != feed.Last.ID || page.Type != "OrderedCollectionPage" || page.PartOf.ID != guide+"/iiif/discovery/3/activity.json" || page.Context != "http://iiif.io/api/discovery/1/context.json" {
		g.t.Errorf("%+v, %s", feed, got.body)
	}
	last := ""
	for _, a := range page.OrderedItems {
		at, err := time.Parse(time.RFC3339, a.EndTime)
		if err != nil || !strings.HasSuffix(a.EndTime, "Z") || a.EndTime < last || at.IsZero() || len(a.Object) != 2 || a.Object["type"] != "Manifest" {
			g.t.Errorf("%+v after %s: %v", a, last, err)
		}
		last = a.EndTime
		list = append(list, a.Type+" "+a.Object["id"])
	}
	return list, got.body
}

// TestWhatVanishesIsGoneAtOnceAndToldAsADelete: a withdrawn relic is in no
// collection from the moment of its withdrawal, and the feed of changes names its
// manifest and nothing else. Whose terms change has changed, too; what was never
// public is never told.
func TestWhatVanishesIsGoneAtOnceAndToldAsADelete(t *testing.T) {
	g := newGallery(t)
	count := func(want string) (n int) {
		list, _ := g.activities()
		for _, a := range list {
			if a == want {
				n++
			}
		}
		return n
	}
	asked := 0
	told := func(what string, ok func() bool) { // seldom enough for one address
		t.Helper()
		g.until(t, what, func() bool { asked++; return asked%5 == 0 && ok() })
	}
	for _, m := range g.manifests() {
		told("its creation is told", func() bool { return count("Create "+m) == 1 })
	}
	relic := guide + "/iiif/manifest/3/relics/" + g.relic

	a, err := g.Media.See(t.Context(), g.by, g.back)
	if err != nil {
		t.Fatal(err)
	}
	updates := count("Update " + relic)
	terms := a.Terms
	terms.Credit.EN = "Model photographer two"
	if _, err := g.Media.SetTerms(t.Context(), g.by, a.ID, a.Rev, terms, "补充署名"); err != nil {
		t.Fatal(err)
	}
	told("new terms are told", func() bool { return count("Update "+relic) > updates })

	kinds := []string{"relics", "museums/" + g.museum + "/relics"}
	for _, k := range kinds {
		if body := g.visitor(t).get("/iiif/collection/3/" + k).want(http.StatusOK).body; !bytes.Contains(body, []byte(relic)) {
			t.Errorf("%s lacks the relic: %s", k, body)
		}
	}
	if _, err := g.Heritage.Relics.Withdraw(t.Context(), g.by, g.relic, 0, "场景"); err != nil {
		t.Fatal(err)
	}
	for address, body := range g.walk(guide + "/iiif/collection/3/top") { // at once
		if bytes.Contains(body, []byte(g.relic)) || bytes.Contains(body, []byte(g.front)) {
			t.Errorf("%s still names what was withdrawn", address)
		}
	}
	told("its end is told", func() bool { return count("Delete "+relic) == 1 })

	if _, err := g.Heritage.Museums.Withdraw(t.Context(), g.by, g.museum, 0, "场景"); err != nil {
		t.Fatal(err)
	}
	g.visitor(t).get("/iiif/collection/3/museums/" + g.museum).want(http.StatusNotFound)
	g.visitor(t).get("/iiif/collection/3/museums/" + g.museum + "/relics").want(http.StatusNotFound)
	told("the story of the museum ends with it", func() bool { return count("Delete "+guide+"/iiif/manifest/3/stories/"+g.story) == 1 })

	_, raw := g.activities()
	for what, secret := range map[string]string{"a draft": g.draft, "a relic without pictures": g.bare, "the name of a relic": "示范方壶", "a picture": g.front} {
		if bytes.Contains(raw, []byte(secret)) {
			t.Errorf("the feed tells %s: %s", what, raw)
		}
	}
	for _, page := range []string{"1", "-1", "01", "x"} {
		g.visitor(t).get("/iiif/discovery/3/pages/" + page).want(http.StatusNotFound)
	}
}
