package sensorshttp

import (
	"context"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/sensors"
	"yijianyou/web/httpkit"
)

// AlarmView is an alarm with what people call the things in it. A store that the
// reader may not know is 库房 without an id.
type AlarmView struct {
	ID       string             `json:"id"`
	Org      actor.OrgID        `json:"org"`
	Rev      int64              `json:"rev"`
	Kind     sensors.AlarmKind  `json:"kind" enum:"exit,move,tag-silent,tag-copied,low-battery,device-down,overdue,climate"`
	State    sensors.AlarmState `json:"state" enum:"raised,acknowledged,verified,resolved"`
	Open     bool               `json:"open" doc:"not resolved"`
	Severity sensors.Severity   `json:"severity" minimum:"1" maximum:"4" doc:"1 is the highest"`

	RelicID        heritage.RelicID    `json:"relicId"`
	RelicName      heritage.Text       `json:"relicName"`
	Grade          string              `json:"grade" doc:"of the relic, code of the list relic-grade; empty when not graded"`
	TagID          sensors.TagID       `json:"tagId"`
	TagLabel       string              `json:"tagLabel"`
	Carrier        sensors.Carrier     `json:"carrier" doc:"body, box, base or showcase: what a sighting proves the place of; empty none"`
	Proves         heritage.Text       `json:"proves" doc:"what a sighting of the carrier proves, for screens"`
	ZoneID         sensors.ZoneID      `json:"zoneId"`
	ZoneName       heritage.Text       `json:"zoneName"`
	ZoneKind       sensors.ZoneKind    `json:"zoneKind"`
	FromZoneID     sensors.ZoneID      `json:"fromZoneId" doc:"where it was before"`
	FromZoneName   heritage.Text       `json:"fromZoneName"`
	FromZoneKind   sensors.ZoneKind    `json:"fromZoneKind"`
	DeviceID       sensors.DeviceID    `json:"deviceId"`
	DeviceName     heritage.Text       `json:"deviceName"`
	MovementID     heritage.MovementID `json:"movementId"`
	MovementNumber string              `json:"movementNumber"`
	Affected       int                 `json:"affected" doc:"device-down: tags that it was the last to see; overdue: relics that are out; climate: instruments that find it"`

	RuleID   string                `json:"ruleId" doc:"climate, and passages that a rule of the organisation judged"`
	RuleName heritage.Text         `json:"ruleName" doc:"empty when the rule is gone"`
	Measure  *sensors.AlarmMeasure `json:"measure" doc:"climate: what was compared when it was raised; null otherwise"`
	Members  []sensors.DeviceID    `json:"members" nullable:"false" doc:"climate: instruments of the zone that find it now"`

	OccurredAt time.Time         `json:"occurredAt" doc:"first sample, by the device's clock"`
	RaisedAt   time.Time         `json:"raisedAt"`
	LastAt     time.Time         `json:"lastAt" doc:"newest sample"`
	Samples    int               `json:"samples" doc:"counted; those within ten seconds of another are not"`
	Certainty  sensors.Certainty `json:"certainty" enum:"certain,probable"`
	Ground     heritage.Text     `json:"ground"`

	Duty         string              `json:"duty" doc:"role that must answer now"`
	AnswerBy     time.Time           `json:"answerBy"`
	Escalation   int                 `json:"escalation"`
	EscalateAt   *time.Time          `json:"escalateAt" doc:"null: nobody follows"`
	Steps        []sensors.AlarmStep `json:"steps" nullable:"false"`
	Verdict      sensors.Verdict     `json:"verdict" doc:"true, false or drill; empty none yet"`
	Reference    string              `json:"reference"`
	NeedsVerdict bool                `json:"needsVerdict" doc:"cannot be resolved without a verdict"`
	FourEyes     bool                `json:"fourEyes" doc:"must be resolved by another person than the one who verified it"`
	Simulated    bool                `json:"simulated" doc:"模拟数据"`
}

