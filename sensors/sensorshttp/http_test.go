package sensorshttp

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
	"yijianyou/internal/seal"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
	"yijianyou/media"
	"yijianyou/sensors"
	"yijianyou/web/httpkit"
	"yijianyou/web/httpkit/httpkittest"
)

// neighbours are the other domains: relics, places, areas and pictures by id, with
// whose they are.
type neighbours map[string]actor.OrgID

func (n neighbours) owner(id string) (actor.OrgID, error) {
	if org, ok := n[id]; ok {
		return org, nil
	}
	return "", heritage.ErrNotFound.New()
}

func (n neighbours) RelicGlance(_ context.Context, _ store.Reader, id heritage.RelicID) (heritage.RelicGlance, error) {
	org, err := n.owner(string(id))
	return heritage.RelicGlance{Org: org, Name: heritage.Text{ZH: "演示铜壶"}, Number: "No. 1", Grade: "grade-1"}, err
}

func (n neighbours) RelicsWithin(_ context.Context, _ store.Reader, id heritage.PlaceID, _ int) ([]heritage.RelicGlance, bool, error) {
	return []heritage.RelicGlance{{ID: "r1", Org: "demo-museum", Name: heritage.Text{ZH: "演示铜镜"}, Materials: []string{"copper"}},
		{ID: "r2", Org: "demo-museum", Name: heritage.Text{ZH: "演示书画"}, Materials: []string{"paper"}}}, false, nil
}

func (n neighbours) PlaceOrg(_ context.Context, _ store.Reader, id heritage.PlaceID) (actor.OrgID, error) {
	return n.owner(string(id))
}

func (n neighbours) AreaOrg(_ context.Context, _ store.Reader, id string) (actor.OrgID, error) {
	return n.owner(id)
}

func (n neighbours) Asset(_ context.Context, _ store.Reader, id string) (*media.Asset, error) {
	org, err := n.owner(id)
	a := &media.Asset{}
	a.ID, a.Org = id, org
	return a, err
}

func (n neighbours) Covering(context.Context, store.Reader, heritage.RelicID, time.Time) (heritage.Cover, error) {
	return heritage.Cover{}, nil
}

func (n neighbours) Glance(context.Context, store.Reader, heritage.MovementID) (*heritage.Movement, error) {
	return nil, heritage.ErrNotFound.New()
}

func (n neighbours) Late(context.Context, store.Reader, time.Time, int) ([]*heritage.Movement, error) {
	return nil, nil
}

func (n neighbours) NoteLateIn(*store.Tx, heritage.MovementID) error { return nil }

type house struct {
	*httpkittest.Server
	t                                                          *testing.T
	svc                                                        *sensors.Service
	owners                                                     neighbours
	moved                                                      []*heritage.Movement
	run                                                        *store.Runner // of notices
	mails                                                      []sensors.Mail
	keeper, other, manager, dispatcher, auditor, admin, nobody *httpkittest.Client
}

