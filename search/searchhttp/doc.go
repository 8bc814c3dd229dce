// Package searchhttp answers GET /api/v1/search and GET /api/v1/suggest.
//
// The public view asks the public index and is the same for everybody. With
// view=staff a session is needed, and the staff index answers within what the
// actor may read. Titles and summaries carry both languages; highlights and the
// labels of facets are in the language of the reader, by lang= or, without it,
// by Accept-Language.
//
// Chosen values of facets are parameters facet.NAME, repeated for several.
// Counts come for every facet that has values among the hits; those of a facet
// ignore what is chosen in it.
//
// Reading order: mount.go, input.go, search.go, suggest.go.
package searchhttp
