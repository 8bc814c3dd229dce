package tabular

import "yijianyou/internal/fault"

// Limits are what a file may not exceed. A zero field means its default.
type Limits struct {
	Bytes    int64 // of the file; default 64 MiB
	Unpacked int64 // of all parts of an XLSX together; default 512 MiB
	Rows     int   // of data; default 200,000
	Columns  int   // default 200
	Runes    int   // of a cell; default 20,000
}

func (l Limits) filled() Limits {
	def := func(v *int64, d int64) {
		if *v == 0 {
			*v = d
		}
	}
	def(&l.Bytes, 64<<20)
	def(&l.Unpacked, 512<<20)
	if l.Rows == 0 {
		l.Rows = 200_000
	}
	if l.Columns == 0 {
		l.Columns = 200
	}
	if l.Runes == 0 {
		l.Runes = 20_000
	}
	return l
}

// Table is what a file holds. Every row has as many cells as the header.
type Table struct {
	Format     string   // "csv" or "xlsx"
	Encoding   string   // of a CSV: "UTF-8", "UTF-16LE", "UTF-16BE" or "GB18030"
	Sheet      string   // of an XLSX: the one that was read
	Sheets     []string // of an XLSX: all of them
	HeaderLine int      // line (row number) of the header, from 1
	Header     []string // trimmed names of the columns; never empty, blank ones at the end cut off
	Rows       []Row    // blank rows are left out
}

// Row is one row of data.
type Row struct {
	Line  int      // line of a CSV or row number of an XLSX, from 1, as the person's program shows it
	Cells []string // trimmed; "" is empty
	Notes []Note   // what was guessed or could not be read
}

// Note says that something about a row or a cell needs a person's eye.
type Note struct {
	Column int // index into Header, -1 is the whole row
	Code   *fault.Code
	Params []fault.Param
	Fatal  bool // the row cannot be used as it is
}
