package heritage_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/heritage/heritagetest"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
)

func TestExhibitionRules(t *testing.T) {
	type F = heritage.ExhibitionFields
	item := func(n int) heritage.SectionItem {
		return heritage.SectionItem{RelicID: heritage.RelicID(fmt.Sprintf("01975d3a-0000-7000-8000-%012d", n))}
	}
	items := func(n int) (list []heritage.SectionItem) {
		for i := range n {
			list = append(list, item(i))
		}
		return list
	}
	one := func(list ...heritage.SectionItem) []heritage.Section {
		return []heritage.Section{{Title: name("单元"), Items: list}}
	}
	rules[F]{
		{rule: "title, kind, museum and first day are enough", edit: func(f *F) {}},
		{"the Chinese title is required", func(f *F) { f.Title = heritage.Text{EN: "Show"} }, "title.zh", heritage.ErrChinese},
		{"the kind is required", func(f *F) { f.Kind = "" }, "kind", heritage.ErrRequired},
		{"the kind is one of the list", func(f *F) { f.Kind = "party" }, "kind", heritage.ErrTerm},
		{"the museum is required", func(f *F) { f.MuseumID = "" }, "museumId", heritage.ErrRequired},
		{"a day exists", func(f *F) { f.Until = "2026-02-30" }, "until", heritage.ErrDay},
		{"the last day is not before the first", func(f *F) { f.Until = "2026-01-31" }, "until", heritage.ErrDayOrder},
		{rule: "one day is long enough", edit: func(f *F) { f.Until = f.From }},
		{"what is not permanent begins on a day", func(f *F) { f.From = "" }, "from", heritage.ErrFirstDay},
		{rule: "a permanent one may have begun whenever", edit: func(f *F) { f.Kind, f.From = "permanent", "" }},
		{"a permanent one has no end", func(f *F) { f.Kind, f.Until = "permanent", "2027-01-01" }, "until", heritage.ErrPermanentEnd},
		{"a page is on the web", func(f *F) { f.URL = "javascript:alert(1)" }, "url", heritage.ErrURL},
		{"a hall is named once", func(f *F) { f.PlaceIDs = []heritage.PlaceID{someID, someID} }, "placeIds[1]", heritage.ErrRepeated},
		{"a section has a title", func(f *F) { f.Sections = []heritage.Section{{}} }, "sections[0].title.zh", heritage.ErrChinese},
		{rule: "50 sections are allowed", edit: func(f *F) { f.Sections = slices.Repeat(one(), 50) }},
		{"51 are not", func(f *F) { f.Sections = slices.Repeat(one(), 51) }, "sections", heritage.ErrTooMany},
		{rule: "2000 relics are allowed", edit: func(f *F) { f.Sections = one(items(2000)...) }},
		{"2001 are not", func(f *F) { f.Sections = one(items(2001)...) }, "sections", heritage.ErrTooMany},
		{"an item names a relic", func(f *F) { f.Sections = one(heritage.SectionItem{}) }, "sections[0].items[0].relicId", heritage.ErrRequired},
		{"a relic is in a section once", func(f *F) { f.Sections = one(item(1), item(1)) }, "sections[0].items[1].relicId", heritage.ErrRepeated},
		{"and in the exhibition once", func(f *F) { f.Sections = append(one(item(1)), one(item(2), item(1))...) }, "sections[1].items[1].relicId", heritage.ErrRepeated},
		{"a label has a length", func(f *F) {
			f.Sections = one(heritage.SectionItem{RelicID: someID, Label: name(strings.Repeat("字", 501))})
		}, "sections[0].items[0].label.zh", heritage.ErrTooLong},
		{"so has the text of a section", func(f *F) {
			f.Sections = []heritage.Section{{Title: name("单元"), Text: name(strings.Repeat("字", 3001))}}
		}, "sections[0].text.zh", heritage.ErrTooLong},
	}.run(t, newWorld(t).Exhibitions, func() F {
		return F{Title: name("特展"), Kind: "temporary", MuseumID: someID, From: "2026-02-01"}
	})
}

