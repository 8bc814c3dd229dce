// Package feed keeps the search indexes in agreement with the store. It is
// their only writer.
//
// Ideas:
//
//   - Each index follows the feed of changes on its own and keeps its own token
//     in the batch that the token covers: a crash at any point leaves an index
//     that is behind, never one that lacks something, and following again mends
//     it. A restart reads nothing but what has changed. Changes that touch no
//     document, as those of sensors, cost no write: their token is kept in memory
//     until a page of them has come.
//   - What is written is the present state of a record, not the change. Changes
//     of one record in one page are coalesced, and repeating is harmless.
//   - An index without a token, or with one of another life of the database, is
//     built anew from all documents beside the old one. One that belongs to
//     another life is not searched meanwhile, for its records may no longer be
//     public; one that is rebuilt on demand is, and goes on following.
//   - Two indexes are never built at the same time.
//   - A record that cannot be mapped, or that breaks the rules of a document, is
//     left out with an error in the log and counted; it does not stop the rest.
//     A store that does not answer stops everything until it does.
//
// Reading order: feed.go, follower.go, mapping.go, verify.go.
package feed
