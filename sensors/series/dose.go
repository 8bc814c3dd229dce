package series

// hourMS is an hour.
const hourMS = 3_600_000

// Dose is the integral of a value over time: of lux in lux hours, of mW/m² in mW·h/m².
// The zero value has received nothing.
type Dose struct {
	Hours    float64 // unit times hours
	LastMS   int64   // of the newest sample; without meaning before the first
	Last     float64
	Begun    bool
	UnknownS float64 // seconds of gaps, in which the dose is not known and counts as none
}

// Add takes the next sample. false: it is not later than the newest, and changes
// nothing. A value below zero, which light cannot have, counts as zero.
func (d *Dose) Add(at int64, v float64, gapMS int64) bool {
	v = max(v, 0)
	if d.Begun && at <= d.LastMS {
		return false
	}
	if d.Begun {
		if span := at - d.LastMS; span <= gapMS {
			d.Hours += (d.Last + v) / 2 * float64(span) / hourMS
		} else {
			d.UnknownS += float64(span) / 1000
		}
	}
	d.LastMS, d.Last, d.Begun = at, v, true
	return true
}

// Restart begins a new year: the newest sample stays, the dose is nothing.
func (d *Dose) Restart() { d.Hours, d.UnknownS = 0, 0 }
