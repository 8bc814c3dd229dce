package httpkit

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// ProblemType is the media type of a problem answer (RFC 9457).
const ProblemType = "application/problem+json"

// Problem is the answer to a request that failed. Clients branch on Code; the
// texts are in the reader's language.
type Problem struct {
	Type      string         `json:"type" doc:"urn:yijianyou:problem: followed by the code" example:"urn:yijianyou:problem:store.not_found"`
	Title     string         `json:"title" doc:"the class of the problem, in the reader's language"`
	Status    int            `json:"status" doc:"HTTP status" example:"404"`
	Detail    string         `json:"detail" doc:"what is wrong and how to mend it, in the reader's language"`
	Code      string         `json:"code" doc:"stable code to branch on" example:"store.not_found"`
	RequestID string         `json:"requestId" doc:"give this to the administrator"`
	Fields    []ProblemField `json:"fields" nullable:"false" doc:"the members of the request that are at fault, may be empty"`
}

// ProblemField says that one member of the request is at fault.
type ProblemField struct {
	Path    string `json:"path" doc:"JSON path in the body, or query.NAME, path.NAME, header.NAME" example:"name.zh"`
	Code    string `json:"code" doc:"stable code to branch on"`
	Message string `json:"message" doc:"in the reader's language"`
}

var kindTitles = map[fault.Kind][2]string{
	fault.Internal:             {"内部错误", "Internal error"},
	fault.Invalid:              {"内容有误", "Invalid input"},
	fault.NotFound:             {"没有找到", "Not found"},
	fault.Conflict:             {"状态冲突", "Conflict"},
	fault.Denied:               {"没有权限", "Not allowed"},
	fault.Unauthenticated:      {"需要登录", "Login required"},
	fault.TooLarge:             {"内容过大", "Too large"},
	fault.TooMany:              {"过于频繁", "Too many requests"},
	fault.Unavailable:          {"暂时不可用", "Not available"},
	fault.PreconditionRequired: {"缺少前提", "Precondition required"},
	fault.Stale:                {"版本已旧", "Out of date"},
	fault.Unsupported:          {"类型不支持", "Not supported"},
	fault.Unknown:              {"结果未知", "Outcome unknown"},
}

// NewProblem makes the public form of err in lang, for an answer that holds
// several. Nothing of an error without a code is in it. Its status is that of the
// kind, whatever Router.Answer said.
func NewProblem(err error, lang fault.Lang, requestID string) Problem {
	return newProblem(err, lang, requestID, nil)
}

func newProblem(err error, lang fault.Lang, requestID string, by statuses) Problem {
	f := fault.Of(err)
	p := Problem{
		Type:      "urn:yijianyou:problem:" + f.Code().ID(),
		Title:     kindTitles[f.Kind()][lang],
		Status:    by.of(f.Code()),
		Detail:    f.Text(lang),
		Code:      f.Code().ID(),
		RequestID: requestID,
		Fields:    []ProblemField{},
	}
	for _, fd := range f.Fields() {
		p.Fields = append(p.Fields, ProblemField{Path: fd.Path, Code: fd.Code.ID(), Message: fd.Text(lang)})
	}
	return p
}

// RetryAfter lets an error say how many seconds the client should wait; the
// answer then carries a Retry-After header.
type RetryAfter interface{ RetryAfterSeconds() int }

// WaitError is a fault of kind TooMany (or Unavailable) with the time to wait.
type WaitError struct {
	Err     error
	Seconds int
}

// Error returns the words of the fault, for the log.
func (e *WaitError) Error() string { return e.Err.Error() }

// Unwrap returns the fault.
func (e *WaitError) Unwrap() error { return e.Err }

// RetryAfterSeconds implements RetryAfter.
func (e *WaitError) RetryAfterSeconds() int { return e.Seconds }

// drained is how much of a refused body is read and thrown away.
const drained = 64 << 20

// drain reads what a client is still sending, within bounds. A connection that
// is closed on unread bytes is reset, and the client sees that instead of the
// answer which says why.
func drain(c *fiber.Ctx) {
	if stream := c.Context().RequestBodyStream(); stream != nil {
		_, _ = io.CopyN(io.Discard, stream, drained) // an error is the end of it
	}
}

