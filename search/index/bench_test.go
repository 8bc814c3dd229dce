package index

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"yijianyou/internal/store"
	"yijianyou/search"
)

// benchDocs returns n records like those of a register: a name of four to ten
// characters, labels, and a text of about 150 characters.
func benchDocs(n int) []*search.Document {
	r := rand.New(rand.NewPCG(7, 7))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	eras := []string{"新石器时代", "商", "西周", "春秋", "战国", "西汉", "东汉", "北魏", "唐", "北宋", "南宋", "元", "明", "清", "民国"}
	makers := []string{"青釉", "白釉", "三彩", "云纹", "蟠螭纹", "夔龙纹", "缠枝莲", "兽面纹", "弦纹", "素面", "彩绘", "鎏金", "错金银", "刻花", "印花"}
	stuff := []string{"铜", "陶", "瓷", "玉", "石", "铁", "金", "银", "漆", "木", "骨"}
	forms := []string{"鼎", "簋", "方壶", "尊", "爵", "觚", "盘", "匜", "盉", "罍", "编钟", "剑", "戈", "镜", "俑", "佛像", "碗", "瓶", "罐", "枕", "砚", "印", "璧", "琮", "环"}
	english := []string{"tripod", "vase", "bowl", "mirror", "sword", "bell", "figure", "plate", "jar", "seal", "pillow", "disc"}
	chars := []rune("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严")
	out := make([]*search.Document, n)
	for i := range out {
		era := r.IntN(len(eras))
		form := pick(forms)
		var text strings.Builder
		for range 120 + r.IntN(60) {
			text.WriteRune(chars[int(float64(len(chars))*r.Float64()*r.Float64())])
		}
		from := -3000 + era*320 + r.IntN(200)
		to := from + r.IntN(150)
		d := &search.Document{Kind: search.Relic, ID: fmt.Sprintf("0190%08x-7000-8000-a000-%012x", i, r.Uint64()&0xffffffffffff), Org: "demo-museum",
			Title: search.Text{ZH: eras[era] + pick(makers) + pick(stuff) + form, EN: pick(english) + " " + strconv.Itoa(i)},
			Body:  []string{eras[era], text.String(), "河南省", "示范博物馆"}, Codes: []string{fmt.Sprintf("ZD%06d", i)}, Weight: r.Float64() * r.Float64(),
			Facets: map[string][]string{"era": {strconv.Itoa(era)}, "category": {strconv.Itoa(r.IntN(35))}, "material": {strconv.Itoa(r.IntN(14))}, "grade": {strconv.Itoa(r.IntN(5))},
				"museum": {strconv.Itoa(r.IntN(300))}, "city": {strconv.Itoa(r.IntN(18))}},
			FromYear: &from, ToYear: &to, Show: map[string]string{"period": eras[era]}}
		if r.IntN(3) == 0 {
			d.Point = &search.Point{Lon: 110.5 + r.Float64()*6, Lat: 31.5 + r.Float64()*5}
		}
		out[i] = d
	}
	return out
}

