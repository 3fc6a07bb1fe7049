// Package ui is the terminal app: the root that routes between pages. Pages,
// parts, forms, words and commands are rooms of their own below it.
package ui

import (
	"errors"
	"fmt"
	"io"
	"os"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// Options say how to open the app.
type Options struct {
	Store    *store.Store
	Today    model.Date
	FixedDay bool // Today was asked for: it does not follow the clock
	Actor    model.Actor
	Language text.Language
	Theme    kit.Mode
	NoMouse  bool
	Version  string

	// Demo makes a store of demo data that is gone after close; nil: the app does
	// not offer it.
	Demo func() (demo *store.Store, close func(), err error)

	// Input and Output are the terminal; nil: the process's own.
	Input  io.Reader
	Output io.Writer
	// Width and Height are the size of a terminal that is no file and cannot be
	// asked for it.
	Width, Height int

	renderer *lipgloss.Renderer
}

// Run opens the app and returns when the person has left it.
func Run(o Options) error {
	program, s, err := newProgram(o)
	if err != nil {
		return err
	}
	defer s.End()
	if _, err := program.Run(); err != nil && !errors.Is(err, tea.ErrInterrupted) {
		return fmt.Errorf("running the app: %w", err)
	}
	return nil
}

func newProgram(o Options) (*tea.Program, *session.Session, error) {
	terminal := o.Output
	if terminal == nil {
		terminal = kit.NewShared(os.Stdout)
		o.renderer = lipgloss.NewRenderer(os.Stdout) // its colours are found out from the file itself
	} else {
		o.renderer = lipgloss.NewRenderer(terminal)
	}
	look := kit.NewLook(kit.NewTheme(o.renderer, o.Theme), text.New(o.Language), terminal)
	look.SetRemote(os.Getenv("SSH_CONNECTION") != "")
	s, err := session.New(look, o.Store, o.Today, o.Actor)
	if err != nil {
		return nil, nil, err
	}
	options := []tea.ProgramOption{tea.WithAltScreen(), tea.WithOutput(terminal)}
	if !o.NoMouse {
		options = append(options, tea.WithMouseCellMotion())
	}
	if o.Input != nil {
		options = append(options, tea.WithInput(o.Input))
	}
	return tea.NewProgram(newRoot(s, o), options...), s, nil
}
