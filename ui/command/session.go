package command

// A run of the program inside a process that serves several: its terminal, its files
// and its store are not those of the process.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/hub"
	"doppelpass/ui"
	"doppelpass/ui/laptop"
	"doppelpass/ui/text"
)

// Session makes a run one of many in a process that has the store open: a second
// window, or somebody who came over the team's server. Whoever starts one fills an
// Environment with what the person has, and calls Execute as main does:
//
//	code := command.Execute(args, command.Environment{
//		Input: in, Output: out, Errors: errs, // of the connection; anything that reads and writes
//		Getenv: getenv,                       // the person's variables: TERM, LANG, NO_COLOR …
//		Now:    time.Now,
//		App:    ui.Run,
//		Config: file,                         // the person's own settings; "": none are kept
//		Session: &command.Session{
//			Context: ctx, Store: open, Folder: theirs,
//			Terminal: command.Streams{Input: true, Output: true, Errors: true},
//			Width: 80, Height: 24, Resizes: sizes,
//		},
//	})
//
// It may be called by any number of goroutines at a time. Without arguments it opens
// the app, which needs Terminal.Input and Terminal.Output; both go through Environment's
// streams. The run ends by itself, when Context ends, or with an error of a stream. Its
// goroutine that reads Input ends with Input: close that once Execute has returned. The
// store stays open. Nothing of the process is touched: no signals, no garbage
// collector, no working directory.
type Session struct {
	// Context ends the run from outside, in place of the process's signals.
	Context context.Context
	// Store is the one that everything is done on. A flag --db that names another one
	// is refused.
	Store *store.Store
	// Link is the store's line to its server, where it is a laptop's; may be nil.
	Link *laptop.Link
	// Hub is where the store's steps get their numbers, where it is that of a server with a
	// hub; may be nil.
	Hub *hub.Member
	// Actor is who it is, where that is known; without a name it is the person at the
	// keyboard, as Environment says (User, DOPPELPASS_PERSON).
	Actor model.Actor
	// Ending says, at most once, that the app has to end; it may be nil.
	Ending <-chan ui.Ending
	// Hear is told how to tell the app what happens (ui.Options); it may be nil.
	Hear func(ui.Ear)
	// Later is given the app to run, where a run opens one: Execute returns 0, and what was
	// put there returns the exit code. A session that lasts long keeps nothing on its stack
	// that way. Nil: Execute runs it.
	Later *func() int
	// Screen is where the app paints; nil: Environment's Output.
	Screen io.Writer
	// Terminal says which of the streams are the person's terminal.
	Terminal Streams
	// Width and Height are the terminal's size, Resizes brings later ones; it may be nil.
	Width, Height int
	Resizes       <-chan tea.WindowSizeMsg
	// Folder is what paths are relative to; "": the process's own.
	Folder string
	// Remote says that the person sits at another machine: the files of this one are not
	// theirs. Paths are refused, commands only read, and the clipboard is the terminal's.
	Remote bool
	// Step is the identity that the run's step gets, for who must find out later whether
	// it was made; may be empty.
	Step model.StepID
	// Again says that an earlier run may have made the step, Lost that it has used up
	// the input.
	Again, Lost bool
	// Stands is called where the step stands, and the run does not begin again.
	Stands func()
	// Yield is called where Store is only read and the run wants to change it: the
	// process lets go of it, and whoever asked runs it there. Nil: such runs are refused.
	Yield func()
}

// Streams tells the three streams of a program apart.
type Streams struct{ Input, Output, Errors bool }

// reads are the commands of a person at another machine, by what follows the program's
// name: they look into the store, and have nothing to do with its machine.
var reads = []string{
	"signals", "cases", "inbox", "ledger", "briefing", "review", "figures", "timeline", "clashes", "retention", "plan", "absences list", "people list", "ready", "export", "places check",
	"consent proof", "optout check", "history", "check", "info", "version", "help",
}

