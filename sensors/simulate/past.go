package simulate

import (
	"math/rand/v2"
	"time"
)

// Quarter is what a gate counted in a quarter of an hour.
type Quarter struct {
	At      time.Time // its begin
	In, Out int
}

const quarters = 24 * 4

// Day plays a day of a gate at once, as that of a script's `day`: visitors come by
// the hour, stay for stay, and have all left when it ends. Quarters without anybody
// are left out. date is any moment of the day.
func Day(r *rand.Rand, date time.Time, visitors float64, stay time.Duration) []Quarter {
	y, m, d := date.In(china).Date()
	begin := time.Date(y, m, d, 0, 0, 0, 0, china)
	g := GateFlow{Day: visitors}
	var out []Quarter
	inside := 0
	for i := range quarters {
		q := Quarter{At: begin.Add(time.Duration(i) * 15 * time.Minute)}
		q.In = poisson(r, 15*g.arriving(q.At))
		q.Out = min(poisson(r, 15*g.arriving(q.At.Add(-stay))), inside)
		inside += q.In - q.Out
		if q.In == 0 && g.arriving(q.At) == 0 && g.arriving(q.At.Add(-stay)) == 0 {
			q.Out, inside = q.Out+inside, 0
		}
		if q.In > 0 || q.Out > 0 {
			out = append(out, q)
		}
	}
	return out
}
