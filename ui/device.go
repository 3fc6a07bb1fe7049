package ui

// The terminal the app runs in: its keyboard and screen, what is switched on while
// the app has it, and the signals that reach the process meanwhile.

import (
	"context"
	"io"
	"os"
	"os/signal"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"golang.org/x/term"

	"doppelpass/store/faults"
	"doppelpass/ui/kit"
	"doppelpass/ui/terminal"
)

// Without autowrap a line that a terminal finds wider than the program did stays in
// its line.
const (
	autowrapOff = "\x1b[?7l"
	autowrapOn  = "\x1b[?7h"
)

// The window's title comes back when the program has ended.
const (
	keepTitle    = "\x1b[22;2t"
	restoreTitle = "\x1b[23;2t"
)

// answersWithin is how long the end of the program waits for what it has asked.
const answersWithin = 300 * time.Millisecond

// device is the app's terminal.
type device struct {
	input   io.Reader
	output  io.Writer
	colours io.Writer // the terminal itself: its colours are found out from the file
	getenv  func(string) string

	renderer *lipgloss.Renderer // of the process's own terminal, once it is known
	screen   *terminal.Screen
	file     *os.File // the keyboard, if it is the process's own

	program *tea.Program
	signals chan os.Signal
	last    func() // there is no end by force to be ready for any more; nil: there never was
}

// open takes the terminal of the options, or the process's own.
func open(o Options) *device {
	if o.Input != nil || o.Output != nil {
		keyboard := terminal.NewKeyboard(o.Input)
		screen := terminal.NewScreen(o.Output, keyboard, o.Getenv("TERM") == "" || terminal.MayAsk(o.Getenv("TERM")))
		return &device{input: keyboard, output: screen, colours: o.Output, getenv: o.Getenv, screen: screen}
	}
	keyboard := terminal.NewFileKeyboard(os.Stdin)
	screen := terminal.NewFileScreen(os.Stdout, keyboard.Keyboard, terminal.MayAsk(o.Getenv("TERM")))
	return &device{input: keyboard, output: screen, colours: os.Stdout, getenv: o.Getenv, screen: screen.Screen, file: os.Stdin}
}

// begin takes the terminal for a program.
func (d *device) begin(program *tea.Program, root *root) {
	d.program = program
	_, _ = d.screen.WriteString(keepTitle + autowrapOff)
	if !root.local {
		root.painter.Begin(root.mouse)
	}
	d.signals = make(chan os.Signal, 4)
	if d.file != nil {
		d.readyForTheLast()
		signal.Notify(d.signals, caught...)
		faults.Go(d.watch)
	}
}

// undress is what the app switches on in a terminal, switched off: mouse, pasting, the
// cursor, the alternate screen.
const undress = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?25h\x1b[?1049l" + autowrapOn + restoreTitle

// readyForTheLast sees to it that the terminal is given back even where the program cannot
// do it any more.
func (d *device) readyForTheLast() {
	descriptor := int(d.file.Fd())
	before, err := term.GetState(descriptor)
	if err != nil { // no terminal
		return
	}
	d.last = faults.Last(func() {
		_, _ = os.Stdout.WriteString(undress)
		_ = term.Restore(descriptor, before)
	})
}

// end gives the terminal back.
func (d *device) end(root *root) {
	if d.last != nil {
		defer d.last()
	}
	signal.Stop(d.signals)
	close(d.signals)
	if root.local {
		root.painter.Halt(answersWithin)
	} else {
		root.painter.End(root.mouse)
	}
	_, _ = d.screen.WriteString(autowrapOn + restoreTitle)
	if root.farewell != "" {
		for _, sentence := range root.farewellLines() {
			lines := kit.Wrap(sentence, max(root.width, leastWidth))
			_, _ = d.screen.WriteString("\r\n" + strings.Join(lines, "\r\n") + "\r\n")
		}
	}
	if d.file != nil {
		terminal.Forget(d.file)
	}
}

// hear passes on what comes from outside the terminal's stream: its later sizes, and that
// the session has to end.
func (d *device) hear(ctx context.Context, sizes <-chan tea.WindowSizeMsg, ending <-chan Ending) {
	for sizes != nil || ending != nil {
		select {
		case size, ok := <-sizes:
			if !ok {
				sizes = nil
				continue
			}
			d.program.Send(size)
		case e, ok := <-ending:
			if ok {
				d.program.Send(e)
			}
			ending = nil
		case <-ctx.Done():
			return
		}
	}
}

// stop lets the shell have the terminal until the person comes back.
func (r *root) stop() tea.Cmd {
	if r.screen == nil || !r.stops {
		return nil
	}
	if r.options.LetGo && suspends && r.whole() { // while it is stopped, nobody else is to wait for it
		r.paused = r.pack()
		return r.leave(0)
	}
	screen, painter, mouse, away := r.screen, r.painter, r.mouse, r.options.Pause
	if !r.local { // no file that somebody else could read from meanwhile
		return func() tea.Msg {
			screen.Settle(answersWithin)
			painter.End(mouse)
			_, _ = screen.WriteString(autowrapOn)
			away()
			_, _ = screen.WriteString(autowrapOff)
			painter.Begin(mouse)
			painter.Forget()
			screen.Resume()
			return resumed{}
		}
	}
	pause := tea.Exec(&pause{screen, away}, func(error) tea.Msg { screen.Resume(); return resumed{} })
	return func() tea.Msg {
		painter.Halt(answersWithin)
		screen.Settle(answersWithin)
		return pause()
	}
}

// goOnPainting follows the time the process was stopped: the terminal shows nothing of
// the app, and has forgotten about the mouse.
func (r *root) goOnPainting() tea.Cmd {
	if !r.local {
		return nil
	}
	r.painter.GoOn()
	if r.mouse {
		return tea.EnableMouseCellMotion
	}
	return nil
}

// pause is the time the process is stopped; Bubble Tea gives the terminal back
// around it.
type pause struct {
	screen *terminal.Screen
	stop   func() // until the person is back
}

// Run implements tea.ExecCommand.
func (p *pause) Run() error {
	_, _ = p.screen.WriteString(autowrapOn)
	p.stop()
	_, _ = p.screen.WriteString(autowrapOff)
	return nil
}

// SetStdin implements tea.ExecCommand.
func (*pause) SetStdin(io.Reader) {}

// SetStdout implements tea.ExecCommand.
func (*pause) SetStdout(io.Writer) {}

// SetStderr implements tea.ExecCommand.
func (*pause) SetStderr(io.Writer) {}

// resumed says that the process goes on, stopping that it was asked to stop.
type (
	resumed  struct{}
	stopping struct{}
)

// leave ends the program once the terminal has answered what it was asked.
func (r *root) leave(code int) tea.Cmd {
	r.left = code
	screen, painter, local := r.screen, r.painter, r.local
	return func() tea.Msg {
		if local {
			painter.Halt(answersWithin)
		}
		if screen != nil {
			screen.Settle(answersWithin)
		}
		return tea.QuitMsg{}
	}
}

// told is a signal that ends the program.
type told struct{ code int }
