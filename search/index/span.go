package index

// spans stands for the years of a query among the facets that are both chosen and
// counted.
const spans = "years"

// countSpans makes the collector count Query.Spans.
func (c *collector) countSpans() {
	if len(c.q.Spans) == 0 {
		return
	}
	c.spans = make([]int, len(c.q.Spans))
	c.sideways[spans] = dated(c.q)
}

// inYears reports whether the document at hand lies in the years that are asked.
func (c *collector) inYears() bool {
	if !dated(c.q) {
		return true
	}
	y := c.filters.years[c.local]
	return y.known && within(c.q, y)
}

// inSpans counts the document at hand in each span that its years meet.
func (c *collector) inSpans() {
	if c.spans == nil {
		return
	}
	y := c.filters.years[c.local]
	if !y.known {
		return
	}
	for i, s := range c.q.Spans {
		if y.meet(s) {
			c.spans[i]++
		}
	}
}

// elsewhen counts the document at hand in spans, if nothing but the years that are
// asked rejects it.
func (c *collector) elsewhen() {
	if c.chooser != nil {
		values := c.filters.values[c.filters.start[c.local]:c.filters.start[c.local+1]]
		if c.missed(values) != 0 {
			return
		}
	}
	c.inSpans()
}
