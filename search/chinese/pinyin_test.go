package chinese

import (
	"strings"
	"testing"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

func TestPinyinOfPolyphonesAndRareCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"莲鹤方壶": "lian he fang hu", "蓮鶴方壺": "lian he fang hu", "重庆": "chong qing", "長城": "chang cheng", "乐器": "yue qi", "乐山": "le shan",
		"甗簋斝罍匜簠盉鬲虢": "yan gui jia lei yi fu he li guo", "荥阳": "xing yang", "滎陽": "xing yang", "中牟": "zhong mu", "浚县": "xun xian",
		"渑池": "mian chi", "泌阳": "bi yang", "尉氏": "wei shi", "缑氏": "gou shi", "嵖岈山": "cha ya shan", "郏县": "jia xian",
		"周公测景台": "zhou gong ce ying tai", "曾侯乙编钟": "zeng hou yi bian zhong", "女娲": "nv wa", "杜岭1号鼎": "du ling 1 hao ding",
		"乾隆": "qian long", "西藏": "xi zang", "收藏": "shou cang", "妇好鸮尊": "fu hao xiao zun", "太行山": "tai hang shan", "": "",
	} {
		var got []string
		for _, s := range Pinyin(text) {
			got = append(got, s.Text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("Pinyin(%s) = %v, want %s", text, got, want)
		}
	}
}

func TestPhraseTableHasASyllableForEachCharacter(t *testing.T) {
	for _, list := range phrases() {
		for _, p := range list {
			if len(p.text) != len(p.syllables) {
				t.Errorf("%s has %d syllables", string(p.text), len(p.syllables))
			}
			for _, s := range p.syllables {
				if !known()[s.Text] {
					t.Errorf("%s: no such syllable as %s", string(p.text), s.Text)
				}
			}
		}
	}
}

func TestParseReading(t *testing.T) {
	for in, want := range map[string]string{
		"lián hè fāng hú": "lian he fang hu", "liánhè fānghú": "lian he fang hu", "Xi'an": "xi an", "nǚ wā": "nv wa", "lv": "lv",
		"zhōng-guó": "zhong guo", "Chang’an": "chang an",
	} {
		syllables, ok := ParseReading(in)
		var got []string
		for _, s := range syllables {
			got = append(got, s.Text)
		}
		if !ok || strings.Join(got, " ") != want {
			t.Errorf("ParseReading(%s) = %v, %v", in, got, ok)
		}
	}
	for _, in := range []string{"", "Bronze vessel", "莲", "qqq", strings.Repeat("a", 500)} {
		if got, ok := ParseReading(in); ok {
			t.Errorf("ParseReading(%.20s) = %v, want no pinyin", in, got)
		}
	}
}

func TestInitialsKeepNumbersWhole(t *testing.T) {
	if got := Initials(Pinyin("杜岭12号鼎")); got != "dl12hd" {
		t.Errorf("got %s", got)
	}
}

func FuzzPinyinAndSortKey(f *testing.F) {
	f.Add("莲鹤方壶 No.12 \xff")
	f.Fuzz(func(t *testing.T, s string) {
		folded := len(FoldMap(s).Runes)
		for _, syl := range Pinyin(s) {
			if syl.Text == "" || syl.At < 0 || syl.At >= folded {
				t.Fatalf("%q: bad syllable %+v", s, syl)
			}
		}
		if key := SortKey(s); strings.ContainsFunc(key, func(r rune) bool { return r == 0 }) {
			t.Fatalf("%q: sort key %q", s, key)
		}
		ParseReading(s)
	})
}

// TestPlainReadingsAreReadAsAllOthers: the quick way and the thorough one agree on every
// reading of the table.
func TestPlainReadingsAreReadAsAllOthers(t *testing.T) {
	quick := 0
	for _, all := range pinyin.PinyinDict {
		for one := range strings.SplitSeq(all, ",") {
			got, ok := plain(one)
			if !ok {
				continue
			}
			quick++
			if want, ok := marked(norm.NFD.String(one)); !ok || got != want { // decomposed, nothing is plain
				t.Fatalf("%q is read as %+v, want %+v", one, got, want)
			}
		}
	}
	if quick < 40000 {
		t.Errorf("only %d readings are plain", quick)
	}
}
