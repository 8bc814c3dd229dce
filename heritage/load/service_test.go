package load

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
	"yijianyou/media"
)

type noAssets struct{}

func (noAssets) Asset(context.Context, store.Reader, string) (*media.Asset, error) {
	return nil, store.ErrNotFound.New()
}
func (noAssets) SetShown(*store.Tx, string, string, []string) error    { return nil }
func (noAssets) FollowShown(*store.Tx, string, string, []string) error { return nil }

type oneMuseum struct{ id heritage.MuseumID }

func (m oneMuseum) Museums(context.Context, store.Reader, actor.OrgID) (map[string]heritage.MuseumID, error) {
	return map[string]heritage.MuseumID{"示范博物馆": m.id, "Model Museum": m.id}, nil
}

// world is a service on a fresh store with one museum.
type world struct {
	*Service
	st        *store.Store
	heritage  *heritage.Service
	registrar actor.Actor
	runner    *store.Runner
}

func newWorld(t *testing.T) *world {
	t.Helper()
	st := storetest.New(t, append(heritage.Collections(), Collections()...)...)
	h := heritage.New(heritage.Options{Store: st, Assets: noAssets{}, SortKey: func(name string) string { return name }, Loads: Visibility{}})
	m, err := h.Museums.Create(t.Context(), actor.SystemPart("test"), heritage.NewRecord[heritage.MuseumFields]{Org: "demo-museum",
		Fields: heritage.MuseumFields{Name: heritage.Text{ZH: "示范博物馆"}}})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{st: st, heritage: h, registrar: actor.Actor{Kind: actor.Staff, ID: "r", Name: "示范角色·总账", Grants: []actor.Grant{{Role: actor.Registrar, Org: "demo-museum"}}}}
	w.Service = New(Options{Store: st, Heritage: h, Holders: oneMuseum{heritage.MuseumID(m.ID)},
		Simulated: func(_ context.Context, org actor.OrgID) (bool, error) { return org == "demo-museum", nil }})
	w.runner = store.NewRunner(st, store.RunnerOptions{Handlers: w.Handlers(), Workers: 1})
	return w
}

