package mediahttp

import (
	"context"

	"yijianyou/internal/fault"
	"yijianyou/media"
	"yijianyou/web/httpkit"
)

// attribution is what is said beside a picture: whose it is, the line that its
// holder wants to be shown, and what others may do with it.
type attribution struct {
	Holder  media.Text    `json:"holder"`
	Credit  media.Text    `json:"credit"`
	Licence media.Licence `json:"licence" doc:"URI of a Creative Commons licence or a RightsStatements.org statement; empty is none named"`
}

type attributionOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         attribution
}

func (h *handler) mountAttribution(r *httpkit.Router) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/media/{id}/attribution", ID: "media-attribution", Tag: "media",
		Summary: "Whose a picture is and what others may do with it, for those who may see it", Policy: httpkit.Public(),
		Faults: []*fault.Code{media.ErrNotFound, media.ErrNotReady, media.ErrFailed}}, h.attribution)
}

func (h *handler) attribution(ctx context.Context, in *assetInput) (*attributionOutput, error) {
	look, err := h.Service.Look(ctx, h.Store, httpkit.Actor(ctx), in.ID, false)
	if err != nil {
		return nil, err
	}
	t := look.Asset.Terms
	out := &attributionOutput{CacheControl: publicJSON, Body: attribution{Holder: t.Holder, Credit: t.Credit, Licence: t.Licence}}
	if look.Private {
		out.CacheControl = privateAny
	}
	return out, nil
}
