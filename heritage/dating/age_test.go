package dating

import (
	"fmt"
	"strings"
	"testing"
)

func TestAgesAreWhatTheTableSays(t *testing.T) {
	var zh, en []string
	for _, a := range Ages() {
		to := ""
		if a.To != nil {
			to = fmt.Sprint(*a.To)
		}
		zh, en = append(zh, fmt.Sprintf("%s %d..%s", a.ZH, a.From, to)), append(en, a.EN)
	}
	want := "石器时代 -2100000..-2000, 夏商 -2000..-1046, 西周 -1046..-771, 春秋 -770..-476, 战国 -475..-221, 秦汉 -221..220, 魏晋南北朝 220..589, " +
		"隋唐 589..907, 五代 907..960, 宋辽金 960..1279, 元 1279..1368, 明 1368..1644, 清 1644..1911, 近现代 1840.."
	if got := strings.Join(zh, ", "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := strings.Join(en, "; "); got != "Stone Age; Xia, Shang; Western Zhou; Spring and Autumn; Warring States; Qin, Han; Wei, Jin, Northern and Southern Dynasties; "+
		"Sui, Tang; Five Dynasties; Song, Liao, Jin; Yuan; Ming; Qing; Modern and contemporary" {
		t.Errorf("got %s", got)
	}
}

// TestTheYearsOfADynastyMeetItsAgeAndNoOther: what a catalogue calls 明 shares more
// than the year of a change with 明, and with no other.
func TestTheYearsOfADynastyMeetItsAgeAndNoOther(t *testing.T) {
	for _, c := range []struct{ text, ages string }{
		{"新石器时代", "石器时代"}, {"商", "夏商"}, {"西周", "西周"}, {"战国", "战国"}, {"秦", "秦汉"}, {"东汉", "秦汉"}, {"唐", "隋唐"}, {"五代", "五代"},
		{"北宋", "宋辽金"}, {"金", "宋辽金"}, {"南宋", "宋辽金"}, {"明", "明"}, {"明崇祯", "明"}, {"清康熙", "清"}, {"1925年", "近现代"}, {"清光绪", "清 近现代"},
		{"元", "宋辽金 元"}, {"战国至西汉", "战国 秦汉"},
	} {
		from, to := Parse(c.text).Extent()
		if from == nil || to == nil {
			t.Fatalf("%s is not read", c.text)
		}
		var in []string
		for _, a := range Ages() {
			if *to > a.From && (a.To == nil || *from < *a.To) {
				in = append(in, a.ZH)
			}
		}
		if got := strings.Join(in, " "); got != c.ages {
			t.Errorf("%s meets %s, want %s", c.text, got, c.ages)
		}
	}
}
