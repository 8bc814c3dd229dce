package auth

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/web/httpkit"
)

// browser is a client with a cookie jar of one cookie.
type browser struct {
	t      *testing.T
	r      *httpkit.Router
	cookie string
	csrf   string
}

type reply struct {
	status int
	header http.Header
	body   string
}

func (b *browser) do(method, path string, body any, headers ...string) reply {
	b.t.Helper()
	var data []byte
	if body != nil {
		var err error
		if data, err = json.Marshal(body); err != nil {
			b.t.Fatal(err)
		}
	}
	req := httptest.NewRequest(method, path, bytes.NewReader(data))
	req.Header.Set("Accept-Language", "en")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if b.cookie != "" {
		req.Header.Set("Cookie", "yjy="+b.cookie)
	}
	if b.csrf != "" {
		req.Header.Set("X-CSRF-Token", b.csrf)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := b.r.App.Test(req, -1)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	out, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range res.Cookies() {
		b.cookie = c.Value
		if c.MaxAge < 0 {
			b.cookie = ""
		}
	}
	var session struct {
		CSRFToken *string `json:"csrfToken"`
	}
	if json.Unmarshal(out, &session) == nil && session.CSRFToken != nil {
		b.csrf = *session.CSRFToken
	}
	return reply{res.StatusCode, res.Header, string(out)}
}

func (b *browser) want(r reply, status int, has ...string) reply {
	b.t.Helper()
	if r.status != status {
		b.t.Fatalf("status %d, want %d: %s", r.status, status, r.body)
	}
	for _, s := range has {
		if !strings.Contains(r.body, s) {
			b.t.Errorf("answer lacks %q: %s", s, r.body)
		}
	}
	return r
}

func (w *world) browser() *browser {
	w.t.Helper()
	r := httpkit.New(httpkit.Options{Sessions: w.Service, Store: w.st, Log: slog.New(slog.DiscardHandler)})
	Mount(r, w.Service)
	return &browser{t: w.t, r: r}
}

func (b *browser) login(name string) *browser {
	b.t.Helper()
	b.want(b.do("POST", "/api/v1/session", map[string]string{"account": name, "password": goodPassword}), 200)
	return b
}

func TestASessionFromLoginToLogout(t *testing.T) {
	w := newWorld(t)
	w.account("keeper.one", "demo-museum", grant(actor.Keeper, "demo-museum"))
	b := w.browser()
	b.want(b.do("GET", "/api/v1/session", nil), 200, `"csrfToken":""`)
	b.want(b.do("POST", "/api/v1/session", map[string]string{"account": "keeper.one", "password": "wrong"}), 401, `"auth.login"`)
	r := b.want(b.do("POST", "/api/v1/session", map[string]string{"account": "keeper.one", "password": goodPassword}), 200,
		`"account":"keeper.one"`, `"record.write":["demo-museum"]`, `"pending":[]`)
	line := r.header.Get("Set-Cookie")
	for _, s := range []string{"yjy=", "Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=43200"} {
		if !strings.Contains(line, s) {
			t.Errorf("cookie %s lacks %s", line, s)
		}
	}
	if strings.Contains(line, "Secure") || r.header.Get("Cache-Control") != "no-store" || strings.Contains(r.body, b.cookie) {
		t.Errorf("%s %v", line, r.header)
	}
	b.want(b.do("GET", "/api/v1/session", nil), 200, b.csrf, `"keeper.one"`)
	b.want(b.do("GET", "/api/v1/sessions", nil), 200, `"current":true`, `"items":[{`)
	b.want(b.do("DELETE", "/api/v1/session", nil, "X-CSRF-Token", "wrong"), 403, `"http.csrf"`)
	b.want(b.do("DELETE", "/api/v1/session", nil, "Origin", "https://evil.example"), 403, `"http.origin"`)
	old := b.cookie
	b.want(b.do("DELETE", "/api/v1/session", nil), 204)
	if b.cookie != "" {
		t.Error("the cookie stays")
	}
	b.cookie = old
	b.want(b.do("GET", "/api/v1/accounts", nil), 401, `"http.unauthenticated"`)
	r = b.want(b.do("GET", "/api/v1/session", nil), 200, `"csrfToken":""`)
	if !strings.Contains(r.header.Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("the old cookie stays: %v", r.header)
	}
}

func TestCookiesAreSecureUnderHTTPS(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Secure = true })
	line := w.cookie("v")
	if !strings.HasPrefix(line, "__Host-yjy=v;") || !strings.Contains(line, "Secure") || strings.Contains(line, "Domain") {
		t.Error(line)
	}
}

