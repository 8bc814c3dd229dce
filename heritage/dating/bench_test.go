package dating

import (
	"testing"

	"yijianyou/internal/fault"
)

// BenchmarkParse reads the kinds of text of a catalogue, one a round, so that ns/op
// is the cost of one.
func BenchmarkParse(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"dynasty", "清"}, {"range", "战国晚期至西汉早期"}, {"title", "清乾隆四十五年庚子（1780年）"}, {"century", "公元前13世纪"},
		{"english", "Ming dynasty (1368–1644), Jiajing mark and period (1522–66)"}, {"unknown", "从前有一座山"}, {"longest", "汉、魏晋南北朝、唐、宋、辽、金、元、明、清、民国，1918年至1949年"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Parse(c.text)
			}
		})
	}
}

// BenchmarkPrint prints what was read, in both languages.
func BenchmarkPrint(b *testing.B) {
	p := Parse("清乾隆四十五年庚子（1780年）")
	b.ReportAllocs()
	for b.Loop() {
		p.In(fault.Chinese)
		p.In(fault.English)
	}
}
