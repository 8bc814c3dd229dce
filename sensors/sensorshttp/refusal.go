package sensorshttp

import (
	"context"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/sensors"
	"yijianyou/web/httpkit"
)

// RefusalView is something that was sent and not taken, with how often.
type RefusalView struct {
	ID      string              `json:"id"`
	Org     actor.OrgID         `json:"org" doc:"empty: a device that nobody knows"`
	Kind    sensors.RefusalKind `json:"kind" enum:"unknown-device,bad-secret,retired-device,foreign-topic,bad-payload,bad-clock,unknown-tag"`
	Claimed string              `json:"claimed" doc:"the name that it gave itself, others than ASCII left out"`
	Device  sensors.DeviceID    `json:"device" doc:"that sent it, when it is known"`
	Address string              `json:"address"`
	Code    string              `json:"code" doc:"of the rule that it broke"`
	Detail  string              `json:"detail" doc:"where in it"`
	Count   int64               `json:"count"`
	FirstAt time.Time           `json:"firstAt"`
	LastAt  time.Time           `json:"lastAt"`
}

func refusalView(r *sensors.Refusal) RefusalView {
	return RefusalView{ID: r.ID, Org: r.Org, Kind: r.Kind, Claimed: r.Claimed, Device: r.Device, Address: r.Address, Code: r.Code, Detail: r.Detail,
		Count: r.Count, FirstAt: r.FirstAt, LastAt: r.LastAt}
}

type refusalsInput struct {
	Org string `query:"org" maxLength:"64" doc:"whose; none, for those who read everywhere: what devices sent that nobody knows"`
	httpkit.PageInput
}

type refusalsOutput struct {
	Body httpkit.Page[RefusalView]
}

// mountRefusals declares the quarantine list.
func mountRefusals(r *httpkit.Router, svc *sensors.Service) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/refusals", ID: "refusals", Tag: "devices", Policy: readDevices,
		Summary: "What was sent and not taken, the newest first"},
		func(ctx context.Context, in *refusalsInput) (*refusalsOutput, error) {
			page, err := svc.RefusalList(ctx, httpkit.Actor(ctx), actor.OrgID(in.Org), in.Limit, in.After())
			if err != nil {
				return nil, err
			}
			return &refusalsOutput{Body: httpkit.NewPage(page, refusalView)}, nil
		})
	httpkit.Handle(r, httpkit.Op{Method: "DELETE", Path: "/api/v1/refusals/{id}", ID: "refusal-dismiss", Tag: "devices", Policy: writeDevices,
		Summary: "Take an entry off the list; it comes back when the cause does"},
		func(ctx context.Context, in *oneInput) (*struct{}, error) {
			return nil, svc.Dismiss(ctx, httpkit.Actor(ctx), in.ID)
		})
}
