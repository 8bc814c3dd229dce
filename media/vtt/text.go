package vtt

import (
	"regexp"
	"strings"
)

var (
	tag     = regexp.MustCompile(`<[^<>]*>?`)
	allowed = regexp.MustCompile(`^<(?:/?(?:b|i|u|c|ruby|rt|v|lang)|v(?:\.[\w-]+)*[ \t][^<>&\n]{1,100}|lang[ \t][A-Za-z0-9-]{1,35}|(?:\d{2,3}:)?[0-5]\d:[0-5]\d\.\d{3})>$`)
)

// tidy keeps the tags of the standard without classes, drops every other, and
// leaves nothing that a reader could take for the times of a cue.
func tidy(s string) string {
	s = tag.ReplaceAllStringFunc(s, func(t string) string {
		if allowed.MatchString(t) {
			return t
		}
		return ""
	})
	return strings.Trim(strings.ReplaceAll(controls(s), "-->", "→"), "\n ")
}

// clean makes a line that may be an id.
func clean(s string) string {
	s = strings.TrimSpace(controls(tag.ReplaceAllString(s, "")))
	switch first, _, _ := strings.Cut(s, " "); first {
	case "NOTE", "STYLE", "REGION":
		return ""
	}
	return strings.ReplaceAll(s, "-->", "→")
}

func controls(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7F {
			return ' '
		}
		return r
	}, s)
}
