package dating

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"yijianyou/internal/fault"
)

func TestYearsInWords(t *testing.T) {
	at := func(y int) *int { return &y }
	for _, c := range []struct {
		from, to *int
		zh, en   string
	}{
		{at(-670), at(-570), "公元前670—前570年", "670–570 BCE"},
		{at(618), at(907), "618—907年", "618–907"},
		{at(-202), at(8), "公元前202—公元8年", "202 BCE – 8 CE"},
		{at(1918), at(1918), "1918年", "1918"},
		{at(25), at(220), "25—220年", "25–220 CE"},
		{at(9), at(9), "公元9年", "9 CE"},
		{nil, at(1367), "不晚于1367年", "not later than 1367"},
		{at(1368), nil, "1368年起", "1368 or later"},
		{nil, nil, "年代不详", "date unknown"},
		{at(-2100000), at(-10000), "公元前210万—前1万年", "2100000–10000 BCE"},
		{at(-145000000), at(-66000000), "公元前1.45亿—前6600万年", "145000000–66000000 BCE"},
		{at(-98051), at(-98051), "距今10万年", "98051 BCE"},
	} {
		if got := Years(c.from, c.to, fault.Chinese); got != c.zh {
			t.Errorf("zh: got %q, want %q", got, c.zh)
		}
		if got := Years(c.from, c.to, fault.English); got != c.en {
			t.Errorf("en: got %q, want %q", got, c.en)
		}
	}
}

func TestPeriodsAreNamedInBothLanguages(t *testing.T) {
	for text, want := range map[string][2]string{
		"商代晚期":          {"商晚期（约公元前1300—前1046年）", "late Shang (c. 1300–1046 BCE)"},
		"清乾隆庚子":         {"清乾隆四十五年（1780年）", "Qing Qianlong 45 (1780)"},
		"民國卅年":          {"民国三十年（1941年）", "Republic of China 30 (1941)"},
		"战国晚期至西汉早期":     {"战国晚期至西汉早期（约公元前305—前141年）", "late Warring States to early Western Han (c. 305–141 BCE)"},
		"二里头文化三至四期":     {"二里头文化三期至二里头文化四期（约公元前1610—前1530年）", "Erlitou culture phase 3 to Erlitou culture phase 4 (c. 1610–1530 BCE)"},
		"明至今":           {"明至今（1368年至今）", "Ming to the present (1368 to the present)"},
		"c. 1200 BC":    {"约公元前1200年", "c. 1200 BCE"},
		"唐？":            {"唐（疑为618—907年）", "Tang (possibly 618–907)"},
		"1963年、1980年":   {"1963年；1980年", "1963; 1980"},
		"很久":            {"年代不详", "date unknown"},
		"Tang or later": {"618年起", "618 or later"},
	} {
		p := Parse(text)
		if zh, en := p.In(fault.Chinese), p.In(fault.English); zh != want[0] || en != want[1] {
			t.Errorf("%q is printed %q, %q; want %q, %q", text, zh, en, want[0], want[1])
		}
	}
}

// TestPrintedPeriodsAreReadAgain: what is printed means the same bounds, in both
// languages, for every period of the table, every title and year of it, every part,
// and for bare years of all sizes.
func TestPrintedPeriodsAreReadAgain(t *testing.T) {
	tb := table()
	parts := []word{}
	for _, w := range words {
		if w.kind == tPart && !w.prefix {
			parts = append(parts, w)
		}
	}
	named := slices.DeleteFunc(slices.Clone(tb.entries), func(e *entry) bool { return e.ByYears })
	draw := drawSpan(named, parts)
	check := func(rt *rapid.T, want Period, lang fault.Lang) {
		text := want.In(lang)
		got := Parse(text)
		if len(got.Unknown) > 0 || len(got.Doubts) > 0 || len(got.Spans) != len(want.Spans) {
			rt.Fatalf("%q is read as %+v", text, got)
		}
		for i, w := range want.Spans {
			g := got.Spans[i]
			if g.From != w.From || g.To != w.To || g.OpenFrom != w.OpenFrom || g.OpenTo != w.OpenTo || g.Ongoing != w.Ongoing || g.Certainty != w.Certainty {
				rt.Fatalf("%q: span %d is %d..%d (%+v), want %d..%d (%+v)", text, i, g.From, g.To, g, w.From, w.To, w)
			}
		}
		if again := got.In(lang); Parse(again).In(lang) != again {
			rt.Fatalf("%q is printed %q, and that %q", text, again, Parse(again).In(lang))
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		want := Period{Spans: []Span{draw(rt, "first")}}
		if rapid.Bool().Draw(rt, "two") {
			want.Spans = append(want.Spans, draw(rt, "second"))
		}
		check(rt, want, fault.Chinese)
		check(rt, want, fault.English)
	})
}

// drawSpan draws a period of the table, whole or in part, a title or a year of it,
// or bare years of any size.
func drawSpan(named []*entry, parts []word) func(rt *rapid.T, label string) Span {
	return func(rt *rapid.T, label string) Span {
		s := Span{}
		switch rapid.IntRange(0, 3).Draw(rt, label+" kind") {
		case 0:
			s = rapid.SampledFrom(named).Draw(rt, label+" period").span()
			if rapid.Bool().Draw(rt, label+" cut") {
				w := rapid.SampledFrom(parts).Draw(rt, label+" part")
				s = s.cut(w.parts, w.label())
			}
		case 1:
			r := rapid.SampledFrom(table().all).Draw(rt, label+" title")
			n := rapid.IntRange(0, r.years()+1).Draw(rt, label+" year")
			if n > 0 {
				n += r.count - 1
			}
			s = (&side{}).titled(r, n)
		default:
			from := rapid.OneOf(rapid.IntRange(-3000, 2000), rapid.IntRange(-300_000_000, 2000), rapid.Map(rapid.IntRange(1, 600), func(n int) int { return -n * 1000 })).Draw(rt, label+" from")
			to := from + rapid.IntRange(0, 1500).Draw(rt, label+" length")
			s.From, s.To = year(from), min(year(to), lastYear)
			s.Certainty = Certainty(rapid.IntRange(0, 2).Draw(rt, label+" certainty"))
			switch rapid.IntRange(0, 8).Draw(rt, label+" open") {
			case 0:
				s.From, s.OpenFrom = 0, true
			case 1:
				s.To, s.OpenTo = 0, true
			case 2:
				s.To, s.OpenTo, s.Ongoing = 0, true, true
			}
		}
		return s
	}
}
