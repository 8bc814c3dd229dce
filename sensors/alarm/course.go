package alarm

// Lateness, in milliseconds.
const (
	Patience = 3_600_000    // what comes so late is judged in its place
	keepFor  = 2 * Patience // the kept states are at most so old
)

// Samples calls fn with the samples after a moment (exclusive) up to another (inclusive), by
// time, those of one moment by the names of their quantities. It may be called twice.
type Samples func(after, until int64, fn func(Sample)) error

// Entry is what a Course knows of one rule.
type Entry struct {
	Judge    *Judge
	Now      State     // of the moment Until, and what time alone has done since
	Kept     State     // of the moment Mark
	Episodes []Episode // that somebody was told of, those that ended before Mark left out
}

// Course is how far the rules of one instrument have come. The zero value with its Entries
// has seen nothing.
type Course struct {
	Begun bool
	Until int64 // everything up to here has been judged
	Mark  int64 // of the kept states; what is not later comes too late to be judged
	Rules []*Entry
}

// TooLate reports whether a sample of a moment that was not stored before comes too late to
// be judged.
func (c *Course) TooLate(at int64) bool { return c.Begun && at <= c.Mark }

// Advance judges samples of which the oldest and the newest that are new are given; src has
// them and all that were stored before. When some come late the rules step again from the kept
// states, and what was told is compared with what is so: tell is called with what is new, rule
// by rule. now is for silence that goes on.
func (c *Course) Advance(src Samples, oldest, newest, now int64, tell func(*Entry, Change)) error {
	if !c.Begun {
		c.Begun, c.Until, c.Mark = true, oldest-1, oldest-1
	}
	if oldest > c.Until {
		err := src(c.Until, newest, func(x Sample) {
			for _, e := range c.Rules {
				e.step(x, tell)
			}
		})
		c.Until = newest
		if err != nil {
			return err
		}
		return c.keep(src)
	}
	c.Until = max(c.Until, newest)
	found := make([][]spell, len(c.Rules))
	for _, e := range c.Rules {
		e.Now = e.Kept
	}
	err := src(c.Mark, c.Until, func(x Sample) {
		for i, e := range c.Rules {
			e.Judge.Lapse(&e.Now, x.At, func(ch *Changes) { found[i] = spells(found[i], ch) })
			var ch Changes
			e.Judge.step(&e.Now, &x, x.At, &ch)
			found[i] = spells(found[i], &ch)
		}
	})
	if err != nil {
		return err
	}
	for i, e := range c.Rules {
		if n := len(e.Episodes); n > 0 && e.Episodes[n-1].Open() && (e.Judge.rule.Kind == Silence || e.Judge.rule.Kind == Hours) {
			e.Judge.Lapse(&e.Now, now, func(ch *Changes) { found[i] = spells(found[i], ch) })
			var ch Changes
			e.Judge.step(&e.Now, nil, now, &ch)
			found[i] = spells(found[i], &ch)
		}
		e.reconcile(found[i], c.Mark, c.Until, tell)
	}
	return c.keep(src)
}

// Tick lets time pass.
func (c *Course) Tick(now int64, tell func(*Entry, Change)) {
	for _, e := range c.Rules {
		e.lapse(now, tell)
		var ch Changes
		e.Judge.step(&e.Now, nil, now, &ch)
		e.note(&ch, tell)
	}
}

// Due is when time alone may next change something; ok is false for never.
func (c *Course) Due(now int64) (at int64, ok bool) {
	for _, e := range c.Rules {
		if d, is := e.Judge.Due(&e.Now, now); is && (!ok || d < at) {
			at, ok = d, true
		}
	}
	return at, ok
}

// keep moves the kept states on when they are old.
func (c *Course) keep(src Samples) error {
	if c.Until-c.Mark < keepFor {
		return nil
	}
	to := c.Until - Patience
	err := src(c.Mark, to, func(x Sample) {
		for _, e := range c.Rules {
			e.Judge.Lapse(&e.Kept, x.At, func(*Changes) {})
			var ch Changes
			e.Judge.step(&e.Kept, &x, x.At, &ch)
		}
	})
	if err != nil {
		return err
	}
	c.Mark = to
	for _, e := range c.Rules {
		e.forget(to)
	}
	return nil
}

func (e *Entry) step(x Sample, tell func(*Entry, Change)) {
	e.lapse(x.At, tell)
	var ch Changes
	e.Judge.step(&e.Now, &x, x.At, &ch)
	if ch.n > 0 {
		e.note(&ch, tell)
	}
}

// lapse lets the time before a moment pass.
func (e *Entry) lapse(until int64, tell func(*Entry, Change)) {
	e.Judge.Lapse(&e.Now, until, func(ch *Changes) { e.note(ch, tell) })
}

// note tells of changes and keeps them as episodes.
func (e *Entry) note(ch *Changes, tell func(*Entry, Change)) {
	for i := range ch.n {
		x := ch.list[i]
		switch x.Kind {
		case Raise:
			e.Episodes = append(e.Episodes, Episode{Since: x.Since})
		case Clear:
			if n := len(e.Episodes); n > 0 {
				e.Episodes[n-1].End = x.At
			}
		}
		tell(e, x)
	}
}
