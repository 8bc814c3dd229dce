package heritagehttptest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
	"yijianyou/web/httpkit/httpkittest"
)

// desk is a world with the people and the relics of movements.
type desk struct {
	*world
	approver, director, second, outsider, dispatcher *httpkittest.Client
	numbers                                          int
}

func newDesk(t *testing.T, open Open) *desk {
	d := &desk{world: newWorld(t, open)}
	as := func(id string, role actor.Role, org actor.OrgID) *httpkittest.Client {
		return d.As(httpkittest.Staff(id, actor.Grant{Role: role, Org: org}))
	}
	d.approver, d.director = as("approver", actor.Approver, home), as("director", actor.Approver, home)
	d.second, d.outsider = as("keeper-2", actor.Keeper, home), as("outsider", actor.Keeper, away)
	d.dispatcher = as("dispatcher", actor.Dispatcher, home)
	return d
}

// held makes a relic that is in the ledger and returns its id.
func (d *desk) held(grade string) string {
	d.t.Helper()
	d.numbers++
	id := ids.New()
	d.registrar.Post("/api/v1/relics", m{"id": id, "org": home, "ledger": "held", "fields": m{"name": m{"zh": "机密陶罐"}, "grade": grade, "museumId": d.refs.Museum,
		"placeId": d.ids["store"], "number": m{"kind": "register", "value": fmt.Sprintf("MD%04d", d.numbers)}}}).Want(d.t, 201)
	return id
}

func (d *desk) wants(relics ...string) m {
	now := time.Now()
	return m{"museumId": d.refs.Museum, "purpose": "study", "destination": m{"outside": false, "text": "提看室"}, "reason": "研究器形",
		"startsAt": now.Add(-time.Minute), "dueBack": now.Add(48 * time.Hour), "relicIds": relics}
}

// file is an order as a client keeps it: where it is and its newest tag.
type file struct {
	d         *desk
	path, tag string
}

func (d *desk) ask(as *httpkittest.Client, body m) *file {
	d.t.Helper()
	a := as.Post("/api/v1/movements", body).Want(d.t, 201)
	return &file{d: d, path: a.Header.Get("Location"), tag: a.Header.Get("ETag")}
}

// step posts to the order with its newest tag and keeps the tag of the answer.
func (f *file) step(as *httpkittest.Client, path string, body any, status int) *httpkittest.Answer {
	f.d.t.Helper()
	a := as.Post(f.path+path, body, "If-Match", f.tag).Want(f.d.t, status)
	if status == 200 {
		f.tag = a.Header.Get("ETag")
	}
	return a
}

func condition(relics ...string) m {
	var rows []m
	for _, id := range relics {
		rows = append(rows, m{"relicId": id, "note": "完好"})
	}
	return m{"items": rows}
}

func found(relics ...string) m {
	var rows []m
	for _, id := range relics {
		rows = append(rows, m{"relicId": id, "finding": "intact"})
	}
	return m{"items": rows}
}

