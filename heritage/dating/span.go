package dating

import "math"

// hull returns the span around all of spans, with the names of the first and the
// last.
func hull(spans []Span) Span {
	if len(spans) == 1 {
		return spans[0]
	}
	from, to := (Period{Spans: spans}).Bounds()
	h := Span{explicit: true, number: true}
	for _, s := range spans {
		h.Certainty, h.said = max(h.Certainty, s.Certainty), max(h.said, s.said)
		h.Ongoing = h.Ongoing || s.Ongoing
		h.explicit = h.explicit && s.explicit
		h.number = h.number && s.number
		h.Names = append(h.Names, s.Names...)
		h.piece += s.piece
	}
	if from == nil {
		h.OpenFrom = true
	} else {
		h.From = *from
	}
	if to == nil {
		h.OpenTo = true
	} else {
		h.To = *to
	}
	h.Ongoing = h.Ongoing && h.OpenTo
	return h
}

// reading returns a span as one way to read the text.
func (s Span) reading() Reading {
	return Reading{From: s.From, To: s.To, OpenFrom: s.OpenFrom, OpenTo: s.OpenTo, Names: s.Names}
}

// ends returns the first name of a and the last of b, or of a when b has none.
func ends(a, b []Named) []Named {
	var out []Named
	if len(a) > 0 {
		out = append(out, a[0])
	}
	if len(b) == 0 {
		b = a
	}
	if len(b) > 0 && (len(out) == 0 || b[len(b)-1] != out[0]) {
		out = append(out, b[len(b)-1])
	}
	return out
}

// overlaps reports whether two spans share a year.
func overlaps(a, b Span) bool {
	return (a.OpenFrom || b.OpenTo || line(a.From) <= line(b.To)) && (b.OpenFrom || a.OpenTo || line(b.From) <= line(a.To))
}

// narrower returns the years that a and b share, under the name of the shorter.
func narrower(a, b Span) Span {
	out := a
	if length(b) <= length(a) {
		out = b
		if len(b.Names) == 0 {
			out.Names, out.container = a.Names, a.container
		}
	}
	if !a.OpenFrom && (b.OpenFrom || line(a.From) > line(b.From)) {
		out.From, out.OpenFrom = a.From, false
	} else {
		out.From, out.OpenFrom = b.From, b.OpenFrom
	}
	if !a.OpenTo && (b.OpenTo || line(a.To) < line(b.To)) {
		out.To, out.OpenTo, out.Ongoing = a.To, false, false
	} else {
		out.To, out.OpenTo, out.Ongoing = b.To, b.OpenTo, b.Ongoing
	}
	out.ranged, out.whole = false, nil
	if a.Certainty == Doubtful {
		out.Certainty = Doubtful
	}
	return out
}

func length(s Span) int {
	if s.OpenFrom || s.OpenTo {
		return maxYear * 2
	}
	return line(s.To) - line(s.From)
}

// label adds a part to the name of a span.
func (s *Span) label(part string) {
	if len(s.Names) == 0 || part == "" {
		return
	}
	names := append([]Named{}, s.Names...)
	names[len(names)-1].Part = part
	s.Names = names
}

// cut takes parts of a span: what the table fixes, else a share of its years.
// label is how Chinese writes the part.
func (s Span) cut(parts []part, label string) Span {
	if s.OpenFrom || s.OpenTo {
		return s
	}
	whole := s
	for i, pt := range parts {
		lo, hi := whole.share(pt)
		if i == 0 {
			s.From, s.To = lo, hi
		}
		if line(lo) < line(s.From) {
			s.From = lo
		}
		if line(hi) > line(s.To) {
			s.To = hi
		}
	}
	s.Certainty = max(s.Certainty, Approximate)
	s.whole, s.single = whole.container, false
	s.label(label)
	return s
}

// share returns the years of one part of s.
func (s Span) share(pt part) (lo, hi int) {
	c := s.container
	if c != nil && c.To != nil && s.From == c.From && s.To == *c.To {
		fixed := []int(nil)
		switch {
		case pt.early:
			fixed = c.Early
		case pt.middle:
			fixed = c.Middle
		case pt.late:
			fixed = c.Late
		}
		if len(fixed) == 2 {
			return fixed[0], fixed[1]
		}
	}
	n := float64(line(s.To) - line(s.From) + 1)
	lo = year(line(s.From) + int(math.Floor(n*pt.lo+0.5)))
	hi = year(line(s.From) + int(math.Floor(n*pt.hi+0.5)) - 1)
	if line(hi) < line(lo) {
		hi = lo
	}
	return lo, hi
}
