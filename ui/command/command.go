// Package command is the command line: the same work as in the app, for scripts
// and for people who like to type.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"doppelpass/store"
	"doppelpass/store/faults"
	"doppelpass/store/hub"
	"doppelpass/ui"
	"doppelpass/ui/ahead"
	"doppelpass/ui/habits"
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
	codeSignal   = 128 // and the signal's number
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
	// Large is told before much comes into memory. May be nil.
	Large func()
}

// briefMemory is how much a brief command may hold before it is collected all the
// same, in bytes.
const briefMemory = 1 << 30

// System is the process's own environment.
func System() Environment {
	return Environment{
		Input: os.Stdin, Output: os.Stdout, Errors: os.Stderr, Getenv: os.Getenv, Now: time.Now, App: runApp, Joins: true,
		Config: settingsFile(os.Getenv),
		Brief: func() {
			debug.SetMemoryLimit(briefMemory)
			debug.SetGCPercent(-1)
		},
		Large: ahead.Memory,
	}
}

// runApp opens the app, which answers signals itself.
func runApp(o ui.Options) error {
	tidying.Add(1)
	defer tidying.Add(-1)
	return ui.Run(o)
}

// Execute runs the command that args name and returns the exit code.
func Execute(args []string, e Environment) int {
	e.Output, e.Errors = &cleaning{Writer: e.Output}, &cleaning{Writer: e.Errors}
	r := &run{Environment: e, args: args, member: &atomic.Pointer[hub.Member]{}}
	if e.Joins { // the process is this run
		quietly()
	}
	if e.Config != "" {
		r.habits, r.unread = habits.Load(e.Config, e.Getenv)
	}
	r.language = language(args, e.Getenv, r.habits)
	if zone := e.Getenv("TZ"); e.Joins && unknownZone(zone, time.Local) {
		r.complain(r.t("command.unknown-zone", text.Args{"Zone": zone}))
	}
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

// unknownZone reports that Go knows no time zone of that name, as TZ says it, and has taken UTC for
// the local one.
func unknownZone(name string, local *time.Location) bool {
	name = strings.TrimPrefix(name, ":")
	return local.String() == "UTC" && !slices.Contains([]string{"", "UTC", "UTC0", "UTC-0", "UTC+0", "GMT0", "Z"}, name)
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

// tidying counts what ends by itself when a signal comes.
var tidying atomic.Int32

// stoppable ends with ctrl+c and with what else ends a process, but for what is ignored: with nohup,
// and aside in a script, whoever started it wants it to go on.
func stoppable(ctx context.Context) (context.Context, context.CancelFunc) {
	signals := slices.DeleteFunc(slices.Clone(endings), signal.Ignored)
	tidying.Add(1)
	ctx, stop := signal.NotifyContext(ctx, signals...)
	return ctx, sync.OnceFunc(func() {
		stop()
		tidying.Add(-1)
	})
}

// quietly has the process end without a word at signals at which the runtime would write a trace,
// unless somebody tidies up at them.
func quietly() {
	if len(traced) == 0 {
		return
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, traced...)
	faults.Go(func() {
		for s := range signals {
			if tidying.Load() == 0 {
				number, _ := s.(syscall.Signal)
				os.Exit(codeSignal + int(number))
			}
		}
	})
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
