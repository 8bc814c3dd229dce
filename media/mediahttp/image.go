package mediahttp

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/ids"
	"yijianyou/media"
	"yijianyou/media/iiif"
	"yijianyou/media/pyramid"
	"yijianyou/web/httpkit"
)

const (
	imagePath   = "/iiif/image/3/"
	staffSuffix = "~staff"

	plainJSON = "application/json"
	ldJSON    = "application/ld+json"

	publicImage = "public, max-age=600, must-revalidate"
	publicJSON  = "public, no-cache"
	privateAny  = "private, no-store"
)

// look finds the picture of the address and says which view of it is meant.
func (h *handler) look(c *fiber.Ctx) (look *media.Look, service string, err error) {
	if h.publicURL == "" {
		return nil, "", ErrPublicURL.New()
	}
	name, err := url.PathUnescape(c.Params("id"))
	if err != nil {
		return nil, "", media.ErrNotFound.Wrap(err)
	}
	id, asStaff := strings.CutSuffix(name, staffSuffix)
	if !ids.Valid(id) {
		return nil, "", media.ErrNotFound.New()
	}
	ctx := c.UserContext()
	look, err = h.Service.Look(ctx, h.Store, httpkit.Actor(ctx), id, asStaff)
	if err != nil {
		return nil, "", err
	}
	if look.Private {
		c.Response().Header.Del(fiber.HeaderAccessControlAllowOrigin)
		c.Set("Cross-Origin-Resource-Policy", "same-origin")
		c.Set(fiber.HeaderCacheControl, privateAny)
	}
	return look, h.publicURL + imagePath + name, nil
}

// base leads the bare address of an image to its info.json (§2.2).
func (h *handler) base(c *fiber.Ctx) error {
	look, service, err := h.look(c)
	if err != nil {
		return err
	}
	if !look.Private {
		c.Set(fiber.HeaderCacheControl, publicJSON)
	}
	return c.Redirect(service+"/info.json", fiber.StatusSeeOther)
}

func (h *handler) info(c *fiber.Ctx) error {
	look, service, err := h.look(c)
	if err != nil {
		return err
	}
	img, err := h.Service.Open(c.UserContext(), look)
	if err != nil {
		return err
	}
	defer img.Close()
	sizes := make([]iiif.WH, len(look.Levels))
	for i, l := range look.Levels {
		sizes[i] = iiif.WH(l)
	}
	c.Set(fiber.HeaderLink, iiif.ProfileLink)
	doc := iiif.NewInfo(iiif.Image{ID: service, Levels: sizes, Stored: pyramid.StoredWhole(look.Levels), Tile: pyramid.TileSide, Gray: img.Gray()}, limits)
	return writeLD(c, doc, iiif.ImageContext, look.Private)
}

// writeLD answers with JSON-LD, or with plain JSON to those who ask for only
// that (§5.1).
func writeLD(c *fiber.Ctx, doc any, context string, private bool) error {
	body, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	c.Vary(fiber.HeaderAccept)
	accept := c.Get(fiber.HeaderAccept)
	if strings.Contains(accept, plainJSON) && !strings.Contains(accept, ldJSON) {
		c.Set(fiber.HeaderContentType, plainJSON)
	} else {
		c.Set(fiber.HeaderContentType, ldJSON+`;profile="`+context+`"`)
	}
	c.Set(fiber.HeaderCacheControl, publicJSON)
	if private {
		c.Set(fiber.HeaderCacheControl, privateAny)
	}
	return c.Send(body)
}

func (h *handler) image(c *fiber.Ctx) error {
	look, service, err := h.look(c)
	if err != nil {
		return err
	}
	path, err := url.PathUnescape(strings.Join([]string{c.Params("region"), c.Params("size"), c.Params("rotation"), c.Params("file")}, "/"))
	if err != nil {
		return iiif.ErrSyntax.Wrap(err)
	}
	request, err := iiif.Parse(path)
	if err != nil {
		return err
	}
	whole := look.Levels[0]
	// Whether the picture is grey changes the canonical form only; it is known
	// when the file is open.
	plan, err := request.Resolve(whole.Width, whole.Height, false, limits)
	if err != nil {
		return err
	}
	tag := tagOf(look, plan)
	if !look.Private {
		c.Set(fiber.HeaderCacheControl, publicImage)
		c.Set(fiber.HeaderETag, tag)
		if c.Get(fiber.HeaderIfNoneMatch) == tag {
			return c.SendStatus(fiber.StatusNotModified)
		}
	}
	img, err := h.Service.Open(c.UserContext(), look)
	if err != nil {
		return err
	}
	defer img.Close()
	if img.Gray() {
		if plan, err = request.Resolve(whole.Width, whole.Height, true, limits); err != nil {
			return err
		}
	}
	kind := pyramid.JPEG
	if plan.Format == iiif.PNG {
		kind = pyramid.PNG
	}
	body, err := img.Picture(c.UserContext(), pyramid.Want{X: plan.X, Y: plan.Y, W: plan.W, H: plan.H, Width: plan.Width, Height: plan.Height,
		Mirror: plan.Mirror, Degrees: plan.Degrees, Gray: plan.Quality == iiif.Gray || plan.Quality == iiif.Bitonal,
		Bitonal: plan.Quality == iiif.Bitonal, Kind: kind})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderLink, fmt.Sprintf(`<%s/%s>;rel="canonical", %s`, service, plan.Canonical, iiif.ProfileLink))
	c.Set(fiber.HeaderContentType, plan.Format.MIME())
	c.Response().SetBodyRaw(body)
	return nil
}

// tagOf names the bytes of an answer: the original never changes, and the rest
// is in the plan and in the size that counts as whole.
func tagOf(look *media.Look, plan iiif.Plan) string {
	f := fnv.New64a()
	fmt.Fprint(f, look.Levels[0], plan.Canonical)
	return fmt.Sprintf(`"%s-%x"`, look.Asset.SHA256[:16], f.Sum64())
}
