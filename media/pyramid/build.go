package pyramid

import (
	"context"
	"image"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"yijianyou/media/pyramid/jpeg"
)

// Options change how Build works. The zero value is right for production.
type Options struct {
	Limits   Limits                // zero means DefaultLimits
	Quality  int                   // of the tiles, 1 to 100; 0 means 88
	Workers  int                   // processors that are used; 0 means all but one, at least one
	MaxSide  int                   // longest side of level 0: a larger picture is scaled down to it; 0 is no limit
	Mark     Mark                  // nil, or draws on every level
	Progress func(done, total int) // nil, or called after each row of tiles, from one goroutine at a time

	// Pause is nil, or called before each small piece of work (a tile, a few rows
	// of blocks), from several goroutines. Build goes on when it returns, and ends
	// with its error.
	Pause func(context.Context) error
}

// Mark draws on a part of a level of the given size, at that level's scale: part
// is its luma, and part.Rect the place of the part in the level. What it draws on
// a pixel depends on size and place alone, so that parts fit together.
type Mark func(size image.Point, part *image.Gray)

// Build makes the packed file name from the picture src. The file appears under
// its name when it is complete and on the disk, replacing an older one; on an
// error nothing appears. The folder must exist.
//
// Errors: those of Probe, of the context, and of the file system.
func Build(ctx context.Context, src io.ReadSeeker, name string, opts Options) (Info, error) {
	if opts.Limits == (Limits{}) {
		opts.Limits = DefaultLimits
	}
	if opts.Quality == 0 {
		opts.Quality = 88
	}
	if opts.Workers == 0 {
		opts.Workers = max(1, runtime.GOMAXPROCS(0)-1)
	}
	info, err := Probe(src, opts.Limits)
	if err != nil {
		return Info{}, err
	}
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return Info{}, err
	}
	r, err := decode(ctx, src, info, opts)
	if err != nil {
		return Info{}, err
	}
	if size := Within(r.y.w, r.y.h, opts.MaxSide); size != image.Pt(r.y.w, r.y.h) {
		r = r.resample(nil, box{w: float64(r.y.w), h: float64(r.y.h)}, size.X, size.Y)
	}
	return info, pack(ctx, r, name, opts)
}

// pack writes all levels of r.
func pack(ctx context.Context, r *raster, name string, opts Options) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(name), ".tmp-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tmp.Close()
			os.Remove(tmp.Name())
		}
	}()
	w := &packer{file: tmp, layout: newLayout(r.y.w, r.y.h, r.gray()), opts: opts, encoder: jpeg.NewEncoder(opts.Quality)}
	for _, l := range w.levels {
		w.total += l.Rows()
	}
	w.offset = int64(w.size())
	for i := range w.levels {
		if i > 0 {
			r = r.half()
		}
		if err := w.level(ctx, i, r.marked(opts.Mark)); err != nil {
			return err
		}
	}
	if _, err := tmp.WriteAt(w.layout.bytes(w.offset), 0); err != nil {
		return err
	}
	if err := tmp.Chmod(0o644); err != nil {
		return err
	}
	if err := tmp.Sync(); err != nil {
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), name); err != nil {
		return err
	}
	return syncDir(filepath.Dir(name))
}

// syncDir makes a rename in the folder durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// packer appends JPEGs to the file; the order of tiles in it does not matter.
type packer struct {
	*layout
	file    *os.File
	opts    Options
	encoder *jpeg.Encoder

	mu          sync.Mutex
	offset      int64
	total, done int // rows of tiles
}

// add encodes r and appends it.
func (w *packer) add(ctx context.Context, s *span, r *raster) error {
	if w.opts.Pause != nil {
		if err := w.opts.Pause(ctx); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	b := w.encoder.Encode(r.picture(), 1)
	w.mu.Lock()
	*s = span{offset: w.offset, length: uint32(len(b))}
	w.offset += int64(len(b))
	w.mu.Unlock()
	_, err := w.file.WriteAt(b, s.offset)
	return err
}

// rowDone counts a row of tiles.
func (w *packer) rowDone() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done++
	if w.opts.Progress != nil {
		w.opts.Progress(w.done, w.total)
	}
}

func (w *packer) level(ctx context.Context, level int, r *raster) error {
	lv := w.levels[level]
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(w.opts.Workers)
	if lv.Columns()*lv.Rows() > 1 && lv.longest() <= largestWhole {
		g.Go(func() error { return w.add(ctx, w.whole(level), r) })
	}
	for row := range lv.Rows() {
		left := new(atomic.Int32)
		left.Store(int32(lv.Columns()))
		for column := range lv.Columns() {
			g.Go(func() error {
				x, y := column*TileSide, row*TileSide
				part := r.crop(x, y, min(TileSide, lv.Width-x), min(TileSide, lv.Height-y))
				err := w.add(ctx, w.tile(level, column, row), part)
				if err == nil && left.Add(-1) == 0 {
					w.rowDone()
				}
				return err
			})
		}
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if lv.Columns()*lv.Rows() == 1 {
		*w.whole(level) = *w.tile(level, 0, 0)
	}
	return nil
}
