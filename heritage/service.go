package heritage

import (
	"context"
	"errors"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// Options are what a Service needs.
type Options struct {
	Store     *store.Store // with the Collections of this package
	Assets    Assets
	SortKey   SortKey
	Loads     Loads     // nil: no import ever hides its records
	Followers Followers // nil: nothing depends on what tourists see here
}

// Service keeps the catalogue: one register for each type of record. It is
// safe for concurrent use.
type Service struct {
	st        *store.Store
	assets    Assets
	loads     Loads
	followers Followers
	tools     tools

	Relics  *Register[RelicFields]
	Sites   *Register[SiteFields]
	Museums *Register[MuseumFields]
	Places  *Register[PlaceFields]

	Exhibitions *Register[ExhibitionFields]

	Movements *Movements
}

// New returns the service. It panics when Store, Assets or SortKey is missing.
func New(o Options) *Service {
	if o.Store == nil || o.Assets == nil || o.SortKey == nil {
		panic("heritage: New needs Store, Assets and SortKey")
	}
	s := &Service{st: o.Store, assets: o.Assets, loads: o.Loads, followers: o.Followers, tools: tools{sortKey: o.SortKey}}
	s.Relics = &Register[RelicFields]{s: s, kind: KindRelic, docs: relicDocs}
	s.Sites = &Register[SiteFields]{s: s, kind: KindSite, docs: siteDocs}
	s.Museums = &Register[MuseumFields]{s: s, kind: KindMuseum, docs: museumDocs}
	s.Places = &Register[PlaceFields]{s: s, kind: KindPlace, docs: placeDocs}
	s.Exhibitions = &Register[ExhibitionFields]{s: s, kind: KindExhibition, docs: exhibitionDocs}
	s.Movements = &Movements{s: s}
	return s
}

// Now is the time by the clock of the store.
func (s *Service) Now() time.Time { return s.st.Now() }

// sightChanged tells the followers that tourists see a record, or no longer.
func (s *Service) sightChanged(tx *store.Tx, kind Kind, id string) error {
	if s.followers == nil {
		return nil
	}
	return s.followers.SightChanged(tx, kind, id)
}

// visibleLoad reports whether records of the load may be seen.
func (s *Service) visibleLoad(ctx context.Context, r store.Reader, load string) (bool, error) {
	if load == "" || s.loads == nil {
		return true, nil
	}
	return s.loads.Visible(ctx, r, load)
}

// glance is what other records need to know of one.
type glance struct {
	org    actor.OrgID
	name   Text  // newest
	shown  *Text // as tourists see it, nil unless published
	museum MuseumID
	parent string // the record that it is a part of, "" none
	store  bool   // a place that is confidential
}

// look returns a glance of a record of any type, or store.ErrNotFound.
func (s *Service) look(ctx context.Context, r store.Reader, kind Kind, id string) (glance, error) {
	switch kind {
	case KindRelic:
		d, err := relicDocs.Get(ctx, r, id)
		if err != nil {
			return glance{}, err
		}
		return glanceOf(d, d.Fields.MuseumID, string(d.Fields.PartOf), false), nil
	case KindSite:
		d, err := siteDocs.Get(ctx, r, id)
		if err != nil {
			return glance{}, err
		}
		parent := d.Fields.PartOf
		if parent == "" {
			parent = d.Fields.MergedInto
		}
		if parent == "" {
			parent = d.Fields.Supplements
		}
		return glanceOf(d, "", string(parent), false), nil
	case KindMuseum:
		d, err := museumDocs.Get(ctx, r, id)
		if err != nil {
			return glance{}, err
		}
		return glanceOf(d, MuseumID(d.ID), "", false), nil
	case KindExhibition:
		d, err := exhibitionDocs.Get(ctx, r, id)
		if err != nil {
			return glance{}, err
		}
		return glanceOf(d, d.Fields.MuseumID, "", false), nil
	default:
		d, err := placeDocs.Get(ctx, r, id)
		if err != nil {
			return glance{}, err
		}
		return glanceOf(d, d.Fields.MuseumID, string(d.Fields.ParentID), d.Fields.Store), nil
	}
}

func glanceOf[F Content](d *Record[F], museum MuseumID, parent string, inStore bool) glance {
	g := glance{org: d.Org, name: of(&d.Fields).title(), museum: museum, parent: parent, store: inStore}
	if d.Shown != nil {
		name := of(d.Shown).title()
		g.shown = &name
	}
	return g
}

// maxDepth is how deep records may lie in one another.
const maxDepth = 16

// checkRefs finds the members of f that name records which do not exist, which
// by may not refer to, or which lie inside the record itself. old is the stored
// content, nil for a new record: what it already named is not asked again.
func checkRefs[F Content](ctx context.Context, s *Service, r store.Reader, by actor.Actor, kind Kind, org actor.OrgID, id string, f, old *F) ([]fault.Field, error) {
	var wrong []fault.Field
	had := make(map[string]string)
	if old != nil {
		for _, ref := range of(old).refs() {
			had[ref.key()] = ref.id
		}
	}
	for _, ref := range of(f).refs() {
		if ref.id == "" || had[ref.key()] == ref.id {
			continue
		}
		g, err := s.look(ctx, r, ref.kind, ref.id)
		switch {
		case errors.Is(err, store.ErrNotFound):
			wrong = append(wrong, ErrReference.At(ref.path))
			continue
		case err != nil:
			return nil, err
		case ref.sameOrg && g.org != org, g.shown == nil && g.org != org && (ref.shown || !by.Can(actor.RecordRead, g.org)):
			wrong = append(wrong, ErrReference.At(ref.path))
			continue
		}
		if p, ok := any(f).(*PlaceFields); ok && ref.path == "parentId" && g.museum != p.MuseumID {
			wrong = append(wrong, ErrOtherMuseum.At(ref.path))
		}
		if e, ok := any(f).(*ExhibitionFields); ok && ref.kind == KindPlace {
			if fields, err := s.checkHall(ctx, r, e, ref, g); err != nil {
				return nil, err
			} else {
				wrong = append(wrong, fields...)
			}
		}
		if ref.within {
			inside, err := s.inside(ctx, r, kind, ref.id, id)
			if err != nil {
				return nil, err
			}
			if inside {
				wrong = append(wrong, ErrCycle.At(ref.path))
			}
		}
	}
	var pictures []string
	if old != nil {
		pictures = of(old).assets()
	}
	assets, err := CheckAssets(ctx, s.assets, r, org, of(f).assets(), pictures)
	return append(wrong, assets...), err
}

// inside reports whether the record from lies in the record id or is it, or
// lies too deep.
func (s *Service) inside(ctx context.Context, r store.Reader, kind Kind, from, id string) (bool, error) {
	for range maxDepth {
		if from == "" { // before the other: a new record has no id yet
			return false, nil
		}
		if from == id {
			return true, nil
		}
		g, err := s.look(ctx, r, kind, from)
		if errors.Is(err, store.ErrNotFound) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		from = g.parent
	}
	return true, nil
}

// isGone reports whether err says that there is no such document.
func isGone(err error) bool { return errors.Is(err, store.ErrNotFound) }

// unlessGone returns err unless it says that there is no such document.
func unlessGone(err error) error {
	if isGone(err) {
		return nil
	}
	return err
}

// existing returns what was read of a collection, or ErrNotFound when there is no
// such document or revision.
func existing[F Content](rec *Record[F], err error) (*Record[F], error) {
	if isGone(err) {
		return nil, ErrNotFound.New()
	}
	return rec, err
}