func TestTheStatusOfAnExhibitionFollowsItsDays(t *testing.T) {
	for _, c := range []struct {
		kind             vocab.Code
		from, until, day heritage.Day
		want             heritage.Status
	}{
		{"temporary", "2026-02-01", "2026-05-31", "2026-01-31", heritage.Upcoming},
		{"temporary", "2026-02-01", "2026-05-31", "2026-02-01", heritage.Open},
		{"temporary", "2026-02-01", "2026-05-31", "2026-05-31", heritage.Open},
		{"temporary", "2026-02-01", "2026-05-31", "2026-06-01", heritage.Closed},
		{"touring", "2026-02-01", "", "2036-01-01", heritage.Open},
		{"online", "2026-02-01", "", "2026-01-01", heritage.Upcoming},
		{"permanent", "", "", "2026-01-01", heritage.Permanent},
		{"permanent", "2026-02-01", "", "2026-01-31", heritage.Upcoming},
		{"permanent", "2026-02-01", "", "2026-02-01", heritage.Permanent},
		{"temporary", "2026-02-01", "", "", ""},
	} {
		f := heritage.ExhibitionFields{Kind: c.kind, From: c.from, Until: c.until}
		if got := f.StatusOn(c.day); got != c.want {
			t.Errorf("%s %s..%s is %q on %s, want %q", c.kind, c.from, c.until, got, c.day, c.want)
		}
	}
}

// TestTheDayIsThatOfTheMuseum: at one moment it is two days in two places.
func TestTheDayIsThatOfTheMuseum(t *testing.T) {
	h := newVenue(t) // 2026-03-01 08:00 UTC: in Auckland 21:00
	far := heritage.MuseumID(create(h.world, h.Museums, registrar, heritage.MuseumFields{Name: name("远方馆"), TimeZone: "Pacific/Auckland"}).ID)
	f := h.fields()
	f.PlaceIDs, f.From = nil, "2026-03-02"
	here := h.opened(f)
	f.MuseumID = far
	there := h.opened(f)
	h.now = clock.Add(4 * time.Hour) // 12:00 UTC: in Auckland 01:00 of the next day
	must(t, h.TurnDays(t.Context()))
	for id, want := range map[string]heritage.Status{here.ID: heritage.Upcoming, there.ID: heritage.Open} {
		v, _, err := h.PublicExhibition(t.Context(), id)
		must(t, err)
		if v.Status != want {
			t.Errorf("%s, want %s", v.Status, want)
		}
		if got := facet(h.entry("exhibitions", id).Public, "status"); got != string(want) {
			t.Errorf("search says %q, want %s", got, want)
		}
	}
}

func TestAnExhibitionNamesWhatItMay(t *testing.T) {
	h := newVenue(t)
	other := heritage.MuseumID(create(h.world, h.Museums, registrar, heritage.MuseumFields{Name: name("分馆")}).ID)
	foreign := heritage.MuseumID(create(h.world, h.Museums, stranger, heritage.MuseumFields{Name: name("他馆")}).ID)
	publish(h.world, h.Museums, string(other))
	for _, c := range []struct {
		rule string
		edit func(*heritage.ExhibitionFields)
		path string
	}{
		{"own relics, drafts among them, and those that others published", func(f *heritage.ExhibitionFields) {}, ""},
		{"no draft of another museum", func(f *heritage.ExhibitionFields) { f.Sections[1].Items[0].RelicID = h.secret }, "sections[1].items[0].relicId"},
		{"no relic that does not exist", func(f *heritage.ExhibitionFields) { f.Sections[0].Items[1].RelicID = someID }, "sections[0].items[1].relicId"},
		{"no hall in a store", func(f *heritage.ExhibitionFields) { f.PlaceIDs = []heritage.PlaceID{h.store} }, "placeIds[0]"},
		{"no hall of another house", func(f *heritage.ExhibitionFields) { f.MuseumID = other }, "placeIds[0]"},
		{"no museum of another organisation", func(f *heritage.ExhibitionFields) { f.MuseumID, f.PlaceIDs = foreign, nil }, "museumId"},
	} {
		f := h.fields(h.own, h.draft, h.lent)
		c.edit(&f)
		wrong, err := h.Exhibitions.CheckAll(t.Context(), h.st, both, "demo-museum", "", &f)
		must(t, err)
		if c.path == "" && len(wrong) > 0 || c.path != "" && (len(wrong) != 1 || wrong[0].Path != c.path) {
			t.Errorf("%s: %v", c.rule, wrong)
		}
	}
}

