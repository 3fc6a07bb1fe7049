package kit

// The field of several lines: the Bubbles textarea, which wraps, scrolls and edits,
// under a thin layer that keeps what all fields of a form promise. Text is cleaned as
// it comes, the cursor stands and deletes between what a person sees as characters,
// what was deleted comes back, and no line is drawn wider than its room.

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textarea"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
)

// caretSign marks the cell under the cursor in what the textarea draws. Clean takes
// it out of all text, and it has no width.
const caretSign = "\u2060"

// area is text of several lines with a cursor.
type area struct {
	look    *Look
	model   textarea.Model
	past    []noteBefore
	run     bool // the latest change was a letter typed
	wrapped int  // width it was drawn with last
	rows    int  // and its height
}

// noteBefore is a state that can be gone back to.
type noteBefore struct {
	text string
	at   spot
}

// spot is a place in the text: a line, up to its line breaks, and how many runes of it
// stand before.
type spot struct{ row, col int }

func newArea(look *Look) *area {
	a := &area{look: look, model: textarea.New(), wrapped: 40, rows: 3}
	a.model.Prompt, a.model.ShowLineNumbers = "", false
	a.model.MaxHeight, a.model.MaxWidth, a.model.CharLimit = 0, 0, 0
	// Colours are the theme's; see view. Styles of its own would ask the terminal.
	a.model.FocusedStyle, a.model.BlurredStyle = textarea.Style{}, textarea.Style{}
	a.model.Cursor.Style = lipgloss.NewStyle().Transform(func(under string) string { return caretSign + under })
	a.model.Cursor.SetMode(cursor.CursorStatic)
	a.model.KeyMap = noteKeys()
	a.model.Focus()
	return a
}

// noteKeys are the keys that the textarea answers itself. Characters and words are the
// layer's: the textarea knows code points only, and looks for a word for ever where
// nothing but blanks stands before the cursor.
func noteKeys() textarea.KeyMap {
	return textarea.KeyMap{
		LineNext:                key.NewBinding(key.WithKeys("down")),
		LinePrevious:            key.NewBinding(key.WithKeys("up")),
		InsertNewline:           key.NewBinding(key.WithKeys("enter")),
		InputBegin:              key.NewBinding(key.WithKeys("ctrl+home")),
		InputEnd:                key.NewBinding(key.WithKeys("ctrl+end")),
		DeleteCharacterBackward: key.NewBinding(key.WithKeys("backspace")),
	}
}

func (a *area) text() string { return a.model.Value() }

func (a *area) setText(s string) {
	a.model.SetValue(cleanLines(s))
	a.past, a.run = nil, false
}

// cleanLines is Clean that leaves line breaks where they are.
func cleanLines(s string) string {
	lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"), "\n")
	for i, line := range lines {
		lines[i] = Clean(line)
	}
	return strings.Join(lines, "\n")
}

// lines are the lines up to their line breaks.
func (a *area) lines() []string { return strings.Split(a.text(), "\n") }

// here is where the cursor stands.
func (a *area) here() spot {
	info := a.model.LineInfo()
	return spot{a.model.Line(), info.StartColumn + info.ColumnOffset}
}

// stops are the places in a line at which a cursor may stand.
func stops(line string) []int {
	at := []int{0}
	for _, c := range clustersOf(line) {
		at = append(at, at[len(at)-1]+utf8.RuneCountInString(c))
	}
	return at
}

// unwrapped is a width at which no line is wrapped.
const unwrapped = 1 << 24

// place puts the cursor somewhere; within a character, behind it. The textarea goes up and
// down by wrapped lines, and may come to a stand within one; without wrapping it goes by
// whole lines.
func (a *area) place(p spot) {
	if a.model.Line() != p.row {
		width := a.model.Width()
		a.model.SetWidth(unwrapped)
		for a.model.Line() > p.row {
			a.model.CursorUp()
		}
		for a.model.Line() < p.row {
			a.model.CursorDown()
		}
		a.model.SetWidth(width)
	}
	at := stops(a.lines()[p.row])
	i, _ := slices.BinarySearch(at, p.col)
	a.model.SetCursor(at[min(i, len(at)-1)])
}

// move puts the cursor elsewhere; letters typed there are a change of their own.
func (a *area) move(p spot) {
	a.run = false
	a.place(p)
}

