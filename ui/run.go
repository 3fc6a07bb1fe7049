// Package ui is what a person sees: the terminal app. This folder is its root, which
// routes keys, messages and the screen between the pages listed in pages.go. The rooms
// below it:
//
//   - a page each: accounts, campaigns, history, intake (files in), rules, signals,
//     territories, visits, week, welcome. None knows another; they share forms and the
//     session.
//   - command: the same things without the app.
//   - tables: each table described once, for page, sheet and command. words: the trade
//     in words, without a terminal. text: the messages in German and English. All
//     language lives in these three and in the pages, none below ui.
//   - kit: the parts of the screen, which know nothing of the trade. terminal: the
//     person's terminal as bytes.
//
// A key becomes an intent, the intent a store.Request; what the store has made of it
// comes back as a change of the Book, which every open session then draws anew. See
// .github/ARCHITECTURE.md.
package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/faults"
	"doppelpass/ui/habits"
	"doppelpass/ui/kit"
	"doppelpass/ui/laptop"
	"doppelpass/ui/session"
	"doppelpass/ui/terminal"
	"doppelpass/ui/text"
)

// Link is a store's line to where its steps get their numbers.
type Link interface {
	State() laptop.State
	Follow(ctx context.Context) <-chan struct{}
}

// Options say how to open the app.
type Options struct {
	Store    *store.Store
	Today    model.Date
	FixedDay bool // Today was asked for: it does not follow the clock
	Actor    model.Actor
	Language text.Language
	Theme    kit.Mode
	NoMouse  bool
	Now      func() time.Time // the clock; nil: the process's own
	Habits   *habits.Habits   // what is remembered of the person; nil: nothing
	Version  string

	// Link is the line to the server, where the store is a laptop's, or to the hub, where it is
	// a server's that has one; may be nil.
	Link Link

	// AskRole says that the person has never been asked what they work for.
	AskRole bool

	// Demo makes a store of demo data that is gone after close; nil: the app does
	// not offer it.
	Demo func() (demo *store.Store, close func(), err error)

	// Input and Output are the terminal; nil: the process's own.
	Input  io.Reader
	Output io.Writer
	// Width and Height are the size of a terminal that is no file and cannot be
	// asked for it; Resizes brings later ones, and may be nil.
	Width, Height int
	Resizes       <-chan tea.WindowSizeMsg
	// Getenv is the person's environment: TERM, NO_COLOR, SSH_CONNECTION …; nil: the
	// process's own.
	Getenv func(string) string
	// Folder is what paths are relative to; "": the process's own.
	Folder string
	// Remote says that the person sits at another machine: neither the files nor the
	// clipboard of this one are theirs.
	Remote bool
	// Ending says, at most once, that the session has to end; nil: nobody says so.
	Ending <-chan Ending
	// Kept is what an earlier session of the same window would go on with, Keep is told
	// what this one would; both may be nil.
	Kept []byte
	Keep func(kept []byte)
	// Pause lets the shell that the person came from have the terminal until they are
	// back; nil where there is none, but for the process's own.
	Pause func()
	// Hear is told how to tell the session what happens, for who has a goroutine of their
	// own that learns of it; may be nil. That goroutine then passes on all that Ear says.
	Hear func(Ear)
	// Context ends the session from outside, at once; nil: only the person does.
	Context context.Context
	// LetGo says that the session ends with Paused instead of stopping its process, where
	// another could go on with all that is typed.
	LetGo bool

	theme func(kit.Mode) *kit.Theme
}

// Left says that the app was left by a signal or by ctrl+c, with the exit code
// that stands for it.
type Left struct{ Code int }

func (l Left) Error() string { return fmt.Sprintf("left with code %d", l.Code) }

// Paused says that the person stopped the app to use the shell; with Kept another
// session goes on where this one was.
type Paused struct{ Kept []byte }

func (Paused) Error() string { return "the app is stopped" }

// Ending says that a session has to end, and why: the key of a message for the person.
// Drafts are kept.
type Ending struct{ Why string }

// EndingRevoked is the reason that the person is let in no more: nothing is kept for them.
const EndingRevoked = "serve.ending.revoked"

// The exit codes of a program that a signal ended: 128 and the signal's number.
const (
	codeHangUp     = 129
	codeInterrupt  = 130
	codeQuit       = 131
	codeAborted    = 134
	codeTerminated = 143
)

