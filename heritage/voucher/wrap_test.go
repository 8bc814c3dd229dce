package voucher

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestWrappingLosesNothing: whatever is written, each line fits or is one
// character with the mark that may not begin the next, and only spaces at line
// ends go.
func TestWrappingLosesNothing(t *testing.T) {
	letters := rapid.SampledFrom([]rune("鼎簋甗一二abcXYZ019 ，。）-\n"))
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(letters, 0, 80, -1).Draw(t, "text")
		width := float64(rapid.IntRange(1, 12).Draw(t, "width"))
		measure := func(s string) float64 { return float64(utf8.RuneCountInString(s)) }
		lines := wrap(s, width, measure)
		bare := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
		if got := bare(strings.Join(lines, "")); got != bare(s) {
			t.Fatalf("%q became %q", bare(s), got)
		}
		for _, l := range lines {
			if over := strings.TrimRight(l, closing); measure(l) > width && measure(over) > width {
				t.Fatalf("the line %q is longer than %v", l, width)
			}
		}
	})
}

func TestTheFontCoversWhatCataloguesWrite(t *testing.T) {
	f, err := openFace()
	if err != nil {
		t.Fatal(err)
	}
	const all = "甗簋斝罍匜簠盉鬲虢卣觯觚爵觥彝缶鼒鑑钫甑瓿鍪戣戟镞钺璋琮璜瑗珑玦瓒缑嵖岈郏鄂禹郕邲鞏荥浚渑泌尉彧曌㸚䍃㝬〔〕《》“”‘’—…·①½℃×±āáǎàéüABCxyz0189"
	for _, r := range all {
		if !f.has(r) {
			t.Errorf("the font lacks %c", r)
		}
	}
	if got := f.clean("鼎\u200b\t𬭚\x07\n罍"); got != "鼎 〓\n罍" || !f.lacks {
		t.Errorf("cleaned to %q", got)
	}
}
