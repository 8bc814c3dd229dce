// Package searchhttp answers GET /api/v1/search, /related and /suggest, exports
// what a search of staff finds, and keeps the searches that staff save.
//
// The public view asks the public index and is the same for everybody. With
// view=staff a session is needed, and the staff index answers within what the
// actor may read. Titles and summaries carry both languages; highlights and the
// labels of facets are in the language of the reader, by lang= or, without it,
// by Accept-Language.
//
// Chosen values of facets are parameters facet.NAME, repeated for several.
// Counts come for every facet that has values among the hits; those of a facet
// ignore what is chosen in it. So do those of the ages of history, which a first
// page names with their years.
//
// The list of names completes a text where the network is slower than a thumb, or
// not there. It is of the public index only and the same for everybody; it is made
// and packed once and revalidated by its entity tag.
//
// An export asks the staff index page by page; the file leaves while it is made and
// needs memory for one page. A list of one kind has the columns of an import, read
// record by record as the reader may see them, other lists have what the index
// knows. The audit trail of each organisation says that it was asked for; of HEAD,
// with which nothing leaves, it says nothing.
//
// Reading order: mount.go, input.go, search.go, apart.go, related.go, suggest.go,
// names.go, export.go, columns.go, saved.go, age.go.
package searchhttp
