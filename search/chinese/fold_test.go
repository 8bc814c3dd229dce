package chinese

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"蓮鶴方壺": "莲鹤方壶", "臺灣": "台湾", "台湾": "台湾", "ＡＢＣ１２３": "abc123", "Café": "cafe", "Xi’an": "xian", "Xi'an": "xian", "鍾鐘钟": "钟钟钟",
		"编钟（王孙诰）": "编钟 王孙诰 ", "a\x00b": "a b", "\xff": " ", "lǜ": "lu", "ｶﾞ": "カ", "裏里裡": "里里里", "後后": "后后", "缶": "缶", "皇后": "皇后",
		"婦好鴞尊": "妇好鸮尊", "①": "1", "Ⅳ": "ⅳ", "ß": "ß", "İ": "i", "豈": "岂", "": "",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldingTableNeedsOneStep(t *testing.T) {
	if len(variants()) < 3000 {
		t.Fatalf("only %d variants", len(variants()))
	}
	for from, to := range variants() {
		if _, again := variants()[to]; again {
			t.Errorf("%c folds to %c, which folds on", from, to)
		}
	}
}

func TestFoldMapPointsBack(t *testing.T) {
	s := "《蓮鶴》 Xi'an"
	f := FoldMap(s)
	if string(f.Runes) != Fold(s) {
		t.Fatalf("runes %q", string(f.Runes))
	}
	i := slices.Index(f.Runes, '鹤')
	if got := s[f.Start[i]:f.End[i]]; got != "鶴" {
		t.Errorf("鹤 came from %q", got)
	}
}

func TestRuns(t *testing.T) {
	var got []string
	for _, r := range Runs([]rune(Fold("莲he方壶 M5号，Bronze"))) {
		s := string(r.Text)
		if r.Glued {
			s = "+" + s
		}
		got = append(got, s)
	}
	if want := []string{"莲", "+he", "+方壶", "m5", "+号", "bronze"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := (Run{Text: []rune("莲鹤方壶")}).Bigrams(); !slices.Equal(got, []string{"莲鹤", "鹤方", "方壶"}) {
		t.Errorf("bigrams %q", got)
	}
}

func TestSortKeyOrder(t *testing.T) {
	want := []string{"2号坑", "10号坑", "100号坑", "A", "Bronze 2", "Bronze 10", "安阳", "安阳殷墟", "昂", "长城", "重庆", "方壶", "荥阳", "浚县", "中牟", "重阳木"}
	want[15] = "重器"
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return strings.Compare(SortKey(a), SortKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if SortKey("蓮鶴") != SortKey("莲鹤") || SortKey("ＡＢ") != SortKey("ab") || SortKey("") != "" {
		t.Error("form, width or case counts")
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"蓮鶴方壺", "ＡＢＣ ①Ⅳ㌔", "Ǆ\u0345ﬃ\u212b", "\xff\xfe", "İıſ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if !utf8.ValidString(once) {
			t.Fatalf("%q folds to invalid %q", s, once)
		}
		if twice := Fold(once); twice != once {
			t.Fatalf("%q folds to %q and again to %q", s, once, twice)
		}
		if m := FoldMap(s); string(m.Runes) != once {
			t.Fatalf("%q: the map folds to %q, not %q", s, string(m.Runes), once)
		}
		if key := Key(s); Key(key) != key || strings.Contains(key, " ") {
			t.Fatalf("%q: key %q", s, key)
		}
		for _, r := range Runs([]rune(once)) {
			if len(r.Text) == 0 {
				t.Fatalf("%q: empty run", s)
			}
		}
	})
}
