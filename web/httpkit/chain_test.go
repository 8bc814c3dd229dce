package httpkit

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
)

func TestTheOrderOfTheMiddleware(t *testing.T) {
	var names []string
	for _, s := range chain(Options{Log: slog.New(slog.DiscardHandler)}) {
		names = append(names, s.name)
	}
	want := []string{"request id", "log", "recover", "headers", "cross origin", "compress", "address", "rate", "actor", "csrf"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
}

// fakeSessions knows one cookie and one key.
type fakeSessions struct{}

func (fakeSessions) CookieName() string { return "session" }

func (fakeSessions) Read(_ context.Context, cred Credentials) (SessionInfo, error) {
	by := actor.Actor{Kind: actor.Staff, ID: "account-1"}
	switch {
	case cred.Bearer == "good-key":
		return SessionInfo{Actor: by, ID: "key"}, nil
	case cred.Bearer != "":
		return SessionInfo{}, ErrUnauthenticated.New()
	case cred.Cookie == "good":
		return SessionInfo{Actor: by, ID: "s", CSRFToken: "token"}, nil
	}
	return SessionInfo{}, nil
}

type echoInput struct {
	Body struct {
		Text string `json:"text"`
	}
}

type echoOutput struct {
	Body struct {
		Text  string `json:"text"`
		Calls int    `json:"calls"`
	}
}

func testRouter(t *testing.T, opts Options) *Router {
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Sessions == nil {
		opts.Sessions = fakeSessions{}
	}
	r := New(opts)
	calls := 0
	Handle(r, Op{Method: "POST", Path: "/echo", ID: "echo", Policy: Public()}, func(_ context.Context, in *echoInput) (*echoOutput, error) {
		calls++
		if in.Body.Text == "refused" {
			return nil, ErrDenied.New()
		}
		if in.Body.Text == "unknown" {
			return nil, store.ErrOutcomeUnknown.New()
		}
		out := &echoOutput{}
		out.Body.Text, out.Body.Calls = in.Body.Text, calls
		return out, nil
	})
	Handle(r, Op{Method: "POST", Path: "/late", ID: "late", Policy: Public(), Deadline: 300 * time.Millisecond}, func(ctx context.Context, in *echoInput) (*echoOutput, error) {
		calls++
		<-ctx.Done() // and yet it succeeds: its last write was in time
		out := &echoOutput{}
		out.Body.Text, out.Body.Calls = in.Body.Text, calls
		return out, nil
	})
	Handle(r, Op{Method: "GET", Path: "/who", ID: "who", Policy: Public()}, func(ctx context.Context, _ *struct{}) (*echoOutput, error) {
		out := &echoOutput{}
		out.Body.Text = Actor(ctx).ID + " " + Address(ctx) + strings.Repeat("长", 1000)
		return out, nil
	})
	return r
}

func send(t *testing.T, r *Router, method, path, body string, headers ...string) (int, string, map[string][]string) {
	t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
			continue
		}
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := r.App.Test(req, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	out, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(out), res.Header
}

func code(body string) string {
	var p Problem
	if json.Unmarshal([]byte(body), &p) != nil {
		return ""
	}
	return p.Code
}

func TestUnsafeRequestsOfAnotherSiteAreRefused(t *testing.T) {
	r := testRouter(t, Options{PublicURL: "https://tour.example.cn/"})
	body := `{"text":"a"}`
	for _, c := range []struct {
		name    string
		headers []string
		status  int
		code    string
	}{
		{"stranger without origin", nil, 200, ""},
		{"own origin", []string{"Origin", "https://tour.example.cn"}, 200, ""},
		{"origin of the address that was asked", []string{"Host", "127.0.0.1:8080", "Origin", "http://127.0.0.1:8080"}, 200, ""},
		{"other origin", []string{"Origin", "https://evil.example"}, 403, "http.origin"},
		{"opaque origin", []string{"Origin", "null"}, 403, "http.origin"},
		{"cross-site fetch", []string{"Sec-Fetch-Site", "cross-site"}, 403, "http.origin"},
		{"cookie with token", []string{"Cookie", "session=good", "X-CSRF-Token", "token"}, 200, ""},
		{"cookie without token", []string{"Cookie", "session=good"}, 403, "http.csrf"},
		{"cookie with another token", []string{"Cookie", "session=good", "X-CSRF-Token", "tokem"}, 403, "http.csrf"},
		{"cookie and token from another site", []string{"Cookie", "session=good", "X-CSRF-Token", "token", "Origin", "https://evil.example"}, 403, "http.origin"},
		{"old cookie is a stranger", []string{"Cookie", "session=old"}, 200, ""},
		{"key", []string{"Authorization", "Bearer good-key"}, 200, ""},
		{"key in another case", []string{"Authorization", "bearer good-key"}, 200, ""},
		{"wrong key", []string{"Authorization", "Bearer bad-key"}, 401, "http.unauthenticated"},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, got, _ := send(t, r, "POST", "/echo", body, c.headers...)
			if status != c.status || (c.code != "" && code(got) != c.code) {
				t.Errorf("%d %s", status, got)
			}
		})
	}
}

