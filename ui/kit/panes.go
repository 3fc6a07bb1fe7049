package kit

// Parts of a page: two panes, lines to scroll through, label and value pairs,
// paragraphs.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// WideFrom is the width from which two panes stand side by side.
const WideFrom = 120

// Split parts a page in two: side by side with a thin line between from WideFrom
// columns on, one above the other below.
type Split struct {
	Share float64 // the first pane's part, 0 … 1; 0: half
	From  int     // columns from which the panes stand side by side; 0: WideFrom
}

// Wide reports whether the panes stand side by side at that width.
func (s Split) Wide(width int) bool {
	if s.From > 0 {
		return width >= s.From
	}
	return width >= WideFrom
}

// Rooms are the panes' rooms; between them lies a line (and a blank either side
// when wide).
func (s Split) Rooms(width, height int) (first, second Rect) {
	share := s.Share
	if share <= 0 || share >= 1 {
		share = 0.5
	}
	if s.Wide(width) {
		w := int(share * float64(max(width-3, 0)))
		return Rect{W: w, H: height}, Rect{X: w + 3, W: max(width-3-w, 0), H: height}
	}
	h := int(share * float64(max(height-1, 0)))
	return Rect{W: width, H: h}, Rect{Y: h + 1, W: width, H: max(height-1-h, 0)}
}

// Route hands a mouse message to the pane it is in, in that pane's coordinates;
// a click brings the pane to the front first.
func (s Split) Route(m tea.MouseMsg, width, height int, focus func(second bool), first, second func(tea.MouseMsg) tea.Cmd) tea.Cmd {
	a, b := s.Rooms(width, height)
	to, room := first, a
	switch {
	case a.Contains(m):
	case b.Contains(m):
		to, room = second, b
	default:
		return nil
	}
	if Clicked(m) {
		focus(room == b)
	}
	return to(room.Relative(m))
}

// Join draws the panes, whose views have their rooms' sizes, as one page.
func (s Split) Join(look *Look, width, height int, first, second string) string {
	a, b := s.Rooms(width, height)
	if s.Wide(width) {
		bar := look.Paint(Faint, "│")
		left, right := strings.Split(first, "\n"), strings.Split(second, "\n")
		lines := make([]string, height)
		for i := range lines {
			l, r := "", ""
			if i < len(left) {
				l = left[i]
			}
			if i < len(right) {
				r = right[i]
			}
			lines[i] = FitLine(l, a.W) + " " + bar + " " + FitLine(r, b.W)
		}
		return Block(lines, width, height)
	}
	var lines []string
	if a.H > 0 {
		lines = append(lines, strings.Split(first, "\n")[:a.H]...)
	}
	lines = append(lines, look.Rule(width))
	if b.H > 0 {
		lines = append(lines, strings.Split(second, "\n")...)
	}
	return Block(lines, width, height)
}

// Scroll shows prepared lines through a window.
type Scroll struct {
	look          *Look
	lines         []string
	top           int
	width, height int
}

// NewScroll is a window on no lines yet.
func NewScroll(look *Look) *Scroll { return &Scroll{look: look} }

// SetSize gives the window its room.
func (s *Scroll) SetSize(width, height int) {
	s.width, s.height = max(width, 0), max(height, 0)
	s.hold()
}

// SetLines changes the lines (styled, one screen line each); the window stays
// where it is as far as the lines reach.
func (s *Scroll) SetLines(lines []string) {
	s.lines = lines
	s.hold()
}

// Top goes back to the first line.
func (s *Scroll) Top() { s.top = 0 }

func (s *Scroll) hold() { s.top = max(min(s.top, len(s.lines)-s.height), 0) }

// Update answers the keys that move and the wheel.
func (s *Scroll) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		switch KeyName(msg) {
		case "up", "k":
			s.top--
		case "down", "j":
			s.top++
		case "pgup", "ctrl+b":
			s.top -= max(s.height-1, 1)
		case "pgdown", "ctrl+f", "space":
			s.top += max(s.height-1, 1)
		case "ctrl+u":
			s.top -= max(s.height/2, 1)
		case "ctrl+d":
			s.top += max(s.height/2, 1)
		case "home", "g":
			s.top = 0
		case "end", "G":
			s.top = len(s.lines)
		}
	case tea.MouseMsg:
		s.top += Wheel(msg)
	}
	s.hold()
	return nil
}

// View draws the window; when there is more below or above, its last cell of the
// first or last line says so.
func (s *Scroll) View() string {
	if s.height == 0 {
		return ""
	}
	end := min(s.top+s.height, len(s.lines))
	shown := append([]string(nil), s.lines[s.top:end]...)
	if s.width > 2 && len(shown) > 0 {
		if s.top > 0 {
			shown[0] = FitLine(shown[0], s.width-1) + s.look.Paint(Dim, "▴")
		}
		if end < len(s.lines) {
			shown[len(shown)-1] = FitLine(shown[len(shown)-1], s.width-1) + s.look.Paint(Dim, "▾")
		}
	}
	return Block(shown, s.width, s.height)
}

// Pair is a label (message key) and its value.
type Pair struct {
	Label string
	Value Cell
}

// KeyValue sets pairs in columns, row by row, labels and values aligned. The
// lines are at most width cells wide; where the columns asked for do not fit,
// there are fewer.
func KeyValue(look *Look, pairs []Pair, width, columns int) []string {
	const gap, between = 2, 4
	columns = max(min(columns, len(pairs)), 1)
	var labels, values []int
	for ; ; columns-- {
		labels, values = make([]int, columns), make([]int, columns)
		total := 0
		for i, p := range pairs {
			c := i % columns
			labels[c] = max(labels[c], Width(look.T(p.Label)))
			values[c] = max(values[c], p.Value.width())
		}
		for c := range columns {
			total += labels[c] + gap + values[c]
		}
		if columns <= 1 || total+between*(columns-1) <= width {
			break
		}
	}
	if columns == 1 && len(pairs) > 0 {
		labels[0] = min(labels[0], max(width/2, 1))
		values[0] = max(width-labels[0]-gap, 1)
	}
	var lines []string
	for from := 0; from < len(pairs); from += columns {
		var b strings.Builder
		for c := 0; c < columns && from+c < len(pairs); c++ {
			if c > 0 {
				b.WriteString(Blank(between))
			}
			p := pairs[from+c]
			label := ""
			if p.Label != "" {
				label = look.T(p.Label)
			}
			b.WriteString(look.Paint(Dim, Fit(label, labels[c], AlignLeft)))
			b.WriteString(Blank(gap))
			align := p.Value.Align
			look.Theme.writeCell(&b, Plain, p.Value, values[c], align)
		}
		lines = append(lines, FitLine(b.String(), width))
	}
	return lines
}

// width is the cells a cell's text takes.
func (c Cell) width() int {
	if len(c.Spans) == 0 {
		return Width(Clean(c.Text))
	}
	w := 0
	for _, s := range c.Spans {
		w += Width(Clean(s.Text))
	}
	return w
}

// Paragraph wraps text at words and paints it.
func Paragraph(look *Look, role Role, text string, width int) []string {
	lines := Wrap(text, width)
	for i, line := range lines {
		lines[i] = look.Paint(role, line)
	}
	return lines
}

// Line draws spans one after the other, exactly width cells wide.
func Line(look *Look, width int, spans ...Span) string {
	var b strings.Builder
	look.Theme.writeCell(&b, Plain, Cell{Spans: append(spans, Span{})}, width, AlignLeft)
	return FitLine(b.String(), width)
}
