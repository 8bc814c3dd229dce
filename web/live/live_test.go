package live

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
	"yijianyou/web/httpkit"
)

type thing struct {
	store.Meta `bson:",inline"`
	Secret     string `bson:"secret"`
}

var things = store.Define[thing](store.Spec{Name: "things", Schema: 1, Feed: true})

var keeper = actor.Actor{Kind: actor.Staff, ID: "keeper", Grants: []actor.Grant{{Role: actor.Keeper, Org: "a"}}}

// staffByKey lets the key "keeper" in.
type staffByKey struct{}

func (staffByKey) CookieName() string { return "session" }
func (staffByKey) Read(_ context.Context, cred httpkit.Credentials) (httpkit.SessionInfo, error) {
	if cred.Bearer != "keeper" {
		return httpkit.SessionInfo{}, httpkit.ErrUnauthenticated.New()
	}
	return httpkit.SessionInfo{Actor: keeper, ID: "keeper"}, nil
}

type world struct {
	t    *testing.T
	st   *store.Store
	hub  *Hub
	base string
	stop context.CancelFunc
	done chan error
}

func newWorld(t *testing.T, opts Options) *world {
	st := storetest.New(t, things)
	opts.Topics = []Topic{{Name: "things", Collections: []string{"things"}, Action: actor.RecordRead}, {Name: "levels", Public: true}}
	opts.Log = slog.New(slog.DiscardHandler)
	w := &world{t: t, st: st, hub: NewHub(st, opts), done: make(chan error, 1)}
	r := httpkit.New(httpkit.Options{Sessions: staffByKey{}, Log: opts.Log})
	Mount(r, w.hub)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w.base = "http://" + ln.Addr().String()
	served := make(chan error, 1)
	go func() { served <- r.App.Listener(ln) }()
	ctx, cancel := context.WithCancel(t.Context())
	w.stop = cancel
	go func() { w.done <- w.hub.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := r.App.ShutdownWithTimeout(10 * time.Second); err != nil {
			t.Error(err)
		}
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	for w.newest() == "" { // the hub has begun to follow when it knows the head
		select {
		case err := <-w.done:
			t.Fatal(err)
		default:
		}
	}
	return w
}

func (w *world) newest() string {
	w.hub.mu.Lock()
	defer w.hub.mu.Unlock()
	return w.hub.last
}

func (w *world) put(id string, org actor.OrgID) {
	w.t.Helper()
	err := w.st.Update(w.t.Context(), keeper, func(tx *store.Tx) error {
		return things.Put(tx, &thing{Meta: store.Meta{ID: id, Org: org}, Secret: "secret"})
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// stream is an open connection; lines come from next.
type stream struct {
	t   *testing.T
	res *http.Response
	in  *bufio.Reader
}

func (w *world) open(query, key, lastID string) *stream {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), "GET", w.base+"/api/v1/live"+query, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	if key != "" {
		req.Header.Set("Authorization", "Bearer "+key)
	}
	if lastID != "" {
		req.Header.Set("Last-Event-ID", lastID)
	}
	req.Header.Set("Accept-Language", "en")
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		w.t.Fatal(err)
	}
	s := &stream{t: w.t, res: res, in: bufio.NewReader(res.Body)}
	w.t.Cleanup(func() { _ = res.Body.Close() })
	return s
}

// next returns the next block of lines, up to an empty one; "" at the end.
func (s *stream) next() string {
	s.t.Helper()
	var b strings.Builder
	for {
		line, err := s.in.ReadString('\n')
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return ""
		}
		if err != nil {
			s.t.Fatal(err)
		}
		if line == "\n" {
			return b.String()
		}
		b.WriteString(line)
	}
}

func id(block string) string {
	_, rest, _ := strings.Cut(block, "id: ")
	line, _, _ := strings.Cut(rest, "\n")
	return line
}

func TestAListenerIsToldOfWhatItMaySee(t *testing.T) {
	w := newWorld(t, Options{})
	s := w.open("?topics=things", "keeper", "")
	if s.res.StatusCode != 200 || s.res.Header.Get("Content-Type") != "text/event-stream" || s.res.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %v", s.res.StatusCode, s.res.Header)
	}
	if hello := s.next(); !strings.Contains(hello, "retry: 3000") || id(hello) == "" {
		t.Errorf("hello %q", hello)
	}
	one := w.open("?topics=things/t3", "keeper", "")
	one.next()
	w.put("t1", "a")
	w.put("t2", "b") // another museum
	w.put("t3", "a")
	first, second := s.next(), s.next()
	for _, c := range []struct{ block, id string }{{first, "t1"}, {second, "t3"}, {one.next(), "t3"}} {
		if !strings.Contains(c.block, "event: change") || !strings.Contains(c.block, `"id":"`+c.id+`"`) || !strings.Contains(c.block, `"rev":1`) || strings.Contains(c.block, "secret") {
			t.Errorf("event %q, want %s", c.block, c.id)
		}
	}
	if err := w.hub.Publish("levels", "b", "area-1", map[string]int{"level": 3}); err != nil {
		t.Fatal(err)
	}
	back := w.open("?topics=things,levels", "keeper", id(first))
	back.next()
	if missed := back.next(); !strings.Contains(missed, `"id":"t3"`) {
		t.Errorf("missed %q", missed)
	}
	if err := w.hub.Publish("levels", "b", "area-1", map[string]int{"level": 4}); err != nil {
		t.Fatal(err)
	}
	if notice := back.next(); !strings.Contains(notice, "event: notice") || !strings.Contains(notice, `"level":4`) {
		t.Errorf("notice %q", notice)
	}
	lost := w.open("?topics=things", "keeper", "unknown.1")
	lost.next()
	if got := lost.next(); !strings.Contains(got, "event: resync") {
		t.Errorf("unknown id: %q", got)
	}
	w.stop()
	if got := s.next(); got != "" {
		t.Errorf("after the end: %q", got)
	}
	if err := <-w.done; err != nil {
		t.Error(err)
	}
	if got := w.open("?topics=things", "keeper", ""); got.res.StatusCode != 503 {
		t.Errorf("while stopping: %d", got.res.StatusCode)
	}
}

