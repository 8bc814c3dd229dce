package sensorshttp

import (
	"context"
	"time"

	"yijianyou/internal/store"
	"yijianyou/sensors"
	"yijianyou/web/httpkit"
)

// ReadingView is a value that was measured.
type ReadingView struct {
	At    time.Time `json:"at" doc:"by the clock of the device"`
	Value float64   `json:"value" doc:"in the unit of the channel"`
}

type readingsInput struct {
	ID      string    `path:"id" maxLength:"64"`
	Channel string    `query:"channel" required:"true" maxLength:"64" doc:"name of a channel of the device"`
	From    time.Time `query:"from" doc:"inclusive; without it a day before to"`
	To      time.Time `query:"to" doc:"exclusive; without it now"`
	Limit   int       `query:"limit" minimum:"1" maximum:"5000" default:"1000" doc:"how many values"`
	Cursor  string    `query:"cursor" maxLength:"64" doc:"where the page before ended, as its answer said"`
}

type readingsOutput struct {
	Body Readings
}

// Readings are what a channel measured.
type Readings struct {
	httpkit.Page[ReadingView]
	Unit      string `json:"unit" doc:"UCUM"`
	Simulated bool   `json:"simulated" doc:"模拟数据: made up"`
}

// mountReadings declares what instruments have measured.
func mountReadings(r *httpkit.Router, svc *sensors.Service) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/devices/{id}/readings", ID: "device-readings", Tag: "devices", Policy: readDevices,
		Summary: "What a channel has measured, the oldest first"},
		func(ctx context.Context, in *readingsInput) (*readingsOutput, error) {
			got, err := svc.Readings(ctx, httpkit.Actor(ctx), sensors.DeviceID(in.ID), in.Channel,
				sensors.Span{From: in.From, Before: in.To, Limit: in.Limit, After: store.Cursor(in.Cursor)})
			if err != nil {
				return nil, err
			}
			out := &readingsOutput{Body: Readings{Unit: got.Unit, Simulated: got.Simulated}}
			out.Body.Page = httpkit.Page[ReadingView]{Items: make([]ReadingView, 0, len(got.Values)), Cursor: string(got.Next)}
			for _, m := range got.Values {
				out.Body.Items = append(out.Body.Items, ReadingView{At: m.At, Value: m.Value})
			}
			return out, nil
		})
}
