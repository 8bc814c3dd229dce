package tabular

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// rowsOf gives the rows one after the other.
func rowsOf(rows ...[]string) Rows {
	return func() ([]string, bool, error) {
		if len(rows) == 0 {
			return nil, false, nil
		}
		row := rows[0]
		rows = rows[1:]
		return row, true, nil
	}
}

// opened writes a workbook and opens it.
func opened(t *testing.T, sheet string, header []string, rows Rows) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := WriteXLSX(&b, sheet, header, rows); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestAWorkbookIsTextWithAHeaderThatStays(t *testing.T) {
	long := strings.Repeat("鼎", maxCell+5)
	header := make([]string, 28)
	header[0], header[27] = "名称", "末列"
	row := make([]string, 28)
	row[0], row[1], row[2], row[27] = "=1+1", " <甲> & \"乙\" ", long, "007"
	f := opened(t, "藏品 & 其他", header, rowsOf(row, nil, []string{"a\tb\r\nc", "_x0041_", "x\x00y", "_x004_"}))
	if got := f.GetSheetList(); len(got) != 1 || got[0] != "藏品 & 其他" {
		t.Errorf("sheets %q", got)
	}
	for at, want := range map[string]string{"A1": "名称", "AB1": "末列", "A2": "=1+1", "B2": " <甲> & \"乙\" ", "C2": long[:3*maxCell], "AB2": "007", "A3": "", "A4": "a\tb\r\nc", "B4": "_x0041_", "C4": "x\uFFFDy", "D4": "_x004_"} {
		if got, err := f.GetCellValue("藏品 & 其他", at); err != nil || got != want {
			t.Errorf("%s is %.40q, want %.40q: %v", at, got, want, err)
		}
		if formula, err := f.GetCellFormula("藏品 & 其他", at); err != nil || formula != "" {
			t.Errorf("%s has the formula %q, %v", at, formula, err)
		}
	}
	panes, err := f.GetPanes("藏品 & 其他")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	id, err := f.GetCellStyle("藏品 & 其他", "A1")
	if err != nil {
		t.Fatal(err)
	}
	if style, err := f.GetStyle(id); err != nil || style.Font == nil || !style.Font.Bold {
		t.Errorf("the header has the style %+v, %v", style, err)
	}
}

// counter counts what is written.
type counter struct{ bytes int }

func (c *counter) Write(p []byte) (int, error) { c.bytes += len(p); return len(p), nil }

// TestAWorkbookOfManyRowsNeedsTheMemoryOfFew: what is alive after 2,000 rows and
// after 40,000 is the same, and by then most of the file has left.
func TestAWorkbookOfManyRowsNeedsTheMemoryOfFew(t *testing.T) {
	const early, late = 2_000, 40_000
	var out counter
	alive, left := map[int]uint64{}, map[int]int{}
	n := 0
	err := WriteXLSX(&out, "s", []string{"a"}, func() ([]string, bool, error) {
		if n++; n == early || n == late {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			alive[n], left[n] = m.HeapAlloc, out.bytes
		}
		return []string{fmt.Sprint(n * 7919), strings.Repeat(fmt.Sprint(n*104729), 20)}, n <= late, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if grown := int64(alive[late]) - int64(alive[early]); grown > 256<<10 {
		t.Errorf("%d bytes more are alive after %d rows", grown, late)
	}
	if left[early] == 0 || left[late] < out.bytes*9/10 {
		t.Errorf("%d bytes had left after %d rows and %d after %d, of %d", left[early], early, left[late], late, out.bytes)
	}
}

func TestAWorkbookThatCannotBeMadeIsAnError(t *testing.T) {
	broken := errors.New("broken")
	if err := WriteXLSX(io.Discard, "s", nil, func() ([]string, bool, error) { return nil, false, broken }); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	r, w := io.Pipe()
	_ = r.CloseWithError(broken)
	if err := WriteXLSX(w, "s", []string{"a"}, rowsOf([]string{"b"})); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

// FuzzWorkbook: any text is read back as it was, but for what no cell can hold.
func FuzzWorkbook(f *testing.F) {
	for _, s := range []string{"", "鼎", "=1", "_x0041_", "_x005F_x0041_", "\x00\uFFFE", "]]>", "\r\n", " a ", "𠀀"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || len(s) > maxCell {
			return
		}
		var want bytes.Buffer
		if err := xml.EscapeText(&want, []byte(s)); err != nil {
			t.Fatal(err)
		}
		var text struct {
			S string `xml:",chardata"`
		}
		if err := xml.Unmarshal([]byte("<t>"+want.String()+"</t>"), &text); err != nil {
			t.Fatal(err)
		}
		if got, err := opened(t, "s", []string{"a"}, rowsOf([]string{s})).GetCellValue("s", "A2"); err != nil || got != text.S {
			t.Fatalf("%q is read back as %q: %v", s, got, err)
		}
	})
}
