package heritage

import (
	"testing"
	"unicode/utf8"
)

func FuzzTidyingTwiceChangesNothing(f *testing.F) {
	for _, s := range []string{"", " 莲鹤\u200b方壶　", "a\r\n\r\n\r\nb \n c", "\ufeffé\u0301", "e\u0301\u200d", "\u202eabc", "\x00\x1f\x85", "Ａ１", "\u1100\u200b\u1161"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, tidy := range map[string]func(string) string{"line": tidyLine, "text": tidyText, "number": foldNumber} {
			once := tidy(s)
			if again := tidy(once); again != once {
				t.Errorf("%s: %q becomes %q, then %q", name, s, once, again)
			}
			if utf8.ValidString(s) && !utf8.ValidString(once) {
				t.Errorf("%s: %q is broken to %q", name, s, once)
			}
		}
	})
}

func FuzzListCursor(f *testing.F) {
	f.Add(sealCursor("demo-museum", "abc"))
	f.Add("bm9uZQ")
	f.Add("%")
	f.Fuzz(func(t *testing.T, s string) {
		org, c, err := openCursor(s)
		if err != nil || s == "" {
			return
		}
		org2, c2, err := openCursor(sealCursor(org, c))
		if err != nil || org2 != org || c2 != c {
			t.Errorf("%q opens as %q, %q and then as %q, %q, %v", s, org, c, org2, c2, err)
		}
	})
}

func FuzzDatumAndBack(f *testing.F) {
	f.Add(112.935, 34.508)
	f.Add(-180.0, 90.0)
	f.Fuzz(func(t *testing.T, lon, lat float64) {
		if !(lon >= 73 && lon <= 135 && lat >= 4 && lat <= 53) {
			return
		}
		gLon, gLat := wgsToGCJ(lon, lat)
		if d := max(abs(gLon-lon), abs(gLat-lat)); d > 0.02 {
			t.Errorf("%v, %v is shifted by %v degrees", lon, lat, d)
		}
		bLon, bLat := gcjToWGS(gLon, gLat)
		if max(abs(bLon-lon), abs(bLat-lat)) > 1e-6 {
			t.Errorf("%v, %v comes back as %v, %v", lon, lat, bLon, bLat)
		}
	})
}

func abs(v float64) float64 { return max(v, -v) }
