package tourism

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/search"
)

// pic makes a picture of org.
func (w *world) pic() string {
	id := ids.New()
	w.pictures.org[id] = org
	return id
}

// public is which of the named pictures everybody may see, in the order of names.
func (w *world) public(pics map[string]string) []string {
	out := []string{}
	for name, id := range pics {
		if w.pictures.shown[id] {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

func (w *world) sees(when string, pics map[string]string, want ...string) {
	w.t.Helper()
	if diff := cmp.Diff(append([]string{}, want...), w.public(pics)); diff != "" {
		w.t.Errorf("%s: %s", when, diff)
	}
}

func (w *world) story(kind, id, title, pic string) *Story {
	w.t.Helper()
	s, err := w.Stories.Create(w.t.Context(), manager, NewRecord[StoryFields]{Org: org, Fields: StoryFields{Subject: Subject{Kind: kind, ID: id},
		Title: heritage.Text{ZH: title}, Text: heritage.Text{ZH: "很久以前"}, Images: []heritage.ImageRef{{AssetID: pic}}}})
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

func (w *world) showSpot(s *Spot, edit func(*SpotFields)) {
	w.t.Helper()
	f := s.Fields
	edit(&f)
	if _, err := w.Spots.Change(w.t.Context(), manager, s.ID, 0, f); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.Spots.Publish(w.t.Context(), manager, s.ID, 0); err != nil {
		w.t.Fatal(err)
	}
}

func images(pics ...string) (out []heritage.ImageRef) {
	for _, p := range pics {
		out = append(out, heritage.ImageRef{AssetID: p})
	}
	return out
}

// must ends the test when a step of a record fails.
func must[F Content](t *testing.T, step func() (*Record[F], error)) {
	t.Helper()
	if _, err := step(); err != nil {
		t.Fatal(err)
	}
}

func TestAWithdrawnAreaTakesThePicturesBelowItAlong(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	pics := map[string]string{"spot": w.pic(), "spot story": w.pic(), "area story": w.pic(), "draft": w.pic(), "elsewhere": w.pic()}
	a, b := w.area("甲"), w.area("乙")
	s, other := w.spot(a.ID, "塔"), w.spot(b.ID, "桥")
	onSpot, onArea := w.story("spot", s.ID, "塔的故事", pics["spot story"]), w.story("area", a.ID, "甲的故事", pics["area story"])
	w.showSpot(s, func(f *SpotFields) { f.Images = images(pics["spot"], pics["elsewhere"]) })
	must(t, func() (*Story, error) { return w.Stories.Publish(ctx, manager, onSpot.ID, 0) })
	must(t, func() (*Story, error) { return w.Stories.Publish(ctx, manager, onArea.ID, 0) })
	w.sees("nothing is public before the area is", pics)

	w.publish(a)
	w.sees("the area is published", pics, "area story", "elsewhere", "spot", "spot story")
	draft := s.Fields
	draft.Images = images(pics["draft"])
	must(t, func() (*Spot, error) { return w.Spots.Change(ctx, manager, s.ID, 0, draft) })
	w.publish(b)
	w.showSpot(other, func(f *SpotFields) { f.Images = images(pics["elsewhere"]) })
	must(t, func() (*Area, error) { return w.Areas.Withdraw(ctx, manager, a.ID, 0, "修缮") })
	w.sees("the area is withdrawn", pics, "elsewhere")
	must(t, func() (*Area, error) { return w.Areas.Publish(ctx, manager, a.ID, 0) })
	w.sees("the area is back, the draft is still one", pics, "area story", "elsewhere", "spot", "spot story")

	must(t, func() (*Spot, error) { return w.Spots.Withdraw(ctx, manager, s.ID, 0, "修缮") })
	w.sees("the spot is withdrawn", pics, "area story", "elsewhere")
	must(t, func() (*Spot, error) { return w.Spots.Publish(ctx, manager, s.ID, 0) })
	w.sees("the spot is back with what was a draft", pics, "area story", "draft", "elsewhere", "spot story")
}

func TestAStoryIsHiddenWithItsRecordAndItsPicturesWithIt(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	relic, museum := ids.New(), ids.New()
	w.records["relic"+relic], w.records["museum"+museum] = true, true
	pics := map[string]string{"relic": w.pic(), "museum": w.pic(), "grounds": w.pic(), "hall": w.pic(), "hall story": w.pic()}
	for _, s := range []*Story{w.story("relic", relic, "鼎", pics["relic"]), w.story("museum", museum, "馆", pics["museum"])} {
		must(t, func() (*Story, error) { return w.Stories.Publish(ctx, manager, s.ID, 0) })
	}
	grounds, err := w.Areas.Create(ctx, manager, NewRecord[AreaFields]{Org: org, Fields: AreaFields{Name: heritage.Text{ZH: "馆区"},
		MuseumID: heritage.MuseumID(museum), Images: images(pics["grounds"])}})
	if err != nil {
		t.Fatal(err)
	}
	hall := w.spot(grounds.ID, "序厅")
	w.publish(grounds)
	w.showSpot(hall, func(f *SpotFields) { f.Images = images(pics["hall"]) })
	story := w.story("spot", hall.ID, "序厅", pics["hall story"])
	must(t, func() (*Story, error) { return w.Stories.Publish(ctx, manager, story.ID, 0) })
	w.sees("all is published", pics, "grounds", "hall", "hall story", "museum", "relic")

	turn := func(kind heritage.Kind, id string, public bool) {
		t.Helper()
		w.records[string(kind)+id] = public
		err := w.st.Update(ctx, stranger, func(tx *store.Tx) error { return w.SightChanged(tx, kind, id) })
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range pics { // whoever turns the record of the catalogue has no right to ours
		w.pictures.denied[id] = true
	}
	turn(heritage.KindRelic, relic, false)
	w.sees("the relic is withdrawn", pics, "grounds", "hall", "hall story", "museum")
	turn(heritage.KindMuseum, museum, false)
	w.sees("the museum is withdrawn", pics)
	turn(heritage.KindRelic, relic, true)
	turn(heritage.KindMuseum, museum, true)
	w.sees("both are back", pics, "grounds", "hall", "hall story", "museum", "relic")
}

// TestWhatIsPublishedSaysWhereASpotBelongs, whatever its draft says.
func TestWhatIsPublishedSaysWhereASpotBelongs(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	pics := map[string]string{"spot": w.pic(), "story": w.pic()}
	a, b := w.area("甲"), w.area("乙")
	s := w.spot(a.ID, "塔")
	w.publish(a)
	w.showSpot(s, func(f *SpotFields) { f.Images = images(pics["spot"]) })
	story := w.story("spot", s.ID, "塔", pics["story"])
	must(t, func() (*Story, error) { return w.Stories.Publish(ctx, manager, story.ID, 0) })

	moved := s.Fields
	moved.AreaID, moved.Images = AreaID(b.ID), images(pics["spot"])
	must(t, func() (*Spot, error) { return w.Spots.Change(ctx, manager, s.ID, 0, moved) })
	w.sees("the draft lies in an area that is hidden", pics, "spot", "story")
	must(t, func() (*Area, error) { return w.Areas.Withdraw(ctx, manager, a.ID, 0, "修缮") })
	w.sees("the area of what is published is withdrawn", pics)
	refs, err := w.Dependents(ctx, w.st, store.Change{Collection: "areas", ID: a.ID})
	if diff := cmp.Diff([]search.Ref{{Collection: "spots", ID: s.ID}, {Collection: "stories", ID: story.ID}}, refs); diff != "" || err != nil {
		t.Errorf("the indexes would keep what was withdrawn: %s %v", diff, err)
	}

	w.publish(b)
	w.sees("the other area is published, the spot there is a draft", pics)
	must(t, func() (*Spot, error) { return w.Spots.Publish(ctx, manager, s.ID, 0) })
	w.sees("the spot is published there", pics, "spot", "story")
	must(t, func() (*Area, error) { return w.Areas.Publish(ctx, manager, a.ID, 0) })
	must(t, func() (*Area, error) { return w.Areas.Withdraw(ctx, manager, b.ID, 0, "修缮") })
	w.sees("its new area is withdrawn, the old one is public", pics)
}

// TestAHiddenSpotShowsNoPictureThatItsPublisherMayNotShow: the rights are asked
// when it is published, though its area opens the picture later.
func TestAHiddenSpotShowsNoPictureThatItsPublisherMayNotShow(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	foreign := w.pic()
	w.pictures.denied[foreign] = true
	s := w.spot(w.area("甲").ID, "塔")
	f := s.Fields
	f.Images = images(foreign)
	must(t, func() (*Spot, error) { return w.Spots.Change(ctx, manager, s.ID, 0, f) })
	_, err := w.Spots.Publish(ctx, manager, s.ID, 0)
	want(t, err, media.ErrDenied)
}
