package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"yijianyou/search/chinese"
)

// question is to be answered by a passage.
type question struct {
	text    string
	passage int // place in the passages
}

// read reads a file in the style of SQuAD.
func read(file string) (passages []string, questions []question, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	var form struct {
		Data []struct {
			Paragraphs []struct {
				Context string
				QAs     []struct{ Question string }
			}
		}
	}
	if err := json.Unmarshal(data, &form); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", file, err)
	}
	for _, d := range form.Data {
		for _, p := range d.Paragraphs {
			for _, q := range p.QAs {
				questions = append(questions, question{text: oneLine(q.Question), passage: len(passages)})
			}
			passages = append(passages, oneLine(p.Context))
		}
	}
	return passages, questions, nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// terms cuts a text into what the peers index: words, bigrams, and characters that
// stand alone; each once when unique.
func terms(text string, unique bool) []string {
	var out []string
	seen := make(map[string]bool)
	add := func(t string) {
		if unique && seen[t] {
			return
		}
		seen[t] = true
		out = append(out, t)
	}
	for _, run := range chinese.Runs([]rune(chinese.Fold(text))) {
		grams := run.Bigrams()
		if run.Class == chinese.Word || len(grams) == 0 {
			add(string(run.Text))
			continue
		}
		for _, g := range grams {
			add(g)
		}
	}
	return out
}

// reciprocal is the mean of 1/place of the right passage among the first ten of
// each ranking, 0 where it is not among them.
func reciprocal(questions []question, ranked [][]int) (mrr, first, ten float64) {
	for i, q := range questions {
		for place, p := range ranked[i][:min(depth, len(ranked[i]))] {
			if p == q.passage {
				mrr += 1 / float64(place+1)
				ten++
				if place == 0 {
					first++
				}
				break
			}
		}
	}
	n := float64(len(questions))
	return mrr / n, first / n, ten / n
}
