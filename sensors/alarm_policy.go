package sensors

import "yijianyou/internal/actor"

// AnswerStep is one step of who must answer an alarm: the role, and the minutes
// that it has before the next step.
type AnswerStep struct {
	Role    actor.Role `bson:"role" json:"role"`
	Minutes int        `bson:"minutes" json:"minutes"` // 1 to 10080
}

// defaultSteps is who answers an alarm of a severity where the organisation has
// set nothing of its own. Source: a choice of this project (verified: false).
func defaultSteps(severity Severity) []AnswerStep {
	switch {
	case severity <= 1:
		return []AnswerStep{{actor.Dispatcher, 3}, {actor.Approver, 5}, {actor.Admin, 15}}
	case severity == 2:
		return []AnswerStep{{actor.Dispatcher, 10}, {actor.Approver, 20}, {actor.Admin, 60}}
	case severity == 3:
		return []AnswerStep{{actor.Dispatcher, 60}, {actor.Approver, 240}}
	}
	return []AnswerStep{{actor.Keeper, 1440}}
}
