package app

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"yijianyou/cmd/yijianyou/internal/config"
	"yijianyou/media"
)

// TestSoundFilmAndTheirWordsComeBackFromABackup: byte for byte, with their tags
// behind the same masks.
func TestSoundFilmAndTheirWordsComeBackFromABackup(t *testing.T) {
	p := start(t, nil)
	clerk := p.login(t, "clerk")
	film, sound := clerk.send("end.mp4", playedFile(t, "end.mp4")), clerk.send("opus.ogg", playedFile(t, "opus.ogg"))
	clerk.words(film, "captions/zh", "text/vtt", sceneCaptions)
	clerk.words(film, "captions/en", "text/vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nThe gate\n")
	clerk.words(sound, "transcript/zh", "text/plain", "山门")
	paths := []string{"/api/v1/media/" + film + "/content", "/api/v1/media/" + sound + "/content", "/api/v1/media/" + film + "/tracks/captions/zh",
		"/api/v1/media/" + film + "/tracks/captions/en", "/api/v1/media/" + sound + "/tracks/transcript/zh"}
	before := map[string]*reply{}
	for _, path := range paths {
		before[path] = clerk.get(path).want(http.StatusOK)
	}
	originals := originalsIn(t, p.Config.Data)
	archive := filepath.Join(t.TempDir(), "backup.tar")
	if _, err := p.Backup(t.Context(), archive); err != nil {
		t.Fatal(err)
	}
	p.stop()

	data := t.TempDir()
	cfg, err := config.Load(config.Sources{Flags: map[string]string{"data": data}})
	if err != nil {
		t.Fatal(err)
	}
	if sum, err := Restore(t.Context(), cfg, archive); err != nil || sum.Originals != 2 {
		t.Fatalf("%+v %v", sum, err)
	}
	back := originalsIn(t, data)
	for name, b := range originals {
		if !bytes.Equal(back[name], b) {
			t.Errorf("%s came back as %d bytes of %d", name, len(back[name]), len(b))
		}
	}
	p = start(t, map[string]string{"data": data})
	clerk = p.login(t, "clerk")
	for _, path := range paths {
		got := clerk.get(path).want(http.StatusOK)
		if !bytes.Equal(got.body, before[path].body) || got.header.Get("ETag") != before[path].header.Get("ETag") || got.header.Get("Content-Type") != before[path].header.Get("Content-Type") {
			t.Errorf("%s came back otherwise: %d bytes of %d, %v", path, len(got.body), len(before[path].body), got.header)
		}
	}
	for _, id := range []string{film, sound} {
		if got, err := p.Media.Recheck(t.Context(), id); err != nil || got != media.Sound {
			t.Errorf("%q %v", got, err)
		}
	}
}

// originalsIn returns the stored files of a data directory by their place in it.
func originalsIn(t *testing.T, data string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(data, "blobs/originals/*/*/*/*"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		at, err := filepath.Rel(data, name)
		if err != nil {
			t.Fatal(err)
		}
		out[at] = b
	}
	if len(out) != 2 {
		t.Fatalf("%d originals in %s", len(out), data)
	}
	return out
}

// TestAFlippedByteOfAFilmIsFoundAndMendedFromABackup: the audit reads sound and
// film as it reads pictures.
func TestAFlippedByteOfAFilmIsFoundAndMendedFromABackup(t *testing.T) {
	data := t.TempDir()
	p := start(t, map[string]string{"data": data})
	clerk, ctx := p.login(t, "clerk"), t.Context()
	film := clerk.send("film.webm", playedFile(t, "film.webm"))
	clerk.words(film, "captions/zh", "text/vtt", sceneCaptions)
	content := "/api/v1/media/" + film + "/content"
	whole := clerk.get(content).want(http.StatusOK).body
	archive := filepath.Join(t.TempDir(), "backup.tar")
	if _, err := p.Backup(ctx, archive); err != nil {
		t.Fatal(err)
	}
	blobs, err := filepath.Glob(filepath.Join(data, "blobs/originals/*/*/*", film))
	if err != nil || len(blobs) != 1 {
		t.Fatalf("%v %v", blobs, err)
	}
	file := playedFile(t, "film.webm")
	file[len(file)-20] ^= 1
	if err := os.WriteFile(blobs[0], file, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := p.Media.Recheck(ctx, film); err != nil || got != media.Damaged {
		t.Fatalf("%q %v", got, err)
	}
	var report struct {
		Damaged  int
		Troubles []struct{ Asset, Fault string }
	}
	clerk.get("/api/v1/media/fixity?org=" + string(testOrg)).want(http.StatusOK).decode(&report)
	if report.Damaged != 1 || len(report.Troubles) != 1 || report.Troubles[0].Asset != film || report.Troubles[0].Fault != "damaged" {
		t.Errorf("%+v", report)
	}
	if got, err := p.Mend(ctx, archive, film); err != nil || got != media.Sound {
		t.Fatalf("%q %v", got, err)
	}
	if got := clerk.get(content).want(http.StatusOK).body; !bytes.Equal(got, whole) {
		t.Errorf("%d bytes after mending, of %d", len(got), len(whole))
	}
}
