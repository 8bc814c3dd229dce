package dating

// hull returns the span around all of spans, with the codes of the first and
// the last.
func hull(spans []Span) Span {
	from, to := (Period{Spans: spans}).Bounds()
	h := Span{explicit: true}
	for _, s := range spans {
		h.Approx = h.Approx || s.Approx
		h.Ongoing = h.Ongoing || s.Ongoing
		h.explicit = h.explicit && s.explicit
		h.Codes = append(h.Codes, s.Codes...)
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
	return h
}

func ends(a, b []Code) []Code {
	var out []Code
	if len(a) > 0 {
		out = append(out, a[0])
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
		if len(b.Codes) == 0 {
			out.Codes, out.container = a.Codes, a.container
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
	out.Approx = a.Approx && length(a) < length(b) || b.Approx && length(b) <= length(a)
	return out
}

func length(s Span) int {
	if s.OpenFrom || s.OpenTo {
		return maxYear * 2
	}
	return line(s.To) - line(s.From)
}

// cut takes parts of a span: what the table fixes, else a share of its years.
func (s Span) cut(parts []part) Span {
	if s.OpenFrom || s.OpenTo {
		return s
	}
	whole := s
	full := s.container != nil && s.container.To != nil && s.From == s.container.From && s.To == *s.container.To
	for i, pt := range parts {
		n := float64(line(whole.To) - line(whole.From) + 1)
		lo := year(line(whole.From) + int(n*pt.lo+0.5))
		hi := year(line(whole.From) + int(n*pt.hi+0.5) - 1)
		if full {
			fixed := [][]int{}
			switch {
			case pt.early:
				fixed = append(fixed, whole.container.Early)
			case pt.middle:
				fixed = append(fixed, whole.container.Middle)
			case pt.late:
				fixed = append(fixed, whole.container.Late)
			}
			if len(fixed) == 1 && len(fixed[0]) == 2 {
				lo, hi = fixed[0][0], fixed[0][1]
			}
		}
		if line(hi) < line(lo) {
			hi = lo
		}
		if i == 0 {
			s.From = lo
		}
		s.To = hi
	}
	s.Approx = true
	return s
}

func (s Span) cutAll(parts []part) Span {
	if parts == nil {
		return s
	}
	return s.cut(parts)
}
