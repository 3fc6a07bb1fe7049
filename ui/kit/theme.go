package kit

// The theme: roles instead of colours. A component asks for "dim" or "sales"
// and the theme knows what that is on this terminal.

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Role is what a piece of text is for.
type Role uint8

// The roles. Colour never carries a meaning alone: beside it always stands a
// glyph or a word.
const (
	Text      Role = iota // the terminal's own foreground
	Dim                   // secondary text: labels, units, hints
	Faint                 // rules, separators, the empty rest of a bar; never text that must be read
	Heading               // titles
	Strong                // the one number that matters in a line
	Sales                 // what belongs to sales ▲
	Marketing             // what belongs to marketing ◆
	Good                  // done, ready, in hand
	Late                  // overdue, short, missing
	Error                 // what went wrong
	Key                   // the name of a key
	Match                 // the letters a search found
	Chosen                // the active tab, the button under the cursor
	Caret                 // the cell under the text cursor
	roleCount
)

// Ground is what text stands on.
type Ground uint8

// The grounds.
const (
	Plain    Ground = iota // the terminal's own background
	Selected               // the row under the cursor of the pane in front
	Resting                // the row under the cursor of a pane in the background
	Marked                 // a marked row
	Input                  // a field being filled in
	groundCount
)

// Mode says which background the theme is for.
type Mode string

// The modes.
const (
	ModeAuto  Mode = "auto"
	ModeLight Mode = "light"
	ModeDark  Mode = "dark"
)

// ParseMode reads a mode's name; the empty name is auto.
func ParseMode(name string) (Mode, error) {
	switch m := Mode(name); m {
	case "":
		return ModeAuto, nil
	case ModeAuto, ModeLight, ModeDark:
		return m, nil
	}
	return "", fmt.Errorf("theme %q is none of auto, light, dark", name)
}

// pen is the escape sequences before and after a piece of text.
type pen struct{ open, shut string }

// Theme paints roles for one session. It does not change once made and may be
// used by several goroutines.
type Theme struct {
	renderer   *lipgloss.Renderer
	dark       bool
	monochrome bool
	styles     [roleCount][groundCount]lipgloss.Style
	pens       [roleCount][groundCount]pen
	shared     *sharedRows // nil: nobody shares it
}

// NewTheme is the theme for a session's renderer. ModeAuto asks the terminal for
// its background, which writes to it and waits for the answer: make the theme
// before the program runs.
func NewTheme(renderer *lipgloss.Renderer, mode Mode) *Theme {
	switch mode {
	case ModeLight:
		renderer.SetHasDarkBackground(false)
	case ModeDark:
		renderer.SetHasDarkBackground(true)
	}
	t := &Theme{
		renderer:   renderer,
		dark:       renderer.HasDarkBackground(),
		monochrome: renderer.ColorProfile() == termenv.Ascii,
	}
	few := renderer.ColorProfile() == termenv.ANSI
	for role := range roleCount {
		for ground := range groundCount {
			style := styleOf(renderer, role, ground, few)
			t.styles[role][ground] = style
			open, shut, _ := strings.Cut(style.Render("x"), "x")
			t.pens[role][ground] = pen{open, shut}
		}
	}
	return t
}

// NewColourless is a theme for a terminal whose person wants no colour: what stands out
// is bold, in reverse or underlined, and the glyphs stand beside it as without any.
func NewColourless(renderer *lipgloss.Renderer, mode Mode) *Theme {
	t := NewTheme(renderer, mode)
	for role := range roleCount {
		for ground := range groundCount {
			codes := ""
			if bold[role] {
				codes += ";1"
			}
			switch {
			case role == Caret, role == Chosen, ground == Selected:
				codes += ";7"
			case ground == Input:
				codes += ";4"
			case ground == Marked:
				codes += ";1"
			}
			if codes != "" {
				t.pens[role][ground] = pen{"\x1b[" + codes[1:] + "m", "\x1b[0m"}
			}
		}
	}
	return t
}

// Focus is the cell where the focus is on a screen painted with the theme: the text
// cursor, else the beginning of the selected row.
func (t *Theme) Focus(screen string) (x, y int, ok bool) {
	signs := []string{t.pens[Caret][Input].open, t.pens[Caret][Plain].open, t.pens[Strong][Selected].open}
	if t.monochrome {
		signs = []string{"▏", t.pens[Strong][Selected].open, "▸"}
	}
	for _, sign := range signs {
		if sign == "" {
			continue
		}
		if i := strings.Index(screen, sign); i >= 0 {
			line := screen[strings.LastIndexByte(screen[:i], '\n')+1 : i]
			return Width(line), strings.Count(screen[:i], "\n"), true
		}
	}
	return 0, 0, false
}

// Monochrome reports a terminal without any style: no colour, no bold, no
// reverse. Focus and selection then show by their glyphs only.
func (t *Theme) Monochrome() bool { return t.monochrome }

// Dark reports whether the theme is for a dark background.
func (t *Theme) Dark() bool { return t.dark }

// Style is the role's style on the plain ground, for what is drawn by lipgloss.
func (t *Theme) Style(role Role) lipgloss.Style { return t.styles[role][Plain] }

// Paint writes s in a role's style. s is a single line without other styles in it.
func (t *Theme) Paint(role Role, s string) string { return t.PaintOn(Plain, role, s) }

// PaintOn writes s in a role's style on a ground.
func (t *Theme) PaintOn(ground Ground, role Role, s string) string {
	if s == "" {
		return s
	}
	p := &t.pens[role][ground]
	if p.open == "" {
		return s
	}
	return p.open + s + p.shut
}

// write is PaintOn into a builder.
func (t *Theme) write(b *strings.Builder, ground Ground, role Role, s string) {
	p := &t.pens[role][ground]
	b.WriteString(p.open)
	b.WriteString(s)
	b.WriteString(p.shut)
}
