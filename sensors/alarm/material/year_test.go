package material

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"yijianyou/sensors/alarm"
)

var update = flag.Bool("update", false, "write the list of alarms of the year anew")

// The year is that of a room in London in 2024, every quarter of an hour, from the example data
// of ConSciR. It is not part of this repository; the list of alarms is.
const goldenYear = "testdata/year-2024.tsv"

// yearRules are the rules of the year, by the objects that are in the room.
func yearRules(t *testing.T) map[string][]alarm.Rule {
	three, half := 3.0, 0.5
	common := []alarm.Rule{
		{Kind: alarm.Dew, Low: &three, Hysteresis: 0.5, SurfaceBelowK: 8, HoldS: 1800, ClearS: 900, Severity: 3},
		{Kind: alarm.Mould, High: &half, Severity: 3},
		{Kind: alarm.Silence, Quantity: alarm.Humidity, SpanS: 7200, Severity: 3},
		{Kind: alarm.Stuck, Quantity: alarm.Humidity, SpanS: 21600, Severity: 4},
	}
	for i := range common {
		common[i].Source.Text = "test"
	}
	mixed := Combine([]Object{{"1", "铜镜", []string{"copper"}}, {"2", "书画", []string{"paper"}}})
	if len(mixed.Conflicts) != 1 {
		t.Fatal("metal and paper are no conflict")
	}
	return map[string][]alarm.Rule{
		"metal":   Combine([]Object{{"1", "铜镜", []string{"copper"}}}).Drafts(),
		"organic": Combine([]Object{{"2", "书画", []string{"paper"}}, {"3", "木椅", []string{"wood"}}}).Drafts(),
		"mixed":   mixed.Drafts(),
		"any":     common,
	}
}

// readYear returns the samples in the order of a course; it skips where there are none.
func readYear(t *testing.T) []alarm.Sample {
	name := filepath.Join(cmp.Or(os.Getenv("YJY_TEST_SHARED"), "../../../../shared"), "data", "sensors", "TRHdata.csv")
	f, err := os.Open(name)
	if err != nil {
		t.Skipf("the year of climate data is not here (set YJY_TEST_SHARED): %v", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(bufio.NewReader(f)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	list := make([]alarm.Sample, 0, 2*len(rows))
	for _, row := range rows[1:] {
		at, err := time.Parse(time.RFC3339, row[2])
		celsius, err2 := strconv.ParseFloat(row[3], 64)
		rh, err3 := strconv.ParseFloat(row[4], 64)
		if err := cmp.Or(err, err2, err3); err != nil {
			t.Fatal(err)
		}
		list = append(list, alarm.Sample{At: at.UnixMilli(), Quantity: alarm.Humidity, Value: rh},
			alarm.Sample{At: at.UnixMilli(), Quantity: alarm.Temperature, Value: celsius})
	}
	return list
}

// alarmsOf lists the alarms of one rule: since, raised, cleared, worst.
func alarmsOf(t *testing.T, r alarm.Rule, samples []alarm.Sample) (lines []string) {
	j, err := alarm.NewJudge(r, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var s alarm.State
	stamp := func(ms int64) string { return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05Z") }
	begun := ""
	for _, x := range samples {
		var ch alarm.Changes
		s, ch = j.Step(s, &x, x.At)
		for i := range ch.Len() {
			switch c := ch.At(i); c.Kind {
			case alarm.Raise:
				begun = stamp(c.Since) + "\t" + stamp(c.At)
			case alarm.Clear:
				lines = append(lines, fmt.Sprintf("%s\t%s\t%.2f", begun, stamp(c.At), c.Value))
				begun = ""
			}
		}
	}
	if begun != "" {
		lines = append(lines, fmt.Sprintf("%s\t-\t%.2f", begun, s.Worst()))
	}
	return lines
}

func TestTheYearOfClimateYieldsTheListedAlarms(t *testing.T) {
	rules, samples := yearRules(t), readYear(t)
	if len(samples) != 2*35136 {
		t.Fatalf("%d samples", len(samples))
	}
	missing := 0
	for _, x := range samples {
		if math.IsNaN(x.Value) {
			missing++
		}
	}
	t.Logf("%d of the values are no numbers and count as not measured", missing)
	var b strings.Builder
	b.WriteString("objects\trule\tsince\traised\tcleared\tworst\n")
	for _, objects := range []string{"metal", "organic", "mixed", "any"} {
		for _, r := range rules[objects] {
			if r.Kind == alarm.Dose || r.Quantity == alarm.Illuminance || r.Quantity == UV {
				continue
			}
			name := strings.Trim(string(r.Kind)+" "+r.Quantity, " ")
			lines := alarmsOf(t, r, samples)
			t.Logf("%s, %s: %d alarms", objects, name, len(lines))
			for _, line := range lines {
				b.WriteString(objects + "\t" + name + "\t" + line + "\n")
			}
		}
	}
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(goldenYear, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(goldenYear)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != b.String() {
		t.Errorf("the alarms of the year are not those of %s; if they should change run with -update and check them with scripts/climate-year.py", goldenYear)
	}
}