// mayRun refuses what a person at another machine cannot run there.
func (r *run) mayRun(c *cobra.Command) error {
	if r.Session == nil || !r.Session.Remote || !c.HasParent() {
		return nil
	}
	_, name, _ := strings.Cut(c.CommandPath(), " ")
	if slices.Contains(reads, name) {
		return nil
	}
	return plainError{r.t("session.remote.reads", text.Args{"Command": name, "Commands": strings.Join(reads, ", ")}), codeUsage}
}

// file is a path that the person gave, for opening it.
func (r *run) file(path string) (string, error) {
	if r.Session == nil || path == "" || path == "-" {
		return path, nil
	}
	if r.Session.Remote {
		return "", plainError{r.t("session.remote.files", text.Args{"Path": path}), codeUsage}
	}
	if filepath.IsAbs(path) {
		return path, nil
	}
	return filepath.Join(r.Session.Folder, path), nil
}

// files is file for several.
func (r *run) files(paths ...*string) error {
	for _, path := range paths {
		full, err := r.file(*path)
		if err != nil {
			return err
		}
		*path = full
	}
	return nil
}

// shared is the session's store, for reading or for changing it; nil where this run
// opens its own.
func (r *run) shared(changing bool) (*store.Store, error) {
	if r.Session == nil || r.Session.Store == nil {
		return nil, nil
	}
	s := r.Session.Store
	if err := r.belongs(s); err != nil {
		return nil, err
	}
	if r.db != "" {
		named, err := r.file(r.db)
		if err != nil {
			return nil, err
		}
		if !sameFile(named, s.Path()) {
			return nil, usageError{r.t("session.other-store", text.Args{"Path": r.db, "Open": s.Path()})}
		}
	}
	if changing && r.Session.Remote {
		return nil, plainError{r.t("session.remote.changes"), codeUsage}
	}
	if changing && s.ReadOnly() && r.Session.Yield != nil {
		r.Session.Yield()
		return nil, errYield
	}
	return s, nil
}

// sameFile reports whether two paths lead to one file, or are the same path.
func sameFile(a, b string) bool {
	if from, err := filepath.Abs(a); err == nil {
		if to, err := filepath.Abs(b); err == nil && from == to {
			return true
		}
	}
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// stoppable ends with ctrl+c, for long work that has something to tidy up, or with the
// session. All other commands simply die of it, and the app has the key for itself.
func (r *run) stoppable(ctx context.Context) (context.Context, context.CancelFunc) {
	if r.Session != nil {
		return context.WithCancel(ctx)
	}
	return stoppable(ctx)
}

// collectLess lets the garbage collector wait while a command does what ends soon, until
// the function returned is called. Several runs share one collector: there it stays.
func (r *run) collectLess() func() {
	if r.Session != nil {
		return func() {}
	}
	before := debug.SetGCPercent(readingGarbage)
	return func() { debug.SetGCPercent(before) }
}

// isTerminal reports whether one of the run's streams is a person's terminal.
func (r *run) isTerminal(stream io.Writer) bool {
	if s := r.Session; s != nil {
		switch c, _ := stream.(*cleaning); {
		case c == nil:
			return false
		case c == r.Output:
			return s.Terminal.Output
		default:
			return c == r.Errors && s.Terminal.Errors
		}
	}
	return isTerminal(stream)
}

// noTerminal reports that there is nowhere to open the app.
func (r *run) noTerminal() bool {
	if s := r.Session; s != nil {
		return !s.Terminal.Input || !s.Terminal.Output
	}
	_, system := r.Input.(*os.File)
	return system && (!isTerminal(r.Input) || !isTerminal(r.Output))
}

// context is what the run ends with.
func (e Environment) context() context.Context {
	if e.Session != nil && e.Session.Context != nil {
		return e.Session.Context
	}
	return context.Background()
}

// caught turns a fault into an error: one session's must not end the others.
func (r *run) caught(err *error) {
	if r.Session == nil {
		return
	}
	if fault := recover(); fault != nil {
		*err = errors.Join(*err, fmt.Errorf("a fault in the program: %v\n%s", fault, debug.Stack()))
	}
}
