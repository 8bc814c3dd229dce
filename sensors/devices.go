package sensors

import (
	"context"
	"slices"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// What can be wrong with a device.
var (
	ErrDeviceName = fault.Define(fault.Invalid, "sensors.device_name",
		"设备编号为 1 至 64 个小写字母、数字或连字符，首尾不能是连字符。", "A device is named by 1 to 64 lower-case letters, digits or hyphens, neither first nor last a hyphen.")
	ErrZoneFit = fault.Define(fault.Invalid, "sensors.zone_fit",
		"通道门须放在出口或通道区域，闸机须放在景区计数区域。请另选区域或改设备类型。", "A portal stands in an exit or a passageway, a gate in a ground. Choose another zone, or another kind of device.")
	ErrZoneGone = fault.Define(fault.Invalid, "sensors.zone_retired",
		"该区域已停用，不能再放设备。请另选区域。", "The zone is retired and takes no device. Choose another.")
	ErrKindFixed = fault.Define(fault.Invalid, "sensors.device_kind_fixed",
		"设备已经上报过数据，类型不能再改。请停用它，另行登记。", "The device has sent data, so that its kind stays. Retire it and register another.")
	ErrChannelFixed = fault.Define(fault.Invalid, "sensors.channel_fixed",
		"设备已经上报过数据，同名通道的测量项不能再改。请换一个通道名。", "The device has sent data, so that a channel of this name stays what it is. Choose another name.")
	ErrChannels = fault.Define(fault.Invalid, "sensors.channels",
		"监测仪须有 1 至 32 个通道，其他设备没有通道。", "An instrument has 1 to 32 channels, any other device none.")
	ErrChannelName = fault.Define(fault.Invalid, "sensors.channel_name",
		"通道名为 1 至 64 个小写字母、数字或连字符，设备内不重复。", "A channel is named by 1 to 64 lower-case letters, digits or hyphens, once in the device.")
	ErrQuantity = fault.Define(fault.Invalid, "sensors.quantity",
		"没有这个测量项。可用：{known}。", "There is no such quantity. Known are: {known}.")
	ErrUnit = fault.Define(fault.Invalid, "sensors.unit",
		"该测量项的单位应为 {unit}。请在设备侧换算。", "This quantity is measured in {unit}. Convert it in the device.")
	ErrChannelSpan = fault.Define(fault.Invalid, "sensors.channel_span",
		"量程下限须小于上限，并在 {min} 至 {max} 之内。", "The lower end must be below the upper, both within {min} to {max}.")
	ErrPlanPair = fault.Define(fault.Invalid, "sensors.plan_pair",
		"平面图坐标须同时填写 X 和 Y，绝对值不超过 {max} 米。", "A place on the plan has both X and Y, each at most {max} metres from the origin.")
	ErrDeviceHeard = fault.Define(fault.Conflict, "sensors.device_heard",
		"设备已经上报过数据，不能删除，否则数据失去出处。请改为停用。", "The device has sent data and cannot be removed, or nobody would know where the data is from. Retire it instead.")
)

const (
	defaultSilentS = 120
	minSilentS     = 10
	maxSilentS     = 86400
)

// zonesFor are the zones in which a kind of device may stand; a kind that is not
// listed may stand in any.
var zonesFor = map[DeviceKind][]ZoneKind{Portal: {Exit, Passageway}, Gate: {Ground}}

// fits reports whether a device of that kind may stand in a zone of this one.
func (k ZoneKind) fits(device DeviceKind) bool {
	in, bound := zonesFor[device]
	return !bound || slices.Contains(in, k)
}

// deviceRules is what is particular to devices.
type deviceRules struct{ s *Service }

var _ kind[Device, DeviceFields] = deviceRules{}

func (deviceRules) noun() string                   { return "device" }
func (deviceRules) fields(d *Device) *DeviceFields { return &d.Fields }
func (deviceRules) sees(actor.Actor, *Device) bool { return true }

func (deviceRules) newID(id string) (string, []fault.Field) {
	if !ids.ValidSlug(id) {
		return "", []fault.Field{ErrDeviceName.At("id")}
	}
	return id, nil
}

func (deviceRules) check(f *DeviceFields) []fault.Field {
	f.normalise()
	var c heritage.Findings
	c.Form(f)
	c.Title("name", f.Name)
	between(&c, "silentAfterS", f.SilentAfterS, minSilentS, maxSilentS)
	if (f.Kind == Instrument) != (len(f.Channels) > 0) {
		c.Add(ErrChannels.At("channels"))
	}
	seen := make(map[string]bool)
	for i := range f.Channels {
		f.Channels[i].check(&c, at("channels", i), seen)
	}
	x, y := f.PlanX, f.PlanY
	if (x == nil) != (y == nil) || x != nil && (!onPlan(*x) || !onPlan(*y)) {
		c.Add(ErrPlanPair.At("planX", fault.P("max", planSpan)))
	}
	return c.Fields()
}

func (f *DeviceFields) normalise() {
	f.Name = heritage.Text{ZH: heritage.TidyLine(f.Name.ZH), EN: heritage.TidyLine(f.Name.EN)}
	f.Model, f.Notes = heritage.TidyLine(f.Model), heritage.TidyText(f.Notes)
	if f.SilentAfterS == 0 {
		f.SilentAfterS = defaultSilentS
	}
	channels := f.Channels
	f.Channels = nil
	for _, ch := range channels {
		if q, ok := QuantityNamed(ch.Quantity); ok && ch.Min == 0 && ch.Max == 0 {
			ch.Min, ch.Max = q.Min, q.Max
		}
		f.Channels = append(f.Channels, ch)
	}
}

// check adds what is wrong with a channel; seen are the names before it.
func (ch Channel) check(c *heritage.Findings, path string, seen map[string]bool) {
	if !ids.ValidSlug(ch.Name) || seen[ch.Name] {
		c.Add(ErrChannelName.At(path + ".name"))
	}
	seen[ch.Name] = true
	q, ok := QuantityNamed(ch.Quantity)
	if !ok {
		c.Add(ErrQuantity.At(path+".quantity", fault.P("known", quantityNames())))
		return
	}
	if ch.Unit != q.Unit {
		c.Add(ErrUnit.At(path+".unit", fault.P("unit", q.Unit)))
	}
	if !(ch.Min < ch.Max && ch.Min >= q.Min && ch.Max <= q.Max) {
		c.Add(ErrChannelSpan.At(path+".min", fault.P("min", q.Min), fault.P("max", q.Max)))
	}
}

// checkIn also makes a device of a simulated zone a simulated one: whatever it
// says is.
func (k deviceRules) checkIn(tx *store.Tx, d *Device, f *DeviceFields) ([]fault.Field, error) {
	if !ids.Valid(string(f.ZoneID)) {
		return nil, nil // found already
	}
	if err := tx.Guard(zoneKey(f.ZoneID)); err != nil {
		return nil, err
	}
	zone, err := found(zoneDocs.Get(tx.Context(), tx, string(f.ZoneID)))
	if err != nil {
		return nil, err
	}
	if zone == nil || zone.Org != d.Org || f.ZoneID != d.Fields.ZoneID && !(zoneRules{}).sees(tx.Actor(), zone) {
		return []fault.Field{heritage.ErrReference.At("zoneId")}, nil
	}
	var c heritage.Findings
	if !zone.Fields.Kind.fits(f.Kind) {
		c.Add(ErrZoneFit.At("zoneId"))
	}
	if zone.Fields.Retired && !f.Retired && (f.ZoneID != d.Fields.ZoneID || d.Fields.Retired) {
		c.Add(ErrZoneGone.At("zoneId"))
	}
	f.Simulated = f.Simulated || zone.Fields.Simulated
	heard, err := k.heard(tx.Context(), tx, d.ID)
	if err != nil {
		return nil, err
	}
	if heard {
		k.checkHeard(&c, &d.Fields, f)
	}
	return c.Fields(), nil
}

// checkHeard keeps what the stored data of a device means.
func (deviceRules) checkHeard(c *heritage.Findings, old, f *DeviceFields) {
	if f.Kind != old.Kind {
		c.Add(ErrKindFixed.At("kind"))
	}
	for i, ch := range f.Channels {
		for _, was := range old.Channels {
			if ch.Name == was.Name && (ch.Quantity != was.Quantity || ch.Unit != was.Unit) {
				c.Add(ErrChannelFixed.At(at("channels", i) + ".quantity"))
			}
		}
	}
}

// heard reports whether the device ever sent something.
func (deviceRules) heard(ctx context.Context, r store.Reader, id string) (bool, error) {
	state, err := found(deviceStates.Get(ctx, r, id))
	return state != nil && !state.LastHeardAt.IsZero(), err
}

// changedIn keeps the watch over a device that was heard before: by its new
// patience, not at all while it is retired, anew when it is back in service. An
// alarm that is open stays: whoever retired the device did not answer it.
func (k deviceRules) changedIn(tx *store.Tx, d *Device) error {
	if err := k.s.climate(tx, tx.Now()).movedIn(d); err != nil {
		return err
	}
	state, err := found(deviceStates.Get(tx.Context(), tx, d.ID))
	if err != nil || state == nil || state.LastHeardAt.IsZero() {
		return err
	}
	now := tx.Now()
	state.ZoneID = d.Fields.ZoneID
	switch {
	case d.Fields.Retired:
		state.DueAt, state.Down, state.Deaf = nil, false, false
	case state.DueAt != nil:
		due := d.Fields.dueAfter(state.LastHeardAt)
		if due.Before(now) {
			due = now
		}
		state.DueAt = &due
	case !state.Down: // it was retired
		due := d.Fields.dueAfter(now)
		state.DueAt = &due
	}
	return deviceStates.Put(tx, state)
}

func (k deviceRules) removeIn(tx *store.Tx, d *Device) error {
	state, err := found(deviceStates.Get(tx.Context(), tx, d.ID))
	if err != nil {
		return err
	}
	if state != nil && !state.LastHeardAt.IsZero() {
		return ErrDeviceHeard.New()
	}
	if state != nil {
		if err := deviceStates.Delete(tx, state.ID, state.Rev, ""); err != nil {
			return err
		}
	}
	return k.s.dropSecretsIn(tx, DeviceID(d.ID))
}

// hide takes away where a device stands from those who may not know of its zone.
func (deviceRules) hide(ctx context.Context, r store.Reader, by actor.Actor, docs []*Device) error {
	var zones []ZoneID
	for _, d := range docs {
		if !by.Can(actor.LocationRead, d.Org) {
			zones = append(zones, d.Fields.ZoneID)
		}
	}
	secret, err := storesAmong(ctx, r, zones)
	if err != nil {
		return err
	}
	for _, d := range docs {
		if secret[d.Fields.ZoneID] && !by.Can(actor.LocationRead, d.Org) {
			d.Fields.ZoneID, d.Fields.PlanX, d.Fields.PlanY, d.Fields.Notes = "", nil, nil, ""
		}
	}
	return nil
}

func (k deviceRules) query(ctx context.Context, by actor.Actor, f Filter) (store.Query, error) {
	return k.s.byZoneOrOrg(ctx, by, f)
}

// DeviceStates returns how the devices were last heard, by the id of the device;
// one that was never heard is missing. Devices come from the register, which has
// decided that the reader may see them; what it hid of one is hidden here too.
func (s *Service) DeviceStates(ctx context.Context, devices []*Device) (map[string]*DeviceState, error) {
	all := make([]string, 0, len(devices))
	for _, d := range devices {
		all = append(all, d.ID)
	}
	states, err := deviceStates.GetMany(ctx, s.st, all)
	if err != nil {
		return nil, err
	}
	out := make(map[string]*DeviceState, len(states))
	for _, st := range states {
		out[st.ID] = st
	}
	for _, d := range devices {
		if st := out[d.ID]; st != nil && d.Fields.ZoneID == "" {
			st.ZoneID = ""
		}
	}
	return out, nil
}

// between adds that a number is not within lowest and highest.
func between(c *heritage.Findings, path string, v, lowest, highest int) {
	if v < lowest || v > highest {
		c.Add(heritage.ErrRange.At(path, fault.P("min", lowest), fault.P("max", highest)))
	}
}
