package tabular

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// readCSV reads a comma, semicolon or tab separated file (RFC 4180).
func readCSV(data []byte, limits Limits) (*Table, error) {
	text, name, err := decode(data)
	if err != nil {
		return nil, ErrDamaged.Wrap(err)
	}
	g := grid{limit: limits}
	rd := csv.NewReader(bytes.NewReader(text))
	rd.Comma = separator(text)
	rd.FieldsPerRecord = -1
	rd.ReuseRecord = true
	for {
		record, err := rd.Read()
		if err == io.EOF {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			g.rows = append(g.rows, Row{Line: bad.StartLine, Notes: []Note{{Column: -1, Code: NoteQuotes, Fatal: true}}})
			continue
		}
		if err != nil {
			return nil, ErrDamaged.Wrap(err)
		}
		line, _ := rd.FieldPos(0)
		if len(record) > limits.Columns {
			return nil, ErrTooManyColumns.New(param("line", line), param("max", limits.Columns))
		}
		if len(g.rows) > limits.Rows+titleLines {
			return nil, ErrTooManyRows.New(param("max", limits.Rows))
		}
		r := Row{Line: line, Cells: make([]string, len(record))}
		for i, cell := range record {
			r.Cells[i] = r.clean(i, cell, limits)
		}
		if filled(r.Cells) > 0 || len(r.Notes) > 0 {
			g.rows = append(g.rows, r)
		}
	}
	t, err := g.table()
	if err != nil {
		return nil, err
	}
	t.Format, t.Encoding = "csv", name
	return t, nil
}

// decode returns the text of data as UTF-8: by its mark, as UTF-8 if it is
// valid, else as GB18030 (GB 18030-2022), in which Chinese desktop programs save.
func decode(data []byte) ([]byte, string, error) {
	var enc encoding.Encoding
	var name string
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return data[3:], "UTF-8", nil
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		enc, name = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16LE"
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		enc, name = unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "UTF-16BE"
	case mostlyUTF8(data):
		return data, "UTF-8", nil
	default:
		enc, name = simplifiedchinese.GB18030, "GB18030"
	}
	text, err := enc.NewDecoder().Bytes(data)
	return text, name, err
}

// mostlyUTF8 reports whether data is UTF-8 but for a few damaged bytes, which
// are then reported at their cells instead of turning the whole file to noise.
func mostlyUTF8(data []byte) bool {
	if utf8.Valid(data) {
		return true
	}
	bad, multi := 0, 0
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else if n > 1 {
			multi++
		}
		i += n
	}
	return multi > 50*bad
}

// separator is the one of comma, semicolon and tab that stands most often,
// outside quotes, in the first lines.
func separator(text []byte) rune {
	counts := map[byte]int{}
	quoted, lines := false, 0
	for _, b := range text[:min(len(text), 16<<10)] {
		switch {
		case b == '"':
			quoted = !quoted
		case b == '\n' && !quoted:
			if lines++; lines == 5 {
				break
			}
		case !quoted && (b == ',' || b == ';' || b == '\t'):
			counts[b]++
		}
	}
	best := byte(',')
	for _, b := range []byte{';', '\t'} {
		if counts[b] > counts[best] {
			best = b
		}
	}
	return rune(best)
}
