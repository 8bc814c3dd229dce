package sensors

import (
	"errors"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

func TestAHouseSetsItsOwnPolicy(t *testing.T) {
	w := newAlarmWorld(t)
	p, err := w.s.AlarmPolicy(t.Context(), zhang, "demo-museum")
	w.must(err)
	if p.Rev != 0 || len(p.Rules) != 4 || p.Verified || p.Source == "" {
		t.Fatalf("default %+v", p)
	}
	w.must(fault.InvalidFields(p.check())) // the default is one that may be set
	p.Source, p.Rules[0].Steps = "馆发〔2026〕8 号", []AnswerStep{{Role: actor.Keeper, Minutes: 2}, {Role: actor.Approver, Minutes: 4}}
	set, err := w.s.SetAlarmPolicy(t.Context(), li, "demo-museum", 0, *p)
	w.must(err)
	if a := w.raise("aa01", ""); a.Severity != 3 || a.Duty != "dispatcher" {
		t.Fatalf("severity %d, duty %s", a.Severity, a.Duty)
	}
	if a := w.raise("aa02", "ungraded"); a.Duty != "keeper" || a.AnswerBy.Sub(a.RaisedAt).Minutes() != 2 {
		t.Fatalf("%+v", a)
	}
	_, err = w.s.SetAlarmPolicy(t.Context(), li, "demo-museum", 0, *p)
	w.refused(err, store.ErrConflict, "somebody has set it since")
	_, err = w.s.SetAlarmPolicy(t.Context(), li, "demo-museum", set.Rev, *p)
	w.must(err)
	_, err = w.s.SetAlarmPolicy(t.Context(), zhang, "demo-museum", 2, *p)
	w.refused(err, ErrSetupDenied, "a dispatcher sets it")
	_, err = w.s.SetAlarmPolicy(t.Context(), foreign, "demo-museum", 2, *p)
	w.refused(err, ErrNotFound, "another museum sets it")
	_, err = w.s.AlarmPolicy(t.Context(), foreign, "demo-museum")
	w.refused(err, ErrNotFound, "another museum reads it")
}

func TestPoliciesThatCannotBe(t *testing.T) {
	w := newAlarmWorld(t)
	for _, c := range []struct {
		path string
		bend func(*AlarmPolicy)
	}{
		{"source", func(p *AlarmPolicy) { p.Source = "" }},
		{"rules", func(p *AlarmPolicy) { p.Rules = p.Rules[:3] }},
		{"rules[3].severity", func(p *AlarmPolicy) { p.Rules[3].Severity = 1 }},
		{"rules[0].steps", func(p *AlarmPolicy) { p.Rules[0].Steps = nil }},
		{"rules[0].steps", func(p *AlarmPolicy) {
			p.Rules[0].Steps = make([]AnswerStep, lastToldStep+2)
			for i := range p.Rules[0].Steps {
				p.Rules[0].Steps[i] = AnswerStep{Role: actor.Dispatcher, Minutes: 1}
			}
		}},
		{"rules[1].steps[0].role", func(p *AlarmPolicy) { p.Rules[1].Steps[0].Role = actor.Registrar }},
		{"rules[1].steps[0].role", func(p *AlarmPolicy) { p.Rules[1].Steps[0].Role = "owner" }},
		{"rules[1].steps[1].minutes", func(p *AlarmPolicy) { p.Rules[1].Steps[1].Minutes = 0 }},
		{"rules[2].verifyMinutes", func(p *AlarmPolicy) { p.Rules[2].VerifyMinutes = maxAnswerMinutes + 1 }},
	} {
		p := defaultPolicy("demo-museum")
		c.bend(p)
		_, err := w.s.SetAlarmPolicy(t.Context(), li, "demo-museum", 0, *p)
		if fields := fault.Of(err).Fields(); !errors.Is(err, fault.ErrInvalid) || len(fields) != 1 || fields[0].Path != c.path {
			t.Errorf("%s: %v", c.path, err)
		}
	}
}

func TestNoAlarmIsLostForWantOfARule(t *testing.T) {
	w := newAlarmWorld(t)
	w.in(func(tx *store.Tx) error {
		return alarmPolicies.Put(tx, &AlarmPolicy{Meta: store.Meta{ID: "demo-museum", Org: "demo-museum"}, Rules: []AlarmRule{{Severity: 1}}})
	})
	if a := w.raise("aa01", "ungraded"); a.Duty != "dispatcher" || a.EscalateAt == nil {
		t.Fatalf("%+v", a)
	}
}
