package kit

// The palette: every command by name. What cannot run now is there too and says
// why.

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/ui/text"
)

// Palette finds a command by a few letters of its name and runs it.
type Palette struct {
	box
	editor  *Editor
	table   *Table
	actions []Action
	folded  []Folded
	ready   []bool
	reasons []string
	order   []int // of actions as found
	refusal string
	foot    int // lines that the longest reason takes
}

// NewPalette offers the catalogue's commands as they stand now.
func NewPalette(look *Look, catalogue *Catalogue) *Palette {
	p := &Palette{box: box{look: look}, editor: NewEditor(look)}
	for _, a := range catalogue.All() {
		if a.Run == nil || a.Unlisted {
			continue
		}
		ok, reason := a.Ready()
		p.actions = append(p.actions, a)
		p.ready = append(p.ready, ok)
		p.reasons = append(p.reasons, reason)
		p.folded = append(p.folded, Fold(look.T(a.Title)+" "+look.T(a.Group)+" "+look.T(a.Where)+" "+a.Name))
	}
	p.table = NewTable(look, nil, Source{
		Len: func() int { return len(p.order) },
		ID:  func(i int) string { return p.actions[p.order[i]].Name },
		Row: p.row,
	}, Options{NoHead: true, NoFoot: true, OneClick: true, Empty: "kit.palette.none"})
	p.table.OnOpen = func(string) tea.Cmd { return p.run() }
	p.find()
	return p
}

func (p *Palette) row(i int) Row {
	k := p.order[i]
	a := p.actions[k]
	title := Cell{Text: p.look.T(a.Title)}
	reason := Cell{Role: Dim}
	switch {
	case a.Where != "":
		reason.Text = p.look.T("kit.palette.there", text.Args{"Page": p.look.T(a.Where)})
	case a.Group != "":
		reason.Text = p.look.T(a.Group)
	}
	if !p.ready[k] {
		title.Role = Dim
		title.Text = "– " + title.Text
		reason.Text = p.reasons[k]
	}
	return Row{Cells: []Cell{title, reason, {Text: p.look.KeyLabels(a.Keys), Role: Key}}}
}

// find lists the commands the query finds: the best first, those that can run
// before those that cannot.
func (p *Palette) find() {
	q := NewQuery(p.editor.Value())
	scores := make([]int, len(p.actions))
	p.order = p.order[:0]
	for i := range p.actions {
		score, ok := q.Score(p.folded[i])
		if !ok {
			continue
		}
		scores[i] = score
		if p.ready[i] {
			scores[i]++
		}
		p.order = append(p.order, i)
	}
	slices.SortStableFunc(p.order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	p.table.cursorID = ""
	p.table.cursor = 0
	p.table.Refresh()
}

// run closes the palette and runs the command under the cursor; one that cannot
// run says why instead.
func (p *Palette) run() tea.Cmd {
	i := p.table.CursorIndex()
	if i < 0 {
		return nil
	}
	k := p.order[i]
	if ok, reason := p.actions[k].Ready(); !ok {
		p.refusal = reason
		return nil
	}
	p.done = true
	return p.actions[k].Run()
}

// Update answers keys and the mouse.
func (p *Palette) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		p.refusal = ""
		switch KeyName(msg) {
		case "esc", "ctrl+p":
			p.done = true
		case "up", "down", "pgup", "pgdown", "enter":
			return p.table.Update(msg)
		default:
			before := p.editor.Value()
			if p.editor.Update(msg) && p.editor.Value() != before {
				p.find()
			}
		}
	case tea.MouseMsg:
		if Clicked(msg) && !p.Room().Contains(msg) {
			p.done = true
			return nil
		}
		return p.table.Update(p.tableRoom().Relative(msg))
	}
	return nil
}

func (p *Palette) tableRoom() Rect {
	r := p.inner()
	return Rect{X: r.X, Y: r.Y + 2, W: r.W, H: max(r.H-2-max(p.foot, 1), 0)}
}

// SetSize gives the palette the screen's size.
func (p *Palette) SetSize(width, height int) {
	p.box.SetSize(width, height)
	p.ask(min(width-2, 140), min(height-2, 22))
	p.foot = reasonLines(p.reasons, p.inner().W-2)
	room := p.tableRoom()
	keys, titles := widest(p.look, p.actions)
	keys = min(keys, 14)
	p.table.SetColumns([]Column{
		{Key: "title", Min: min(titles, max(room.W-keys-rowMargin, 1)), Priority: 3},
		{Key: "reason", Min: 10, Flex: 1, Priority: 1},
		{Key: "keys", Min: keys, Ideal: keys, Priority: 2, Align: AlignRight},
	})
	p.table.SetSize(room.W, room.H)
}

// View draws the palette.
func (p *Palette) View() string {
	inner := p.inner()
	lines := []string{p.look.Paint(Key, "▸ ") + p.editor.View(max(inner.W-2, 0), true), ""}
	lines = append(lines, strings.Split(p.table.View(), "\n")...)
	foot := max(p.foot, 1)
	hint := reasonFoot(p.look, Dim, p.look.T("kit.palette.keys"), inner.W, foot)
	if i := p.table.CursorIndex(); i >= 0 && i < len(p.order) && !p.ready[p.order[i]] {
		hint = reasonFoot(p.look, Late, p.reasons[p.order[i]], inner.W, foot)
	}
	if i := p.table.CursorIndex(); i >= 0 && i < len(p.order) && p.ready[p.order[i]] && p.actions[p.order[i]].Where != "" { // the column that says so may have no room
		hint = reasonFoot(p.look, Dim, p.look.T("kit.palette.there", text.Args{"Page": p.look.T(p.actions[p.order[i]].Where)})+" · "+p.look.T("kit.palette.keys"), inner.W, foot)
	}
	if p.refusal != "" {
		hint = reasonFoot(p.look, Error, "! "+p.refusal, inner.W, foot)
	}
	for len(lines) < inner.H-foot {
		lines = append(lines, "")
	}
	return p.frame(p.look.T("kit.palette.title"), append(lines[:max(inner.H-foot, 0)], hint...))
}
