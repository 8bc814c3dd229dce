package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/search"
)

// Options change how an Index behaves. The zero value is right.
type Options struct {
	Log      *slog.Logger   // nil means slog.Default
	Lexicon  search.Lexicon // what words of queries mean; nil means what they say
	Kept     int            // how many slow answers are kept until the index changes; 0 means 128, less none
	LockWait time.Duration  // how long to wait for another process to let go; 0 means 2 s
}

// Index is the index of one audience in one directory. It is safe for
// concurrent use; writes come from one goroutine at a time (the feed).
type Index struct {
	dir      string
	audience search.Audience
	opts     Options
	version  atomic.Uint64 // changes with every write of documents and every swap; what caches compare
	results  resultCache
	labels   labelCache
	names    nameCache

	mu      sync.RWMutex
	current *generation // nil until one is ready
	closed  bool
	closing sync.WaitGroup // generations on their way out
}

// pointer is the file that names the generation in use.
const pointer = "CURRENT"

// Open opens the index in dir, which it creates. A generation that is missing,
// damaged or of another format is not an error: Ready is then false and the
// feed builds a new one.
//
// Errors: search.ErrLocked when another process has the index open.
func Open(dir string, audience search.Audience, opts Options) (*Index, error) {
	if audience != search.Public && audience != search.Staff {
		return nil, search.ErrScope.New()
	}
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	if opts.Kept == 0 {
		opts.Kept = 128
	}
	if opts.LockWait == 0 {
		opts.LockWait = 2 * time.Second
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	x := &Index{dir: dir, audience: audience, opts: opts, results: resultCache{most: opts.Kept}}
	name, err := os.ReadFile(filepath.Join(dir, pointer))
	switch {
	case errors.Is(err, os.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("index: %w", err)
	case !ids.Valid(string(name)):
		opts.Log.Warn("search index has a damaged pointer and will be rebuilt", "index", audience.String())
	default:
		g, err := openGeneration(filepath.Join(dir, string(name)), opts)
		switch {
		case errors.Is(err, search.ErrLocked):
			return nil, err
		case err != nil:
			opts.Log.Warn("search index cannot be used and will be rebuilt", "index", audience.String(), "cause", err)
		default:
			x.current = g
			x.warm(g)
		}
	}
	if err := x.sweep(); err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return x, nil
}

// warm makes ready beside the queries what they read of every hit: of 100,000
// records in about 0.2 s of processor time.
func (x *Index) warm(g *generation) {
	g.users.Add(1)
	go func() {
		defer g.users.Done()
		if err := g.warm(context.Background()); err != nil {
			x.opts.Log.Warn("the search index could not be read ahead", "index", x.audience.String(), "cause", err)
		}
	}()
}

// sweep removes every generation but the current one.
func (x *Index) sweep() error {
	entries, err := os.ReadDir(x.dir)
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() && ids.Valid(e.Name()) && (x.current == nil || filepath.Base(x.current.dir) != e.Name()) {
			if err := os.RemoveAll(filepath.Join(x.dir, e.Name())); err != nil {
				return fmt.Errorf("index: %w", err)
			}
		}
	}
	return nil
}

// Audience returns whose index it is.
func (x *Index) Audience() search.Audience { return x.audience }

// Ready reports whether there is a generation to search in.
func (x *Index) Ready() bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.current != nil
}

// acquire returns the current generation until release is called.
//
// Errors: search.ErrBuilding when there is none.
func (x *Index) acquire() (g *generation, release func(), err error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.current == nil {
		return nil, nil, search.ErrBuilding.New()
	}
	g = x.current
	g.users.Add(1)
	return g, g.users.Done, nil
}

// retire makes next (nil: none) the current generation and removes the one
// before when its last query has ended. It reports false, and does nothing, when the
// index is closed.
func (x *Index) retire(next *generation) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return false
	}
	old := x.current
	x.current = next
	x.version.Add(1)
	if old == nil {
		return true
	}
	x.closing.Add(1) // before Close can wait
	go func() {
		defer x.closing.Done()
		old.users.Wait()
		if err := errors.Join(old.close(), os.RemoveAll(old.dir)); err != nil {
			x.opts.Log.Warn("an old generation of the search index could not be removed", "index", x.audience.String(), "cause", err)
		}
	}()
	return true
}

