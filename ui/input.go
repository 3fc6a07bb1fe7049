package ui

// Keys and the mouse: to what stands in front, then to the actions, then to the
// page.

import (
	"slices"
	"strings"
	"time"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/ui/kit"
	"doppelpass/ui/terminal"
	"doppelpass/ui/text"
)

// keys answers a key, or several that came together: each of those typed is a key
// of its own, those pasted are text for whoever takes text and nothing otherwise.
func (r *root) keys(key tea.KeyMsg) tea.Cmd {
	burst, several := terminal.BurstOf(key)
	switch {
	case several && !burst.Typed:
		return r.pasted(burst)
	case several:
		return r.each(burst.Keys)
	case key.Paste && !r.writing():
		return r.noCommands()
	}
	return r.key(key)
}

// each answers keys one after the other. A question among them ends it, and so does a
// form that closes: what was typed before one could see it was meant for what was
// there.
func (r *root) each(keys []tea.KeyMsg) tea.Cmd {
	var cmds []tea.Cmd
	for _, key := range keys {
		r.giveWay(key)
		before := len(r.modals)
		cmds = append(cmds, r.key(key))
		r.dropDone()
		cmds = append(cmds, r.refresh())
		if len(r.modals) < before {
			break // what was typed for a form that closed is no command
		}
		if last := len(r.modals) - 1; last >= 0 {
			if _, question := r.modals[last].(*kit.Dialog); question {
				break
			}
		}
	}
	return tea.Batch(cmds...)
}

// pasted hands text on that a terminal did not mark as pasted. After / it is for the
// filter; the enter at its end is the person's.
func (r *root) pasted(burst terminal.Burst) tea.Cmd {
	var cmds []tea.Cmd
	body, entered := strings.CutSuffix(burst.Text, "\r")
	if rest, filter := strings.CutPrefix(body, "/"); filter && !r.writing() && len(r.modals) == 0 {
		cmds = append(cmds, r.key(burst.Keys[0]))
		if body = rest; !r.writing() {
			return tea.Batch(cmds...) // there is nothing to filter, and it has been said
		}
	}
	if !r.writing() {
		return r.noCommands()
	}
	if body != "" {
		cmds = append(cmds, r.key(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(body), Paste: true}))
	}
	if entered && !strings.ContainsAny(body, "\r\n") {
		cmds = append(cmds, r.key(tea.KeyMsg{Type: tea.KeyEnter}))
	}
	return tea.Batch(cmds...)
}

// noCommands says that pasted text does nothing here.
func (r *root) noCommands() tea.Cmd {
	if !r.small() {
		r.status.Tell(r.session.Look.T("shell.pasted"))
	}
	return nil
}

// writing reports whether letters are text now.
func (r *root) writing() bool {
	if last := len(r.modals) - 1; last >= 0 {
		_, question := r.modals[last].(*kit.Dialog)
		return !question
	}
	return r.page().Capturing()
}

// giveWay puts a question away that stands in nobody's way, where a key is not for it.
func (r *root) giveWay(key tea.KeyMsg) {
	if last := len(r.modals) - 1; last >= 0 && !r.small() {
		if question, is := r.modals[last].(*kit.Dialog); is && question.GaveWay(key) {
			r.dropDone()
		}
	}
}

func (r *root) key(key tea.KeyMsg) tea.Cmd {
	switch key.String() {
	case "ctrl+c":
		return r.interrupt()
	case "ctrl+z":
		return r.stop()
	}
	if r.small() {
		return r.smallKey(key)
	}
	r.status.Clear()
	r.giveWay(key)
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
	switch {
	case page.Capturing():
	case kit.KeyName(key) == "/":
		r.astray = r.now()
		r.wordAstray(key)
	case outcome == kit.Unbound:
		r.sayElsewhere(key)
	}
	return cmd
}

// everywhere are the letters by which lists and panes of any kind are gone through.
const everywhere = "hjklgG"

// sayElsewhere says of a letter that does nothing here where it does something: no key is
// silent.
func (r *root) sayElsewhere(key tea.KeyMsg) {
	name := kit.KeyName(key)
	if key.Type != tea.KeyRunes || len(key.Runes) != 1 || !unicode.IsLetter(key.Runes[0]) || strings.Contains(everywhere, name) || len(r.modals) > 0 {
		return
	}
	look := r.session.Look
	args := text.Args{"Key": look.KeyLabel(name)}
	for _, listed := range r.tabbed() {
		if listed.name == r.front {
			continue
		}
		for _, a := range r.at(listed.name).Actions() {
			if slices.Contains(a.Keys, name) && a.Run != nil && !a.Unlisted {
				args["Page"], args["Action"] = look.T("page."+string(listed.name)), look.T(a.Title)
				r.status.Tell(look.T("shell.key.elsewhere", args))
				return
			}
		}
	}
	r.status.Tell(look.T("shell.key.nothing", args))
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
