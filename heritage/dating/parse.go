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
	p := parser{text: original, t: table()}
	p.spans = p.list(scan(fold(string(original))))
	return Period{Spans: p.spans, Unknown: p.unknown}
}

type parser struct {
	text    []rune
	t       *tables
	spans   []Span
	unknown []string
}

func (p *parser) lost(from, to int) {
	piece := strings.TrimFunc(string(p.text[from:to]), func(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == ')' || r == '（' || r == '）' })
	if piece != "" {
		p.unknown = append(p.unknown, piece)
	}
}

// list reads terms separated by "and".
func (p *parser) list(tokens []token) []Span {
	var out []Span
	end := -1
	for _, term := range split(tokens, tList) {
		spans := p.term(term)
		if comma := end >= 0 && len(term) > 0 && p.comma(end, term[0].at); comma && len(out) > 0 && len(spans) == 1 {
			// "Neolithic, Yangshao culture": the second says which part of the first
			l, s := &out[len(out)-1], spans[0]
			if l.container != nil && s.container != nil && !l.ranged && !s.ranged && p.t.within(s.container, l.container.Code) && length(s) < length(*l) && overlaps(*l, s) {
				*l = narrower(*l, s)
				spans = nil
			}
		}
		out = append(out, spans...)
		end = -1
		if len(term) > 0 {
			end = term[len(term)-1].end
		}
	}
	return out
}

// comma reports whether a comma stands in the text between two places.
func (p *parser) comma(from, to int) bool {
	return strings.ContainsAny(string(p.text[from:to]), ",，")
}

// split cuts tokens at a kind, outside brackets. An unmatched bracket counts as
// closed at the end.
func split(tokens []token, at kind) [][]token {
	var out [][]token
	depth, start := 0, 0
	for i, tk := range tokens {
		switch {
		case tk.kind == tOpen:
			depth++
		case tk.kind == tClose && depth > 0:
			depth--
		case tk.kind == at && depth == 0:
			out = append(out, tokens[start:i])
			start = i + 1
		}
	}
	return append(out, tokens[start:])
}

// term reads one side, or a range.
func (p *parser) term(tokens []token) []Span {
	sides := split(tokens, tRange)
	if len(sides) == 1 {
		return p.side(tokens)
	}
	left, right := sides[0], sides[len(sides)-1]
	for _, mid := range sides[1 : len(sides)-1] {
		if len(mid) > 0 {
			p.lost(mid[0].at, mid[len(mid)-1].end)
		}
	}
	reconcile(left, right)
	from := p.side(left)
	if now := only(right, tNow); now {
		if len(from) == 0 {
			return nil
		}
		s := hull(from)
		s.To, s.OpenTo, s.Ongoing, s.ranged = 0, true, true, true
		s.Codes = ends(s.Codes, nil)
		return []Span{s}
	}
	to := p.side(right)
	switch {
	case len(from) == 0:
		return to
	case len(to) == 0:
		return from
	}
	a, b := hull(from), hull(to)
	if !a.OpenFrom && !b.OpenTo && line(a.From) > line(b.To) {
		p.lost(tokens[0].at, tokens[len(tokens)-1].end)
		return nil
	}
	return []Span{{From: a.From, OpenFrom: a.OpenFrom, To: b.To, OpenTo: b.OpenTo, Ongoing: b.Ongoing,
		Approx: a.Approx || b.Approx, explicit: a.explicit && b.explicit, ranged: true, Codes: ends(a.Codes, b.Codes)}}
}

// reconcile lends unit and mark of one end of a range to the other: 1200–1050
// BC, 公元前600—400年, 13至18世纪.
func reconcile(left, right []token) {
	a, b := numberOf(left), numberOf(right)
	if a == nil || b == nil {
		return
	}
	if a.unit == bare {
		a.unit = b.unit
	}
	if b.unit == bare && a.unit != decade {
		b.unit = a.unit
	}
	switch {
	case a.mark == unmarked && (b.mark == bce || b.mark == bp):
		a.mark = b.mark
	case b.mark == unmarked && (a.mark == bce || a.mark == bp):
		b.mark = a.mark
	}
	if a.mark == bp && a.n < 100 && b.n >= 100 { // 距今9—7.8 and the like are not read
		a.unit = bare
	}
}

