package tourism

import (
	"context"
	"encoding/json"
	"errors"
	"unicode/utf8"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// maxReason is the longest reason, in characters.
const maxReason = 500

// Register keeps the records of one type. Each of its methods authorises by
// itself; a record that the actor may not read is ErrNotFound. Methods whose
// name ends in In work inside the caller's transaction, on behalf of its actor.
// It is safe for concurrent use.
type Register[F Content] struct {
	s    *Service
	kind Kind
	docs *store.Collection[Record[F]]
}

// NewRecord is a record that is to be created.
type NewRecord[F Content] struct {
	ID     string      // "" for a fresh one, or a canonical UUID of the caller's
	Org    actor.OrgID // who keeps it
	Fields F
}

// Kind returns the type of record.
func (g *Register[F]) Kind() Kind { return g.kind }

// Check normalises f in place and returns the rules that it breaks by itself,
// nil if none. It reads nothing.
func (g *Register[F]) Check(f *F) []fault.Field {
	of(f).normalise(g.s.tools)
	var c heritage.Findings
	of(f).check(&c)
	return c.Fields()
}

// Create saves a new hidden record.
//
// Errors: fault.ErrInvalid with fields, ErrOrgDenied, store.ErrConflict when the
// given ID is in use.
func (g *Register[F]) Create(ctx context.Context, by actor.Actor, n NewRecord[F]) (*Record[F], error) {
	return g.update(ctx, by, func(tx *store.Tx) (*Record[F], error) { return g.CreateIn(tx, n) })
}

// CreateIn is Create in the caller's transaction.
func (g *Register[F]) CreateIn(tx *store.Tx, n NewRecord[F]) (*Record[F], error) {
	by := tx.Actor()
	if ids.ValidSlug(string(n.Org)) && !by.Can(actor.AreaWrite, n.Org) {
		return nil, ErrOrgDenied.New()
	}
	rec := &Record[F]{Fields: n.Fields, Author: heritage.PersonOf(by)}
	rec.ID, rec.Org = n.ID, n.Org
	rec.Publication.State = heritage.Hidden
	wrong := g.Check(&rec.Fields)
	if !ids.ValidSlug(string(n.Org)) {
		return nil, fault.InvalidFields(append([]fault.Field{ErrOrg.At("org")}, wrong...))
	}
	if n.ID != "" && !ids.Valid(n.ID) {
		wrong = append(wrong, heritage.ErrID.At("id"))
	}
	refs, err := checkRefs(tx.Context(), g.s, tx, by, n.Org, &rec.Fields, nil)
	if err != nil {
		return nil, err
	}
	if err := fault.InvalidFields(append(wrong, refs...)); err != nil {
		return nil, err
	}
	if err := guard(tx, &rec.Fields, nil); err != nil {
		return nil, err
	}
	if err := g.docs.Put(tx, rec); err != nil {
		return nil, err
	}
	return rec, nil
}

// Change replaces the content of a record whose revision is rev. Tourists keep
// seeing what was published. Content that is equal is not saved again.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, fault.ErrInvalid.
func (g *Register[F]) Change(ctx context.Context, by actor.Actor, id string, rev int64, f F) (*Record[F], error) {
	return g.update(ctx, by, func(tx *store.Tx) (*Record[F], error) { return g.ChangeIn(tx, id, rev, f) })
}

// ChangeIn is Change in the caller's transaction.
func (g *Register[F]) ChangeIn(tx *store.Tx, id string, rev int64, f F) (*Record[F], error) {
	rec, err := g.open(tx, actor.AreaWrite, id, rev)
	if err != nil {
		return nil, err
	}
	return g.change(tx, rec, f, "change", "")
}

// change writes new content into rec.
func (g *Register[F]) change(tx *store.Tx, rec *Record[F], f F, action, reason string) (*Record[F], error) {
	if utf8.RuneCountInString(reason) > maxReason {
		return nil, fault.InvalidFields([]fault.Field{heritage.ErrTooLong.At("reason", fault.P("max", maxReason))})
	}
	wrong := g.Check(&f)
	refs, err := checkRefs(tx.Context(), g.s, tx, tx.Actor(), rec.Org, &f, &rec.Fields)
	if err != nil {
		return nil, err
	}
	moved, err := g.moved(tx, rec.ID, &f, &rec.Fields)
	if err != nil {
		return nil, err
	}
	if err := fault.InvalidFields(append(append(wrong, refs...), moved...)); err != nil {
		return nil, err
	}
	same, err := equal(f, rec.Fields)
	if err != nil || same {
		return rec, err
	}
	if err := guard(tx, &f, &rec.Fields); err != nil {
		return nil, err
	}
	rec.Fields, rec.Author = f, heritage.PersonOf(tx.Actor())
	tx.Describe(string(g.kind)+"."+action, reason)
	if err := g.docs.Put(tx, rec); err != nil {
		return nil, err
	}
	return rec, nil
}

// moved refuses to take a spot out of an area whose paths end at it.
func (g *Register[F]) moved(tx *store.Tx, id string, f, old *F) ([]fault.Field, error) {
	is, ok := any(f).(*SpotFields)
	if !ok || is.AreaID == any(old).(*SpotFields).AreaID {
		return nil, nil
	}
	if err := tx.Guard(guardKey(string(KindSpot), id)); err != nil {
		return nil, err
	}
	n, err := pathDocs.Count(tx.Context(), tx, store.Query{Index: "ofSpot", Equal: []any{id}}, 1)
	if err != nil || n == 0 {
		return nil, err
	}
	return []fault.Field{ErrMoved.At("areaId")}, nil
}

// Remove deletes a record that is not published and that nothing belongs to.
// Its history stays.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, ErrReason,
// ErrStillPublished, ErrInUse.
func (g *Register[F]) Remove(ctx context.Context, by actor.Actor, id string, rev int64, reason string) error {
	return g.s.st.Update(ctx, by, func(tx *store.Tx) error {
		rec, err := g.open(tx, actor.AreaWrite, id, rev)
		if err != nil {
			return err
		}
		if reason, err = needReason(reason); err != nil {
			return err
		}
		if rec.Publication.State == heritage.Published {
			return ErrStillPublished.New()
		}
		if err := tx.Guard(guardKey(string(g.kind), id)); err != nil {
			return err
		}
		used, err := inUse(tx.Context(), tx, g.kind, id)
		if err != nil {
			return err
		}
		if used {
			return ErrInUse.New()
		}
		tx.Describe(string(g.kind)+".remove", reason)
		return g.docs.Delete(tx, id, rec.Rev, reason)
	})
}

// Record returns the record with id in the staff view.
//
// Errors: ErrNotFound.
func (g *Register[F]) Record(ctx context.Context, by actor.Actor, id string) (*Record[F], error) {
	rec, err := g.read(ctx, g.s.st, by, id)
	if err != nil {
		return nil, err
	}
	return seen(rec, by), nil
}

// read returns the stored record when by may read it.
func (g *Register[F]) read(ctx context.Context, r store.Reader, by actor.Actor, id string) (*Record[F], error) {
	rec, err := existing(g.docs.Get(ctx, r, id))
	if err != nil {
		return nil, err
	}
	if !by.Can(actor.AreaRead, rec.Org) {
		return nil, ErrNotFound.New()
	}
	return rec, nil
}

// existing returns what was read of a collection, or ErrNotFound when there is no
// such document or revision.
func existing[F Content](rec *Record[F], err error) (*Record[F], error) {
	if errors.Is(err, store.ErrNotFound) {
		return nil, ErrNotFound.New()
	}
	return rec, err
}

// open returns the record for a change at revision rev, or at any when rev is 0.
func (g *Register[F]) open(tx *store.Tx, action actor.Action, id string, rev int64) (*Record[F], error) {
	rec, err := g.read(tx.Context(), tx, tx.Actor(), id)
	if err != nil {
		return nil, err
	}
	if !tx.Actor().Can(action, rec.Org) {
		return nil, ErrDenied.New()
	}
	if rev != 0 && rec.Rev != rev {
		return nil, store.ErrConflict.New()
	}
	return rec, nil
}

// update runs fn in a transaction and returns its record as by may see it.
func (g *Register[F]) update(ctx context.Context, by actor.Actor, fn func(*store.Tx) (*Record[F], error)) (*Record[F], error) {
	var rec *Record[F]
	err := g.s.st.Update(ctx, by, func(tx *store.Tx) error {
		var err error
		rec, err = fn(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	return seen(rec, by), nil
}

// seen returns rec without confidential coordinates when by may not see them.
func seen[F Content](rec *Record[F], by actor.Actor) *Record[F] {
	if by.Can(actor.LocationRead, rec.Org) || by.Can(actor.AreaWrite, rec.Org) {
		return rec
	}
	c := *rec
	c.Fields = withoutConfidential(rec.Fields)
	if rec.Shown != nil {
		shown := withoutConfidential(*rec.Shown)
		c.Shown = &shown
	}
	return &c
}

func withoutConfidential[F Content](f F) F {
	switch p := any(&f).(type) {
	case *AreaFields:
		p.Location = open(p.Location)
	case *SpotFields:
		p.Location = open(p.Location)
	}
	return f
}

// open returns p unless it is confidential.
func open(p *heritage.GeoPoint) *heritage.GeoPoint {
	if p != nil && p.Confidential {
		return nil
	}
	return p
}

// guard makes a record that begins to refer to another, or to a picture, wait
// for the removal of that other, and the reverse.
func guard[F Content](tx *store.Tx, f, old *F) error {
	had := make(map[string]bool)
	var pictures []string
	if old != nil {
		pictures = of(old).assets()
		for _, ref := range of(old).refs() {
			had[ref.id] = true
		}
	}
	for _, ref := range of(f).refs() {
		if ref.id != "" && !had[ref.id] && (ref.kind == string(KindArea) || ref.kind == string(KindSpot)) {
			if err := tx.Guard(guardKey(ref.kind, ref.id)); err != nil {
				return err
			}
		}
	}
	return heritage.GuardAssets(tx, of(f).assets(), pictures)
}

func guardKey(kind, id string) string { return "tourism/" + kind + "/" + id }

// inUse reports whether any record belongs to the one named.
func inUse(ctx context.Context, r store.Reader, kind Kind, id string) (bool, error) {
	one := func(count func(context.Context, store.Reader, store.Query, int) (int, error), index string) (bool, error) {
		n, err := count(ctx, r, store.Query{Index: index, Equal: []any{id}}, 1)
		return n > 0, err
	}
	switch kind {
	case KindArea:
		if used, err := one(spotDocs.Count, "ofArea"); used || err != nil {
			return used, err
		}
		if used, err := one(pathDocs.Count, "ofArea"); used || err != nil {
			return used, err
		}
		return one(storyDocs.Count, "ofSubject")
	case KindSpot:
		if used, err := one(pathDocs.Count, "ofSpot"); used || err != nil {
			return used, err
		}
		return one(storyDocs.Count, "ofSubject")
	}
	return false, nil
}

// needReason returns the tidied reason.
//
// Errors: fault.ErrInvalid when it is empty or too long.
func needReason(reason string) (string, error) {
	reason = heritage.TidyText(reason)
	if n := utf8.RuneCountInString(reason); n == 0 || n > maxReason {
		return "", fault.InvalidFields([]fault.Field{ErrReason.At("reason", fault.P("max", maxReason))})
	}
	return reason, nil
}

func equal[F Content](a, b F) (bool, error) {
	x, err := json.Marshal(&a)
	if err != nil {
		return false, err
	}
	y, err := json.Marshal(&b)
	return string(x) == string(y), err
}
