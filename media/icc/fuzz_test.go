package icc_test

import (
	"testing"
	"unicode/utf8"

	"yijianyou/media/icc"
	"yijianyou/media/icc/icctest"
)

func FuzzParse(f *testing.F) {
	f.Add(icctest.Matrix("Adobe RGB (1998)", icctest.AdobeRGB, icctest.Curve(563)))
	f.Add(icctest.Matrix("P3", icctest.P3, icctest.SRGBFormula()))
	f.Add(icctest.Profile("GRAY", icctest.Tag{Sig: "kTRC", Data: icctest.Curve(0, 100, 65535)}))
	f.Add(icctest.Profile("CMYK", icctest.Name("x")))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := icc.Parse(b)
		if err != nil {
			return
		}
		if utf8.RuneCountInString(p.Name) > 80 || !utf8.ValidString(p.Name) {
			t.Errorf("name %q", p.Name)
		}
		tr, ok := p.Transform()
		if ok != p.Convertible() {
			t.Error("convertible and not converted")
		}
		if ok {
			tr.RGB(1, 128, 255)
			tr.Wide(1, 32768, 65535)
			tr.Plain()
		}
	})
}
