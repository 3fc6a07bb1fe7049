package kit

// A line of text being typed. It moves and deletes by what a person sees as one
// character (grapheme clusters), and scrolls sideways when the text is longer
// than its room.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// Editor is one line of text with a cursor.
type Editor struct {
	look *Look
	typing
	from  int    // first cluster that shows
	whole bool   // all of it is selected: what is typed takes its place
	parts string // put before the first letter that is typed behind what stands there
}

// NewEditor is an empty line.
func NewEditor(look *Look) *Editor { return &Editor{look: look} }

// Value is the text.
func (e *Editor) Value() string { return e.value() }

// SetValue replaces the text and puts the cursor behind it.
func (e *Editor) SetValue(s string) {
	e.set(s)
	e.from, e.whole, e.parts = 0, false, ""
}

// Select selects the whole text, as a field does that the cursor comes to: what is typed
// next takes its place, and any key that moves the cursor keeps it.
func (e *Editor) Select() { e.whole = len(e.clusters) > 0 }

// Continue lets what is typed next begin another value behind those that stand there, as
// a field does that takes several and that the cursor comes to.
func (e *Editor) Continue(parts string) { e.parts = parts }

// Update answers a key and reports whether it was one for the line.
func (e *Editor) Update(key tea.KeyMsg) bool {
	if e.parts != "" {
		begins := key.Type == tea.KeyRunes && !key.Alt && e.at == len(e.clusters) && !strings.ContainsAny(string(key.Runes[:min(len(key.Runes), 1)]), ";,|")
		if stands := strings.TrimSpace(e.Value()); begins && stands != "" && !strings.ContainsAny(stands[len(stands)-1:], ";,|") {
			e.insert(e.parts)
		}
		e.parts = ""
	}
	if !e.whole {
		return e.key(key)
	}
	text, at, past := e.clusters, e.at, e.past
	switch key.Type {
	case tea.KeyRunes, tea.KeySpace:
		if key.Alt && !madeWithAlt(key.Runes) {
			break
		}
		e.keep(false)
		e.clusters, e.at = nil, 0
	case tea.KeyBackspace, tea.KeyCtrlH, tea.KeyDelete, tea.KeyCtrlD, tea.KeyCtrlW, tea.KeyCtrlU, tea.KeyCtrlK:
		e.keep(false)
		e.clusters, e.at, e.whole = nil, 0, false
		return true
	}
	own := e.key(key)
	if !own {
		e.clusters, e.at, e.past = text, at, past
	}
	e.whole = e.whole && !own
	return own
}

// Insert puts text at the cursor, as if typed.
func (e *Editor) Insert(s string) { e.insert(s) }

// Click puts the cursor at the cell x of the line as drawn.
func (e *Editor) Click(x int) {
	i := min(e.from, len(e.clusters))
	for ; i < len(e.clusters); i++ {
		w := max(Width(e.clusters[i]), 1)
		if x < w {
			break
		}
		x -= w
	}
	e.at, e.whole = i, false
}

// View draws the line in exactly width cells, with the cursor when focused.
func (e *Editor) View(width int, focused bool) string {
	if width <= 0 {
		return ""
	}
	theme := e.look.Theme
	if !focused {
		e.from = 0 // the beginning tells more than the end
		return theme.PaintOn(Input, Text, Fit(e.Value(), width, AlignLeft))
	}
	e.scroll(width)
	var b strings.Builder
	used := 0
	put := func(role Role, s string) bool {
		w := Width(s)
		if used+w > width {
			return false
		}
		theme.write(&b, Input, role, s)
		used += w
		return true
	}
	var run strings.Builder
	flush := func() {
		if run.Len() > 0 && e.whole && used+Width(run.String()) <= width {
			theme.write(&b, Selected, Chosen, run.String())
			used += Width(run.String())
		} else if run.Len() > 0 {
			put(Text, run.String())
		}
		run.Reset()
	}
	runWidth := 0
	for i := e.from; i < len(e.clusters); i++ {
		w := Width(e.clusters[i])
		if used+runWidth+w > width {
			break
		}
		if i == e.at {
			flush()
			runWidth = 0
			if theme.Monochrome() {
				put(Caret, "▏")
				if used+w > width {
					break
				}
				run.WriteString(e.clusters[i])
				runWidth = w
			} else {
				put(Caret, e.clusters[i])
			}
			continue
		}
		run.WriteString(e.clusters[i])
		runWidth += w
	}
	flush()
	if e.at == len(e.clusters) {
		if theme.Monochrome() {
			put(Caret, "▏")
		} else {
			put(Caret, " ")
		}
	}
	if used < width {
		theme.write(&b, Input, Text, Blank(width-used))
	}
	return FitLine(b.String(), width)
}

// scroll chooses the first cluster so that the cursor shows, and so that no room is
// left at the end while text is hidden at the start. A pasted text may be very long:
// only what fits is looked at.
func (e *Editor) scroll(width int) {
	const cursor = 2 // its own cell, wide at most
	e.from = max(min(e.from, e.at), e.firstBefore(e.at, max(width, cursor)-cursor))
	e.from = min(e.from, e.firstBefore(len(e.clusters), width-cursor))
}

// firstBefore is the first cluster from which those before end fit into width cells.
func (e *Editor) firstBefore(end, width int) int {
	for end > 0 {
		if width -= Width(e.clusters[end-1]); width < 0 {
			break
		}
		end--
	}
	return end
}

// clustersOf splits text into what a person sees as characters.
func clustersOf(s string) []string {
	if printableASCII(s) {
		clusters := make([]string, len(s))
		for i := range clusters {
			clusters[i] = s[i : i+1]
		}
		return clusters
	}
	var clusters []string
	for s != "" {
		cluster, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		if cluster == "" {
			break
		}
		clusters = append(clusters, cluster)
		s = s[len(cluster):]
	}
	return clusters
}