func TestAnExpiredSessionIsAnswered401AndLosesNothing(t *testing.T) {
	w := newWorld(t)
	w.account("admin", "", grant(actor.Admin, "*"))
	b := w.browser().login("admin")
	w.now = w.now.Add(2 * time.Hour)
	body := map[string]any{"account": "new.one", "name": "示范", "password": goodPassword, "grants": []any{}}
	b.want(b.do("POST", "/api/v1/accounts", body), 401, `"http.unauthenticated"`)
	b.login("admin")
	b.want(b.do("POST", "/api/v1/accounts", body), 201, `"account":"new.one"`, `"mustChange":true`)
}

func TestTheAccountsScreen(t *testing.T) {
	w := newWorld(t)
	w.account("admin.a", "demo-museum", grant(actor.Admin, "demo-museum"))
	w.account("admin.b", "demo-museum-b", grant(actor.Admin, "demo-museum-b"))
	w.account("keeper", "demo-museum", grant(actor.Keeper, "demo-museum"))
	a, b, keeper, nobody := w.browser().login("admin.a"), w.browser().login("admin.b"), w.browser().login("keeper"), w.browser()
	r := a.want(a.do("POST", "/api/v1/accounts", map[string]any{"account": "reg", "name": "示范总账", "org": "demo-museum", "password": goodPassword,
		"grants": []actor.Grant{grant(actor.Registrar, "demo-museum")}}), 201, `"rev":1`)
	if strings.Contains(r.body, goodPassword) || strings.Contains(r.body, "argon2") {
		t.Error("the answer holds the password")
	}
	var made struct{ ID string }
	if err := json.Unmarshal([]byte(r.body), &made); err != nil {
		t.Fatal(err)
	}
	at := "/api/v1/accounts/" + made.ID
	tag := r.header.Get("ETag")
	grants := map[string]any{"reason": "调岗", "grants": []actor.Grant{grant(actor.Registrar, "demo-museum"), grant(actor.Keeper, "demo-museum")}}
	for _, c := range []struct {
		name   string
		who    *browser
		method string
		path   string
		body   any
		match  string
		status int
		code   string
	}{
		{"a stranger lists", nobody, "GET", "/api/v1/accounts", nil, "", 401, "http.unauthenticated"},
		{"a keeper lists", keeper, "GET", "/api/v1/accounts", nil, "", 403, "http.denied"},
		{"a keeper reads the audit trail", keeper, "GET", "/api/v1/audit", nil, "", 403, "http.denied"},
		{"another museum reads", b, "GET", at, nil, "", 404, "store.not_found"},
		{"another museum locks", b, "POST", at + "/lock", map[string]string{"reason": "无"}, tag, 404, "store.not_found"},
		{"another museum lists this one", b, "GET", "/api/v1/accounts?org=demo-museum", nil, "", 403, "http.denied"},
		{"another museum makes a key", b, "POST", "/api/v1/keys", map[string]any{"org": "demo-museum", "label": "x", "grants": []actor.Grant{grant(actor.Auditor, "demo-museum")}, "expiresAt": w.now.Add(time.Hour)}, "", 403, "http.denied"},
		{"another museum renames the organisation", b, "PUT", "/api/v1/orgs/demo-museum", map[string]any{"name": Text{ZH: "改名"}, "kind": "museum"}, `"1-public-en"`, 403, "http.denied"},
		{"without If-Match", a, "POST", at + "/lock", map[string]string{"reason": "离岗"}, "", 428, "http.if_match_required"},
		{"incompatible roles", a, "PUT", at + "/grants", grants, tag, 422, "invalid"},
		{"no reason", a, "POST", at + "/lock", map[string]string{"reason": ""}, tag, 422, "invalid"},
		{"lock", a, "POST", at + "/lock", map[string]string{"reason": "离岗"}, tag, 200, ""},
		{"stale", a, "POST", at + "/unlock", map[string]string{"reason": "返岗"}, tag, 412, "http.stale"},
		{"name taken", a, "POST", "/api/v1/accounts", map[string]any{"account": "reg", "name": "示范", "org": "demo-museum", "password": goodPassword, "grants": []any{}}, "", 409, "auth.account_taken"},
		{"a key in place of a session", a, "GET", "/api/v1/keys?org=demo-museum-b", nil, "", 403, "http.denied"},
		{"a cursor of nonsense", a, "GET", "/api/v1/accounts?cursor=nonsense", nil, "", 422, "store.cursor"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var headers []string
			if c.match != "" {
				headers = []string{"If-Match", c.match}
			}
			r := c.who.do(c.method, c.path, c.body, headers...)
			if r.status != c.status || (c.code != "" && !strings.Contains(r.body, `"code":"`+c.code+`"`)) {
				t.Errorf("%d %s", r.status, r.body)
			}
		})
	}
	list := b.want(b.do("GET", "/api/v1/accounts", nil), 200, `"admin.b"`)
	for _, s := range []string{"admin.a", "keeper", "示范总账", made.ID} {
		if strings.Contains(list.body, s) {
			t.Errorf("museum b sees %s", s)
		}
	}
	audit := b.want(b.do("GET", "/api/v1/audit", nil), 200, `"collection":"accounts"`, `"session.login"`)
	if strings.Contains(audit.body, made.ID) || strings.Contains(audit.body, "离岗") {
		t.Error("museum b reads the audit trail of museum a")
	}
	a.want(a.do("GET", "/api/v1/audit?collection=accounts&doc="+made.ID, nil), 200, `"account.lock"`, `"reason":"离岗"`, `"name":"示范admin.a"`)
	nobody.want(nobody.do("GET", "/api/v1/orgs", nil), 200, `"demo-museum-b"`, `"simulated":true`)
	a.want(a.do("GET", "/api/v1/roles", nil), 200, `"总账管理员"`)
}