// writeProblem replaces the answer of c by the problem of err. It returns the
// status. Errors that are ours (5xx) are logged with their cause, as a warning when
// there is none: that something is not ready yet is an answer and no trouble.
func writeProblem(c *fiber.Ctx, opts Options, err error) int {
	err = classify(c, err)
	ctx := c.UserContext()
	id := RequestID(ctx)
	if id == "" { // refused before the middleware, such as headers that are too large
		id = ids.New()
		c.Set(fiber.HeaderXRequestID, id)
	}
	p := newProblem(err, Lang(ctx), id, opts.statuses)
	if p.Status >= 500 {
		level := slog.LevelError
		if f := fault.Of(err); f.Kind() == fault.Unavailable && errors.Unwrap(f) == nil {
			level = slog.LevelWarn
		}
		opts.Log.Log(ctx, level, "request failed", "requestId", p.RequestID, "method", c.Method(), "route", routeLabel(c),
			"code", p.Code, "error", err.Error())
	}
	body, jsonErr := json.Marshal(p)
	if jsonErr != nil { // strings and ints only: cannot happen
		body = []byte(`{}`)
	}
	res := c.Response()
	allow := string(res.Header.Peek(fiber.HeaderAllow))
	res.ResetBody()
	for _, h := range []string{fiber.HeaderETag, fiber.HeaderContentEncoding, fiber.HeaderLocation, fiber.HeaderContentDisposition, fiber.HeaderLastModified} {
		res.Header.Del(h)
	}
	if p.Status == 405 && allow != "" {
		c.Set(fiber.HeaderAllow, allow)
	}
	if p.Status == 413 || p.Status == 411 || p.Status == 408 {
		drain(c)
		res.SetConnectionClose() // the rest of the body is not worth reading
	}
	wait := 0
	var ra RetryAfter
	switch {
	case errors.As(err, &ra):
		wait = ra.RetryAfterSeconds()
	case p.Status == 429 || p.Status == 503:
		wait = 5
	}
	if wait > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(wait))
	}
	if p.Status == 401 {
		c.Set(fiber.HeaderWWWAuthenticate, challenge(c))
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentType, ProblemType)
	c.Set(fiber.HeaderContentLanguage, Lang(ctx).String())
	c.Status(p.Status)
	res.SetBodyRaw(body)
	return p.Status
}

// challenge says how to prove who one is (RFC 9110 §11.6.1).
func challenge(c *fiber.Ctx) string {
	if rt, ok := c.Locals(localRoute).(*route); ok && rt.op.Policy.basic {
		return `Basic realm="yijianyou", charset="UTF-8"`
	}
	return `Bearer realm="yijianyou"`
}

// classify turns errors of Fiber and of a stale If-Match into faults.
func classify(c *fiber.Ctx, err error) error {
	if errors.Is(err, store.ErrConflict) && c.Get(fiber.HeaderIfMatch) != "" {
		return ErrStale.Wrap(err)
	}
	var f *fault.Fault
	var fe *fiber.Error
	if errors.As(err, &f) || !errors.As(err, &fe) {
		return err
	}
	switch fe.Code {
	case fiber.StatusNotFound:
		return ErrNoRoute.Wrap(err)
	case fiber.StatusMethodNotAllowed:
		return ErrMethod.Wrap(err)
	case fiber.StatusRequestEntityTooLarge:
		return ErrTooLarge.Wrap(err, fault.P("max", defaultMaxBody))
	case fiber.StatusRequestHeaderFieldsTooLarge:
		return ErrHeaders.Wrap(err)
	case fiber.StatusRequestTimeout:
		return ErrSlow.Wrap(err)
	case fiber.StatusUnsupportedMediaType:
		return ErrMediaType.Wrap(err, fault.P("expected", "application/json"))
	}
	if fe.Code >= 400 && fe.Code < 500 {
		return ErrURI.Wrap(err)
	}
	return err
}
