// Package chinese prepares text for search and sorting: folding of width,
// case and character forms, runs of Chinese and of words, numerals, English stems,
// pinyin. It is pure.
//
// Ideas:
//
//   - Folding is many to one and the same for documents and queries, so it need
//     not be right Chinese: 乾 and 幹 both become 干. It is idempotent, and keeps
//     for each folded character where it came from, for highlighting.
//   - There is no dictionary of words: a run of Chinese is searched as bigrams
//     and single characters.
//   - Pinyin takes the longest phrase of pinyin.tsv, then a single character of
//     it, then the first reading of go-pinyin, which is right for most
//     characters and wrong for polyphones.
//
// The tables: fold.tsv (see gen/README.md for its origin and licence) and
// pinyin.tsv (our own). Reading order: fold.go, variants.go, runs.go, numeral.go, stem.go, pinyin.go, sortkey.go.
package chinese
