package index

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/search"
)

// alternatives counts what a plan looks up.
func (p plan) alternatives() (n int) {
	for _, w := range append(p.ways, p.loose, p.exact) {
		for _, c := range w {
			for _, u := range append(c.units, c.meant) {
				for _, a := range u {
					n += 1 + len(a.all)
				}
			}
		}
	}
	return n
}

// storms are texts that begin, name or repeat as much as 256 characters can.
func storms() map[string]string {
	var pairs, han strings.Builder
	for i := range 85 {
		fmt.Fprintf(&pairs, "%c%c ", 'a'+i/26, 'a'+i%26)
	}
	for i := range 256 {
		han.WriteRune('一' + rune(i*7))
	}
	return map[string]string{
		"beginnings": pairs.String(), "characters": han.String(), "parted characters": strings.Join(strings.Split(han.String()[:3*127], ""), " "),
		"a sense of two words": strings.Repeat("8th century ", 21), "times": strings.Repeat("唐春秋", 85), "parted times": strings.Repeat("唐 春秋 ", 51),
		"phrases": strings.Repeat("“的的的”", 51), "phrases of one": strings.Repeat("“的”", 85), "long words": strings.Repeat("vessels ", 32), "a long word": strings.Repeat("sh", 128),
		"slips": strings.Join([]string{"vesselz", "handlez", "crystalz", "dragonz", "phoenixz", "mirrorz", "bronzez", "figurez", "pillowz", "temples", "grottoz", "lotusz", "cranez", "swordz", "museumz", "bellz"}, " "),
	}
}

// TestWorkIsBoundedWhateverIsAsked counts what a plan looks up and how many lists of
// documents are read, over names of many words and with every filter.
func TestWorkIsBoundedWhateverIsAsked(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	docs := randomDocs(400, r)
	for _, d := range docs {
		for range 30 {
			word := make([]byte, 3+r.IntN(6))
			for i := range word {
				word[i] = 'a' + byte(r.IntN(26))
			}
			word[0] = 'a' + byte(r.IntN(4))
			d.Title.EN += string(word) + " "
		}
		d.Body = []string{strings.Repeat("的", 1+r.IntN(9)) + string('一'+rune(r.IntN(2000)))}
	}
	x := fill(t, search.Public, docs)
	texts := storms()
	for i, text := range hostile {
		texts[fmt.Sprint("hostile ", i)] = text
	}
	for name, text := range texts {
		if n := analyse(text, planFields{guarded: true}, words{}).alternatives(); n > 3000 {
			t.Errorf("%s: a plan of %d alternatives", name, n)
		}
		plain := search.NewQuery(search.PublicScope())
		plain.Text = text
		for _, q := range []search.Query{plain, loaded(text)} {
			m := &meter{Context: context.Background()}
			if _, err := x.Search(m, q, nil); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if most := 2*maxExpansions + 2000; m.looks > most {
				t.Errorf("%s: %d lists are read, at most %d", name, m.looks, most)
			}
		}
		m := &meter{Context: context.Background()}
		if _, err := x.Suggest(m, search.PublicScope(), text, fault.English, 5); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if most := 2*maxExpansions + 2000; m.looks > most {
			t.Errorf("%s: a suggestion reads %d lists, at most %d", name, m.looks, most)
		}
	}
}

func TestAPhraseThatStandsTwiceIsLookedForOnce(t *testing.T) {
	p := analyse(strings.Repeat("“莲鹤方壶” \"crane\" ", 9), planFields{}, nil)
	if len(p.phrases) != 2 || len(p.ways) != 1 || len(p.ways[0]) != 2 {
		t.Errorf("%d phrases, %d ways", len(p.phrases), len(p.ways))
	}
	twice := analyse("8th century 8th century", planFields{}, words{})
	if !slices.ContainsFunc(twice.ways, func(w way) bool { return len(w[0].meant) > 0 }) {
		t.Errorf("the sense is not in the plan: %+v", twice)
	}
}

