package auth

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// Account is a member of staff. Meta.Org is the home organisation; empty means
// that only city-wide administrators rule it.
type Account struct {
	store.Meta  `bson:",inline"`
	Name        string        `bson:"name"`        // to log in with; lower case, unique
	DisplayName string        `bson:"displayName"` // what others see, such as 示范库房保管员
	Grants      []actor.Grant `bson:"grants"`
	Orgs        []string      `bson:"orgs"` // home and organisations of the grants, for lists

	Locked     bool   `bson:"locked"`
	LockReason string `bson:"lockReason,omitempty"`

	FactorRequired bool `bson:"factorRequired"` // beyond what the roles require
	FactorEnrolled bool `bson:"factorEnrolled"`
	MustChange     bool `bson:"mustChange"` // the password was set by another

	ActiveAdmin bool `bson:"activeAdmin,omitempty"` // unlocked and city-wide administrator; derived
}

var accounts = store.Define[Account](store.Spec{Name: "accounts", Schema: 1, History: true, Feed: true, Indexes: []store.Index{
	{Name: "byName", Parts: []store.Part{{Path: "name"}}, Unique: true},
	{Name: "byOrg", Parts: []store.Part{{Path: "orgs", Array: true}, {Path: "name"}}},
	{Name: "byActiveAdmin", Parts: []store.Part{{Path: "activeAdmin", Kind: store.Bool}}},
}})

// derive fills what follows from the rest.
func (a *Account) derive() {
	a.Orgs = []string{string(a.Org)}
	a.ActiveAdmin = false
	for _, g := range a.Grants {
		if !slices.Contains(a.Orgs, string(g.Org)) {
			a.Orgs = append(a.Orgs, string(g.Org))
		}
		if g.Role == actor.Admin && g.Org == actor.CityWide && !a.Locked {
			a.ActiveAdmin = true
		}
	}
}

const (
	maxGrants = 40
	maxReason = 500
)

var accountName = regexp.MustCompile(`^[a-z][a-z0-9._-]{1,39}$`)

// normalName is how names are compared: NFKC is not needed, they are ASCII.
func normalName(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func checkDisplayName(s, path string) []fault.Field {
	n := utf8.RuneCountInString(s)
	if n < 1 || n > 60 || strings.TrimSpace(s) != s || strings.ContainsFunc(s, unicode.IsControl) {
		return []fault.Field{ErrDisplayName.At(path)}
	}
	return nil
}

// checkGrants returns the rules that grants break. orgExists tells whether an
// organisation is there.
func checkGrants(grants []actor.Grant, orgExists func(actor.OrgID) (bool, error)) ([]fault.Field, error) {
	if len(grants) > maxGrants {
		return []fault.Field{ErrGrantsMany.At("grants", fault.P("max", maxGrants))}, nil
	}
	var fields []fault.Field
	seen := make(map[actor.Grant]bool)
	for i, g := range grants {
		at := "grants[" + itoa(i) + "]"
		if !actor.ValidRole(g.Role) {
			fields = append(fields, ErrRole.At(at+".role"))
		}
		if seen[g] {
			fields = append(fields, ErrGrantTwice.At(at))
		}
		seen[g] = true
		if g.Org == actor.CityWide {
			continue
		}
		ok, err := orgExists(g.Org)
		if err != nil {
			return nil, err
		}
		if !ok {
			fields = append(fields, ErrOrgUnknown.At(at+".org"))
		}
	}
	if _, _, bad := actor.Incompatible(grants); bad {
		fields = append(fields, ErrIncompatible.At("grants"))
	}
	return fields, nil
}

// mayRule reports whether by may do action with the account: in its home and
// wherever it has a grant.
func mayRule(by actor.Actor, action actor.Action, a *Account) bool {
	if !by.Can(action, a.Org) {
		return false
	}
	for _, g := range a.Grants {
		if !by.Can(action, g.Org) {
			return false
		}
	}
	return true
}

// maySee reports whether by may know of the account: in its home or anywhere
// that it has a grant.
func maySee(by actor.Actor, a *Account) bool {
	if by.Can(actor.AccountRead, a.Org) {
		return true
	}
	for _, g := range a.Grants {
		if g.Org != actor.CityWide && by.Can(actor.AccountRead, g.Org) {
			return true
		}
	}
	return false
}

// acts returns the actor that the account is, with no grants while something
// is pending.
func (a *Account) acts(requestID string, pending []string) actor.Actor {
	by := actor.Actor{Kind: actor.Staff, ID: a.ID, Name: a.DisplayName, RequestID: requestID}
	if len(pending) == 0 {
		by.Grants = slices.Clone(a.Grants)
	}
	return by
}
