package media_test

import (
	"bytes"
	"context"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/media"
	"yijianyou/media/pyramid"
)

// marked returns a picture of which the public has a marked form.
func (r *room) marked(t testing.TB) string {
	t.Helper()
	id := r.upload(t, registrar, "museum-a", picture(t, 1200, 900, 1)).ID
	if err := r.shows(reviewer, id, "marked"); err != nil {
		t.Fatal(err)
	}
	r.work(t)
	return id
}

// whole returns what somebody gets of all of a picture.
func (r *room) whole(t testing.TB, by actor.Actor, id string, asStaff bool) []byte {
	t.Helper()
	ctx := context.Background()
	k, err := r.Look(ctx, r.st, by, id, asStaff)
	if err != nil {
		t.Fatal(err)
	}
	img, err := r.Open(ctx, k)
	if err != nil {
		t.Fatal(err)
	}
	defer img.Close()
	l := img.Levels[0]
	b, err := img.Picture(ctx, pyramid.Want{W: l.Width, H: l.Height, Width: l.Width, Height: l.Height, Kind: pyramid.JPEG})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// forms returns the names of the forms on this machine.
func (r *room) forms(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, name := range r.files(t, "media/pyramids") {
		if strings.Count(filepath.Base(name), ".") == 2 {
			out = append(out, filepath.Join(r.data, "media/pyramids", name))
		}
	}
	return out
}

// TestAMissingFormIsMadeAgain: a restored backup and another node have none.
func TestAMissingFormIsMadeAgain(t *testing.T) {
	r := newRoom(t, nil)
	id := r.marked(t)
	before := r.whole(t, actor.Nobody(), id, false)
	if m, _, err := image.DecodeConfig(bytes.NewReader(before)); err != nil || m.Width != 800 {
		t.Fatalf("%+v %v", m, err)
	}
	forms := r.forms(t)
	if len(forms) != 1 {
		t.Fatalf("forms %v", forms)
	}
	for name, spoil := range map[string]func() error{
		"missing": func() error { return os.Remove(forms[0]) },
		"damaged": func() error { return os.WriteFile(forms[0], []byte("no tiles"), 0o644) },
	} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		again := roomAt(t, r.data, r.st, nil) // a program that has no file open
		if got := again.whole(t, actor.Nobody(), id, false); !bytes.Equal(got, before) {
			t.Errorf("%s: the form was not made as before", name)
		}
	}
}

// TestStaffHaveThePictureItself: the form is the public's alone.
func TestStaffHaveThePictureItself(t *testing.T) {
	r := newRoom(t, nil)
	id := r.marked(t)
	if m, _, err := image.DecodeConfig(bytes.NewReader(r.whole(t, auditor, id, true))); err != nil || m.Width != 1200 {
		t.Errorf("%+v %v", m, err)
	}
	if m, _, err := image.DecodeConfig(bytes.NewReader(r.whole(t, stranger, id, false))); err != nil || m.Width != 800 {
		t.Errorf("another museum: %+v %v", m, err)
	}
}

func TestFormsThatNobodyIsGivenAreErased(t *testing.T) {
	r := newRoom(t, nil)
	ctx := context.Background()
	id := r.marked(t)
	used := r.forms(t)[0]
	stale := strings.TrimSuffix(used, ".tiles")
	stale = stale[:len(stale)-16] + "0123456789abcdef.tiles"
	old := time.Now().Add(-48 * time.Hour)
	if err := os.WriteFile(stale, []byte("of rights that were"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{used, stale} {
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Begin(ctx); err != nil {
		t.Fatal(err)
	}
	r.work(t)
	if got := r.forms(t); len(got) != 1 || got[0] != used {
		t.Errorf("after the sweep: %v, want %s", got, used)
	}
	if err := r.shows(reviewer, id); err != nil {
		t.Fatal(err)
	}
	a, err := r.Asset(ctx, r.st, id)
	if err == nil {
		err = r.Remove(ctx, registrar, id, a.Rev, "重复拍摄")
	}
	if err != nil {
		t.Fatal(err)
	}
	r.work(t)
	if got := r.files(t, "media/pyramids"); len(got) != 0 {
		t.Errorf("after the removal: %v", got)
	}
}

// TestAFormThatIsNotDrawnIsAskedForAgain: a job that failed for good, or was lost,
// leaves nothing closed for ever.
func TestAFormThatIsNotDrawnIsAskedForAgain(t *testing.T) {
	r := newRoom(t, nil)
	id := r.marked(t)
	if err := r.shows(reviewer, id, "small"); err != nil {
		t.Fatal(err)
	}
	// The new form cannot be drawn: the original is away.
	away, original := filepath.Join(r.data, "away"), filepath.Join(r.data, "blobs", r.files(t, "blobs")[0])
	if err := os.Rename(original, away); err != nil {
		t.Fatal(err)
	}
	r.work(t)
	a, err := r.Asset(context.Background(), r.st, id)
	if err != nil {
		t.Fatal(err)
	}
	if f, err := r.Facts(context.Background(), a); err != nil || f.Served || f.Working || a.State != media.Ready {
		t.Errorf("%+v %v", f, err)
	}
	if err := os.Rename(away, original); err != nil {
		t.Fatal(err)
	}
	if err := r.Begin(context.Background()); err != nil {
		t.Fatal(err)
	}
	r.work(t)
	if m, _, err := image.DecodeConfig(bytes.NewReader(r.whole(t, actor.Nobody(), id, false))); err != nil || m.Width != 600 {
		t.Errorf("%+v %v", m, err)
	}
}
