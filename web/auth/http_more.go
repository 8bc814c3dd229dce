package auth

import (
	"context"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/web/httpkit"
)

type keyView struct {
	ID        string        `json:"id"`
	Org       string        `json:"org"`
	Label     string        `json:"label"`
	Grants    []actor.Grant `json:"grants" nullable:"false"`
	Hint      string        `json:"hint" doc:"its last four characters"`
	CreatedAt time.Time     `json:"createdAt"`
	ExpiresAt time.Time     `json:"expiresAt"`
	RevokedAt *time.Time    `json:"revokedAt,omitempty"`
}

func viewKey(k *Key) keyView {
	return keyView{ID: k.ID, Org: string(k.Org), Label: k.Label, Grants: k.Grants, Hint: k.Hint, CreatedAt: k.CreatedAt,
		ExpiresAt: k.ExpiresAt, RevokedAt: k.RevokedAt}
}

type keysInput struct {
	httpkit.PageInput
	Org string `query:"org" maxLength:"64"`
}

type keysOutput struct{ Body httpkit.Page[keyView] }

type keyCreateInput struct {
	Body struct {
		Org       string        `json:"org,omitempty" maxLength:"64"`
		Label     string        `json:"label" minLength:"1" maxLength:"80"`
		Grants    []actor.Grant `json:"grants" nullable:"false" minItems:"1" maxItems:"40"`
		ExpiresAt time.Time     `json:"expiresAt"`
	}
}

type keyCreateOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Key    string  `json:"key" doc:"send it as Authorization: Bearer; shown only now"`
		Record keyView `json:"record"`
	}
}

type keyRevokeInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

func mountKeys(r *httpkit.Router, s *Service) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/keys", ID: "keys", Tag: "keys", Summary: "API keys of an organisation", Policy: httpkit.Can(actor.AccountRead)},
		func(ctx context.Context, in *keysInput) (*keysOutput, error) {
			page, err := s.ListKeys(ctx, httpkit.Actor(ctx), actor.OrgID(in.Org), in.Limit, in.After())
			if err != nil {
				return nil, err
			}
			return &keysOutput{Body: httpkit.NewPage(page, viewKey)}, nil
		})
	httpkit.Handle(r, httpkit.Op{Method: "POST", Path: "/api/v1/keys", ID: "key-create", Tag: "keys", Summary: "Make an API key for a partner",
		Policy: httpkit.Can(actor.AccountWrite), Status: 201, NoReplay: true},
		func(ctx context.Context, in *keyCreateInput) (*keyCreateOutput, error) {
			k, text, err := s.CreateKey(ctx, httpkit.Actor(ctx), NewKey{Org: actor.OrgID(in.Body.Org), Label: in.Body.Label, Grants: in.Body.Grants, ExpiresAt: in.Body.ExpiresAt})
			if err != nil {
				return nil, err
			}
			out := &keyCreateOutput{CacheControl: "no-store"}
			out.Body.Key, out.Body.Record = text, viewKey(k)
			return out, nil
		})
	httpkit.Handle(r, httpkit.Op{Method: "POST", Path: "/api/v1/keys/{id}/revoke", ID: "key-revoke", Tag: "keys", Summary: "End a key for ever",
		Policy: httpkit.Can(actor.AccountWrite), Status: 204},
		func(ctx context.Context, in *keyRevokeInput) (*struct{}, error) {
			return nil, s.RevokeKey(ctx, httpkit.Actor(ctx), in.ID, in.Body.Reason)
		})
}

type orgView struct {
	ID        string `json:"id"`
	Rev       int64  `json:"rev"`
	Name      Text   `json:"name"`
	Kind      string `json:"kind" enum:"museum,area,authority"`
	Simulated bool   `json:"simulated" doc:"a labelled example with simulated data"`
}

func viewOrg(o *Org) orgView {
	return orgView{ID: o.ID, Rev: o.Rev, Name: o.Name, Kind: string(o.Kind), Simulated: o.Simulated}
}

type orgsOutput struct{ Body httpkit.Page[orgView] }

type orgOutput struct {
	httpkit.Entity
	Body orgView
}

type orgBody struct {
	Name      Text   `json:"name"`
	Kind      string `json:"kind" enum:"museum,area,authority"`
	Simulated bool   `json:"simulated,omitempty"`
}

type orgCreateInput struct {
	Body struct {
		ID        string `json:"id" minLength:"1" maxLength:"64" pattern:"^[a-z0-9-]+$"`
		Name      Text   `json:"name"`
		Kind      string `json:"kind" enum:"museum,area,authority"`
		Simulated bool   `json:"simulated,omitempty"`
	}
}

type orgChangeInput struct {
	ID string `path:"id" maxLength:"64"`
	httpkit.IfMatchInput
	Body orgBody
}

