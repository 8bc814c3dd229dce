// Package mongostore keeps the documents of package store in a MongoDB replica
// set (or a sharded cluster): the engine for production with several nodes.
//
// Ideas:
//
//   - Documents are stored as they are, one MongoDB collection for each
//     declared one, with native indexes on the declared paths. The engine's own
//     collections begin with an underscore, which a declared name cannot.
//   - A native index is partial: it holds exactly the documents for which
//     store.Index.Keys gives a key. What $type cannot tell, such as 2.5 where a
//     whole number is declared, is told by a mark in the document (mark.go).
//   - Find gives the server the two ends of one range of the index (min, max,
//     hint). There is no filter, no other plan and no sort in memory.
//   - A transaction reads a snapshot and commits with the majority, journalled.
//     Collisions run it again; a commit without an answer is repeated until one
//     comes, and is ErrOutcomeUnknown when none does.
//   - The feed is an insert-only outbox written in the same transaction and
//     followed by a change stream, which has the order of the commits. A place
//     in it is a resume token; the oplog decides how far back one may go.
//   - A process that dies leaves its transactions open on the server, where they
//     hold documents for a minute. Whoever collides for long ends them.
//
// Needs MongoDB 5.0 or later as a replica set, of one node at least.
//
// What is not here: rules that are the same for both engines (package store).
//
// Reading order: open.go, index.go, mark.go, prepare.go, bounds.go, read.go,
// update.go, writer.go, pending.go, lane.go, orphan.go, feed.go, life.go, faults.go.
package mongostore
