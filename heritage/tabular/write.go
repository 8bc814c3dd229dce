package tabular

import (
	"encoding/csv"
	"io"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
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

// WriteXLSX writes header and rows as a workbook with one sheet; every cell is
// text, so none can be a formula and no number loses its zeros.
func WriteXLSX(w io.Writer, sheet string, header []string, rows Rows) (err error) {
	book := excelize.NewFile()
	defer func() {
		if e := book.Close(); err == nil {
			err = e
		}
	}()
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	stream, err := book.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	first := make([]any, len(header))
	for i, h := range header {
		first[i] = excelize.Cell{StyleID: bold, Value: h}
	}
	if err := stream.SetRow("A1", first); err != nil {
		return err
	}
	for line := 2; ; line++ {
		cells, ok, err := rows()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		values := make([]any, len(cells))
		for i, c := range cells {
			values[i] = c
		}
		at, err := excelize.CoordinatesToCellName(1, line)
		if err != nil {
			return err
		}
		if err := stream.SetRow(at, values); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	return book.Write(w)
}
