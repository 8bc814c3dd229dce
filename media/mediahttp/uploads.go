package mediahttp

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/media"
	"yijianyou/media/tus"
	"yijianyou/web/httpkit"
)

const (
	uploadsPath = "/api/v1/uploads"

	// pause is how long a client may send nothing: a connection that has gone
	// without a word then frees the upload for its successor.
	pause = 30 * time.Second

	statusChecksumMismatch = 460 // tus 1.0.0, checksum
)

// mountUploads declares the routes of resumable uploads (tus 1.0.0).
func (h *handler) mountUploads(r *httpkit.Router) {
	r.Answer(fiber.StatusPreconditionFailed, tus.ErrVersion)
	r.Answer(fiber.StatusBadRequest, tus.ErrHeader, tus.ErrDefer, tus.ErrAlgorithm, media.ErrUploadDigest)
	r.Answer(fiber.StatusLocked, media.ErrUploadBusy)
	r.Answer(statusChecksumMismatch, media.ErrUploadSum)
	id := param("id", "id of the upload")
	op := func(method, path, name, summary string, faults ...*fault.Code) httpkit.Op {
		return httpkit.Op{Method: method, Path: path, ID: name, Tag: "uploads", Summary: summary, Policy: httpkit.Can(mediaWrite), MaxBody: 1, Faults: faults}
	}
	r.Plain(httpkit.Op{Method: http.MethodOptions, Path: uploadsPath, ID: "upload-options", Tag: "uploads", Policy: httpkit.Public(), Wordless: true,
		Summary: "What resumable uploads offer (tus 1.0.0)"},
		&huma.Operation{Responses: map[string]*huma.Response{"204": told("What is offered", "Tus-Version", "Tus-Extension", "Tus-Checksum-Algorithm", "Tus-Max-Size")}}, h.uploadOptions)
	create := op(http.MethodPost, uploadsPath, "upload-create", "Begin a resumable upload", tus.ErrVersion, tus.ErrHeader, tus.ErrDefer,
		media.ErrOrg, media.ErrEmpty, media.ErrTooLarge, media.ErrUploadDigest, media.ErrUploads)
	create.Status = fiber.StatusCreated
	r.Plain(create, &huma.Operation{Parameters: []*huma.Param{resumable(), header("Upload-Length", true, "bytes of the file"),
		header("Upload-Metadata", true, "org (required), filename, sha256 of the whole in hexadecimal; each value in base64")},
		Responses: map[string]*huma.Response{"201": told("Begun; send the bytes to Location", "Location", "Upload-Expires")}}, resume(h.uploadCreate))
	r.Plain(op(http.MethodHead, uploadsPath+"/{id}", "upload-offset", "How far an upload has come", tus.ErrVersion, media.ErrUploadNotFound),
		&huma.Operation{Parameters: []*huma.Param{id, resumable()},
			Responses: map[string]*huma.Response{"200": told("How far", "Upload-Offset", "Upload-Length", "Upload-Expires", "Asset-Id")}}, resume(h.uploadOffset))
	patch := op(http.MethodPatch, uploadsPath+"/{id}", "upload-append", "Send a piece; the last one makes the asset", tus.ErrVersion, tus.ErrHeader, tus.ErrAlgorithm, tus.ErrBody,
		media.ErrUploadNotFound, media.ErrUploadBusy, media.ErrUploadOffset, media.ErrUploadExcess, media.ErrUploadSum, media.ErrKind, media.ErrPixels, media.ErrParts, media.ErrTruncated, media.ErrDamaged, media.ErrVariant,
		media.ErrAVKind, media.ErrAVCoding, media.ErrAVDataTrack, media.ErrAVParts, media.ErrAVLong, media.ErrAVSide, media.ErrAVTruncated, media.ErrAVDamaged)
	patch.MaxBody, patch.Deadline = h.Service.MaxBytes(), uploadTime
	r.Plain(patch, &huma.Operation{Parameters: []*huma.Param{id, resumable(), header("Upload-Offset", true, "of the first byte of the piece"),
		header("Upload-Checksum", false, "algorithm (sha256 or sha1) and sum of the piece in base64")},
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{tus.Content: {Schema: &huma.Schema{Type: "string", Format: "binary"}}}},
		Responses:   map[string]*huma.Response{"204": told("Kept; Asset-Id and Asset-Created come with the last piece", "Upload-Offset", "Upload-Expires", "Asset-Id", "Asset-Created")}}, resume(h.uploadAppend))
	override := patch
	override.Method, override.ID, override.Summary = http.MethodPost, "upload-override", "PATCH or DELETE, named in X-HTTP-Method-Override, for clients that can only POST"
	r.Plain(override, nil, resume(h.uploadOverride))
	r.Plain(op(http.MethodDelete, uploadsPath+"/{id}", "upload-abandon", "Cancel an upload", tus.ErrVersion, media.ErrUploadNotFound, media.ErrUploadBusy),
		&huma.Operation{Parameters: []*huma.Param{id, resumable()}, Responses: map[string]*huma.Response{"204": told("Cancelled")}}, resume(h.uploadAbandon))
}

func header(name string, required bool, text string) *huma.Param {
	return &huma.Param{Name: name, In: "header", Required: required, Description: text, Schema: &huma.Schema{Type: "string"}}
}

func resumable() *huma.Param { return header("Tus-Resumable", true, tus.Version) }

