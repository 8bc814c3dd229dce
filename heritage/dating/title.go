package dating

// title places the years of a reign title with the year of it that follows; it
// returns the place of the last token that it used.
func (s *side) title(tokens []token, i int) int {
	tk := tokens[i]
	n, end, used := s.lead, tk.end, i
	s.lead = 0
	if i+1 < len(tokens) && tokens[i+1].kind == tOrdinal {
		used++
		n, end = tokens[used].n, tokens[used].end
	}
	under := s.under()
	fits := s.fits(tk.title, n, under)
	if l := s.last(); l != nil {
		for _, e := range l.others { // "Jin Shouguo": the other Jin
			more := s.fits(tk.title, n, e)
			if len(fits) == 0 && len(more) > 0 {
				*l = e.span()
			}
			fits = append(fits, more...)
		}
	}
	if len(fits) == 0 || under == nil && n == 0 && !s.bare(fits, tokens, i) {
		s.lost(tk.at, end)
		return used
	}
	chosen := s.titled(fits[0], n)
	chosen.piece = s.piece(tk.at, end)
	for _, r := range fits[1:] {
		chosen.Readings = append(chosen.Readings, s.titled(r, n).reading())
	}
	if len(chosen.Readings) > 0 && !s.plain(fits) {
		chosen.Certainty = Doubtful
		s.parser.doubt(Doubt{Kind: Ambiguous, Piece: chosen.piece, Chosen: chosen.reading(), Readings: chosen.Readings, why: longest})
	} else if n > 0 && fits[0].at(n) > line(fits[0].to) {
		s.parser.doubt(Doubt{Kind: BeyondReign, Piece: chosen.piece, Chosen: chosen.reading()})
		chosen.Certainty = max(chosen.Certainty, Approximate)
	}
	if under != nil && overlapsTitle(*s.last(), chosen) {
		if s.last().Certainty > chosen.Certainty && (s.approx || s.doubt) {
			chosen.Certainty = s.last().Certainty
		}
		s.out = s.out[:len(s.out)-1]
	}
	s.place(chosen)
	return used
}

// overlapsTitle reports whether the title belongs to the period before it, rather
// than standing beside it: 明崇祯, and not 明 in 明清顺治.
func overlapsTitle(l, title Span) bool {
	if l.ranged || l.single {
		return false
	}
	named := len(l.Names) > 0 && l.Names[0].Title != ""
	return overlaps(l, title) || !named && l.container != nil && (title.container.Parent == l.container.Code || l.container == title.container)
}

// plain reports whether the first use of a title is so much better known than the
// others that nobody would say it otherwise: 贞观, 正德, 天启 without a dynasty.
func (s *side) plain(fits []*reign) bool {
	great := func(r *reign) bool {
		switch r.regime.Code {
		case "tang", "northern-song", "southern-song", "yuan", "ming", "qing":
			return true
		}
		return false
	}
	for _, r := range fits[1:] {
		if great(r) {
			return false
		}
	}
	return great(fits[0])
}

// fits returns the uses of a title that can be meant, the likeliest first: in the
// regime before it, with as many years as are counted; those of greater regimes
// before others, longer ones before shorter ones.
func (s *side) fits(title []rune, n int, under *entry) []*reign {
	var out []*reign
	add := func(beyond int, minor, alias bool) {
		for _, r := range s.t.reigns[string(title)] {
			if (r.regime.Minor != minor || r.alias(title) != alias) && under == nil || under != nil && !s.t.within(r.regime, under.Code) && !s.t.within(under, r.regime.Code) {
				continue
			}
			if n > 0 && (r.at(n) > line(r.to)+beyond || n < r.count) {
				continue
			}
			k := len(out)
			for k > 0 && out[k-1].regime.Minor == r.regime.Minor && r.years() > out[k-1].years() {
				k--
			}
			out = append(out[:k], append([]*reign{r}, out[k:]...)...)
		}
	}
	for beyond := 0; beyond <= 1 && len(out) == 0; beyond++ {
		add(beyond, false, false)
		if under == nil {
			add(beyond, true, false)
		}
		if under == nil && len(out) == 0 {
			add(beyond, false, true)
			add(beyond, true, true)
		}
	}
	return out
}

// alias reports whether a folded word is another name of the title.
func (r *reign) alias(word []rune) bool {
	return word[0] > 0x250 && string(word) != string(fold([]rune(r.title)))
}

// at returns the line of a counted year.
func (r *reign) at(n int) int { return line(r.from) + n - r.count }

func (r *reign) years() int { return line(r.to) - line(r.from) }

// firstCommon is the year from which titles are so well known that they stand alone.
const firstCommon = 960

