// Package tabular turns the bytes of a CSV or XLSX file into rows of text, and
// rows into such files. It knows nothing of what the columns mean.
//
// Files come from museums' desks: GB18030 or UTF-8 with or without a byte order
// mark, comma, semicolon or tab, merged cells, formulas, blank rows, a title
// line above the header. What can be read is read; what had to be guessed is
// said in a Note at its row, so that a person can judge it. Limits hold before
// anything is parsed: bytes of the file, unpacked bytes of an XLSX, rows,
// columns, runes of a cell.
//
// What is written leaves row by row, a workbook too: it needs the memory of a row.
//
// The package is pure: bytes in, rows out.
//
// Reading order: table.go, read.go, csv.go, xlsx.go, write.go, workbook.go.
package tabular
