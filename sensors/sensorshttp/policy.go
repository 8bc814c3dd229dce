package sensorshttp

import (
	"context"

	"yijianyou/internal/actor"
	"yijianyou/sensors"
	"yijianyou/web/httpkit"
)

// AlarmPolicyView is who must answer the alarms of an organisation, and how fast.
type AlarmPolicyView struct {
	Org      actor.OrgID         `json:"org"`
	Rev      int64               `json:"rev" doc:"0: the organisation has set none, this is the default"`
	Rules    []sensors.AlarmRule `json:"rules" nullable:"false" doc:"one for each severity"`
	Source   string              `json:"source" doc:"by which document or decision"`
	Verified bool                `json:"verified" doc:"somebody has checked it against that document"`
}

// AlarmPolicyBody is a policy that is to be set.
type AlarmPolicyBody struct {
	Rules    []sensors.AlarmRule `json:"rules" doc:"one for each severity from 1 to 4"`
	Source   string              `json:"source" doc:"by which document or decision; required"`
	Verified bool                `json:"verified" required:"false"`
}

type policyInput struct {
	Org string `path:"org" maxLength:"64"`
}

type setPolicyInput struct {
	Org string `path:"org" maxLength:"64"`
	httpkit.IfMatchInput
	Body AlarmPolicyBody
}

// mountPolicies declares who must answer alarms.
func mountPolicies(r *httpkit.Router, svc *sensors.Service) {
	op := func(method, id, summary string, policy httpkit.Policy) httpkit.Op {
		return httpkit.Op{Method: method, Path: "/api/v1/alarm-policies/{org}", ID: id, Tag: "alarms", Summary: summary, Policy: policy}
	}
	httpkit.Handle(r, op("GET", "alarm-policy", "Who must answer the alarms of an organisation, and how fast", readAlarms),
		func(ctx context.Context, in *policyInput) (*oneOutput[AlarmPolicyView], error) {
			p, err := svc.AlarmPolicy(ctx, httpkit.Actor(ctx), actor.OrgID(in.Org))
			return policyOutput(ctx, p, err)
		})
	httpkit.Handle(r, op("PUT", "alarm-policy-set", "Set it; without If-Match where none is set (409 when there is one)", setupAlarms),
		func(ctx context.Context, in *setPolicyInput) (*oneOutput[AlarmPolicyView], error) {
			rev := int64(0)
			if in.IfMatch != "" {
				var err error
				if rev, err = in.Rev(); err != nil {
					return nil, err
				}
			}
			p, err := svc.SetAlarmPolicy(ctx, httpkit.Actor(ctx), actor.OrgID(in.Org), rev,
				sensors.AlarmPolicy{Rules: in.Body.Rules, Source: in.Body.Source, Verified: in.Body.Verified})
			return policyOutput(ctx, p, err)
		})
}

func policyOutput(ctx context.Context, p *sensors.AlarmPolicy, err error) (*oneOutput[AlarmPolicyView], error) {
	if err != nil {
		return nil, err
	}
	out := &oneOutput[AlarmPolicyView]{Body: AlarmPolicyView{Org: p.Org, Rev: p.Rev, Rules: p.Rules, Source: p.Source, Verified: p.Verified}}
	if p.Rev > 0 {
		out.Entity = entity(ctx, p.Rev)
	}
	return out, nil
}
