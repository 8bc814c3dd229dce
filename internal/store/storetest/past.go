package storetest

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/store"
)

// history: who, when, why and the document before, for each change; any
// revision can be read again, also of a deleted document.
func (s *suite) history(t *testing.T) {
	ctx := t.Context()
	st, _ := s.fresh(t, store.Options{RunTwice: true})
	d := &thing{Meta: store.Meta{Org: "henan"}, Name: name{ZH: "一"}}
	for i, zh := range []string{"一", "二", "三"} {
		d.Name.ZH = zh
		update(t, st, func(tx *store.Tx) error {
			if i == 1 {
				tx.Describe("thing.correct", "据著录更正")
			}
			return things.Put(tx, d)
		})
	}
	update(t, st, func(tx *store.Tx) error { return things.Delete(tx, d.ID, 3, "重复登记") })
	update(t, st, func(tx *store.Tx) error { return tx.Audit("henan", "things", d.ID, "thing.export", "调阅") })
	page, err := things.Revisions(ctx, st, d.ID, 10, "")
	must(t, err)
	type entry struct {
		Rev             int64
		Action, Reason  string
		ActorID, Person string
		Request, Before string
	}
	var got []entry
	for _, r := range page.Items {
		before := ""
		if r.Before != nil {
			before, _ = r.Before.Lookup("name", "zh").StringValueOK()
		}
		if r.Org != "henan" || r.CreatedAt.IsZero() {
			t.Errorf("entry %+v", r.Meta)
		}
		got = append(got, entry{r.DocRev, r.Action, r.Reason, r.ActorID, r.ActorName, r.RequestID, before})
	}
	want := []entry{
		{4, "remove", "重复登记", "u1", "登记员", "r1", "三"},
		{3, "change", "", "u1", "登记员", "r1", "二"},
		{2, "thing.correct", "据著录更正", "u1", "登记员", "r1", "一"},
		{1, "create", "", "u1", "登记员", "r1", ""},
		{0, "thing.export", "调阅", "u1", "登记员", "r1", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	for rev, zh := range map[int64]string{1: "一", 2: "二", 3: "三"} {
		old, err := things.AtRevision(ctx, st, d.ID, rev)
		if err != nil || old.Name.ZH != zh || old.Rev != rev {
			t.Errorf("revision %d: %+v, %v", rev, old, err)
		}
	}
	for _, rev := range []int64{0, 4, 5, -1} {
		if old, err := things.AtRevision(ctx, st, d.ID, rev); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("revision %d: %+v, %v; want ErrNotFound", rev, old, err)
		}
	}
	// A document that comes back under the same id continues the revisions: a
	// form filled in before the deletion stays stale, and each revision is one.
	again := &thing{Meta: store.Meta{ID: d.ID}, Name: name{ZH: "又"}}
	update(t, st, func(tx *store.Tx) error { return things.Put(tx, again) })
	update(t, st, func(tx *store.Tx) error { return things.Put(tx, again) })
	if again.Rev != 6 {
		t.Errorf("revision %d of the document that came back, want 6", again.Rev)
	}
	for rev, zh := range map[int64]string{1: "一", 3: "三", 5: "又", 6: "又"} {
		old, err := things.AtRevision(ctx, st, d.ID, rev)
		if err != nil || old.Name.ZH != zh || old.Rev != rev {
			t.Errorf("revision %d: %+v, %v", rev, old, err)
		}
	}
	if old, err := things.AtRevision(ctx, st, d.ID, 4); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the revision at which it was deleted: %+v, %v", old, err)
	}
	byActor, err := store.History.Count(ctx, st, store.Query{Index: "byActor", Equal: []any{"u1"}}, 100)
	must(t, err)
	if byActor != 7 {
		t.Errorf("%d entries of the actor, want 7", byActor)
	}
}

// Three programs and one collection: the present one, one that knows more
// members at the same schema, and one of the next schema.
type noteNow struct {
	store.Meta `bson:",inline"`
	Text       string `bson:"text"`
	In         inNow  `bson:"in"`
}
type inNow struct {
	A string `bson:"a"`
}
type noteMore struct {
	store.Meta `bson:",inline"`
	Text       string   `bson:"text"`
	In         inMore   `bson:"in"`
	Extra      []string `bson:"extra"`
}
type inMore struct {
	A string `bson:"a"`
	B int64  `bson:"b"`
}
type noteNext struct {
	store.Meta `bson:",inline"`
	Text       string `bson:"text"`
	Length     int64  `bson:"length"`
	In         inMore `bson:"in"`
}

func notesOf[T any](schema int, upgrade func(int, bson.M) error) *store.Collection[T] {
	return store.Define[T](store.Spec{Name: "notes", Schema: schema, History: true, Upgrade: upgrade, Indexes: []store.Index{
		{Name: "byText", Parts: []store.Part{{Path: "text"}}},
	}})
}

