package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// run is an instance for a number of walkers with the best score that is told of
// it: of the reference results and of the best known ones.
type run struct {
	name    string
	walkers int
	best    int
}

// reference reads both tables.
func reference(dir string) ([]run, error) {
	rows, err := table(filepath.Join(dir, "toptw_reference_results.csv"))
	if err != nil {
		return nil, err
	}
	known, err := table(filepath.Join(dir, "best_known_m1.csv"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	single := make(map[string]int)
	for _, r := range known {
		v, err := strconv.ParseFloat(r[1], 64)
		if err != nil {
			return nil, fmt.Errorf("best_known_m1.csv: %w", err)
		}
		single[r[0]] = int(v)
	}
	var out []run
	for _, r := range rows {
		m, err1 := strconv.Atoi(r[1])
		best, err2 := strconv.ParseFloat(r[2], 64)
		if err := errors.Join(err1, err2); err != nil || m < 1 || m > 8 || best <= 0 {
			return nil, fmt.Errorf("toptw_reference_results.csv: %s: %w", r[0], err)
		}
		one := run{name: r[0], walkers: m, best: int(best)}
		if m == 1 {
			one.best = max(one.best, single[r[0]])
		}
		out = append(out, one)
	}
	return out, nil
}

// table reads a CSV file without its head; every row has at least three columns.
func table(path string) ([][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) < 1 || len(rows[0]) < 3 {
		return nil, fmt.Errorf("%s: three columns belong there", path)
	}
	return rows[1:], nil
}