func TestWhoMayListen(t *testing.T) {
	w := newWorld(t, Options{PerClient: 2})
	for _, c := range []struct {
		query, key string
		status     int
		code       string
	}{
		{"?topics=levels", "", 200, ""},
		{"?topics=things", "", 401, "http.unauthenticated"},
		{"?topics=levels,things", "", 401, "http.unauthenticated"},
		{"?topics=nothing", "keeper", 422, "live.topic"},
		{"?topics=" + strings.Repeat("things,", 21), "keeper", 422, "live.topic"},
		{"", "keeper", 400, "http.required"},
		{"?topics=things", "keeper", 200, ""},
		{"?topics=things", "keeper", 200, ""},
		{"?topics=things", "keeper", 429, "live.listeners"},
	} {
		s := w.open(c.query, c.key, "")
		if s.res.StatusCode != c.status {
			t.Errorf("%s as %q: %d", c.query, c.key, s.res.StatusCode)
		}
		if c.code != "" {
			body, err := io.ReadAll(s.in)
			if err != nil || !strings.Contains(string(body), `"`+c.code+`"`) {
				t.Errorf("%s as %q: %s %v", c.query, c.key, body, err)
			}
		}
	}
}

func TestASlowListenerGetsOneResync(t *testing.T) {
	st := storetest.New(t, things)
	h := NewHub(st, Options{Queue: 4, Topics: []Topic{{Name: "levels", Public: true}}})
	l, err := h.listen(actor.Nobody(), "c", []string{"levels"}, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if err := h.Publish("levels", "", "x", 1); err != nil {
			t.Fatal(err)
		}
	}
	if len(l.queue) != 1 || (<-l.queue).name != "resync" {
		t.Errorf("queue of %d", len(l.queue))
	}
	if err := h.Publish("levels", "", "x", 2); err != nil || (<-l.queue).name != "notice" {
		t.Errorf("after the resync: %v", err)
	}
	h.leave(l)
	if len(h.listeners) != 0 || len(h.perClient) != 0 {
		t.Error("a listener that left is kept")
	}
	if err := h.Publish("nothing", "", "x", 1); err == nil {
		t.Error("published to no topic")
	}
}

func TestAStreamBeatsAndEnds(t *testing.T) {
	w := newWorld(t, Options{Heartbeat: 5 * time.Millisecond, MaxLife: 100 * time.Millisecond})
	s := w.open("?topics=levels", "", "")
	s.next()
	if beat := s.next(); !strings.HasPrefix(beat, ": beat") || id(beat) == "" {
		t.Errorf("beat %q", beat)
	}
	for s.next() != "" {
	}
}

func TestTheRingForgets(t *testing.T) {
	st := storetest.New(t, things)
	h := NewHub(st, Options{Ring: 4, Queue: 64, Topics: []Topic{{Name: "things", Collections: []string{"things"}, Public: true}}})
	for i := range 20 {
		h.tell(store.Change{Collection: "things", ID: "t", Token: store.Token{Epoch: "e", Pos: string(rune('a' + i))}})
	}
	if n := len(h.ring); n > 8 {
		t.Errorf("ring of %d", n)
	}
	for lastID, want := range map[string]string{"e.s": "change", "e.a": "resync", "e.t": ""} {
		l, err := h.listen(actor.Nobody(), "c", []string{"things"}, lastID, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(l.queue) > 0 {
			got = (<-l.queue).name
		}
		if got != want {
			t.Errorf("after %s: %q, want %q", lastID, got, want)
		}
	}
}

func TestATopicOfWhatIsNotInTheFeedIsAMistake(t *testing.T) {
	st := storetest.New(t, things)
	defer func() {
		if recover() == nil {
			t.Error("a topic that would never speak was taken")
		}
	}()
	NewHub(st, Options{Topics: []Topic{{Name: "others", Collections: []string{"others"}}}})
}
