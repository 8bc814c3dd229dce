package sensorshttp

import (
	"context"
	"time"

	"yijianyou/heritage"
	"yijianyou/sensors"
	"yijianyou/sensors/alarm"
	"yijianyou/sensors/alarm/material"
	"yijianyou/web/httpkit"
)

// RuleView is a rule as those who keep it see it.
type RuleView struct {
	Record[sensors.RuleFields]
}

func ruleView(d *sensors.Rule) RuleView {
	return RuleView{Record: record(&d.Meta, d.Fields)}
}

// MaintenanceView is a maintenance window as those who keep it see it.
type MaintenanceView struct {
	Record[sensors.MaintenanceFields]
}

func maintenanceView(d *sensors.Maintenance) MaintenanceView {
	return MaintenanceView{Record: record(&d.Meta, d.Fields)}
}

type dryRunInput struct {
	Body DryRunBody
}

// DryRunBody is a rule that is tried on what an instrument has measured.
type DryRunBody struct {
	DeviceID sensors.DeviceID `json:"deviceId" doc:"an instrument"`
	From     time.Time        `json:"from" doc:"inclusive"`
	To       time.Time        `json:"to" doc:"exclusive; at most 400 days after from"`
	Rule     alarm.Rule       `json:"rule"`
}

type dryRunOutput struct {
	Body DryRunView
}

// DryRunView is what the rule would have done.
type DryRunView struct {
	Episodes  []DryEpisodeView `json:"episodes" nullable:"false" doc:"alarms that it would have raised, the oldest first, at most 500"`
	Samples   int              `json:"samples" doc:"that were judged"`
	Until     time.Time        `json:"until" doc:"how far it came: to, or earlier when cut"`
	Cut       bool             `json:"cut" doc:"too many samples or alarms; ask again from until"`
	Simulated bool             `json:"simulated" doc:"模拟数据"`
}

// DryEpisodeView is an alarm that would have been raised.
type DryEpisodeView struct {
	Since    time.Time  `json:"since"`
	RaisedAt time.Time  `json:"raisedAt"`
	EndedAt  *time.Time `json:"endedAt" doc:"null: it went on"`
	Worst    float64    `json:"worst" doc:"furthest out"`
	Muted    bool       `json:"muted" doc:"in a maintenance window: nobody would have been told"`
}

// LimitsView is what the objects of a zone ask for.
type LimitsView struct {
	Limits    []LimitView    `json:"limits" nullable:"false"`
	Conflicts []ConflictView `json:"conflicts" nullable:"false" doc:"展陈组合冲突: bands without a common part"`
	Points    []PointView    `json:"points" nullable:"false" doc:"set points, which are no limits"`
	Unknown   []ObjectView   `json:"unknown" nullable:"false" doc:"objects of which no limit is known"`
	Objects   int            `json:"objects" doc:"how many were looked at"`
	More      bool           `json:"more" doc:"there are too many to look at, and nothing is proposed"`
	Drafts    []alarm.Rule   `json:"drafts" nullable:"false" doc:"rules for a person to judge; their sources are not verified"`
}

// LimitView is a limit and who sets it.
type LimitView struct {
	Sort     string     `json:"sort" enum:"band,upper,day-swing"`
	Quantity string     `json:"quantity"`
	Low      *BoundView `json:"low"`
	High     *BoundView `json:"high"`
	Narrow   bool       `json:"narrow" doc:"of a single value: no rule can keep it"`
}

// BoundView is a bound, its source and the objects that set it.
type BoundView struct {
	Value  float64       `json:"value"`
	By     []ObjectView  `json:"by" nullable:"false"`
	Source heritage.Text `json:"source"`
}

// ObjectView names an object.
type ObjectView struct {
	ID   heritage.RelicID `json:"id"`
	Name heritage.Text    `json:"name"`
}

// ConflictView names objects that cannot be kept together.
type ConflictView struct {
	Quantity string      `json:"quantity"`
	Objects  []AskedView `json:"objects" nullable:"false"`
}

// AskedView is what one of them bears.
type AskedView struct {
	ObjectView
	Low    float64       `json:"low"`
	High   float64       `json:"high"`
	Source heritage.Text `json:"source"`
}

