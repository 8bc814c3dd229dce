package dating

import "sort"

// Label returns the names of a code; ok is false when there is no such code.
func (c Code) Label() (zh, en string, ok bool) {
	e := table().byCode[c]
	if e == nil {
		return "", "", false
	}
	return e.ZH, e.EN, true
}

// Bounds returns the years of a code; to is nil when it goes on. ok is false
// when there is no such code.
func (c Code) Bounds() (from int, to *int, ok bool) {
	e := table().byCode[c]
	if e == nil {
		return 0, nil, false
	}
	if e.To == nil {
		return e.From, nil, true
	}
	end := *e.To // the table's own stays its own
	return e.From, &end, true
}

// Eras returns every code of the era facet in the order of time.
func Eras() []Code {
	var out []Code
	for _, e := range table().entries {
		if e.Facet {
			out = append(out, e.Code)
		}
	}
	return out
}

// Dynasties returns the eras of the facet that years alone tell, in the order
// of time: none when neither bound is known. Peoples' and local dynasties
// beside the main line (辽, 金, 西夏, 十六国) and names in dispute (夏,
// 二里头文化) are never concluded from years; Period.Eras has them from words.
func Dynasties(from, to *int) []Code {
	if from == nil && to == nil {
		return nil
	}
	s := Span{OpenFrom: from == nil, OpenTo: to == nil}
	if from != nil {
		s.From = *from
	}
	if to != nil {
		s.To = *to
	}
	if s.OpenFrom != s.OpenTo { // one end is unknown: only the known year speaks
		if s.OpenFrom {
			s.From, s.OpenFrom = s.To, false
		} else {
			s.To, s.OpenTo = s.From, false
		}
	}
	return codes(byYears(s))
}

// Eras returns the eras of the facet that the words of p name, what lies
// between two ends of a range included, in the order of time.
func (p Period) Eras() []Code {
	t := table()
	found := map[*entry]bool{}
	for _, s := range p.Spans {
		if len(s.Names) == 0 {
			for _, e := range byYears(s) {
				found[e] = true
			}
			continue
		}
		for _, n := range s.Names {
			for _, e := range t.era(t.byCode[n.Code]) {
				found[e] = true
			}
		}
		if s.ranged {
			left, right := t.byCode[s.Names[0].Code], t.byCode[s.Names[len(s.Names)-1].Code]
			end := left.To
			for _, e := range byYears(s) {
				after := line(e.From) >= line(left.From) && end != nil && (e.To == nil || line(*e.To) > line(*end))
				before := len(s.Names) < 2 || line(e.From) < line(right.From)
				if after && before {
					found[e] = true
				}
			}
		}
	}
	out := make([]*entry, 0, len(found))
	for e := range found {
		out = append(out, e)
	}
	return codes(out)
}

// era returns the facet entry in which e lies, or those that its years touch.
func (t *tables) era(e *entry) []*entry {
	for up := e; up != nil; up = t.byCode[up.Parent] {
		if up.Facet {
			return []*entry{up}
		}
	}
	if len(e.Eras) == 0 {
		return byYears(e.span())
	}
	var out []*entry
	for _, c := range e.Eras {
		out = append(out, t.byCode[c])
	}
	return out
}

// byYears returns the facet entries of the main line that share more than a
// turning year with s.
func byYears(s Span) []*entry {
	if s.OpenFrom && s.OpenTo {
		return nil
	}
	const far = maxYear
	lo, hi := -far, far
	if !s.OpenFrom {
		lo = line(s.From)
	}
	if !s.OpenTo {
		hi = line(s.To)
	}
	var whole, touched []*entry
	for _, e := range table().entries {
		if !e.Facet || e.NameOnly {
			continue
		}
		a, b := line(e.From), far
		if e.To != nil {
			b = line(*e.To)
		}
		switch {
		case max(a, lo) < min(b, hi) || lo == hi && lo >= a && lo < b:
			whole = append(whole, e)
		case max(a, lo) == min(b, hi):
			touched = append(touched, e)
		}
	}
	if len(whole) == 0 {
		return touched
	}
	return whole
}

func codes(entries []*entry) []Code {
	order := table().order
	sort.Slice(entries, func(i, j int) bool { return order[entries[i].Code] < order[entries[j].Code] })
	out := make([]Code, len(entries))
	for i, e := range entries {
		out[i] = e.Code
	}
	return out
}
