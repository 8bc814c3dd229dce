package auth

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/web/httpkit"
)

func TestWhoMayRuleWhom(t *testing.T) {
	w := newWorld(t)
	const a, b = "demo-museum", "demo-museum-b"
	city := w.actor(w.account("city", "", grant(actor.Admin, "*")))
	adminA := w.actor(w.account("admin.a", a, grant(actor.Admin, a)))
	adminB := w.actor(w.account("admin.b", b, grant(actor.Admin, b)))
	keeper := w.actor(w.account("keeper", a, grant(actor.Keeper, a)))
	auditor := w.actor(w.account("auditor", "", grant(actor.Auditor, "*")))
	inA := w.account("in.a", a, grant(actor.Registrar, a))
	inBoth := w.account("in.both", a, grant(actor.Registrar, a), grant(actor.Reviewer, b))
	cityWide := w.account("wide", "", grant(actor.Reviewer, "*"))
	for _, c := range []struct {
		name   string
		by     actor.Actor
		target *Account
		want   error
	}{
		{"city over anybody", city, inBoth, nil},
		{"own museum", adminA, inA, nil},
		{"own museum with a role elsewhere", adminA, inBoth, httpkit.ErrDenied},
		{"the other museum, where it has a role", adminB, inBoth, httpkit.ErrDenied},
		{"another museum", adminB, inA, store.ErrNotFound},
		{"city-wide staff", adminA, cityWide, store.ErrNotFound},
		{"keeper", keeper, inA, store.ErrNotFound},
		{"auditor reads and writes nothing", auditor, inA, httpkit.ErrDenied},
		{"the public", actor.Nobody(), inA, store.ErrNotFound},
	} {
		t.Run(c.name, func(t *testing.T) {
			now, err := w.Account(t.Context(), w.root, c.target.ID)
			w.must(err)
			_, err = w.Rename(t.Context(), c.by, now.ID, now.Rev, "示范新名", false, "改名")
			if !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			_, err = w.ResetPassword(t.Context(), c.by, now.ID, now.Rev+1, goodPassword+"!", "忘记")
			if c.want != nil && err == nil {
				t.Error("the password could be reset")
			}
		})
	}
	own, err := w.Account(t.Context(), w.root, adminA.ID)
	w.must(err)
	for name, try := range map[string]func() error{
		"grants": func() error {
			_, err := w.SetGrants(t.Context(), adminA, own.ID, own.Rev, []actor.Grant{grant(actor.Admin, a), grant(actor.Registrar, a)}, "自授")
			return err
		},
		"lock": func() error { _, err := w.Lock(t.Context(), adminA, own.ID, own.Rev, "自锁"); return err },
		"factor": func() error {
			_, err := w.ResetFactor(t.Context(), adminA, own.ID, own.Rev, "自重置")
			return err
		},
	} {
		if err := try(); !errors.Is(err, ErrOwnAccount) {
			t.Errorf("%s of his own: %v", name, err)
		}
	}
	inA, err = w.Account(t.Context(), w.root, inA.ID)
	w.must(err)
	if _, err := w.SetGrants(t.Context(), adminA, inA.ID, inA.Rev, []actor.Grant{grant(actor.Reviewer, b)}, "越权"); !errors.Is(err, httpkit.ErrDenied) {
		t.Errorf("a role in another museum given: %v", err)
	}
	if _, err := w.SetGrants(t.Context(), adminA, inA.ID, inA.Rev, []actor.Grant{grant(actor.Auditor, "*")}, "越权"); !errors.Is(err, httpkit.ErrDenied) {
		t.Errorf("a city-wide role given: %v", err)
	}
	if _, err := w.CreateAccount(t.Context(), adminA, NewAccount{Name: "newone", DisplayName: "示范", Org: b, Password: goodPassword}); !errors.Is(err, httpkit.ErrDenied) {
		t.Errorf("an account in another museum made: %v", err)
	}
}

