package mediahttp

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
	"yijianyou/media"
	"yijianyou/media/iiif"
	"yijianyou/media/pyramid"
	"yijianyou/web/httpkit"
)

const (
	imagePath = "/iiif/image/3/"
	infoFile  = "/info.json"

	imageRoute = imagePath + "{id}/{region}/{size}/{rotation}/{file}"

	variantMark  = "~" // between the id and the view that is meant
	staffVariant = "staff"
	versionMark  = "v" // before a version

	plainJSON = "application/json"
	ldJSON    = "application/ld+json"

	publicImage = "public, max-age=600, must-revalidate"
	fixedImage  = "public, max-age=31536000, s-maxage=600, immutable"
	publicJSON  = "public, no-cache"
	privateAny  = "private, no-store"
)

// view is a picture as the address of a request names it.
type view struct {
	*media.Look
	service string // absolute address of the image service, as it was asked for
	fixed   bool   // the address carries the version: what it gives never changes
}

// look finds the picture of the address and says which view of it is meant.
// elsewhere is where to go instead when the address carries a version that is no
// longer, or not yet, that of the picture: rest behind the service that holds now.
//
// An old version gives nothing by itself. It leads to what everybody may have, so
// that a page that stands open, or a copied manifest, goes on with that.
func (h *handler) look(c *fiber.Ctx, rest string) (v view, elsewhere string, err error) {
	if h.publicURL == "" {
		return view{}, "", ErrPublicURL.New()
	}
	name, err := url.PathUnescape(c.Params("id"))
	if err != nil {
		return view{}, "", media.ErrNotFound.Wrap(err)
	}
	id, variant, _ := strings.Cut(name, variantMark)
	version, versioned := strings.CutPrefix(variant, versionMark)
	asStaff := variant == staffVariant
	ctx := c.UserContext()
	by := httpkit.Actor(ctx)
	if versioned {
		by = actor.Nobody()
	}
	if !ids.Valid(id) || variant == "" && id != name || variant != "" && !versioned && !asStaff || asStaff && by.Kind == actor.Public {
		return view{}, "", media.ErrNotFound.New()
	}
	var look *media.Look
	if by.Kind == actor.Public {
		look, err = h.Service.PublicLook(ctx, id)
	} else {
		look, err = h.Service.Look(ctx, h.Store, by, id, asStaff)
	}
	if err != nil {
		return view{}, "", err
	}
	if look.Private {
		httpkit.KeepSameOrigin(c)
		c.Set(fiber.HeaderCacheControl, privateAny)
	}
	if versioned && version != look.Version() {
		c.Set(fiber.HeaderCacheControl, publicJSON)
		return view{}, h.serviceOf(look, id) + rest, nil
	}
	return view{Look: look, service: h.publicURL + imagePath + name, fixed: versioned}, "", nil
}

// serviceOf is the address of the image service that is given out: for the public
// with the version in it, so that what it gives may be kept; for staff that of the
// whole picture.
func (h *handler) serviceOf(look *media.Look, id string) string {
	if look.Private {
		return h.publicURL + imagePath + id + variantMark + staffVariant
	}
	return h.publicURL + imagePath + id + variantMark + versionMark + look.Version()
}

// base leads the bare address of an image to its info.json (§2.2).
func (h *handler) base(c *fiber.Ctx) error {
	v, elsewhere, err := h.look(c, infoFile)
	if err != nil {
		return err
	}
	if elsewhere == "" {
		elsewhere = v.service + infoFile
		if !v.Private {
			c.Set(fiber.HeaderCacheControl, publicJSON)
		}
	}
	return c.Redirect(elsewhere, fiber.StatusSeeOther)
}

func (h *handler) info(c *fiber.Ctx) error {
	v, elsewhere, err := h.look(c, infoFile)
	if err != nil {
		return err
	}
	if elsewhere != "" {
		return c.Redirect(elsewhere, fiber.StatusSeeOther)
	}
	img, err := h.Service.Open(c.UserContext(), v.Look)
	if err != nil {
		return err
	}
	defer img.Close()
	var manifests []iiif.Ref
	if !v.Private {
		if manifests, err = h.partOf(c.UserContext(), v.Asset.ID); err != nil {
			return err
		}
	}
	levels := make([]iiif.WH, len(v.Levels))
	for i, l := range v.Levels {
		levels[i] = iiif.WH(l)
	}
	c.Set(fiber.HeaderLink, iiif.ProfileLink)
	if !v.Private && !v.fixed {
		// Viewers that know it (RFC 5829 §3.3) may keep what they fetch from there.
		c.Append(fiber.HeaderLink, fmt.Sprintf(`<%s>;rel="latest-version"`, h.serviceOf(v.Look, v.Asset.ID)))
	}
	doc := iiif.NewInfo(iiif.Image{ID: v.service, Levels: levels, Stored: pyramid.StoredWhole(v.Levels), Tile: pyramid.TileSide, Gray: img.Gray(),
		Rights: string(v.Asset.Terms.Licence), PartOf: manifests}, limits)
	return writeLD(c, doc, iiif.ImageContext, v.Private)
}

