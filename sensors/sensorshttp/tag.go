package sensorshttp

import (
	"context"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/sensors"
	"yijianyou/web/httpkit"
)

// TagView is a tag with what it hangs on and where it is.
type TagView struct {
	Record[sensors.TagFields]
	Binding *BindingView  `json:"binding" doc:"null: it hangs on nothing"`
	State   *TagStateView `json:"state" doc:"null: never seen"`
}

// BindingView is what a tag hangs on, and what a sighting of it proves.
type BindingView struct {
	ID         string            `json:"id"`
	RelicID    heritage.RelicID  `json:"relicId"`
	RelicName  heritage.Text     `json:"relicName" doc:"empty when the record is gone"`
	Number     string            `json:"number" doc:"藏品编号; empty when there is none"`
	Grade      string            `json:"grade" doc:"of the list relic-grade; empty when not graded"`
	Carrier    sensors.Carrier   `json:"carrier" enum:"body,box,base,showcase"`
	Proves     heritage.Text     `json:"proves" doc:"what a sighting proves, for screens"`
	Method     string            `json:"method"`
	Reversible bool              `json:"reversible"`
	ApprovedBy string            `json:"approvedBy"`
	PhotoID    string            `json:"photoId"`
	From       time.Time         `json:"from"`
	By         heritage.Person   `json:"by"`
	Warnings   []sensors.Warning `json:"warnings" nullable:"false" doc:"what a screen must show beside it"`
}

// TagStateView is where a tag is. Where is left out for those who may not know of
// a store that it is in, comes from or goes to.
type TagStateView struct {
	ZoneID         sensors.ZoneID   `json:"zoneId" doc:"empty: not known, or not to be told"`
	ZoneName       heritage.Text    `json:"zoneName"`
	Since          *time.Time       `json:"since"`
	CandidateID    sensors.ZoneID   `json:"candidateId" doc:"where it seems to be going; empty nowhere"`
	Confidence     float64          `json:"confidence" minimum:"0" maximum:"1" doc:"how sure it is that it is there now: a probability"`
	PaceMS         int64            `json:"paceMs" doc:"how often it is seen there, on the average; 0 not known"`
	Copied         bool             `json:"copied" doc:"its number is seen in two places at once"`
	TwinID         sensors.ZoneID   `json:"twinId" doc:"the other place; empty: none, or not to be told"`
	TwinName       heritage.Text    `json:"twinName"`
	LastSeenAt     *time.Time       `json:"lastSeenAt"`
	LastDevice     sensors.DeviceID `json:"lastDevice"`
	Gone           bool             `json:"gone" doc:"last seen passing an exit"`
	Silent         bool             `json:"silent" doc:"not seen for longer than it may be, while its readers work"`
	Unheard        bool             `json:"unheard" doc:"its readers were out since it was seen: its silence says nothing, or nothing yet"`
	BatteryPercent *int             `json:"batteryPercent" doc:"null: unknown"`
	LowBattery     bool             `json:"lowBattery"`
}

func tagViews(svc *sensors.Service) viewer[sensors.Tag, TagView] {
	return func(ctx context.Context, by actor.Actor, docs []*sensors.Tag) ([]TagView, error) {
		states, err := svc.TagStates(ctx, by, docs)
		if err != nil {
			return nil, err
		}
		var zones []sensors.ZoneID
		for _, st := range states {
			zones = append(zones, st.ZoneID, st.TwinID)
		}
		names, err := svc.ZoneNames(ctx, zones)
		if err != nil {
			return nil, err
		}
		out := make([]TagView, 0, len(docs))
		for _, t := range docs {
			v := TagView{Record: record(&t.Meta, t.Fields)}
			if v.Binding, err = bindingView(ctx, svc, t.Binding); err != nil {
				return nil, err
			}
			if st := states[t.ID]; st != nil && st.LastSeenAt != nil {
				v.State = &TagStateView{ZoneID: st.ZoneID, ZoneName: names[st.ZoneID], Since: st.Since, CandidateID: st.CandidateID, LastSeenAt: st.LastSeenAt,
					Confidence: svc.Confidence(st), PaceMS: st.PaceMS, Copied: st.TwinAt != nil, TwinID: st.TwinID, TwinName: names[st.TwinID],
					LastDevice: st.LastDevice, Gone: st.Gone, Silent: st.Silent, Unheard: st.Unheard(), BatteryPercent: st.BatteryPercent, LowBattery: st.LowBattery}
			}
			out = append(out, v)
		}
		return out, nil
	}
}