func numberOf(tokens []token) *number {
	for i := range tokens {
		if tokens[i].kind == tNumber {
			return &tokens[i].num
		}
	}
	return nil
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

// side reads what stands without a separator: 明清, 明嘉靖四十四年, 三国·魏.
func (p *parser) side(tokens []token) []Span {
	var out []Span
	var before []part // parts that wait for their period
	dot, approx := false, false
	last := func() *Span {
		if len(out) == 0 {
			return nil
		}
		return &out[len(out)-1]
	}
	place := func(s Span) {
		if before != nil {
			s = s.cut(before)
			before = nil
		}
		s.Approx = s.Approx || approx
		l := last()
		switch {
		case l != nil && l.container != nil && s.container != nil && l.Codes[0] != s.Codes[0] && p.t.within(s.container, l.container.Code) && overlaps(*l, s),
			l != nil && dot && overlaps(*l, s):
			*l = narrower(*l, s)
		case l != nil && l.container != nil && s.container == nil && s.explicit && overlaps(*l, s):
			*l = narrower(*l, s)
		default:
			out = append(out, s)
		}
		dot = false
	}
	for i := 0; i < len(tokens); i++ {
		tk := tokens[i]
		if l := last(); l != nil && l.container != nil && (tk.kind == tName || tk.kind == tUnknown) {
			if e := p.t.inside(l.container, string(fold(string(p.text[tk.at:tk.end])))); e != nil && adjacent(tokens, i) {
				tk = token{kind: tName, at: tk.at, end: tk.end, period: e}
			}
		}
		switch tk.kind {
		case tName:
			place(tk.period.span())
		case tReign:
			n := 0
			end := tk.end
			if i+1 < len(tokens) && tokens[i+1].kind == tOrdinal {
				i++
				n, end = tokens[i].n, tokens[i].end
			}
			if !p.reign(&out, tk.word, n, before, place) {
				p.lost(tk.at, end)
			}
		case tOrdinal: // 民国二十三年
			if l := last(); l != nil {
				l.From, l.To, l.explicit = 1911+tk.n, 1911+tk.n, true
			}
		case tNumber:
			if s, ok := tk.num.span(); ok {
				place(s)
			} else {
				p.lost(tk.at, tk.end)
			}
		case tPart:
			if l := last(); l != nil && !(tk.prefix && startsPeriod(tokens, i+1)) {
				*l = l.cut(tk.parts)
			} else if startsPeriod(tokens, i+1) {
				before = tk.parts
			} else {
				p.lost(tk.at, tk.end)
			}
		case tPhase:
			l := last()
			if l == nil || l.container == nil || tk.n > len(l.container.Phases) {
				p.lost(tk.at, tk.end)
				continue
			}
			ph := l.container.Phases[tk.n-1]
			l.From, l.To, l.Approx = ph[0], ph[1], true
		case tOpen:
			end, depth := i+1, 1
			for end < len(tokens) && depth > 0 {
				switch tokens[end].kind {
				case tOpen:
					depth++
				case tClose:
					depth--
				}
				end++
			}
			inner := tokens[i+1 : end]
			if depth == 0 {
				inner = tokens[i+1 : end-1]
			}
			p.bracket(&out, inner)
			i = end - 1
		case tBefore:
			if l := last(); l != nil && !l.OpenFrom {
				l.To, l.OpenTo, l.Ongoing = year(line(l.From)-1), false, false
				l.From, l.OpenFrom, l.Codes, l.container = 0, true, nil, nil
			}
		case tAfter:
			if l := last(); l != nil && !l.OpenTo {
				l.From, l.OpenFrom = l.To, false
				l.To, l.OpenTo, l.Codes, l.container = 0, true, nil, nil
			}
		case tApprox:
			approx = true
			if l := last(); l != nil {
				l.Approx = true
			}
		case tDot:
			dot = true
		case tUnknown:
			p.lost(tk.at, tk.end)
		case tNow:
			p.lost(tk.at, tk.end)
		}
	}
	return out
}

// adjacent reports whether the token follows a name directly or after a dot.
func adjacent(tokens []token, i int) bool {
	if i > 0 && tokens[i-1].kind == tDot {
		i--
	}
	return i > 0 && tokens[i-1].kind == tName
}

func startsPeriod(tokens []token, i int) bool {
	for ; i < len(tokens); i++ {
		switch tokens[i].kind {
		case tName, tReign, tNumber:
			return true
		case tNoise, tApprox:
		default:
			return false
		}
	}
	return false
}

// bracket lets the words in brackets narrow down what stands before them.
func (p *parser) bracket(out *[]Span, inner []token) {
	if len(inner) == 0 {
		return
	}
	spans := p.list(inner)
	if len(spans) == 0 {
		return
	}
	if len(*out) == 0 {
		*out = spans
		return
	}
	outer, in := hull(*out), hull(spans)
	if in.explicit { // years win over the table
		in.Codes, in.container = outer.Codes, (*out)[0].container
		*out = []Span{in}
		return
	}
	if !overlaps(outer, in) {
		p.lost(inner[0].at, inner[len(inner)-1].end)
		return
	}
	if len(*out) == 1 {
		in.container = spans[0].container
		(*out)[0] = narrower((*out)[0], in)
	}
}

// reign places the years of a reign title. It reports false when the title is
// not one of the dynasty before it, when several dynasties used it and none is
// named, or when it had no such year.
func (p *parser) reign(out *[]Span, title string, n int, before []part, place func(Span)) bool {
	var fits []reign
	var under *entry
	if len(*out) > 0 {
		under = (*out)[len(*out)-1].container
	}
	dynasties := map[Code]bool{}
	for _, r := range p.t.reigns[title] {
		e := p.t.byCode[r.dynasty]
		if under != nil && !p.t.within(e, under.Code) && !p.t.within(under, e.Code) {
			continue
		}
		if n > 0 && line(r.from)+n-1 > line(r.to)+1 {
			continue
		}
		fits = append(fits, r)
		dynasties[r.dynasty] = true
	}
	if len(fits) == 0 || len(dynasties) > 1 {
		return false
	}
	var spans []Span
	for _, r := range fits {
		s := Span{From: r.from, To: r.to, explicit: true}
		if n > 0 {
			s.From = year(line(r.from) + n - 1)
			s.To = s.From
		}
		spans = append(spans, s)
	}
	s := hull(spans)
	s.Approx = len(spans) > 1
	s.explicit = false
	s.Codes, s.container = []Code{fits[0].dynasty}, p.t.byCode[fits[0].dynasty]
	if under != nil {
		s = s.cutAll(before)
		(*out)[len(*out)-1] = s
		return true
	}
	place(s)
	return true
}
