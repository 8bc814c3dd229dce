package lru

// Cache holds values by key. The zero value is not ready; see New.
type Cache[K comparable, V any] struct {
	max, used int64
	byKey     map[K]*entry[K, V]
	ring      entry[K, V] // its next is the most recently used entry, its prev the least
	forgotten func(K, V)
}

type entry[K comparable, V any] struct {
	next, prev *entry[K, V]
	key        K
	value      V
	size       int64
}

// New returns an empty Cache of values whose sizes come to at most max, in a unit of
// the caller's. forgotten is nil, or called with each value that leaves it, whatever
// for, when it is out.
func New[K comparable, V any](max int64, forgotten func(K, V)) *Cache[K, V] {
	c := &Cache[K, V]{max: max, byKey: make(map[K]*entry[K, V]), forgotten: forgotten}
	c.ring.next, c.ring.prev = &c.ring, &c.ring
	return c
}

// Find returns the value of a key, which counts as used by that.
func (c *Cache[K, V]) Find(key K) (value V, ok bool) {
	e := c.byKey[key]
	if e == nil {
		return value, false
	}
	if c.ring.next != e {
		e.unlink()
		c.link(e)
	}
	return e.value, true
}

// Put keeps a value of the given size, in place of another one of that key, and
// forgets the least recently used ones that are too much: also the new one when it
// is larger than all may be.
func (c *Cache[K, V]) Put(key K, value V, size int64) {
	c.Remove(key)
	e := &entry[K, V]{key: key, value: value, size: size}
	c.byKey[key] = e
	c.link(e)
	for c.used += size; c.used > c.max; {
		c.remove(c.ring.prev)
	}
}

// Remove forgets the value of a key, if there is one.
func (c *Cache[K, V]) Remove(key K) {
	if e := c.byKey[key]; e != nil {
		c.remove(e)
	}
}

// Clear forgets everything.
func (c *Cache[K, V]) Clear() {
	for c.ring.prev != &c.ring {
		c.remove(c.ring.prev)
	}
}

// Used is what the sizes come to.
func (c *Cache[K, V]) Used() int64 { return c.used }

func (c *Cache[K, V]) remove(e *entry[K, V]) {
	e.unlink()
	delete(c.byKey, e.key)
	c.used -= e.size
	if c.forgotten != nil {
		c.forgotten(e.key, e.value)
	}
}

func (c *Cache[K, V]) link(e *entry[K, V]) {
	e.prev, e.next = &c.ring, c.ring.next
	e.prev.next, e.next.prev = e, e
}

func (e *entry[K, V]) unlink() { e.prev.next, e.next.prev = e.next, e.prev }
