// Package command is the command line: the same work as in the app, for scripts
// and for people who like to type.
package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"os/user"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/store/hub"
	"doppelpass/ui"
	"doppelpass/ui/habits"
	"doppelpass/ui/kit"
	"doppelpass/ui/laptop"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// The exit codes, as --help tells them.
const (
	codeDone     = 0
	codeFailed   = 1
	codeUsage    = 2
	codeProblems = 3   // check found problems, or --strict met rows it could not take
	codeStopped  = 130 // ctrl+c, as shells have it
)

// Environment is what a command has of the world around it.
type Environment struct {
	Input          io.Reader
	Output, Errors io.Writer
	Getenv         func(string) string
	Now            func() time.Time
	User           string // who the history names; empty: the system's user
	Config         string // the file of the person's own settings; empty: none
	// Session is set where the run is one of many in this process; nil: the process is
	// this run.
	Session *Session
	// Joins says that the run may go on in a process that has the store open, and lets
	// others join where it has it open itself. The run is the process, then.
	Joins bool
	// App opens the terminal app.
	App func(ui.Options) error
	// Dial reaches the servers of laptops; nil: the system's ssh does.
	Dial laptop.Dial
	// Brief is told by commands that read the store, answer and end: memory need not
	// be collected for them. May be nil.
	Brief func()
}

// briefMemory is how much a brief command may hold before it is collected all the
// same, in bytes.
const briefMemory = 1 << 30

// System is the process's own environment.
func System() Environment {
	return Environment{
		Input: os.Stdin, Output: os.Stdout, Errors: os.Stderr, Getenv: os.Getenv, Now: time.Now, App: ui.Run, Joins: true,
		Config: settingsFile(os.Getenv),
		Brief: func() {
			debug.SetMemoryLimit(briefMemory)
			debug.SetGCPercent(-1)
		},
	}
}

// Execute runs the command that args name and returns the exit code.
func Execute(args []string, e Environment) int {
	e.Output, e.Errors = &cleaning{Writer: e.Output}, &cleaning{Writer: e.Errors}
	r := &run{Environment: e, args: args, member: &atomic.Pointer[hub.Member]{}}
	if e.Config != "" {
		r.habits, r.unread = habits.Load(e.Config, e.Getenv)
	}
	r.language = language(args, e.Getenv, r.habits)
	root := r.root()
	if completing(args) {
		r.translate(root) // shells show the commands' descriptions
	}
	root.SetArgs(append([]string{}, args...)) // none are none, not those of the process
	if done, err := r.doneBefore(); done || err != nil {
		return r.exit(root, err)
	}
	show := r.holdBack()
	failed, err := r.execute(root, e.context())
	if err == nil && r.opening != nil { // the tree of commands is let go of: it is large, and the app stays long
		root, failed = nil, &cobra.Command{Use: "doppelpass"}
		if later := r.later(); later != nil {
			var o *ui.Options
			if o, err = r.options(r.opening); err == nil {
				*later = func() int { return r.runLater(failed, o) }
				return codeDone
			}
			return r.exit(failed, err)
		}
		err = r.openShared()
	}
	show(r.elsewhere == nil)
	if r.elsewhere != nil {
		return r.joined(*r.elsewhere)
	}
	return r.exit(failed, err)
}

// execute runs the command that is found.
func (r *run) execute(root *cobra.Command, ctx context.Context) (failed *cobra.Command, err error) {
	failed = root
	defer r.caught(&err)
	return root.ExecuteContextC(ctx)
}

// openShared opens the app on the session's store.
func (r *run) openShared() (err error) {
	defer r.caught(&err)
	return r.open(r.opening)
}

// later is where the session wants the app put, instead of having it run.
func (r *run) later() *func() int {
	if r.Session == nil {
		return nil
	}
	return r.Session.Later
}

// runLater runs the app and returns the exit code. Next to nothing stands on the stack
// meanwhile.
func (r *run) runLater(failed *cobra.Command, o *ui.Options) int {
	return r.exit(failed, r.runOptions(o))
}

func (r *run) runOptions(o *ui.Options) (err error) {
	defer r.caught(&err)
	return ui.RunFor(o)
}

// stoppable ends with ctrl+c and with what else ends a process.
func stoppable(ctx context.Context) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
}

// run is one run of the program.
type run struct {
	Environment
	language text.Language
	printer  *text.Printer
	habits   *habits.Habits
	unread   error // the settings could not be read
	passing  bool  // the app is opened on demo data that passes

	owner   string       // code of the person whose laptop the store is, once one is open
	opening *store.Store // the session's store, on which the app is to be opened

	until context.Context // ends when what is being written is to be dropped; nil: never

	db, today, theme string
	readOnly, plain  bool
	told             bool // what the other department does was said before

	args    []string
	lasting bool // the run is the app
	// member is the server at its hub, once it is; for those who join it.
	member *atomic.Pointer[hub.Member]
	hosts  []*host // of the stores that this process has open
	// elsewhere is set where the run goes on in another process.
	elsewhere *joinInstead
	kept      []byte // what the app goes on with after it was stopped
	letsGo    bool   // the app lets go of the store while it is stopped
}

