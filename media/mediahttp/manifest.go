package mediahttp

import (
	"fmt"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/actor"
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
	shelf := h.shelf(c.Params("kind"))
	id, err := url.PathUnescape(c.Params("id"))
	if shelf == nil || err != nil {
		return httpkit.ErrNoRoute.New()
	}
	ctx := c.UserContext()
	asStaff, err := httpkit.ViewInput{View: c.Query("view")}.Staff(ctx)
	if err != nil {
		return err
	}
	by := actor.Nobody()
	address := h.manifestAddress(shelf.Kind, id)
	if asStaff {
		by = httpkit.Actor(ctx)
		address += "?view=staff"
	}
	var doc *iiif.Manifest
	err = h.Store.Snapshot(ctx, func(r store.Reader) error {
		facts, err := shelf.Source.Manifest(ctx, r, by, id)
		if err != nil {
			return err
		}
		views, err := h.Service.Views(ctx, r, by, facts.Pictures, asStaff)
		if err != nil {
			return err
		}
		if len(views) == 0 { // a manifest has at least one canvas (Presentation 3.0 §5.2)
			return ErrNoPictures.New()
		}
		doc, err = h.document(address, shelf, facts, views)
		return err
	})
	if err != nil {
		return err
	}
	if asStaff {
		httpkit.KeepSameOrigin(c)
	}
	return writeLD(c, doc, iiif.PresentationContext, asStaff)
}

// shelf returns the kind of record with the name, nil when there is none.
func (h *handler) shelf(kind string) *media.Shelf {
	for i := range h.Shelves {
		if h.Shelves[i].Kind == kind {
			return &h.Shelves[i]
		}
	}
	return nil
}

func (h *handler) manifestAddress(kind, id string) string {
	return h.publicURL + "/iiif/manifest/3/" + kind + "/" + url.PathEscape(id)
}

// document makes the manifest of a record of which the reader sees the views.
func (h *handler) document(address string, shelf *media.Shelf, facts *media.Manifest, views []media.View) (*iiif.Manifest, error) {
	doc := iiif.NewManifest(address, words(facts.Label))
	doc.About = h.about(facts)
	doc.NavDate = navDate(facts.NavYear)
	doc.Behavior = []string{"individuals"}
	doc.PartOf = []iiif.Ref{{ID: h.collectionAddress(shelf.Kind), Type: "Collection", Label: words(shelf.Label)}}
	if p := facts.Provider; p != nil {
		doc.PartOf = append([]iiif.Ref{{ID: h.collectionAddress(museums, p.ID), Type: "Collection", Label: words(p.Name)}}, doc.PartOf...)
	}
	for _, v := range views {
		if err := h.paint(doc, v); err != nil {
			return nil, err
		}
	}
	doc.Thumbnail = doc.Items[0].Thumbnail
	doc.Start = &iiif.Ref{ID: doc.Items[0].ID, Type: "Canvas"}
	credit(doc, facts.Notes, views)
	doc.Structures = ranges(doc, facts.Structures, "", seen(views))
	return doc, nil
}

// about tells what a record says of itself beside its pictures.
func (h *handler) about(facts *media.Manifest) iiif.About {
	a := iiif.About{Summary: words(facts.Summary)}
	for _, p := range facts.Metadata {
		if v := words(p.Value); v != nil {
			a.Metadata = append(a.Metadata, iiif.LabelValue{Label: words(p.Label), Value: v})
		}
	}
	if p := facts.Provider; p != nil {
		page := h.publicURL + "/museums/" + url.PathEscape(p.ID)
		site := p.Website
		if site == "" {
			site = page
		}
		a.Provider = []iiif.Agent{{ID: page, Type: "Agent", Label: words(p.Name), Homepage: []iiif.Link{pageAt(site, words(p.Name))}}}
	}
	if facts.Data != "" {
		a.SeeAlso = []iiif.Link{{ID: h.publicURL + facts.Data, Type: "Dataset", Label: iiif.Words("数据（JSON）", "Data (JSON)"), Format: plainJSON}}
	}
	if facts.Page != "" {
		a.Homepage = []iiif.Link{pageAt(h.publicURL+facts.Page, words(facts.Label))}
	}
	return a
}

func pageAt(address string, label iiif.LangMap) iiif.Link {
	return iiif.Link{ID: address, Type: "Text", Label: label, Format: "text/html"}
}

// navDate is the first moment of a year (§3.1). What is before the common era has
// none: viewers read dates of ISO 8601, which has no earlier years.
func navDate(year *int) string {
	if year == nil || *year < 1 || *year > 9999 {
		return ""
	}
	return fmt.Sprintf("%04d-01-01T00:00:00Z", *year)
}

// paint adds the canvas of a picture. It is as large as the largest level that the
// reader may have.
func (h *handler) paint(doc *iiif.Manifest, v media.View) error {
	service := h.serviceOf(v.Look, v.Picture.Asset)
	largest := v.Levels[0]
	full, err := iiif.Request{Quality: iiif.Default, Format: iiif.JPG}.Resolve(largest.Width, largest.Height, false, limits)
	if err != nil {
		return err
	}
	body := iiif.Link{ID: service + "/" + full.Canonical, Type: "Image", Format: iiif.JPG.MIME(), Width: full.Width, Height: full.Height,
		Service: []iiif.ImageService{iiif.ServiceOf(service)}}
	canvas := doc.Paint(v.Picture.Asset, words(v.Caption), body)
	canvas.Width, canvas.Height = largest.Width, largest.Height
	canvas.Thumbnail = []iiif.Link{h.thumbnail(v)}
	return nil
}

// thumbnail is the smallest level of a picture, which is stored as it is.
func (h *handler) thumbnail(v media.View) iiif.Link {
	service, smallest := h.serviceOf(v.Look, v.Picture.Asset), v.Levels[len(v.Levels)-1]
	return iiif.Link{ID: fmt.Sprintf("%s/full/%d,%d/0/default.jpg", service, smallest.Width, smallest.Height),
		Type: "Image", Format: iiif.JPG.MIME(), Width: smallest.Width, Height: smallest.Height, Service: []iiif.ImageService{iiif.ServiceOf(service)}}
}

func words(texts ...media.Text) iiif.LangMap {
	pairs := make([][2]string, len(texts))
	for i, t := range texts {
		pairs[i] = [2]string{t.ZH, t.EN}
	}
	return iiif.Lines(pairs...)
}
