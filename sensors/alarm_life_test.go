package sensors

import (
	"errors"
	"sync"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

func staffOf(id string, role actor.Role, org actor.OrgID) actor.Actor {
	return actor.Actor{Kind: actor.Staff, ID: id, Name: id, Grants: []actor.Grant{{Role: role, Org: org}}}
}

var (
	zhang   = staffOf("zhang", actor.Dispatcher, "demo-museum")
	li      = staffOf("li", actor.Approver, "demo-museum")
	auditor = staffOf("auditor", actor.Auditor, "demo-museum")
	keeper  = staffOf("keeper", actor.Keeper, "demo-museum")
	foreign = staffOf("foreign", actor.Keeper, "other-museum")
)

// take takes a step as it would come from a screen that has just read the alarm.
func (w *alarmWorld) take(by actor.Actor, id string, action AlarmAction) (*Alarm, error) {
	w.Helper()
	rev := w.stored(id).Rev
	switch action {
	case StepAcknowledge:
		return w.s.Acknowledge(w.Context(), by, id, rev, "")
	case StepVerify:
		return w.s.Verify(w.Context(), by, id, rev, Judgement{Verdict: TrueAlarm, Reference: "报告-1"})
	case StepResolve:
		return w.s.Resolve(w.Context(), by, id, rev, "已处理")
	case StepNote:
		return w.s.Note(w.Context(), by, id, rev, "正在查看")
	}
	w.Fatalf("no step %s", action)
	return nil, nil
}

func TestTheStepsOfAnAlarm(t *testing.T) {
	exit := Alarm{Kind: UnlawfulExit, TagID: "aa01", RelicID: "two"} // severity 2
	down := Alarm{Kind: DeviceDown, DeviceID: "reader-1"}            // clears itself, severity 4
	for _, c := range []struct {
		name  string
		about Alarm
		steps []AlarmAction // by one person
		want  error         // of the last
		state AlarmState
	}{
		{"acknowledge", exit, []AlarmAction{StepAcknowledge}, nil, Acknowledged},
		{"acknowledge twice", exit, []AlarmAction{StepAcknowledge, StepAcknowledge}, ErrAnswered, Acknowledged},
		{"verify before anybody is on it", exit, []AlarmAction{StepVerify}, ErrNotAnswered, Raised},
		{"resolve before anybody is on it", exit, []AlarmAction{StepResolve}, ErrNotAnswered, Raised},
		{"resolve an exit without a verdict", exit, []AlarmAction{StepAcknowledge, StepResolve}, ErrNotVerified, Acknowledged},
		{"resolve what clears itself without a verdict", down, []AlarmAction{StepAcknowledge, StepResolve}, nil, Resolved},
		{"verify", exit, []AlarmAction{StepAcknowledge, StepVerify}, nil, Verified},
		{"correct a verdict", exit, []AlarmAction{StepAcknowledge, StepVerify, StepVerify}, nil, Verified},
		{"acknowledge what is verified", exit, []AlarmAction{StepAcknowledge, StepVerify, StepAcknowledge}, ErrAnswered, Verified},
		{"resolve", exit, []AlarmAction{StepAcknowledge, StepVerify, StepResolve}, nil, Resolved},
		{"note at any time", exit, []AlarmAction{StepNote, StepAcknowledge, StepNote, StepVerify, StepNote}, nil, Verified},
		{"acknowledge what is resolved", exit, []AlarmAction{StepAcknowledge, StepVerify, StepResolve, StepAcknowledge}, ErrResolved, Resolved},
		{"verify what is resolved", exit, []AlarmAction{StepAcknowledge, StepVerify, StepResolve, StepVerify}, ErrResolved, Resolved},
		{"resolve twice", exit, []AlarmAction{StepAcknowledge, StepVerify, StepResolve, StepResolve}, ErrResolved, Resolved},
		{"note on what is resolved", exit, []AlarmAction{StepAcknowledge, StepVerify, StepResolve, StepNote}, ErrResolved, Resolved},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newAlarmWorld(t)
			w.relics["two"] = "grade-2"
			a := w.raiseAs(c.about)
			for i, step := range c.steps {
				got, err := w.take(zhang, a.ID, step)
				if i < len(c.steps)-1 || c.want == nil {
					w.must(err)
					if last := got.Steps[len(got.Steps)-1]; last.Action != step || last.By.ID != "zhang" || !last.At.Equal(w.now()) {
						t.Fatalf("step %s is kept as %+v", step, last)
					}
				} else if !errors.Is(err, c.want) {
					t.Fatalf("step %d, %s: %v, want %v", i, step, err, c.want)
				}
			}
			got := w.stored(a.ID)
			if got.State != c.state || got.Open != (c.state != Resolved) || (got.OpenKey != "") != (c.state != Resolved) {
				t.Fatalf("ends as %s, open %v, key %q", got.State, got.Open, got.OpenKey)
			}
			if got.State == Verified || got.State == Resolved {
				if got.EscalateAt != nil {
					t.Fatal("escalates although it is answered")
				}
			}
		})
	}
}

