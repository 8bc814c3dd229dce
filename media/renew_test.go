package media_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/media/pyramid"
)

// olderFile puts the packed file of another picture in the place of name, as a version
// from before recipes would have made it.
func olderFile(t testing.TB, name string, picture []byte, maxSide int) {
	t.Helper()
	if _, err := pyramid.Build(context.Background(), bytes.NewReader(picture), name, pyramid.Options{MaxSide: maxSide}); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	le := binary.LittleEndian
	le.PutUint32(b[32:], le.Uint32(b[32:])&1)
	index := 48 + 12*int(le.Uint32(b[36:]))
	le.PutUint32(b[12:], crc32.Checksum(b[16:index], crc32.MakeTable(crc32.Castagnoli)))
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// seen is what the public gets of a picture: under which version, and what bytes.
func (r *room) seen(t testing.TB, id string) (version string, picture []byte) {
	t.Helper()
	k, err := r.Look(context.Background(), r.st, actor.Nobody(), id, false)
	if err != nil {
		t.Fatal(err)
	}
	return k.Version(), r.whole(t, actor.Nobody(), id, false)
}

// renew runs the job that makes pyramids again, and no other.
func (r *room) renew(t testing.TB) {
	t.Helper()
	handlers := map[string]store.Handler{media.JobRenew: r.AuditHandlers()[media.JobRenew]}
	if _, err := store.NewRunner(r.st, store.RunnerOptions{Handlers: handlers, Log: slog.New(slog.DiscardHandler)}).Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// TestPyramidsOfAnOlderRecipeAreMadeAgainAndServedUntilThen: those of staff and of
// the public, each once, slowly; the version of the address changes with the bytes.
func TestPyramidsOfAnOlderRecipeAreMadeAgainAndServedUntilThen(t *testing.T) {
	rests := 0
	r := newRoom(t, nil)
	ctx := context.Background()
	open := r.upload(t, registrar, "museum-a", picture(t, 900, 700, 1))
	small := r.upload(t, registrar, "museum-a", picture(t, 900, 700, 2))
	fresh := r.upload(t, registrar, "museum-a", picture(t, 900, 700, 3))
	r.work(t)
	for id, grade := range map[string]string{open.ID: "", small.ID: "small", fresh.ID: ""} {
		if err := r.shows(reviewer, id, grade); err != nil {
			t.Fatal(err)
		}
	}
	r.work(t)
	today := map[string][]byte{}
	for _, a := range []*media.Asset{open, small, fresh} {
		_, today[a.ID] = r.seen(t, a.ID)
	}
	for _, a := range []*media.Asset{open, small} {
		files, err := filepath.Glob(filepath.Join(r.data, "media/pyramids", a.ID[len(a.ID)-2:], a.ID+"*"))
		if err != nil || len(files) != map[string]int{open.ID: 1, small.ID: 2}[a.ID] {
			t.Fatalf("%v %v", files, err)
		}
		for _, name := range files {
			maxSide := 0
			if filepath.Base(name) != a.ID+".tiles" {
				maxSide = 600
			}
			olderFile(t, name, picture(t, 900, 700, 200), maxSide)
		}
		if err := r.SetRecipe(a.ID, 0); err != nil {
			t.Fatal(err)
		}
	}
	r = roomAt(t, r.data, r.st, func(c *media.Config) { // the program of today starts
		c.After = func(time.Duration) <-chan time.Time {
			rests++
			at := make(chan time.Time)
			close(at)
			return at
		}
	})
	freshVersion, _ := r.seen(t, fresh.ID)
	before := map[string]string{}
	for _, a := range []*media.Asset{open, small} {
		version, tile := r.seen(t, a.ID)
		if before[a.ID] = version; bytes.Equal(tile, today[a.ID]) {
			t.Error("the old file is not served")
		}
	}
	if err := r.Begin(ctx); err != nil {
		t.Fatal(err)
	}
	r.renew(t)
	if rests != 2 {
		t.Errorf("%d rests between two pictures", rests)
	}
	for _, a := range []*media.Asset{open, small} {
		version, tile := r.seen(t, a.ID)
		if !bytes.Equal(tile, today[a.ID]) || version == before[a.ID] {
			t.Errorf("the old file is served on: version %s, was %s", version, before[a.ID])
		}
		if n := r.entries(t, a.ID, "media.renew"); n != 1 {
			t.Errorf("%d entries of the renewal", n)
		}
	}
	if version, _ := r.seen(t, fresh.ID); version != freshVersion || r.entries(t, fresh.ID, "media.renew") != 0 {
		t.Error("a file of today was made again")
	}
	// Another machine has its old file still: it makes it again when it is asked for.
	olderFile(t, filepath.Join(r.data, "media/pyramids", open.ID[len(open.ID)-2:], open.ID+".tiles"), picture(t, 900, 700, 200), 0)
	other := roomAt(t, r.data, r.st, nil)
	if _, tile := other.seen(t, open.ID); !bytes.Equal(tile, today[open.ID]) {
		t.Error("an old file under the new version")
	}
}

// TestAPyramidThatCannotBeMadeAgainIsServedAsItIs: the others are renewed all the same.
func TestAPyramidThatCannotBeMadeAgainIsServedAsItIs(t *testing.T) {
	r := newRoom(t, nil)
	ctx := context.Background()
	var ids []string
	for i := range 2 {
		a := r.upload(t, registrar, "museum-a", picture(t, 600, 600, byte(i)))
		r.work(t)
		if err := r.shows(reviewer, a.ID, ""); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if err := os.Remove(r.blob(a)); err != nil {
				t.Fatal(err)
			}
		}
		olderFile(t, filepath.Join(r.data, "media/pyramids", a.ID[len(a.ID)-2:], a.ID+".tiles"), picture(t, 600, 600, 200), 0)
		if err := r.SetRecipe(a.ID, 0); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, a.ID)
	}
	if err := r.Begin(ctx); err != nil {
		t.Fatal(err)
	}
	r.renew(t)
	r.seen(t, ids[0])
	for i, want := range []int{0, 1} {
		if n := r.entries(t, ids[i], "media.renew"); n != want {
			t.Errorf("picture %d was renewed %d times", i, n)
		}
	}
}
