package dating

// unitAt reads what is counted, from p on, and returns where it ends; -1 when
// this is no time.
func (n *number) unitAt(s []rune, p int) int {
	arabic := n.width > 0
	q := spaces(s, p)
	rest := s[q:]
	is := func(w string) bool { return hasPrefix(rest, []rune(w)) }
	switch {
	case is("亿年") || is("万年") || is("万") && n.mark != unmarked || is("亿") && n.mark != unmarked:
		return n.big(rest, q)
	case is("千年前") && n.thou <= 20000:
		n.n, n.unit, n.mark = n.thou, years, bp
		return q + 3
	case is("世纪"):
		n.unit = century
		q += 2
		at := spaces(s, q)
		if d, l := count(s[at:]); l > 0 && d < 100 && d%10 == 0 && decadeFollows(s[spaces(s, at+l):]) {
			n.n, n.unit = (n.n-1)*100+d, decade
			q = at + l
			if at = spaces(s, q); hasPrefix(s[at:], []rune("年代")) {
				q = at + 2
			}
		}
		return q
	case is("千纪"), is("千年纪"):
		n.unit = millennium
		return q + len([]rune("千纪"))
	case is("年代") && arabic && n.n >= 100 && n.n%10 == 0:
		n.decadeOf(0)
		return q + 2
	case is("年代") && n.n >= 10 && n.n < 100 && n.n%10 == 0:
		n.unit = decade
		return q + 2
	case is("年前") && (arabic || n.mark == bp || n.n >= 100):
		return n.ago(s, q)
	case is("年") && (arabic || n.n >= 100 || n.mark != unmarked):
		n.unit = years
		return q + 1
	case arabic && suffixed(s[p:]):
		return n.suffix(s, p+2)
	case arabic && (hasPrefix(s[p:], []rune("s")) && wordEnds(s, p, p+1) || hasPrefix(s[p:], []rune("'s"))) && n.n >= 10 && n.n%10 == 0:
		n.decadeOf(1900)
		if s[p] == '\'' {
			p++
		}
		return p + 1
	case is("million years ago") || is("mya"):
		n.wan = 1_000_000
		n.scale()
		n.mark = bp
		return q + map[bool]int{true: 3, false: 17}[is("mya")]
	case !arabic && n.mark == unmarked:
		return -1
	}
	return p
}

// big reads 万年, 万年前, 亿年.
func (n *number) big(rest []rune, q int) int {
	n.wan = 10_000
	if rest[0] == '亿' {
		n.wan = 100_000_000
	}
	n.scale()
	if n.mark != bce {
		n.mark = bp
	}
	k := 1
	if len(rest) > k && rest[k] == '年' {
		k++
		if len(rest) > k && rest[k] == '前' {
			k++
		}
	}
	return q + k
}

// scale counts what is written by wan. What is beyond all years stays beyond them and
// is refused as a year.
func (n *number) scale() {
	n.n, n.unit = maxYear+lastYear, years
	if all := int64(n.thou) * int64(n.wan/1000); int64(n.thou) <= maxYear*1000/int64(n.wan) {
		n.n = int(all)
	}
}

// ago tells 1490年前 (before the year 1490) from 5000年前 (so many years ago): the
// first is a year with 前 behind it, which the caller reads.
func (n *number) ago(s []rune, q int) int {
	n.unit = years
	if n.mark == unmarked && !n.approx && n.n >= 1000 && n.n <= lastYear && n.width == 4 && n.n%100 != 0 {
		return q + 1
	}
	n.mark = bp
	return q + 2
}

// decadeOf reads 1920s and 1700s: hundreds are taken whole, and from a year on
// they may mean ten years as well. English says 1700s of a century; Chinese may
// mean the first ten years by 1700年代.
func (n *number) decadeOf(tenFrom int) {
	n.unit = decade
	if n.n >= 100 && n.n%100 == 0 {
		n.unit, n.ten = hundred, n.n >= tenFrom
	}
}

// suffix reads what follows 19th: a century, a millennium, or nothing.
func (n *number) suffix(s []rune, p int) int {
	k := p
	for k < len(s) && (s[k] == ' ' || s[k] == '~') {
		k++
	}
	for _, w := range []struct {
		text string
		unit unit
	}{{"centuries", century}, {"century", century}, {"cent.", century}, {"cent", century}, {"c.", century}, {"c", century}, {"millennium", millennium}, {"millennia", millennium}} {
		if r := []rune(w.text); hasPrefix(s[k:], r) && (k+len(r) >= len(s) || !isLatin(s[k+len(r)])) {
			n.unit = w.unit
			return k + len(r)
		}
	}
	for ; k < len(s); k++ { // 13th to 18th century
		if hasPrefix(s[k:], []rune("cent")) || hasPrefix(s[k:], []rune("th c")) {
			n.unit = century
			return p
		}
		if hasPrefix(s[k:], []rune("millenn")) {
			n.unit = millennium
			return p
		}
	}
	if k := spaces(s, p); hasPrefix(s[k:], []rune("year")) {
		return p
	}
	return -1
}

// decadeFollows reports whether 年代 stands here, or behind another decade: 60—70年代.
func decadeFollows(s []rune) bool {
	if hasPrefix(s, []rune("年代")) {
		return true
	}
	if len(s) < 2 || s[0] != '~' && s[0] != '至' && s[0] != '到' && s[0] != '、' && s[0] != ',' && s[0] != '和' {
		return false
	}
	_, l := count(s[1:])
	return l > 0 && hasPrefix(s[1+l:], []rune("年代"))
}

// inCentury completes a decade without its century by the one before it.
func (n *number) inCentury(before int) {
	if n.unit == decade && n.n < 100 && before >= 100 {
		n.n += before / 100 * 100
	}
}

func suffixed(s []rune) bool {
	if len(s) < 2 {
		return false
	}
	switch string(s[:2]) {
	case "st", "nd", "rd", "th":
		return wordEnds(s, 0, 2) || s[1] == 'h' && len(s) > 2 && s[2] == 'c'
	}
	return false
}
