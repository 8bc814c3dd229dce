package drawing

import (
	"bytes"
	"image"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

func figure(v float64) *float64 { return &v }

func rendered(t *testing.T, s Spec) *image.RGBA {
	t.Helper()
	m, err := Render(s)
	if err != nil {
		t.Fatal(err)
	}
	return m.(*image.RGBA)
}

// same reports whether two drawings agree inside a box.
func same(a, b *image.RGBA, box image.Rectangle) bool {
	for y := box.Min.Y; y < box.Max.Y; y++ {
		i, j := a.PixOffset(box.Min.X, y), a.PixOffset(box.Max.X, y)
		if !bytes.Equal(a.Pix[i:j], b.Pix[i:j]) {
			return false
		}
	}
	return true
}

func TestRender(t *testing.T) {
	plain := Spec{Kind: Bi, TitleZH: "玉璧", TitleEN: "Jade disc", Seed: 3}
	m := rendered(t, plain)
	if d := m.Bounds().Size(); d != (image.Point{3150, 4200}) {
		t.Errorf("size %v", d)
	}
	if !same(m, rendered(t, plain), m.Rect) {
		t.Error("the same spec gave other pixels")
	}
	other := plain
	other.Seed = 4
	if same(m, rendered(t, other), image.Rect(800, 1000, 2300, 2500)) {
		t.Error("another seed gave the same hand")
	}
	sized := plain
	sized.HeightMM = figure(180)
	withBar := rendered(t, sized)
	foot := image.Rect(150, 3800, 1500, 4050)
	if same(m, withBar, foot) {
		t.Error("the scale says the same with and without a known size")
	}
	if !same(m, withBar, image.Rect(200, 3560, 3000, 3780)) {
		t.Error("a known size changed the titles")
	}
	if _, err := Render(Spec{Kind: "teapot"}); err == nil {
		t.Error("an unknown kind was drawn")
	}
}

func TestAFigureThatMeasuresNothingDrawnIsIgnored(t *testing.T) {
	for name, tc := range map[string]struct {
		spec Spec
		want float64
	}{
		"nothing known":       {Spec{Kind: Jar}, 0},
		"height":              {Spec{Kind: Jar, HeightMM: figure(640)}, 10},
		"height before width": {Spec{Kind: Jar, HeightMM: figure(640), WidthMM: figure(100)}, 10},
		"width alone":         {Spec{Kind: Jar, WidthMM: figure(620)}, 10},
		"height of a flute":   {Spec{Kind: BoneFlute, HeightMM: figure(10)}, 0},
		"length of a flute":   {Spec{Kind: BoneFlute, WidthMM: figure(232)}, 2},
		"zero":                {Spec{Kind: Jar, HeightMM: figure(0)}, 0},
	} {
		s := &sheet{spec: tc.spec, thing: things[tc.spec.Kind]}
		if got := s.millimetres(); got != tc.want {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
}

func TestLengthsAreWrittenInTheUnitThatSuits(t *testing.T) {
	for mm, want := range map[float64]string{5: "5 mm", 9.5: "9.5 mm", 200: "20 cm", 1265: "126.5 cm", 14_500: "14.5 m", 106_000: "106 m"} {
		if got := length(mm); got != want {
			t.Errorf("%v: %q, want %q", mm, got, want)
		}
	}
}

// Every kind is drawn small: it marks its own field and stays in it.
func TestEveryKindIsDrawn(t *testing.T) {
	if len(Kinds()) != len(things) {
		t.Errorf("%d kinds, %d drawings", len(Kinds()), len(things))
	}
	for _, kind := range Kinds() {
		th, ok := things[kind]
		if !ok {
			t.Errorf("no drawing of %s", kind)
			continue
		}
		rng := rand.New(rand.NewPCG(1, 2))
		c := newCanvas(900, 900, rng)
		for i := range c.img.Pix {
			c.img.Pix[i] = 255
		}
		k := 700 / max(th.w, th.h)
		base := 450 + k*th.h/2
		th.draw(&pencil{canvas: c, m: affine{k, 0, 450, 0, -k, base}, k: k, pen: 0.6, rng: rng})
		marked, wide := 0, 0
		for y := range 900 {
			for x := range 900 {
				if c.img.Pix[c.img.PixOffset(x, y)+1] == 255 {
					continue
				}
				if abs(float64(x)-450) <= k*th.w/2+2 && float64(y) <= base+2 && float64(y) >= base-k*th.h-2 {
					marked++
				} else {
					wide++
				}
			}
		}
		if field := k * th.w * k * th.h; float64(marked) < field*0.12 {
			t.Errorf("%s: only %.0f %% of its field is drawn", kind, 100*float64(marked)/field)
		}
		if wide > marked/5 {
			t.Errorf("%s: %d pixels outside of its field, %d inside", kind, wide, marked)
		}
	}
}

func abs(v float64) float64 { return max(v, -v) }

func TestTheTypefaceHasEveryCharacterOfItsListAndOfTheNotices(t *testing.T) {
	list, err := os.ReadFile("font/characters.txt")
	if err != nil {
		t.Fatal(err)
	}
	for what, text := range map[string]string{"characters.txt": string(list), "notices": NoticeZH + NoticeEN + "比例未知 比例尺 Scale unknown 0123456789 cm mm m"} {
		if m := Missing(text); len(m) != 0 {
			t.Errorf("%s: missing %s: add them to font/characters.txt and run scripts/drawing-font", what, string(m))
		}
	}
	if m := Missing("莲𰻞莲𰻞"); string(m) != "𰻞" {
		t.Errorf("missing %q", string(m))
	}
}

func TestALongTitleIsMadeToFit(t *testing.T) {
	f := newType()
	long := strings.Repeat("鹳鱼石斧图彩陶缸", 8)
	if size := f.fit(long, 132, 1000); f.width(long, size) > 1000.5 {
		t.Errorf("width %v", f.width(long, size))
	}
	if size := f.fit("爵", 132, 1000); size != 132 {
		t.Errorf("a short title shrank to %v", size)
	}
}

func BenchmarkRender(b *testing.B) {
	for _, kind := range []Kind{FangHu, OwlZun, Gate} {
		b.Run(string(kind), func(b *testing.B) {
			for b.Loop() {
				if _, err := Render(Spec{Kind: kind, TitleZH: "莲鹤方壶", TitleEN: "Square hu", HeightMM: figure(1265)}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
