package sensors

import (
	"strings"
	"testing"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

func TestABadDeviceIsNamedFieldByField(t *testing.T) {
	w := newRegisterWorld(t)
	gallery, exit, ground := w.zone(Gallery), w.zone(Exit), w.zone(Ground)
	far, near := 200_000.0, 1.0
	channel := func(ch Channel) func(*DeviceFields) {
		return func(f *DeviceFields) { f.Channels = []Channel{ch} }
	}
	for _, c := range []struct {
		why    string
		id     string
		kind   DeviceKind
		zone   ZoneID
		change func(*DeviceFields)
		want   string
	}{
		{"capitals", "Reader", Reader, gallery, nil, "id sensors.device_name"},
		{"kind", "d", "camera", gallery, nil, "kind heritage.choice"},
		{"no zone", "d", Reader, "", nil, "zoneId heritage.required"},
		{"unknown zone", "d", Reader, ZoneID(ids.New()), nil, "zoneId heritage.reference"},
		{"portal in a gallery", "d", Portal, gallery, nil, "zoneId sensors.zone_fit"},
		{"gate at an exit", "d", Gate, exit, nil, "zoneId sensors.zone_fit"},
		{"no name", "d", Reader, gallery, func(f *DeviceFields) { f.Name = heritage.Text{EN: "x"} }, "name.zh heritage.chinese_required"},
		{"impatient", "d", Reader, gallery, func(f *DeviceFields) { f.SilentAfterS = 5 }, "silentAfterS heritage.range"},
		{"reader with channels", "d", Reader, gallery, channel(Channel{Name: "t", Quantity: "temperature", Unit: "Cel"}), "channels sensors.channels"},
		{"instrument without", "d", Instrument, gallery, func(f *DeviceFields) { f.Channels = nil }, "channels sensors.channels"},
		{"unit", "d", Instrument, gallery, channel(Channel{Name: "t", Quantity: "temperature", Unit: "K"}), "channels[0].unit sensors.unit"},
		{"quantity", "d", Instrument, gallery, channel(Channel{Name: "t", Quantity: "smell", Unit: "K"}), "channels[0].quantity sensors.quantity"},
		{"span", "d", Instrument, gallery, channel(Channel{Name: "rh", Quantity: "relative-humidity", Unit: "%", Min: 0, Max: 120}), "channels[0].min sensors.channel_span"},
		{"upside down", "d", Instrument, gallery, channel(Channel{Name: "rh", Quantity: "relative-humidity", Unit: "%", Min: 50, Max: 40}), "channels[0].min sensors.channel_span"},
		{"half a place", "d", Reader, gallery, func(f *DeviceFields) { f.PlanX = &near }, "planX sensors.plan_pair"},
		{"off the plan", "d", Reader, gallery, func(f *DeviceFields) { f.PlanX, f.PlanY = &near, &far }, "planX sensors.plan_pair"},
		{"long model", "d", Reader, gallery, func(f *DeviceFields) { f.Model = strings.Repeat("长", 201) }, "model heritage.too_long"},
	} {
		t.Run(c.why, func(t *testing.T) {
			w.t = t
			var changes []func(*DeviceFields)
			if c.change != nil {
				changes = append(changes, c.change)
			}
			_, err := w.device(c.id, c.kind, c.zone, changes...)
			w.wantFields(err, c.want)
		})
	}
	w.t = t
	for kind, zone := range map[DeviceKind]ZoneID{Portal: exit, Gate: ground, Reader: gallery, Instrument: gallery} {
		d, err := w.device("ok-"+string(kind), kind, zone)
		w.must(err)
		if d.Fields.SilentAfterS != 120 || kind == Instrument && d.Fields.Channels[0] != (Channel{"t", "temperature", "Cel", -60, 100}) {
			t.Errorf("what is left open is not filled: %+v", d.Fields)
		}
	}
	_, err := w.device("ok-gate", Gate, ground)
	w.want(err, ErrTaken)
}

func TestABadZoneIsNamedFieldByField(t *testing.T) {
	w := newRegisterWorld(t)
	area, foreign := w.owned("demo-museum"), w.owned("demo-museum-b")
	w.zone(Ground, func(f *ZoneFields) { f.AreaID = area })
	square := []PlanPoint{{0, 0}, {4, 0}, {4, 3}, {0, 3}}
	for _, c := range []struct {
		why    string
		kind   ZoneKind
		change func(*ZoneFields)
		want   string
	}{
		{"kind", "attic", func(*ZoneFields) {}, "kind heritage.choice"},
		{"time zone", Gallery, func(f *ZoneFields) { f.TimeZone = "Moon/Base" }, "timeZone heritage.time_zone"},
		{"local time zone", Gallery, func(f *ZoneFields) { f.TimeZone = "Local" }, "timeZone heritage.time_zone"},
		{"reset of a gallery", Gallery, func(f *ZoneFields) { f.ResetAt = "04:00" }, "resetAt sensors.ground_only"},
		{"area of a gallery", Gallery, func(f *ZoneFields) { f.AreaID = w.owned("demo-museum") }, "areaId sensors.ground_only"},
		{"reset at midnight's end", Ground, func(f *ZoneFields) { f.ResetAt = "24:00" }, "resetAt sensors.reset_at"},
		{"stale at once", Ground, func(f *ZoneFields) { f.StaleAfterS = 1 }, "staleAfterS heritage.range"},
		{"dwell", Gallery, func(f *ZoneFields) { f.DwellS = 3601 }, "dwellS heritage.range"},
		{"risk", Gallery, func(f *ZoneFields) { f.Risk = 4 }, "risk heritage.range"},
		{"another's place", Gallery, func(f *ZoneFields) { f.PlaceID = heritage.PlaceID(foreign) }, "placeId heritage.reference"},
		{"unknown place", Gallery, func(f *ZoneFields) { f.PlaceID = heritage.PlaceID(ids.New()) }, "placeId heritage.reference"},
		{"another's area", Ground, func(f *ZoneFields) { f.AreaID = foreign }, "areaId heritage.reference"},
		{"a second zone of an area", Ground, func(f *ZoneFields) { f.AreaID = area }, "areaId sensors.area_taken"},
		{"outline without a plan", Gallery, func(f *ZoneFields) { f.Outline = square }, "floor sensors.floor"},
		{"bow tie", Gallery, func(f *ZoneFields) { f.Floor, f.Outline = "1", []PlanPoint{{0, 0}, {4, 3}, {4, 0}, {0, 3}} }, "outline sensors.outline"},
		{"two corners", Gallery, func(f *ZoneFields) { f.Floor, f.Outline = "1", square[:2] }, "outline sensors.outline"},
	} {
		t.Run(c.why, func(t *testing.T) {
			w.t = t
			f := ZoneFields{Name: heritage.Text{ZH: "区"}, Kind: c.kind}
			c.change(&f)
			_, err := w.Zones.Create(t.Context(), regKeeper, NewThing[ZoneFields]{Org: "demo-museum", Fields: f})
			w.wantFields(err, c.want)
		})
	}
	w.t = t
	closed := append(append([]PlanPoint{}, square...), square[0])
	z, err := w.Zones.Record(t.Context(), regKeeper, string(w.zone(Ground, func(f *ZoneFields) { f.Floor, f.Outline = " 1 ", closed })))
	w.must(err)
	if f := z.Fields; f.TimeZone != "Asia/Shanghai" || f.ResetAt != "04:00" || f.StaleAfterS != 300 || f.Floor != "1" || len(f.Outline) != 4 {
		t.Errorf("what is left open is not filled: %+v", f)
	}
}

func TestAnOutlineIsASimplePolygon(t *testing.T) {
	for _, c := range []struct {
		why     string
		corners []PlanPoint
		want    bool
	}{
		{"triangle", []PlanPoint{{0, 0}, {1, 0}, {0, 1}}, true},
		{"L", []PlanPoint{{0, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 2}, {0, 2}}, true},
		{"corner on a straight wall", []PlanPoint{{0, 0}, {1, 0}, {2, 0}, {2, 2}, {0, 2}}, true},
		{"no area", []PlanPoint{{0, 0}, {1, 1}, {2, 2}}, false},
		{"repeated corner", []PlanPoint{{0, 0}, {1, 0}, {1, 0}, {0, 1}}, false},
		{"spike", []PlanPoint{{0, 0}, {2, 0}, {4, 0}, {2, 0}, {2, 2}}, false},
		{"touches itself", []PlanPoint{{0, 0}, {4, 0}, {4, 4}, {2, 0}, {0, 4}}, false},
		{"crosses itself", []PlanPoint{{0, 0}, {2, 2}, {2, 0}, {0, 2}}, false},
		{"two corners", []PlanPoint{{0, 0}, {1, 0}}, false},
	} {
		if got := simple(c.corners); got != c.want {
			t.Errorf("%s: %v", c.why, got)
		}
	}
}

func TestADeviceThatHasSpokenStaysWhatItIs(t *testing.T) {
	w, ctx := newRegisterWorld(t), t.Context()
	gallery, exit := w.zone(Gallery), w.zone(Exit)
	d, err := w.device("thermo", Instrument, gallery)
	w.must(err)
	f := d.Fields
	f.Kind, f.Channels = Reader, nil
	d, err = w.Devices.Change(ctx, regKeeper, "thermo", d.Rev, f)
	w.must(err)
	f = d.Fields
	f.Kind, f.Channels = Instrument, []Channel{{Name: "t", Quantity: "temperature", Unit: "Cel"}}
	d, err = w.Devices.Change(ctx, regKeeper, "thermo", d.Rev, f)
	w.must(err)

	w.heard("thermo", gallery)
	bad := d.Fields
	bad.Kind, bad.Channels = Reader, nil
	_, err = w.Devices.Change(ctx, regKeeper, "thermo", d.Rev, bad)
	w.wantFields(err, "kind sensors.device_kind_fixed")
	bad = d.Fields
	bad.Channels = []Channel{{Name: "t", Quantity: "co2", Unit: "[ppm]"}}
	_, err = w.Devices.Change(ctx, regKeeper, "thermo", d.Rev, bad)
	w.wantFields(err, "channels[0].quantity sensors.channel_fixed")
	w.want(w.Devices.Remove(ctx, regKeeper, "thermo", d.Rev, "拆除"), ErrDeviceHeard)

	f = d.Fields
	f.ZoneID, f.Retired = exit, true
	d, err = w.Devices.Change(ctx, regKeeper, "thermo", d.Rev, f)
	w.must(err)
	if st := w.deviceState("thermo"); st.DueAt != nil || st.ZoneID != exit {
		t.Errorf("a retired device is watched: %+v", st)
	}
	f.Retired, f.SilentAfterS = false, 60
	_, err = w.Devices.Change(ctx, regKeeper, "thermo", d.Rev, f)
	w.must(err)
	if st := w.deviceState("thermo"); st.DueAt == nil || !st.DueAt.Equal(f.dueAfter(w.at)) {
		t.Errorf("a device that is back in service is not watched: %+v", st)
	}
}

func (w *registerWorld) deviceState(id string) *DeviceState {
	w.t.Helper()
	st, err := deviceStates.Get(w.t.Context(), w.st, id)
	w.must(err)
	return st
}

func TestAZoneInUseIsKept(t *testing.T) {
	w, ctx := newRegisterWorld(t), t.Context()
	exit := w.zone(Exit)
	d, err := w.device("door", Portal, exit)
	w.must(err)
	z, err := w.Zones.Record(ctx, regKeeper, string(exit))
	w.must(err)
	f := z.Fields
	f.Kind = Gallery
	_, err = w.Zones.Change(ctx, regKeeper, z.ID, z.Rev, f)
	w.wantFields(err, "kind sensors.zone_kind_used")
	f = z.Fields
	f.Retired = true
	_, err = w.Zones.Change(ctx, regKeeper, z.ID, z.Rev, f)
	w.wantFields(err, "retired sensors.zone_busy")
	w.want(w.Zones.Remove(ctx, regKeeper, z.ID, z.Rev, "改造"), ErrZoneDevices)

	w.must(w.Devices.Remove(ctx, regKeeper, d.ID, d.Rev, "误录"))
	w.put(func(tx *store.Tx) error {
		return passageDocs.Put(tx, &Passage{Meta: store.Meta{ID: "p", Org: "demo-museum"}, ZoneID: exit, At: tx.Now()})
	})
	w.want(w.Zones.Remove(ctx, regKeeper, z.ID, z.Rev, "改造"), ErrZoneUsed)
	_, err = w.Zones.Change(ctx, regKeeper, z.ID, z.Rev, f)
	w.must(err)
	_, err = w.device("door", Portal, exit)
	w.wantFields(err, "zoneId sensors.zone_retired")
	empty := w.zone(Gallery)
	w.wantFields(w.Zones.Remove(ctx, regKeeper, string(empty), 1, " "), "reason heritage.reason_required")
	w.must(w.Zones.Remove(ctx, regKeeper, string(empty), 1, "误录"))
}

func TestStoresAreForThoseWhoMaySeeThem(t *testing.T) {
	w, ctx := newRegisterWorld(t), t.Context()
	place := heritage.PlaceID(w.owned("demo-museum"))
	vault := w.zone(Store, func(f *ZoneFields) { f.PlaceID = place })
	hall := w.zone(Gallery, func(f *ZoneFields) { f.PlaceID = place })
	x, y := 1.0, 2.0
	_, err := w.device("vault-reader", Reader, vault, func(f *DeviceFields) { f.PlanX, f.PlanY = &x, &y })
	w.must(err)
	w.heard("vault-reader", vault)
	tag := w.tag("e2801160")
	w.put(func(tx *store.Tx) error {
		now := tx.Now()
		return tagStates.Put(tx, &TagState{Meta: store.Meta{ID: tag.ID, Org: "demo-museum"}, ZoneID: hall, CandidateID: vault, CandidateSince: &now, LastSeenAt: &now, LastDevice: "vault-reader"})
	})

	for _, by := range []actor.Actor{regKeeper, regAuditor} {
		z, err := w.Zones.Record(ctx, by, string(vault))
		w.must(err)
		if z.Fields.PlaceID != place {
			t.Errorf("%s is not shown the place of a store", by.ID)
		}
	}
	_, err = w.Zones.Record(ctx, regManager, string(vault))
	w.want(err, ErrNotFound)
	page, err := w.Zones.List(ctx, regManager, Filter{}, 10, "")
	w.must(err)
	if len(page.Items) != 1 || page.Items[0].Fields.PlaceID != "" {
		t.Errorf("the list of zones tells of a store: %+v", page.Items)
	}
	_, err = w.Devices.List(ctx, regManager, Filter{Zone: vault}, 10, "")
	w.want(err, ErrNotFound)
	d, err := w.Devices.Record(ctx, regManager, "vault-reader")
	w.must(err)
	states, err := w.DeviceStates(ctx, []*Device{d})
	w.must(err)
	if d.Fields.ZoneID != "" || d.Fields.PlanX != nil || states[d.ID].ZoneID != "" {
		t.Errorf("a device tells where the store is: %+v", d.Fields)
	}
	places, err := w.TagStates(ctx, regManager, []*Tag{tag})
	w.must(err)
	if st := places[tag.ID]; st.ZoneID != "" || st.CandidateID != "" || st.LastDevice != "" || st.LastSeenAt == nil {
		t.Errorf("a tag tells of a store: %+v", st)
	}
	if places, err = w.TagStates(ctx, regKeeper, []*Tag{tag}); err != nil || places[tag.ID].ZoneID != hall {
		t.Errorf("the keeper is not shown where the tag is: %v %v", places, err)
	}

	// Who does not see the place of a zone does not wipe it out either.
	z, err := w.Zones.Record(ctx, regManager, string(hall))
	w.must(err)
	z.Fields.Name.ZH = "改名"
	_, err = w.Zones.Change(ctx, regManager, z.ID, z.Rev, z.Fields)
	w.must(err)
	if z, err = w.Zones.Record(ctx, regKeeper, string(hall)); err != nil || z.Fields.PlaceID != place {
		t.Errorf("the place is lost: %+v %v", z, err)
	}
	_, err = w.Zones.Create(ctx, regManager, NewThing[ZoneFields]{Org: "demo-museum", Fields: ZoneFields{Name: heritage.Text{ZH: "库"}, Kind: Store}})
	w.wantFields(err, "kind sensors.store_zone")
}

func TestWhoMayKeepTheRegister(t *testing.T) {
	w, ctx := newRegisterWorld(t), t.Context()
	zone := w.zone(Gallery)
	d, err := w.device("reader-1", Reader, zone)
	w.must(err)
	_, err = w.Devices.Create(ctx, regStranger, NewThing[DeviceFields]{ID: "x", Org: "demo-museum", Fields: d.Fields})
	w.want(err, ErrOrgDenied)
	_, err = w.Devices.Create(ctx, regStranger, NewThing[DeviceFields]{ID: "x", Org: "demo-museum-b", Fields: d.Fields})
	w.wantFields(err, "zoneId heritage.reference")
	_, err = w.Devices.Record(ctx, regStranger, d.ID)
	w.want(err, ErrNotFound)
	_, err = w.Devices.Change(ctx, regStranger, d.ID, 0, d.Fields)
	w.want(err, ErrNotFound)
	w.want(w.Devices.Remove(ctx, regStranger, d.ID, 0, "x"), ErrNotFound)
	_, err = w.Devices.Revisions(ctx, regStranger, d.ID, 10, "")
	w.want(err, ErrNotFound)
	_, err = w.Devices.List(ctx, regStranger, Filter{Org: "demo-museum"}, 10, "")
	w.want(err, ErrNotFound)
	_, err = w.Devices.List(ctx, actor.Nobody(), Filter{Org: "demo-museum"}, 10, "")
	w.want(err, ErrDenied)
	_, err = w.Devices.List(ctx, regAuditor, Filter{}, 10, "")
	w.wantFields(err, "query.org sensors.org")
	_, err = w.Devices.Change(ctx, regAuditor, d.ID, 0, d.Fields)
	w.want(err, ErrDenied)
	_, err = w.Devices.Change(ctx, regKeeper, d.ID, 7, d.Fields)
	w.want(err, store.ErrConflict)
	if page, err := w.Devices.List(ctx, regStranger, Filter{}, 10, ""); err != nil || len(page.Items) != 0 {
		t.Errorf("the stranger's list: %v %v", page.Items, err)
	}
}

// TestANamesakeInheritsNothing: a device that was removed leaves its name free for
// another organisation, which must not learn of the first.
func TestANamesakeInheritsNothing(t *testing.T) {
	w, ctx := newRegisterWorld(t), t.Context()
	d, err := w.device("gate-1", Reader, w.zone(Gallery))
	w.must(err)
	secret, err := w.RotateSecret(ctx, regKeeper, "gate-1")
	w.must(err)
	w.must(w.Devices.Remove(ctx, regKeeper, d.ID, d.Rev, "误录"))
	z, err := w.Zones.Create(ctx, regStranger, NewThing[ZoneFields]{Org: "demo-museum-b", Fields: ZoneFields{Name: heritage.Text{ZH: "厅"}, Kind: Gallery}})
	w.must(err)
	_, err = w.Devices.Create(ctx, regStranger, NewThing[DeviceFields]{ID: "gate-1", Org: "demo-museum-b", Fields: DeviceFields{Kind: Reader, Name: heritage.Text{ZH: "另一台"}, ZoneID: ZoneID(z.ID)}})
	w.must(err)
	_, err = w.Authenticate(ctx, "gate-1", secret, "127.0.0.1")
	w.want(err, ErrDeviceRefused)
	page, err := w.Devices.Revisions(ctx, regStranger, "gate-1", 10, "")
	w.must(err)
	for _, r := range page.Items {
		if r.Org != "demo-museum-b" {
			t.Errorf("the history tells of another organisation: %+v", r)
		}
	}
	_, err = w.Devices.AtRevision(ctx, regStranger, "gate-1", 1)
	w.want(err, ErrNotFound)
}
