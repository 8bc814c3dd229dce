// Package vtt reads captions and transcripts in WebVTT (W3C Candidate Recommendation,
// 2019) and writes them anew with only what matters: cues with their times and
// settings, and in their text the tags and classes of the standard.
//
// Ideas:
//
//   - What a player reads is read: files of every line ending, times with and
//     without hours, cues without an empty line between them. What a player would
//     pass over in silence (a time that is none, words without times) is told at its
//     line, because whoever sent the file wants it shown. So is what the standard
//     asks of authors: a cue ends after it begins, and begins in order.
//   - What is written has one form, which any player shows: character references
//     of HTML are the characters, all but & < >; a tag of any other standard is gone.
//   - A block that begins with NOTE is passed over whole. A player would show the
//     cues in it that an author meant to note out.
//
// What is not here: regions (a cue keeps its other settings), style sheets (the
// colours that the standard gives to classes do show), the words of the head such as
// X-TIMESTAMP-MAP, chapters and metadata as kinds of cues, and SubRip (a comma in a
// time is told).
//
// Reading order: vtt.go, text.go.
package vtt
