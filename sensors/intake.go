package sensors

import (
	"slices"
	"time"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/internal/store/series"
)

// Clocks of devices may be ahead of ours by clockAhead, and samples as old as
// clockBehind: what a device has kept while it was cut off.
const (
	clockAhead  = 2 * time.Minute
	clockBehind = 30 * 24 * time.Hour
)

// What can be wrong with a sample in the light of its device, and with a
// message.
var (
	ErrSampleClock = fault.Define(fault.Invalid, "sensors.sample_clock",
		"时间比服务器快 2 分钟以上，或早于 30 天前。请校准设备时钟。", "The time is more than 2 minutes ahead of the server or more than 30 days old. Set the clock of the device.")
	ErrSampleSort = fault.Define(fault.Invalid, "sensors.sample_sort",
		"这类设备不上报这类样本。请核对设备登记的类型和主题。", "A device of this kind sends no samples of this kind. Check the kind under which it is registered, and the topic.")
	ErrSampleChannel = fault.Define(fault.Invalid, "sensors.sample_channel",
		"设备没有登记这个通道。", "The device is registered without this channel.")
	ErrSampleUnit = fault.Define(fault.Invalid, "sensors.sample_unit",
		"该通道的单位应为 {unit}。", "The unit of this channel is {unit}.")
	ErrMessageDevice = fault.Define(fault.NotFound, "sensors.message_device",
		"没有登记这台设备。", "The device is not registered.")
	ErrMessageRetired = fault.Define(fault.Denied, "sensors.message_retired",
		"设备已停用，不再接收它的数据。", "The device is retired; nothing is taken from it any more.")
	ErrMessageOrg = fault.Define(fault.Denied, "sensors.message_org",
		"设备不属于主题中的单位。", "The device does not belong to the organisation in the topic.")
)

// sends are the kinds of samples that a kind of device sends beside status.
var sends = map[DeviceKind]SampleKind{Reader: SightingKind, Portal: SightingKind, Gate: CountKind, Instrument: ReadingKind}

// intake is what a batch of messages brings, in one run of its transaction.
type intake struct {
	batch     []*offered
	devices   map[DeviceID]*Device
	order     []DeviceID // of news, sorted
	news      map[DeviceID]*news
	readings  []*Reading
	counts    []*Count
	statuses  []*Status
	sightings []Sighting
	refused   map[refusedBy]*Refusal
	reports   []Report // by message
}

// refusedBy is what makes refusals of a batch one.
type refusedBy struct {
	device DeviceID
	kind   RefusalKind
	code   *fault.Code
}

// takeIn stores a batch: samples, what follows from them, and what was not
// taken.
func (s *Service) takeIn(tx *store.Tx, batch []*offered) ([]Report, error) {
	in := &intake{batch: batch, devices: make(map[DeviceID]*Device), news: make(map[DeviceID]*news),
		refused: make(map[refusedBy]*Refusal), reports: make([]Report, len(batch))}
	if err := in.loadDevices(tx); err != nil {
		return nil, err
	}
	for i := range batch {
		in.admit(i)
	}
	if err := in.loadStates(tx); err != nil {
		return nil, err
	}
	if err := in.readingsIn(tx); err != nil {
		return nil, err
	}
	if err := s.countsIn(tx, in); err != nil {
		return nil, err
	}
	if err := s.climateIn(tx, in); err != nil {
		return nil, err
	}
	in.statusesIn()
	if len(in.sightings) > 0 {
		if err := s.track(tx, in.sightings); err != nil {
			return nil, err
		}
	}
	if err := s.statesIn(tx, in); err != nil {
		return nil, err
	}
	if len(in.refused) == 0 {
		return in.reports, nil
	}
	refusals := make([]Refusal, 0, len(in.refused))
	for _, r := range in.refused {
		refusals = append(refusals, *r)
	}
	return in.reports, s.refuseIn(tx, refusals...)
}

// loadDevices reads the devices of the batch.
func (in *intake) loadDevices(tx *store.Tx) error {
	var ids []string
	for _, o := range in.batch {
		if _, ok := in.devices[o.Device]; !ok {
			in.devices[o.Device] = nil
			ids = append(ids, string(o.Device))
		}
	}
	for part := range slices.Chunk(ids, store.MaxLimit) {
		docs, err := deviceDocs.GetMany(tx.Context(), tx, part)
		if err != nil {
			return err
		}
		for _, d := range docs {
			in.devices[DeviceID(d.ID)] = d
		}
	}
	return nil
}

