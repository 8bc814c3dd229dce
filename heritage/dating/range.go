package dating

import "strings"

// inContext puts the dynasty of the left side before a title on the right that
// stands alone, where it had such a title: 建武元年至建武三年, 唐天宝至大历.
func (p *parser) inContext(from []Span, right []token) []token {
	if len(from) == 0 || len(right) == 0 || right[0].kind != tReign {
		return right
	}
	under := from[len(from)-1].container
	if under == nil {
		return right
	}
	for _, r := range p.t.reigns[string(right[0].title)] {
		if r.regime == under {
			return append([]token{{kind: tName, at: right[0].at, end: right[0].at, periods: []*entry{under}}}, right...)
		}
	}
	return right
}

// lend gives each side of a range what it leaves to the other: 乾隆十年至十五年,
// 春秋早期至晚期, "mid to late 19th century".
func (p *parser) lend(left, right []token) (a, b []token) {
	if len(left) == 0 || len(right) == 0 {
		return left, right
	}
	switch {
	case right[0].kind == tOrdinal || (right[0].kind == tPart || right[0].kind == tPhase) && !startsPeriod(right, 1):
		keep := len(left)
		for keep > 0 && (left[keep-1].kind == tOrdinal || left[keep-1].kind == tPart || left[keep-1].kind == tPhase || left[keep-1].kind == tNoise || left[keep-1].kind == tIgnored || left[keep-1].kind == tGanzhi) {
			keep--
		}
		given := unbracketed(left[:keep])
		keep = len(given)
		if keep > 0 && given[keep-1].kind == tName && right[0].kind == tPart { // 仰韶文化早期 is a name of its own
			if e := given[keep-1].periods[0]; e.Parent != "" && strings.HasPrefix(e.ZH, p.t.byCode[e.Parent].ZH) {
				given[keep-1].periods = []*entry{p.t.byCode[e.Parent]}
			}
		}
		return left, append(given, right...)
	case left[len(left)-1].kind == tPart && !hasPeriod(left):
		from := 0
		for from < len(right) && (right[from].kind == tPart || right[from].kind == tNoise) {
			from++
		}
		whole := right[from:]
		for i, tk := range right[from:] {
			if tk.kind == tOpen {
				whole = right[from : from+i]
				break
			}
		}
		return append(append([]token{}, left...), whole...), right
	}
	return left, right
}

// unbracketed returns tokens without what stands in brackets, so that nothing is read twice.
func unbracketed(tokens []token) []token {
	var out []token
	depth := 0
	for _, tk := range tokens {
		switch {
		case tk.kind == tOpen:
			depth++
		case tk.kind == tClose:
			depth = max(depth-1, 0)
		case depth == 0:
			out = append(out, tk)
		}
	}
	return out
}

func hasPeriod(tokens []token) bool {
	for _, tk := range tokens {
		switch tk.kind {
		case tName, tReign, tNumber, tGanzhi:
			return true
		}
	}
	return false
}

// trailingBracket takes the bracket from the end of the right side when it may
// speak of the whole range: 明至清（1368—1911年）. One on the left side too means
// that each speaks of its own.
func trailingBracket(left, right []token) (body, bracket []token) {
	n := len(right)
	if n < 3 || right[n-1].kind != tClose {
		return right, nil
	}
	for _, tk := range left {
		if tk.kind == tOpen {
			return right, nil
		}
	}
	open := n - 1
	for open > 0 && right[open].kind != tOpen {
		open--
	}
	if open == 0 || !hasPeriod(right[:open]) {
		return right, nil
	}
	return right[:open], right[open+1 : n-1]
}

// reconcile lends unit and mark of one end of a range to the other: 1200–1050
// BC, 公元前600—400年, 13至18世纪, 1736–95.
func reconcile(left, right []token) {
	a, b := numberOf(left, true), numberOf(right, false)
	if a == nil || b == nil {
		return
	}
	if a.unit == bare && b.unit != decade && b.unit != hundred {
		if b.wan > 0 && a.wan == 0 && a.n < b.n {
			a.wan = b.wan
			a.scale()
		}
		if b.unit != century && b.unit != millennium || a.n <= 50 {
			a.unit = b.unit
		}
	}
	if b.unit == bare && a.unit != decade && a.unit != hundred {
		b.unit = a.unit
	}
	if a.unit == decade {
		b.inCentury(a.n)
	}
	switch {
	case a.mark == unmarked && (b.mark == bce || b.mark == bp):
		a.mark = b.mark
	case a.mark == unmarked && b.mark == ce && a.n <= b.n:
		a.mark = ce
	case b.mark == unmarked && (a.mark == bce || a.mark == bp) && (b.width < 4 || b.n < a.n || a.mark == bp):
		b.mark = a.mark
	}
	if a.width == 2 && b.width == 3 && a.mark == unmarked && b.mark == unmarked && (a.unit == bare || a.unit == years) && a.unit == b.unit {
		a.mark, b.mark = ce, ce
	}
	short(a, b)
}

// short completes a second year that leaves out what it shares with the first.
func short(a, b *number) {
	if a.width < 3 || b.width == 0 || b.width >= a.width || a.mark == bce || a.mark == bp || b.mark != unmarked || (b.unit != bare && b.unit != years) {
		return
	}
	size := 1
	for range b.width {
		size *= 10
	}
	if full := a.n/size*size + b.n; full > a.n {
		b.n, b.width = full, a.width
	}
}

// numberOf returns the number of a side nearest to the separator.
func numberOf(tokens []token, last bool) *number {
	var out *number
	for i := range tokens {
		if tokens[i].kind == tNumber {
			out = &tokens[i].num
			if !last {
				return out
			}
		}
	}
	return out
}
