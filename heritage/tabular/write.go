package tabular

import (
	"encoding/csv"
	"io"
	"unicode/utf8"
)

// Rows gives one row after the other; ok is false after the last.
type Rows func() (cells []string, ok bool, err error)

// WriteCSV writes header and rows as UTF-8 with a byte order mark, which
// desktop spreadsheets need to read Chinese. A cell that a spreadsheet would
// take for a formula gets an apostrophe in front.
func WriteCSV(w io.Writer, header []string, rows Rows) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(header); err != nil {
		return err
	}
	for {
		cells, ok, err := rows()
		if err != nil {
			return err
		}
		if !ok {
			out.Flush()
			return out.Error()
		}
		safe := make([]string, len(cells))
		for i, c := range cells {
			safe[i] = disarm(c)
		}
		if err := out.Write(safe); err != nil {
			return err
		}
	}
}

// disarm keeps a spreadsheet from running a cell. A number with a sign stays. Full
// width signs count too: programs that are set to Chinese or Japanese take them for
// the narrow ones.
func disarm(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	switch first {
	case '=', '@', '\t', '\r', '\n', '＝', '＠', '＋', '－':
		return "'" + s
	case '+', '-':
		for _, c := range s[size:] {
			if (c < '0' || c > '9') && c != '.' {
				return "'" + s
			}
		}
	}
	return s
}
