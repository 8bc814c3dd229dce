package main

import (
	"fmt"
	"runtime"
	"time"

	"yijianyou/sensors/locate"
	"yijianyou/sensors/locate/building"
)

func report(rules []rule, scores []score) {
	fmt.Println("| rule | delay p50 / p90, s | arrivals not noticed | false moves, exits, missing per tag-day | false alarms | exits missed, delay p50, s | torn off found, after s | place right |")
	fmt.Println("|---|---|---|---|---|---|---|---|")
	for i, r := range rules {
		s := &scores[i]
		fmt.Printf("| %s | %.1f / %.1f | %d of %d | %.2f, %.2f, %.2f | %.2f | %d of %d, %.1f | %d of %d, %.0f | %.2f %% |\n", r.name(), quantile(s.delays, 0.5), quantile(s.delays, 0.9),
			s.unnoticed, s.arrivals, float64(s.falseMoves)/s.days, float64(s.falseExits)/s.days, float64(s.falseGone)/s.days, s.falseAlarms(),
			s.exitsMissed, s.exits, quantile(s.exitDelays, 0.5), len(s.tornDelays), s.torn, quantile(s.tornDelays, 0.5), 100*s.accuracy())
	}
	fmt.Println("\nAt equal delay (median), false alarms per tag-day, read off between two settings of the other rule:")
	fmt.Println("| ours | delay | ours | last seen | times | strongest mean | times |")
	fmt.Println("|---|---|---|---|---|---|---|")
	for i, r := range rules {
		if _, ok := r.(*ours); !ok {
			continue
		}
		delay, own := quantile(scores[i].delays, 0.5), scores[i].falseAlarms()
		last, window := at[*lastSeen](rules, scores, delay), at[*fixedWindow](rules, scores, delay)
		fmt.Printf("| %s | %.1f s | %.2f | %.2f | %.0f | %.2f | %.0f |\n", r.name(), delay, own, last, last/own, window, window/own)
	}
	fmt.Println("\nAt equal detection, the quietest setting of last seen that is no later (median) and overlooks no more arrivals and exits; if there is none, the one of those no later that overlooks the fewest:")
	fmt.Println("| ours | delay p50 / p90 | overlooked | false alarms | last seen | delay p50 / p90 | overlooked | false alarms | times |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|")
	for i, r := range rules {
		if _, ok := r.(*ours); !ok {
			continue
		}
		own := &scores[i]
		if k := equal[*lastSeen](rules, scores, own); k >= 0 {
			fmt.Printf("| %s | %s | %s | %s | %.0f |\n", r.name(), detected(own), rules[k].name(), detected(&scores[k]), scores[k].falseAlarms()/own.falseAlarms())
		}
	}
}

// detected says how well a rule detects, and at what price.
func detected(s *score) string {
	return fmt.Sprintf("%.1f / %.1f s | %d of %d | %.2f", quantile(s.delays, 0.5), quantile(s.delays, 0.9), s.overlooked(), s.arrivals+s.exits, s.falseAlarms())
}

// equal returns the setting of a kind of rule that is compared with another rule at
// equal detection; -1 when none is as fast.
func equal[R rule](rules []rule, scores []score, own *score) int {
	best := -1
	for i, r := range rules {
		s := &scores[i]
		if _, ok := r.(R); !ok || quantile(s.delays, 0.5) > quantile(own.delays, 0.5) {
			continue
		}
		if best < 0 {
			best = i
			continue
		}
		more, least := max(s.overlooked(), own.overlooked()), max(scores[best].overlooked(), own.overlooked())
		if more < least || more == least && s.falseAlarms() < scores[best].falseAlarms() {
			best = i
		}
	}
	return best
}

// at returns the false alarms of a kind of rule at a median delay, on the line
// between its two settings around it; the nearest setting beyond the first or last.
func at[R rule](rules []rule, scores []score, delay float64) float64 {
	before, after := -1, -1
	for i, r := range rules {
		if _, ok := r.(R); !ok {
			continue
		}
		if quantile(scores[i].delays, 0.5) <= delay {
			before = i
		} else if after < 0 {
			after = i
		}
	}
	switch {
	case before < 0:
		return scores[after].falseAlarms()
	case after < 0:
		return scores[before].falseAlarms()
	}
	x0, x1 := quantile(scores[before].delays, 0.5), quantile(scores[after].delays, 0.5)
	y0, y1 := scores[before].falseAlarms(), scores[after].falseAlarms()
	return y0 + (y1-y0)*(delay-x0)/max(x1-x0, 1e-9)
}

// reliability compares what the confidence says with what is true, once a minute.
type reliability struct {
	rule      *ours
	day       *day
	n, right  [10]int
	sum       [10]float64
	asked     int64
	brier     float64
	questions int
}

const askMS = 60_000

func (c *reliability) see(o *ours, now int64) {
	st, last := &o.state, o.last
	if now < c.asked {
		c.asked = 0
	}
	c.asked = max(c.asked, (last+askMS-1)/askMS*askMS)
	for ; c.asked < now && c.asked < c.day.Torn; c.asked += askMS {
		if c.day.doubled(c.asked) {
			continue
		}
		here, _ := locate.At(*st, moment(c.asked))
		pace, _ := st.Pace()
		p := here.Confidence(time.Duration(c.asked-last)*time.Millisecond, pace)
		zone, known := c.rule.zones[here.Zone()]
		bin := min(9, int(10*p))
		c.n[bin]++
		c.sum[bin] += p
		right := 0.0
		if known && c.day.right(c.rule.b, c.asked, zone) {
			c.right[bin]++
			right = 1
		}
		c.brier += (p - right) * (p - right)
		c.questions++
	}
}

func (c *reliability) report() {
	fmt.Println("\n| confidence | asked | said | right |\n|---|---|---|---|")
	wrong := 0.0
	for i, n := range c.n {
		if n == 0 {
			continue
		}
		said, right := c.sum[i]/float64(n), float64(c.right[i])/float64(n)
		wrong += float64(n) / float64(c.questions) * max(said-right, right-said)
		fmt.Printf("| %.1f to %.1f | %d | %.3f | %.3f |\n", float64(i)/10, float64(i+1)/10, n, said, right)
	}
	fmt.Printf("\nExpected calibration error %.4f, Brier score %.4f\n", wrong, c.brier/float64(c.questions))
}

// speed measures steps on one core over a played day.
func speed(sim *building.Simulator) error {
	var d building.Day
	sim.Play(&d, 0, 0, sim.Outages(0))
	o := newOurs(sim.Building, "", 3*time.Second, time.Minute, 0)
	list := make([]locate.Sighting, len(d.Reads))
	for i, r := range d.Reads {
		list[i] = o.sighting(r)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	n, begin := 0, processor()
	for processor()-begin < 2*time.Second {
		var st locate.State
		for _, s := range list {
			st, _ = locate.Step(st, s, &o.known)
		}
		n += len(list)
	}
	took := processor() - begin
	runtime.ReadMemStats(&after)
	fmt.Printf("\nSpeed: %.2f M sightings a second of processor time, %.0f ns each, %.4f allocations each\n", float64(n)/took.Seconds()/1e6,
		float64(took.Nanoseconds())/float64(n), float64(after.Mallocs-before.Mallocs)/float64(n))
	return nil
}
