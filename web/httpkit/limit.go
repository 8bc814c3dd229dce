package httpkit

import (
	"net/netip"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/fault"
	"yijianyou/internal/lru"
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
	tokens float64
	at     time.Time
}

// buckets are token buckets by the network of a client. Safe for concurrent use.
type buckets struct {
	rate Rate
	mu   sync.Mutex
	by   *lru.Cache[netip.Addr, *bucket]
}

func newBuckets(rate Rate) *buckets {
	if rate.Now == nil {
		rate.Now = time.Now
	}
	return &buckets{rate: rate, by: lru.New[netip.Addr, *bucket](maxBuckets, nil)}
}

// take takes one token of a client. Without one it returns how long to wait.
func (b *buckets) take(client netip.Addr) (time.Duration, bool) {
	now := b.rate.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	bk, ok := b.by.Find(network(client))
	if !ok {
		bk = &bucket{tokens: float64(b.rate.Burst), at: now}
		b.by.Put(network(client), bk, 1)
	}
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

// network is what counts as one client: an IPv4 address, or the first 64 bits of an
// IPv6 address.
func network(addr netip.Addr) netip.Addr {
	if !addr.Is6() {
		return addr
	}
	p, err := addr.Prefix(64)
	if err != nil {
		return addr
	}
	return p.Addr()
}

// ClientNetwork names what counts as one client: an IPv4 address, or the network
// of the first 64 bits of an IPv6 address.
func ClientNetwork(address string) string {
	addr, err := netip.ParseAddr(address)
	if err != nil || addr.Is4() {
		return address
	}
	return netip.PrefixFrom(network(addr), 64).String()
}

func rateLimit(opts Options) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if opts.buckets == nil || probe(c) {
			return c.Next()
		}
		wait, ok := opts.buckets.take(senderOf(c.UserContext()).client)
		if ok {
			return c.Next()
		}
		seconds := int(wait/time.Second) + 1
		return &WaitError{Err: ErrRate.New(fault.P("seconds", seconds)), Seconds: seconds}
	}
}
