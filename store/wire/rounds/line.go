package main

// Lines between laptops and the server, and how they break.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"sync/atomic"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/wire"
)

// cut is where a line breaks: in which frame, of both directions, and after which share of
// its bytes. So it breaks at the same place of the conversation when a round is played again,
// although what is said is not the same byte for byte.
type cut struct {
	frame int64
	share float64
}

// whole is a line that does not break.
var whole = cut{frame: 1 << 40}

// someCut may be before the first byte of a frame or after its last.
func (c chance) someCut() cut {
	at := cut{int64(c.IntN(of(c, 4, 9, 16))), c.Float64()}
	switch c.IntN(4) {
	case 0:
		at.share = 0
	case 1:
		at.share = 1
	}
	return at
}

// end is one end of a line. Each frame is one Write.
type end struct {
	net.Conn
	other *end
	cut   cut
	sent  *atomic.Int64 // frames, of both ends
}

// Write implements net.Conn.
func (e *end) Write(frame []byte) (int, error) {
	n := e.sent.Add(1) - 1
	if n < e.cut.frame {
		return e.Conn.Write(frame)
	}
	sent := 0
	if n == e.cut.frame {
		sent, _ = e.Conn.Write(frame[:int(e.cut.share*float64(len(frame)))])
	}
	_ = e.Conn.Close()
	_ = e.other.Conn.Close()
	return sent, io.ErrClosedPipe
}

// newLine is a line that breaks where it is cut.
func newLine(at cut) (ours, theirs *end) {
	a, b := net.Pipe()
	var sent atomic.Int64
	ours, theirs = &end{Conn: a, cut: at, sent: &sent}, &end{Conn: b, cut: at, sent: &sent}
	ours.other, theirs.other = theirs, ours
	return ours, theirs
}

// line is a laptop's line to a server; ended is closed when the server has left it.
func (w *world) line(server *seat, person string, at cut) (ours net.Conn, ended chan struct{}) {
	mine, theirs := newLine(at)
	ended = make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.wire.Answer(context.Background(), theirs, letIn(server.Store, person))
		_ = theirs.Close()
	}()
	return mine, ended
}

// letIn says who comes over a line to a server, as long as they are let in.
func letIn(server *store.Store, person string) func() (model.Person, bool) {
	return func() (model.Person, bool) {
		p, ok := personAt(server, person)
		return p, ok && !p.Inactive
	}
}

func (w *world) join(person string) error {
	raw, ended := w.line(w.anyServer(), person, whole)
	defer func() { _ = raw.Close(); <-ended }()
	l, err := wire.Greet(raw, nil, "", person)
	if err != nil {
		return err
	}
	s := &seat{path: filepath.Join(w.Folder, person+".db"), person: person, clock: w.anyClock()}
	if err := l.Fetch(s.path, nil); err != nil {
		return err
	}
	if err := s.open(); err != nil {
		return err
	}
	w.seats = append(w.seats, s)
	return s.BecomeReplica("ssh://server:2022", person)
}

// sync brings a laptop and the server together, as far as the line holds.
func (w *world) sync(s *seat, at cut) error {
	w.Syncs++
	before, err := s.Place()
	if err != nil {
		return err
	}
	server := w.anyServer()
	raw, ended := w.line(server, s.person, at)
	defer func() { _ = raw.Close(); <-ended }()
	l, err := wire.Greet(raw, s.Store, "", s.person)
	var done wire.Outcome
	if err == nil {
		done, err = l.Sync(s.Store)
	}
	w.say("%s connects, cut at %+v: %+v %v", s.person, at, done, err)
	w.Aside += done.Aside
	p, _ := personAt(server.Store, s.person)
	switch {
	case revoked(err) && p.Inactive:
		place, err := s.Place()
		if err == nil && place.Number != before.Number && w.Home == nil { // a server may hear of it in the middle
			err = fmt.Errorf("%s has steps up to %d although their key was taken away at %d", s.person, place.Number, before.Number)
		}
		return err
	case err != nil && at != whole && (broke(err) || away(err)):
		w.Cuts++
		return nil
	case err != nil:
		return fmt.Errorf("%s connects: %w", s.person, err)
	case p.Inactive && w.Home == nil:
		return fmt.Errorf("%s was let in although their key was taken away", s.person)
	}
	return nil
}

// anyServer is the server that a laptop comes to.
func (w *world) anyServer() *seat {
	if len(w.servers) == 1 {
		return w.server
	}
	return w.servers[w.IntN(len(w.servers))]
}

// away reports that a server has not reached its hub.
func away(err error) bool {
	var sorry wire.Sorry
	return errors.As(err, &sorry) && sorry.Code == wire.SorryHub
}

func revoked(err error) bool {
	var sorry wire.Sorry
	return errors.As(err, &sorry) && sorry.Code == wire.SorryRevoked
}

func broke(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.ErrClosedPipe) || errors.Is(err, net.ErrClosed)
}
