package sensors

import (
	"testing"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

func TestATagHangsOnOneRelicAtATime(t *testing.T) {
	w, ctx := newRegisterWorld(t), t.Context()
	bell, cup := heritage.RelicID(w.owned("demo-museum")), heritage.RelicID(w.owned("demo-museum"))
	photo := w.owned("demo-museum")
	tag, second := w.tag("E280 1160"), w.tag("e2801161")
	if tag.ID != "e2801160" {
		t.Fatalf("the id is %s", tag.ID)
	}
	on := NewBinding{RelicID: bell, Carrier: OnBox, Method: " 棉线悬挂 ", Reversible: true, ApprovedBy: "保管部主任", PhotoID: photo}
	bound, err := w.Bind(ctx, regKeeper, "e2801160", tag.Rev, on)
	w.must(err)
	if b := bound.Binding; b == nil || b.RelicID != bell || b.Method != "棉线悬挂" || b.By.ID != "keeper" || !b.From.Equal(w.at) {
		t.Errorf("the binding: %+v", b)
	}
	if st := w.tagState("e2801160"); st.RelicID != bell || st.Carrier != OnBox {
		t.Errorf("the state does not know what the tag hangs on: %+v", st)
	}
	_, err = w.Bind(ctx, regKeeper, "e2801160", bound.Rev, on)
	w.want(err, ErrBound)
	_, err = w.Bind(ctx, regKeeper, "e2801161", second.Rev, on) // several tags on one relic
	w.must(err)
	if page, err := w.Tags.List(ctx, regKeeper, Filter{Relic: bell}, 10, ""); err != nil || len(page.Items) != 2 {
		t.Errorf("tags of the relic: %v %v", page.Items, err)
	}
	if used, err := w.UsesAsset(ctx, w.st, photo); err != nil || !used {
		t.Errorf("the photo may be removed: %v %v", used, err)
	}

	retire := bound.Fields
	retire.Retired = true
	_, err = w.Tags.Change(ctx, regKeeper, "e2801160", bound.Rev, retire)
	w.wantFields(err, "retired sensors.retire_bound")
	w.want(w.Tags.Remove(ctx, regKeeper, "e2801160", bound.Rev, "x"), ErrTagBound)
	_, err = w.Unbind(ctx, regKeeper, "e2801160", bound.Rev, "  ")
	w.wantFields(err, "reason heritage.reason_required")
	_, err = w.Unbind(ctx, regKeeper, "e2801160", 1, "换签")
	w.want(err, store.ErrConflict)
	free, err := w.Unbind(ctx, regKeeper, "e2801160", bound.Rev, "换签")
	w.must(err)
	if st := w.tagState("e2801160"); free.Binding != nil || st.RelicID != "" || st.Carrier != "" {
		t.Errorf("the tag still hangs on something: %+v", st)
	}
	_, err = w.Unbind(ctx, regKeeper, "e2801160", free.Rev, "换签")
	w.want(err, ErrNotBound)
	w.want(w.Tags.Remove(ctx, regKeeper, "e2801160", free.Rev, "x"), ErrTagUsed)

	on.RelicID, on.PhotoID = cup, ""
	_, err = w.Bind(ctx, regKeeper, "e2801160", free.Rev, on)
	w.must(err)
	page, err := w.Bindings(ctx, regAuditor, "e2801160", 10, "")
	w.must(err)
	if len(page.Items) != 2 || page.Items[0].Binding.RelicID != cup || page.Items[0].Until != nil ||
		page.Items[1].EndReason != "换签" || page.Items[1].EndedBy.ID != "keeper" || page.Items[1].Until == nil {
		t.Errorf("the history of bindings: %+v", page.Items)
	}
	if used, err := w.UsesAsset(ctx, w.st, photo); err != nil || !used {
		t.Errorf("the photo of an ended binding may be removed: %v %v", used, err)
	}
}

func (w *registerWorld) tagState(id string) *TagState {
	w.t.Helper()
	st, err := tagStates.Get(w.t.Context(), w.st, id)
	w.must(err)
	return st
}

func TestABadBindingIsNamedFieldByField(t *testing.T) {
	w := newRegisterWorld(t)
	w.tag("e2801160")
	relic, graded := heritage.RelicID(w.owned("demo-museum")), heritage.RelicID(w.owned("demo-museum"))
	w.grades[string(graded)], w.grades[string(relic)] = "grade-3", "general"
	foreign := w.owned("demo-museum-b")
	good := NewBinding{RelicID: relic, Carrier: OnBody, Method: "棉线", Reversible: true, ApprovedBy: "主任"}
	for _, c := range []struct {
		why    string
		change func(*NewBinding)
		want   string
	}{
		{"no relic", func(n *NewBinding) { n.RelicID = "" }, "relicId heritage.required"},
		{"another's relic", func(n *NewBinding) { n.RelicID = heritage.RelicID(foreign) }, "relicId heritage.reference"},
		{"unknown relic", func(n *NewBinding) { n.RelicID = heritage.RelicID(ids.New()) }, "relicId heritage.reference"},
		{"carrier", func(n *NewBinding) { n.Carrier = "air" }, "carrier heritage.choice"},
		{"no method", func(n *NewBinding) { n.Method = " " }, "method heritage.required"},
		{"nobody approved", func(n *NewBinding) { n.ApprovedBy = "" }, "approvedBy heritage.required"},
		{"another's photo", func(n *NewBinding) { n.PhotoID = foreign }, "photoId heritage.asset"},
		{"unknown photo", func(n *NewBinding) { n.PhotoID = ids.New() }, "photoId heritage.asset"},
		{"glued by one alone", func(n *NewBinding) { n.RelicID, n.Reversible, n.ApprovedBy = graded, false, "keeper" }, "approvedBy sensors.own_approval"},
	} {
		t.Run(c.why, func(t *testing.T) {
			w.t = t
			n := good
			c.change(&n)
			_, err := w.Bind(t.Context(), regKeeper, "e2801160", 0, n)
			w.wantFields(err, c.want)
		})
	}
	w.t = t
	for _, by := range []struct {
		who  actor.Actor
		code error
	}{{regStranger, ErrNotFound}, {regAuditor, ErrDenied}} {
		_, err := w.Bind(t.Context(), by.who, "e2801160", 0, good)
		w.want(err, by.code)
		_, err = w.Unbind(t.Context(), by.who, "e2801160", 0, "x")
		w.want(err, by.code)
	}
	_, err := w.Bindings(t.Context(), regStranger, "e2801160", 10, "")
	w.want(err, ErrNotFound)
	tag, err := w.Tags.Change(t.Context(), regKeeper, "e2801160", 0, TagFields{Kind: ActiveBLE, Retired: true, SilentAfterS: 600})
	w.must(err)
	_, err = w.Bind(t.Context(), regKeeper, TagID(tag.ID), tag.Rev, good)
	w.want(err, ErrBindRetired)
	for id, want := range map[string]string{"xyz": "id sensors.tag_id", "abc": "id sensors.tag_id"} {
		_, err = w.Tags.Create(t.Context(), regKeeper, NewThing[TagFields]{ID: id, Org: "demo-museum", Fields: TagFields{Kind: PassiveUHF}})
		w.wantFields(err, want)
	}
	_, err = w.Tags.Change(t.Context(), regKeeper, tag.ID, 0, TagFields{Kind: "nfc", SilentAfterS: 5})
	w.wantFields(err, "kind heritage.choice", "silentAfterS sensors.tag_silent")
}

func TestTheScreenSaysWhatASightingProves(t *testing.T) {
	w := newRegisterWorld(t)
	said := map[heritage.Text]bool{}
	for _, c := range append([]Carrier{""}, Carriers...) {
		text := c.Proves()
		if text.ZH == "" || text.EN == "" || said[text] {
			t.Errorf("%q proves %v", c, text)
		}
		said[text] = true
	}
	relic := heritage.RelicID(w.owned("demo-museum"))
	for _, c := range []struct {
		grade      string
		carrier    Carrier
		reversible bool
		warned     bool
	}{
		{"grade-1", OnBody, false, true}, {"grade-3", OnBody, false, true}, {"ungraded", OnBody, false, true}, {"", OnBody, false, true},
		{"general", OnBody, false, false}, {"grade-1", OnBody, true, false}, {"grade-1", OnBox, false, false},
	} {
		w.grades[string(relic)] = c.grade
		b, err := w.Bound(t.Context(), &Binding{RelicID: relic, Carrier: c.carrier, Reversible: c.reversible})
		w.must(err)
		if (len(b.Warnings) > 0) != c.warned || b.Proves != c.carrier.Proves() || b.RelicName.ZH == "" {
			t.Errorf("%+v: %+v", c, b)
		}
	}
	if b, err := w.Bound(t.Context(), &Binding{RelicID: heritage.RelicID(ids.New()), Carrier: OnBox}); err != nil || !b.RelicName.IsZero() {
		t.Errorf("a relic that is gone: %+v %v", b, err)
	}
}
