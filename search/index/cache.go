package index

import (
	"sync"
	"time"

	"yijianyou/search"
)

// worthKeeping is how long a search must have taken to be kept, maxKept how
// many are: what is slow is the lists over everything that every start screen
// asks for.
const (
	worthKeeping = 2 * time.Millisecond
	maxKept      = 128
)

// resultCache keeps answers of one version of the index. Its zero value is
// empty. What it returns is shared and must not be changed.
type resultCache struct {
	mu      sync.Mutex
	version uint64
	answers map[string]search.Result
}

func (c *resultCache) lookup(version uint64, key string) (search.Result, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.version != version {
		return search.Result{}, false
	}
	r, ok := c.answers[key]
	return r, ok
}

// keep stores an answer that was begun at version.
func (c *resultCache) keep(version uint64, key string, r search.Result) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if version < c.version {
		return
	}
	if version > c.version || c.answers == nil || len(c.answers) >= maxKept {
		c.version, c.answers = version, make(map[string]search.Result)
	}
	c.answers[key] = r
}