// admit takes the samples of a message apart from those that its device cannot
// have meant.
func (in *intake) admit(i int) {
	o := in.batch[i]
	d := in.devices[o.Device]
	switch {
	case d == nil:
		in.refuse(i, Rejection{Index: -1, Field: ErrMessageDevice.At(""), kind: UnknownDevice})
		return
	case d.Org != o.Org:
		in.refuse(i, Rejection{Index: -1, Field: ErrMessageOrg.At(""), kind: ForeignTopic})
		return
	case d.Fields.Retired:
		in.refuse(i, Rejection{Index: -1, Field: ErrMessageRetired.At(""), kind: RetiredDevice})
		return
	}
	n := in.news[o.Device]
	if n == nil {
		n = &news{device: d}
		in.news[o.Device] = n
		at, _ := slices.BinarySearch(in.order, o.Device)
		in.order = slices.Insert(in.order, at, o.Device)
	}
	n.hear(&o.Message, o.samples)
	for _, b := range o.bad {
		in.refuse(i, b)
	}
	if o.Kind != StatusKind && sends[d.Fields.Kind] != o.Kind && len(o.samples) > 0 {
		in.refuse(i, Rejection{Index: -1, Field: ErrSampleSort.At(""), kind: BadPayload})
		return
	}
	src := Source{Org: d.Org, Device: o.Device, Kind: d.Fields.Kind, Zone: d.Fields.ZoneID, Received: o.Received, intake: in, message: i}
	for _, smp := range o.samples {
		src.At, src.Seq, src.index = time.UnixMilli(smp.ms).UTC(), smp.seq, smp.index
		if src.At.After(o.Received.Add(clockAhead)) || src.At.Before(o.Received.Add(-clockBehind)) {
			in.refuse(i, rejected(smp.index, ErrSampleClock.At("at"), BadClock))
			continue
		}
		if wrong := in.sort(src, o.Kind, &d.Fields, smp); wrong.Code != nil {
			in.refuse(i, rejected(smp.index, wrong, BadPayload))
			continue
		}
		in.reports[i].Stored++
	}
}

// sort puts a sample to those of its kind.
func (in *intake) sort(src Source, kind SampleKind, f *DeviceFields, smp sample) fault.Field {
	switch kind {
	case SightingKind:
		in.news[src.Device].saw = true
		in.sightings = append(in.sightings, Sighting{Source: src, Tag: TagID(smp.name), RSSI: smp.value, Antenna: smp.antenna, BatteryPercent: smp.battery})
	case ReadingKind:
		c := f.channel(smp.name)
		if c < 0 {
			return ErrSampleChannel.At("channel")
		}
		channel := f.Channels[c]
		if smp.unit != channel.Unit {
			return ErrSampleUnit.At("unit", fault.P("unit", channel.Unit))
		}
		if smp.value < channel.Min || smp.value > channel.Max {
			return ErrSampleNumber.At("value", fault.P("min", channel.Min), fault.P("max", channel.Max))
		}
		in.readings = append(in.readings, &Reading{Source: src, Channel: channel, Value: smp.value})
	case CountKind:
		in.counts = append(in.counts, &Count{Source: src, In: smp.in, Out: smp.out})
	case StatusKind:
		in.statuses = append(in.statuses, &Status{Source: src, BatteryPercent: smp.battery, Firmware: smp.name})
	}
	return fault.Field{}
}

// refuse notes that a sample of a message, or all of it, was not taken.
func (in *intake) refuse(i int, b Rejection) {
	o := in.batch[i]
	in.reports[i].Refused = append(in.reports[i].Refused, b)
	by := refusedBy{o.Device, b.kind, b.Field.Code}
	r := in.refused[by]
	if r == nil {
		r = &Refusal{Kind: b.kind, Claimed: string(o.Device), FirstAt: o.Received, LastAt: o.Received}
		if b.kind == BadPayload {
			r.Code = b.Field.Code.ID()
		}
		if d := in.devices[o.Device]; d != nil {
			r.Org, r.Device = d.Org, o.Device
		}
		in.refused[by] = r
	}
	r.Count++
	r.FirstAt = earlierOf(r.FirstAt, o.Received)
	if !o.Received.Before(r.LastAt) {
		r.LastAt, r.Detail = o.Received, b.Field.Path
	}
}

// sourced is a sample of any kind.
type sourced interface{ source() *Source }

func (s *Source) source() *Source { return s }

// repeated tells that the sample was stored before.
func (s *Source) repeated() {
	if s.intake != nil {
		r := &s.intake.reports[s.message]
		r.Stored--
		r.Repeated++
	}
}

// refused tells that the sample was not taken after all, and why.
func (s *Source) refused(wrong fault.Field, kind RefusalKind) {
	if s.intake != nil {
		r := &s.intake.reports[s.message]
		r.Stored--
		r.Refused = append(r.Refused, rejected(s.index, wrong, kind))
	}
}

// tellRepeated tells which samples were in the series already. points are those
// of the samples; fresh are those of them that were new, each once.
func tellRepeated[T sourced](samples []T, points, fresh []series.Point) {
	if len(fresh) == len(points) {
		return
	}
	type name struct {
		ms  int64
		key string
	}
	isFresh := make(map[name]bool, len(fresh))
	for _, pt := range fresh {
		isFresh[name{pt.At.UnixMilli(), pt.Key}] = true
	}
	for i, pt := range points {
		if of := (name{pt.At.UnixMilli(), pt.Key}); isFresh[of] {
			isFresh[of] = false
		} else {
			samples[i].source().repeated()
		}
	}
}