// press has the textarea answer a key.
func (a *area) press(k tea.KeyType) { a.model, _ = a.model.Update(tea.KeyMsg{Type: k}) }

// keep notes the present state before a change. Letters typed in a run are one change.
func (a *area) keep(letter bool) {
	if letter && a.run && len(a.past) > 0 {
		return
	}
	a.run = letter
	a.past = append(a.past, noteBefore{a.text(), a.here()})
	a.past = a.past[max(len(a.past)-pastLimit, 0):]
}

// back undoes the latest change in the field.
func (a *area) back() {
	last := len(a.past) - 1
	if last < 0 {
		return
	}
	was := a.past[last]
	a.past, a.run = a.past[:last], false
	a.model.SetValue(was.text)
	a.place(was.at)
}

// insert puts text at the cursor, as if typed.
func (a *area) insert(s string) {
	a.keep(utf8.RuneCountInString(s) == 1 && s != " " && s != "\n")
	a.model.InsertString(cleanLines(s))
	a.place(a.here()) // a mark joins the letter it follows
}

// left and right are the places a character on, or a word; at the end of a line the
// other line's.
func (a *area) left(word bool) spot {
	p := a.here()
	if p.col == 0 {
		if p.row == 0 {
			return p
		}
		return spot{p.row - 1, utf8.RuneCountInString(a.lines()[p.row-1])}
	}
	line := a.lines()[p.row]
	at := stops(line)
	i, _ := slices.BinarySearch(at, p.col)
	if word {
		t := typing{clusters: clustersOf(line), at: i}
		return spot{p.row, at[t.wordLeft()]}
	}
	return spot{p.row, at[i-1]}
}

func (a *area) right(word bool) spot {
	p := a.here()
	line := a.lines()[p.row]
	at := stops(line)
	i, _ := slices.BinarySearch(at, p.col)
	switch {
	case i >= len(at)-1 && p.row == a.model.LineCount()-1:
		return p
	case i >= len(at)-1:
		return spot{p.row + 1, 0}
	case word:
		t := typing{clusters: clustersOf(line), at: i}
		return spot{p.row, at[t.wordRight()]}
	}
	return spot{p.row, at[i+1]}
}

// deleteTo deletes between the cursor and a place in its line, or the line break
// towards it.
func (a *area) deleteTo(p spot) {
	here, count := a.here(), 1
	if p == here {
		return
	}
	a.keep(false)
	if p.row == here.row {
		count = max(p.col-here.col, here.col-p.col)
	}
	if p.row > here.row || p.row == here.row && p.col > here.col {
		a.place(p)
	}
	for range count {
		a.press(tea.KeyBackspace)
	}
	a.place(a.here())
}

// ends are the ends of the line as wrapped.
func (a *area) ends() (start, end spot) {
	info, p := a.model.LineInfo(), a.here()
	last := info.StartColumn + info.Width - 1 // behind it is the next line, or nothing
	return spot{p.row, info.StartColumn}, spot{p.row, last}
}

func (a *area) update(msg tea.KeyMsg) bool {
	here := a.here()
	line := utf8.RuneCountInString(a.lines()[here.row])
	switch msg.Type {
	case tea.KeyRunes, tea.KeySpace:
		if msg.Alt && a.wordKey(msg.String()) {
			return true
		}
		if msg.Alt && !madeWithAlt(msg.Runes) {
			return false
		}
		a.insert(string(msg.Runes))
	case tea.KeyEnter:
		a.keep(false)
		a.press(tea.KeyEnter)
	case tea.KeyUp, tea.KeyDown:
		a.press(msg.Type)
		a.move(a.here())
		if a.here() != here {
			return true
		}
		// At the first and last line the key goes to that line's end first, so that
		// one too many does not leave the note.
		var end spot
		if msg.Type == tea.KeyDown {
			end = spot{a.model.LineCount() - 1, line}
		}
		if end == here {
			return false
		}
		a.move(end)
	case tea.KeyBackspace, tea.KeyCtrlH:
		a.deleteTo(a.left(msg.Alt))
	case tea.KeyDelete, tea.KeyCtrlD:
		a.deleteTo(a.right(msg.Alt))
	case tea.KeyCtrlW:
		a.deleteTo(a.left(true))
	case tea.KeyCtrlU:
		a.deleteTo(spot{here.row, 0})
	case tea.KeyCtrlK:
		a.deleteTo(spot{here.row, line})
	case tea.KeyLeft, tea.KeyCtrlB:
		a.move(a.left(msg.Alt))
	case tea.KeyRight, tea.KeyCtrlF:
		a.move(a.right(msg.Alt))
	case tea.KeyCtrlLeft:
		a.move(a.left(true))
	case tea.KeyCtrlRight:
		a.move(a.right(true))
	case tea.KeyHome, tea.KeyCtrlA:
		start, _ := a.ends()
		a.move(start)
	case tea.KeyEnd, tea.KeyCtrlE:
		_, end := a.ends()
		a.move(end)
	case tea.KeyCtrlHome, tea.KeyCtrlEnd:
		a.run = false
		a.press(msg.Type)
	case tea.KeyCtrlUnderscore:
		a.back()
	default:
		return false
	}
	return true
}

