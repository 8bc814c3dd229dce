package loadhttp

import (
	"context"
	"strings"
	"testing"

	"yijianyou/heritage"
	"yijianyou/heritage/load"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
	"yijianyou/media"
	"yijianyou/web/httpkit"
	"yijianyou/web/httpkit/httpkittest"
)

type noAssets struct{}

func (noAssets) Asset(context.Context, store.Reader, string) (*media.Asset, error) {
	return nil, store.ErrNotFound.New()
}
func (noAssets) SetShown(*store.Tx, string, string, []string) error    { return nil }
func (noAssets) FollowShown(*store.Tx, string, string, []string) error { return nil }

type oneMuseum struct{ id heritage.MuseumID }

func (m oneMuseum) Museums(context.Context, store.Reader, actor.OrgID) (map[string]heritage.MuseumID, error) {
	return map[string]heritage.MuseumID{"示范博物馆": m.id}, nil
}

const file = "藏品编号,名称,类别,数量\nYS-1,演示·鼎,铜器,1件\nYS-2,,铜器,1件\nYS-3,演示·簋,铜器,1套\n"

func staff(role actor.Role, org actor.OrgID) actor.Actor {
	return actor.Actor{Kind: actor.Staff, ID: string(role) + string(org), Name: "示范角色", Grants: []actor.Grant{{Role: role, Org: org}}}
}

func TestAFileIsOpenedMendedWrittenAndUndoneOverHTTP(t *testing.T) {
	st := storetest.New(t, append(append(heritage.Collections(), load.Collections()...), httpkit.Collections()...)...)
	h := heritage.New(heritage.Options{Store: st, Assets: noAssets{}, SortKey: func(s string) string { return s }, Loads: load.Visibility{}})
	m, err := h.Museums.Create(t.Context(), actor.SystemPart("test"), heritage.NewRecord[heritage.MuseumFields]{Org: "demo-museum",
		Fields: heritage.MuseumFields{Name: heritage.Text{ZH: "示范博物馆"}}})
	if err != nil {
		t.Fatal(err)
	}
	svc := load.New(load.Options{Store: st, Heritage: h, Holders: oneMuseum{heritage.MuseumID(m.ID)}})
	runner := store.NewRunner(st, store.RunnerOptions{Handlers: svc.Handlers()})
	s := httpkittest.New(t, httpkit.Options{Store: st}, func(r *httpkit.Router) { Mount(r, svc, 1<<16) })
	registrar := s.As(staff(actor.Registrar, "demo-museum"))
	const open = "/api/v1/loads?org=demo-museum&kind=relic&name=a.csv"

	s.Nobody().Post(open, file).Want(t, 401)
	s.As(staff(actor.Keeper, "demo-museum")).Post(open, file).Want(t, 403)
	s.As(staff(actor.Registrar, "demo-museum-b")).Post(open, file).Want(t, 403).Code(t, "load.denied")
	registrar.Post("/api/v1/loads?org=demo-museum&kind=place", file).Want(t, 400)
	registrar.Post("/api/v1/loads?org=demo-museum&kind=relic", "\x89PNG\x00\x00").Want(t, 415).Code(t, "tabular.format")
	registrar.Post(open, strings.Repeat("x", 1<<17)).Want(t, 413)

	var l View
	registrar.Post(open, file).Want(t, 201).JSON(t, &l)
	if l.Counts.Ready != 1 || l.Counts.Doubtful != 1 || l.Counts.Faulty != 1 {
		t.Fatalf("counts %+v", l.Counts)
	}
	at := "/api/v1/loads/" + l.ID
	other := s.As(staff(actor.Registrar, "demo-museum-b"))
	for _, path := range []string{at, at + "/rows"} {
		other.Get(path).Want(t, 404).Lacks(t, "演示", "YS-1")
	}
	registrar.Get(at+"/rows?state=faulty").Want(t, 200).Has(t, "YS-2", "heritage.chinese_required").Lacks(t, "YS-1")
	registrar.Patch(at+"/rows/3", map[string]any{"cells": map[string]string{"1": "演示·尊"}}).Want(t, 200).Has(t, `"state":"ready"`)
	registrar.Patch(at+"/rows/4", map[string]any{"decision": "accept"}).Want(t, 200).Has(t, `"state":"ready"`)
	registrar.Patch(at+"/rows/4", map[string]any{"decision": "burn"}).Want(t, 400)
	registrar.Patch(at+"/rows/9", map[string]any{"decision": "skip"}).Want(t, 404)
	registrar.Patch(at+"/rows/4", map[string]any{"cells": map[string]string{"99": "x"}}).Want(t, 422)
	registrar.Put(at+"/mapping", map[string]any{"mapping": []string{"number", "name", "category", "quantity"}}).Want(t, 428)
	registrar.Post(at+"/write", nil).Want(t, 200)
	registrar.Post(at+"/write", nil).Want(t, 409)
	if _, err := runner.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	registrar.Get(at).Want(t, 200).Has(t, `"written":3`, `"state":"closed"`)
	registrar.Get("/api/v1/exports/relic?org=demo-museum&format=csv").Want(t, 200).Has(t, "演示·尊", "YS-1")
	other.Get("/api/v1/exports/relic?org=demo-museum&format=csv").Want(t, 404).Lacks(t, "演示")
	registrar.Post(at+"/undo", map[string]any{"reason": ""}).Want(t, 422)
	registrar.Post(at+"/undo", map[string]any{"reason": "导错了"}).Want(t, 200)
	if _, err := runner.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	registrar.Get(at).Want(t, 200).Has(t, `"undone":3`)
}
