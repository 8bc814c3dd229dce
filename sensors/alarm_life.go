package sensors

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// What an alarm does not let happen.
var (
	ErrAnswered = fault.Define(fault.Conflict, "sensors.alarm_answered",
		"已有人确认这条报警。请刷新后查看是谁在处理。", "Somebody has acknowledged this alarm already. Reload it to see who.")
	ErrNotAnswered = fault.Define(fault.Conflict, "sensors.alarm_not_answered",
		"还没有人确认这条报警。请先确认，再复核或解除。", "Nobody has acknowledged this alarm. Acknowledge it before you verify or resolve it.")
	ErrNotVerified = fault.Define(fault.Conflict, "sensors.alarm_not_verified",
		"这条报警还没有复核。请先复核为真警、误报或演练，再解除。", "This alarm has not been verified. Say whether it is true, false or a drill before you resolve it.")
	ErrResolved = fault.Define(fault.Conflict, "sensors.alarm_resolved",
		"报警已解除，不能再改。再次发生时会产生新的报警。", "The alarm is resolved and does not change any more. If it happens again there will be a new one.")
	ErrFourEyes = fault.Define(fault.Conflict, "sensors.alarm_four_eyes",
		"一级报警须由复核人以外的另一人解除。", "An alarm of severity 1 must be resolved by another person than the one who verified it.")
	ErrVerdict = fault.Define(fault.Invalid, "sensors.alarm_verdict",
		"应为 true（真警）、false（误报）或 drill（演练）。", "Expected true, false or drill.")
	ErrReference = fault.Define(fault.Invalid, "sensors.alarm_reference",
		"真警和演练须填写报告或演练方案的编号，不超过 {max} 字。", "A true alarm and a drill need the number of the report or of the plan, at most {max} characters.")
	ErrAlarmNote = fault.Define(fault.Invalid, "sensors.alarm_note",
		"请写 1 至 {max} 个字，不含控制字符。", "Write 1 to {max} characters without control characters.")
	ErrSteps = fault.Define(fault.Conflict, "sensors.alarm_steps",
		"这条报警已有 {max} 条处理记录，不能再加备注或更改复核结论。请解除。", "This alarm has {max} steps and takes no more notes or verdicts. Resolve it.")
)

const (
	maxAlarmNote = 1000 // characters
	maxReference = 100  // characters
	maxSteps     = 500
)

// clearsItself reports whether what an alarm of the kind says can end without a
// person: a device that is heard again, a relic that is back.
func (k AlarmKind) clearsItself() bool { return k != UnlawfulExit && k != UnlawfulMove }

// NeedsVerdict reports whether the alarm can be resolved after a 复核 only. What
// clears itself, below severity 1, needs none: a changed battery is no case.
func (a *Alarm) NeedsVerdict() bool { return !a.Kind.clearsItself() || a.Severity <= 1 }

// FourEyes reports whether another person must resolve the alarm than the one who
// verified it.
func (a *Alarm) FourEyes() bool { return a.Severity <= 1 }

// Acknowledge says that by is on it. The escalation for want of an answer ends;
// one for want of a 复核 begins.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict when somebody took a step
// since rev, ErrAnswered, ErrResolved, fault.ErrInvalid.
func (s *Service) Acknowledge(ctx context.Context, by actor.Actor, id string, rev int64, note string) (*Alarm, error) {
	note, err := tidyNote(note, false)
	if err != nil {
		return nil, err
	}
	return s.answer(ctx, by, id, rev, StepAcknowledge, note, func(tx *store.Tx, a *Alarm) error {
		if a.State != Raised {
			return ErrAnswered.New()
		}
		rule, err := ruleIn(tx, a.Org, a.Severity)
		if err != nil {
			return err
		}
		a.State = Acknowledged
		a.deadline(tx.Now(), rule.VerifyMinutes, rule.Steps)
		return nil
	})
}

// Judgement is what a 复核 found.
type Judgement struct {
	Verdict   Verdict
	Reference string // number of the report or of the drill's plan; required of both
	Note      string // "" none
}

// Verify keeps the outcome of the 复核. As long as the alarm is not resolved it may
// be corrected by verifying again; every verdict stays in the steps.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, ErrNotAnswered, ErrResolved,
// ErrSteps, fault.ErrInvalid.
func (s *Service) Verify(ctx context.Context, by actor.Actor, id string, rev int64, j Judgement) (*Alarm, error) {
	j, err := j.tidy()
	if err != nil {
		return nil, err
	}
	said := strings.TrimSpace(string(j.Verdict) + " " + j.Reference)
	if j.Note != "" {
		said += ": " + j.Note
	}
	return s.answer(ctx, by, id, rev, StepVerify, said, func(_ *store.Tx, a *Alarm) error {
		switch {
		case a.State == Raised:
			return ErrNotAnswered.New()
		case a.State == Verified && len(a.Steps) >= maxSteps:
			return ErrSteps.New(fault.P("max", maxSteps))
		}
		a.State, a.Verdict, a.Reference, a.EscalateAt = Verified, j.Verdict, j.Reference, nil
		return nil
	})
}

