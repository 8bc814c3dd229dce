package dating

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
	bare       unit = iota // a number that is a year when the other end or its length says so
	years                  // a year
	century                // a century
	millennium             // a thousand years
	decade                 // n is the first year
	hundred                // n is the first of a hundred years: the 1700s
)

// number is a year, a century or a decade as written.
type number struct {
	n      int
	unit   unit
	mark   eraMark
	thou   int  // thousandths of what is written: 1.5 is 1500
	width  int  // digits written, 0 for Chinese numerals
	wan    int  // 万 or 亿 behind it, as a factor
	approx bool // 多, 余
	ten    bool // a hundred that could be ten years: 1900年代
	date   bool // a whole date: month and day were left aside
}

// maxYear bounds what is read as a year, in either direction: records and search keep
// none beyond it.
const maxYear = 600_000_000

// lastYear bounds a year of our era.
const lastYear = 2100

// ordinal reads the year of a reign: 元年, 十五年, 15年, 卅年.
func ordinal(s []rune) (n, length int) {
	for length < len(s) && s[length] == ' ' {
		length++
	}
	s, skip := s[length:], length
	if hasPrefix(s, []rune("元年")) {
		return 1, skip + 2
	}
	n, length = count(s)
	if length == 0 || n < 1 || n > 99 || length >= len(s) || s[length] != '年' || hasPrefix(s[length:], []rune("年代")) {
		return 0, 0
	}
	return n, skip + length + 1
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

var marksBefore = runed([]markWord{{"公元前", bce}, {"西元前", bce}, {"公元", ce}, {"西元", ce}, {"距今", bp}, {"前", bce}, {"a.d.", ce}, {"ad", ce}, {"bce", bce}, {"bc", bce}, {"ce", ce}})

var marksAfter = runed([]markWord{{"b.c.e.", bce}, {"b.c.", bce}, {"bce", bce}, {"bc", bce}, {"a.d.", ce}, {"c.e.", ce}, {"ad", ce}, {"ce", ce}, {"bp", bp}, {"b.p.", bp}, {"before present", bp}, {"years ago", bp}, {"years before present", bp}})

type markWord struct {
	text string
	mark eraMark
}

type markRunes struct {
	text []rune
	mark eraMark
}

func runed(list []markWord) []markRunes {
	out := make([]markRunes, len(list))
	for i, m := range list {
		out[i] = markRunes{[]rune(m.text), m.mark}
	}
	return out
}

func spaces(s []rune, from int) int {
	for from < len(s) && s[from] == ' ' {
		from++
	}
	return from
}

// scanNumber reads a number with its marks at i; length is 0 when there is none
// that can be a year, a century or a decade.
func scanNumber(text []rune, i int) (number, int) {
	s := text[i:]
	var out number
	p := 0
	for _, m := range marksBefore {
		if hasPrefix(s, m.text) {
			out.mark, p = m.mark, len(m.text)
			break
		}
	}
	if p > 0 {
		p = spaces(s, p)
		if p < len(s) && s[p] == '约' {
			out.approx, p = true, spaces(s, p+1)
		}
		if p < len(s) && s[p] == '第' {
			p++
		}
	} else if s[0] == '第' {
		p = 1
	}
	if p >= len(s) {
		return number{}, 0
	}
	length := out.amount(s[p:])
	if length == 0 || out.n > maxYear {
		return number{}, 0
	}
	p += length
	if p < len(s) && (s[p] == '多' || s[p] == '余') {
		out.approx, p = true, p+1
	}
	end := out.unitAt(s, p)
	if end < 0 {
		return number{}, 0
	}
	p = end
	q := spaces(s, p)
	for _, m := range marksAfter {
		if hasPrefix(s[q:], m.text) && wordEnds(s, q, q+len(m.text)) {
			out.mark, p = m.mark, q+len(m.text)
			break
		}
	}
	if out.n == 0 && out.thou == 0 || out.unit == century && out.n > 50 || out.unit == millennium && out.n > 20 {
		return number{}, 0
	}
	return out, p
}

// amount reads digits with a fraction, or a Chinese numeral.
func (n *number) amount(s []rune) (length int) {
	if !isDigit(s[0]) {
		n.n, length = count(s)
		n.thou = n.n * 1000
		return length
	}
	for length < len(s) && length < 12 && (isDigit(s[length]) || s[length] == ',' && groups(s, length)) {
		if s[length] != ',' {
			n.n = n.n*10 + int(s[length]-'0')
			n.width++
		}
		length++
	}
	if n.width > 9 {
		return 0
	}
	n.thou = n.n * 1000
	if length+1 < len(s) && s[length] == '.' && isDigit(s[length+1]) {
		scale := 100
		k := length + 1
		for ; k < len(s) && isDigit(s[k]) && scale > 0; k++ {
			n.thou += int(s[k]-'0') * scale
			scale /= 10
		}
		length = k
	}
	return length
}

// groups reports whether a comma stands before exactly three digits, as in 2,100,000.
func groups(s []rune, comma int) bool {
	k := comma + 1
	for k < len(s) && isDigit(s[k]) {
		k++
	}
	return k-comma == 4
}

// span returns the years of n; ok is false for a bare number that is too short
// to be a year of its own.
func (n number) span() (Span, bool) {
	s := Span{explicit: true, number: true, coarse: n.unit != bare && n.unit != years}
	if n.approx {
		s.Certainty = Approximate
	}
	switch n.unit {
	case century, millennium:
		size := 100
		if n.unit == millennium {
			size = 1000
		}
		s.From, s.To = (n.n-1)*size+1, n.n*size
		if n.mark == bce {
			s.From, s.To = -s.To, -s.From
		}
	case decade, hundred:
		if n.n < 100 {
			return Span{}, false
		}
		size := 10
		if n.unit == hundred {
			size = 100
		}
		s.From, s.To = n.n, n.n+size-1
		if n.mark == bce {
			s.From, s.To = -(n.n + size - 1), -n.n
		}
	default:
		return n.oneYear(s)
	}
	return s, s.To <= lastYear
}

func (n number) oneYear(s Span) (Span, bool) {
	if n.n == 0 || n.unit == bare && n.mark == unmarked && (n.n < 100 || n.width < 3) {
		return Span{}, false
	}
	y := n.n
	switch n.mark {
	case bce:
		y = -y
	case bp:
		y = year(1950 - y)
		s.Certainty = Approximate
		if y < -maxYear {
			return Span{}, false
		}
	case unmarked, ce:
		if y > lastYear {
			return Span{}, false
		}
	}
	s.From, s.To = y, y
	return s, true
}
