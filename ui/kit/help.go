package kit

// The help: every key there is, grouped, searchable. enter runs what is under the
// cursor.

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// Help lists the keys of the catalogue's scopes in front.
type Help struct {
	box
	editor  *Editor
	table   *Table
	actions []Action
	folded  []Folded
	order   []int
	foot    int // lines that the longest reason takes

	titleRoom int // cells of a row behind its keys
}

// NewHelp lists the keys as they stand now.
func NewHelp(look *Look, catalogue *Catalogue) *Help {
	h := &Help{box: box{look: look}, editor: NewEditor(look)}
	var groups []string
	for _, a := range catalogue.Actions() {
		if len(a.Keys) > 0 && !slices.Contains(groups, a.Group) {
			groups = append(groups, a.Group)
		}
	}
	for _, group := range groups {
		for _, a := range catalogue.Actions() {
			if len(a.Keys) > 0 && a.Group == group {
				h.actions = append(h.actions, a)
				h.folded = append(h.folded, Fold(look.T(a.Title)+" "+look.T(a.Group)+" "+strings.Join(a.Keys, " ")+" "+look.KeyLabels(a.Keys)))
			}
		}
	}
	h.table = NewTable(look, nil, Source{
		Len: func() int { return len(h.order) },
		ID:  func(i int) string { return h.actions[h.order[i]].Name },
		Row: h.row,
		Heading: func(i int) Cell {
			group := h.actions[h.order[i]].Group
			if i > 0 && h.actions[h.order[i-1]].Group == group || group == "" {
				return Cell{}
			}
			return Cell{Text: "  " + h.look.T(group), Role: Heading}
		},
	}, Options{NoHead: true, NoFoot: true, Empty: "kit.palette.none"})
	h.table.OnOpen = func(string) tea.Cmd { return h.run() }
	h.find()
	return h
}

// rowMargin is what a row of commands takes beside its two columns.
const rowMargin = 6

// widest is how wide the keys and the names of commands are.
func widest(look *Look, actions []Action) (keys, titles int) {
	for _, a := range actions {
		keys = max(keys, Width(look.KeyLabels(a.Keys)))
		titles = max(titles, Width("– "+look.T(a.Title)))
	}
	return keys, titles
}

func (h *Help) row(i int) Row {
	a := h.actions[h.order[i]]
	row := Row{Cells: []Cell{{Text: h.look.KeyLabels(a.Keys), Role: Key}, {Text: h.look.T(a.Title)}}}
	if ok, reason := a.Ready(); !ok {
		said := "– " + row.Cells[1].Text
		first, _, _ := strings.Cut(reason, ". ")
		for _, why := range []string{reason, first} { // where there is no room, the last line says it
			if whole := said + "   " + Clean(why); Width(whole) <= h.titleRoom {
				said = whole
				break
			}
		}
		row.Cells[1] = Cell{Text: said, Role: Dim}
	}
	return row
}

func (h *Help) find() {
	q := NewQuery(h.editor.Value())
	h.order = h.order[:0]
	for i := range h.actions {
		if _, ok := q.Score(h.folded[i]); ok {
			h.order = append(h.order, i)
		}
	}
	h.table.Refresh()
}

func (h *Help) run() tea.Cmd {
	i := h.table.CursorIndex()
	if i < 0 {
		return nil
	}
	a := h.actions[h.order[i]]
	if ok, _ := a.Ready(); !ok || a.Run == nil {
		return nil
	}
	h.done = true
	return a.Run()
}

// Update answers keys and the mouse.
func (h *Help) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		switch KeyName(msg) {
		case "esc", "f1":
			h.done = true
		case "up", "down", "pgup", "pgdown", "home", "end", "enter":
			return h.table.Update(msg)
		case "?":
			if h.editor.Value() == "" {
				h.done = true
				return nil
			}
			fallthrough
		default:
			before := h.editor.Value()
			if h.editor.Update(msg) && h.editor.Value() != before {
				h.find()
			}
		}
	case tea.MouseMsg:
		return h.table.Update(h.tableRoom().Relative(msg))
	}
	return nil
}

func (h *Help) tableRoom() Rect {
	r := h.inner()
	return Rect{X: r.X, Y: r.Y + 2, W: r.W, H: max(r.H-2-max(h.foot, 1), 0)}
}

// mostReason is how many lines below a list say why something cannot run now.
const mostReason = 3

// reasonLines is how many lines the longest of reasons takes.
func reasonLines(reasons []string, width int) (most int) {
	for _, reason := range reasons {
		most = max(most, len(Wrap(Clean(reason), max(width, 1))))
	}
	return min(max(most, 1), mostReason)
}

// reasonFoot says below a list why something cannot run now, in so many lines.
func reasonFoot(look *Look, role Role, reason string, width, height int) []string {
	lines := Paragraph(look, role, Clean(reason), max(width, 1))
	if len(lines) > height {
		lines = lines[:height]
	}
	for len(lines) < height {
		lines = append([]string{""}, lines...)
	}
	return lines
}

// SetSize gives the help the screen's size.
func (h *Help) SetSize(width, height int) {
	h.box.SetSize(width, height)
	h.ask(min(width-2, 140), height-2)
	var reasons []string
	for _, a := range h.actions {
		if ok, reason := a.Ready(); !ok {
			reasons = append(reasons, reason)
		}
	}
	h.foot = reasonLines(reasons, h.inner().W)
	room := h.tableRoom()
	keys, _ := widest(h.look, h.actions)
	keys = min(keys, max(14, room.W/4), 24)
	h.titleRoom = max(room.W-keys-rowMargin, 1)
	h.table.SetColumns([]Column{
		{Key: "keys", Min: keys, Ideal: keys, Priority: 3},
		{Key: "title", Min: min(20, h.titleRoom), Flex: 1, Priority: 2},
	})
	h.table.SetSize(room.W, room.H)
}

// View draws the help.
func (h *Help) View() string {
	inner := h.inner()
	lines := []string{h.look.Paint(Key, "/ ") + h.editor.View(max(min(inner.W-2, 40), 0), true), ""}
	lines = append(lines, strings.Split(h.table.View(), "\n")...)
	foot := max(h.foot, 1)
	for len(lines) < inner.H-foot {
		lines = append(lines, "")
	}
	hint := reasonFoot(h.look, Dim, h.look.T("kit.help.keys"), inner.W, foot)
	if i := h.table.CursorIndex(); i >= 0 && i < len(h.order) {
		if ok, reason := h.actions[h.order[i]].Ready(); !ok {
			hint = reasonFoot(h.look, Late, reason, inner.W, foot)
		}
	}
	return h.frame(h.look.T("kit.help.title"), append(lines[:max(inner.H-foot, 0)], hint...))
}
