package dating

import "strings"

// eraMark says how a number counts.
type eraMark uint8

const (
	unmarked eraMark = iota
	bce
	ce
	bp // years before 1950
)

type unit uint8

const (
	bare    unit = iota // a number that is a year when the other end or its length says so
	years               // a year
	century             // a century
	decade              // twenty-nine means the 1920s: n is the first year
)

// number is a year, a century or a decade as written.
type number struct {
	n    int
	unit unit
	mark eraMark
}

// maxYear bounds what is read as a year.
const maxYear = 5_000_000

var digits = map[rune]int{'零': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// count reads digits or a Chinese numeral below one hundred at the start of s.
func count(s []rune) (n, length int) {
	for length < len(s) && s[length] >= '0' && s[length] <= '9' && length < 7 {
		n = n*10 + int(s[length]-'0')
		length++
	}
	if length > 0 {
		return n, length
	}
	tens, unitDigit := 0, -1
	for length < len(s) {
		r := s[length]
		switch d, ok := digits[r]; {
		case ok && unitDigit < 0:
			unitDigit = d
		case r == '十' && tens == 0:
			tens = 10
			if unitDigit > 0 {
				tens = unitDigit * 10
			}
			unitDigit = -1
		case r == '廿' && tens == 0 && unitDigit < 0:
			tens = 20
		default:
			return tens + max(unitDigit, 0), length
		}
		length++
	}
	return tens + max(unitDigit, 0), length
}

// ordinal reads the year of a reign: 元年, 十五年, 15年.
func ordinal(s []rune) (n, length int) {
	if hasPrefix(s, []rune("元年")) {
		return 1, 2
	}
	n, length = count(s)
	if length == 0 || n < 1 || n > 99 || length >= len(s) || s[length] != '年' || hasPrefix(s[length:], []rune("年代")) {
		return 0, 0
	}
	return n, length + 1
}

// phase reads the phase of a culture: 二期, 第四期.
func phase(s []rune) (n, length int) {
	skip := 0
	if len(s) > 0 && s[0] == '第' {
		skip = 1
	}
	n, length = count(s[skip:])
	if length == 0 || n < 1 || n > 9 || skip+length >= len(s) || s[skip+length] != '期' {
		return 0, 0
	}
	return n, skip + length + 1
}

var marksBefore = []struct {
	text string
	mark eraMark
}{{"公元前", bce}, {"西元前", bce}, {"公元", ce}, {"西元", ce}, {"距今", bp}, {"前", bce}, {"a.d.", ce}, {"ad", ce}, {"bc", bce}, {"ce", ce}}

var marksAfter = []struct {
	text string
	mark eraMark
}{{"b.c.e.", bce}, {"b.c.", bce}, {"bce", bce}, {"bc", bce}, {"a.d.", ce}, {"ad", ce}, {"ce", ce}, {"bp", bp}, {"before present", bp}}

// scanNumber reads a number with its marks at i; length is 0 when there is none
// that can be a year, a century or a decade.
func scanNumber(text []rune, i int) (number, int) {
	s := text[i:]
	var out number
	p := 0
	for _, m := range marksBefore {
		if hasPrefix(s, []rune(m.text)) {
			out.mark, p = m.mark, len([]rune(m.text))
			break
		}
	}
	for p > 0 && p < len(s) && (s[p] == ' ' || s[p] == '约') {
		p++
	}
	arabic := p < len(s) && s[p] >= '0' && s[p] <= '9'
	n, length := count(s[p:])
	if length == 0 || n == 0 || n > maxYear {
		return number{}, 0
	}
	p += length
	out.n = n
	q := p
	for q < len(s) && s[q] == ' ' {
		q++
	}
	rest := s[q:]
	switch {
	case hasPrefix(rest, []rune("万年")) && arabic && n <= 500:
		out.n, out.unit, p = n*10000, years, q+2
		if hasPrefix(s[p:], []rune("前")) {
			out.mark, p = bp, p+1
		}
	case hasPrefix(rest, []rune("世纪")):
		out.unit, p = century, q+2
		if d, l := count(s[p:]); l > 0 && d < 100 && d%10 == 0 && hasPrefix(s[p+l:], []rune("年代")) {
			out.n, out.unit, p = (n-1)*100+d, decade, p+l+2
		}
	case hasPrefix(rest, []rune("年代")) && arabic && n >= 1000 && n%10 == 0:
		out.unit, p = decade, q+2
	case hasPrefix(rest, []rune("年前")) && arabic:
		out.unit, out.mark, p = years, bp, q+2
	case hasPrefix(rest, []rune("年")) && arabic:
		out.unit, p = years, q+1
	case arabic && suffixed(s[p:]):
		for _, w := range []string{"centuries", "century", "c."} {
			k := p + 2
			for k < len(s) && s[k] == ' ' {
				k++
			}
			if hasPrefix(s[k:], []rune(w)) {
				out.unit, p = century, k+len(w)
				break
			}
		}
		if out.unit == bare { // "13th to 18th century"
			out.unit, p = century, p+2
		}
	case arabic && hasPrefix(s[p:], []rune("s")) && wordEnds(s, p, p+1) && n >= 1000 && n%10 == 0:
		out.unit, p = decade, p+1
	case !arabic && out.unit == bare:
		return number{}, 0
	}
	q = p
	for q < len(s) && s[q] == ' ' {
		q++
	}
	for _, m := range marksAfter {
		r := []rune(m.text)
		if hasPrefix(s[q:], r) && wordEnds(s, q, q+len(r)) {
			out.mark, p = m.mark, q+len(r)
			break
		}
	}
	if out.unit == century && (out.n > 50 || out.n < 1) {
		return number{}, 0
	}
	return out, p
}

func suffixed(s []rune) bool {
	for _, w := range []string{"st", "nd", "rd", "th"} {
		if strings.HasPrefix(string(s[:min(len(s), 2)]), w) && wordEnds(s, 0, 2) {
			return true
		}
	}
	return false
}

// span returns the years of n; ok is false for a bare number that is too short
// to be a year of its own.
func (n number) span() (Span, bool) {
	s := Span{explicit: true}
	switch n.unit {
	case century:
		lo, hi := (n.n-1)*100+1, n.n*100
		if n.mark == bce {
			s.From, s.To = -hi, -lo
		} else {
			s.From, s.To = lo, hi
		}
	case decade:
		s.From, s.To = n.n, n.n+9
	default:
		if n.unit == bare && n.mark == unmarked && (n.n < 100 || n.n > 2100) {
			return Span{}, false
		}
		y := n.n
		switch n.mark {
		case bce:
			y = -y
		case bp:
			y = year(1950 - y)
			s.Approx = true
		case unmarked, ce:
			if y > 2100 {
				return Span{}, false
			}
		}
		s.From, s.To = y, y
	}
	return s, true
}
