// Package sqlitestore keeps documents in one SQLite file, through the pure-Go
// driver modernc.org/sqlite. It is the embedded engine of package store.
//
// Ideas:
//
//   - A collection NAME is two tables: d_NAME holds the documents (rowid, id,
//     rev, BSON), k_NAME the keys of all its indexes, clustered, each a number
//     of the index, then store.AppendKey of the parts and of the id, so that a
//     query is one contiguous range of bytes. d_ is a rowid table: documents in
//     a WITHOUT ROWID table cost more than twice the space.
//   - One goroutine owns the writing connection and groups the transactions that
//     wait into one commit (one fsync), each in its own savepoint. The func of a
//     transaction runs in the goroutine of its caller, who is lent the
//     connection; a panic or a runtime.Goexit there stays there.
//   - A failure that may have undone the whole group (a full disk, an I/O error)
//     makes every member run again alone, so that nobody pays for a neighbour.
//   - Writing statements are never interrupted: SQLite answers an interrupt by
//     undoing the whole transaction. A context is looked at between statements.
//   - Readers have connections of their own and never wait for the writer (WAL).
//   - Other processes may write to the same file; they take turns, a group each.
//     Within a process Wait wakes at the commit; a commit of another process is
//     seen within a quarter second.
//
// What is not here: meaning of documents, revisions, history (package store);
// the lock on the data directory (the program).
//
// Reading order: open.go, conn.go, catalog.go, read.go, writer.go, turn.go,
// tx.go, feed.go, check.go, faults.go.
package sqlitestore
