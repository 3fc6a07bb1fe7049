package command

// Several windows of one person: whoever has the store open lets the others join, and
// who finds it open joins. When the process that has it open ends, however it ends, one
// of those who joined takes its place, and the others join that one.

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/adrg/xdg"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/faults"
	"doppelpass/ui"
	"doppelpass/ui/join"
	"doppelpass/ui/laptop"
	"doppelpass/ui/text"
)

const (
	// brief is how long a command may have the store before it lets others join: most
	// have ended by then, and whoever wants the store gets it sooner than a session that
	// would have to move at once.
	brief = 150 * time.Millisecond
	// letGoWithin is how long a process that ends waits for what others run in it.
	letGoWithin = 500 * time.Millisecond
	// waitsFor is how long a process waits for another of the same person that has the
	// store open and lets nobody join: one that reads, or brings an old store up to date.
	waitsFor = time.Minute
	// saysSo is how long it waits without a word.
	saysSo = time.Second
	// again is the pause between two attempts.
	again = 15 * time.Millisecond
	// stands back is how long a command leaves the store to a window that has joined as
	// well: who only runs for a moment would have to be followed by another.
	standsBack = 120 * time.Millisecond
	// yields is how long who let go of a store waits for the one who wanted it.
	yields = 700 * time.Millisecond
)

// joinInstead says that the store is open in another process, where the run goes on;
// without a line, in whichever takes it.
type joinInstead struct{ line net.Conn }

// Error implements error.
func (joinInstead) Error() string { return "the store is open in another process" }

// errYield says that the process that has the store open only reads, and lets go of it
// for the run that wants more.
var errYield = errors.New("the store is let go of")

// settingsFile is the file of a person's own settings.
func settingsFile(getenv func(string) string) string {
	return cmp.Or(getenv("DOPPELPASS_CONFIG"), filepath.Join(cmp.Or(getenv("XDG_CONFIG_HOME"), xdg.ConfigHome), "doppelpass", "config"))
}

// join has the run go on in the process that has the store open, if there is one.
func (r *run) join(c *cobra.Command) error {
	if !r.Joins || slices.Contains(storeless, c.Name()) || c.Name() == "config" {
		return nil
	}
	if line, err := join.Dial(r.path()); err == nil && !completing(r.args) {
		return r.goElsewhere(line)
	}
	return nil
}

// goElsewhere is the error that a run ends with which goes on in another process.
func (r *run) goElsewhere(line net.Conn) error {
	r.elsewhere = &joinInstead{line}
	return *r.elsewhere
}

// holdBack keeps what shells are told that complete a command until it is sure that
// this process can tell; the returned function tells it, or drops it.
func (r *run) holdBack() func(tell bool) {
	out, ok := r.Output.(*cleaning)
	if !ok || !r.Joins || !completing(r.args) {
		return func(bool) {}
	}
	var held bytes.Buffer
	before := out.Writer
	out.Writer = &held
	return func(tell bool) {
		if out.Writer = before; tell {
			_, _ = held.WriteTo(before)
		}
	}
}

// openStore opens the store for this process, and lets others join. Where another
// process has it open that can be joined, the error is a joinInstead.
func (r *run) openStore(path string, o store.Options) (*store.Store, error) {
	r.expect(path)
	if !r.Joins {
		s, err := store.Open(path, o)
		if err == nil {
			err = r.belongs(s)
		}
		return s, err
	}
	said := false
	for begun := time.Now(); ; time.Sleep(again) {
		s, err := store.Open(path, o)
		var locked store.Locked
		if !errors.As(err, &locked) {
			if err == nil {
				err = r.belongs(s)
			}
			if err == nil && !o.ReadOnly {
				r.letJoin(s)
			}
			return s, err
		}
		line, reached := join.Dial(path)
		if reached == nil {
			return nil, r.goElsewhere(line)
		}
		waited := time.Since(begun)
		if others(locked.Holder) || waited > waitsFor {
			return nil, err
		}
		if !said && waited > saysSo {
			r.complain(r.t("join.waiting", text.Args{"Path": path}))
			said = true
		}
	}
}

// belongs keeps in mind whose laptop a store is: there they are who the server knows.
func (r *run) belongs(s *store.Store) error {
	replica, _, err := s.Replica()
	r.owner = replica.Person
	return err
}

// others reports a holder that is another person, or on another machine.
func others(h store.Holder) bool {
	host, _ := os.Hostname()
	me, err := user.Current()
	return h.PID != 0 && (h.Host != host || err == nil && h.User != me.Username)
}

