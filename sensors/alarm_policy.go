package sensors

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

// What can be wrong with a policy.
var (
	ErrPolicySource = fault.Define(fault.Invalid, "sensors.policy_source",
		"请写明依据（文件或决定），1 至 {max} 字。", "Say by which document or decision, in 1 to {max} characters.")
	ErrPolicySeverity = fault.Define(fault.Invalid, "sensors.policy_severity",
		"级别 1、2、3、4 须各有一条规则。", "Each of the severities 1, 2, 3 and 4 needs one rule.")
	ErrPolicySteps = fault.Define(fault.Invalid, "sensors.policy_steps",
		"应答步骤须有 1 至 {max} 步。", "There must be 1 to {max} steps.")
	ErrPolicyRole = fault.Define(fault.Invalid, "sensors.policy_role",
		"应为可以查看报警的角色。", "Expected a role that may see alarms.")
	ErrMinutes = fault.Define(fault.Invalid, "sensors.policy_minutes",
		"应为 1 至 {max} 分钟。", "Expected 1 to {max} minutes.")
)

const (
	maxPolicySource  = 200   // characters
	maxAnswerMinutes = 10080 // a week
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

// AnswerStep is one step of who must answer, see the pure package.
type AnswerStep = alarm.AnswerStep

var alarmPolicies = store.Define[AlarmPolicy](store.Spec{Name: "alarmpolicies", Schema: 1, History: true})

// defaultPolicy is that of an organisation which has set none.
func defaultPolicy(org actor.OrgID) *AlarmPolicy {
	return &AlarmPolicy{Meta: store.Meta{ID: string(org), Org: org}, Source: "一键游缺省值，未经核定 (default of the program, not approved)",
		Rules: []AlarmRule{
			{Severity: 1, VerifyMinutes: 15, Steps: []AnswerStep{{Role: actor.Dispatcher, Minutes: 3}, {Role: actor.Approver, Minutes: 5}, {Role: actor.Admin, Minutes: 15}}},
			{Severity: 2, VerifyMinutes: 30, Steps: []AnswerStep{{Role: actor.Dispatcher, Minutes: 10}, {Role: actor.Approver, Minutes: 20}, {Role: actor.Admin, Minutes: 60}}},
			{Severity: 3, VerifyMinutes: 240, Steps: []AnswerStep{{Role: actor.Dispatcher, Minutes: 60}, {Role: actor.Approver, Minutes: 240}}},
			{Severity: 4, VerifyMinutes: 2880, Steps: []AnswerStep{{Role: actor.Dispatcher, Minutes: 1440}, {Role: actor.Approver, Minutes: 2880}}},
		}}
}

// ruleIn returns what an organisation does with alarms of a severity. Where its
// policy says nothing, which SetAlarmPolicy does not let happen, the default holds:
// an alarm is never lost for want of a rule.
func ruleIn(tx *store.Tx, org actor.OrgID, severity Severity) (AlarmRule, error) {
	own, err := found(alarmPolicies.Get(tx.Context(), tx, string(org)))
	if err != nil {
		return AlarmRule{}, err
	}
	if own != nil {
		if rule, ok := own.rule(severity); ok {
			return rule, nil
		}
	}
	rule, _ := defaultPolicy(org).rule(severity)
	return rule, nil
}

// rule returns the rule of a severity, one beyond the lowest counting as that.
func (p *AlarmPolicy) rule(severity Severity) (AlarmRule, bool) {
	for _, rule := range p.Rules {
		if rule.Severity == max(1, min(severity, alarm.Least)) && len(rule.Steps) > 0 {
			return rule, true
		}
	}
	return AlarmRule{}, false
}

// expect sets who must answer and by when, for the step of escalation that the
// alarm stands at.
func (a *Alarm) expect(from time.Time, steps alarm.Ladder) {
	step := steps.Step(a.Escalation)
	a.Duty = string(step.Role)
	a.deadline(from, step.Minutes, steps)
}

// deadline sets by when the alarm must be answered, and that the next step
// follows if there is one.
func (a *Alarm) deadline(from time.Time, minutes int, steps alarm.Ladder) {
	a.AnswerBy, a.EscalateAt = steps.Deadline(a.Escalation, from, minutes)
}

// AlarmPolicy returns who must answer the alarms of an organisation; one that has
// set nothing gets the default, with Rev 0.
//
// Errors: ErrOrg, ErrDenied, ErrNotFound.
func (s *Service) AlarmPolicy(ctx context.Context, by actor.Actor, org actor.OrgID) (*AlarmPolicy, error) {
	if _, err := oneOrg(by, actor.AlarmRead, org); err != nil {
		return nil, err
	}
	p, err := found(alarmPolicies.Get(ctx, s.st, string(org)))
	if err != nil {
		return nil, err
	}
	if p == nil {
		return defaultPolicy(org), nil
	}
	return p, nil
}

// SetAlarmPolicy sets who must answer the alarms of an organisation. rev is the
// revision that was read, 0 when none is set. Alarms that are open go on with it
// from their next step.
//
// Errors: ErrOrg, ErrNotFound, ErrSetupDenied, store.ErrConflict,
// fault.ErrInvalid.
func (s *Service) SetAlarmPolicy(ctx context.Context, by actor.Actor, org actor.OrgID, rev int64, p AlarmPolicy) (*AlarmPolicy, error) {
	if _, err := oneOrg(by, actor.AlarmRead, org); err != nil {
		return nil, err
	}
	if !by.Can(actor.AlarmSetup, org) {
		return nil, ErrSetupDenied.New()
	}
	p.Source = strings.TrimSpace(p.Source)
	if err := fault.InvalidFields(p.check()); err != nil {
		return nil, err
	}
	var out *AlarmPolicy
	err := s.st.Update(ctx, by, func(tx *store.Tx) error {
		kept, err := found(alarmPolicies.Get(tx.Context(), tx, string(org)))
		if err != nil {
			return err
		}
		if kept == nil {
			kept = &AlarmPolicy{Meta: store.Meta{ID: string(org), Org: org}}
		}
		if kept.Rev != rev {
			return store.ErrConflict.New()
		}
		kept.Rules, kept.Source, kept.Verified, out = p.Rules, p.Source, p.Verified, kept
		tx.Describe("alarm-policy.set", "")
		return alarmPolicies.Put(tx, kept)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// check returns what is wrong with p.
func (p *AlarmPolicy) check() []fault.Field {
	var wrong []fault.Field
	if n := utf8.RuneCountInString(p.Source); n == 0 || n > maxPolicySource || !printable(p.Source) {
		wrong = append(wrong, ErrPolicySource.At("source", fault.P("max", maxPolicySource)))
	}
	seen := make(map[Severity]bool)
	for i, rule := range p.Rules {
		path := "rules[" + strconv.Itoa(i) + "]"
		if rule.Severity < 1 || rule.Severity > 4 || seen[rule.Severity] {
			wrong = append(wrong, ErrPolicySeverity.At(path+".severity"))
		}
		seen[rule.Severity] = true
		if rule.VerifyMinutes < 1 || rule.VerifyMinutes > maxAnswerMinutes {
			wrong = append(wrong, ErrMinutes.At(path+".verifyMinutes", fault.P("max", maxAnswerMinutes)))
		}
		if len(rule.Steps) < 1 || len(rule.Steps) > lastToldStep+1 {
			wrong = append(wrong, ErrPolicySteps.At(path+".steps", fault.P("max", lastToldStep+1)))
		}
		for j, step := range rule.Steps {
			at := path + ".steps[" + strconv.Itoa(j) + "]"
			if !actor.RoleCan(step.Role, actor.AlarmRead) {
				wrong = append(wrong, ErrPolicyRole.At(at+".role"))
			}
			if step.Minutes < 1 || step.Minutes > maxAnswerMinutes {
				wrong = append(wrong, ErrMinutes.At(at+".minutes", fault.P("max", maxAnswerMinutes)))
			}
		}
	}
	if len(p.Rules) != 4 && len(wrong) == 0 {
		wrong = append(wrong, ErrPolicySeverity.At("rules"))
	}
	return wrong
}
