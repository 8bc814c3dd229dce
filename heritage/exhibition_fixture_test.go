package heritage_test

import (
	"slices"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
	"yijianyou/search"
)

// venue is a museum with a hall, a store and relics, and a museum that lends.
type venue struct {
	*world
	museum      heritage.MuseumID
	hall, store heritage.PlaceID
	own, draft  heritage.RelicID // held and published; held and not published
	lent        heritage.RelicID // of the other museum, published and on loan
	secret      heritage.RelicID // of the other museum, not published
}

func newVenue(t *testing.T) *venue { return newVenueOn(t, enginetest.SQLite) }

func newVenueOn(t *testing.T, open enginetest.Open) *venue {
	h := &venue{world: newWorldOn(t, open)}
	h.museum = heritage.MuseumID(create(h.world, h.Museums, registrar, heritage.MuseumFields{Name: name("示范馆")}).ID)
	publish(h.world, h.Museums, string(h.museum))
	h.hall = heritage.PlaceID(create(h.world, h.Places, registrar, heritage.PlaceFields{Name: name("一号展厅"), Kind: "gallery", MuseumID: h.museum}).ID)
	publish(h.world, h.Places, string(h.hall))
	h.store = heritage.PlaceID(create(h.world, h.Places, registrar, heritage.PlaceFields{Name: name("库"), Kind: "store", MuseumID: h.museum}).ID)
	h.own = h.relic(registrar, "铜壶", true)
	h.draft = h.relic(registrar, "草稿陶罐", false)
	h.lent = h.relic(stranger, "借来的玉璧", true)
	h.secret = h.relic(stranger, "他馆秘藏", false)
	_, err := h.Relics.EnterLedger(t.Context(), stranger, string(h.lent), 0, heritage.LedgerChange{State: heritage.OnLoan, Reason: "借展"})
	must(t, err)
	return h
}

// relic makes a relic in the ledger of by's museum, its picture with it.
func (h *venue) relic(by actor.Actor, zh string, shown bool) heritage.RelicID {
	h.t.Helper()
	org := by.Grants[0].Org
	rec, err := h.Relics.Create(h.t.Context(), by, heritage.NewRecord[heritage.RelicFields]{Org: org, Ledger: heritage.Held,
		Fields: heritage.RelicFields{Name: name(zh), Images: []heritage.ImageRef{{AssetID: h.asset(org)}}}})
	must(h.t, err)
	if shown {
		h.show(h.Relics, rec.ID)
	}
	return heritage.RelicID(rec.ID)
}

// show publishes a record of any museum in the name of the program.
func (h *venue) show(g *heritage.Register[heritage.RelicFields], id string) {
	h.t.Helper()
	part := actor.SystemPart("test")
	for _, step := range []heritage.ReviewStep{heritage.Submit, heritage.Approve} {
		_, err := g.Review(h.t.Context(), part, id, 0, step, "")
		must(h.t, err)
	}
	_, err := g.Publish(h.t.Context(), part, id, 0)
	must(h.t, err)
}

// fields are a temporary exhibition of 2026-02-01 to 2026-05-31 with the relics.
func (h *venue) fields(relics ...heritage.RelicID) heritage.ExhibitionFields {
	f := heritage.ExhibitionFields{Title: name("春季特展"), Kind: "temporary", MuseumID: h.museum, PlaceIDs: []heritage.PlaceID{h.hall}, From: "2026-02-01", Until: "2026-05-31",
		Sections: []heritage.Section{{Title: name("第一单元")}, {Title: name("第二单元")}}}
	for i, id := range relics {
		s := &f.Sections[i%2]
		s.Items = append(s.Items, heritage.SectionItem{RelicID: id})
	}
	return f
}

// opened publishes an exhibition with the relics.
func (h *venue) opened(f heritage.ExhibitionFields) *heritage.Exhibition {
	h.t.Helper()
	return publish(h.world, h.Exhibitions, create(h.world, h.Exhibitions, registrar, f).ID)
}

// edit changes the newest content of an exhibition.
func (h *venue) edit(id string, change func(*heritage.ExhibitionFields)) {
	h.t.Helper()
	rec, err := h.Exhibitions.Record(h.t.Context(), registrar, id)
	must(h.t, err)
	f := rec.Fields
	change(&f)
	_, err = h.Exhibitions.Change(h.t.Context(), registrar, id, rec.Rev, f, "")
	must(h.t, err)
}

// in returns the titles of the exhibitions in which a tourist can see the relic.
func (h *venue) in(id heritage.RelicID) []string {
	h.t.Helper()
	v, _, err := h.PublicRelic(h.t.Context(), string(id))
	must(h.t, err)
	var out []string
	for _, e := range v.Exhibitions {
		out = append(out, e.Title.ZH)
	}
	return out
}

// wantIn compares what a tourist is told of a relic and whether search says the same.
func (h *venue) wantIn(when string, id heritage.RelicID, want ...string) {
	h.t.Helper()
	if got := h.in(id); !slices.Equal(got, want) {
		h.t.Errorf("%s it is in %q, want %q", when, got, want)
	}
	if got := facet(h.entry("relics", string(id)).Public, "onView") == "true"; got != (len(want) > 0) {
		h.t.Errorf("%s search says on view: %v", when, got)
	}
}

func facet(d *search.Document, name string) string {
	if d == nil || len(d.Facets[name]) == 0 {
		return ""
	}
	return d.Facets[name][0]
}

// names reports whether a change of the document makes search map the relic again.
func (h *venue) names(collection, id string, rev int64, op store.Op, relic heritage.RelicID) bool {
	h.t.Helper()
	refs, err := h.Search().Dependents(h.t.Context(), h.st, store.Change{Collection: collection, ID: id, Rev: rev, Op: op})
	must(h.t, err)
	return slices.Contains(refs, search.Ref{Collection: "relics", ID: string(relic)})
}

// on sets the clock to a day at noon where the museum is.
func (h *venue) on(day string) {
	h.t.Helper()
	noon, err := time.Parse("2006-01-02 15:04", day+" 04:00")
	must(h.t, err)
	h.now = noon
	must(h.t, h.TurnDays(h.t.Context()))
}