func bindingView(ctx context.Context, svc *sensors.Service, b *sensors.Binding) (*BindingView, error) {
	if b == nil {
		return nil, nil
	}
	more, err := svc.Bound(ctx, b)
	if err != nil {
		return nil, err
	}
	return &BindingView{ID: b.ID, RelicID: b.RelicID, RelicName: more.RelicName, Number: more.Number, Grade: more.Grade, Carrier: b.Carrier, Proves: more.Proves, Method: b.Method,
		Reversible: b.Reversible, ApprovedBy: b.ApprovedBy, PhotoID: b.PhotoID, From: b.From, By: b.By, Warnings: more.Warnings}, nil
}

type bindInput struct {
	ID string `path:"id" maxLength:"64"`
	httpkit.IfMatchInput
	Body sensors.NewBinding
}

type bindingsInput struct {
	ID string `path:"id" maxLength:"64"`
	httpkit.PageInput
}

type bindingsOutput struct {
	Body httpkit.Page[PastBinding]
}

// PastBinding is a binding with its end.
type PastBinding struct {
	BindingView
	TagID     sensors.TagID    `json:"tagId"`
	Until     *time.Time       `json:"until" doc:"null: it lasts"`
	EndedBy   *heritage.Person `json:"endedBy"`
	EndReason string           `json:"endReason"`
}

// mountBindings declares how a tag is joined to a relic and freed.
func mountBindings(r *httpkit.Router, svc *sensors.Service) {
	answer := resource[sensors.Tag, sensors.TagFields, TagView]{of: svc.Tags, views: tagViews(svc)}
	httpkit.Handle(r, httpkit.Op{Method: "POST", Path: "/api/v1/tags/{id}/binding", ID: "tag-bind", Tag: "tags", Policy: writeDevices,
		Summary: "Bind the tag to a relic of its organisation"},
		func(ctx context.Context, in *bindInput) (*oneOutput[TagView], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			t, err := svc.Bind(ctx, httpkit.Actor(ctx), sensors.TagID(in.ID), rev, in.Body)
			return answer.output(ctx, t, err)
		})
	httpkit.Handle(r, httpkit.Op{Method: "DELETE", Path: "/api/v1/tags/{id}/binding", ID: "tag-unbind", Tag: "tags", Policy: writeDevices, Status: 200,
		Summary: "End the binding; it stays in the history of the tag"},
		func(ctx context.Context, in *removeInput) (*oneOutput[TagView], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			t, err := svc.Unbind(ctx, httpkit.Actor(ctx), sensors.TagID(in.ID), rev, in.Reason)
			return answer.output(ctx, t, err)
		})
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/tags/{id}/bindings", ID: "tag-bindings", Tag: "tags", Policy: readDevices,
		Summary: "What the tag hung on, the newest first"},
		func(ctx context.Context, in *bindingsInput) (*bindingsOutput, error) {
			page, err := svc.Bindings(ctx, httpkit.Actor(ctx), sensors.TagID(in.ID), in.Limit, in.After())
			if err != nil {
				return nil, err
			}
			out := &bindingsOutput{Body: httpkit.Page[PastBinding]{Items: []PastBinding{}, Cursor: string(page.Next)}}
			for _, b := range page.Items {
				v, err := bindingView(ctx, svc, &b.Binding)
				if err != nil {
					return nil, err
				}
				out.Body.Items = append(out.Body.Items, PastBinding{BindingView: *v, TagID: b.TagID, Until: b.Until, EndedBy: b.EndedBy, EndReason: b.EndReason})
			}
			return out, nil
		})
}
