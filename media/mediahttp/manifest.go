package mediahttp

import (
	"errors"
	"fmt"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/media/iiif"
	"yijianyou/web/httpkit"
)

// manifest joins what a record says of itself with the pictures of it that the
// reader may see, both read from one state of the store.
func (h *handler) manifest(c *fiber.Ctx) error {
	if h.publicURL == "" {
		return ErrPublicURL.New()
	}
	source, ok := h.Sources[c.Params("kind")]
	id, err := url.PathUnescape(c.Params("id"))
	if !ok || err != nil {
		return httpkit.ErrNoRoute.New()
	}
	ctx := c.UserContext()
	asStaff, err := httpkit.ViewInput{View: c.Query("view")}.Staff(ctx)
	if err != nil {
		return err
	}
	by := actor.Nobody()
	address := fmt.Sprintf("%s/iiif/manifest/3/%s/%s", h.publicURL, c.Params("kind"), url.PathEscape(id))
	if asStaff {
		by = httpkit.Actor(ctx)
		address += "?view=staff"
	}
	var doc *iiif.Manifest
	err = h.Store.Snapshot(ctx, func(r store.Reader) error {
		facts, err := source.Manifest(ctx, r, by, id)
		if err != nil {
			return err
		}
		doc = h.document(address, facts)
		for _, p := range facts.Pictures {
			look, err := h.Service.Look(ctx, r, by, p.Asset, asStaff)
			if hidden(err) {
				continue
			}
			if err != nil {
				return err
			}
			if err := h.paint(doc, p, look); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(doc.Items) == 0 { // a manifest has at least one canvas (Presentation 3.0 §5.2)
		return ErrNoPictures.New()
	}
	if asStaff {
		httpkit.KeepSameOrigin(c)
	}
	return writeLD(c, doc, iiif.PresentationContext, asStaff)
}

// hidden reports whether a picture is left out: the reader may not see it, or
// there is nothing to see yet.
func hidden(err error) bool {
	return err != nil && (fault.KindOf(err) == fault.NotFound || errors.Is(err, media.ErrNotReady) || errors.Is(err, media.ErrFailed))
}

func (h *handler) document(address string, facts *media.Manifest) *iiif.Manifest {
	doc := iiif.NewManifest(address, words(facts.Label))
	doc.Summary = words(facts.Summary)
	for _, p := range facts.Metadata {
		if v := words(p.Value); v != nil {
			doc.Metadata = append(doc.Metadata, iiif.LabelValue{Label: words(p.Label), Value: v})
		}
	}
	if s := facts.Statement; s != nil {
		doc.RequiredStatement = &iiif.LabelValue{Label: words(s.Label), Value: words(s.Value)}
	}
	doc.Rights = facts.RightsURI
	if facts.Page != "" {
		doc.Homepage = []iiif.Link{{ID: h.publicURL + facts.Page, Type: "Text", Label: doc.Label, Format: "text/html"}}
	}
	return doc
}

func (h *handler) paint(doc *iiif.Manifest, p media.Picture, look *media.Look) error {
	service := h.serviceOf(look, p.Asset)
	largest, smallest := look.Levels[0], look.Levels[len(look.Levels)-1]
	full, err := iiif.Request{Quality: iiif.Default, Format: iiif.JPG}.Resolve(largest.Width, largest.Height, false, limits)
	if err != nil {
		return err
	}
	doc.Paint(p.Asset, words(p.Caption), service, service+"/"+full.Canonical, largest.Width, largest.Height, full.Width, full.Height, iiif.Link{
		ID:   fmt.Sprintf("%s/full/%d,%d/0/default.jpg", service, smallest.Width, smallest.Height),
		Type: "Image", Format: iiif.JPG.MIME(), Width: smallest.Width, Height: smallest.Height, Service: []iiif.ImageService{iiif.ServiceOf(service)}})
	return nil
}

func words(t media.Text) iiif.LangMap { return iiif.Words(t.ZH, t.EN) }