// unknownFields: a program that does not know a member does not lose it.
func (s *suite) unknownFields(t *testing.T) {
	now, more := notesOf[noteNow](1, nil), notesOf[noteMore](1, nil)
	e := s.engine(t)
	st := openOn(t, e, store.Options{}, more)
	rich := &noteMore{Text: "一", In: inMore{A: "a", B: 7}, Extra: []string{"x", "y"}}
	update(t, st, func(tx *store.Tx) error { return more.Put(tx, rich) })
	st = openOn(t, e, store.Options{RunTwice: true}, now)
	plain, err := now.Get(t.Context(), st, rich.ID)
	must(t, err)
	plain.Text, plain.In.A = "二", "b"
	update(t, st, func(tx *store.Tx) error { return now.Put(tx, plain) })
	st = openOn(t, e, store.Options{}, more)
	got, err := more.Get(t.Context(), st, rich.ID)
	must(t, err)
	want := &noteMore{Meta: plain.Meta, Text: "二", In: inMore{A: "b", B: 7}, Extra: []string{"x", "y"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// schema: an older document is lifted when read and written as the newest; an
// older program reads a newer one and refuses to write it.
func (s *suite) schema(t *testing.T) {
	ctx := t.Context()
	v1 := notesOf[noteNow](1, nil)
	v3 := notesOf[noteNext](3, func(from int, doc bson.M) error {
		text, _ := doc["text"].(string)
		switch from {
		case 1:
			doc["length"] = int64(len([]rune(text)))
		case 2:
			doc["text"] = text + "。"
		default:
			return fmt.Errorf("from %d", from)
		}
		return nil
	})
	e := s.engine(t)
	st := openOn(t, e, store.Options{}, v1)
	old := &noteNow{Text: "鼎"}
	update(t, st, func(tx *store.Tx) error { return v1.Put(tx, old) })

	st = openOn(t, e, store.Options{}, v3)
	lifted, err := v3.Get(ctx, st, old.ID)
	must(t, err)
	if lifted.Text != "鼎。" || lifted.Length != 1 || lifted.Rev != 1 {
		t.Errorf("lifted: %+v", lifted)
	}
	lifted.In.B = 9
	update(t, st, func(tx *store.Tx) error { return v3.Put(tx, lifted) })
	if lifted.Schema != 3 || lifted.Rev != 2 {
		t.Errorf("written: %+v", lifted.Meta)
	}
	past, err := v3.AtRevision(ctx, st, old.ID, 1)
	must(t, err)
	if past.Text != "鼎。" || past.Length != 1 {
		t.Errorf("revision 1 lifted: %+v", past)
	}

	st = openOn(t, e, store.Options{}, v1)
	newer, err := v1.Get(ctx, st, old.ID)
	must(t, err)
	if newer.Text != "鼎。" || newer.Schema != 3 {
		t.Errorf("read by the older program: %+v", newer)
	}
	err = st.Update(ctx, tester, func(tx *store.Tx) error { return v1.Put(tx, newer) })
	if !errors.Is(err, store.ErrNewerSchema) {
		t.Errorf("the older program writes: %v", err)
	}
	err = st.Update(ctx, tester, func(tx *store.Tx) error { return v1.Delete(tx, newer.ID, newer.Rev, "x") })
	if !errors.Is(err, store.ErrNewerSchema) {
		t.Errorf("the older program deletes: %v", err)
	}
}

// rebuilt: the indexes of a program that declares others are built from the
// documents that are there; a unique one that they break is refused.
func (s *suite) rebuilt(t *testing.T) {
	ctx := t.Context()
	define := func(indexes ...store.Index) *store.Collection[thing] {
		return store.Define[thing](store.Spec{Name: "changing", Schema: 1, Indexes: indexes})
	}
	text := []store.Part{{Path: "name.zh"}}
	first := define(store.Index{Name: "a", Parts: text}, store.Index{Name: "gone", Parts: []store.Part{{Path: "code"}}})
	e := s.engine(t)
	st := openOn(t, e, store.Options{}, first)
	update(t, st, func(tx *store.Tx) error {
		for i := range 30 {
			d := &thing{Meta: store.Meta{ID: fmt.Sprintf("%02d", i)}, Name: name{ZH: fmt.Sprint(i / 2)}, N: int64(30 - i), Code: fmt.Sprint(i)}
			if err := first.Put(tx, d); err != nil {
				return err
			}
		}
		return nil
	})
	second := define(
		store.Index{Name: "a", Parts: []store.Part{{Path: "n", Kind: store.Int}}}, // same name, other parts
		store.Index{Name: "b", Parts: append(text, store.Part{Path: "n", Kind: store.Int})},
	)
	st = openOn(t, e, store.Options{}, second)
	for _, c := range []struct {
		q     store.Query
		first string
		count int
	}{
		{store.Query{Index: "a"}, "29", 30},
		{store.Query{Index: "a", From: int64(21)}, "09", 10},
		{store.Query{Index: "b", Equal: []any{"3"}}, "07", 2},
	} {
		d, err := second.One(ctx, st, c.q)
		must(t, err)
		n, err := second.Count(ctx, st, c.q, 100)
		must(t, err)
		if d.ID != c.first || n != c.count {
			t.Errorf("%+v: first %s of %d, want %s of %d", c.q, d.ID, n, c.first, c.count)
		}
	}
	broken := define(store.Index{Name: "u", Parts: text, Unique: true})
	if _, err := store.Open(ctx, e, store.Options{}, broken); !errors.Is(err, store.ErrDuplicate) {
		t.Errorf("a unique index that the documents break: %v", err)
	}
	st = openOn(t, e, store.Options{}, second)
	update(t, st, func(tx *store.Tx) error { return second.Put(tx, &thing{N: 100}) })
	if n, err := second.Count(ctx, st, store.Query{Index: "a"}, 100); err != nil || n != 31 {
		t.Errorf("%d documents afterwards, %v; want 31", n, err)
	}
}
