package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"

	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/search/segment"
)

// Rebuild is a new generation that is being filled beside the current one. Documents
// are gathered until they make a large segment: many small ones cost more to make and
// to merge.
type Rebuild struct {
	index    *Index
	gen      *generation
	gathered []*segment.Document
	weight   int          // bytes of gathered, about
	token    *store.Token // of the last batch that had one
}

// gatherBytes is how much is gathered.
const gatherBytes = 24 << 20

// Rebuild begins a new, empty generation. End it with Commit or Abort.
func (x *Index) Rebuild() (*Rebuild, error) {
	g, err := createGeneration(filepath.Join(x.dir, ids.New()), x.opts)
	if err != nil {
		return nil, err
	}
	return &Rebuild{index: x, gen: g}, nil
}

// Write adds a batch to the new generation.
func (r *Rebuild) Write(ctx context.Context, b Batch) error {
	if err := r.index.check(b); err != nil {
		return err
	}
	if b.Token != nil {
		r.token = b.Token
	}
	if len(b.Delete) > 0 { // after what is gathered, before what is put
		if err := r.pour(); err != nil {
			return err
		}
		if err := r.gen.write(ctx, Batch{Delete: b.Delete}); err != nil {
			return err
		}
	}
	for piece := range b.Pieces() {
		docs, err := analysed(ctx, piece.Put)
		if err != nil {
			return err
		}
		r.gathered = append(r.gathered, docs...)
		if r.weight += segment.Weight(docs); r.weight < gatherBytes {
			continue
		}
		if err := r.pour(); err != nil {
			return err
		}
	}
	return nil
}

// pour writes what is gathered and the token.
func (r *Rebuild) pour() error {
	batch := r.gen.bleve.NewBatch()
	if err := put(batch, r.gathered); err != nil {
		return err
	}
	if err := setToken(batch, r.token); err != nil {
		return err
	}
	r.gathered, r.weight = nil, 0
	return r.gen.apply(batch, true)
}

// Commit makes the new generation the current one, for queries at once and on
// disk before it returns; the old one is removed when its queries have ended. When
// the index has been closed meanwhile, the new one is what is opened next.
func (r *Rebuild) Commit() error {
	x := r.index
	if err := r.finish(); err != nil {
		return errors.Join(err, r.Abort())
	}
	if err := writePointer(filepath.Join(x.dir, pointer), filepath.Base(r.gen.dir)); err != nil {
		return errors.Join(err, r.Abort())
	}
	if !x.retire(r.gen) {
		return r.gen.close()
	}
	return nil
}

// finish brings everything into one segment on disk that is ready for queries.
func (r *Rebuild) finish() error {
	for _, step := range []func() error{r.pour, r.gen.compact, func() error { return r.gen.warm(context.Background()) }} {
		if err := step(); err != nil {
			return err
		}
	}
	for _, name := range []string{filepath.Join(r.gen.dir, metaFile), r.gen.dir, r.index.dir} {
		if err := syncFile(name); err != nil {
			return err
		}
	}
	return nil
}

// Abort removes the new generation.
func (r *Rebuild) Abort() error {
	return errors.Join(r.gen.close(), os.RemoveAll(r.gen.dir))
}

// compact merges all segments into one, which is read the fastest, on disk. When it
// fails the generation must be closed.
func (g *generation) compact() error {
	inner, err := g.bleve.Advanced()
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	s, ok := inner.(*scorch.Scorch)
	if !ok {
		return fmt.Errorf("index: unexpected index %T", inner)
	}
	failed, merged := g.background.merging.watch(), make(chan error, 1)
	go func() { merged <- s.ForceMerge(context.Background(), &mergeplan.SingleSegmentMergePlanOptions) }()
	select {
	case err = <-merged:
	case <-failed: // Bleve would try again for ever, until the generation is closed
		err = g.background.merging.last()
	}
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	return g.flush()
}

// writePointer replaces file by one that holds text, atomically and durably.
func writePointer(file, text string) error {
	tmp := file + ".tmp"
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if err := os.Rename(tmp, file); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	return syncFile(filepath.Dir(file))
}

// metaFile is what Bleve writes into the directory of a generation, without waiting
// until it is on disk.
const metaFile = "index_meta.json"

// syncFile waits until a file, or what a directory lists, is on disk.
func syncFile(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	return nil
}