func (w *world) open(t *testing.T, csv string) *Load {
	t.Helper()
	l, err := w.Open(t.Context(), w.registrar, File{Org: "demo-museum", Kind: heritage.KindRelic, Name: `C:\表\藏品.csv`, Data: []byte(csv)})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (w *world) states(t *testing.T, id string) map[int]RowState {
	t.Helper()
	page, err := w.Rows(t.Context(), w.registrar, id, "", 100, "")
	if err != nil {
		t.Fatal(err)
	}
	out := map[int]RowState{}
	for _, r := range page.Items {
		out[r.Line] = r.State
	}
	return out
}

func (w *world) drain(t *testing.T) {
	t.Helper()
	if _, err := w.runner.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

const dirty = `藏品编号,名称,类别,年代,外形尺寸,数量,级别
YS-001,演示·铜鼎,铜器,商代晚期,通高22.5厘米,1件,一级
YS-002,演示·铜簋,青铜器,西周,高12,1件,二级
YS-003,,铜器,西周,高12厘米,1件,二级
YS-001,演示·铜爵,铜器,商,高20厘米,1件,三级
YS-005,演示·瓷碗,瓷,北宋,口径15厘米,一些,一般
YS-006,演示·玉璧,玉器,战国,直径14厘米,1件,未定级
`

func TestEveryDoubtfulAndFaultyRowIsExplained(t *testing.T) {
	w := newWorld(t)
	l := w.open(t, dirty)
	want := map[int]RowState{2: Ready, 3: Doubtful, 4: Faulty, 5: Faulty, 6: Faulty, 7: Ready}
	if d := cmp.Diff(want, w.states(t, l.ID)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(Counts{Rows: 6, Ready: 2, Doubtful: 1, Faulty: 3}, l.Counts); d != "" {
		t.Error(d)
	}
	page, err := w.Rows(t.Context(), w.registrar, l.ID, Faulty, 10, "")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range page.Items {
		for _, p := range r.Problems {
			got = append(got, rowID("", r.Line)[5:]+" "+p.Code)
			if p.Message.ZH == "" || p.Message.EN == "" {
				t.Errorf("line %d: %s has no words", r.Line, p.Code)
			}
		}
	}
	wantCodes := []string{"004 heritage.chinese_required", "005 load.duplicate_row", "006 load.quantity"}
	if d := cmp.Diff(wantCodes, got); d != "" {
		t.Error(d)
	}
	if l.File != "藏品.csv" {
		t.Errorf("file name %q", l.File)
	}
}

func TestMendedRowsAreWrittenAndCanBeUndone(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	l := w.open(t, dirty)
	mend := func(line int, m Mending, want RowState) {
		t.Helper()
		row, err := w.Mend(ctx, w.registrar, l.ID, line, m)
		if err != nil || row.State != want {
			t.Fatalf("line %d: %v %v, want %s", line, row, err, want)
		}
	}
	mend(4, Mending{Cells: map[int]string{1: "演示·铜鬲"}}, Ready)
	mend(5, Mending{Cells: map[int]string{0: "YS-004"}}, Ready)
	mend(3, Mending{Decision: Accept}, Ready)
	mend(6, Mending{Decision: Skip}, Skipped)

	if _, err := w.Write(ctx, w.registrar, l.ID); err != nil {
		t.Fatal(err)
	}
	// Until the job has closed the load, staff do not see its drafts.
	w.drain(t)
	l, err := w.Load(ctx, w.registrar, l.ID)
	if err != nil || l.State != Closed {
		t.Fatalf("%v %v", l.State, err)
	}
	if d := cmp.Diff(Counts{Rows: 6, Written: 5, Skipped: 1}, l.Counts); d != "" {
		t.Error(d)
	}
	page, _ := w.Rows(ctx, w.registrar, l.ID, Written, 10, "")
	rec, err := w.heritage.Relics.Record(ctx, w.registrar, page.Items[0].RecordID)
	if err != nil {
		t.Fatal(err)
	}
	if rec.Fields.Name.ZH != "演示·铜鼎" || rec.Fields.Number.Value != "YS-001" || rec.Fields.MuseumID == "" || !rec.Fields.Simulated || rec.LoadID != l.ID || rec.Review.State != heritage.Draft {
		t.Errorf("the draft is %+v", rec.Fields)
	}

	// Somebody changes one draft; the undo leaves it alone.
	f := rec.Fields
	f.Name.ZH = "演示·铜方鼎"
	if _, err := w.heritage.Relics.Change(ctx, w.registrar, rec.ID, rec.Rev, f, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Undo(ctx, w.registrar, l.ID, "导错了文件"); err != nil {
		t.Fatal(err)
	}
	w.drain(t)
	l, _ = w.Load(ctx, w.registrar, l.ID)
	if d := cmp.Diff(Counts{Rows: 6, Undone: 4, Kept: 1, Skipped: 1}, l.Counts); d != "" || l.State != Cancelled {
		t.Error(l.State, d)
	}
	if _, err := w.heritage.Relics.Record(ctx, w.registrar, rec.ID); err != nil {
		t.Errorf("the changed draft is gone: %v", err)
	}
}

func TestARepetitionEndsWithTheRowThatItRepeats(t *testing.T) {
	w := newWorld(t)
	l := w.open(t, "藏品编号,名称\nYS-1,演示·鼎\nYS-1,演示·簋\nYS-1,演示·尊\nYS-2,演示·爵\n")
	steps := []struct {
		line int
		m    Mending
		want map[int]RowState
	}{
		{2, Mending{Decision: Skip}, map[int]RowState{2: Skipped, 3: Ready, 4: Faulty, 5: Ready}},
		{2, Mending{Decision: Restore}, map[int]RowState{2: Ready, 3: Faulty, 4: Faulty, 5: Ready}},
		{2, Mending{Cells: map[int]string{0: "YS-2"}}, map[int]RowState{2: Ready, 3: Ready, 4: Faulty, 5: Faulty}},
		{4, Mending{Cells: map[int]string{0: "YS-3"}}, map[int]RowState{2: Ready, 3: Ready, 4: Ready, 5: Faulty}},
	}
	for i, s := range steps {
		if _, err := w.Mend(t.Context(), w.registrar, l.ID, s.line, s.m); err != nil {
			t.Fatal(err)
		}
		got := w.states(t, l.ID)
		if d := cmp.Diff(s.want, got); d != "" {
			t.Errorf("step %d: %s", i, d)
		}
		l, err := w.Load(t.Context(), w.registrar, l.ID)
		if err != nil {
			t.Fatal(err)
		}
		counts := Counts{Rows: len(got)}
		for _, state := range got {
			counts.add(state, 1)
		}
		if d := cmp.Diff(counts, l.Counts); d != "" {
			t.Errorf("step %d counts: %s", i, d)
		}
	}
}

func TestANumberAlreadyInTheCatalogueIsSaidBeforeWriting(t *testing.T) {
	w := newWorld(t)
	first := w.open(t, "藏品编号,名称\nYS-1,演示·鼎\n")
	if _, err := w.Write(t.Context(), w.registrar, first.ID); err != nil {
		t.Fatal(err)
	}
	w.drain(t)
	second := w.open(t, "藏品编号,名称\nYS-1,演示·鼎（重复）\nYS-2,演示·簋\n")
	if d := cmp.Diff(map[int]RowState{2: Faulty, 3: Ready}, w.states(t, second.ID)); d != "" {
		t.Error(d)
	}
}

func TestTheSameFileTwiceIsRefusedUnlessAllowed(t *testing.T) {
	w := newWorld(t)
	l := w.open(t, dirty)
	if _, err := w.Write(t.Context(), w.registrar, l.ID); err != nil {
		t.Fatal(err)
	}
	w.drain(t)
	file := File{Org: "demo-museum", Kind: heritage.KindRelic, Name: "b.csv", Data: []byte(dirty)}
	if _, err := w.Open(t.Context(), w.registrar, file); !errors.Is(err, ErrSame) {
		t.Errorf("got %v, want ErrSame", err)
	}
	file.AllowRepeat = true
	if _, err := w.Open(t.Context(), w.registrar, file); err != nil {
		t.Error(err)
	}
}

func TestAnotherMuseumSeesNoLoad(t *testing.T) {
	w := newWorld(t)
	l := w.open(t, dirty)
	other := actor.Actor{Kind: actor.Staff, ID: "o", Grants: []actor.Grant{{Role: actor.Registrar, Org: "demo-museum-b"}}}
	keeper := actor.Actor{Kind: actor.Staff, ID: "k", Grants: []actor.Grant{{Role: actor.Keeper, Org: "demo-museum"}}}
	for name, by := range map[string]actor.Actor{"registrar of another museum": other, "keeper": keeper, "stranger": actor.Nobody()} {
		if _, err := w.Load(t.Context(), by, l.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: Load gave %v", name, err)
		}
		if _, err := w.Rows(t.Context(), by, l.ID, "", 10, ""); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: Rows gave %v", name, err)
		}
		if _, err := w.Mend(t.Context(), by, l.ID, 2, Mending{Decision: Skip}); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: Mend gave %v", name, err)
		}
		if _, err := w.Write(t.Context(), by, l.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: Write gave %v", name, err)
		}
		if _, err := w.Open(t.Context(), by, File{Org: "demo-museum", Kind: heritage.KindRelic, Data: []byte(dirty)}); !errors.Is(err, ErrDenied) {
			t.Errorf("%s: Open gave %v", name, err)
		}
	}
}

func TestAFileWithoutANameColumnCanBeMapped(t *testing.T) {
	w := newWorld(t)
	l := w.open(t, "代码,叫法,何时\nA1,演示·鼎,商\n")
	if d := cmp.Diff([]string{"", "", ""}, l.Mapping); d != "" {
		t.Error(d)
	}
	if _, err := w.Write(t.Context(), w.registrar, l.ID); !errors.Is(err, ErrNoName) {
		t.Errorf("got %v, want ErrNoName", err)
	}
	if _, err := w.Remap(t.Context(), w.registrar, l.ID, l.Rev, []string{"number", "number", ""}); !errors.Is(err, ErrMapping) {
		t.Errorf("one item twice: %v", err)
	}
	l, err := w.Remap(t.Context(), w.registrar, l.ID, l.Rev, []string{"number", "name", "period"})
	if err != nil || l.Counts.Ready != 1 {
		t.Fatalf("%+v %v", l, err)
	}
}

func TestWhatWasAcceptedOfAnotherMappingIsAskedAgain(t *testing.T) {
	w := newWorld(t)
	l := w.open(t, "藏品编号,名称,高\nYS-1,演示·鼎,很高\n")
	l, err := w.Remap(t.Context(), w.registrar, l.ID, l.Rev, []string{"number", "name", "dimensions"})
	if err != nil || l.Counts.Doubtful != 1 {
		t.Fatalf("%+v %v", l, err)
	}
	if _, err := w.Mend(t.Context(), w.registrar, l.ID, 2, Mending{Decision: Accept}); err != nil {
		t.Fatal(err)
	}
	l, err = w.Remap(t.Context(), w.registrar, l.ID, 0, []string{"number", "name", "period"})
	if err != nil || l.Counts.Doubtful != 1 || l.Counts.Ready != 0 {
		t.Fatalf("%+v %v", l, err)
	}
}

func TestALoadThatWasCutOffGoesOn(t *testing.T) {
	w := newWorld(t)
	var b strings.Builder
	b.WriteString("藏品编号,名称\n")
	for i := range 450 {
		b.WriteString("YS-" + rowID("", i)[1:] + ",演示·碗\n")
	}
	l := w.open(t, b.String())
	if _, err := w.Write(t.Context(), w.registrar, l.ID); err != nil {
		t.Fatal(err)
	}
	cut := errors.New("cut off")
	e := errand{Load: l.ID, By: heritage.PersonOf(w.registrar)}
	err := w.write(t.Context(), e, func(context.Context, int64, int64) error { return cut })
	if !errors.Is(err, cut) {
		t.Fatal(err)
	}
	l, _ = w.Load(t.Context(), w.registrar, l.ID)
	if l.State != Writing || l.Counts.Written != 200 {
		t.Fatalf("after the cut: %s %+v", l.State, l.Counts)
	}
	page, _ := w.Rows(t.Context(), w.registrar, l.ID, Written, 1, "")
	if _, err := w.heritage.Relics.Record(t.Context(), w.registrar, page.Items[0].RecordID); !errors.Is(err, heritage.ErrNotFound) {
		t.Errorf("a draft of an open load is visible: %v", err)
	}
	w.drain(t)
	l, _ = w.Load(t.Context(), w.registrar, l.ID)
	if l.State != Closed || l.Counts.Written != 450 {
		t.Errorf("in the end: %s %+v", l.State, l.Counts)
	}
}

func TestSitesOfTheNationalListAreReady(t *testing.T) {
	w := newWorld(t)
	csv := "id,name,batch,category,category_zh,province,city,district,era\n1-0099-3-052,故宫,1,ancient-buildings,古建筑,北京市,北京市,,明、清\n"
	l, err := w.Open(t.Context(), w.registrar, File{Org: "demo-museum", Kind: heritage.KindSite, Name: "g.csv", Data: []byte(csv)})
	if err != nil || l.Counts.Ready != 1 {
		page, _ := w.Rows(t.Context(), w.registrar, l.ID, "", 5, "")
		t.Fatalf("%+v %v %+v", l.Counts, err, page.Items[0].Problems)
	}
}

func TestEveryFaultOfALoadIsClassified(t *testing.T) {
	w := newWorld(t)
	for name, data := range map[string]string{"nothing": "", "header": "名称,年代\n", "picture": "\x89PNG\x00"} {
		_, err := w.Open(t.Context(), w.registrar, File{Org: "demo-museum", Kind: heritage.KindRelic, Data: []byte(data)})
		if k := fault.KindOf(err); k != fault.Invalid && k != fault.Unsupported {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsExportedCanBeImported(t *testing.T) {
	w := newWorld(t)
	l := w.open(t, "藏品编号,名称,类别,年代,外形尺寸,数量,质量,入藏时间,出土时间,质地\nYS-1,演示·铜鼎,铜器,商代晚期,通高22.5厘米，口径18厘米,1套（3件）,2.5千克,1999-05-03,1976年,铜\n")
	if l.Counts.Ready != 1 {
		page, _ := w.Rows(t.Context(), w.registrar, l.ID, "", 5, "")
		t.Fatalf("%+v", page.Items[0])
	}
	if _, err := w.Write(t.Context(), w.registrar, l.ID); err != nil {
		t.Fatal(err)
	}
	w.drain(t)
	export := func() string {
		var b strings.Builder
		if n, err := w.Export(t.Context(), w.registrar, "demo-museum", heritage.KindRelic, CSV, &b); err != nil || n == 0 {
			t.Fatal(n, err)
		}
		return b.String()
	}
	first := export()
	if _, err := w.Undo(t.Context(), w.registrar, l.ID, "重来"); err != nil {
		t.Fatal(err)
	}
	w.drain(t)
	again := w.open(t, first)
	if again.Counts.Ready != 1 {
		page, _ := w.Rows(t.Context(), w.registrar, again.ID, "", 5, "")
		t.Fatalf("what was exported is doubted: %+v", page.Items[0].Problems)
	}
	if _, err := w.Write(t.Context(), w.registrar, again.ID); err != nil {
		t.Fatal(err)
	}
	w.drain(t)
	if d := cmp.Diff(first, export()); d != "" {
		t.Error(d)
	}
}

// TestWhatAClosedLoadShowedDoesNotVanish: rows that are mended are written later,
// and by then some of the records are published.
func TestWhatAClosedLoadShowedDoesNotVanish(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	l := w.open(t, dirty)
	if _, err := w.Write(ctx, w.registrar, l.ID); err != nil {
		t.Fatal(err)
	}
	w.drain(t)
	page, err := w.Rows(ctx, w.registrar, l.ID, Written, 10, "")
	if err != nil || len(page.Items) < 2 {
		t.Fatal(page, err)
	}
	shown, draft := page.Items[0].RecordID, page.Items[1].RecordID
	by := actor.SystemPart("test")
	for _, step := range []heritage.ReviewStep{heritage.Submit, heritage.Approve} {
		if _, err := w.heritage.Relics.Review(ctx, by, shown, 0, step, ""); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.heritage.Relics.Publish(ctx, by, shown, 0); err != nil {
		t.Fatal(err)
	}
	found := func(id string, public, staff bool, when string) {
		t.Helper()
		list, err := w.heritage.Search().Map(ctx, w.st, "relics", id)
		if err != nil || (list[0].Public != nil) != public || (list[0].Staff != nil) != staff {
			t.Errorf("%s: %+v %v", when, list, err)
		}
		if _, err := w.heritage.Relics.Record(ctx, w.registrar, id); (err == nil) != staff {
			t.Errorf("%s: %v", when, err)
		}
	}
	if _, err := w.Mend(ctx, w.registrar, l.ID, 4, Mending{Cells: map[int]string{1: "演示·铜鬲"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(ctx, w.registrar, l.ID); err != nil { // the job waits
		t.Fatal(err)
	}
	found(shown, true, true, "while a mended row is written")
	found(draft, false, true, "while a mended row is written")
	w.drain(t)
	if _, err := w.Undo(ctx, w.registrar, l.ID, "导错了"); err != nil { // the job waits
		t.Fatal(err)
	}
	found(shown, true, true, "while the load is undone")
	found(draft, false, false, "while the load is undone")
	w.drain(t)
	found(shown, true, true, "after the undoing")
}
