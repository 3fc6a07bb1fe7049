package join

// The terminal of a process that has joined: its keys come one by one while a session
// shows, and are the shell's again afterwards.

import (
	"io"
	"os"

	"golang.org/x/term"
)

type console struct {
	in    *os.File
	out   *os.File // nil: no file
	state *term.State
	reset func()
}

func newConsole(in *os.File, out io.Writer) *console {
	file, _ := out.(*os.File)
	return &console{in: in, out: file}
}

// isTerminal reports whether a stream is a person's terminal.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && file != nil && term.IsTerminal(int(file.Fd()))
}

// makeRaw has keys come one by one.
func (c *console) makeRaw() {
	if c.state != nil || !isTerminal(c.in) {
		return
	}
	if state, err := term.MakeRaw(int(c.in.Fd())); err == nil {
		c.state, c.reset = state, showSequences(c.out)
	}
}

// cooked gives the keys back to whoever comes next.
func (c *console) cooked() {
	if c.state == nil {
		return
	}
	_ = term.Restore(int(c.in.Fd()), c.state)
	c.reset()
	c.state = nil
}

// size is the terminal's, 0 where there is none.
func (c *console) size() (width, height int) {
	for _, file := range []*os.File{c.out, c.in} {
		if isTerminal(file) {
			if width, height, err := term.GetSize(int(file.Fd())); err == nil {
				return width, height
			}
		}
	}
	return 0, 0
}
