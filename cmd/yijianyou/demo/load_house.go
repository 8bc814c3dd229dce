package demo

import (
	"errors"
	"fmt"

	"yijianyou/internal/store"
	"yijianyou/sensors"
)

// house registers the model house and its chips. Each thing is a transaction of
// its own, and one that is there already is left as it is, so that a load that
// was cut off goes on.
func (l *loader) house() error {
	tags, err := ExampleTags()
	if err != nil {
		return err
	}
	if err := things(l, "zones", l.Sensors.Zones, ExampleZones()); err != nil {
		return err
	}
	if err := things(l, "devices", l.Sensors.Devices, ExampleDevices()); err != nil {
		return err
	}
	for _, d := range ExampleDevices() {
		id := sensors.DeviceID(d.ID)
		if err := l.Sensors.KnowSecret(l.ctx, By(), id, l.Secret(id)); err != nil {
			return fmt.Errorf("demo: secret of %s: %w", id, err)
		}
	}
	if err := things(l, "rules", l.Sensors.Rules, ExampleRules()); err != nil {
		return err
	}
	chips := make([]sensors.NewThing[sensors.TagFields], len(tags))
	for i, t := range tags {
		chips[i] = t.NewThing
	}
	if err := things(l, "tags", l.Sensors.Tags, chips); err != nil {
		return err
	}
	for _, t := range tags[min(l.progress.Done["bindings"], len(tags)):] {
		_, err := l.Sensors.Bind(l.ctx, By(), sensors.TagID(t.ID), 0, t.Bind)
		if err != nil && !errors.Is(err, sensors.ErrBound) {
			return fmt.Errorf("demo: binding of %s: %w", t.ID, err)
		}
	}
	return l.note("bindings", len(tags))
}

// things registers what is not there yet, and notes that the step is done.
func things[D, F any](l *loader, step string, of *sensors.Register[D, F], list []sensors.NewThing[F]) error {
	for _, n := range list[min(l.progress.Done[step], len(list)):] {
		_, err := of.Record(l.ctx, By(), n.ID)
		if errors.Is(err, sensors.ErrNotFound) {
			_, err = of.Create(l.ctx, By(), n)
		}
		if err != nil && !errors.Is(err, sensors.ErrTaken) {
			return fmt.Errorf("demo: %s %s: %w", step, n.ID, err)
		}
	}
	return l.note(step, len(list))
}

// note keeps that n records of a step are written.
func (l *loader) note(step string, n int) error {
	if l.progress.Done[step] >= n {
		return nil
	}
	next := l.progress.with(step, n)
	err := l.Store.Update(l.ctx, By(), func(tx *store.Tx) error { return progressDocs.Put(tx, next) })
	if err == nil {
		l.progress = next
	}
	return err
}
