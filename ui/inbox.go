package ui

// What has happened to signals and answers since the person was here last.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/ui/habits"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

const (
	inboxLines = 7 // and one for the rest
	inboxDays  = 7 // how far back it looks the first time
)

// inbox shows the latest, each a way to its signal, and remembers the day. What
// happened on the day of the last look is shown again: better twice than never.
func (r *root) inbox() tea.Cmd {
	s := r.session
	since := s.Today - inboxDays
	if last, err := model.ParseDate(r.options.Habits.Get(habits.Inbox)); err == nil && last <= s.Today {
		since = last
	}
	items := answer.Inbox(s.Day(), since-1, answer.Reader{Name: s.Actor.Name, Role: s.Actor.Role})
	if !r.replaying {
		r.remember(habits.Inbox, s.Today.String())
	}
	look := s.Look
	title := look.T("inbox.title", text.Args{"Day": look.Text.WeekdayDay(since)})
	if len(items) == 0 {
		return r.show(kit.Message(look, title, look.T("inbox.none")))
	}
	var options []kit.Option
	for _, item := range items[:min(len(items), inboxLines)] {
		options = append(options, kit.Option{
			Value: session.SignalTarget(item.Case.Signal), Label: words.KindGlyph(item.Case.Signal.Kind) + " " + words.CaseSubject(look.Text, s.Book, item.Case.Signal),
			Detail: look.Text.Day(item.On) + "  " + words.InboxBrief(look.Text, s.Book, item, s.Today),
		})
	}
	if rest := len(items) - inboxLines; rest > 0 {
		options = append(options, kit.Option{Label: look.Text.N("inbox.rest", rest)})
	}
	return r.show(kit.Choose(look, title, "", options, func(target string) tea.Cmd {
		if target == "" {
			return nil
		}
		return r.goTo(session.PageSignals, target)
	}))
}
