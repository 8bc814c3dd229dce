package heritage

import (
	"context"
	"encoding/json"
	"errors"
	"unicode/utf8"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

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
	Ledger LedgerState // of relics: Pending (also ""), or Held for what has long been in the house
	LoadID string      // the import that creates it, "" none
}

// Kind returns the type of record.
func (g *Register[F]) Kind() Kind { return g.kind }

// Check normalises f in place and returns the rules that it breaks by itself,
// nil if none. It reads nothing: a form, a row of a file and a protocol message
// are all checked so before anything is saved.
func (g *Register[F]) Check(f *F) []fault.Field {
	of(f).normalise(g.s.tools)
	var c checker
	of(f).check(&c)
	return c.fields
}

// CheckAll is Check with the rules that need other records: references,
// pictures and the organisation's right to them. id is that of the record, ""
// for a new one. A number that is taken shows only when the record is saved.
func (g *Register[F]) CheckAll(ctx context.Context, r store.Reader, by actor.Actor, org actor.OrgID, id string, f *F) ([]fault.Field, error) {
	wrong := g.Check(f)
	more, err := checkRefs(ctx, g.s, r, by, g.kind, org, id, f, nil)
	return append(wrong, more...), err
}

// Create saves a new record as a hidden draft.
//
// Errors: fault.ErrInvalid with fields, ErrOrgDenied, ErrLedgerDenied,
// ErrNumberTaken and its likes, store.ErrConflict when the given ID is in use.
func (g *Register[F]) Create(ctx context.Context, by actor.Actor, n NewRecord[F]) (*Record[F], error) {
	return g.update(ctx, by, func(tx *store.Tx) (*Record[F], error) { return g.CreateIn(tx, n) })
}

// CreateIn is Create in the caller's transaction.
func (g *Register[F]) CreateIn(tx *store.Tx, n NewRecord[F]) (*Record[F], error) {
	by := tx.Actor()
	if ids.ValidSlug(string(n.Org)) && !by.Can(actor.RecordWrite, n.Org) {
		return nil, ErrOrgDenied.New()
	}
	rec := &Record[F]{Fields: n.Fields}
	rec.ID, rec.Org, rec.LoadID, rec.Author = n.ID, n.Org, n.LoadID, PersonOf(by)
	rec.Review.State, rec.Publication.State = Draft, Hidden
	wrong := g.Check(&rec.Fields)
	if !ids.ValidSlug(string(n.Org)) {
		return nil, fault.InvalidFields(append([]fault.Field{ErrOrg.At("org")}, wrong...))
	}
	if n.ID != "" && !ids.Valid(n.ID) {
		wrong = append(wrong, ErrID.At("id"))
	}
	if g.kind == KindRelic {
		rec.Ledger.State = Pending
		switch n.Ledger {
		case "", Pending:
		case Held:
			if !by.Can(actor.LedgerWrite, n.Org) {
				return nil, ErrLedgerDenied.New()
			}
			rec.Ledger.State = Held
		default:
			wrong = append(wrong, ErrChoice.At("ledger", fault.P("known", "pending held")))
		}
	} else if n.Ledger != "" {
		wrong = append(wrong, ErrNoLedger.At("ledger"))
	}
	refs, err := checkRefs(tx.Context(), g.s, tx, by, g.kind, n.Org, n.ID, &rec.Fields, nil)
	if err != nil {
		return nil, err
	}
	if err := fault.InvalidFields(append(wrong, refs...)); err != nil {
		return nil, err
	}
	if err := g.guard(tx, &rec.Fields, nil); err != nil {
		return nil, err
	}
	if err := g.put(tx, rec); err != nil {
		return nil, err
	}
	return rec, nil
}

// Change replaces the content of a record whose revision is rev. When what it
// says changes, a reviewed or submitted record becomes a draft again; tourists
// keep seeing what was published. Content that is equal is not saved again.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, fault.ErrInvalid,
// ErrNumberTaken and its likes.
func (g *Register[F]) Change(ctx context.Context, by actor.Actor, id string, rev int64, f F, reason string) (*Record[F], error) {
	return g.update(ctx, by, func(tx *store.Tx) (*Record[F], error) { return g.ChangeIn(tx, id, rev, f, reason) })
}

// ChangeIn is Change in the caller's transaction.
func (g *Register[F]) ChangeIn(tx *store.Tx, id string, rev int64, f F, reason string) (*Record[F], error) {
	rec, err := g.open(tx, actor.RecordWrite, id, rev)
	if err != nil {
		return nil, err
	}
	return g.change(tx, rec, f, "change", reason)
}

