package pyramid

import (
	"sync"

	"yijianyou/internal/lru"
)

// Cache keeps decoded tiles of the files that share it, the most recently used
// ones, within a number of bytes. A tile is kept when it is asked for the second
// time while it is remembered: of one that is asked for once only the part that is
// needed is decoded. Cache is safe for concurrent use.
type Cache struct {
	mu    sync.Mutex
	files uint64                       // that have shared it
	tiles *lru.Cache[tileKey, *raster] // nil: it was asked for, and is not kept yet
}

type tileKey struct {
	file               uint64
	level, column, row int
}

// cachedBytes is what remembering a tile costs without its samples.
const cachedBytes = 256

// NewCache returns an empty cache of at most maxBytes.
func NewCache(maxBytes int64) *Cache {
	return &Cache{tiles: lru.New[tileKey, *raster](maxBytes, nil)}
}

// Bytes returns how many bytes are kept.
func (c *Cache) Bytes() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.tiles.Used()
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
	if tile, known = c.tiles.Find(key); !known {
		c.tiles.Put(key, nil, cachedBytes)
	}
	return tile, known
}

// keep keeps a tile that will not be written to any more.
func (c *Cache) keep(key tileKey, tile *raster) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tiles.Put(key, tile, int64(cachedBytes+len(tile.y.pix)+len(tile.cb.pix)+len(tile.cr.pix)))
}