// Ear is how a session learns of what happens outside of it. One goroutine passes it on,
// until the session's Context ends.
type Ear struct {
	Send func(tea.Msg)     // a tea.WindowSizeMsg, or Ending
	News <-chan store.News // to be passed on by Send, as Tell makes it
	Tell func(store.News) tea.Msg
	Day  func() tea.Msg // to be sent, if it is not nil; to be asked for every DayPause
}

// DayPause is how often the clock is looked at.
const DayPause = session.DayPause

// Run opens the app and returns when the person has left it: nil, or Left.
func Run(o Options) error { return RunFor(&o) }

// RunFor is Run.
func RunFor(o *Options) (err error) {
	program, root, d, err := begin(o)
	if err != nil {
		return err
	}
	defer root.session.End()
	defer faults.Answer(func(f faults.Carried) { go program.Send(fault{f.Value, f.Stack}) })()
	_, err = program.Run()
	return finish(d, root, err)
}

// finish gives the terminal back, and says how the app was left.
func finish(d *device, root *root, err error) error {
	d.end(root)
	switch {
	case root.paused != nil:
		return Paused{root.paused}
	case root.left != 0:
		return Left{root.left}
	case err != nil && !errors.Is(err, tea.ErrInterrupted) && (root.options.Context == nil || root.options.Context.Err() == nil):
		return fmt.Errorf("running the app: %w", err)
	}
	return nil
}

// begin makes the program and takes the terminal for it. It is no part of RunFor, so that
// nothing of it stays on the stack while the program runs.
//
//go:noinline
func begin(of *Options) (program *tea.Program, root *root, d *device, err error) {
	o := *of
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	d = open(o)
	o.theme = d.theme
	look := kit.NewLook(o.theme(d.mode(o)), text.New(o.Language), d.output)
	look.SetRemote(o.Remote || o.Getenv("SSH_CONNECTION") != "")
	look.SetGetenv(o.Getenv)
	ctx := o.Context
	if ctx == nil {
		ctx = context.Background()
	}
	var collect func()
	if d.file != nil { // the process is the app's own
		collect = collectLater()
	}
	s, err := session.New(ctx, look, o.Store, o.Today, o.Actor)
	if err != nil {
		if collect != nil {
			collect()
		}
		return nil, nil, nil, err
	}
	s.Remote, s.Folder, s.Getenv = o.Remote, o.Folder, o.Getenv
	if o.Now != nil {
		s.Time = o.Now
	}
	if !o.FixedDay {
		s.Clock = func() model.Date { return model.DateOf(s.Time()) }
	}
	if d.file != nil && suspends {
		o.Pause = terminal.StopProcess
	}
	root = newRoot(s, o)
	root.collect = collect
	root.stops = o.Pause != nil
	root.screen = d.screen
	root.send = func(msg tea.Msg) { program.Send(msg) }
	d.screen.ShowCursor(o.Habits.Get(habits.Cursor) == "on")
	options := []tea.ProgramOption{tea.WithOutput(d.output), tea.WithInput(d.input), tea.WithoutSignalHandler(), tea.WithContext(ctx)}
	root.painter = terminal.NewPainter(d.screen, func() { program.Send(painted{}) })
	root.painter.Measure, root.painter.Fewer, root.painter.Lean = kit.Width, kit.Fewer(), o.Remote
	root.painter.Whole = terminal.MayBeWide(o.Getenv)
	switch root.local = d.file != nil; {
	case !root.local: // Bubble Tea's own renderer looks sixty times a second whether there is something to do
		options = append(options, tea.WithoutRenderer())
	case o.NoMouse:
		options = append(options, tea.WithAltScreen())
	default:
		options = append(options, tea.WithAltScreen(), tea.WithMouseCellMotion())
	}
	program = tea.NewProgram(root, options...)
	d.begin(program, root)
	if o.Resizes != nil || o.Ending != nil {
		faults.Go(func() { d.hear(s.Context(), o.Resizes, o.Ending) })
	}
	if o.Hear != nil {
		s.Told = true
		_ = s.DayBreak() // today is known
		o.Hear(Ear{Send: program.Send, News: s.News(), Tell: s.Heard, Day: s.DayBreak})
	}
	return program, root, d, nil
}
