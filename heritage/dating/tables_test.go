package dating

import (
	"sort"
	"testing"
)

func TestPeriodsAreSound(t *testing.T) {
	tb := table()
	kinds := map[string]int{}
	for _, e := range tb.entries {
		kinds[e.Source]++
		if e.From == 0 || e.To != nil && (*e.To == 0 || *e.To < e.From) {
			t.Errorf("%s: bad years", e.Code)
		}
		if e.Source == "" || e.ZH == "" || e.EN == "" {
			t.Errorf("%s: without source or label", e.Code)
		}
		if e.Parent != "" && tb.byCode[e.Parent] == nil {
			t.Errorf("%s: parent %s does not exist", e.Code, e.Parent)
		}
		for _, part := range [][]int{e.Early, e.Middle, e.Late} {
			if len(part) == 2 && (part[0] > part[1] || part[0] < e.From || e.To != nil && part[1] > *e.To) {
				t.Errorf("%s: part %v lies outside", e.Code, part)
			}
		}
		got := Parse(e.ZH)
		if !e.ByYears && (len(got.Spans) != 1 || len(got.Unknown) != 0 || got.Spans[0].Names[0].Code != e.Code) {
			t.Errorf("%s: its own name is read as %+v", e.ZH, got)
		}
		for parent := range e.Inside {
			if tb.byCode[parent] == nil {
				t.Errorf("%s: is named inside %s, which does not exist", e.Code, parent)
			}
		}
	}
	if n := len(tb.entries); n < 120 {
		t.Errorf("%d periods, want 120 at least", n)
	}
	t.Logf("%d periods by source: %v", len(tb.entries), kinds)
}

// TestNamesOfPartsAreTheParts: a period that is called as part of another has the
// years that the table gives that part, so that a name has one meaning.
func TestNamesOfPartsAreTheParts(t *testing.T) {
	tb := table()
	for _, e := range tb.entries {
		for _, w := range words {
			if w.kind != tPart || e.ByYears {
				continue
			}
			zh, en := Named{Code: e.Code, Part: w.label()}, partNames[w.label()]+" "+e.EN
			for _, name := range []string{e.ZH + zh.Part, en} {
				x := tb.names.match(fold([]rune(name)), 0)
				if zh.Part == "" || x == nil || len(x.text) != len([]rune(name)) || len(x.periods) != 1 || x.periods[0] == e {
					continue
				}
				if part := e.span().cut(w.parts, ""); part.From != x.periods[0].From || part.To != *x.periods[0].To {
					t.Errorf("%s is %d to %d, and as part of %s %d to %d", name, x.periods[0].From, *x.periods[0].To, e.Code, part.From, part.To)
				}
			}
		}
	}
}

// TestRegimesHaveTheYearsOfTheirTitles: every title lies in its regime; exceptions
// are titles used before or after the years that are counted for it.
func TestRegimesHaveTheYearsOfTheirTitles(t *testing.T) {
	early := map[Code]int{"qing": 8, "western-xia": 6, "yuan": 11, "cheng-han": 1}                // before the state had its name
	after := map[Code]int{"western-jin": 1, "sui": 1, "dali": 1}                                  // used until the news came
	apart := map[string]bool{"建世": true, "汉复": true, "天启 liang": true, "承平 northern-liang": true} // pretenders beside or after the line
	for _, r := range table().all {
		e := r.regime
		if r.to < r.from || r.from == 0 || r.count < 1 {
			t.Fatalf("%s %d..%d: bad row", r.title, r.from, r.to)
		}
		if apart[r.title] || apart[r.title+" "+string(e.Code)] {
			continue
		}
		if line(r.from) < line(e.From)-early[e.Code] || e.To != nil && line(r.to) > line(*e.To)+after[e.Code] {
			t.Errorf("%s %d..%d lies outside %s %d..%d", r.title, r.from, r.to, e.Code, e.From, *e.To)
		}
	}
}

// TestTitlesAddUpToTheKnownCounts compares the rows of a line with the sum of the titles
// of its rulers: for the Tang 1 of 高祖, 1 of 太宗, 14 of 高宗, 4 of the empress and so on.
func TestTitlesAddUpToTheKnownCounts(t *testing.T) {
	want := map[Code]int{
		"western-han": 38, "xin": 3, "eastern-han": 39, "cao-wei": 11, "shu-han": 5, "sun-wu": 18, "western-jin": 17, "eastern-jin": 19,
		"sui": 5, "tang": 62, "wu-zhou": 13, "northern-song": 35, "southern-song": 22, "liao": 22, "jin-jurchen": 21, "western-xia": 32,
		"yuan": 16, "ming": 17, "qing": 12, "chen": 7, "southern-qi": 8,
	}
	got := map[Code]int{}
	for _, r := range table().all {
		got[r.regime.Code]++
	}
	for code, n := range want {
		if got[code] != n {
			t.Errorf("%s has %d titles, want %d", code, got[code], n)
		}
	}
	if n := len(table().all); n < 450 {
		t.Errorf("%d titles", n)
	}
	t.Logf("%d titles of %d regimes", len(table().all), len(got))
}

