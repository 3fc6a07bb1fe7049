package kit

// The field of several lines, wrapped at words.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// area is text of several lines with a cursor; its line breaks are clusters.
type area struct {
	look *Look
	typing
	top     int
	wrapped int // width it was drawn with last
}

func newArea(look *Look) *area {
	return &area{look: look, typing: typing{lines: true}, wrapped: 40}
}

func (a *area) text() string { return a.value() }

func (a *area) setText(s string) {
	a.set(s)
	a.top = 0
}

// areaLine is a line as drawn: clusters from … to, the line break not included.
type areaLine struct{ from, to int }

// lines wraps the text at words.
func (a *area) lines(width int) []areaLine {
	width = max(width-1, 1) // the cursor needs a cell behind the text
	var lines []areaLine
	from, used, space := 0, 0, -1
	for i, c := range a.clusters {
		if c == "\n" {
			lines = append(lines, areaLine{from, i})
			from, used, space = i+1, 0, -1
			continue
		}
		w := Width(c)
		if used+w > width && i > from {
			end := i
			if space > from {
				end = space
			}
			lines = append(lines, areaLine{from, end})
			from, space = end, -1
			used = 0
			for k := from; k < i; k++ {
				used += Width(a.clusters[k])
			}
		}
		used += w
		if c == " " {
			space = i + 1
		}
	}
	return append(lines, areaLine{from, len(a.clusters)})
}

// where is the line and cell of the cursor.
func (a *area) where(lines []areaLine) (line, x int) {
	for i, l := range lines {
		last := i == len(lines)-1
		if a.at >= l.from && (a.at < l.to || a.at == l.to && (last || a.clusters[l.to] == "\n")) {
			for k := l.from; k < a.at; k++ {
				x += Width(a.clusters[k])
			}
			return i, x
		}
	}
	return len(lines) - 1, 0
}

// moveLine moves the cursor up or down; false where there is no such line.
func (a *area) moveLine(by int) bool {
	lines := a.lines(a.wrapped)
	line, x := a.where(lines)
	line += by
	if line < 0 || line >= len(lines) {
		return false
	}
	a.goTo(lines[line], x)
	return true
}

// goTo puts the cursor at cell x of a line.
func (a *area) goTo(l areaLine, x int) {
	a.at = l.from
	for a.at < l.to && x >= max(Width(a.clusters[a.at]), 1) {
		x -= max(Width(a.clusters[a.at]), 1)
		a.at++
	}
	if a.at == l.to && l.to > l.from && l.to < len(a.clusters) && a.clusters[l.to] != "\n" {
		a.at-- // behind a wrapped line's last cluster is the next line
	}
}

func (a *area) update(key tea.KeyMsg) bool {
	switch key.Type {
	case tea.KeyEnter:
		a.insert("\n")
	case tea.KeyUp, tea.KeyDown:
		by := 1
		if key.Type == tea.KeyUp {
			by = -1
		}
		if a.moveLine(by) {
			return true
		}
		// At the first and last line the key goes to that line's end first, so that
		// one too many does not leave the note.
		to := len(a.clusters)
		if by < 0 {
			to = 0
		}
		if a.at == to {
			return false
		}
		a.move(to)
	case tea.KeyHome, tea.KeyCtrlA:
		lines := a.lines(a.wrapped)
		line, _ := a.where(lines)
		a.move(lines[line].from)
	case tea.KeyEnd, tea.KeyCtrlE:
		lines := a.lines(a.wrapped)
		line, _ := a.where(lines)
		a.goTo(lines[line], 1<<20)
	default:
		return a.key(key)
	}
	return true
}

func (a *area) view(width, rows int, focused bool) []string {
	a.wrapped = width
	lines := a.lines(width)
	line, _ := a.where(lines)
	a.top = min(a.top, line)
	if line >= a.top+rows {
		a.top = line - rows + 1
	}
	a.top = max(min(a.top, len(lines)-rows), 0)
	theme := a.look.Theme
	drawn := make([]string, rows)
	for r := range rows {
		var b strings.Builder
		used := 0
		put := func(role Role, s string) {
			if s != "" && used+Width(s) <= width {
				theme.write(&b, Input, role, s)
				used += Width(s)
			}
		}
		if i := a.top + r; i < len(lines) {
			l := lines[i]
			if focused && i == line {
				put(Text, strings.Join(a.clusters[l.from:a.at], ""))
				under := " "
				if a.at < l.to {
					under = a.clusters[a.at]
				}
				if theme.Monochrome() {
					put(Caret, "▏")
				} else {
					put(Caret, under)
				}
				if a.at < l.to {
					next := a.at + 1
					if theme.Monochrome() {
						next = a.at
					}
					put(Text, strings.Join(a.clusters[next:l.to], ""))
				}
			} else {
				put(Text, strings.Join(a.clusters[l.from:l.to], ""))
			}
		}
		if used < width {
			theme.write(&b, Input, Text, Blank(width-used))
		}
		drawn[r] = FitLine(b.String(), width)
	}
	return drawn
}

// areaInput is the area as a form's field.
type areaInput struct {
	area  *area
	field Field
}

func (in *areaInput) update(key tea.KeyMsg) bool { return in.area.update(key) }
func (in *areaInput) enter()                     {}
func (in *areaInput) leave()                     {}
func (in *areaInput) width() int                 { return widthOr(in.field.Width, 48) }
func (in *areaInput) blank() bool                { return strings.TrimSpace(in.area.text()) == "" }
func (in *areaInput) understood() string         { return "" }
func (in *areaInput) state() string              { return in.area.text() }
func (in *areaInput) value() (any, string)       { return strings.TrimSpace(in.area.text()), "" }

func (in *areaInput) click(x, y int) {
	lines := in.area.lines(in.area.wrapped)
	if i := in.area.top + y; i < len(lines) {
		in.area.goTo(lines[i], x)
	}
}

func (in *areaInput) take(state string) { in.area.setText(state) }

func (in *areaInput) set(value any) {
	s, _ := value.(string)
	in.area.setText(s)
}

func (in *areaInput) view(width int, focused bool) []string {
	rows := in.field.Rows
	if rows <= 0 {
		rows = 3
	}
	return in.area.view(width, rows, focused)
}
