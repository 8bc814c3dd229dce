package icc_test

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"yijianyou/media/icc"
	"yijianyou/media/icc/icctest"
)

func parsed(t testing.TB, b []byte) *icc.Profile {
	t.Helper()
	p, err := icc.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// toLinear are the curves of the spaces below in float64, written down again
// from their standards.
func srgbToLinear(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func linearToSRGB(v float64) float64 {
	v = min(max(v, 0), 1)
	if v <= 0.0031308 {
		return v * 12.92
	}
	return 1.055*math.Pow(v, 1/2.4) - 0.055
}

func gamma(g float64) func(float64) float64 { return func(v float64) float64 { return math.Pow(v, g) } }

// solve returns x with m·x = v by Cramer's rule.
func solve(m [3][3]float64, v [3]float64) (x [3]float64) {
	det := func(a, b, c [3]float64) float64 {
		return a[0]*(b[1]*c[2]-b[2]*c[1]) - b[0]*(a[1]*c[2]-a[2]*c[1]) + c[0]*(a[1]*b[2]-a[2]*b[1])
	}
	d := det(m[0], m[1], m[2])
	return [3]float64{det(v, m[1], m[2]) / d, det(m[0], v, m[2]) / d, det(m[0], m[1], v) / d}
}

// expected is the conversion in float64: columns to XYZ, back by those of sRGB.
func expected(columns [3][3]float64, linear func(float64) float64, rgb [3]uint8) (out [3]float64) {
	var xyz [3]float64
	for c := range 3 {
		for i := range 3 {
			xyz[i] += columns[c][i] * linear(float64(rgb[c])/255)
		}
	}
	for i, v := range solve(icctest.SRGB, xyz) {
		out[i] = 255 * linearToSRGB(v)
	}
	return out
}

func TestMatrixProfilesAreConvertedAsFloatingPointDoes(t *testing.T) {
	table := make([]uint16, 1024)
	for i := range table {
		table[i] = uint16(math.Round(65535 * srgbToLinear(float64(i)/1023)))
	}
	proPhoto := func(v float64) float64 { // ISO 22028-2
		if v < 16.0/512 {
			return v / 16
		}
		return math.Pow(v, 1.8)
	}
	for name, tc := range map[string]struct {
		profile []byte
		columns [3][3]float64
		linear  func(float64) float64
	}{
		"Adobe RGB (1998)":       {icctest.Matrix("Adobe RGB (1998)", icctest.AdobeRGB, icctest.Curve(563)), icctest.AdobeRGB, gamma(563.0 / 256)},
		"Display P3":             {icctest.Matrix("Display P3", icctest.P3, icctest.SRGBFormula()), icctest.P3, srgbToLinear},
		"ProPhoto, plain gamma":  {icctest.Matrix("ProPhoto RGB", icctest.ProPhoto, icctest.Curve(461)), icctest.ProPhoto, gamma(461.0 / 256)},
		"ROMM, with its foot":    {icctest.Matrix("ROMM RGB", icctest.ProPhoto, icctest.Formula(3, 1.8, 1, 0, 1.0/16, 16.0/512)), icctest.ProPhoto, proPhoto},
		"linear":                 {icctest.Matrix("linear", icctest.SRGB, icctest.Curve()), icctest.SRGB, gamma(1)},
		"a table":                {icctest.Matrix("table", icctest.P3, icctest.Curve(table...)), icctest.P3, srgbToLinear},
		"formula of type 0":      {icctest.Matrix("t0", icctest.AdobeRGB, icctest.Formula(0, 2.2)), icctest.AdobeRGB, gamma(2.2)},
		"formula of type 1":      {icctest.Matrix("t1", icctest.SRGB, icctest.Formula(1, 2, 1.25, -0.25)), icctest.SRGB, func(v float64) float64 { return math.Pow(max(0, 1.25*v-0.25), 2) }},
		"formula of type 2":      {icctest.Matrix("t2", icctest.SRGB, icctest.Formula(2, 2, 1.125, -0.125, 0.125)), icctest.SRGB, func(v float64) float64 { return min(1, math.Pow(max(0, 1.125*v-0.125), 2)+0.125) }},
		"formula of type 4":      {icctest.Matrix("t4", icctest.SRGB, icctest.Formula(4, 2, 1, 0, 0.25, 0.25, 0, 0)), icctest.SRGB, func(v float64) float64 { return map[bool]float64{true: v * v, false: v / 4}[v >= 0.25] }},
		"negatives are cut at 0": {icctest.Matrix("dip", icctest.SRGB, icctest.Formula(4, 1, 2, -1, 0, 0, 0, 0)), icctest.SRGB, func(v float64) float64 { return max(0, 2*v-1) }},
	} {
		t.Run(name, func(t *testing.T) {
			tr, ok := parsed(t, tc.profile).Transform()
			if !ok {
				t.Fatal("not converted")
			}
			worst := 0.0
			for r := 0; r < 256; r += 17 {
				for g := 0; g < 256; g += 17 {
					for b := 0; b < 256; b += 17 {
						in := [3]uint8{uint8(r), uint8(g), uint8(b)}
						want := expected(tc.columns, tc.linear, in)
						x, y, z := tr.RGB(in[0], in[1], in[2])
						u, v, w := tr.Wide(uint16(in[0])*257, uint16(in[1])*257, uint16(in[2])*257)
						for i, got := range [][2]uint8{{x, u}, {y, v}, {z, w}} {
							if d := math.Abs(float64(got[0]) - want[i]); d > 1.25 {
								t.Fatalf("%v channel %d: %d, want %.2f", in, i, got[0], want[i])
							} else {
								worst = max(worst, d)
							}
							if d := math.Abs(float64(got[1]) - want[i]); d > 2 {
								t.Fatalf("16 bits, %v channel %d: %d, want %.2f", in, i, got[1], want[i])
							}
						}
					}
				}
			}
			t.Logf("worst difference %.2f of 255", worst)
		})
	}
}

// TestKnownColours are values that anybody can look up: the corners of Adobe
// RGB and Display P3 in sRGB.
func TestKnownColours(t *testing.T) {
	for name, tc := range map[string]struct {
		p        *icc.Profile
		in, want [3]uint8
	}{
		"white of Adobe RGB":         {icc.AdobeRGB(), [3]uint8{255, 255, 255}, [3]uint8{255, 255, 255}},
		"black":                      {icc.AdobeRGB(), [3]uint8{0, 0, 0}, [3]uint8{0, 0, 0}},
		"middle grey stays grey":     {icc.AdobeRGB(), [3]uint8{128, 128, 128}, [3]uint8{128, 128, 128}},
		"green of Adobe RGB":         {icc.AdobeRGB(), [3]uint8{0, 255, 0}, [3]uint8{0, 255, 0}},
		"sRGB red within Adobe RGB":  {icc.AdobeRGB(), [3]uint8{219, 0, 0}, [3]uint8{255, 0, 0}},
		"sRGB green within P3":       {icc.DisplayP3(), [3]uint8{117, 251, 76}, [3]uint8{0, 255, 0}},
		"sRGB red within Display P3": {icc.DisplayP3(), [3]uint8{234, 51, 35}, [3]uint8{255, 0, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			tr, _ := tc.p.Transform()
			r, g, b := tr.RGB(tc.in[0], tc.in[1], tc.in[2])
			for i, got := range []uint8{r, g, b} {
				// A linear 0 that is a little off is 12 times as far in the dark end of sRGB.
				if d := int(got) - int(tc.want[i]); d > 9 || d < -9 {
					t.Errorf("%v is %d,%d,%d, want %v", tc.in, r, g, b, tc.want)
				}
			}
		})
	}
}

func TestGreyProfilesKeepGreysGrey(t *testing.T) {
	p := parsed(t, icctest.Profile("GRAY", icctest.Name("Dot gain"), icctest.Tag{Sig: "kTRC", Data: icctest.Curve(461)}))
	tr, ok := p.Transform()
	if !ok || p.Space != icc.Gray || p.Name != "Dot gain" {
		t.Fatalf("%+v %v", p, ok)
	}
	for v := range 256 {
		want := 255 * linearToSRGB(math.Pow(float64(v)/255, 461.0/256))
		if got := tr.Gray(uint8(v)); math.Abs(float64(got)-want) > 1.1 {
			t.Errorf("%d is %d, want %.2f", v, got, want)
		}
	}
}

func TestProfilesOfSRGBChangeNothing(t *testing.T) {
	table := make([]uint16, 1024)
	for i := range table {
		table[i] = uint16(math.Round(65535 * srgbToLinear(float64(i)/1023)))
	}
	for name, b := range map[string][]byte{
		"by formula": icctest.Matrix("sRGB v4", icctest.SRGB, icctest.SRGBFormula()),
		"by table":   icctest.Matrix("sRGB IEC61966-2.1", icctest.SRGB, icctest.Curve(table...)),
	} {
		if tr, ok := parsed(t, b).Transform(); !ok || !tr.Plain() {
			t.Errorf("%s: %v", name, ok)
		}
	}
	for name, b := range map[string][]byte{
		"gamma 2.2": icctest.Matrix("gamma", icctest.SRGB, icctest.Curve(563)),
		"P3":        icctest.Matrix("P3", icctest.P3, icctest.SRGBFormula()),
	} {
		if tr, _ := parsed(t, b).Transform(); tr.Plain() {
			t.Errorf("%s counts as sRGB", name)
		}
	}
}

func TestProfilesOfOtherFormsAreNamedAndNotConverted(t *testing.T) {
	negative := icctest.Curve(65535, 0)
	tinted := icctest.SRGB
	tinted[0][0] += 0.3
	for name, tc := range map[string]struct {
		b    []byte
		want string
	}{
		"tables only":          {icctest.Profile("RGB ", icctest.Name("A scanner"), icctest.Tag{Sig: "A2B0", Data: []byte("mft2 something that is not read")}), "A scanner"},
		"CMYK":                 {icctest.Profile("CMYK", icctest.Name("Coated FOGRA39")), "Coated FOGRA39"},
		"an old description":   {icctest.Profile("CMYK", icctest.Tag{Sig: "desc", Data: append([]byte("desc\x00\x00\x00\x00\x00\x00\x00\x0B"), "Japan Color\x00\x00\x00"...)}), "Japan Color"},
		"a negative":           {icctest.Matrix("Negative", icctest.SRGB, negative), "Negative"},
		"greys would be tint":  {icctest.Matrix("Tinted", tinted, icctest.Curve(563)), "Tinted"},
		"gamma nobody has":     {icctest.Matrix("Steep", icctest.SRGB, icctest.Curve(65535)), "Steep"},
		"no curves":            {icctest.Profile("RGB ", icctest.Name("Bare")), "Bare"},
		"a name with controls": {icctest.Profile("RGB ", icctest.Name("A\x1b[31m\u202ename\u0000hidden")), "A[31mname"},
		"a name without end":   {icctest.Profile("RGB ", icctest.Name(strings.Repeat("长", 5000))), strings.Repeat("长", 80)},
		"no name":              {icctest.Profile("RGB "), ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := parsed(t, tc.b)
			if _, ok := p.Transform(); ok || p.Convertible() || p.Name != tc.want {
				t.Errorf("%q, converted %v", p.Name, ok)
			}
		})
	}
}

func TestDamagedProfilesAreRefused(t *testing.T) {
	good := icctest.Matrix("x", icctest.P3, icctest.SRGBFormula())
	edit := func(fn func(b []byte)) []byte {
		b := bytes.Clone(good)
		fn(b)
		return b
	}
	for name, b := range map[string][]byte{
		"nothing":             nil,
		"a header alone":      good[:128],
		"no signature":        edit(func(b []byte) { b[36] = 'x' }),
		"longer than it is":   edit(func(b []byte) { b[0] = 1 }),
		"shorter than itself": edit(func(b []byte) { copy(b, []byte{0, 0, 0, 9}) }),
		"a million tags":      edit(func(b []byte) { copy(b[128:], []byte{0, 15, 66, 64}) }),
		"a tag beyond":        edit(func(b []byte) { copy(b[136:], []byte{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}) }),
		"too many bytes":      append(bytes.Clone(good), make([]byte, icc.MaxBytes)...),
	} {
		if _, err := icc.Parse(b); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	for n := range good {
		if p, err := icc.Parse(good[:n]); err == nil {
			t.Fatalf("cut to %d bytes: %+v", n, p)
		}
	}
}

func TestChromaticitiesThatSpanNoSpaceAreRefused(t *testing.T) {
	good := icc.Chromaticities{Red: icc.XY{X: 0.64, Y: 0.33}, Green: icc.XY{X: 0.3, Y: 0.6}, Blue: icc.XY{X: 0.15, Y: 0.06}, White: icc.XY{X: 0.3127, Y: 0.329}}
	if _, err := icc.Primaries("x", good, 2.2); err != nil {
		t.Fatal(err)
	}
	line := good
	line.Green, line.Blue = good.Red, good.Red
	dark := good
	dark.White = icc.XY{}
	for name, tc := range map[string]struct {
		c     icc.Chromaticities
		gamma float64
	}{"one point": {line, 2.2}, "no white": {dark, 2.2}, "no such gamma": {good, 0.01}, "not a number": {good, math.NaN()}} {
		if _, err := icc.Primaries("x", tc.c, tc.gamma); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// TestProfilesOfOtherMakers reads profiles that happen to be on this machine.
func TestProfilesOfOtherMakers(t *testing.T) {
	const dir = "/usr/share/color/icc/ghostscript/"
	for file, want := range map[string]string{"a98.icc": "RGB  true", "rommrgb.icc": "RGB  true", "srgb.icc": "RGB  true", "default_gray.icc": "GRAY true", "default_cmyk.icc": "CMYK false"} {
		b, err := os.ReadFile(dir + file)
		if err != nil {
			t.Skipf("skipped: no profiles of Ghostscript here (%v)", err)
		}
		p := parsed(t, b)
		if got := fmt.Sprint(p.Space, " ", p.Convertible()); got != want {
			t.Errorf("%s (%s): %s, want %s", file, p.Name, got, want)
		}
	}
}
