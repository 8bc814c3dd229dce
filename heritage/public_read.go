package heritage

import (
	"context"

	"yijianyou/heritage/vocab"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// PublicFilter chooses published records. At most one member is set; Status may
// stand beside Museum.
type PublicFilter struct {
	Museum   MuseumID   // relics, places and exhibitions
	Category vocab.Code // of a relic, class of a site, grade of a museum, kind of a place or an exhibition
	Level    vocab.Code // of a site
	Set      RelicID    // parts of a set
	Relic    RelicID    // exhibitions that show it
	Status   Status     // exhibitions; Permanent is among Open
}

func (f PublicFilter) query(kind Kind) (store.Query, error) {
	q := store.Query{Index: "shownByName"}
	n := 0
	set := func(index, value string, kinds ...Kind) bool {
		if value == "" {
			return true
		}
		n++
		q.Index, q.Equal = index, []any{value}
		for _, k := range kinds {
			if k == kind {
				return true
			}
		}
		return len(kinds) == 0
	}
	ok := set("shownByMuseum", string(f.Museum), KindRelic, KindPlace, KindExhibition)
	ok = set("shownByCategory", string(f.Category)) && ok
	ok = set("shownByLevel", string(f.Level), KindSite) && ok
	ok = set("shownOfRelic", string(f.Relic), KindExhibition) && ok
	ok = set("shownOfSet", string(f.Set), KindRelic) && ok
	if !ok || n > 1 || f.Status != "" {
		return q, ErrFilter.New()
	}
	return q, nil
}

// PublicRelic returns what everybody may see of a relic, its parts included,
// and the revision that was published.
//
// Errors: ErrNotFound.
func (s *Service) PublicRelic(ctx context.Context, id string) (*PublicRelic, int64, error) {
	p := s.projector(s.st)
	v, rev, err := publicOne(ctx, s, relicDocs, id, p.relic)
	if err != nil {
		return nil, 0, err
	}
	if v.Parts, err = p.parts(ctx, id); err != nil {
		return nil, 0, err
	}
	rec, err := existing(relicDocs.Get(ctx, p.r, id))
	if err != nil {
		return nil, 0, err
	}
	v.Exhibitions, err = p.exhibitionsOf(ctx, rec)
	return v, rev, err
}

// PublicSite is PublicRelic for a site.
func (s *Service) PublicSite(ctx context.Context, id string) (*PublicSite, int64, error) {
	return publicOne(ctx, s, siteDocs, id, s.projector(s.st).site)
}

// PublicMuseum is PublicRelic for a museum.
func (s *Service) PublicMuseum(ctx context.Context, id string) (*PublicMuseum, int64, error) {
	return publicOne(ctx, s, museumDocs, id, s.projector(s.st).museum)
}

// PublicPlace is PublicRelic for a place.
func (s *Service) PublicPlace(ctx context.Context, id string) (*PublicPlace, int64, error) {
	return publicOne(ctx, s, placeDocs, id, s.projector(s.st).place)
}

// PublicRelics returns a page of the published relics by name. In a list Parts
// is empty; it is told of one relic only.
//
// Errors: ErrFilter, store.ErrCursor.
func (s *Service) PublicRelics(ctx context.Context, f PublicFilter, limit int, after store.Cursor) ([]*PublicRelic, store.Cursor, error) {
	return publicPage(ctx, s, relicDocs, KindRelic, f, limit, after, s.projector(s.st).relic)
}

// PublicSites returns a page of the published sites by name.
func (s *Service) PublicSites(ctx context.Context, f PublicFilter, limit int, after store.Cursor) ([]*PublicSite, store.Cursor, error) {
	return publicPage(ctx, s, siteDocs, KindSite, f, limit, after, s.projector(s.st).site)
}

// PublicMuseums returns a page of the published museums by name.
func (s *Service) PublicMuseums(ctx context.Context, f PublicFilter, limit int, after store.Cursor) ([]*PublicMuseum, store.Cursor, error) {
	return publicPage(ctx, s, museumDocs, KindMuseum, f, limit, after, s.projector(s.st).museum)
}

// PublicPlaces returns a page of the published places by name; it may be
// shorter than limit although more follow.
func (s *Service) PublicPlaces(ctx context.Context, f PublicFilter, limit int, after store.Cursor) ([]*PublicPlace, store.Cursor, error) {
	return publicPage(ctx, s, placeDocs, KindPlace, f, limit, after, s.projector(s.st).place)
}

func publicOne[F Content, V any](ctx context.Context, s *Service, docs *store.Collection[Record[F]], id string,
	project func(context.Context, *Record[F]) (*V, error)) (*V, int64, error) {
	rec, err := existing(docs.Get(ctx, s.st, id))
	if err != nil {
		return nil, 0, err
	}
	v, err := project(ctx, rec)
	return v, rec.Publication.Rev, err
}

func publicPage[F Content, V any](ctx context.Context, s *Service, docs *store.Collection[Record[F]], kind Kind, f PublicFilter, limit int, after store.Cursor,
	project func(context.Context, *Record[F]) (*V, error)) ([]*V, store.Cursor, error) {
	q, err := f.query(kind)
	if err != nil {
		return nil, "", err
	}
	q.Limit, q.After = limit, after
	return publicPageOf(ctx, s.st, docs, q, project)
}

// publicPageOf is a page of any range of an index. What project does not find is
// left out.
func publicPageOf[F Content, V any](ctx context.Context, r store.Reader, docs *store.Collection[Record[F]], q store.Query,
	project func(context.Context, *Record[F]) (*V, error)) ([]*V, store.Cursor, error) {
	page, err := docs.Find(ctx, r, q)
	if err != nil {
		return nil, "", err
	}
	out := make([]*V, 0, len(page.Items))
	for _, rec := range page.Items {
		v, err := project(ctx, rec)
		if fault.KindOf(err) == fault.NotFound && err != nil { // hidden since it was published
			continue
		}
		if err != nil {
			return nil, "", err
		}
		out = append(out, v)
	}
	return out, page.Next, nil
}
