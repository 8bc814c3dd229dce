package tabular

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Namespaces and types of the parts of a workbook (ECMA-376, parts 1 and 2).
const (
	xmlHead       = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relNamespace  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageRels   = "http://schemas.openxmlformats.org/package/2006/relationships"
	sheetType     = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// Style 1 is that of the header: bold.
const (
	contentTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + sheetType + `sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + sheetType + `styles+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + sheetType + `worksheet+xml"/></Types>`
	rootRels = xmlHead + `<Relationships xmlns="` + packageRels + `"><Relationship Id="rId1" Type="` + relNamespace + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookRels = xmlHead + `<Relationships xmlns="` + packageRels + `"><Relationship Id="rId1" Type="` + relNamespace + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + relNamespace + `/styles" Target="styles.xml"/></Relationships>`
	styles = xmlHead + `<styleSheet xmlns="` + mainNamespace + `"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
	sheetHead = xmlHead + `<worksheet xmlns="` + mainNamespace + `"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`
	sheetTail = `</sheetData></worksheet>`
)

// maxCell is how many UTF-16 units a cell of a workbook may have.
const maxCell = 32_767

// WriteXLSX writes header and rows as a workbook with one sheet; every cell is text,
// so none can be a formula and no number loses its zeros. What a cell cannot hold of a
// text is cut off, and characters that XML has not become U+FFFD. The name of the
// sheet is one that spreadsheets take: 1 to 31 characters without :\/?*[].
//
// Rows leave while they come, so however many there are it needs the memory of one.
func WriteXLSX(w io.Writer, sheet string, header []string, rows Rows) error {
	var name bytes.Buffer
	if err := xml.EscapeText(&name, []byte(sheet)); err != nil {
		return err
	}
	book := xmlHead + `<workbook xmlns="` + mainNamespace + `" xmlns:r="` + relNamespace + `"><sheets><sheet name="` + name.String() + `" sheetId="1" r:id="rId1"/></sheets></workbook>`
	z := zip.NewWriter(w)
	for _, part := range [][2]string{{"[Content_Types].xml", contentTypes}, {"_rels/.rels", rootRels}, {"xl/workbook.xml", book},
		{"xl/_rels/workbook.xml.rels", bookRels}, {"xl/styles.xml", styles}} {
		to, err := z.Create(part[0])
		if err != nil {
			return err
		}
		if _, err := io.WriteString(to, part[1]); err != nil {
			return err
		}
	}
	to, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return err
	}
	if err := writeSheet(bufio.NewWriter(to), header, rows); err != nil {
		return err
	}
	return z.Close()
}

// writeSheet writes the part with the cells.
func writeSheet(out *bufio.Writer, header []string, rows Rows) error {
	if _, err := out.WriteString(sheetHead); err != nil {
		return err
	}
	cells, style := header, 1
	for line := 1; ; line++ {
		if err := writeRow(out, line, style, cells); err != nil {
			return err
		}
		var ok bool
		var err error
		if cells, ok, err = rows(); err != nil {
			return err
		}
		if !ok {
			break
		}
		style = 0
	}
	if _, err := out.WriteString(sheetTail); err != nil {
		return err
	}
	return out.Flush()
}

func writeRow(out *bufio.Writer, line, style int, cells []string) error {
	at, look := strconv.Itoa(line), strconv.Itoa(style)
	for _, part := range []string{`<row r="`, at, `">`} {
		if _, err := out.WriteString(part); err != nil {
			return err
		}
	}
	for i, text := range cells {
		if text == "" {
			continue
		}
		for _, part := range []string{`<c r="`, column(i), at, `" s="`, look, `" t="inlineStr"><is><t xml:space="preserve">`} {
			if _, err := out.WriteString(part); err != nil {
				return err
			}
		}
		if err := xml.EscapeText(out, []byte(literal(fitting(text)))); err != nil {
			return err
		}
		if _, err := out.WriteString(`</t></is></c>`); err != nil {
			return err
		}
	}
	_, err := out.WriteString(`</row>`)
	return err
}

// column names the column at i, 0 for A.
func column(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// fitting is what a cell can hold of s.
func fitting(s string) string {
	if len(s) <= maxCell { // a character has no more units than bytes
		return s
	}
	units := 0
	for i, r := range s {
		if units++; r > 0xFFFF {
			units++
		}
		if units > maxCell {
			return s[:i]
		}
	}
	return s
}

// literal escapes what a reader would take for an escaped character: _x0041_ is
// written _x005F_x0041_ (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
func literal(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '_' && escapes(s[i:]) {
			out = append(out, "_x005F"...)
		}
		out = append(out, s[i])
	}
	return string(out)
}

// escapes reports whether s begins like an escaped character.
func escapes(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' || !utf8.ValidString(s[:7]) {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}
