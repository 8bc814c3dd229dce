package store

import (
	"strconv"
	"sync"

	"golang.org/x/sync/singleflight"
)

// Memo remembers what was made of documents, by key, for as long as nothing at all
// has been written: what it returns is what reading again would give, also right
// after a write, of another process too. It helps who reads the same thing far more
// often than anything is written. On an engine that is no Marker it remembers
// nothing. Those who ask for a key between the same two writes read once, together.
//
// What is remembered is shared: nobody may change it. A Memo is safe for concurrent
// use.
type Memo[V any] struct {
	marker Marker // nil: nothing is remembered
	max    int
	mu     sync.RWMutex
	byKey  map[string]remembered[V]
	making singleflight.Group // by key and mark
}

type remembered[V any] struct {
	mark  uint64
	value V
}

// NewMemo returns a Memo of at most max values of s.
func NewMemo[V any](s *Store, max int) *Memo[V] {
	marker, _ := s.engine.(Marker)
	return &Memo[V]{marker: marker, max: max, byKey: make(map[string]remembered[V])}
}

// Known returns what is remembered of a key and holds now; ok is false when it has
// to be made.
func (m *Memo[V]) Known(key string) (value V, ok bool) {
	if m.marker == nil {
		return value, false
	}
	mark, quiet := m.marker.Mark()
	m.mu.RLock()
	r, there := m.byKey[key]
	m.mu.RUnlock()
	if !quiet || !there || r.mark != mark {
		return value, false
	}
	return r.value, true
}

// Of returns what make makes of the documents as they are now. make reads from the
// store itself; its errors are not remembered.
func (m *Memo[V]) Of(key string, make func() (V, error)) (V, error) {
	if m.marker == nil {
		return make()
	}
	mark, quiet := m.marker.Mark() // before make reads: what it finds may be newer, never older
	if !quiet {
		return make()
	}
	m.mu.RLock()
	r, ok := m.byKey[key]
	m.mu.RUnlock()
	if ok && r.mark == mark {
		return r.value, nil
	}
	// Who joins saw this mark too, and what began after it was seen is no older.
	made, err, shared := m.making.Do(key+"\x00"+strconv.FormatUint(mark, 10), func() (any, error) {
		value, err := make()
		if err == nil {
			m.keep(key, remembered[V]{mark: mark, value: value})
		}
		return value, err
	})
	if err != nil && shared { // of another caller: its own end may be the reason
		return make()
	}
	value, _ := made.(V) // an interface that holds nothing is the zero V
	return value, err
}

// keep remembers a value, in the place of others when there is no room.
func (m *Memo[V]) keep(key string, r remembered[V]) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.byKey) >= m.max {
		for other := range m.byKey { // any will do
			delete(m.byKey, other)
			if len(m.byKey) <= m.max*3/4 {
				break
			}
		}
	}
	m.byKey[key] = r
}
