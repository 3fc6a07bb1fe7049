package serve

// Somebody who came over the line: logging in, and a run of the program.

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"doppelpass/ui"
	"doppelpass/ui/text"
)

// What is kept of a connection.
type (
	offeredKeys struct{} // []string: fingerprints of the keys that the client has offered
	connOf      struct{} // *conn
	windowOf    struct{ ssh.Session }
)

// window is the terminal that a session begins with.
type window struct {
	ssh.Window
	changes  <-chan ssh.Window
	terminal bool
}

// begins notes a session's terminal as long as nothing changes it: later the library
// writes to it without a lock.
func begins(in ssh.Session, _ string) bool {
	pty, changes, terminal := in.Pty()
	in.Context().SetValue(windowOf{in}, window{pty.Window, changes, terminal})
	return true
}

// offered decides about a key. That it is somebody's says nothing yet: clients ask before
// they prove that they have it. Who it is, is read from the key that was proved (handle).
func (s *Server) offered(ctx ssh.Context, key ssh.PublicKey) bool {
	fingerprint := gossh.FingerprintSHA256(key)
	if _, ok := s.person(fingerprint); ok {
		return true
	}
	keys, _ := ctx.Value(offeredKeys{}).([]string)
	if !slices.Contains(keys, fingerprint) {
		ctx.SetValue(offeredKeys{}, append(slices.Clone(keys), fingerprint))
	}
	return false
}

// strange lets in who has no key that is known, so that they can be told what to do: all
// that they reach is stranger. Each try makes the next of the same address slower.
func (s *Server) strange(ctx ssh.Context, _ gossh.KeyboardInteractiveChallenge) bool {
	s.tries.wait(ctx, ctx.RemoteAddr())
	return ctx.Err() == nil
}

// handle is a session.
func (s *Server) handle(in ssh.Session) {
	if !s.begin() {
		return
	}
	defer s.done()
	defer s.survive()
	one := s.seated(in)
	if one == nil {
		return
	}
	defer s.leave(one)
	code, app := s.start(one)
	if app != nil {
		code = app() // next to nothing is on the stack meanwhile
	}
	one.output.sendTo(in)
	one.errors.sendTo(in.Stderr())
	_ = in.Exit(code)
}

// survive ends a session by a fault: it must not end the others.
func (s *Server) survive() {
	if fault := recover(); fault != nil {
		s.tell("serve.log.fault", text.Args{"Fault": fmt.Sprintf("%v\n%s", fault, debug.Stack())})
	}
}

// seated lets in who is known; nil: they were told what to do.
//
//go:noinline
func (s *Server) seated(in ssh.Session) *seat {
	c, _ := in.Context().Value(connOf{}).(*conn)
	server, _ := in.Context().Value(ssh.ContextKeyConn).(*gossh.ServerConn)
	if c == nil || server == nil {
		return nil
	}
	getenv := environment(in.Environ(), s.Language)
	at, _ := in.Context().Value(windowOf{in}).(window)
	if in.PublicKey() == nil {
		s.stranger(in, getenv, at)
		return nil
	}
	fingerprint := gossh.FingerprintSHA256(in.PublicKey())
	person, ok := s.person(fingerprint)
	if !ok { // taken away since
		s.stranger(in, getenv, at)
		return nil
	}
	c.opened(server)
	one := &seat{person: person.Code, key: fingerprint, tell: make(chan tea.Msg, 1), conn: c}
	one.context, one.cancel = context.WithCancel(in.Context())
	s.lock.Lock()
	defer s.lock.Unlock()
	s.sessions[one] = true
	s.came()
	one.guest = &Guest{
		Context: one.context, Args: in.Command(), Person: person, Getenv: getenv, Output: &one.output, Errors: &one.errors,
		Input: strings.NewReader(""), Screen: pieces{in}, Terminal: at.terminal,
	}
	if at.terminal {
		size := sizeOf(at.Window)
		one.guest.Width, one.guest.Height = size.Width, size.Height
		one.guest.Input = ending{in, one.cancel}
		one.guest.Hear = func(ear ui.Ear) { go one.pass(at.changes, ear) }
	}
	return one
}

// start runs a command, or makes the app ready.
//
//go:noinline
func (s *Server) start(one *seat) (code int, app func() int) {
	guest := one.guest
	one.guest = nil
	return s.Run(guest)
}

// leave is the end of a session.
func (s *Server) leave(one *seat) {
	one.cancel()
	one.conn.closed()
	s.lock.Lock()
	delete(s.sessions, one)
	s.left++
	s.lock.Unlock()
}

// pieces writes little at a time: what was written once is kept by the connection for the
// next time, as large as it was.
type pieces struct{ io.Writer }

// piece is how much is written at a time, in bytes: the lines of a frame that changed.
const piece = 1024

// Write implements io.Writer.
func (w pieces) Write(p []byte) (written int, err error) {
	for len(p) > 0 && err == nil {
		n := min(len(p), piece)
		n, err = w.Writer.Write(p[:n])
		written += n
		p = p[n:]
	}
	return written, err
}

// ending is a terminal whose session ends when it is gone.
type ending struct {
	io.Reader
	cancel context.CancelFunc
}

// Read implements io.Reader.
func (e ending) Read(p []byte) (int, error) {
	n, err := e.Reader.Read(p)
	if err != nil {
		e.cancel()
	}
	return n, err
}

// pass passes on to the app what it has to know: the sizes of its window, what others have
// changed, that another day has come, and that it has to end.
func (o *seat) pass(windows <-chan ssh.Window, ear ui.Ear) {
	timer := time.NewTimer(ui.DayPause)
	defer timer.Stop()
	var msg tea.Msg
	for {
		msg = nil
		select {
		case w, ok := <-windows:
			if !ok {
				windows = nil
				continue
			}
			msg = sizeOf(w)
		case n, ok := <-ear.News:
			if !ok {
				ear.News = nil
				continue
			}
			msg = ear.Tell(n)
		case <-timer.C:
			msg = ear.Day()
			timer.Reset(ui.DayPause)
		case msg = <-o.tell:
		case <-o.context.Done():
			return
		}
		if msg != nil {
			ear.Send(msg)
		}
	}
}

// The sizes that are drawn for: a client that says none gets the usual one, and none gets
// so large a screen that it would be a burden.
const (
	usualWidth, usualHeight = 80, 24
	mostWidth, mostHeight   = 500, 200
)

func sizeOf(w ssh.Window) tea.WindowSizeMsg {
	if w.Width <= 0 || w.Height <= 0 {
		return tea.WindowSizeMsg{Width: usualWidth, Height: usualHeight}
	}
	return tea.WindowSizeMsg{Width: min(w.Width, mostWidth), Height: min(w.Height, mostHeight)}
}

// told are the variables that are taken from a client: what its terminal and its language
// are, never what the program is to do.
var told = []string{"TERM", "COLORTERM", "NO_COLOR", "TERM_PROGRAM", "COLORFGBG", "LANG", "LC_ALL", "LC_MESSAGES"}

// environment is what a client says of itself. Who says no language gets the server's.
func environment(pairs []string, language text.Language) func(string) string {
	values := map[string]string{}
	for _, pair := range pairs {
		if name, value, ok := strings.Cut(pair, "="); ok && slices.Contains(told, name) && len(value) < 100 {
			values[name] = value
		}
	}
	if values["LC_ALL"]+values["LC_MESSAGES"]+values["LANG"] == "" {
		values["LANG"] = string(language)
	}
	return func(name string) string { return values[name] }
}

func fingerprintOf(key ssh.PublicKey) string { return gossh.FingerprintSHA256(key) }
