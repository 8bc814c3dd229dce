package alarm

import (
	"time"

	"yijianyou/internal/actor"
)

// AnswerStep is one step of who must answer an alarm: the role, and the minutes
// that it has before the next step.
type AnswerStep struct {
	Role    actor.Role `bson:"role" json:"role"`
	Minutes int        `bson:"minutes" json:"minutes"` // 1 to 10080, a week
}

// Ladder is who must answer first, then who when nobody has. It has at least one step.
type Ladder []AnswerStep

// Step returns the n-th step from 0; beyond the last it is the last.
func (l Ladder) Step(n int) AnswerStep { return l[min(n, len(l)-1)] }

// Deadline returns by when an alarm at step n must be answered that has these minutes from a
// moment on, and when the next step follows; nil when there is none.
func (l Ladder) Deadline(n int, from time.Time, minutes int) (answerBy time.Time, next *time.Time) {
	answerBy = from.Add(time.Duration(minutes) * time.Minute)
	if n+1 < len(l) {
		due := answerBy
		next = &due
	}
	return answerBy, next
}