func newHouse(t *testing.T) *house {
	st := storetest.New(t, append(sensors.Collections(), httpkit.Collections()...)...)
	h := &house{t: t, owners: neighbours{}}
	h.svc = sensors.New(sensors.Options{Store: st, Catalogue: h.owners, Orders: h.owners, Loans: h.owners, Assets: h.owners, Areas: h.owners})
	sealer, err := seal.New(make([]byte, seal.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	notifier := sensors.NewNotifier(sensors.NotifierOptions{Service: h.svc, Sealer: sealer, Sender: h, Orgs: h, PublicURL: "https://guide.example"})
	h.run = store.NewRunner(st, store.RunnerOptions{Handlers: notifier.Handlers()})
	h.Server = httpkittest.New(t, httpkit.Options{Store: st}, func(r *httpkit.Router) { Mount(r, h.svc, h, notifier) })
	as := func(role actor.Role, org actor.OrgID) *httpkittest.Client {
		return h.As(httpkittest.Staff(string(role), actor.Grant{Role: role, Org: org}))
	}
	h.keeper, h.other = as(actor.Keeper, "demo-museum"), as(actor.Keeper, "demo-museum-b")
	h.manager, h.dispatcher = as(actor.AreaManager, "demo-museum"), as(actor.Dispatcher, "demo-museum")
	h.auditor, h.admin, h.nobody = as(actor.Auditor, actor.CityWide), as(actor.Admin, actor.CityWide), h.Nobody()
	return h
}

// List implements Movements.
func (h *house) List(_ context.Context, by actor.Actor, f heritage.MovementFilter, _ int, _ store.Cursor) (store.Page[heritage.Movement], error) {
	var page store.Page[heritage.Movement]
	for _, o := range h.moved {
		if by.Can(actor.MovementRead, o.Org) && o.Items[0].RelicID == f.Relic {
			page.Items = append(page.Items, o)
		}
	}
	return page, nil
}

func (h *house) owned(org actor.OrgID) string {
	id := ids.New()
	h.owners[id] = org
	return id
}

type made struct {
	ID  string
	Rev int64
}

// match is the If-Match header of a revision.
func (m made) match() []string { return []string{"If-Match", fmt.Sprintf(`"%d-staff-en"`, m.Rev)} }

// create registers a thing as the keeper and returns its path.
func (h *house) create(plural, id string, fields map[string]any) (string, made) {
	h.t.Helper()
	var m made
	body := map[string]any{"org": "demo-museum", "fields": fields}
	if id != "" {
		body["id"] = id
	}
	h.keeper.Post("/api/v1/"+plural, body).Want(h.t, 201).JSON(h.t, &m)
	return "/api/v1/" + plural + "/" + m.ID, m
}

func named(zh string, more map[string]any) map[string]any {
	out := map[string]any{"name": map[string]string{"zh": zh}}
	for k, v := range more {
		out[k] = v
	}
	return out
}

func (h *house) zone(kind string) string {
	h.t.Helper()
	_, z := h.create("zones", "", named("区域"+kind, map[string]any{"kind": kind}))
	return z.ID
}

func TestTheLifeOfADevice(t *testing.T) {
	h := newHouse(t)
	exit := h.zone("exit")
	fields := named("一层出口通道门", map[string]any{"kind": "portal", "zoneId": exit, "simulated": true})
	body := map[string]any{"id": "exit-portal", "org": "demo-museum", "fields": fields}
	h.nobody.Post("/api/v1/devices", body).Want(t, 401)
	h.auditor.Post("/api/v1/devices", body).Want(t, 403)
	h.dispatcher.Post("/api/v1/devices", body).Want(t, 403)
	h.other.Post("/api/v1/devices", body).Want(t, 403).Code(t, "sensors.org_denied")
	path, d := h.create("devices", "exit-portal", fields)
	h.keeper.Post("/api/v1/devices", body).Want(t, 409).Code(t, "sensors.taken")
	for _, who := range []*httpkittest.Client{h.keeper, h.dispatcher, h.auditor, h.admin} {
		who.Get(path).Want(t, 200).Has(t, `"zoneName":{"zh":"区域exit"`, `"state":null`, `"simulated":true`, `"silentAfterS":120`)
	}
	h.other.Get(path).Want(t, 404)
	h.other.Get(path+"/history").Want(t, 404)
	h.other.Get(path+"/history/1").Want(t, 404)
	h.other.Put(path, map[string]any{"fields": fields}, d.match()...).Want(t, 404)
	h.other.Delete(path+"?reason=x", d.match()...).Want(t, 404)
	h.other.Post(path+"/secret", nil).Want(t, 404)
	h.other.Delete(path+"/secret").Want(t, 404)
	h.nobody.Get(path).Want(t, 401)

	h.keeper.Get("/api/v1/devices").Want(t, 200).Has(t, "exit-portal")
	h.keeper.Get("/api/v1/devices?zone="+exit).Want(t, 200).Has(t, "exit-portal")
	h.keeper.Get("/api/v1/devices?kind=exit").Want(t, 422).Code(t, "sensors.filter")
	h.other.Get("/api/v1/devices").Want(t, 200).Lacks(t, "exit-portal")
	h.other.Get("/api/v1/devices?org=demo-museum").Want(t, 404)
	h.other.Get("/api/v1/devices?zone="+exit).Want(t, 404)
	h.auditor.Get("/api/v1/devices").Want(t, 422).Has(t, "query.org")
	h.auditor.Get("/api/v1/devices?org=demo-museum").Want(t, 200).Has(t, "exit-portal")

	fields["silentAfterS"] = 3
	h.keeper.Put(path, map[string]any{"fields": fields}).Want(t, 428)
	h.keeper.Put(path, map[string]any{"fields": fields}, "If-Match", `"9-staff-en"`).Want(t, 412)
	h.auditor.Put(path, map[string]any{"fields": fields}, d.match()...).Want(t, 403)
	h.keeper.Put(path, map[string]any{"fields": fields}, d.match()...).Want(t, 422).Has(t, `"path":"fields.silentAfterS"`, "between 10 and 86400")
	fields["silentAfterS"] = 30
	h.keeper.Put(path, map[string]any{"fields": fields}, d.match()...).Want(t, 200).JSON(t, &d)

	var secret struct{ Secret string }
	h.auditor.Post(path+"/secret", nil).Want(t, 403)
	h.keeper.Post(path+"/secret", nil).Want(t, 200).JSON(t, &secret)
	if len(secret.Secret) != 64 {
		t.Errorf("the secret has %d digits", len(secret.Secret))
	}
	if _, err := h.svc.Authenticate(t.Context(), "exit-portal", secret.Secret, "127.0.0.1"); err != nil {
		t.Error(err)
	}
	h.keeper.Delete(path+"/secret?keep=2").Want(t, 400)
	h.keeper.Delete(path+"/secret").Want(t, 204)
	if _, err := h.svc.Authenticate(t.Context(), "exit-portal", secret.Secret, "127.0.0.1"); err == nil {
		t.Error("a revoked secret still opens the door")
	}
	h.keeper.Get("/api/v1/refusals").Want(t, 200).Has(t, `"kind":"bad-secret"`, `"device":"exit-portal"`).Lacks(t, secret.Secret)

	h.auditor.Get(path+"/history").Want(t, 200).Has(t, "device.create", "device.change", "device.secret.new", "device.secret.revoke").Lacks(t, secret.Secret)
	h.auditor.Get(path+"/history/1").Want(t, 200).Has(t, `"silentAfterS":120`)
	h.keeper.Delete(path, d.match()...).Want(t, 422).Has(t, "heritage.reason_required")
	h.keeper.Delete(path+"?reason="+url.QueryEscape("误录"), d.match()...).Want(t, 204)
	h.keeper.Get(path).Want(t, 404)
}

func TestTheLifeOfAZone(t *testing.T) {
	h := newHouse(t)
	area, place := h.owned("demo-museum"), h.owned("demo-museum")
	fields := named("游客广场", map[string]any{"kind": "ground", "areaId": area, "placeId": place, "floor": "G",
		"outline": []map[string]float64{{"x": 0, "y": 0}, {"x": 40, "y": 0}, {"x": 40, "y": 30}}})
	path, z := h.create("zones", "", fields)
	h.keeper.Get(path).Want(t, 200).Has(t, `"resetAt":"04:00"`, `"staleAfterS":300`, `"timeZone":"Asia/Shanghai"`, place)
	h.dispatcher.Get(path).Want(t, 200).Lacks(t, place)
	h.other.Get(path).Want(t, 404)
	h.other.Get("/api/v1/zones?org=demo-museum").Want(t, 404)
	h.keeper.Post("/api/v1/zones", map[string]any{"org": "demo-museum", "fields": fields}).Want(t, 422).Has(t, `"path":"fields.areaId"`, "sensors.area_taken")
	h.other.Post("/api/v1/zones", map[string]any{"org": "demo-museum-b", "fields": fields}).Want(t, 422).
		Has(t, `"path":"fields.areaId"`, `"path":"fields.placeId"`, "heritage.reference")
	h.keeper.Post("/api/v1/zones", map[string]any{"org": "demo-museum", "fields": named("厅", map[string]any{"kind": "hall"})}).Want(t, 422).Has(t, `"path":"fields.kind"`)
	h.keeper.Post("/api/v1/zones", `{"org":"demo-museum","fields":{"colour":"red"}}`).Want(t, 400)

	h.create("devices", "gate-1", named("一号闸机", map[string]any{"kind": "gate", "zoneId": z.ID}))
	h.keeper.Delete(path+"?reason=x", z.match()...).Want(t, 409).Code(t, "sensors.zone_devices")
	fields["retired"] = true
	h.keeper.Put(path, map[string]any{"fields": fields}, z.match()...).Want(t, 422).Has(t, "sensors.zone_busy")

	vault := h.zone("store")
	h.keeper.Get("/api/v1/zones?kind=store").Want(t, 200).Has(t, vault)
	h.keeper.Get("/api/v1/zones?kind=attic").Want(t, 400)
	for _, who := range []*httpkittest.Client{h.manager, h.dispatcher} {
		who.Get("/api/v1/zones").Want(t, 200).Has(t, z.ID).Lacks(t, vault)
		who.Get("/api/v1/zones/"+vault).Want(t, 404)
		who.Get("/api/v1/zones/"+vault+"/history").Want(t, 404)
	}
	h.admin.Get("/api/v1/zones?org=demo-museum").Want(t, 200).Lacks(t, vault)
	h.auditor.Get("/api/v1/zones?org=demo-museum").Want(t, 200).Has(t, vault)
	h.create("devices", "vault-reader", named("库房读写器", map[string]any{"kind": "reader", "zoneId": vault, "notes": "东墙"}))
	h.dispatcher.Get("/api/v1/devices/vault-reader").Want(t, 200).Lacks(t, vault, "东墙", "区域store")
	h.dispatcher.Get("/api/v1/devices?zone="+vault).Want(t, 404)
}

func TestTheLifeOfATagAndItsBindings(t *testing.T) {
	h := newHouse(t)
	relic, foreign, photo := h.owned("demo-museum"), h.owned("demo-museum-b"), h.owned("demo-museum")
	path, tag := h.create("tags", "E2801160200075AF", map[string]any{"kind": "passive-uhf", "label": "A-001"})
	if path != "/api/v1/tags/e2801160200075af" {
		t.Fatal(path)
	}
	h.keeper.Get(path).Want(t, 200).Has(t, `"binding":null`, `"state":null`)
	on := map[string]any{"relicId": relic, "carrier": "body", "method": "胶粘", "reversible": false, "approvedBy": "馆长办公会", "photoId": photo}
	h.keeper.Post(path+"/binding", on).Want(t, 428)
	h.keeper.Post(path+"/binding", on, "If-Match", `"7-staff-en"`).Want(t, 412)
	h.auditor.Post(path+"/binding", on, tag.match()...).Want(t, 403)
	h.other.Post(path+"/binding", on, tag.match()...).Want(t, 404)
	on["relicId"] = foreign
	h.keeper.Post(path+"/binding", on, tag.match()...).Want(t, 422).Has(t, `"path":"relicId"`, "heritage.reference")
	on["relicId"] = relic
	h.keeper.Post(path+"/binding", on, tag.match()...).Want(t, 200).
		Has(t, `"relicName":{"zh":"演示铜壶"`, "The object is here", "irreversible-on-precious", `"by":{"id":"keeper"`).JSON(t, &tag)
	h.keeper.Post(path+"/binding", on, tag.match()...).Want(t, 409).Code(t, "sensors.bound")
	h.dispatcher.Get("/api/v1/tags?relic="+relic).Want(t, 200).Has(t, tag.ID, "演示铜壶")
	h.other.Get("/api/v1/tags?relic="+relic).Want(t, 200).Lacks(t, tag.ID)
	h.other.Get("/api/v1/tags?org=demo-museum").Want(t, 404)
	h.keeper.Delete(path+"?reason=x", tag.match()...).Want(t, 409).Code(t, "sensors.tag_bound")

	h.keeper.Delete(path+"/binding", tag.match()...).Want(t, 422).Has(t, `"path":"reason"`)
	h.auditor.Delete(path+"/binding?reason=x", tag.match()...).Want(t, 403)
	h.other.Delete(path+"/binding?reason=x", tag.match()...).Want(t, 404)
	h.keeper.Delete(path+"/binding?reason="+url.QueryEscape("改挂囊匣"), tag.match()...).Want(t, 200).Has(t, `"binding":null`).JSON(t, &tag)
	h.keeper.Delete(path+"/binding?reason=x", tag.match()...).Want(t, 409).Code(t, "sensors.not_bound")
	on["carrier"], on["reversible"] = "box", true
	h.keeper.Post(path+"/binding", on, tag.match()...).Want(t, 200).Has(t, "open it to see whether the object is inside", `"warnings":[]`)
	var past struct {
		Items []struct {
			Carrier   string
			Until     *time.Time
			EndReason string
		}
	}
	h.auditor.Get(path+"/bindings").Want(t, 200).JSON(t, &past)
	if len(past.Items) != 2 || past.Items[0].Carrier != "box" || past.Items[0].Until != nil || past.Items[1].Until == nil || past.Items[1].EndReason != "改挂囊匣" {
		t.Errorf("the history of bindings: %+v", past.Items)
	}
	h.other.Get(path+"/bindings").Want(t, 404)
	h.keeper.Get(path+"/history").Want(t, 200).Has(t, "tag.bind", "tag.unbind", "改挂囊匣")
}

// TestTheAuditorReadsEverythingAndWritesNothing goes through every route.
func TestTheAuditorReadsEverythingAndWritesNothing(t *testing.T) {
	h := newHouse(t)
	for _, r := range h.Router.Routes() {
		if r.Policy == "device" {
			continue
		}
		path := strings.NewReplacer("{id}", ids.New(), "{rev}", "1", "{org}", "demo-museum").Replace(r.Path)
		got := h.auditor.Do(r.Method, path, map[string]any{}, "If-Match", `"1-staff-en"`)
		if (got.Status == 403) != (r.Method != "GET") {
			t.Errorf("%s %s: the auditor gets %d", r.Method, r.Path, got.Status)
		}
		h.nobody.Do(r.Method, path, nil).Want(t, 401)
	}
}

func TestListsGoOnWhereTheyEnded(t *testing.T) {
	h := newHouse(t)
	for i := range 5 {
		h.create("tags", fmt.Sprintf("00%02d", i), map[string]any{"kind": "active-ble", "silentAfterS": 600})
	}
	var page struct {
		Items  []made
		Cursor string
	}
	var seen []string
	for path := "/api/v1/tags?limit=2"; ; path = "/api/v1/tags?limit=2&cursor=" + page.Cursor {
		page.Items = nil
		h.keeper.Get(path).Want(t, 200).JSON(t, &page)
		for _, m := range page.Items {
			seen = append(seen, m.ID)
		}
		if page.Cursor == "" {
			break
		}
	}
	if strings.Join(seen, " ") != "0000 0001 0002 0003 0004" {
		t.Errorf("seen %v", seen)
	}
	h.keeper.Get("/api/v1/devices?cursor=zzz").Want(t, 422)
}
