package main

// Rounds with a hub: two servers on one PostgreSQL, to which laptops come as they like. The
// lines between servers and hub break at any byte, too.

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"doppelpass/store"
	"doppelpass/store/hub"
	"doppelpass/store/wire"
)

// Home is a hub that is laid out and empty. Nil: the server gives numbers itself.
type Home struct {
	Gate    *Gate
	Address hub.Address // through the gate
}

// Gate is a way to PostgreSQL that can be cut.
type Gate struct {
	listener net.Listener
	target   string
	left     atomic.Int64 // bytes until every line breaks; negative: none does

	lock sync.Mutex
	open map[net.Conn]bool
}

// NewGate opens a gate to a target.
func NewGate(target string) (*Gate, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	g := &Gate{listener: listener, target: target, open: map[net.Conn]bool{}}
	g.left.Store(-1)
	go func() {
		for {
			in, err := listener.Accept()
			if err != nil {
				return
			}
			go g.carry(in)
		}
	}()
	return g, nil
}

// Port is where it is.
func (g *Gate) Port() int { return g.listener.Addr().(*net.TCPAddr).Port }

// Close closes it.
func (g *Gate) Close() {
	_ = g.listener.Close()
	g.drop()
}

// cut breaks all lines after so many bytes; negative: never.
func (g *Gate) cut(after int64) { g.left.Store(after) }

func (g *Gate) drop() {
	g.lock.Lock()
	defer g.lock.Unlock()
	for c := range g.open {
		_ = c.Close()
	}
}

func (g *Gate) carry(in net.Conn) {
	out, err := net.Dial("tcp", g.target)
	if err != nil {
		_ = in.Close()
		return
	}
	g.lock.Lock()
	g.open[in], g.open[out] = true, true
	g.lock.Unlock()
	var both sync.WaitGroup
	both.Go(func() { g.pass(out, in) })
	both.Go(func() { g.pass(in, out) })
	both.Wait()
	g.lock.Lock()
	delete(g.open, in)
	delete(g.open, out)
	g.lock.Unlock()
}

func (g *Gate) pass(to, from net.Conn) {
	defer to.Close()
	defer from.Close()
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if g.left.Load() >= 0 {
			if left := g.left.Add(-int64(n)); left < 0 {
				g.left.Store(0)
				_, _ = to.Write(buffer[:max(n+int(left), 0)])
				g.drop()
				return
			}
		}
		if _, failed := to.Write(buffer[:n]); err != nil || failed != nil {
			return
		}
	}
}

// serves makes of a seat a server.
func (w *world) serves(s *seat) {
	s.wire = &wire.Server{Store: s.Store}
	if w.Home != nil {
		s.member = hub.NewMember(s.Store, w.Home.Address, time.Now)
		s.SetHome(s.member)
		s.wire.Hub = s.member
	}
}

// parts ends a server.
func (s *seat) parts() {
	if s.wire != nil {
		s.wire.Close()
	}
	if s.member != nil {
		_ = s.member.Close()
	}
}

// begin makes of the first server's content a hub, where there is to be one, and brings the
// second server.
func (w *world) begin() error {
	if w.Home == nil {
		return nil
	}
	ctx := context.Background()
	if _, err := hub.Init(ctx, w.Home.Address, w.server.Store, hub.Words{}, "", ""); err != nil {
		return fmt.Errorf("the hub: %w", err)
	}
	w.serves(w.server)
	second := &seat{path: filepath.Join(w.Folder, "second.db"), person: "kim", server: true}
	if err := hub.Fetch(ctx, w.Home.Address, second.path, store.Options{Fast: true}); err != nil {
		return err
	}
	if err := second.open(); err != nil {
		return err
	}
	w.serves(second)
	w.seats, w.servers = append(w.seats, second), append(w.servers, second)
	return nil
}

// atHub is one thing that happens to a server with a hub, or to the line behind it; done is
// false where it is something else's turn.
func (w *world) atHub(s *seat) (done bool, err error) {
	if w.Home == nil {
		return false, nil
	}
	switch what := w.IntN(10); {
	case !s.server && what < 2: // the line behind the server breaks
		w.Home.Gate.cut(w.Int64N(of(w.chance, int64(1000), 5000)))
		defer w.Home.Gate.cut(-1)
		return true, w.sync(s, cut{frame: 1 << 39})
	case s.server && what < 3:
		return true, w.meet(s, w.Int64N(of(w.chance, int64(600), 3000, 15000)))
	case s.server && what < 4:
		return true, w.meet(s, -1)
	case s.server && what < 5:
		w.Reopened++
		w.say("a server closes and opens: %s", s.path)
		s.parts()
		if err := errors.Join(s.Close(), s.open()); err != nil {
			return true, err
		}
		w.serves(s)
		return true, nil
	}
	return false, nil
}

// meet brings a server and the hub together, as far as the line holds.
func (w *world) meet(s *seat, cut int64) error {
	w.Meetings++
	w.Home.Gate.cut(cut)
	err := s.member.Meet(context.Background())
	w.Home.Gate.cut(-1)
	w.say("server %s meets the hub, cut after %d: %v", filepath.Base(s.path), cut, err)
	if err != nil && cut >= 0 && errors.Is(err, store.ErrHomeAway) {
		w.Cuts++
		return nil
	}
	return err
}

// together brings all servers and the hub together, and looks whether it holds the same.
func (w *world) together() error {
	if w.Home == nil {
		return nil
	}
	for range 2 {
		for _, s := range w.servers {
			if err := w.meet(s, -1); err != nil {
				return err
			}
		}
	}
	for _, s := range w.servers {
		checked, err := hub.Check(context.Background(), w.Home.Address, s.Store)
		if err != nil {
			return err
		}
		if !checked.Same() {
			return fmt.Errorf("the hub differs from %s: %+v", s.path, checked)
		}
	}
	return nil
}
