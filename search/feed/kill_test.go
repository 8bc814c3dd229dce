package feed

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/sqlitestore"
	"yijianyou/internal/store/storetest"
	"yijianyou/search"
	"yijianyou/search/index"
)

// stormDir in the environment makes the test binary the process that is killed.
const stormDir = "YJY_TEST_FEED_STORM"

func TestMain(m *testing.M) { storetest.Main(m, stormDir, storm) }

// opened is a database with both indexes in one directory.
type opened struct {
	st            *store.Store
	public, staff *index.Index
	feed          *Feed
}

func openAll(dir string) (*opened, error) {
	ctx := context.Background()
	engine, err := sqlitestore.Open(ctx, filepath.Join(dir, "test.db"), sqlitestore.Options{})
	if err != nil {
		return nil, err
	}
	o := &opened{}
	if o.st, err = store.Open(ctx, engine, store.Options{}, items, museums); err != nil {
		return nil, err
	}
	if o.public, err = index.Open(filepath.Join(dir, "index", "public"), search.Public, index.Options{}); err != nil {
		return nil, err
	}
	if o.staff, err = index.Open(filepath.Join(dir, "index", "staff"), search.Staff, index.Options{}); err != nil {
		return nil, err
	}
	o.feed, err = New(o.st, []*index.Index{o.public, o.staff}, []search.Source{&fakeSource{}}, Options{BatchSize: 20})
	return o, err
}

func (o *opened) close() error {
	return errors.Join(o.public.Close(), o.staff.Close(), o.st.Close())
}

// storm writes, publishes, withdraws, renames and removes without end, while one
// index after the other is built anew, and writes a line for each transaction that
// was acknowledged.
func storm(dir string, out *os.File) error {
	o, err := openAll(dir)
	if err != nil {
		return err
	}
	ctx := context.Background()
	failed := make(chan error, 5)
	go func() { failed <- o.feed.Run(ctx) }()
	go func() { failed <- o.rebuilder(ctx) }()
	for w := range 3 {
		go func() { failed <- o.writer(ctx, w, out) }()
	}
	return <-failed
}

// rebuilder builds the indexes anew without end.
func (o *opened) rebuilder(ctx context.Context) error {
	for {
		for _, audience := range []search.Audience{search.Public, search.Staff} {
			if err := o.feed.Reindex(ctx, audience); err != nil {
				return err
			}
		}
	}
}

func (o *opened) writer(ctx context.Context, w int, out *os.File) error {
	r := rand.New(rand.NewPCG(uint64(os.Getpid()), uint64(w)))
	for n := 0; ; n++ {
		err := o.st.Update(ctx, actor.SystemPart("storm"), func(tx *store.Tx) error {
			if r.IntN(20) == 0 {
				return change(tx, museums, fmt.Sprintf("museum-%d", r.IntN(4)), func(m *museum) { m.Title = fmt.Sprintf("第%d博物馆", r.IntN(1000)) })
			}
			for range 1 + r.IntN(5) {
				id := fmt.Sprintf("item-%d-%03d", w, r.IntN(150))
				if r.IntN(8) == 0 {
					if it, err := items.Get(tx.Context(), tx, id); err == nil {
						if err := items.Delete(tx, id, it.Rev, "storm"); err != nil {
							return err
						}
						continue
					}
				}
				err := change(tx, items, id, func(it *item) {
					it.Title, it.Published, it.Museum = fmt.Sprintf("演示藏品%d号", r.IntN(10000)), r.IntN(2) == 0, fmt.Sprintf("museum-%d", r.IntN(4))
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		switch {
		case errors.Is(err, store.ErrConflict):
			continue // two writers renamed one museum
		case err != nil:
			return err
		}
		if _, err := out.WriteString("ok\n"); err != nil {
			return err
		}
	}
}

func change[T any](tx *store.Tx, c *store.Collection[T], id string, edit func(*T)) error {
	doc, err := c.Get(tx.Context(), tx, id)
	if errors.Is(err, store.ErrNotFound) {
		doc = new(T)
		any(doc).(interface{ Head() *store.Meta }).Head().ID = id
	} else if err != nil {
		return err
	}
	edit(doc)
	return c.Put(tx, doc)
}

// TestKilledInAStormOfWritesBothIndexesAgree kills a process that writes, indexes
// and builds indexes anew, at any moment, and compares the indexes with the store.
func TestKilledInAStormOfWritesBothIndexesAgree(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	for round := range storetest.Kills() {
		acknowledged, stop := 0, 50+r.IntN(400)
		storetest.Killed(t, stormDir, dir, func([]byte) bool {
			acknowledged++
			return acknowledged >= stop
		})
		o, err := openAll(dir)
		if err != nil {
			t.Fatal(err)
		}
		behind := !o.public.Ready() || !o.staff.Ready()
		mustAgree(t, o.feed)
		built := o.feed.Status()[0].Built + o.feed.Status()[1].Built
		if round > 0 && built > 0 {
			t.Errorf("round %d: an index was rebuilt (%d records)", round, built)
		}
		t.Logf("round %d: %d transactions, %d and %d documents, not ready %v", round, acknowledged, o.public.Stats().Documents, o.staff.Stats().Documents, behind)
		if err := o.close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestVerifyTellsEachSortOfDifference(t *testing.T) {
	dir := t.TempDir()
	o, err := openAll(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := o.close(); err != nil {
			t.Error(err)
		}
	}()
	put(t, o.st, items, many(0, 6, "m")...)
	mustAgree(t, o.feed)
	wrong := &search.Document{Kind: search.Relic, ID: "item-000001", Org: "m", Title: search.Text{ZH: "改过的"}}
	extra := &search.Document{Kind: search.Site, ID: "ghost", Org: "m", Title: search.Text{ZH: "多出的"}}
	if err := o.staff.Write(t.Context(), index.Batch{Put: []*search.Document{wrong, extra}, Delete: []index.Ref{{Kind: search.Relic, ID: "item-000002"}}}); err != nil {
		t.Fatal(err)
	}
	diffs, err := o.feed.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []Difference{{search.Staff, search.Relic, "item-000001", Outdated}, {search.Staff, search.Relic, "item-000002", Missing}, {search.Staff, search.Site, "ghost", Surplus}}
	if fmt.Sprint(diffs) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", diffs, want)
	}
	if err := o.feed.Reindex(t.Context(), search.Staff); err != nil {
		t.Fatal(err)
	}
	mustAgree(t, o.feed)
}