// change writes new content into rec.
func (g *Register[F]) change(tx *store.Tx, rec *Record[F], f F, action, reason string) (*Record[F], error) {
	by := tx.Actor()
	if utf8.RuneCountInString(reason) > maxReason {
		return nil, fault.InvalidFields([]fault.Field{ErrTooLong.At("reason", fault.P("max", maxReason))})
	}
	wrong := g.Check(&f)
	if !by.Can(actor.LocationRead, rec.Org) { // he was not shown it and cannot mean to erase it
		kept := of(&f).custody()
		kept.place = of(&rec.Fields).custody().place
		of(&f).setCustody(kept)
	}
	refs, err := checkRefs(tx.Context(), g.s, tx, by, g.kind, rec.Org, rec.ID, &f, &rec.Fields)
	if err != nil {
		return nil, err
	}
	if err := fault.InvalidFields(append(wrong, refs...)); err != nil {
		return nil, err
	}
	was, err := words(rec.Fields)
	if err != nil {
		return nil, err
	}
	is, err := words(f)
	if err != nil {
		return nil, err
	}
	if was == is && of(&f).custody() == of(&rec.Fields).custody() {
		return rec, nil
	}
	if err := g.guard(tx, &f, &rec.Fields); err != nil {
		return nil, err
	}
	if was != is {
		rec.Review = Review{State: Draft}
		rec.Author = PersonOf(by)
	}
	old := rec.Fields
	rec.Fields = f
	tx.Describe(string(g.kind)+"."+action, reason)
	if err := g.put(tx, rec); err != nil {
		return nil, err
	}
	return rec, followPlace(tx, g.s, rec.ID, &rec.Fields, &old)
}

// Remove deletes a record and leaves a tombstone with the reason.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, ErrReason,
// ErrStillPublished, ErrRegistered, ErrInUse.
func (g *Register[F]) Remove(ctx context.Context, by actor.Actor, id string, rev int64, reason string) error {
	return g.s.st.Update(ctx, by, func(tx *store.Tx) error { return g.RemoveIn(tx, id, rev, reason) })
}

// RemoveIn is Remove in the caller's transaction.
func (g *Register[F]) RemoveIn(tx *store.Tx, id string, rev int64, reason string) error {
	rec, err := g.open(tx, actor.RecordRemove, id, rev)
	if err != nil {
		return err
	}
	if err := needReason(reason); err != nil {
		return err
	}
	switch {
	case rec.Publication.State == Published:
		return ErrStillPublished.New()
	case g.kind == KindRelic && rec.EverApproved && rec.Ledger.State != Pending:
		return ErrRegistered.New()
	}
	if err := tx.Guard(guardKey(g.kind, id)); err != nil {
		return err
	}
	used, err := g.s.inUse(tx.Context(), tx, g.kind, id)
	if err != nil {
		return err
	}
	if used {
		return ErrInUse.New()
	}
	stone := &Tombstone{Kind: g.kind, Doc: id, LastRev: rec.Rev, Name: of(&rec.Fields).title(), Number: of(&rec.Fields).number(),
		LoadID: rec.LoadID, WasPublic: rec.Publication.State == Withdrawn, Reason: reason, By: PersonOf(tx.Actor())}
	stone.Org = rec.Org
	if g.kind == KindPlace {
		if stone.Guarded, err = g.s.confidential(tx.Context(), tx, PlaceID(id)); err != nil {
			return err
		}
	}
	if err := tombstones.Put(tx, stone); err != nil {
		return err
	}
	tx.Describe(string(g.kind)+".remove", reason)
	return g.docs.Delete(tx, id, rec.Rev, reason)
}

// Record returns the record with id as by may see it.
//
// Errors: ErrNotFound.
func (g *Register[F]) Record(ctx context.Context, by actor.Actor, id string) (*Record[F], error) {
	rec, err := g.read(ctx, g.s.st, by, id)
	if err != nil {
		return nil, err
	}
	hide(rec, by)
	return rec, nil
}

// read returns the stored record when by may read it.
func (g *Register[F]) read(ctx context.Context, r store.Reader, by actor.Actor, id string) (*Record[F], error) {
	rec, err := existing(g.docs.Get(ctx, r, id))
	if err != nil {
		return nil, err
	}
	ok, err := g.mayRead(ctx, r, by, rec)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, ErrNotFound.New()
	}
	return rec, nil
}

