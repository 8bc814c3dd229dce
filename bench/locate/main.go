package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"yijianyou/sensors/locate/building"
)

func main() {
	days := flag.Int("days", 40, "tag-days to play")
	seed := flag.Uint64("seed", 2, "of everything random; the model of confidence was fitted to seed 1")
	late := flag.Duration("late", 130*time.Second, "after how long it is known that a reader is out; 130 s are those of a device with the usual silence limit")
	flag.Parse()
	if err := run(*days, *seed, *late); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// quietFixed is after how long the fixed rules call a tag missing.
const quietFixed = 60_000

// perDay is how many tags share the outages of a day.
const perDay = 20

func run(tagDays int, seed uint64, late time.Duration) error {
	log, err := building.ReaderLog()
	if err != nil {
		return err
	}
	sim := &building.Simulator{Building: building.Museum(), Log: log, Customs: building.Usual(), Seed: seed}
	b := sim.Building
	var rules []rule
	for _, s := range []float64{0, 1, 2, 3, 5, 8, 12, 20, 30} {
		rules = append(rules, &lastSeen{b: b, label: fmt.Sprintf("last seen, held %g s", s), hold: int64(s * 1000), quiet: quiet{after: quietFixed}})
	}
	for _, s := range []float64{2, 5, 10, 20, 30, 60, 120} {
		rules = append(rules, &fixedWindow{b: b, label: fmt.Sprintf("strongest mean of %g s", s), window: int64(s * 1000), quiet: quiet{after: quietFixed}})
	}
	calibration := &reliability{}
	for _, s := range []float64{0.5, 1, 2, 3, 5, 8, 12, 20} {
		o := newOurs(b, fmt.Sprintf("locate, dwell %g s", s), time.Duration(s*1000)*time.Millisecond, time.Minute, late)
		if s == 3 {
			calibration.rule, o.sees = o, calibration.see
		}
		rules = append(rules, o)
	}
	scores := make([]score, len(rules))
	var d building.Day
	reads, clones, cloned, apart := 0, 0, 0, 0
	for i := range tagDays {
		outages := sim.Outages(i / perDay)
		sim.Play(&d, i/perDay, i, outages)
		reads += len(d.Reads)
		calibration.day = &day{&d}
		for k, r := range rules {
			if o, ok := r.(*ours); ok {
				o.day(outages)
			}
			r.begin()
			for _, x := range d.Reads {
				r.see(x)
			}
			scores[k].judge(b, &day{&d}, r.end())
		}
		if d.Cloned.Until > 0 {
			cloned++
			if calibration.day.apart(b) {
				apart++
			}
		}
		if calibration.rule.twins > 0 {
			clones++
		}
	}
	fmt.Printf("%d tag-days, %d reads, seed %d\n\n", tagDays, reads, seed)
	report(rules, scores)
	fmt.Printf("\nCopies: %d tag-days with one, %d of them heard more than %d m from the tag, %d called\n", cloned, apart, apartM, clones)
	calibration.report()
	return speed(sim)
}
