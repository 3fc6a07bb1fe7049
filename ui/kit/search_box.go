package kit

// The search box: one line to type into, and what is found below it, as it is typed.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// Finding is what a search box shows for what was typed.
type Finding struct {
	Rows []Row    // cells: what, where, in which words
	IDs  []string // of the rows
	Hint string   // below them: how many there are, or what to type
	None string   // in their place where there are none (message key)
}

// SearchBox finds by what is typed and opens what was found. Make it with NewSearchBox.
type SearchBox struct {
	box
	title  string
	editor *Editor
	table  *Table
	find   func(typed string) Finding
	found  Finding
	open   func(id string) tea.Cmd
	// Later looks for more than find does, beside the session, and calls Again when it has
	// some. It is asked after each letter, and with "" once the box is put away; nil: there
	// is no more.
	Later func(typed string) tea.Cmd
}

// NewSearchBox is a search box with a title (message key). find is asked after each letter and
// must answer within a frame; open runs when a row is chosen, the box being put away.
func NewSearchBox(look *Look, title string, find func(typed string) Finding, open func(id string) tea.Cmd) *SearchBox {
	f := &SearchBox{box: box{look: look}, title: title, editor: NewEditor(look), find: find, open: open}
	f.table = NewTable(look, []Column{
		{Key: "what", Min: 24, Ideal: 34, Flex: 2, Priority: 3},
		{Key: "where", Min: 14, Ideal: 26, Flex: 1, Priority: 1},
		{Key: "words", Min: 20, Ideal: 40, Flex: 4, Priority: 2},
	}, Source{
		Len: func() int { return len(f.found.Rows) },
		ID:  func(i int) string { return f.found.IDs[i] },
		Row: func(i int) Row { return f.found.Rows[i] },
	}, Options{NoHead: true, NoFoot: true, OneClick: true})
	f.table.OnOpen = func(id string) tea.Cmd {
		return tea.Batch(f.leave(), f.open(id))
	}
	f.Again()
	return f
}

// Again finds anew what is typed: something of what is looked through has changed.
func (f *SearchBox) Again() {
	f.found = f.find(f.editor.Value())
	f.table.SetOptions(Options{NoHead: true, NoFoot: true, OneClick: true, Empty: f.found.None})
	f.table.Refresh()
}

// Update answers keys and the mouse.
func (f *SearchBox) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		switch KeyName(msg) {
		case "esc", "ctrl+k":
			return f.leave()
		case "up", "down", "pgup", "pgdown", "enter":
			return f.table.Update(msg)
		default:
			before := f.editor.Value()
			if f.editor.Update(msg) && f.editor.Value() != before {
				f.table.cursorID, f.table.cursor = "", 0
				f.Again()
				return f.later(f.editor.Value())
			}
		}
	case tea.MouseMsg:
		if Clicked(msg) && !f.Room().Contains(msg) {
			return f.leave()
		}
		return f.table.Update(f.tableRoom().Relative(msg))
	}
	return nil
}

func (f *SearchBox) later(typed string) tea.Cmd {
	if f.Later == nil {
		return nil
	}
	return f.Later(typed)
}

// leave puts the box away.
func (f *SearchBox) leave() tea.Cmd {
	f.done = true
	return f.later("")
}

func (f *SearchBox) tableRoom() Rect {
	r := f.inner()
	return Rect{X: r.X, Y: r.Y + 2, W: r.W, H: max(r.H-3, 0)}
}

// SetSize gives the box the screen's size.
func (f *SearchBox) SetSize(width, height int) {
	f.box.SetSize(width, height)
	f.ask(min(width-2, 132), min(height-2, 30))
	room := f.tableRoom()
	f.table.SetSize(room.W, room.H)
}

// View draws the box.
func (f *SearchBox) View() string {
	inner := f.inner()
	lines := []string{f.look.Paint(Key, "▸ ") + f.editor.View(max(inner.W-2, 0), true), ""}
	lines = append(lines, strings.Split(f.table.View(), "\n")...)
	for len(lines) < inner.H-1 {
		lines = append(lines, "")
	}
	hint := f.look.Paint(Dim, Truncate(f.found.Hint, inner.W))
	return f.frame(f.look.T(f.title), append(lines[:max(inner.H-1, 0)], hint))
}
