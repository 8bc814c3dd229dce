package index

import (
	"context"
	"fmt"
	"testing"

	"yijianyou/search"
)

// manyBeginnings are n documents whose names, bodies and readings all begin with
// "qa", no two alike, and one of another name.
func manyBeginnings(n int) []*search.Document {
	docs := []*search.Document{{Kind: search.Relic, ID: "other", Title: search.Text{ZH: "莲鹤方壶"}}}
	for i := range n {
		docs = append(docs, &search.Document{Kind: search.Relic, ID: fmt.Sprintf("r%05d", i), Title: search.Text{EN: fmt.Sprintf("qa%05d", i)}, Point: &search.Point{Lon: 113, Lat: 34}})
	}
	return docs
}

func TestABeginningOfMoreTermsThanTheBudgetIsSaidToBeCut(t *testing.T) {
	x := fill(t, search.Public, manyBeginnings(20))
	g, release, err := x.acquire()
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	for _, c := range []struct {
		budget, finds int
		cut           bool
	}{{100, 20, false}, {20, 20, false}, {19, 19, true}, {1, 1, true}, {0, 0, true}} {
		s, err := g.snapshot(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		r := s.read(fieldNames)
		s.budget = c.budget
		n := 0
		if err := r.expand("qa", func() error { n++; return nil }); err != nil {
			t.Fatal(err)
		}
		if n != c.finds || s.cut != c.cut {
			t.Errorf("a budget of %d: %d terms, cut %v", c.budget, n, s.cut)
		}
		if err := r.expand("nothing", nil); err != nil || s.cut != c.cut {
			t.Errorf("a budget of %d: what begins nothing changes cut: %v", c.budget, err)
		}
	}
}

func TestAnAnswerSaysThatItIsCutAndACharacterMoreMendsIt(t *testing.T) {
	x := fill(t, search.Public, manyBeginnings(maxExpansions+100))
	for _, c := range []struct {
		text string
		cut  bool
	}{{"qa", true}, {"qa0", true}, {"qa00", false}, {"莲鹤", false}, {"", false}, {"qa 莲鹤方", true}, {"qa00001 莲鹤", false}} {
		for _, again := range []bool{false, true} { // from the index, and as it was kept
			q := search.NewQuery(search.PublicScope())
			q.Text, q.Limit = c.text, 1
			res, err := x.Search(context.Background(), q, nil)
			if err != nil {
				t.Fatal(err)
			}
			if res.Cut != c.cut {
				t.Errorf("%q (again %v): cut %v, %d hits", c.text, again, res.Cut, res.Total)
			}
		}
	}
}

// TestWhatIsAskedBesideTheTextCutsNothing: what helps and what was meant is looked
// for in other words.
func TestWhatIsAskedBesideTheTextCutsNothing(t *testing.T) {
	x := fill(t, search.Public, manyBeginnings(maxExpansions+100))
	q := search.NewQuery(search.PublicScope())
	q.Text, q.Placed = "莲鹤方壶", true
	res, err := x.Search(context.Background(), q, nil)
	if err != nil {
		t.Fatal(err)
	}
	if res.Cut || res.Total != 0 || res.Help == nil || len(res.Help.Without) != 2 || res.Help.Without[1] != (search.Relaxed{Filter: "placed", Total: 1}) {
		t.Errorf("cut %v, %d hits, help %+v", res.Cut, res.Total, res.Help)
	}
}