// loan takes two relics from the request to the return.
func loan(t *testing.T, open Open) {
	d := newDesk(t, open)
	a, b := d.held("grade-2"), d.held("general")
	body := d.wants(a, b)
	body["purpose"], body["destination"] = "loan", m{"outside": true, "text": "邻市", "borrower": "邻市博物馆"}
	f := d.ask(d.keeper, body)
	f.step(d.approver, "/approve", m{"note": "同意"}, 200).Has(t, `"state":"approved"`, `"level":"director"`, `"number":"提用-`)
	f.step(d.keeper, "/hand-out", condition(a, b), 200).Has(t, `"state":"handingOut"`)
	d.registrar.Get("/api/v1/relics/"+a+"?view=staff").Want(t, 200).Has(t, `"ledger":{"state":"held"`).Lacks(t, `"away"`)
	f.step(d.registrar, "/hand-out", m{}, 200).Has(t, `"state":"out"`, `"voucher":"出库-`)
	d.registrar.Get("/api/v1/relics/"+a+"?view=staff").Want(t, 200).Has(t, `"ledger":{"state":"onLoan"`, `"away":{"movementId":"`, `"placeId":"`+d.ids["store"])
	d.registrar.Get("/api/v1/relics/"+a+"/history").Want(t, 200).Has(t, `"action":"relic.ledger.onLoan"`)
	f.step(d.registrar, "/take-back", found(b), 200).Has(t, `"state":"takingBack"`)
	f.step(d.keeper, "/take-back", m{}, 200).Has(t, `"state":"out"`, `"finding":"intact"`)
	d.registrar.Get("/api/v1/relics/"+b+"?view=staff").Want(t, 200).Has(t, `"ledger":{"state":"held"`).Lacks(t, `"away"`)
	changed := m{"items": []m{{"relicId": a, "finding": "changed", "note": "口沿新裂"}}}
	f.step(d.keeper, "/take-back", changed, 200)
	f.step(d.registrar, "/recall", m{"reason": "裂纹为旧伤"}, 200).Has(t, `"state":"out"`)
	f.step(d.keeper, "/take-back", found(a), 200)
	f.step(d.registrar, "/take-back", m{}, 200).Has(t, `"state":"returned"`, `"overdue":false`, `"reason":"裂纹为旧伤"`)
	f.step(d.registrar, "/take-back", found(a), 409).Code(t, "heritage.movement_step")
	d.keeper.Get(f.path+"/vouchers").Want(t, 200).Has(t, `"kind":"out"`, `"kind":"back"`, `"printings":[]`)
	d.printing(f)
	d.keeper.Get("/api/v1/movements?relic="+a).Want(t, 200).Has(t, `"state":"returned"`)
	d.auditor.Get("/api/v1/movements?org=demo-museum&state=returned").Want(t, 200).Has(t, a)
}

// printing prints a voucher twice.
func (d *desk) printing(f *file) {
	d.t.Helper()
	var list struct{ Items []struct{ Number string } }
	d.keeper.Get(f.path+"/vouchers").Want(d.t, 200).JSON(d.t, &list)
	if len(list.Items) != 3 {
		d.t.Fatalf("%d vouchers for a hand-out and two returns", len(list.Items))
	}
	pdf := f.path + "/vouchers/" + url.PathEscape(list.Items[0].Number) + ".pdf"
	for n := 1; n <= 2; n++ {
		a := d.keeper.Get(pdf).Want(d.t, 200)
		if !bytes.HasPrefix(a.Body, []byte("%PDF-")) || a.Header.Get("Content-Type") != "application/pdf" || a.Header.Get("Cache-Control") != "private, no-store" {
			d.t.Errorf("printing %d is %v", n, a.Header)
		}
	}
	d.keeper.Do("HEAD", pdf, nil).Want(d.t, 200)
	d.keeper.Get(f.path+"/vouchers").Want(d.t, 200).Has(d.t, `"printings":[{"running":1,"by":{"id":"keeper"`, `{"running":2,`).Lacks(d.t, `"running":3`)
	d.outsider.Get(pdf).Want(d.t, 404).Code(d.t, "heritage.no_movement")
	d.outsider.Do("HEAD", pdf, nil).Want(d.t, 404)
	d.nobody.Get(pdf).Want(d.t, 401)
	d.keeper.Get(f.path+"/vouchers/1.pdf").Want(d.t, 404).Code(d.t, "heritage.no_voucher")
	d.keeper.Get(f.path+"/vouchers/%zz.pdf").Want(d.t, 400)
}

