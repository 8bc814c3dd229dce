// Package loadhttp is the HTTP of imports and exports: a load is opened with
// the bytes of a file, its rows are read, mended and decided about, it is
// written and undone; records are exported as a file.
//
// Everything here is for staff who may import in the organisation.
//
// Reading order: load.go, row.go, file.go.
package loadhttp
