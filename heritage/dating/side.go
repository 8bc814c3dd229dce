package dating

import (
	"strconv"
	"strings"
)

// side reads what stands without a separator: 明清, 明嘉靖四十四年, 三国·魏.
type side struct {
	*parser
	out    []Span
	before []part // parts that wait for their period
	label  string // how they are printed
	dot    bool
	approx bool
	doubt  bool
	bound  kind // 不晚于, 不早于, before: what follows is a bound
	lead   int  // "45th year of" waits for its title
}

func (p *parser) side(tokens []token) []Span {
	s := side{parser: p}
	for i := 0; i < len(tokens); i++ {
		i = s.token(tokens, i)
	}
	return s.out
}

func (s *side) last() *Span {
	if len(s.out) == 0 {
		return nil
	}
	return &s.out[len(s.out)-1]
}

// under returns the period that rules what follows; nil when there is none.
func (s *side) under() *entry {
	if l := s.last(); l != nil {
		return l.container
	}
	return nil
}

// token reads one token and returns the place of the last that it used.
func (s *side) token(tokens []token, i int) int {
	tk := tokens[i]
	if e := s.shortName(tokens, i); e != nil {
		tk = token{kind: tName, at: tk.at, end: tk.end, periods: []*entry{e}}
	}
	switch tk.kind {
	case tName:
		s.name(tk)
	case tReign:
		return s.title(tokens, i)
	case tOrdinal:
		s.yearOf(tk)
	case tNumber:
		s.number(tokens, i)
	case tGanzhi:
		s.ganzhi(tk)
	case tPart:
		s.part(tokens, i)
	case tPhase:
		s.phase(tk)
	case tOpen:
		return s.brackets(tokens, i)
	case tBefore, tAfter, tOrLater, tOrEarlier:
		s.open(tk)
	case tUpTo, tFromOn, tPrior:
		s.bound = tk.kind
	case tDot:
		s.dot = true
	case tTurn:
		s.turn(tokens, i)
	case tUndated:
		s.period.Undated = true
	case tIgnored:
		s.period.Ignored = append(s.period.Ignored, s.piece(tk.at, tk.end))
	case tUnknown, tNow:
		s.lost(tk.at, tk.end)
	default:
		s.certainty(tk)
	}
	return i
}

// certainty reads what says how sure the text is.
func (s *side) certainty(tk token) {
	l := s.last()
	switch tk.kind {
	case tApprox:
		s.approx = true
		if l != nil {
			l.Certainty, l.said = max(l.Certainty, Approximate), max(l.said, Approximate)
		}
	case tDoubt:
		s.doubt = true
		if l != nil {
			l.Certainty, l.said = Doubtful, Doubtful
		}
	case tMark:
		if l == nil {
			return
		}
		l.unmarked, l.Certainty, l.mark = l.Certainty, Doubtful, true
		s.parser.doubt(Doubt{Kind: MarkOnly, Piece: s.piece(tk.at, tk.end), Chosen: l.reading()})
	case tAndPeriod:
		if l == nil || len(s.period.Doubts) == 0 || s.period.Doubts[len(s.period.Doubts)-1].Kind != MarkOnly {
			return
		}
		s.period.Doubts = s.period.Doubts[:len(s.period.Doubts)-1]
		l.Certainty, l.mark = max(l.unmarked, l.said), false
	}
}

// place puts a span behind the others, or narrows the last one by it.
func (s *side) place(n Span) {
	if s.before != nil {
		n = n.cut(s.before, s.label)
		s.before, s.label = nil, ""
	}
	if s.approx {
		n.said = Approximate
	}
	if s.doubt {
		n.said = Doubtful
	}
	n.Certainty = max(n.Certainty, n.said)
	n = n.bounded(s.bound)
	s.bound = tNoise
	l := s.last()
	switch {
	case l != nil && l.container != nil && n.container != nil && l.container != n.container && overlaps(*l, n) && (s.dot || s.t.within(n.container, l.container.Code) || s.t.hosts(l.container, n.container)):
		*l = l.inner(n)
	case l != nil && s.dot && overlaps(*l, n),
		l != nil && l.container != nil && n.container == nil && n.explicit && overlaps(*l, n) && !l.single:
		*l = narrower(*l, n)
	case l != nil && l.single && n.number && n.container == nil:
		s.against(l, n)
	default:
		s.out = append(s.out, n)
	}
	s.dot = false
}

// inner returns n, which lies in l, under its own name: whole when l was whole,
// else what both share.
func (l Span) inner(n Span) Span {
	out := n
	if c := l.container; c.To == nil || l.From != c.From || l.To != *c.To || l.From > n.From && line(l.From) > line(n.From) {
		out = narrower(l, n)
		out.Names, out.container = n.Names, n.container
	}
	out.Certainty = max(out.Certainty, n.Certainty)
	if l.Certainty == Doubtful {
		out.Certainty = Doubtful
	}
	return out
}

// bounded turns a span into what ends or begins with it.
func (n Span) bounded(by kind) Span {
	switch {
	case by == tUpTo && !n.OpenTo:
		return Span{To: n.To, OpenFrom: true, Certainty: n.Certainty}
	case by == tFromOn && !n.OpenFrom:
		return Span{From: n.From, OpenTo: true, Certainty: n.Certainty}
	case by == tPrior && !n.OpenFrom:
		return Span{To: year(line(n.From) - 1), OpenFrom: true, Certainty: n.Certainty}
	}
	return n
}

