package heritage_test

import (
	"testing"

	"yijianyou/heritage"
	"yijianyou/heritage/dating"
)

func TestARecordKeepsTheYearsOfEveryReading(t *testing.T) {
	for words, want := range map[string][2]int{ // 0 is unknown
		"清乾隆庚子":        {1780, 1780},
		"元至元六年":        {1269, 1340},
		"乾隆四十五年（1781）": {1780, 1781},
		"甲申年":          {0, 0}, // any year of that name
		"宋以后":          {1279, 0},
		"白垩纪":          {-145_000_000, -66_000_000},
	} {
		f := heritage.RelicFields{Name: name("器"), Period: heritage.Period{Text: name(words)}}
		newWorld(t).Relics.Check(&f)
		var got [2]int
		for i, y := range []*int{f.Period.FromYear, f.Period.ToYear} {
			if y != nil {
				got[i] = *y
			}
		}
		if got != want {
			t.Errorf("%s: %v, want %v", words, got, want)
		}
	}
}

func TestThePublicSeesHowAPeriodWasRead(t *testing.T) {
	w := newWorld(t)
	for words, want := range map[string]heritage.Text{
		"清乾隆庚子": {ZH: "清乾隆四十五年（1780年）", EN: "Qing Qianlong 45 (1780)"},
		"元至元六年": {}, // in doubt
		"很久以前":  {}, // not understood
	} {
		f := heritage.RelicFields{Name: name("器"), Period: heritage.Period{Text: name(words)}}
		p := publish(w, w.Relics, create(w, w.Relics, registrar, f).ID)
		v, _, err := w.PublicRelic(t.Context(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if v.Period.Printed != want {
			t.Errorf("%s is printed %+v, want %+v", words, v.Period.Printed, want)
		}
	}
	f := heritage.RelicFields{Name: name("器"), Period: heritage.Period{Text: name("唐"), FromYear: ptr(700), ToYear: ptr(750)}}
	p := publish(w, w.Relics, create(w, w.Relics, registrar, f).ID)
	if v, _, err := w.PublicRelic(t.Context(), p.ID); err != nil || !v.Period.Printed.IsZero() {
		t.Errorf("years that a curator gave are not those of the words: %+v, %v", v.Period, err)
	}
}

func TestTakingAReadingReplacesTheYears(t *testing.T) {
	p := heritage.Period{FromYear: ptr(1), ToYear: ptr(2), Approx: true}
	p.Take(dating.Parse("不详"))
	if p.FromYear != nil || p.ToYear != nil || p.Approx {
		t.Errorf("%+v", p)
	}
}
