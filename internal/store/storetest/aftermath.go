package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/store"
)

// check compares the database with what was acknowledged, and with itself.
func (w *witness) check(t *testing.T, st *store.Store, e store.Engine) {
	t.Helper()
	ctx := t.Context()
	// Nothing acknowledged is lost. A writer of one process had at most one
	// transaction whose answer did not arrive; it may have been committed, on a
	// server even a little after the process was killed.
	ahead := map[string]int{}
	for id, a := range w.acked {
		d, err := things.Get(ctx, st, id)
		switch {
		case err == nil && !a.gone && d.Rev == a.rev:
		case err == nil && !a.gone && d.Rev == a.rev+1, errors.Is(err, store.ErrNotFound) && !a.gone && w.removedAt(t, st, id) == a.rev+1:
			round, _, _ := strings.Cut(id, "-")
			ahead[fmt.Sprintf("%d of round %s", a.writer, round)]++
			w.acked[id] = ack{rev: a.rev + 1, gone: err != nil, writer: a.writer}
		case errors.Is(err, store.ErrNotFound) && a.gone:
		default:
			t.Errorf("%s was acknowledged as %+v; it is %+v, %v", id, a, d, err)
		}
	}
	for writer, n := range ahead {
		if n > 1 {
			t.Errorf("writer %s: %d documents are ahead of what was acknowledged", writer, n)
		}
	}
	w.agree(t, st)
	if c, ok := e.(store.Checker); ok {
		must(t, c.Check(ctx))
	}
}

// removedAt returns the revision at which the document was removed, 0 if it was not.
func (w *witness) removedAt(t *testing.T, st *store.Store, id string) int64 {
	h, err := things.Revisions(t.Context(), st, id, 1, "")
	must(t, err)
	if len(h.Items) == 0 || h.Items[0].Action != "remove" {
		return 0
	}
	return h.Items[0].DocRev
}

// life is what one document went through: revisions in order, and whether the
// last was its removal.
type life struct {
	Revs []int64
	Gone bool
}

// agree checks documents, index keys, history and feed against each other.
func (w *witness) agree(t *testing.T, st *store.Store) {
	t.Helper()
	ctx := t.Context()
	docs := map[string]life{}
	var thingDocs []*thing
	partRevs, counted := map[string]int64{}, map[string]int64{}
	err := st.Snapshot(ctx, func(r store.Reader) error {
		must(t, things.Each(ctx, r, store.Query{Limit: 1000}, func(d *thing) error {
			thingDocs = append(thingDocs, d)
			docs["things/"+d.ID] = life{Revs: upTo(d.Rev)}
			return nil
		}))
		must(t, parts.Each(ctx, r, store.Query{}, func(p *part) error {
			partRevs[p.ID] = p.Rev
			docs["parts/"+p.ID] = life{Revs: upTo(p.Rev)}
			return nil
		}))
		return counters.Each(ctx, r, store.Query{}, func(c *counter) error {
			counted[c.ID] = c.N
			return nil
		})
	})
	must(t, err)
	if diff := cmp.Diff(partRevs, counted); diff != "" {
		t.Errorf("parts and counters of the same transactions (-parts +counters):\n%s", diff)
	}

	told := map[string]life{}
	for after := start(t, st); ; {
		changes, err := st.Changes(ctx, after, 1000)
		must(t, err)
		if len(changes) == 0 {
			break
		}
		for _, ch := range changes {
			key := ch.Collection + "/" + ch.ID
			l := told[key]
			rev := ch.Rev
			if ch.Op == store.OpDelete {
				rev++
			}
			told[key] = life{append(l.Revs, rev), ch.Op == store.OpDelete}
		}
		after = changes[len(changes)-1].Token
	}
	kept := map[string]life{}
	strikes := int64(0)
	must(t, store.History.Each(ctx, st, store.Query{Index: "byDoc", Limit: 1000}, func(r *store.Revision) error {
		key := r.Collection + "/" + r.Doc
		l := kept[key]
		kept[key] = life{append(l.Revs, r.DocRev), r.Action == "remove"}
		if r.Collection == "things" {
			strikes++
		}
		before := int64(0)
		if r.Before != nil {
			before, _ = r.Before.Lookup("rev").AsInt64OK()
		}
		if before != r.DocRev-1 {
			t.Errorf("history of %s at revision %d keeps revision %d", key, r.DocRev, before)
		}
		return nil
	}))
	if diff := cmp.Diff(kept, told); diff != "" {
		t.Errorf("history and feed (-history +feed):\n%s", diff)
	}
	for key, l := range kept {
		want := life{Revs: upTo(l.Revs[len(l.Revs)-1])}
		if l.Gone {
			if _, there := docs[key]; there {
				t.Errorf("%s was removed and is there", key)
			}
			docs[key] = want
		}
		if diff := cmp.Diff(want.Revs, l.Revs); diff != "" {
			t.Errorf("history of %s has gaps (-want +got):\n%s", key, diff)
		}
	}
	for key, l := range kept {
		kept[key] = life{Revs: l.Revs}
	}
	if diff := cmp.Diff(docs, kept); diff != "" {
		t.Errorf("documents and history (-documents +history):\n%s", diff)
	}
	// Each transaction made one revision of a thing and one of the part of its writer.
	sum := int64(0)
	for id, rev := range partRevs {
		if id[0] == 'w' {
			sum += rev
		}
	}
	if sum != strikes {
		t.Errorf("%d revisions of things, %d of parts: a transaction is torn", strikes, sum)
	}
	w.keys(t, st, thingDocs)
}

func upTo(rev int64) []int64 {
	var out []int64
	for r := int64(1); r <= rev; r++ {
		out = append(out, r)
	}
	return out
}

// keys checks that each index finds exactly the documents that belong in it.
func (w *witness) keys(t *testing.T, st *store.Store, docs []*thing) {
	t.Helper()
	ctx := t.Context()
	var all []string
	tags := map[string][]string{}
	for _, d := range docs {
		all = append(all, d.ID)
		for _, tag := range d.Tags {
			tags[tag] = append(tags[tag], d.ID)
		}
	}
	found := func(q store.Query) []string {
		var ids []string
		q.Limit = 1000
		must(t, things.Each(ctx, st, q, func(d *thing) error { ids = append(ids, d.ID); return nil }))
		slices.Sort(ids)
		return ids
	}
	slices.Sort(all)
	for _, index := range []string{"byCode", "byName", "byN"} {
		if got := found(store.Query{Index: index}); !slices.Equal(got, all) {
			t.Errorf("%s finds %d documents of %d", index, len(got), len(all))
		}
	}
	for tag, want := range tags {
		slices.Sort(want)
		if got := found(store.Query{Index: "byTag", Equal: []any{tag}}); !slices.Equal(got, want) {
			t.Errorf("byTag %s finds %d documents of %d", tag, len(got), len(want))
		}
	}
}
