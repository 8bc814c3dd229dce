package mediahttp

import (
	"context"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/media"
	"yijianyou/web/httpkit"
)

// fixityView is the newest reading of an original.
type fixityView struct {
	CheckedAt *time.Time `json:"checkedAt" doc:"when it was read last; null: not since it was uploaded"`
	OK        bool       `json:"ok" doc:"nothing is wrong with it as far as is known"`
	Fault     string     `json:"fault" enum:",damaged,missing,unreadable" doc:"what is wrong: the file must be restored from a backup"`
}

func fixityOf(f *media.Fixity) fixityView {
	v := fixityView{OK: !f.Outcome.Trouble(), CheckedAt: moment(f.CheckedAt)}
	if !v.OK {
		v.Fault = string(f.Outcome)
	}
	return v
}

// moment is nil for the zero time.
func moment(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

// mountFixity declares the report; it comes before the route of one asset.
func (h *handler) mountFixity(r *httpkit.Router) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/media/fixity", ID: "media-fixity", Tag: "media",
		Summary: "How the originals of an organisation stand", Policy: httpkit.Session(), Faults: []*fault.Code{media.ErrNotFound}}, h.fixity)
}

type fixityInput struct {
	Org string `query:"org" required:"true" maxLength:"64" doc:"organisation"`
}

type fixityOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         fixityReport
}

// fixityReport counts at most a million of each.
type fixityReport struct {
	Org        actor.OrgID     `json:"org"`
	Sound      int             `json:"sound"`
	Damaged    int             `json:"damaged" doc:"another SHA-256 than was uploaded"`
	Missing    int             `json:"missing" doc:"not in the storage"`
	Unreadable int             `json:"unreadable" doc:"the storage answers and cannot give it"`
	Unchecked  int             `json:"unchecked" doc:"not read since they were uploaded"`
	Oldest     *time.Time      `json:"oldest" doc:"when the one was read that has waited longest; null when none was"`
	Troubles   []fixityTrouble `json:"troubles" nullable:"false" doc:"at most 200, damaged ones first"`
}

type fixityTrouble struct {
	Asset     string        `json:"asset" doc:"id"`
	Fault     media.Outcome `json:"fault" enum:"damaged,missing,unreadable"`
	Since     time.Time     `json:"since" doc:"when it was found"`
	CheckedAt time.Time     `json:"checkedAt"`
}

func (h *handler) fixity(ctx context.Context, in *fixityInput) (*fixityOutput, error) {
	rep, err := h.Service.FixityReport(ctx, httpkit.Actor(ctx), actor.OrgID(in.Org))
	if err != nil {
		return nil, err
	}
	c := rep.Counts
	out := &fixityOutput{CacheControl: privateAny, Body: fixityReport{Org: rep.Org, Sound: c[media.Sound], Damaged: c[media.Damaged], Missing: c[media.Missing],
		Unreadable: c[media.Unreadable], Unchecked: c[media.Unchecked], Oldest: moment(rep.Oldest), Troubles: []fixityTrouble{}}}
	for _, f := range rep.Troubles {
		out.Body.Troubles = append(out.Body.Troubles, fixityTrouble{Asset: f.ID, Fault: f.Outcome, Since: f.Since, CheckedAt: f.CheckedAt})
	}
	return out, nil
}
