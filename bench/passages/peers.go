package main

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// ranker ranks the passages for each question, best first.
type ranker func(ctx context.Context, dir string, passages []string, questions []question) ([][]int, error)

// fts5 ranks by bm25() of any of the terms.
func fts5(ctx context.Context, _ string, passages []string, questions []question) ([][]int, error) {
	var script strings.Builder
	script.WriteString("create virtual table p using fts5(t, tokenize='unicode61');\nbegin;\n")
	for i, p := range passages {
		fmt.Fprintf(&script, "insert into p(rowid, t) values(%d, '%s');\n", i+1, strings.Join(terms(p, false), " "))
	}
	script.WriteString("commit;\n")
	for i, q := range questions {
		fmt.Fprintf(&script, "select '%d', rowid-1 from p where p match '\"%s\"' order by bm25(p), rowid limit %d;\n", i, strings.Join(terms(q.text, true), `" OR "`), depth)
	}
	cmd := exec.CommandContext(ctx, "sqlite3", "-bail", "-separator", " ", ":memory:")
	cmd.Stdin = strings.NewReader(script.String())
	return pairs(cmd, len(questions))
}

//go:embed driver/xapian.cc
var xapianSource []byte

// xapianTerms ranks by BM25 of any of the terms; xapianNgrams lets Xapian make the
// terms.
func xapianTerms(ctx context.Context, dir string, passages []string, questions []question) ([][]int, error) {
	return xapian(ctx, dir, passages, questions, "terms")
}

func xapianNgrams(ctx context.Context, dir string, passages []string, questions []question) ([][]int, error) {
	return xapian(ctx, dir, passages, questions, "ngrams")
}

func xapian(ctx context.Context, dir string, passages []string, questions []question, how string) ([][]int, error) {
	source, program := filepath.Join(dir, "xapian.cc"), filepath.Join(dir, "xapian")
	if err := os.WriteFile(source, xapianSource, 0o600); err != nil {
		return nil, err
	}
	if out, err := exec.CommandContext(ctx, "c++", "-O2", "-o", program, source, "-lxapian").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("c++: %w: %s", err, out)
	}
	text := func(s string, unique bool) string { return s }
	if how == "terms" {
		text = func(s string, unique bool) string { return strings.Join(terms(s, unique), " ") }
	}
	var in strings.Builder
	for _, p := range passages {
		fmt.Fprintf(&in, "P%s\n", text(p, false))
	}
	for _, q := range questions {
		fmt.Fprintf(&in, "Q%s\n", text(q.text, true))
	}
	cmd := exec.CommandContext(ctx, program, how, strconv.Itoa(depth))
	cmd.Stdin = strings.NewReader(in.String())
	return pairs(cmd, len(questions))
}

// pairs runs a program that prints the number of a question and that of a passage
// on each line, best first.
func pairs(cmd *exec.Cmd, questions int) ([][]int, error) {
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %s", cmd.Path, err, stderr.Bytes())
	}
	ranked := make([][]int, questions)
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		var q, p int
		if _, err := fmt.Sscan(lines.Text(), &q, &p); err != nil || q < 0 || q >= questions {
			return nil, fmt.Errorf("%s: %q", cmd.Path, lines.Text())
		}
		ranked[q] = append(ranked[q], p)
	}
	return ranked, nil
}

// groongaTerms ranks by TF·IDF of any of the terms; groongaSimilar by Groonga's
// search for similar texts.
func groongaTerms(ctx context.Context, dir string, passages []string, questions []question) ([][]int, error) {
	return groonga(ctx, filepath.Join(dir, "groonga-terms"), passages, questions, func(q string) string {
		return fmt.Sprintf(`--match_columns 'scorer_tf_idf(t)' --query '"%s"'`, strings.Join(terms(q, true), `" OR "`))
	})
}

func groongaSimilar(ctx context.Context, dir string, passages []string, questions []question) ([][]int, error) {
	return groonga(ctx, filepath.Join(dir, "groonga-similar"), passages, questions, func(q string) string {
		return fmt.Sprintf(`--filter 't *S "%s"'`, strings.Join(terms(q, false), ""))
	})
}

func groonga(ctx context.Context, db string, passages []string, questions []question, find func(string) string) ([][]int, error) {
	var script strings.Builder
	script.WriteString("table_create P TABLE_HASH_KEY ShortText\ncolumn_create P t COLUMN_SCALAR Text\n" +
		"table_create T TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto\n" +
		"column_create T pt COLUMN_INDEX|WITH_POSITION P t\nload --table P\n[\n")
	for i, p := range passages {
		row, err := json.Marshal(map[string]string{"_key": strconv.Itoa(i), "t": p})
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&script, "%s,\n", row)
	}
	script.WriteString("]\n")
	for _, q := range questions {
		fmt.Fprintf(&script, "select P %s --output_columns _key --sort_keys -_score,_id --limit %d\n", find(q.text), depth)
	}
	cmd := exec.CommandContext(ctx, "groonga", "-n", db)
	cmd.Stdin = strings.NewReader(script.String())
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("groonga: %w: %s", err, stderr.Bytes())
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != 5+len(questions) {
		return nil, fmt.Errorf("groonga: %d answers, want %d; the last: %s", len(lines), 5+len(questions), lines[len(lines)-1])
	}
	ranked := make([][]int, len(questions))
	for i, line := range lines[5:] {
		if ranked[i], err = selected(line); err != nil {
			return nil, fmt.Errorf("groonga: %s: %w", questions[i].text, err)
		}
	}
	return ranked, nil
}

// selected reads the keys of an answer to select: [header, [[[total], columns,
// [key] …]]].
func selected(line string) ([]int, error) {
	var answer [2]json.RawMessage
	if err := json.Unmarshal([]byte(line), &answer); err != nil {
		return nil, err
	}
	var sets [][]json.RawMessage
	if err := json.Unmarshal(answer[1], &sets); err != nil || len(sets) == 0 || len(sets[0]) < 2 {
		return nil, fmt.Errorf("%s", line)
	}
	var out []int
	for _, row := range sets[0][2:] {
		var key [1]string
		if err := json.Unmarshal(row, &key); err != nil {
			return nil, err
		}
		n, err := strconv.Atoi(key[0])
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}
