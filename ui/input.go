package ui

// Keys and the mouse: to what stands in front, then to the actions, then to the
// page.

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/ui/kit"
)

func (r *root) key(key tea.KeyMsg) tea.Cmd {
	if key.String() == "ctrl+c" {
		return tea.Quit
	}
	if r.small() {
		if key.String() == "q" {
			return tea.Quit
		}
		return nil
	}
	r.status.Clear()
	if last := len(r.modals) - 1; last >= 0 {
		if _, question := r.modals[last].(*kit.Dialog); question && r.now().Sub(r.shownAt) < Glance {
			return nil
		}
		return r.modals[last].Update(key)
	}
	if r.wordAstray(key) {
		return nil
	}
	page := r.page()
	if page.Capturing() {
		return page.Update(key)
	}
	r.offer()
	outcome, cmd, reason := r.catalogue.Dispatch(key)
	switch outcome {
	case kit.Ran:
		return cmd
	case kit.Refused:
		r.status.Fail(reason)
		return nil
	}
	cmd = page.Update(key)
	if kit.KeyName(key) == "/" && !page.Capturing() {
		r.astray = r.now()
		r.wordAstray(key)
	}
	return cmd
}

// Glance is how long a question stands before it takes an answer: what is typed
// ahead, or comes in the same burst of letters, was not meant for it.
const Glance = 150 * time.Millisecond

// wordPause is the pause between two letters that ends a word.
const wordPause = time.Second

// wordAstray swallows what is typed after / where there is nothing to filter: its
// letters are a word, no commands. It reports whether it took the key.
func (r *root) wordAstray(key tea.KeyMsg) bool {
	if r.astray.IsZero() || r.now().Sub(r.astray) > wordPause {
		r.astray = time.Time{}
		return false
	}
	switch key.Type {
	case tea.KeyRunes, tea.KeySpace, tea.KeyBackspace:
		r.astray = r.now()
	case tea.KeyEnter, tea.KeyEsc:
		r.astray = time.Time{}
	default:
		r.astray = time.Time{}
		return false
	}
	r.status.Tell(r.session.Look.T("shell.filter.nothing"))
	return true
}

func (r *root) click(m tea.MouseMsg) tea.Cmd {
	if r.small() {
		return nil
	}
	if last := len(r.modals) - 1; last >= 0 {
		return r.modals[last].Update(m)
	}
	if kit.Clicked(m) {
		r.status.Clear()
	}
	tabs := kit.Rect{W: r.width, H: 1}
	footer := kit.Rect{Y: r.height - 1, W: r.width, H: 1}
	switch {
	case tabs.Contains(m):
		return r.tabs.Update(tabs.Relative(m))
	case footer.Contains(m):
		return r.footer.Update(footer.Relative(m))
	case r.pageRoom().Contains(m):
		return r.page().Update(r.pageRoom().Relative(m))
	}
	return nil
}

// small reports a window in which the pages cannot be drawn.
func (r *root) small() bool { return r.width < leastWidth || r.height < leastHeight }
