package territories

// One territory or region: the overview of it, and its accounts, those furthest
// behind first; one above the other where there is room, else one at a time.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

type detail struct {
	s        *session.Session
	tree     *tree
	id       string // of the node; "": none is open
	overview *kit.Scroll
	table    *kit.Table
	entries  []entry

	onAccounts    bool // where they do not fit together: which of them shows
	focused       bool
	version       int
	width, height int

	kept    []string // the overview's lines, as of keptFor
	keptFor keptFor
	wrote   session.Wrote // who wrote the notes, once it is known
}

// keptFor is what the overview's lines depend on.
type keptFor struct {
	id                          string
	revision, generation, width int
}

func newDetail(s *session.Session, t *tree) *detail {
	d := &detail{s: s, tree: t, overview: kit.NewScroll(s.Look)}
	d.table = kit.NewTable(s.Look, tables.AccountsOfArea.Page(), kit.Source{
		Len:     func() int { return len(d.entries) },
		ID:      func(i int) string { return d.entries[i].customer.Code },
		Row:     func(i int) kit.Row { return d.row(d.entries[i]) },
		Version: func() int { return d.version },
	}, kit.Options{Name: "territory", Empty: "territories.empty.accounts", Unit: "accounts.unit"})
	d.table.OnOpen = func(code string) tea.Cmd { return s.Shell.Go(session.PageAccounts, code) }
	d.table.SetSort("ratio", true) // says how they are sorted; there is no other way
	d.table.Focus(false)
	return d
}

func (d *detail) row(e entry) kit.Row {
	return kit.Row{Cells: tables.AccountsOfArea.Cells(d.s.View(), tables.Account{Customer: e.customer, Standing: e.standing})}
}

// show opens a node.
func (d *detail) show(id string) {
	if d.id != id {
		d.id, d.onAccounts, d.wrote = id, false, nil
		d.overview.Top()
	}
	d.refresh()
}

// refresh takes up the Book anew; false when the node is gone.
func (d *detail) refresh() bool {
	n := d.tree.node(d.id)
	if n == nil {
		return false
	}
	d.entries = d.tree.accounts(n)
	d.version++
	d.table.Refresh()
	return true
}

func (d *detail) setSize(width, height int) { d.width, d.height = width, height }

// leastRows is the room the accounts want below the overview.
const leastRows = 9

// stacked reports whether overview and accounts show together.
func (d *detail) stacked(lines int) bool { return lines+1+leastRows <= d.height }

// layOut gives overview and accounts their rooms; head is what stands above them.
func (d *detail) layOut(n *node) (head, lines []string, stacked bool) {
	head = []string{d.title(n), ""}
	lines = d.lines(n)
	stacked = d.stacked(len(head) + len(lines))
	if !stacked {
		head = []string{d.title(n), d.strip(), ""}
	}
	room := d.height - len(head)
	d.overview.SetLines(lines)
	if stacked {
		d.overview.SetSize(d.width, len(lines))
		d.table.SetSize(d.width, room-len(lines)-1)
		d.table.Focus(d.focused)
		return head, lines, true
	}
	d.overview.SetSize(d.width, room)
	d.table.SetSize(d.width, room)
	d.table.Focus(d.focused && d.onAccounts)
	return head, lines, false
}

func (d *detail) view() string {
	n := d.tree.node(d.id)
	if n == nil {
		return kit.Block(nil, d.width, d.height)
	}
	head, lines, stacked := d.layOut(n)
	switch {
	case stacked:
		head = append(append(head, lines...), "")
		head = append(head, strings.Split(d.table.View(), "\n")...)
	case d.onAccounts:
		head = append(head, strings.Split(d.table.View(), "\n")...)
	default:
		head = append(head, strings.Split(d.overview.View(), "\n")...)
	}
	return kit.Block(head, d.width, d.height)
}

// listens is where keys go: the accounts, or the overview that scrolls.
func (d *detail) listens() func(tea.Msg) tea.Cmd {
	n := d.tree.node(d.id)
	if n == nil {
		return func(tea.Msg) tea.Cmd { return nil }
	}
	if _, _, stacked := d.layOut(n); stacked || d.onAccounts {
		return d.table.Update
	}
	return d.overview.Update
}

// onTable reports whether the accounts' cursor is what the person sees.
func (d *detail) onTable() bool {
	n := d.tree.node(d.id)
	if n == nil {
		return false
	}
	_, _, stacked := d.layOut(n)
	return stacked || d.onAccounts
}

// parted reports whether overview and accounts show one at a time.
func (d *detail) parted() bool {
	n := d.tree.node(d.id)
	if n == nil {
		return false
	}
	_, _, stacked := d.layOut(n)
	return !stacked
}

func (d *detail) mouse(m tea.MouseMsg) tea.Cmd {
	n := d.tree.node(d.id)
	if n == nil {
		return nil
	}
	head, lines, stacked := d.layOut(n)
	if !stacked && kit.Clicked(m) && m.Y == 1 {
		d.onAccounts = m.X > kit.Width(d.s.Look.T("territories.overview"))+3
		return nil
	}
	top := len(head)
	if stacked {
		top += len(lines) + 1
	}
	room := kit.Rect{Y: top, W: d.width, H: d.height - top}
	if !room.Contains(m) {
		return nil
	}
	return d.listens()(room.Relative(m))
}

// title is the node's name and what is open there.
func (d *detail) title(n *node) string {
	look := d.s.Look
	after := look.T("territories.region")
	if n.area != nil {
		after = n.area.Code
		if n.region != "" {
			after += " · " + n.region
		}
	}
	var right string
	for _, span := range d.tree.table().Column("signals").Cell(d.s.View(), n.described()).Spans {
		if word := strings.TrimSpace(span.Text); word != "" {
			right += look.Paint(span.Role, word) + " "
		}
	}
	return kit.Sides(" "+look.Paint(kit.Heading, kit.Clean(n.name))+look.Paint(kit.Dim, "  "+kit.Clean(after)), right, d.width)
}

// strip says which of overview and accounts shows.
func (d *detail) strip() string {
	look := d.s.Look
	part := func(title string, chosen bool) string {
		if chosen {
			return look.Paint(kit.Strong, "▸ "+title)
		}
		return look.Paint(kit.Dim, "  "+title)
	}
	return " " + part(look.T("territories.overview"), !d.onAccounts) + "   " + part(look.Text.N("accounts.unit", len(d.entries)), d.onAccounts)
}