// Discard stops using the current generation: nothing is found until the next
// one is built. The feed calls it when the index belongs to another life of the
// database, whose records must not be shown.
func (x *Index) Discard() error {
	if err := os.Remove(filepath.Join(x.dir, pointer)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("index: %w", err)
	}
	x.retire(nil)
	return syncFile(x.dir)
}

// Close ends every use of the index after running queries have ended. A second
// call does nothing.
func (x *Index) Close() error {
	x.mu.Lock()
	g := x.current
	x.current, x.closed = nil, true
	x.mu.Unlock()
	x.closing.Wait()
	if g == nil {
		return nil
	}
	g.users.Wait()
	return errors.Join(g.flush(), g.close())
}

// Batch is a set of changes that become visible together.
type Batch struct {
	Put    []*search.Document
	Delete []Ref
	Token  *store.Token // nil leaves the token of the index as it is
}

// pieceBytes is of how much text documents are analysed at once, which takes up to ten
// times as much memory.
const pieceBytes = 4 << 20

// Pieces cuts b into batches of at most pieceBytes of text, or of one document, for who
// may write them one after the other. The first one deletes, the last one has the token.
func (b Batch) Pieces() iter.Seq[Batch] {
	return func(yield func(Batch) bool) {
		piece, rest := Batch{Delete: b.Delete}, b.Put
		for n, size := 0, 0; n < len(rest); {
			if size += rest[n].TextBytes(); n == 0 || size <= pieceBytes {
				n++
				continue
			}
			piece.Put = rest[:n]
			if !yield(piece) {
				return
			}
			piece, rest, n, size = Batch{}, rest[n:], 0, 0
		}
		piece.Put, piece.Token = rest, b.Token
		yield(piece)
	}
}

// Ref names a document of an index.
type Ref struct {
	Kind search.Kind
	ID   string
}

// Write applies b to the current generation. It can be searched when Write
// returns. It is on disk, whole and after every batch before it, a little
// later, or when Close has returned: after a crash the token tells what is
// missing. A large batch waits for the disk, and any batch when one has failed to
// get there, and tells when that fails: it can be searched then and gets there when
// there is room.
//
// Errors: search.ErrBuilding when there is no generation.
func (x *Index) Write(ctx context.Context, b Batch) error {
	g, release, err := x.acquire()
	if err != nil {
		return err
	}
	defer release()
	if err := x.check(b); err != nil {
		return err
	}
	err = g.write(ctx, b)
	if len(b.Put)+len(b.Delete) == 0 {
		return err // a token changes no answer
	}
	x.version.Add(1) // what is not on disk can be searched all the same
	if err != nil {
		return err
	}
	return g.warm(ctx)
}

func (x *Index) check(b Batch) error {
	for _, d := range b.Put {
		if err := d.Check(); err != nil {
			return err
		}
		if x.audience == search.Public && len(d.Guarded) > 0 {
			return fmt.Errorf("index: %s %s has guarded texts and is meant for the public", d.Kind, d.ID)
		}
	}
	return nil
}

// Token returns where in the feed the index is; ok is false when it is not
// ready or was never told.
func (x *Index) Token() (token store.Token, ok bool) {
	g, release, err := x.acquire()
	if err != nil {
		return store.Token{}, false
	}
	defer release()
	raw, err := g.internal(tokenKey)
	if err != nil || raw == nil || json.Unmarshal(raw, &token) != nil {
		return store.Token{}, false
	}
	return token, true
}

// Digests calls fn with the name and the digest of every document, in no order.
func (x *Index) Digests(ctx context.Context, fn func(ref Ref, digest string) error) error {
	g, release, err := x.acquire()
	if err != nil {
		return err
	}
	defer release()
	return g.digests(ctx, func(key, digest string) error {
		kind, id, _ := strings.Cut(key, "/")
		return fn(Ref{Kind: search.Kind(kind), ID: id}, digest)
	})
}

// Stats describes the current generation.
type Stats struct {
	Ready     bool
	Documents uint64
	DiskBytes int64
}

// Stats counts the documents and the bytes on disk.
func (x *Index) Stats() Stats {
	g, release, err := x.acquire()
	if err != nil {
		return Stats{}
	}
	defer release()
	n, err := g.bleve.DocCount()
	if err != nil {
		return Stats{}
	}
	s := Stats{Ready: true, Documents: n}
	entries, _ := os.ReadDir(filepath.Join(g.dir, "store"))
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			s.DiskBytes += info.Size()
		}
	}
	return s
}
