package auth

import (
	"context"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/web/httpkit"
)

// accountView is an account as administrators and auditors see it.
type accountView struct {
	ID             string        `json:"id"`
	Rev            int64         `json:"rev"`
	Account        string        `json:"account"`
	Name           string        `json:"name"`
	Org            string        `json:"org"`
	Grants         []actor.Grant `json:"grants" nullable:"false"`
	Locked         bool          `json:"locked"`
	LockReason     string        `json:"lockReason,omitempty"`
	FactorRequired bool          `json:"factorRequired" doc:"beyond what the roles require"`
	FactorEnrolled bool          `json:"factorEnrolled"`
	MustChange     bool          `json:"mustChange" doc:"the password was set by another"`
	CreatedAt      time.Time     `json:"createdAt"`
	UpdatedAt      time.Time     `json:"updatedAt"`
}

func viewAccount(a *Account) accountView {
	v := accountView{ID: a.ID, Rev: a.Rev, Account: a.Name, Name: a.DisplayName, Org: string(a.Org), Grants: a.Grants, Locked: a.Locked,
		LockReason: a.LockReason, FactorRequired: a.FactorRequired, FactorEnrolled: a.FactorEnrolled, MustChange: a.MustChange,
		CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt}
	if v.Grants == nil {
		v.Grants = []actor.Grant{}
	}
	return v
}

type accountOutput struct {
	httpkit.Entity
	Body accountView
}

func accountAnswer(ctx context.Context, a *Account, err error) (*accountOutput, error) {
	if err != nil {
		return nil, err
	}
	return &accountOutput{Entity: httpkit.NewEntity(ctx, a.Rev, string(httpkit.StaffView)), Body: viewAccount(a)}, nil
}

type accountsInput struct {
	httpkit.PageInput
	Org string `query:"org" maxLength:"64" doc:"with a home or a role there"`
}

type accountsOutput struct{ Body httpkit.Page[accountView] }

type accountCreateInput struct {
	Body struct {
		Account        string        `json:"account" minLength:"2" maxLength:"40" pattern:"^[a-z][a-z0-9._-]+$" example:"demo.keeper"`
		Name           string        `json:"name" minLength:"1" maxLength:"60" example:"示范库房保管员"`
		Org            string        `json:"org,omitempty" maxLength:"64" doc:"home organisation; empty for city-wide staff"`
		Grants         []actor.Grant `json:"grants" nullable:"false" maxItems:"40"`
		Password       string        `json:"password" minLength:"12" maxLength:"256" doc:"temporary: the owner must change it at the first login"`
		FactorRequired bool          `json:"factorRequired,omitempty"`
	}
}

