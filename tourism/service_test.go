package tourism

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
	"yijianyou/media"
	"yijianyou/search"
)

// pictures is a fake of heritage.Assets.
type pictures struct {
	org    map[string]actor.OrgID
	shown  map[string]bool
	denied map[string]bool // of which the actor may not say who sees them
}

func (p *pictures) Asset(_ context.Context, _ store.Reader, id string) (*media.Asset, error) {
	org, ok := p.org[id]
	if !ok {
		return nil, ErrNotFound.New()
	}
	a := &media.Asset{}
	a.ID, a.Org = id, org
	return a, nil
}

func (p *pictures) SetShown(tx *store.Tx, id, shower string, grades []string) error {
	if p.denied[id] {
		return media.ErrDenied.New()
	}
	return p.FollowShown(tx, id, shower, grades)
}

func (p *pictures) FollowShown(_ *store.Tx, id, _ string, grades []string) error {
	p.shown[id] = grades != nil
	return nil
}

// catalogue is a fake of Catalogue: records by id, public or not.
type catalogue map[string]bool

func (c catalogue) Name(_ context.Context, _ store.Reader, kind heritage.Kind, id string) (heritage.Text, actor.OrgID, bool, error) {
	public, ok := c[string(kind)+id]
	if !ok {
		return heritage.Text{}, "", false, heritage.ErrNotFound.New()
	}
	return heritage.Text{ZH: "馆" + string(kind)}, "museum-x", public, nil
}

// Hours implements Catalogue: a museum that is "closed" is so all week.
func (c catalogue) Hours(_ context.Context, _ store.Reader, museum heritage.MuseumID) (*heritage.OpeningHours, error) {
	if !c["closed"+string(museum)] {
		return nil, nil
	}
	return shut(), nil
}

// City implements Catalogue: there is no museum and no site.
func (c catalogue) City(context.Context, store.Reader, string, int) ([]heritage.Landmark, error) {
	return nil, nil
}

// Provider implements Catalogue.
func (c catalogue) Provider(_ context.Context, _ store.Reader, museum heritage.MuseumID) (*media.Agent, error) {
	if !c["museum"+string(museum)] {
		return nil, nil
	}
	return &media.Agent{ID: string(museum), Name: media.Text{ZH: "馆museum"}}, nil
}

func shut() *heritage.OpeningHours {
	return &heritage.OpeningHours{Seasons: []heritage.Season{{Week: []heritage.WeekDay{{Days: []int{1, 2, 3, 4, 5, 6, 7}, Closed: true}}}}}
}

type world struct {
	*Service
	t        *testing.T
	st       *store.Store
	pictures *pictures
	records  catalogue
}

const org actor.OrgID = "park"

var (
	manager  = actor.Actor{Kind: actor.Staff, ID: "m", Name: "m", Grants: []actor.Grant{{Role: actor.AreaManager, Org: org}}}
	stranger = actor.Actor{Kind: actor.Staff, ID: "s", Name: "s", Grants: []actor.Grant{{Role: actor.AreaManager, Org: "other"}}}
	watcher  = actor.Actor{Kind: actor.Staff, ID: "d", Name: "d", Grants: []actor.Grant{{Role: actor.Dispatcher, Org: org}}}
)

func newWorld(t *testing.T) *world { return newWorldWith(t, store.Options{RunTwice: true}) }

func newWorldWith(t *testing.T, o store.Options) *world {
	w := &world{t: t, pictures: &pictures{org: map[string]actor.OrgID{}, shown: map[string]bool{}, denied: map[string]bool{}}, records: catalogue{}}
	w.st = storetest.NewWith(t, o, Collections()...)
	w.Service = New(Options{Store: w.st, Assets: w.pictures, Catalogue: w.records, SortKey: func(s string) string { return s }})
	return w
}

