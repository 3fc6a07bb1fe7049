package serve

// Who comes without a key that is known is slowed down: the more often, the slower.

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"time"
)

const (
	freeTries = 3                      // from one address, before the first wait
	firstWait = 250 * time.Millisecond // doubled with each try
	mostWait  = 8 * time.Second
	forgetsIn = 10 * time.Minute
	mostTries = 10_000 // addresses that are kept in mind
)

// tries are the failed tries of late, by address.
type tries struct {
	lock sync.Mutex
	by   map[netip.Prefix]try
}

type try struct {
	count int
	last  time.Time
}

// add counts a try and says how long it has to wait.
func (t *tries) add(from netip.Prefix, now time.Time) time.Duration {
	t.lock.Lock()
	defer t.lock.Unlock()
	if t.by == nil || len(t.by) > mostTries {
		t.by = map[netip.Prefix]try{}
	}
	one := t.by[from]
	if now.Sub(one.last) > forgetsIn {
		one.count = 0
	}
	one.count++
	one.last = now
	t.by[from] = one
	if one.count <= freeTries {
		return 0
	}
	return min(firstWait<<min(one.count-freeTries-1, 10), mostWait)
}

// wait counts a try from an address and waits as long as it has to.
func (t *tries) wait(ctx context.Context, from net.Addr) {
	timer := time.NewTimer(t.add(network(from), time.Now()))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// network is an address as it counts: of IPv6 the 64 bits that one customer has.
func network(from net.Addr) netip.Prefix {
	tcp, ok := from.(*net.TCPAddr)
	if !ok {
		return netip.Prefix{}
	}
	address := tcp.AddrPort().Addr().Unmap()
	bits := address.BitLen()
	if address.Is6() {
		bits = 64
	}
	prefix, _ := address.WithZone("").Prefix(bits)
	return prefix
}
