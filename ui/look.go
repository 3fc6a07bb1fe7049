package ui

// How the app looks to this person on this terminal: what they asked for, else what
// the terminal says, else what it said last time.

import (
	"io"
	"os"
	"sync"
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

// theme is a theme on this terminal: its colours are known from the process's own
// terminal, else from what the person's environment says of theirs.
func (d *device) theme(mode kit.Mode) *kit.Theme {
	if d.file == nil {
		return themeOf(look{terminal.Colours(d.getenv), mode, d.colourless()})
	}
	if d.renderer == nil {
		d.renderer = lipgloss.NewRenderer(d.colours)
	}
	return newTheme(d.renderer, mode, d.colourless())
}

// colourless reports a terminal that may show no colour, but knows bold and reverse.
func (d *device) colourless() bool {
	name := d.getenv("TERM")
	return name != "dumb" && (d.file != nil || name != "")
}

// look is what a theme depends on.
type look struct {
	colours    termenv.Profile
	mode       kit.Mode
	colourless bool
}

// themes are the themes of terminals elsewhere, shared by all sessions: each is large.
var themes = struct {
	sync.Mutex
	made map[look]*kit.Theme
}{made: map[look]*kit.Theme{}}

func themeOf(l look) *kit.Theme {
	themes.Lock()
	defer themes.Unlock()
	t := themes.made[l]
	if t == nil {
		renderer := lipgloss.NewRenderer(io.Discard)
		renderer.SetColorProfile(l.colours)
		t = newTheme(renderer, l.mode, l.colourless)
		t.Share()
		themes.made[l] = t
	}
	return t
}

// newTheme makes a theme. Without colour, what stands out is bold or in reverse where
// the terminal knows that.
func newTheme(renderer *lipgloss.Renderer, mode kit.Mode, colourless bool) *kit.Theme {
	if colourless && renderer.ColorProfile() == termenv.Ascii {
		return kit.NewColourless(renderer, mode)
	}
	return kit.NewTheme(renderer, mode)
}
