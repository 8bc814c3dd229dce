package media

import (
	"sync"

	"yijianyou/internal/lru"
	"yijianyou/media/pyramid"
)

const maxOpenFiles = 256

// openFiles keeps packed files open, the most recently used ones, and closes
// one only when nobody reads it any more.
type openFiles struct {
	mu    sync.Mutex
	byID  *lru.Cache[string, *openFile]
	tiles *pyramid.Cache
}

type openFile struct {
	file    *pyramid.File
	readers int
	dropped bool // no longer in byID: the last reader closes it
}

func newOpenFiles(max int, tileBytes int64) *openFiles {
	return &openFiles{tiles: pyramid.NewCache(tileBytes), byID: lru.New(int64(max), func(_ string, f *openFile) {
		if f.dropped = true; f.readers == 0 {
			f.file.Close()
		}
	})}
}

// open returns the file of id, opening it at name when need be. release must be
// called once.
func (o *openFiles) open(id, name string) (*pyramid.File, func(), error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	f, ok := o.byID.Find(id)
	if !ok {
		file, err := pyramid.Open(name)
		if err != nil {
			return nil, nil, err
		}
		file.Share(o.tiles)
		f = &openFile{file: file}
		o.byID.Put(id, f, 1)
	}
	f.readers++
	return f.file, func() { o.release(f) }, nil
}

func (o *openFiles) release(f *openFile) {
	o.mu.Lock()
	defer o.mu.Unlock()
	f.readers--
	if f.dropped && f.readers == 0 {
		f.file.Close()
	}
}

// drop forgets the file of id, whose name has been replaced or removed.
func (o *openFiles) drop(id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.byID.Remove(id)
}

func (o *openFiles) closeAll() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.byID.Clear()
}
