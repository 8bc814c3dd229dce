package tourism

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media"
)

// StoryManifests returns what IIIF manifests say of stories.
func (s *Service) StoryManifests() media.ManifestSource { return storyManifests{s} }

// storyManifests implements media.ManifestSource. A story is of a museum when it is
// told of the museum itself.
type storyManifests struct{ s *Service }

// Manifest implements media.ManifestSource. Staff who may read the story get its
// newest content; everybody else gets what tourists see.
func (m storyManifests) Manifest(ctx context.Context, r store.Reader, by actor.Actor, id string) (*media.Manifest, error) {
	rec, err := existing(storyDocs.Get(ctx, r, id))
	if err != nil {
		return nil, err
	}
	fields := rec.Fields
	if !by.Can(actor.AreaRead, rec.Org) {
		p, err := publicOf(ctx, m.s.viewer(r), rec)
		if err != nil {
			return nil, err
		}
		if p == nil {
			return nil, ErrNotFound.New()
		}
		fields = p.Fields
	}
	out, err := m.facts(ctx, r, id, &fields)
	if err != nil {
		return nil, err
	}
	museum, err := m.museumOf(ctx, r, fields.Subject)
	if err != nil || museum == "" {
		return out, err
	}
	out.Provider, err = m.s.catalogue.Provider(ctx, r, museum)
	return out, err
}

// facts is what a story says of itself.
func (m storyManifests) facts(ctx context.Context, r store.Reader, id string, f *StoryFields) (*media.Manifest, error) {
	out := &media.Manifest{ID: id, Label: media.Text(f.Title), Summary: media.Text(f.Text), Page: "/stories/" + id, Data: "/api/v1/stories/" + id,
		Notes: heritage.NotesOf(f.Simulated)}
	name, ok, err := m.s.viewer(r).named(ctx, f.Subject.Kind, f.Subject.ID)
	if err != nil {
		return nil, err
	}
	if ok {
		out.Metadata = append(out.Metadata, media.Pair{Label: media.Text{ZH: "讲解对象", EN: "Told of"}, Value: media.Text(name)})
	}
	if f.Author != "" {
		out.Metadata = append(out.Metadata, media.Pair{Label: media.Text{ZH: "作者", EN: "Author"}, Value: media.Text{ZH: f.Author, EN: f.Author}})
	}
	for _, img := range f.Images {
		out.Pictures = append(out.Pictures, heritage.PictureOf(img))
	}
	return out, nil
}

// museumOf returns the museum of which, or of whose grounds, a story is told, ""
// for none.
func (m storyManifests) museumOf(ctx context.Context, r store.Reader, subject Subject) (heritage.MuseumID, error) {
	area := subject.ID
	switch subject.Kind {
	case string(heritage.KindMuseum):
		return heritage.MuseumID(subject.ID), nil
	case string(KindSpot):
		spot, err := shownOf(ctx, r, spotDocs, subject.ID)
		if err != nil || spot == nil {
			return "", err
		}
		area = string(spot.AreaID)
	case string(KindArea):
	default:
		return "", nil
	}
	shown, err := shownOf(ctx, r, areaDocs, area)
	if err != nil || shown == nil {
		return "", err
	}
	return shown.MuseumID, nil
}

// Published implements media.ManifestSource.
func (m storyManifests) Published(ctx context.Context, r store.Reader, museum string, limit int, after store.Cursor) (store.Page[media.Manifest], error) {
	var out store.Page[media.Manifest]
	q := store.Query{Index: "shownByName", Limit: limit, After: after}
	if museum != "" {
		q.Index, q.Equal = "shownBySubject", []any{museum}
	}
	page, err := storyDocs.Find(ctx, r, q)
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	for _, rec := range page.Items {
		p, err := publicOf(ctx, m.s.viewer(r), rec)
		if err != nil {
			return out, err
		}
		if p == nil {
			continue
		}
		facts, err := m.facts(ctx, r, rec.ID, &p.Fields)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, facts)
	}
	return out, nil
}

// Touched implements media.ManifestSource: a story shows pictures and the name of
// what it is told of, and is seen only with it.
func (m storyManifests) Touched(ctx context.Context, r store.Reader, ch store.Change) ([]string, error) {
	switch ch.Collection {
	case storyDocs.Name():
		return []string{ch.ID}, nil
	case media.AssetsCollection():
		var ids []string
		err := storyDocs.Each(ctx, r, store.Query{Index: "shownByAsset", Equal: []any{ch.ID}}, func(rec *Story) error {
			ids = append(ids, rec.ID)
			return nil
		})
		return ids, err
	}
	refs, err := m.s.Dependents(ctx, r, ch)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, ref := range refs {
		if ref.Collection == storyDocs.Name() {
			ids = append(ids, ref.ID)
		}
	}
	return ids, nil
}
