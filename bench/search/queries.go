package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// query is a line of the protocol: the class and what it asks.
type query []string

func (q query) String() string { return strings.Join(q, "\t") }

// classes are the sorts of queries, in the order of the report.
var classes = []string{"word", "words", "phrase", "prefix", "range", "near", "facets", "everything"}

// makeQueries returns n queries of each class, which records answer.
func makeQueries(records []record, n int, seed uint64) map[string][]query {
	r := rand.New(rand.NewPCG(seed, 11))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	words := []string{"方壶", "编钟", "佛像", "青釉", "白釉", "三彩", "云纹", "彩绘", "鎏金", "刻花", "春秋", "战国", "北宋"}
	out := make(map[string][]query)
	for range n {
		word := pick(words)
		if r.IntN(2) == 0 { // two characters of a text, as rare as they happen to be
			word = plain(records, 2, r)
		}
		out["word"] = append(out["word"], query{"word", word})
		out["facets"] = append(out["facets"], query{"facets", word})
		out["words"] = append(out["words"], query{"words", pick([]string{"春秋", "战国", "北宋", "南宋", "东汉"}), pick([]string{"方壶", "编钟", "佛像", "青釉", "鎏金"})})
		phrase := plain(records, 3+r.IntN(3), r)
		if r.IntN(2) == 0 {
			phrase = pick([]string{"青釉", "白釉", "鎏金", "彩绘"}) + pick(stuff) + pick([]string{"方壶", "编钟", "佛像"})
		}
		out["phrase"] = append(out["phrase"], query{"phrase", phrase})
		code := records[r.IntN(len(records))].code
		out["prefix"] = append(out["prefix"], query{"prefix", code[:5+r.IntN(3)]})
		from := (-2900 + r.IntN(4700)) &^ 1 // even, as records are not
		if from == 0 {
			from = 2
		}
		to := (from + 2 + r.IntN(150)) &^ 1
		if from < 0 && to >= 0 {
			to = -2
		}
		out["range"] = append(out["range"], query{"range", strconv.Itoa(from), strconv.Itoa(to)})
		out["near"] = append(out["near"], query{"near", fmt.Sprintf("%.4f", 111+r.Float64()*5), fmt.Sprintf("%.4f", 32+r.Float64()*4), strconv.Itoa(3 + r.IntN(40))})
		out["everything"] = append(out["everything"], query{"everything"})
	}
	return out
}

// asks are characters that make a question, which our index takes apart and the
// peers do not.
const asks = "的谁吗呢么哪几可关请怎如多"

// plain returns n characters of the text of some record that are no question.
func plain(records []record, n int, r *rand.Rand) string {
	for {
		if p := part(records[r.IntN(len(records))].body[1], n, r); !strings.ContainsAny(p, asks) {
			return p
		}
	}
}

// part returns n characters of a text.
func part(text string, n int, r *rand.Rand) string {
	runes := []rune(text)
	at := r.IntN(len(runes) - n + 1)
	return string(runes[at : at+n])
}
