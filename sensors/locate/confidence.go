package locate

import (
	"math"
	"time"
)

// The logistic model of Confidence. The first two are fitted to 70 days of the
// simulated building, which are not those on which its reliability is reported
// (bench/locate). The third is a choice: there a tag that is not seen is mostly one
// whose reader is out of order, and has not moved; whoever looks for it had better
// be told less. lostMost too is a choice, made after the first look at seed 2: reliability
// is therefore reported on seed 7 as well.
const (
	sureRest   = 4.1   // log-odds for a tag that has just been seen where it is
	sureRival  = -2.5  // for each nat of the likeliest other zone
	sureUnseen = -0.25 // for each e-fold of paces that it is unseen, from one on
	sureTwin   = -1.0  // it is somewhere else too; not fitted
	lostMost   = 700   // thousandths of a nat; no more of another zone counts while the readers of its own are out, for what lies still is heard there again and again
)

// Confidence returns the probability, 0 to 1, that the tag is in Zone when it was
// last seen so long ago and is usually seen every pace; pace 0 is not known. A tag
// that was never seen is nowhere: 0.
func (st State) Confidence(unseen, pace time.Duration) float64 {
	if st.zone == "" {
		return 0
	}
	odds := sureRest
	if c := st.rival(); c != nil {
		score := c.score
		if st.lost.known {
			score = min(score, lostMost)
		}
		odds += sureRival * float64(score) / 1000
	}
	if st.twin.zone != "" {
		odds += sureTwin
	}
	if pace <= 0 {
		pace = priorPace * time.Millisecond
	}
	if paces := float64(unseen) / float64(max(pace, time.Second)); paces > 1 {
		odds += sureUnseen * math.Log(paces)
	}
	return 1 / (1 + math.Exp(-odds))
}
