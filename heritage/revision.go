package heritage

import (
	"context"
	"errors"
	"reflect"
	"sort"
	"strconv"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// Revision is one entry in the history of a record, with what it changed.
type Revision struct {
	Rev     int64     // that it made; 0 for an event that changed nothing
	Action  string    // such as "relic.change", "site.publish"; "create"
	Reason  string    // "" when none was given
	By      Person    // who
	At      time.Time // when
	Changes []Difference
}

// Difference is one changed member of a record.
type Difference struct {
	Path     string // JSON path: "name.zh", "dimensions[0].valueMM", "review.state"
	Old, New any    // JSON values; nil when it was or is absent
}

// History returns the revisions of a record, newest first, with their
// field-level differences. It outlives the record.
//
// Errors: ErrNotFound, store.ErrCursor.
func (g *Register[F]) History(ctx context.Context, by actor.Actor, id string, limit int, after store.Cursor) ([]Revision, store.Cursor, error) {
	if err := g.mayReadPast(ctx, by, id); err != nil {
		return nil, "", err
	}
	page, err := g.docs.Revisions(ctx, g.s.st, id, limit, after)
	if err != nil {
		return nil, "", err
	}
	out := make([]Revision, 0, len(page.Items))
	for _, r := range page.Items {
		rev := Revision{Rev: r.DocRev, Action: r.Action, Reason: r.Reason, At: r.CreatedAt, By: Person{Kind: r.ActorKind, ID: r.ActorID, Name: r.ActorName}}
		if r.DocRev > 0 {
			if rev.Changes, err = g.changes(ctx, by, id, r.DocRev); err != nil {
				return nil, "", err
			}
		}
		out = append(out, rev)
	}
	return out, page.Next, nil
}

// changes compares the record at rev with the revision before.
func (g *Register[F]) changes(ctx context.Context, by actor.Actor, id string, rev int64) ([]Difference, error) {
	next, err := g.treeAt(ctx, by, id, rev)
	if err != nil {
		return nil, err
	}
	was, err := g.treeAt(ctx, by, id, rev-1)
	if err != nil {
		return nil, err
	}
	var out []Difference
	differ("", was, next, &out)
	return out, nil
}

// treeAt is what history compares of a revision: the content, the three lives
// and where it is away. It is nil where there is no record.
func (g *Register[F]) treeAt(ctx context.Context, by actor.Actor, id string, rev int64) (any, error) {
	rec, err := g.docs.AtRevision(ctx, g.s.st, id, rev)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	hide(rec, by)
	tree, err := jsonOf(&rec.Fields)
	if err != nil {
		return nil, err
	}
	members := tree.(map[string]any)
	lives := map[string]any{"review": rec.Review, "publication": rec.Publication}
	if rec.Ledger.State != "" {
		lives["ledger"] = rec.Ledger
	}
	if rec.Away != nil {
		lives["away"] = rec.Away
	}
	for name, v := range lives {
		if members[name], err = jsonOf(v); err != nil {
			return nil, err
		}
	}
	return members, nil
}

// differ adds the leaves in which two JSON trees differ, in the order of paths.
func differ(path string, was, is any, out *[]Difference) {
	if reflect.DeepEqual(was, is) {
		return
	}
	wasMap, wasOK := was.(map[string]any)
	isMap, isOK := is.(map[string]any)
	if (wasOK || was == nil) && (isOK || is == nil) && (wasOK || isOK) {
		names := make(map[string]bool)
		for n := range wasMap {
			names[n] = true
		}
		for n := range isMap {
			names[n] = true
		}
		sorted := make([]string, 0, len(names))
		for n := range names {
			sorted = append(sorted, n)
		}
		sort.Strings(sorted)
		for _, n := range sorted {
			p := n
			if path != "" {
				p = path + "." + n
			}
			differ(p, wasMap[n], isMap[n], out)
		}
		return
	}
	wasList, wasOK := was.([]any)
	isList, isOK := is.([]any)
	if (wasOK || was == nil) && (isOK || is == nil) && (wasOK || isOK) {
		for i := range max(len(wasList), len(isList)) {
			var a, b any
			if i < len(wasList) {
				a = wasList[i]
			}
			if i < len(isList) {
				b = isList[i]
			}
			differ(path+"["+strconv.Itoa(i)+"]", a, b, out)
		}
		return
	}
	if isEmpty(was) && isEmpty(is) {
		return
	}
	*out = append(*out, Difference{Path: path, Old: was, New: is})
}

// isEmpty reports whether a JSON value says nothing: an absent text and an
// empty one are no difference.
func isEmpty(v any) bool { return v == nil || v == "" }

// mayReadPast refuses the history of a record that by may not read. When the
// record is gone its last revision says whose it was.
func (g *Register[F]) mayReadPast(ctx context.Context, by actor.Actor, id string) error {
	_, err := g.docs.Get(ctx, g.s.st, id)
	switch {
	case err == nil:
		_, err = g.read(ctx, g.s.st, by, id)
		return err
	case !errors.Is(err, store.ErrNotFound):
		return err
	}
	page, err := g.docs.Revisions(ctx, g.s.st, id, 1, "")
	if err != nil {
		return err
	}
	if len(page.Items) == 0 || !by.Can(actor.RecordRead, page.Items[0].Org) {
		return ErrNotFound.New()
	}
	last, err := g.docs.AtRevision(ctx, g.s.st, id, page.Items[0].DocRev-1)
	if err != nil {
		return ErrNotFound.Wrap(err)
	}
	ok, err := g.mayRead(ctx, g.s.st, by, last)
	if err == nil && !ok {
		err = ErrNotFound.New()
	}
	return err
}

// Revision returns the record as it was at revision rev.
//
// Errors: ErrNotFound.
func (g *Register[F]) Revision(ctx context.Context, by actor.Actor, id string, rev int64) (*Record[F], error) {
	if err := g.mayReadPast(ctx, by, id); err != nil {
		return nil, err
	}
	rec, err := existing(g.docs.AtRevision(ctx, g.s.st, id, rev))
	if err != nil {
		return nil, err
	}
	hide(rec, by)
	return rec, nil
}

// Restore brings back what the record said at revision from, as a new revision.
// Like every change it makes a draft; where the thing stands now is kept.
//
// Errors: those of Change.
func (g *Register[F]) Restore(ctx context.Context, by actor.Actor, id string, rev, from int64, reason string) (*Record[F], error) {
	return g.update(ctx, by, func(tx *store.Tx) (*Record[F], error) {
		rec, err := g.open(tx, actor.RecordWrite, id, rev)
		if err != nil {
			return nil, err
		}
		old, err := existing(g.docs.AtRevision(tx.Context(), tx, id, from))
		if err != nil {
			return nil, err
		}
		f := old.Fields
		kept := of(&f).custody()
		kept.place = of(&rec.Fields).custody().place
		of(&f).setCustody(kept)
		return g.change(tx, rec, f, "restore", reason)
	})
}
