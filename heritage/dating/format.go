package dating

import (
	"fmt"
	"slices"
	"strings"

	"yijianyou/internal/fault"
)

// Years prints bounds as a catalogue does: "公元前670—前570年", "618—907年",
// "公元前202—公元8年"; "670–570 BCE", "618–907", "202 BCE – 8 CE". Nil is
// unknown; both nil give "年代不详" and "date unknown". Parse reads the years
// from it again.
func Years(from, to *int, lang fault.Lang) string {
	if lang == fault.English {
		return yearsEN(from, to)
	}
	return yearsZH(from, to, true)
}

// geological is the last year that is written in ten thousands and thousands.
const geological = -10000

func yearsZH(from, to *int, estimate bool) string {
	switch {
	case from == nil && to == nil:
		return "年代不详"
	case from == nil:
		return "不晚于" + oneZH(*to, estimate)
	case to == nil:
		return oneZH(*from, estimate) + "起"
	case *from == *to:
		return oneZH(*from, estimate)
	case estimate && *from <= geological && *from%1000 != 0:
		return oneZH(*from, true) + "至" + oneZH(*to, true)
	case *from < 0 && *to < 0:
		return "公元前" + amountZH(-*from) + "—前" + amountZH(-*to) + "年"
	case *from < 0:
		return fmt.Sprintf("公元前%s—公元%d年", amountZH(-*from), *to)
	}
	return fmt.Sprintf("%d—%d年", *from, *to)
}

// oneZH writes one year; one that is an estimate in years before the present, where
// those are round.
func oneZH(y int, estimate bool) string {
	switch before := 1950 - line(y); {
	case estimate && y <= geological && y%1000 != 0 && before%1000 == 0:
		return "距今" + amountZH(before) + "年"
	case y < 0:
		return "公元前" + amountZH(-y) + "年"
	case y < 100:
		return fmt.Sprintf("公元%d年", y)
	}
	return fmt.Sprintf("%d年", y)
}

// amountZH writes thousands above ten thousand as 万.
func amountZH(n int) string {
	switch {
	case n >= 100_000_000 && n%100_000 == 0:
		return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%d.%03d", n/100_000_000, n/100_000%1000), "0"), ".") + "亿"
	case n >= 10000 && n%10000 == 0:
		return fmt.Sprintf("%d万", n/10000)
	case n >= 10000 && n%1000 == 0:
		return fmt.Sprintf("%d.%d万", n/10000, n/1000%10)
	}
	return fmt.Sprint(n)
}

func yearsEN(from, to *int) string {
	switch {
	case from == nil && to == nil:
		return "date unknown"
	case from == nil:
		return "not later than " + oneEN(*to)
	case to == nil:
		return oneEN(*from) + " or later"
	case *from == *to:
		return oneEN(*from)
	case *from < 0 && *to < 0:
		return fmt.Sprintf("%d–%d BCE", -*from, -*to)
	case *from < 0:
		return fmt.Sprintf("%d BCE – %d CE", -*from, *to)
	case *from < 100:
		return fmt.Sprintf("%d–%d CE", *from, *to)
	}
	return fmt.Sprintf("%d–%d", *from, *to)
}

func oneEN(y int) string {
	switch {
	case y < 0:
		return fmt.Sprintf("%d BCE", -y)
	case y < 100:
		return fmt.Sprintf("%d CE", y)
	}
	return fmt.Sprint(y)
}

// In prints a period: the names that were read and the years that they mean,
// "清乾隆四十五年（1780年）", "Qing Qianlong 45 (1780)". Parse reads the same
// bounds from it in either language. What was not understood is not printed; a
// period without any span gives "年代不详" and "date unknown".
func (p Period) In(lang fault.Lang) string {
	if len(p.Spans) == 0 {
		return Years(nil, nil, lang)
	}
	out := make([]string, len(p.Spans))
	for i, s := range p.Spans {
		out[i] = s.In(lang)
	}
	if lang == fault.English {
		return strings.Join(out, "; ")
	}
	return strings.Join(out, "；")
}

// In prints one span.
func (s Span) In(lang fault.Lang) string {
	name, years := s.Name(lang), s.years(lang)
	if name == "" || s.OpenFrom || s.OpenTo && !s.Ongoing {
		return years
	}
	return fmt.Sprintf(both{"%s（%s）", "%s (%s)"}.In(lang), name, years)
}

// Name prints what the text calls a span, without years: 战国晚期至西汉早期, "late
// Warring States to early Western Han". It is empty for bare years.
func (s Span) Name(lang fault.Lang) string {
	names := make([]string, len(s.Names))
	for i, n := range s.Names {
		names[i] = n.In(lang)
	}
	if s.Ongoing && s.ranged && len(names) == 1 {
		names = append(names, both{"今", "the present"}.In(lang))
	}
	return strings.Join(names, both{"至", " to "}.In(lang))
}

// years prints the bounds of a span with how far they are certain.
func (s Span) years(lang fault.Lang) string {
	var from, to *int
	if !s.OpenFrom {
		from = &s.From
	}
	if !s.OpenTo {
		to = &s.To
	}
	out := both{yearsZH(from, to, s.Certainty == Approximate), yearsEN(from, to)}.In(lang)
	if s.Ongoing && from != nil {
		out = both{oneZH(s.From, s.Certainty == Approximate) + "至今", oneEN(s.From) + " to the present"}.In(lang)
	}
	switch s.Certainty {
	case Approximate:
		out = both{"约" + out, "c. " + out}.In(lang)
	case Doubtful:
		out = both{"疑为" + out, "possibly " + out}.In(lang)
	}
	return out
}

// In prints one reading with its years.
func (r Reading) In(lang fault.Lang) string {
	return r.span().In(lang)
}

// In prints the name alone: 清乾隆四十五年, Qing Qianlong 45.
func (n Named) In(lang fault.Lang) string {
	zh, en, _ := n.Code.Label()
	if lang == fault.English {
		return n.english(en)
	}
	out := zh + n.Title
	if n.Year > 0 {
		out += numeral(n.Year) + "年"
	}
	return out + n.Part
}

func (n Named) english(en string) string {
	en, _, _ = strings.Cut(en, " (")
	out := en
	if n.Title != "" {
		out += " " + n.pinyin()
	}
	if n.Year > 0 {
		out += fmt.Sprintf(" %d", n.Year)
	}
	if n.Part == "" {
		return out
	}
	if i := slices.Index([]rune("零一二三四五六七八九"), []rune(n.Part)[0]); i > 0 {
		return fmt.Sprintf("%s phase %d", out, i)
	}
	if part := partNames[n.Part]; part != "" {
		return part + " " + out
	}
	return out
}

// pinyin returns the romanised title.
func (n Named) pinyin() string {
	for _, r := range table().reigns[string(fold([]rune(n.Title)))] {
		if r.regime.Code == n.Code {
			return r.pinyin
		}
	}
	return n.Title
}

// numeral writes a number below a hundred as Chinese counts years: 元, 二, 四十五.
func numeral(n int) string {
	d := []rune("零一二三四五六七八九")
	switch {
	case n == 1:
		return "元"
	case n < 10:
		return string(d[n])
	}
	out := "十"
	if n >= 20 {
		out = string(d[n/10]) + out
	}
	if n%10 > 0 {
		out += string(d[n%10])
	}
	return out
}
