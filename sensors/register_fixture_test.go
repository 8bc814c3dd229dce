package sensors

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
	"yijianyou/media"
)

// People of two organisations.
var (
	regKeeper   = regStaff("keeper", actor.Keeper, "demo-museum")
	regManager  = regStaff("manager", actor.AreaManager, "demo-museum") // keeps devices, may not see store locations
	regStranger = regStaff("stranger", actor.Keeper, "demo-museum-b")
	regAuditor  = regStaff("auditor", actor.Auditor, actor.CityWide)
)

func regStaff(id string, role actor.Role, org actor.OrgID) actor.Actor {
	return actor.Actor{Kind: actor.Staff, ID: id, Name: id, Grants: []actor.Grant{{Role: role, Org: org}}}
}

// registerWorld is a store with a clock and neighbours whose things are owned by
// the organisation that the test names.
type registerWorld struct {
	noNeighbours
	*Service
	t      *testing.T
	at     time.Time
	owners map[string]actor.OrgID // of relics, places, areas and pictures
	grades map[string]string
}

func newRegisterWorld(t *testing.T) *registerWorld {
	w := &registerWorld{t: t, at: time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC), owners: map[string]actor.OrgID{}, grades: map[string]string{}}
	st := storetest.NewWith(t, store.Options{RunTwice: true, Now: func() time.Time { return w.at }}, Collections()...)
	w.Service = New(Options{Store: st, Catalogue: w, Orders: w, Loans: w, Assets: w, Areas: w})
	return w
}

func (w *registerWorld) owner(id string) (actor.OrgID, error) {
	if org, ok := w.owners[id]; ok {
		return org, nil
	}
	return "", heritage.ErrNotFound.New()
}

// owned makes the id of something that org owns.
func (w *registerWorld) owned(org actor.OrgID) string {
	id := ids.New()
	w.owners[id] = org
	return id
}

func (w *registerWorld) RelicGlance(_ context.Context, _ store.Reader, id heritage.RelicID) (heritage.RelicGlance, error) {
	org, err := w.owner(string(id))
	if err != nil {
		return heritage.RelicGlance{}, err
	}
	return heritage.RelicGlance{Org: org, Name: heritage.Text{ZH: "演示藏品"}, Grade: w.grades[string(id)]}, nil
}

func (w *registerWorld) PlaceOrg(_ context.Context, _ store.Reader, id heritage.PlaceID) (actor.OrgID, error) {
	return w.owner(string(id))
}

func (w *registerWorld) AreaOrg(_ context.Context, _ store.Reader, id string) (actor.OrgID, error) {
	return w.owner(id)
}

func (w *registerWorld) Asset(_ context.Context, _ store.Reader, id string) (*media.Asset, error) {
	org, err := w.owner(id)
	a := &media.Asset{}
	a.ID, a.Org = id, org
	return a, err
}

func (w *registerWorld) zone(kind ZoneKind, change ...func(*ZoneFields)) ZoneID {
	w.t.Helper()
	f := ZoneFields{Name: heritage.Text{ZH: "区域"}, Kind: kind}
	for _, c := range change {
		c(&f)
	}
	z, err := w.Zones.Create(w.t.Context(), regKeeper, NewThing[ZoneFields]{Org: "demo-museum", Fields: f})
	w.must(err)
	return ZoneID(z.ID)
}

func (w *registerWorld) device(id string, kind DeviceKind, zone ZoneID, change ...func(*DeviceFields)) (*Device, error) {
	f := DeviceFields{Kind: kind, Name: heritage.Text{ZH: "设备"}, ZoneID: zone}
	if kind == Instrument {
		f.Channels = []Channel{{Name: "t", Quantity: "temperature", Unit: "Cel"}}
	}
	for _, c := range change {
		c(&f)
	}
	return w.Devices.Create(w.t.Context(), regKeeper, NewThing[DeviceFields]{ID: id, Org: "demo-museum", Fields: f})
}

func (w *registerWorld) tag(id string) *Tag {
	w.t.Helper()
	tag, err := w.Tags.Create(w.t.Context(), regKeeper, NewThing[TagFields]{ID: id, Org: "demo-museum", Fields: TagFields{Kind: PassiveUHF, Label: "A1"}})
	w.must(err)
	return tag
}

// put writes states as the pipeline does.
func (w *registerWorld) put(fn func(*store.Tx) error) {
	w.t.Helper()
	w.must(w.st.Update(w.t.Context(), actor.SystemPart("test"), fn))
}

// heard puts down that a device was heard now.
func (w *registerWorld) heard(id string, zone ZoneID) {
	w.t.Helper()
	w.put(func(tx *store.Tx) error {
		due := tx.Now().Add(2 * time.Minute)
		return deviceStates.Put(tx, &DeviceState{Meta: store.Meta{ID: id, Org: "demo-museum"}, ZoneID: zone, LastHeardAt: tx.Now(), DueAt: &due})
	})
}

func (w *registerWorld) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err, fault.Of(err).Fields())
	}
}

// want fails unless err is code.
func (w *registerWorld) want(err, code error) {
	w.t.Helper()
	if !errors.Is(err, code) {
		w.t.Errorf("got %v %v, want %v", err, fault.Of(err).Fields(), code)
	}
}

// wantFields fails unless err names exactly these fields, as "path code".
func (w *registerWorld) wantFields(err error, fields ...string) {
	w.t.Helper()
	var got []string
	for _, f := range fault.Of(err).Fields() {
		got = append(got, f.Path+" "+f.Code.ID())
	}
	if !slices.Equal(got, fields) {
		w.t.Errorf("got %v %q, want %q", err, got, fields)
	}
}
