// Package kit is the set of parts every page is built from: theme, keys, table,
// form, dialogs, charts and the small things between them. It knows nothing of
// the trade.
//
// # Conventions
//
// Components are pointers made once and kept: Update(tea.Msg) tea.Cmd changes
// them, SetSize(width, height) gives them their room in cells, View() draws them
// in exactly that room. Neither Update nor View does any input or output; what
// takes time returns as a tea.Cmd. Answers come through callbacks (OnOpen,
// OnSubmit …) that may return a tea.Cmd.
//
// Mouse messages carry coordinates relative to the component's top left cell: the
// owner, who knows where it put the component, translates them with Rect.Relative.
//
// Titles and labels are message keys of package text; a string without a message
// is shown as it is, so that names from the data work as titles too.
package kit

import (
	"io"
	"os"

	"doppelpass/ui/text"
)

// Look is what one session's components share: its colours, its language and
// its terminal. One Look a session; components keep the pointer, so that a
// change of theme or language shows in the next frame everywhere.
type Look struct {
	Theme  *Theme
	Text   *text.Printer
	Output io.Writer // the session's terminal, for what is no text (the clipboard); may be nil

	generation int
	remote     bool
	slow       bool
	getenv     func(string) string
	memory     Memory // nil: nothing is remembered
}

// NewLook is the look of a session.
func NewLook(theme *Theme, printer *text.Printer, output io.Writer) *Look {
	return &Look{Theme: theme, Text: printer, Output: output, getenv: os.Getenv}
}

// SetTheme changes the colours of every component of the session.
func (l *Look) SetTheme(t *Theme) { l.Theme, l.generation = t, l.generation+1 }

// SetText changes the language of every component of the session.
func (l *Look) SetText(p *text.Printer) { l.Text, l.generation = p, l.generation+1 }

// Generation grows with every change of theme or language; part of cache keys.
func (l *Look) Generation() int { return l.generation }

// SetSlow says that the terminal's line is slow: lists then scroll by half pages.
func (l *Look) SetSlow(slow bool) { l.slow = slow }

// T is the message of a key in the session's language.
func (l *Look) T(key string, args ...text.Args) string { return l.Text.T(key, args...) }

// Paint writes s in a role's style.
func (l *Look) Paint(role Role, s string) string { return l.Theme.Paint(role, s) }
