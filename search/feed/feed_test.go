package feed

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/sqlitestore"
	"yijianyou/internal/store/storetest"
	"yijianyou/search"
	"yijianyou/search/index"
)

func TestPublicationAndWithdrawalReachTheRightIndex(t *testing.T) {
	st := storetest.New(t, items, museums)
	public, staff := pair(t, t.TempDir())
	f := newFeed(t, st, &fakeSource{}, Options{}, public, staff)
	draft := &item{Meta: store.Meta{ID: "a", Org: "m"}, Title: "莲鹤方壶", Place: "三号库房"}
	put(t, st, items, draft)
	if err := f.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
	steps := []struct {
		published     bool
		public, staff []string
	}{{false, []string{}, []string{"a"}}, {true, []string{"a"}, []string{"a"}}, {false, []string{}, []string{"a"}}}
	for i, s := range steps {
		draft.Published = s.published
		put(t, st, items, draft)
		if err := f.Settle(context.Background()); err != nil {
			t.Fatal(err)
		}
		if got := found(t, public, "莲鹤"); !slices.Equal(got, s.public) {
			t.Errorf("step %d: the public finds %v", i, got)
		}
		if got := found(t, staff, "莲鹤"); !slices.Equal(got, s.staff) {
			t.Errorf("step %d: the staff finds %v", i, got)
		}
	}
	if got := found(t, public, "三号库房"); len(got) != 0 {
		t.Errorf("the public finds a store location: %v", got)
	}
	if got := found(t, staff, "三号库房"); len(got) != 1 {
		t.Errorf("the staff does not find a store location")
	}
	err := st.Update(context.Background(), actor.SystemPart("test"), func(tx *store.Tx) error { return items.Delete(tx, "a", draft.Rev, "gone") })
	if err != nil {
		t.Fatal(err)
	}
	mustAgree(t, f)
	if got := found(t, staff, "莲鹤"); len(got) != 0 {
		t.Errorf("a removed record is found: %v", got)
	}
}

func TestDependentsFollow(t *testing.T) {
	st := storetest.New(t, items, museums)
	public, staff := pair(t, t.TempDir())
	f := newFeed(t, st, &fakeSource{}, Options{BatchSize: 3}, public, staff)
	m := &museum{Meta: store.Meta{ID: "m1", Org: "m"}, Title: "旧名博物馆"}
	put(t, st, museums, m)
	list := many(0, 20, "m")
	for _, it := range list {
		it.Museum, it.Published = "m1", true
	}
	put(t, st, items, list...)
	mustAgree(t, f)
	m.Title = "新址纪念堂"
	put(t, st, museums, m)
	mustAgree(t, f)
	if got := found(t, public, "纪念堂"); len(got) != 21 {
		t.Errorf("%d of 21 documents show the new name", len(got))
	}
	if got := found(t, public, "旧名"); len(got) != 0 {
		t.Errorf("the old name is still found: %v", got)
	}
}

func TestAChangeIsSearchableWithinASecond(t *testing.T) {
	st := storetest.New(t, items, museums)
	public, staff := pair(t, t.TempDir())
	type event struct {
		audience search.Audience
		token    store.Token
	}
	events := make(chan event, 1000)
	f := newFeed(t, st, &fakeSource{}, Options{Applied: func(a search.Audience, tok store.Token) { events <- event{a, tok} }}, public, staff)
	put(t, st, items, many(0, 2000, "m")...)
	if err := f.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := f.Run(ctx); err != nil {
			t.Error(err)
		}
	}()
	defer func() { cancel(); <-done }()
	var slowest time.Duration
	for i := range 20 {
		it := &item{Meta: store.Meta{Org: "m"}, Title: "新发现" + string(rune('甲'+i)), Published: true}
		put(t, st, items, it)
		committed := time.Now()
		head, err := st.Head(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for waiting := 2; waiting > 0; {
			select {
			case e := <-events:
				if e.token == head {
					waiting--
				}
			case <-time.After(10 * time.Second):
				t.Fatal("not searchable after 10 s")
			}
		}
		slowest = max(slowest, time.Since(committed))
		if got := found(t, public, it.Title); !slices.Contains(got, it.ID) {
			t.Fatalf("%s is not found", it.Title)
		}
	}
	t.Logf("slowest of 20 changes: %v", slowest)
	if slowest > time.Second {
		t.Errorf("searchable after %v, want at most 1 s", slowest)
	}
}

