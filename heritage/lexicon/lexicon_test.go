package lexicon

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"yijianyou/search"
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
		"唐代城市": "唐代:618..907", "云台山景区": "", "太康县": "太康县", "大都会博物馆": "博物馆", "彝族服饰": "",
		"清明上河园": "清明", "清明": "清明", "明清": "明清:1368..1911", "金": "金", "金佛": "金 | 佛", "金代": "金代:1115..1234", "金元": "金元:1115..1368", "长安": "长安", "长安三年": "长安三年:703..703",
		"大明宫": "大明宫", "春秋楼": "春秋楼", "Han Chinese": "han chinese", "Han dynasty": "han dynasty:-202..220",
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

func TestWordsForAClassMeanWhatIsFiledUnderIt(t *testing.T) {
	for text, want := range map[string]string{
		"卫生间": "type=toilet type=accessible-toilet", "厕所": "type=toilet type=accessible-toilet", "博物馆": "kind=museum", "瓷器": "category=porcelain material=porcelain", "铜器": "category=bronze", "青铜": "category=bronze",
		"古墓葬": "class=ancient-tomb", "陵墓": "class=ancient-tomb", "一级文物": "grade=grade-1", "国保": "level=national", "金器": "material=gold", "石窟寺及石刻": "class=grotto-carving",
		"明清": "era=ming era=qing", "唐代": "era=tang", "Tang dynasty": "era=tang",
		"石窟": "type=grotto", "石器": "", "象牙": "", "绿松石": "", "画像石": "", "开元": "", "莲鹤": "", "其他": "", // a class that has more than the word
	} {
		var got []string
		for _, s := range shared().Read([]rune(chinese.Fold(text))) {
			for _, f := range s.Filed {
				got = append(got, f.Facet+"="+f.Value)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s is filed under %v, want %s", text, got, want)
		}
	}
}

// TestEveryFacetOfTheThesaurusIsOne has codes of tourism by their names only.
func TestEveryFacetOfTheThesaurusIsOne(t *testing.T) {
	rows(thesaurusTSV, 6, func(cells []string) {
		for _, f := range list(cells[5]) {
			facet, value, ok := strings.Cut(f, "=")
			if !ok || value == "" || facet != "kind" && !search.ValidFacet(facet) || facet == "kind" && !search.ValidKind(search.Kind(value)) {
				t.Errorf("%s is filed under %q", cells[0], f)
			}
		}
	})
}

func TestTheSoundOfACharacterIsNoWord(t *testing.T) {
	for _, text := range []string{"you", "se", "dou", "ding", "he", "yi"} {
		if got := read(text); got != "" {
			t.Errorf("%s is read as %s", text, got)
		}
	}
	for _, text := range []string{"pipa", "meiping", "tripod"} {
		if got := read(text); got != text {
			t.Errorf("%s is read as %q", text, got)
		}
	}
}

func TestHornsAndIngotsAreNeitherCupsNorCoins(t *testing.T) {
	heads := func(text string) []string { return shared().Read([]rune(chinese.Fold(text)))[0].Heads }
	if h := heads("酒器"); slices.Contains(h, "角") || !slices.Contains(h, "乙角") {
		t.Errorf("wine vessels: %v", h)
	}
	if h := heads("铜钱"); slices.Contains(h, "元宝") || !slices.Contains(h, "景祐元宝") {
		t.Errorf("coins: %v", h)
	}
}

// TestWhatIsNotTheSameIsNotFound has pairs that a list of synonyms easily gets wrong.
func TestWhatIsNotTheSameIsNotFound(t *testing.T) {
	for text, not := range map[string]string{
		"金器": "银器", "龙袍": "朝服", "力士": "guardian king", "剔红": "剔黑", "围屏": "座屏", "掐丝珐琅": "enamel", "炊器": "簋", "丝织品": "织绣", "绘画": "画", "方彝": "彝",
		"安阳": "殷墟", "大同": "云中", "编钟": "bell", "钺": "axe", "拓片": "碑帖", "女俑": "侍女俑", "罐": "壶", "金代": "金",
	} {
		for _, s := range shared().Read([]rune(chinese.Fold(text))) {
			if slices.Contains(s.Words, not) || text != "绘画" && text != "方彝" && slices.Contains(s.Heads, not) {
				t.Errorf("%s finds %s", text, not)
			}
		}
	}
}

func TestAWordOfTheThesaurusStandsForOneThing(t *testing.T) {
	line, of := make(map[string]bool), make(map[string]string)
	rows(thesaurusTSV, 6, func(cells []string) {
		if len(cells) != 6 || cells[0] == "" || cells[1] == "" || line[cells[0]] {
			t.Errorf("the line of %s has %d cells, or is not its only one", cells[0], len(cells))
		}
		line[cells[0]] = true
		for _, word := range append([]string{cells[0], cells[1]}, list(cells[2])...) {
			key := strings.ToLower(word)
			if other := of[key]; other != "" {
				t.Errorf("%s stands for %s and for %s", word, other, cells[0])
			}
			of[key] = cells[0]
		}
	})
	place := make(map[string]string)
	rows(placesTSV, 2, func(cells []string) {
		for _, word := range append([]string{cells[0]}, list(cells[1])...) {
			if other := place[word]; other != "" || of[strings.ToLower(word)] != "" && word != "景德镇" { // a kiln as well
				t.Errorf("%s stands for %s and for %s%s", word, cells[0], other, of[strings.ToLower(word)])
			}
			place[word] = cells[0]
		}
	})
}

// TestATextMeansBoundedlyMuch reads the words that mean most, as many as a query holds.
func TestATextMeansBoundedlyMuch(t *testing.T) {
	words := slices.SortedFunc(maps.Keys(shared().words), func(a, b string) int {
		worth := func(w string) int {
			e := shared().words[w]
			return (len(e.words) + len(e.heads)) * 1000 / len([]rune(w+" "))
		}
		return cmp.Or(worth(b)-worth(a), strings.Compare(a, b))
	})
	text := []rune(chinese.Fold(strings.Join(words, " ")))[:256]
	meant := 0
	for _, s := range shared().Read(text) {
		meant += len(s.Words) + len(s.Heads)
	}
	if meant < 500 || meant > 3000 {
		t.Errorf("256 characters mean %d words", meant)
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
