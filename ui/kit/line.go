package kit

// The one-line parts: status, progress and rules.

import (
	"strings"
)

// Status is a line, or two, that says what just happened and is cleared by the next key.
type Status struct {
	look  *Look
	text  string
	role  Role
	width int
}

// NewStatus is an empty status line.
func NewStatus(look *Look) *Status { return &Status{look: look} }

// SetSize gives the status its width; it is one line high.
func (s *Status) SetSize(width, _ int) { s.width = width }

// Say reports a success.
func (s *Status) Say(text string) { s.text, s.role = "✓ "+text, Good }

// Tell reports something neutral, such as why a key does nothing now.
func (s *Status) Tell(text string) { s.text, s.role = "· "+text, Dim }

// Fail reports an error.
func (s *Status) Fail(text string) { s.text, s.role = "! "+text, Error }

// Clear empties the line; the root calls it before every key.
func (s *Status) Clear() { s.text = "" }

// Empty reports that there is nothing to say.
func (s *Status) Empty() bool { return s.text == "" }

// View draws the line.
func (s *Status) View() string {
	return FitLine(" "+s.look.Paint(s.role, Truncate(Clean(s.text), max(s.width-2, 0))), s.width)
}

// Lines draws what there is to say in so many lines, if it needs them: a sentence is cut
// only where these do not hold it.
func (s *Status) Lines(most int) (lines []string) {
	wrapped := Wrap(Clean(s.text), max(s.width-4, 1))
	if len(wrapped) == 1 || len(wrapped) > most {
		return []string{s.View()}
	}
	for i, line := range wrapped {
		if i > 0 {
			line = "  " + line
		}
		lines = append(lines, FitLine(" "+s.look.Paint(s.role, line), s.width))
	}
	return lines
}

// Progress shows how far long work is.
type Progress struct {
	look  *Look
	text  string
	share float64
	width int
}

// NewProgress is a progress line that says what is being done.
func NewProgress(look *Look, text string) *Progress { return &Progress{look: look, text: text} }

// SetSize gives the progress its width; it is one line high.
func (p *Progress) SetSize(width, _ int) { p.width = width }

// Set says how far the work is (0 … 1; below 0: unknown) and what is being done.
func (p *Progress) Set(share float64, text string) { p.share, p.text = share, text }

// View draws the line: what, how far, and that esc cancels.
func (p *Progress) View() string {
	hint := "  " + p.look.T("kit.progress.cancel") + " "
	room := p.width - Width(hint) - 1
	if room < 20 {
		hint, room = "", p.width-1
	}
	words := Truncate(Clean(p.text), max(room/2, 0))
	if p.share < 0 {
		return Sides(" "+words, p.look.Paint(Dim, hint), p.width)
	}
	percent := p.look.Text.Percent(min(max(p.share, 0), 1))
	bar := max(min(room-Width(words)-10, 40), 0)
	filled, rest := BarParts(p.share, bar)
	line := " " + words + "  " + p.look.Paint(Good, filled) + p.look.Paint(Faint, rest) + " " + Fit(percent, 6, AlignRight)
	return Sides(line, p.look.Paint(Dim, hint), p.width)
}

// Rule is a thin line across.
func (l *Look) Rule(width int) string { return l.Paint(Faint, strings.Repeat("─", max(width, 0))) }
