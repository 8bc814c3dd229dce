package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"yijianyou/heritage"
)

// TestFromDraftToTile follows one relic through the whole program: hidden while
// it is a draft, found by everybody once it is published, pictured by tiles,
// hidden again when it is withdrawn.
func TestFromDraftToTile(t *testing.T) {
	p := start(t, nil)
	clerk, second, visitor := p.login(t, "clerk"), p.login(t, "second"), p.visitor(t)
	asset := clerk.upload(1200, 900)
	rec := clerk.create(heritage.RelicFields{Name: heritage.Text{ZH: "场景鎏金铜鹿", EN: "Gilt deer of the scenario"},
		Images: []heritage.ImageRef{{AssetID: asset, Drawing: true}}, Simulated: true})

	found := func() int { return visitor.get("/api/v1/search?q=鎏金铜鹿").total() }
	public := []string{"/api/v1/relics/" + rec.ID, "/iiif/manifest/3/relics/" + rec.ID, "/iiif/image/3/" + asset + "/info.json",
		"/iiif/image/3/" + asset + "/full/max/0/default.jpg"}
	hidden := func(when string) {
		t.Helper()
		if err := p.Feed.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := found(); n != 0 {
			t.Errorf("%s the public search finds %d", when, n)
		}
		for _, path := range public {
			visitor.get(path).want(http.StatusNotFound)
		}
		for _, path := range []string{"/api/v1/relics", "/api/v1/search", "/api/v1/search/names", "/api/v1/suggest?q=场景", "/api/v1/suggest?q=gilt"} {
			if got := visitor.get(path).want(http.StatusOK); strings.Contains(string(got.body), "鹿") || strings.Contains(string(got.body), rec.ID) {
				t.Errorf("%s %s tells of it: %s", when, path, got.body)
			}
		}
	}
	hidden("as a draft")

	clerk.step(rec.ID, "review", "submit")
	second.step(rec.ID, "review", "approve")
	hidden("when it is reviewed")

	second.step(rec.ID, "publication", "publish")
	p.until(t, "the search finds it", func() bool { return found() == 1 })
	p.until(t, "its picture is cut into tiles", func() bool { return visitor.get(public[2]).status == http.StatusOK })

	visitor.get(public[0]).want(http.StatusOK)
	if got := visitor.get("/api/v1/search/names").want(http.StatusOK); !strings.Contains(string(got.body), rec.ID) {
		t.Errorf("the list of names lacks it: %s", got.body)
	}
	var manifest struct {
		Items []struct {
			Items []struct {
				Items []struct {
					Body struct {
						Service []struct{ ID string }
					}
				}
			}
		}
	}
	raw := visitor.get(public[1]).want(http.StatusOK)
	if err := json.Unmarshal(raw.body, &manifest); err != nil {
		t.Fatal(err)
	}
	if len(manifest.Items) != 1 {
		t.Fatalf("the manifest has %d canvases: %s", len(manifest.Items), raw.body)
	}
	service := manifest.Items[0].Items[0].Items[0].Body.Service[0].ID
	kept, ours := strings.CutPrefix(service, "http://guide.example")
	if !ours || !strings.HasPrefix(kept, "/iiif/image/3/"+asset+"~v") {
		t.Fatalf("the manifest names the service %s", service)
	}
	// The address with the version opens nothing when the record is withdrawn.
	public = append(public, kept+"/info.json", kept+"/full/max/0/default.jpg")
	if cache := visitor.get(public[5]).want(http.StatusOK).header.Get("Cache-Control"); !strings.Contains(cache, "immutable") {
		t.Errorf("Cache-Control of a picture that may be kept: %s", cache)
	}
	var info struct {
		Width, Height int
		Tiles         []struct{ Width int }
	}
	visitor.get(public[2]).want(http.StatusOK).decode(&info)
	if info.Width != 1200 || info.Height != 900 || len(info.Tiles) == 0 {
		t.Fatalf("info.json says %+v", info)
	}
	side := info.Tiles[0].Width
	tile := visitor.get(fmt.Sprintf("/iiif/image/3/%s/0,0,%d,%d/%d,%d/0/default.jpg", asset, side, side, side, side)).want(http.StatusOK)
	if got := http.DetectContentType(tile.body); got != "image/jpeg" {
		t.Errorf("a tile is %s", got)
	}

	tag := second.get(public[0] + "?view=staff").want(http.StatusOK).header.Get("ETag")
	second.do("POST", public[0]+"/publication", map[string]string{"step": "withdraw", "reason": "场景"}, "If-Match", tag).want(http.StatusOK)
	p.until(t, "the search forgets it", func() bool { return found() == 0 })
	hidden("when it is withdrawn")
}
