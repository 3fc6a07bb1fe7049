package kit

// The line of pages: number and name, the active one emphasised, the day at the
// right; names grow shorter until everything fits.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
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

// tabFit is how the line was made to fit.
type tabFit struct {
	brand, right string
	gap          int // cells between two tabs, of which one on either side belongs to the tab if there are two
	longest      int // width of the names of pages that are not in front
}

// pad is the blank either side of a tab's words that is painted and clicked with
// them.
func (f tabFit) pad() int { return min(f.gap/2, 1) }

// View draws the line.
func (t *Tabs) View() string {
	fit := t.fit()
	line, x := " ", 1
	if fit.brand != "" {
		line += t.look.Paint(Heading, fit.brand) + Blank(fit.gap+1)
		x += Width(fit.brand) + fit.gap + 1
	}
	t.rooms = t.rooms[:0]
	pad := Blank(fit.pad())
	for i, tab := range t.tabs {
		label := pad + t.label(i, tab, fit.longest) + pad
		t.rooms = append(t.rooms, Rect{X: x, W: Width(label), H: 1})
		role := Dim
		if i == t.active {
			role = Chosen
			if t.look.Theme.Monochrome() { // the glyph takes the place of a blank before the words
				if pad == "" {
					line = strings.TrimSuffix(line, " ") + "▸"
				} else {
					label = "▸" + label[1:]
				}
			}
		}
		between := Blank(fit.gap - 2*fit.pad())
		if i == len(t.tabs)-1 && fit.right == "" {
			between = ""
		}
		line += t.look.Paint(role, label) + between
		x += Width(label) + len(between)
	}
	right := ""
	if fit.right != "" {
		right = t.look.Paint(Dim, fit.right) + " "
	}
	if right == "" {
		return FitLine(line, t.width)
	}
	return Sides(line, right, t.width)
}

// label is a tab's words; longest bounds the name unless the tab is active.
func (t *Tabs) label(i int, tab Tab, longest int) string {
	title := Clean(t.look.T(tab.Title))
	if i != t.active && Width(title) > longest {
		if longest < 2 {
			return tab.Key
		}
		title = ansi.Truncate(title, longest-1, "") + "."
	}
	return tab.Key + " " + title
}

// total is the width of the line in a fit.
func (t *Tabs) total(f tabFit) int {
	w := 1
	if f.brand != "" {
		w += Width(f.brand) + f.gap + 1
	}
	for i, tab := range t.tabs {
		w += Width(t.label(i, tab, f.longest)) + f.gap
	}
	if f.right == "" && f.pad() == 0 { // nothing comes behind the last one
		w -= f.gap
	}
	if f.right != "" {
		w += Width(f.right) + 1
	}
	return w
}

// fit finds the roomiest form that fits: the names of the pages matter more than
// the right part, that more than the brand, and that more than wide gaps.
func (t *Tabs) fit() tabFit {
	const whole = 99
	tries := []tabFit{}
	for _, right := range append(append([]string(nil), t.right...), "") {
		tries = append(tries,
			tabFit{t.brand, right, 3, whole}, tabFit{t.brand, right, 2, whole},
			tabFit{"", right, 2, whole}, tabFit{"", right, 1, whole})
	}
	for longest := 16; longest > 0; longest-- {
		tries = append(tries, tabFit{"", "", 1, longest})
	}
	for _, f := range tries {
		if t.total(f) <= t.width {
			return f
		}
	}
	return tries[len(tries)-1]
}