func mountOrgs(r *httpkit.Router, s *Service) {
	answer := func(ctx context.Context, o *Org, err error) (*orgOutput, error) {
		if err != nil {
			return nil, err
		}
		return &orgOutput{Entity: httpkit.NewEntity(ctx, o.Rev, ""), Body: viewOrg(o)}, nil
	}
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/orgs", ID: "orgs", Tag: "orgs", Summary: "Organisations", Policy: httpkit.Public()},
		func(ctx context.Context, in *httpkit.PageInput) (*orgsOutput, error) {
			page, err := s.ListOrgs(ctx, in.Limit, in.After())
			if err != nil {
				return nil, err
			}
			return &orgsOutput{Body: httpkit.NewPage(page, viewOrg)}, nil
		})
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/orgs/{id}", ID: "org-by-id", Tag: "orgs", Summary: "One organisation", Policy: httpkit.Public()},
		func(ctx context.Context, in *idInput) (*orgOutput, error) {
			o, err := s.Org(ctx, in.ID)
			return answer(ctx, o, err)
		})
	httpkit.Handle(r, httpkit.Op{Method: "POST", Path: "/api/v1/orgs", ID: "org-create", Tag: "orgs", Summary: "Create an organisation",
		Policy: httpkit.Can(actor.AccountWrite), Status: 201},
		func(ctx context.Context, in *orgCreateInput) (*orgOutput, error) {
			o := &Org{Meta: store.Meta{ID: in.Body.ID}, Name: in.Body.Name, Kind: OrgKind(in.Body.Kind), Simulated: in.Body.Simulated}
			return answer(ctx, o, s.PutOrg(ctx, httpkit.Actor(ctx), o))
		})
	httpkit.Handle(r, httpkit.Op{Method: "PUT", Path: "/api/v1/orgs/{id}", ID: "org-change", Tag: "orgs", Summary: "Change an organisation",
		Policy: httpkit.Can(actor.AccountWrite)},
		func(ctx context.Context, in *orgChangeInput) (*orgOutput, error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			o := &Org{Meta: store.Meta{ID: in.ID, Rev: rev}, Name: in.Body.Name, Kind: OrgKind(in.Body.Kind), Simulated: in.Body.Simulated}
			return answer(ctx, o, s.PutOrg(ctx, httpkit.Actor(ctx), o))
		})
}

type auditInput struct {
	httpkit.PageInput
	Org        string    `query:"org" maxLength:"64"`
	Actor      string    `query:"actor" maxLength:"80" doc:"account id, key:ID, or the name of a system part"`
	Collection string    `query:"collection" maxLength:"40" example:"relics"`
	Doc        string    `query:"doc" maxLength:"128" doc:"id of the document; needs collection to be quick"`
	Action     string    `query:"action" maxLength:"80"`
	From       time.Time `query:"from" doc:"inclusive"`
	To         time.Time `query:"to" doc:"exclusive"`
}

type auditView struct {
	ID         string    `json:"id"`
	At         time.Time `json:"at"`
	Org        string    `json:"org"`
	Collection string    `json:"collection"`
	Doc        string    `json:"doc"`
	DocRev     int64     `json:"docRev" doc:"revision that the change made; 0 for an event without a change"`
	Action     string    `json:"action"`
	Reason     string    `json:"reason,omitempty"`
	Actor      struct {
		Kind string `json:"kind" enum:"public,staff,device,system"`
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"actor"`
	RequestID string `json:"requestId,omitempty"`
}

var actorKinds = map[actor.Kind]string{actor.Public: "public", actor.Staff: "staff", actor.Device: "device", actor.System: "system"}

func viewRevision(r *store.Revision) auditView {
	v := auditView{ID: r.ID, At: r.CreatedAt, Org: string(r.Org), Collection: r.Collection, Doc: r.Doc, DocRev: r.DocRev, Action: r.Action,
		Reason: r.Reason, RequestID: r.RequestID}
	v.Actor.Kind, v.Actor.ID, v.Actor.Name = actorKinds[r.ActorKind], r.ActorID, r.ActorName
	return v
}

type auditOutput struct{ Body httpkit.Page[auditView] }

func mountAudit(r *httpkit.Router, s *Service) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/audit", ID: "audit", Tag: "audit",
		Summary: "The audit trail, newest first; a page may be short and still have a next one", Policy: httpkit.Can(actor.AuditRead)},
		func(ctx context.Context, in *auditInput) (*auditOutput, error) {
			page, err := s.Audit(ctx, httpkit.Actor(ctx), AuditQuery{Org: actor.OrgID(in.Org), Actor: in.Actor, Collection: in.Collection, Doc: in.Doc,
				Action: in.Action, From: in.From, To: in.To, Limit: in.Limit, After: in.After()})
			if err != nil {
				return nil, err
			}
			return &auditOutput{Body: httpkit.NewPage(page, viewRevision)}, nil
		})
}