func TestChosenValuesThatNothingHasAreLookedUpOnce(t *testing.T) {
	docs := randomDocs(200, rand.New(rand.NewPCG(19, 20)))
	for _, d := range docs {
		for _, name := range search.FacetNames {
			for i := range search.MaxFacetValues {
				d.Facets[name] = append(d.Facets[name], fmt.Sprint("m", i))
			}
		}
	}
	x := fill(t, search.Staff, docs)
	q := loaded("氢弹")
	by := search.NewQuery(search.StaffScope(actor.Actor{Kind: actor.Staff, ID: "k", Grants: []actor.Grant{{Role: actor.Keeper, Org: "org-1"}}}))
	by.Text, by.Kinds, by.Facets, by.Count = q.Text, q.Kinds, q.Facets, q.Count
	m := &meter{Context: context.Background()}
	res, err := x.Search(m, by, nil)
	if err != nil {
		t.Fatal(err)
	}
	values := len(search.FacetNames) * search.MaxFacetValues
	if len(res.Facets["era"]) != search.MaxFacetValues || m.looks > 4*values {
		t.Errorf("%d values of a facet, %d lists read for %d chosen values", len(res.Facets["era"]), m.looks, values)
	}
}

func TestTheFacetOfATimeIsReadOnceAndOutsideOfTheBudget(t *testing.T) {
	x := fill(t, search.Public, randomDocs(200, rand.New(rand.NewPCG(23, 24))))
	g, release, err := x.acquire()
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	m := &meter{Context: context.Background()}
	s, err := g.snapshot(m)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.budget = 1
	var looks []int
	for range 2 {
		set, err := s.having("museum")
		if err != nil || set.GetCardinality() != 200 {
			t.Fatalf("%d have a museum: %v", set.GetCardinality(), err)
		}
		looks = append(looks, m.looks)
	}
	if s.budget != 1 || looks[0] == 0 || looks[1] != looks[0] {
		t.Errorf("budget %d, looks %v", s.budget, looks)
	}
}

// TestAWalkThroughManyTermsStopsWhenNobodyWaits: over codes that begin alike, and
// words that might be meant by one that is misspelt.
func TestAWalkThroughManyTermsStopsWhenNobodyWaits(t *testing.T) {
	docs := make([]*search.Document, 3)
	for i := range docs {
		docs[i] = &search.Document{Kind: search.Relic, ID: fmt.Sprint(i), Title: search.Text{ZH: "鼎"}}
		for n := range 2 * stepsBetweenLooks {
			code := fmt.Sprintf("zd%06d", n*len(docs)+i)
			docs[i].Codes = append(docs[i].Codes, code)
			docs[i].Body = append(docs[i].Body, strings.Map(func(r rune) rune { return r + 'k' - '0' }, code[2:]))
		}
	}
	x := fill(t, search.Public, docs)
	g, release, err := x.acquire()
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	m := &meter{Context: context.Background()}
	s, err := g.snapshot(m)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for name, walk := range map[string]func() error{
		"codes": func() error { return s.eachCode("zd", func(uint32) {}) },
		"words": func() error { _, err := s.spelt(fieldBody, "kxxxxxxx"); return err },
	} {
		if m.looks, m.limit = 0, 0; walk() != nil || m.looks < 4 {
			t.Errorf("%s: %d looks", name, m.looks)
		}
		if m.looks, m.limit = 0, 2; walk() == nil || m.looks > 4 {
			t.Errorf("%s: the walk goes on after nobody waits, %d looks", name, m.looks)
		}
	}
	var many way
	for i := range 2 * maxSpelt {
		many = append(many, wordClause(fmt.Sprintf("kkk%c%cz", 'a'+i%10, 'a'+i/10), planFields{}, false))
	}
	m.limit = 0
	out, err := s.respelt(many)
	if err != nil {
		t.Fatal(err)
	}
	spelt := 0
	for i := range out {
		if &out[i].units[0] != &many[i].units[0] {
			spelt++
		}
	}
	if spelt != maxSpelt {
		t.Errorf("slips of %d words are looked for", spelt)
	}
}
