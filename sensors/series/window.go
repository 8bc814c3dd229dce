package series

import "math/bits"

// Slots is into how many parts a Window is divided, and so how exact it is.
const Slots = 48

// Window knows the least and the greatest value of the last span, in Slots parts of
// equal length that begin at whole multiples of it. The part that is running and the
// Slots-1 before it count, so that a result covers between 47/48 of the span and all of it:
// 23.5 to 24 hours of a day. It may miss what lies a whole span apart and never tells of
// more than happened within one. The zero value is empty. The result does not depend on the
// order of samples.
type Window struct {
	newest    int64  // number of the running part since 1970
	used      uint64 // which of the parts have samples, bit by number modulo Slots
	low, high [Slots]float64
}

// Add takes a sample; spanMS is the same each time. false: it is older than the window
// and changes nothing.
func (w *Window) Add(spanMS, at int64, v float64) bool {
	slot := floorDiv(at, max(spanMS/Slots, 1))
	switch {
	case w.used == 0:
		w.newest = slot
	case slot <= w.newest-Slots:
		return false
	case slot >= w.newest+Slots:
		w.used, w.newest = 0, slot
	default:
		for ; w.newest < slot; w.newest++ {
			w.used &^= 1 << place(w.newest+1)
		}
	}
	i := place(slot)
	if w.used&(1<<i) == 0 {
		w.used |= 1 << i
		w.low[i], w.high[i] = v, v
		return true
	}
	w.low[i], w.high[i] = min(w.low[i], v), max(w.high[i], v)
	return true
}

// Extremes returns the least and the greatest value; ok is false when there is none.
func (w *Window) Extremes() (low, high float64, ok bool) {
	for rest := w.used; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		if !ok {
			low, high, ok = w.low[i], w.high[i], true
			continue
		}
		low, high = min(low, w.low[i]), max(high, w.high[i])
	}
	return low, high, ok
}

// Swing is the greatest less the least value, 0 of an empty window.
func (w *Window) Swing() float64 {
	low, high, _ := w.Extremes()
	return high - low
}

// Change is how far the value v, the newest, is from what is furthest from it in the
// window: above 0 when it has risen, below when it has fallen.
func (w *Window) Change(v float64) float64 {
	low, high, ok := w.Extremes()
	if !ok {
		return 0
	}
	if rise, fall := v-low, high-v; rise >= fall {
		return rise
	}
	return v - high
}

func place(slot int64) int64 { return ((slot % Slots) + Slots) % Slots }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
