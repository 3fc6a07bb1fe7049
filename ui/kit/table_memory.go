package kit

// What a table remembers of its reader: the column it is sorted by, and the widths that
// were given to columns by hand.

import (
	"strconv"
	"strings"
)

// Memory is where components keep what a person has chosen, by name.
type Memory interface {
	Recall(name string) string
	Keep(name, value string)
}

// SetMemory gives the look's components a memory; without one they forget.
func (l *Look) SetMemory(m Memory) { l.memory = m }

// Recall is what the person has chosen under a name, "" for nothing.
func (l *Look) Recall(name string) string {
	if l.memory == nil {
		return ""
	}
	return l.memory.Recall(name)
}

// Remember keeps what the person has chosen.
func (l *Look) Remember(name, value string) {
	if l.memory != nil {
		l.memory.Keep(name, value)
	}
}

func (t *Table) recall(what string) string {
	if t.options.Name == "" || t.look.memory == nil {
		return ""
	}
	return t.look.memory.Recall(what + "." + t.options.Name)
}

func (t *Table) keep(what, value string) {
	if t.options.Name != "" && t.look.memory != nil {
		t.look.memory.Keep(what+"."+t.options.Name, value)
	}
}

// remember takes up the sort of last time in place of the owner's own, once there is a
// column of that name.
func (t *Table) remember() {
	if t.source.Sort == nil || t.remembered {
		return
	}
	column, direction, _ := strings.Cut(t.recall("sort"), " ")
	for _, c := range t.columns {
		if c.Key == column && c.Sortable {
			t.remembered = true
			t.SetSort(column, direction == "falling")
			return
		}
	}
}

// sortBy sorts as the person chose, and remembers it.
func (t *Table) sortBy(column string, descending bool) {
	direction := "rising"
	if descending {
		direction = "falling"
	}
	t.remembered = true
	t.keep("sort", column+" "+direction)
	t.SetSort(column, descending)
}

// The least and the most that a column can be made by hand, and how much a key changes it.
const (
	leastWidth = 3
	mostWidth  = 80
	widthStep  = 2
)

// sized are the columns with the widths given to them by hand: such a column neither
// grows nor shrinks.
func (t *Table) sized(columns []Column) []Column {
	kept := t.recall("width")
	if kept == "" {
		return columns
	}
	sized := append([]Column(nil), columns...)
	for _, part := range strings.Fields(kept) {
		key, width, _ := strings.Cut(part, ":")
		w, err := strconv.Atoi(width)
		if err != nil || w < leastWidth || w > mostWidth {
			continue
		}
		for i := range sized {
			if sized[i].Key == key {
				sized[i].Min, sized[i].Ideal, sized[i].Flex = w, w, 0
			}
		}
	}
	return sized
}

// widen makes the column that the table is sorted by wider or narrower; back gives it its
// own width again.
func (t *Table) widen(by int, back bool) {
	before := t.recall("width")
	var kept []string
	for _, part := range strings.Fields(t.recall("width")) {
		if key, _, _ := strings.Cut(part, ":"); key != t.sortColumn {
			kept = append(kept, part)
		}
	}
	if !back {
		for _, p := range t.columnsNow() {
			if t.columns[p.index].Key == t.sortColumn {
				w := min(max(p.w+by, leastWidth), mostWidth)
				kept = append(kept, t.sortColumn+":"+strconv.Itoa(w))
			}
		}
	}
	t.setWidths(strings.Join(kept, " "))
	for _, p := range t.columnsNow() {
		if t.columns[p.index].Key == t.sortColumn {
			return
		}
	}
	t.setWidths(before) // it would not have had room beside the others
}

func (t *Table) setWidths(widths string) {
	t.keep("width", widths)
	t.columns, t.layout = t.sized(t.given), nil
	t.forget()
}
