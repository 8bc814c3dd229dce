// Package store is the storage kernel: typed collections of documents,
// transactions, history and an ordered feed of changes. Domain code is written
// once against it; two engines stand behind it, sqlitestore (embedded, the
// default) and mongostore (a replica set, for production and scale-out).
//
// Ideas:
//
//   - This package holds every rule that must not differ between engines:
//     revisions, times, history, feed, schema, unknown fields, cursors. An
//     Engine only keeps BSON under an id, in transactions, with index order.
//   - Find needs a declared Index. There is no other way to search, so nothing
//     scans by accident.
//   - Update is atomic over collections with snapshot isolation and no more. A
//     rule over documents that are only read (write skew) is held by a unique
//     index or by Tx.Guard.
//   - The func given to Update may run several times: no side effects, no I/O,
//     nothing slow in it. Ids and time come from the Tx.
//   - A refused write (ErrConflict, ErrDuplicate) ends its transaction. A func
//     that goes on gets the same error from every later step and commits
//     nothing; look first, or handle the refusal outside of Update.
//   - Update returned nil: it is durable. It returned ErrOutcomeUnknown: it may
//     or may not be.
//   - A Memo keeps what was made of documents while nothing is written, and is never
//     behind an Update that has returned.
//   - History (the audit trail) and feed entries are written in the same
//     transaction as the document.
//
// What is not here: full text (search), blobs (media), what a document means.
//
// Reading order: meta.go, spec.go, query.go, collection.go, tx.go, strict.go, store.go,
// history.go, feed.go, jobs.go, task.go, runner.go, lease.go, dump.go,
// restore.go, engine.go, memo.go.
package store