// letJoin lets others join who want the same store: the app at once, a command once it
// takes its time.
func (r *run) letJoin(s *store.Store) {
	h := r.newHost(s)
	r.hosts = append(r.hosts, h)
	if r.lasting {
		h.listen()
		return
	}
	h.later = time.AfterFunc(brief, h.listen)
}

// close lets go of a store that this run has opened, and of those who joined there.
func (r *run) close(s *store.Store) error {
	if r.Session != nil && r.Session.Store == s {
		return nil
	}
	for _, h := range r.hosts {
		if h.store == s {
			return h.close()
		}
	}
	return s.Close()
}

// host is a store that this process has open, and those who joined.
type host struct {
	*join.Host
	store *store.Store
	link  *laptop.Link // to the laptop's server; nil: there is none, or not for so short a time
	part  func()       // ends the link
	later *time.Timer  // nil: it listens already

	once sync.Once
	err  error
}

func (r *run) newHost(s *store.Store) *host {
	h := &host{store: s, part: func() {}}
	if r.lasting && !s.ReadOnly() {
		if link, err := laptop.NewLink(s, version(), r.dial(), r.Now); err == nil && link != nil {
			ctx, end := context.WithCancel(context.Background())
			var running sync.WaitGroup
			running.Go(func() { link.Run(ctx) })
			h.link, h.part = link, func() { end(); running.Wait() }
		}
	}
	h.Host = join.NewHost(version(), func(c *join.Call) int { return r.runFor(h, c) })
	return h
}

// listen: where no socket can be made, nobody joins, and they are told who has the
// store.
func (h *host) listen() { _ = h.Listen(h.store.Path()) }

// close ends what others run here and lets go of the store. What does not end is left
// to the end of the process: the store stands that, as it stands being killed.
func (h *host) close() error {
	h.once.Do(func() {
		if h.later != nil {
			h.later.Stop()
		}
		h.part()
		if h.Close(letGoWithin) {
			h.err = h.store.Close()
		}
	})
	return h.err
}

// runFor runs what a process has asked for that joined.
func (r *run) runFor(h *host, c *join.Call) int {
	ctx, end := context.WithCancel(c.Context())
	defer end()
	sizes := make(chan tea.WindowSizeMsg)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-c.Signals:
				c.EndInput() // a command may wait there
				end()
			case t := <-c.Sizes:
				select {
				case sizes <- tea.WindowSizeMsg{Width: t.Width, Height: t.Height}:
				case <-ctx.Done():
				}
			}
		}
	}()
	return Execute(c.Args, Environment{
		Input: c.Input(), Output: c.Output(), Errors: c.Errors(), Getenv: c.Getenv, Now: r.Now, User: r.User, Config: settingsFile(c.Getenv),
		App: func(o ui.Options) error {
			c.Screen(true)
			defer c.Screen(false)
			o.Pause, o.Kept, o.Keep = c.Pause, c.Kept, c.Keep
			return r.App(o)
		},
		Session: &Session{
			Context: ctx, Store: h.store, Link: h.link, Hub: r.hubOf(), Folder: c.Dir, Step: model.StepID(c.Step), Again: c.Again, Lost: c.Lost,
			Terminal: Streams{c.Terminal.Input, c.Terminal.Output, c.Terminal.Errors},
			Width:    c.Terminal.Width, Height: c.Terminal.Height, Resizes: sizes,
			Stands: c.Stands,
			Yield: func() {
				c.Yield()
				faults.Go(func() { _ = h.close() })
			},
		},
	})
}

