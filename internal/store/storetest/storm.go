package storetest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"yijianyou/internal/store"
)

// StormEnv names the database to the process that is going to be killed.
const StormEnv = "YJY_TEST_STORM"

// OpenURI opens the database that uri names, and creates it when it is absent.
type OpenURI func(ctx context.Context, uri string) (store.Engine, error)

// StormChild turns the process into the one that is killed when StormEnv is
// set, and does not return then. Call it first in TestMain.
func StormChild(open OpenURI) {
	uri := os.Getenv(StormEnv)
	if uri == "" {
		return
	}
	err := rage(context.Background(), uri, open, os.Stdout)
	fmt.Fprintln(os.Stderr, "storm:", err)
	os.Exit(1)
}

// StormOptions change how Storm goes about it.
type StormOptions struct {
	Rounds int // 0 means Kills
	// Kill kills what is to be killed while the writers write: nil means the
	// writing process itself, with SIGKILL. That one is ended after Kill anyhow.
	Kill func(t *testing.T, child *os.Process)
	// MayFail is set when writers may meet errors because something else than
	// their own process is killed. They then go on after an error.
	MayFail bool
}

// stormWriters write at the same time, each on documents of its own and one
// that it shares.
const stormWriters = 4

// Storm kills a process in the middle of a storm of writes, again and again on
// one database, opens it each time and checks record by record: nothing that
// was acknowledged is lost, and documents, index keys, history and feed agree.
// The test binary must call StormChild in TestMain.
func Storm(t *testing.T, uri string, open OpenURI, o StormOptions) {
	if o.Rounds == 0 {
		o.Rounds = Kills()
	}
	if o.Kill == nil {
		o.Kill = func(t *testing.T, child *os.Process) { must(t, child.Kill()) }
	}
	seen := &witness{acked: make(map[string]ack)}
	for round := range o.Rounds {
		began := len(seen.acked)
		seen.storm(t, uri, o, round)
		e, err := open(t.Context(), uri)
		must(t, err)
		st := openOn(t, e, store.Options{}, counters, things, parts)
		seen.check(t, st, e)
		must(t, st.Close())
		if t.Failed() {
			t.Fatalf("round %d", round)
		}
		if len(seen.acked) == began {
			t.Fatalf("round %d: nothing was acknowledged", round)
		}
	}
	t.Logf("%d kills, %d transactions acknowledged, %d documents, none lost", o.Rounds, seen.count, len(seen.acked))
}

// ack is the newest acknowledged state of one document.
type ack struct {
	rev    int64
	gone   bool
	writer int
}

// witness remembers what was acknowledged.
type witness struct {
	acked map[string]ack // by id of the thing
	count int
}

// storm starts the writers, kills at a random moment and reads to the end what
// they had acknowledged.
func (w *witness) storm(t *testing.T, uri string, o StormOptions, round int) {
	child := exec.Command(os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), StormEnv+"="+uri, fmt.Sprintf("YJY_TEST_STORM_ROUND=%d", round))
	if o.MayFail {
		child.Env = append(child.Env, "YJY_TEST_STORM_MAY_FAIL=1")
	}
	out, err := child.StdoutPipe()
	must(t, err)
	child.Stderr = os.Stderr
	must(t, child.Start())
	lines := bufio.NewReader(out)
	var killed sync.WaitGroup
	for first := true; ; first = false {
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) {
			break // a last line without its end was not acknowledged
		}
		must(t, err)
		if first {
			killed.Go(func() {
				time.Sleep(time.Duration(50+rand.IntN(size(300, 900))) * time.Millisecond)
				o.Kill(t, child.Process)
				_ = child.Process.Kill() // it may have gone already
			})
		}
		var id string
		var a ack
		if _, err := fmt.Sscanf(line, "%d %s %d %t\n", &a.writer, &id, &a.rev, &a.gone); err != nil {
			t.Fatalf("line %q: %v", line, err)
		}
		w.acked[id] = a
		w.count++
	}
	killed.Wait()
	_ = child.Wait() // killed: that is no error here
}

