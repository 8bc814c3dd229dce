package dating

import (
	"strings"
	"unicode"
)

// Parse reads a period as a catalogue writes it, in Chinese or English. It
// never fails: what it cannot read is in Unknown.
func Parse(text string) Period {
	original := []rune(strings.TrimSpace(text))
	if len(original) == 0 {
		return Period{}
	}
	if len(original) > maxRunes {
		return Period{Unknown: []string{string(original[:maxRunes])}}
	}
	p := parser{text: original, folded: fold(original), t: table()}
	p.spans(scan(p.folded))
	return p.period
}

// parser holds one text.
type parser struct {
	text   []rune // as written
	folded []rune // of the same length
	t      *tables
	period Period
}

func (p *parser) spans(tokens []token) {
	p.period.Spans = p.list(tokens)
	for i := range p.period.Spans {
		p.ambiguous(&p.period.Spans[i])
	}
}

// ambiguous notes that a span could be read otherwise.
func (p *parser) ambiguous(s *Span) {
	if len(s.others) > 0 {
		for _, e := range s.others {
			o := e.span()
			s.Readings = append(s.Readings, Reading{From: o.From, To: o.To, Names: o.Names})
		}
		p.doubt(Doubt{Kind: Ambiguous, Piece: s.piece, Chosen: s.reading(), Readings: s.Readings, why: longest})
		s.others = nil
		s.Certainty = Doubtful
	}
}

func (p *parser) doubt(d Doubt) { p.period.Doubts = append(p.period.Doubts, d) }

// piece returns the words between two places as they were written.
func (p *parser) piece(from, to int) string {
	return strings.TrimFunc(string(p.text[from:to]), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("()（）,，、·;；", r) })
}

func (p *parser) lost(from, to int) {
	if piece := p.piece(from, to); piece != "" {
		p.period.Unknown = append(p.period.Unknown, piece)
	}
}

// list reads terms separated by "and" or "or".
func (p *parser) list(tokens []token) []Span {
	var out []Span
	end, or, hundreds := -1, false, 0
	for len(tokens) > 0 {
		term, sep, rest := cut(tokens, tList, tOr)
		tokens = rest
		if num := numberOf(term, false); num != nil {
			num.inCentury(hundreds)
			if num.unit == decade {
				hundreds = num.n
			}
		}
		spans := p.term(term)
		if len(spans) == 1 && len(out) > 0 && end >= 0 && !or && p.comma(end, term[0].at) && p.narrows(&out[len(out)-1], spans[0]) {
			spans = nil
		}
		out = append(out, spans...)
		if or && len(out) > 1 {
			for i := range out {
				out[i].Certainty = Doubtful
			}
		}
		end, or = -1, sep == tOr
		if len(term) > 0 {
			end = term[len(term)-1].end
		}
	}
	return out
}

// narrows lets what stands behind a comma say which part of the period before it
// is meant: "Neolithic, Yangshao culture", "明代，嘉靖", "Tang dynasty, mid-8th century".
func (p *parser) narrows(l *Span, s Span) bool {
	if l.OpenTo && s.OpenFrom && !l.OpenFrom && !s.OpenTo && overlaps(*l, s) { // after 1945, before 1957
		*l = narrower(*l, s)
		return true
	}
	switch {
	case l.mark && !s.mark && s.container != nil && !overlaps(*l, s): // a mark of one time on a thing of another
		*l = s
		return true
	case s.mark && !l.mark && l.container != nil && !overlaps(*l, s):
		return true
	}
	if len(l.Names) == 0 || !overlaps(*l, s) || l.OpenTo && !l.Ongoing {
		return false
	}
	switch {
	case s.explicit && len(s.Names) == 0 && (s.coarse || s.ranged && !l.strays(s) || within(s, *l)):
		if s.coarse && !l.single {
			container, names := l.container, l.Names
			*l = narrower(*l, s)
			l.container, l.Names = container, names
			return true
		}
		p.against(l, s)
		return true
	case l.container != nil && !l.ranged && s.container != nil && !s.ranged && p.t.within(s.container, l.container.Code) && length(s) <= length(*l):
		*l = l.inner(s)
		return true
	}
	return false
}

// comma reports whether a comma stands in the text between two places.
func (p *parser) comma(from, to int) bool {
	return strings.ContainsRune(string(p.folded[from:to]), ',')
}

// cut splits tokens at the first of two kinds that stands outside brackets, and
// returns what is before it, its kind and what is behind it. An unmatched bracket
// counts as closed at the end.
func cut(tokens []token, a, b kind) (before []token, at kind, rest []token) {
	depth := 0
	for i, tk := range tokens {
		switch {
		case tk.kind == tOpen:
			depth++
		case tk.kind == tClose && depth > 0:
			depth--
		case (tk.kind == a || tk.kind == b) && depth == 0:
			return tokens[:i], tk.kind, tokens[i+1:]
		}
	}
	return tokens, tNoise, nil
}

// term reads one side, or a range.
func (p *parser) term(tokens []token) []Span {
	left, at, right := cut(tokens, tRange, tRange)
	if at != tRange {
		return p.side(tokens)
	}
	for {
		mid, at, rest := cut(right, tRange, tRange)
		if at != tRange {
			break
		}
		if len(mid) > 0 {
			p.lost(mid[0].at, mid[len(mid)-1].end)
		}
		right = rest
	}
	left, right = p.lend(left, right)
	reconcile(left, right)
	from := p.side(left)
	if only(right, tNow) {
		if len(from) == 0 {
			return nil
		}
		s := hull(from)
		s.To, s.OpenTo, s.Ongoing, s.ranged, s.container = 0, true, true, true, nil
		s.Names = ends(s.Names, nil)
		return []Span{s}
	}
	body, bracket := trailingBracket(left, right)
	to := p.side(p.inContext(from, body))
	out := p.join(tokens, from, to)
	if len(bracket) > 0 {
		p.bracket(&out, bracket)
	}
	return out
}

func (p *parser) join(tokens []token, from, to []Span) []Span {
	switch {
	case len(from) == 0:
		return to
	case len(to) == 0:
		return from
	}
	for i := range from {
		p.ambiguous(&from[i])
	}
	for i := range to {
		p.ambiguous(&to[i])
	}
	a, b := hull(from), hull(to)
	if !a.OpenFrom && !b.OpenTo && line(a.From) > line(b.To) {
		p.lost(tokens[0].at, tokens[len(tokens)-1].end)
		return nil
	}
	return []Span{{From: a.From, OpenFrom: a.OpenFrom, To: b.To, OpenTo: b.OpenTo, Ongoing: b.Ongoing, Certainty: max(a.Certainty, b.Certainty),
		explicit: a.explicit && b.explicit, number: a.number && b.number, ranged: true, Names: ends(a.Names, b.Names), piece: p.piece(tokens[0].at, tokens[len(tokens)-1].end)}}
}

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
		a.unit = b.unit
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

func only(tokens []token, k kind) bool {
	found := false
	for _, tk := range tokens {
		switch tk.kind {
		case k:
			found = true
		case tNoise:
		default:
			return false
		}
	}
	return found
}
