package kit

// Something to read in front of the page: lines that scroll, and keys that lead on.

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/viewport"
	tea "github.com/charmbracelet/bubbletea"
)

// Reader shows lines that nothing can be typed into. esc, enter and q put it away; a
// button's key does so too and leads on.
type Reader struct {
	box
	title   string
	lines   func(width int) []string
	buttons []Button
	pane    viewport.Model
	rooms   []Rect // of the buttons within the box
}

// NewReader shows the lines that lines sets in a width. The title is in the person's
// language already.
func NewReader(look *Look, title string, lines func(width int) []string, buttons ...Button) *Reader {
	r := &Reader{box: box{look: look}, title: title, lines: lines, buttons: buttons, pane: viewport.New(0, 0)}
	r.pane.KeyMap.PageDown.SetKeys("pgdown", "space", " ")
	return r
}

// SetSize gives the reader the screen's size.
func (r *Reader) SetSize(width, height int) {
	const readable = 76 // longer lines are hard to follow
	r.box.SetSize(width, height)
	r.ask(min(width, readable), height)
	lines := r.lines(max(r.width-4, 1))
	r.ask(min(width, readable), min(len(lines)+5, max(height-2, 3)))
	r.pane.Width, r.pane.Height = max(r.width-4, 0), max(r.height-5, 0)
	r.pane.SetContent(strings.Join(lines, "\n"))
}

// Update answers keys, the wheel and clicks.
func (r *Reader) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		key := KeyName(msg)
		for _, b := range r.buttons {
			if slices.Contains(b.Keys, key) {
				return r.answer(b)
			}
		}
		switch key {
		case "esc", "enter", "q":
			r.done = true
			return nil
		case "g", "home":
			r.pane.GotoTop()
			return nil
		case "G", "end":
			r.pane.GotoBottom()
			return nil
		}
	case tea.MouseMsg:
		for i, room := range r.rooms {
			if Clicked(msg) && room.Contains(r.inner().Relative(msg)) {
				if i < len(r.buttons) {
					return r.answer(r.buttons[i])
				}
				r.done = true
				return nil
			}
		}
	default:
		return nil
	}
	var cmd tea.Cmd
	r.pane, cmd = r.pane.Update(msg)
	return cmd
}

func (r *Reader) answer(b Button) tea.Cmd {
	r.done = true
	return b.Run()
}

// View draws the reader.
func (r *Reader) View() string {
	w := max(r.width-4, 0)
	lines := append([]string{""}, strings.Split(r.pane.View(), "\n")...)
	line, x := "", 0
	r.rooms = nil
	for _, b := range append(slices.Clone(r.buttons), Button{Title: "kit.reader.close", Keys: []string{"esc"}}) {
		key, word := r.look.KeyLabel(b.Keys[0]), r.look.T(b.Title)
		room := Width(key) + 1 + Width(word)
		r.rooms = append(r.rooms, Rect{X: x, Y: r.height - 3, W: room, H: 1})
		line += r.look.Paint(Key, key) + r.look.Paint(Dim, " "+word) + "   "
		x += room + 3
	}
	more := ""
	switch {
	case !r.pane.AtBottom():
		more = "▾"
	case !r.pane.AtTop():
		more = "▴"
	}
	return r.frame(r.title, append(lines, "", Sides(line, r.look.Paint(Dim, more), w)))
}
