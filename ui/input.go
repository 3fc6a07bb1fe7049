package ui

// Keys and the mouse: to what stands in front, then to the actions, then to the
// page.

import (
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
		return r.modals[last].Update(key)
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
	return page.Update(key)
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
