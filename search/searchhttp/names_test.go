package searchhttp

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"yijianyou/search"
	"yijianyou/search/chinese"
	"yijianyou/search/index"
	"yijianyou/web/httpkit"
	"yijianyou/web/httpkit/httpkittest"
)

var update = flag.Bool("update", false, "write the fixture of names anew")

// namesPath is the list of names.
const namesPath = "/api/v1/search/names"

// namesFixture is what the guide's own completions are tested against, so that
// they find and mark what the index does.
const namesFixture = "../../web/ui/guide/search/testdata/names.json"

// publicServer answers from a public index of docs.
func publicServer(t testing.TB, docs ...*search.Document) (*httpkittest.Server, *index.Index) {
	x := filled(t, search.Public, docs...)
	return httpkittest.New(t, httpkit.Options{}, func(r *httpkit.Router) { Mount(r, Deps{Public: x}) }), x
}

// sampleNames are the documents of the index's own tests and some whose names are
// hard to read.
func sampleNames(t testing.TB) (docs []*search.Document) {
	raw, err := os.ReadFile("../index/testdata/docs.json")
	if err == nil {
		err = json.Unmarshal(raw, &docs)
	}
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range []search.Document{
		{Kind: search.Site, Title: search.Text{ZH: "長沙王后墓"}, Names: []string{"长沙王后家族墓地"}},
		{Kind: search.Relic, Title: search.Text{ZH: "乾隆款粉彩瓶", EN: "Qianlong famille-rose vase"}},
		{Kind: search.Relic, Title: search.Text{ZH: "干漆夹纻佛像", EN: "Dry-lacquer Buddha"}},
		{Kind: search.Museum, Title: search.Text{ZH: "重庆中国三峡博物馆", EN: "Chongqing China Three Gorges Museum"}},
		{Kind: search.Area, Title: search.Text{ZH: "重渡沟", EN: "Chongdugou"}},
		{Kind: search.Relic, Title: search.Text{ZH: "“妇好”铭文铜鼎（１９７６ＡＸＴＭ５）"}},
		{Kind: search.Relic, Title: search.Text{ZH: "朱  然漆盘"}, Reading: "zhū rán qī pán"},
		{Kind: search.Relic, Title: search.Text{ZH: "召卣"}, Reading: "shào yǒu"},
		{Kind: search.Exhibition, Title: search.Text{EN: "Müller’s café & <Kröller>"}},
		{Kind: search.Place, Title: search.Text{ZH: "第2展厅", EN: "Gallery 2"}},
	} {
		d.ID, d.Org, d.Weight = fmt.Sprintf("hard-%d", i), "demo-museum", float64(i)/20
		docs = append(docs, &d)
	}
	return docs
}

// typedTexts are what is typed in the fixture.
var typedTexts = []string{"莲", "莲鹤", "蓮鶴", "莲鹤方", "莲鹤方壶", "莲鹤方胡", "方壶", "fang", "fanghu", "fh", "lh", "lhf", "lhfh", "l", "li", "lian", "lianh", "lianhe",
	"lian he", "lian he fang hu", "LianHe", "ＬＩＡＮＨＥ", "莲he", "莲 he", "莲hf", "莲hfh", "鹤f", "铜j", "tong j", "tongjin", "square", "squ", "SQUARE HU", "square crane",
	"the crane", "the", "crane", "cran", "white h", "wht", "白马", "馬", "baima", "bms", "bm", "龙门", "龍門石窟", "龙门石哭", "伊阙", "longmen", "lm", "lms", "sk", "shiku",
	"12号", "十二号", "12号卫生间", "杜岭2号", "杜岭二号方鼎", "toilet", "toilet 1", "3", "1", "观星", "觀星臺", "周公測景臺", "museum", "mus", "luoyang m", "洛阳 博物", "博物",
	"博物院", "鼎", "ding", "dingof", "wzwd", "贾湖", "jiahu", "yangshao", "长沙", "changsha", "zhangsha", "cswhm", "乾隆", "干隆", "qianlong", "ganlong", "ganqi", "重庆",
	"chongqing", "zhongqing", "chongdu", "cq", "妇好", "1976", "1976axtm5", "ａｘｔｍ", "朱然", "zhuran", "zrqp", "zhao you", "shaoyou", "sy", "muller", "müllers", "kroll",
	"cafe", "2", "二展厅", "第二展厅", "di2zhanting", "d2zt", "gallery 2", "中原", "zyc", "zhongyuan", "没有这个词", "xyzzy", "q", "，", "“莲鹤”", "a b c", "鹤 鹤", "square hu with lotus and crane (henan museum)"}

