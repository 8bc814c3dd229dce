package mediahttp

import (
	"sync"

	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/lru"
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
		c.Response().Header.SetCanonical(h[0], h[1])
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
	mu sync.Mutex
	by *lru.Cache[string, *reply]
}

func newReplies() *replies { return &replies{by: lru.New[string, *reply](maxReplies, nil)} }

// find returns what was answered at an address last, nil when that is forgotten. The
// caller looks whether it is of the version that holds now.
func (s *replies) find(at string) *reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, _ := s.by.Find(at)
	return a
}

func (s *replies) keep(at string, a *reply) {
	size := int64(len(a.Body) + replyOverhead)
	if size > maxReply {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.by.Put(at, a, size)
}
