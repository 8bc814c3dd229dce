package pyramid

import (
	"container/list"
	"sync"
)

// Cache keeps decoded tiles of the files that share it, the most recently used
// ones, within a number of bytes. A tile is kept when it is asked for the second
// time while it is remembered: of one that is asked for once only the part that is
// needed is decoded. Cache is safe for concurrent use.
type Cache struct {
	mu    sync.Mutex
	max   int64
	used  int64
	files uint64 // that have shared it
	byKey map[tileKey]*list.Element
	order *list.List // of *cachedTile, most recently used first
}

type tileKey struct {
	file               uint64
	level, column, row int
}

// cachedTile is a tile that was asked for; tile is nil until it is kept.
type cachedTile struct {
	key  tileKey
	tile *raster
}

// cachedBytes is what remembering a tile costs without its samples.
const cachedBytes = 256

func (t *cachedTile) bytes() int64 {
	if t.tile == nil {
		return cachedBytes
	}
	return int64(cachedBytes + len(t.tile.y.pix) + len(t.tile.cb.pix) + len(t.tile.cr.pix))
}

// NewCache returns an empty cache of at most maxBytes.
func NewCache(maxBytes int64) *Cache {
	return &Cache{max: maxBytes, byKey: make(map[tileKey]*list.Element), order: list.New()}
}

// Bytes returns how many bytes are kept.
func (c *Cache) Bytes() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.used
}

// join returns the number under which a file keeps its tiles.
func (c *Cache) join() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.files++
	return c.files
}

// find returns the tile of the key. known is whether it was asked for before.
func (c *Cache) find(key tileKey) (tile *raster, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.byKey[key]; ok {
		c.order.MoveToFront(e)
		return e.Value.(*cachedTile).tile, true
	}
	c.put(&cachedTile{key: key})
	return nil, false
}

// keep keeps a tile that will not be written to any more.
func (c *Cache) keep(key tileKey, tile *raster) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.byKey[key]; ok {
		c.remove(e)
	}
	c.put(&cachedTile{key: key, tile: tile})
}

// put adds t and forgets the least recently used; c.mu is held.
func (c *Cache) put(t *cachedTile) {
	c.byKey[t.key] = c.order.PushFront(t)
	for c.used += t.bytes(); c.used > c.max; {
		c.remove(c.order.Back())
	}
}

func (c *Cache) remove(e *list.Element) {
	t := c.order.Remove(e).(*cachedTile)
	delete(c.byKey, t.key)
	c.used -= t.bytes()
}
