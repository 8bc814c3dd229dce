package live

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// What can go wrong with listening.
var (
	ErrTopic = fault.Define(fault.Invalid, "live.topic",
		"没有这个主题，或主题过多（最多 {max} 个）。", "There is no such topic, or too many of them (at most {max}).")
	ErrListeners = fault.Define(fault.TooMany, "live.listeners",
		"实时连接过多。请关闭其他页面后重试。", "Too many live connections. Close other pages and try again.")
	ErrClosing = fault.Define(fault.Unavailable, "live.closing",
		"服务正在停止。请稍后重连。", "The server is stopping. Connect again later.")
)

// Topic is something to listen to. A topic "imports" is also known as
// "imports/ID" for the changes of one record.
type Topic struct {
	Name        string       // lower-case letters and hyphens
	Collections []string     // whose changes it tells; none for a topic that only Publish feeds
	Action      actor.Action // what a listener must be allowed to do in the organisation of the record
	Public      bool         // everybody may listen, to every organisation; Action is then not asked
}

// Options of a Hub.
type Options struct {
	Topics     []Topic
	Queue      int           // events that may wait for one listener; 0 means 64
	Listeners  int           // at most at once; 0 means 2000
	PerClient  int           // at most from one account, or one address of the public; 0 means 12
	Heartbeat  time.Duration // 0 means 15 s
	MaxLife    time.Duration // of one stream; 0 means 5 min
	Ring       int           // recent events kept for those who come back; 0 means 1024
	RetryAfter time.Duration // pause after the feed failed; 0 means 1 s
	Log        *slog.Logger  // nil means slog.Default()
}

// event is one line of the feed, or of Publish.
type event struct {
	topic string
	id    string // of the record, or what Publish said
	org   actor.OrgID
	name  string // "change", "notice", "resync"
	token string // "" for events that are not of the feed
	data  []byte // JSON
}

// Hub joins the feed with the listeners. It is safe for concurrent use.
type Hub struct {
	st     *store.Store
	opts   Options
	byName map[string]Topic
	byColl map[string][]string // collection -> names of topics

	mu        sync.Mutex
	closed    bool
	listeners map[*listener]bool
	perClient map[string]int
	ring      []event // oldest first
	last      string  // token of the newest event
}

// NewHub panics when a topic is declared twice, or tells the changes of a
// collection that is not fed.
func NewHub(st *store.Store, opts Options) *Hub {
	setDefault(&opts.Queue, 64)
	setDefault(&opts.Listeners, 2000)
	setDefault(&opts.PerClient, 12)
	setDefault(&opts.Heartbeat, 15*time.Second)
	setDefault(&opts.MaxLife, 5*time.Minute)
	setDefault(&opts.Ring, 1024)
	setDefault(&opts.RetryAfter, time.Second)
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	h := &Hub{st: st, opts: opts, byName: map[string]Topic{}, byColl: map[string][]string{},
		listeners: map[*listener]bool{}, perClient: map[string]int{}}
	fed := make(map[string]bool)
	for _, spec := range st.Specs() {
		fed[spec.Name] = spec.Feed
	}
	for _, t := range opts.Topics {
		if _, twice := h.byName[t.Name]; twice {
			panic("live: topic " + t.Name + " is declared twice")
		}
		h.byName[t.Name] = t
		for _, c := range t.Collections {
			if !fed[c] {
				panic("live: the changes of " + c + " are not in the feed")
			}
			h.byColl[c] = append(h.byColl[c], t.Name)
		}
	}
	return h
}

func setDefault[T int | time.Duration](v *T, def T) {
	if *v == 0 {
		*v = def
	}
}

// Run follows the feed until ctx ends, and then ends every stream.
func (h *Hub) Run(ctx context.Context) error {
	defer h.close()
	var at store.Token
	for ctx.Err() == nil {
		err := h.follow(ctx, &at)
		switch {
		case ctx.Err() != nil:
		case errors.Is(err, store.ErrEpoch):
			at = store.Token{}
			h.resync()
		default:
			h.opts.Log.WarnContext(ctx, "live feed interrupted", "error", err.Error())
			select {
			case <-ctx.Done():
			case <-time.After(h.opts.RetryAfter):
			}
		}
	}
	return nil
}

// follow reads changes after at, or from now on when at is zero, until
// something fails.
func (h *Hub) follow(ctx context.Context, at *store.Token) error {
	if *at == (store.Token{}) {
		head, err := h.st.Head(ctx)
		if err != nil {
			return err
		}
		*at = head
		h.mu.Lock()
		h.last = tokenText(head)
		h.ring = append(h.ring, event{token: h.last}) // of no topic: only a place to come back to
		h.mu.Unlock()
	}
	for {
		if err := h.st.Wait(ctx, *at); err != nil {
			return err
		}
		changes, err := h.st.Changes(ctx, *at, 256)
		if err != nil {
			return err
		}
		for _, ch := range changes {
			h.tell(ch)
			*at = ch.Token
		}
	}
}

type changeData struct {
	Topic string      `json:"topic"`
	ID    string      `json:"id"`
	Org   actor.OrgID `json:"org"`
	Rev   int64       `json:"rev"`
	Op    string      `json:"op" enum:"put,delete"`
	At    time.Time   `json:"at"`
}

