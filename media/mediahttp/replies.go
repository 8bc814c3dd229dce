package mediahttp

import (
	"container/list"
	"sync"

	"github.com/gofiber/fiber/v2"

	"yijianyou/web/httpkit"
)

// reply is a picture as it leaves.
type reply struct {
	httpkit.Kept        // its Tag is "" for one by right of an account
	asset        string // id
	version      string // of the asset; "" for one by right of an account
}

// send answers c with a, or with 304 when the client has it already.
func (a *reply) send(c *fiber.Ctx) {
	for _, h := range a.Headers {
		c.Set(h[0], h[1])
	}
	if a.Tag == "" || !httpkit.Unchanged(c, a.Tag) {
		c.Response().SetBodyRaw(a.Body)
	}
}

const (
	maxReplies    = 64 << 20 // bytes of all that is kept
	maxReply      = 1 << 20  // bytes of one
	replyOverhead = 512      // bytes of an answer beside its body, about
)

// replies keeps what the public was given last, by the address that was asked, so
// that a tile or a thumbnail that everybody looks at is read or drawn once. Whoever
// finds one asks the rights and compares the version that they give: what was made
// of another is no answer any more. It is safe for concurrent use.
type replies struct {
	mu    sync.Mutex
	bytes int
	by    map[string]*list.Element // of *kept
	order *list.List               // most recently used first
}

type kept struct {
	at string
	*reply
}

func (k *kept) size() int { return len(k.Body) + replyOverhead }

func newReplies() *replies {
	return &replies{by: make(map[string]*list.Element), order: list.New()}
}

// find returns what was answered at an address last, nil when that is forgotten. The
// caller looks whether it is of the version that holds now.
func (s *replies) find(at string) *reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.by[at]
	if e == nil {
		return nil
	}
	s.order.MoveToFront(e)
	return e.Value.(*kept).reply
}

func (s *replies) keep(at string, a *reply) {
	k := &kept{at: at, reply: a}
	if k.size() > maxReply {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.by[at]; e != nil {
		s.drop(e)
	}
	s.by[at] = s.order.PushFront(k)
	s.bytes += k.size()
	for s.bytes > maxReplies {
		s.drop(s.order.Back())
	}
}

// drop forgets e; s.mu is held.
func (s *replies) drop(e *list.Element) {
	k := s.order.Remove(e).(*kept)
	delete(s.by, k.at)
	s.bytes -= k.size()
}