// told is an answer without a body, with headers.
func told(text string, names ...string) *huma.Response {
	res := &huma.Response{Description: text, Headers: map[string]*huma.Param{}}
	for _, n := range names {
		res.Headers[n] = &huma.Param{Schema: &huma.Schema{Type: "string"}}
	}
	return res
}

// resume asks for the version of the protocol and names it in every answer.
func resume(fn func(*fiber.Ctx) error) func(*fiber.Ctx) error {
	return func(c *fiber.Ctx) error {
		c.Set("Tus-Resumable", tus.Version)
		c.Set(fiber.HeaderCacheControl, privateAny)
		if c.Get("Tus-Resumable") != tus.Version {
			c.Set("Tus-Version", tus.Version)
			return tus.ErrVersion.New()
		}
		return fn(c)
	}
}

func (h *handler) uploadOptions(c *fiber.Ctx) error {
	c.Set("Tus-Resumable", tus.Version)
	c.Set("Tus-Version", tus.Version)
	c.Set("Tus-Extension", tus.Extensions)
	c.Set("Tus-Checksum-Algorithm", tus.Algorithms)
	c.Set("Tus-Max-Size", strconv.FormatInt(h.Service.MaxBytes(), 10))
	return c.SendStatus(fiber.StatusNoContent)
}

func (h *handler) uploadCreate(c *fiber.Ctx) error {
	if c.Get("Upload-Defer-Length") != "" {
		return tus.ErrDefer.New()
	}
	length, err := tus.Number("Upload-Length", c.Get("Upload-Length"))
	if err != nil {
		return err
	}
	meta, err := tus.Metadata(c.Get("Upload-Metadata"))
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	in, err := h.Service.Announce(ctx, httpkit.Actor(ctx), media.NewIncoming{Org: actor.OrgID(meta["org"]), Name: meta["filename"], Length: length, SHA256: meta["sha256"]})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderLocation, uploadsPath+"/"+in.ID)
	expires(c, in)
	return c.SendStatus(fiber.StatusCreated)
}

// expires says until when the upload is kept (tus 1.0.0, expiration).
func expires(c *fiber.Ctx, in *media.Incoming) {
	c.Set("Upload-Expires", in.ExpiresAt.UTC().Format(http.TimeFormat))
}

// uploadID is the id in the address.
func uploadID(c *fiber.Ctx) (string, error) {
	if id := c.Params("id"); ids.Valid(id) {
		return id, nil
	}
	return "", media.ErrUploadNotFound.New()
}

func (h *handler) uploadOffset(c *fiber.Ctx) error {
	id, err := uploadID(c)
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	in, err := h.Service.Incoming(ctx, httpkit.Actor(ctx), id)
	if err != nil {
		return err
	}
	c.Set("Upload-Length", strconv.FormatInt(in.Length, 10))
	standing(c, in)
	return c.SendStatus(fiber.StatusOK)
}

// standing says how far the upload is, and what became of it.
func standing(c *fiber.Ctx, in *media.Incoming) {
	c.Set("Upload-Offset", strconv.FormatInt(in.Offset, 10))
	expires(c, in)
	if in.Asset != "" {
		c.Set("Asset-Id", in.Asset)
		c.Set("Asset-Created", strconv.FormatBool(in.Created))
	}
}

func (h *handler) uploadAppend(c *fiber.Ctx) error {
	id, err := uploadID(c)
	if err != nil {
		return err
	}
	if c.Get(fiber.HeaderContentType) != tus.Content {
		return tus.ErrBody.New()
	}
	offset, err := tus.Number("Upload-Offset", c.Get("Upload-Offset"))
	if err != nil {
		return err
	}
	sum, err := tus.ParseChecksum(c.Get("Upload-Checksum"))
	if err != nil {
		return err
	}
	p := media.Piece{Offset: offset, Length: int64(max(0, c.Request().Header.ContentLength())), Body: body(c)}
	if sum != nil {
		p.Sum, p.Hash = sum.Sum, sum.New
	}
	ctx := c.UserContext()
	in, err := h.Service.Append(ctx, httpkit.Actor(ctx), id, p)
	if err != nil {
		return err
	}
	standing(c, in)
	return c.SendStatus(fiber.StatusNoContent)
}

// uploadOverride does what the header says (tus 1.0.0, X-HTTP-Method-Override).
func (h *handler) uploadOverride(c *fiber.Ctx) error {
	switch c.Get("X-HTTP-Method-Override") {
	case http.MethodPatch:
		return h.uploadAppend(c)
	case http.MethodDelete:
		return h.uploadAbandon(c)
	}
	return tus.ErrHeader.New(fault.P("header", "X-HTTP-Method-Override"))
}

// body is the body of the request as it comes in; who sends nothing for too long
// has ended it.
func body(c *fiber.Ctx) io.Reader {
	stream := c.Context().RequestBodyStream()
	if stream == nil {
		return bytes.NewReader(nil)
	}
	return &patient{c: c, r: stream, until: time.Now().Add(uploadTime)}
}

type patient struct {
	c     *fiber.Ctx
	r     io.Reader
	until time.Time
}

// Read implements io.Reader. A connection that knows no deadlines (of a test) has
// none.
func (p *patient) Read(b []byte) (int, error) {
	at := time.Now().Add(pause)
	if at.After(p.until) {
		at = p.until
	}
	_ = p.c.Context().SetReadDeadline(at)
	return p.r.Read(b)
}

func (h *handler) uploadAbandon(c *fiber.Ctx) error {
	id, err := uploadID(c)
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	if err := h.Service.Abandon(ctx, httpkit.Actor(ctx), id); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