// tell sends a change to the topics of its collection.
func (h *Hub) tell(ch store.Change) {
	op := "put"
	if ch.Op == store.OpDelete {
		op = "delete"
	}
	topics := h.byColl[ch.Collection]
	if len(topics) == 0 {
		return
	}
	token := tokenText(ch.Token)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last = token
	for _, topic := range topics {
		data, err := json.Marshal(changeData{Topic: topic, ID: ch.ID, Org: ch.Org, Rev: ch.Rev, Op: op, At: ch.At})
		if err != nil {
			h.opts.Log.Error("live event not written", "topic", topic, "error", err.Error())
			continue
		}
		h.send(event{topic: topic, id: ch.ID, org: ch.Org, name: "change", token: token, data: data})
	}
}

// Publish tells the listeners of a topic on this node something that is no
// change of a record, such as the progress of a job. data must hold nothing
// that a listener of the topic in org may not see. A missed notice is not
// repeated.
func (h *Hub) Publish(topic string, org actor.OrgID, id string, data any) error {
	if _, ok := h.byName[topic]; !ok {
		return fmt.Errorf("live: no topic %q", topic)
	}
	raw, err := json.Marshal(struct {
		Topic string      `json:"topic"`
		ID    string      `json:"id"`
		Org   actor.OrgID `json:"org"`
		Data  any         `json:"data"`
	}{topic, id, org, data})
	if err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.send(event{topic: topic, id: id, org: org, name: "notice", data: raw})
	return nil
}

// send puts ev into the ring and into the queues of those who want it. The
// caller holds mu.
func (h *Hub) send(ev event) {
	if ev.token != "" {
		h.ring = append(h.ring, ev)
		if len(h.ring) > 2*h.opts.Ring { // cut now and then, not each time
			h.ring = append([]event(nil), h.ring[len(h.ring)-h.opts.Ring:]...)
		}
	}
	for l := range h.listeners {
		if h.wants(l, ev) {
			l.put(ev)
		}
	}
}

// resync tells everybody to read everything again.
func (h *Hub) resync() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ring = nil
	for l := range h.listeners {
		l.put(resyncEvent)
	}
}

var resyncEvent = event{name: "resync", data: []byte("{}")}

func (h *Hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for l := range h.listeners {
		close(l.done)
		delete(h.listeners, l)
	}
}

// wants reports whether l listens to ev and may.
func (h *Hub) wants(l *listener, ev event) bool {
	if !l.topics[ev.topic] && !l.topics[ev.topic+"/"+ev.id] {
		return false
	}
	t := h.byName[ev.topic]
	return t.Public || l.by.Can(t.Action, ev.org)
}

// listener is one open stream.
type listener struct {
	by     actor.Actor
	client string // account, or address of the public
	topics map[string]bool
	queue  chan event
	done   chan struct{}
}

// put queues ev; a full queue is emptied for one resync. Only the hub puts,
// under its mutex.
func (l *listener) put(ev event) {
	select {
	case l.queue <- ev:
		return
	default:
	}
	for {
		select {
		case <-l.queue:
			continue
		default:
		}
		break
	}
	l.queue <- resyncEvent // the queue holds one at least, and only the hub fills it
}

const maxTopics = 20

// listen registers a stream. lastID is the Last-Event-ID, "" for a new one. The
// missed events are already in the queue.
//
// Errors: ErrTopic, the policy of a topic, ErrListeners, ErrClosing.
func (h *Hub) listen(by actor.Actor, client string, topics []string, lastID string, denied func() error) (*listener, error) {
	l := &listener{by: by, client: client, topics: map[string]bool{}, queue: make(chan event, h.opts.Queue), done: make(chan struct{})}
	for _, name := range topics {
		base, _, _ := strings.Cut(name, "/")
		t, ok := h.byName[base]
		if !ok || len(topics) > maxTopics || len(name) > 120 {
			return nil, fault.InvalidFields([]fault.Field{ErrTopic.At("query.topics", fault.P("max", maxTopics))})
		}
		if !t.Public && !by.CanSomewhere(t.Action) {
			return nil, denied()
		}
		l.topics[name] = true
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.closed:
		return nil, ErrClosing.New()
	case len(h.listeners) >= h.opts.Listeners || h.perClient[client] >= h.opts.PerClient:
		return nil, ErrListeners.New()
	}
	if lastID != "" && lastID != h.last {
		h.replay(l, lastID)
	}
	h.listeners[l] = true
	h.perClient[client]++
	return l, nil
}

// replay queues what came after lastID, or a resync when that is not known.
func (h *Hub) replay(l *listener, lastID string) {
	for i, known := range h.ring {
		if known.token != lastID {
			continue
		}
		// A change that stands in two topics may be told again; never too little.
		for _, ev := range h.ring[i+1:] {
			if h.wants(l, ev) {
				l.put(ev)
			}
		}
		return
	}
	l.put(resyncEvent)
}

func (h *Hub) leave(l *listener) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.listeners, l)
	if h.perClient[l.client]--; h.perClient[l.client] <= 0 {
		delete(h.perClient, l.client)
	}
}

// newest returns the token that a stream has reached when its queue is empty.
func (h *Hub) newest(l *listener) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(l.queue) > 0 {
		return ""
	}
	return h.last
}

// tokenText is a token as an event id: one line without a NUL.
func tokenText(t store.Token) string { return t.Epoch + "." + t.Pos }
