// Package segment keeps the documents of a search index: the terms of their fields
// with the documents that have them, and columns of values by document.
//
// A Segment never changes. New ones are built of documents in memory (build.go) and
// of older ones (merge.go), and lie in files that are read where they are, mapped
// into memory (plugin.go). Bleve's scorch does the rest: what segments there are, what has been
// removed from them, when they are merged, and that a crash leaves a state that was.
// It knows segments by Plugin; they are found again in its snapshots by Of. Queries
// are not asked through Bleve but read Terms, Postings and Column directly.
//
// Why not Bleve's own files: for 100,000 records of a hundred and fifty terms
// each they took seven times the processor time and twice the room. Here postings
// are lists of small distances, or a bit for each document when that is smaller;
// merging copies them as bytes; terms lie in order in one text with an array of
// where they begin.
//
// The form of a file: sections one after the other, then their ends and a foot
// (writer.go). For each field of the Layout: postings, where each term begins, the
// terms, where the postings of each begin, and for the counted field the number of terms of
// each document. Then keys and columns, each as texts and their ends; then the
// documents in the order of their keys. All numbers are little endian. A checksum
// (CRC-32C) over everything is verified when a file is opened; what passes it is
// taken for what build or merge has written.
//
// Reading order: layout.go, segment.go, terms.go, postings.go, build.go, merge.go,
// writer.go, facade.go, plugin.go.
package segment
