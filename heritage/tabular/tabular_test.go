package tabular

import (
	"archive/zip"
	"bytes"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"yijianyou/internal/fault"
)

const sample = "名称,年代,数量\n莲鹤方壶,春秋,1\n\"杜岭,方鼎\",商,2\n"

func encode(t *testing.T, s, charset string) []byte {
	t.Helper()
	var b []byte
	var err error
	switch charset {
	case "GB18030":
		b, err = simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	case "UTF-16LE":
		b, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(s))
	case "BOM":
		b = append([]byte("\xEF\xBB\xBF"), s...)
	default:
		b = []byte(s)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCSVInEveryEncodingAndSeparatorGivesTheSameRows(t *testing.T) {
	want := [][]string{{"莲鹤方壶", "春秋", "1"}, {"杜岭,方鼎", "商", "2"}}
	semicolons := "名称;年代;数量\n莲鹤方壶;春秋;1\n杜岭,方鼎;商;2\n"
	tabs := strings.ReplaceAll(semicolons, ";", "\t")
	for name, data := range map[string][]byte{
		"UTF-8": encode(t, sample, ""), "with mark": encode(t, sample, "BOM"), "GB18030": encode(t, sample, "GB18030"), "UTF-16": encode(t, sample, "UTF-16LE"),
		"semicolons": []byte(semicolons), "tabs": []byte(tabs), "CRLF": []byte(strings.ReplaceAll(sample, "\n", "\r\n")),
		"title above": []byte("示范博物馆藏品,,\n" + sample),
	} {
		t.Run(name, func(t *testing.T) {
			tab, err := Read(data, "", Limits{})
			if err != nil {
				t.Fatal(err)
			}
			var got [][]string
			for _, r := range tab.Rows {
				got = append(got, r.Cells)
				if len(r.Notes) > 0 {
					t.Errorf("line %d has notes %v", r.Line, r.Notes[0].Code.ID())
				}
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff([]string{"名称", "年代", "数量"}, tab.Header); d != "" {
				t.Error(d)
			}
		})
	}
}

// notes lists the notes of a table as line:column:code.
func notes(tab *Table) (out []string) {
	for _, r := range tab.Rows {
		for _, n := range r.Notes {
			out = append(out, strconv.Itoa(r.Line)+":"+strconv.Itoa(n.Column)+":"+n.Code.ID())
		}
	}
	return out
}

func TestDoubtfulLinesAreKeptAndExplained(t *testing.T) {
	data := "名称,年代,数量\n" +
		"甲,商\n" + // too few
		"乙,商,1,多,余\n" + // too many
		"\"丙\"坏,商,1\n" + // quotes
		"丁,商,1\n\n,,\n" + // blank lines
		"戊\x00,商,1\n"
	tab, err := Read([]byte(strings.Replace(data, "\x00", "\x07", 1)), "", Limits{})
	if !errors.Is(err, ErrFormat) {
		t.Fatalf("control bytes at the beginning of a file are no text: %v", err)
	}
	tab, err = Read([]byte(strings.Replace(data, "\x00", "", 1)), "", Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"2:-1:tabular.too_few_cells", "3:-1:tabular.too_many_cells", "4:-1:tabular.quotes"}
	if d := cmp.Diff(want, notes(tab)); d != "" {
		t.Error(d)
	}
	if len(tab.Rows) != 5 || tab.Rows[4].Line != 8 {
		t.Errorf("got %d rows, the last at line %d", len(tab.Rows), tab.Rows[len(tab.Rows)-1].Line)
	}
}

func TestABrokenByteIsReportedAtItsCell(t *testing.T) {
	data := []byte(strings.Repeat("莲鹤方壶,春秋,一件完整的青铜器\n", 20) + "坏\xFF字,春秋,1\n")
	tab, err := Read(append([]byte("名称,年代,数量\n"), data...), "", Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"22:0:tabular.encoding"}, notes(tab)); d != "" {
		t.Error(d)
	}
}

func TestLimitsHold(t *testing.T) {
	cases := []struct {
		name   string
		data   string
		limits Limits
		want   *fault.Code
	}{
		{"bytes", sample, Limits{Bytes: 10}, ErrTooLarge},
		{"rows", "a,b\n" + strings.Repeat("1,2\n", 30), Limits{Rows: 29}, ErrTooManyRows},
		{"columns", "a,b\n1,2,3,4\n", Limits{Columns: 3}, ErrTooManyColumns},
		{"empty", "", Limits{}, ErrNoHeader},
		{"header only", "a,b\n", Limits{}, ErrNoRows},
		{"old xls", "\xD0\xCF\x11\xE0rest", Limits{}, ErrFormat},
		{"picture", "\x89PNG\r\n\x1a\n\x00\x00", Limits{}, ErrFormat},
		{"not a workbook", "PK\x03\x04rest", Limits{}, ErrDamaged},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Read([]byte(c.data), "", c.limits); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func workbook(t *testing.T, fill func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(t *testing.T, f *excelize.File, sheet, cell string, v any) {
	t.Helper()
	if err := f.SetCellValue(sheet, cell, v); err != nil {
		t.Fatal(err)
	}
}

func TestXLSXMergesAndFormulasAreExplained(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		rows := [][]any{{"示范登记表"}, {"名称", "年代", "数量", "备注"}, {"鼎", "商", 1, "完整"}, {"簋", nil, 2}, {"尊", "周", nil}, {"爵", "#N/A", 1}}
		for i, r := range rows {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := f.SetSheetRow("Sheet1", cell, &r); err != nil {
				t.Fatal(err)
			}
		}
		for _, err := range []error{
			f.MergeCell("Sheet1", "A1", "C1"), f.MergeCell("Sheet1", "B3", "B4"),
			f.SetCellFormula("Sheet1", "C3", "1+0"), f.SetCellFormula("Sheet1", "C5", "C3+C4"),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	tab, err := Read(data, "", Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if tab.HeaderLine != 2 || tab.Rows[1].Cells[1] != "商" {
		t.Errorf("header at %d, second row %v", tab.HeaderLine, tab.Rows[1].Cells)
	}
	// Spreadsheet programs do not store the empty cells at the end of a row: no note speaks of them.
	want := []string{"3:2:tabular.formula", "4:1:tabular.merged", "5:2:tabular.formula_without_result", "6:1:tabular.error_value"}
	if d := cmp.Diff(want, notes(tab)); d != "" {
		t.Error(d)
	}
}

func TestXLSXSheetIsChosenOrTheFirstWithRows(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		if _, err := f.NewSheet("藏品"); err != nil {
			t.Fatal(err)
		}
		for i, v := range []string{"名称", "年代", "鼎", "商"} {
			cell, _ := excelize.CoordinatesToCellName(i%2+1, i/2+1)
			set(t, f, "藏品", cell, v)
		}
	})
	tab, err := Read(data, "", Limits{})
	if err != nil || tab.Sheet != "藏品" {
		t.Fatalf("%v %v", tab, err)
	}
	if _, err := Read(data, "没有", Limits{}); !errors.Is(err, ErrSheet) {
		t.Errorf("got %v, want ErrSheet", err)
	}
}

func TestAnArchiveThatUnpacksToTooMuchIsRefused(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.Create("xl/workbook.xml")
	w.Write(bytes.Repeat([]byte(" "), 2<<20))
	z.Close()
	if _, err := Read(b.Bytes(), "", Limits{Unpacked: 1 << 20}); !errors.Is(err, ErrUnpacked) {
		t.Errorf("got %v, want ErrUnpacked", err)
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	header := []string{"名称", "编号", "备注"}
	rows := [][]string{{"莲鹤方壶", "007", "一\n二"}, {"鼎", "-12.5", "a,\"b\""}}
	source := func() Rows {
		i := 0
		return func() ([]string, bool, error) {
			if i == len(rows) {
				return nil, false, nil
			}
			i++
			return rows[i-1], true, nil
		}
	}
	var csvFile, xlsxFile bytes.Buffer
	if err := WriteCSV(&csvFile, header, source()); err != nil {
		t.Fatal(err)
	}
	if err := WriteXLSX(&xlsxFile, "藏品", header, source()); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"csv": csvFile.Bytes(), "xlsx": xlsxFile.Bytes()} {
		tab, err := Read(data, "", Limits{})
		if err != nil {
			t.Fatal(name, err)
		}
		var got [][]string
		for _, r := range tab.Rows {
			got = append(got, r.Cells)
		}
		if d := cmp.Diff(rows, got); d != "" {
			t.Error(name, d)
		}
	}
}

func TestFormulasAreDisarmedInCSV(t *testing.T) {
	for in, want := range map[string]string{"=1+1": "'=1+1", "@x": "'@x", "-12.5": "-12.5", "+86": "+86", "-cmd": "'-cmd", "＝1+1": "'＝1+1", "－1": "'－1", "\n=1": "'\n=1", "鼎": "鼎", "": ""} {
		if got := disarm(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("a;b\n\"1;2\n"))
	f.Add([]byte("\xFF\xFEa\x00,\x00"))
	f.Add([]byte("PK\x03\x04"))
	small := Limits{Bytes: 1 << 16, Unpacked: 1 << 20, Rows: 100, Columns: 20, Runes: 100}
	f.Fuzz(func(t *testing.T, data []byte) {
		tab, err := Read(data, "", small)
		if err != nil {
			if fault.KindOf(err) == fault.Internal {
				t.Fatalf("unclassified: %v", err)
			}
			return
		}
		for _, r := range tab.Rows {
			if len(r.Cells) != len(tab.Header) {
				t.Fatalf("line %d has %d cells, the header %d", r.Line, len(r.Cells), len(tab.Header))
			}
		}
	})
}
