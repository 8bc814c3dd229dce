package tourism

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// Public is a record as tourists see it. It is the same for everybody.
type Public[F Content] struct {
	ID     string
	Rev    int64 // of the record when it was published
	Fields F     // without notes and confidential coordinates
}

// Public returns the record with id as tourists see it.
//
// Errors: ErrNotFound, also while what it belongs to is not public.
func (g *Register[F]) Public(ctx context.Context, id string) (*Public[F], error) {
	return g.public(ctx, g.s.st, id)
}

func (g *Register[F]) public(ctx context.Context, r store.Reader, id string) (*Public[F], error) {
	return g.publicFor(ctx, g.s.viewer(r), id)
}

func (g *Register[F]) publicFor(ctx context.Context, v *viewer, id string) (*Public[F], error) {
	rec, err := existing(g.docs.Get(ctx, v.r, id))
	if err != nil {
		return nil, err
	}
	p, err := publicOf(ctx, v, rec)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return nil, ErrNotFound.New()
	}
	return p, nil
}

// viewer looks with the eyes of tourists. It remembers the names that it looked up, so
// that a list asks for its area once; make one for each request. It is used by one
// goroutine.
type viewer struct {
	s     *Service
	r     store.Reader
	names map[string]*heritage.Text // by kind and id; nil: tourists do not see it
}

func (s *Service) viewer(r store.Reader) *viewer {
	return &viewer{s: s, r: r, names: make(map[string]*heritage.Text)}
}

// publicOf is the one place that decides what tourists see of a record: nil
// without error when that is nothing.
func publicOf[F Content](ctx context.Context, v *viewer, rec *Record[F]) (*Public[F], error) {
	if rec.Shown == nil {
		return nil, nil
	}
	f := withoutConfidential(*rec.Shown)
	var ok bool
	var err error
	switch p := any(&f).(type) {
	case *AreaFields:
		ok, p.InternalNotes = true, ""
		if now := any(&rec.Fields).(*AreaFields).Location; now != nil && now.Confidential { // since
			p.Location = nil
		}
		if p.MuseumID != "" {
			_, ok, err = v.named(ctx, string(heritage.KindMuseum), string(p.MuseumID))
		}
	case *SpotFields:
		p.InternalNotes = ""
		if now := any(&rec.Fields).(*SpotFields).Location; now != nil && now.Confidential { // since
			p.Location = nil
		}
		_, ok, err = v.named(ctx, string(KindArea), string(p.AreaID))
	case *PathFields:
		_, ok, err = v.named(ctx, string(KindArea), string(p.AreaID))
		for _, end := range []SpotID{p.FromSpot, p.ToSpot} {
			if err == nil && ok {
				_, ok, err = v.named(ctx, string(KindSpot), string(end))
			}
		}
	case *StoryFields:
		p.InternalNotes = ""
		_, ok, err = v.named(ctx, p.Subject.Kind, p.Subject.ID)
	}
	if err != nil || !ok {
		return nil, err
	}
	return &Public[F]{ID: rec.ID, Rev: rec.Publication.Rev, Fields: f}, nil
}

// named returns the name under which tourists see the record of any kind; ok is
// false when they do not see it.
func (v *viewer) named(ctx context.Context, kind, id string) (name heritage.Text, ok bool, err error) {
	key := kind + "/" + id
	known, ok := v.names[key]
	if !ok {
		if known, err = v.look(ctx, kind, id); err != nil {
			return heritage.Text{}, false, err
		}
		v.names[key] = known
	}
	if known == nil {
		return heritage.Text{}, false, nil
	}
	return *known, true, nil
}

// saw remembers the name of what tourists see.
func (v *viewer) saw(kind Kind, id string, name heritage.Text) { v.names[string(kind)+"/"+id] = &name }

func (v *viewer) look(ctx context.Context, kind, id string) (*heritage.Text, error) {
	switch Kind(kind) {
	case KindArea:
		p, err := v.s.Areas.publicFor(ctx, v, id)
		if err != nil {
			return nil, unlessNotFound(err)
		}
		return &p.Fields.Name, nil
	case KindSpot:
		p, err := v.s.Spots.publicFor(ctx, v, id)
		if err != nil {
			return nil, unlessNotFound(err)
		}
		return &p.Fields.Name, nil
	}
	name, _, ok, err := v.s.catalogue.Name(ctx, v.r, heritage.Kind(kind), id)
	if err != nil || !ok {
		return nil, unlessNotFound(err)
	}
	return &name, nil
}

func unlessNotFound(err error) error {
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	return err
}

// SubjectName returns the name under which tourists see a record, for a story
// or a spot that shows what it belongs to; ok is false when they do not see it.
func (s *Service) SubjectName(ctx context.Context, subject Subject) (name heritage.Text, ok bool, err error) {
	return s.viewer(s.st).named(ctx, subject.Kind, subject.ID)
}
