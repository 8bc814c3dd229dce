package sensors

import (
	"context"
	"strconv"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// What can be wrong with a zone.
var (
	ErrGroundOnly = fault.Define(fault.Invalid, "sensors.ground_only",
		"只有景区计数区域有这一项。请清空，或改区域类型。", "Only a ground has this. Leave it empty, or choose another kind of zone.")
	ErrResetAt = fault.Define(fault.Invalid, "sensors.reset_at",
		"每日起算时刻应写成“时:分”，00:00 至 23:59。", "Write when a day begins as hours:minutes, 00:00 to 23:59.")
	ErrOutline = fault.Define(fault.Invalid, "sensors.outline",
		"轮廓须为 3 至 100 个角点的简单多边形：边不相交、不重叠，坐标绝对值不超过 {max} 米。", "An outline is a simple polygon of 3 to 100 corners: no two edges touch, and no corner is further than {max} metres from the origin.")
	ErrFloor = fault.Define(fault.Invalid, "sensors.floor",
		"画了轮廓，须注明所在平面图（楼层）。", "An outline needs the name of the plan (floor) that it is drawn on.")
	ErrAreaTaken = fault.Define(fault.Invalid, "sensors.area_taken",
		"该景区已有一个计数区域。一个景区只能有一个，请改用原来的。", "Another zone counts the visitors of this area already. An area has one; use that.")
	ErrStoreZone = fault.Define(fault.Invalid, "sensors.store_zone",
		"库房区域属于保密信息，须有查看库房位置的权限才能登记。", "A store is confidential. Only who may see store locations can register one.")
	ErrZoneKind = fault.Define(fault.Invalid, "sensors.zone_kind_used",
		"区域内有设备不能放在这种区域。请先移走那些设备。", "A device in this zone cannot stand in one of that kind. Move it first.")
	ErrZoneBusy = fault.Define(fault.Invalid, "sensors.zone_busy",
		"区域内还有使用中的设备，不能停用。请先移走或停用设备。", "There are devices at work in this zone, so that it cannot be retired. Move or retire them first.")
	ErrZoneDevices = fault.Define(fault.Conflict, "sensors.zone_devices",
		"还有设备登记在该区域，不能删除。请先把设备移到别的区域。", "Devices are registered in this zone and it cannot be removed. Move them to another first.")
	ErrZoneUsed = fault.Define(fault.Conflict, "sensors.zone_used",
		"该区域已有位置或计数记录，不能删除，否则记录失去所在。请改为停用。", "Something was seen or counted in this zone and it cannot be removed, or nobody would know where. Retire it instead.")
)

const (
	defaultResetAt = "04:00"
	defaultStaleS  = 300
	minStaleS      = 30
	maxStaleS      = 86400
	maxDwellS      = 3600
	lowestRisk     = 3
)

// zoneRules is what is particular to zones.
type zoneRules struct{ s *Service }

var _ kind[Zone, ZoneFields] = zoneRules{}

// zoneKey is guarded by whoever puts a device into a zone or relies on what is in it.
func zoneKey(id ZoneID) string { return "sensors/zone/" + string(id) }

func (zoneRules) noun() string               { return "zone" }
func (zoneRules) fields(z *Zone) *ZoneFields { return &z.Fields }

// sees: stores are confidential.
func (zoneRules) sees(by actor.Actor, z *Zone) bool {
	return z.Fields.Kind != Store || by.Can(actor.LocationRead, z.Org)
}

func (zoneRules) newID(id string) (string, []fault.Field) {
	if id != "" && !ids.Valid(id) {
		return "", []fault.Field{heritage.ErrID.At("id")}
	}
	return id, nil
}

func (zoneRules) check(f *ZoneFields) []fault.Field {
	f.normalise()
	var c heritage.Findings
	c.Form(f)
	c.Title("name", f.Name)
	c.TimeZone("timeZone", f.TimeZone)
	between(&c, "dwellS", f.DwellS, 0, maxDwellS)
	between(&c, "risk", int(f.Risk), 0, lowestRisk)
	if f.Kind == Ground {
		between(&c, "staleAfterS", f.StaleAfterS, minStaleS, maxStaleS)
		if m, ok := heritage.Clock(f.ResetAt).Minutes(); !ok || m == 24*60 {
			c.Add(ErrResetAt.At("resetAt"))
		}
	} else {
		for _, m := range []struct {
			path string
			set  bool
		}{{"areaId", f.AreaID != ""}, {"resetAt", f.ResetAt != ""}, {"staleAfterS", f.StaleAfterS != 0}} {
			if m.set {
				c.Add(ErrGroundOnly.At(m.path))
			}
		}
	}
	if len(f.Outline) > 0 {
		if !f.drawable() {
			c.Add(ErrOutline.At("outline", fault.P("max", planSpan)))
		}
		if f.Floor == "" {
			c.Add(ErrFloor.At("floor"))
		}
	}
	return c.Fields()
}

func (f *ZoneFields) normalise() {
	f.Name = heritage.Text{ZH: heritage.TidyLine(f.Name.ZH), EN: heritage.TidyLine(f.Name.EN)}
	f.TimeZone, f.Floor, f.ResetAt = heritage.TidyLine(f.TimeZone), heritage.TidyLine(f.Floor), heritage.TidyLine(f.ResetAt)
	if f.TimeZone == "" {
		f.TimeZone = defaultTimeZone
	}
	if f.Kind == Ground {
		if f.ResetAt == "" {
			f.ResetAt = defaultResetAt
		}
		if f.StaleAfterS == 0 {
			f.StaleAfterS = defaultStaleS
		}
	}
	corners := append([]PlanPoint(nil), f.Outline...)
	if n := len(corners); n > 1 && corners[0] == corners[n-1] { // closed, as some formats write it
		corners = corners[:n-1]
	}
	f.Outline = corners
}

// drawable reports whether the outline is a simple polygon on the plan. The tags
// have seen to the number of corners.
func (f *ZoneFields) drawable() bool {
	if len(f.Outline) > 100 {
		return true
	}
	for _, p := range f.Outline {
		if !onPlan(p.X) || !onPlan(p.Y) {
			return false
		}
	}
	return simple(f.Outline)
}

func (k zoneRules) checkIn(tx *store.Tx, z *Zone, f *ZoneFields) ([]fault.Field, error) {
	var c heritage.Findings
	by, old := tx.Actor(), &z.Fields
	open := by.Can(actor.LocationRead, z.Org)
	if f.Kind == Store && !open {
		c.Add(ErrStoreZone.At("kind"))
	}
	if !open && f.PlaceID == "" {
		f.PlaceID = old.PlaceID // he was not shown it
	}
	if err := k.checkPlace(tx, &c, z, f); err != nil {
		return nil, err
	}
	if err := k.checkArea(tx, &c, z, f); err != nil {
		return nil, err
	}
	if z.Rev > 0 && (f.Kind != old.Kind || f.Retired && !old.Retired) {
		if err := k.checkDevices(tx, &c, z, f); err != nil {
			return nil, err
		}
	}
	return c.Fields(), nil
}

func (k zoneRules) checkPlace(tx *store.Tx, c *heritage.Findings, z *Zone, f *ZoneFields) error {
	if !ids.Valid(string(f.PlaceID)) || f.PlaceID == z.Fields.PlaceID {
		return nil
	}
	org, err := k.s.catalogue.PlaceOrg(tx.Context(), tx, f.PlaceID)
	return sameOrg(c, "placeId", z.Org, org, err)
}

func (k zoneRules) checkArea(tx *store.Tx, c *heritage.Findings, z *Zone, f *ZoneFields) error {
	if !ids.Valid(f.AreaID) || f.AreaID == z.Fields.AreaID {
		return nil
	}
	org, err := k.s.areas.AreaOrg(tx.Context(), tx, f.AreaID)
	if err := sameOrg(c, "areaId", z.Org, org, err); err != nil {
		return err
	}
	other, err := found(zoneDocs.One(tx.Context(), tx, store.Query{Index: "byArea", Equal: []any{f.AreaID}}))
	if other != nil && other.Org == z.Org {
		c.Add(ErrAreaTaken.At("areaId"))
	}
	return err
}

// sameOrg adds at path that what is named there does not exist, or is of another
// organisation than org: which of the two is not told.
func sameOrg(c *heritage.Findings, path string, org, owner actor.OrgID, err error) error {
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	if err != nil || owner != org {
		c.Add(heritage.ErrReference.At(path))
	}
	return nil
}

// checkDevices refuses a kind that a device of the zone cannot stand in, and to
// retire a zone with devices at work.
func (k zoneRules) checkDevices(tx *store.Tx, c *heritage.Findings, z *Zone, f *ZoneFields) error {
	if err := tx.Guard(zoneKey(ZoneID(z.ID))); err != nil {
		return err
	}
	misfit, busy := false, false
	err := deviceDocs.Each(tx.Context(), tx, store.Query{Index: "byZone", Equal: []any{z.ID}}, func(d *Device) error {
		misfit = misfit || !f.Kind.fits(d.Fields.Kind)
		busy = busy || !d.Fields.Retired
		return nil
	})
	if misfit {
		c.Add(ErrZoneKind.At("kind"))
	}
	if busy && f.Retired && !z.Fields.Retired {
		c.Add(ErrZoneBusy.At("retired"))
	}
	return err
}

func (zoneRules) changedIn(*store.Tx, *Zone) error { return nil }

func (k zoneRules) removeIn(tx *store.Tx, z *Zone) error {
	if err := tx.Guard(zoneKey(ZoneID(z.ID))); err != nil {
		return err
	}
	q := func(index string) store.Query { return store.Query{Index: index, Equal: []any{z.ID}} }
	n, err := deviceDocs.Count(tx.Context(), tx, q("byZone"), 1)
	if err != nil {
		return err
	}
	if n > 0 {
		return ErrZoneDevices.New()
	}
	type counter interface {
		Count(context.Context, store.Reader, store.Query, int) (int, error)
	}
	for _, where := range []struct {
		docs  counter
		index string
	}{{tagStates, "byZone"}, {stayDocs, "ofZone"}, {passageDocs, "ofZone"}, {occupancyDocs, "byZone"}} {
		if n, err = where.docs.Count(tx.Context(), tx, q(where.index), 1); err != nil {
			return err
		}
		if n > 0 {
			return ErrZoneUsed.New()
		}
	}
	return nil
}

// hide takes away the place of the catalogue from those who may not know of it.
func (zoneRules) hide(_ context.Context, _ store.Reader, by actor.Actor, docs []*Zone) error {
	for _, z := range docs {
		if !by.Can(actor.LocationRead, z.Org) {
			z.Fields.PlaceID = ""
		}
	}
	return nil
}

func (zoneRules) query(_ context.Context, _ actor.Actor, f Filter) (store.Query, error) {
	switch {
	case f.Zone != "" || f.Relic != "":
		return store.Query{}, ErrFilter.New()
	case f.ZoneKind != "":
		return store.Query{Index: "byKind", Equal: []any{string(f.Org), string(f.ZoneKind)}}, nil
	}
	return store.Query{Index: "byOrg", Equal: []any{string(f.Org)}}, nil
}

// storesAmong returns which of the zones are stores; one that is gone counts as
// one. It reads nothing for none.
func storesAmong(ctx context.Context, r store.Reader, zones []ZoneID) (map[ZoneID]bool, error) {
	secret := make(map[ZoneID]bool, len(zones))
	for _, id := range zones {
		secret[id] = id != ""
	}
	return secret, eachZone(ctx, r, zones, func(z *Zone) { secret[ZoneID(z.ID)] = z.Fields.Kind == Store })
}

// at returns the JSON path of the i-th element of a list.
func at(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// ZoneNames returns the names of zones, by id; what is gone is missing. The ids
// come from records that were read for somebody, so that what he may not know of
// is not among them.
func (s *Service) ZoneNames(ctx context.Context, zones []ZoneID) (map[ZoneID]heritage.Text, error) {
	names := make(map[ZoneID]heritage.Text)
	return names, eachZone(ctx, s.st, zones, func(z *Zone) { names[ZoneID(z.ID)] = z.Fields.Name })
}

// eachZone calls fn for each of the zones that exists, once.
func eachZone(ctx context.Context, r store.Reader, zones []ZoneID, fn func(*Zone)) error {
	seen := make(map[ZoneID]bool)
	var all []string
	for _, id := range zones {
		if id != "" && !seen[id] {
			seen[id] = true
			all = append(all, string(id))
		}
	}
	for len(all) > 0 {
		part := all[:min(len(all), store.MaxLimit)]
		all = all[len(part):]
		docs, err := zoneDocs.GetMany(ctx, r, part)
		if err != nil {
			return err
		}
		for _, z := range docs {
			fn(z)
		}
	}
	return nil
}