// rage writes until it is killed, and prints what was acknowledged.
func rage(ctx context.Context, uri string, open OpenURI, out io.Writer) error {
	e, err := open(ctx, uri)
	if err != nil {
		return err
	}
	st, err := store.Open(ctx, e, store.Options{}, counters, things, parts)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	failed := make(chan error, stormWriters)
	for i := range stormWriters {
		go func() {
			random := rand.New(rand.NewPCG(rand.Uint64(), uint64(i)))
			var alive []string // ids of this round that are there
			for n := 0; ; n++ {
				id, rev, gone, err := strike(ctx, st, i, n, random, &alive)
				if err != nil {
					if os.Getenv("YJY_TEST_STORM_MAY_FAIL") != "" {
						alive = nil // what became of the last one is not known
						continue
					}
					failed <- err
					return
				}
				mu.Lock()
				_, err = fmt.Fprintf(out, "%d %s %d %t\n", i, id, rev, gone)
				mu.Unlock()
				if err != nil {
					failed <- err
					return
				}
			}
		}()
	}
	return <-failed
}

// strike makes one transaction over two collections with history and feed and
// one without: an insert, a change or a removal of a thing, and a new revision
// of the writer's part and counter.
func strike(ctx context.Context, st *store.Store, writer, n int, random *rand.Rand, alive *[]string) (id string, rev int64, gone bool, err error) {
	pick := -1
	if len(*alive) > 0 && random.IntN(3) > 0 {
		pick = random.IntN(len(*alive))
	}
	remove := pick >= 0 && random.IntN(4) == 0
	tags := []string{fmt.Sprintf("t%d", random.IntN(50)), fmt.Sprintf("w%d", writer)}
	err = st.Update(ctx, tester, func(tx *store.Tx) error {
		gone = remove
		d := &thing{Meta: store.Meta{ID: fmt.Sprintf("%s-%d-%d-%d", os.Getenv("YJY_TEST_STORM_ROUND"), writer, n, os.Getpid())}}
		if pick >= 0 {
			if d, err = things.Get(tx.Context(), tx, (*alive)[pick]); err != nil {
				return err
			}
		}
		id = d.ID
		if remove {
			rev = d.Rev + 1
			if err := things.Delete(tx, d.ID, d.Rev, "storm"); err != nil {
				return err
			}
		} else {
			d.Code, d.N, d.Tags = fmt.Sprintf("%s/%d", d.ID, n), int64(n), tags
			d.Name.ZH = strings.Repeat("文物", random.IntN(300))
			if err := things.Put(tx, d); err != nil {
				return err
			}
			rev = d.Rev
		}
		if err := bump(tx, fmt.Sprintf("w%d", writer)); err != nil {
			return err
		}
		return bump(tx, fmt.Sprintf("all%d", writer%2))
	})
	if err != nil {
		return "", 0, false, err
	}
	switch {
	case remove:
		*alive = append((*alive)[:pick], (*alive)[pick+1:]...)
	case pick < 0:
		*alive = append(*alive, id)
	}
	return id, rev, gone, nil
}

// bump makes a new revision of a part and of the counter of the same name.
func bump(tx *store.Tx, id string) error {
	p, err := parts.Get(tx.Context(), tx, id)
	if errors.Is(err, store.ErrNotFound) {
		p, err = &part{Meta: store.Meta{ID: id}, Thing: id}, nil
	}
	if err != nil {
		return err
	}
	if err := parts.Put(tx, p); err != nil {
		return err
	}
	c, err := counters.Get(tx.Context(), tx, id)
	if errors.Is(err, store.ErrNotFound) {
		c, err = &counter{Meta: store.Meta{ID: id}}, nil
	}
	if err != nil {
		return err
	}
	c.N++
	return counters.Put(tx, c)
}
