package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"yijianyou/search"
	"yijianyou/search/index"
)

// TestOursAnswersAsAScan asks our index every query of a small run and compares the
// totals with a scan of the records.
func TestOursAnswersAsAScan(t *testing.T) {
	records := makeRecords(3000, 3)
	folder := t.TempDir()
	if err := buildOurs(folder, records); err != nil {
		t.Fatal(err)
	}
	x, err := index.Open(folder, search.Public, index.Options{Kept: -1})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	for class, queries := range makeQueries(records, 12, 3) {
		for _, q := range queries {
			a, err := ours{x}.ask(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			var want []int
			for i, r := range records {
				if matches(t, r, q) {
					want = append(want, i+1)
				}
			}
			if a.Total != len(want) || class != "near" && fmt.Sprint(a.Top) != fmt.Sprint(want[:min(shown, len(want))]) {
				t.Errorf("%s: %d %v, want %d %v", q, a.Total, a.Top, len(want), want[:min(shown, len(want))])
			}
		}
	}
}

func matches(t *testing.T, r record, q query) bool {
	has := func(word string) bool {
		return strings.Contains(strings.Join(append([]string{r.zh, r.en}, r.body...), "。"), word)
	}
	number := func(i int) (v float64) {
		if _, err := fmt.Sscan(q[i], &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	switch q[0] {
	case "word", "phrase", "facets":
		return has(q[1])
	case "words":
		return has(q[1]) && has(q[2])
	case "prefix":
		return strings.HasPrefix(r.code, q[1])
	case "range":
		return r.from <= int(number(2)) && r.to >= int(number(1))
	case "near":
		return r.placed && index.Distance(search.Point{Lon: r.lon, Lat: r.lat}, search.Point{Lon: number(1), Lat: number(2)}) <= number(3)*1000
	}
	return q[0] == "everything"
}

func TestTheProtocolOfTheDrivers(t *testing.T) {
	folder := t.TempDir()
	var out bytes.Buffer
	if err := driver([]string{"build", folder, "500", "1"}, nil, &out); err != nil {
		t.Fatal(err)
	}
	if n := len(strings.Fields(out.String())); n != 3 {
		t.Errorf("build says %s", out.String())
	}
	out.Reset()
	if err := driver([]string{"serve", folder}, strings.NewReader("everything\nmemory\n"), &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "500\t") || !strings.HasSuffix(lines[0], "\t1 2 3 4 5 6 7 8 9 10") {
		t.Errorf("serve says %s", out.String())
	}
	if err := driver([]string{"fly"}, nil, &out); err == nil {
		t.Error("an unknown call is taken")
	}
}
