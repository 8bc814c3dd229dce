package vocab

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestEveryListIsBilingualAndSourced(t *testing.T) {
	want := map[string]int{ // terms that a record may hold; figures of WW/T 0017 and the census
		"relic-category": 35, "relic-grade": 5, "completeness": 4, "preservation": 4, "acquisition": 10,
		"accession-range": 5, "number-kind": 8, "mass-range": 6, "site-class": 6, "site-condition": 5, "ownership": 4, "protection-level": 5,
	}
	seen := make(map[string]bool)
	for _, l := range Lists() {
		seen[l.Name] = true
		n := 0
		for _, term := range l.Terms() {
			if !hasHan(term.ZH) || hasHan(term.EN) {
				t.Errorf("%s.%s: labels %q and %q are not one Chinese and one English", l.Name, term.Code, term.ZH, term.EN)
			}
			if !term.Group {
				n++
			}
		}
		if w, ok := want[l.Name]; ok && n != w {
			t.Errorf("%s has %d terms, the standard has %d", l.Name, n, w)
		}
		if !hasHan(l.ZH) || hasHan(l.EN) || l.Source == "" {
			t.Errorf("%s: title or source is missing", l.Name)
		}
	}
	for name := range want {
		if !seen[name] {
			t.Errorf("there is no list %s", name)
		}
	}
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff })
}

func TestFindReadsWhatPeopleWrite(t *testing.T) {
	for _, c := range []struct {
		list, in string
		want     Code
	}{
		{"relic-category", "铜器", "bronze"},
		{"relic-category", "青铜器", "bronze"},
		{"relic-category", " BRONZE ", "bronze"},
		{"relic-category", "玉石器,宝石", "jade-gem"},
		{"relic-category", "铁器、其他金属器", "iron-metal"},
		{"relic-category", "iron-metal", "iron-metal"},
		{"relic-grade", "一级文物", "grade-1"},
		{"relic-grade", "１", "grade-1"},
		{"number-kind", "出土(水)登记号", "excavation"},
		{"protection-level", "全国重点文物保护单位", "national"},
		{"site-class", "古建筑及历史纪念建筑物", "ancient-building"},
		{"preservation", "状态稳定，不需修复", "stable"},
		{"material", "有机质", ""}, // a group is no material
		{"relic-category", "", ""},
		{"relic-category", "飞碟", ""},
	} {
		got, ok := Must(c.list).Find(c.in)
		if got.Code != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q is read as %q", c.list, c.in, got.Code)
		}
	}
}

func TestWordsNameTheAncestorsToo(t *testing.T) {
	words := strings.Join(Must("material").Words("copper"), " ")
	for _, w := range []string{"铜", "bronze", "无机质", "Inorganic"} {
		if !strings.Contains(words, w) {
			t.Errorf("the words of copper lack %s", w)
		}
	}
	if words := strings.Join(Must("material").Words("bone-horn-ivory"), " "); strings.Contains(words, "象牙") {
		t.Errorf("all of bone and horn is called ivory: %s", words)
	}
	if w := Must("material").Words("unobtainium"); w != nil {
		t.Errorf("an unknown code has the words %q", w)
	}
}

func TestABadListIsRefused(t *testing.T) {
	head := "# list: x\n# zh: 表\n# en: List\n# source: s\n# verified: false\n"
	for name, text := range map[string]string{
		"no head":           "code\tzh\ten\na\t甲\tA\n",
		"no English":        head + "code\tzh\ten\na\t甲\n",
		"repeated code":     head + "code\tzh\ten\na\t甲\tA\na\t乙\tB\n",
		"shared name":       head + "code\tzh\ten\na\t甲\tA\nb\t甲\tB\n",
		"unknown parent":    head + "code\tparent\tzh\ten\na\tz\t甲\tA\n",
		"bad code":          head + "code\tzh\ten\nA b\t甲\tA\n",
		"unknown column":    head + "code\tzh\ten\tcolour\na\t甲\tA\tred\n",
		"unknown flag":      head + "code\tzh\ten\tflags\na\t甲\tA\tloud\n",
		"no terms":          head + "code\tzh\ten\n",
		"more cells":        head + "code\tzh\ten\na\t甲\tA\tmore\n",
		"verified is no is": strings.Replace(head, "false", "maybe", 1) + "code\tzh\ten\na\t甲\tA\n",
	} {
		if _, err := parse(text); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if _, err := parse(head + "code\tzh\ten\na\t甲\tA\n"); err != nil {
		t.Errorf("a good list is refused: %v", err)
	}
}

func FuzzParseNeverPanics(f *testing.F) {
	paths, _ := fs.Glob(data, "data/*.tsv")
	for _, p := range paths {
		raw, err := fs.ReadFile(data, p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, err := parse(text)
		if err == nil && (l.Name == "" || len(l.Terms()) == 0) {
			t.Error("a list without name or terms was taken")
		}
	})
}

func TestAFileHoldsTheListOfItsName(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a file with the name of another list was taken")
		}
	}()
	mustLoad(fstest.MapFS{"data/y.tsv": {Data: []byte("# list: x\n# zh: 表\n# en: List\n# source: s\n# verified: false\ncode\tzh\ten\na\t甲\tA\n")}})
}
