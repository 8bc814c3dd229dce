package dating

import (
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/fault"
)

// expectation is a row of testdata/expectations.csv.
type expectation struct {
	text      string
	from, to  *int
	certainty Certainty
	unknown   string // the pieces not understood, joined by |
	note      string
}

// bound reads a year of a test table; "-" is unknown or open.
func bound(t *testing.T, s string) *int {
	t.Helper()
	if s == "-" {
		return nil
	}
	y, err := strconv.Atoi(s)
	if err != nil {
		t.Fatalf("%q is no year", s)
	}
	return &y
}

func write(y *int) string {
	if y == nil {
		return "-"
	}
	return strconv.Itoa(*y)
}

func expectations(t *testing.T) []expectation {
	t.Helper()
	f, err := os.Open("testdata/expectations.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []expectation
	for _, r := range rows[1:] {
		c := slices.Index([]string{"certain", "approximate", "doubtful"}, r[3])
		if c < 0 {
			t.Fatalf("%q: %q is no certainty", r[0], r[3])
		}
		out = append(out, expectation{text: r[0], from: bound(t, r[1]), to: bound(t, r[2]), certainty: Certainty(c), unknown: r[4], note: r[5]})
	}
	return out
}

func TestRealStringsMeanTheseYears(t *testing.T) {
	table := expectations(t)
	if len(table) < 300 {
		t.Fatalf("%d strings, want 300 at least", len(table))
	}
	for _, c := range table {
		p := Parse(c.text)
		from, to := p.Bounds()
		if write(from) != write(c.from) || write(to) != write(c.to) || p.Certainty() != c.certainty {
			t.Errorf("%q: got %s..%s certainty %d, want %s..%s certainty %d", c.text, write(from), write(to), p.Certainty(), write(c.from), write(c.to), c.certainty)
		}
		if got := strings.Join(p.Unknown, "|"); got != c.unknown {
			t.Errorf("%q: not understood %q, want %q", c.text, got, c.unknown)
		}
	}
}

func TestTheSameTitleOfSeveralRegimesIsToldApart(t *testing.T) {
	for _, c := range []struct {
		text     string
		chosen   int
		readings []int
		doubtful bool
	}{
		{"建武三年", 27, []int{496, 337}, true}, // the others had no third year
		{"东汉建武三年", 27, nil, false},
		{"后赵建武三年", 337, nil, false},
		{"太平二年", 1022, []int{257, 557, 410, 617, 1357}, true},
		{"吴太平二年", 257, nil, false},
		{"北燕太平二年", 410, nil, false},
		{"天福七年", 942, nil, false},
		{"元至元六年", 1269, []int{1340}, true},
		{"贞观十三年", 639, []int{1113}, false}, // nobody means the Western Xia by it
		{"西夏贞观十三年", 1113, nil, false},
		{"清甲申", 1884, []int{1824, 1764, 1704, 1644}, true},
		{"光绪甲午", 1894, nil, false},
	} {
		p := Parse(c.text)
		if len(p.Spans) != 1 {
			t.Fatalf("%q: %+v", c.text, p)
		}
		s := p.Spans[0]
		var got []int
		for _, r := range s.Readings {
			got = append(got, r.From)
		}
		if s.From != c.chosen || !cmp.Equal(got, c.readings) || (s.Certainty == Doubtful) != c.doubtful || (len(p.Doubts) > 0) != c.doubtful {
			t.Errorf("%q: read as %d, else %v, certainty %d, doubts %v; want %d, else %v", c.text, s.From, got, s.Certainty, p.Doubts, c.chosen, c.readings)
		}
	}
}

func TestTheExtentHoldsEveryReading(t *testing.T) {
	for text, want := range map[string]string{
		"建武三年":         "27..496",
		"元至元六年":        "1269..1340",
		"清甲申":          "1644..1884",
		"甲申年":          "-..-", // any of the sixty years
		"Jin dynasty":  "265..1234",
		"贞观十三年":        "639..639",
		"乾隆四十五年（1781）": "1780..1781",
		"明至清":          "1368..1911",
		"清至今":          "1644..-",
	} {
		from, to := Parse(text).Extent()
		if got := write(from) + ".." + write(to); got != want {
			t.Errorf("extent of %q = %s, want %s", text, got, want)
		}
	}
}

func TestWhatStandsBesideConfirmsOrContradicts(t *testing.T) {
	for _, c := range []struct {
		text     string
		from, to int
		doubt    DoubtKind // empty: none
	}{
		{"乾隆四十五年（1780年）", 1780, 1780, ""},
		{"乾隆四十五年（1781年）", 1780, 1780, Contradicted},
		{"乾隆四十五年庚子", 1780, 1780, ""},
		{"乾隆四十五年辛丑", 1780, 1780, Contradicted},
		{"甲申年(1644)", 1644, 1644, ""},
		{"甲申年（1645）", 1944, 1944, Contradicted},
		{"光绪二十六年（庚子，1900年）", 1900, 1900, ""},
		{"民国二十年（1932年）", 1931, 1931, Contradicted},
		{"元至元六年（1340）", 1340, 1340, ""},
		{"Jin dynasty (1115–1234)", 1115, 1234, ""},
		{"西汉（前206—公元25年）", -206, 25, ""}, // conventions differ by that much
		{"唐（1368—1644年）", 1368, 1644, Contradicted},
		{"清乾隆款", 1736, 1795, MarkOnly},
		{"Qianlong mark and period", 1736, 1795, ""},
		{"Xuande mark, Qing dynasty", 1644, 1911, MarkOnly},
		{"崇祯十八年", 1645, 1645, BeyondReign},
	} {
		p := Parse(c.text)
		from, to := p.Bounds()
		if write(from) != strconv.Itoa(c.from) || write(to) != strconv.Itoa(c.to) {
			t.Errorf("%q = %s..%s, want %d..%d", c.text, write(from), write(to), c.from, c.to)
		}
		kinds := []DoubtKind{}
		for _, d := range p.Doubts {
			kinds = append(kinds, d.Kind)
			if d.In(fault.Chinese) == "" || d.In(fault.English) == "" || strings.Contains(d.In(fault.Chinese), "%!") {
				t.Errorf("%q: doubt without words", c.text)
			}
		}
		want := []DoubtKind{}
		if c.doubt != "" {
			want = append(want, c.doubt)
		}
		if c.text == "甲申年（1645）" { // ambiguous first, then contradicted
			want = []DoubtKind{Ambiguous, Contradicted}
		}
		if !cmp.Equal(kinds, want) {
			t.Errorf("%q: doubts %v, want %v", c.text, kinds, want)
		}
	}
}

// TestWhatTheTextDoubtsStaysDoubted: also where years beside it settle which of several
// readings is meant, and where a mark is said to be of its period.
func TestWhatTheTextDoubtsStaysDoubted(t *testing.T) {
	for text, want := range map[string]Certainty{
		"元至元六年（1340）": Certain, "元至元六年？（1340）": Doubtful, "约甲申年（1644）": Approximate, "疑甲申年（1644）": Doubtful, "甲申年(?)（1644）": Doubtful,
		"乾隆款本朝": Certain, "约乾隆款本朝": Approximate, "建武三年款本朝": Doubtful,
	} {
		if p := Parse(text); p.Certainty() != want || len(p.Unknown) > 0 {
			t.Errorf("%q has certainty %d, want %d: %+v", text, p.Certainty(), want, p)
		}
	}
}

// TestAnOpenEndIsNoYear: what stands beside a period and is open keeps its end open in
// doubts and in the extent; there is no year 0.
func TestAnOpenEndIsNoYear(t *testing.T) {
	for text, want := range map[string]string{"乾隆四十五年（1900年以后）": "1780..-", "乾隆四十五年（1930年至今）": "1780..-", "唐（不晚于600年）": "-..907", "唐代？（618年以前）": "-..907"} {
		p := Parse(text)
		from, to := p.Extent()
		if got := write(from) + ".." + write(to); got != want || len(p.Doubts) == 0 {
			t.Errorf("extent of %q = %s, want %s", text, got, want)
		}
		for _, d := range p.Doubts {
			for _, lang := range []fault.Lang{fault.Chinese, fault.English} {
				if words := d.In(lang); strings.Contains(words, "—0") || strings.Contains(words, "为0") || strings.Contains(words, " 0") {
					t.Errorf("%q: %s", text, words)
				}
			}
		}
	}
}

func TestNoYearIsBeyondWhatIsKept(t *testing.T) {
	for _, text := range []string{"46亿年", "距今600000000亿年", "100亿年前", "4600 million years ago", "7亿年前"} {
		if p := Parse(text); p.Known() || len(p.Unknown) == 0 {
			from, to := p.Bounds()
			t.Errorf("%q is read as %s..%s", text, write(from), write(to))
		}
	}
	for text, want := range map[string]int{"5亿年前": -499998051, "1.2 million years ago": -1198051} {
		if from, _ := Parse(text).Bounds(); write(from) != strconv.Itoa(want) {
			t.Errorf("%q begins %s, want %d", text, write(from), want)
		}
	}
}

// TestACountBesideAYearOfTheSixtySaysWhichYearItWouldBe: 庚子 of Qianlong is the 45th.
func TestACountBesideAYearOfTheSixtySaysWhichYearItWouldBe(t *testing.T) {
	for text, other := range map[string]int{"乾隆庚子四十五年": 0, "乾隆庚子四十六年": 1781, "乾隆辛丑四十五年": 1780} {
		p := Parse(text)
		if len(p.Spans) != 1 || len(p.Unknown) > 0 {
			t.Fatalf("%q: %+v", text, p)
		}
		r := p.Spans[0].Readings
		if other == 0 && len(r) > 0 || other != 0 && (len(r) != 1 || r[0].From != other || r[0].To != other) {
			t.Errorf("%q may also be %+v, want %d", text, r, other)
		}
	}
}

func TestDaysAreNamedAndTellNoYear(t *testing.T) {
	for text, want := range map[string][]string{
		"1937年7月7日":          {"7月", "7日"},
		"乾隆四十五年闰四月":          {"闰四月"},
		"光绪二十六年庚子孟秋月":        {"孟秋月"},
		"康熙五十二年三月初三":         {"三月", "初三"},
		"October 1952":       {"October"},
		"11/13/1918":         {"11/13"},
		"1949.10.1":          {"10.1"},
		"1963, printed 1980": {"printed"},
		"清乾隆":                nil,
	} {
		p := Parse(text)
		if !cmp.Equal(p.Ignored, want) || len(p.Unknown) > 0 || !p.Known() {
			t.Errorf("%q: ignored %q, not understood %q", text, p.Ignored, p.Unknown)
		}
	}
}

func TestSourcesThatSayNothingAreUndated(t *testing.T) {
	for _, text := range []string{"年代不详", "时代不明", "待考", "no date", "n.d.", "Undated"} {
		if p := Parse(text); !p.Undated || p.Known() || len(p.Unknown) > 0 {
			t.Errorf("%q: %+v", text, p)
		}
	}
	if p := Parse("很久以前"); p.Undated || p.Known() || len(p.Unknown) == 0 {
		t.Errorf("what is not understood is no statement: %+v", p)
	}
}

func TestErasFollowTheWords(t *testing.T) {
	for text, want := range map[string]string{
		"周": "zhou", "西周": "zhou", "春秋、战国": "zhou", "春秋·郑": "zhou", "晋": "jin", "六朝": "three-kingdoms jin northern-southern", "夏": "xia",
		"二里头文化二期": "erlitou", "新石器时代、金、元": "neolithic jin-jurchen yuan", "金至清": "jin-jurchen yuan ming qing", "宋至清": "song yuan ming qing",
		"三国至唐": "three-kingdoms jin northern-southern sui tang", "北宋": "song", "辽": "liao", "武周": "tang", "民国": "republic", "近代": "qing republic",
		"1918年": "republic", "618—907": "tang", "清至今": "qing republic prc", "年代不详": "", "新石器时代·仰韶文化": "neolithic", "商代早期（二里岗期）": "shang", "秦汉": "qin han",
		"清乾隆四十五年": "qing", "光绪甲午": "qing", "仰韶文化晚期": "neolithic", "抗日战争时期": "republic", "白垩纪": "",
	} {
		var got []string
		for _, c := range Parse(text).Eras() {
			got = append(got, string(c))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("eras of %q = %q, want %q", text, s, want)
		}
	}
}

func TestDynastiesNeverConcludeWhatIsContested(t *testing.T) {
	at := func(from, to int) []Code { return Dynasties(&from, &to) }
	for _, c := range []struct {
		from, to int
		want     []Code
	}{
		{-1750, -1530, []Code{"early-bronze", "shang"}},
		{-2000, -1700, []Code{"early-bronze"}},
		{618, 907, []Code{"tang"}},
		{618, 618, []Code{"tang"}},
		{1127, 1127, []Code{"song"}},
		{-205, -205, []Code{}},
		{1911, 1911, []Code{"qing"}},
		{960, 1127, []Code{"song"}},
		{1949, 2000, []Code{"prc"}},
	} {
		if diff := cmp.Diff(c.want, at(c.from, c.to)); diff != "" {
			t.Errorf("Dynasties(%d, %d) (-want +got):\n%s", c.from, c.to, diff)
		}
	}
	if got := Dynasties(nil, nil); got != nil {
		t.Errorf("Dynasties of unknown years = %v", got)
	}
	y := 700
	if diff := cmp.Diff([]Code{"tang"}, Dynasties(&y, nil)); diff != "" {
		t.Error(diff)
	}
	for _, c := range Eras() {
		if zh, en, ok := c.Label(); !ok || zh == "" || en == "" {
			t.Errorf("era %s has no label in both languages", c)
		}
	}
}
