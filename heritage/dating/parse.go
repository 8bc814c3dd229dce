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
		if len(out) > 0 && onlyParts(term) && p.comma(end, term[0].at) { // 19th century, first half
			l := &out[len(out)-1]
			for _, tk := range term {
				if tk.kind == tPart {
					*l = l.cut(tk.word.parts, tk.word.label())
				}
			}
			continue
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

// onlyParts reports whether nothing but parts of a period stands here.
func onlyParts(tokens []token) bool {
	found := false
	for _, tk := range tokens {
		if tk.kind != tPart && tk.kind != tNoise {
			return false
		}
		found = found || tk.kind == tPart
	}
	return found
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
