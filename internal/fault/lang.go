package fault

import "strings"

// Lang is a language in which the program speaks.
type Lang uint8

const (
	Chinese Lang = iota // 中文, the default
	English
)

// String returns the BCP 47 tag: "zh-CN" or "en".
func (l Lang) String() string {
	if l == English {
		return "en"
	}
	return "zh-CN"
}

// ParseLang chooses a language from a BCP 47 tag or a POSIX locale such as
// "en", "en-GB" or "en_US.UTF-8". Everything that is not English is Chinese,
// the language of the house; "C" and "POSIX" are English.
func ParseLang(tag string) Lang {
	tag = strings.ToLower(strings.TrimSpace(tag))
	if tag == "c" || tag == "posix" || tag == "c.utf-8" || tag == "en" || strings.HasPrefix(tag, "en-") || strings.HasPrefix(tag, "en_") {
		return English
	}
	return Chinese
}

// AcceptLang chooses a language from an Accept-Language header (RFC 9110
// §12.5.4): the first of zh and en by quality, Chinese when neither is named.
func AcceptLang(header string) Lang {
	best, bestQ := Chinese, -1.0
	for _, item := range strings.Split(header, ",") {
		tag, params, _ := strings.Cut(item, ";")
		tag = strings.ToLower(strings.TrimSpace(tag))
		q := 1.0
		if v, ok := strings.CutPrefix(strings.TrimSpace(params), "q="); ok {
			q = parseQ(v)
		}
		var l Lang
		switch {
		case tag == "zh" || strings.HasPrefix(tag, "zh-"):
			l = Chinese
		case tag == "en" || strings.HasPrefix(tag, "en-"):
			l = English
		default:
			continue
		}
		if q > bestQ && q > 0 {
			best, bestQ = l, q
		}
	}
	return best
}

// parseQ parses a quality value 0 to 1 with at most three decimals; anything
// else counts as 0.
func parseQ(s string) float64 {
	s = strings.TrimSpace(s)
	if len(s) == 0 || len(s) > 5 || (s[0] != '0' && s[0] != '1') {
		return 0
	}
	q := float64(s[0] - '0')
	if len(s) == 1 {
		return q
	}
	if s[1] != '.' {
		return 0
	}
	scale := 0.1
	for _, c := range s[2:] {
		if c < '0' || c > '9' {
			return 0
		}
		q += float64(c-'0') * scale
		scale /= 10
	}
	return min(q, 1)
}
