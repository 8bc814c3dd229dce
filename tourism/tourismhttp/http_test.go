package tourismhttp

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
	"yijianyou/media"
	"yijianyou/tourism"
	"yijianyou/web/httpkit"
	"yijianyou/web/httpkit/httpkittest"
)

type noAssets struct{}

func (noAssets) Asset(context.Context, store.Reader, string) (*media.Asset, error) {
	return nil, tourism.ErrNotFound.New()
}
func (noAssets) SetShown(*store.Tx, string, string, []string) error    { return nil }
func (noAssets) FollowShown(*store.Tx, string, string, []string) error { return nil }

type noCatalogue struct{}

func (noCatalogue) Name(context.Context, store.Reader, heritage.Kind, string) (heritage.Text, actor.OrgID, bool, error) {
	return heritage.Text{}, "", false, heritage.ErrNotFound.New()
}

func (noCatalogue) Hours(context.Context, store.Reader, heritage.MuseumID) (*heritage.OpeningHours, error) {
	return nil, nil
}

func (noCatalogue) City(context.Context, store.Reader, string, int) ([]heritage.Landmark, error) {
	return nil, nil
}

func (noCatalogue) Provider(context.Context, store.Reader, heritage.MuseumID) (*media.Agent, error) {
	return nil, nil
}

type site struct {
	*httpkittest.Server
	st                              *store.Store
	svc                             *tourism.Service
	manager, other, watcher, nobody *httpkittest.Client
}

func newSite(t *testing.T) *site { return newSiteWith(t, nil) }

func newSiteWith(t *testing.T, crowds tourism.Crowds) *site {
	st := storetest.New(t, append(tourism.Collections(), httpkit.Collections()...)...)
	svc := tourism.New(tourism.Options{Store: st, Assets: noAssets{}, Catalogue: noCatalogue{}, Crowds: crowds, SortKey: func(s string) string { return s }})
	s := &site{st: st, svc: svc, Server: httpkittest.New(t, httpkit.Options{Store: st}, func(r *httpkit.Router) { Mount(r, svc) })}
	s.manager = s.As(httpkittest.Staff("manager", actor.Grant{Role: actor.AreaManager, Org: "park"}))
	s.other = s.As(httpkittest.Staff("other", actor.Grant{Role: actor.AreaManager, Org: "elsewhere"}))
	s.watcher = s.As(httpkittest.Staff("watcher", actor.Grant{Role: actor.Dispatcher, Org: "park"}))
	s.nobody = s.Nobody()
	return s
}

func body(t *testing.T, org string, fields map[string]any) map[string]any {
	t.Helper()
	out := map[string]any{"fields": fields}
	if org != "" {
		out["org"] = org
	}
	return out
}

type made struct {
	ID  string `json:"id"`
	Rev int64  `json:"rev"`
}

