package index

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/search"
)

// TestHowDocumentsLieInSegmentsChangesNoAnswer: one index was written at once,
// the other in many batches with every document written twice.
func TestHowDocumentsLieInSegmentsChangesNoAnswer(t *testing.T) {
	docs := randomDocs(600, rand.New(rand.NewPCG(11, 12)))
	for i, d := range docs { // names in both scripts, equal scores in plenty
		d.Title.EN = []string{"Square hu", "Bronze owl", ""}[i%3]
		d.Body = []string{"河南省", "出土"}[:i%2+1]
	}
	whole, split := fill(t, search.Staff, docs), fill(t, search.Staff, nil)
	for _, list := range [][]*search.Document{randomDocs(600, rand.New(rand.NewPCG(13, 14))), docs} {
		for part := range slices.Chunk(list, 25) {
			if err := split.Write(context.Background(), Batch{Put: part}); err != nil {
				t.Fatal(err)
			}
		}
	}
	dropSurplus(t, split, docs)
	for _, text := range []string{"", "方壶", "方", "莲鹤方壶甲", "hu", "bronze owls", "fanghu", "lhfh", "河南 方鼎", "T", "shi"} {
		for _, sort := range []search.Sort{search.Relevance, search.ByName, search.ByYear, search.ByDistance} {
			q := search.NewQuery(everybody())
			q.Text, q.Sort, q.Limit, q.Count = text, sort, 40, append([]string{"kind"}, search.FacetNames...)
			if sort == search.ByDistance {
				q.Near = &search.Near{Point: search.Point{Lon: 113, Lat: 34}, KM: 20000}
			}
			for page := range 3 {
				a, err := whole.Search(context.Background(), q, nil)
				if err != nil {
					t.Fatal(err)
				}
				b, err := split.Search(context.Background(), q, nil)
				if err != nil {
					t.Fatal(err)
				}
				a.Took, b.Took = 0, 0
				if diff := cmp.Diff(a, b); diff != "" {
					t.Fatalf("%q by %s, page %d: %s", text, sort, page, diff)
				}
				if q.Cursor = a.Cursor; q.Cursor == "" {
					break
				}
			}
		}
	}
}

// TestTheBeginningOfANumberFindsItHoweverManyShareItsLetters: the letters alone
// stand for more codes than a query may look at.
func TestTheBeginningOfANumberFindsItHoweverManyShareItsLetters(t *testing.T) {
	docs := make([]*search.Document, maxExpansions+200)
	for i := range docs {
		docs[i] = &search.Document{Kind: search.Relic, ID: fmt.Sprintf("r%05d", i), Title: search.Text{ZH: "鼎"}, Codes: []string{fmt.Sprintf("ZD-%06d", 300000+i)}}
	}
	x := fill(t, search.Public, docs)
	q := search.NewQuery(search.PublicScope())
	for text, want := range map[string]int{"ZD-308123": 1, "ZD-30812": 10, "zd 3081": 100} {
		q.Text = text
		if res, err := x.Search(context.Background(), q, nil); err != nil || res.Total != want {
			t.Errorf("%q finds %d, want %d: %v", text, res.Total, want, err)
		}
	}
}

// TestColumnsGoWithTheirSegments: a write forgets what belongs to segments that
// are no more.
func TestColumnsGoWithTheirSegments(t *testing.T) {
	docs := randomDocs(20, rand.New(rand.NewPCG(15, 16)))
	x, other := fill(t, search.Public, docs[:10]), fill(t, search.Public, docs[10:])
	s, err := other.current.snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	gone := s.parts[0].Segment
	x.current.columns.of(gone)
	if err := x.Write(context.Background(), Batch{Put: docs[5:6]}); err != nil {
		t.Fatal(err)
	}
	kept := x.current.columns.kept
	if kept[gone] != nil || len(kept) == 0 {
		t.Errorf("the columns of %d segments are kept, a foreign one among them: %v", len(kept), kept[gone] != nil)
	}
}
