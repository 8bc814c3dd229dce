package index

import (
	"slices"
	"strings"

	"yijianyou/search"
)

// Few hits are followed by what has most of what is sought.
const (
	fewHits   = 20   // so many are no longer few
	maxWeaker = 20   // documents that follow
	leastMost = 0.45 // of what is sought, each part by its rarity: of two words the one that says more
)

// weaker returns what follows the hits of res, which answers q with p: best first,
// without these.
func (s *snapshot) weaker(q search.Query, p plan, res search.Result) ([]search.Hit, error) {
	if q.Sort != search.Relevance || q.Cursor != "" || res.Cursor != "" || res.Total >= fewHits || !p.parted() {
		return nil, nil
	}
	loose := plan{key: p.key, loose: p.loose, asks: true, most: leastMost}
	if p.asks { // which has found what has much of it and scores well beside the best
		loose.most, loose.any = 0, true
	}
	q.Count, q.Spans, q.Limit = nil, nil, res.Total+maxWeaker
	more, err := s.answer(q, loose)
	if err != nil {
		return nil, err
	}
	found := make(map[string]bool, len(res.Items))
	for _, h := range res.Items {
		found[Key(h.Kind, h.ID)] = true
	}
	more.Items = slices.DeleteFunc(more.Items, func(h search.Hit) bool { return found[Key(h.Kind, h.ID)] })
	return more.Items[:min(len(more.Items), maxWeaker)], nil
}

// parted reports whether p has parts of which a document may lack some. A question is
// answered so from the start, words in quotes are wanted as they are, and a number
// that is nearly another is none.
func (p plan) parted() bool {
	if len(p.exact) > 0 || isASCII(p.key) && strings.ContainsAny(p.key, "0123456789") {
		return false
	}
	parts := 0
	for _, c := range p.loose {
		parts += len(c.units)
	}
	return parts > 1
}
