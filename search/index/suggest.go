package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yijianyou/internal/fault"
	"yijianyou/search"
	"yijianyou/search/chinese"
)

// maxNear is how many documents are compared with a misspelt text; maxSpelt is of how
// many of its Latin words the slips are looked for.
const (
	maxNear  = 200
	maxSpelt = 12
)

// Suggest completes a text by the titles in scope and, when none continues it,
// names titles that are spelt or sound nearly so. limit is 1 to
// search.MaxSuggestLimit; 0 means 8. An empty text has no suggestions.
//
// Errors: as of Search.
func (x *Index) Suggest(ctx context.Context, scope search.Scope, text string, lang fault.Lang, limit int) (search.Suggestions, error) {
	began := time.Now()
	out := search.Suggestions{Completions: []search.Completion{}, Corrections: []search.Completion{}}
	if scope.Audience() != x.audience {
		return out, search.ErrScope.New()
	}
	q := search.NewQuery(scope)
	q.Text, q.Lang = text, lang
	if limit == 0 {
		limit = 8
	}
	q, err := q.Normal()
	if err != nil {
		return out, err
	}
	if limit < 1 || limit > search.MaxSuggestLimit {
		return out, fault.InvalidFields([]fault.Field{search.ErrLimit.At("limit", fault.P("max", search.MaxSuggestLimit))})
	}
	g, release, err := x.acquire()
	if err != nil {
		return out, err
	}
	defer release()
	if chinese.Key(q.Text) == "" {
		return out, nil
	}
	s, err := g.snapshot(ctx)
	if err != nil {
		return out, err
	}
	defer s.Close()
	q.Limit = 4 * limit // titles that several records share are shown once
	found, err := s.titles(q, analyse(q.Text, planFields{namesOnly: true}, nil))
	if err != nil {
		return out, err
	}
	out.Completions = completions(found, newMarker(q.Text), lang, limit)
	if len(out.Completions) == 0 {
		if found, err = s.nearly(q); err != nil {
			return out, err
		}
		out.Corrections = completions(found, marker{}, lang, limit)
	}
	out.Took = time.Since(began)
	return out, nil
}

// titled is a document found by a name.
type titled struct {
	doc    uint32
	key    string
	errors int // between a misspelt text and the nearest of its names; 0 when it sounds the same
	stored
}

