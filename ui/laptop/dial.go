// Package laptop is a laptop's way to its team's server: the line there, by the system's
// own ssh, so that people's keys, agents and settings count; and a Link, which keeps both
// together for as long as a process has the laptop's data open.
package laptop

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"doppelpass/store/wire"
)

// Address is where a server is.
type Address struct{ User, Host, Port string }

// usualPort is where doppelpass serve listens.
const usualPort = "2022"

// plainPart is a name, host or port that ssh takes for nothing else.
var plainPart = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\pL\pN_][\pL\pN._-]*$`) })

// ErrAddress says that a text is no address of a server.
var ErrAddress = errors.New("this is no address of a server")

// ParseAddress reads ssh://[USER@]HOST[:PORT], also without ssh:// in front. An IPv6 address
// stands in brackets, its zone behind a % as ssh and the system write it, or behind a %25 as
// in a URL; where no port follows it may stand without them.
func ParseAddress(given string) (a Address, err error) {
	rest := strings.TrimSuffix(strings.TrimPrefix(given, "ssh://"), "/")
	if i := strings.LastIndexByte(rest, '@'); i >= 0 {
		if a.User, rest = rest[:i], rest[i+1:]; !plainPart().MatchString(a.User) {
			return Address{}, ErrAddress
		}
	}
	a.Host, a.Port = rest, usualPort
	inside, bracketed := strings.CutPrefix(rest, "[")
	switch {
	case bracketed:
		host, port, closed := strings.Cut(inside, "]")
		if !closed || port != "" && port[0] != ':' {
			return Address{}, ErrAddress
		}
		if a.Host = host; port != "" {
			a.Port = port[1:]
		}
	case strings.Count(rest, ":") == 1:
		a.Host, a.Port, _ = strings.Cut(rest, ":")
	}
	if port, err := strconv.ParseUint(a.Port, 10, 16); err != nil || port == 0 {
		return Address{}, ErrAddress
	}
	if !bracketed && plainPart().MatchString(a.Host) {
		return a, nil
	}
	address, zone, zoned := strings.Cut(strings.Replace(a.Host, "%25", "%", 1), "%")
	ip, err := netip.ParseAddr(address)
	if err != nil || !ip.Is6() || zoned && !plainPart().MatchString(zone) {
		return Address{}, ErrAddress
	}
	a.Host = ip.WithZone(zone).String()
	return a, nil
}

// String is the address as ParseAddress reads it.
func (a Address) String() string {
	return "ssh://" + a.at() + net.JoinHostPort(a.Host, a.Port)
}

// Typed is the address as people type it to a shell, some of which take brackets for a
// pattern.
func (a Address) Typed() string {
	if s := a.String(); strings.Contains(s, "[") {
		return `"` + s + `"`
	}
	return a.String()
}

// Line is what people type to come to the server by ssh, which knows no brackets.
func (a Address) Line() string { return "ssh -p " + a.Port + " " + a.at() + a.Host }

func (a Address) at() string {
	if a.User == "" {
		return ""
	}
	return a.User + "@"
}

// Dial reaches a server. Asks says that the person sits there to be asked: for the
// passphrase of a key, or whether the host is the right one.
type Dial func(ctx context.Context, to Address, asks bool) (io.ReadWriteCloser, error)

// NoSSH says that the machine has no program ssh.
type NoSSH struct{ Err error }

// Error implements error.
func (e NoSSH) Error() string { return "there is no ssh: " + e.Err.Error() }

// NoLine says that ssh has not reached the server, in ssh's words.
type NoLine struct{ Said string }

// Error implements error.
func (e NoLine) Error() string { return "ssh has not reached the server: " + e.Said }

// Stranger reports that the server itself has answered: it does not know the key.
func (e NoLine) Stranger() bool { return strings.Contains(e.Said, "doppelpass people add") }

// fingerprint is how the server tells a key that it does not know.
var fingerprint = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`SHA256:[A-Za-z0-9+/]{43}`) })

// KeyIn is the key of this machine, by its fingerprint, where the server does not know it;
// "": that is not what went wrong.
func KeyIn(err error) string {
	var noLine NoLine
	if errors.As(err, &noLine) && noLine.Stranger() {
		return fingerprint().FindString(noLine.Said)
	}
	return ""
}

// SSH reaches a server by the system's ssh.
func SSH(ctx context.Context, to Address, asks bool) (io.ReadWriteCloser, error) {
	program, err := exec.LookPath("ssh")
	if err != nil {
		return nil, NoSSH{err}
	}
	c := exec.CommandContext(ctx, program, to.arguments(asks)...)
	line := &sshLine{command: c}
	if line.WriteCloser, err = c.StdinPipe(); err != nil {
		return nil, err
	}
	if line.Reader, err = c.StdoutPipe(); err != nil {
		return nil, err
	}
	c.Stderr, c.WaitDelay = &line.said, time.Second // a master connection of the person's may keep them open
	apart(c, asks)
	if err := c.Start(); err != nil {
		return nil, fmt.Errorf("starting ssh: %w", err)
	}
	return line, nil
}

// arguments are ssh's.
func (a Address) arguments(asks bool) []string {
	list := []string{"-T", "-p", a.Port, "-o", "ConnectTimeout=15", "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3", "-o", "ClearAllForwardings=yes"}
	if !asks {
		list = append(list, unasked...)
	}
	if a.User != "" {
		list = append(list, "-l", a.User)
	}
	return append(list, "-s", "--", a.Host, wire.Subsystem)
}

// sshLine is a line that ssh carries.
type sshLine struct {
	io.WriteCloser
	io.Reader
	command *exec.Cmd
	said    said
	once    sync.Once
	ended   error
}

// Read implements io.Reader: where ssh ends by itself it says why.
func (l *sshLine) Read(p []byte) (int, error) {
	n, err := l.Reader.Read(p)
	if err != nil && n == 0 {
		if ended := l.end(); ended != nil {
			return 0, ended
		}
	}
	return n, err
}

// Close implements io.Closer.
func (l *sshLine) Close() error {
	_ = l.WriteCloser.Close()
	_ = l.command.Process.Kill()
	_ = l.end()
	return nil
}

func (l *sshLine) end() error {
	l.once.Do(func() {
		_ = l.WriteCloser.Close()
		var exit *exec.ExitError
		if err := l.command.Wait(); errors.As(err, &exit) && exit.ExitCode() > 0 {
			l.ended = NoLine{l.said.String()}
		}
	})
	return l.ended
}

// said keeps the end of what ssh says.
type said struct {
	lock sync.Mutex
	text bytes.Buffer
}

// mostSaid is how much of it is kept, in bytes.
const mostSaid = 4 << 10

// Write implements io.Writer.
func (s *said) Write(p []byte) (int, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.text.Write(p)
	if over := s.text.Len() - mostSaid; over > 0 {
		s.text.Next(over)
	}
	return len(p), nil
}

// String is what was said, as text without control characters.
func (s *said) String() string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r < ' ', r == 0x7f, r >= 0x80 && r < 0xa0:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s.text.String(), "")))
}