func TestRestartDoesNotRebuild(t *testing.T) {
	st := storetest.New(t, items, museums)
	dir := t.TempDir()
	src := &fakeSource{}
	const n = 5000
	for at := 0; at < n; at += 1000 {
		put(t, st, items, many(at, at+1000, "m")...)
	}
	open := func() (*index.Index, *index.Index) {
		p, err := index.Open(filepath.Join(dir, "public"), search.Public, index.Options{})
		if err != nil {
			t.Fatal(err)
		}
		s, err := index.Open(filepath.Join(dir, "staff"), search.Staff, index.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return p, s
	}
	public, staff := open()
	f := newFeed(t, st, src, Options{}, public, staff)
	mustAgree(t, f)
	if err := errors.Join(public.Close(), staff.Close()); err != nil {
		t.Fatal(err)
	}
	put(t, st, items, many(n, n+1, "m")...) // while nobody followed
	src.maps.Store(0)
	began := time.Now()
	public, staff = open()
	defer public.Close()
	defer staff.Close()
	if !public.Ready() || !staff.Ready() {
		t.Fatal("an index is not ready when it is opened again")
	}
	f = newFeed(t, st, src, Options{}, public, staff)
	if err := f.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("ready and up to date after %v", took)
	}
	if got := src.maps.Load(); got != 2 {
		t.Errorf("%d records were mapped after the restart, want the changed one for each index", got)
	}
	for _, s := range f.Status() {
		if s.Applied != 1 && s.Applied != 0 || s.Building || s.Lag != 0 || !s.Ready {
			t.Errorf("%+v", s)
		}
	}
	mustAgree(t, f)
}

