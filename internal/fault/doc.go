// Package fault is the one way in which this program says what went wrong.
//
// A Code is declared once, beside the rule that it speaks for, with a kind, an
// identifier and a text in 中文 and in English; there is no second table that
// could lack one. A Fault is one occurrence: its code, the parameters of the
// text, the fields of the input that are at fault, and a private cause.
//
// Ideas to keep:
//
//   - The zero Kind is Internal: an error that nobody classified is never shown.
//   - A parameter is part of a public text. Never pass a refused value, a secret
//     or the text of another error as a parameter: the reader knows what he sent.
//   - The cause is for the log only. Nothing here writes it into Text.
//   - Log at the edges, or return; never both.
//
// Reading order: code.go, fault.go, lang.go.
package fault
