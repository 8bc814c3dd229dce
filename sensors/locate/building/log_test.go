package building

import (
	"bufio"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write readerlog.tsv anew from the log")

// The log itself; absent on most machines.
const logFile = "/work/shared/data/sensors/RFID_Data.txt"

// reads returns the reads of the log by tag: seconds and dB.
func reads(t *testing.T) map[string][][2]float64 {
	t.Helper()
	f, err := os.Open(logFile)
	if err != nil {
		t.Skip("the reader log is not on this machine: its distributions are not compared")
	}
	defer f.Close()
	byTag := map[string][][2]float64{}
	var begin time.Time
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var tag, kind, at string
		var antenna, rssi int
		text := strings.ReplaceAll(lines.Text(), ",", "")
		if _, err := fmt.Sscanf(text, "event.tag.report tag_id=%s type=%s antenna=%d rssi=%d time=%s", &tag, &kind, &antenna, &rssi, &at); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		when, err := time.Parse("2006-01-02T15:04:05.999", at)
		if err != nil {
			t.Fatal(err)
		}
		if begin.IsZero() {
			begin = when
		}
		byTag[tag[len(tag)-4:]] = append(byTag[tag[len(tag)-4:]], [2]float64{when.Sub(begin).Seconds(), 10 * math.Log10(float64(rssi))})
	}
	return byTag
}

const (
	wellRead = 140 // reads of a tag that misses next to none
	steps    = 100 // of quantiles
)

func measured(byTag map[string][][2]float64) *Log {
	var l Log
	var noise, gaps []float64
	for name, list := range byTag {
		var levels []float64
		for _, r := range list {
			levels = append(levels, r[1])
		}
		tag := Logged{Name: name, Reads: len(list), Level: median(levels), Spread: spread(levels), Lag: lag(levels)}
		l.Tags = append(l.Tags, tag)
		for i, r := range list {
			if len(list) >= 50 {
				noise = append(noise, r[1]-tag.Level)
			}
			if i > 0 && len(list) >= wellRead {
				gaps = append(gaps, 1000*(r[0]-list[i-1][0]))
			}
		}
	}
	slices.SortFunc(l.Tags, func(a, b Logged) int { return strings.Compare(a.Name, b.Name) })
	l.Noise, l.Gaps = quantiles(noise), quantiles(gaps)
	l.Reach, l.Slope = reach(l.Tags)
	return &l
}

func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}

func spread(v []float64) float64 {
	mean, sum := 0.0, 0.0
	for _, x := range v {
		mean += x / float64(len(v))
	}
	for _, x := range v {
		sum += (x - mean) * (x - mean) / float64(len(v))
	}
	return math.Sqrt(sum)
}

func lag(v []float64) float64 {
	mean, product, square := 0.0, 0.0, 0.0
	for _, x := range v {
		mean += x / float64(len(v))
	}
	for i, x := range v {
		square += (x - mean) * (x - mean)
		if i > 0 {
			product += (x - mean) * (v[i-1] - mean)
		}
	}
	if square == 0 {
		return 0
	}
	return product / square
}

func quantiles(v []float64) []float64 {
	slices.Sort(v)
	var q []float64
	for i := range steps + 1 {
		q = append(q, v[i*(len(v)-1)/steps])
	}
	return q
}

// reach fits the logistic curve of how many chances are taken at which level, by
// least squares; a tag that misses none has as many as the well read ones at the
// median.
func reach(tags []Logged) (mid, slope float64) {
	var well []float64
	for _, t := range tags {
		if t.Reads >= wellRead {
			well = append(well, float64(t.Reads))
		}
	}
	chances, least := median(well), math.Inf(1)
	for m := 18.0; m < 25; m += 0.05 {
		for s := 0.1; s < 2; s += 0.05 {
			sum := 0.0
			for _, t := range tags {
				d := min(1, float64(t.Reads)/chances) - (&Log{Reach: m, Slope: s}).taken(t.Level)
				sum += d * d
			}
			if sum < least {
				least, mid, slope = sum, m, s
			}
		}
	}
	return mid, slope
}

