package main

// Processes that are killed: a laptop's or the server's runs as a process of its own, changes
// things and talks to the others, and gets no chance to end in order. It tells each change on
// its standard output once it is told that it is saved; what it has told counts.

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/acknowledged"
	"doppelpass/store/wire"
)

// childEnvironment makes a process of this program a child: its task as JSON.
const childEnvironment = "DOPPELPASS_ROUNDS_CHILD"

// task is what a child is to do until it is killed.
type task struct {
	Path, Person string
	Server       bool
	Clock        time.Duration
	Seed         uint64
	Socket       string // of the server, which listens there or is to be reached there
	Since        map[string]int
}

// lives is how long a process lives at most after its first change.
const lives = 40 * time.Millisecond

// idles is how long it lives without one.
const idles = 400 * time.Millisecond

// kill has somebody's process killed in the middle of what it does.
func (w *world) kill(s *seat) error {
	if w.odds(3) {
		if err := w.erase(); err != nil {
			return err
		}
	}
	w.Killed++
	socket := filepath.Join(w.Folder, "line")
	after := time.Duration(w.Int64N(int64(lives)))
	if s == w.server {
		return w.killServer(socket, after)
	}
	return w.killLaptop(s, socket, after)
}

// killLaptop: the server is here.
func (w *world) killLaptop(s *seat, socket string, after time.Duration) error {
	_ = os.Remove(socketOf(socket, s.person))
	listener, err := net.Listen("unix", socketOf(socket, s.person))
	if err != nil {
		return err
	}
	var serving sync.WaitGroup
	serving.Go(func() { serve(w.server.wire, listener, letIn(w.server.Store, s.person)) })
	err = w.run(s, socket, after, func(*child) error { return nil })
	_ = listener.Close()
	serving.Wait()
	return err
}

// killServer: the laptops are here, and work on while the server comes to its end.
func (w *world) killServer(socket string, after time.Duration) error {
	w.server.wire.Close()
	err := w.run(w.server, socket, after, func(c *child) error {
		var (
			laptops sync.WaitGroup
			lock    sync.Mutex
			failed  error
		)
		for _, s := range w.seats[1:] {
			at := w.worker(s)
			at.chance = chance{Rand: rand.New(rand.NewPCG(w.Uint64(), 2))}
			at.say = func(string, ...any) {}
			at.saved = func(change acknowledged.Change) error {
				lock.Lock()
				defer lock.Unlock()
				w.say("  %s saves %s %s", s.person, change.ID, told(change.Edits))
				return w.note(change)
			}
			laptops.Go(func() {
				select {
				case <-c.begun:
				case <-c.over:
				}
				if err := at.untilBroken(socket, c.over); err != nil {
					lock.Lock()
					failed = errors.Join(failed, fmt.Errorf("%s: %w", s.person, err))
					lock.Unlock()
				}
			})
		}
		laptops.Wait()
		return failed
	})
	w.server.wire = &wire.Server{Store: w.server.Store}
	return err
}

// untilBroken changes things and talks to a server until that is over.
func (w worker) untilBroken(socket string, over <-chan struct{}) error {
	for {
		select {
		case <-over:
			return nil
		default:
		}
		if _, err := w.change(); err != nil {
			return err
		}
		if err := w.connect(socket); err != nil && !broken(err) && !revoked(err) {
			return err
		}
	}
}

// connect brings a laptop and its server together over a socket.
func (w worker) connect(socket string) error {
	line, err := net.Dial("unix", socketOf(socket, w.person))
	if err != nil {
		return err
	}
	defer line.Close()
	l, err := wire.Greet(line, w.Store, "", w.person)
	if err != nil {
		return err
	}
	_, err = l.Sync(w.Store)
	return err
}

// broken reports that whoever was at the other end is not there any more.
func broken(err error) bool {
	return broke(err) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, os.ErrNotExist)
}

// child is a process that works at a seat.
type child struct {
	begun, over <-chan struct{} // closed when it has told its first change, and when it has ended
}

