// Package serve is the team's server: the app, and the commands that read, over SSH.
// Everybody works on one store and one Book (store.Live) in one process; each session has
// its own terminal, language, theme and person.
//
// A session holds nothing that another one waits for while it talks to its client: the
// Book is read under a lock for a frame's worth, a change waits for those frames only,
// frames are sent by a goroutine of the session (terminal.Painter), and what a command
// prints is put aside until it has ended (spool). So a client that takes nothing any more
// holds up its own session only, until it is let go.
//
// People are known by the fingerprints of their keys (model.Person). There are no
// passwords, no files, no forwarding; whoever has no key that is known here sees which
// line the lead has to type (stranger.go).
package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime/debug"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/ssh"
	"github.com/charmbracelet/wish"
	gossh "golang.org/x/crypto/ssh"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/wire"
	"doppelpass/ui"
	"doppelpass/ui/text"
)

// Server is the team's server.
type Server struct {
	Store *store.Store
	// HostKey is the file of the host key; it is made where there is none.
	HostKey string
	// Run runs the program for a guest and returns its exit code. The app is only made
	// ready: app runs it, and returns the exit code then.
	Run func(*Guest) (code int, app func() int)
	// Language is spoken with those whose client says none.
	Language text.Language
	// Told gets a line about what happens, for whoever runs the server; may be nil.
	Told func(string)
	// Limits are those of Usual where they are zero.
	Limits Limits
	// Version is the program's, told to laptops.
	Version string
	// Hub gives the store's steps their numbers, where the store does not itself; may be nil.
	Hub wire.Hub

	live     *store.Live
	laptops  *wire.Server
	lock     sync.Mutex
	sessions map[*seat]bool
	conns    map[*conn]bool
	tries    tries
	running  int  // sessions, those of strangers among them
	left     int  // sessions that have ended
	coming   int  // sessions that have begun since the last look
	wereMany bool // … and in the time before
	collect  func(percent int)
	ending   bool // no session begins any more
}

// Limits say how long the server waits for whom.
type Limits struct {
	Silence  time.Duration // a client that says nothing for so long is asked whether it is there
	Patience time.Duration // one that says nothing, or takes nothing, for so long is let go
	Grace    time.Duration // for logging in, and for reading who lets one in
	Farewell time.Duration // for sessions to end by themselves when the server ends
	Keys     int           // a client may offer
	Waiting  int           // connections that are not logged in, at a time
}

// Usual are the limits of a server that people work on.
var Usual = Limits{
	Silence: 20 * time.Second, Patience: time.Minute, Grace: 2 * time.Minute, Farewell: 3500 * time.Millisecond,
	Keys: 20, Waiting: 256,
}

// Guest is one run of the program for somebody who came over the line.
type Guest struct {
	Context context.Context
	Args    []string
	// Screen is the terminal for the app. Output and Errors are what commands write to:
	// it is sent once they have ended.
	Input          io.Reader
	Screen         io.Writer
	Output, Errors io.Writer
	Terminal       bool
	Width, Height  int
	Hear           func(ui.Ear) // told how to tell the app what happens
	Getenv         func(string) string
	Person         model.Person
}

// seat is a session of somebody who is known.
type seat struct {
	person, key string // code and fingerprint
	conn        *conn
	context     context.Context
	cancel      context.CancelFunc
	tell        chan tea.Msg // to the app; what it does not take is dropped

	guest          *Guest // until it has begun
	output, errors spool
}

// Serve serves on a listener until ctx ends, and then has all sessions end. ready is told
// the host key's fingerprint once guests can come.
func (s *Server) Serve(ctx context.Context, listener net.Listener, ready func(fingerprint string)) (err error) {
	defer listener.Close()
	s.Limits = s.Limits.orUsual()
	s.collect = func(percent int) { debug.SetGCPercent(percent) }
	defer debug.SetGCPercent(debug.SetGCPercent(garbageUsual))
	s.sessions, s.conns = map[*seat]bool{}, map[*conn]bool{}
	signer, err := hostKey(s.HostKey)
	if err != nil {
		return err
	}
	if s.live, err = s.Store.Live(); err != nil {
		return err
	}
	s.laptops = &wire.Server{Store: s.Store, Hub: s.Hub, Program: s.Version, Told: s.toldOfLaptop}
	defer s.laptops.Close()
	server, err := wish.NewServer(
		func(srv *ssh.Server) error { srv.AddHostKey(signer); return nil },
		wish.WithVersion("doppelpass"),
		wish.WithPublicKeyAuth(s.offered),
		wish.WithKeyboardInteractiveAuth(s.strange),
		wish.WithSubsystem(wire.Subsystem, s.laptop),
		wish.WithMiddleware(func(ssh.Handler) ssh.Handler { return s.handle }),
		func(srv *ssh.Server) error {
			srv.ConnCallback = s.connected
			srv.SessionRequestCallback = begins
			srv.ServerConfigCallback = func(ssh.Context) *gossh.ServerConfig {
				return &gossh.ServerConfig{MaxAuthTries: s.Limits.Keys}
			}
			return nil
		},
	)
	if err != nil {
		return fmt.Errorf("setting up the server: %w", err)
	}
	watching, stop := context.WithCancel(context.Background())
	defer stop()
	var watchers sync.WaitGroup
	watchers.Go(func() { s.watchKeys(watching) })
	watchers.Go(func() { s.watchLines(watching) })
	failed := make(chan error, 1)
	watchers.Go(func() { failed <- server.Serve(listener) })
	ready(gossh.FingerprintSHA256(signer.PublicKey()))
	select {
	case err = <-failed:
	case <-ctx.Done():
	}
	s.tell("serve.log.ending")
	_ = listener.Close()
	s.sayGoodbye()
	closing := server.Close()
	stop()
	watchers.Wait()
	if errors.Is(err, ssh.ErrServerClosed) || errors.Is(closing, net.ErrClosed) {
		closing = nil
	}
	if err != nil && !errors.Is(err, ssh.ErrServerClosed) {
		return fmt.Errorf("serving: %w", err)
	}
	return closing
}

