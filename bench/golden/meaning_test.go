package main

import (
	"context"
	"slices"
	"strings"
	"testing"

	"yijianyou/search"
	"yijianyou/search/chinese"
	"yijianyou/search/index"
)

// TestMeaningNeverHidesWhatIsSaid asks every query of the golden set: a record that
// has each word and each run of characters of it in one piece must be found, be the
// query understood as it may.
func TestMeaningNeverHidesWhatIsSaid(t *testing.T) {
	list, err := readJudged()
	if err != nil {
		t.Fatal(err)
	}
	all, err := openShelves(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer all.close()
	checked := 0
	for name, s := range all {
		texts := make(map[string]string) // key -> its folded texts, a line each
		err := s.documents(t.Context(), search.Public, func(d *search.Document) error {
			lines := slices.Concat([]string{d.Title.ZH, d.Title.EN, d.Summary.ZH, d.Summary.EN}, d.Names, d.Body)
			for i := range lines {
				lines[i] = " " + chinese.Fold(lines[i]) + " "
			}
			texts[string(d.Kind)+"/"+d.ID] = strings.Join(lines, "\n")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range list {
			if q.shelf != name {
				continue
			}
			runs := chinese.Runs([]rune(chinese.Fold(q.text)))
			found := everyHit(t, s.public, q.text)
			for key, text := range texts {
				missing := slices.ContainsFunc(runs, func(r chinese.Run) bool {
					want := string(r.Text)
					if r.Class == chinese.Word {
						want = " " + want + " "
					}
					return !strings.Contains(text, want)
				})
				if missing {
					continue
				}
				if checked++; !found[key] {
					t.Errorf("%s %q does not find %s, which says it", q.id, q.text, key)
				}
			}
		}
	}
	if checked < 1000 {
		t.Errorf("only %d records say a query", checked)
	}
}

// everyHit returns the keys of all that has all of the text.
func everyHit(t *testing.T, x *index.Index, text string) map[string]bool {
	t.Helper()
	q := search.NewQuery(search.PublicScope())
	q.Text, q.Limit = text, search.MaxLimit
	keys := make(map[string]bool)
	for {
		res, err := x.Search(context.Background(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range res.Items {
			keys[string(h.Kind)+"/"+h.ID] = !res.Partial
		}
		if q.Cursor = res.Cursor; q.Cursor == "" {
			return keys
		}
	}
}
