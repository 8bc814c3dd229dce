package main

import (
	"bufio"
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"

	"yijianyou/search"
)

// longest is how many years a record spans at most, less one.
const longest = 200

// facets are those that are counted.
var facets = []string{"era", "category", "material", "museum"}

// record is what every engine is told of a relic.
type record struct {
	zh, en   string
	body     []string
	code     string
	facet    [4]int // values of facets
	from, to int
	placed   bool
	lon, lat float64 // multiples of a thousandth of an arc second, as Groonga keeps them
}

// The words of which names are made. They are terms of the field; no object of
// such a name is meant.
var (
	eras   = []string{"新石器时代", "商", "西周", "春秋", "战国", "西汉", "东汉", "北魏", "唐", "北宋", "南宋", "元", "明", "清", "民国"}
	makers = []string{"青釉", "白釉", "三彩", "云纹", "蟠螭纹", "夔龙纹", "缠枝莲", "兽面纹", "弦纹", "素面", "彩绘", "鎏金", "错金银", "刻花", "印花"}
	stuff  = []string{"铜", "陶", "瓷", "玉", "石", "铁", "金", "银", "漆", "木", "骨"}
	forms  = []string{"鼎", "簋", "方壶", "尊", "爵", "觚", "盘", "匜", "盉", "罍", "编钟", "剑", "戈", "镜", "俑", "佛像", "碗", "瓶", "罐", "枕", "砚", "印", "璧", "琮", "环"}
	things = []string{"tripod", "vase", "bowl", "mirror", "sword", "bell", "figure", "plate", "jar", "seal", "pillow", "disc"}
	common = []rune("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严")
)

// makeRecords returns n records by seed, in the order of the answer: by their first
// year, then as they were made. Their years are odd and those of queries even, for
// stretches that only turn into each other are no hits of ours and hits of the peers.
func makeRecords(n int, seed uint64) []record {
	r := rand.New(rand.NewPCG(seed, 7))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	arc := func(degrees float64) float64 { return math.Round(degrees*3_600_000) / 3_600_000 }
	out := make([]record, n)
	for i := range out {
		era := r.IntN(len(eras))
		var text strings.Builder
		for range 120 + r.IntN(60) {
			text.WriteRune(common[int(float64(len(common))*r.Float64()*r.Float64())])
		}
		rec := record{zh: eras[era] + pick(makers) + pick(stuff) + pick(forms), en: pick(things) + " " + strconv.Itoa(i), body: []string{eras[era], text.String(), "河南省", "示范博物馆"},
			code: fmt.Sprintf("ZD%06d", i), facet: [4]int{era, r.IntN(35), r.IntN(14), r.IntN(300)}, from: (-3000 + era*320 + r.IntN(200)) | 1}
		rec.to = (rec.from + r.IntN(longest)) | 1
		if rec.from < 0 && rec.to >= 0 {
			rec.to = -1
		}
		if r.IntN(3) == 0 {
			rec.placed, rec.lon, rec.lat = true, arc(110.5+r.Float64()*6), arc(31.5+r.Float64()*5)
		}
		out[i] = rec
	}
	slices.SortStableFunc(out, func(a, b record) int { return cmp.Compare(a.from, b.from) })
	return out
}

// document is the record as our index takes it; its id is its number.
func (r record) document(number int) *search.Document {
	d := &search.Document{Kind: search.Relic, ID: fmt.Sprintf("%07d", number), Org: "demo-museum", Title: search.Text{ZH: r.zh, EN: r.en}, Body: r.body, Codes: []string{r.code},
		Facets: make(map[string][]string, len(facets)), FromYear: &r.from, ToYear: &r.to, Show: map[string]string{"period": r.body[0]}}
	for i, name := range facets {
		d.Facets[name] = []string{strconv.Itoa(r.facet[i])}
	}
	if r.placed {
		d.Point = &search.Point{Lon: r.lon, Lat: r.lat}
	}
	return d
}

// writeRecords writes records.tsv, which the peers read: text, code, facets, years
// and position, "-" for none. Texts are parted by 。, which no word reaches over.
func writeRecords(file string, records []record) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	for _, r := range records {
		text := strings.Join(append([]string{r.zh, r.en}, r.body...), "。")
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d", text, r.code, r.facet[0], r.facet[1], r.facet[2], r.facet[3], r.from, r.to)
		if r.placed {
			fmt.Fprintf(w, "\t%.9f\t%.9f\n", r.lon, r.lat)
		} else {
			fmt.Fprint(w, "\t-\t-\n")
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
