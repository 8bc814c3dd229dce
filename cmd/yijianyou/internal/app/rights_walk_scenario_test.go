package app

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"slices"
	"strings"
	"testing"

	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/actor"
	"yijianyou/media"
	"yijianyou/web/auth"
	"yijianyou/web/httpkit"
)

// otherOrg is the museum that must learn nothing of testOrg.
const otherOrg actor.OrgID = "other-museum"

// walked is a picture of the walk and what everybody may have of it.
type walked struct {
	name   string // also the name of its file, which nobody else must read
	org    actor.OrgID
	grade  string
	side   int  // longest side that the public gets; 0 is nothing
	marked bool // with the mark on it
	file   []byte
	id     media.AssetID
	relic  string
	sha256 string
	old    []string // services and ETags of when everybody had all of it
	tags   map[string]string
}

// The size of the pictures. Their luma is 128 with a chequer of single pixels,
// which no smaller picture has.
const walkedWidth, walkedHeight = 1500, 1100

// walk is the world of the test.
type walk struct {
	*program
	t        *testing.T
	client   *http.Client
	asked    int
	pictures []*walked
	outsider *caller // a registrar of otherOrg
	clerk    *caller
	museum   string // of all relics
}

// TestThereIsNoWayAround makes pictures of two museums, shows them to everybody,
// closes them in every way there is and then walks all ways that lead to pictures,
// as nobody and as staff of the other museum: old addresses, tags and versions
// included. A route that gives pictures, or tells of them, and has no walker fails.
func TestThereIsNoWayAround(t *testing.T) {
	w := newWalk(t)
	ways := w.ways()
	for _, r := range w.Shell.Router.Routes() {
		way := r.Method + " " + r.Path
		if tellsOfPictures(r.Path) && ways[way] == nil {
			t.Errorf("%s is a way to pictures that nobody walks: add it to ways", way)
		}
	}
	for way := range ways {
		if !slices.ContainsFunc(w.Shell.Router.Routes(), func(r httpkit.Route) bool { return r.Method+" "+r.Path == way }) {
			t.Errorf("%s is walked and is no route", way)
		}
	}
	for way, walkIt := range ways {
		t.Run(way, func(t *testing.T) {
			w.t = t
			for _, by := range []*caller{w.visitor(t), w.outsider} {
				walkIt(by)
			}
		})
	}
}

