package sensors

import (
	"time"

	"yijianyou/internal/store"
)

// watchPage is how many things the watch moves on in one transaction; the rest
// follows in its next round.
const watchPage = 50

// escalateIn moves the alarms on that nobody has answered, or nobody has verified
// after acknowledging them, by the time that their policy gives: the next role
// must answer, and the contacts of that step are told. The watch calls it; it asks
// the index byEscalation, so it costs nothing while none is due.
func (s *Service) escalateIn(tx *store.Tx, now time.Time) error {
	due, err := alarmDocs.Find(tx.Context(), tx, store.Query{Index: "byEscalation", Before: now.Add(time.Millisecond), Limit: watchPage})
	if err != nil {
		return err
	}
	for _, a := range due.Items {
		if err := s.escalate(tx, a, now); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) escalate(tx *store.Tx, a *Alarm, now time.Time) error {
	rule, err := ruleIn(tx, a.Org, a.Severity)
	if err != nil {
		return err
	}
	tx.Describe("alarm.escalate", "")
	if a.Escalation+1 >= len(rule.Steps) { // the policy has been shortened since
		a.EscalateAt = nil
		return alarmDocs.Put(tx, a)
	}
	before := a.Duty
	a.Escalation++
	a.expect(now, rule.Steps)
	a.step(now, raiser, StepEscalate, before+" → "+a.Duty)
	if err := alarmDocs.Put(tx, a); err != nil {
		return err
	}
	return s.tellIn(tx, a)
}
