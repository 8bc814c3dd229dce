package index

import (
	"cmp"
	"container/heap"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"yijianyou/internal/fault"
	"yijianyou/search"
	"yijianyou/search/chinese"
)

// What a name adds that is compared as a string with the whole text. The steps
// are wider than what rarity and fame can add, so that exact stands before
// partial and name before body.
const (
	nameExactTitle = 1000
	nameExactOther = 900
	nameContains   = 300 // a title; another name a little less
	nameOther      = -40
	nameBegins     = 40
	nameCoverage   = 60 // times the share of the name that the text is
	nameAllTerms   = 100
	fame           = 30 // times the weight of the document
)

// entry is a document in the order of the answer.
type entry struct {
	doc      uint32
	part     int     // of the snapshot; -1 for where a cursor stands
	num      float64 // first key, ascending
	str      string  // second key, ascending
	key      string  // last key: kind and id, read when it must decide
	placedIn int     // one more than the part of place, 0 for none
	place    uint32  // how many keys of another part come before its own
	score    float64
	distance float64
}

// ranking keeps the first entries after a cursor. It is a heap with the last
// of them on top.
type ranking struct {
	s      *snapshot
	q      search.Query
	print  string
	after  *entry
	orders []keyOrder // of the parts that the collector has entered
	kept   []entry
	more   bool
}

func newRanking(s *snapshot, q search.Query) (*ranking, error) {
	r := &ranking{s: s, q: q, print: fingerprint(q), orders: make([]keyOrder, len(s.parts))}
	if q.Cursor == "" {
		return r, nil
	}
	after, err := r.open(q.Cursor)
	if err != nil {
		return nil, fault.InvalidFields([]fault.Field{search.ErrCursor.At("cursor")})
	}
	r.after = &after
	return r, nil
}

// add considers the document at hand of c.
func (r *ranking) add(c *collector, f candidate, distance float64) {
	e := entry{doc: f.doc, part: c.at, distance: distance}
	switch r.q.Sort {
	case search.ByDistance:
		e.num = distance
	case search.ByYear:
		if e.num = math.Inf(1); c.filters.years[c.local].known {
			e.num = float64(c.filters.years[c.local].from)
		}
	case search.ByName:
		e.str = c.sorts.Of(c.local)
	default:
		e.score = c.relevance(f)
		e.num = -e.score
	}
	if r.after != nil && r.compare(&e, r.after) <= 0 {
		return
	}
	if len(r.kept) < r.q.Limit {
		heap.Push(r, e)
		return
	}
	r.more = true
	if r.compare(&e, &r.kept[0]) < 0 {
		r.kept[0] = e
		heap.Fix(r, 0)
	}
}

// relevance is the score of the document at hand.
func (c *collector) relevance(f candidate) float64 {
	famous := fame * (float64(c.filters.weight[c.local]) / 100)
	if len(c.plan.ways)+len(c.plan.loose) == 0 {
		return famous
	}
	tier := float64(f.names) * nameAllTerms
	if f.names > 0 && c.plan.key != "" {
		tier = max(tier, c.named())
	}
	return float64(f.score) + max(tier, float64(f.bonus)) + famous
}

// named is what the best name of the document at hand adds when it is compared
// with the text, 0 when no name has it.
func (c *collector) named() float64 {
	best := c.bestOf(c.names.other.Of(c.local))
	if c.ascii {
		best = max(best, c.bestOf(c.names.ascii.Of(c.local)))
	}
	return best
}

func (c *collector) bestOf(names string) float64 {
	for key, best := c.plan.key, 0.0; ; {
		at := strings.Index(names, key)
		if at < 0 {
			return best
		}
		begin := strings.LastIndexByte(names[:at], separator[0]) + 1
		end := at + strings.IndexByte(names[at:], separator[0])
		title, name := names[begin] == 'T', names[begin+1:end]
		var t float64
		switch {
		case len(name) == len(key) && title:
			t = nameExactTitle
		case len(name) == len(key):
			t = nameExactOther
		default:
			if t = nameContains + nameCoverage*c.size/float64(runes(name)); at == begin+1 {
				t += nameBegins
			}
			if !title {
				t += nameOther
			}
		}
		best, names = max(best, t), names[end+1:]
	}
}

