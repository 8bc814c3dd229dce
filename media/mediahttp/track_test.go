package mediahttp_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/web/httpkit/httpkittest"
)

const captions = "WEBVTT\n\n00:00.000 --> 00:01.000\n山门\n"

// played uploads the sound of the samples.
func played(t *testing.T, r *room) *media.Asset {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("..", "avprobe", "testdata", "a.mp3"))
	if err != nil {
		t.Fatal(err)
	}
	a, _, err := r.svc.Upload(t.Context(), registrar, "museum-a", "a.mp3", bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// show has a published record of museum-a show the asset.
func show(t *testing.T, r *room, id string) {
	t.Helper()
	reviewer := httpkittest.Staff("reviewer", actor.Grant{Role: actor.Reviewer, Org: "museum-a"})
	if err := r.st.Update(t.Context(), reviewer, func(tx *store.Tx) error { return r.svc.SetShown(tx, id, "tourism", []string{""}) }); err != nil {
		t.Fatal(err)
	}
}

func TestCaptionsAreWrittenReadAndRemovedByRevision(t *testing.T) {
	r := newRoom(t, public)
	a := played(t, r)
	asset := "/api/v1/media/" + a.ID
	path := asset + "/tracks/captions/zh"
	c := r.As(registrar)
	vtt := []string{"Content-Type", "text/vtt; charset=utf-8", "If-Match"}
	first := c.Get(asset).Want(t, 200).Header.Get("ETag")
	if res := c.Do("PUT", path, []byte(captions), vtt[:2]...); res.Status != 428 {
		t.Errorf("without If-Match: %d", res.Status)
	}
	kept := c.Do("PUT", path, []byte(captions), append(vtt, first)...).Want(t, 204)
	if res := c.Do("PUT", path, []byte(strings.Replace(captions, "山门", "大殿", 1)), append(vtt, first)...); res.Status != 412 {
		t.Errorf("an old revision: %d", res.Status)
	}
	got := c.Get(path).Want(t, 200)
	if !strings.Contains(string(got.Body), "山门") || got.Header.Get("Content-Type") != "text/vtt; charset=utf-8" || got.Header.Get("Content-Language") != "zh" {
		t.Errorf("%q %v", got.Body, got.Header)
	}
	r.Nobody().Get(path).Want(t, 404)
	r.As(stranger).Get(path).Want(t, 404)
	now := kept.Header.Get("ETag")
	if now == "" || now == first {
		t.Errorf("entity tag %q after %q", now, first)
	}
	if res := c.Delete(path+"?reason=wrong", "If-Match", first); res.Status != 412 {
		t.Errorf("removed by an old revision: %d", res.Status)
	}
	c.Delete(path, "If-Match", now).Code(t, "store.reason_required")
	now = c.Delete(path+"?reason=wrong", "If-Match", now).Want(t, 204).Header.Get("ETag")
	c.Get(path).Code(t, "media.track_not_found")
	c.Delete(path+"?reason=wrong", "If-Match", now).Code(t, "media.track_not_found")
}

func TestAnotherMuseumNeitherWritesNorRemovesCaptions(t *testing.T) {
	r := newRoom(t, public)
	a := played(t, r)
	path := "/api/v1/media/" + a.ID + "/tracks/captions/zh"
	tag := r.As(registrar).Get("/api/v1/media/"+a.ID).Want(t, 200).Header.Get("ETag")
	other := r.As(httpkittest.Staff("other", actor.Grant{Role: actor.Registrar, Org: "museum-b"}))
	other.Do("PUT", path, []byte(captions), "Content-Type", "text/vtt", "If-Match", tag).Want(t, 404)
	other.Delete(path+"?reason=wrong", "If-Match", tag).Want(t, 404)
	if got := r.As(registrar).Get("/api/v1/media/"+a.ID).Want(t, 200).Header.Get("ETag"); got != tag {
		t.Errorf("the asset changed: %q, was %q", got, tag)
	}
}

func TestAWrongLineOfCaptionsIsToldByItsNumber(t *testing.T) {
	r := newRoom(t, public)
	a := played(t, r)
	asset := "/api/v1/media/" + a.ID
	c := r.As(registrar)
	tag := c.Get(asset).Want(t, 200).Header.Get("ETag")
	bad := "WEBVTT\n\n00:00.000 --> 00:01.000\n山门\n\n00:xx --> 00:03.000\n大殿\n"
	res := c.Do("PUT", asset+"/tracks/captions/zh", []byte(bad), "Content-Type", "text/vtt", "If-Match", tag)
	res.Want(t, 422).Has(t, "lines[6]", "media.vtt_time")
	c.Get(asset+"/tracks/captions/zh").Want(t, 404)
	c.Do("PUT", asset+"/tracks/captions/zh", []byte(captions), "Content-Type", "text/plain", "If-Match", tag).Code(t, "media.track_format")
}

func TestHeadOfASoundTellsItsLengthWithoutABody(t *testing.T) {
	r := newRoom(t, public)
	a := played(t, r)
	show(t, r, a.ID)
	path := "/api/v1/media/" + a.ID + "/content"
	whole := r.Nobody().Get(path).Want(t, 200)
	head := r.Nobody().Do("HEAD", path, nil, "Range", "bytes=0-9").Want(t, 200)
	if len(head.Body) != 0 {
		t.Errorf("a body of %d bytes", len(head.Body))
	}
	for _, name := range []string{"Content-Length", "Content-Type", "Accept-Ranges", "ETag"} {
		if got, want := head.Header.Get(name), whole.Header.Get(name); got != want || got == "" {
			t.Errorf("%s: %q, of GET %q", name, got, want)
		}
	}
}

func TestASoundKeptToStaffIsNoneOfThePublics(t *testing.T) {
	r := newRoom(t, public)
	a := played(t, r)
	asset := "/api/v1/media/" + a.ID
	tag := r.As(registrar).Get(asset).Want(t, 200).Header.Get("ETag")
	r.As(registrar).Do("PUT", asset+"/terms", []byte(strings.Replace(terms, `"public"`, `"staff"`, 1)), "If-Match", tag).Want(t, 200)
	show(t, r, a.ID)
	r.Nobody().Get(asset+"/content").Want(t, 404)
	r.As(stranger).Get(asset+"/content").Want(t, 404)
	r.As(auditor).Get(asset+"/content").Want(t, 200)
}
