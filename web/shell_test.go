package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"

	"yijianyou/internal/fault"
	"yijianyou/web/httpkit"
)

var quiet = slog.New(slog.DiscardHandler)

func pages() Pages {
	big := []byte(strings.Repeat("console.log('长');\n", 200))
	return Pages{Guide: "index.html", Console: "console/index.html", Placeholder: "placeholder.html", Files: fstest.MapFS{
		"index.html": {Data: []byte("<title>guide</title>")}, "console/index.html": {Data: []byte("<title>console</title>")},
		"placeholder.html": {Data: []byte("<title>not built</title>")}, "assets/app-abc.js": {Data: big},
		"sw.js": {Data: []byte("self")}, "manifest.webmanifest": {Data: []byte("{}")}, "manifest.json": {Data: []byte("{}")}, "assets/app-abc.js.map": {Data: big},
	}}
}

func shell(t *testing.T, change func(*Options)) *Shell {
	t.Helper()
	opts := Options{Kit: httpkit.Options{Log: quiet, Version: "1.2.3"}, Pages: pages(), Registry: prometheus.NewRegistry(),
		Settings: Settings{Operator: "示范运营单位", ICP: "示范备案号", Demo: true}}
	if change != nil {
		change(&opts)
	}
	s, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func get(t *testing.T, s *Shell, method, path string, headers ...string) (*http.Response, string) {
	t.Helper()
	req := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := s.Router.App.Test(req, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func TestPagesAndWhatIsNoPage(t *testing.T) {
	s := shell(t, nil)
	const forever, revalidate = "public, max-age=31536000, immutable", "no-cache"
	for _, c := range []struct {
		method, path string
		status       int
		has          string
		cache        string
		contentType  string
	}{
		{"GET", "/", 200, "guide", revalidate, "text/html; charset=utf-8"},
		{"HEAD", "/", 200, "", revalidate, "text/html; charset=utf-8"},
		{"GET", "/relics/0190", 200, "guide", revalidate, "text/html; charset=utf-8"},
		{"GET", "/console", 200, "console", revalidate, "text/html; charset=utf-8"},
		{"GET", "/console/", 200, "console", revalidate, "text/html; charset=utf-8"},
		{"GET", "/console/relics/1", 200, "console", revalidate, "text/html; charset=utf-8"},
		{"GET", "/consoles", 200, "guide", revalidate, ""},
		{"GET", "/assets/app-abc.js", 200, "console.log", forever, "text/javascript; charset=utf-8"},
		{"GET", "/sw.js", 200, "self", revalidate, "text/javascript; charset=utf-8"},
		{"GET", "/manifest.webmanifest", 200, "{}", revalidate, "application/manifest+json"},
		{"GET", "/assets/app-old.js", 404, "http.no_route", "no-store", httpkit.ProblemType},
		{"GET", "/assets/app-abc.js.map", 404, "http.no_route", "no-store", httpkit.ProblemType},
		{"GET", "/manifest.json", 404, "http.no_route", "", ""},
		{"GET", "/placeholder.html", 404, "http.no_route", "", ""},
		{"GET", "/favicon.ico", 404, "http.no_route", "", ""},
		{"GET", "/../../etc/passwd", 200, "guide", "", ""}, // a page of the guide, which knows no such path
		{"GET", "/api/v1/nothing", 404, "http.no_route", "", httpkit.ProblemType},
		{"GET", "/api", 404, "http.no_route", "", ""},
		{"GET", "/iiif/image/3/x", 404, "http.no_route", "", ""},
		{"GET", "/oai", 404, "http.no_route", "", ""},
		{"GET", "/sta/v1.1", 404, "http.no_route", "", ""},
		{"GET", "/epcis/v2", 404, "http.no_route", "", ""},
		{"POST", "/relics/0190", 404, "http.no_route", "", ""},
		{"POST", "/healthz", 405, "http.method", "", ""},
		{"POST", "/api/v1/settings", 405, "http.method", "", ""},
	} {
		t.Run(c.method+" "+c.path, func(t *testing.T) {
			res, body := get(t, s, c.method, c.path, "Accept-Language", "en")
			if res.StatusCode != c.status || !strings.Contains(body, c.has) {
				t.Errorf("%d %s", res.StatusCode, body)
			}
			if got := res.Header.Get("Cache-Control"); c.cache != "" && got != c.cache {
				t.Errorf("Cache-Control %q", got)
			}
			if got := res.Header.Get("Content-Type"); c.contentType != "" && got != c.contentType {
				t.Errorf("Content-Type %q", got)
			}
		})
	}
	first, _ := get(t, s, "GET", "/")
	if res, body := get(t, s, "GET", "/", "If-None-Match", first.Header.Get("ETag")); res.StatusCode != 304 || body != "" {
		t.Errorf("%d %q", res.StatusCode, body)
	}
	for _, enc := range []string{"br", "gzip"} {
		res, body := get(t, s, "GET", "/assets/app-abc.js", "Accept-Encoding", enc)
		if res.Header.Get("Content-Encoding") != enc || len(body) > 500 {
			t.Errorf("%s: %d bytes, %v", enc, len(body), res.Header)
		}
	}
}

func TestAProgramWithoutPagesSaysSo(t *testing.T) {
	s := shell(t, func(o *Options) {
		o.Pages.Files = fstest.MapFS{"placeholder.html": {Data: []byte("<title>not built</title>")}}
	})
	if res, body := get(t, s, "GET", "/"); res.StatusCode != 503 || !strings.Contains(body, "not built") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if res, _ := get(t, s, "GET", "/assets/x.js"); res.StatusCode != 404 {
		t.Errorf("%d", res.StatusCode)
	}
}

func TestReadiness(t *testing.T) {
	broken := errors.New("secret of the database")
	var err error
	s := shell(t, func(o *Options) {
		o.Checks = []Check{{Name: "store", Run: func(context.Context) error { return err }}}
	})
	if res, body := get(t, s, "GET", "/readyz"); res.StatusCode != 200 || body != `{"status":"ready","checks":[{"name":"running","ok":true},{"name":"store","ok":true}]}` {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	err = broken
	if res, body := get(t, s, "GET", "/readyz"); res.StatusCode != 503 || !strings.Contains(body, `{"name":"store","ok":false}`) || strings.Contains(body, "secret") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if res, body := get(t, s, "GET", "/healthz"); res.StatusCode != 200 || body != "ok\n" {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}

func TestWhoMayReadMetrics(t *testing.T) {
	s := shell(t, func(o *Options) { o.MetricsKey = "metrics-key" })
	for _, c := range []struct {
		name    string
		headers []string
		status  int
	}{
		{"from elsewhere", nil, 403}, // the tests of Fiber come from 0.0.0.0
		{"with the key", []string{"Authorization", "Bearer metrics-key"}, 200},
		{"with another key", []string{"Authorization", "Bearer metrics-kez"}, 403},
	} {
		if res, body := get(t, s, "GET", "/metrics", c.headers...); res.StatusCode != c.status || (c.status == 200 && !strings.Contains(body, "yjy_http_requests_total")) {
			t.Errorf("%s: %d %.200s", c.name, res.StatusCode, body)
		}
	}
	base, stop := serve(t, s)
	defer stop()
	for _, c := range []struct {
		forwarded string
		status    int
	}{{"", 200}, {"1.2.3.4", 403}} {
		req, err := http.NewRequestWithContext(t.Context(), "GET", base+"/metrics", nil)
		if err != nil {
			t.Fatal(err)
		}
		if c.forwarded != "" {
			req.Header.Set("X-Forwarded-For", c.forwarded)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != c.status {
			t.Errorf("loopback, forwarded %q: %d", c.forwarded, res.StatusCode)
		}
	}
}

func TestTheDocumentAndItsPage(t *testing.T) {
	s := shell(t, nil)
	res, body := get(t, s, "GET", "/api/openapi.json")
	var doc struct {
		OpenAPI string
		Info    struct{ Version string }
		Paths   map[string]any
	}
	if err := json.Unmarshal([]byte(body), &doc); err != nil || doc.OpenAPI != "3.1.0" || doc.Info.Version != "1.2.3" || doc.Paths["/api/v1/settings"] == nil || doc.Paths["/readyz"] == nil {
		t.Errorf("%d %v %.300s", res.StatusCode, err, body)
	}
	for path, has := range map[string]string{"/api/docs": `src="/api/docs/docs.js"`, "/api/docs/docs.js": "openapi.json", "/api/docs/docs.css": "body"} {
		res, body := get(t, s, "GET", path)
		if res.StatusCode != 200 || !strings.Contains(body, has) || strings.Contains(body, "https://") {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
	if _, body := get(t, s, "GET", "/api/v1/settings"); strings.TrimSpace(body) != `{"operator":"示范运营单位","icp":"示范备案号","demo":true}` {
		t.Errorf("settings %s", body)
	}
}

type textInput struct {
	Body struct {
		Text string `json:"text"`
	}
}

type textOutput struct {
	Body struct {
		Length int `json:"length"`
	}
}

// serve runs s on a free port; stop ends it and waits.
func serve(t *testing.T, s *Shell) (base string, stop func()) {
	t.Helper()
	ln, err := Listen("listen", "127.0.0.1:0", "", "")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, ln) }()
	return "http://" + ln.Addr().String(), func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestBodiesOverARealConnection(t *testing.T) {
	s := shell(t, func(o *Options) {
		o.Mounts = []func(*httpkit.Router){func(r *httpkit.Router) {
			httpkit.Handle(r, httpkit.Op{Method: "POST", Path: "/api/v1/text", ID: "text", Policy: httpkit.Public(), MaxBody: 200 << 10},
				func(_ context.Context, in *textInput) (*textOutput, error) {
					out := &textOutput{}
					out.Body.Length = len(in.Body.Text)
					return out, nil
				})
			r.Plain(httpkit.Op{Method: "POST", Path: "/api/v1/raw", ID: "raw", Policy: httpkit.Public(), MaxBody: 10 << 20}, nil, func(c *fiber.Ctx) error {
				n, err := io.Copy(io.Discard, c.Context().RequestBodyStream())
				if err != nil {
					return err
				}
				return c.JSON(map[string]int64{"length": n})
			})
		}}
	})
	base, stop := serve(t, s)
	defer stop()
	text := func(n int) []byte { return []byte(`{"text":"` + strings.Repeat("x", n) + `"}`) }
	for _, c := range []struct {
		name, path string
		body       []byte
		chunked    bool
		status     int
		has        string
	}{
		{"small", "/api/v1/text", text(10), false, 200, `"length":10`},
		{"beyond the read-ahead", "/api/v1/text", text(150 << 10), false, 200, `"length":153600`},
		{"in chunks", "/api/v1/text", text(150 << 10), true, 200, `"length":153600`},
		{"too large", "/api/v1/text", text(300 << 10), false, 413, "http.too_large"},
		{"too large in chunks", "/api/v1/text", text(300 << 10), true, 413, "http.too_large"},
		{"raw", "/api/v1/raw", make([]byte, 5<<20), false, 200, `"length":5242880`},
		{"raw too large", "/api/v1/raw", make([]byte, 11<<20), false, 413, "http.too_large"},
		{"raw in chunks", "/api/v1/raw", make([]byte, 100), true, 411, "http.length_required"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var body io.Reader = bytes.NewReader(c.body)
			if c.chunked {
				body = io.MultiReader(body) // hides the length
			}
			req, err := http.NewRequestWithContext(t.Context(), "POST", base+c.path, body)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("Expect", "100-continue") // a refusal then comes before the body
			res, err := http.DefaultTransport.RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = res.Body.Close() }()
			got, err := io.ReadAll(res.Body)
			if err != nil || res.StatusCode != c.status || !strings.Contains(string(got), c.has) {
				t.Errorf("%d %s %v", res.StatusCode, got, err)
			}
		})
	}
}

func TestARunningRequestFinishesBeforeTheEnd(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	s := shell(t, func(o *Options) {
		o.Mounts = []func(*httpkit.Router){func(r *httpkit.Router) {
			r.Plain(httpkit.Op{Method: "GET", Path: "/api/v1/slow", ID: "slow", Policy: httpkit.Public()}, nil, func(c *fiber.Ctx) error {
				close(entered)
				<-release
				return c.SendString("finished")
			})
		}}
	})
	base, stop := serve(t, s)
	got := make(chan string, 1)
	go func() {
		res, err := http.Get(base + "/api/v1/slow")
		if err != nil {
			got <- err.Error()
			return
		}
		defer func() { _ = res.Body.Close() }()
		body, _ := io.ReadAll(res.Body) // a cut-off body is not "finished"
		got <- string(body)
	}()
	<-entered
	stopped := make(chan struct{})
	go func() { stop(); close(stopped) }()
	for !s.stopping.Load() {
		runtime.Gosched()
	}
	close(release)
	if text := <-got; text != "finished" {
		t.Errorf("%q", text)
	}
	<-stopped
}

func TestAnAddressThatCannotBeUsed(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.pem")
	if err := os.WriteFile(bad, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, address, cert string
		want                *fault.Code
	}{
		{"in use", taken.Addr().String(), "", ErrPortInUse},
		{"no such host", "256.1.1.1:80", "", ErrListen},
		{"no port", "127.0.0.1", "", ErrListen},
		{"a bad certificate", "127.0.0.1:0", bad, ErrCertificate},
		{"a missing certificate", "127.0.0.1:0", filepath.Join(dir, "none.pem"), ErrCertificate},
	} {
		ln, err := Listen("listen", c.address, c.cert, "")
		if !errors.Is(err, c.want) || ln != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.want == ErrPortInUse && !strings.Contains(fault.Of(err).Text(fault.Chinese), taken.Addr().String()) {
			t.Errorf("the message does not name the address: %v", err)
		}
	}
}
