package actor

import (
	"strings"
	"testing"
)

func staff(grants ...Grant) Actor { return Actor{Kind: Staff, ID: "a", Grants: grants} }

func TestAGrantReachesItsOrganisationOnly(t *testing.T) {
	a := staff(Grant{Registrar, "demo-museum"})
	if !a.Can(RecordWrite, "demo-museum") || a.Can(RecordWrite, "demo-museum-b") || a.Can(AccountWrite, "demo-museum") {
		t.Error("a registrar writes records of his museum and nothing else")
	}
	if orgs, all := a.Orgs(RecordWrite); all || len(orgs) != 1 || orgs[0] != "demo-museum" {
		t.Errorf("got %v %v", orgs, all)
	}
	city := staff(Grant{Auditor, CityWide})
	if _, all := city.Orgs(AuditRead); !all {
		t.Error("a city-wide grant is every organisation")
	}
}

func TestThePublicAndDevicesMayDoNothing(t *testing.T) {
	for _, a := range []Actor{Nobody(), {Kind: Device, ID: "gate", Grants: []Grant{{Admin, CityWide}}}} {
		if a.CanSomewhere(RecordRead) {
			t.Errorf("%v may read staff records", a.Kind)
		}
	}
	if !SystemPart("import").Can(RecordWrite, "x") {
		t.Error("the system may not write")
	}
}

func TestTheAuditorWritesNothingAndTheAdminErasesNothing(t *testing.T) {
	for _, action := range table[Auditor] {
		if !strings.HasSuffix(string(action), ".read") {
			t.Errorf("the auditor may %s", action)
		}
	}
	for _, action := range table[Admin] {
		if !strings.HasSuffix(string(action), ".read") && action != AccountWrite && action != AlarmSetup { // accounts and settings
			t.Errorf("the administrator may %s", action)
		}
	}
}

func TestEveryRoleIsInTheTable(t *testing.T) {
	for _, r := range Roles {
		if !ValidRole(r) {
			t.Errorf("%s has no row", r)
		}
	}
	if len(Roles) != len(table) || ValidRole("owner") {
		t.Error("the table and the list differ")
	}
}

func TestRegistrarAndKeeperAreTwoPersons(t *testing.T) {
	cases := []struct {
		grants []Grant
		bad    bool
	}{
		{[]Grant{{Registrar, "a"}, {Keeper, "a"}}, true},
		{[]Grant{{Registrar, "a"}, {Keeper, "b"}}, false},
		{[]Grant{{Registrar, CityWide}, {Keeper, "b"}}, true},
		{[]Grant{{Registrar, "a"}, {Keeper, CityWide}}, true},
		{[]Grant{{Registrar, "a"}, {Reviewer, "a"}}, false},
	}
	for _, c := range cases {
		if _, _, bad := Incompatible(c.grants); bad != c.bad {
			t.Errorf("%v: got %v", c.grants, bad)
		}
	}
}

func TestNobodyApprovesWhatHeMayRequest(t *testing.T) {
	for role := range table {
		if RoleCan(role, MovementRequest) && RoleCan(role, MovementApprove) {
			t.Errorf("%s requests and approves movements", role)
		}
	}
}
