package lru_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"yijianyou/internal/lru"
)

// model is a Cache as anybody would write it: entries, the most recently used last.
type model struct {
	max  int64
	list []item
	gone []string
}

type item struct {
	key   int
	value string
	size  int64
}

func (m *model) at(key int) int {
	return slices.IndexFunc(m.list, func(i item) bool { return i.key == key })
}

func (m *model) forget(i int) {
	m.gone = append(m.gone, m.list[i].value)
	m.list = slices.Delete(m.list, i, i+1)
}

func (m *model) used() (sum int64) {
	for _, i := range m.list {
		sum += i.size
	}
	return sum
}

func TestACacheKeepsWhatWasUsedLastWithinItsBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &model{max: 100}
		var gone []string
		c := lru.New(m.max, func(_ int, v string) { gone = append(gone, v) })
		for n := range rapid.IntRange(1, 60).Draw(t, "steps") {
			key := rapid.IntRange(0, 9).Draw(t, "key")
			i := m.at(key)
			switch rapid.IntRange(0, 9).Draw(t, "step") {
			case 0:
				c.Clear()
				for len(m.list) > 0 {
					m.forget(0)
				}
			case 1:
				c.Remove(key)
				if i >= 0 {
					m.forget(i)
				}
			case 2, 3, 4:
				got, ok := c.Find(key)
				if ok != (i >= 0) || ok && got != m.list[i].value {
					t.Fatalf("found %q, %v of %d", got, ok, key)
				}
				if ok {
					used := m.list[i]
					m.list = append(slices.Delete(m.list, i, i+1), used)
				}
			default:
				added := item{key, fmt.Sprint("value ", n), int64(rapid.IntRange(1, 120).Draw(t, "size"))}
				c.Put(key, added.value, added.size)
				if i >= 0 {
					m.forget(i)
				}
				for m.list = append(m.list, added); m.used() > m.max; {
					m.forget(0)
				}
			}
			if c.Used() != m.used() || c.Used() > m.max || !slices.Equal(gone, m.gone) {
				t.Fatalf("uses %d and has forgotten %q, not %d and %q", c.Used(), gone, m.used(), m.gone)
			}
		}
	})
}
