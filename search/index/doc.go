// Package index keeps search documents in an index on disk and answers queries
// from it. There is one Index for the public and one for the staff.
//
// Bleve gives what it is good at: a set of segments that changes in atomic
// batches, is merged in the background and recovers. What lies in a segment
// (search/segment), analysis, matching, ranking, filters and facets are our own,
// because a Chinese text needs other ones than Bleve has and because its postings
// cost too much to make, its facets, ranges and circles too much over many hits.
//
// Ideas:
//
//   - Few and lean fields (fields.go). One field holds every filter and facet
//     value.
//   - What is read of every hit stands in columns of its segment, or in arrays made
//     of them once (columns.go), for a segment never changes: facet values, years,
//     fame, keys of names. A hit costs a few memory reads whatever is counted; what a
//     hit shows is read for the page only.
//   - A rebuild gathers documents into large segments and ends with one (rebuild.go).
//   - A query is a list of terms that must all match, in names or in the body;
//     a run of Chinese is most of its bigrams. What all clauses have in common is
//     found first, by sets; only that is scored, term at a time in arrays, and only
//     when the answer is in the order of scores; names are then compared as
//     strings. What stands in quotes is wanted in one piece, which is looked up in the text of each candidate; no
//     other text of a query is ever syntax.
//   - Of a question, and of a text that nothing has wholly, a document need have
//     much only, each part counting by its rarity (loose.go). The second is then
//     answered as partial, with titles spelt or sounding nearly like it.
//   - Few hits are followed by what has most of what is sought (weaker.go). Totals,
//     facets and cursors know nothing of it.
//   - A search.Lexicon may tell what words mean besides: other words, narrower things,
//     years, what is filed under a value of a facet. What is meant is found as
//     well, behind what is said.
//   - The token of the feed is written in the batch that it covers, so an index
//     is never ahead of its documents and never loses any.
//   - Bleve writes and merges files behind the back of its callers and would try for
//     ever when it cannot; what waits for it is told (background.go).
//   - Texts of a segment lie in a mapped file. Nothing of an answer is one, for answers
//     outlive the files.
//   - A generation is a directory. Rebuild writes a new one beside and swaps the
//     pointer file CURRENT; queries run on. A generation that cannot be opened,
//     or has another format, is not used: Index.Ready is then false until the
//     feed has rebuilt it.
//
// What is not here: following the store (search/feed).
//
// Reading order: fields.go, document.go, stored.go, index.go, generation.go, background.go, rebuild.go, part.go,
// reading.go, spelt.go, columns.go, column_make.go, mask.go, plan.go, clause.go,
// question.go, sense.go, phrase.go, match.go, scratch.go, sets.go, meant.go, loose.go, weaker.go, filter.go,
// search.go, collect.go, rank.go, cache.go, highlight.go, help.go, related.go,
// suggest.go, names.go, geo.go, region.go.
package index