// name places a period. Of several with that name, the one that lies in what
// stands before it is meant, else the longest.
func (s *side) name(tk token) {
	chosen, others := tk.periods[0], tk.periods[1:]
	if under := s.under(); under != nil && len(others) > 0 {
		for _, e := range tk.periods {
			if s.t.within(e, under.Code) || under.To != nil && e.From == *under.To {
				chosen, others = e, nil
				break
			}
		}
	}
	n := chosen.span()
	n.others, n.piece = others, s.piece(tk.at, tk.end)
	s.place(n)
}

// shortName returns the period that a short name means right behind another:
// 三国·魏, 春秋郑.
func (s *side) shortName(tokens []token, i int) *entry {
	under, tk := s.under(), tokens[i]
	if under == nil || tk.kind != tName && tk.kind != tUnknown && tk.kind != tApprox || !adjacent(tokens, i) {
		return nil
	}
	return s.t.inside(under, s.folded[tk.at:tk.end])
}

// adjacent reports whether the token follows a name directly or after a dot.
func adjacent(tokens []token, i int) bool {
	for i > 0 && (tokens[i-1].kind == tDot || tokens[i-1].kind == tNoise) {
		i--
	}
	return i > 0 && tokens[i-1].kind == tName
}

func (s *side) number(tokens []token, i int) {
	tk := tokens[i]
	if tk.num.width > 0 && i+1 < len(tokens) && tokens[i+1].kind == tYearOf {
		s.lead = tk.num.n
		return
	}
	n, ok := tk.num.span()
	if !ok {
		s.lost(tk.at, tk.end)
		return
	}
	n.piece = s.piece(tk.at, tk.end)
	if tk.num.date {
		s.period.Ignored = append(s.period.Ignored, strings.Trim(strings.Replace(n.piece, strconv.Itoa(tk.num.n), "", 1), "./- "))
	}
	if tk.num.ten {
		ten := Reading{From: n.From, To: n.From + 9}
		n.Readings, n.Certainty = []Reading{ten}, Approximate
		s.parser.doubt(Doubt{Kind: Ambiguous, Piece: n.piece, Chosen: n.reading(), Readings: n.Readings, why: widest})
	}
	s.place(n)
}

func (s *side) part(tokens []token, i int) {
	tk := tokens[i]
	label := tk.word.label()
	follows := startsPeriod(tokens, i+1)
	switch l := s.last(); {
	case l != nil && !(tk.word.prefix && follows):
		if stacked := l.whole; stacked != nil && i > 0 && tokens[i-1].kind == tPart && len(tk.word.parts) == 1 { // 晚期偏早: a part of the part
			*l = l.cut(tk.word.parts, "")
			return
		}
		*l = l.cut(tk.word.parts, label)
	case follows:
		s.before = append(s.before, tk.word.parts...)
		s.label += label
	default:
		s.lost(tk.at, tk.end)
	}
}

func startsPeriod(tokens []token, i int) bool {
	for ; i < len(tokens); i++ {
		switch tokens[i].kind {
		case tName, tReign, tNumber:
			return true
		case tNoise, tApprox, tPart, tDoubt:
		default:
			return false
		}
	}
	return false
}

func (s *side) phase(tk token) {
	l := s.last()
	if l == nil || l.container == nil || tk.n > len(l.container.Phases) {
		s.lost(tk.at, tk.end)
		return
	}
	ph := l.container.Phases[max(tk.n, 1)-1]
	l.From, l.To, l.Certainty = ph[0], ph[1], max(l.Certainty, Approximate)
	l.label(string([]rune("零一二三四五六七八九")[tk.n]) + "期")
}

// open reads 以前, 以后, "or later" behind a period.
func (s *side) open(tk token) {
	l := s.last()
	switch {
	case l == nil:
		s.lost(tk.at, tk.end)
	case tk.kind == tBefore && !l.OpenFrom:
		*l = Span{To: year(line(l.From) - 1), OpenFrom: true, Certainty: l.Certainty}
	case tk.kind == tOrEarlier && !l.OpenTo:
		*l = Span{To: l.To, OpenFrom: true, Certainty: l.Certainty}
	case tk.kind == tAfter && !l.OpenTo && !l.number:
		*l = Span{From: l.To, OpenTo: true, Certainty: l.Certainty}
	case (tk.kind == tAfter || tk.kind == tOrLater) && !l.OpenFrom:
		*l = Span{From: l.From, OpenTo: true, Certainty: l.Certainty}
	}
}

// turnYears is how far on either side of a change 之际 and "turn of the century"
// reach: a choice of this project.
const turnYears = 30

// turn reads 明清之际 and "turn of the 20th century".
func (s *side) turn(tokens []token, i int) {
	n := len(s.out)
	if n >= 2 && !s.out[n-2].OpenTo && !s.out[n-1].OpenFrom {
		a, b := s.out[n-2], s.out[n-1]
		mid := (line(a.To) + line(b.From)) / 2
		s.out = append(s.out[:n-2], Span{From: year(mid - turnYears), To: year(mid + turnYears), Certainty: Approximate})
		return
	}
	if startsPeriod(tokens, i+1) {
		s.before = []part{{lo: -0.1, hi: 0.1}}
		return
	}
	s.lost(tokens[i].at, tokens[i].end)
}