func TestARepeatedPostGetsTheFirstAnswer(t *testing.T) {
	now := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	st := storetest.NewWith(t, store.Options{RunTwice: true, Now: func() time.Time { return now }}, Collections()...)
	r := testRouter(t, Options{Store: st})
	post := func(body string, headers ...string) (int, string, map[string][]string) {
		return send(t, r, "POST", "/echo", body, append([]string{"Authorization", "Bearer good-key"}, headers...)...)
	}
	_, first, _ := post(`{"text":"a"}`, "Idempotency-Key", "k1")
	status, again, header := post(`{"text":"a"}`, "Idempotency-Key", "k1")
	if status != 200 || again != first || header["Idempotency-Replayed"] == nil || !strings.Contains(first, `"calls":1`) {
		t.Errorf("first %s, again %d %s", first, status, again)
	}
	if status, got, _ := post(`{"text":"b"}`, "Idempotency-Key", "k1"); status != 422 || code(got) != "http.idempotency_key_reused" {
		t.Errorf("other content: %d %s", status, got)
	}
	if _, got, _ := post(`{"text":"a"}`, "Idempotency-Key", "k2"); !strings.Contains(got, `"calls":2`) {
		t.Errorf("another key: %s", got)
	}
	if _, got, _ := post(`{"text":"a"}`); !strings.Contains(got, `"calls":3`) {
		t.Errorf("no key: %s", got)
	}
	if status, _, _ := post(`{"text":"refused"}`, "Idempotency-Key", "k3"); status != 403 {
		t.Errorf("refused: %d", status)
	}
	if _, got, _ := post(`{"text":"mended"}`, "Idempotency-Key", "k3"); !strings.Contains(got, "mended") {
		t.Errorf("a key whose request was refused is free again: %s", got)
	}
	if status, _, _ := post(`{"text":"unknown"}`, "Idempotency-Key", "k4"); status != 503 {
		t.Errorf("unknown: %d", status)
	}
	if status, got, _ := post(`{"text":"unknown"}`, "Idempotency-Key", "k4"); status != 409 || code(got) != "http.idempotency_key_running" {
		t.Errorf("repeated at once: %d %s", status, got)
	}
	now = now.Add(3 * time.Minute)
	if status, got, _ := post(`{"text":"unknown"}`, "Idempotency-Key", "k4"); status != 503 || code(got) != "http.idempotency_outcome_unknown" {
		t.Errorf("repeated later: %d %s", status, got)
	}
	now = now.Add(25 * time.Hour)
	if _, got, _ := post(`{"text":"b"}`, "Idempotency-Key", "k1"); !strings.Contains(got, `"text":"b"`) {
		t.Errorf("after a day: %s", got)
	}
	if _, got, _ := send(t, r, "POST", "/echo", `{"text":"x"}`, "Idempotency-Key", "k1"); !strings.Contains(got, `"text":"x"`) {
		t.Errorf("a stranger's key is not kept: %s", got)
	}
}

func TestAnAnswerIsKeptAlthoughTheDeadlineHasPassed(t *testing.T) {
	st := storetest.New(t, Collections()...)
	r := testRouter(t, Options{Store: st})
	for range 2 {
		status, got, _ := send(t, r, "POST", "/late", `{"text":"a"}`, "Authorization", "Bearer good-key", "Idempotency-Key", "k")
		if status != 200 || !strings.Contains(got, `"calls":1`) {
			t.Errorf("%d %s", status, got)
		}
	}
}

