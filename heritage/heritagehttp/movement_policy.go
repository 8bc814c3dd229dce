package heritagehttp

import (
	"context"
	"errors"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/web/httpkit"
)

type policyInput struct {
	Org string `path:"org" maxLength:"64"`
}

type policyOutput struct {
	httpkit.Entity
	Body MovementPolicyView
}

type setPolicyInput struct {
	Org     string `path:"org" maxLength:"64"`
	IfMatch string `header:"If-Match" maxLength:"128" doc:"ETag of the policy that was read; left out only while none is stored"`
	Body    SetMovementPolicy
}

// SetMovementPolicy is a new policy.
type SetMovementPolicy struct {
	Fields heritage.MovementPolicyFields `json:"fields"`
	Reason string                        `json:"reason" doc:"kept in the history"`
}

func mountMovementPolicies(r *httpkit.Router, h movements) {
	op := func(method, id, summary string, action actor.Action) httpkit.Op {
		return httpkit.Op{Method: method, Path: "/api/v1/movement-policies/{org}", ID: id, Tag: "movements", Summary: summary, Policy: httpkit.Can(action)}
	}
	httpkit.Handle(r, op("GET", "movement-policy", "Who approves the movements of an organisation", actor.MovementRead),
		func(ctx context.Context, in *policyInput) (*policyOutput, error) {
			p, err := h.of.Policy(ctx, httpkit.Actor(ctx), actor.OrgID(in.Org))
			return policy(ctx, p, err)
		})
	httpkit.Handle(r, op("PUT", "movement-policy-set", "Say who approves the movements of an organisation", actor.AccountWrite),
		func(ctx context.Context, in *setPolicyInput) (*policyOutput, error) {
			var rev int64 // of the first policy there is none to match
			if in.IfMatch != "" {
				var err error
				if rev, err = (httpkit.IfMatchInput{IfMatch: in.IfMatch}).Rev(); err != nil {
					return nil, err
				}
			}
			p, err := h.of.SetPolicy(ctx, httpkit.Actor(ctx), actor.OrgID(in.Org), rev, in.Body.Fields, in.Body.Reason)
			if rev == 0 && errors.Is(err, store.ErrConflict) {
				err = httpkit.ErrNoIfMatch.New()
			}
			return policy(ctx, p, httpkit.Under(err, "fields", "org", "reason"))
		})
}

func policy(ctx context.Context, p *heritage.MovementPolicy, err error) (*policyOutput, error) {
	if err != nil {
		return nil, err
	}
	out := &policyOutput{Body: policyView(p)}
	if out.CacheControl = "private, no-store"; p.Rev > 0 {
		out.Entity = staffEntity(ctx, p.Rev)
	}
	return out, nil
}
