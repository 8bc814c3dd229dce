package media

import (
	"container/list"
	"sync"

	"yijianyou/media/pyramid"
)

const maxOpenFiles = 256

// openFiles keeps packed files open, the most recently used ones, and closes
// one only when nobody reads it any more.
type openFiles struct {
	mu    sync.Mutex
	max   int
	byID  map[string]*openFile
	order *list.List // of *openFile, most recently used first
	tiles *pyramid.Cache
}

type openFile struct {
	id      string
	file    *pyramid.File
	readers int
	dropped bool // no longer in byID: the last reader closes it
	at      *list.Element
}

func newOpenFiles(max int, tileBytes int64) *openFiles {
	return &openFiles{max: max, tiles: pyramid.NewCache(tileBytes), byID: make(map[string]*openFile), order: list.New()}
}

// open returns the file of id, opening it at name when need be. release must be
// called once.
func (o *openFiles) open(id, name string) (*pyramid.File, func(), error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	f := o.byID[id]
	if f == nil {
		file, err := pyramid.Open(name)
		if err != nil {
			return nil, nil, err
		}
		file.Share(o.tiles)
		f = &openFile{id: id, file: file}
		f.at = o.order.PushFront(f)
		o.byID[id] = f
		for len(o.byID) > o.max {
			o.forget(o.order.Back().Value.(*openFile))
		}
	}
	o.order.MoveToFront(f.at)
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

// forget takes f out; o.mu is held.
func (o *openFiles) forget(f *openFile) {
	delete(o.byID, f.id)
	o.order.Remove(f.at)
	f.dropped = true
	if f.readers == 0 {
		f.file.Close()
	}
}

// drop forgets the file of id, whose name has been replaced or removed.
func (o *openFiles) drop(id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if f := o.byID[id]; f != nil {
		o.forget(f)
	}
}

func (o *openFiles) closeAll() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, f := range o.byID {
		o.forget(f)
	}
}
