package mediahttp

import (
	"context"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/media/iiif"
	"yijianyou/web/httpkit"
)

// Presentation 3.0 §5.1 knows no pages, so a long collection is a chain: about a
// hundred members, and behind them a collection with those that follow. A page is
// a range of a declared index, whatever its place in the chain, and only what the
// public sees at this moment is in it.

const (
	topCollection = "top"
	museums       = "museums"

	memberBatch = 100  // records that are read at once
	enough      = 50   // members that end a page
	maxScan     = 1000 // records that a page looks at, of which few may have a picture
)

// collectionAddress is the address of the collection below the names.
func (h *handler) collectionAddress(names ...string) string {
	address := h.publicURL + "/iiif/collection/3"
	for _, n := range names {
		address += "/" + url.PathEscape(n)
	}
	return address
}

// gather returns members of a page and where the next begins, "" when there is
// none. member makes one of a record, nil when the public sees nothing of it.
func gather(ctx context.Context, r store.Reader, source media.ManifestSource, museum string, after store.Cursor,
	member func(*media.Manifest) (*iiif.Ref, error)) (items []iiif.Ref, next store.Cursor, err error) {
	for scanned := 0; scanned < maxScan; scanned += memberBatch {
		page, err := source.Published(ctx, r, museum, memberBatch, after)
		if err != nil {
			return nil, "", err
		}
		for _, facts := range page.Items {
			ref, err := member(facts)
			if err != nil {
				return nil, "", err
			}
			if ref != nil {
				items = append(items, *ref)
			}
		}
		if after = page.Next; after == "" || len(items) >= enough {
			break
		}
	}
	return items, after, nil
}

// members returns manifests of a kind of record with a picture that the public sees.
func (h *handler) members(ctx context.Context, r store.Reader, shelf *media.Shelf, museum string, after store.Cursor) ([]iiif.Ref, store.Cursor, error) {
	return gather(ctx, r, shelf.Source, museum, after, func(facts *media.Manifest) (*iiif.Ref, error) {
		thumbnail, err := h.firstThumbnail(ctx, facts)
		if err != nil || thumbnail == nil {
			return nil, err
		}
		return &iiif.Ref{ID: h.manifestAddress(shelf.Kind, facts.ID), Type: "Manifest", Label: words(facts.Label), Thumbnail: thumbnail}, nil
	})
}

