package heritage_test

import (
	"context"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
	"yijianyou/media"
)

// People of two museums. Nobody holds a role twice.
var (
	keeper    = staff("keeper", actor.Keeper, "demo-museum")
	registrar = staff("registrar", actor.Registrar, "demo-museum")
	reviewer  = staff("reviewer", actor.Reviewer, "demo-museum")
	stranger  = staff("stranger", actor.Registrar, "demo-museum-b")
	admin     = staff("admin", actor.Admin, actor.CityWide)
	auditor   = staff("auditor", actor.Auditor, actor.CityWide)
	both      = actor.Actor{Kind: actor.Staff, ID: "both", Name: "both", Grants: []actor.Grant{{Role: actor.Registrar, Org: "demo-museum"}, {Role: actor.Reviewer, Org: "demo-museum"}}}
	tourist   = actor.Nobody()
)

func staff(id string, role actor.Role, org actor.OrgID) actor.Actor {
	return actor.Actor{Kind: actor.Staff, ID: id, Name: id, Grants: []actor.Grant{{Role: role, Org: org}}}
}

// assetDocs stands in for media.
var assetDocs = store.Define[media.Asset](store.Spec{Name: "assets", Schema: 1})

type assets struct{}

func (assets) Asset(ctx context.Context, r store.Reader, id string) (*media.Asset, error) {
	return assetDocs.Get(ctx, r, id)
}

func (assets) SetShown(tx *store.Tx, id, shower string, grades []string) error {
	a, err := assetDocs.Get(tx.Context(), tx, id)
	if err != nil {
		return err
	}
	a.Showers = nil
	if grades != nil {
		a.Showers = []media.Shower{{Name: shower, Grades: grades}}
	}
	return assetDocs.Put(tx, a)
}

func (f assets) FollowShown(tx *store.Tx, id, shower string, grades []string) error {
	return f.SetShown(tx, id, shower, grades)
}

// openLoads hides the records of the loads in it.
type openLoads map[string]bool

func (l openLoads) Visible(_ context.Context, _ store.Reader, load string) (bool, error) {
	return !l[load], nil
}

type world struct {
	*heritage.Service
	t     *testing.T
	st    *store.Store
	loads openLoads
	now   time.Time // of the store's clock
}

var clock = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

func newWorld(t *testing.T) *world { return newWorldOn(t, enginetest.SQLite) }

func newWorldOn(t *testing.T, open enginetest.Open) *world {
	w := &world{t: t, loads: openLoads{}, now: clock}
	st := open(t, store.Options{Now: func() time.Time { return w.now }}, append(heritage.Collections(), assetDocs)...)
	w.st = st
	w.Service = heritage.New(heritage.Options{Store: st, Assets: assets{}, SortKey: func(s string) string { return s }, Loads: w.loads})
	return w
}

func (w *world) asset(org actor.OrgID) string {
	w.t.Helper()
	a := &media.Asset{}
	a.ID, a.Org, a.State = ids.New(), org, media.Ready
	must(w.t, w.st.Update(w.t.Context(), actor.SystemPart("test"), func(tx *store.Tx) error {
		c := *a
		return assetDocs.Put(tx, &c)
	}))
	return a.ID
}

func (w *world) audience(id string) media.Audience {
	w.t.Helper()
	a, err := assetDocs.Get(w.t.Context(), w.st, id)
	must(w.t, err)
	return a.Audience()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func create[F heritage.Content](w *world, g *heritage.Register[F], by actor.Actor, f F) *heritage.Record[F] {
	w.t.Helper()
	rec, err := g.Create(w.t.Context(), by, heritage.NewRecord[F]{Org: by.Grants[0].Org, Fields: f})
	must(w.t, err)
	return rec
}

// review takes the record to Reviewed, by two persons.
func review[F heritage.Content](w *world, g *heritage.Register[F], id string) *heritage.Record[F] {
	w.t.Helper()
	_, err := g.Review(w.t.Context(), registrar, id, 0, heritage.Submit, "")
	must(w.t, err)
	rec, err := g.Review(w.t.Context(), reviewer, id, 0, heritage.Approve, "")
	must(w.t, err)
	return rec
}

func publish[F heritage.Content](w *world, g *heritage.Register[F], id string) *heritage.Record[F] {
	w.t.Helper()
	review(w, g, id)
	rec, err := g.Publish(w.t.Context(), reviewer, id, 0)
	must(w.t, err)
	return rec
}

func name(zh string) heritage.Text { return heritage.Text{ZH: zh} }

func ptr[T any](v T) *T { return &v }