// BenchmarkIndex100k reports what an index of 100,000 records costs: documents
// written per second, bytes on disk, memory, time to open, and the time of
// queries alone and under eight clients. YJY_BENCH_RECORDS changes the number.
func BenchmarkIndex100k(b *testing.B) {
	n := 100_000
	if v, err := strconv.Atoi(os.Getenv("YJY_BENCH_RECORDS")); err == nil {
		n = v
	}
	docs := benchDocs(n)
	dir := b.TempDir()
	x, err := Open(dir, search.Public, Options{})
	if err != nil {
		b.Fatal(err)
	}
	r, err := x.Rebuild()
	if err != nil {
		b.Fatal(err)
	}
	began, cpu := time.Now(), cpuTime()
	var peak uint64
	for part := range slices.Chunk(docs, 500) {
		if err := r.Write(context.Background(), Batch{Put: part, Token: &store.Token{Epoch: "e"}}); err != nil {
			b.Fatal(err)
		}
		peak = max(peak, resident())
	}
	if err := r.Commit(); err != nil {
		b.Fatal(err)
	}
	took := time.Since(began)
	fmt.Printf("index: %d records in %.1f s, %.0f/s, %.0f CPU s, %d MB on disk, peak %d MB resident\n", n, took.Seconds(), float64(n)/took.Seconds(), (cpuTime() - cpu).Seconds(), x.Stats().DiskBytes>>20, peak>>20)
	if err := x.Close(); err != nil {
		b.Fatal(err)
	}
	docs = nil
	runtime.GC()
	began = time.Now()
	if x, err = Open(dir, search.Public, Options{}); err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	first := search.NewQuery(search.PublicScope())
	first.Text = "方壶"
	opened := time.Since(began)
	if _, err := x.Search(context.Background(), first, nil); err != nil {
		b.Fatal(err)
	}
	fmt.Printf("open: %v, first answer after %v, %d MB on disk, %d MB resident\n", opened.Round(time.Millisecond), time.Since(began).Round(time.Millisecond), x.Stats().DiskBytes>>20, resident()>>20)
	from, to := 600, 800
	for _, c := range []struct {
		name string
		edit func(*search.Query, int)
	}{
		{"word", func(q *search.Query, i int) { q.Text = []string{"方壶", "编钟", "佛像", "青釉"}[i%4] }},
		{"exact name", func(q *search.Query, i int) {
			q.Text = []string{"春秋蟠螭纹铜鼎", "唐三彩陶俑", "北宋青釉瓷碗"}[i%3]
		}},
		{"one character", func(q *search.Query, i int) { q.Text = []string{"鼎", "镜", "簋", "匜"}[i%4] }},
		{"two terms", func(q *search.Query, i int) { q.Text = []string{"春秋 青铜", "唐 三彩", "北宋 瓷碗"}[i%3] }},
		{"pinyin", func(q *search.Query, i int) { q.Text = []string{"fanghu", "bianzhong", "chunqiu"}[i%3] }},
		{"initials", func(q *search.Query, i int) { q.Text = []string{"cqpc", "tscty", "bsqy"}[i%3] }},
		{"English", func(q *search.Query, i int) { q.Text = []string{"mirrors", "tripod", "bell"}[i%3] }},
		{"code", func(q *search.Query, i int) { q.Text = fmt.Sprintf("ZD%06d", i%1000) }},
		{"word and facets", func(q *search.Query, i int) {
			q.Text, q.Count = []string{"方壶", "编钟", "佛像", "青釉"}[i%4], []string{"kind", "era", "category", "material", "grade", "museum", "city"}
		}},
		{"years", func(q *search.Query, i int) { f, t := from+i%100, to+i%100; q.FromYear, q.ToYear = &f, &t }},
		{"near", func(q *search.Query, i int) {
			q.Near, q.Sort = &search.Near{Point: search.Point{Lon: 113 + float64(i%10)/10, Lat: 34.5}, KM: 20}, search.ByDistance
		}},
		{"everything, facets", func(q *search.Query, i int) {
			q.Count, q.Limit = []string{"kind", "era", "category", "material", "grade", "museum", "city"}, 20+i%50
		}},
	} {
		for _, clients := range []int{1, 8} {
			x.version.Add(1) // nothing kept from before
			cpu := cpuTime()
			p50, p99, total := latency(b, x, clients, c.edit)
			each := float64((cpuTime() - cpu).Milliseconds()) / 200
			fmt.Printf("%-20s %d clients: p50 %7.2f ms, p99 %7.2f ms, %6.2f ms of processor (%d hits)\n", c.name, clients, p50, p99, each, total)
		}
	}
}

// latency measures 200 queries; every one differs in its limit or its text, and
// the version moves so that no answer is kept.
func latency(b *testing.B, x *Index, clients int, edit func(*search.Query, int)) (p50, p99 float64, total int) {
	const n = 200
	times := make([]float64, n)
	var wg sync.WaitGroup
	for c := range clients {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := c; i < n; i += clients {
				q := search.NewQuery(search.PublicScope())
				edit(&q, i)
				x.version.Add(1)
				began := time.Now()
				res, err := x.Search(context.Background(), q, nil)
				times[i] = float64(time.Since(began).Microseconds()) / 1000
				if err != nil {
					b.Error(err)
				}
				if i == 0 {
					total = res.Total
				}
			}
		}()
	}
	wg.Wait()
	slices.Sort(times)
	return times[n/2], times[n*99/100], total
}

// resident returns the bytes of the process in memory, files mapped included.
func resident() uint64 {
	raw, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, _ := strconv.ParseUint(strings.Fields(string(raw))[1], 10, 64)
	return pages * uint64(os.Getpagesize())
}

// cpuTime returns the processor time of the process in clock ticks of 10 ms.
func cpuTime() time.Duration {
	raw, err := os.ReadFile(filepath.Join("/proc/self", "stat"))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(raw)[strings.LastIndexByte(string(raw), ')')+1:])
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}
