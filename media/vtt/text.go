package vtt

import (
	"html"
	"regexp"
	"slices"
	"strings"
)

var (
	tag     = regexp.MustCompile(`<[^<>]*>?`)
	allowed = regexp.MustCompile(`^<(?:/(?:b|i|u|c|ruby|rt|v|lang)|(?:b|i|u|c|ruby|rt|v|lang)` + classes + `|v` + classes + `[ \t][^<>\n]{1,100}|lang` + classes + `[ \t][A-Za-z0-9-]{1,35}|` +
		`(?:\d{2,4}:)?[0-5]\d:[0-5]\d\.\d{3})>$`)
)

const classes = `(?:\.[^\s.<>&]{1,50}){0,8}`

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// tidy keeps the tags of the standard and drops every other; between them every
// character reference becomes the character that it means, and only what must be
// escaped is. No line of the result is empty, and none has an arrow.
func tidy(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = controls(lines[i])
	}
	s = strings.Join(lines, "\n")
	var b strings.Builder
	for at := 0; at < len(s); {
		next := tag.FindStringIndex(s[at:])
		if next == nil {
			next = []int{len(s) - at, len(s) - at}
		}
		b.WriteString(words(s[at : at+next[0]]))
		if t := s[at+next[0] : at+next[1]]; allowed.MatchString(t) {
			b.WriteString(t)
		}
		at += next[1]
	}
	kept := slices.DeleteFunc(strings.Split(b.String(), "\n"), func(line string) bool { return strings.Trim(line, " ") == "" })
	return strings.Trim(strings.Join(kept, "\n"), " ")
}

// words is text without tags in the one form in which it is kept.
func words(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = escapes.Replace(controls(html.UnescapeString(line)))
	}
	return strings.Join(lines, "\n")
}

// clean makes a line that may be an id.
func clean(s string) string {
	s = strings.TrimSpace(controls(tag.ReplaceAllString(s, "")))
	if aside(s) {
		return ""
	}
	return strings.ReplaceAll(s, arrow, "→")
}

// controls makes a space of what is no character of a text, a line feed too.
func controls(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return ' '
		}
		return r
	}, s)
}
