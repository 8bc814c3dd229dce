package sensors

import (
	"context"
	"errors"
	"reflect"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// Register keeps the things of one type: devices, zones or tags. Each of its
// methods authorises by itself; a thing that the actor may not see is
// ErrNotFound. It is safe for concurrent use.
type Register[D, F any] struct {
	st   *store.Store
	docs *store.Collection[D]
	kind kind[D, F]
}

// kind is what is particular to one type of thing.
type kind[D, F any] interface {
	noun() string
	fields(*D) *F
	// newID returns the id of a new thing in its stored form, and what is wrong
	// with it; "" is a fresh one.
	newID(id string) (string, []fault.Field)
	// check normalises f and finds the rules that it breaks by itself.
	check(f *F) []fault.Field
	// checkIn finds the rules that f breaks together with other documents, and
	// guards them. d is what is stored; of a new thing it has id and org only.
	checkIn(tx *store.Tx, d *D, f *F) ([]fault.Field, error)
	// changedIn brings what follows from d up to date after d is saved.
	changedIn(tx *store.Tx, d *D) error
	// removeIn refuses to remove what is used, or removes what hangs on it.
	removeIn(tx *store.Tx, d *D) error
	// sees reports whether by, who may read things of the organisation, may know
	// of d.
	sees(by actor.Actor, d *D) bool
	// hide takes out of each of docs what by may not see.
	hide(ctx context.Context, r store.Reader, by actor.Actor, docs []*D) error
	// query is the index and the values that f asks for, by org without any.
	query(ctx context.Context, by actor.Actor, f Filter) (store.Query, error)
}

// NewThing is a thing that is to be registered.
type NewThing[F any] struct {
	ID     string // of a device its name, of a tag its EPC; of a zone "" for a fresh one, or a UUID
	Org    actor.OrgID
	Fields F
}

// head returns the Meta of a document.
func head[D any](d *D) *store.Meta { return any(d).(interface{ Head() *store.Meta }).Head() }

// Parts returns the Meta and the content of a thing.
func (g *Register[D, F]) Parts(d *D) (*store.Meta, *F) { return head(d), g.kind.fields(d) }

// Create registers a new thing.
//
// Errors: fault.ErrInvalid with fields, ErrOrgDenied, ErrTaken.
func (g *Register[D, F]) Create(ctx context.Context, by actor.Actor, n NewThing[F]) (*D, error) {
	return g.update(ctx, by, func(tx *store.Tx) (*D, error) {
		if ids.ValidSlug(string(n.Org)) && !by.Can(actor.DeviceWrite, n.Org) {
			return nil, ErrOrgDenied.New()
		}
		f := n.Fields
		id, wrong := g.kind.newID(n.ID)
		wrong = append(wrong, g.kind.check(&f)...)
		if !ids.ValidSlug(string(n.Org)) {
			return nil, fault.InvalidFields(append([]fault.Field{ErrOrg.At("org")}, wrong...))
		}
		d := new(D)
		head(d).ID, head(d).Org = id, n.Org
		more, err := g.kind.checkIn(tx, d, &f)
		if err != nil {
			return nil, err
		}
		if err := fault.InvalidFields(append(wrong, more...)); err != nil {
			return nil, err
		}
		if id != "" {
			_, err := g.docs.Get(tx.Context(), tx, id)
			if err == nil {
				return nil, ErrTaken.New()
			}
			if !errors.Is(err, store.ErrNotFound) {
				return nil, err
			}
		}
		*g.kind.fields(d) = f
		return d, g.save(tx, d, ".create")
	})
}

// Change replaces what is known of a thing whose revision is rev (0 any). What
// is equal is not saved again.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, fault.ErrInvalid.
func (g *Register[D, F]) Change(ctx context.Context, by actor.Actor, id string, rev int64, f F) (*D, error) {
	return g.update(ctx, by, func(tx *store.Tx) (*D, error) {
		d, err := g.open(tx, id, rev)
		if err != nil {
			return nil, err
		}
		f := f // the func may run twice
		wrong := g.kind.check(&f)
		more, err := g.kind.checkIn(tx, d, &f)
		if err != nil {
			return nil, err
		}
		if err := fault.InvalidFields(append(wrong, more...)); err != nil {
			return nil, err
		}
		if reflect.DeepEqual(f, *g.kind.fields(d)) {
			return d, nil
		}
		*g.kind.fields(d) = f
		return d, g.save(tx, d, ".change")
	})
}

func (g *Register[D, F]) save(tx *store.Tx, d *D, action string) error {
	tx.Describe(g.kind.noun()+action, "")
	if err := g.docs.Put(tx, d); err != nil {
		return err
	}
	return g.kind.changedIn(tx, d)
}

// Remove deletes a thing that nothing depends on and of which nothing was ever
// heard. Its history stays.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, ErrReason, and what says
// why it is needed.
func (g *Register[D, F]) Remove(ctx context.Context, by actor.Actor, id string, rev int64, reason string) error {
	return g.st.Update(ctx, by, func(tx *store.Tx) error {
		d, err := g.open(tx, id, rev)
		if err != nil {
			return err
		}
		why, err := heritage.NeedReason(reason)
		if err != nil {
			return err
		}
		if err := g.kind.removeIn(tx, d); err != nil {
			return err
		}
		tx.Describe(g.kind.noun()+".remove", why)
		return g.docs.Delete(tx, id, head(d).Rev, why)
	})
}

// Record returns one thing.
//
// Errors: ErrNotFound.
func (g *Register[D, F]) Record(ctx context.Context, by actor.Actor, id string) (*D, error) {
	d, err := g.read(ctx, g.st, by, id)
	if err != nil {
		return nil, err
	}
	return d, g.kind.hide(ctx, g.st, by, []*D{d})
}

// Filter chooses things of a list. At most one of Zone, ZoneKind and Relic is
// set.
type Filter struct {
	Org      actor.OrgID      // "" when the actor reads one organisation
	Zone     ZoneID           // devices
	ZoneKind ZoneKind         // zones
	Relic    heritage.RelicID // tags
}

// List returns things of one organisation in the order of their ids. A page may
// be shorter than limit although more follow: what the actor may not know of is
// left out.
//
// Errors: ErrOrg when it must be named, ErrDenied, ErrFilter, store.ErrCursor.
func (g *Register[D, F]) List(ctx context.Context, by actor.Actor, f Filter, limit int, after store.Cursor) (store.Page[D], error) {
	none := store.Page[D]{}
	org, err := oneOrg(by, actor.DeviceRead, f.Org)
	if err != nil {
		return none, err
	}
	f.Org = org
	q, err := g.kind.query(ctx, by, f)
	if err != nil {
		return none, err
	}
	q.Limit, q.After = limit, after
	page, err := g.docs.Find(ctx, g.st, q)
	if err != nil {
		return none, err
	}
	out := store.Page[D]{Next: page.Next, Items: []*D{}}
	for _, d := range page.Items {
		if head(d).Org == org && g.kind.sees(by, d) {
			out.Items = append(out.Items, d)
		}
	}
	return out, g.kind.hide(ctx, g.st, by, out.Items)
}

// Revisions returns the history of a thing, newest first. A page may be shorter
// than limit although more follow: the history of a namesake that another
// organisation once had is left out.
//
// Errors: ErrNotFound, store.ErrCursor.
func (g *Register[D, F]) Revisions(ctx context.Context, by actor.Actor, id string, limit int, after store.Cursor) (store.Page[store.Revision], error) {
	d, err := g.read(ctx, g.st, by, id)
	if err != nil {
		return store.Page[store.Revision]{}, err
	}
	page, err := g.docs.Revisions(ctx, g.st, id, limit, after)
	if err != nil {
		return page, err
	}
	own := page.Items[:0]
	for _, r := range page.Items {
		if r.Org == head(d).Org {
			own = append(own, r)
		}
	}
	page.Items = own
	return page, nil
}

// AtRevision returns a thing as it was at revision rev.
//
// Errors: ErrNotFound.
func (g *Register[D, F]) AtRevision(ctx context.Context, by actor.Actor, id string, rev int64) (*D, error) {
	d, err := g.read(ctx, g.st, by, id)
	if err != nil {
		return nil, err
	}
	old, err := g.docs.AtRevision(ctx, g.st, id, rev)
	if errors.Is(err, store.ErrNotFound) || err == nil && (head(old).Org != head(d).Org || !g.kind.sees(by, old)) {
		return nil, ErrNotFound.New()
	}
	if err != nil {
		return nil, err
	}
	return old, g.kind.hide(ctx, g.st, by, []*D{old})
}

// read returns the stored document when by may know of it.
func (g *Register[D, F]) read(ctx context.Context, r store.Reader, by actor.Actor, id string) (*D, error) {
	d, err := g.docs.Get(ctx, r, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, ErrNotFound.New()
	}
	if err != nil {
		return nil, err
	}
	if !by.Can(actor.DeviceRead, head(d).Org) || !g.kind.sees(by, d) {
		return nil, ErrNotFound.New()
	}
	return d, nil
}

// open returns the document for a change at revision rev, or at any when rev is 0.
func (g *Register[D, F]) open(tx *store.Tx, id string, rev int64) (*D, error) {
	d, err := g.read(tx.Context(), tx, tx.Actor(), id)
	if err != nil {
		return nil, err
	}
	if !tx.Actor().Can(actor.DeviceWrite, head(d).Org) {
		return nil, ErrDenied.New()
	}
	if rev != 0 && head(d).Rev != rev {
		return nil, store.ErrConflict.New()
	}
	return d, nil
}

// update runs fn in a transaction and returns its document as by may see it.
func (g *Register[D, F]) update(ctx context.Context, by actor.Actor, fn func(*store.Tx) (*D, error)) (*D, error) {
	var d *D
	err := g.st.Update(ctx, by, func(tx *store.Tx) error {
		var err error
		d, err = fn(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	return d, g.kind.hide(ctx, g.st, by, []*D{d})
}