// TestALineOfTitlesIsWithoutGap: within a line of rulers each year from the first
// title to the last has one, and two titles share no more than the year of the change.
func TestALineOfTitlesIsWithoutGap(t *testing.T) {
	gaps := map[Code][]int{ // last year before a gap: years in which the line had no title
		"western-han":    {-1},  // the next begins in 1 CE: no year 0
		"tang":           {690}, // Wu Zhou
		"western-wei":    nil,   // no titles after 551
		"western-qin":    {400}, // subject to Later Qin
		"southern-liang": {404}, // subject to Later Qin
		"southern-ming":  nil,
	}
	lines := []Code{"western-han", "eastern-han", "cao-wei", "shu-han", "sun-wu", "western-jin", "eastern-jin", "northern-wei", "eastern-wei", "northern-qi", "northern-zhou",
		"liu-song", "southern-qi", "chen", "sui", "wu-zhou", "tang", "later-liang", "later-tang", "later-jin", "later-zhou", "northern-song", "southern-song", "liao", "jin-jurchen",
		"western-xia", "yuan", "ming", "qing", "former-shu", "later-shu", "southern-han", "han-zhao", "former-qin", "later-qin", "later-yan", "southern-yan", "northern-yan", "western-qin", "southern-liang", "western-liang", "he-xia", "dali", "gaochang"}
	beside := map[string]bool{"绍汉": true, "建始 western-jin": true, "义嘉": true, "太初 liu-song": true, "太初元将": true, "义宁": true, "凤历 later-liang": true}
	for _, code := range lines {
		var list []*reign
		for _, r := range table().all {
			if r.regime.Code == code && !beside[r.title] && !beside[r.title+" "+string(code)] {
				list = append(list, r)
			}
		}
		sort.SliceStable(list, func(i, j int) bool { return line(list[i].from) < line(list[j].from) })
		for i := 1; i < len(list); i++ {
			a, b := list[i-1], list[i]
			if line(b.from) < line(a.to) && a.from != b.from {
				t.Errorf("%s: %s (%d) begins before %s ends (%d)", code, b.title, b.from, a.title, a.to)
			}
			known := false
			for _, g := range gaps[code] {
				known = known || g == a.to
			}
			if line(b.from) > line(a.to)+1 && !known {
				t.Errorf("%s: no title between %s (%d) and %s (%d)", code, a.title, a.to, b.title, b.from)
			}
		}
	}
}

// sexagenary returns the name of a Western year among the sixty: 1644 is 甲申.
func sexagenary(year int) string {
	n := place60(year)
	return string([]rune(stems)[n%10]) + string([]rune(branches)[n%12])
}

// TestKnownYearsHaveTheirNames checks years that are quoted with title, place among
// the sixty and Western year together.
func TestKnownYearsHaveTheirNames(t *testing.T) {
	for text, want := range map[string]struct {
		year  int
		sixty string
	}{
		"乾隆四十五年": {1780, "庚子"}, "崇祯十七年": {1644, "甲申"}, "光绪二十年": {1894, "甲午"}, "光绪二十四年": {1898, "戊戌"}, "光绪二十六年": {1900, "庚子"},
		"宣统三年": {1911, "辛亥"}, "永和九年": {353, "癸丑"}, "东晋太元八年": {383, "癸未"}, "元丰五年": {1082, "壬戌"}, "靖康元年": {1126, "丙午"},
		"建文四年": {1402, "壬午"}, "万历二十年": {1592, "壬辰"}, "万历四十七年": {1619, "己未"}, "康熙元年": {1662, "壬寅"}, "道光二十年": {1840, "庚子"},
		"咸丰元年": {1851, "辛亥"}, "同治元年": {1862, "壬戌"}, "中平元年": {184, "甲子"}, "西汉建元元年": {-140, "辛丑"}, "元封元年": {-110, "辛未"},
		"东汉建武元年": {25, "乙酉"}, "黄初元年": {220, "庚子"}, "贞观元年": {627, "丁亥"}, "唐天宝十四载": {0, ""}, "唐会昌五年": {845, "乙丑"},
		"宋建隆元年": {960, "庚申"}, "大定二十四年": {1184, "甲辰"}, "至元八年": {1271, "辛未"}, "洪武元年": {1368, "戊申"}, "永乐元年": {1403, "癸未"},
		"嘉靖元年": {1522, "壬午"}, "大理盛德五年": {1180, "庚子"}, "西夏天授礼法延祚元年": {1038, "戊寅"}, "辽神册元年": {916, "丙子"}, "民国元年": {1912, "壬子"},
		"太平天国癸好三年": {1853, "癸丑"}, "北魏太和十七年": {493, "癸酉"}, "隋开皇九年": {589, "己酉"}, "武周天授元年": {690, "庚寅"}, "后周显德六年": {959, "己未"},
	} {
		p := Parse(text)
		if want.sixty == "" {
			continue
		}
		if len(p.Spans) != 1 || p.Spans[0].From != want.year || p.Spans[0].To != want.year || sexagenary(want.year) != want.sixty {
			t.Errorf("%s = %+v, %s; want %d, %s", text, p.Spans, sexagenary(want.year), want.year, want.sixty)
		}
	}
}

func TestTheSixtyNamesAreReadAndWritten(t *testing.T) {
	for y := -500; y <= 2000; y++ {
		if y == 0 {
			continue
		}
		n, length := ganzhi([]rune(sexagenary(y)))
		if length != 2 || n != place60(y) {
			t.Fatalf("%d is %s, read as %d", y, sexagenary(y), n)
		}
		if got := sixty(n, y, y); len(got) != 1 || got[0] != y {
			t.Fatalf("year %d of place %d: %v", y, n, got)
		}
	}
}
