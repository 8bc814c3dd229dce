package dating

// brackets reads what stands in brackets and returns the place of its end.
func (s *side) brackets(tokens []token, i int) int {
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
	s.bracket(&s.out, inner)
	return end - 1
}

// bracket lets the words in brackets confirm, narrow down or contradict what
// stands before them.
func (p *parser) bracket(out *[]Span, inner []token) {
	if len(inner) == 0 {
		return
	}
	if l := len(*out); l > 0 && only(inner, tDoubt) {
		(*out)[l-1].Certainty, (*out)[l-1].said = Doubtful, Doubtful
		return
	}
	if len(*out) > 0 {
		inner = p.sixtyIn(out, inner)
	}
	spans := p.list(inner)
	switch {
	case len(spans) == 0:
	case len(*out) == 0:
		*out = spans
	case len(*out) == 1:
		p.against(&(*out)[0], hull(spans).with(spans[0].container))
	default:
		o, in := hull(*out), hull(spans)
		if in.explicit {
			in.Names = ends(o.Names, nil)
			in.ranged = true
			*out = []Span{in}
		} else if !overlaps(o, in) {
			p.doubtful(&(*out)[len(*out)-1], in.reading(), noReason)
		}
	}
}

// sixtyIn takes the years of the sixty out of a bracket, as in （庚子，1900年）, and
// lets them speak of what stands before it.
func (p *parser) sixtyIn(out *[]Span, inner []token) []token {
	term, _, rest := cut(inner, tList, tList)
	if !only(term, tGanzhi) {
		return inner
	}
	s := side{parser: p, out: *out}
	s.ganzhi(term[0])
	*out = s.out
	return rest
}

func (s Span) with(container *entry) Span {
	s.container = container
	return s
}

// against weighs what stands beside a span against it. Years beside a year of a
// title must be that year; beside a period they say it more closely.
func (p *parser) against(l *Span, in Span) {
	p.prefer(l, in)
	switch {
	case in.explicit && l.single:
		if l.From < in.From || l.To > in.To {
			if !overlaps(*l, in) {
				p.doubtful(l, in.reading(), wordsFirst)
			}
			return
		}
		p.settle(l)
	case in.explicit:
		was := *l
		in.Names, in.container, in.ranged = l.Names, l.container, l.ranged
		in.number, in.piece = l.number, l.piece
		if l.Certainty == Doubtful && len(l.Readings) == 0 {
			in.Certainty = Doubtful
		}
		*l = in
		if was.strays(in) {
			p.doubtful(l, was.reading(), numberFirst)
		}
	case !overlaps(*l, in):
		p.doubtful(l, in.reading(), noReason)
	default:
		in.others = nil
		*l = narrower(*l, in)
	}
}

// strays reports whether years lie further from a period than conventions differ:
// thirty years, or a quarter of its length where they are estimates.
func (s Span) strays(in Span) bool {
	if len(s.Names) == 0 || s.OpenFrom || s.OpenTo || in.OpenFrom || in.OpenTo {
		return false
	}
	room := 30
	if s.Certainty == Approximate {
		room = max(room, length(s)/4)
	}
	return line(in.From) < line(s.From)-room || line(in.To) > line(s.To)+room
}

// prefer takes another reading of a span when what stands beside it fits that one
// and not the chosen one.
func (p *parser) prefer(l *Span, in Span) {
	for k, e := range l.others {
		if o := e.span(); !overlaps(*l, in) && overlaps(o, in) {
			o.others = append(append([]*entry{}, l.others[:k]...), l.others[k+1:]...)
			o.piece = l.piece
			if l.whole != nil {
				o.whole, o.Certainty = e, max(o.Certainty, Approximate)
				o.label(l.Names[0].Part)
			}
			*l = o
			break
		}
	}
	if len(l.others) > 0 {
		var left []*entry
		for _, e := range l.others {
			if overlaps(e.span(), in) && !within(in, *l) {
				left = append(left, e)
			}
		}
		l.others = left
	}
	for k, r := range l.Readings {
		if !overlaps(*l, in) && overlaps(r.span(), in) {
			l.Readings[k] = l.reading()
			l.From, l.To, l.OpenFrom, l.OpenTo = r.From, r.To, r.OpenFrom, r.OpenTo
			if len(r.Names) > 0 {
				l.Names, l.container = r.Names, p.t.byCode[r.Names[0].Code]
			}
			p.settle(l)
			return
		}
	}
	if len(l.Readings) > 0 && within(in, *l) {
		p.settle(l)
	}
}

// settle takes back the doubt of a span with several readings, but not what the text
// itself doubts or calls an estimate.
func (p *parser) settle(l *Span) {
	if len(l.Readings) == 0 {
		return
	}
	l.Readings, l.More, l.Certainty = nil, false, l.said
	for i := len(p.period.Doubts) - 1; i >= 0; i-- {
		if d := p.period.Doubts[i]; d.Kind == Ambiguous && d.Piece == l.piece {
			p.period.Doubts = append(p.period.Doubts[:i], p.period.Doubts[i+1:]...)
			return
		}
	}
}

// within reports whether all of a lies in b.
func within(a, b Span) bool {
	return !a.OpenFrom && !a.OpenTo && (b.OpenFrom || line(a.From) >= line(b.From)) && (b.OpenTo || line(a.To) <= line(b.To))
}

// doubtful keeps another reading of a span and says that the text contradicts itself.
func (p *parser) doubtful(l *Span, other Reading, why reason) {
	l.Readings, l.Certainty = append(l.Readings, other), Doubtful
	p.doubt(Doubt{Kind: Contradicted, Piece: l.piece, Chosen: l.reading(), Readings: []Reading{other}, why: why})
}

func (s *side) contradict(l *Span, other Reading, at, end int) {
	if l.piece == "" {
		l.piece = s.piece(at, end)
	}
	s.doubtful(l, other, wordsFirst)
}
