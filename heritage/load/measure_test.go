package load

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
)

func TestDimensionsAsMuseumsWriteThem(t *testing.T) {
	dim := func(kind string, mm float64) heritage.Dimension {
		return heritage.Dimension{Kind: vocab.Code(kind), ValueMM: mm}
	}
	cases := []struct {
		cell   string
		want   []heritage.Dimension
		doubts []string
	}{
		{"通高126.5厘米", []heritage.Dimension{dim("height", 1265)}, nil},
		{"通高126.5、宽54厘米", []heritage.Dimension{dim("height", 1265), dim("width", 540)}, nil},
		{"高：12.5cm，口径８cm", []heritage.Dimension{dim("height", 125), dim("mouth-diameter", 80)}, nil},
		{"H 126.5; W 54", []heritage.Dimension{dim("height", 1265), dim("width", 540)}, []string{"load.no_unit"}},
		{"8 x 18.9厘米", []heritage.Dimension{dim("length", 80), dim("width", 189)}, []string{"load.unnamed_sides"}},
		{"4.7 x 18.5 厘米（1 7/8 x 7 5/16 英寸）", []heritage.Dimension{dim("length", 47), dim("width", 185)}, []string{"load.unnamed_sides"}},
		{"长30mm×宽20mm×厚2mm", []heritage.Dimension{dim("length", 30), dim("width", 20), dim("thickness", 2)}, nil},
		{"通长约1.2米", []heritage.Dimension{{Kind: "length", ValueMM: 1200, Approx: true}}, nil},
		{"盖高3厘米", []heritage.Dimension{{Kind: "other", ValueMM: 30, Note: "盖高"}}, nil},
	}
	for _, c := range cases {
		t.Run(c.cell, func(t *testing.T) {
			got, doubts, ok := parseDimensions(c.cell)
			if !ok {
				t.Fatal("not read")
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
			var codes []string
			for _, d := range doubts {
				codes = append(codes, d.code.ID())
			}
			if d := cmp.Diff(c.doubts, codes); d != "" {
				t.Error(d)
			}
		})
	}
	for _, cell := range []string{"很大", "高", "0cm", "12.5.3cm", "高十厘米", "1/2寸"} {
		if got, _, ok := parseDimensions(cell); ok {
			t.Errorf("%q was read as %v", cell, got)
		}
	}
}

func TestDimensionsAreReadBack(t *testing.T) {
	want := []heritage.Dimension{{Kind: "height", ValueMM: 1265}, {Kind: "other", Note: "盖高", ValueMM: 30.5}, {Kind: "length", ValueMM: 12, Approx: true}}
	got, doubts, ok := parseDimensions(formatDimensions(want))
	if !ok || len(doubts) > 0 {
		t.Fatalf("%q was not read: %v", formatDimensions(want), doubts)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestMass(t *testing.T) {
	for cell, want := range map[string]float64{"64.28千克": 64280, "350克": 350, "约16kg": 16000, "1.6公斤": 1600, "832.84 kg": 832840, "重2吨": 2e6, "12": 12000, "３５０ｇ": 350} {
		got, _, _, ok := parseMass(cell)
		if !ok || got != want {
			t.Errorf("%q: got %v %v, want %v", cell, got, ok, want)
		}
	}
	for _, cell := range []string{"很重", "-1kg", "0克", "1,000克"} {
		if got, _, _, ok := parseMass(cell); ok {
			t.Errorf("%q was read as %v", cell, got)
		}
	}
}

func TestQuantity(t *testing.T) {
	cases := []struct {
		cell                string
		traditional, actual int // -1 is nil
		unit                string
		setOnly             bool
	}{
		{"1件", 1, 1, "piece", false}, {"1套（26件）", 1, 26, "set", false}, {"1/26", 1, 26, "", false}, {"3", 3, 3, "", false},
		{"1套", 1, -1, "set", true}, {"一件", -2, 0, "", false}, {"0件", -2, 0, "", false}, {"1对(2件)", 1, 2, "pair", false}, {"若干", -2, 0, "", false},
	}
	deref := func(n *int) int {
		if n == nil {
			return -1
		}
		return *n
	}
	for _, c := range cases {
		q, setOnly, ok := parseQuantity(c.cell)
		if c.traditional == -2 {
			if ok {
				t.Errorf("%q was read", c.cell)
			}
			continue
		}
		if !ok || deref(q.Traditional) != c.traditional || deref(q.Actual) != c.actual || string(q.Unit) != c.unit || setOnly != c.setOnly {
			t.Errorf("%q: got %d %d %q %v %v", c.cell, deref(q.Traditional), deref(q.Actual), q.Unit, setOnly, ok)
		}
	}
}

func TestDegrees(t *testing.T) {
	for cell, want := range map[string]float64{"113.0678": 113.0678, "北纬34°27′30″": 34.458333333333336, "34°30'N": 34.5, "E113.5": 113.5} {
		if got, ok := parseDegrees(cell); !ok || got-want > 1e-9 || want-got > 1e-9 {
			t.Errorf("%q: got %v %v, want %v", cell, got, ok, want)
		}
	}
	for _, cell := range []string{"三十四度", "34°99′", "1°2′3″4"} {
		if got, ok := parseDegrees(cell); ok {
			t.Errorf("%q was read as %v", cell, got)
		}
	}
}

func TestHeadingsAreRecognised(t *testing.T) {
	cases := []struct {
		name   string
		header []string
		want   []string
	}{
		{"census form", []string{"藏品编号*", "名称", "文物类别", "级别", "年代", "质地", "外形尺寸（厘米）", "完残程度"},
			[]string{"number", "name", "category", "grade", "period", "materials", "dimensions", "completeness"}},
		{"translated museum", []string{"博物馆博物编号", "文物详细信息", "文物名称", "时间", "朝代", "出处", "图片url"},
			[]string{"number", "description", "name", "", "period", "", ""}},
		{"one item twice", []string{"名称", "文物名称"}, []string{"name", ""}},
		{"English", []string{"Accession Number", "Title", "Period"}, []string{"number", "name", "period"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, guess(relicColumns(), c.header)); d != "" {
				t.Error(d)
			}
		})
	}
	national := guess(siteColumns(), []string{"id", "name", "batch", "category", "category_zh", "province", "city", "district", "era"})
	if d := cmp.Diff([]string{"officialNumber", "name", "batch", "", "class", "province", "city", "county", "period"}, national); d != "" {
		t.Error(d)
	}
}

func FuzzDimensions(f *testing.F) {
	f.Add("通高126.5、宽54厘米")
	f.Add("8 x 18.9厘米（1 7/8 x 7 5/16 英寸）")
	f.Fuzz(func(t *testing.T, cell string) {
		dims, _, ok := parseDimensions(cell)
		for _, d := range dims {
			if ok && (d.ValueMM < 0 || d.Kind == "") {
				t.Fatalf("%q gave %v", cell, d)
			}
		}
	})
}
