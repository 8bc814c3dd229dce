package comfort

// queueFormula is how long who joins a queue now will wait: those before him by how
// many an hour are served (J. D. C. Little, A proof for the queuing formula L = λW,
// 1961). Nobody waiting is no wait, whatever is served; a queue that does not move
// has no known wait, which is another thing.
func queueFormula() Formula {
	return Formula{ID: "queue-little", Version: "1", ZH: "预计等候时间", EN: "expected wait", Unit: "min", Source: "J. D. C. Little, 1961", Verified: true, Needs: []Quantity{Waiting, Served},
		compute: func(k map[Quantity]float64) (float64, Grade, bool) {
			if k[Waiting] == 0 {
				return 0, "wait-none", true
			}
			if k[Served] == 0 {
				return 0, "", false
			}
			m := round(float64(60*k[Waiting])/k[Served], 0)
			switch {
			case m > 1e6:
				return 0, "", false
			case m < 10:
				return m, "wait-short", true
			case m < 30:
				return m, "wait-long", true
			}
			return m, "wait-very-long", true
		}}
}