func (l *Log) text() string {
	var b strings.Builder
	b.WriteString("# How a real UHF reader reads tags at rest: one antenna, 61 tags, 8,750 reads in 198 s, 1 May 2010.\n" +
		"# Made from RFID_Data.txt of https://github.com/dlrfdnwkd/Passive-UHF-RFID-Data-Position at commit 5b43c1bce8c797691d4069cb16582b7ed1c7148b\n" +
		"# by `go test ./sensors/locate/building -run TheLog -update`. Facts only: the log itself has no licence and is not here.\n" +
		"# The reader gave bare numbers; levels are 10*log10 of them, so only differences mean something.\n" +
		"# tag: end of EPC, reads, median level dB, standard deviation dB, lag-1 autocorrelation\n")
	for _, t := range l.Tags {
		fmt.Fprintf(&b, "tag %s %d %.2f %.2f %.2f\n", t.Name, t.Reads, t.Level, t.Spread, t.Lag)
	}
	fmt.Fprintf(&b, "# reach: level at which half of the chances are taken, slope of the logistic curve, dB\nreach %.2f %.2f\n", l.Reach, l.Slope)
	b.WriteString("# noise: quantiles 0, 0.01 ... 1 of a read minus the median of its tag, dB (tags with 50 reads or more)\n")
	for _, v := range l.Noise {
		fmt.Fprintf(&b, "noise %.2f\n", v)
	}
	b.WriteString("# gap: likewise of the time between two reads of a tag, ms (tags with 140 reads or more)\n")
	for _, v := range l.Gaps {
		fmt.Fprintf(&b, "gap %.0f\n", v)
	}
	return b.String()
}

func TestTheLogHasTheDistributionsOfTheFile(t *testing.T) {
	got := measured(reads(t)).text()
	if *update {
		if err := os.WriteFile("readerlog.tsv", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != readerlog {
		t.Error("readerlog.tsv is not what the log says: run with -update")
	}
}

func TestDrawnReadsHaveTheDistributionsOfTheFile(t *testing.T) {
	l, err := ReaderLog()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for name, q := range map[string][]float64{"noise": l.Noise, "gaps": l.Gaps} {
		var list []float64
		for range 20_000 {
			list = append(list, drawn(q, r))
		}
		again := quantiles(list)
		for _, i := range []int{10, 25, 50, 75, 90} {
			if wide := q[90] - q[10]; math.Abs(again[i]-q[i]) > 0.03*wide {
				t.Errorf("%s at %d %%: drawn %.2f, the log has %.2f", name, i, again[i], q[i])
			}
		}
	}
}

func TestWeakTagsOfTheLogAreReadSeldom(t *testing.T) {
	l, err := ReaderLog()
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range l.Tags {
		switch p := l.taken(tag.Level); {
		case tag.Reads < 20 && p > 0.7, tag.Reads > 145 && p < 0.7:
			t.Errorf("tag %s has %d reads, the curve says %.2f", tag.Name, tag.Reads, p)
		}
	}
	lagged := 0
	for _, tag := range l.Tags {
		if math.Abs(tag.Lag) > 0.2 {
			lagged++
		}
	}
	if lagged > 5 {
		t.Errorf("%d tags have strengths that depend on the read before: noise is not drawn anew for each read", lagged)
	}
}

func FuzzParseLog(f *testing.F) {
	f.Add(readerlog)
	f.Add("tag A 1 2 3 4\nreach 20 1\nnoise 0\nnoise 1\ngap 1\ngap 2\n")
	f.Fuzz(func(t *testing.T, text string) {
		if l, err := parseLog(text); err == nil && (len(l.Tags) == 0 || l.Slope <= 0) {
			t.Error("an empty log was read")
		}
	})
}
