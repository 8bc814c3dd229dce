package heritage_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/heritage/heritagetest"
	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
)

// refs makes what a full record names, all of one organisation.
func (w *world) refs() heritagetest.Refs {
	w.t.Helper()
	mus := create(w, w.Museums, registrar, heritage.MuseumFields{Name: name("馆")})
	m := heritage.MuseumID(mus.ID)
	return heritagetest.Refs{
		Museum: m,
		Site:   heritage.SiteID(create(w, w.Sites, registrar, heritage.SiteFields{Name: name("遗址")}).ID),
		Place:  heritage.PlaceID(create(w, w.Places, registrar, heritage.PlaceFields{Name: name("楼"), MuseumID: m}).ID),
		Set:    heritage.RelicID(create(w, w.Relics, registrar, heritage.RelicFields{Name: name("一套")}).ID),
		Asset:  w.asset("demo-museum"),
	}
}

func TestAFullRecordComesBackFromTheStore(t *testing.T) {
	w := newWorld(t)
	r := w.refs()
	full(t, w, w.Relics, heritagetest.Relic(r))
	full(t, w, w.Sites, heritagetest.Site(r))
	full(t, w, w.Museums, heritagetest.Museum(r))
	full(t, w, w.Places, heritagetest.Place(r))
	full(t, w, w.Exhibitions, heritagetest.Exhibition(r))
}

func full[F heritage.Content](t *testing.T, w *world, g *heritage.Register[F], f F) {
	t.Helper()
	if empty := heritagetest.Empty(f, "Datum"); len(empty) > 0 {
		t.Errorf("the fixture leaves out %s", strings.Join(empty, " "))
	}
	rec, err := g.Create(t.Context(), registrar, heritage.NewRecord[F]{Org: "demo-museum", Fields: f})
	must(t, err)
	got, err := g.Record(t.Context(), registrar, rec.ID)
	must(t, err)
	if diff := cmp.Diff(f, got.Fields); diff != "" {
		t.Errorf("%s does not come back:\n%s", g.Kind(), diff)
	}
}

func TestTheLivesComeBackFromTheStore(t *testing.T) {
	w := newWorld(t)
	r := w.refs()
	rec, err := w.Relics.Create(t.Context(), registrar, heritage.NewRecord[heritage.RelicFields]{ID: ids.New(), Org: "demo-museum", LoadID: "load", Ledger: heritage.Held, Fields: heritagetest.Relic(r)})
	must(t, err)
	_, err = w.Relics.EnterLedger(t.Context(), registrar, rec.ID, 0, heritage.LedgerChange{State: heritage.OnLoan, Reason: "借展", Voucher: "出-1", Authority: "馆长", Approval: "1号", ApprovedOn: "2026-02-01", DueBack: "2026-12-31"})
	must(t, err)
	rec = publish(w, w.Relics, rec.ID)
	got, err := w.Relics.Record(t.Context(), registrar, rec.ID)
	must(t, err)
	if diff := cmp.Diff(rec, got); diff != "" {
		t.Error(diff)
	}
	// Away is set by movement orders and Left by exhibitions, and checked there.
	if empty := heritagetest.Empty(got.Lives, "Remark", "Reason", "Kind", "Away", "Left"); len(empty) > 0 {
		t.Errorf("nothing is known of %s", strings.Join(empty, " "))
	}
}

func TestWhoMayNotSeePlacesDoesNotAndCannotEraseThem(t *testing.T) {
	w := newWorld(t)
	r := w.refs()
	relic := create(w, w.Relics, registrar, heritagetest.Relic(r))
	site := create(w, w.Sites, registrar, heritagetest.Site(r))
	place := create(w, w.Places, registrar, heritagetest.Place(r))
	got, err := w.Relics.Record(t.Context(), admin, relic.ID)
	must(t, err)
	if got.Fields.PlaceID != "" {
		t.Error("the administrator sees where a relic stands")
	}
	where, err := w.Sites.Record(t.Context(), admin, site.ID)
	must(t, err)
	if where.Fields.Location != nil {
		t.Error("the administrator sees a confidential coordinate")
	}
	_, err = w.Places.Record(t.Context(), admin, place.ID)
	wantErr(t, err, heritage.ErrNotFound)
	if kept, err := w.Relics.Record(t.Context(), actor.SystemPart("test"), relic.ID); err != nil || kept.Fields.PlaceID != r.Place {
		t.Errorf("the place is %q, %v", kept.Fields.PlaceID, err)
	}
}
