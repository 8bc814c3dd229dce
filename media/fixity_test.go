package media_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
	"yijianyou/media"
)

// auditedOn is a room whose audit of originals does not wait; slept adds up what it
// would have waited.
func auditedOn(t testing.TB, open enginetest.Open, log *slog.Logger) (r *room, c *clock, slept *time.Duration) {
	slept = new(time.Duration)
	r, c = clockedRoomOn(t, open, func(cfg *media.Config) {
		cfg.FixityRate = 1 << 20
		cfg.After = func(d time.Duration) <-chan time.Time {
			*slept += d
			at := make(chan time.Time)
			close(at)
			return at
		}
		if log != nil {
			cfg.Log = log
		}
	})
	return r, c, slept
}

// audit runs what the audit has to do by now.
func (r *room) audit(t testing.TB) {
	t.Helper()
	runner := store.NewRunner(r.st, store.RunnerOptions{Handlers: r.AuditHandlers(), Log: slog.New(slog.DiscardHandler)})
	if _, err := runner.Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func (r *room) report(t testing.TB) *media.FixityReport {
	t.Helper()
	rep, err := r.FixityReport(context.Background(), auditor, "museum-a")
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

func (r *room) blob(a *media.Asset) string {
	return filepath.Join(r.data, "blobs/originals", string(a.Org), a.SHA256[:2], a.SHA256, a.ID)
}

// entries counts the entries of the audit trail about an asset.
func (r *room) entries(t testing.TB, id, action string) (n int) {
	t.Helper()
	err := store.History.Each(context.Background(), r.st, store.Query{Index: "byDoc", Equal: []any{"assets", id}}, func(e *store.Revision) error {
		if e.Action == action {
			n++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAFlippedByteOfAnOriginalIsFoundAndThePictureStillServed(t *testing.T) {
	enginetest.Each(t, aFlippedByteOfAnOriginalIsFoundAndThePictureStillServed)
}

func aFlippedByteOfAnOriginalIsFoundAndThePictureStillServed(t *testing.T, open enginetest.Open) {
	var log strings.Builder
	r, c, slept := auditedOn(t, open, slog.New(slog.NewTextHandler(&log, nil)))
	ctx := context.Background()
	hurt := r.upload(t, registrar, "museum-a", padded(t, 1, 1<<20))
	lost := r.upload(t, registrar, "museum-a", padded(t, 2, 1<<20))
	whole := r.upload(t, registrar, "museum-a", padded(t, 3, 1<<20))
	other := r.upload(t, stranger, "museum-b", padded(t, 4, 1<<20))
	if err := r.Begin(ctx); err != nil {
		t.Fatal(err)
	}
	r.work(t)
	if rep := r.report(t); rep.Counts[media.Unchecked] != 3 || rep.Counts[media.Sound] != 0 || !rep.Oldest.IsZero() {
		t.Errorf("before: %+v", rep)
	}
	r.audit(t)
	if rep := r.report(t); rep.Counts[media.Sound] != 3 || rep.Counts[media.Unchecked] != 0 || !rep.Oldest.Equal(r.st.Now()) {
		t.Errorf("all sound: %+v", rep)
	}
	if want := 4 * time.Second; *slept < want-time.Second/10 || *slept > want+time.Second/10 {
		t.Errorf("4 MB at 1 MB/s took %v of pauses", *slept)
	}
	good, err := os.ReadFile(r.blob(hurt))
	if err != nil {
		t.Fatal(err)
	}
	bad := append([]byte{}, good...)
	bad[len(bad)/2] ^= 1
	if err := errors.Join(os.WriteFile(r.blob(hurt), bad, 0o600), os.Remove(r.blob(lost))); err != nil {
		t.Fatal(err)
	}
	c.move(29 * 24 * time.Hour)
	r.audit(t)
	if rep := r.report(t); rep.Counts[media.Sound] != 3 {
		t.Errorf("read again before its time: %+v", rep)
	}
	c.move(2 * 24 * time.Hour)
	found := r.st.Now()
	r.audit(t)
	rep := r.report(t)
	if rep.Counts[media.Damaged] != 1 || rep.Counts[media.Missing] != 1 || rep.Counts[media.Sound] != 1 || len(rep.Troubles) != 2 ||
		rep.Troubles[0].ID != hurt.ID || !rep.Troubles[0].Since.Equal(found) || rep.Troubles[1].ID != lost.ID {
		t.Errorf("%+v", rep)
	}
	for id, action := range map[string]string{hurt.ID: "media.damaged", lost.ID: "media.missing"} {
		if n := r.entries(t, id, action); n != 1 {
			t.Errorf("%d entries %s", n, action)
		}
		if !strings.Contains(log.String(), id) {
			t.Errorf("no line in the log about %s", action)
		}
	}
	// It is served from its tiles, and flagged.
	a, err := r.See(ctx, auditor, hurt.ID)
	if err != nil || a.State != media.Ready {
		t.Fatalf("%+v %v", a, err)
	}
	if f, err := r.Facts(ctx, a); err != nil || f.Fixity.Outcome != media.Damaged {
		t.Errorf("%+v %v", f.Fixity, err)
	}
	look, err := r.Look(ctx, r.st, auditor, hurt.ID, true)
	if err != nil {
		t.Fatal(err)
	}
	img, err := r.Open(ctx, look)
	if err != nil {
		t.Fatal(err)
	}
	img.Close()
	if stats, err := r.FixityStats(ctx); err != nil || stats.Counts[media.Damaged] != 1 || stats.Counts[media.Missing] != 1 {
		t.Errorf("%+v %v", stats, err)
	}
	// Put back, it is sound again, and the trail says so.
	if err := os.WriteFile(r.blob(hurt), good, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := r.Recheck(ctx, hurt.ID); err != nil || got != media.Sound {
		t.Errorf("%q %v", got, err)
	}
	if n := r.entries(t, hurt.ID, "media.sound"); n != 1 {
		t.Errorf("%d entries of the mending", n)
	}
	for _, id := range []string{whole.ID, other.ID} {
		if n := r.entries(t, id, "media.sound"); n != 0 {
			t.Errorf("%d entries about an original that was sound all the time", n)
		}
	}
	if _, err := r.FixityReport(ctx, stranger, "museum-a"); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("a stranger reads the report: %v", err)
	}
	if _, err := r.FixityReport(ctx, actor.Nobody(), "museum-a"); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("nobody reads it: %v", err)
	}
}

func TestTheOriginalThatHasWaitedLongestIsReadFirst(t *testing.T) {
	enginetest.Each(t, theOriginalThatHasWaitedLongestIsReadFirst)
}

func theOriginalThatHasWaitedLongestIsReadFirst(t *testing.T, open enginetest.Open) {
	r, c, _ := auditedOn(t, open, nil)
	ctx := context.Background()
	first := r.upload(t, registrar, "museum-a", padded(t, 1, 9000))
	second := r.upload(t, registrar, "museum-a", padded(t, 2, 9000))
	if _, err := r.Recheck(ctx, second.ID); err != nil {
		t.Fatal(err)
	}
	c.move(24 * time.Hour)
	if _, err := r.Recheck(ctx, first.ID); err != nil {
		t.Fatal(err)
	}
	c.move(29*24*time.Hour + time.Hour)
	if err := r.Begin(ctx); err != nil {
		t.Fatal(err)
	}
	r.audit(t)
	at := func(id string) time.Time {
		f, err := r.FixityOf(ctx, r.st, id)
		if err != nil {
			t.Fatal(err)
		}
		return f.CheckedAt
	}
	if !at(second.ID).Equal(r.st.Now()) || at(first.ID).Equal(r.st.Now()) {
		t.Errorf("first read at %v, second at %v, now %v", at(first.ID), at(second.ID), r.st.Now())
	}
}

func TestAStorageThatDoesNotAnswerIsNoDamage(t *testing.T) {
	r, _, _ := auditedOn(t, enginetest.SQLite, nil)
	ctx := context.Background()
	a := r.upload(t, registrar, "museum-a", padded(t, 1, 9000))
	if err := os.Rename(filepath.Join(r.data, "blobs"), filepath.Join(r.data, "away")); err != nil {
		t.Fatal(err)
	}
	if got, err := r.Recheck(ctx, a.ID); !errors.Is(err, media.ErrStorage) {
		t.Errorf("%q %v", got, err)
	}
	if rep := r.report(t); rep.Counts[media.Unchecked] != 1 {
		t.Errorf("%+v", rep)
	}
}

func TestARemovedAssetIsWatchedNoMoreAndAnOldOneBegins(t *testing.T) {
	enginetest.Each(t, aRemovedAssetIsWatchedNoMoreAndAnOldOneBegins)
}

func aRemovedAssetIsWatchedNoMoreAndAnOldOneBegins(t *testing.T, open enginetest.Open) {
	r, c, _ := auditedOn(t, open, nil)
	ctx := context.Background()
	a := r.upload(t, registrar, "museum-a", padded(t, 1, 9000))
	r.work(t)
	a, err := r.See(ctx, registrar, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Remove(ctx, registrar, a.ID, a.Rev, "重复拍摄"); err != nil {
		t.Fatal(err)
	}
	if rep := r.report(t); rep.Counts[media.Unchecked] != 0 {
		t.Errorf("a tombstone is watched: %+v", rep)
	}
	if _, err := r.Recheck(ctx, a.ID); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("a tombstone is read: %v", err)
	}
	b := r.upload(t, registrar, "museum-a", padded(t, 2, 9000))
	if err := r.Forget(b.ID); err != nil { // as a version without the audit left it
		t.Fatal(err)
	}
	if err := r.Begin(ctx); err != nil {
		t.Fatal(err)
	}
	r.work(t)
	if rep := r.report(t); rep.Counts[media.Unchecked] != 1 {
		t.Errorf("an old asset is not watched: %+v", rep)
	}
	c.move(time.Hour)
	r.audit(t)
	if rep := r.report(t); rep.Counts[media.Sound] != 1 {
		t.Errorf("%+v", rep)
	}
}