func TestRulesOfGrants(t *testing.T) {
	w := newWorld(t)
	const a = "demo-museum"
	acc := w.account("one", a)
	for _, c := range []struct {
		name   string
		grants []actor.Grant
		want   []string
	}{
		{"registrar and keeper of one museum", []actor.Grant{grant(actor.Registrar, a), grant(actor.Keeper, a)}, []string{"grants auth.incompatible"}},
		{"keeper here and registrar everywhere", []actor.Grant{grant(actor.Keeper, a), grant(actor.Registrar, "*")}, []string{"grants auth.incompatible"}},
		{"registrar and keeper of two museums", []actor.Grant{grant(actor.Registrar, a), grant(actor.Keeper, "demo-museum-b")}, nil},
		{"no such role", []actor.Grant{grant("king", a)}, []string{"grants[0].role auth.role"}},
		{"no such organisation", []actor.Grant{grant(actor.Keeper, "nowhere")}, []string{"grants[0].org auth.org_unknown"}},
		{"twice", []actor.Grant{grant(actor.Keeper, a), grant(actor.Keeper, a)}, []string{"grants[1] auth.grant_twice"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			now, err := w.Account(t.Context(), w.root, acc.ID)
			w.must(err)
			_, err = w.SetGrants(t.Context(), w.root, acc.ID, now.Rev, c.grants, "调岗")
			if diff := cmp.Diff(c.want, fieldCodes(err)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if _, err := w.SetGrants(t.Context(), w.root, acc.ID, 1, nil, "调岗"); !errors.Is(err, store.ErrConflict) {
		t.Errorf("stale revision: %v", err)
	}
	if _, err := w.SetGrants(t.Context(), w.root, acc.ID, 2, nil, " "); strings.Join(fieldCodes(err), "") != "reason auth.reason_needed" {
		t.Errorf("no reason: %v", err)
	}
	for _, bad := range []NewAccount{
		{Name: "Ab c", DisplayName: "示范", Password: goodPassword},
		{Name: "abc", DisplayName: " ", Password: goodPassword},
		{Name: "abc", DisplayName: "示范", Password: "short"},
		{Name: "abc", DisplayName: "示范", Password: goodPassword, Org: "nowhere"},
	} {
		if _, err := w.CreateAccount(t.Context(), w.root, bad); len(fieldCodes(err)) != 1 {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	if _, err := w.CreateAccount(t.Context(), w.root, NewAccount{Name: "ONE", DisplayName: "示范", Password: goodPassword}); !errors.Is(err, ErrAccountTaken) {
		t.Errorf("name taken: %v", err)
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	w := newWorld(t)
	one := w.account("one", "", grant(actor.Admin, "*"))
	two := w.account("two", "", grant(actor.Admin, "*"))
	two, err := w.Lock(t.Context(), w.actor(one), two.ID, two.Rev, "离岗")
	w.must(err)
	if _, err := w.Lock(t.Context(), w.root, one.ID, one.Rev, "离岗"); !errors.Is(err, ErrLastAdmin) {
		t.Errorf("locked: %v", err)
	}
	if _, err := w.SetGrants(t.Context(), w.root, one.ID, one.Rev, nil, "离岗"); !errors.Is(err, ErrLastAdmin) {
		t.Errorf("stripped: %v", err)
	}
	two, err = w.Unlock(t.Context(), w.actor(one), two.ID, two.Rev, "返岗")
	w.must(err)
	if _, err := w.SetGrants(t.Context(), w.actor(two), one.ID, one.Rev, nil, "调岗"); err != nil {
		t.Errorf("one of two: %v", err)
	}
}

func TestKeysOfPartners(t *testing.T) {
	w := newWorld(t)
	admin := w.actor(w.account("admin", "demo-museum", grant(actor.Admin, "demo-museum"), grant(actor.Registrar, "demo-museum")))
	day := w.now.Add(24 * time.Hour)
	reader := []actor.Grant{grant(actor.Auditor, "demo-museum")}
	for _, c := range []struct {
		name string
		in   NewKey
		want string
	}{
		{"no role", NewKey{Org: "demo-museum", Label: "伙伴", ExpiresAt: day}, "grants auth.key_empty"},
		{"administrator", NewKey{Org: "demo-museum", Label: "伙伴", ExpiresAt: day, Grants: []actor.Grant{grant(actor.Admin, "demo-museum")}}, "grants[0].role auth.key_role"},
		{"no label", NewKey{Org: "demo-museum", Label: " ", ExpiresAt: day, Grants: reader}, "label auth.key_label"},
		{"ended", NewKey{Org: "demo-museum", Label: "伙伴", ExpiresAt: w.now, Grants: reader}, "expiresAt auth.key_expiry"},
		{"endless", NewKey{Org: "demo-museum", Label: "伙伴", ExpiresAt: w.now.AddDate(5, 0, 0), Grants: reader}, "expiresAt auth.key_expiry"},
	} {
		if _, _, err := w.CreateKey(t.Context(), admin, c.in); strings.Join(fieldCodes(err), ";") != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, _, err := w.CreateKey(t.Context(), admin, NewKey{Org: "demo-museum-b", Label: "伙伴", ExpiresAt: day, Grants: reader}); !errors.Is(err, httpkit.ErrDenied) {
		t.Errorf("a key of another museum: %v", err)
	}
	k, text, err := w.CreateKey(t.Context(), admin, NewKey{Org: "demo-museum", Label: "伙伴", ExpiresAt: day, Grants: reader})
	w.must(err)
	info, err := w.Read(t.Context(), httpkit.Credentials{Bearer: text})
	w.must(err)
	if info.Actor.ID != "key:"+k.ID || info.Actor.Name != "伙伴" || info.CSRFToken != "" || !info.Actor.Can(actor.AuditRead, "demo-museum") || info.Actor.Can(actor.RecordWrite, "demo-museum") {
		t.Errorf("%+v", info)
	}
	if _, _, err := w.CreateKey(t.Context(), info.Actor, NewKey{Org: "demo-museum", Label: "二", ExpiresAt: day, Grants: reader}); !errors.Is(err, ErrNoSession) {
		t.Errorf("a key made a key: %v", err)
	}
	if _, err := w.OwnSessions(t.Context(), info.Actor, ""); !errors.Is(err, ErrNoSession) {
		t.Errorf("a key has sessions: %v", err)
	}
	w.must(w.RevokeKey(t.Context(), admin, k.ID, "合作结束"))
	for _, bad := range []string{text, "yjy_" + strings.Repeat("a", 43), "x", text + "x"} {
		if _, err := w.Read(t.Context(), httpkit.Credentials{Bearer: bad}); !errors.Is(err, httpkit.ErrUnauthenticated) {
			t.Errorf("%v", err)
		}
	}
	k2, text2, err := w.CreateKey(t.Context(), admin, NewKey{Org: "demo-museum", Label: "伙伴", ExpiresAt: day, Grants: reader})
	w.must(err)
	w.now = day
	if _, err := w.Read(t.Context(), httpkit.Credentials{Bearer: text2}); !errors.Is(err, httpkit.ErrUnauthenticated) {
		t.Errorf("an ended key: %v", err)
	}
	if err := w.RevokeKey(t.Context(), w.actor(w.account("admin.b", "demo-museum-b", grant(actor.Admin, "demo-museum-b"))), k2.ID, "无关"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the key of another museum: %v", err)
	}
}

func TestWhoMaySeeAllKeysSeesThoseOfEveryOrganisation(t *testing.T) {
	w := newWorld(t)
	city := w.actor(w.account("city", "", grant(actor.Admin, "*")))
	adminA := w.actor(w.account("admin.a", "demo-museum", grant(actor.Admin, "demo-museum")))
	day := w.now.Add(24 * time.Hour)
	for _, org := range []actor.OrgID{"demo-museum", "", "demo-museum-b"} {
		role := org
		if role == "" {
			role = actor.CityWide
		}
		_, _, err := w.CreateKey(t.Context(), city, NewKey{Org: org, Label: "伙伴 " + string(org), ExpiresAt: day, Grants: []actor.Grant{grant(actor.Auditor, role)}})
		w.must(err)
	}
	for _, c := range []struct {
		by   actor.Actor
		org  actor.OrgID
		want []string
	}{
		{city, "", []string{"demo-museum", "", "demo-museum-b"}},
		{city, "demo-museum-b", []string{"demo-museum-b"}},
		{adminA, "", []string{"demo-museum"}},
	} {
		page, err := w.ListKeys(t.Context(), c.by, c.org, 10, "")
		w.must(err)
		var got []string
		for _, k := range page.Items {
			got = append(got, string(k.Org))
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s in %q: %s", c.by.Name, c.org, d)
		}
	}
	if _, err := w.ListKeys(t.Context(), adminA, "demo-museum-b", 10, ""); !errors.Is(err, httpkit.ErrDenied) {
		t.Errorf("keys of another museum: %v", err)
	}
}

func TestTheAuditTrailShowsOnlyOnesOwnOrganisations(t *testing.T) {
	w := newWorld(t)
	a := w.account("in.a", "demo-museum")
	b := w.account("in.b", "demo-museum-b")
	readerA := w.actor(w.account("reader.a", "demo-museum", grant(actor.Reviewer, "demo-museum")))
	auditor := w.actor(w.account("auditor", "", grant(actor.Auditor, "*")))
	docs := func(by actor.Actor, q AuditQuery) map[string]bool {
		t.Helper()
		seen := map[string]bool{}
		q.Limit = 2
		for {
			page, err := w.Audit(t.Context(), by, q)
			w.must(err)
			for _, r := range page.Items {
				seen[r.Doc] = true
			}
			if page.Next == "" {
				return seen
			}
			q.After = page.Next
		}
	}
	if got := docs(readerA, AuditQuery{}); !got[a.ID] || got[b.ID] || got["demo-museum-b"] {
		t.Errorf("museum a sees %v", got)
	}
	if got := docs(auditor, AuditQuery{}); !got[a.ID] || !got[b.ID] {
		t.Errorf("the auditor sees %v", got)
	}
	if got := docs(readerA, AuditQuery{Collection: "accounts", Doc: b.ID}); len(got) != 0 {
		t.Errorf("by document: %v", got)
	}
	if got := docs(readerA, AuditQuery{Actor: "test"}); got[b.ID] || !got[a.ID] {
		t.Errorf("by actor: %v", got)
	}
	if got := docs(auditor, AuditQuery{From: w.now.Add(time.Hour)}); len(got) != 0 {
		t.Errorf("in the future: %v", got)
	}
	if got := docs(auditor, AuditQuery{Collection: "accounts", Doc: a.ID, To: w.now}); len(got) != 0 {
		t.Errorf("before it began: %v", got)
	}
	if _, err := w.Audit(t.Context(), readerA, AuditQuery{Org: "demo-museum-b"}); !errors.Is(err, httpkit.ErrDenied) {
		t.Errorf("another museum: %v", err)
	}
	if _, err := w.Audit(t.Context(), actor.Nobody(), AuditQuery{Actor: "test"}); !errors.Is(err, httpkit.ErrDenied) {
		t.Errorf("the public: %v", err)
	}
}