// tidy checks j.
func (j Judgement) tidy() (Judgement, error) {
	var wrong []fault.Field
	if !slices.Contains([]Verdict{TrueAlarm, FalseAlarm, Drill}, j.Verdict) {
		wrong = append(wrong, ErrVerdict.At("verdict"))
	}
	j.Reference = strings.TrimSpace(j.Reference)
	if n := utf8.RuneCountInString(j.Reference); n > maxReference || n == 0 && j.Verdict != FalseAlarm || !printable(j.Reference) {
		wrong = append(wrong, ErrReference.At("reference", fault.P("max", maxReference)))
	}
	note, err := tidyNote(j.Note, false)
	if err != nil {
		wrong = append(wrong, fault.Of(err).Fields()...)
	}
	j.Note = note
	return j, fault.InvalidFields(wrong)
}

// Resolve says that it is done. An alarm of severity 1 is resolved by another
// person than the one who verified it (four eyes), so that nobody can make a theft
// of his own disappear as a 误报.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, ErrNotAnswered,
// ErrNotVerified, ErrFourEyes, ErrResolved, fault.ErrInvalid: an alarm that is
// resolved without a 复核 needs a note.
func (s *Service) Resolve(ctx context.Context, by actor.Actor, id string, rev int64, note string) (*Alarm, error) {
	note, err := tidyNote(note, false)
	if err != nil {
		return nil, err
	}
	return s.answer(ctx, by, id, rev, StepResolve, note, func(tx *store.Tx, a *Alarm) error {
		switch {
		case a.State == Raised:
			return ErrNotAnswered.New()
		case a.State == Acknowledged && a.NeedsVerdict():
			return ErrNotVerified.New()
		case a.State == Acknowledged && note == "":
			return fault.InvalidFields([]fault.Field{ErrAlarmNote.At("note", fault.P("max", maxAlarmNote))})
		case a.FourEyes() && a.verifier() == tx.Actor().ID:
			return ErrFourEyes.New()
		}
		a.resolve()
		return nil
	})
}

// verifier is the id of the person whose verdict stands, "" when there is none.
func (a *Alarm) verifier() string {
	for i := len(a.Steps) - 1; i >= 0; i-- {
		if a.Steps[i].Action == StepVerify {
			return a.Steps[i].By.ID
		}
	}
	return ""
}

// Note adds a note to an alarm that is not resolved.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, ErrResolved, ErrSteps,
// fault.ErrInvalid.
func (s *Service) Note(ctx context.Context, by actor.Actor, id string, rev int64, note string) (*Alarm, error) {
	note, err := tidyNote(note, true)
	if err != nil {
		return nil, err
	}
	return s.answer(ctx, by, id, rev, StepNote, note, func(_ *store.Tx, a *Alarm) error {
		if len(a.Steps) >= maxSteps {
			return ErrSteps.New(fault.P("max", maxSteps))
		}
		return nil
	})
}

// answer takes one step with the alarm as it was read at rev. Revisions that have
// only counted samples or passed it on since do not make the step stale: an alarm
// about a thief who is still in the door must not slip away from under the hand of
// who answers it.
func (s *Service) answer(ctx context.Context, by actor.Actor, id string, rev int64, action AlarmAction, note string,
	fn func(*store.Tx, *Alarm) error) (*Alarm, error) {
	var out *Alarm
	err := s.st.Update(ctx, by, func(tx *store.Tx) error {
		a, err := s.openedIn(tx, by, id)
		if err != nil {
			return err
		}
		if rev < a.StepRev || rev > a.Rev {
			return store.ErrConflict.New()
		}
		if a.State == Resolved {
			return ErrResolved.New()
		}
		if err := fn(tx, a); err != nil {
			return err
		}
		a.step(tx.Now(), heritage.PersonOf(by), action, note)
		tx.Describe("alarm."+string(action), note)
		out = a
		return alarmDocs.Put(tx, a)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// openedIn returns an alarm that by may answer.
func (s *Service) openedIn(tx *store.Tx, by actor.Actor, id string) (*Alarm, error) {
	a, err := found(alarmDocs.Get(tx.Context(), tx, id))
	if err != nil {
		return nil, err
	}
	if a == nil {
		return nil, ErrNotFound.New()
	}
	return a, may(by, actor.AlarmAnswer, actor.AlarmRead, a.Org)
}

// tidyNote trims a note and checks it.
func tidyNote(note string, required bool) (string, error) {
	note = strings.TrimSpace(note)
	if n := utf8.RuneCountInString(note); n > maxAlarmNote || n == 0 && required || !printable(note) {
		return "", fault.InvalidFields([]fault.Field{ErrAlarmNote.At("note", fault.P("max", maxAlarmNote))})
	}
	return note, nil
}

// printable reports whether s is text without control characters other than the
// end of a line.
func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' })
}
