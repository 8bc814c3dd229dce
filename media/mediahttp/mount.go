package mediahttp

import (
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/media/discovery"
	"yijianyou/media/iiif"
	"yijianyou/web/httpkit"
)

// Deps is what the routes work with.
type Deps struct {
	Service *media.Service
	Store   *store.Store
	Shelves []media.Shelf        // kinds of records with manifests, in the order of collections
	Museums media.ManifestSource // of the collections that museums have
	Log     *discovery.Log       // of changes of those manifests
}

// limits bound a computed picture: about 100 MB while it is made.
var limits = iiif.Limits{MaxSide: 8192, MaxArea: 17_000_000}

const (
	uploadTime = 10 * time.Minute
	maxAfter   = 4096 // characters of a cursor
)

type handler struct {
	Deps
	publicURL string
	replies   *replies
	manifests *store.Memo[[]iiif.Ref] // that show a picture to the public, by asset
}

// Mount declares the routes.
func Mount(r *httpkit.Router, d Deps) {
	h := &handler{Deps: d, publicURL: r.PublicURL(), replies: newReplies(),
		manifests: store.NewMemo[[]iiif.Ref](d.Store, maxPartOfHad)}
	// Image API 3.0 §7.3: what cannot be read as an address of a picture.
	r.Answer(400, iiif.Mistakes()...)
	h.mountPolicies(r)
	h.mountFixity(r)
	h.mountMetadata(r)
	h.mountAssets(r)
	h.mountTerms(r)
	h.mountAttribution(r)
	h.mountContent(r)
	h.mountUploads(r)
	h.mountIIIF(r)
}

func param(name, text string) *huma.Param {
	return &huma.Param{Name: name, In: "path", Required: true, Description: text, Schema: &huma.Schema{Type: "string"}}
}

func answer(text string, types ...string) *huma.Response {
	res := &huma.Response{Description: text, Content: map[string]*huma.MediaType{}}
	for _, t := range types {
		s := &huma.Schema{Type: "string", Format: "binary"}
		if t == ldJSON || t == plainJSON {
			s = &huma.Schema{Type: "object"}
		}
		res.Content[t] = &huma.MediaType{Schema: s}
	}
	return res
}

func (h *handler) mountAssets(r *httpkit.Router) {
	asset := r.Registry().Schema(reflect.TypeFor[assetView](), true, "Asset")
	body := map[string]*huma.MediaType{"application/json": {Schema: asset}}
	r.Plain(httpkit.Op{Method: "POST", Path: "/api/v1/media", ID: "media-upload", Tag: "media",
		Summary: "Upload a picture, sound or film", Policy: httpkit.Can(mediaWrite), MaxBody: h.Service.MaxBytes() + 1<<20, Status: 201, Deadline: uploadTime,
		Faults: []*fault.Code{ErrForm, media.ErrEmpty, media.ErrKind, media.ErrPixels, media.ErrParts, media.ErrTruncated, media.ErrDamaged, media.ErrVariant, media.ErrTooLarge,
			media.ErrAVKind, media.ErrAVCoding, media.ErrAVDataTrack, media.ErrAVParts, media.ErrAVLong, media.ErrAVSide, media.ErrAVTruncated, media.ErrAVDamaged}},
		&huma.Operation{
			RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {Schema: &huma.Schema{
				Type: "object", Required: []string{"org", "file"}, Properties: map[string]*huma.Schema{
					"org":  {Type: "string", Description: "organisation that the picture belongs to; must come before file"},
					"file": {Type: "string", Format: "binary", Description: "JPEG or PNG; MP3, M4A, MP4, Ogg, WAV or WebM"}}}}}},
			Responses: map[string]*huma.Response{
				"201": {Description: "The asset; the pyramid of a picture is made next", Content: body},
				"200": {Description: "The same bytes were uploaded to this organisation before: that asset", Content: body}},
		}, h.upload)
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/media/{id}", ID: "media-by-id", Tag: "media",
		Summary: "One asset, for staff", Policy: httpkit.Session(), Faults: []*fault.Code{media.ErrNotFound}}, h.asset)
	httpkit.Handle(r, httpkit.Op{Method: "DELETE", Path: "/api/v1/media/{id}", ID: "media-remove", Tag: "media",
		Summary: "Remove an asset, leaving a tombstone", Policy: httpkit.Can(mediaWrite),
		Faults: []*fault.Code{media.ErrNotFound, media.ErrInUse, media.ErrReason}}, h.remove)
}

