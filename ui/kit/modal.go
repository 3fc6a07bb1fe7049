package kit

// What stands in front of a page: it takes every key and click until it is done.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// Modal is a dialog, palette, help, file picker or form. SetSize gives it the
// whole screen's size, and mouse messages come in the screen's coordinates: a
// modal centres itself.
type Modal interface {
	Update(tea.Msg) tea.Cmd
	SetSize(width, height int)
	View() string // the box, Room in size
	Room() Rect   // where the box stands on the screen
	Done() bool   // answered or put away: the owner drops it
}

// Cover draws a modal over the page behind it. The background is a block of the
// screen's size.
func Cover(background string, m Modal) string {
	box := strings.Split(m.View(), "\n")
	room := m.Room()
	lines := strings.Split(background, "\n")
	for i, line := range box {
		y := room.Y + i
		if y < 0 || y >= len(lines) {
			continue
		}
		behind := lines[y]
		width := Width(behind)
		left := ansi.Truncate(behind, room.X, "")
		left += Blank(room.X - Width(left))
		rest := width - room.X - room.W
		right := ansi.TruncateLeft(behind, room.X+room.W, "")
		if Width(right) > rest { // half a wide character would show
			right = ansi.TruncateLeft(behind, room.X+room.W+1, "")
		}
		if rest <= 0 {
			right = ""
		} else {
			right = Blank(rest-Width(right)) + right
		}
		lines[y] = left + line + right
	}
	return strings.Join(lines, "\n")
}

// box is what modals have in common: the screen, their room in it and whether
// they are done.
type box struct {
	look          *Look
	screenW       int
	screenH       int
	width, height int // of the box, its frame included
	done          bool
}

func (b *box) Done() bool { return b.done }

// Close puts the modal away.
func (b *box) Close() { b.done = true }

func (b *box) SetSize(width, height int) { b.screenW, b.screenH = width, height }

// ask sets the box's size, held to the screen.
func (b *box) ask(width, height int) {
	b.width = max(min(width, b.screenW), 0)
	b.height = max(min(height, b.screenH), 0)
}

func (b *box) Room() Rect {
	return Rect{X: (b.screenW - b.width) / 2, Y: (b.screenH - b.height) / 3, W: b.width, H: b.height}
}

// inner is the room within the frame: a border and a blank cell left and right.
func (b *box) inner() Rect {
	r := b.Room()
	return Rect{X: r.X + 2, Y: r.Y + 1, W: max(b.width-4, 0), H: max(b.height-2, 0)}
}

// frame draws the frame around lines of the inner width.
func (b *box) frame(title string, lines []string) string {
	return Frame(b.look, title, lines, b.width, b.height)
}

// Frame draws a thin frame with a title around lines; width and height include it.
func Frame(look *Look, title string, lines []string, width, height int) string {
	if width < 4 || height < 2 {
		return Block(lines, width, height)
	}
	top := "╭─"
	if title != "" {
		title = " " + Truncate(Clean(title), width-6) + " "
	}
	line := look.Paint(Faint, top) + look.Paint(Heading, title) +
		look.Paint(Faint, strings.Repeat("─", max(width-3-Width(title), 0))+"╮")
	framed := []string{line}
	side := look.Paint(Faint, "│")
	for i := range height - 2 {
		content := ""
		if i < len(lines) {
			content = lines[i]
		}
		framed = append(framed, side+" "+FitLine(content, width-4)+" "+side)
	}
	framed = append(framed, look.Paint(Faint, "╰"+strings.Repeat("─", width-2)+"╯"))
	return Block(framed, width, height)
}

// FormBox is a form in front of the page.
type FormBox struct {
	box
	Form *Form
	rows int
}

// NewFormBox puts a form before the page. The owner closes it (Close) when the form
// was submitted or cancelled.
func NewFormBox(look *Look, form *Form) *FormBox { return &FormBox{box: box{look: look}, Form: form} }

// Unsaved reports that closing the form would lose what was typed.
func (s *FormBox) Unsaved() bool { return s.Form.Writes && s.Form.Changed() }

// SetSize gives the box the screen's size.
func (s *FormBox) SetSize(width, height int) {
	s.box.SetSize(width, height)
	s.ask(min(width, 108), height)
	s.Form.SetSize(max(s.width-4, 0), 1<<12)
	s.rows = s.Form.contentHeight()
	s.ask(min(width, 108), min(max(s.rows+2, 8), max(height-2, 3)))
	inner := s.inner()
	s.Form.SetSize(inner.W, inner.H)
}

// Fit gives the box the height that the form needs now.
func (s *FormBox) Fit() { s.SetSize(s.screenW, s.screenH) }

// Update hands keys and clicks to the form.
func (s *FormBox) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(tea.MouseMsg); ok {
		if !s.inner().Contains(m) {
			return nil
		}
		msg = s.inner().Relative(m)
	}
	cmd := s.Form.Update(msg)
	if rows := s.Form.contentHeight(); rows != s.rows && !s.done {
		s.SetSize(s.screenW, s.screenH)
	}
	return cmd
}

// View draws the box.
func (s *FormBox) View() string {
	inner := s.inner()
	s.Form.SetSize(inner.W, inner.H)
	return s.frame("", strings.Split(s.Form.View(), "\n"))
}