func TestTheRateLimitIsPerClientAndForgetsItself(t *testing.T) {
	now := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	b := newBuckets(Rate{PerSecond: 2, Burst: 3, Now: func() time.Time { return now }})
	first, second := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("2001:db8::1")
	for i := range 3 {
		if _, ok := b.take(first); !ok {
			t.Fatalf("request %d of the burst refused", i)
		}
	}
	wait, ok := b.take(first)
	if ok || wait != 500*time.Millisecond {
		t.Errorf("wait %v %v", wait, ok)
	}
	for i := range 3 {
		if _, ok := b.take(second); !ok {
			t.Errorf("request %d of another client refused", i)
		}
	}
	if _, ok := b.take(netip.MustParseAddr("2001:db8::ffff")); ok {
		t.Error("another address of the same network has tokens of its own")
	}
	now = now.Add(wait)
	if _, ok := b.take(first); !ok {
		t.Error("refused after waiting")
	}
	for i := range maxBuckets + 10 {
		b.take(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}))
	}
	if n := b.by.Used(); n != maxBuckets {
		t.Errorf("%d buckets", n)
	}
	if a, b := ClientNetwork("2001:db8::1"), ClientNetwork("2001:db8::ffff"); a != b {
		t.Errorf("one network, two keys: %s %s", a, b)
	}
	r := testRouter(t, Options{Rate: Rate{PerSecond: 0.1, Burst: 1, Now: func() time.Time { return now }}})
	send(t, r, "GET", "/who", "")
	status, body, header := send(t, r, "GET", "/who", "")
	if status != 429 || code(body) != "http.rate" || header["Retry-After"][0] != "11" {
		t.Errorf("%d %s %v", status, body, header)
	}
}

func TestTheClientIsTheLastUntrustedHop(t *testing.T) {
	proxies, err := ParseProxies([]string{"0.0.0.0", "10.0.0.0/8"}) // the tests of Fiber come from 0.0.0.0
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, forwarded, want string
		proxies               []netip.Prefix
	}{
		{"no proxy is trusted", "1.2.3.4", "0.0.0.0", nil},
		{"one proxy", "1.2.3.4", "1.2.3.4", proxies},
		{"the client invents hops", "9.9.9.9, 1.2.3.4, 10.1.1.1", "1.2.3.4", proxies},
		{"nonsense", "evil", "0.0.0.0", proxies},
		{"IPv6", "2001:db8::1", "2001:db8::1", proxies},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := testRouter(t, Options{TrustedProxies: c.proxies})
			_, got, _ := send(t, r, "GET", "/who", "", "X-Forwarded-For", c.forwarded)
			if !strings.Contains(got, `" `+c.want+"长") {
				t.Errorf("%.60s, want %s", got, c.want)
			}
		})
	}
	if _, err := ParseProxies([]string{"10.0.0.0/8", "house", "road/9"}); err == nil || !strings.Contains(err.Error(), "house") || !strings.Contains(err.Error(), "road") {
		t.Errorf("both mistakes are named: %v", err)
	}
}

func TestLongAnswersArePackedAndStreamsAreNot(t *testing.T) {
	r := testRouter(t, Options{})
	r.Plain(Op{Method: "GET", Path: "/stream", ID: "stream", Policy: Public(), Stream: true}, nil, func(c *fiber.Ctx) error {
		c.Set("Content-Type", "text/event-stream")
		return c.SendStream(strings.NewReader(strings.Repeat("data: x\n\n", 1000)))
	})
	for _, enc := range []string{"br", "gzip"} {
		_, body, header := send(t, r, "GET", "/who", "", "Accept-Encoding", enc)
		if header["Content-Encoding"][0] != enc || len(body) > 1000 || !strings.Contains(strings.Join(header["Vary"], ","), "Accept-Encoding") {
			t.Errorf("%s: %d bytes, %v", enc, len(body), header)
		}
	}
	if _, body, header := send(t, r, "GET", "/stream", "", "Accept-Encoding", "br"); header["Content-Encoding"] != nil || len(body) != 9000 {
		t.Errorf("stream: %d bytes, %v", len(body), header)
	}
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	r := testRouter(t, Options{PublicURL: "https://tour.example.cn", MapSources: []string{"https://tiles.example.cn"}})
	for _, path := range []string{"/who", "/nothing"} {
		_, _, header := send(t, r, "GET", path, "", "X-Request-Id", "mine")
		csp := strings.Join(header["Content-Security-Policy"], "")
		if !strings.Contains(csp, "script-src 'self';") || !strings.Contains(csp, "worker-src 'self' blob:") || !strings.Contains(csp, "connect-src 'self' https://tiles.example.cn") {
			t.Errorf("%s: %s", path, csp)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Strict-Transport-Security": "max-age=31536000"} {
			if got := strings.Join(header[name], ""); got != want {
				t.Errorf("%s: %s %q", path, name, got)
			}
		}
		if header["X-Request-Id"][0] == "mine" {
			t.Error("a stranger chose the request id")
		}
		if header["Server"] != nil {
			t.Errorf("Server %v", header["Server"])
		}
	}
}
