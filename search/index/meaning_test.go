package index

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"yijianyou/search"
	"yijianyou/search/chinese"
)

// meaningful returns n documents whose names and texts are made of what the lexicon
// of the tests knows and what it does not, many of them dated.
func meaningful(n int, r *rand.Rand) []*search.Document {
	words := []string{"青铜", "铜器", "唐", "春秋", "酒器", "汴京", "开封", "尊", "方壶", "陶", "纹", "8th century", "horse", "bronze"}
	text := func() string {
		s := ""
		for range 1 + r.IntN(3) {
			s += words[r.IntN(len(words))] + []string{"", "", " "}[r.IntN(3)]
		}
		return s
	}
	out := make([]*search.Document, n)
	for i := range out {
		d := &search.Document{Kind: search.Relic, ID: fmt.Sprintf("id-%05d", i), Title: search.Text{ZH: "记" + text()}, Body: []string{text()}}
		if r.IntN(3) > 0 {
			from := r.IntN(2000) - 900
			to := from + r.IntN(300)
			d.FromYear, d.ToYear = &from, &to
		}
		out[i] = d
	}
	return out
}

// TestMeaningAddsToWhatIsSaid compares answers with and without a lexicon: a record
// that has every word of the text in one piece is found by both.
func TestMeaningAddsToWhatIsSaid(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	docs := meaningful(190, r)
	with, without := fill(t, search.Public, docs), fill(t, search.Public, docs)
	without.opts.Lexicon = nil
	find := func(x *Index, text string) []string {
		q := search.NewQuery(search.PublicScope())
		q.Text, q.Limit = text, 200
		res, err := x.Search(context.Background(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		if res.Partial {
			return nil
		}
		return hitIDs(res)
	}
	words := []string{"青铜", "唐", "春秋", "酒器", "汴京", "尊", "陶", "纹", "8th century", "horse", "“方壶”"}
	added := 0
	for range 400 {
		text := ""
		for range 1 + r.IntN(3) {
			text += words[r.IntN(len(words))] + []string{"", " ", " "}[r.IntN(3)]
		}
		said, meant := find(without, text), find(with, text)
		for _, id := range said {
			if !slices.Contains(meant, id) && saysAll(docs, id, text) {
				t.Fatalf("%q: %s is no longer found because of what is meant", text, id)
			}
		}
		if len(meant) > len(said) {
			added++
		}
	}
	if added < 50 {
		t.Errorf("the lexicon added something to %d answers only", added)
	}
}

// saysAll reports whether the document with an id has each run of a text in one piece.
func saysAll(docs []*search.Document, id, text string) bool {
	d := docs[slices.IndexFunc(docs, func(d *search.Document) bool { return d.ID == id })]
	return !slices.ContainsFunc(chinese.Runs([]rune(chinese.Fold(text))), func(run chinese.Run) bool { return !says(d, string(run.Text), false) })
}

// TestTheOrderChangesNothingOfWhatIsFound compares the order of relevance, for which
// documents are scored, with that of names, for which sets may do.
func TestTheOrderChangesNothingOfWhatIsFound(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	x := fill(t, search.Public, append(meaningful(300, r), publicly(wordy(300, r))...))
	words := []string{"青铜", "唐", "春秋", "酒器", "汴京", "尊", "陶纹", "8th century", "hor", "莲鹤方", "铜禁", "12号", "m5", "crane vessel", "豫", "豫00", "m1", "“鹤方”", "“方壶铜”", "铜hu"}
	for range 300 {
		text := ""
		for range 1 + r.IntN(3) {
			text += words[r.IntN(len(words))] + []string{"", " ", " "}[r.IntN(3)]
		}
		if n := totals(t, x, text); n[0] != n[1] {
			t.Fatalf("%q finds %d by relevance, %d by name", text, n[0], n[1])
		}
	}
	for name, text := range storms() {
		if n := totals(t, x, text); n[0] != n[1] {
			t.Errorf("%s: %d by relevance, %d by name", name, n[0], n[1])
		}
	}
}

// totals returns the totals by relevance and by name.
func totals(t *testing.T, x *Index, text string) (out [2]int) {
	t.Helper()
	for i, sort := range []search.Sort{search.Relevance, search.ByName} {
		q := search.NewQuery(search.PublicScope())
		q.Text, q.Sort = text, sort
		res, err := x.Search(context.Background(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = res.Total
	}
	return out
}

// publicly returns documents without their guarded texts, by other names than before.
func publicly(docs []*search.Document) []*search.Document {
	for _, d := range docs {
		d.ID, d.Guarded = "p"+d.ID, nil
	}
	return docs
}
