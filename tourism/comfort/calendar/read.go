package calendar

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Limits of what is read.
const (
	maxLines = 5000
	maxSpan  = 60 // days
)

// errForm says which form a line must have.
var errForm = errors.New("calendar: want tab-separated columns as in the heading")

// ReadSpans reads lines of from, to, kind and name, tab-separated, under a heading.
// Lines that begin with # and blank ones are passed over.
//
// Errors: what is wrong with which line, counted from 1.
func ReadSpans(text string) ([]Span, error) {
	rows, err := rows(text, "from\tto\tkind\tname")
	if err != nil {
		return nil, err
	}
	out := make([]Span, 0, len(rows))
	for _, r := range rows {
		from, err1 := readDate(r.cells[0])
		to, err2 := readDate(r.cells[1])
		s := Span{From: from, To: to, Kind: Kind(r.cells[2]), Name: r.cells[3]}
		switch {
		case err1 != nil || err2 != nil:
			return nil, fmt.Errorf("calendar: line %d: a date is no day such as 2026-11-28", r.line)
		case to.before(from) || from.Next(maxSpan).before(to):
			return nil, fmt.Errorf("calendar: line %d: a span is 1 to %d days", r.line, maxSpan)
		case s.Kind != Holiday && s.Kind != MakeUp:
			return nil, fmt.Errorf("calendar: line %d: kind is %s or %s", r.line, Holiday, MakeUp)
		}
		out = append(out, s)
	}
	return out, nil
}

func readNotices(text string) ([]Notice, error) {
	rows, err := rows(text, "year\tnumber\tpublished\tverified")
	if err != nil {
		return nil, err
	}
	out := make([]Notice, 0, len(rows))
	for _, r := range rows {
		year, err := strconv.Atoi(r.cells[0])
		if err != nil {
			return nil, fmt.Errorf("calendar: line %d: year is no number", r.line)
		}
		out = append(out, Notice{Year: year, Number: r.cells[1], Published: r.cells[2], Verified: r.cells[3]})
	}
	return out, nil
}

// row is a line of data with its number.
type row struct {
	line  int
	cells []string
}

func rows(text, heading string) ([]row, error) {
	var out []row
	columns, headed := strings.Count(heading, "\t")+1, false
	n := 0
	for line := range strings.Lines(text) {
		if n++; n > maxLines {
			return nil, fmt.Errorf("calendar: more than %d lines", maxLines)
		}
		line = strings.TrimRight(line, "\r\n")
		switch cells := strings.Split(line, "\t"); {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#"):
		case !headed && line != heading, len(cells) != columns:
			return nil, fmt.Errorf("line %d: %w", n, errForm)
		case !headed:
			headed = true
		default:
			out = append(out, row{n, cells})
		}
	}
	return out, nil
}

func readDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	return DateOf(t), err
}