// firstThumbnail is that of the first picture that the public sees, nil for none.
func (h *handler) firstThumbnail(ctx context.Context, facts *media.Manifest) ([]iiif.Link, error) {
	for _, p := range facts.Pictures {
		look, err := h.Service.PublicLook(ctx, p.Asset)
		if media.Unseen(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		return []iiif.Link{h.thumbnail(media.View{Picture: p, Look: look})}, nil
	}
	return nil, nil
}

// collect answers with a collection that fill makes of one state of the store.
func (h *handler) collect(c *fiber.Ctx, fill func(ctx context.Context, r store.Reader, after store.Cursor) (*iiif.Collection, error)) error {
	if h.publicURL == "" {
		return ErrPublicURL.New()
	}
	var doc *iiif.Collection
	ctx := c.UserContext()
	err := h.Store.Snapshot(ctx, func(r store.Reader) (err error) {
		doc, err = fill(ctx, r, store.Cursor(c.Query("after")))
		return err
	})
	if err != nil {
		return err
	}
	return writeLD(c, doc, iiif.PresentationContext, false)
}

// page finishes a collection at address of which items are a page: one that is not
// the first is a part of the first, and one that is not the last leads on.
func page(address string, label iiif.LangMap, partOf []iiif.Ref, items []iiif.Ref, after, next store.Cursor) *iiif.Collection {
	doc := iiif.NewCollection(address, label)
	doc.PartOf = partOf
	if after != "" {
		doc.ID += "?after=" + url.QueryEscape(string(after))
		doc.PartOf = []iiif.Ref{{ID: address, Type: "Collection", Label: label}}
	}
	doc.Items = append(doc.Items, items...)
	if next != "" {
		doc.Items = append(doc.Items, iiif.Ref{ID: address + "?after=" + url.QueryEscape(string(next)), Type: "Collection",
			Label: iiif.Words("后续", "More")})
	}
	return doc
}

// top lists the kinds of records of which there is a manifest, and the museums.
func (h *handler) top(c *fiber.Ctx) error {
	return h.collect(c, func(ctx context.Context, r store.Reader, _ store.Cursor) (*iiif.Collection, error) {
		doc := iiif.NewCollection(h.collectionAddress(topCollection), iiif.Words("全部图像资料", "All pictures"))
		doc.Items = append(doc.Items, iiif.Ref{ID: h.collectionAddress(museums), Type: "Collection", Label: words(museumsLabel)})
		shelves, err := h.filled(ctx, r, "")
		doc.Items = append(doc.Items, shelves...)
		return doc, err
	})
}

var museumsLabel = media.Text{ZH: "博物馆", EN: "Museums"}

// filled returns the collections of those kinds of records that have members.
func (h *handler) filled(ctx context.Context, r store.Reader, museum string) ([]iiif.Ref, error) {
	var out []iiif.Ref
	for i := range h.Shelves {
		s := &h.Shelves[i]
		items, next, err := h.members(ctx, r, s, museum, "")
		if err != nil {
			return nil, err
		}
		if len(items) == 0 && next == "" {
			continue
		}
		address := h.collectionAddress(s.Kind)
		if museum != "" {
			address = h.collectionAddress(museums, museum, s.Kind)
		}
		out = append(out, iiif.Ref{ID: address, Type: "Collection", Label: words(s.Label)})
	}
	return out, nil
}

// ofKind lists the records of a kind, or the museums.
func (h *handler) ofKind(c *fiber.Ctx) error {
	kind := c.Params("kind")
	shelf := h.shelf(kind)
	if kind == museums {
		return h.allMuseums(c)
	}
	if shelf == nil {
		return httpkit.ErrNoRoute.New()
	}
	return h.collect(c, func(ctx context.Context, r store.Reader, after store.Cursor) (*iiif.Collection, error) {
		items, next, err := h.members(ctx, r, shelf, "", after)
		return page(h.collectionAddress(kind), words(shelf.Label), []iiif.Ref{h.topRef()}, items, after, next), err
	})
}

func (h *handler) topRef() iiif.Ref {
	return iiif.Ref{ID: h.collectionAddress(topCollection), Type: "Collection"}
}

func (h *handler) allMuseums(c *fiber.Ctx) error {
	return h.collect(c, func(ctx context.Context, r store.Reader, after store.Cursor) (*iiif.Collection, error) {
		items, next, err := gather(ctx, r, h.Museums, "", after, func(facts *media.Manifest) (*iiif.Ref, error) {
			thumbnail, err := h.firstThumbnail(ctx, facts)
			return &iiif.Ref{ID: h.collectionAddress(museums, facts.ID), Type: "Collection", Label: words(facts.Label), Thumbnail: thumbnail}, err
		})
		return page(h.collectionAddress(museums), words(museumsLabel), []iiif.Ref{h.topRef()}, items, after, next), err
	})
}

// museum is the collection of one museum: what it says of itself, and a collection
// for each kind of record that it keeps.
func (h *handler) museum(c *fiber.Ctx) error {
	return h.collect(c, func(ctx context.Context, r store.Reader, _ store.Cursor) (*iiif.Collection, error) {
		facts, err := h.museumFacts(ctx, r, c)
		if err != nil {
			return nil, err
		}
		doc := iiif.NewCollection(h.collectionAddress(museums, facts.ID), words(facts.Label))
		doc.About = h.about(facts)
		doc.RequiredStatement = statement(facts.Notes)
		doc.PartOf = []iiif.Ref{{ID: h.collectionAddress(museums), Type: "Collection", Label: words(museumsLabel)}, h.topRef()}
		if doc.Thumbnail, err = h.firstThumbnail(ctx, facts); err != nil {
			return nil, err
		}
		shelves, err := h.filled(ctx, r, facts.ID)
		doc.Items = append(doc.Items, shelves...)
		return doc, err
	})
}

// ofMuseum lists the records of a kind that one museum keeps.
func (h *handler) ofMuseum(c *fiber.Ctx) error {
	shelf := h.shelf(c.Params("kind"))
	if shelf == nil {
		return httpkit.ErrNoRoute.New()
	}
	return h.collect(c, func(ctx context.Context, r store.Reader, after store.Cursor) (*iiif.Collection, error) {
		facts, err := h.museumFacts(ctx, r, c)
		if err != nil {
			return nil, err
		}
		items, next, err := h.members(ctx, r, shelf, facts.ID, after)
		partOf := []iiif.Ref{{ID: h.collectionAddress(museums, facts.ID), Type: "Collection", Label: words(facts.Label)}}
		label := words(media.Text{ZH: facts.Label.ZH + "：" + shelf.Label.ZH, EN: shelf.Label.EN + ", " + either(facts.Label.EN, facts.Label.ZH)})
		return page(h.collectionAddress(museums, facts.ID, shelf.Kind), label, partOf, items, after, next), err
	})
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// museumFacts returns what the public sees of the museum in the address.
func (h *handler) museumFacts(ctx context.Context, r store.Reader, c *fiber.Ctx) (*media.Manifest, error) {
	id, err := url.PathUnescape(c.Params("id"))
	if err != nil {
		return nil, httpkit.ErrNoRoute.New()
	}
	return h.Museums.Manifest(ctx, r, actor.Nobody(), id)
}