func (a *area) wordKey(name string) bool {
	switch name {
	case "alt+b":
		a.move(a.left(true))
	case "alt+f":
		a.move(a.right(true))
	case "alt+d":
		a.deleteTo(a.right(true))
	default:
		return false
	}
	return true
}

// shown are the lines that show, as the textarea wraps them, the cursor's cell marked.
// The textarea is given the width at which none of them is wider than width by our own,
// larger measure of characters that terminals disagree on.
func (a *area) shown(width, rows int) []string {
	a.wrapped, a.rows = width, rows
	a.model.SetHeight(rows)
	for room := max(width, 2); ; room-- {
		a.model.SetWidth(room)
		a.model, _ = a.model.Update(nil) // scrolls to the cursor
		lines := strings.Split(ansi.Strip(a.model.View()), "\n")
		for i := range lines {
			lines[i] = strings.TrimRight(lines[i], " ")
		}
		if room <= 2 || !slices.ContainsFunc(lines, func(line string) bool { return Width(line) > width }) {
			return lines
		}
	}
}

// click puts the cursor at a cell of the field as drawn.
func (a *area) click(x, y int) {
	lines := a.shown(a.wrapped, a.rows)
	row := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, caretSign) })
	for ; row < y; row++ {
		a.model.CursorDown()
	}
	for ; row > y; row-- {
		a.model.CursorUp()
	}
	start, end := a.ends()
	runes := []rune(a.lines()[start.row])
	at := start
	for _, c := range clustersOf(string(runes[start.col:min(end.col, len(runes))])) {
		if x -= max(Width(c), 1); x < 0 {
			break
		}
		at.col += utf8.RuneCountInString(c)
	}
	a.move(at)
}

func (a *area) view(width, rows int, focused bool) []string {
	theme := a.look.Theme
	drawn := make([]string, rows)
	for r, line := range a.shown(width, rows) {
		var b strings.Builder
		used := 0
		put := func(role Role, s string) {
			if s != "" && used+Width(s) <= width {
				theme.write(&b, Input, role, s)
				used += Width(s)
			}
		}
		before, after, here := strings.Cut(line, caretSign)
		put(Text, before)
		switch {
		case here && focused && theme.Monochrome():
			put(Caret, "▏")
			put(Text, after)
		case here && focused:
			under := " "
			if clusters := clustersOf(after); len(clusters) > 0 {
				under = clusters[0]
			}
			put(Caret, under)
			put(Text, strings.TrimPrefix(after, under))
		default:
			put(Text, after)
		}
		theme.write(&b, Input, Text, Blank(width-used))
		if r < rows {
			drawn[r] = FitLine(b.String(), width)
		}
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
func (in *areaInput) click(x, y int)             { in.area.click(x, y) }
func (in *areaInput) width() int                 { return widthOr(in.field.Width, 48) }
func (in *areaInput) blank() bool                { return strings.TrimSpace(in.area.text()) == "" }
func (in *areaInput) understood() string         { return "" }
func (in *areaInput) state() string              { return in.area.text() }
func (in *areaInput) value() (any, string)       { return strings.TrimSpace(in.area.text()), "" }
func (in *areaInput) take(state string)          { in.area.setText(state) }

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