// lawful is what an order does not let pass, and what it does not tell.
func lawful(t *testing.T, open Open) {
	d := newDesk(t, open)
	a := d.held("general")
	both := d.As(httpkittest.Staff("both-2", actor.Grant{Role: actor.Keeper, Org: home}, actor.Grant{Role: actor.Approver, Org: home}))
	f := d.ask(both, d.wants(a))
	f.step(d.keeper, "/hand-out", condition(a), 409).Code(t, "heritage.movement_step")
	f.step(both, "/approve", m{}, 409).Code(t, "heritage.own_order")
	f.step(d.keeper, "/approve", m{}, 403)
	f.step(d.outsider, "/cancel", m{"reason": "x"}, 404).Code(t, "heritage.no_movement").Lacks(t, "机密陶罐")
	f.step(d.outsider, "/hand-out", condition(a), 404).Code(t, "heritage.no_movement").Lacks(t, "机密陶罐")
	d.outsider.Get(f.path).Want(t, 404).Code(t, "heritage.no_movement").Lacks(t, "机密陶罐", "MD0001")
	d.outsider.Get("/api/v1/movements").Want(t, 200).Has(t, `"items":[]`)
	d.outsider.Get("/api/v1/movements?org=demo-museum").Want(t, 404).Lacks(t, "机密陶罐")
	d.outsider.Get("/api/v1/movements?relic="+a).Want(t, 200).Has(t, `"items":[]`)
	d.outsider.Get(f.path+"/vouchers").Want(t, 404)
	d.outsider.Post("/api/v1/movements", d.wants(a)).Want(t, 404).Lacks(t, "机密陶罐")
	d.nobody.Get(f.path).Want(t, 401)
	d.nobody.Post("/api/v1/movements", d.wants(a)).Want(t, 401)
	d.reviewer.Get(f.path).Want(t, 403)
	d.keeper.Post(f.path+"/cancel", m{"reason": "x"}).Want(t, 428)
	d.dispatcher.Get(f.path).Want(t, 200).Has(t, "机密陶罐").Lacks(t, d.ids["store"], "placeId", "绝密库位")
	d.keeper.Get(f.path).Want(t, 200).Has(t, d.ids["store"])

	stale := f.tag
	f.step(d.approver, "/approve", m{}, 200)
	d.keeper.Post(f.path+"/cancel", m{"reason": "x"}, "If-Match", stale).Want(t, 412)
	f.step(d.approver, "/hand-out", condition(a), 403)
	f.step(d.keeper, "/hand-out", m{}, 422).Has(t, `"code":"heritage.row_missing"`)
	f.step(d.keeper, "/hand-out", condition(a), 200)
	f.step(d.keeper, "/hand-out", m{}, 409).Code(t, "heritage.same_person")
	zh := d.keeper.Post(f.path+"/hand-out", m{}, "If-Match", f.tag, "Accept-Language", "zh").Want(t, 409)
	zh.Has(t, "点交须由两个人分别确认")
	f.step(d.second, "/hand-out", m{}, 200).Has(t, `"state":"out"`)
	f.step(d.keeper, "/cancel", m{"reason": "x"}, 409).Code(t, "heritage.movement_step")
	d.registrar.Post("/api/v1/relics/"+a+"/ledger", m{"state": "onLoan", "reason": "x"}, "If-Match", d.tag("/api/v1/relics/"+a)).Want(t, 409).Code(t, "heritage.in_order")
	d.keeper.Post("/api/v1/movements", d.wants(a)).Want(t, 422).Has(t, `"code":"heritage.in_order"`, `"path":"relicIds[0]"`)
	d.keeper.Post("/api/v1/movements", d.wants(d.ids["relic"])).Want(t, 422).Has(t, `"code":"heritage.not_held"`)
	many := make([]string, 201)
	for i := range many {
		many[i] = ids.New()
	}
	d.keeper.Post("/api/v1/movements", d.wants(many...)).Want(t, 422).Has(t, `"path":"relicIds"`, `"code":"heritage.too_many"`)
	d.keeper.Post("/api/v1/movements", m{"museumId": d.refs.Museum, "purpose": "party"}).Want(t, 422).Has(t, `"path":"purpose"`, `"path":"reason"`, `"path":"relicIds"`).Lacks(t, "party")
	late := d.wants(d.held("grade-1"))
	late["purpose"], late["destination"], late["dueBack"] = "loan", m{"outside": true, "text": "外地", "borrower": "外馆"}, time.Now().AddDate(3, 0, 2)
	d.keeper.Post("/api/v1/movements", late).Want(t, 422).Has(t, `"path":"dueBack"`, `"code":"heritage.loan_time"`)
	d.keeper.Get("/api/v1/movements?state=out&relic="+a).Want(t, 422).Code(t, "heritage.filter")
	d.keeper.Get("/api/v1/movements?state=overdue").Want(t, 200).Has(t, `"items":[]`)
}