// bare reports whether a title without dynasty and year is meant as one: it was
// long in use or is well known, and no romanised word that could be anything.
func (s *side) bare(fits []*reign, tokens []token, i int) bool {
	r := fits[0]
	said := i+1 < len(tokens) && (tokens[i+1].kind == tNoise || tokens[i+1].kind == tMark || tokens[i+1].kind == tGanzhi || tokens[i+1].kind == tAndPeriod)
	if tokens[i].title[0] < 0x250 {
		return said || r.from >= 1368 && !r.regime.Minor
	}
	return said || !r.regime.Minor && (r.from >= firstCommon || r.years() >= 2)
}

// titled returns the years of a title, or one of them.
func (s *side) titled(r *reign, n int) Span {
	out := Span{From: r.from, To: r.to, Names: []Named{{Code: r.regime.Code, Title: r.title, Year: n}}, container: r.regime}
	if n > 0 {
		out.From = year(r.at(n))
		out.To, out.single = out.From, true
	}
	return out
}

// yearOf reads a year of 民国 and 太平天国, and one behind the name that the year
// has among the sixty: 癸好三年, 乾隆庚子四十五年.
func (s *side) yearOf(tk token) {
	l := s.last()
	if l == nil || l.container == nil {
		s.lost(tk.at, tk.end)
		return
	}
	if l.single && len(l.Names) == 1 && l.Names[0].Title != "" {
		if was := l.Names[0].Year; was != tk.n {
			y := year(line(l.From) + tk.n - was)
			s.contradict(l, Reading{From: y, To: y}, tk.at, tk.end)
		}
		return
	}
	base, most := 1911, 38
	switch l.container.Code {
	case "republic":
	case "taiping":
		base, most = 1850, 14
	default:
		s.lost(tk.at, tk.end)
		return
	}
	if tk.n > most {
		s.lost(tk.at, tk.end)
		return
	}
	was := *l
	l.piece += s.piece(tk.at, tk.end)
	l.From, l.To, l.single, l.Readings = base+tk.n, base+tk.n, true, nil
	l.Names = []Named{{Code: l.container.Code, Year: tk.n}}
	if was.single && was.From != l.From { // 癸好三年
		s.contradict(l, was.reading(), tk.at, tk.end)
	}
}

// cyclesFrom and cyclesTo are the years between which a year of the sixty is read when
// no period is named: things that carry one alone are seldom older.
const (
	cyclesFrom = 1504
	cyclesTo   = 1949
)

// ganzhi places a year of the sixty within the period before it.
func (s *side) ganzhi(tk token) {
	l := s.last()
	piece := s.piece(tk.at, tk.end)
	if l != nil && (l.single || l.number && l.From == l.To) {
		if place60(l.From) != tk.n {
			near := sixty(tk.n, year(line(l.From)-30), year(line(l.From)+29))
			s.contradict(l, Reading{From: near[0], To: near[0]}, tk.at, tk.end)
		}
		return
	}
	n := Span{single: true, piece: piece}
	why, names := latest, []Named(nil)
	lo, hi := cyclesFrom, cyclesTo
	if l != nil && l.container != nil && !l.OpenFrom && !l.OpenTo {
		lo, hi, names, n.container = l.From, l.To, l.Names, l.container
		n.Certainty = l.Certainty
	} else {
		n.More, why = true, recent
	}
	found := sixty(tk.n, lo, hi)
	if len(found) == 0 || len(found) > 12 {
		s.lost(tk.at, tk.end)
		return
	}
	y := found[len(found)-1]
	n.From, n.To, n.Names = y, y, s.counted(names, y)
	for k := len(found) - 2; k >= 0; k-- {
		n.Readings = append(n.Readings, Reading{From: found[k], To: found[k], Names: s.counted(names, found[k])})
	}
	if len(n.Readings) > 0 {
		n.Certainty = Doubtful
		s.parser.doubt(Doubt{Kind: Ambiguous, Piece: piece, Chosen: n.reading(), Readings: n.Readings, why: why})
	}
	if l != nil && l.container != nil {
		s.out = s.out[:len(s.out)-1]
	}
	s.place(n)
}

// counted gives the year of a title that a Western year is to a name that has a
// title: 光绪甲午 is 光绪二十年.
func (s *side) counted(names []Named, y int) []Named {
	if len(names) != 1 || names[0].Title == "" {
		return names
	}
	for _, r := range s.t.reigns[string(fold([]rune(names[0].Title)))] {
		if r.regime.Code == names[0].Code && line(y) >= line(r.from) && line(y) <= line(r.to) {
			return []Named{{Code: names[0].Code, Title: r.title, Year: line(y) - line(r.from) + r.count}}
		}
	}
	return names
}