func TestASecondFactorAndAKeyOverHTTP(t *testing.T) {
	w := newWorld(t)
	w.account("admin", "", grant(actor.Admin, "*"))
	b := w.browser().login("admin")
	var begun struct{ Secret, URI string }
	r := b.want(b.do("POST", "/api/v1/session/second-factor", map[string]string{"password": goodPassword}), 200)
	if err := json.Unmarshal([]byte(r.body), &begun); err != nil {
		t.Fatal(err)
	}
	b.want(b.do("PUT", "/api/v1/session/second-factor", map[string]string{"code": w.code(begun.Secret)}), 200, `"recoveryCodes":["`)
	other := w.browser()
	login := map[string]string{"account": "admin", "password": goodPassword}
	other.want(other.do("POST", "/api/v1/session", login), 401, `"auth.code_needed"`)
	w.now = w.now.Add(time.Minute)
	login["code"] = w.code(begun.Secret)
	other.want(other.do("POST", "/api/v1/session", login), 200, `"secondFactor":true`)
	r = other.want(other.do("POST", "/api/v1/keys", map[string]any{"org": "demo-museum", "label": "伙伴", "expiresAt": w.now.Add(time.Hour),
		"grants": []actor.Grant{grant(actor.Admin, "demo-museum")}}), 422, `"auth.key_role"`)
	r = other.want(other.do("POST", "/api/v1/keys", map[string]any{"org": "demo-museum", "label": "伙伴", "expiresAt": w.now.Add(time.Hour),
		"grants": []actor.Grant{grant(actor.Auditor, "demo-museum")}}), 201, `"key":"yjy_`)
	var key struct{ Key string }
	if err := json.Unmarshal([]byte(r.body), &key); err != nil {
		t.Fatal(err)
	}
	partner := w.browser()
	auth := []string{"Authorization", "Bearer " + key.Key}
	partner.want(partner.do("GET", "/api/v1/audit", nil, auth...), 200, `"key.create"`)
	partner.want(partner.do("GET", "/api/v1/session", nil, auth...), 200, `"id":"key:`)
	partner.want(partner.do("DELETE", "/api/v1/session", nil, auth...), 403, `"auth.no_session"`)
	partner.want(partner.do("POST", "/api/v1/orgs", map[string]any{"id": "x", "name": Text{ZH: "某"}, "kind": "museum"}, auth...), 403, `"http.denied"`)
	list := other.want(other.do("GET", "/api/v1/keys?org=demo-museum", nil), 200, `"hint":"`+key.Key[len(key.Key)-4:])
	if strings.Contains(list.body, key.Key) {
		t.Error("the list shows the key")
	}
}

func TestTheFloodIsAnswered429(t *testing.T) {
	w := newWorld(t)
	w.account("admin", "", grant(actor.Admin, "*"))
	b := w.browser()
	for range freeByAccount {
		b.want(b.do("POST", "/api/v1/session", map[string]string{"account": "admin", "password": "wrong"}), 401)
	}
	r := b.want(b.do("POST", "/api/v1/session", map[string]string{"account": "admin", "password": goodPassword}), 429, `"auth.throttled"`)
	if r.header.Get("Retry-After") != "2" {
		t.Errorf("Retry-After %v", r.header)
	}
}
