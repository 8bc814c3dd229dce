// Package app wires the program by hand: nothing here decides, everything here
// joins.
//
// Core is the store, the blobs and the services; the subcommands that work
// beside a running server use it alone. App is Core with the lock of the data
// directory, the two indexes, the jobs and the HTTP shell: what `serve` runs.
// glue.go joins domains through the small interfaces that they declare.
//
// The data directory holds
//
//	LOCK            held by serve, and by restore and reindex while they work
//	yijianyou.db    the embedded database (absent with MongoDB)
//	index/          the public and the staff index, each in generations
//	blobs/          originals, unless a bucket is configured
//	pyramids/       tiles and waiting uploads; a cache
//	tmp/            half-written files, emptied at start
//	secret.key      32 random bytes, mode 0600
//
// Reading order: datadir.go, core.go, app.go, glue.go, demo.go, archive.go, check.go.
package app