// runes counts the runes of a UTF-8 text.
func runes(s string) (n int) {
	for i := range len(s) {
		if s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

// compare orders entries; it reads the key of a document only when all else is
// equal.
func (r *ranking) compare(a, b *entry) int {
	switch {
	case a.num < b.num:
		return -1
	case a.num > b.num:
		return 1
	}
	if c := strings.Compare(a.str, b.str); c != 0 {
		return c
	}
	switch {
	case a.part >= 0 && a.part == b.part:
		return cmp.Compare(r.rank(a), r.rank(b))
	case a.part >= 0:
		if rank, at := r.rank(a), r.place(b, a.part); rank != at {
			return cmp.Compare(rank, at)
		}
	}
	return strings.Compare(r.keyOf(a), r.keyOf(b))
}

// rank returns the place of e among the keys of its part.
func (r *ranking) rank(e *entry) uint32 { return r.orders[e.part].of(e.doc - r.s.parts[e.part].first) }

// place returns how many documents of a part come before e by their keys. An
// entry is compared with many of one part after the other, so it remembers the
// last.
func (r *ranking) place(e *entry, part int) uint32 {
	if e.placedIn == part+1 {
		return e.place
	}
	e.placedIn, e.place = part+1, uint32(r.s.parts[part].Place(r.keyOf(e)))
	return e.place
}

func (r *ranking) keyOf(e *entry) string {
	if e.key == "" {
		p := &r.s.parts[e.part]
		e.key = p.Key(e.doc - p.first)
	}
	return e.key
}

// Len, Less, Swap, Push and Pop make a heap of the kept entries.
func (r *ranking) Len() int           { return len(r.kept) }
func (r *ranking) Less(i, j int) bool { return r.compare(&r.kept[i], &r.kept[j]) > 0 }
func (r *ranking) Swap(i, j int)      { r.kept[i], r.kept[j] = r.kept[j], r.kept[i] }
func (r *ranking) Push(e any)         { r.kept = append(r.kept, e.(entry)) }
func (r *ranking) Pop() any {
	last := r.kept[len(r.kept)-1]
	r.kept = r.kept[:len(r.kept)-1]
	return last
}

// page returns the kept entries in order; more is true when others follow.
func (r *ranking) page() (entries []entry, more bool) {
	for i := range r.kept {
		r.keyOf(&r.kept[i])
	}
	slices.SortFunc(r.kept, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.num, b.num), strings.Compare(a.str, b.str), strings.Compare(a.key, b.key))
	})
	return r.kept, r.more
}

// cursorForm is the inside of a cursor.
type cursorForm struct {
	Print string `json:"f"`
	Num   uint64 `json:"n"`
	Str   string `json:"s,omitempty"`
	Key   string `json:"k"`
}

func (r *ranking) cursor(e entry) (string, error) {
	b, err := json.Marshal(cursorForm{Print: r.print, Num: math.Float64bits(e.num), Str: e.str, Key: r.keyOf(&e)})
	if err != nil {
		return "", fmt.Errorf("index: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}

func (r *ranking) open(cursor string) (entry, error) {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return entry{}, err
	}
	var f cursorForm
	if err := json.Unmarshal(b, &f); err != nil {
		return entry{}, err
	}
	num := math.Float64frombits(f.Num)
	if f.Print != r.print || f.Key == "" || math.IsNaN(num) {
		return entry{}, fmt.Errorf("cursor of another query")
	}
	return entry{part: -1, num: num, str: f.Str, key: f.Key}, nil
}

// fingerprint identifies what a cursor belongs to: everything but the page
// size, the counts and the language.
func fingerprint(q search.Query) string {
	q.Cursor, q.Limit, q.Count, q.Spans, q.Lang = "", 0, nil, nil, 0
	q.Text = chinese.Fold(q.Text)
	return cacheKey(q)
}

// scopeKey identifies a scope.
func scopeKey(s search.Scope) string { return fmt.Sprintf("%+v", s) }

// cacheKey identifies a whole query, its scope included.
func cacheKey(q search.Query) string {
	b, err := json.Marshal(struct {
		search.Query
		Scope string
	}{q, scopeKey(q.Scope())})
	if err != nil { // only a float that Normal refuses could fail
		panic(err)
	}
	sum := sha256.Sum256(b)
	return base64.RawStdEncoding.EncodeToString(sum[:15])
}
