package sensors

import (
	"context"
	"slices"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
)

// Outdoor is a quantity that an instrument on the grounds of an area measures.
type Outdoor struct {
	Quantity  string // of Quantities
	Value     float64
	Mean      *float64  // of the hourly means of the 24 hours up to At; nil when fewer than 20 of them have a value
	At        time.Time // by the clock of the instrument
	Device    DeviceID
	Name      heritage.Text // of the instrument
	Simulated bool
}

// averaged are the quantities of which the mean of a day is asked for: air quality is
// judged by that of fine particles, the climate by those of the weather.
var averaged = []string{"temperature", "relative-humidity", "wind-speed", "pm25"}

// Outdoors returns the newest value of each channel of the instruments that stand in
// the zone of an area, with the mean of a day where one is asked for. Which of two
// instruments is right the caller says.
func (s *Service) Outdoors(ctx context.Context, r store.Reader, areaID string) ([]Outdoor, error) {
	zone, err := found(zoneDocs.One(ctx, r, store.Query{Index: "byArea", Equal: []any{areaID}}))
	if err != nil || zone == nil {
		return nil, err
	}
	var out []Outdoor
	err = deviceDocs.Each(ctx, r, store.Query{Index: "byZone", Equal: []any{zone.ID}}, func(d *Device) error {
		if d.Fields.Kind != Instrument || d.Fields.Retired || d.Fields.Maintenance {
			return nil
		}
		st, err := found(deviceStates.Get(ctx, r, d.ID))
		if err != nil || st == nil {
			return err
		}
		for _, v := range st.Last {
			n := d.Fields.channel(v.Channel)
			if n < 0 {
				continue
			}
			o := Outdoor{Quantity: d.Fields.Channels[n].Quantity, Value: v.Value, At: v.At, Device: DeviceID(d.ID), Name: d.Fields.Name, Simulated: d.Fields.Simulated}
			if slices.Contains(averaged, o.Quantity) {
				if o.Mean, err = s.dayMean(ctx, r, o.Device, v.Channel, v.At); err != nil {
					return err
				}
			}
			out = append(out, o)
		}
		return nil
	})
	return out, err
}
