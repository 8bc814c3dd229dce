package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// takesPart reports whether an engine answers a class. Xapian has nothing for
// places that would be fast.
func takesPart(engine, class string) bool { return engine != "xapian" || class != "near" }

// times are the latencies of a class by engine.
type times map[string][]time.Duration

// measure asks every engine every query of a class in turns and returns how long
// each took. The first round is not counted and is where answers are compared.
func measure(engines []*engine, class string, queries []query, rounds int) (times, error) {
	t := make(times)
	for round := range rounds + 1 {
		for i, q := range queries {
			var first *answer
			for k := range engines {
				e := engines[(k+i+round)%len(engines)]
				if !takesPart(e.name, class) {
					continue
				}
				a, err := e.ask(q.String())
				if err != nil {
					return nil, err
				}
				if round > 0 {
					t[e.name] = append(t[e.name], a.Took)
					continue
				}
				if first == nil {
					first = &a
				} else if !first.same(a) {
					return nil, fmt.Errorf("%s: %s says %+v, another %+v", q, e.name, a, *first)
				}
			}
		}
	}
	return t, nil
}

// quantile returns a quantile of times.
func quantile(list []time.Duration, q float64) time.Duration {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Clone(list)
	slices.Sort(sorted)
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

func us(d time.Duration) string {
	return strconv.FormatFloat(float64(d.Nanoseconds())/1000, 'f', 0, 64)
}

// clients lets n clients ask an engine the queries of a file at once.
func (e *engine) clients(n, rounds int, file string) ([]time.Duration, error) {
	out, err := e.line(fmt.Sprintf("clients\t%d\t%d\t%s", n, rounds, file))
	if err != nil {
		return nil, err
	}
	var list []time.Duration
	for f := range strings.FieldsSeq(out) {
		ns, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return nil, e.fail("clients", err)
		}
		list = append(list, time.Duration(ns))
	}
	return list, nil
}

// writeQueries writes the queries of the classes that every engine answers, mixed.
func writeQueries(file string, queries map[string][]query) error {
	var b strings.Builder
	for i := range queries["word"] {
		for _, class := range classes {
			if class != "near" {
				b.WriteString(queries[class][i].String() + "\n")
			}
		}
	}
	return os.WriteFile(file, []byte(b.String()), 0o644)
}
