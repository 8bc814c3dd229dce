// Package vtt reads captions and transcripts in WebVTT (W3C, 2019) and writes them
// anew with only what matters: cues with their times and settings, and in their
// text the tags of the standard. Styles, regions, notes and every other tag are
// left out, so that what is kept can be shown by any player.
//
// Reading order: vtt.go, text.go.
package vtt
