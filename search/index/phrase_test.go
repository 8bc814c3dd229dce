package index

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"yijianyou/internal/actor"
	"yijianyou/search"
	"yijianyou/search/chinese"
)

// wordy returns n documents whose texts are strewn with few characters, words and
// numbers, so that pieces of one are often in another in other order.
func wordy(n int, r *rand.Rand) []*search.Document {
	atoms := []string{"莲", "鹤", "方", "壶", "蓮", "铜", "禁", "号", "二", "十", "2", "12", "m5", "crane", "Cranes", "vessel", "vessels", " ", " ", "，", "（", "-", "’", "的"}
	text := func(most int) string {
		var b strings.Builder
		for range 1 + r.IntN(most) {
			b.WriteString(atoms[r.IntN(len(atoms))])
		}
		return b.String()
	}
	out := make([]*search.Document, n)
	for i := range out {
		d := &search.Document{Kind: search.Relic, ID: fmt.Sprintf("id-%05d", i), Org: actor.OrgID(fmt.Sprintf("org-%d", r.IntN(3))), Title: search.Text{ZH: "记" + text(8), EN: text(6)},
			Summary: search.Text{ZH: text(12)}, Body: []string{text(20), text(9)}}
		if r.IntN(3) == 0 {
			d.Names = []string{text(5)}
		}
		if r.IntN(3) == 0 {
			d.Codes = []string{fmt.Sprintf("豫%04d-鼎%d", r.IntN(40), r.IntN(3)), fmt.Sprintf("M%d", r.IntN(30))}
		}
		if r.IntN(2) == 0 {
			d.Guarded = []string{text(8)}
		}
		out[i] = d
	}
	return out
}

// says reports, without an index, whether a document has a phrase: in one line, in
// which words and numbers are not broken, or as a code.
func says(d *search.Document, phrase string, guarded bool) bool {
	lines := append([]string{d.Title.ZH, d.Title.EN, d.Summary.ZH, d.Summary.EN}, d.Names...)
	for _, name := range append([]string{d.Title.ZH, d.Title.EN}, d.Names...) {
		lines = append(lines, chinese.Renumbered(chinese.Fold(name)))
	}
	lines = append(lines, d.Body...)
	if guarded {
		lines = append(lines, d.Guarded...)
	}
	want := parted(phrase)
	for _, line := range lines {
		if strings.Contains(parted(line), want) {
			return true
		}
	}
	return slices.ContainsFunc(d.Codes, func(c string) bool { return chinese.Key(c) == chinese.Key(phrase) })
}

// parted is a folded text with a bar round each word and each character, and a
// space where the text has any.
func parted(text string) string {
	var b strings.Builder
	word := false
	for _, r := range strings.Join(strings.Fields(chinese.Fold(text)), " ") {
		inWord := r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsNumber(r))
		if !inWord || !word {
			b.WriteByte('|')
		}
		b.WriteRune(r)
		word = inWord
	}
	return b.String() + "|"
}

func TestAPhraseIsFoundWhereAScanFindsIt(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	docs := wordy(150, r)
	x := fill(t, search.Staff, docs)
	keeper := search.StaffScope(actor.Actor{Kind: actor.Staff, ID: "k", Grants: []actor.Grant{{Role: actor.Keeper, Org: "org-1"}}})
	scopes := []struct {
		scope         search.Scope
		sees, guarded func(*search.Document) bool
	}{
		{everybody(), func(*search.Document) bool { return true }, func(*search.Document) bool { return true }},
		{keeper, func(d *search.Document) bool { return d.Org == "org-1" }, func(d *search.Document) bool { return d.Org == "org-1" }},
		{search.StaffScope(actor.Actor{Kind: actor.Staff, ID: "a", Grants: []actor.Grant{{Role: actor.Admin, Org: actor.CityWide}}}),
			func(*search.Document) bool { return true }, func(*search.Document) bool { return false }},
	}
	hits, secret := 0, 0
	for round := range 500 {
		of := docs[r.IntN(len(docs))]
		list := slices.Concat([]string{of.Title.ZH, of.Title.EN, of.Summary.ZH}, of.Names, of.Body, of.Guarded, of.Codes)
		runes := []rune(list[r.IntN(len(list))])
		from := r.IntN(len(runes))
		phrase := string(runes[from : from+1+r.IntN(min(7, len(runes)-from))])
		if chinese.Key(phrase) == "" {
			continue
		}
		as := scopes[round%len(scopes)]
		q := search.NewQuery(as.scope)
		q.Text, q.Limit = "“"+phrase+"”", 200
		res, err := x.Search(context.Background(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, d := range docs {
			if as.sees(d) && says(d, phrase, as.guarded(d)) {
				want = append(want, d.ID)
				if !says(d, phrase, false) {
					secret++
				}
			}
		}
		got := hitIDs(res)
		slices.Sort(got)
		if res.Total != len(got) || !slices.Equal(got, append([]string{}, want...)) {
			t.Fatalf("%q finds %d: %v\nwant %d: %v", phrase, res.Total, got, len(want), want)
		}
		hits += len(want)
	}
	if hits < 900 || secret < 10 {
		t.Errorf("%d hits, %d by guarded texts: the test is too easy", hits, secret)
	}
}

func TestSeveralPhrasesAreWantedTogether(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	docs := wordy(150, r)
	x := fill(t, search.Staff, docs)
	for range 100 {
		a, b := []string{"莲鹤", "方壶铜", "m5", "crane vessel", "二十"}[r.IntN(5)], []string{"鹤方", "号莲鹤", "12", "铜禁方", "壶 莲"}[r.IntN(5)]
		q := search.NewQuery(everybody())
		q.Text, q.Limit = "\""+a+"\" 「"+b+"」 \""+a+"\"", 200
		res, err := x.Search(context.Background(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		for _, d := range docs {
			if says(d, a, true) && says(d, b, true) {
				want++
			}
		}
		if res.Total != want {
			t.Fatalf("%s: %d found, want %d", q.Text, res.Total, want)
		}
	}
}