// mayRead reports whether by may know of rec in the staff view.
func (g *Register[F]) mayRead(ctx context.Context, r store.Reader, by actor.Actor, rec *Record[F]) (bool, error) {
	if !by.Can(actor.RecordRead, rec.Org) {
		return false, nil
	}
	if p, ok := any(&rec.Fields).(*PlaceFields); ok && !by.Can(actor.LocationRead, rec.Org) {
		secret, err := g.s.confidential(ctx, r, p.ParentID)
		if err != nil || secret || p.Store {
			return false, err
		}
	}
	if by.Kind == actor.System || rec.Shown != nil { // an import reads what it has not closed yet
		return true, nil
	}
	return g.s.visibleLoad(ctx, r, rec.LoadID)
}

// open returns the record for a change at revision rev, or for any revision
// when rev is 0. Who may read it but not act learns that it is denied.
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
	return seen(rec, by)
}

// seen returns a copy of rec without what by may not see.
func seen[F Content](rec *Record[F], by actor.Actor) (*Record[F], error) {
	if by.Can(actor.LocationRead, rec.Org) {
		return rec, nil
	}
	c := *rec
	if rec.Shown != nil {
		shown := *rec.Shown
		c.Shown = &shown
	}
	hide(&c, by)
	return &c, nil
}

// put saves rec and speaks of a taken number in the words of the domain.
func (g *Register[F]) put(tx *store.Tx, rec *Record[F]) error {
	if err := g.s.knowDay(tx, &rec.Fields); err != nil {
		return err
	}
	err := g.docs.Put(tx, rec)
	if !errors.Is(err, store.ErrDuplicate) {
		return err
	}
	switch g.kind {
	case KindRelic:
		return ErrNumberTaken.Wrap(err).With(ErrNumberTaken.At("number.value"))
	case KindSite:
		return ErrOfficialTaken.Wrap(err).With(ErrOfficialTaken.At("officialNumber"))
	case KindPlace:
		return ErrCodeTaken.Wrap(err).With(ErrCodeTaken.At("code"))
	}
	return err
}

// guard makes a record that begins to refer to another, or to a picture, wait
// for the removal of that other, and the reverse.
func (g *Register[F]) guard(tx *store.Tx, f, old *F) error {
	had := make(map[string]bool)
	var pictures []string
	if old != nil {
		pictures = of(old).assets()
		for _, ref := range of(old).refs() {
			had[ref.id] = true
		}
	}
	for _, ref := range of(f).refs() {
		if ref.id != "" && !had[ref.id] {
			if err := tx.Guard(guardKey(ref.kind, ref.id)); err != nil {
				return err
			}
		}
	}
	return GuardAssets(tx, of(f).assets(), pictures)
}

func guardKey(kind Kind, id string) string { return "heritage/" + string(kind) + "/" + id }

// users are the indexes by which the records that refer to one are found.
var users = map[Kind][]counter{
	KindRelic:  {count(relicDocs, "ofSet"), count(exhibitionDocs, "ofRelic"), orders("byRelic")},
	KindSite:   {count(relicDocs, "ofSite"), count(siteDocs, "ofMerger"), count(siteDocs, "ofSupplement"), count(siteDocs, "ofWhole")},
	KindMuseum: {count(relicDocs, "ofMuseum"), count(placeDocs, "ofMuseum"), count(exhibitionDocs, "ofMuseum"), orders("ofMuseum")},
	KindPlace:  {count(relicDocs, "ofPlace"), count(placeDocs, "ofParent"), count(exhibitionDocs, "ofPlace"), orders("ofPlace")},
}

// orders counts the movement orders under one value of an index.
func orders(index string) counter {
	return func(ctx context.Context, r store.Reader, id string) (int, error) {
		return movementDocs.Count(ctx, r, store.Query{Index: index, Equal: []any{id}}, 1)
	}
}

func count[F Content](docs *store.Collection[Record[F]], index string) counter {
	return func(ctx context.Context, r store.Reader, id string) (int, error) {
		return docs.Count(ctx, r, store.Query{Index: index, Equal: []any{id}}, 1)
	}
}

// inUse reports whether any record refers to the one named.
func (s *Service) inUse(ctx context.Context, r store.Reader, kind Kind, id string) (bool, error) {
	return anyNames(ctx, r, users[kind], id)
}

// needReason refuses an empty or overlong reason.
func needReason(reason string) error {
	if n := utf8.RuneCountInString(tidyText(reason)); n == 0 || n > maxReason {
		return fault.InvalidFields([]fault.Field{ErrReason.At("reason", fault.P("max", maxReason))})
	}
	return nil
}

// jsonOf is the JSON form of v as a tree of maps, slices and plain values.
func jsonOf(v any) (any, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var tree any
	err = json.Unmarshal(b, &tree)
	return tree, err
}
