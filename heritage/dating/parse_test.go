package dating

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/fault"
)

const none = -9999999 // an open or unknown bound in the tables below

func bound(y *int) int {
	if y == nil {
		return none
	}
	return *y
}

func TestParseReadsPeriods(t *testing.T) {
	for _, c := range []struct {
		rule, text string
		from, to   int
		unknown    []string
	}{
		{"dynasty", "唐", 618, 907, nil},
		{"dynasty with noise", "唐代", 618, 907, nil},
		{"traditional form", "後漢", 947, 951, nil},
		{"traditional Han", "東漢時期", 25, 220, nil},
		{"zhou is not western zhou", "周", -1046, -256, nil},
		{"western zhou", "西周", -1046, -771, nil},
		{"jin is not western jin", "晋", 265, 420, nil},
		{"western jin", "西晋", 265, 316, nil},
		{"six dynasties", "六朝", 222, 589, nil},
		{"northern and southern", "南北朝", 420, 589, nil},
		{"qin ends in 207 BCE", "秦", -221, -207, nil},
		{"republic", "民国", 1912, 1949, nil},
		{"modern is not the republic", "近代", 1840, 1949, nil},
		{"yin", "殷", -1300, -1046, nil},
		{"wu zhou", "武周", 690, 705, nil},
		{"later zhou of the five dynasties", "五代·后周", 951, 960, nil},
		{"five dynasties, short name", "五代前蜀", 907, 925, nil},
		{"kingdom inside the three", "三国·吴", 222, 280, nil},
		{"wei of the three kingdoms", "三国·魏", 220, 265, nil},
		{"erlitou has years of its own", "二里头文化", -1750, -1530, nil},
		{"phase of a culture", "二里头文化二期", -1680, -1610, nil},
		{"culture in the neolithic", "新石器时代·仰韶文化", -5000, -3000, nil},
		{"late part of a culture", "新石器时代·仰韶文化晚期", -3666, -3000, nil},
		{"two cultures in brackets", "新石器时代（裴李岗文化时期，贾湖文化）", -7000, -5500, nil},
		{"palaeolithic", "旧石器时代", -2100000, -10000, nil},
		{"range", "明至清", 1368, 1911, nil},
		{"range with dash", "战国—汉", -475, 220, nil},
		{"list", "隋、唐", 581, 907, nil},
		{"juxtaposed", "明清", 1368, 1911, nil},
		{"long list", "新石器时代、金、元", -10000, 1368, nil},
		{"late to early", "战国晚期至西汉早期", -305, -133, nil},
		{"fixed part", "春秋中期", -670, -571, nil},
		{"two parts", "春秋中晚期", -670, -476, nil},
		{"late shang", "商代晚期", -1300, -1046, nil},
		{"early shang narrowed", "商代早期（二里岗期）", -1600, -1300, nil},
		{"end of qing to the beginning of the republic", "清末民初", 1845, 1927, nil},
		{"late qing", "晚清", 1823, 1911, nil},
		{"juxtaposed range", "夏商至唐宋", -2070, 1279, nil},
		{"song to yuan is no reign", "宋至元", 960, 1368, nil},
		{"zhiyuan is a reign", "元至元六年", 1269, 1340, nil},
		{"to zhizheng", "元至正元年", 1341, 1341, nil},
		{"reign year in Chinese", "明嘉靖四十四年", 1565, 1565, nil},
		{"reign year in digits", "明弘治2年", 1489, 1489, nil},
		{"reign in brackets", "唐（武周久视元年）", 700, 700, nil},
		{"tomb of a year", "三国·魏（曹魏正始八年墓）", 247, 247, nil},
		{"range of reigns", "东汉（熹平四年至光和六年）", 175, 183, nil},
		{"reign BCE", "汉武帝元鼎四年", -113, -113, []string{"武帝"}},
		{"reign without dynasty", "乾隆", 1736, 1795, nil},
		{"reign of two dynasties", "建武三年", none, none, []string{"建武三年"}},
		{"reign of another dynasty", "唐乾隆三年", 618, 907, []string{"乾隆三年"}},
		{"year that the reign had not", "明永乐八十年", 1368, 1644, []string{"永乐八十年"}},
		{"republic year", "民国二十三年", 1934, 1934, nil},
		{"year", "1918年", 1918, 1918, nil},
		{"years", "1938～1942年", 1938, 1942, nil},
		{"two years", "1971年、1952年", 1952, 1971, nil},
		{"bare years", "618—907", 618, 907, nil},
		{"years override the table", "唐（618—700年）", 618, 700, nil},
		{"century BCE", "公元前13世纪", -1300, -1201, nil},
		{"century in Chinese", "约十世纪", 901, 1000, nil},
		{"centuries", "13世纪至18世纪", 1201, 1800, nil},
		{"first unit missing", "13至18世纪", 1201, 1800, nil},
		{"half a century", "19世纪下半叶", 1851, 1900, nil},
		{"decade", "20世纪50年代", 1950, 1959, nil},
		{"BCE on both ends", "公元前2000年~公元前1500年", -2000, -1500, nil},
		{"BCE on the first", "公元前600—400年", -600, -400, nil},
		{"short BCE", "前5000—前3000年", -5000, -3000, nil},
		{"over the turn", "公元前202—公元8年", -202, 8, nil},
		{"before present", "距今9000—7800年", -7051, -5851, nil},
		{"ten thousands", "10万年前", -98051, -98051, nil},
		{"still so", "明清至今", 1368, none, nil},
		{"since", "清至1994年", 1644, 1994, nil},
		{"until the present state", "唐至中华人民共和国", 618, none, nil},
		{"before", "明以前", none, 1367, nil},
		{"english dynasty", "Tang dynasty", 618, 907, nil},
		{"english range", "Ming to Qing", 1368, 1911, nil},
		{"english part", "Late Shang dynasty", -1300, -1046, nil},
		{"english brackets", "Northern Song dynasty (960–1127)", 960, 1127, nil},
		{"english circa", "c. 1200 BC", -1200, -1200, nil},
		{"english BCE range", "ca. 1200–1050 BCE", -1200, -1050, nil},
		{"english century", "13th century BC", -1300, -1201, nil},
		{"english early century", "early 15th century", 1401, 1433, nil},
		{"english culture", "Neolithic, Yangshao culture", -5000, -3000, nil},
		{"english reign", "Qing dynasty, Kangxi period", 1662, 1722, nil},
		{"english over the turn", "200 BC–AD 220", -200, 220, nil},
		{"english name of two dynasties", "Jin dynasty", none, none, []string{"Jin"}},
		{"english name made clear", "Jin dynasty (1115–1234)", 1115, 1234, nil},
		{"unknown", "年代不详", none, none, []string{"不详"}},
		{"slip of the source", "离", none, none, []string{"离"}},
		{"known beside unknown", "宋、元、胡", 960, 1368, []string{"胡"}},
		{"legend", "传说时代", none, none, []string{"传说"}},
		{"part and whole that do not meet", "三国末曹魏初", 220, 280, nil},
		{"backwards", "1956—1935年", none, none, []string{"1956—1935年"}},
		{"too small for a year", "7", none, none, []string{"7"}},
		{"empty", "  ", none, none, nil},
	} {
		t.Run(c.rule, func(t *testing.T) {
			p := Parse(c.text)
			from, to := p.Bounds()
			if bound(from) != c.from || bound(to) != c.to {
				t.Errorf("Parse(%q) = %d..%d, want %d..%d; %+v", c.text, bound(from), bound(to), c.from, c.to, p)
			}
			if diff := cmp.Diff(c.unknown, p.Unknown); diff != "" {
				t.Errorf("Parse(%q) unknown pieces (-want +got):\n%s", c.text, diff)
			}
		})
	}
}