func TestANewEpochRebuilds(t *testing.T) {
	engine, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(t.Context(), engine, store.Options{}, items, museums)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	public, staff := pair(t, t.TempDir())
	f := newFeed(t, st, &fakeSource{}, Options{}, public, staff)
	put(t, st, items, many(0, 10, "m")...)
	mustAgree(t, f)
	// A restore: the feed is forgotten, and documents are there that it never told of.
	if err := engine.NewEpoch(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := f.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustAgree(t, f)
	if st := f.Status()[0]; st.Built != 10 {
		t.Errorf("%d records were read, want all 10", st.Built)
	}
}

func TestADamagedIndexIsRebuilt(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func(t *testing.T, generation string){
		"pointer is garbage": func(t *testing.T, g string) { write(t, filepath.Join(filepath.Dir(g), "CURRENT"), "??") },
		"pointer to nothing": func(t *testing.T, g string) { remove(t, g) },
		"root is garbage":    func(t *testing.T, g string) { write(t, filepath.Join(g, "store", "root.bolt"), "not a database") },
		"root is missing":    func(t *testing.T, g string) { remove(t, filepath.Join(g, "store", "root.bolt")) },
		"segments are cut": func(t *testing.T, g string) {
			for _, s := range segments(t, g) {
				if err := os.Truncate(s, 100); err != nil {
					t.Fatal(err)
				}
			}
		},
		"segments are missing": func(t *testing.T, g string) {
			for _, s := range segments(t, g) {
				remove(t, s)
			}
		},
		"meta is missing": func(t *testing.T, g string) { remove(t, filepath.Join(g, "index_meta.json")) },
	} {
		t.Run(name, func(t *testing.T) {
			st := storetest.New(t, items, museums)
			put(t, st, items, many(0, 50, "m")...)
			dir := filepath.Join(t.TempDir(), "public")
			x, err := index.Open(dir, search.Public, index.Options{})
			if err != nil {
				t.Fatal(err)
			}
			mustAgree(t, newFeed(t, st, &fakeSource{}, Options{}, x))
			if err := x.Close(); err != nil {
				t.Fatal(err)
			}
			current, err := os.ReadFile(filepath.Join(dir, "CURRENT"))
			if err != nil {
				t.Fatal(err)
			}
			damage(t, filepath.Join(dir, string(current)))
			if x, err = index.Open(dir, search.Public, index.Options{}); err != nil {
				t.Fatal(err)
			}
			defer x.Close()
			f := newFeed(t, st, &fakeSource{}, Options{}, x)
			mustAgree(t, f)
			if got := len(found(t, x, "演示藏品")); got != 25 {
				t.Errorf("%d found, want 25", got)
			}
		})
	}
}

func segments(t *testing.T, generation string) []string {
	list, err := filepath.Glob(filepath.Join(generation, "store", "*.zap"))
	if err != nil || len(list) == 0 {
		t.Fatalf("no segments: %v", err)
	}
	return list
}

func write(t *testing.T, file, text string) {
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, path string) {
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

func TestReindexWhileSearchedAndChanged(t *testing.T) {
	t.Parallel()
	st := storetest.New(t, items, museums)
	public, staff := pair(t, t.TempDir())
	src := &fakeSource{}
	f := newFeed(t, st, src, Options{BatchSize: 50}, public, staff)
	put(t, st, items, many(0, 1000, "m")...)
	mustAgree(t, f)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = f.Run(ctx) }()
	built := make(chan error)
	go func() { built <- f.Reindex(ctx, search.Public) }()
	for n := 0; ; n++ {
		select {
		case err := <-built:
			if err != nil {
				t.Error(err)
			}
			cancel()
			<-done
			mustAgree(t, f)
			if n == 0 {
				t.Error("nothing was searched meanwhile")
			}
			return
		default:
		}
		if got := len(found(t, public, "演示藏品")); got != 200 {
			t.Fatalf("%d found while the index is rebuilt", got)
		}
		put(t, st, items, &item{Meta: store.Meta{Org: "m"}, Title: "演示藏品补遗", Published: true})
	}
}

func TestARecordThatCannotBeMappedDoesNotStopTheRest(t *testing.T) {
	st := storetest.New(t, items, museums)
	public, staff := pair(t, t.TempDir())
	f := newFeed(t, st, &fakeSource{failOn: "item-000003"}, Options{}, public, staff)
	put(t, st, items, many(0, 10, "m")...)
	put(t, st, items, &item{Meta: store.Meta{ID: "untitled", Org: "m"}, Published: true}) // breaks a rule of documents
	if err := f.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := len(found(t, staff, "演示藏品")); got != 9 {
		t.Errorf("%d found, want 9", got)
	}
	for _, s := range f.Status() {
		if s.Rejected != 2 {
			t.Errorf("%v: %d rejected, want 2", s.Audience, s.Rejected)
		}
	}
}

// downEngine is an engine that does not answer while down is set.
type downEngine struct {
	store.Engine
	down chan struct{} // closed when it answers again
}

func (e downEngine) Changes(ctx context.Context, after store.Token, limit int) ([]store.Change, error) {
	select {
	case <-e.down:
		return e.Engine.Changes(ctx, after, limit)
	default:
		return nil, store.ErrUnavailable.New()
	}
}

func TestAnUnavailableStoreIsTriedAgain(t *testing.T) {
	engine, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	down := downEngine{engine, make(chan struct{})}
	st, err := store.Open(t.Context(), down, store.Options{}, items, museums)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	public, staff := pair(t, t.TempDir())
	applied := make(chan search.Audience, 100)
	f := newFeed(t, st, &fakeSource{}, Options{Applied: func(a search.Audience, _ store.Token) { applied <- a }}, public, staff)
	put(t, st, items, many(0, 4, "m")...)
	if err := f.Settle(t.Context()); !errors.Is(err, store.ErrUnavailable) {
		t.Fatalf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); _ = f.Run(ctx) }()
	close(down.down)
	put(t, st, items, many(4, 6, "m")...)
	mustAgree(t, f)
	cancel()
	<-done
	if public.Stats().Documents != 3 {
		t.Errorf("%+v", public.Stats())
	}
}

func TestSourcesAreChecked(t *testing.T) {
	st := storetest.New(t, items)
	for name, sources := range map[string][]search.Source{
		"unknown collection": {&fakeSource{}},
		"claimed twice":      {onlyItems{}, onlyItems{}},
		"not fed":            {notFed{}},
	} {
		if _, err := New(st, nil, sources, Options{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

type onlyItems struct{}

func (onlyItems) Collections() []string { return []string{"items"} }

func (onlyItems) Map(context.Context, store.Reader, string, string) ([]search.Entry, error) {
	return nil, nil
}

func (onlyItems) Dependents(context.Context, store.Reader, store.Change) ([]search.Ref, error) {
	return nil, nil
}

type notFed struct{ onlyItems }

func (notFed) Collections() []string { return []string{"history"} }
