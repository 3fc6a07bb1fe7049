package kit

// The table's keys and mouse.

import (
	tea "github.com/charmbracelet/bubbletea"
)

// Update answers keys and the mouse.
func (t *Table) Update(msg tea.Msg) tea.Cmd {
	t.follow()
	before := t.cursorID
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.KeyMsg:
		cmd = t.key(msg)
	case tea.MouseMsg:
		cmd = t.mouse(msg)
	default:
		return nil
	}
	if t.cursorID != before && t.OnMove != nil {
		return tea.Batch(cmd, t.OnMove(t.cursorID))
	}
	return cmd
}

// Actions lists what the table answers, for the catalogue, with a name prefix
// such as "accounts".
func (t *Table) Actions(prefix string) []Action {
	actions := []Action{{Name: prefix + ".move", Keys: []string{"up", "down", "k", "j", "pgup", "pgdown", "ctrl+u", "ctrl+d", "g", "G"},
		Title: "kit.action.move", Group: "kit.group.table", Unlisted: true}}
	if t.source.Filter != nil {
		actions = append(actions, Action{Name: prefix + ".filter", Keys: []string{"/"}, Title: "kit.action.filter",
			Short: "kit.short.filter", Group: "kit.group.table", Priority: 40, Run: t.OpenFilter})
	}
	if t.source.Sort != nil {
		actions = append(actions, Action{Name: prefix + ".sort", Keys: []string{"s"}, Title: "kit.action.sort",
			Short: "kit.short.sort", Group: "kit.group.table", Priority: 30, Run: t.OpenSort})
	}
	if t.options.Markable {
		actions = append(actions, Action{Name: prefix + ".mark", Keys: []string{"space"}, Title: "kit.action.mark",
			Short: "kit.short.mark", Group: "kit.group.table", Priority: 20, Run: t.ToggleMark})
	}
	return append(actions, Action{Name: prefix + ".whole", Keys: []string{"\""}, Title: "kit.action.whole", Group: "kit.group.table",
		Enabled: func() (bool, string) { return t.source.Len() > 0, t.look.T("kit.why.no-row") }, Run: t.Whole})
}

func (t *Table) key(key tea.KeyMsg) tea.Cmd {
	switch t.mode {
	case filtering:
		return t.filterKey(key)
	case sorting:
		if t.sortKey(key) {
			return nil
		}
	}
	switch KeyName(key) {
	case "up", "k":
		t.move(-1)
	case "down", "j":
		t.move(1)
	case "pgup", "ctrl+b":
		t.move(-t.pageRows())
	case "pgdown", "ctrl+f":
		t.move(t.pageRows())
	case "home", "g":
		t.moveTo(0)
	case "end", "G":
		t.moveTo(t.source.Len() - 1)
	case "enter":
		return t.open()
	case "ctrl+u":
		t.move(-max(t.pageRows()/2, 1))
	case "ctrl+d":
		t.move(max(t.pageRows()/2, 1))
	case "left", "h":
		return t.branch(false)
	case "right", "l":
		return t.branch(true)
	case "space":
		return t.ToggleMark()
	case "/":
		return t.OpenFilter()
	case "s":
		return t.OpenSort()
	case "esc":
		t.Back()
	}
	return nil
}

// move moves the cursor by rows.
func (t *Table) move(rows int) { t.moveTo(t.cursor + rows) }

func (t *Table) moveTo(i int) {
	n := t.source.Len()
	if n == 0 {
		return
	}
	t.cursor = min(max(i, 0), n-1)
	t.cursorID = t.source.ID(t.cursor)
	t.reveal()
}

func (t *Table) open() tea.Cmd {
	if t.OnOpen == nil || t.cursorID == "" {
		return nil
	}
	return t.OnOpen(t.cursorID)
}

// branch opens or closes the branch under the cursor; closing a leaf goes to the
// branch it hangs on.
func (t *Table) branch(open bool) tea.Cmd {
	if t.OnBranch == nil || t.source.Len() == 0 {
		return nil
	}
	row := t.source.Row(t.cursor)
	if open && row.Branch == Closed || !open && row.Branch == Opened {
		return t.OnBranch(t.cursorID, open)
	}
	if !open {
		for i := t.cursor - 1; i >= 0; i-- {
			if t.source.Row(i).Depth < row.Depth {
				t.moveTo(i)
				break
			}
		}
	}
	return nil
}

