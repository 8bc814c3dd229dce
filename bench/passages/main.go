package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// depth is how many hits count.
const depth = 10

// packages are those of Debian that hold the peers.
var packages = []string{"groonga-bin", "sqlite3", "libxapian-dev", "g++"}

func main() {
	data := flag.String("data", "../shared/data/search/cmrc2018_trial.json", "questions and passages in the style of SQuAD")
	install := flag.Bool("install", false, "have apt-get install the peers first (root)")
	misses := flag.Int("misses", 0, "show as many questions whose passage is not first with us")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, *data, *install, *misses); err != nil {
		fmt.Fprintln(os.Stderr, "passages:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, data string, install bool, misses int) error {
	passages, questions, err := read(data)
	if errors.Is(err, os.ErrNotExist) {
		fmt.Fprintf(w, "%s is not here: take squad-style-data of github.com/ymcui/cmrc2018\n", data)
		return nil
	}
	if err != nil {
		return err
	}
	if install {
		if out, err := exec.CommandContext(ctx, "apt-get", append([]string{"install", "-y", "-q", "--no-install-recommends"}, packages...)...).CombinedOutput(); err != nil {
			return fmt.Errorf("apt-get: %w: %s", err, out)
		}
	}
	dir, err := os.MkdirTemp("", "passages-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintf(w, "%d questions, %d passages\n%-28s %7s %7s %7s\n", len(questions), len(passages), "", "MRR@10", "first", "in ten")
	for _, r := range []struct {
		name string
		rank ranker
	}{
		{"ours", ours}, {"FTS5, bigrams, BM25", fts5}, {"Xapian, bigrams, BM25", xapianTerms}, {"Xapian, its own n-grams", xapianNgrams},
		{"Groonga, bigrams, TF·IDF", groongaTerms}, {"Groonga, similar search", groongaSimilar},
	} {
		ranked, err := r.rank(ctx, dir, passages, questions)
		if errors.Is(err, exec.ErrNotFound) {
			fmt.Fprintf(w, "%-28s %v; -install gets it\n", r.name, err)
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		mrr, first, ten := reciprocal(questions, ranked)
		fmt.Fprintf(w, "%-28s %7.4f %7.4f %7.4f\n", r.name, mrr, first, ten)
		if r.name == "ours" {
			show(w, misses, passages, questions, ranked)
		}
	}
	return nil
}

// show prints questions whose passage is not first.
func show(w io.Writer, n int, passages []string, questions []question, ranked [][]int) {
	for i, q := range questions {
		if n == 0 {
			return
		}
		if len(ranked[i]) > 0 && ranked[i][0] == q.passage {
			continue
		}
		n--
		fmt.Fprintf(w, "  %s\n    wanted %s\n", q.text, clip(passages[q.passage]))
		if len(ranked[i]) > 0 {
			fmt.Fprintf(w, "    first  %s\n", clip(passages[ranked[i][0]]))
		}
	}
}

func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
