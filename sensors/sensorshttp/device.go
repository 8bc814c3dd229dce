package sensorshttp

import (
	"context"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/sensors"
	"yijianyou/web/httpkit"
)

// DeviceView is a device as those who keep it see it. Where it stands is left out
// for those who may not know of the zone.
type DeviceView struct {
	Record[sensors.DeviceFields]
	ZoneName heritage.Text    `json:"zoneName"`
	State    *DeviceStateView `json:"state" doc:"null: never heard"`
}

// DeviceStateView is how a device was last heard.
type DeviceStateView struct {
	LastHeardAt    time.Time           `json:"lastHeardAt" doc:"by the clock of the server"`
	Down           bool                `json:"down" doc:"silent for longer than it may be"`
	Deaf           bool                `json:"deaf" doc:"of a reader: it speaks, and none of the tags that rest in its zone is seen any more"`
	BatteryPercent *int                `json:"batteryPercent" doc:"null: unknown, or on mains"`
	Firmware       string              `json:"firmware"`
	ClockSkewMS    int64               `json:"clockSkewMs" doc:"its clock minus that of the server"`
	Last           []sensors.LastValue `json:"last" nullable:"false" doc:"newest reading of each channel"`
}

func deviceViews(svc *sensors.Service) viewer[sensors.Device, DeviceView] {
	return func(ctx context.Context, by actor.Actor, docs []*sensors.Device) ([]DeviceView, error) {
		states, err := svc.DeviceStates(ctx, docs)
		if err != nil {
			return nil, err
		}
		var zones []sensors.ZoneID
		for _, d := range docs {
			zones = append(zones, d.Fields.ZoneID)
		}
		names, err := svc.ZoneNames(ctx, zones)
		if err != nil {
			return nil, err
		}
		out := make([]DeviceView, 0, len(docs))
		for _, d := range docs {
			v := DeviceView{Record: record(&d.Meta, d.Fields), ZoneName: names[d.Fields.ZoneID]}
			if st := states[d.ID]; st != nil && !st.LastHeardAt.IsZero() {
				v.State = &DeviceStateView{LastHeardAt: st.LastHeardAt, Down: st.Down, Deaf: st.Deaf, BatteryPercent: st.BatteryPercent, Firmware: st.Firmware,
					ClockSkewMS: st.ClockSkewMS, Last: append([]sensors.LastValue{}, st.Last...)}
			}
			out = append(out, v)
		}
		return out, nil
	}
}

type secretOutput struct {
	Body Secret
}

// Secret is the new secret of a device.
type Secret struct {
	Secret string `json:"secret" doc:"64 hexadecimal digits, shown this once; the one before stays valid beside it"`
}

type revokeInput struct {
	ID   string `path:"id" maxLength:"64"`
	Keep int    `query:"keep" minimum:"0" maximum:"1" default:"0" doc:"how many of the newest stay valid"`
}

// mountSecrets declares how a device gets its proof and loses it.
func mountSecrets(r *httpkit.Router, svc *sensors.Service) {
	httpkit.Handle(r, httpkit.Op{Method: "POST", Path: "/api/v1/devices/{id}/secret", ID: "device-secret", Tag: "devices", Policy: writeDevices, NoReplay: true,
		Summary: "Make a new secret; it is shown once"},
		func(ctx context.Context, in *oneInput) (*secretOutput, error) {
			secret, err := svc.RotateSecret(ctx, httpkit.Actor(ctx), sensors.DeviceID(in.ID))
			if err != nil {
				return nil, err
			}
			return &secretOutput{Body: Secret{Secret: secret}}, nil
		})
	httpkit.Handle(r, httpkit.Op{Method: "DELETE", Path: "/api/v1/devices/{id}/secret", ID: "device-secret-revoke", Tag: "devices", Policy: writeDevices,
		Summary: "End the secrets of a device; who is logged in by one is cut off"},
		func(ctx context.Context, in *revokeInput) (*struct{}, error) {
			return nil, svc.RevokeSecrets(ctx, httpkit.Actor(ctx), sensors.DeviceID(in.ID), in.Keep)
		})
}