// PointView is a set point.
type PointView struct {
	ObjectView
	Quantity string        `json:"quantity"`
	Value    float64       `json:"value"`
	Source   heritage.Text `json:"source"`
}

type zoneInput struct {
	ID string `path:"id" format:"uuid"`
}

type limitsOutput struct {
	Body LimitsView
}

var sorts = [...]string{material.Band: "band", material.Upper: "upper", material.SetPoint: "set-point", material.DaySwing: "day-swing"}

func sourceText(s alarm.Source) heritage.Text { return heritage.Text{ZH: s.Text, EN: s.EN} }

func limitsView(p *sensors.Proposed) LimitsView {
	object := func(id string) ObjectView {
		return ObjectView{ID: heritage.RelicID(id), Name: p.Objects[id].Name}
	}
	bound := func(b *material.Bound) *BoundView {
		if b == nil {
			return nil
		}
		v := &BoundView{Value: b.Value, Source: sourceText(b.Source), By: []ObjectView{}}
		for _, id := range b.By {
			v.By = append(v.By, object(id))
		}
		return v
	}
	v := LimitsView{Limits: []LimitView{}, Conflicts: []ConflictView{}, Points: []PointView{}, Unknown: []ObjectView{}, Objects: len(p.Objects), More: p.More, Drafts: p.Drafts}
	if v.Drafts == nil {
		v.Drafts = []alarm.Rule{}
	}
	for _, l := range p.Limits {
		v.Limits = append(v.Limits, LimitView{Sort: sorts[l.Sort], Quantity: l.Quantity, Low: bound(l.Low), High: bound(l.High), Narrow: l.Narrow})
	}
	for _, c := range p.Conflicts {
		cv := ConflictView{Quantity: c.Quantity, Objects: []AskedView{}}
		for _, a := range c.Objects {
			cv.Objects = append(cv.Objects, AskedView{object(a.ID), a.Low, a.High, sourceText(a.Source)})
		}
		v.Conflicts = append(v.Conflicts, cv)
	}
	for _, pt := range p.Points {
		v.Points = append(v.Points, PointView{object(pt.ID), pt.Quantity, pt.Value, sourceText(pt.Source)})
	}
	for _, id := range p.Unknown {
		v.Unknown = append(v.Unknown, object(id))
	}
	return v
}

// mountRules declares the rules of readings, what they would have done, and what limits the objects
// of a zone ask for.
func mountRules(r *httpkit.Router, svc *sensors.Service) {
	mountCRUD(r, resource[sensors.Rule, sensors.RuleFields, RuleView]{name: "rule", plural: "rules", of: svc.Rules, views: each(ruleView)})
	mountCRUD(r, resource[sensors.Maintenance, sensors.MaintenanceFields, MaintenanceView]{name: "maintenance", plural: "maintenances", of: svc.Windows, views: each(maintenanceView)})
	httpkit.Handle(r, httpkit.Op{Method: "POST", Path: "/api/v1/rule-trials", ID: "rule-trial", Tag: "rules", Policy: writeDevices,
		Summary: "What a rule, kept or not, would have done with what an instrument measured; nothing is changed"},
		func(ctx context.Context, in *dryRunInput) (*dryRunOutput, error) {
			b := in.Body
			got, err := svc.DryRun(ctx, httpkit.Actor(ctx), b.DeviceID, b.Rule, b.From, b.To)
			if err != nil {
				return nil, err
			}
			v := DryRunView{Episodes: make([]DryEpisodeView, 0, len(got.Episodes)), Samples: got.Samples, Until: got.Until, Cut: got.Cut, Simulated: got.Simulated}
			for _, e := range got.Episodes {
				v.Episodes = append(v.Episodes, DryEpisodeView(e))
			}
			return &dryRunOutput{Body: v}, nil
		})
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/zones/{id}/limits", ID: "zone-limits", Tag: "rules", Policy: readDevices,
		Summary: "The limits that the objects which stand in a zone ask for, with their sources"},
		func(ctx context.Context, in *zoneInput) (*limitsOutput, error) {
			p, err := svc.ProposeLimits(ctx, httpkit.Actor(ctx), sensors.ZoneID(in.ID))
			if err != nil {
				return nil, err
			}
			return &limitsOutput{Body: limitsView(p)}, nil
		})
}
