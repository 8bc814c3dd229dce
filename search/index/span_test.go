package index

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yijianyou/search"
)

// TestStretchesThatOnlyTurnIntoEachOtherDoNotMeet: the years of 清 find nothing of 明
// for having 1644 in common, but what was made in that year.
func TestStretchesThatOnlyTurnIntoEachOtherDoNotMeet(t *testing.T) {
	var docs []*search.Document
	for _, years := range [][2]int{{1368, 1644}, {1644, 1911}, {1644, 1644}, {1600, 1645}, {-476, -221}, {-221, -207}} {
		docs = append(docs, &search.Document{Kind: search.Relic, ID: strings.ReplaceAll(fmt.Sprintf("y%d_%d", years[0], years[1]), "-", "b"), Title: search.Text{ZH: "鼎"}, FromYear: &years[0], ToYear: &years[1]})
	}
	x := fill(t, search.Public, docs)
	year := func(y int) *int { return &y }
	for _, c := range []struct {
		from, to *int
		finds    []string
	}{
		{year(1644), year(1911), []string{"y1600_1645", "y1644_1644", "y1644_1911"}},
		{year(1368), year(1644), []string{"y1368_1644", "y1600_1645", "y1644_1644"}},
		{year(1644), year(1644), []string{"y1368_1644", "y1600_1645", "y1644_1644", "y1644_1911"}},
		{year(1644), nil, []string{"y1368_1644", "y1600_1645", "y1644_1644", "y1644_1911"}},
		{nil, year(-221), []string{"yb221_b207", "yb476_b221"}},
		{year(-475), year(-221), []string{"yb476_b221"}},
		{year(-221), year(220), []string{"yb221_b207"}},
	} {
		for _, text := range []string{"", "鼎"} {
			q := search.NewQuery(search.PublicScope())
			q.Text, q.FromYear, q.ToYear = text, c.from, c.to
			if c.from != nil && c.to != nil {
				q.Spans = []search.Span{{From: *c.from, To: *c.to}}
			}
			res, err := x.Search(context.Background(), q, nil)
			if err != nil {
				t.Fatal(err)
			}
			got := hitIDs(res)
			slices.Sort(got)
			if !slices.Equal(got, c.finds) || len(res.Spans) > 0 && res.Spans[0] != len(got) {
				t.Errorf("%q from %v to %v: found %v, counted %v, want %v", text, c.from, c.to, got, res.Spans, c.finds)
			}
		}
	}
}
