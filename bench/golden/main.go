package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"yijianyou/search"
)

func main() {
	records := flag.String("records", "", "print the records of a shelf (demo, demo/staff, cmoa, cmoa/staff) as JSON lines, and stop")
	worst := flag.Int("worst", 0, "show the first ten hits of as many queries, the worst first")
	only := flag.String("class", "", "only the queries of this class")
	text := flag.String("query", "", "only this query; its first fifty hits are shown")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, *records, *only, *text, *worst); err != nil {
		fmt.Fprintln(os.Stderr, "golden:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, records, only, text string, worst int) error {
	dir, err := os.MkdirTemp("", "golden-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	list, err := readJudged()
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(q *judged) bool {
		return only != "" && q.class != only || text != "" && q.text != text
	})
	all, err := openShelves(ctx, dir)
	if err != nil {
		return err
	}
	defer all.close()
	if records != "" {
		return all.print(ctx, w, records)
	}
	answers, whole, classes, err := all.measure(ctx, list)
	if err != nil {
		return err
	}
	depth := gainDepth
	if text != "" {
		worst, depth = len(answers), recallDepth
	}
	for _, a := range answers[:min(worst, len(answers))] {
		show(w, a, depth)
	}
	fmt.Fprintf(w, "%-10s %7s %8s %9s\n", "class", "queries", "nDCG@10", "recall@50")
	for _, name := range slices.Sorted(maps.Keys(classes)) {
		line(w, name, classes[name])
	}
	line(w, "all", &whole)
	for i, f := range byBatch(answers) {
		line(w, "from "+batches[i], &f)
	}
	return nil
}

// line prints the figures of what has a query.
func line(w io.Writer, name string, f *figures) {
	if f.queries == 0 {
		return
	}
	fmt.Fprintf(w, "%-10s %7d %8.3f %9.3f\n", name, f.queries, f.ndcg.value(), f.recall.value())
}

// show prints a query with the grades of its hits and what is missing.
func show(w io.Writer, a *answer, depth int) {
	fmt.Fprintf(w, "%s %s %s %q: nDCG %.3f, recall %.3f, %d found\n", a.id, a.class, a.shelf, a.text, a.ndcg, a.recall, a.total)
	for i := range a.keys[:min(depth, len(a.keys))] {
		fmt.Fprintf(w, "  %2d  %d  %s  %s\n", i+1, a.grades[a.keys[i]], a.keys[i], a.titles[i])
	}
	missing := 0
	for _, key := range slices.Sorted(maps.Keys(a.grades)) {
		if a.grades[key] < relevant || slices.Contains(a.keys, key) {
			continue
		}
		if missing++; missing > depth {
			fmt.Fprintln(w, "  --  …")
			break
		}
		fmt.Fprintf(w, "  --  %d  %s  %s\n", a.grades[key], key, a.names[key])
	}
}

// print writes the documents of a shelf, which is what the judges read.
func (all shelves) print(ctx context.Context, w io.Writer, name string) error {
	base, staff := strings.CutSuffix(name, "/staff")
	s := all[base]
	if s == nil {
		return fmt.Errorf("no shelf %q", name)
	}
	audience := search.Public
	if staff {
		audience = search.Staff
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return s.documents(ctx, audience, func(d *search.Document) error { return enc.Encode(d) })
}
