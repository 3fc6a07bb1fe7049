package kit

// The footer: one line with the keys that work now, the most useful first, and
// the session's state at the right.

import (
	"cmp"
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// Footer draws the footer line and runs what is clicked in it.
type Footer struct {
	look      *Look
	catalogue *Catalogue
	width     int
	status    string
	kept      []string // names of the actions that always have their place, at the end
	shown     []footerItem
}

type footerItem struct {
	run      func() tea.Cmd // nil: nothing to click
	from, to int            // cells of the line
}

// NewFooter is the footer of a catalogue.
func NewFooter(look *Look, catalogue *Catalogue) *Footer {
	return &Footer{look: look, catalogue: catalogue}
}

// SetSize gives the footer its width; it is one line high.
func (f *Footer) SetSize(width, _ int) { f.width = width }

// Keep gives actions, such as the help, a place at the end of the line whatever else
// there is.
func (f *Footer) Keep(names ...string) { f.kept = names }

// SetStatus sets the right part, such as "lead · undo z".
func (f *Footer) SetStatus(status string) { f.status = status }

// View draws the line.
func (f *Footer) View() string {
	gap := 3
	if f.width < 100 { // a key stands out by its colour
		gap = 2
	}
	status := ""
	if f.status != "" {
		status = Truncate(Clean(f.status), max(f.width/2, 10)) + " "
	}
	room := f.width - 1 - Width(status)
	if status != "" {
		room -= gap - 1 // so that the last key does not touch it
	}
	f.shown = f.shown[:0]
	line, x := " ", 1
	taken := map[string]bool{}
	add := func(a *Action, room int) {
		if taken[a.Keys[0]] { // an action in front of it has the key
			return
		}
		key, word := f.look.KeyLabel(a.Keys[0]), f.look.T(cmp.Or(a.Short, a.Title))
		w := Width(key) + 1 + Width(word)
		from := x
		if len(f.shown) > 0 {
			from += gap
		}
		if from+w > room {
			return
		}
		if ok, _ := a.Ready(); !ok { // asked only of those that there is room for
			return
		}
		line += Blank(from-x) + f.look.Paint(Key, key) + " " + f.look.Paint(Dim, word)
		taken[a.Keys[0]] = true
		f.shown = append(f.shown, footerItem{a.Run, from, from + w})
		x = from + w
	}
	candidates := f.candidates()
	var kept []*Action
	reserved := 0
	for _, name := range f.kept {
		at := slices.IndexFunc(candidates, func(a *Action) bool { return a.Name == name })
		if at < 0 {
			continue
		}
		if ok, _ := candidates[at].Ready(); ok {
			a := candidates[at]
			kept = append(kept, a)
			reserved += gap + f.cells(a)
		}
	}
	if n := len(kept); n > 1 && 1+f.leading(candidates, gap)+reserved > room {
		last := kept[n-1]
		kept, reserved = kept[:n-1], reserved-gap-f.cells(last)
		candidates = slices.DeleteFunc(candidates, func(a *Action) bool { return a == last })
	}
	for _, a := range candidates {
		if !slices.Contains(kept, a) {
			add(a, room-reserved)
		}
	}
	for _, a := range kept {
		add(a, room)
	}
	return Sides(FitLine(line, max(f.width-Width(status), 0)), f.look.Paint(Dim, status), f.width)
}

// cells is how wide an action stands in the line.
func (f *Footer) cells(a *Action) int {
	return Width(f.look.KeyLabel(a.Keys[0])) + 1 + Width(f.look.T(cmp.Or(a.Short, a.Title)))
}

// leading is how wide the leading actions are that can run, and what comes before them.
func (f *Footer) leading(candidates []*Action, gap int) (cells int) {
	sum := 0
	for _, a := range candidates {
		if ok, _ := a.Ready(); !ok {
			continue
		}
		if sum > 0 {
			sum += gap
		}
		if sum += f.cells(a); a.Leading {
			cells = sum
		}
		if sum > f.width { // nothing behind it has room
			break
		}
	}
	return cells
}

// candidates are the actions the footer would like to show, in order, ready or not.
func (f *Footer) candidates() []*Action {
	all := f.catalogue.Actions()
	actions := make([]*Action, 0, len(all))
	for i := range all {
		if all[i].Priority > 0 && len(all[i].Keys) > 0 {
			actions = append(actions, &all[i])
		}
	}
	slices.SortStableFunc(actions, func(a, b *Action) int { return b.Priority - a.Priority })
	return actions
}

// Update runs the action whose words are clicked, if it has a Run.
func (f *Footer) Update(msg tea.Msg) tea.Cmd {
	m, ok := msg.(tea.MouseMsg)
	if !ok || !Clicked(m) || m.Y != 0 {
		return nil
	}
	for _, item := range f.shown {
		if m.X >= item.from && m.X < item.to && item.run != nil {
			return item.run()
		}
	}
	return nil
}