func TestTheLifeOfAnAreaOverHTTP(t *testing.T) {
	s := newSite(t)
	area := map[string]any{"name": map[string]string{"zh": "示范山", "en": "Model Hill"}, "grade": "4A", "internalNotes": "秘密备注", "simulated": true,
		"division": map[string]any{"city": map[string]string{"zh": "郑州市", "en": "Zhengzhou"}}, "location": map[string]any{"lon": 113.5, "lat": 34.8, "precisionM": 500, "unverified": true}}
	s.nobody.Post("/api/v1/areas", body(t, "park", area)).Want(t, 401)
	s.watcher.Post("/api/v1/areas", body(t, "park", area)).Want(t, 403)
	s.other.Post("/api/v1/areas", body(t, "park", area)).Want(t, 403)
	got := s.manager.Post("/api/v1/areas", body(t, "park", area))
	got.Want(t, 201)
	var a made
	if err := json.Unmarshal(got.Body, &a); err != nil || a.Rev != 1 {
		t.Fatal(a, err)
	}
	path := "/api/v1/areas/" + a.ID
	s.nobody.Get(path).Want(t, 404)
	s.nobody.Get(path+"?view=staff").Want(t, 401)
	s.other.Get(path+"?view=staff").Want(t, 404)
	s.watcher.Get(path+"?view=staff").Want(t, 200)

	s.manager.Post(path+"/publish", nil).Want(t, 428)
	s.manager.Post(path+"/publish", nil, "If-Match", `"9-staff-zh-CN"`).Want(t, 412)
	s.watcher.Post(path+"/publish", nil, "If-Match", `"1-staff-zh-CN"`).Want(t, 403)
	s.manager.Post(path+"/publish", nil, "If-Match", `"1-staff-zh-CN"`).Want(t, 200)

	pub := s.nobody.Get(path)
	pub.Want(t, 200)
	pub.Lacks(t, "秘密备注")
	for _, part := range []string{`"code":"4A"`, "4A national tourist attraction", `"simulated":true`, `"unverified":true`, `"visiting":null`, `"datum":"WGS84"`} {
		if !strings.Contains(string(pub.Body), part) {
			t.Errorf("the public view lacks %s: %s", part, pub.Body)
		}
	}
	s.nobody.Get(path, "If-None-Match", pub.Header.Get("ETag")).Want(t, 304)
	list := s.nobody.Get("/api/v1/areas?grade=4A")
	list.Want(t, 200)
	if !strings.Contains(string(list.Body), a.ID) {
		t.Errorf("the area is not listed: %s", list.Body)
	}
	s.nobody.Get("/api/v1/areas?grade=9A").Want(t, 400)
	s.nobody.Get("/api/v1/areas?cursor=zzz").Want(t, 422)
	s.nobody.Get("/api/v1/areas?view=staff").Want(t, 401)
	s.other.Get("/api/v1/areas?view=staff&org=park").Want(t, 403)

	area["name"] = map[string]string{"zh": "改名山"}
	area["grade"] = "7A"
	bad := s.manager.Put(path, body(t, "", area), "If-Match", `"2-staff-zh-CN"`)
	bad.Want(t, 422)
	if !strings.Contains(string(bad.Body), `"path":"fields.grade"`) {
		t.Errorf("the field is not named by its path: %s", bad.Body)
	}
	area["grade"] = "5A"
	s.manager.Put(path, body(t, "", area), "If-Match", `"2-staff-zh-CN"`).Want(t, 200)
	still := s.nobody.Get(path)
	still.Lacks(t, "改名山")
	s.manager.Delete(path+"?reason=x", "If-Match", `"3-staff-zh-CN"`).Want(t, 409)
	s.manager.Post(path+"/withdraw", map[string]string{"reason": "闭园"}, "If-Match", `"3-staff-zh-CN"`).Want(t, 200)
	s.nobody.Get(path).Want(t, 404)
	hist := s.watcher.Get(path + "/history")
	hist.Want(t, 200)
	if !strings.Contains(string(hist.Body), "闭园") {
		t.Errorf("history lacks the reason: %s", hist.Body)
	}
	s.other.Get(path+"/history").Want(t, 404)
	old := s.watcher.Get(path + "/history/1")
	old.Want(t, 200)
	if !strings.Contains(string(old.Body), "示范山") {
		t.Errorf("revision 1: %s", old.Body)
	}
	back := map[string]any{"rev": 1, "reason": "改回原名"}
	s.nobody.Post(path+"/restore", back, "If-Match", `"4-staff-zh-CN"`).Want(t, 401)
	s.watcher.Post(path+"/restore", back, "If-Match", `"4-staff-zh-CN"`).Want(t, 403)
	s.other.Post(path+"/restore", back, "If-Match", `"4-staff-zh-CN"`).Want(t, 404)
	s.manager.Post(path+"/restore", back).Want(t, 428)
	s.manager.Post(path+"/restore", back, "If-Match", `"3-staff-zh-CN"`).Want(t, 412)
	s.manager.Post(path+"/restore", map[string]any{"rev": 77}, "If-Match", `"4-staff-zh-CN"`).Want(t, 404)
	s.manager.Post(path+"/restore", back, "If-Match", `"4-staff-zh-CN"`).Want(t, 200).Has(t, "示范山", `"rev":5`)
	s.watcher.Get(path+"/history").Want(t, 200).Has(t, `"action":"area.restore"`, "改回原名")
	s.manager.Delete(path+"?reason=%E8%AF%AF%E5%BD%95", "If-Match", `"5-staff-zh-CN"`).Want(t, 204)
	s.manager.Get(path+"?view=staff").Want(t, 404)
}

