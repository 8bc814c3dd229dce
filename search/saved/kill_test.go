package saved_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/sqlitestore"
	"yijianyou/internal/store/storetest"
	"yijianyou/search/saved"
)

// stormDir in the environment makes the test binary the process that is killed.
const stormDir = "YJY_TEST_SAVED_STORM"

// writers is how many people save at a time.
const writers = 3

func TestMain(m *testing.M) { storetest.Main(m, stormDir, storm) }

// deed is a line that a writer prints before he does something and, with Done,
// after it was acknowledged. Key is that of one search through all its names.
type deed struct {
	Writer int
	Key    string
	Fields *saved.Fields // nil: it is removed
	Told   int           // entries of the audit trail that belong to it
	Done   bool
}

func writer(w int) actor.Actor {
	return staff(fmt.Sprint("writer-", w), actor.Registrar, "museum-a")
}

func opened(dir string) (*saved.Service, *store.Store, error) {
	ctx := context.Background()
	engine, err := sqlitestore.Open(ctx, filepath.Join(dir, "test.db"), sqlitestore.Options{})
	if err != nil {
		return nil, nil, err
	}
	st, err := store.Open(ctx, engine, store.Options{}, saved.Collections()...)
	if err != nil {
		return nil, nil, errors.Join(err, engine.Close())
	}
	return saved.New(st), st, nil
}

// storm saves, renames, shares and removes without end.
func storm(dir string, out *os.File) error {
	s, _, err := opened(dir)
	if err != nil {
		return err
	}
	failed := make(chan error, writers)
	for w := range writers {
		go func() { failed <- write(s, w, out) }()
	}
	return <-failed
}

func write(s *saved.Service, w int, out *os.File) error {
	ctx, by := context.Background(), writer(w)
	r := rand.New(rand.NewPCG(uint64(os.Getpid()), uint64(w)))
	say := func(d deed) error {
		line, err := json.Marshal(d)
		if err == nil {
			_, err = out.Write(append(line, '\n')) // one write, so that lines of writers do not mix
		}
		return err
	}
	for n := 0; ; n++ {
		page, err := s.Mine(ctx, by, 100, "")
		if err != nil {
			return err
		}
		d := deed{Writer: w, Key: fmt.Sprintf("q=%d-%d-%d", os.Getpid(), w, n)}
		fields := saved.Fields{Name: fmt.Sprintf("检索 %d-%d", os.Getpid(), n), Query: d.Key, Shared: r.IntN(2) == 0}
		act := func() error {
			_, err := s.Create(ctx, by, saved.Draft{Org: "museum-a", Fields: fields})
			return err
		}
		shared := fields.Shared
		d.Fields = &fields
		if len(page.Items) > 0 && r.IntN(10) < len(page.Items) {
			old := page.Items[r.IntN(len(page.Items))]
			d.Key, fields.Query, shared = old.Fields.Query, old.Fields.Query, shared || old.Fields.Shared
			act = func() error {
				_, err := s.Change(ctx, by, old.ID, old.Rev, fields)
				return err
			}
			if r.IntN(3) == 0 {
				d.Fields, shared = nil, old.Fields.Shared
				act = func() error { return s.Remove(ctx, by, old.ID, old.Rev) }
			}
		}
		if shared {
			d.Told = 1
		}
		if err := say(d); err != nil {
			return err
		}
		if err := act(); err != nil {
			return err
		}
		if d.Done = true; say(d) != nil {
			return errors.New("nobody listens")
		}
	}
}

// ledger is what must be there: what was acknowledged, and of each writer what he
// was about when he was killed.
type ledger struct {
	kept    map[string]saved.Fields
	told    int
	pending map[int]deed
}

func (l *ledger) take(d deed) {
	if !d.Done {
		l.pending[d.Writer] = d
		return
	}
	delete(l.pending, d.Writer)
	l.settle(d)
}

func (l *ledger) settle(d deed) {
	l.told += d.Told
	if d.Fields == nil {
		delete(l.kept, d.Key)
	} else {
		l.kept[d.Key] = *d.Fields
	}
}

// check compares what is there with what must be, and takes over what the last deeds
// have done.
func (l *ledger) check(t *testing.T, s *saved.Service, st *store.Store) {
	t.Helper()
	there := make(map[string]saved.Fields)
	for w := range writers {
		page, err := s.Mine(t.Context(), writer(w), 200, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, kept := range page.Items {
			if _, twice := there[kept.Fields.Query]; twice || kept.Org != "museum-a" || !kept.Mine(writer(w)) {
				t.Errorf("%+v is there, twice %v", kept, twice)
			}
			there[kept.Fields.Query] = kept.Fields
		}
	}
	for w, d := range l.pending {
		if now, ok := there[d.Key]; d.Fields == nil && !ok || d.Fields != nil && ok && now == *d.Fields {
			l.settle(d)
		}
		delete(l.pending, w)
	}
	for key, want := range l.kept {
		if got, ok := there[key]; !ok || got != want {
			t.Errorf("%s is %+v (there %v), acknowledged was %+v", key, got, ok, want)
		}
		delete(there, key)
	}
	for key, got := range there {
		t.Errorf("%s is there as %+v and was never said to be", key, got)
	}
	told := 0
	err := store.History.Each(t.Context(), st, store.Query{Index: "byOrg", Equal: []any{"museum-a"}}, func(r *store.Revision) error {
		if strings.HasPrefix(r.Action, "search.") {
			told++
		}
		return nil
	})
	if err != nil || told != l.told {
		t.Errorf("%d entries in the audit trail, want %d: %v", told, l.told, err)
	}
}

// TestKilledWhileSavingKeepsWhatWasAcknowledged kills a process in which people
// save, rename, share and remove searches, at any moment. What was acknowledged is
// there as it was; what was under way is done wholly, with its entry in the audit
// trail, or not at all.
func TestKilledWhileSavingKeepsWhatWasAcknowledged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	l := &ledger{kept: make(map[string]saved.Fields), pending: make(map[int]deed)}
	for round := range storetest.Kills() {
		acknowledged, stop := 0, 50+r.IntN(250)
		storetest.Killed(t, stormDir, dir, func(line []byte) bool { // to the end: a deed may be acknowledged after the kill was sent
			var d deed
			if err := json.Unmarshal(line, &d); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			l.take(d)
			if d.Done {
				acknowledged++
			}
			return acknowledged >= stop
		})
		s, st, err := opened(dir)
		if err != nil {
			t.Fatal(err)
		}
		l.check(t, s, st)
		t.Logf("round %d: %d deeds, %d searches, %d entries in the audit trail", round, acknowledged, len(l.kept), l.told)
		if err := st.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
