package ui

// How the app looks to this person on this terminal: what they asked for, else what
// the terminal says, else what it said last time.

import (
	"os"
	"time"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"doppelpass/ui/habits"
	"doppelpass/ui/kit"
	"doppelpass/ui/terminal"
)

// backgroundWithin is how long the start waits for the terminal to say its background.
const backgroundWithin = 300 * time.Millisecond

// mode is light or dark: what was asked for, else what is found out.
func (d *device) mode(o Options) kit.Mode {
	if o.Theme == kit.ModeLight || o.Theme == kit.ModeDark {
		return o.Theme
	}
	dark, known := false, false
	if d.file != nil {
		dark, known = terminal.Background(os.Stdin, os.Stdout, backgroundWithin)
	}
	if !known {
		dark, known = terminal.Hinted(d.getenv("COLORFGBG"))
	}
	switch {
	case known:
		mode := kit.ModeLight
		if dark {
			mode = kit.ModeDark
		}
		_ = o.Habits.Set(habits.Background, string(mode)) // remembering it is a comfort
		return mode
	case o.Habits.Get(habits.Background) == string(kit.ModeLight):
		return kit.ModeLight
	}
	return kit.ModeDark
}

// renderer knows the terminal's colours: from the process's own terminal, else from
// what the person's environment says of theirs.
func (d *device) renderer() *lipgloss.Renderer {
	if d.file != nil {
		return lipgloss.NewRenderer(d.colours)
	}
	return lipgloss.NewRenderer(d.colours, termenv.WithProfile(terminal.Colours(d.getenv)))
}

// theme is a theme on this terminal. Without colour, what stands out is bold or in
// reverse where the terminal knows that.
func (d *device) theme(renderer *lipgloss.Renderer, mode kit.Mode) *kit.Theme {
	if term := d.getenv("TERM"); (d.file != nil || term != "") && renderer.ColorProfile() == termenv.Ascii && term != "dumb" {
		return kit.NewColourless(renderer, mode)
	}
	return kit.NewTheme(renderer, mode)
}
