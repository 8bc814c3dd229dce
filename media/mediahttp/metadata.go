package mediahttp

import (
	"context"

	"yijianyou/internal/fault"
	"yijianyou/media"
	"yijianyou/web/httpkit"
)

// mountMetadata declares what the files say of their making.
func (h *handler) mountMetadata(r *httpkit.Router) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/media/{id}/metadata", ID: "media-metadata", Tag: "media",
		Summary: "What an original says of its making (EXIF, IPTC, XMP), for staff", Policy: httpkit.Session(),
		Faults: []*fault.Code{media.ErrNotFound, media.ErrOriginalGone, media.ErrStorage}}, h.metadata)
}

// metadataView is what a file says of itself: nobody here has checked it.
type metadataView struct {
	Make             string        `json:"make" doc:"of the camera or scanner; like all texts here empty when the file does not say"`
	Model            string        `json:"model"`
	Lens             string        `json:"lens"`
	Software         string        `json:"software"`
	TakenAt          string        `json:"takenAt" doc:"local time of the camera, with its offset when the file tells it"`
	ExposureS        *float64      `json:"exposureS" doc:"seconds"`
	FNumber          *float64      `json:"fNumber"`
	ISO              *int          `json:"iso"`
	FocalLengthMM    *float64      `json:"focalLengthMm"`
	Title            string        `json:"title"`
	Description      string        `json:"description"`
	Creator          string        `json:"creator"`
	Credit           string        `json:"credit"`
	Copyright        string        `json:"copyright"`
	Position         *positionView `json:"position" doc:"where it was taken, WGS-84; null when the file does not say or you may not see it"`
	PositionWithheld bool          `json:"positionWithheld" doc:"the file has a position, which you may not see"`
}

type positionView struct {
	Latitude  float64  `json:"latitude"`
	Longitude float64  `json:"longitude"`
	AltitudeM *float64 `json:"altitudeM" doc:"metres above the sea"`
}

type metadataOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         metadataView
}

func (h *handler) metadata(ctx context.Context, in *assetInput) (*metadataOutput, error) {
	m, err := h.Service.Metadata(ctx, httpkit.Actor(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	out := &metadataOutput{CacheControl: privateAny, Body: metadataView{Make: m.Make, Model: m.Model, Lens: m.Lens, Software: m.Software, TakenAt: m.TakenAt,
		ExposureS: said(m.ExposureS), FNumber: said(m.FNumber), ISO: said(m.ISO), FocalLengthMM: said(m.FocalLengthMM),
		Title: m.Title, Description: m.Description, Creator: m.Creator, Credit: m.Credit, Copyright: m.Copyright, PositionWithheld: m.Withheld}}
	if p := m.Position; p != nil {
		out.Body.Position = &positionView{Latitude: p.Latitude, Longitude: p.Longitude, AltitudeM: p.AltitudeM}
	}
	return out, nil
}

// said is nil for zero, which says nothing.
func said[T int | float64](v T) *T {
	if v == 0 {
		return nil
	}
	return &v
}