// levels is approval by grade and quantity, as an organisation stores it.
func levels(t *testing.T, open Open) {
	d := newDesk(t, open)
	const path = "/api/v1/movement-policies/demo-museum"
	got := d.keeper.Get(path).Want(t, 200).Has(t, `"rev":0`, `"moreThan":3`, `"confidence":"low"`)
	var v struct{ Fields json.RawMessage }
	got.JSON(t, &v)
	two := strings.Replace(string(v.Fields), `"levels":["director"]`, `"levels":["department","director"]`, 1)
	two = strings.Replace(two, `"code":"director"`, `"code":"director","accounts":["director"]`, 1)
	body := m{"fields": json.RawMessage(two), "reason": "本馆制度"}
	d.keeper.Put(path, body).Want(t, 403)
	d.approver.Put(path, body).Want(t, 403)
	d.outsider.Get(path).Want(t, 404)
	d.nobody.Get(path).Want(t, 401)
	made := d.admin.Put(path, body).Want(t, 200).Has(t, `"rev":1`)
	d.admin.Put(path, body).Want(t, 428)
	d.admin.Put(path, body, "If-Match", `"9-staff-en"`).Want(t, 412)
	d.admin.Put(path, m{"fields": m{"levels": []m{{"code": "x", "name": m{"zh": "甲"}}}, "otherwise": []string{"y"}}, "reason": "x"}, "If-Match", made.Header.Get("ETag")).
		Want(t, 422).Has(t, `"path":"fields.otherwise[0]"`, `"code":"heritage.policy_level"`)

	f := d.ask(d.keeper, d.wants(d.held("grade-3")))
	f.step(d.approver, "/approve", m{"note": "同意"}, 200).Has(t, `"state":"requested"`)
	f.step(d.approver, "/approve", m{}, 409).Code(t, "heritage.approved_before")
	third := d.As(httpkittest.Staff("third", actor.Grant{Role: actor.Approver, Org: home}))
	f.step(third, "/approve", m{}, 403).Code(t, "heritage.approval_level")
	f.step(d.director, "/approve", m{}, 200).Has(t, `"state":"approved"`)

	f = d.ask(d.keeper, d.wants(d.held("general"), d.held("general"), d.held("general"), d.held("general")))
	f.step(d.director, "/approve", m{}, 200).Has(t, `"state":"approved"`, `"level":"director"`, `"pieces":4`)
	f = d.ask(d.keeper, d.wants(d.held("general")))
	f.step(d.approver, "/refuse", m{"reason": ""}, 422).Has(t, `"path":"reason"`)
	f.step(d.approver, "/refuse", m{"reason": "展期冲突"}, 200).Has(t, `"state":"refused"`, `"level":"department"`, `"reason":"展期冲突"`)
	key := []string{"Idempotency-Key", "0123456789abcdef"}
	again := d.wants(d.held("general"))
	first := d.keeper.Post("/api/v1/movements", again, key...).Want(t, 201).Header.Get("Location")
	if second := d.keeper.Post("/api/v1/movements", again, key...).Want(t, 201).Header.Get("Location"); second != first {
		t.Errorf("a request that is sent again made another order: %s, %s", first, second)
	}
}

// rush is many who ask at once: a relic is won by one of them, and the numbers
// have no gap.
func rush(t *testing.T, open Open) {
	d := newDesk(t, open)
	const askers = 6
	shared := d.held("general")
	bodies := make([]m, 0, 2*askers)
	for range askers {
		bodies = append(bodies, d.wants(shared), d.wants(d.held("general")))
	}
	answers := make([]*httpkittest.Answer, len(bodies))
	var wg sync.WaitGroup
	for i, b := range bodies {
		wg.Go(func() { answers[i] = d.keeper.Post("/api/v1/movements", b) })
	}
	wg.Wait()
	won, numbers := 0, make(map[string]bool)
	for i, a := range answers {
		switch {
		case a.Status == 201:
			var v struct{ Number string }
			a.JSON(t, &v)
			numbers[v.Number[strings.LastIndex(v.Number, "-"):]] = true
			if i%2 == 0 {
				won++
			}
		case i%2 == 1:
			t.Errorf("a relic that nobody else wanted: %d %s", a.Status, a.Body)
		case a.Status != 422 && a.Status != 409:
			t.Errorf("lost with %d %s", a.Status, a.Body)
		}
	}
	if won != 1 || len(numbers) != askers+1 {
		t.Errorf("%d won; %d numbers for %d orders", won, len(numbers), askers+1)
	}
	for n := 1; n <= askers+1; n++ {
		if !numbers[fmt.Sprintf("-%04d", n)] {
			t.Errorf("number %d is missing in %v", n, numbers)
		}
	}
}
