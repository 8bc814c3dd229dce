package mediahttp

import (
	"context"
	"errors"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/web/httpkit"
)

// picturePolicy is the picture policy of an organisation.
type picturePolicy struct {
	Org       actor.OrgID     `json:"org"`
	Rules     []media.Rule    `json:"rules" nullable:"false" doc:"for each grade under which a picture is shown the first that fits decides; of several the strictest size holds and the first mark"`
	Default   bool            `json:"default" doc:"the organisation has stored none; this is the program's"`
	Grades    []string        `json:"grades" nullable:"false" doc:"codes that a rule may name"`
	Licences  []media.Licence `json:"licences" nullable:"false" doc:"licences that terms and rules may name"`
	UpdatedAt *time.Time      `json:"updatedAt" doc:"null when none is stored"`
	Rev       int64           `json:"rev" doc:"0 when none is stored"`
}

type policyInput struct {
	Org string `path:"org" maxLength:"64"`
}

type policyOutput struct {
	httpkit.Entity
	Body picturePolicy
}

// SetPicturePolicy is a new picture policy.
type SetPicturePolicy struct {
	Rules  []media.Rule `json:"rules" nullable:"false"`
	Reason string       `json:"reason" doc:"kept in the history"`
}

type setPolicyInput struct {
	Org     string `path:"org" maxLength:"64"`
	IfMatch string `header:"If-Match" maxLength:"128" doc:"ETag of the policy that was read; left out only while none is stored"`
	Body    SetPicturePolicy
}

func (h *handler) mountPolicies(r *httpkit.Router) {
	op := func(method, id, summary string, faults ...*fault.Code) httpkit.Op {
		return httpkit.Op{Method: method, Path: "/api/v1/media/policies/{org}", ID: id, Tag: "media", Summary: summary, Policy: httpkit.Session(),
			Faults: append(faults, media.ErrNotFound)}
	}
	httpkit.Handle(r, op("GET", "media-policy", "In what size and with what mark the public gets the pictures of an organisation"),
		func(ctx context.Context, in *policyInput) (*policyOutput, error) {
			p, err := h.Service.Policy(ctx, httpkit.Actor(ctx), actor.OrgID(in.Org))
			return h.policy(ctx, p, err)
		})
	httpkit.Handle(r, op("PUT", "media-policy-set", "Say in what size and with what mark the public gets the pictures of an organisation",
		media.ErrPolicyDenied, media.ErrPolicyReason, media.ErrRules, media.ErrGrade, media.ErrLicence, media.ErrMaxSize, media.ErrWatermark), h.setPolicy)
}

func (h *handler) setPolicy(ctx context.Context, in *setPolicyInput) (*policyOutput, error) {
	var rev int64 // of the first policy there is none to match
	if in.IfMatch != "" {
		var err error
		if rev, err = (httpkit.IfMatchInput{IfMatch: in.IfMatch}).Rev(); err != nil {
			return nil, err
		}
	}
	p, err := h.Service.SetPolicy(ctx, httpkit.Actor(ctx), actor.OrgID(in.Org), rev, in.Body.Rules, in.Body.Reason)
	if rev == 0 && errors.Is(err, store.ErrConflict) {
		err = httpkit.ErrNoIfMatch.New()
	}
	return h.policy(ctx, p, err)
}

func (h *handler) policy(ctx context.Context, p *media.Policy, err error) (*policyOutput, error) {
	if err != nil {
		return nil, err
	}
	v := picturePolicy{Org: p.Org, Rules: make([]media.Rule, 0, len(p.Rules)), Default: p.Rev == 0, Grades: h.Service.Grades(), Licences: media.Licences(), Rev: p.Rev}
	for _, r := range p.Rules {
		r.Grades, r.Licences = append([]string{}, r.Grades...), append([]media.Licence{}, r.Licences...)
		v.Rules = append(v.Rules, r)
	}
	out := &policyOutput{Body: v}
	if out.CacheControl = privateAny; p.Rev > 0 {
		out.Entity = httpkit.NewEntity(ctx, p.Rev, string(httpkit.StaffView))
		out.Body.UpdatedAt = &p.UpdatedAt
	}
	return out, nil
}
