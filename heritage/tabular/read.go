package tabular

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Read parses the bytes of a file. sheet chooses a sheet of an XLSX; "" is the
// first that has a row.
//
// Errors: ErrTooLarge, ErrUnpacked, ErrTooManyRows, ErrTooManyColumns,
// ErrFormat, ErrDamaged, ErrSheet, ErrNoHeader, ErrNoRows.
func Read(data []byte, sheet string, limits Limits) (*Table, error) {
	limits = limits.filled()
	if int64(len(data)) > limits.Bytes {
		return nil, ErrTooLarge.New(param("max", limits.Bytes>>20))
	}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readXLSX(data, sheet, limits)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")): // OLE: old .xls, or an encrypted .xlsx
		return nil, ErrFormat.New()
	case looksBinary(data):
		return nil, ErrFormat.New()
	}
	return readCSV(data, limits)
}

// looksBinary reports whether the beginning of data holds bytes that no text
// has. UTF-16 has zero bytes but says so with a mark.
func looksBinary(data []byte) bool {
	head := data[:min(len(data), 4096)]
	if bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF")) {
		return false
	}
	for _, b := range head {
		if b == 0 || (b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != 0x1A && b != '\f') {
			return true
		}
	}
	return false
}

// grid is a file as it was read, before the header is known.
type grid struct {
	rows   []Row
	limit  Limits
	sparse bool // empty cells at the end of a row are not stored, so that their lack says nothing
}

// titleLines is how far down the header may stand below a title.
const titleLines = 10

// table finds the header and evens the rows.
func (g grid) table() (*Table, error) {
	at := -1
	for i, r := range g.rows {
		if i >= titleLines {
			break
		}
		if filled(r.Cells) >= 2 || (filled(r.Cells) == 1 && i == 0 && len(g.rows) > 1 && filled(g.rows[1].Cells) == 1) {
			at = i
			break
		}
	}
	if at < 0 {
		return nil, ErrNoHeader.New()
	}
	t := &Table{HeaderLine: g.rows[at].Line, Header: g.rows[at].Cells}
	for len(t.Header) > 0 && t.Header[len(t.Header)-1] == "" {
		t.Header = t.Header[:len(t.Header)-1]
	}
	for _, r := range g.rows[at+1:] {
		if filled(r.Cells) == 0 && len(r.Notes) == 0 {
			continue
		}
		if len(t.Rows) == g.limit.Rows {
			return nil, ErrTooManyRows.New(param("max", g.limit.Rows))
		}
		t.Rows = append(t.Rows, r.even(len(t.Header), g.sparse))
	}
	if len(t.Rows) == 0 {
		return nil, ErrNoRows.New()
	}
	return t, nil
}

// even gives r exactly want cells and says what that cost.
func (r Row) even(want int, sparse bool) Row {
	n := len(r.Cells)
	for n > want && r.Cells[n-1] == "" {
		n--
	}
	switch {
	case n > want:
		r.Notes = append(r.Notes, Note{Column: -1, Code: NoteTooMany, Params: params("count", n, "want", want), Fatal: true})
	case len(r.Cells) < want && !sparse && !fatal(r.Notes):
		r.Notes = append(r.Notes, Note{Column: -1, Code: NoteTooFew, Params: params("count", len(r.Cells), "want", want)})
	}
	for len(r.Cells) < want {
		r.Cells = append(r.Cells, "")
	}
	r.Cells = r.Cells[:want]
	kept := r.Notes[:0]
	for _, note := range r.Notes {
		if note.Column < want {
			kept = append(kept, note)
		}
	}
	r.Notes = kept
	return r
}

func fatal(notes []Note) bool {
	for _, n := range notes {
		if n.Fatal {
			return true
		}
	}
	return false
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if c != "" {
			n++
		}
	}
	return n
}

// clean trims a cell and removes what cannot be seen; notes say what was lost.
func (r *Row) clean(column int, s string, limit Limits) string {
	if !utf8.ValidString(s) || strings.ContainsRune(s, utf8.RuneError) {
		s = strings.ToValidUTF8(s, "\uFFFD")
		r.Notes = append(r.Notes, Note{Column: column, Code: NoteEncoding})
	}
	s = strings.TrimSpace(strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\t':
			return c
		case c == '\r' || c == '\v' || c == '\f':
			return '\n'
		case c < 0x20 || c == 0x7F || c == '\uFEFF' || c == '\u200B' || (c >= 0x80 && c < 0xA0):
			return -1
		case c == '\u00A0' || c == '\u3000':
			return ' '
		}
		return c
	}, strings.ReplaceAll(s, "\r\n", "\n")))
	if len(s) > limit.Runes && utf8.RuneCountInString(s) > limit.Runes {
		r.Notes = append(r.Notes, Note{Column: column, Code: NoteLong, Params: params("max", limit.Runes), Fatal: true})
		return ""
	}
	return s
}
