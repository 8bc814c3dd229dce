package sensors

import (
	"hash/maphash"
	"net/netip"
	"sync"
	"time"
)

// How often logins may fail: from one address under one name, and from one
// address under names that have never come in from there. Many devices of a
// house share an address, so one with a wrong secret must not lock out the
// others.
const (
	gateShards  = 64
	gateEntries = 1024 // of a shard

	nameBurst    = 10
	namePerS     = 1.0 / 6
	addressBurst = 100
	addressPerS  = 1.0
)

// gate counts failed logins. Its locks are many and held for a moment each.
type gate struct {
	seed   maphash.Seed
	shards [gateShards]gateShard
}

type gateShard struct {
	mu      sync.Mutex
	entries map[string]*attempts
}

// attempts is a bucket of logins that may fail.
type attempts struct {
	left   float64
	at     time.Time // when left was right
	proven bool      // one has succeeded
}

func newGate() *gate { return &gate{seed: maphash.MakeSeed()} }

// take counts a login as failed before it is looked at; false when it is not to
// be looked at.
func (g *gate) take(address, name string, now time.Time) bool {
	house := network(address)
	ok, proven := g.draw(house+" "+name, now, nameBurst, namePerS)
	if !ok || proven {
		return ok
	}
	ok, _ = g.draw(house, now, addressBurst, addressPerS)
	return ok
}

// giveBack takes back what take counted: the login succeeded, or nobody could
// tell.
func (g *gate) giveBack(address, name string, succeeded bool) {
	house := network(address)
	if !g.add(house+" "+name, succeeded) {
		g.add(house, false)
	}
}

func (g *gate) draw(key string, now time.Time, burst, perS float64) (ok, proven bool) {
	shard := g.shard(key)
	shard.mu.Lock()
	defer shard.mu.Unlock()
	a := shard.entries[key]
	if a == nil {
		a = &attempts{left: burst, at: now}
		shard.put(key, a)
	}
	if passed := now.Sub(a.at).Seconds(); passed > 0 {
		a.left, a.at = min(burst, a.left+passed*perS), now
	}
	if a.left < 1 {
		return false, a.proven
	}
	a.left--
	return true, a.proven
}

// add gives one back and returns whether the key was proven before.
func (g *gate) add(key string, proven bool) (was bool) {
	shard := g.shard(key)
	shard.mu.Lock()
	defer shard.mu.Unlock()
	a := shard.entries[key]
	if a == nil {
		return false
	}
	was = a.proven
	a.left++
	a.proven = was || proven
	return was
}

func (g *gate) shard(key string) *gateShard {
	return &g.shards[maphash.String(g.seed, key)%gateShards]
}

// put adds an entry; a full shard forgets one that was never proven, any when
// all were.
func (s *gateShard) put(key string, a *attempts) {
	if s.entries == nil {
		s.entries = make(map[string]*attempts)
	}
	if len(s.entries) >= gateEntries {
		victim := ""
		for k, e := range s.entries {
			if victim = k; !e.proven {
				break
			}
		}
		delete(s.entries, victim)
	}
	s.entries[key] = a
}

// network is what an address counts as: itself, or the /64 of an IPv6 one,
// which is what one house gets.
func network(address string) string {
	addr, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	addr = addr.Unmap().WithZone("")
	if addr.Is4() {
		return addr.String()
	}
	return netip.PrefixFrom(addr, 64).Masked().String()
}
