package mediahttp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png"
	"io"
	"log/slog"
	"mime/multipart"
	"path/filepath"
	"strings"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
	"yijianyou/media"
	"yijianyou/media/discovery"
	"yijianyou/media/mediahttp"
	"yijianyou/web/httpkit"
	"yijianyou/web/httpkit/httpkittest"
)

const public = "https://guide.example"

var (
	registrar = httpkittest.Staff("registrar", actor.Grant{Role: actor.Registrar, Org: "museum-a"})
	auditor   = httpkittest.Staff("auditor", actor.Grant{Role: actor.Auditor, Org: "museum-a"})
	stranger  = httpkittest.Staff("stranger", actor.Grant{Role: actor.Keeper, Org: "museum-b"})
)

// record is a ManifestSource of one record that is published or not.
type record struct {
	published bool
	facts     media.Manifest
}

var errNoRecord = fault.Define(fault.NotFound, "test.record", "没有", "none")

func (r *record) Manifest(_ context.Context, _ store.Reader, by actor.Actor, id string) (*media.Manifest, error) {
	if id != "1" || (!r.published && !by.Can(actor.RecordRead, "museum-a")) {
		return nil, errNoRecord.New()
	}
	m := r.facts
	return &m, nil
}

// Published implements media.ManifestSource.
func (r *record) Published(_ context.Context, _ store.Reader, museum string, _ int, _ store.Cursor) (store.Page[media.Manifest], error) {
	if !r.published || museum != "" {
		return store.Page[media.Manifest]{}, nil
	}
	m := r.facts
	m.ID = "1"
	return store.Page[media.Manifest]{Items: []*media.Manifest{&m}}, nil
}

// Touched implements media.ManifestSource.
func (r *record) Touched(context.Context, store.Reader, store.Change) ([]string, error) {
	return []string{"1"}, nil
}

// nobody is a ManifestSource without records.
type nobody struct{ media.ManifestSource }

func (nobody) Manifest(context.Context, store.Reader, actor.Actor, string) (*media.Manifest, error) {
	return nil, errNoRecord.New()
}

func (nobody) Published(context.Context, store.Reader, string, int, store.Cursor) (store.Page[media.Manifest], error) {
	return store.Page[media.Manifest]{}, nil
}

type room struct {
	*httpkittest.Server
	svc    *media.Service
	st     *store.Store
	record *record
	log    *discovery.Log
	dir    string // of the packed files
}

func newRoom(t testing.TB, publicURL string) *room {
	t.Helper()
	return newRoomWith(t, httpkit.Options{PublicURL: publicURL})
}

