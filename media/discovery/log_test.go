package discovery_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
	"yijianyou/media"
	"yijianyou/media/discovery"
)

// thing is a record; the public sees Text when it is not empty.
type thing struct {
	store.Meta `bson:",inline"`
	Text       string `bson:"text"`
	Note       string `bson:"note"`
}

var things = store.Define[thing](store.Spec{Name: "things", Schema: 1, Feed: true, Indexes: []store.Index{{Name: "byText", Parts: []store.Part{{Path: "text"}}}}})

// source is a media.ManifestSource of things.
type source struct{}

func (source) Manifest(context.Context, store.Reader, actor.Actor, string) (*media.Manifest, error) {
	return nil, fmt.Errorf("the log asks for the digest only")
}

func (source) Published(ctx context.Context, r store.Reader, _ string, limit int, after store.Cursor) (store.Page[media.Manifest], error) {
	page, err := things.Find(ctx, r, store.Query{Index: "byText", Limit: limit, After: after})
	out := store.Page[media.Manifest]{Next: page.Next}
	for _, d := range page.Items {
		if d.Text != "" {
			out.Items = append(out.Items, &media.Manifest{ID: d.ID})
		}
	}
	return out, err
}

func (source) Touched(_ context.Context, _ store.Reader, ch store.Change) ([]string, error) {
	if ch.Collection != "things" {
		return nil, nil
	}
	return []string{ch.ID}, nil
}

type world struct {
	t   *testing.T
	st  *store.Store
	log *discovery.Log
}

func (w *world) Digest(ctx context.Context, r store.Reader, _ media.ManifestSource, id string) (string, error) {
	found, err := things.GetMany(ctx, r, []string{id})
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0].Text, nil
}

func newWorld(t *testing.T, open enginetest.Open) *world {
	w := &world{t: t, st: open(t, store.Options{}, append(discovery.Collections(), things)...)}
	w.log = w.open()
	return w
}

// open opens the log anew, as another node or a restarted program does.
func (w *world) open() *discovery.Log {
	return discovery.New(w.st, w, []media.Shelf{{Kind: "things", Source: source{}}}, slog.New(slog.DiscardHandler))
}

func (w *world) put(id, text, note string) {
	w.t.Helper()
	err := w.st.Update(w.t.Context(), actor.SystemPart("test"), func(tx *store.Tx) error {
		found, err := things.GetMany(tx.Context(), tx, []string{id})
		if err != nil {
			return err
		}
		d := &thing{Meta: store.Meta{ID: id, Org: "museum-a"}}
		if len(found) > 0 {
			d = found[0]
		}
		d.Text, d.Note = text, note
		return things.Put(tx, d)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) remove(id string) {
	w.t.Helper()
	err := w.st.Update(w.t.Context(), actor.SystemPart("test"), func(tx *store.Tx) error {
		d, err := things.Get(tx.Context(), tx, id)
		if err != nil {
			return err
		}
		return things.Delete(tx, id, d.Rev, "")
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// told settles the log and checks its activities from the number on.
func (w *world) told(from int64, want ...string) {
	w.t.Helper()
	if err := w.log.Settle(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	total, err := w.log.Total(w.t.Context(), w.st)
	if err != nil {
		w.t.Fatal(err)
	}
	var got []string
	var last time.Time
	for page := int64(0); page*discovery.PageSize < total; page++ {
		list, err := w.log.Page(w.t.Context(), w.st, page)
		if err != nil {
			w.t.Fatal(err)
		}
		for i, a := range list {
			if a.Seq != page*discovery.PageSize+int64(i)+1 || a.Time.Before(last) {
				w.t.Fatalf("activity %d of page %d has the number %d and the time %s after %s", i, page, a.Seq, a.Time, last)
			}
			last = a.Time
			if a.Seq > from {
				got = append(got, fmt.Sprint(a.Type, " ", a.Kind, "/", a.Record))
			}
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) || total != from+int64(len(want)) {
		w.t.Errorf("%d activities, the new ones %v, want %v", total, got, want)
	}
}

func TestOnlyWhatThePublicSeesIsTold(t *testing.T) { enginetest.Each(t, onlyWhatThePublicSeesIsTold) }

func onlyWhatThePublicSeesIsTold(t *testing.T, open enginetest.Open) {
	w := newWorld(t, open)
	w.put("a", "one", "")
	w.put("b", "", "draft")
	w.told(0, "Create things/a") // the first start compares everything
	w.put("a", "one", "a note that nobody sees")
	w.put("b", "", "draft, changed")
	w.told(1)
	w.put("a", "two", "")
	w.told(1, "Update things/a")
	w.put("b", "now", "")
	w.put("a", "", "withdrawn")
	w.told(2, "Create things/b", "Delete things/a")
	w.put("a", "three", "")
	w.remove("b")
	w.told(4, "Create things/a", "Delete things/b")
	w.put("c", "short", "")
	w.remove("c") // came and went between two looks: nobody saw it
	w.told(6)
}

func TestAnotherNodeGoesOnWhereTheFirstStopped(t *testing.T) {
	enginetest.Each(t, anotherNodeGoesOnWhereTheFirstStopped)
}

func anotherNodeGoesOnWhereTheFirstStopped(t *testing.T, open enginetest.Open) {
	w := newWorld(t, open)
	w.put("a", "one", "")
	w.told(0, "Create things/a")
	first := w.log
	w.put("b", "one", "")
	w.log = w.open()
	w.told(1, "Create things/b")
	w.log = first // which knows an older place
	w.told(2)
	w.put("c", "one", "")
	w.told(2, "Create things/c")
}

func TestPagesNeverChange(t *testing.T) { enginetest.Each(t, pagesNeverChange) }

func pagesNeverChange(t *testing.T, open enginetest.Open) {
	w := newWorld(t, open)
	var want []string
	for i := range 250 { // more than one write and two pages
		id := fmt.Sprintf("t%03d", i)
		w.put(id, "seen", "")
		want = append(want, "Create things/"+id)
	}
	w.told(0, want...)
	page := func(n int64) string {
		list, err := w.log.Page(t.Context(), w.st, n)
		if err != nil {
			t.Fatal(err)
		}
		var s string
		for _, a := range list {
			s += fmt.Sprint(a.Seq, a.Type, a.Record, a.Time, ";")
		}
		return s
	}
	first, second := page(0), page(1)
	w.put("t000", "", "")
	w.put("t100", "changed", "")
	w.told(250, "Delete things/t000", "Update things/t100")
	if page(0) != first || page(1) != second {
		t.Error("a full page has changed")
	}
	if list, err := w.log.Page(t.Context(), w.st, 3); err != nil || len(list) != 0 {
		t.Errorf("behind the last page: %v, %v", list, err)
	}
}
