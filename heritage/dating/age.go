package dating

import "strings"

// Age is a stretch of the history of China by which a long list is looked through.
type Age struct {
	ZH, EN string // the names of its periods together: 夏商, 宋辽金
	From   int    // inclusive, negative is BCE
	To     *int   // inclusive; nil when it goes on
}

// ages are the periods of the table of which each age consists, the first begins it
// and the one that ends last ends it.
var ages = [][]Code{{"palaeolithic-neolithic"}, {"xia", "shang"}, {"western-zhou"}, {"spring-autumn"}, {"warring-states"}, {"qin", "han"},
	{"wei-jin-nbc"}, {"sui", "tang"}, {"five-dynasties"}, {"song", "liao", "jin-jurchen"}, {"yuan"}, {"ming"}, {"qing"}, {beside}}

// beside is the age that is not reckoned by dynasties: it begins in 1840, beside the
// last years of 清.
const beside Code = "modern"

// Ages returns the ages in the order of time, without a gap between them. Two share
// no more than the year in which one turns into the other: 元 begins with the end of
// 宋 and 夏商 with that of the Stone Age, though the table lets them begin before.
// 近现代 alone keeps its own beginning.
func Ages() []Age {
	t := table()
	out := make([]Age, len(ages))
	for i, list := range ages {
		var zh, en []string
		a := Age{From: t.byCode[list[0]].From}
		for k, code := range list {
			e := t.byCode[code]
			_, to, _ := code.Bounds()
			if k == 0 || to == nil || a.To != nil && *to > *a.To {
				a.To = to
			}
			name, _, _ := strings.Cut(e.EN, " (") // Jin (1115–1234)
			zh, en = append(zh, e.ZH), append(en, name)
		}
		a.ZH, a.EN = strings.Join(zh, ""), strings.Join(en, ", ")
		if i > 0 && list[0] != beside {
			a.From = max(a.From, *out[i-1].To)
		}
		out[i] = a
	}
	return out
}