type accountChangeInput struct {
	ID string `path:"id" maxLength:"64"`
	httpkit.IfMatchInput
	Body struct {
		Name           string `json:"name" minLength:"1" maxLength:"60"`
		FactorRequired bool   `json:"factorRequired"`
		Reason         string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

type accountGrantsInput struct {
	ID string `path:"id" maxLength:"64"`
	httpkit.IfMatchInput
	Body struct {
		Grants []actor.Grant `json:"grants" nullable:"false" maxItems:"40"`
		Reason string        `json:"reason" minLength:"1" maxLength:"500"`
	}
}

type accountReasonInput struct {
	ID string `path:"id" maxLength:"64"`
	httpkit.IfMatchInput
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

type accountPasswordInput struct {
	ID string `path:"id" maxLength:"64"`
	httpkit.IfMatchInput
	Body struct {
		Password string `json:"password" minLength:"12" maxLength:"256"`
		Reason   string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

func mountAccounts(r *httpkit.Router, s *Service) {
	read, write := httpkit.Can(actor.AccountRead), httpkit.Can(actor.AccountWrite)
	faults := []*fault.Code{ErrOwnAccount, ErrLastAdmin}
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/roles", ID: "roles", Tag: "accounts", Summary: "Roles with their names", Policy: httpkit.Session()},
		func(context.Context, *struct{}) (*rolesOutput, error) {
			out := &rolesOutput{Body: httpkit.Page[roleView]{Items: []roleView{}}}
			for _, role := range actor.Roles {
				out.Body.Items = append(out.Body.Items, roleView{Code: string(role), Label: roleLabels[role]})
			}
			return out, nil
		})
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/accounts", ID: "accounts", Tag: "accounts", Summary: "Accounts, by name", Policy: read},
		func(ctx context.Context, in *accountsInput) (*accountsOutput, error) {
			page, err := s.ListAccounts(ctx, httpkit.Actor(ctx), actor.OrgID(in.Org), in.Limit, in.After())
			if err != nil {
				return nil, err
			}
			return &accountsOutput{Body: httpkit.NewPage(page, viewAccount)}, nil
		})
	httpkit.Handle(r, httpkit.Op{Method: "POST", Path: "/api/v1/accounts", ID: "account-create", Tag: "accounts", Summary: "Create an account",
		Policy: write, Status: 201, NoReplay: true, Faults: []*fault.Code{ErrAccountTaken}},
		func(ctx context.Context, in *accountCreateInput) (*accountOutput, error) {
			b := in.Body
			a, err := s.CreateAccount(ctx, httpkit.Actor(ctx), NewAccount{Name: b.Account, DisplayName: b.Name, Org: actor.OrgID(b.Org), Grants: b.Grants,
				Password: b.Password, Temporary: true, FactorRequired: b.FactorRequired})
			return accountAnswer(ctx, a, err)
		})
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/accounts/{id}", ID: "account-by-id", Tag: "accounts", Summary: "One account", Policy: read},
		func(ctx context.Context, in *idInput) (*accountOutput, error) {
			a, err := s.Account(ctx, httpkit.Actor(ctx), in.ID)
			return accountAnswer(ctx, a, err)
		})
	httpkit.Handle(r, httpkit.Op{Method: "PUT", Path: "/api/v1/accounts/{id}", ID: "account-change", Tag: "accounts", Summary: "Change the name of an account, or that it needs a second factor",
		Policy: write, Faults: faults},
		func(ctx context.Context, in *accountChangeInput) (*accountOutput, error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			a, err := s.Rename(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Name, in.Body.FactorRequired, in.Body.Reason)
			return accountAnswer(ctx, a, err)
		})
	httpkit.Handle(r, httpkit.Op{Method: "PUT", Path: "/api/v1/accounts/{id}/grants", ID: "account-grant", Tag: "accounts", Summary: "Replace the roles of an account",
		Policy: write, Faults: faults},
		func(ctx context.Context, in *accountGrantsInput) (*accountOutput, error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			a, err := s.SetGrants(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Grants, in.Body.Reason)
			return accountAnswer(ctx, a, err)
		})
	httpkit.Handle(r, httpkit.Op{Method: "POST", Path: "/api/v1/accounts/{id}/password", ID: "account-password", Tag: "accounts", Summary: "Set a temporary password",
		Policy: write, Status: 200, NoReplay: true, Faults: faults},
		func(ctx context.Context, in *accountPasswordInput) (*accountOutput, error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			a, err := s.ResetPassword(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Password, in.Body.Reason)
			return accountAnswer(ctx, a, err)
		})
	for _, act := range []struct {
		verb, summary string
		do            func(ctx context.Context, by actor.Actor, id string, rev int64, reason string) (*Account, error)
	}{
		{"lock", "Lock an account and end its sessions", s.Lock},
		{"unlock", "Unlock an account", s.Unlock},
		{"reset-second-factor", "Remove the second factor of somebody who lost it", s.ResetFactor},
	} {
		httpkit.Handle(r, httpkit.Op{Method: "POST", Path: "/api/v1/accounts/{id}/" + act.verb, ID: "account-" + act.verb, Tag: "accounts",
			Summary: act.summary, Policy: write, Status: 200, Faults: faults},
			func(ctx context.Context, in *accountReasonInput) (*accountOutput, error) {
				rev, err := in.Rev()
				if err != nil {
					return nil, err
				}
				a, err := act.do(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Reason)
				return accountAnswer(ctx, a, err)
			})
	}
}

type roleView struct {
	Code  string `json:"code"`
	Label Text   `json:"label"`
}

type rolesOutput struct{ Body httpkit.Page[roleView] }

// roleLabels are the names of the roles on screens.
var roleLabels = map[actor.Role]Text{
	actor.Admin:       {"系统管理员", "Administrator"},
	actor.Registrar:   {"总账管理员", "Registrar"},
	actor.Keeper:      {"库房保管员", "Keeper"},
	actor.Approver:    {"审批人", "Approver"},
	actor.Reviewer:    {"审核员", "Reviewer"},
	actor.AreaManager: {"景区管理员", "Area manager"},
	actor.Dispatcher:  {"调度员", "Dispatcher"},
	actor.Auditor:     {"审计员", "Auditor"},
}
