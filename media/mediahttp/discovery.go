package mediahttp

import (
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/store"
	"yijianyou/media/discovery"
	"yijianyou/media/iiif"
	"yijianyou/web/httpkit"
)

const discoveryPath = "/iiif/discovery/3"

func (h *handler) pageRef(page int64) iiif.Ref {
	return iiif.Ref{ID: fmt.Sprintf("%s%s/pages/%d", h.publicURL, discoveryPath, page), Type: "OrderedCollectionPage"}
}

func (h *handler) feedRef() iiif.Ref {
	return iiif.Ref{ID: h.publicURL + discoveryPath + "/activity.json", Type: "OrderedCollection"}
}

// lastPage is the page of the last of total activities. There is always one.
func lastPage(total int64) int64 { return max(0, (total-1)/discovery.PageSize) }

// activity is the feed of changes (Change Discovery 1.0).
func (h *handler) activity(c *fiber.Ctx) error {
	if h.publicURL == "" {
		return ErrPublicURL.New()
	}
	total, err := h.Log.Total(c.UserContext(), h.Store)
	if err != nil {
		return err
	}
	return writeLD(c, &iiif.OrderedCollection{Context: iiif.DiscoveryContext, ID: h.feedRef().ID, Type: "OrderedCollection",
		TotalItems: total, First: h.pageRef(0), Last: h.pageRef(lastPage(total))}, iiif.DiscoveryContext, false)
}

// activities is one page of it. What is in a full page never changes.
func (h *handler) activities(c *fiber.Ctx) error {
	if h.publicURL == "" {
		return ErrPublicURL.New()
	}
	page, err := strconv.ParseInt(c.Params("page"), 10, 64)
	if err != nil || page < 0 || strconv.FormatInt(page, 10) != c.Params("page") {
		return httpkit.ErrNoRoute.New()
	}
	ctx := c.UserContext()
	var doc *iiif.OrderedCollectionPage
	err = h.Store.Snapshot(ctx, func(r store.Reader) error {
		total, err := h.Log.Total(ctx, r)
		if err != nil {
			return err
		}
		if page > lastPage(total) {
			return httpkit.ErrNoRoute.New()
		}
		list, err := h.Log.Page(ctx, r, page)
		if err != nil {
			return err
		}
		doc = &iiif.OrderedCollectionPage{Context: iiif.DiscoveryContext, ID: h.pageRef(page).ID, Type: "OrderedCollectionPage",
			StartIndex: page * discovery.PageSize, PartOf: h.feedRef(), OrderedItems: []iiif.Activity{}}
		if page > 0 {
			prev := h.pageRef(page - 1)
			doc.Prev = &prev
		}
		if page < lastPage(total) {
			next := h.pageRef(page + 1)
			doc.Next = &next
		}
		for _, a := range list {
			doc.OrderedItems = append(doc.OrderedItems, iiif.Activity{Type: string(a.Type),
				Object: iiif.Ref{ID: h.manifestAddress(a.Kind, a.Record), Type: "Manifest"}, EndTime: a.Time.UTC().Format("2006-01-02T15:04:05.000Z")})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return writeLD(c, doc, iiif.DiscoveryContext, false)
}