// writeLD answers with JSON-LD, or with plain JSON to those who would rather have
// that (§5.1).
func writeLD(c *fiber.Ctx, doc any, context string, private bool) error {
	body, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	c.Vary(fiber.HeaderAccept)
	c.Set(fiber.HeaderContentType, ldJSON+`;profile="`+context+`"`)
	if prefersPlain(c.Get(fiber.HeaderAccept)) {
		c.Set(fiber.HeaderContentType, plainJSON)
	}
	c.Set(fiber.HeaderCacheControl, publicJSON)
	if private {
		c.Set(fiber.HeaderCacheControl, privateAny)
	}
	return c.Send(body)
}

func (h *handler) image(c *fiber.Ctx) error {
	at := strings.TrimPrefix(strings.TrimSuffix(c.Path(), "/"), imagePath)
	_, path, _ := strings.Cut(at, "/")
	v, elsewhere, err := h.look(c, "/"+path)
	if err != nil {
		return err
	}
	if elsewhere != "" {
		return c.Redirect(elsewhere, fiber.StatusFound)
	}
	if !v.Private {
		if a := h.replies.find(at); a != nil && a.version == v.Version() {
			a.send(c)
			return nil
		}
	}
	a, err := h.draw(c, v, path)
	if err != nil || a == nil {
		return err
	}
	if !v.Private {
		h.replies.keep(at, a)
	}
	a.send(c)
	return nil
}

// early finds the answer to a request of a picture that everybody may have, if it
// is remembered that they may and what was answered last.
func (h *handler) early(path string) *httpkit.Kept {
	a := h.replies.find(strings.TrimPrefix(path, imagePath))
	if a == nil {
		return nil
	}
	if look, ok := h.Service.KnownLook(a.asset); !ok || look.Version() != a.version {
		return nil
	}
	return &a.Kept
}

// draw makes the answer to a request of the picture v; nil when the client has it
// already, as c then says.
func (h *handler) draw(c *fiber.Ctx, v view, path string) (*reply, error) {
	path, err := url.PathUnescape(path)
	if err != nil {
		return nil, iiif.ErrSyntax.Wrap(err)
	}
	request, err := iiif.Parse(path)
	if err != nil {
		return nil, err
	}
	whole := v.Levels[0]
	// Whether the picture is grey changes the canonical form only; it is known
	// when the file is open.
	plan, err := request.Resolve(whole.Width, whole.Height, false, limits)
	if err != nil {
		return nil, err
	}
	a := &reply{asset: v.Asset.ID, version: v.Version()}
	cache := privateAny
	if !v.Private {
		cache = publicImage
		if v.fixed {
			cache = fixedImage
		}
		c.Set(fiber.HeaderCacheControl, cache)
		if a.Tag = tagOf(v.Look, plan); httpkit.Unchanged(c, a.Tag) {
			return nil, nil //nolint:nilnil // the answer is finished
		}
	}
	img, err := h.Service.Open(c.UserContext(), v.Look)
	if err != nil {
		return nil, err
	}
	defer img.Close()
	if img.Gray() {
		if plan, err = request.Resolve(whole.Width, whole.Height, true, limits); err != nil {
			return nil, err
		}
	}
	a.Headers = [][2][]byte{{[]byte(fiber.HeaderCacheControl), []byte(cache)}, {[]byte(fiber.HeaderContentType), []byte(plan.Format.MIME())},
		{[]byte(fiber.HeaderLink), fmt.Appendf(nil, `<%s/%s>;rel="canonical", %s`, v.service, plan.Canonical, iiif.ProfileLink)}}
	a.Body, err = img.Picture(c.UserContext(), wanted(plan))
	return a, err
}

func wanted(p iiif.Plan) pyramid.Want {
	w := pyramid.Want{X: p.X, Y: p.Y, W: p.W, H: p.H, Width: p.Width, Height: p.Height, Mirror: p.Mirror, Degrees: p.Degrees,
		Bitonal: p.Quality == iiif.Bitonal, Gray: p.Quality == iiif.Gray || p.Quality == iiif.Bitonal, Kind: pyramid.JPEG}
	if p.Format == iiif.PNG {
		w.Kind = pyramid.PNG
	}
	return w
}

// tagOf names the bytes of an answer: the version says of which picture, and the
// canonical address what was done to it.
func tagOf(look *media.Look, plan iiif.Plan) string {
	f := fnv.New64a()
	_, _ = f.Write([]byte(plan.Canonical)) // a hash never fails
	return fmt.Sprintf(`"%s-%x"`, look.Version(), f.Sum64())
}
