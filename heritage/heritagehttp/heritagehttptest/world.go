package heritagehttptest

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"yijianyou/heritage"
	"yijianyou/heritage/heritagehttp"
	"yijianyou/heritage/heritagetest"
	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/web/httpkit"
	"yijianyou/web/httpkit/httpkittest"
)

// Open gives a test a fresh store with the collections.
type Open func(t *testing.T, collections ...store.Declared) *store.Store

// assetDocs stands in for media, under a name of its own.
var assetDocs = store.Define[media.Asset](store.Spec{Name: "testassets", Schema: 1})

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

// world is a server with people of two museums and some records.
type world struct {
	*httpkittest.Server
	t   *testing.T
	svc *heritage.Service
	st  *store.Store

	nobody                                         *httpkittest.Client
	registrar, keeper, reviewer, stranger, auditor *httpkittest.Client
	admin, both                                    *httpkittest.Client
	refs                                           heritagetest.Refs
	ids                                            map[string]string // {name} in a path -> id
}

// ofAnother is a code list of another domain.
var ofAnother = heritagehttp.Vocabulary{VocabularyHead: heritagehttp.VocabularyHead{Name: "spoon-kind", Label: heritage.Text{ZH: "匙", EN: "Spoons"}, Source: "示范", Size: 1},
	Terms: []heritagehttp.VocabularyTerm{{Code: "ladle", Label: heritage.Text{ZH: "勺", EN: "Ladle"}, Aliases: []string{}}}}

const home, away actor.OrgID = "demo-museum", "demo-museum-b"

func newWorld(t *testing.T, open Open) *world {
	st := open(t, append(append(heritage.Collections(), assetDocs), httpkit.Collections()...)...)
	svc := heritage.New(heritage.Options{Store: st, Assets: assets{}, SortKey: func(s string) string { return s }})
	w := &world{t: t, st: st, svc: svc, ids: make(map[string]string)}
	w.Server = httpkittest.New(t, httpkit.Options{Store: st}, func(r *httpkit.Router) { heritagehttp.Mount(r, svc, ofAnother) })
	as := func(id string, grants ...actor.Grant) *httpkittest.Client {
		return w.As(httpkittest.Staff(id, grants...))
	}
	w.nobody = w.Nobody()
	w.registrar = as("registrar", actor.Grant{Role: actor.Registrar, Org: home})
	w.keeper = as("keeper", actor.Grant{Role: actor.Keeper, Org: home})
	w.reviewer = as("reviewer", actor.Grant{Role: actor.Reviewer, Org: home})
	w.stranger = as("stranger", actor.Grant{Role: actor.Registrar, Org: away}, actor.Grant{Role: actor.Reviewer, Org: away})
	w.auditor = as("auditor", actor.Grant{Role: actor.Auditor, Org: actor.CityWide})
	w.admin = as("admin", actor.Grant{Role: actor.Admin, Org: actor.CityWide})
	w.both = as("both", actor.Grant{Role: actor.Registrar, Org: home}, actor.Grant{Role: actor.Reviewer, Org: home})
	w.furnish()
	return w
}

// part is how the furniture of a world comes in: the program itself.
var part = actor.SystemPart("test")

// furnish makes the records that the scenarios speak of.
func (w *world) furnish() {
	w.t.Helper()
	asset := &media.Asset{}
	asset.ID, asset.Org, asset.State = ids.New(), home, media.Ready
	if err := w.st.Update(w.t.Context(), part, func(tx *store.Tx) error {
		a := *asset
		return assetDocs.Put(tx, &a)
	}); err != nil {
		w.t.Fatal(err)
	}
	w.refs.Asset = asset.ID
	w.refs.Museum = heritage.MuseumID(add(w, w.svc.Museums, "museum", heritagetest.Museum(w.refs)))
	w.refs.Site = heritage.SiteID(add(w, w.svc.Sites, "whole", heritage.SiteFields{Name: heritage.Text{ZH: "演示墓群"}}))
	w.refs.Set = heritage.RelicID(add(w, w.svc.Relics, "set", heritage.RelicFields{Name: heritage.Text{ZH: "演示成套铜器"}}))
	w.refs.Place = heritage.PlaceID(add(w, w.svc.Places, "hall", heritage.PlaceFields{Name: heritage.Text{ZH: "一号展厅"}, Kind: "gallery", MuseumID: w.refs.Museum}))
	w.refs.Place = heritage.PlaceID(add(w, w.svc.Places, "store", heritagetest.Place(w.refs)))
	add(w, w.svc.Relics, "relic", heritagetest.Relic(w.refs))
	add(w, w.svc.Sites, "site", heritagetest.Site(w.refs))
	add(w, w.svc.Relics, "draft", heritage.RelicFields{Name: heritage.Text{ZH: "草稿陶罐"}, InternalNotes: heritagetest.Secret})
	publish(w, w.svc.Museums, "museum")
	publish(w, w.svc.Places, "hall")
	publish(w, w.svc.Relics, "relic")
	publish(w, w.svc.Sites, "site")
	w.ids["unknown"] = ids.New()
}

func add[F heritage.Content](w *world, g *heritage.Register[F], name string, f F) string {
	w.t.Helper()
	rec, err := g.Create(w.t.Context(), part, heritage.NewRecord[F]{Org: home, Fields: f})
	if err != nil {
		w.t.Fatal(err)
	}
	w.ids[name] = rec.ID
	return rec.ID
}

func publish[F heritage.Content](w *world, g *heritage.Register[F], name string) {
	w.t.Helper()
	id := w.ids[name]
	for _, step := range []heritage.ReviewStep{heritage.Submit, heritage.Approve} {
		if _, err := g.Review(w.t.Context(), part, id, 0, step, ""); err != nil {
			w.t.Fatal(err)
		}
	}
	if _, err := g.Publish(w.t.Context(), part, id, 0); err != nil {
		w.t.Fatal(err)
	}
}

// fill replaces {name} by the id of the record of that name.
func (w *world) fill(path string) string {
	for name, id := range w.ids {
		path = strings.ReplaceAll(path, "{"+name+"}", id)
	}
	return path
}

// tag returns the ETag of the staff view, as the registrar reads it.
func (w *world) tag(path string) string {
	w.t.Helper()
	return w.registrar.Get(w.fill(path)+"?view=staff").Want(w.t, 200).Header.Get("ETag")
}

// fieldsOf decodes the content of a staff answer as plain JSON.
func fieldsOf(t *testing.T, a *httpkittest.Answer) map[string]any {
	t.Helper()
	var v struct {
		Fields map[string]any `json:"fields"`
	}
	if err := json.Unmarshal(a.Body, &v); err != nil {
		t.Fatal(err)
	}
	return v.Fields
}
