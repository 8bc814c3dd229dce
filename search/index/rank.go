package index

import (
	"container/heap"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	api "github.com/blevesearch/bleve_index_api"

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
	nameAllTerms   = 200
	fame           = 30 // times the weight of the document
)

// entry is a document in the order of the answer.
type entry struct {
	doc      uint32
	num      float64 // first key, ascending
	str      string  // second key, ascending
	key      string  // last key: kind and id, read when it must decide
	score    float64
	distance float64
}

// ranking keeps the first entries after a cursor. It is a heap with the last
// of them on top.
type ranking struct {
	s     *snapshot
	q     search.Query
	print string
	after *entry
	kept  []entry
	more  bool
	err   error
}

func newRanking(s *snapshot, q search.Query) (*ranking, error) {
	r := &ranking{s: s, q: q, print: fingerprint(q)}
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
func (r *ranking) add(c *collector, f candidate, distance float64) error {
	e := entry{doc: f.doc, distance: distance}
	var err error
	switch r.q.Sort {
	case search.ByDistance:
		e.num = distance
	case search.ByYear:
		if e.num = math.Inf(1); c.dated {
			e.num = float64(c.from)
		}
	case search.ByName:
		err = c.keys.VisitDocValues(c.id, func(_ string, term []byte) { e.str = string(term) })
	default:
		e.score, err = c.relevance(f)
		e.num = -e.score
	}
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if r.after != nil && r.compare(&e, r.after) <= 0 {
		return r.err
	}
	if len(r.kept) < r.q.Limit {
		heap.Push(r, e)
		return r.err
	}
	r.more = true
	if r.compare(&e, &r.kept[0]) < 0 {
		r.kept[0] = e
		heap.Fix(r, 0)
	}
	return r.err
}

// relevance is the score of the document at hand.
func (c *collector) relevance(f candidate) (float64, error) {
	if c.q.Text == "" {
		return fame * c.weight, nil
	}
	tier := float64(f.names) * nameAllTerms
	if f.names > 0 && c.plan.key != "" {
		size := float64(utf8.RuneCountInString(c.plan.key))
		err := c.names.VisitDocValues(c.id, func(_ string, term []byte) {
			if len(term) < 2 {
				return
			}
			title, name := term[0] == 'T', string(term[1:])
			at := strings.Index(name, c.plan.key)
			if at < 0 {
				return
			}
			var t float64
			switch {
			case len(name) == len(c.plan.key) && title:
				t = nameExactTitle
			case len(name) == len(c.plan.key):
				t = nameExactOther
			default:
				if t = nameContains + nameCoverage*size/float64(utf8.RuneCountInString(name)); at == 0 {
					t += nameBegins
				}
				if !title {
					t += nameOther
				}
			}
			tier = max(tier, t)
		})
		if err != nil {
			return 0, err
		}
	}
	return float64(f.score) + max(tier, float64(f.bonus)) + fame*c.weight, nil
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
	return strings.Compare(r.keyOf(a), r.keyOf(b))
}

func (r *ranking) keyOf(e *entry) string {
	if e.key == "" {
		key, err := r.s.ExternalID(api.NewIndexInternalID(nil, uint64(e.doc)))
		if err != nil {
			r.err = fmt.Errorf("index: %w", err)
		}
		e.key = key
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
func (r *ranking) page() (entries []entry, more bool, err error) {
	slices.SortFunc(r.kept, func(a, b entry) int { return r.compare(&a, &b) })
	return r.kept, r.more, r.err
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
	return base64.RawURLEncoding.EncodeToString(b), r.err
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
	return entry{num: num, str: f.Str, key: f.Key}, nil
}

// fingerprint identifies what a cursor belongs to: everything but the page
// size, the counts and the language.
func fingerprint(q search.Query) string {
	q.Cursor, q.Limit, q.Count, q.Lang = "", 0, nil, 0
	q.Text = chinese.Fold(q.Text)
	return cacheKey(q)
}

// cacheKey identifies a whole query, its scope included.
func cacheKey(q search.Query) string {
	b, err := json.Marshal(struct {
		search.Query
		Scope string
	}{q, fmt.Sprintf("%+v", q.Scope())})
	if err != nil { // only a float that Normal refuses could fail
		panic(err)
	}
	sum := sha256.Sum256(b)
	return base64.RawStdEncoding.EncodeToString(sum[:15])
}
