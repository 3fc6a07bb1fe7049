package serve

// The lines that guests come over: who says nothing is asked, who is gone is let go.

import (
	"context"
	"net"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// conn is a connection that is watched.
type conn struct {
	net.Conn
	server *Server
	since  time.Time
	heard  atomic.Int64 // when something came last, in nanoseconds since then: a clock that is set changes nothing
	asked  atomic.Bool  // it is being asked whether it is there
	silent int          // looks in a row at which it had been silent for long; under the server's lock
	open   atomic.Int32 // sessions of somebody who is known
	ssh    atomic.Pointer[gossh.ServerConn]
}

// connected takes a connection, or drops it where too many wait to log in.
func (s *Server) connected(ctx ssh.Context, plain net.Conn) net.Conn {
	c := &conn{Conn: plain, server: s, since: time.Now()}
	s.lock.Lock()
	defer s.lock.Unlock()
	waiting := 0
	for other := range s.conns {
		if other.ssh.Load() == nil {
			waiting++
		}
	}
	if waiting >= s.Limits.Waiting {
		return nil
	}
	s.conns[c] = true
	ctx.SetValue(connOf{}, c)
	return c
}

// Read implements net.Conn. Whoever reads has just been given something, or begins. (Noted
// before, not after: a thousand goroutines wait here, each with what its stack needs.)
func (c *conn) Read(p []byte) (int, error) {
	c.hears()
	return c.Conn.Read(p)
}

// Write implements net.Conn; it does not wait for ever.
func (c *conn) Write(p []byte) (int, error) {
	_ = c.Conn.SetWriteDeadline(time.Now().Add(c.server.Limits.Patience))
	return c.Conn.Write(p)
}

// SetDeadline implements net.Conn: the limits are watched here, not by who reads.
func (c *conn) SetDeadline(time.Time) error { return nil }

// Close implements net.Conn.
func (c *conn) Close() error {
	c.server.lock.Lock()
	delete(c.server.conns, c)
	c.server.lock.Unlock()
	return c.Conn.Close()
}

// opened and closed count the sessions of somebody who is known.
func (c *conn) opened(server *gossh.ServerConn) { c.ssh.Store(server); c.open.Add(1) }
func (c *conn) closed()                         { c.open.Add(-1); c.hears() }

func (c *conn) hears() { c.heard.Store(int64(time.Since(c.since))) }

// watchLines lets go of those who are gone.
func (s *Server) watchLines(ctx context.Context) {
	ticker := time.NewTicker(s.Limits.look())
	defer ticker.Stop()
	quiet := rest{give: giveBack}
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticker.C:
			s.lookAfter(now)
			s.lock.Lock()
			left := s.left
			s.settled()
			s.lock.Unlock()
			quiet.look(left)
		}
	}
}

// look is how often connections are looked at.
func (l Limits) look() time.Duration { return max(l.Silence/4, time.Millisecond) }

// looks is at how many looks in a row a client must have been silent to be let go. Looks
// are counted, and not the time: a server that was itself stopped for a while, or that had
// no time to look, must not take everybody for gone.
func (l Limits) looks() int { return int((l.Patience - l.Silence + l.look() - 1) / l.look()) }

func (s *Server) lookAfter(now time.Time) {
	var gone []*conn
	s.lock.Lock()
	for c := range s.conns {
		silent := now.Sub(c.since) - time.Duration(c.heard.Load())
		if c.silent++; silent <= s.Limits.Silence {
			c.silent = 0
		}
		switch server := c.ssh.Load(); {
		case c.silent > s.Limits.looks(), c.open.Load() == 0 && now.Sub(c.since) > s.Limits.Grace && silent > s.Limits.Silence:
			gone = append(gone, c)
		case server == nil && now.Sub(c.since) > s.Limits.Grace:
			gone = append(gone, c)
		case server != nil && silent > s.Limits.Silence && c.asked.CompareAndSwap(false, true):
			go func() {
				// It ends with the connection, which is closed if no answer comes.
				_, _, _ = server.SendRequest("keepalive@openssh.com", true, nil)
				c.asked.Store(false)
			}()
		}
	}
	s.lock.Unlock()
	for _, c := range gone {
		_ = c.Close()
	}
}