func TestAnAlarmOfSeverityOneNeedsFourEyes(t *testing.T) {
	w := newAlarmWorld(t)
	a := w.raise("aa01", "ungraded")
	for _, step := range []AlarmAction{StepAcknowledge, StepVerify} {
		_, err := w.take(zhang, a.ID, step)
		w.must(err)
	}
	_, err := w.take(zhang, a.ID, StepResolve)
	w.refused(err, ErrFourEyes, "the verifier resolves")
	_, err = w.take(li, a.ID, StepVerify) // li corrects: now it is his verdict
	w.must(err)
	_, err = w.take(li, a.ID, StepResolve)
	w.refused(err, ErrFourEyes, "the corrector resolves")
	_, err = w.take(zhang, a.ID, StepResolve)
	w.must(err)
}

func TestAVerdictNeedsItsReference(t *testing.T) {
	w := newAlarmWorld(t)
	w.relics["two"] = "grade-2"
	a := w.raise("aa01", "two")
	_, err := w.take(zhang, a.ID, StepAcknowledge)
	w.must(err)
	long := string(make([]rune, maxReference+1))
	for _, c := range []struct {
		j    Judgement
		path string
	}{
		{Judgement{Verdict: TrueAlarm}, "reference"},
		{Judgement{Verdict: Drill, Reference: "  "}, "reference"},
		{Judgement{Verdict: FalseAlarm, Reference: long}, "reference"},
		{Judgement{Verdict: TrueAlarm, Reference: "a\x00b"}, "reference"},
		{Judgement{Verdict: "maybe", Reference: "x"}, "verdict"},
		{Judgement{Verdict: FalseAlarm, Note: "bell\a"}, "note"},
	} {
		_, err := w.s.Verify(t.Context(), zhang, a.ID, w.stored(a.ID).Rev, c.j)
		f := fault.Of(err)
		if !errors.Is(err, fault.ErrInvalid) || len(f.Fields()) != 1 || f.Fields()[0].Path != c.path {
			t.Errorf("%+v: %v", c.j, err)
		}
	}
	got, err := w.s.Verify(t.Context(), zhang, a.ID, w.stored(a.ID).Rev, Judgement{Verdict: FalseAlarm, Note: "推车靠近门口"})
	w.must(err)
	if got.Verdict != FalseAlarm || got.Steps[len(got.Steps)-1].Note != "false: 推车靠近门口" {
		t.Fatalf("%+v", got.Steps)
	}
}

func TestOnlyThoseOfTheHouseAnswer(t *testing.T) {
	w := newAlarmWorld(t)
	a := w.raise("aa01", "")
	for _, c := range []struct {
		by   actor.Actor
		want error
	}{{foreign, ErrNotFound}, {actor.Nobody(), ErrNotFound}, {auditor, ErrDenied}, {staffOf("reg", actor.Registrar, "demo-museum"), ErrNotFound}} {
		for _, step := range []AlarmAction{StepAcknowledge, StepVerify, StepResolve, StepNote} {
			_, err := w.take(c.by, a.ID, step)
			w.refused(err, c.want, c.by.ID+" takes "+string(step))
		}
	}
	_, err := w.s.Acknowledge(t.Context(), zhang, "no-such", 1, "")
	w.refused(err, ErrNotFound, "no such alarm")
	if got := w.stored(a.ID); len(got.Steps) != 1 {
		t.Fatalf("steps %+v", got.Steps)
	}
}

func TestOfTwoWhoAcknowledgeOneIsTold(t *testing.T) {
	w := newAlarmWorld(t)
	a := w.raise("aa01", "")
	errs := make([]error, 2)
	var wg sync.WaitGroup
	for i, by := range []actor.Actor{zhang, li} {
		wg.Go(func() { _, errs[i] = w.s.Acknowledge(t.Context(), by, a.ID, a.Rev, "") })
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, store.ErrConflict):
			t.Errorf("the other is told %v", err)
		}
	}
	if got := w.stored(a.ID); won != 1 || len(got.Steps) != 2 {
		t.Fatalf("%d won, steps %+v", won, got.Steps)
	}
}

