package httpkit

import (
	"container/list"
	"net/netip"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/fault"
)

// Rate is how many requests one client address may send: Burst at once, then
// PerSecond. The zero value is no limit.
type Rate struct {
	PerSecond float64
	Burst     int
	Now       func() time.Time // nil means time.Now
}

// maxBuckets bounds the memory: the address that was quiet the longest is
// forgotten first.
const maxBuckets = 65536

type bucket struct {
	key    string
	tokens float64
	at     time.Time
}

// buckets are token buckets by address. Safe for concurrent use.
type buckets struct {
	rate  Rate
	mu    sync.Mutex
	byKey map[string]*list.Element
	order *list.List // most recent first
}

func newBuckets(rate Rate) *buckets {
	if rate.Now == nil {
		rate.Now = time.Now
	}
	return &buckets{rate: rate, byKey: make(map[string]*list.Element), order: list.New()}
}

// take takes one token of key. Without one it returns how long to wait.
func (b *buckets) take(key string) (time.Duration, bool) {
	now := b.rate.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	el, ok := b.byKey[key]
	if !ok {
		if b.order.Len() >= maxBuckets {
			last := b.order.Back()
			delete(b.byKey, last.Value.(*bucket).key)
			b.order.Remove(last)
		}
		el = b.order.PushFront(&bucket{key: key, tokens: float64(b.rate.Burst), at: now})
		b.byKey[key] = el
	} else {
		b.order.MoveToFront(el)
	}
	bk := el.Value.(*bucket)
	if gone := now.Sub(bk.at); gone > 0 {
		bk.tokens = min(float64(b.rate.Burst), bk.tokens+gone.Seconds()*b.rate.PerSecond)
		bk.at = now
	}
	if bk.tokens < 1 {
		return time.Duration((1 - bk.tokens) / b.rate.PerSecond * float64(time.Second)), false
	}
	bk.tokens--
	return 0, true
}

// ClientNetwork is what counts as one client: an IPv4 address, or the network
// of the first 64 bits of an IPv6 address.
func ClientNetwork(address string) string {
	addr, err := netip.ParseAddr(address)
	if err != nil || addr.Is4() {
		return address
	}
	p, err := addr.Prefix(64)
	if err != nil {
		return address
	}
	return p.String()
}

func rateLimit(opts Options) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if opts.buckets == nil || probe(c) {
			return c.Next()
		}
		wait, ok := opts.buckets.take(ClientNetwork(Address(c.UserContext())))
		if ok {
			return c.Next()
		}
		seconds := int(wait/time.Second) + 1
		return &WaitError{Err: ErrRate.New(fault.P("seconds", seconds)), Seconds: seconds}
	}
}
