package sensors

import (
	"errors"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// AlarmPolicy is who must answer the alarms of an organisation, and how fast. Its
// id is the organisation's. One that has set nothing lives by defaultPolicy.
type AlarmPolicy struct {
	store.Meta `bson:",inline"`
	Rules      []AlarmRule `bson:"rules" json:"rules"`       // one for each severity, 1 to 4
	Source     string      `bson:"source" json:"source"`     // by which document or decision; required
	Verified   bool        `bson:"verified" json:"verified"` // whether somebody has checked it against that document
}

// AlarmRule is the policy of one severity.
type AlarmRule struct {
	Severity      Severity     `bson:"severity" json:"severity"`
	Steps         []AnswerStep `bson:"steps" json:"steps"`                 // who must answer first, then who when nobody has; 1 to 6
	VerifyMinutes int          `bson:"verifyMinutes" json:"verifyMinutes"` // after an acknowledgement, until the next step asks for the 复核
}

// AnswerStep is one step of who must answer an alarm: the role, and the minutes
// that it has before the next step.
type AnswerStep struct {
	Role    actor.Role `bson:"role" json:"role"`
	Minutes int        `bson:"minutes" json:"minutes"` // 1 to 10080, a week
}

var alarmPolicies = store.Define[AlarmPolicy](store.Spec{Name: "alarmpolicies", Schema: 1, History: true})

// defaultPolicy is that of an organisation which has set none.
func defaultPolicy(org actor.OrgID) *AlarmPolicy {
	return &AlarmPolicy{Meta: store.Meta{ID: string(org), Org: org}, Source: "一键游缺省值，未经核定 (default of the program, not approved)",
		Rules: []AlarmRule{
			{Severity: 1, VerifyMinutes: 15, Steps: []AnswerStep{{actor.Dispatcher, 3}, {actor.Approver, 5}, {actor.Admin, 15}}},
			{Severity: 2, VerifyMinutes: 30, Steps: []AnswerStep{{actor.Dispatcher, 10}, {actor.Approver, 20}, {actor.Admin, 60}}},
			{Severity: 3, VerifyMinutes: 240, Steps: []AnswerStep{{actor.Dispatcher, 60}, {actor.Approver, 240}}},
			{Severity: 4, VerifyMinutes: 2880, Steps: []AnswerStep{{actor.Dispatcher, 1440}, {actor.Approver, 2880}}},
		}}
}

// policyOf returns the policy of an organisation, the default when it has none.
func policyOf(tx *store.Tx, org actor.OrgID) (*AlarmPolicy, error) {
	p, err := alarmPolicies.Get(tx.Context(), tx, string(org))
	if errors.Is(err, store.ErrNotFound) {
		return defaultPolicy(org), nil
	}
	return p, err
}

// ruleIn returns what an organisation does with alarms of a severity.
func ruleIn(tx *store.Tx, org actor.OrgID, severity Severity) (AlarmRule, error) {
	p, err := policyOf(tx, org)
	if err != nil {
		return AlarmRule{}, err
	}
	for _, rule := range p.Rules {
		if rule.Severity == severity {
			return rule, nil
		}
	}
	return AlarmRule{}, errors.New("sensors: the alarm policy of " + string(org) + " lacks a severity")
}

// expect sets who must answer and by when, for the step of escalation that the
// alarm stands at.
func (a *Alarm) expect(from time.Time, steps []AnswerStep) {
	step := steps[min(a.Escalation, len(steps)-1)]
	a.Duty = string(step.Role)
	a.deadline(from, step.Minutes, steps)
}

// deadline sets by when the alarm must be answered, and that the next step
// follows if there is one.
func (a *Alarm) deadline(from time.Time, minutes int, steps []AnswerStep) {
	a.AnswerBy, a.EscalateAt = from.Add(time.Duration(minutes)*time.Minute), nil
	if a.Escalation+1 < len(steps) {
		due := a.AnswerBy
		a.EscalateAt = &due
	}
}
