package app

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"yijianyou/cmd/yijianyou/internal/config"
	"yijianyou/heritage"
	"yijianyou/internal/fault"
)

func TestASecondServerIsRefusedAndTheFirstServesOn(t *testing.T) {
	dir := t.TempDir()
	p := start(t, map[string]string{"data": dir})
	cfg, err := config.Load(config.Sources{Flags: map[string]string{"data": dir, "listen": "127.0.0.1:0"}})
	if err != nil {
		t.Fatal(err)
	}
	a, err := Build(t.Context(), cfg, slog.New(slog.DiscardHandler), "test")
	if err == nil {
		a.Close()
	}
	if !errors.Is(err, ErrLocked) {
		t.Fatalf("the second server: %v", err)
	}
	if said := fault.Of(err).Text(fault.English); !strings.Contains(said, dir) || !strings.Contains(said, "pid ") {
		t.Errorf("it does not say what is held and by whom: %s", said)
	}
	rec := p.login(t, "clerk").create(heritage.RelicFields{Name: heritage.Text{ZH: "之后的记录"}})
	p.login(t, "second").get("/api/v1/relics/" + rec.ID + "?view=staff").want(http.StatusOK)
}

// TestARestartKeepsEverything: records, sessions, history, indexes and pictures
// are those of before.
func TestARestartKeepsEverything(t *testing.T) {
	dir := map[string]string{"data": t.TempDir()}
	p := start(t, dir)
	clerk, second := p.login(t, "clerk"), p.login(t, "second")
	asset := clerk.upload(700, 500)
	rec := clerk.create(heritage.RelicFields{Name: heritage.Text{ZH: "重启前的玉琮"}, Images: []heritage.ImageRef{{AssetID: asset}}})
	draft := clerk.create(heritage.RelicFields{Name: heritage.Text{ZH: "重启前的草稿"}})
	clerk.step(rec.ID, "review", "submit")
	second.step(rec.ID, "review", "approve")
	second.step(rec.ID, "publication", "publish")
	found := func() bool { return p.visitor(t).get("/api/v1/search?q=玉琮").total() == 1 }
	tiled := func() bool {
		return p.visitor(t).get("/iiif/image/3/"+asset+"/full/max/0/default.jpg").status == http.StatusOK
	}
	p.until(t, "it is found", found)
	p.until(t, "it is pictured", tiled)
	paths := []string{"/api/v1/relics/" + rec.ID, "/api/v1/relics/" + rec.ID + "?view=staff", "/api/v1/relics/" + rec.ID + "/history", "/api/v1/relics/" + draft.ID + "?view=staff"}
	var before []string
	for _, path := range paths {
		before = append(before, string(clerk.get(path).want(http.StatusOK).body))
	}
	built := make(map[string]int64)
	for _, s := range p.Feed.Status() {
		built[string(s.Audience)] = int64(s.Documents)
	}
	p.stop()

	p = start(t, dir)
	if !found() || !tiled() {
		t.Error("the published record is not there at once")
	}
	clerk.url = p.url // the cookie is as good as before
	for i, path := range paths {
		if got := string(clerk.get(path).want(http.StatusOK).body); got != before[i] {
			t.Errorf("%s was %s and is %s", path, before[i], got)
		}
	}
	for _, s := range p.Feed.Status() {
		if s.Built != 0 || int64(s.Documents) != built[string(s.Audience)] {
			t.Errorf("index %s: %d documents, %d built anew; before %d", s.Audience, s.Documents, s.Built, built[string(s.Audience)])
		}
	}
	if found, err := p.Check(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("check: %v %s", err, fmt.Sprint(found))
	}
}
