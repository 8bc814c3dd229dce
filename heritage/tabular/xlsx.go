package tabular

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// readXLSX reads one sheet of an Office Open XML workbook (ECMA-376).
func readXLSX(data []byte, sheet string, limits Limits) (*Table, error) {
	archive, err := openArchive(data, limits)
	if err != nil {
		return nil, err
	}
	parts, err := sheetParts(archive)
	if err != nil {
		return nil, ErrDamaged.Wrap(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: limits.Unpacked, UnzipXMLSizeLimit: limits.Unpacked,
		ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd",
	})
	if err != nil {
		return nil, ErrDamaged.Wrap(err)
	}
	defer book.Close()
	sheets := book.GetSheetList()
	if sheet != "" && !contains(sheets, sheet) {
		return nil, ErrSheet.New(param("sheets", strings.Join(sheets, "、")))
	}
	candidates := sheets
	if sheet != "" {
		candidates = []string{sheet}
	}
	var last error = ErrNoHeader.New()
	for _, name := range candidates {
		t, err := readSheet(book, name, parts[name], limits)
		if err == nil {
			t.Format, t.Sheet, t.Sheets = "xlsx", name, sheets
			return t, nil
		}
		last = err
		if !errors.Is(err, ErrNoHeader) && !errors.Is(err, ErrNoRows) {
			break
		}
	}
	return nil, last
}

// openArchive refuses an archive whose parts unpack to too much, going by
// what they really unpack to and not by what the directory says.
func openArchive(data []byte, limits Limits) (*zip.Reader, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, ErrDamaged.Wrap(err)
	}
	if len(archive.File) > 10_000 {
		return nil, ErrUnpacked.New(param("max", limits.Unpacked>>20))
	}
	left := limits.Unpacked
	found := false
	for _, f := range archive.File {
		found = found || f.Name == "xl/workbook.xml"
		r, err := f.Open()
		if err != nil {
			return nil, ErrDamaged.Wrap(err)
		}
		n, err := io.Copy(io.Discard, io.LimitReader(r, left+1))
		r.Close()
		if err != nil {
			return nil, ErrDamaged.Wrap(err)
		}
		if left -= n; left < 0 {
			return nil, ErrUnpacked.New(param("max", limits.Unpacked>>20))
		}
	}
	if !found {
		return nil, ErrFormat.New()
	}
	return archive, nil
}

func readSheet(book *excelize.File, sheet string, part *zip.File, limits Limits) (*Table, error) {
	merged, err := mergedCells(book, sheet, limits)
	if err != nil {
		return nil, err
	}
	formulas, err := formulaCells(part, limits)
	if err != nil {
		return nil, err
	}
	rows, err := book.Rows(sheet)
	if err != nil {
		return nil, ErrDamaged.Wrap(err)
	}
	defer rows.Close()
	g := grid{limit: limits, sparse: true}
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, ErrDamaged.Wrap(err)
		}
		if len(cells) > limits.Columns {
			return nil, ErrTooManyColumns.New(param("line", line), param("max", limits.Columns))
		}
		if len(g.rows) > limits.Rows+titleLines {
			return nil, ErrTooManyRows.New(param("max", limits.Rows))
		}
		r := Row{Line: line, Cells: make([]string, len(cells))}
		for i, cell := range cells {
			r.Cells[i] = r.clean(i, cell, limits)
		}
		if len(merged[line]) == 0 && len(formulas[line]) == 0 && filled(r.Cells) == 0 {
			continue
		}
		r.fillMerged(merged[line], limits)
		r.judgeFormulas(formulas[line])
		g.rows = append(g.rows, r)
	}
	if err := rows.Error(); err != nil {
		return nil, ErrDamaged.Wrap(err)
	}
	return g.table()
}

// cover is a cell hidden below a merged one.
type cover struct {
	column int
	value  string
	from   string // name of the cell that shows, such as "B3"
}

// mergedCells lists, by line, the cells that a merge spanning several rows of
// data covers. Merges within one row (titles) give nothing.
func mergedCells(book *excelize.File, sheet string, limits Limits) (map[int][]cover, error) {
	merges, err := book.GetMergeCells(sheet)
	if err != nil {
		return nil, ErrDamaged.Wrap(err)
	}
	out := make(map[int][]cover)
	total := 0
	for _, m := range merges {
		x1, y1, err1 := excelize.CellNameToCoordinates(m.GetStartAxis())
		x2, y2, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err1 != nil || err2 != nil || y2 <= y1 {
			continue
		}
		if total += (y2 - y1) * (x2 - x1 + 1); total > limits.Rows*4 || x2 > limits.Columns {
			return nil, ErrTooManyRows.New(param("max", limits.Rows))
		}
		for y := y1 + 1; y <= y2; y++ {
			out[y] = append(out[y], cover{column: x1 - 1, value: m.GetCellValue(), from: m.GetStartAxis()})
		}
	}
	return out, nil
}

// fillMerged takes the value of a merged cell for the rows below it and says so.
func (r *Row) fillMerged(covers []cover, limits Limits) {
	for _, c := range covers {
		if c.value == "" {
			continue
		}
		for len(r.Cells) <= c.column {
			r.Cells = append(r.Cells, "")
		}
		if r.Cells[c.column] == "" {
			r.Cells[c.column] = r.clean(c.column, c.value, limits)
			r.Notes = append(r.Notes, Note{Column: c.column, Code: NoteMerged, Params: params("cell", c.from)})
		}
	}
}

// judgeFormulas says where a value is the saved result of a formula.
func (r *Row) judgeFormulas(columns []int) {
	formula := make(map[int]bool, len(columns))
	for _, c := range columns {
		formula[c] = true
		for len(r.Cells) <= c {
			r.Cells = append(r.Cells, "")
		}
	}
	for c, v := range r.Cells {
		switch {
		case isErrorValue(v):
			r.Cells[c] = ""
			r.Notes = append(r.Notes, Note{Column: c, Code: NoteErrorValue})
		case formula[c] && v == "":
			r.Notes = append(r.Notes, Note{Column: c, Code: NoteNoResult, Fatal: true})
		case formula[c]:
			r.Notes = append(r.Notes, Note{Column: c, Code: NoteFormula})
		}
	}
}

func isErrorValue(v string) bool {
	switch v {
	case "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!":
		return true
	}
	return false
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}