func TestSpotsPathsAndStoriesOfAnArea(t *testing.T) {
	s := newSite(t)
	create := func(plural string, fields map[string]any) made {
		t.Helper()
		got := s.manager.Post("/api/v1/"+plural, body(t, "park", fields))
		got.Want(t, 201)
		var m made
		if err := json.Unmarshal(got.Body, &m); err != nil {
			t.Fatal(err)
		}
		return m
	}
	publish := func(plural string, m made) {
		t.Helper()
		s.manager.Post(fmt.Sprintf("/api/v1/%s/%s/publish", plural, m.ID), nil, "If-Match", fmt.Sprintf(`"%d-staff-zh-CN"`, m.Rev)).Want(t, 200)
	}
	area := create("areas", map[string]any{"name": map[string]string{"zh": "园"}})
	a := create("spots", map[string]any{"areaId": area.ID, "name": map[string]string{"zh": "门"}, "kind": "gate", "order": 1})
	b := create("spots", map[string]any{"areaId": area.ID, "name": map[string]string{"zh": "亭"}, "kind": "sight", "order": 2, "wheelchair": "no"})
	p := create("paths", map[string]any{"areaId": area.ID, "fromSpot": a.ID, "toSpot": b.ID, "precisionM": 500, "lengthM": 150, "steps": 12,
		"line": []map[string]float64{{"lon": 113, "lat": 34}, {"lon": 113.001, "lat": 34}}})
	story := create("stories", map[string]any{"subject": map[string]string{"kind": "spot", "id": b.ID}, "title": map[string]string{"zh": "亭记"}, "text": map[string]string{"zh": "亭在山上。"}})
	for _, m := range []struct {
		plural string
		made
	}{{"areas", area}, {"spots", a}, {"spots", b}, {"paths", p}, {"stories", story}} {
		publish(m.plural, m.made)
	}
	spots := s.nobody.Get("/api/v1/areas/" + area.ID + "/spots")
	spots.Want(t, 200)
	var page struct {
		Items []struct {
			ID       string
			Facility bool
			Area     struct{ Name heritage.Text }
		}
	}
	if err := json.Unmarshal(spots.Body, &page); err != nil || len(page.Items) != 2 || page.Items[0].ID != a.ID || !page.Items[0].Facility || page.Items[1].Facility || page.Items[0].Area.Name.ZH != "园" {
		t.Errorf("spots of the area: %s %v", spots.Body, err)
	}
	paths := s.nobody.Get("/api/v1/areas/" + area.ID + "/paths")
	paths.Want(t, 200)
	if !strings.Contains(string(paths.Body), `"steps":12`) {
		t.Errorf("paths of the area: %s", paths.Body)
	}
	got := s.nobody.Get("/api/v1/stories?subject=" + b.ID)
	got.Want(t, 200)
	if !strings.Contains(string(got.Body), "亭在山上") || !strings.Contains(string(got.Body), `"name":{"zh":"亭"`) {
		t.Errorf("stories of the spot: %s", got.Body)
	}
	s.nobody.Get("/api/v1/areas/0190a000-0000-7000-8000-000000000001/spots").Want(t, 404)
	s.nobody.Get("/api/v1/spots?area="+area.ID+"&subject="+b.ID).Want(t, 422)
	staff := s.watcher.Get("/api/v1/areas/" + area.ID + "/spots?view=staff")
	staff.Want(t, 200)
	if !strings.Contains(string(staff.Body), `"publication":{"state":"published"`) {
		t.Errorf("staff view of spots: %s", staff.Body)
	}
}

func TestEveryAnswerIsDescribed(t *testing.T) {
	s := newSite(t)
	doc, err := s.Router.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"AreaView", "SpotView", "PathView", "StoryView", "oneOf"} {
		if !strings.Contains(string(doc), name) {
			t.Errorf("the OpenAPI document lacks %s", name)
		}
	}
}

// TestAPublicTagChangesWithTheNamesThatTheViewTells: the name of the area is part
// of the view of a spot, and a cache must not keep the old one.
func TestAPublicTagChangesWithTheNamesThatTheViewTells(t *testing.T) {
	s := newSite(t)
	create := func(path string, fields map[string]any) (at string) {
		var m made
		s.manager.Post(path, body(t, "park", fields)).Want(t, 201).JSON(t, &m)
		s.manager.Post(path+"/"+m.ID+"/publish", nil, "If-Match", `"1-staff-zh-CN"`).Want(t, 200)
		return path + "/" + m.ID
	}
	area := create("/api/v1/areas", map[string]any{"name": map[string]string{"zh": "旧名山"}})
	spot := create("/api/v1/spots", map[string]any{"name": map[string]string{"zh": "塔"}, "kind": "sight", "areaId": area[len("/api/v1/areas/"):]})
	tag := s.nobody.Get(spot).Want(t, 200).Has(t, "旧名山").Header.Get("ETag")
	s.nobody.Get(spot, "If-None-Match", tag).Want(t, 304)
	s.manager.Put(area, body(t, "", map[string]any{"name": map[string]string{"zh": "新名山"}}), "If-Match", `"2-staff-zh-CN"`).Want(t, 200)
	s.nobody.Get(spot, "If-None-Match", tag).Want(t, 304)
	s.manager.Post(area+"/publish", nil, "If-Match", `"3-staff-zh-CN"`).Want(t, 200)
	s.nobody.Get(spot, "If-None-Match", tag).Want(t, 200).Has(t, "新名山")
}
