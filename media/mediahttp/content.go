package mediahttp

import (
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/media/vtt"
	"yijianyou/web/httpkit"
)

// ContentPath is where a sound or film is played.
func ContentPath(id string) string { return "/api/v1/media/" + id + "/content" }

func (h *handler) mountContent(r *httpkit.Router) {
	id := param("id", "id of the asset")
	r.Plain(httpkit.Op{Method: "GET", Path: "/api/v1/media/{id}/content", ID: "media-content", Tag: "media", Stream: true, Wordless: true,
		Summary: "Play a sound or film: for everybody while a published record shows it, else for staff", Policy: httpkit.Public(), Faults: []*fault.Code{media.ErrNotFound}},
		&huma.Operation{Parameters: []*huma.Param{id, header("Range", false, "one range of bytes; several are answered with the whole (RFC 9110 §14.2)"), header("If-Range", false, "entity tag")},
			Responses: map[string]*huma.Response{"200": answer("the whole", "audio/*", "video/*"), "206": answer("the range", "audio/*", "video/*"),
				"416": told("There is no such range", "Content-Range")}}, h.content)
	path := "/api/v1/media/{id}/tracks/{kind}/{lang}"
	of := []*huma.Param{id, param("kind", "captions or transcript"), param("lang", "code of the language, such as zh")}
	match := header("If-Match", true, "entity tag of the asset")
	why := &huma.Param{Name: "reason", In: "query", Required: true, Description: "why; kept in the history", Schema: &huma.Schema{Type: "string"}}
	r.Plain(httpkit.Op{Method: "GET", Path: path, ID: "media-track", Tag: "media", Summary: "Captions or transcript of a sound or film", Policy: httpkit.Public(), Wordless: true,
		Faults: []*fault.Code{media.ErrNotFound, media.ErrTrackNotFound}},
		&huma.Operation{Parameters: of, Responses: map[string]*huma.Response{"200": answer("the text", "text/vtt", "text/plain")}}, h.track)
	body := map[string]*huma.MediaType{"text/vtt": {Schema: &huma.Schema{Type: "string"}}, "text/plain": {Schema: &huma.Schema{Type: "string"}}}
	r.Plain(httpkit.Op{Method: "PUT", Path: path, ID: "media-track-set", Tag: "media", Summary: "Write captions or a transcript", Policy: httpkit.Can(mediaWrite), MaxBody: vtt.MaxBytes + 1,
		Faults: []*fault.Code{media.ErrNotFound, media.ErrPolicyDenied, media.ErrTrackKind, media.ErrTrackLang, media.ErrTrackFormat, media.ErrTracks, vtt.ErrTime, vtt.ErrOrder}},
		&huma.Operation{Parameters: append(of[:3:3], match), RequestBody: &huma.RequestBody{Required: true, Content: body},
			Responses: map[string]*huma.Response{"204": told("Kept; ETag is that of the asset", "ETag")}}, h.setTrack)
	r.Plain(httpkit.Op{Method: "DELETE", Path: path, ID: "media-track-remove", Tag: "media", Summary: "Remove captions or a transcript; the history stays", Policy: httpkit.Can(mediaWrite),
		Faults: []*fault.Code{media.ErrNotFound, media.ErrTrackNotFound, media.ErrPolicyDenied, store.ErrReason}},
		&huma.Operation{Parameters: append(of[:3:3], match, why), Responses: map[string]*huma.Response{"204": told("Removed; ETag is that of the asset", "ETag")}}, h.removeTrack)
}

// content answers with a sound or film, whole or one range of it.
func (h *handler) content(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id := c.Params("id")
	if !ids.Valid(id) {
		return media.ErrNotFound.New()
	}
	k, err := h.Service.Content(ctx, httpkit.Actor(ctx), id)
	if err != nil {
		return err
	}
	share(c, k.Private)
	c.Set(fiber.HeaderAcceptRanges, "bytes")
	tag := `"` + k.Version() + `"`
	if httpkit.Unchanged(c, tag) {
		return nil
	}
	size := k.Asset.Bytes
	off, length, status := int64(0), size, http.StatusOK
	if asked := c.Get(fiber.HeaderRange); asked != "" && c.Method() == fiber.MethodGet && (c.Get(fiber.HeaderIfRange) == "" || c.Get(fiber.HeaderIfRange) == tag) {
		off, length, status = rangeOf(asked, size)
	}
	c.Status(status)
	switch status {
	case http.StatusRequestedRangeNotSatisfiable:
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes */%d", size))
		return nil
	case http.StatusPartialContent:
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes %d-%d/%d", off, off+length-1, size))
	}
	c.Set(fiber.HeaderContentType, k.Asset.Kind.MIME())
	if c.Method() == fiber.MethodHead {
		c.Response().SkipBody = true
		c.Response().Header.SetContentLength(int(length))
		return nil
	}
	r, err := k.Open(ctx, off, length)
	if err != nil {
		return err
	}
	c.Response().SetBodyStream(&playing{ReadCloser: r, conn: c.Context().Conn()}, int(length))
	return nil
}