// inflectedTexts are found by the stems of English words, which the list does not have.
var inflectedTexts = []string{"cranes", "grotto", "musicians", "treasure of the plains"}

// foldedTexts are folded in the fixture.
func foldedTexts() []string {
	var ascii, latin, wide, kangxi, signs strings.Builder
	for r := rune(0); r < 0x80; r++ {
		ascii.WriteRune(r)
	}
	for r := rune(0xA0); r < 0x250; r++ {
		latin.WriteRune(r)
	}
	for r := rune(0xFF01); r < 0xFFE7; r++ {
		wide.WriteRune(r)
	}
	for r := rune(0x2F00); r < 0x2FD6; r++ {
		kangxi.WriteRune(r)
	}
	for r := rune(0x2000); r < 0x2190; r++ {
		signs.WriteRune(r)
	}
	return []string{ascii.String(), latin.String(), wide.String(), kangxi.String(), signs.String(), "Ⅳ①㈠㎡ﬁǆ", "İıßẞσς", "Ёлка Ἀθῆναι", "か゛がパ하하", "e\u0301e", "𠮷𝟘", "豈更車", "长’沙‘王ʼ后", "\uFFFD"}
}

func TestNamesOfTheGuideAreThoseOfTheIndex(t *testing.T) {
	server, _ := publicServer(t, sampleNames(t)...)
	c := server.Nobody()
	type typed struct {
		Q           string           `json:"q"`
		Lang        string           `json:"lang"`
		Inflected   bool             `json:"inflected,omitempty"`
		Completions []completionView `json:"completions"`
	}
	var fixture struct {
		Note     string            `json:"note"`
		List     json.RawMessage   `json:"list"`
		Folds    [][2]string       `json:"folds"`
		Variants map[string]string `json:"variants"` // of the characters of folds
		Typed    []typed           `json:"typed"`
	}
	fixture.Variants = make(map[string]string)
	fixture.Note = "Made by go test ./search/searchhttp -run NamesOfTheGuide -update"
	c.Get(namesPath).Want(t, 200).JSON(t, &fixture.List)
	for _, text := range foldedTexts() {
		folded := chinese.Fold(text)
		fixture.Folds = append(fixture.Folds, [2]string{text, folded})
		for _, r := range folded {
			if forms := chinese.Variants(r); len(forms) > 0 {
				fixture.Variants[string(r)] = string(forms)
			}
		}
	}
	for i, q := range slices.Concat(typedTexts, inflectedTexts) {
		for _, lang := range []string{"zh", "en"} {
			var answer suggestAnswer
			get(c, "/api/v1/suggest", "q", q, "lang", lang).Want(t, 200).JSON(t, &answer)
			fixture.Typed = append(fixture.Typed, typed{Q: q, Lang: lang, Inflected: i >= len(typedTexts), Completions: answer.Completions})
		}
	}
	raw, err := json.MarshalIndent(fixture, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	raw = append(raw, '\n')
	if *update {
		if err := os.WriteFile(namesFixture, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	was, err := os.ReadFile(namesFixture)
	if err != nil {
		t.Fatal(err)
	}
	if string(was) != string(raw) {
		t.Errorf("%s is not what the index answers; look at what changed, run with -update, and see that the guide's tests hold", namesFixture)
	}
}

func TestNamesAreRevalidatedAndForgetWhatIsWithdrawn(t *testing.T) {
	server, x := publicServer(t, sampleNames(t)...)
	c := server.Nobody()
	first := c.Get(namesPath).Want(t, 200)
	tag := first.Header.Get("ETag")
	if cc := first.Header.Get("Cache-Control"); cc != "public, no-cache" || tag == "" || strings.Contains(first.Header.Get("Vary"), "Language") {
		t.Errorf("Cache-Control %q, ETag %q, Vary %q", cc, tag, first.Header.Get("Vary"))
	}
	first.Has(t, "莲鹤方壶（河南博物院藏）", `"lian":`)
	if still := c.Get(namesPath, "If-None-Match", tag).Want(t, 304); len(still.Body) != 0 || still.Header.Get("Cache-Control") != "public, no-cache" {
		t.Errorf("304 with %d bytes, Cache-Control %q", len(still.Body), still.Header.Get("Cache-Control"))
	}
	body := &search.Document{Kind: search.Area, ID: "yuntai", Org: "demo-area", Title: search.Text{ZH: "云台山", EN: "Yuntai Mountain"}, Weight: 0.9, Body: []string{"另一段介绍"}}
	if err := x.Write(t.Context(), index.Batch{Put: []*search.Document{body}}); err != nil {
		t.Fatal(err)
	}
	c.Get(namesPath, "If-None-Match", tag).Want(t, 304) // another text, the same names
	if err := x.Write(t.Context(), index.Batch{Delete: []index.Ref{{Kind: search.Relic, ID: "hu-henan"}}}); err != nil {
		t.Fatal(err)
	}
	after := c.Get(namesPath, "If-None-Match", tag).Want(t, 200)
	after.Lacks(t, "莲鹤方壶（河南博物院藏）", "hu-henan")
	after.Has(t, "hu-palace")
	if after.Header.Get("ETag") == tag {
		t.Error("another list has the same tag")
	}
}

func TestNamesAreOfThePublicIndexOnlyWhoeverAsks(t *testing.T) {
	s := server(t)
	for _, path := range []string{namesPath, namesPath + "?view=staff"} {
		s.Nobody().Get(path).Want(t, 200).Lacks(t, "未公开", "draft", "库")
	}
}

// TestNamesHaveAnEnd fills the index with names that pack badly: every character
// by chance, every id random, no two alike.
func TestNamesHaveAnEnd(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text := func(n int, from, size rune) string {
		var b strings.Builder
		for range n {
			b.WriteRune(from + r.Int32N(size))
		}
		return b.String()
	}
	for _, c := range []struct {
		name    string
		zh, en  int // characters of the titles
		records int // listed at least
	}{{"short", 3, 4, search.MaxNames / 2}, {"long", 12, 40, 1000}} {
		docs := make([]*search.Document, 3000)
		for i := range docs {
			docs[i] = &search.Document{Kind: search.Relic, ID: fmt.Sprintf("%08x-%04x-7%03x-%04x-%012x", r.Uint32(), r.Uint32()>>16, r.Uint32()>>20, r.Uint32()>>16, r.Uint64()>>16), Org: "demo-museum",
				Title: search.Text{ZH: text(c.zh, '一', 8000), EN: text(c.en, 'a', 26)}, Weight: float64(i) / 4000}
		}
		docs[7].Weight = 1
		server, _ := publicServer(t, docs...)
		for _, encoding := range []string{"gzip", "br"} {
			got := server.Nobody().Get(namesPath, "Accept-Encoding", encoding).Want(t, 200)
			if got.Header.Get("Content-Encoding") != encoding || len(got.Body) > 150_000 {
				t.Errorf("%s names: %d bytes in %q", c.name, len(got.Body), got.Header.Get("Content-Encoding"))
			}
			t.Logf("%s names in %s: %d bytes", c.name, encoding, len(got.Body))
		}
		var list nameList
		server.Nobody().Get(namesPath).JSON(t, &list)
		if n := len(list.Records); n < c.records || n > search.MaxNames/2 || list.Records[0].ID != docs[7].ID {
			t.Errorf("%s names: %d records, the first is %s", c.name, n, list.Records[0].ID)
		}
	}
}

func TestAListOfNamesSaysHowItsCharactersAreRead(t *testing.T) {
	server, _ := publicServer(t, sampleNames(t)...)
	var list nameList
	server.Nobody().Get(namesPath).Want(t, 200).JSON(t, &list)
	sounds := make(map[string][]string)
	for _, r := range list.Records {
		sounds[r.ID] = r.Sounds
	}
	for id, want := range map[string][]string{
		"hu-henan": nil, // its own reading is that of another name
		"hard-7":   {"", "", "shao you"},
		"hard-3":   {"chong qing zhong guo san xia bo wu guan"},
		"hard-1":   {"qian long kuan fen cai ping"}, // 乾 is folded to 干
	} {
		if !slices.Equal(sounds[id], want) {
			t.Errorf("%s: %q, want %q", id, sounds[id], want)
		}
	}
	if got := list.Characters["he"]; !slices.Contains(strings.Fields(got), "鹤鶴\uFA2D") {
		t.Errorf("he: %s", got)
	}
	all := strings.Join(slices.Collect(maps.Values(list.Characters)), " ")
	for _, group := range strings.Fields(all) {
		for _, r := range group {
			if got := chinese.Key(string(r)); got != string([]rune(group)[0]) {
				t.Errorf("%c in %s is folded to %s", r, group, got)
			}
		}
	}
}
