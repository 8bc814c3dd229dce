package notify

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"syscall"
)

// errPlace is that a name leads where webhooks may not go.
var errPlace = errors.New("notify: the address is not allowed")

// reserved are the special-purpose blocks that are not of the public internet
// (IANA registries after RFC 6890), beside those that netip knows by itself.
var reserved = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
)

// global6 is all of IPv6 that is given out; translated and other special addresses
// lie outside of it.
var global6 = netip.MustParsePrefix("2000::/3")

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// places says where connections may go.
type places struct {
	networks []netip.Prefix // beside the public internet
	selfOnly bool           // the machine itself only
}

// allows reports whether a connection to addr is allowed.
func (p places) allows(addr netip.Addr) bool {
	addr = addr.Unmap().WithZone("")
	if p.selfOnly && !addr.IsLoopback() {
		return false
	}
	for _, n := range p.networks {
		if n.Contains(addr) {
			return true
		}
	}
	if !addr.IsGlobalUnicast() || addr.IsPrivate() || addr.Is6() && !global6.Contains(addr) {
		return false
	}
	for _, n := range reserved {
		if n.Contains(addr) {
			return false
		}
	}
	return true
}

// check is net.Dialer.ControlContext: it sees the address that a name has led to,
// after every resolution and before anything is sent.
func (p places) check(_ context.Context, _, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %w", errPlace, err)
	}
	if !p.allows(to.Addr()) {
		return errPlace
	}
	return nil
}
