package dating

import (
	"strings"
	"testing"

	"yijianyou/internal/fault"
)

func FuzzParse(f *testing.F) {
	for _, s := range []string{"明至清", "唐（武周久视元年）", "c. 1200–1050 BC", "公元前13世纪", "((((", "至至至", "三国·吴", "20世纪60—70年代", "元至元六年", "距今1.2-0.8万年", "明以前", "·",
		"乾隆四十五年庚子（1780）", "甲申", "mid- to late 19th century", "Jin Taihe 3 (1203)", "元延祐", "二里头文化三至四期", "Qianlong mark and period", "1949.10.1", "宋或元？", "after 1945, before 1957",
		"清早期至晚期（（清早期至晚期", "太平天国癸好三年", "五十年代", "2,100,000 BCE", "60-70年代、80年代", "前前前年年年", "第第第三世纪", "元初至元初", "乾隆四十五年（1900年以后）", "唐（不晚于600年）", "距今600000000亿年", "乾隆庚子四十六年"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := Parse(s)
		for _, sp := range p.Spans {
			if !sp.OpenFrom && sp.From == 0 || !sp.OpenTo && sp.To == 0 {
				t.Fatalf("%q: year 0 in %+v", s, sp)
			}
			if !sp.OpenFrom && !sp.OpenTo && sp.From > sp.To {
				t.Fatalf("%q: backwards %+v", s, sp)
			}
			if sp.OpenFrom && sp.From != 0 || sp.OpenTo && sp.To != 0 || sp.Ongoing && !sp.OpenTo {
				t.Fatalf("%q: an open end with a year %+v", s, sp)
			}
			for _, r := range sp.Readings {
				if !r.OpenFrom && r.From == 0 || !r.OpenTo && r.To == 0 || r.OpenFrom && r.From != 0 || r.OpenTo && r.To != 0 || !r.OpenFrom && !r.OpenTo && r.From > r.To {
					t.Fatalf("%q: reading %+v", s, r)
				}
			}
		}
		for _, piece := range append(append([]string{}, p.Unknown...), p.Ignored...) {
			if piece == "" {
				t.Fatalf("%q: an empty piece", s)
			}
		}
		p.Eras()
		from, to := p.Extent()
		for _, y := range []*int{from, to} {
			if y != nil && (*y == 0 || *y < -maxYear || *y > maxYear) {
				t.Fatalf("%q: the extent ends at %d", s, *y)
			}
		}
		for _, lang := range []fault.Lang{fault.Chinese, fault.English} {
			text := p.In(lang)
			for _, d := range p.Doubts {
				d.In(lang)
			}
			if again := Parse(text); len([]rune(text)) < maxRunes && len(again.Unknown) > 0 {
				t.Fatalf("%q is printed %q, of which %q is not understood", s, text, again.Unknown)
			}
		}
		if !p.Known() && !p.Undated && len(p.Unknown) == 0 && len(p.Ignored) == 0 && strings.ContainsAny(s, "唐宋") {
			t.Fatalf("%q: lost without a word", s)
		}
	})
}

func TestLongTextsAreRefusedAndNestedOnesEnd(t *testing.T) {
	long := strings.Repeat("乾隆四十五年至", 1500) // 10 kB
	if p := Parse(long); p.Known() || len(p.Unknown) != 1 || len([]rune(p.Unknown[0])) != maxRunes {
		t.Errorf("a text of %d bytes was read: %d spans", len(long), len(p.Spans))
	}
	for _, piece := range []string{"(", "清早期至晚期(", "(清早期至晚期)早期至晚期", "1-", "元至", "、(", "甲申(", "Jin(", "第", "1st "} {
		Parse(strings.Repeat(piece, maxRunes/len([]rune(piece))))
	}
}