func alarmView(a *sensors.NamedAlarm) AlarmView {
	v := AlarmView{ID: a.ID, Org: a.Org, Rev: a.Rev, Kind: a.Kind, State: a.State, Open: a.Open, Severity: a.Severity,
		RelicID: a.RelicID, RelicName: a.Names.Relic, Grade: a.Names.Grade, TagID: a.TagID, TagLabel: a.Names.Tag, Carrier: a.Carrier,
		ZoneID: a.ZoneID, ZoneName: a.Names.Zone, ZoneKind: a.Names.ZoneKind, FromZoneID: a.FromZoneID, FromZoneName: a.Names.FromZone, FromZoneKind: a.Names.FromZoneKind,
		DeviceID: a.DeviceID, DeviceName: a.Names.Device, MovementID: a.MovementID, MovementNumber: a.Names.Movement, Affected: a.Affected,
		OccurredAt: a.OccurredAt, RaisedAt: a.RaisedAt, LastAt: a.LastAt, Samples: a.Samples, Certainty: a.Certainty, Ground: a.Ground,
		Duty: a.Duty, AnswerBy: a.AnswerBy, Escalation: a.Escalation, EscalateAt: a.EscalateAt, Steps: a.Steps, Verdict: a.Verdict, Reference: a.Reference,
		NeedsVerdict: a.NeedsVerdict(), FourEyes: a.FourEyes(), Simulated: a.Simulated}
	v.RuleID, v.RuleName, v.Measure, v.Members = a.RuleID, a.Names.Rule, a.Measure, []sensors.DeviceID{}
	for _, m := range a.Members {
		v.Members = append(v.Members, sensors.DeviceID(m.Name))
	}
	if a.Carrier != "" {
		v.Proves = a.Carrier.Proves()
	}
	return v
}

type alarmsInput struct {
	Org   string `query:"org" maxLength:"64" doc:"whose; needed when the actor reads several organisations"`
	State string `query:"state" enum:"open,raised,acknowledged,verified,resolved" doc:"open: not resolved"`
	Relic string `query:"relic" format:"uuid" doc:"about this relic"`
	httpkit.PageInput
}

func (in *alarmsInput) filter() sensors.AlarmFilter {
	f := sensors.AlarmFilter{Org: actor.OrgID(in.Org), Relic: heritage.RelicID(in.Relic)}
	if f.Open = in.State == "open"; !f.Open {
		f.State = sensors.AlarmState(in.State)
	}
	return f
}

type alarmInput struct {
	ID string `path:"id" format:"uuid"`
}

type noteInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.IfMatchInput
	Body AlarmNote
}

// AlarmNote is what somebody says while taking a step.
type AlarmNote struct {
	Note string `json:"note" required:"false" doc:"at most 1000 characters"`
}

type verifyInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.IfMatchInput
	Body AlarmVerdict
}

// AlarmVerdict is the outcome of the 复核.
type AlarmVerdict struct {
	Verdict   sensors.Verdict `json:"verdict" enum:"true,false,drill" doc:"真警、误报、演练"`
	Reference string          `json:"reference" required:"false" doc:"number of the report or of the drill's plan; required of true and drill"`
	Note      string          `json:"note" required:"false" doc:"at most 1000 characters"`
}

var (
	readAlarms   = httpkit.Can(actor.AlarmRead)
	answerAlarms = httpkit.Can(actor.AlarmAnswer)
	setupAlarms  = httpkit.Can(actor.AlarmSetup)
)