// words is the printer, made when the first word is needed: a script that reads
// JSON needs none.
func (r *run) words() *text.Printer {
	if r.printer == nil {
		r.printer = text.New(r.language)
	}
	return r.printer
}

func (r *run) t(key string, args ...text.Args) string { return r.words().T(key, args...) }

// language is known before anything is parsed, since help and errors are written
// in it.
func language(args []string, getenv func(string) string, h *habits.Habits) text.Language {
	for i, arg := range args {
		value, given := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			value, given = args[i+1], true
		}
		if given {
			return text.Detect(value)
		}
	}
	return text.Detect(h.Get(habits.Language), getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"))
}

// usageError is a command that was typed wrongly; it is a whole sentence.
type usageError struct{ sentence string }

func (e usageError) Error() string { return e.sentence }

// plainError is a whole sentence for the person, and an exit code.
type plainError struct {
	sentence string
	code     int
}

func (e plainError) Error() string { return e.sentence }

// exit tells the person what went wrong and picks the exit code.
func (r *run) exit(failed *cobra.Command, err error) int {
	var (
		usage usageError
		plain plainError
		left  ui.Left
	)
	switch {
	case err == nil:
		return codeDone
	case errors.Is(err, syscall.EPIPE): // who read us has seen enough
		return codeDone
	case errors.Is(err, errYield): // the run goes on elsewhere, and speaks there
		return codeFailed
	case errors.Is(err, context.Canceled):
		r.complain(r.t("command.stopped"))
		return codeStopped
	case errors.As(err, &left):
		return left.Code
	case errors.As(err, &plain):
		if plain.sentence != "" {
			r.complain(plain.sentence)
		}
		return plain.code
	case errors.As(err, &usage):
		r.complain(usage.sentence)
		r.complain(r.t("command.see-help", text.Args{"Command": failed.CommandPath()}))
		return codeUsage
	}
	r.complain(r.sentence(err))
	return codeFailed
}

func (r *run) complain(sentence string) { fmt.Fprintln(r.Errors, "doppelpass: "+sentence) }

// sentence says an error in the person's language.
func (r *run) sentence(err error) string {
	if sentence, ok := r.report().Error(err); ok {
		return sentence
	}
	switch path := (text.Args{"Path": r.path()}); {
	case errors.Is(err, store.ErrNoStore):
		return r.t("command.no-store", path)
	case errors.Is(err, store.ErrNotAStore):
		return r.t("command.not-a-store", path)
	}
	return words.Error(r.words(), nil, err)
}

// isTerminal reports whether a stream is a person's terminal.
func isTerminal(stream any) bool {
	if c, ok := stream.(*cleaning); ok {
		stream = c.Writer
	}
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// path is where the store lies: --db, else DOPPELPASS_DB, else the platform's
// folder for data; "" where nobody knows that.
func (r *run) path() string {
	if r.Session != nil && r.Session.Store != nil {
		return r.Session.Store.Path()
	}
	if r.db != "" {
		return r.db
	}
	if path := r.Getenv("DOPPELPASS_DB"); path != "" {
		return path
	}
	if runtime.GOOS != "windows" && r.Getenv("HOME") == "" && r.Getenv("XDG_DATA_HOME") == "" {
		return ""
	}
	return filepath.Join(xdg.DataHome, "doppelpass", "doppelpass.db")
}

// day is today: --today, else the clock's.
func (r *run) day() (model.Date, error) {
	today := model.DateOf(r.Now())
	if r.today == "" {
		return today, nil
	}
	if d, err := model.ParseDate(r.today); err == nil {
		return d, nil
	}
	d, err := r.words().ParseDay(r.today, today)
	if err != nil {
		return 0, usageError{r.t("command.flag.bad", text.Args{"Flag": "--today", "Detail": err.Error()})}
	}
	return d, nil
}

// actorIn is the person at the keyboard in the role that the book knows of them.
func (r *run) actorIn(book *model.Book) model.Actor {
	actor := r.actor()
	if person, known := book.Person(actor.Person); known {
		known := person.Actor(actor.Device)
		known.Step = actor.Step
		return known
	}
	return actor
}

// actor is the person at the keyboard; who works alone is the lead.
func (r *run) actor() model.Actor {
	var step model.StepID
	if r.Session != nil {
		if step = r.Session.Step; r.Session.Actor.Name != "" {
			actor := r.Session.Actor
			actor.Step = step
			return actor
		}
	}
	name := r.User
	if u, err := user.Current(); err == nil && name == "" {
		name = u.Username
	}
	if name == "" {
		name = r.Getenv("USER")
	}
	person := exchange.Clean(cmp.Or(r.owner, r.Getenv("DOPPELPASS_PERSON")))
	return model.Actor{Name: exchange.Clean(name), Role: model.RoleLead, Person: person, Step: step}
}

// reading opens the store for reading only, so that several may read at once. One that
// an older program wrote is brought up to date first, unless nothing may be changed.
func (r *run) reading() (*store.Store, error) {
	if s, err := r.shared(false); s != nil || err != nil {
		return s, err
	}
	s, err := r.openStore(r.path(), store.Options{ReadOnly: true, Now: r.Now})
	if !errors.As(err, &store.OlderSchema{}) && !errors.As(err, &store.ErasureDue{}) || r.readOnly {
		return s, err
	}
	s, err = r.changing()
	if err != nil {
		return nil, err
	}
	if err := r.close(s); err != nil {
		return nil, err
	}
	return r.openStore(r.path(), store.Options{ReadOnly: true, Now: r.Now})
}

// changing opens a store that exists for changing it.
func (r *run) changing() (*store.Store, error) {
	if r.readOnly {
		return nil, store.ErrReadOnly
	}
	if s, err := r.shared(true); s != nil || err != nil {
		return s, err
	}
	if _, err := os.Stat(r.path()); errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", r.path(), store.ErrNoStore)
	}
	return r.opened(r.openStore(r.path(), store.Options{Now: r.Now}))
}