// share says who may keep the answer and which pages may read it.
func share(c *fiber.Ctx, private bool) {
	if private {
		c.Set(fiber.HeaderCacheControl, privateAny)
		return
	}
	httpkit.LetAnywhere(c)
	c.Set(fiber.HeaderCacheControl, publicImage)
}

// rangeOf reads the header Range (RFC 9110 §14.1.2, §14.2). What is no range of
// bytes, or several, is as if it were not there.
func rangeOf(header string, size int64) (off, length int64, status int) {
	spec, ok := strings.CutPrefix(header, "bytes=")
	first, last, dash := strings.Cut(strings.TrimSpace(spec), "-")
	if !ok || !dash || strings.Contains(spec, ",") {
		return 0, size, http.StatusOK
	}
	number := func(s string) (int64, bool) {
		n, err := strconv.ParseUint(s, 10, 63)
		return int64(n), err == nil
	}
	from, isFrom := number(first)
	to, isTo := number(last)
	switch {
	case first == "" && isTo: // the last so many
		if to == 0 {
			return 0, 0, http.StatusRequestedRangeNotSatisfiable
		}
		from, to = max(0, size-to), size-1
	case !isFrom || last != "" && !isTo || last != "" && to < from:
		return 0, size, http.StatusOK
	case last == "":
		to = size - 1
	}
	if from >= size {
		return 0, 0, http.StatusRequestedRangeNotSatisfiable
	}
	to = min(to, size-1)
	return from, to - from + 1, http.StatusPartialContent
}

// playing gives a reader who takes something now and then as long as he likes: a
// film is fetched while it is watched.
type playing struct {
	io.ReadCloser
	conn net.Conn
}

// Read implements io.Reader.
func (p *playing) Read(b []byte) (int, error) {
	if p.conn != nil {
		_ = p.conn.SetWriteDeadline(time.Now().Add(playPause)) // a connection of a test has none
	}
	return p.ReadCloser.Read(b)
}

// playPause is how long a reader may take nothing, as one whose buffer is full.
const playPause = 5 * time.Minute

func (h *handler) track(c *fiber.Ctx) error {
	ctx := c.UserContext()
	t, private, err := h.Service.TrackOf(ctx, httpkit.Actor(ctx), c.Params("id"), media.TrackKind(c.Params("kind")), c.Params("lang"))
	if err != nil {
		return err
	}
	share(c, private)
	if httpkit.Unchanged(c, `"`+t.Track.Sum+`"`) {
		return nil
	}
	c.Set(fiber.HeaderContentType, t.Track.Format+"; charset=utf-8")
	c.Set(fiber.HeaderContentLanguage, t.Track.Lang)
	return c.SendString(t.Text)
}

func (h *handler) setTrack(c *fiber.Ctx) error {
	rev, err := httpkit.IfMatchInput{IfMatch: c.Get(fiber.HeaderIfMatch)}.Rev()
	if err != nil {
		return err
	}
	format, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil {
		return media.ErrTrackFormat.Wrap(err)
	}
	text, err := io.ReadAll(io.LimitReader(body(c), vtt.MaxBytes+1))
	if err != nil {
		return media.ErrInterrupted.Wrap(err)
	}
	ctx := c.UserContext()
	a, err := h.Service.SetTrack(ctx, httpkit.Actor(ctx), c.Params("id"), rev,
		media.NewTrack{Kind: media.TrackKind(c.Params("kind")), Lang: strings.Clone(c.Params("lang")), Format: format, Text: text, Reason: c.Query("reason")})
	return h.tracked(c, a, err)
}

func (h *handler) removeTrack(c *fiber.Ctx) error {
	rev, err := httpkit.IfMatchInput{IfMatch: c.Get(fiber.HeaderIfMatch)}.Rev()
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	a, err := h.Service.RemoveTrack(ctx, httpkit.Actor(ctx), c.Params("id"), rev, media.TrackKind(c.Params("kind")), c.Params("lang"), c.Query("reason"))
	return h.tracked(c, a, err)
}

// tracked is the answer after the tracks of an asset changed.
func (h *handler) tracked(c *fiber.Ctx, a *media.Asset, err error) error {
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderETag, httpkit.ETag(a.Rev, httpkit.StaffView, httpkit.Lang(c.UserContext())))
	return c.SendStatus(fiber.StatusNoContent)
}