func newRoomWith(t testing.TB, opts httpkit.Options) *room {
	t.Helper()
	st := storetest.New(t, append(media.Collections(), discovery.Collections()...)...)
	data := t.TempDir()
	originals, err := media.OpenOriginals(context.Background(), filepath.Join(data, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	svc, err := media.New(media.Config{Store: st, Originals: originals, Dir: filepath.Join(data, "media"), MaxBytes: 8 << 20, MaxSound: 8 << 20, MaxFilm: 8 << 20,
		Rules: []media.Rule{{Grades: []string{"small"}, MaxSize: 700}}, Grades: []string{"small"}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { svc.Close(); originals.Close() })
	r := &room{svc: svc, st: st, record: &record{}, dir: filepath.Join(data, "media", "pyramids")}
	opts.Store = st
	shelves := []media.Shelf{{Kind: "relics", Label: media.Text{ZH: "文物", EN: "Relics"}, Source: r.record}}
	r.log = discovery.New(st, svc, shelves, slog.New(slog.DiscardHandler))
	r.Server = httpkittest.New(t, opts, func(k *httpkit.Router) {
		mediahttp.Mount(k, mediahttp.Deps{Service: svc, Store: st, Shelves: shelves, Museums: nobody{}, Log: r.log})
	})
	return r
}

func picture(t testing.TB, w, h int) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetNRGBA(x, y, color.NRGBA{byte(50 + 150*x/w), byte(50 + 150*y/h), 90, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func form(t testing.TB, parts ...string) (body []byte, contentType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		create := w.CreateFormField
		if parts[i] == "file" {
			create = func(name string) (io.Writer, error) { return w.CreateFormFile(name, "正面.jpg") }
		}
		part, err := create(parts[i])
		if err == nil {
			_, err = part.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), w.FormDataContentType()
}

type assetView struct {
	ID, Org, SHA256, Name, State, Service string
	Width, Height                         int
	Rev                                   int64
	Public                                bool
}

func (r *room) upload(t testing.TB, file []byte) assetView {
	t.Helper()
	body, ct := form(t, "org", "museum-a", "file", string(file))
	var v assetView
	r.As(registrar).Post("/api/v1/media", body, "Content-Type", ct).Want(t, 201).JSON(t, &v)
	return v
}

func (r *room) work(t testing.TB) {
	t.Helper()
	if _, err := store.NewRunner(r.st, store.RunnerOptions{Handlers: r.svc.Handlers(), Log: slog.New(slog.DiscardHandler)}).Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// shows says that records of these grades show the asset; none is that none does.
func (r *room) shows(t testing.TB, id string, grades ...string) {
	t.Helper()
	err := r.st.Update(context.Background(), actor.SystemPart("test"), func(tx *store.Tx) error { return r.svc.SetShown(tx, id, "heritage", grades) })
	if err != nil {
		t.Fatal(err)
	}
}

func (r *room) published(t testing.TB, w, h int) string {
	t.Helper()
	id := r.upload(t, picture(t, w, h)).ID
	r.work(t)
	r.shows(t, id, "")
	return id
}

func TestUpload(t *testing.T) {
	r := newRoom(t, public)
	file := string(picture(t, 700, 300))
	v := r.upload(t, []byte(file))
	if v.Org != "museum-a" || v.Name != "正面.jpg" || v.State != "uploaded" || v.Width != 700 || v.Height != 300 || v.Public || v.Service != "/iiif/image/3/"+v.ID+"~staff" {
		t.Errorf("%+v", v)
	}
	body, ct := form(t, "org", "museum-a", "file", file)
	var again assetView
	r.As(registrar).Post("/api/v1/media", body, "Content-Type", ct).Want(t, 200).JSON(t, &again)
	if again.ID != v.ID {
		t.Error("another asset for the same bytes")
	}
	big, bigType := form(t, "org", "museum-a", "file", file+strings.Repeat("x", 8<<20))
	noFile, noFileType := form(t, "org", "museum-a")
	late, lateType := form(t, "file", file, "org", "museum-a")
	text, textType := form(t, "org", "museum-a", "file", "hello, I am a picture")
	for name, tc := range map[string]struct {
		by       actor.Actor
		body     []byte
		ct       string
		status   int
		wantCode string
	}{
		"staff of another museum": {stranger, body, ct, 403, "media.denied"},
		"a role that only reads":  {auditor, body, ct, 403, "http.denied"},
		"too many bytes":          {registrar, big, bigType, 413, "media.too_large"},
		"without a file":          {registrar, noFile, noFileType, 422, "media.form"},
		"org behind the file":     {registrar, late, lateType, 422, "media.form"},
		"no form":                 {registrar, []byte("{}"), "application/json", 422, "media.form"},
		"a form that is cut":      {registrar, body[:len(body)/2], ct, 422, "media.interrupted"},
		"no picture":              {registrar, text, textType, 415, "media.kind"},
	} {
		t.Run(name, func(t *testing.T) {
			r.As(tc.by).Post("/api/v1/media", tc.body, "Content-Type", tc.ct).Want(t, tc.status).Code(t, tc.wantCode)
		})
	}
	r.Nobody().Post("/api/v1/media", body, "Content-Type", ct).Want(t, 401)
}

func TestRecordOfAnAsset(t *testing.T) {
	r := newRoom(t, public)
	v := r.upload(t, picture(t, 60, 50))
	path := "/api/v1/media/" + v.ID
	got := r.As(auditor).Get(path).Want(t, 200)
	if tag, cc := got.Header.Get("ETag"), got.Header.Get("Cache-Control"); tag != `"1-staff-en"` || cc != "private, no-store" {
		t.Errorf("ETag %s, Cache-Control %s", tag, cc)
	}
	r.Nobody().Get(path).Want(t, 401)
	r.As(stranger).Get(path).Want(t, 404).Lacks(t, v.SHA256, "museum-a")
	r.As(registrar).Delete(path+"?reason=x").Want(t, 428)
	r.As(registrar).Delete(path+"?reason=x", "If-Match", `"7-staff-en"`).Want(t, 412)
	r.As(registrar).Delete(path, "If-Match", `"1-staff-en"`).Want(t, 422).Code(t, "media.reason_required")
	r.As(stranger).Delete(path+"?reason=x", "If-Match", `"1-staff-en"`).Want(t, 404)
	r.As(auditor).Delete(path+"?reason=x", "If-Match", `"1-staff-en"`).Want(t, 403)
	r.As(registrar).Delete(path+"?reason=x", "If-Match", `"1-staff-en"`).Want(t, 204)
	r.As(registrar).Get(path).Want(t, 404)
}

type info struct {
	Context string `json:"@context"`
	ID      string
	Profile string
	Width   int
	Height  int
	Sizes   []struct{ Width, Height int }
	Tiles   []struct {
		Width        int
		ScaleFactors []int
	}
}

// addresses lists every address that a viewer can make of an info.json: base,
// itself, sizes, tiles, and some computed ones.
func addresses(service string, in info) []string {
	out := []string{service, service + "/info.json"}
	for _, s := range in.Sizes {
		out = append(out, fmt.Sprintf("%s/full/%d,%d/0/default.jpg", service, s.Width, s.Height))
	}
	for _, f := range in.Tiles[0].ScaleFactors {
		side := in.Tiles[0].Width * f
		for y := 0; y < in.Height; y += side {
			for x := 0; x < in.Width; x += side {
				w, h := min(side, in.Width-x), min(side, in.Height-y)
				out = append(out, fmt.Sprintf("%s/%d,%d,%d,%d/%d,%d/0/default.jpg", service, x, y, w, h, (w+f-1)/f, (h+f-1)/f))
			}
		}
	}
	for _, rest := range []string{"full/max/0/default.jpg", "full/^1500,/0/default.png", "square/!100,100/90/gray.jpg", "10,10,50,50/max/!180/color.png",
		"pct:10,10,20,20/pct:50/0/default.jpg", "full/,40/0/default.jpg"} {
		out = append(out, service+"/"+rest)
	}
	return out
}

func (r *room) info(t testing.TB, c *httpkittest.Client, service string) info {
	t.Helper()
	var in info
	c.Get(service+"/info.json").Want(t, 200).JSON(t, &in)
	return in
}

func TestADraftIsNeverShownToThePublic(t *testing.T) {
	r := newRoom(t, public)
	v := r.upload(t, picture(t, 1301, 777))
	r.record.facts = media.Manifest{Label: media.Text{ZH: "方壶"}, Pictures: []media.Picture{{Asset: v.ID}}}
	service := "/iiif/image/3/" + v.ID
	r.work(t)
	own := r.As(auditor)
	draft := addresses(service, r.info(t, own, service))
	whole := addresses(service+"~staff", r.info(t, own, service+"~staff"))
	if len(draft) < 20 {
		t.Fatalf("only %d addresses", len(draft))
	}
	hidden := func(when string, list []string, clients ...*httpkittest.Client) {
		t.Helper()
		for _, c := range clients {
			for _, a := range list {
				got := c.Get(a)
				if got.Status != 404 || got.Header.Get("Cache-Control") != "no-store" || bytes.HasPrefix(got.Body, []byte("\xFF\xD8")) {
					t.Errorf("%s: %s: %d, Cache-Control %s", when, a, got.Status, got.Header.Get("Cache-Control"))
				}
				got.Lacks(t, v.SHA256[:16], ":1301", "1301×")
			}
		}
	}
	shown := func(when string, list []string, cache string, c *httpkittest.Client) {
		t.Helper()
		for _, a := range list {
			got := c.Get(a)
			if (got.Status != 200 && got.Status != 303) || !strings.HasPrefix(got.Header.Get("Cache-Control"), cache) {
				t.Errorf("%s: %s: %d, Cache-Control %s: %.200s", when, a, got.Status, got.Header.Get("Cache-Control"), got.Body)
			}
		}
	}
	all := append(append([]string{}, draft...), whole...)
	hidden("draft", all, r.Nobody(), r.As(stranger))
	shown("draft", all, "private, no-store", own)
	manifest := "/iiif/manifest/3/relics/1"
	r.Nobody().Get(manifest).Want(t, 404).Lacks(t, "方壶", v.ID)
	r.Nobody().Get(manifest+"?view=staff").Want(t, 401)
	r.As(stranger).Get(manifest+"?view=staff").Want(t, 404).Lacks(t, "方壶", v.ID)
	own.Get(manifest+"?view=staff").Want(t, 200).Has(t, v.ID+"~staff")

	r.record.published = true // the record, but not yet the picture
	r.Nobody().Get(manifest).Want(t, 404).Code(t, "media.no_pictures").Lacks(t, v.ID)

	r.shows(t, v.ID, "")
	shown("published", draft, "public", r.Nobody())
	hidden("the staff address of a published picture", whole, r.Nobody(), r.As(stranger))
	shown("published", whole, "private, no-store", own)
	r.Nobody().Get(manifest).Want(t, 200).Has(t, v.ID).Lacks(t, "~staff")

	r.shows(t, v.ID, "small")
	for _, a := range append([]string{service + "/info.json", service}, draft...) {
		r.Nobody().Get(a).Want(t, 503).Has(t, "media.not_ready")
	}
	r.Nobody().Get(manifest).Want(t, 404)
	r.work(t)
	small := r.info(t, r.Nobody(), service)
	if small.Width != 700 || small.Height != 418 {
		t.Fatalf("the public sees %d×%d, at most 700 allowed", small.Width, small.Height)
	}
	shown("published, smaller", addresses(service, small), "public", r.Nobody())
	for _, a := range draft { // what was given out before the limit gives no more than the limit now
		if got := r.Nobody().Get(a); got.Status == 200 && strings.HasPrefix(got.Header.Get("Content-Type"), "image/") && !strings.Contains(a, "/^") {
			m, _, err := image.Decode(bytes.NewReader(got.Body))
			if err != nil || m.Bounds().Dx() > 700 || m.Bounds().Dy() > 700 {
				t.Errorf("%s: %v %v", a, m.Bounds(), err)
			}
		}
	}
	r.Nobody().Get(manifest).Want(t, 200).Has(t, `"width":700`).Lacks(t, "1301")

	r.shows(t, v.ID)
	hidden("withdrawn", all, r.Nobody(), r.As(stranger))
	r.Nobody().Get(manifest).Want(t, 404).Lacks(t, v.ID)
}

func TestManifest(t *testing.T) {
	r := newRoom(t, public)
	first, second := r.published(t, 700, 600), r.published(t, 601, 1000)
	hiddenAsset := r.upload(t, picture(t, 55, 44)).ID
	r.work(t)
	r.record.published = true
	r.record.facts = media.Manifest{Label: media.Text{ZH: "莲鹤方壶", EN: "Square hu"}, Summary: media.Text{ZH: "青铜器"},
		Metadata: []media.Pair{{Label: media.Text{ZH: "年代", EN: "Period"}, Value: media.Text{ZH: "春秋"}}, {Label: media.Text{ZH: "空"}}},
		Notes:    []media.Text{{ZH: "模拟数据"}},
		Page:     "/relics/1", Pictures: []media.Picture{{Asset: second, Caption: media.Text{ZH: "侧面"}}, {Asset: hiddenAsset}, {Asset: first}}}
	got := r.Nobody().Get("/iiif/manifest/3/relics/1", "Host", "evil.example").Want(t, 200).Lacks(t, hiddenAsset, "evil")
	if ct := got.Header.Get("Content-Type"); ct != `application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"` {
		t.Error(ct)
	}
	var doc struct {
		ID       string
		Homepage []struct{ ID string }
		Metadata []json.RawMessage
		Items    []struct {
			Width, Height int
			Items         []struct {
				Items []struct {
					Target string
					Body   struct {
						ID      string
						Service []struct{ ID, Type string }
					}
				}
			}
		}
	}
	got.JSON(t, &doc)
	if doc.ID != public+"/iiif/manifest/3/relics/1" || len(doc.Homepage) != 1 || doc.Homepage[0].ID != public+"/relics/1" || len(doc.Metadata) != 1 || len(doc.Items) != 2 {
		t.Fatalf("%s", got.Body)
	}
	if doc.Items[0].Width != 601 || doc.Items[1].Width != 700 {
		t.Error("pictures out of order")
	}
	body := doc.Items[0].Items[0].Items[0].Body
	if !strings.HasPrefix(body.Service[0].ID, public+"/iiif/image/3/"+second+"~v") || body.Service[0].Type != "ImageService3" {
		t.Errorf("%+v", body)
	}
	r.Nobody().Get(strings.TrimPrefix(body.ID, public)).Want(t, 200)
	r.Nobody().Get("/iiif/manifest/3/relics/2").Want(t, 404)
	r.Nobody().Get("/iiif/manifest/3/things/1").Want(t, 404)
	r.Nobody().Get("/iiif/manifest/3/relics/1?view=all").Want(t, 200)
	if staff := r.As(auditor).Get("/iiif/manifest/3/relics/1?view=staff").Want(t, 200).Has(t, hiddenAsset); staff.Header.Get("Cache-Control") != "private, no-store" {
		t.Error(staff.Header)
	}
}

func TestWithoutAPublicAddressNoneIsInvented(t *testing.T) {
	r := newRoom(t, "")
	id := r.published(t, 60, 50)
	r.Nobody().Get("/iiif/image/3/"+id+"/info.json").Want(t, 503).Code(t, "media.public_url")
	r.Nobody().Get("/iiif/manifest/3/relics/1").Want(t, 503).Code(t, "media.public_url")
}

func TestTheRoutesAreInTheDocument(t *testing.T) {
	doc, err := newRoom(t, public).Router.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{`"/api/v1/media"`, `"/api/v1/media/{id}"`, `"/iiif/image/3/{id}/info.json"`, `"/iiif/image/3/{id}/{region}/{size}/{rotation}/{file}"`, `"/iiif/manifest/3/{kind}/{id}"`} {
		if !bytes.Contains(doc, []byte(path)) {
			t.Errorf("no %s", path)
		}
	}
}