// opened says so where opening a store brought it up to date.
func (r *run) opened(s *store.Store, err error) (*store.Store, error) {
	if err == nil && s.Migrated() != nil {
		r.complain(r.t("session.migrated", text.Args{"Path": s.Migrated().Backup}))
	}
	if err == nil && s.Reapplied() != nil {
		r.complain(r.words().N("person.again", s.Reapplied().Names, text.Args{"Path": s.Path()}))
	}
	return s, err
}

// readingGarbage is the garbage collector's percentage while a command reads: it
// ends before most of its memory could be used a second time.
const readingGarbage = 400

// read runs a reading with the store open.
func (r *run) read(reading func(*store.Store) error) error {
	defer r.collectLess()()
	s, err := r.reading()
	if err != nil {
		return err
	}
	out := r.spool()
	return errors.Join(reading(s), r.close(s), out())
}

// open opens the app on a store.
func (r *run) open(s *store.Store) error {
	o, err := r.options(s)
	if err != nil {
		return err
	}
	return r.App(*o)
}

// options say how the app is opened.
func (r *run) options(s *store.Store) (*ui.Options, error) {
	if r.noTerminal() {
		return nil, plainError{r.t("command.no-terminal"), codeFailed}
	}
	if r.Getenv("TERM") == "dumb" {
		return nil, plainError{r.t("command.dumb-terminal"), codeFailed}
	}
	if r.unread != nil {
		return nil, r.unread
	}
	mode, err := kit.ParseMode(cmp.Or(r.theme, r.habits.Get(habits.Theme)))
	if err != nil {
		return nil, usageError{r.t("command.flag.one-of", text.Args{"Flag": "--theme", "Values": "auto, light, dark"})}
	}
	today, err := r.day()
	if err != nil {
		return nil, err
	}
	actor := r.actor()
	if role := r.habits.Get(habits.Role); role != "" && actor.Person == "" {
		actor.Role = model.Role(role)
	}
	o := &ui.Options{
		LetGo: r.letsGo, Habits: r.habits, NoMouse: r.habits.Get(habits.Mouse) == "off", Getenv: r.Getenv,
		Store: s, Today: today, FixedDay: r.today != "", Now: r.Now, Actor: actor, Language: r.language, Theme: mode, Version: version(), Demo: r.passingDemo(today),
		// Who looks at a demo is shown everything, and who works in a team is somebody.
		AskRole: r.habits.Get(habits.Role) == "" && actor.Person == "" && !r.passing && !s.ReadOnly(),
	}
	for _, h := range r.hosts {
		if h.store == s {
			if h.link != nil {
				o.Link = h.link
			}
		}
	}
	if replica, is, err := s.Replica(); err == nil && is && replica.Hub != "" && o.Link == nil {
		o.Link = idleHub{s} // doppelpass serve --hub does not run
	}
	if of := r.Session; of != nil {
		switch {
		case of.Hub != nil:
			o.Link = hubLink{of.Hub}
		case of.Link != nil:
			o.Link = of.Link
		}
		o.Input, o.Output, o.Width, o.Height, o.Resizes = r.Input, bare(r.Output), of.Width, of.Height, of.Resizes
		o.Context, o.Ending, o.Folder, o.Remote = of.Context, of.Ending, of.Folder, of.Remote
		o.Hear = of.Hear
		if of.Screen != nil {
			o.Output = of.Screen
		}
		if of.Remote {
			o.Demo = nil // it would be made for each who asks
		}
	}
	return o, nil
}
