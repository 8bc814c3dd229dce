package mediahttp_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/media"
	"yijianyou/media/pyramid/exiftest"
	"yijianyou/web/httpkit/httpkittest"
)

// noisy is a picture whose tiles compress badly, as those of a camera do.
func noisy(t testing.TB, w, h int) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	dice := rand.New(rand.NewPCG(1, 2))
	for i := range w * h {
		v := byte(dice.IntN(60))
		m.SetNRGBA(i%w, i/w, color.NRGBA{90 + v, 120 + v, 60 + v, 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// leaks returns what of the metadata stands in an answer.
func leaks(body []byte) (found []string) {
	for _, s := range exiftest.Secrets {
		// Four or five digits of a position occur in pixels by chance; in words they are one.
		if strings.Trim(s, "0123456789.") == "" && !bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")) {
			continue
		}
		if bytes.Contains(body, []byte(s)) {
			found = append(found, s)
		}
	}
	for _, b := range exiftest.Numbers {
		if bytes.Contains(body, b) {
			found = append(found, fmt.Sprintf("% x", b))
		}
	}
	return found
}

// publicWays are all addresses at which anybody gets something of the picture.
func publicWays(id string, w, h int) []string {
	base := "/iiif/image/3/" + id
	ways := []string{base + "/info.json", "/iiif/manifest/3/relics/1"}
	for _, size := range []string{"max", "700,", ",300", "pct:50", "!400,400", "^2000,", fmt.Sprintf("%d,%d", w, h)} {
		for _, rotation := range []string{"0", "90", "!180", "22.5"} {
			for _, file := range []string{"default.jpg", "color.png", "gray.jpg"} {
				ways = append(ways, fmt.Sprintf("%s/full/%s/%s/%s", base, size, rotation, file))
			}
		}
	}
	for _, region := range []string{"square", "0,0,33,21", "pct:10,10,40,40", "100,100,512,512"} {
		ways = append(ways, fmt.Sprintf("%s/%s/max/0/default.jpg", base, region))
	}
	for scale := 1; scale <= 8; scale *= 2 {
		for y := 0; y < h; y += 512 * scale {
			for x := 0; x < w; x += 512 * scale {
				rw, rh := min(512*scale, w-x), min(512*scale, h-y)
				ways = append(ways, fmt.Sprintf("%s/%d,%d,%d,%d/%d,%d/0/default.jpg", base, x, y, rw, rh, (rw+scale-1)/scale, (rh+scale-1)/scale))
			}
		}
	}
	return ways
}

// TestNothingOfTheMetadataLeavesToThePublic uploads a photograph with a position in
// EXIF and XMP and a photographer in IPTC, publishes it, and looks for any of that
// in everything that anybody can get.
func TestNothingOfTheMetadataLeavesToThePublic(t *testing.T) {
	r := newRoom(t, public)
	const w, h = 1301, 903
	file := exiftest.Tagged(noisy(t, w, h))
	if n := len(leaks(file)); n < 9 {
		t.Fatalf("the file itself carries only %v", leaks(file))
	}
	id := r.upload(t, file).ID
	r.work(t)
	r.shows(t, id, "")
	r.record.published = true
	r.record.facts = media.Manifest{Label: media.Text{ZH: "青铜鼎"}, Pictures: []media.Picture{{Asset: id}}}
	ways := publicWays(id, w, h)
	for _, way := range ways {
		got := r.Nobody().Get(way).Want(t, 200)
		if found := leaks(got.Body); found != nil {
			t.Errorf("%s gives away %q", way, found)
		}
		for name, values := range got.Header {
			if found := leaks([]byte(strings.Join(values, "\n"))); found != nil {
				t.Errorf("%s gives away %q in %s", way, found, name)
			}
		}
	}
	t.Logf("%d public addresses", len(ways))
	for _, path := range []string{"/api/v1/media/" + id, "/api/v1/media/" + id + "/metadata", "/api/v1/media/fixity?org=museum-a", "/api/v1/media?org=museum-a", "/iiif/image/3/" + id + "~staff/info.json"} {
		got := r.Nobody().Get(path)
		if got.Status != 401 && got.Status != 404 {
			t.Errorf("%s answers anybody with %d", path, got.Status)
		}
	}
	for _, path := range []string{"/api/v1/media/" + id, "/api/v1/media/" + id + "/metadata"} {
		if got := r.As(stranger).Get(path).Want(t, 404); leaks(got.Body) != nil {
			t.Errorf("%s tells a stranger", path)
		}
	}
	// The record of the asset is no place for it either, nor what its tiles are cut of.
	if found := leaks(r.As(registrar).Get("/api/v1/media/"+id).Want(t, 200).Body); found != nil {
		t.Errorf("the record gives away %q", found)
	}
}

func TestStaffReadWhatAFileSaysOfItsMaking(t *testing.T) {
	r := newRoom(t, public)
	id := r.upload(t, exiftest.Tagged(picture(t, 60, 50))).ID
	path := "/api/v1/media/" + id + "/metadata"
	type view struct {
		Make, Model, Lens, TakenAt, Creator, Description string
		ISO                                              *int
		FNumber, FocalLengthMM, ExposureS                *float64
		Position                                         *struct{ Latitude, Longitude, AltitudeM float64 }
		PositionWithheld                                 bool
	}
	var v view
	got := r.As(registrar).Get(path).Want(t, 200)
	got.JSON(t, &v)
	if v.Make != "SecretCam" || v.TakenAt != "2026-05-01T10:20:30+08:00" || v.ISO == nil || *v.ISO != 400 || v.FNumber == nil || *v.FNumber != 5.6 || v.PositionWithheld ||
		v.Position == nil || math.Abs(v.Position.Latitude-34.62) > 1e-6 || math.Abs(v.Position.Longitude-112.455) > 1e-6 || v.Position.AltitudeM != 150.5 {
		t.Errorf("%s", got.Body)
	}
	if cc := got.Header.Get("Cache-Control"); cc != "private, no-store" {
		t.Errorf("Cache-Control %s", cc)
	}
	// Who sees areas only sees no position: it may be that of a dig or of a store.
	v = view{}
	r.As(httpkittest.Staff("dispatcher", actor.Grant{Role: actor.Dispatcher, Org: "museum-a"})).Get(path).Want(t, 200).JSON(t, &v)
	if v.Position != nil || !v.PositionWithheld || v.Make != "SecretCam" {
		t.Errorf("a dispatcher: %+v", v)
	}
	r.As(stranger).Get(path).Want(t, 404)
	r.Nobody().Get(path).Want(t, 401)
	plain := r.upload(t, picture(t, 61, 50)).ID
	v = view{}
	r.As(auditor).Get("/api/v1/media/"+plain+"/metadata").Want(t, 200).JSON(t, &v)
	if v != (view{}) {
		t.Errorf("a file that says nothing: %+v", v)
	}
}

// TestARemovedPictureIsNotFoundAnywhere: whether it has existed is nobody's
// business, so every address says the same as of a picture that never was.
func TestARemovedPictureIsNotFoundAnywhere(t *testing.T) {
	r := newRoom(t, public)
	id := r.published(t, 700, 300)
	var v assetView
	info := "/iiif/image/3/" + id + "/info.json"
	r.Nobody().Get(info).Want(t, 200)
	r.shows(t, id)
	r.As(registrar).Get("/api/v1/media/"+id).Want(t, 200).JSON(t, &v)
	tag := r.As(registrar).Get("/api/v1/media/"+id).Want(t, 200).Header.Get("ETag")
	r.As(registrar).Delete("/api/v1/media/"+id+"?reason=%E9%87%8D%E5%A4%8D", "If-Match", tag).Want(t, 204)
	r.work(t)
	base := "/iiif/image/3/" + id
	for _, path := range []string{base, info, base + "/full/max/0/default.jpg", base + "/0,0,512,300/512,300/0/default.jpg", base + "/full/max/0/default.png",
		base + "~staff", base + "~staff/info.json", base + "~staff/full/max/0/default.jpg", base + "~v0123456789abcdef/full/max/0/default.jpg",
		"/api/v1/media/" + id, "/api/v1/media/" + id + "/metadata"} {
		never := strings.ReplaceAll(path, id, "01a22114-4a64-7060-aa6c-359d8bed399b")
		got := r.As(registrar).Get(path).Want(t, 404)
		was := r.As(registrar).Get(never).Want(t, 404)
		if got.Problem(t).Code != was.Problem(t).Code {
			t.Errorf("%s tells that it has existed: %s", path, got.Body)
		}
		if status := r.Nobody().Get(path).Status; status != 404 && status != 401 {
			t.Errorf("%s answers anybody with %d", path, status)
		}
	}
	if page := r.As(registrar).Get("/api/v1/media?org=museum-a").Want(t, 200); bytes.Contains(page.Body, []byte(id)) {
		t.Errorf("the list has it: %s", page.Body)
	}
}
