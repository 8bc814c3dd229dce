package mediahttp

import (
	"context"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/media"
	"yijianyou/web/httpkit"
)

type listInput struct {
	Org   string `query:"org" maxLength:"64" required:"true" doc:"whose assets"`
	Type  string `query:"type" enum:"image,audio,video" doc:"without it every type"`
	State string `query:"state" enum:"uploaded,processing,ready,failed,removed" doc:"without it every state but removed"`
	Q     string `query:"q" maxLength:"200" doc:"a part of the name of the file"`
	httpkit.PageInput
}

type listOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         httpkit.Page[assetView]
}

// SetTerms are the new terms of an asset.
type SetTerms struct {
	media.Terms
	Reason string `json:"reason,omitempty" doc:"kept in the history; required while published records show the asset"`
}

type termsInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.IfMatchInput
	Body SetTerms
}

func (h *handler) mountTerms(r *httpkit.Router) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/media", ID: "media-list", Tag: "media",
		Summary: "The assets of an organisation, the newest first, for staff", Policy: httpkit.Session(), Faults: []*fault.Code{media.ErrNotFound}}, h.list)
	httpkit.Handle(r, httpkit.Op{Method: "PUT", Path: "/api/v1/media/{id}/terms", ID: "media-terms", Tag: "media",
		Summary: "Say whose an asset is and what others may do with it", Policy: httpkit.Can(mediaWrite),
		Faults: []*fault.Code{media.ErrNotFound, media.ErrDenied, media.ErrPolicyDenied, media.ErrTermsReason, media.ErrLicence}}, h.setTerms)
}

func (h *handler) list(ctx context.Context, in *listInput) (*listOutput, error) {
	f := media.Filter{Org: actor.OrgID(in.Org), Type: media.Type(in.Type), State: media.State(in.State), Name: in.Q}
	page, err := h.Service.List(ctx, httpkit.Actor(ctx), f, in.Limit, in.After())
	if err != nil {
		return nil, err
	}
	out := &listOutput{CacheControl: privateAny, Body: httpkit.Page[assetView]{Items: make([]assetView, 0, len(page.Items)), Cursor: string(page.Next)}}
	for _, a := range page.Items {
		v, err := h.view(ctx, a)
		if err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, v)
	}
	return out, nil
}

func (h *handler) setTerms(ctx context.Context, in *termsInput) (*assetOutput, error) {
	rev, err := in.Rev()
	if err != nil {
		return nil, err
	}
	a, err := h.Service.SetTerms(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Terms, in.Body.Reason)
	return h.output(ctx, a, err)
}
