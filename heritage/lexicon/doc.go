// Package lexicon knows what visitors and curators mean by words of the field:
// times (唐, 开元, 公元8世纪, "Tang dynasty"), what a broader term takes in (酒器:
// 尊, 爵 and the rest), other words for the same thing, and old and new names of
// places. It is pure; a search asks it through search.Lexicon.
//
// Ideas:
//
//   - The longest word that fits is taken, from left to right. 金银器 is a category
//     and not the dynasty 金.
//   - Weak words (one character, a reign title, a word that can be read so) count
//     inside other Chinese text only where known words cover all of it, or where a
//     known thing follows: 唐三彩马 is of 唐, 辽宁 is not of 辽.
//   - A time that cannot be listed is read by package dating: 乾隆四十五年, 8世纪.
//   - The name of a class means what is filed under it, whatever the records say: the
//     label of a code, its aliases unless they have a line in the thesaurus (石窟 is but a
//     part of 石窟寺及石刻), and words of the thesaurus with a value of a facet.
//   - The bare sound of a character (ding, you) is no word.
//   - Meaning adds to what a text says, which is sought all the same: a known word
//     whole, what is not known by most of it.
//
// Sources: thesaurus.tsv and places.tsv name theirs; times are those of package
// dating; words of code lists are those of package vocab.
//
// What is not here: how much a meaning counts (search/index).
//
// Reading order: lexicon.go, table.go, read.go, time.go.
package lexicon
