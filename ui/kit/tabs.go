package kit

// The line of pages: number and name, the active one emphasised, the day at the
// right; names grow shorter until everything fits.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// Tab is a page's number key and name (message key).
type Tab struct{ Key, Title string }

// Tabs draws the line of pages.
type Tabs struct {
	// OnPick answers a click on a tab.
	OnPick func(index int) tea.Cmd

	look   *Look
	brand  string
	tabs   []Tab
	active int
	right  []string
	width  int
	rooms  []Rect
}

// NewTabs is a line of pages; brand stands before them where there is room.
func NewTabs(look *Look, brand string, tabs ...Tab) *Tabs {
	return &Tabs{look: look, brand: brand, tabs: tabs}
}

// SetSize gives the line its width; it is one line high.
func (t *Tabs) SetSize(width, _ int) { t.width = width }

// SetActive says which page is in front; -1 for none.
func (t *Tabs) SetActive(index int) { t.active = index }

// SetRight sets the right part in forms of falling length; the longest that
// leaves room for the names is taken.
func (t *Tabs) SetRight(forms ...string) { t.right = forms }

// SetTabs changes the pages.
func (t *Tabs) SetTabs(tabs ...Tab) { t.tabs = tabs }

// Update picks the tab that is clicked.
func (t *Tabs) Update(msg tea.Msg) tea.Cmd {
	m, ok := msg.(tea.MouseMsg)
	if !ok || !Clicked(m) || t.OnPick == nil {
		return nil
	}
	for i, room := range t.rooms {
		if room.Contains(m) {
			return t.OnPick(i)
		}
	}
	return nil
}

// View draws the line.
func (t *Tabs) View() string {
	brand, right, gap, longest := t.fit()
	line := " "
	if brand != "" {
		line += t.look.Paint(Heading, brand) + Blank(gap+1)
	}
	t.rooms = t.rooms[:0]
	for i, tab := range t.tabs {
		label := t.label(i, tab, longest)
		t.rooms = append(t.rooms, Rect{X: Width(line), W: Width(label), H: 1})
		role := Dim
		if i == t.active {
			role = Chosen
			if t.look.Theme.Monochrome() {
				label = "▸" + strings.TrimPrefix(label, " ")
			}
		}
		line += t.look.Paint(role, label) + Blank(gap-2)
	}
	if right != "" {
		right = t.look.Paint(Dim, right) + " "
	}
	return Sides(line, right, t.width)
}

// label is a tab's words with a blank either side; longest bounds the name unless
// the tab is active.
func (t *Tabs) label(i int, tab Tab, longest int) string {
	title := Clean(t.look.T(tab.Title))
	if i != t.active && Width(title) > longest {
		title = strings.TrimRight(Fit(title, longest, AlignLeft), " ")
		if longest > 1 {
			title = strings.TrimSuffix(title, ellipsis) + "."
		} else {
			title = ""
		}
	}
	if title == "" {
		return " " + tab.Key + " "
	}
	return " " + tab.Key + " " + title + " "
}

// fit chooses brand, right part, gap and the longest name so that all fit.
func (t *Tabs) fit() (brand, right string, gap, longest int) {
	forms := append(append([]string(nil), t.right...), "")
	total := func(brand, right string, gap, longest int) int {
		w := 1
		if brand != "" {
			w += Width(brand) + gap + 1
		}
		for i, tab := range t.tabs {
			w += Width(t.label(i, tab, longest)) + gap - 2
		}
		if right != "" {
			w += Width(right) + 2
		}
		return w
	}
	const full = 99
	for _, gap := range []int{3, 2} {
		for _, brand := range []string{t.brand, ""} {
			for _, right := range forms[:len(forms)-1] {
				if total(brand, right, gap, full) <= t.width {
					return brand, right, gap, full
				}
			}
		}
	}
	short := forms[max(len(forms)-2, 0)]
	for longest := 12; longest >= 3; longest-- {
		if total("", short, 2, longest) <= t.width {
			return "", short, 2, longest
		}
	}
	for longest := 12; longest > 0; longest-- {
		if total("", "", 2, longest) <= t.width {
			return "", "", 2, longest
		}
	}
	return "", "", 2, 0
}
