// Package search is the vocabulary of search: what a domain gives to be found
// (Document, Entry, Source), what a reader asks (Query within a Scope) and what
// comes back (Result, Suggestions). It knows no engine and no domain.
//
// Ideas:
//
//   - There are two indexes. The public one holds only records and fields that
//     a tourist may see, so that no filter can be forgotten. The staff one holds
//     drafts and internal fields too.
//   - A Query cannot be built without a Scope. The scope decides which index may
//     answer and, in the staff index, which organisations; it applies to hits,
//     facets, counts and suggestions alike. The zero Query is refused.
//   - A staff Document is seen by everybody who may read records of its kind in
//     its organisation. What needs actor.LocationRead as well (a store location)
//     goes into Document.Guarded and nowhere else; a confidential coordinate
//     goes into no Document.
//   - The text of a query is data, never syntax.
//   - Sources give the present state of a record, not a difference. Putting the
//     same state twice changes nothing, so the feed may repeat itself.
//
// What is not here: text analysis (search/chinese), the engine (search/index),
// following the store (search/feed), HTTP (search/searchhttp).
//
// Reading order: document.go, source.go, scope.go, query.go, result.go, names.go,
// faults.go.
package search
