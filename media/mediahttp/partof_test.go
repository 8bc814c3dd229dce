package mediahttp_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/media"
)

// TestAnInfoNamesTheManifestsThatThePublicSees: those and no others, whoever asks,
// from the moment of publication to that of withdrawal.
func TestAnInfoNamesTheManifestsThatThePublicSees(t *testing.T) {
	r := newRoom(t, public)
	shown, other := r.published(t, 600, 500), r.published(t, 500, 600)
	r.record.facts = media.Manifest{Label: media.Text{ZH: "莲鹤方壶", EN: "Square hu"}, Pictures: []media.Picture{{Asset: shown}}}
	type ref struct {
		ID, Type string
		Label    map[string][]string
	}
	manifest := ref{public + "/iiif/manifest/3/relics/1", "Manifest", map[string][]string{"zh-Hans": {"莲鹤方壶"}, "en": {"Square hu"}}}
	check := func(when, path string, want ...ref) {
		t.Helper()
		var doc struct{ PartOf []ref }
		a := r.As(auditor).Get(path+"/info.json").Want(t, 200)
		a.JSON(t, &doc)
		if d := cmp.Diff(want, doc.PartOf); d != "" {
			t.Errorf("%s: %s", when, d)
		}
		if len(want) == 0 && strings.Contains(string(a.Body), "partOf") {
			t.Errorf("%s: %s", when, a.Body)
		}
	}
	plain := "/iiif/image/3/" + shown
	fixed := r.latest(t, plain)
	check("of a draft", plain)
	r.record.published = true
	r.shows(t, other, "", "small") // any write: the record of the test is in no store
	check("published", plain, manifest)
	check("at the address with the version", fixed, manifest)
	check("of the picture for staff", plain+"~staff")
	check("a picture that the record does not show", "/iiif/image/3/"+other)
	r.record.published = false
	r.shows(t, other, "")
	check("withdrawn", plain)
}
