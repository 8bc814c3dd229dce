// Command bench measures a real server with many records: how long it takes
// to be ready, what it needs idle, how fast an import becomes searchable, and
// how long relic pages and the searches of tourists and staff take under many
// clients at once.
//
// It starts the binary on an empty data directory with the demo data, imports
// generated rows and publishes them through the same requests that the console
// makes, starts the server again, and prints a table. Rows come from a collection file when one
// is named (the open data of the Carnegie Museum of Art: titles, media,
// credit lines) and are made up otherwise; either way each gets Chinese words,
// a number of its own, a category, a material and a period, by its place in
// the file, so that two runs measure the same.
//
// It imports no package of the program: it sees what a client sees.
//
// Reading order: bed, main.go, server.go, rows.go, client.go, publish.go,
// measure.go.
package main