func (w *world) area(name string) *Area {
	w.t.Helper()
	a, err := w.Areas.Create(w.t.Context(), manager, NewRecord[AreaFields]{Org: org, Fields: AreaFields{Name: heritage.Text{ZH: name}}})
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

func (w *world) spot(area, name string) *Spot {
	w.t.Helper()
	s, err := w.Spots.Create(w.t.Context(), manager, NewRecord[SpotFields]{Org: org, Fields: SpotFields{AreaID: AreaID(area), Name: heritage.Text{ZH: name}, Kind: "sight", Order: 1}})
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

func (w *world) publish(a *Area, spots ...*Spot) {
	w.t.Helper()
	if _, err := w.Areas.Publish(w.t.Context(), manager, a.ID, 0); err != nil {
		w.t.Fatal(err)
	}
	for _, s := range spots {
		if _, err := w.Spots.Publish(w.t.Context(), manager, s.ID, 0); err != nil {
			w.t.Fatal(err)
		}
	}
}

func want(t *testing.T, err error, code error) {
	t.Helper()
	if !errors.Is(err, code) {
		t.Errorf("got %v, want %v", err, code)
	}
}

func fieldPaths(err error) []string {
	var out []string
	for _, f := range fault.Of(err).Fields() {
		out = append(out, f.Path+" "+f.Code.ID())
	}
	return out
}

func TestASpotIsSeenOnlyWhileItsAreaIs(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	a := w.area("山")
	s := w.spot(a.ID, "塔")
	story, err := w.Stories.Create(ctx, manager, NewRecord[StoryFields]{Org: org, Fields: StoryFields{
		Subject: Subject{Kind: "spot", ID: s.ID}, Title: heritage.Text{ZH: "塔的故事"}, Text: heritage.Text{ZH: "很久以前"}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Spots.Publish(ctx, manager, s.ID, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Stories.Publish(ctx, manager, story.ID, 0); err != nil {
		t.Fatal(err)
	}
	_, err = w.Spots.Public(ctx, s.ID)
	want(t, err, ErrNotFound)
	_, err = w.PublicSpots(ctx, a.ID)
	want(t, err, ErrNotFound)

	w.publish(a)
	if _, err := w.Spots.Public(ctx, s.ID); err != nil {
		t.Error(err)
	}
	if p, err := w.Stories.Public(ctx, story.ID); err != nil || p.Fields.Title.ZH != "塔的故事" {
		t.Error(p, err)
	}
	for _, c := range []struct{ collection, id string }{{"areas", a.ID}, {"spots", s.ID}, {"stories", story.ID}} {
		if e := w.entry(c.collection, c.id); e.Public == nil || e.Staff == nil {
			t.Errorf("%s is published and not in both indexes", c.collection)
		}
	}

	if _, err := w.Areas.Withdraw(ctx, manager, a.ID, 0, "修缮"); err != nil {
		t.Fatal(err)
	}
	_, err = w.Spots.Public(ctx, s.ID)
	want(t, err, ErrNotFound)
	_, err = w.Stories.Public(ctx, story.ID)
	want(t, err, ErrNotFound)
	if page, err := w.Spots.PublicList(ctx, Filter{}, 10, ""); err != nil || len(page.Items) != 0 {
		t.Errorf("a spot of a withdrawn area is listed: %v %v", page, err)
	}
	if e := w.entry("spots", s.ID); e.Public != nil || e.Staff == nil {
		t.Error("a spot of a withdrawn area is still in the public index")
	}
	refs, err := w.Dependents(ctx, w.st, store.Change{Collection: "areas", ID: a.ID})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]search.Ref{{Collection: "spots", ID: s.ID}, {Collection: "stories", ID: story.ID}}, refs); diff != "" {
		t.Error(diff)
	}
}

// PublicSpots is a short form for tests.
func (w *world) PublicSpots(ctx context.Context, area string) ([]string, error) {
	page, err := w.Spots.PublicList(ctx, Filter{Area: AreaID(area)}, 50, "")
	var out []string
	for _, p := range page.Items {
		out = append(out, p.Fields.Name.ZH)
	}
	return out, err
}

func (w *world) entry(collection, id string) search.Entry {
	w.t.Helper()
	list, err := w.Map(w.t.Context(), w.st, collection, id)
	if err != nil || len(list) != 1 {
		w.t.Fatalf("Map(%s) = %v, %v", collection, list, err)
	}
	for _, d := range []*search.Document{list[0].Public, list[0].Staff} {
		if d != nil {
			if err := d.Check(); err != nil {
				w.t.Error(err)
			}
		}
	}
	return list[0]
}

func TestAnEditIsNotPublicBeforeItIsPublished(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	a := w.area("旧名")
	w.publish(a)
	rec, err := w.Areas.Record(ctx, manager, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	f := rec.Fields
	f.Name, f.InternalNotes = heritage.Text{ZH: "新名"}, "内部"
	f.Location = &heritage.GeoPoint{Lon: 113, Lat: 34, PrecisionM: 10, Confidential: true}
	if rec, err = w.Areas.Change(ctx, manager, a.ID, rec.Rev, f); err != nil {
		t.Fatal(err)
	}
	p, err := w.Areas.Public(ctx, a.ID)
	if err != nil || p.Fields.Name.ZH != "旧名" {
		t.Fatalf("public name %v, %v", p, err)
	}
	if _, err = w.Areas.Publish(ctx, manager, a.ID, rec.Rev); err != nil {
		t.Fatal(err)
	}
	p, err = w.Areas.Public(ctx, a.ID)
	if err != nil || p.Fields.Name.ZH != "新名" || p.Fields.InternalNotes != "" || p.Fields.Location != nil {
		t.Errorf("public view leaks or is stale: %+v, %v", p, err)
	}
	if e := w.entry("areas", a.ID); e.Public.Point != nil || e.Staff.Point != nil {
		t.Error("a confidential coordinate is in an index")
	}
	if rec, err := w.Areas.Record(ctx, watcher, a.ID); err != nil || rec.Fields.Location != nil || rec.Shown.Location != nil {
		t.Errorf("a dispatcher sees the confidential coordinate: %v", err)
	}
	if rec, err := w.Areas.Record(ctx, manager, a.ID); err != nil || rec.Fields.Location == nil {
		t.Errorf("the manager lost the coordinate: %v", err)
	}
	_, err = w.Areas.Publish(ctx, manager, a.ID, 0)
	want(t, err, ErrAlreadyShown)
}

// TestASpotDoesNotTellWhereAConfidentialAreaIs: a spot without a coordinate of
// its own stands at that of its area.
func TestASpotDoesNotTellWhereAConfidentialAreaIs(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	a := w.area("山")
	f := a.Fields
	f.Location = &heritage.GeoPoint{Lon: 113, Lat: 34, PrecisionM: 10}
	if _, err := w.Areas.Change(ctx, manager, a.ID, 0, f); err != nil {
		t.Fatal(err)
	}
	s := w.spot(a.ID, "塔")
	w.publish(a, s)
	if e := w.entry("spots", s.ID); e.Public.Point == nil {
		t.Error("a spot does not stand where its area is")
	}
	f.Location = &heritage.GeoPoint{Lon: 113, Lat: 34, PrecisionM: 10, Confidential: true}
	if _, err := w.Areas.Change(ctx, manager, a.ID, 0, f); err != nil { // not published anew
		t.Fatal(err)
	}
	if e := w.entry("spots", s.ID); e.Public.Point != nil || e.Staff.Point != nil {
		t.Errorf("a spot tells the coordinate that became confidential: %v", e.Public.Point)
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	a := w.area("山")
	create := func(by actor.Actor) error {
		_, err := w.Areas.Create(ctx, by, NewRecord[AreaFields]{Org: org, Fields: AreaFields{Name: heritage.Text{ZH: "x"}}})
		return err
	}
	want(t, create(stranger), ErrOrgDenied)
	want(t, create(watcher), ErrOrgDenied)
	want(t, create(actor.Nobody()), ErrOrgDenied)
	for _, by := range []actor.Actor{stranger, actor.Nobody()} {
		_, err := w.Areas.Record(ctx, by, a.ID)
		want(t, err, ErrNotFound)
		_, err = w.Areas.Change(ctx, by, a.ID, 1, AreaFields{Name: heritage.Text{ZH: "y"}})
		want(t, err, ErrNotFound)
		_, err = w.Areas.Publish(ctx, by, a.ID, 1)
		want(t, err, ErrNotFound)
		want(t, w.Areas.Remove(ctx, by, a.ID, 1, "r"), ErrNotFound)
		_, err = w.Areas.Revisions(ctx, by, a.ID, 10, "")
		want(t, err, ErrNotFound)
		_, err = w.Areas.List(ctx, by, Filter{Org: org}, 10, "")
		want(t, err, ErrDenied)
	}
	_, err := w.Areas.Publish(ctx, watcher, a.ID, 1)
	want(t, err, ErrDenied)
	_, err = w.Areas.Change(ctx, watcher, a.ID, 1, AreaFields{Name: heritage.Text{ZH: "y"}})
	want(t, err, ErrDenied)
	if page, err := w.Areas.List(ctx, watcher, Filter{}, 10, ""); err != nil || len(page.Items) != 1 {
		t.Errorf("a dispatcher cannot list his area: %v %v", page, err)
	}
	_, err = w.Areas.Change(ctx, manager, a.ID, 7, AreaFields{Name: heritage.Text{ZH: "y"}})
	want(t, err, store.ErrConflict)
}

func TestWhatIsUsedIsNotRemoved(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	a := w.area("甲")
	s1, s2 := w.spot(a.ID, "一"), w.spot(a.ID, "二")
	p, err := w.Paths.Create(ctx, manager, NewRecord[PathFields]{Org: org, Fields: PathFields{AreaID: AreaID(a.ID), FromSpot: SpotID(s1.ID), ToSpot: SpotID(s2.ID),
		Line: []Position{{Lon: 113, Lat: 34}, {Lon: 113, Lat: 34.001}}, PrecisionM: 500, LengthM: 120}})
	if err != nil {
		t.Fatal(err)
	}
	want(t, w.Areas.Remove(ctx, manager, a.ID, 0, "不再开放"), ErrInUse)
	want(t, w.Spots.Remove(ctx, manager, s1.ID, 0, "不再开放"), ErrInUse)
	if diff := cmp.Diff([]string{"reason tourism.reason_required"}, fieldPaths(w.Paths.Remove(ctx, manager, p.ID, 0, " "))); diff != "" {
		t.Error(diff)
	}
	b := w.area("乙")
	f := s1.Fields
	f.AreaID = AreaID(b.ID)
	_, err = w.Spots.Change(ctx, manager, s1.ID, 0, f)
	if diff := cmp.Diff([]string{"areaId tourism.area_fixed"}, fieldPaths(err)); diff != "" {
		t.Error(diff)
	}
	if err := w.Paths.Remove(ctx, manager, p.ID, 0, "改道"); err != nil {
		t.Fatal(err)
	}
	if err := w.Spots.Remove(ctx, manager, s1.ID, 0, "不再开放"); err != nil {
		t.Fatal(err)
	}
	w.publish(a, s2)
	want(t, w.Areas.Remove(ctx, manager, a.ID, 0, "x"), ErrStillPublished)
	if e := w.entry("spots", s1.ID); e.Public != nil || e.Staff != nil {
		t.Error("a removed spot is still indexed")
	}
}

func TestAMuseumsGroundsAreNotFoundTwice(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	id := ids.New()
	w.records["museum"+id] = true
	a, err := w.Areas.Create(ctx, manager, NewRecord[AreaFields]{Org: org, Fields: AreaFields{Name: heritage.Text{ZH: "馆区"}, MuseumID: heritage.MuseumID(id)}})
	if err != nil {
		t.Fatal(err)
	}
	s := w.spot(a.ID, "序厅")
	w.publish(a, s)
	if e := w.entry("areas", a.ID); e.Public != nil || e.Staff == nil {
		t.Error("the grounds of a museum stand beside the museum in the public index")
	}
	if e := w.entry("spots", s.ID); e.Public == nil || e.Public.Show["areaZh"] != "馆区" {
		t.Error("a spot of a museum is not found")
	}
	w.records["museum"+id] = false
	if _, err := w.Spots.Public(ctx, s.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("the museum is hidden, its spot is not: %v", err)
	}
	refs, err := w.Dependents(ctx, w.st, store.Change{Collection: "museums", ID: id})
	if err != nil || len(refs) != 2 {
		t.Errorf("Dependents of the museum = %v, %v", refs, err)
	}
}

func TestPicturesFollowThePublication(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	const pic = "0190a000-0000-7000-8000-000000000002"
	w.pictures.org[pic] = org
	with := func(name string) *Area {
		a, err := w.Areas.Create(ctx, manager, NewRecord[AreaFields]{Org: org, Fields: AreaFields{Name: heritage.Text{ZH: name}, Images: []heritage.ImageRef{{AssetID: pic}}}})
		if err != nil {
			t.Fatal(err)
		}
		w.publish(a)
		return a
	}
	a, b := with("甲"), with("乙")
	if !w.pictures.shown[pic] {
		t.Error("the picture of a published area is not public")
	}
	if _, err := w.Areas.Withdraw(ctx, manager, a.ID, 0, "x"); err != nil {
		t.Fatal(err)
	}
	if !w.pictures.shown[pic] {
		t.Error("the picture is still shown by another area and was closed")
	}
	if _, err := w.Areas.Withdraw(ctx, manager, b.ID, 0, "x"); err != nil {
		t.Fatal(err)
	}
	if w.pictures.shown[pic] {
		t.Error("the picture of a withdrawn area is still public")
	}
}

func TestListsKeepTheRound(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	a := w.area("甲")
	var spots []*Spot
	for i, name := range []string{"丙", "乙", "甲"} {
		s := w.spot(a.ID, name)
		f := s.Fields
		f.Order = 3 - i
		if _, err := w.Spots.Change(ctx, manager, s.ID, 0, f); err != nil {
			t.Fatal(err)
		}
		spots = append(spots, s)
	}
	w.publish(a, spots...)
	got, err := w.PublicSpots(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"甲", "乙", "丙"}, got); diff != "" {
		t.Error(diff)
	}
	page, err := w.Spots.PublicList(ctx, Filter{Area: AreaID(a.ID)}, 2, "")
	if err != nil || len(page.Items) != 2 || page.Next == "" {
		t.Fatalf("first page: %v %v", page, err)
	}
	page, err = w.Spots.PublicList(ctx, Filter{Area: AreaID(a.ID)}, 2, page.Next)
	if err != nil || len(page.Items) != 1 || page.Next != "" {
		t.Fatalf("second page: %v %v", page, err)
	}
	_, err = w.Spots.PublicList(ctx, Filter{Area: AreaID(a.ID), Grade: "5A"}, 2, "")
	want(t, err, ErrFilter)
	_, err = w.Areas.List(ctx, manager, Filter{Area: AreaID(a.ID)}, 2, "")
	want(t, err, ErrFilter)
	revs, err := w.Spots.Revisions(ctx, manager, spots[0].ID, 10, "")
	if err != nil || len(revs.Items) != 3 {
		t.Errorf("history of a spot: %d %v", len(revs.Items), err)
	}
	old, err := w.Spots.AtRevision(ctx, manager, spots[0].ID, 1)
	if err != nil || old.Fields.Order != 1 {
		t.Errorf("revision 1: %v %v", old, err)
	}
}
