package index

import (
	"sync"
	"time"

	"yijianyou/internal/fault"
	"yijianyou/search"
)

// worthKeeping is how long a search must have taken to be kept: what is slow is
// the lists over everything that every start screen asks for. maxLabels is how many
// labels are kept.
const (
	worthKeeping = 2 * time.Millisecond
	maxLabels    = 10_000
)

// resultCache keeps answers of one version of the index. What it returns is shared
// and must not be changed.
type resultCache struct {
	most    int // answers
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
	if version < c.version || c.most < 1 {
		return
	}
	if version > c.version || c.answers == nil || len(c.answers) >= c.most {
		c.version, c.answers = version, make(map[string]search.Result)
	}
	c.answers[key] = r
}

// labelCache keeps the labels of one version of the index: that of a museum is
// read from the store, and a list over everything has hundreds. A label depends
// on what it names, whose change changes the index too, and on what may be seen
// in the scope. Its zero value is empty.
type labelCache struct {
	mu      sync.Mutex
	version uint64
	labels  map[labelKey]string
}

// labelKey is a value of a facet as somebody sees it.
type labelKey struct {
	scope        string
	facet, value string
	lang         fault.Lang
}

// of returns the label of version, which it asks of ask when it has none. A value
// that is its own label is not kept: what it names could not be read.
func (c *labelCache) of(version uint64, key labelKey, ask func() string) string {
	c.mu.Lock()
	if c.version == version {
		if label, ok := c.labels[key]; ok {
			c.mu.Unlock()
			return label
		}
	}
	c.mu.Unlock()
	label := ask()
	if label == "" || label == key.value {
		return key.value
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if version < c.version {
		return label
	}
	if version > c.version || c.labels == nil || len(c.labels) >= maxLabels {
		c.version, c.labels = version, make(map[labelKey]string)
	}
	c.labels[key] = label
	return label
}