// titles runs a plan and reads what it finds.
func (s *snapshot) titles(q search.Query, p plan) ([]titled, error) {
	c, err := s.run(q, p)
	if err != nil {
		return nil, err
	}
	entries, _ := c.rank.page()
	out := make([]titled, len(entries))
	for i, e := range entries {
		out[i].doc = e.doc
		if out[i].key, out[i].stored, err = s.load(e.doc); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func completions(found []titled, m marker, lang fault.Lang, limit int) []search.Completion {
	out := []search.Completion{}
	seen := make(map[string]bool)
	for _, t := range found {
		title := t.Title.In(lang)
		if len(out) == limit || seen[chinese.Key(title)] {
			continue
		}
		seen[chinese.Key(title)] = true
		kind, id, _ := strings.Cut(t.key, "/")
		c := search.Completion{Text: title, Kind: search.Kind(kind), ID: id}
		if c.Highlight = mark(title, m.spans(title, true)); c.Highlight == "" {
			c.Name, _ = m.name(t.stored)
		}
		out = append(out, c)
	}
	return out
}

// nearly returns documents with a name near the text: one that sounds the same,
// or differs by a few characters or letters.
func (s *snapshot) nearly(q search.Query) ([]titled, error) {
	q.Limit = maxNear
	key := chinese.Key(q.Text)
	runs := chinese.Runs([]rune(chinese.Fold(q.Text)))
	han := false
	for _, run := range runs {
		han = han || run.Class == chinese.Han
	}
	var p plan
	if han {
		p = nearChinese(runs, key)
	} else {
		var err error
		if p, err = s.nearLatin(runs, key); err != nil {
			return nil, err
		}
	}
	if len(p.ways) == 0 {
		return nil, nil
	}
	found, err := s.titles(q, p)
	if err != nil || !han {
		return found, err
	}
	sound := chinese.Joined(chinese.Pinyin(key))
	near := found[:0]
	for _, t := range found {
		t.errors = allowedErrors(key) + 1
		for _, name := range allNames(t.Title, t.Names) {
			if strings.Contains(chinese.Joined(chinese.Pinyin(name)), sound) {
				t.errors = 0
			} else if k := chinese.Key(name); k != "" {
				t.errors = min(t.errors, errorsIn(key, k))
			}
		}
		if t.errors <= allowedErrors(key) {
			near = append(near, t)
		}
	}
	slices.SortStableFunc(near, func(a, b titled) int { return cmp.Compare(a.errors, b.errors) })
	return near, nil
}

// allowedErrors is how many characters of a Chinese text may be wrong.
func allowedErrors(key string) int {
	switch n := utf8.RuneCountInString(key); {
	case n < 3:
		return 0
	case n < 5:
		return 1
	default:
		return 2
	}
}

// nearChinese finds names that sound like the text or share most of its
// characters.
func nearChinese(runs []chinese.Run, key string) plan {
	sound := way{soundClause(chinese.Joined(chinese.Pinyin(key)), "")}
	p := plan{ways: []way{sound}}
	var c clause
	seen := make(map[rune]bool)
	for _, run := range runs {
		for _, r := range run.Text {
			if run.Class == chinese.Han && !seen[r] {
				seen[r] = true
				c.units = append(c.units, unit{{field: fieldNames, term: string(r), weight: weightName}})
			}
		}
	}
	if c.need = len(c.units) - allowedErrors(key); allowedErrors(key) > 0 && c.need > 1 {
		p.ways = append(p.ways, way{c})
	}
	return p
}

// nearLatin finds names with words near the words of the text, or with a whole
// pinyin near it. A text of many words is near nothing.
func (s *snapshot) nearLatin(runs []chinese.Run, key string) (plan, error) {
	var p plan
	var w way
	seen := make(map[string]bool)
	for _, run := range runs {
		word := string(run.Text)
		if stopWords[word] || seen[word] {
			continue
		}
		if seen[word] = true; len(seen) > maxSpelt {
			return p, nil
		}
		near, err := s.spelt(fieldNames, word)
		if err != nil {
			return p, err
		}
		var u unit
		for _, t := range near {
			u = append(u, alt{field: fieldNames, term: t, weight: weightName})
		}
		w = append(w, clause{units: []unit{u}, need: 1})
	}
	if len(w) > 0 {
		p.ways = append(p.ways, w)
	}
	near, err := s.spelt(fieldPinyin, "^"+key)
	var u unit
	for _, t := range near {
		u = append(u, alt{field: fieldPinyin, term: t, bonus: bonusPinyinWhole})
	}
	if len(u) > 0 {
		p.ways = append(p.ways, way{{units: []unit{u}, need: 1}})
	}
	return p, err
}

// spelt returns the terms of a field within one edit of a word of four letters
// or more, two of eight or more, with the same first letter.
func (s *snapshot) spelt(f field, word string) ([]string, error) {
	n := utf8.RuneCountInString(strings.TrimPrefix(word, "^"))
	if n < 4 || n > 40 {
		return []string{word}, nil
	}
	edits, first := 1, 1
	if n >= 8 {
		edits = 2
	}
	if word[0] == '^' {
		first = 2
	}
	for first < len(word) && word[first]&0xC0 == 0x80 {
		first++
	}
	var out []string
	sp, w := newSpeller(word, edits), s.read(f).begins(word[:first])
	for steps := 1; len(out) < maxNear && w.next(); steps++ {
		if steps%stepsBetweenLooks == 0 && s.ctx.Err() != nil {
			return nil, s.ctx.Err()
		}
		if sp.near(w.term) {
			out = append(out, w.term)
		}
	}
	return out, nil
}

// errorsIn is the least number of characters to change, add or drop for text to
// become a part of name.
func errorsIn(text, name string) int {
	a, b := []rune(text), []rune(name)
	row := make([]int, len(b)+1) // zero: a part may begin anywhere
	for i := range a {
		last := row[0]
		row[0] = i + 1
		for j := range b {
			cost := last
			if a[i] != b[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, last+1, row[j]+1)
		}
	}
	best := len(a)
	for _, n := range row { // and end anywhere
		best = min(best, n)
	}
	return best
}
