package heritage_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

func TestWhoApprovesFollowsGradeAndQuantity(t *testing.T) {
	h := newHouse(t)
	pieces := func(n int) func(*heritage.RelicFields) {
		return func(f *heritage.RelicFields) { f.Quantity.Actual = ptr(n) }
	}
	in := func(set heritage.RelicID) func(*heritage.RelicFields) {
		return func(f *heritage.RelicFields) { f.PartOf = set }
	}
	plain, treasure := h.relic("general"), h.relic("grade-1")
	h.relic("grade-3", in(plain))
	for _, c := range []struct {
		rule   string
		relics []heritage.RelicID
		level  string
	}{
		{"an ordinary relic", []heritage.RelicID{h.relic("general")}, "department"},
		{"grade one", []heritage.RelicID{h.relic("grade-1")}, "director"},
		{"grade three among others", []heritage.RelicID{h.relic("general"), h.relic("grade-3")}, "director"},
		{"not graded is precious", []heritage.RelicID{h.relic("ungraded")}, "director"},
		{"so is no grade at all", []heritage.RelicID{h.relic("")}, "director"},
		{"three objects", []heritage.RelicID{h.relic("general"), h.relic("general"), h.relic("general")}, "department"},
		{"four objects", []heritage.RelicID{h.relic("general"), h.relic("general"), h.relic("general"), h.relic("general")}, "director"},
		{"four pieces of one set", []heritage.RelicID{h.relic("general", pieces(4))}, "director"},
		{"a set with a precious part", []heritage.RelicID{plain}, "director"},
		{"a part of a treasure", []heritage.RelicID{h.relic("", in(treasure))}, "director"},
	} {
		if o := h.ask(h.wants(c.relics...)); len(o.Approvals) != 1 || o.Approvals[0].Level != c.level {
			t.Errorf("%s: %+v, want %s", c.rule, o.Approvals, c.level)
		}
	}
}

func TestTwoLevelsAreTwoPersonsAndNamedOnes(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	m := h.Movements
	policy := heritage.DefaultMovementPolicy()
	policy.Levels[1].Accounts = []string{"director"}
	policy.Rules[0].Levels = []string{"department", "director"}
	_, err := m.SetPolicy(ctx, registrar, "demo-museum", 0, policy, "本馆制度")
	wantErr(t, err, heritage.ErrDenied)
	_, err = m.SetPolicy(ctx, outsider, "demo-museum", 0, policy, "本馆制度")
	wantErr(t, err, heritage.ErrNotFound)
	_, err = m.SetPolicy(ctx, admin, "demo-museum", 0, policy, "")
	wantField(t, err, "reason", heritage.ErrReason)
	stored, err := m.SetPolicy(ctx, admin, "demo-museum", 0, policy, "本馆制度")
	must(t, err)
	_, err = m.SetPolicy(ctx, admin, "demo-museum", 0, policy, "再次")
	wantErr(t, err, store.ErrConflict)
	got, err := m.Policy(ctx, keeper, "demo-museum")
	must(t, err)
	if diff := cmp.Diff(stored, got); diff != "" {
		t.Errorf("the policy comes back as\n%s", diff)
	}

	id := heritage.MovementID(h.ask(h.wants(h.relic("grade-1"))).ID)
	_, err = m.Approve(ctx, approver, id, 0, "同意")
	must(t, err)
	_, err = m.Approve(ctx, approver, id, 0, "同意")
	wantErr(t, err, heritage.ErrApprovedBefore)
	_, err = m.Approve(ctx, staff("approver-2", actor.Approver, "demo-museum"), id, 0, "同意")
	wantErr(t, err, heritage.ErrLevel)
	o, err := m.Movement(ctx, keeper, id)
	must(t, err)
	if o.State != heritage.Requested {
		t.Errorf("one of two levels made it %s", o.State)
	}
	o, err = m.Approve(ctx, director, id, 0, "同意")
	must(t, err)
	if o.State != heritage.Approved || o.Approvals[0].By.ID != "approver" || o.Approvals[1].By.ID != "director" {
		t.Errorf("approved as %+v", o.Approvals)
	}
	for path, spoil := range map[string]func(*heritage.MovementPolicyFields){
		"otherwise[0]":       func(f *heritage.MovementPolicyFields) { f.Otherwise = []string{"king"} },
		"levels[1].code":     func(f *heritage.MovementPolicyFields) { f.Levels[1].Code = "department" },
		"levels[0].name.zh":  func(f *heritage.MovementPolicyFields) { f.Levels[0].Name = heritage.Text{} },
		"levels[1].name.zh":  func(f *heritage.MovementPolicyFields) { f.Levels[1].Name.ZH = strings.Repeat("长", 61) },
		"rules[0].grades[0]": func(f *heritage.MovementPolicyFields) { f.Rules[0].Grades[0] = "best" },
		"rules[0].levels[1]": func(f *heritage.MovementPolicyFields) { f.Rules[0].Levels = []string{"department", "department"} },
		"otherwise":          func(f *heritage.MovementPolicyFields) { f.Otherwise = nil },
	} {
		f := heritage.DefaultMovementPolicy()
		spoil(&f)
		_, err := m.SetPolicy(ctx, admin, "demo-museum", stored.Rev, f, "试")
		if !slices.ContainsFunc(fault.Of(err).Fields(), func(f fault.Field) bool { return f.Path == path }) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