// TestALenderMayWithdrawWhatIsNamed: the exhibition can still be changed and its
// items moved; a draft is in the way of nobody.
func TestALenderMayWithdrawWhatIsNamed(t *testing.T) {
	enginetest.Each(t, aLenderMayWithdrawWhatIsNamed)
}

func aLenderMayWithdrawWhatIsNamed(t *testing.T, open enginetest.Open) {
	h := newVenueOn(t, open)
	e := h.opened(h.fields(h.own, h.lent))
	_, err := h.Relics.Withdraw(t.Context(), actor.SystemPart("test"), string(h.lent), 0, "收回")
	must(t, err)
	h.edit(e.ID, func(f *heritage.ExhibitionFields) { f.Sections[0], f.Sections[1] = f.Sections[1], f.Sections[0] })
	items, hidden, err := h.Items(t.Context(), keeper, e.ID)
	must(t, err)
	if len(items) != 2 || hidden != 1 || items[0].Public || items[0].Name.ZH != "" || items[0].Number != "" || !items[1].Public || items[1].Name.ZH != "铜壶" {
		t.Errorf("%d hidden of %+v", hidden, items)
	}
	_, _, err = h.Items(t.Context(), stranger, e.ID)
	wantErr(t, err, heritage.ErrNotFound)
}

func TestTouristsSeeThePublishedRelicsOfAnExhibitionOnly(t *testing.T) {
	enginetest.Each(t, touristsSeeThePublishedRelicsOfAnExhibitionOnly)
}

func touristsSeeThePublishedRelicsOfAnExhibitionOnly(t *testing.T, open enginetest.Open) {
	h := newVenueOn(t, open)
	f := h.fields(h.own, h.draft, h.lent)
	f.InternalNotes = heritagetest.Secret
	e := h.opened(f)
	v, _, err := h.PublicExhibition(t.Context(), e.ID)
	must(t, err)
	if len(v.Sections) != 2 || len(v.Sections[0].Items) != 2 || len(v.Sections[1].Items) != 0 || len(v.Halls) != 1 {
		t.Errorf("%+v", v)
	}
	m, err := h.ExhibitionManifests().Manifest(t.Context(), h.st, tourist, e.ID)
	must(t, err)
	if len(m.Pictures) != 2 || m.Pictures[0].Caption.ZH != "铜壶" || m.Pictures[1].Caption.ZH != "借来的玉璧" {
		t.Errorf("the manifest has %+v", m.Pictures)
	}
	entry := h.entry("exhibitions", e.ID)
	for what, text := range map[string]string{"view": asText(t, v), "document": asText(t, entry.Public), "manifest": asText(t, m)} {
		lacks(t, what, text, heritagetest.Secret, "草稿陶罐", string(h.draft))
	}
	if !strings.Contains(asText(t, entry.Staff), "草稿陶罐") || facet(entry.Public, "museum") != string(h.museum) || facet(entry.Public, "type") != "temporary" ||
		facet(entry.Public, "status") != "open" || *entry.Public.FromYear != 2026 || entry.Public.Show["periodZh"] != "2026-02-01 – 2026-05-31" {
		t.Errorf("%s", asText(t, entry))
	}
	h.edit(e.ID, func(f *heritage.ExhibitionFields) { f.Title = name("未公开的新题") })
	if again, _, err := h.PublicExhibition(t.Context(), e.ID); err != nil || again.Title.ZH != "春季特展" {
		t.Errorf("a draft is shown: %v %v", again, err)
	}
	_, err = h.Exhibitions.Withdraw(t.Context(), reviewer, e.ID, 0, "更换")
	must(t, err)
	_, _, err = h.PublicExhibition(t.Context(), e.ID)
	wantErr(t, err, heritage.ErrNotFound)
	if h.entry("exhibitions", e.ID).Public != nil {
		t.Error("a withdrawn exhibition is found")
	}
}

func TestARelicIsOnViewWhileItIsThereAndTheExhibitionIsOn(t *testing.T) {
	enginetest.Each(t, aRelicIsOnViewWhileItIsThereAndTheExhibitionIsOn)
}