// tellsOfPictures reports whether a path is one of those that must be walked.
func tellsOfPictures(path string) bool {
	for _, prefix := range []string{"/iiif/", "/api/v1/media", "/api/v1/uploads"} {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}

func newWalk(t *testing.T) *walk {
	p := start(t, map[string]string{"trusted-proxies": "127.0.0.0/8"})
	w := &walk{program: p, t: t, client: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	by := actor.SystemPart("test")
	org := &auth.Org{Name: auth.Text{ZH: "另一家示范馆", EN: "Another model museum"}, Kind: "museum", Simulated: true}
	org.ID, org.Org = string(otherOrg), otherOrg
	if err := w.Auth.PutOrg(t.Context(), by, org); err != nil {
		t.Fatal(err)
	}
	_, err := w.Auth.CreateAccount(t.Context(), by, auth.NewAccount{Name: "outsider", DisplayName: "示范角色·outsider",
		Grants: []actor.Grant{{Role: actor.Registrar, Org: otherOrg}}, Password: testPassword})
	if err != nil {
		t.Fatal(err)
	}
	w.clerk, w.outsider = p.login(t, "clerk"), p.login(t, "outsider")
	w.pictures = []*walked{
		{name: "open", org: testOrg, grade: "general", side: walkedWidth},
		{name: "licensed", org: testOrg, grade: "grade-1", side: walkedWidth},
		{name: "limited", org: testOrg, grade: "grade-2", side: 600},
		{name: "marked", org: testOrg, grade: "grade-1", side: 900, marked: true},
		{name: "kept", org: testOrg, grade: "general"},
		{name: "withdrawn", org: testOrg, grade: "general"},
		{name: "draft", org: testOrg, grade: "general"},
		{name: "theirs", org: otherOrg, grade: "ungraded", side: 900, marked: true},
	}
	w.found()
	for i, pic := range w.pictures {
		w.bring(pic, i)
	}
	w.open()
	w.close()
	return w
}

// found makes the museum of the relics.
func (w *walk) found() {
	ctx, by, museums := w.t.Context(), actor.SystemPart("test"), w.Heritage.Museums
	rec, err := museums.Create(ctx, by, heritage.NewRecord[heritage.MuseumFields]{Org: testOrg, Fields: heritage.MuseumFields{Name: heritage.Text{ZH: "示范馆"}}})
	if err != nil {
		w.t.Fatal(err)
	}
	w.museum = rec.ID
	for _, step := range []heritage.ReviewStep{heritage.Submit, heritage.Approve} {
		if _, err := museums.Review(ctx, by, rec.ID, 0, step, ""); err != nil {
			w.t.Fatal(err)
		}
	}
	if _, err := museums.Publish(ctx, by, rec.ID, 0); err != nil {
		w.t.Fatal(err)
	}
}

// bring uploads a picture and shows it by a relic.
func (w *walk) bring(pic *walked, i int) {
	t, ctx, by := w.t, w.t.Context(), actor.SystemPart("test")
	m := image.NewNRGBA(image.Rect(0, 0, walkedWidth, walkedHeight))
	for y := range walkedHeight {
		for x := range walkedWidth {
			r, g, b := color.YCbCrToRGB(uint8(88+80*((x+y)%2)), uint8(112+4*i), uint8(140-3*i))
			m.SetNRGBA(x, y, color.NRGBA{r, g, b, 255})
		}
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	pic.file = file.Bytes()
	a, _, err := w.Media.Upload(ctx, by, pic.org, "secret-"+pic.name+".jpg", bytes.NewReader(pic.file))
	if err != nil {
		t.Fatal(err)
	}
	pic.id, pic.sha256 = a.ID, a.SHA256
	museum := heritage.MuseumID("")
	if pic.org == testOrg {
		museum = heritage.MuseumID(w.museum)
	}
	rec, err := w.Heritage.Relics.Create(ctx, by, heritage.NewRecord[heritage.RelicFields]{Org: pic.org, Fields: heritage.RelicFields{MuseumID: museum,
		Name: heritage.Text{ZH: "示范器物" + pic.name}, Images: []heritage.ImageRef{{AssetID: pic.id, Drawing: true}}, Simulated: true}})
	if err != nil {
		t.Fatal(err)
	}
	pic.relic = rec.ID
}

// open shows every picture but the draft whole, and notes addresses and tags.
func (w *walk) open() {
	t, ctx, by := w.t, w.t.Context(), actor.SystemPart("test")
	for _, org := range []actor.OrgID{testOrg, otherOrg} {
		if _, err := w.Media.SetPolicy(ctx, by, org, 0, []media.Rule{}, "场景：全部公开"); err != nil {
			t.Fatal(err)
		}
	}
	for _, pic := range w.pictures {
		if pic.name == "draft" {
			continue
		}
		w.publish(pic)
		w.until(t, pic.name+" is seen by everybody", func() bool { return w.served(pic) })
		k, err := w.Media.Look(ctx, w.Store, actor.Nobody(), pic.id, false)
		if err != nil {
			t.Fatal(err)
		}
		pic.old, pic.tags = []string{"~v" + k.Version()}, map[string]string{}
		for _, form := range forms {
			if got := w.fetch(w.visitor(t), "GET", "/iiif/image/3/"+pic.id+"/"+form.path, "If-None-Match", "*"); got.status == http.StatusNotModified {
				pic.tags[form.path] = got.header.Get("ETag")
			}
		}
		if len(pic.tags) < len(forms)/2 {
			t.Fatalf("%s was not shown whole: %d tags", pic.name, len(pic.tags))
		}
	}
}

// close changes grades, licences, terms and policies, and withdraws.
func (w *walk) close() {
	t, ctx, by := w.t, w.t.Context(), actor.SystemPart("test")
	for _, pic := range w.pictures {
		switch pic.name {
		case "withdrawn":
			if _, err := w.Heritage.Relics.Withdraw(ctx, by, pic.relic, 0, "场景"); err != nil {
				t.Fatal(err)
			}
		case "kept":
			w.terms(pic, media.Terms{Audience: media.Staff})
		case "licensed":
			w.terms(pic, media.Terms{Licence: media.CCBY, Credit: media.Text{ZH: "示意图，非文物照片"}})
		}
	}
	rules := []media.Rule{{Licences: media.OpenLicences()}, {Grades: []string{"grade-2"}, MaxSize: 600},
		{Grades: []string{"grade-1", "ungraded"}, MaxSize: 900, Watermark: "示范 SAMPLE"}}
	for _, org := range []actor.OrgID{testOrg, otherOrg} {
		if _, err := w.Media.SetPolicy(ctx, by, org, 1, rules, "场景：按级别限制"); err != nil {
			t.Fatal(err)
		}
	}
	for _, pic := range w.pictures {
		if pic.name != "draft" && pic.name != "withdrawn" { // the grade is that of what is published
			w.grade(pic)
		}
		if pic.side > 0 {
			w.until(t, pic.name+" is as it should be", func() bool { return w.served(pic) })
		}
	}
}

func (w *walk) served(pic *walked) bool {
	a, err := w.Media.Asset(w.t.Context(), w.Store, pic.id)
	if err != nil {
		w.t.Fatal(err)
	}
	f, err := w.Media.Facts(w.t.Context(), a)
	if err != nil {
		w.t.Fatal(err)
	}
	return f.Served
}

func (w *walk) terms(pic *walked, terms media.Terms) {
	a, err := w.Media.Asset(w.t.Context(), w.Store, pic.id)
	if err == nil {
		_, err = w.Media.SetTerms(w.t.Context(), actor.SystemPart("test"), pic.id, a.Rev, terms, "场景")
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// publish takes the newest content of the relic through the review into sight.
func (w *walk) publish(pic *walked) {
	ctx, by, relics := w.t.Context(), actor.SystemPart("test"), w.Heritage.Relics
	for _, step := range []heritage.ReviewStep{heritage.Submit, heritage.Approve} {
		if _, err := relics.Review(ctx, by, pic.relic, 0, step, ""); err != nil {
			w.t.Fatal(err)
		}
	}
	if _, err := relics.Publish(ctx, by, pic.relic, 0); err != nil {
		w.t.Fatal(err)
	}
}

// grade gives the relic of pic its grade and publishes it anew.
func (w *walk) grade(pic *walked) {
	ctx, by, relics := w.t.Context(), actor.SystemPart("test"), w.Heritage.Relics
	rec, err := relics.Record(ctx, by, pic.relic)
	if err == nil {
		f := rec.Fields
		f.Grade = vocab.Code(pic.grade)
		_, err = relics.Change(ctx, by, pic.relic, rec.Rev, f, "定级")
	}
	if err != nil {
		w.t.Fatal(err)
	}
	w.publish(pic)
}

// fetch asks for a path, following nothing. Each request comes from another
// address, so that the limit of requests is no answer.
func (w *walk) fetch(by *caller, method, path string, headers ...string) *reply {
	w.t.Helper()
	return w.send(by, method, path, nil, headers...)
}

func (w *walk) send(by *caller, method, path string, body *bytes.Buffer, headers ...string) *reply {
	w.t.Helper()
	var in *bytes.Reader
	if body == nil {
		body = &bytes.Buffer{}
	}
	in = bytes.NewReader(body.Bytes())
	req, err := http.NewRequestWithContext(context.WithoutCancel(w.t.Context()), method, w.url+strings.TrimPrefix(path, "http://guide.example"), in)
	if err != nil {
		w.t.Fatal(err)
	}
	w.asked++
	req.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", w.asked>>16, w.asked>>8&255, w.asked&255))
	if by.cookie != "" {
		req.Header.Set("Cookie", by.cookie)
		req.Header.Set("X-CSRF-Token", by.secret)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := w.client.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	var read bytes.Buffer
	if _, err := read.ReadFrom(res.Body); err != nil {
		w.t.Fatal(err)
	}
	return &reply{t: w.t, asked: method + " " + path, status: res.StatusCode, header: res.Header, body: read.Bytes()}
}
