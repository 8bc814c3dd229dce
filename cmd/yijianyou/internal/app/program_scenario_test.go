package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"yijianyou/cmd/yijianyou/internal/config"
	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/web/auth"
)

// The staff of the scenarios. Registrar and reviewer are two, because nobody
// reviews his own work.
const (
	testOrg      actor.OrgID = "scenario-museum"
	testPassword             = "a quiet crane on lotus 9"
)

var testStaff = map[string]actor.Role{"clerk": actor.Registrar, "second": actor.Reviewer}

// settle makes the organisation and its staff, unless they are there.
func settle(t *testing.T, c *Core) {
	t.Helper()
	by := actor.SystemPart("test")
	if _, err := c.Auth.AccountByName(t.Context(), by, "clerk"); err == nil {
		return
	}
	org := &auth.Org{Name: auth.Text{ZH: "场景博物馆", EN: "Museum of the scenarios"}, Kind: "museum", Simulated: true}
	org.ID, org.Org = string(testOrg), testOrg
	if err := c.Auth.PutOrg(t.Context(), by, org); err != nil {
		t.Fatal(err)
	}
	for name, role := range testStaff {
		_, err := c.Auth.CreateAccount(t.Context(), by, auth.NewAccount{Name: name, DisplayName: "示范角色·" + name,
			Grants: []actor.Grant{{Role: role, Org: testOrg}}, Password: testPassword})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// program is the whole program while it serves.
type program struct {
	*App
	url  string
	stop func() // ends it and waits; the end of the test does so too
}

// start runs the whole program on a free port. flags are settings by name; the
// data directory is a fresh one unless they name it.
func start(t *testing.T, flags map[string]string) *program {
	t.Helper()
	settings := map[string]string{"data": t.TempDir(), "listen": "127.0.0.1:0", "mqtt-listen": "127.0.0.1:0", "public-url": "http://guide.example"}
	for k, v := range flags {
		settings[k] = v
	}
	cfg, err := config.Load(config.Sources{Flags: settings})
	if err != nil {
		t.Fatal(err)
	}
	a, err := Build(t.Context(), cfg, slog.New(slog.DiscardHandler), "test")
	if err != nil {
		t.Fatal(err)
	}
	p := &program{App: a, url: "http://" + a.Address()}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx) }()
	p.stop = sync.OnceFunc(func() {
		cancel()
		if err := errors.Join(<-done, a.Close()); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(p.stop)
	settle(t, a.Core)
	p.until(t, "the program is ready", func() bool { return p.visitor(t).get("/readyz").status == http.StatusOK })
	return p
}

// until asks again and again until ok; only the end of the test ends the wait.
func (p *program) until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-t.Context().Done():
			t.Fatalf("%s: %v", what, t.Context().Err())
		case <-tick.C:
		}
	}
}

// caller speaks HTTP as one person.
type caller struct {
	t              testing.TB
	url            string
	cookie, secret string
}

func (p *program) visitor(t testing.TB) *caller { return &caller{t: t, url: p.url} }

// login returns a caller with a session.
func (p *program) login(t testing.TB, account string) *caller {
	t.Helper()
	return login(t, p.url, account)
}

func login(t testing.TB, url, account string) *caller {
	t.Helper()
	c := &caller{t: t, url: url}
	got := c.do("POST", "/api/v1/session", map[string]string{"account": account, "password": testPassword}).want(http.StatusOK)
	var body struct{ CSRFToken string }
	got.decode(&body)
	cookie, _, _ := strings.Cut(got.header.Get("Set-Cookie"), ";")
	return &caller{t: t, url: url, cookie: cookie, secret: body.CSRFToken}
}

// reply is an answer, read to its end.
type reply struct {
	t      testing.TB
	asked  string
	status int
	header http.Header
	body   []byte
}

// try sends a request; body is sent as JSON, or as it is when it is an io.Reader.
func (c *caller) try(ctx context.Context, method, path string, body any, headers ...string) (*reply, error) {
	var in io.Reader
	kind := ""
	switch b := body.(type) {
	case nil:
	case io.Reader:
		in = b
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			return nil, err
		}
		in, kind = bytes.NewReader(raw), "application/json"
	}
	req, err := http.NewRequestWithContext(ctx, method, c.url+path, in)
	if err != nil {
		return nil, err
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if c.cookie != "" {
		req.Header.Set("Cookie", c.cookie)
		req.Header.Set("X-CSRF-Token", c.secret)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	return &reply{t: c.t, asked: method + " " + path, status: res.StatusCode, header: res.Header, body: raw}, err
}

func (c *caller) do(method, path string, body any, headers ...string) *reply {
	c.t.Helper()
	r, err := c.try(c.t.Context(), method, path, body, headers...)
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

func (c *caller) get(path string) *reply { c.t.Helper(); return c.do("GET", path, nil) }

func (r *reply) want(status int) *reply {
	r.t.Helper()
	if r.status != status {
		r.t.Fatalf("%s: %d, want %d: %s", r.asked, r.status, status, r.body)
	}
	return r
}

func (r *reply) decode(v any) *reply {
	r.t.Helper()
	if err := json.Unmarshal(r.body, v); err != nil {
		r.t.Fatalf("%s: %v: %s", r.asked, err, r.body)
	}
	return r
}

// total is the number of hits that a search answer tells.
func (r *reply) total() int {
	r.t.Helper()
	var body struct{ Total int }
	r.want(http.StatusOK).decode(&body)
	return body.Total
}

// record is what the scenarios read of a staff view.
type record struct {
	ID     string
	Rev    int64
	Fields heritage.RelicFields
}

// create makes a draft.
func (c *caller) create(f heritage.RelicFields) record {
	c.t.Helper()
	var rec record
	c.do("POST", "/api/v1/relics", map[string]any{"org": testOrg, "fields": f}).want(http.StatusCreated).decode(&rec)
	return rec
}

// step takes a step of the review or the publication on the newest revision.
func (c *caller) step(id, life, step string) {
	c.t.Helper()
	tag := c.get("/api/v1/relics/" + id + "?view=staff").want(http.StatusOK).header.Get("ETag")
	c.do("POST", "/api/v1/relics/"+id+"/"+life, map[string]string{"step": step}, "If-Match", tag).want(http.StatusOK)
}

// upload brings in a drawing of a width and height and returns the asset.
func (c *caller) upload(width, height int) string {
	c.t.Helper()
	picture := image.NewGray(image.Rect(0, 0, width, height))
	for i := range picture.Pix {
		picture.Pix[i] = color.Gray{Y: uint8(i % 251)}.Y
	}
	var file bytes.Buffer
	if err := png.Encode(&file, picture); err != nil {
		c.t.Fatal(err)
	}
	return c.send(fmt.Sprintf("%dx%d.png", width, height), file.Bytes())
}

// send brings in a file and returns the asset.
func (c *caller) send(name string, file []byte) string {
	c.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	err := form.WriteField("org", string(testOrg))
	if err == nil {
		var part io.Writer
		if part, err = form.CreateFormFile("file", name); err == nil {
			_, err = part.Write(file)
		}
	}
	if err = errors.Join(err, form.Close()); err != nil {
		c.t.Fatal(err)
	}
	var asset struct{ ID string }
	c.do("POST", "/api/v1/media", &body, "Content-Type", form.FormDataContentType()).want(http.StatusCreated).decode(&asset)
	return asset.ID
}
