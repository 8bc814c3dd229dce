package lexicon

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"yijianyou/search/chinese"
)

var shared = sync.OnceValue(New)

// read returns the senses of a text as "word:years" joined by a bar.
func read(text string) string {
	folded := []rune(chinese.Fold(text))
	var out []string
	for _, s := range shared().Read(folded) {
		word := string(folded[s.At : s.At+s.Len])
		if s.Years != nil {
			word += fmt.Sprintf(":%d..%d", s.Years.From, s.Years.To)
		}
		out = append(out, word)
	}
	return strings.Join(out, " | ")
}

func TestTimesAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"唐": "唐:618..907", "唐代": "唐代:618..907", "开元": "开元:713..741", "開元": "开元:713..741", "公元8世纪": "公元8世纪:701..800", "8世纪": "8世纪:701..800",
		"公元前13世纪": "公元前13世纪:-1300..-1201", "乾隆四十五年": "干隆四十五年:1780..1780", "春秋 青铜": "春秋:-770..-476 | 青铜", "春秋青铜器": "春秋:-770..-476 | 青铜器",
		"明清家具": "明清:1368..1911 | 家具", "唐三彩": "唐三彩", "唐三彩马": "唐三彩", "唐青瓷": "唐:618..907 | 青瓷", "辽宁": "辽宁", "金银器": "金银器", "明器": "明器",
		"Tang dynasty": "tang dynasty:618..907", "8th century": "8th century:701..800", "Tang horse": "tang:618..907", "太和殿": "", "太和": "太和:477..499", "仰韶文化": "仰韶文化:-5000..-3000",
		"莲鹤方壶": "方壶", "金陵": "金陵", "1923": "1923:1923..1923", "12": "", "M5": "", "": "", "宋体": "", "元宵": "",
	} {
		if got := read(text); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func TestBroaderTermsTakeInNarrowerOnes(t *testing.T) {
	heads := func(text string) []string {
		s := shared().Read([]rune(chinese.Fold(text)))
		if len(s) != 1 {
			return nil
		}
		return s[0].Heads
	}
	for text, want := range map[string]string{"酒器": "尊 爵 卣 兕觥 cup", "wine vessels": "尊 爵 jue", "器皿": "鼎 爵 梅瓶", "乐器": "编钟 埙", "兵器": "戈 钺", "瓷器": "青花 汝瓷", "造像": "菩萨 观音"} {
		for w := range strings.FieldsSeq(want) {
			if !slices.Contains(heads(text), w) {
				t.Errorf("%s does not take in %s: %v", text, w, heads(text))
			}
		}
	}
	if slices.Contains(heads("酒器"), "he") || slices.Contains(heads("食器"), "yan") || slices.Contains(heads("爵"), "尊") {
		t.Error("too much is taken in")
	}
}

func TestOtherNamesOfPlacesAndThings(t *testing.T) {
	for text, want := range map[string]string{"登封县": "登封", "登封市": "登封", "汴京": "开封", "开封": "汴京", "密县": "新密", "长安": "西安", "三彩": "唐三彩", "明器": "冥器", "冥器": "明器", "celadon": "青瓷", "武陟县": "武陟"} {
		ok := false
		for _, s := range shared().Read([]rune(chinese.Fold(text))) {
			ok = ok || slices.Contains(s.Words, want)
		}
		if !ok {
			t.Errorf("%s does not mean %s: %s", text, want, read(text))
		}
	}
}

func TestEveryWordMeansSomethingElseThanItself(t *testing.T) {
	for key, e := range shared().words {
		for _, w := range append(slices.Clone(e.words), e.heads...) {
			if w == key || w == "" {
				t.Errorf("%q means %q", key, w)
			}
		}
		if len(e.heads) > 400 {
			t.Errorf("%s takes in %d words", key, len(e.heads))
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"唐唐唐唐唐唐唐", "公元前公元前13世纪末世纪", "c. 1200 BC early late mid", "8 8 8 8 8", "登封县市区", strings.Repeat("一二三", 80)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := []rune(chinese.Fold(s))
		end := 0
		for _, sense := range shared().Read(folded) {
			if sense.At < end || sense.Len < 1 || sense.At+sense.Len > len(folded) {
				t.Fatalf("%q: sense %+v behind %d of %d", s, sense, end, len(folded))
			}
			if y := sense.Years; y != nil && y.From > y.To {
				t.Fatalf("%q: years %+v", s, y)
			}
			end = sense.At + sense.Len
		}
	})
}

func BenchmarkRead(b *testing.B) {
	folded := []rune(chinese.Fold("公元8世纪的唐三彩马 春秋青铜器 Tang dynasty"))
	for b.Loop() {
		shared().Read(folded)
	}
}