func aRelicIsOnViewWhileItIsThereAndTheExhibitionIsOn(t *testing.T, open enginetest.Open) {
	h := newVenueOn(t, open)
	ctx := t.Context()
	h.on("2026-01-31")
	e := h.opened(h.fields(h.own, h.lent))
	h.wantIn("before the first day", h.own)
	h.on("2026-02-01")
	h.wantIn("on the first day", h.own, "春季特展")
	h.wantIn("on the first day", h.lent, "春季特展")
	if !h.names("calendars", "Asia/Shanghai", 2, store.OpPut, h.own) {
		t.Error("search does not follow the turn of the day")
	}
	ledger := func(state heritage.LedgerState) {
		t.Helper()
		_, err := h.Relics.EnterLedger(ctx, registrar, string(h.own), 0, heritage.LedgerChange{State: state, Reason: "外借"})
		must(t, err)
	}
	ledger(heritage.OnLoan)
	h.wantIn("on loan out", h.own)
	if v, _, err := h.PublicExhibition(ctx, e.ID); err != nil || v.Sections[0].Items[0].OnView {
		t.Errorf("the exhibition says that it is there: %v", err)
	}
	ledger(heritage.Held)
	h.wantIn("back", h.own, "春季特展")
	_, err := h.Relics.EnterLedger(ctx, stranger, string(h.lent), 0, heritage.LedgerChange{State: heritage.Held, Reason: "归还"})
	must(t, err)
	h.wantIn("given back to its own museum", h.lent)
	h.on("2026-05-31")
	h.wantIn("on the last day", h.own, "春季特展")
	h.on("2026-06-01")
	h.wantIn("after the last day", h.own)
}

// TestSearchForgetsARelicThatLeftAnExhibition: the documents of relics that were
// in it follow, whether the exhibition was published anew, withdrawn or removed.
func TestSearchForgetsARelicThatLeftAnExhibition(t *testing.T) {
	h := newVenue(t)
	ctx := t.Context()
	e := h.opened(h.fields(h.own, h.lent))
	follows := func(when string, op store.Op, rev int64) {
		t.Helper()
		for _, id := range []heritage.RelicID{h.own, h.lent} {
			if !h.names("exhibitions", e.ID, rev, op, id) {
				t.Errorf("%s %s does not follow", when, id)
			}
		}
	}
	follows("published", store.OpPut, 0)
	h.edit(e.ID, func(f *heritage.ExhibitionFields) { f.Sections[1].Items = nil })
	h.wantIn("left out in a draft", h.lent, "春季特展")
	publish(h.world, h.Exhibitions, e.ID)
	h.wantIn("left out", h.lent)
	follows("left out", store.OpPut, 0)
	rec, err := h.Exhibitions.Withdraw(ctx, reviewer, e.ID, 0, "撤展")
	must(t, err)
	h.wantIn("withdrawn", h.own)
	follows("withdrawn", store.OpPut, 0)
	must(t, h.Exhibitions.Remove(ctx, registrar, e.ID, rec.Rev, "重复"))
	follows("removed", store.OpDelete, rec.Rev)
	page, err := h.Tombstones(ctx, registrar, "demo-museum", 10, "")
	must(t, err)
	if len(page.Items) != 1 || page.Items[0].Kind != heritage.KindExhibition || page.Items[0].Name.ZH != "春季特展" || !page.Items[0].WasPublic {
		t.Errorf("%+v", page.Items)
	}
}

func TestWhatAnExhibitionNamesIsNotRemoved(t *testing.T) {
	enginetest.Each(t, whatAnExhibitionNamesIsNotRemoved)
}