// ToggleMark marks the row under the cursor, or takes its mark away, and moves on.
func (t *Table) ToggleMark() tea.Cmd {
	if !t.options.Markable || t.cursorID == "" {
		return nil
	}
	if t.marks[t.cursorID] {
		delete(t.marks, t.cursorID)
		t.marksShown--
	} else {
		t.marks[t.cursorID] = true
		t.marksShown++
	}
	t.move(1)
	return nil
}

// OpenFilter opens the filter line.
func (t *Table) OpenFilter() tea.Cmd {
	if t.source.Filter == nil {
		return nil
	}
	t.mode = filtering
	t.query.SetValue(t.filter)
	t.reveal()
	return nil
}

func (t *Table) filterKey(key tea.KeyMsg) tea.Cmd {
	switch KeyName(key) {
	case "esc":
		t.Back()
	case "enter":
		t.mode = browsing
	case "up":
		t.move(-1)
	case "down":
		t.move(1)
	case "pgup":
		t.move(-t.pageRows())
	case "pgdown":
		t.move(t.pageRows())
	default:
		if t.query.Update(key) {
			query := t.query.Value()
			if query != t.filter {
				t.filter = query
				t.source.Filter(query)
				t.Refresh()
				if query != "" {
					t.moveTo(0)
				}
			}
		}
	}
	return nil
}

// OpenSort opens the choice of the sort column; in it, s again reverses. Without
// a sort so far, the first sortable column is taken at once.
func (t *Table) OpenSort() tea.Cmd {
	if t.source.Sort == nil || len(t.sortable()) == 0 {
		return nil
	}
	t.mode = sorting
	if t.sortColumn == "" {
		t.stepSort(1)
	}
	return nil
}

// sortable lists the indexes of the columns that sort and show.
func (t *Table) sortable() []int {
	var indexes []int
	for _, p := range t.columnsNow() {
		if t.columns[p.index].Sortable {
			indexes = append(indexes, p.index)
		}
	}
	return indexes
}

// stepSort sorts by the next sortable column to the right (or left).
func (t *Table) stepSort(step int) {
	indexes := t.sortable()
	at := -1
	if step < 0 {
		at = 0
	}
	for k, i := range indexes {
		if t.columns[i].Key == t.sortColumn {
			at = k
		}
	}
	c := t.columns[indexes[(at+step+len(indexes))%len(indexes)]]
	t.sortBy(c.Key, c.Falling)
}

// sortKey answers the keys of the sort choice; any other key leaves it and is
// answered as usual.
func (t *Table) sortKey(key tea.KeyMsg) bool {
	switch KeyName(key) {
	case "left", "h", "shift+tab":
		t.stepSort(-1)
	case "right", "l", "tab":
		t.stepSort(1)
	case "s", "space":
		t.sortBy(t.sortColumn, !t.descending)
	case "+":
		t.widen(widthStep, false)
	case "-":
		t.widen(-widthStep, false)
	case "0":
		t.widen(0, true)
	case "enter", "esc":
		t.mode = browsing
	default:
		t.mode = browsing
		return false
	}
	return true
}

func (t *Table) mouse(m tea.MouseMsg) tea.Cmd {
	if lines := Wheel(m); lines != 0 {
		t.move(lines)
		return nil
	}
	if !Clicked(m) {
		return nil
	}
	if m.Y == 0 && !t.options.NoHead {
		t.clickHead(t.columnAt(m.X))
		return nil
	}
	i, ok := t.rowAt(m.Y)
	if !ok {
		return nil
	}
	again := i == t.cursor && t.focused
	t.moveTo(i)
	if t.OnBranch != nil {
		row := t.source.Row(i)
		x := m.X - t.gutter()
		if row.Branch != Leaf && x >= 2*row.Depth && x < 2*row.Depth+2 {
			return t.OnBranch(t.cursorID, row.Branch == Closed)
		}
	}
	if again || t.options.OneClick {
		return t.open()
	}
	return nil
}

// clickHead sorts by the column clicked, or reverses it.
func (t *Table) clickHead(index int) {
	if index < 0 || t.source.Sort == nil || !t.columns[index].Sortable {
		return
	}
	c := t.columns[index]
	if c.Key == t.sortColumn {
		t.sortBy(c.Key, !t.descending)
		return
	}
	t.sortBy(c.Key, c.Falling)
}
