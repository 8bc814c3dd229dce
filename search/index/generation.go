package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"golang.org/x/sync/errgroup"

	"yijianyou/internal/store"
	"yijianyou/search"
	"yijianyou/search/segment"
)

// Internal keys of a generation.
var (
	tokenKey  = []byte("token")
	formatKey = []byte("format")
	flushKey  = []byte("flush")
)

// flushLimit is how long a batch may take to get on disk.
const flushLimit = 2 * time.Minute

// generation is one Bleve index on disk.
type generation struct {
	dir        string
	bleve      bleve.Index
	users      sync.WaitGroup
	columns    columnCache
	background *background
}

// flushFrom is how many documents a batch must have, and flushBytes about how many
// bytes, for write to wait until it is on disk; it keeps a bulk of batches from growing
// in memory.
const (
	flushFrom  = 100
	flushBytes = 8 << 20
)

// config is how Bleve keeps a generation. With unsafe_batch a batch can be
// searched before it is on disk; it gets there with its token, in one piece and
// in order, so a crash leaves the index behind the store and nothing else.
func config(opts Options) map[string]any {
	plugin := register()
	return map[string]any{"bolt_timeout": opts.LockWait.String(), "numSnapshotsToKeep": 1, "unsafe_batch": true,
		"forceSegmentType": plugin.Type(), "forceSegmentVersion": int(plugin.Version()), "asyncErrorCallbackName": pluginName}
}

// createGeneration makes an empty generation in dir, which must not exist; nothing is
// left there when that fails.
func createGeneration(dir string, opts Options) (*generation, error) {
	background := newBackground(dir, opts.Log)
	b, err := bleve.NewUsing(dir, bleve.NewIndexMapping(), scorch.Name, bleve.Config.DefaultKVStore, config(opts))
	if err != nil {
		background.forget()
		return nil, errors.Join(fmt.Errorf("index: %w", err), os.RemoveAll(dir))
	}
	g := &generation{dir: dir, bleve: b, background: background}
	if err := b.SetInternal(formatKey, []byte(format)); err != nil {
		return nil, errors.Join(fmt.Errorf("index: %w", err), g.close(), os.RemoveAll(dir))
	}
	return g, nil
}

// openGeneration opens what is on disk. Damage may show as a panic in Bleve,
// which is turned into an error.
func openGeneration(dir string, opts Options) (g *generation, err error) {
	background := newBackground(dir, opts.Log)
	defer func() {
		if r := recover(); r != nil {
			g, err = nil, fmt.Errorf("index: damaged: %v", r)
		}
		if g == nil {
			background.forget()
		}
	}()
	b, err := bleve.OpenUsing(dir, config(opts))
	if err != nil {
		if strings.Contains(err.Error(), "timeout") {
			return nil, search.ErrLocked.Wrap(err)
		}
		return nil, fmt.Errorf("index: %w", err)
	}
	g = &generation{dir: dir, bleve: b, background: background}
	found, err := g.internal(formatKey)
	if err == nil && string(found) != format {
		err = fmt.Errorf("index: format %q, want %q", found, format)
	}
	if err != nil {
		return nil, errors.Join(err, g.close())
	}
	return g, nil
}

func (g *generation) reader() (*scorch.IndexSnapshot, error) {
	inner, err := g.bleve.Advanced()
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	r, err := inner.Reader()
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	snapshot, ok := r.(*scorch.IndexSnapshot)
	if !ok {
		return nil, errors.Join(fmt.Errorf("index: unexpected reader %T", r), r.Close())
	}
	return snapshot, nil
}

func (g *generation) internal(key []byte) ([]byte, error) {
	v, err := g.bleve.GetInternal(key)
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	return v, nil
}

// flush waits until everything written is on disk.
func (g *generation) flush() error {
	batch := g.bleve.NewBatch()
	batch.SetInternal(flushKey, []byte{1})
	return g.apply(batch, true)
}

// apply applies a batch; with wait it is on disk when apply returns, or an attempt to
// write to the disk has failed meanwhile.
func (g *generation) apply(batch *bleve.Batch, wait bool) error {
	wait = wait || g.background.isStuck() // or small batches would pile up in memory
	written, failed := make(chan struct{}), g.background.persisting.watch()
	batch.SetPersistedCallback(func(error) { // Bleve calls it when that has succeeded
		g.background.written()
		close(written)
	})
	if err := g.bleve.Batch(batch); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if !wait {
		return nil
	}
	select {
	case <-written:
		return nil
	case <-failed:
		return fmt.Errorf("index: not on disk: %w", g.background.persisting.last())
	case <-time.After(flushLimit):
		return fmt.Errorf("index: not on disk after %v", flushLimit)
	}
}

func (g *generation) close() error {
	g.background.end()
	defer g.background.forget()
	if err := g.bleve.Close(); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	return nil
}

// write analyses and applies one batch. Later puts of one document win.
func (g *generation) write(ctx context.Context, b Batch) error {
	docs, err := analysed(ctx, b.Put)
	if err != nil {
		return err
	}
	batch := g.bleve.NewBatch()
	for _, ref := range b.Delete {
		batch.Delete(Key(ref.Kind, ref.ID))
	}
	if err := put(batch, docs); err != nil {
		return err
	}
	if err := setToken(batch, b.Token); err != nil {
		return err
	}
	return g.apply(batch, len(b.Put)+len(b.Delete) >= flushFrom || segment.Weight(docs) >= flushBytes)
}

// analysed encodes documents, on all processors.
func analysed(ctx context.Context, put []*search.Document) ([]*segment.Document, error) {
	docs := make([]*segment.Document, len(put))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	const share = 64
	for at := 0; at < len(put); at += share {
		group.Go(func() error {
			for i := at; i < min(at+share, len(put)); i++ {
				doc, err := encode(put[i])
				if err != nil {
					return err
				}
				docs[i] = doc
			}
			return ctx.Err()
		})
	}
	return docs, group.Wait()
}

// setToken puts a token (nil: none) into the batch that it covers.
func setToken(batch *bleve.Batch, token *store.Token) error {
	if token == nil {
		return nil
	}
	raw, err := json.Marshal(token)
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	batch.SetInternal(tokenKey, raw)
	return nil
}

// put adds documents to a batch.
func put(batch *bleve.Batch, docs []*segment.Document) error {
	for _, d := range docs {
		if err := batch.IndexAdvanced(segment.Carry(d)); err != nil {
			return fmt.Errorf("index: %w", err)
		}
	}
	return nil
}

// warm makes what queries read of every hit, so that none waits for it, and
// forgets what belongs to segments that are no more.
func (g *generation) warm(ctx context.Context) error {
	s, err := g.snapshot(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	g.columns.keep(s)
	for i := range s.parts {
		if err := s.parts[i].warm(); err != nil {
			return err
		}
	}
	return nil
}

// snapshot returns the present state; close it.
func (g *generation) snapshot(ctx context.Context) (*snapshot, error) {
	r, err := g.reader()
	if err != nil {
		return nil, err
	}
	s, err := newSnapshot(ctx, r, &g.columns)
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return s, nil
}

// digests calls fn with the key and the stored digest of every document.
func (g *generation) digests(ctx context.Context, fn func(key, digest string) error) error {
	s, err := g.snapshot(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	for i := range s.parts {
		p := &s.parts[i]
		for local := range uint32(p.Size()) {
			if p.removed(local) {
				continue
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			key, st, err := p.load(local)
			if err != nil {
				return err
			}
			if err := fn(key, st.Digest); err != nil {
				return err
			}
		}
	}
	return nil
}
