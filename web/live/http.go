package live

import (
	"bufio"
	"net"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/web/httpkit"
)

// Mount declares GET /api/v1/live.
func Mount(r *httpkit.Router, h *Hub) {
	schema := r.Registry().Schema(reflect.TypeFor[changeData](), true, "LiveChange")
	one := 1
	r.Plain(httpkit.Op{Method: "GET", Path: "/api/v1/live", ID: "live", Tag: "live", Stream: true, Policy: httpkit.Public(),
		Summary: "Server-sent events: which records of the topics change", Faults: []*fault.Code{ErrTopic, ErrListeners, ErrClosing}},
		&huma.Operation{
			Description: "Each topic has a policy of its own. The stream ends after some minutes; a browser comes back with Last-Event-ID. " +
				"The event resync asks to read everything again.",
			Parameters: []*huma.Param{
				{Name: "topics", In: "query", Required: true, Description: "names separated by commas, such as relics,imports/ID",
					Schema: &huma.Schema{Type: "string", MinLength: &one}},
				{Name: "Last-Event-ID", In: "header", Schema: &huma.Schema{Type: "string"}},
			},
			Responses: map[string]*huma.Response{"200": {Description: "a stream without end", Content: map[string]*huma.MediaType{
				"text/event-stream": {Schema: &huma.Schema{Type: "string", Description: "data of an event change: LiveChange",
					Extensions: map[string]any{"x-event-data": schema.Ref}}}}}},
		},
		func(c *fiber.Ctx) error { return h.serve(c) })
}

func (h *Hub) serve(c *fiber.Ctx) error {
	ctx := c.UserContext()
	if c.Method() == fiber.MethodHead {
		c.Set(fiber.HeaderContentType, "text/event-stream")
		return nil
	}
	var topics []string
	for _, t := range strings.Split(c.Query("topics"), ",") {
		if t = strings.TrimSpace(t); t != "" {
			topics = append(topics, t)
		}
	}
	if len(topics) == 0 {
		return httpkit.Malformed(httpkit.ErrRequired.At("query.topics"))
	}
	by, client := httpkit.Actor(ctx), "address "+httpkit.ClientNetwork(httpkit.Address(ctx))
	if by.Kind == actor.Staff {
		client = "account " + by.ID
	}
	l, err := h.listen(by, client, topics, c.Get("Last-Event-ID"), func() error {
		if by.Kind != actor.Staff {
			return httpkit.ErrUnauthenticated.New()
		}
		return httpkit.ErrDenied.New()
	})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/event-stream")
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set("X-Accel-Buffering", "no") // nginx would hold events back
	conn := c.Context().Conn()
	c.Context().SetBodyStreamWriter(func(w *bufio.Writer) { h.stream(l, w, conn) })
	return nil
}

// stream writes events until the listener goes, the hub closes or the stream
// has lived long enough.
func (h *Hub) stream(l *listener, w *bufio.Writer, conn net.Conn) {
	defer h.leave(l)
	beat := time.NewTicker(h.opts.Heartbeat)
	defer beat.Stop()
	end := time.NewTimer(h.opts.MaxLife)
	defer end.Stop()
	write := func(lines ...string) bool {
		// A listener that takes nothing for so long is gone; the deadline of the
		// server is for whole answers and would end every stream.
		if conn.SetWriteDeadline(time.Now().Add(4*h.opts.Heartbeat)) != nil {
			return false
		}
		for _, s := range lines {
			if _, err := w.WriteString(s); err != nil {
				return false
			}
		}
		return w.Flush() == nil
	}
	if !write("retry: 3000\n", idLine(h.newest(l)), "\n") {
		return
	}
	for {
		select {
		case ev := <-l.queue:
			if !write(idLine(ev.token), "event: ", ev.name, "\ndata: ", string(ev.data), "\n\n") {
				return
			}
		case <-beat.C:
			if !write(": beat\n", idLine(h.newest(l)), "\n") {
				return
			}
		case <-l.done:
			return
		case <-end.C:
			return
		}
	}
}

func idLine(token string) string {
	if token == "" {
		return ""
	}
	return "id: " + token + "\n"
}
