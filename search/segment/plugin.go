package segment

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"
	segments "github.com/blevesearch/scorch_segment_api/v2"
	"golang.org/x/sys/unix"
)

// Plugin makes Bleve keep segments of a layout. It is a scorch.SegmentPlugin.
type Plugin struct {
	layout *Layout
	name   string
}

var _ scorch.SegmentPlugin = (*Plugin)(nil)

// NewPlugin returns the plugin of a layout; Bleve knows it by a name.
func NewPlugin(name string, layout *Layout) *Plugin { return &Plugin{layout: layout, name: name} }

// Type and Version name the form of the files.
func (p *Plugin) Type() string { return p.name }

// Version is that of the form.
func (p *Plugin) Version() uint32 { return version }

// New makes a segment in memory of documents that have a field made by Carry.
func (p *Plugin) New(results []bleve.Document) (segments.Segment, uint64, error) {
	docs := make([]*Document, 0, len(results))
	for _, r := range results {
		var doc *Document
		r.VisitFields(func(f bleve.Field) {
			if c, ok := f.(*carrier); ok {
				doc = c.doc
			}
		})
		if doc == nil {
			return nil, 0, fmt.Errorf("segment: a document has nothing for a segment: %T", r)
		}
		docs = append(docs, doc)
	}
	data, err := build(p.layout, docs)
	if err != nil {
		return nil, 0, err
	}
	s, err := parse(p.layout, data)
	if err != nil {
		return nil, 0, err
	}
	return &inMemory{facade{s}}, uint64(len(data)), nil
}

// NewUsing is New.
func (p *Plugin) NewUsing(results []bleve.Document, _ map[string]any) (segments.Segment, uint64, error) {
	return p.New(results)
}

// Open opens a file, which it maps into memory.
func (p *Plugin) Open(path string) (_ segments.Segment, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("segment: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("segment: %w", err)
	}
	if info.Size() < footBytes {
		return nil, errDamaged
	}
	data, err := unix.Mmap(int(f.Fd()), 0, int(info.Size()), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return nil, fmt.Errorf("segment: %w", err)
	}
	s, err := parse(p.layout, data)
	if err != nil {
		return nil, errors.Join(err, unix.Munmap(data))
	}
	s.release = func() error { return unix.Munmap(data) }
	return &onDisk{facade{s}, path}, nil
}

// OpenUsing is Open.
func (p *Plugin) OpenUsing(path string, _ map[string]any) (segments.Segment, error) {
	return p.Open(path)
}

// Merge writes one segment of several to a file, without the documents in drops. It
// returns the new number of each document, or the greatest number for one that is
// dropped, and the bytes written.
//
// Errors: segments.ErrClosed when closed is closed before the end.
func (p *Plugin) Merge(list []segments.Segment, drops []*roaring.Bitmap, path string, closed chan struct{}, _ segments.StatsReporter) ([][]uint64, uint64, error) {
	inner := make([]*Segment, len(list))
	for i, s := range list {
		var ok bool
		if inner[i], ok = Of(s); !ok {
			return nil, 0, fmt.Errorf("segment: cannot merge a %T", s)
		}
	}
	from, docs := sources(inner, drops)
	stop := func() error {
		select {
		case <-closed:
			return segments.ErrClosed
		default:
			return nil
		}
	}
	if err := stop(); err != nil {
		return nil, 0, err
	}
	size, err := create(path, func(f *os.File) error { return merge(p.layout, f, from, docs, stop) })
	if errors.Is(err, segments.ErrClosed) {
		return nil, 0, segments.ErrClosed // Bleve knows it by its identity and would try again
	}
	if err != nil {
		return nil, 0, err
	}
	numbers := make([][]uint64, len(from))
	for i, src := range from {
		numbers[i] = src.numbers
	}
	return numbers, uint64(size), nil
}

// MergeUsing is Merge.
func (p *Plugin) MergeUsing(list []segments.Segment, drops []*roaring.Bitmap, path string, closed chan struct{}, r segments.StatsReporter, _ map[string]any) ([][]uint64, uint64, error) {
	return p.Merge(list, drops, path, closed, r)
}

// create writes a file durably, its name in the folder too, and removes it when that
// fails.
func create(path string, write func(*os.File) error) (size int64, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, fmt.Errorf("segment: %w", err)
	}
	if err = write(f); err == nil {
		err = f.Sync()
	}
	if info, statErr := f.Stat(); statErr == nil {
		size = info.Size()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	if err != nil {
		return 0, fmt.Errorf("segment: %w", errors.Join(err, os.Remove(path)))
	}
	return size, nil
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
