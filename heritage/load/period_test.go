package load

import (
	"testing"

	"yijianyou/heritage"
	"yijianyou/internal/fault"
)

func TestDoubtfulDatingsAreExplained(t *testing.T) {
	c := periodColumn("period", "年代", "Period", func(f *heritage.RelicFields) *heritage.Period { return &f.Period })
	for _, row := range []struct {
		cell     string
		from, to int // 0 is unknown
		code     *fault.Code
		english  string
	}{
		{"清乾隆四十五年", 1780, 1780, nil, ""},
		{"很久以前", 0, 0, DoubtPeriod, ""},
		{"元至元六年", 1269, 1340, DoubtReading, `The dating "至元六年" can be read in several ways: read as 1269, it may also be 1340 (negative is BCE). The years hold every reading. Accept it, or write it more clearly.`},
		{"乾隆四十五年（1781年）", 1780, 1781, DoubtContradiction, ""},
		{"清乾隆年制", 1736, 1795, DoubtMark, ""},
		{"崇祯十八年", 1645, 1645, DoubtBeyond, ""},
		{"甲申年", 0, 0, DoubtReading, ""},
	} {
		var f heritage.RelicFields
		doubts := c.read(&f, row.cell)
		var from, to int
		if f.Period.FromYear != nil {
			from = *f.Period.FromYear
		}
		if f.Period.ToYear != nil {
			to = *f.Period.ToYear
		}
		if from != row.from || to != row.to || f.Period.Text.ZH != row.cell {
			t.Errorf("%s: %d to %d, want %d to %d", row.cell, from, to, row.from, row.to)
		}
		if row.code == nil {
			if len(doubts) != 0 {
				t.Errorf("%s: %v", row.cell, doubts)
			}
			continue
		}
		if len(doubts) != 1 || doubts[0].code != row.code || doubts[0].fatal {
			t.Fatalf("%s: %v, want %s", row.cell, doubts, row.code.ID())
		}
		if got := doubts[0].code.Text(fault.English, doubts[0].params...); row.english != "" && got != row.english {
			t.Errorf("%s: %s", row.cell, got)
		}
	}
}