func whatAnExhibitionNamesIsNotRemoved(t *testing.T, open enginetest.Open) {
	h := newVenueOn(t, open)
	pot := create(h.world, h.Relics, registrar, heritage.RelicFields{Name: name("陶罐")})
	room := create(h.world, h.Places, registrar, heritage.PlaceFields{Name: name("二号展厅"), MuseumID: h.museum})
	f := h.fields(heritage.RelicID(pot.ID))
	f.PlaceIDs = []heritage.PlaceID{heritage.PlaceID(room.ID)}
	pic := h.asset("demo-museum")
	f.Images = []heritage.ImageRef{{AssetID: pic}}
	e := create(h.world, h.Exhibitions, registrar, f)
	wantErr(t, h.Relics.Remove(t.Context(), registrar, pot.ID, 0, "x"), heritage.ErrInUse)
	wantErr(t, h.Places.Remove(t.Context(), registrar, room.ID, 0, "x"), heritage.ErrInUse)
	if used, err := h.UsesAsset(t.Context(), h.st, pic); err != nil || !used {
		t.Errorf("its picture is free: %v", err)
	}
	publish(h.world, h.Exhibitions, e.ID)
	if got := h.audience(pic); got != "public" {
		t.Errorf("its picture is for %q", got)
	}
	_, err := h.Exhibitions.Withdraw(t.Context(), reviewer, e.ID, 0, "撤展")
	must(t, err)
	if got := h.audience(pic); got != "staff" {
		t.Errorf("the picture of a withdrawn one is for %q", got)
	}
}

func TestExhibitionsAreListedByStatus(t *testing.T) { enginetest.Each(t, exhibitionsAreListedByStatus) }

func exhibitionsAreListedByStatus(t *testing.T, open enginetest.Open) {
	h := newVenueOn(t, open)
	add := func(title string, kind vocab.Code, from, until heritage.Day) {
		f := h.fields()
		f.Title, f.Kind, f.From, f.Until = name(title), kind, from, until
		h.opened(f)
	}
	h.on("2026-03-01")
	add("一 常设", "permanent", "", "")
	add("二 已结束", "temporary", "2025-01-01", "2026-02-28")
	add("三 展出", "temporary", "2026-01-01", "2026-03-01")
	add("四 将开", "temporary", "2026-03-02", "2026-04-01")
	add("五 早已结束", "temporary", "2020-01-01", "2020-02-28")
	for status, want := range map[heritage.Status][]string{
		"":                 {"一 常设", "三 展出", "二 已结束", "五 早已结束", "四 将开"},
		heritage.Open:      {"三 展出", "一 常设"},
		heritage.Permanent: {"一 常设"}, heritage.Upcoming: {"四 将开"}, heritage.Closed: {"二 已结束", "五 早已结束"}} {
		for _, f := range []heritage.PublicFilter{{Status: status}, {Status: status, Museum: h.museum}} {
			list, _, err := h.PublicExhibitions(t.Context(), f, 50, "")
			must(t, err)
			var got []string
			for _, v := range list {
				got = append(got, v.Title.ZH)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%+v: %q, want %q", f, got, want)
			}
		}
	}
	for _, f := range []heritage.PublicFilter{{Status: "soon"}, {Status: heritage.Open, Category: "temporary"}} {
		_, _, err := h.PublicExhibitions(t.Context(), f, 50, "")
		wantErr(t, err, heritage.ErrFilter)
	}
	_, _, err := h.PublicRelics(t.Context(), heritage.PublicFilter{Status: heritage.Open}, 50, "")
	wantErr(t, err, heritage.ErrFilter)
	for _, f := range []heritage.Filter{{Museum: h.museum}, {Category: "permanent"}, {Review: heritage.Reviewed}, {Publication: heritage.Published}} {
		list, _, err := h.Exhibitions.List(t.Context(), keeper, f, 50, "")
		if err != nil || len(list) == 0 {
			t.Errorf("%+v lists %d, %v", f, len(list), err)
		}
		if list, _, err := h.Exhibitions.List(t.Context(), stranger, f, 50, ""); err != nil || len(list) > 0 {
			t.Errorf("another museum lists %d, %v", len(list), err)
		}
	}
}

// TestTheDaysTurnOnce: a look on the same day writes nothing.
func TestTheDaysTurnOnce(t *testing.T) { enginetest.Each(t, theDaysTurnOnce) }

func theDaysTurnOnce(t *testing.T, open enginetest.Open) {
	h := newVenueOn(t, open)
	h.opened(h.fields(h.own))
	from, err := h.st.Head(t.Context())
	must(t, err)
	must(t, h.TurnDays(t.Context()))
	if to, err := h.st.Head(t.Context()); err != nil || to != from {
		t.Errorf("%v, %v, want %v", to, err, from)
	}
}