// mountAlarms declares the alarms and the steps of their lives.
func mountAlarms(r *httpkit.Router, svc *sensors.Service) {
	op := func(method, path, id, summary string, policy httpkit.Policy) httpkit.Op {
		return httpkit.Op{Method: method, Path: "/api/v1/alarms" + path, ID: id, Tag: "alarms", Summary: summary, Policy: policy}
	}
	httpkit.Handle(r, op("GET", "", "alarms", "Alarms of one organisation, the newest first; one filter at a time", readAlarms),
		func(ctx context.Context, in *alarmsInput) (*listOutput[AlarmView], error) {
			page, err := svc.Alarms(ctx, httpkit.Actor(ctx), in.filter(), in.Limit, in.After())
			if err != nil {
				return nil, err
			}
			return &listOutput[AlarmView]{Body: httpkit.NewPage(page, alarmView)}, nil
		})
	httpkit.Handle(r, op("GET", "/{id}", "alarm-by-id", "One alarm with all its steps", readAlarms),
		func(ctx context.Context, in *alarmInput) (*oneOutput[AlarmView], error) {
			return alarmOutput(ctx, svc, in.ID, nil)
		})
	// A step that counting samples or passing the alarm on came before is not stale:
	// If-Match is compared with the newest step of a person.
	note := func(path, id, summary string, step func(context.Context, actor.Actor, string, int64, string) (*sensors.Alarm, error)) {
		httpkit.Handle(r, op("POST", "/{id}/"+path, id, summary, answerAlarms),
			func(ctx context.Context, in *noteInput) (*oneOutput[AlarmView], error) {
				rev, err := in.Rev()
				if err != nil {
					return nil, err
				}
				_, err = step(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Note)
				return alarmOutput(ctx, svc, in.ID, err)
			})
	}
	note("acknowledge", "alarm-acknowledge", "Say that one is on it", svc.Acknowledge)
	note("resolve", "alarm-resolve", "Say that it is done; severity 1 needs another person than the one who verified it", svc.Resolve)
	note("notes", "alarm-note", "Add a note", svc.Note)
	httpkit.Handle(r, op("POST", "/{id}/verify", "alarm-verify", "Say what it was (复核); again to correct it", answerAlarms),
		func(ctx context.Context, in *verifyInput) (*oneOutput[AlarmView], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			_, err = svc.Verify(ctx, httpkit.Actor(ctx), in.ID, rev, sensors.Judgement(in.Body))
			return alarmOutput(ctx, svc, in.ID, err)
		})
	mountDeliveries(r, svc)
}

// alarmOutput is the alarm as it now is, unless a step failed.
func alarmOutput(ctx context.Context, svc *sensors.Service, id string, err error) (*oneOutput[AlarmView], error) {
	if err != nil {
		return nil, err
	}
	a, err := svc.Alarm(ctx, httpkit.Actor(ctx), id)
	if err != nil {
		return nil, err
	}
	return &oneOutput[AlarmView]{Entity: entity(ctx, a.Rev), Body: alarmView(a)}, nil
}

// DeliveryView is the telling of one contact of one step of an alarm.
type DeliveryView struct {
	ID          string                    `json:"id"`
	ContactID   string                    `json:"contactId"`
	ContactName string                    `json:"contactName" doc:"as it was then"`
	Kind        sensors.ContactKind       `json:"kind" enum:"webhook,email"`
	Step        int                       `json:"step" doc:"0 raised, n the n-th escalation"`
	State       sensors.DeliveryState     `json:"state" enum:"waiting,delivered,given-up,dropped"`
	CreatedAt   time.Time                 `json:"createdAt"`
	Attempts    []sensors.DeliveryAttempt `json:"attempts" nullable:"false" doc:"oldest first, at most ten"`
}

func deliveryView(d *sensors.Delivery) DeliveryView {
	v := DeliveryView{ID: d.ID, ContactID: d.ContactID, ContactName: d.ContactName, Kind: d.Kind, Step: d.Step, State: d.State, CreatedAt: d.CreatedAt, Attempts: d.Attempts}
	if v.Attempts == nil {
		v.Attempts = []sensors.DeliveryAttempt{}
	}
	return v
}

type deliveriesInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.PageInput
}

func mountDeliveries(r *httpkit.Router, svc *sensors.Service) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/alarms/{id}/deliveries", ID: "alarm-deliveries", Tag: "alarms", Policy: readAlarms,
		Summary: "Who outside was told of it, and how that went"},
		func(ctx context.Context, in *deliveriesInput) (*listOutput[DeliveryView], error) {
			page, err := svc.Deliveries(ctx, httpkit.Actor(ctx), in.ID, in.Limit, in.After())
			if err != nil {
				return nil, err
			}
			return &listOutput[DeliveryView]{Body: httpkit.NewPage(page, deliveryView)}, nil
		})
}
