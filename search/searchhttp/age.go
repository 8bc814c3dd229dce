package searchhttp

import (
	"strconv"

	"yijianyou/internal/fault"
	"yijianyou/search"
)

// span are the years of a.
func (a Age) span() search.Span {
	if a.To == nil {
		return search.Span{From: a.From, To: search.MaxYear}
	}
	return search.Span{From: a.From, To: *a.To}
}

// value is a as the parameter period takes it.
func (a Age) value() string {
	to := ""
	if a.To != nil {
		to = strconv.Itoa(*a.To)
	}
	return strconv.Itoa(a.From) + ".." + to
}

// spans are the years of the ages, as a query counts them.
func (d Deps) spans() []search.Span {
	out := make([]search.Span, len(d.Ages))
	for i, a := range d.Ages {
		out[i] = a.span()
	}
	return out
}

// ageViews are the ages with what was counted for each.
func (d Deps) ageViews(counts []int, lang fault.Lang) []countView {
	var out []countView
	for i, n := range counts {
		out = append(out, countView{Value: d.Ages[i].value(), Label: d.Ages[i].Name.In(lang), Count: n})
	}
	return out
}