// joined runs the command in the process that has the store open, or in this one once
// that has ended, and returns the exit code.
func (r *run) joined(first joinInstead) int {
	tidying.Add(1) // the seat passes signals on
	defer tidying.Add(-1)
	in, _ := r.Input.(*os.File)
	seat := join.NewSeat(version(), in, bare(r.Output), bare(r.Errors))
	seat.SetKept(r.kept)
	defer seat.Close()
	hello := join.Hello{Args: r.args, Environ: os.Environ(), Step: string(store.NewStepID())}
	hello.Dir, _ = os.Getwd()
	if r.lasting {
		hello.Step = "" // a session makes many
	}
	var own *host // while this process has the store
	leave := func() {
		if own != nil {
			_ = own.close()
		}
	}
	defer func() { leave() }()
	line, yielded, gone := first.line, false, false
	for {
		var err error
		if line == nil {
			if own, line, err = r.takeOver(!gone && !yielded, yielded); err != nil {
				seat.Close()
				return r.exit(nil, err)
			}
		}
		hello.Again, hello.Lost = gone && hello.Step != "", seat.Lost()
		code, err := seat.Run(line, hello)
		told := seat.Told()
		switch {
		case err == nil && told != 0 && r.lasting:
			return told.Code()
		case err == nil:
			return code
		case errors.Is(err, join.ErrGone) && told != 0:
			return told.Code()
		case errors.Is(err, join.ErrGone), errors.Is(err, join.ErrYield):
			gone = gone || errors.Is(err, join.ErrGone)
			yielded = own != nil // whoever wanted it is to get it
			leave()
			own, line = nil, nil
		default:
			seat.Close()
			return r.exit(nil, r.lineError(err))
		}
	}
}

// takeOver takes the store, or joins whoever was faster. Who only reads, and who runs
// but for a moment, lets others be faster, unless they are the first to open it.
func (r *run) takeOver(first, letOther bool) (*host, net.Conn, error) {
	begun := time.Now()
	patient := time.Duration(0)
	switch {
	case letOther, r.readOnly:
		patient = yields
	case !r.lasting:
		patient = standsBack
	}
	said := false
	for ; ; time.Sleep(again) {
		if line, err := join.Dial(r.path()); err == nil {
			return nil, line, nil
		}
		waited := time.Since(begun)
		if waited < patient && !first {
			continue
		}
		if _, err := os.Stat(r.path()); errors.Is(err, os.ErrNotExist) { // it was there
			return nil, nil, fmt.Errorf("%s: %w", r.path(), store.ErrNoStore)
		}
		s, err := store.Open(r.path(), store.Options{ReadOnly: r.readOnly, Now: r.Now})
		var locked store.Locked
		switch {
		case err == nil:
			h := r.newHost(s)
			h.listen()
			ours, theirs := join.Within()
			faults.Go(func() { h.Answer(theirs) })
			return h, ours, nil
		case !errors.As(err, &locked), others(locked.Holder), waited > waitsFor:
			return nil, nil, err
		case !said && waited > saysSo:
			r.complain(r.t("join.waiting", text.Args{"Path": r.path()}))
			said = true
		}
	}
}

// doneBefore says so where the step that a run is to make stands already, as the
// process that made it ended before it could answer, and where the run cannot begin
// again.
func (r *run) doneBefore() (done bool, err error) {
	of := r.Session
	if of == nil || of.Store == nil || !of.Again {
		return false, nil
	}
	e, made, err := of.Store.Made(of.Step)
	switch {
	case err != nil:
		return false, err
	case made:
		of.Stands()
		_, err := fmt.Fprintln(r.Errors, r.t("join.made", text.Args{"Step": r.words().Int(int(e.Step))}))
		return true, err
	case of.Lost:
		return true, plainError{r.t("join.lost"), codeFailed}
	}
	return false, nil
}

// lineError is what went wrong on the line, as a sentence.
func (r *run) lineError(err error) error {
	var other join.OtherProgram
	switch {
	case errors.As(err, &other):
		return plainError{r.t("join.other-program", text.Args{"Path": r.path(), "Theirs": other.Theirs, "Ours": other.Ours}), codeFailed}
	case errors.Is(err, join.ErrSilent):
		args := text.Args{"Path": r.path()}
		if h := store.HolderOf(r.path()); h.PID != 0 {
			args["PID"] = h.PID
			return plainError{r.t("join.silent.by", args), codeFailed}
		}
		return plainError{r.t("join.silent", args), codeFailed}
	case errors.Is(err, join.ErrDiffers):
		return plainError{r.t("join.differs"), codeFailed}
	}
	return err
}

// completing reports a shell that asks what can be typed.
func completing(args []string) bool {
	return len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd)
}

// spool takes what a command that reads prints while the store is open, so that a
// reader who stops reading does not keep others from it. The returned function waits
// until all is out.
func (r *run) spool() func() error {
	out, ok := r.Output.(*cleaning)
	if !ok || !r.Joins || isTerminal(out) {
		return func() error { return nil }
	}
	spool := join.NewSpool(out.Writer)
	before := out.Writer
	out.Writer = spool
	return func() error {
		out.Writer = before
		return spool.Close()
	}
}

var _ io.Writer = (*join.Spool)(nil)
