package index

import (
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"yijianyou/search/segment"
)

// pluginName is the name by which Bleve knows our segments and what it tells of
// failures.
const pluginName = "yijianyou"

// process is what Bleve keeps for the whole process: it is told once.
var process struct {
	once        sync.Once
	backgrounds sync.Map // directory of the files -> *background, while the generation is open
}

// register makes Bleve know our segments, once.
func register() *segment.Plugin {
	plugin := segment.NewPlugin(pluginName, layout())
	process.once.Do(func() {
		scorch.RegisterSegmentPlugin(plugin, false)
		scorch.RegistryAsyncErrorCallbacks[pluginName] = func(err error, path string) {
			if b, ok := process.backgrounds.Load(path); ok {
				b.(*background).fail(err)
			}
		}
	})
	return plugin
}

// Pauses before Bleve tries again: the first one, doubled with each failure.
const (
	firstPause = 100 * time.Millisecond
	lastPause  = 5 * time.Second
)

// background is what Bleve does for a generation in goroutines of its own: it writes
// and merges files, and would try again at once and for ever when the disk is full.
type background struct {
	path       string
	log        *slog.Logger
	persisting failing
	merging    failing

	mu    sync.Mutex
	pause time.Duration // before the next attempt, once it has failed
	stuck bool          // the last attempt to get batches on disk has failed
	ended chan struct{} // closed when the generation is on its way out
}

// failing tells of failures of one kind.
type failing struct {
	mu   sync.Mutex
	err  error         // the last one
	next chan struct{} // closed at the next one
}

// watch returns a channel that is closed at the next failure.
func (f *failing) watch() <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.next == nil {
		f.next = make(chan struct{})
	}
	return f.next
}

func (f *failing) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = err
	if f.next != nil {
		close(f.next)
		f.next = nil
	}
}

// last returns the last failure.
func (f *failing) last() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.err
}

// newBackground returns that of the generation in dir, which is about to be opened. One
// that is open there already goes on to be told.
func newBackground(dir string, log *slog.Logger) *background {
	b := &background{path: filepath.Join(dir, "store"), log: log, pause: firstPause, ended: make(chan struct{})}
	process.backgrounds.LoadOrStore(b.path, b)
	return b
}

// fail notes a failure, and holds the goroutine of Bleve that tells it until it may
// try again.
func (b *background) fail(err error) {
	if errors.Is(err, scorch.ErrCleanup) { // nothing waits for old files to go
		b.log.Warn("the search index cannot remove old files", "err", err)
		return
	}
	told := (*scorch.ScorchError)(nil)
	merging := errors.As(err, &told) && told.Source == "merger"
	b.mu.Lock()
	pause := b.pause
	b.pause, b.stuck = min(2*pause, lastPause), b.stuck || !merging
	b.mu.Unlock()
	if merging {
		b.merging.fail(err)
	} else {
		b.persisting.fail(err)
	}
	b.log.Error("the search index cannot write its files and will try again", "pause", pause, "err", err)
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-b.ended:
	}
}

// written notes that a batch is on disk.
func (b *background) written() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pause, b.stuck = firstPause, false
}

// isStuck reports whether batches do not get on disk at present.
func (b *background) isStuck() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.stuck
}

// end ends every pause; the generation is closed next.
func (b *background) end() { close(b.ended) }

// forget is for when the generation is closed, or could not be opened.
func (b *background) forget() { process.backgrounds.CompareAndDelete(b.path, b) }