// orUsual fills in what was left out.
func (l Limits) orUsual() Limits {
	for _, pair := range []struct{ mine, usual *time.Duration }{
		{&l.Silence, &Usual.Silence}, {&l.Patience, &Usual.Patience}, {&l.Grace, &Usual.Grace}, {&l.Farewell, &Usual.Farewell},
	} {
		if *pair.mine == 0 {
			*pair.mine = *pair.usual
		}
	}
	if l.Keys == 0 {
		l.Keys = Usual.Keys
	}
	if l.Waiting == 0 {
		l.Waiting = Usual.Waiting
	}
	return l
}

func (s *Server) tell(key string, args ...text.Args) {
	if s.Told != nil {
		s.Told(text.New(s.Language).T(key, args...))
	}
}

// The messages that a session ends with.
const (
	endingStop    = "serve.ending.stop"
	endingRevoked = ui.EndingRevoked
)

// sayGoodbye has every session end: those of the app keep what is typed. What has not
// ended by then is ended.
func (s *Server) sayGoodbye() {
	s.lock.Lock()
	s.ending = true
	for one := range s.sessions {
		one.end(endingStop)
	}
	s.lock.Unlock()
	if s.gone(s.Limits.Farewell) {
		return
	}
	s.lock.Lock()
	for one := range s.sessions {
		one.cancel()
	}
	for c := range s.conns {
		_ = c.Conn.Close()
	}
	s.lock.Unlock()
	s.gone(time.Second)
}

// gone waits until no session is left, for at most so long.
func (s *Server) gone(within time.Duration) bool {
	for limit := time.Now().Add(within); ; time.Sleep(5 * time.Millisecond) {
		s.lock.Lock()
		running := s.running
		s.lock.Unlock()
		if running == 0 || time.Now().After(limit) {
			return running == 0
		}
	}
}

// begin counts a session, unless the server is ending; done counts it out.
func (s *Server) begin() bool {
	s.lock.Lock()
	defer s.lock.Unlock()
	if !s.ending {
		s.running++
	}
	return !s.ending
}

func (s *Server) done() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.running--
}

// end tells a session to end; what was told first counts.
func (o *seat) end(why string) {
	select {
	case o.tell <- ui.Ending{Why: why}:
	default:
	}
}

// Sessions is how many people's sessions there are.
func (s *Server) Sessions() int {
	s.lock.Lock()
	defer s.lock.Unlock()
	return len(s.sessions)
}

// person finds who has a key; false for nobody who is let in.
func (s *Server) person(fingerprint string) (who model.Person, ok bool) {
	s.live.Read(func(book *model.Book) { who, ok = personWith(book, fingerprint) })
	return who, ok
}

func personWith(book *model.Book, fingerprint string) (model.Person, bool) {
	for _, p := range book.People() {
		if !p.Inactive && p.HasKey(fingerprint) {
			return p, true
		}
	}
	return model.Person{}, false
}

// watchKeys ends the sessions of people who are let in no more.
func (s *Server) watchKeys(ctx context.Context) {
	for range s.live.Follow(ctx) {
		s.lock.Lock()
		s.live.Read(func(book *model.Book) {
			for one := range s.sessions {
				if p, ok := book.Person(one.person); !ok || p.Inactive || !p.HasKey(one.key) {
					one.end(endingRevoked)
					time.AfterFunc(s.Limits.Farewell, one.cancel)
				}
			}
		})
		s.lock.Unlock()
	}
}