// run has a process of its own work at a seat and kills it some time after its first change;
// meanwhile is done meanwhile. What it was told is saved is noted.
func (w *world) run(s *seat, socket string, after time.Duration, meanwhile func(*child) error) (err error) {
	text, err := json.Marshal(task{s.path, s.person, s.server, s.clock, w.Uint64(), socket, w.since})
	if err != nil {
		return err
	}
	if err := s.Close(); err != nil {
		return err
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	c := exec.Command(program)
	c.Env = append(os.Environ(), childEnvironment+"="+string(text))
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	over := make(chan struct{})
	heard := make(chan []store.Step, 1)
	begun := make(chan struct{})
	go func() {
		defer close(over)
		heard <- hear(out, sync.OnceFunc(func() { close(begun) }))
	}()
	go func() {
		select {
		case <-begun:
			time.Sleep(after)
		case <-over:
		case <-time.After(idles): // whose role may change nothing tells nothing
		}
		_ = c.Process.Kill()
	}()
	failed := meanwhile(&child{begun, over})
	steps := <-heard
	var exit *exec.ExitError
	ended := c.Wait()
	if !errors.As(ended, &exit) || exit.ExitCode() > 1 { // on Windows a killed one says 1
		return fmt.Errorf("%s: the process was not killed: %v", s.person, ended)
	}
	w.say("%s is killed after %d changes", s.person, len(steps))
	for _, step := range steps {
		w.say("  %s told %s", step.ID, told(step.Edits))
		if err := w.note(acknowledged.Change{ID: step.ID, Author: s.path, Edits: step.Edits, Seen: step.Step, Reverses: step.Reverses}); err != nil {
			return err
		}
	}
	if err := errors.Join(failed, s.open()); err != nil || s.server {
		return err
	}
	// What was saved and could not be told any more waits there, and must not be lost either.
	waiting, err := s.Waiting()
	if err != nil {
		return err
	}
	place, err := s.Place()
	for _, step := range waiting {
		if !w.ledger.Knows(step.ID) {
			w.say("  %s saved %s", step.ID, told(step.Edits))
			err = errors.Join(err, w.note(acknowledged.Change{ID: step.ID, Author: s.path, Edits: step.Edits, Seen: place.Number, Reverses: step.Reverses}))
		}
	}
	return err
}

// hear reads what a process tells, up to its end. What was not told to its end does not count.
func hear(out io.Reader, first func()) (steps []store.Step) {
	in := bufio.NewReader(out)
	for {
		size, err := binary.ReadUvarint(in)
		if err != nil {
			return steps
		}
		text := make([]byte, size)
		if _, err := io.ReadFull(in, text); err != nil {
			return steps
		}
		step, _, err := store.ReadStep(string(text))
		if err != nil {
			return steps
		}
		steps = append(steps, step)
		first()
	}
}

// asChild does a child's task, if this process is one.
func asChild() {
	text := os.Getenv(childEnvironment)
	if text == "" {
		return
	}
	var t task
	if err := errors.Join(json.Unmarshal([]byte(text), &t), t.do()); err != nil {
		fmt.Fprintln(os.Stderr, "a process that was to be killed:", err)
		os.Exit(3)
	}
	os.Exit(0)
}

func (t *task) do() error {
	s := &seat{path: t.Path, person: t.Person, server: t.Server, clock: t.Clock}
	if err := s.open(); err != nil {
		return err
	}
	w := worker{chance: chance{Rand: rand.New(rand.NewPCG(t.Seed, 3))}, seat: s, since: t.Since, say: func(string, ...any) {}, saved: tell}
	if t.Server {
		server := &wire.Server{Store: s.Store}
		for _, person := range laptopsOf {
			_ = os.Remove(socketOf(t.Socket, person)) // of one that was killed
			listener, err := net.Listen("unix", socketOf(t.Socket, person))
			if err != nil {
				return err
			}
			go serve(server, listener, letIn(s.Store, person))
		}
	}
	for {
		if _, err := w.change(); err != nil {
			return err
		}
		if !t.Server && w.odds(2) {
			if err := w.connect(t.Socket); err != nil && !revoked(err) {
				return err
			}
		}
	}
}

// tell tells a change that is saved.
func tell(c acknowledged.Change) error {
	text, err := store.AppendStep(nil, store.Step{Entry: store.Entry{ID: c.ID, Step: c.Seen, Reverses: c.Reverses}, Edits: c.Edits})
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(append(binary.AppendUvarint(nil, uint64(len(text))), text...))
	return err
}

// serve answers somebody's laptop.
func serve(server *wire.Server, listener net.Listener, who func() (model.Person, bool)) {
	var lines sync.WaitGroup
	for {
		line, err := listener.Accept()
		if err != nil {
			lines.Wait()
			return
		}
		lines.Go(func() {
			_ = server.Answer(context.Background(), line, who)
			_ = line.Close()
		})
	}
}

// socketOf is where the server expects somebody's laptop.
func socketOf(socket, person string) string { return socket + "." + person }
