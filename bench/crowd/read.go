package main

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// counts is an hourly series without gaps; no number where nothing was counted.
type counts struct {
	from   time.Time // clock of the place, as if it were UTC
	values []float64
}

func (c counts) at(i int) time.Time { return c.from.Add(time.Duration(i) * time.Hour) }

// read reads the counts of both sides of the bridge, added up.
func read(folder string) (counts, error) {
	f, err := os.Open(filepath.Join(folder, "FremontBridge.csv"))
	if err != nil {
		return counts{}, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return counts{}, err
	}
	var c counts
	for i, row := range rows[1:] {
		at, err := time.Parse("01/02/2006 03:04:05 PM", row[0])
		if err != nil {
			return counts{}, fmt.Errorf("row %d: %w", i+2, err)
		}
		if i == 0 {
			c.from = at
		}
		sum := 0.0
		for _, cell := range row[1:] {
			v, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				v = math.NaN()
			}
			sum += v
		}
		for c.at(len(c.values)).Before(at) {
			c.values = append(c.values, math.NaN())
		}
		if c.at(len(c.values)).Equal(at) {
			c.values = append(c.values, sum)
		}
	}
	return c, nil
}
