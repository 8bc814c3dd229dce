package comfort

// Level is how full it is, in the words of screens. Never rename.
type Level string

const (
	NotAssessed Level = ""            // 未核定, or nothing to judge by
	Clear       Level = "clear"       // 畅通
	Comfortable Level = "comfortable" // 舒适
	Busy        Level = "busy"        // 较拥挤
	Crowded     Level = "crowded"     // 拥挤
	Packed      Level = "packed"      // 严重拥挤
)

// Fuller reports whether l is a fuller level than m.
func (l Level) Fuller(m Level) bool { return gravity[l] > gravity[m] }

// Peak is a peak level, which an area itself may issue: a share of the approved
// daily limit. LB/T 068-2017 5.4 has I to III; some cities have a fourth. Never
// rename.
type Peak string

const (
	NoPeak  Peak = ""
	PeakIV  Peak = "IV"  // blue: the optimal capacity is reached (local)
	PeakIII Peak = "III" // yellow: 80 % of the daily limit and more
	PeakII  Peak = "II"  // orange: 90 %
	PeakI   Peak = "I"   // red: 95 %
)