func TestSamplesAndEscalationDoNotMakeAnAnswerStale(t *testing.T) {
	w := newAlarmWorld(t)
	a := w.raise("aa01", "")
	for range 5 {
		w.pass(countEvery)
		w.raise("aa01", "")
	}
	w.pass(time.Hour)
	w.escalate()
	if now := w.stored(a.ID); now.Rev <= a.Rev || now.Escalation != 1 {
		t.Fatalf("revision %d, escalation %d", now.Rev, now.Escalation)
	}
	got, err := w.s.Acknowledge(t.Context(), zhang, a.ID, a.Rev, "")
	w.must(err)
	_, err = w.s.Note(t.Context(), li, a.ID, a.Rev, "x")
	w.refused(err, store.ErrConflict, "somebody took a step since")
	_, err = w.s.Note(t.Context(), li, a.ID, got.Rev+1, "x")
	w.refused(err, store.ErrConflict, "a revision that does not exist")
}

func TestWhoAcknowledgesMustVerifyInTime(t *testing.T) {
	w := newAlarmWorld(t)
	a := w.raise("aa01", "ungraded") // severity 1: verify within 15 minutes
	w.pass(time.Minute)
	_, err := w.take(zhang, a.ID, StepAcknowledge)
	w.must(err)
	w.pass(14 * time.Minute)
	w.escalate()
	if got := w.stored(a.ID); got.Escalation != 0 {
		t.Fatal("escalated although somebody is on it")
	}
	w.pass(time.Minute)
	w.escalate()
	got := w.stored(a.ID)
	if got.Escalation != 1 || got.State != Acknowledged || got.Duty != string(actor.Approver) {
		t.Fatalf("not verified in time: %+v", got)
	}
	_, err = w.take(li, a.ID, StepVerify)
	w.must(err)
	w.pass(24 * time.Hour)
	w.escalate()
	if got := w.stored(a.ID); got.Escalation != 1 {
		t.Fatal("escalated although it is verified")
	}
}

func TestAFalseAlarmOfTheMorningHidesNoTheftOfTheEvening(t *testing.T) {
	w := newAlarmWorld(t)
	w.relics["two"] = "grade-2"
	a := w.raiseAs(Alarm{Kind: UnlawfulExit, TagID: "aa01", RelicID: "two", ZoneID: "door", Ground: heritage.Text{ZH: "没有出库单。"}})
	for _, step := range []AlarmAction{StepAcknowledge, StepVerify} {
		_, err := w.take(zhang, a.ID, step)
		w.must(err)
	}
	w.pass(sameEvent)
	if same := w.raise("aa01", "two"); same.ID != a.ID {
		t.Fatal("a sample of the same event is another alarm")
	}
	w.pass(sameEvent + time.Second)
	b := w.raise("aa01", "two")
	if b.ID == a.ID || b.State != Raised || b.ZoneID != "door" || b.Ground != a.Ground {
		t.Fatalf("the second event is lost in %+v", b)
	}
	if old := w.stored(a.ID); old.State != Verified || !old.Open || old.OpenKey != "" {
		t.Fatalf("the first is %+v", old)
	}
	_, err := w.take(li, a.ID, StepResolve)
	w.must(err)
	if got := w.stored(b.ID); got.OpenKey == "" {
		t.Fatal("resolving the first took the key of the second")
	}
}

func TestNotesAreBounded(t *testing.T) {
	w := newAlarmWorld(t)
	a := w.raise("aa01", "")
	w.in(func(tx *store.Tx) error {
		a, err := alarmDocs.Get(tx.Context(), tx, a.ID)
		if err != nil {
			return err
		}
		for len(a.Steps) < maxSteps {
			a.step(tx.Now(), heritage.PersonOf(zhang), StepNote, "x")
		}
		return alarmDocs.Put(tx, a)
	})
	_, err := w.take(zhang, a.ID, StepNote)
	w.refused(err, ErrSteps, "one note more")
	for _, step := range []AlarmAction{StepAcknowledge, StepVerify} {
		_, err := w.take(zhang, a.ID, step)
		w.must(err)
	}
	_, err = w.take(zhang, a.ID, StepVerify)
	w.refused(err, ErrSteps, "a correction more")
	_, err = w.take(li, a.ID, StepResolve)
	w.must(err)
}
