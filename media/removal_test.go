package media_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
	"yijianyou/media"
)

// TestRemovalTakesThePublicFormAndThePiecesWithIt: whatever was made of a picture
// goes with it, and the tombstone says who, when and why.
func TestRemovalTakesThePublicFormAndThePiecesWithIt(t *testing.T) {
	enginetest.Each(t, removalTakesThePublicFormAndThePiecesWithIt)
}

func removalTakesThePublicFormAndThePiecesWithIt(t *testing.T, open enginetest.Open) {
	r, ctx := newRoomOn(t, open, func(c *media.Config) { c.Rules = []media.Rule{{MaxSize: 256}} }), context.Background()
	file := picture(t, 700, 600, 1)
	in := r.announce(t, registrar, media.NewIncoming{Org: "museum-a", Length: int64(len(file))})
	done, err := r.Append(ctx, registrar, in.ID, piece(0, file))
	if err != nil {
		t.Fatal(err)
	}
	id := done.Asset
	r.work(t)
	if err := r.shows(reviewer, id, ""); err != nil {
		t.Fatal(err)
	}
	r.work(t)
	if n := len(r.files(t, "media/pyramids")); n != 2 {
		t.Fatalf("%d packed files, want that of staff and that of the public", n)
	}
	a, err := r.See(ctx, registrar, id)
	if err != nil {
		t.Fatal(err)
	}
	keep, err := os.ReadFile(r.blob(a))
	if err != nil {
		t.Fatal(err)
	}
	if err := r.shows(reviewer, id); err != nil {
		t.Fatal(err)
	}
	if a, err = r.See(ctx, registrar, id); err != nil {
		t.Fatal(err)
	}
	if err := r.Remove(ctx, registrar, id, a.Rev, "权利人要求撤下"); err != nil {
		t.Fatal(err)
	}
	r.work(t)
	if left := append(r.files(t, "blobs"), r.files(t, "media")...); len(left) != 0 {
		t.Errorf("bytes left: %v", left)
	}
	page, err := store.History.Find(ctx, r.st, store.Query{Index: "byDoc", Equal: []any{"assets", id}, Reverse: true, Limit: 1})
	if err != nil || len(page.Items) != 1 {
		t.Fatal(err)
	}
	if e := page.Items[0]; e.Action != "media.remove" || e.ActorID != "registrar" || e.Reason != "权利人要求撤下" || e.CreatedAt.IsZero() {
		t.Errorf("the tombstone says %+v", e)
	}
	// A job that was at work when the picture was removed leaves nothing behind.
	if err := os.MkdirAll(filepath.Dir(r.blob(a)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(r.blob(a), keep, 0o600); err != nil { // it had read the original already
		t.Fatal(err)
	}
	if err := r.BuildLate(ctx, a); err != nil {
		t.Fatal(err)
	}
	for _, name := range r.files(t, "media") {
		if strings.Contains(name, id) {
			t.Errorf("a late job left %s", name)
		}
	}
}