func (h *handler) mountIIIF(r *httpkit.Router) {
	r.CrossOrigin("/iiif/")
	r.Early(imagePath, imageRoute, h.early)
	id := param("id", "id of an asset; with ~staff behind it the whole picture for staff, with ~v and a version what may be kept")
	op := func(path, match, name, summary string) httpkit.Op {
		return httpkit.Op{Method: "GET", Path: path, Match: match, ID: name, Tag: "iiif", Summary: summary, Policy: httpkit.Public(), Wordless: true, Faults: []*fault.Code{media.ErrNotFound}}
	}
	r.Plain(op("/iiif/image/3/{id}", "", "iiif-image-base", "IIIF Image API 3.0: to info.json"),
		&huma.Operation{Parameters: []*huma.Param{id}, Responses: map[string]*huma.Response{"303": {Description: "to info.json"}}}, h.base)
	r.Plain(op("/iiif/image/3/{id}/info.json", "", "iiif-image-info", "IIIF Image API 3.0: what the image offers"),
		&huma.Operation{Parameters: []*huma.Param{id}, Responses: map[string]*huma.Response{"200": answer("info.json", ldJSON, plainJSON)}}, h.info)
	image := op(imageRoute, "", "iiif-image", "IIIF Image API 3.0, level 2 and more: a picture")
	image.Faults = append(image.Faults, iiif.Mistakes()...)
	r.Plain(image,
		&huma.Operation{Parameters: []*huma.Param{id, param("region", "full, square, x,y,w,h or pct:x,y,w,h"),
			param("size", "max, w, or ,h or pct:n or w,h or !w,h; ^ in front allows enlarging"),
			param("rotation", "0 to 360 degrees clockwise; ! in front mirrors"), param("file", "quality.format: default, color, gray or bitonal; jpg or png")},
			Responses: map[string]*huma.Response{"200": answer("the picture", "image/jpeg", "image/png")}}, h.image)
	h.mountPresentation(r, op)
}

func (h *handler) mountPresentation(r *httpkit.Router, op func(path, match, name, summary string) httpkit.Op) {
	kind, record := param("kind", "relics, sites, exhibitions or stories"), param("id", "id of the record")
	manifest := op("/iiif/manifest/3/{kind}/{id}", "", "iiif-manifest", "IIIF Presentation API 3.0: the pictures of a record")
	manifest.Faults = append(manifest.Faults, ErrNoPictures)
	r.Plain(manifest, &huma.Operation{Parameters: []*huma.Param{kind, record,
		{Name: "view", In: "query", Schema: &huma.Schema{Type: "string", Enum: []any{"public", "staff"}}, Description: "staff needs a session"}},
		Responses: map[string]*huma.Response{"200": answer("the manifest", ldJSON, plainJSON)}}, h.manifest)
	collection := func(path, name, summary string, serve fiber.Handler, params ...*huma.Param) {
		o := op(path, "", name, "IIIF Presentation API 3.0: "+summary)
		o.Faults = []*fault.Code{store.ErrCursor}
		r.Plain(o, &huma.Operation{Parameters: params, Responses: map[string]*huma.Response{"200": answer("the collection", ldJSON, plainJSON)}}, serve)
	}
	longest := maxAfter
	after := &huma.Param{Name: "after", In: "query", Schema: &huma.Schema{Type: "string", MaxLength: &longest}, Description: "from the collection before"}
	museum := param("id", "id of the museum")
	collection("/iiif/collection/3/top", "iiif-collections", "all collections", h.top)
	collection("/iiif/collection/3/{kind}", "iiif-collection", "the records of a kind, or the museums", h.ofKind, param("kind", "relics, sites, exhibitions, stories or museums"), after)
	collection("/iiif/collection/3/museums/{id}", "iiif-museum", "one museum", h.museum, museum)
	collection("/iiif/collection/3/museums/{id}/{kind}", "iiif-museum-collection", "the records of a kind that one museum keeps", h.ofMuseum, museum, kind, after)
	feed := func(path, name, summary string, serve fiber.Handler, params ...*huma.Param) {
		r.Plain(op(path, "", name, "IIIF Change Discovery API 1.0: "+summary),
			&huma.Operation{Parameters: params, Responses: map[string]*huma.Response{"200": answer("the feed", ldJSON, plainJSON)}}, serve)
	}
	feed(discoveryPath+"/activity.json", "iiif-activity", "what happened to public manifests", h.activity)
	feed(discoveryPath+"/pages/{page}", "iiif-activity-page", "a page of it, the earliest first", h.activities, param("page", "from 0"))
}