func TestErasFollowTheWords(t *testing.T) {
	for text, want := range map[string]string{
		"周":          "zhou",
		"西周":         "zhou",
		"春秋、战国":      "zhou",
		"晋":          "jin",
		"六朝":         "three-kingdoms jin northern-southern",
		"夏":          "xia",
		"二里头文化二期":    "erlitou",
		"新石器时代、金、元":  "neolithic jin-jurchen yuan",
		"金至清":        "jin-jurchen yuan ming qing",
		"宋至清":        "song yuan ming qing",
		"三国至唐":       "three-kingdoms jin northern-southern sui tang",
		"北宋":         "song",
		"辽":          "liao",
		"武周":         "tang",
		"民国":         "republic",
		"近代":         "qing republic",
		"1918年":      "republic",
		"618—907":    "tang",
		"清至今":        "qing republic prc",
		"年代不详":       "",
		"新石器时代·仰韶文化": "neolithic",
		"商代早期（二里岗期）": "shang",
		"秦汉":         "qin han",
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
		{at(1368), nil, "1368年起", "from 1368"},
		{nil, nil, "年代不详", "date unknown"},
		{at(-2100000), at(-10000), "约210.2万年前至1.2万年前", "about 2102000 years ago to 12000 years ago"},
	} {
		if got := Years(c.from, c.to, fault.Chinese); got != c.zh {
			t.Errorf("zh: got %q, want %q", got, c.zh)
		}
		if got := Years(c.from, c.to, fault.English); got != c.en {
			t.Errorf("en: got %q, want %q", got, c.en)
		}
	}
}

