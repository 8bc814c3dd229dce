package series

// hourMS is an hour.
const hourMS = 3_600_000

// Summary is what is told of a stretch of a channel. The zero value is that of no
// samples.
type Summary struct {
	Count             int64   // samples
	FirstMS, LastMS   int64   // of the first and the newest; without meaning when Count is 0
	FirstVal, LastVal float64 // their values
	Min, Max          float64 // without meaning when Count is 0
	Area              float64 // integral of the value over the known time, in unit times milliseconds
	KnownMS           int64   // time between samples that were at most a gap apart
	Gaps              int64   // stretches between two samples that were further apart
	GapMS             int64   // their time
}

// Add takes the next sample. false: it is not later than the newest, and changes
// nothing.
func (s *Summary) Add(at int64, v float64, gapMS int64) bool {
	if s.Count > 0 && at <= s.LastMS {
		return false
	}
	if s.Count == 0 {
		s.FirstMS, s.FirstVal, s.Min, s.Max = at, v, v, v
	} else {
		s.join(at, v, gapMS)
		s.Min, s.Max = min(s.Min, v), max(s.Max, v)
	}
	s.Count++
	s.LastMS, s.LastVal = at, v
	return true
}

// join counts the time from the newest sample to the one given.
func (s *Summary) join(at int64, v float64, gapMS int64) {
	if span := at - s.LastMS; span <= gapMS {
		s.Area += (s.LastVal + v) / 2 * float64(span)
		s.KnownMS += span
	} else {
		s.Gaps++
		s.GapMS += span
	}
}

// Merge adds the summary of a later stretch that was made with the same gap; the time
// between the two is counted as Add would. false: next does not begin after s ends, and
// nothing changes.
func (s *Summary) Merge(next Summary, gapMS int64) bool {
	switch {
	case next.Count == 0:
		return true
	case s.Count == 0:
		*s = next
		return true
	case next.FirstMS <= s.LastMS:
		return false
	}
	s.join(next.FirstMS, next.FirstVal, gapMS)
	s.Count += next.Count
	s.LastMS, s.LastVal = next.LastMS, next.LastVal
	s.Min, s.Max = min(s.Min, next.Min), max(s.Max, next.Max)
	s.Area += next.Area
	s.KnownMS += next.KnownMS
	s.Gaps += next.Gaps
	s.GapMS += next.GapMS
	return true
}

// Mean is the mean by time; ok is false when no time is known: of one sample, or of
// samples that are all further apart than a gap.
func (s Summary) Mean() (mean float64, ok bool) {
	if s.KnownMS == 0 {
		return 0, false
	}
	return s.Area / float64(s.KnownMS), true
}
