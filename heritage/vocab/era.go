package vocab

import "strings"

// eras is the list of eras.
var eras = Must("era")

// Eras returns the codes of the eras to which a period belongs, their ancestors
// included, in the order of the list. It reads the Chinese words when they are
// nothing but names of eras (春秋晚期至战国早期, 明清, 夏商); a span by 至 takes
// what lies between on the main line. Otherwise it goes by the years, which
// never mean a regional dynasty (辽, 金, 西夏 …): an era counts when at least
// half of it or half of the span lies in the other. Nil years are unknown.
func Eras(zh string, from, to *int) []Code {
	codes := erasOfWords(zh)
	if codes == nil {
		codes = erasOfYears(from, to)
	}
	if len(codes) == 0 {
		return nil
	}
	has := make(map[Code]bool)
	for _, c := range codes {
		for _, t := range eras.Path(c) {
			has[t.Code] = true
		}
	}
	var out []Code
	for _, t := range eras.terms {
		if has[t.Code] {
			out = append(out, t.Code)
		}
	}
	return out
}

func erasOfYears(from, to *int) []Code {
	if from == nil && to == nil {
		return nil
	}
	if from == nil {
		from = to
	}
	if to == nil {
		to = from
	}
	var out []Code
	for _, t := range eras.terms {
		if t.Regional || t.FromYear == nil || t.ToYear == nil || len(eras.Children(t.Code)) > 0 && !onlyRegional(t.Code) {
			continue
		}
		shared := min(*to, *t.ToYear) - max(*from, *t.FromYear) + 1
		if shared > 0 && (2*shared >= *t.ToYear-*t.FromYear+1 || 2*shared >= *to-*from+1) {
			out = append(out, t.Code)
		}
	}
	return out
}

// onlyRegional reports whether every child of code is regional, so that years
// alone stop at code.
func onlyRegional(code Code) bool {
	for _, c := range eras.Children(code) {
		if !c.Regional {
			return false
		}
	}
	return true
}

// erasOfWords returns nil when zh is not wholly made of names of eras.
func erasOfWords(zh string) []Code {
	zh = withoutBrackets(zh)
	if zh == "" {
		return nil
	}
	var out []Code
	for _, item := range strings.FieldsFunc(zh, func(r rune) bool { return strings.ContainsRune("、，,；;/ ", r) }) {
		ends := strings.FieldsFunc(item, func(r rune) bool { return strings.ContainsRune("至-—–~～", r) })
		var spans [][]Code
		for _, e := range ends {
			codes := eraNames(e)
			if codes == nil {
				return nil
			}
			spans = append(spans, codes)
		}
		for _, s := range spans {
			out = append(out, s...)
		}
		if len(spans) == 2 {
			out = append(out, between(spans[0][0], spans[1][len(spans[1])-1])...)
		}
	}
	return out
}

// eraNames reads one or several names of eras written together, each with a
// part of it (早期, 末 …), nil when anything else is left over.
func eraNames(s string) []Code {
	var out []Code
	for s != "" {
		code, n := longestEra(s)
		if n == 0 {
			return nil
		}
		out = append(out, code)
		s = s[n:]
		for _, part := range []string{"时代", "时期", "代", "朝", "早中期", "中晚期", "早期", "中期", "晚期", "前期", "后期", "初期", "末期", "初年", "末年", "初", "末", "早", "中", "晚"} {
			s = strings.TrimPrefix(s, part)
		}
	}
	return out
}

func longestEra(s string) (Code, int) {
	var best Code
	n := 0
	for _, t := range eras.terms {
		for _, name := range append([]string{t.ZH}, t.Aliases...) {
			if len(name) > n && strings.HasPrefix(s, name) {
				best, n = t.Code, len(name)
			}
		}
	}
	return best, n
}

// between returns the leaf eras of the main line that lie wholly between two.
func between(a, b Code) []Code {
	from, _ := eras.Term(a)
	to, _ := eras.Term(b)
	if from.FromYear == nil || to.ToYear == nil {
		return nil
	}
	var out []Code
	for _, t := range eras.terms {
		if !t.Regional && t.FromYear != nil && t.ToYear != nil && *t.FromYear >= *from.FromYear && *t.ToYear <= *to.ToYear {
			out = append(out, t.Code)
		}
	}
	return out
}

func withoutBrackets(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch r {
		case '（', '(', '[', '［':
			depth++
		case '）', ')', ']', '］':
			depth = max(depth-1, 0)
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	return strings.TrimSpace(b.String())
}