func TestTablesAreSound(t *testing.T) {
	tb := table()
	for _, e := range tb.entries {
		if e.From == 0 || e.To != nil && (*e.To == 0 || *e.To < e.From) {
			t.Errorf("%s: bad years", e.Code)
		}
		if e.Source == "" || e.ZH == "" || e.EN == "" {
			t.Errorf("%s: without source or label", e.Code)
		}
		if e.Parent != "" && tb.byCode[e.Parent] == nil {
			t.Errorf("%s: parent %s does not exist", e.Code, e.Parent)
		}
		if got := Parse(e.ZH); !e.ByYears && (len(got.Spans) != 1 || len(got.Unknown) != 0) {
			t.Errorf("%s: its own name is read as %+v", e.ZH, got)
		}
	}
	for title, uses := range tb.reigns {
		for _, r := range uses {
			e := tb.byCode[r.dynasty]
			if e == nil || r.to < r.from || r.from == 0 {
				t.Fatalf("%s: bad row %+v", title, r)
			}
			if e.To != nil && (line(r.from) < line(e.From)-25 || line(r.to) > line(*e.To)+5) {
				t.Errorf("%s %d..%d lies outside %s", title, r.from, r.to, e.Code)
			}
		}
	}
}

// TestNationalUnits reads every era of the national list and reports the share
// that is understood.
func TestNationalUnits(t *testing.T) {
	file := filepath.Join("..", "..", "..", "shared", "data", "heritage", "guobao_all.csv")
	f, err := os.Open(file)
	if err != nil {
		t.Skip("SKIPPED: the national list is not beside this repository:", file)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	whole, part, bad := 0, 0, map[string]int{}
	for _, row := range rows[1:] {
		era := row[8]
		switch p := Parse(era); {
		case len(p.Unknown) == 0 && p.Known():
			whole++
		case p.Known():
			part++
			bad[era]++
		default:
			bad[era]++
		}
	}
	var list []string
	for era := range bad {
		list = append(list, era)
	}
	sort.Strings(list)
	n := len(rows) - 1
	t.Logf("%d of %d eras read whole (%.2f %%), %d in part, %d not: %q", whole, n, 100*float64(whole)/float64(n), part, n-whole-part, list)
	if n != 5109 || whole*1000 < n*995 {
		t.Errorf("%d of %d eras read, want 99.5 %%", whole, n)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"明至清", "唐（武周久视元年）", "c. 1200–1050 BC", "公元前13世纪", "((((", "至至至", "三国·吴", "20世纪50年代", "元至元六年", "距今9000—7800年", "明以前", "·"} {
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
		}
		p.Eras()
		from, to := p.Bounds()
		Years(from, to, fault.Chinese)
		if !p.Known() && len(p.Spans) == 0 && len(p.Unknown) == 0 && strings.ContainsAny(s, "唐宋") {
			t.Fatalf("%q: lost without a word", s)
		}
	})
}
