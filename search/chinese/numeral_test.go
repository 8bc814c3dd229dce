package chinese

import (
	"strings"
	"testing"
)

func TestRenumbered(t *testing.T) {
	for in, want := range map[string]string{
		"杜岭二号鼎": "杜岭2号鼎", "杜岭2号鼎": "杜岭二号鼎", "12号坑": "十二号坑", "二十号坑": "20号坑", "三星堆一号坑和2号坑": "三星堆1号坑和二号坑", "第三世": "第3世",
		"三彩": "", "三门峡": "", "四门塔": "", "三世佛": "", "南三门": "南3门", "12号门": "十二号门", "2021号": "", "一百号": "", "007号": "", "": "", "十": "", "九十九层": "99层", "一一号": "",
	} {
		if got := Renumbered(in); got != want {
			t.Errorf("Renumbered(%s) = %s, want %s", in, got, want)
		}
	}
	for n := 1; n <= 99; n++ {
		if got, length := numberAt([]rune(Numeral(n))); got != n || length != len([]rune(Numeral(n))) {
			t.Errorf("%d is written %s and read as %d", n, Numeral(n), got)
		}
	}
}

func TestALongNumberIsPassedOverInOneGo(t *testing.T) {
	if got := Renumbered(strings.Repeat("8", 1<<20) + "号"); got != "" { // of quadratic work this would never end
		t.Errorf("%d bytes", len(got))
	}
}

func FuzzRenumbered(f *testing.F) {
	f.Add("杜岭二号鼎 12号坑")
	f.Add("") // has no number
	f.Fuzz(func(t *testing.T, s string) {
		s = Fold(s)
		if other := Renumbered(s); other != "" && other == s {
			t.Fatalf("%q is its own other way", s)
		}
	})
}
