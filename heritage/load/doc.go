// Package load brings files of sites and relics into the catalogue, and writes
// them out again in the same columns.
//
// A load is a record of its own: the file, how its columns were understood,
// every row with what is doubtful or wrong in it, and what was written. Its
// life:
//
//	checked  the whole file was read and judged; nothing is in the catalogue
//	writing  drafts are being written in small batches under the load's id;
//	         staff do not see them until the load is closed
//	closed   all usable rows are drafts; faulty rows can be mended and written later
//	undone   every draft that nobody has touched since is gone again
//
// A row is ready, doubtful (a person must accept what was guessed), faulty (a
// person must mend it), skipped or written. Mending a cell judges the row anew;
// nothing is ever dropped in silence.
//
// The same table of columns reads and writes, so that what is exported can be
// imported.
//
// What is not here: bytes to rows (heritage/tabular), the rules of a record
// (heritage), words to codes (heritage/vocab) and to years (heritage/dating).
//
// Reading order: column.go, relic.go, site.go, measure.go, mapping.go, row.go,
// load.go, service.go, mend.go, write.go, export.go.
package load
