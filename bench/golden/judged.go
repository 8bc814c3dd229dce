package main

import (
	"bufio"
	"bytes"
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

//go:embed data/queries.tsv
var queriesTSV []byte

//go:embed data/judgements.tsv
var judgementsTSV []byte

// judged is a query with what the judges say of the records.
type judged struct {
	id, class string
	shelf     string // of shelves; with "/staff" the staff index of it
	text      string
	grades    map[string]int    // kind/id -> 1 to 3; what is not in it has 0
	names     map[string]string // kind/id -> title of what is judged
}

// readJudged reads both files of data.
func readJudged() ([]*judged, error) {
	var list []*judged
	byID := make(map[string]*judged)
	err := rows("queries.tsv", queriesTSV, func(cells []string) error {
		q := &judged{id: cells[0], class: cells[1], shelf: cells[2], text: cells[3], grades: make(map[string]int), names: make(map[string]string)}
		if byID[q.id] != nil {
			return fmt.Errorf("query %s stands twice", q.id)
		}
		byID[q.id] = q
		list = append(list, q)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = rows("judgements.tsv", judgementsTSV, func(cells []string) error {
		q, grade := byID[cells[0]], cells[1]
		n, err := strconv.Atoi(grade)
		switch {
		case q == nil:
			return fmt.Errorf("no query %s", cells[0])
		case err != nil || n < 1 || n > 3:
			return fmt.Errorf("%q is no grade", grade)
		case q.grades[cells[2]] != 0:
			return fmt.Errorf("%s is judged twice for query %s", cells[2], q.id)
		}
		q.grades[cells[2]], q.names[cells[2]] = n, cells[3]
		return nil
	})
	return list, err
}

// rows calls fn with the four cells of each line that is no comment.
func rows(name string, data []byte, fn func(cells []string) error) error {
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 4 {
			return fmt.Errorf("%s line %d: %d cells, want 4", name, n, len(cells))
		}
		if err := fn(cells); err != nil {
			return fmt.Errorf("%s line %d: %w", name, n, err)
		}
	}
	return lines.Err()
}
