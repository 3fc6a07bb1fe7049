package ui

// What has happened to signals and answers since the person was here last.

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/model/owner"
	"doppelpass/model/queue"
	"doppelpass/ui/forms"
	"doppelpass/ui/habits"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/signals"
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
	if !r.replaying {
		r.remember(habits.Inbox, s.Today.String())
	}
	return r.inboxFrom(since, 0)
}

// inboxFrom shows what has happened since a day, but for the first so many entries, which
// were shown before.
func (r *root) inboxFrom(since model.Date, first int) tea.Cmd {
	s := r.session
	items := answer.Inbox(s.Day(), since-1, answer.Reader{Name: s.Actor.Name, Role: s.Actor.Role})
	look := s.Look
	title := look.T("inbox.title", text.Args{"Day": look.Text.WeekdayDay(since)})
	if s.Mine {
		title += " · " + look.T("owner.mine.mark")
	}
	items = slices.DeleteFunc(items, func(i answer.Item) bool { return !s.IsMine(owner.OfCase(s.Day(), i.Case)) })
	items = items[min(first, len(items)):]
	options, pick := r.leftToDo(since)
	clashes := s.MyClashes()
	if first > 0 {
		options, clashes = nil, nil
	}
	if len(items) == 0 && len(options) == 0 && len(clashes) == 0 {
		return r.show(kit.Message(look, title, look.T("inbox.none")))
	}
	shown := max(min(len(items), inboxLines-len(options)-min(len(clashes), 1)), 0)
	for _, item := range items[:shown] {
		options = append(options, kit.Option{
			Value: session.SignalTarget(item.Case.Signal), Label: words.KindGlyph(item.Case.Signal.Kind) + " " + words.CaseSubject(look.Text, s.Book, item.Case.Signal),
			Detail: look.Text.Day(item.On) + "  " + look.T("clash.whose", text.Args{
				"Brief": words.InboxBrief(look.Text, s.Book, item, s.Today), "Owner": words.Owner(look.Text, s.Book, owner.OfCase(s.Day(), item.Case))}),
		})
	}
	if rest := len(items) - shown; rest > 0 {
		options = append(options, kit.Option{Value: "rest", Label: look.Text.N("inbox.rest", rest)})
		pick["rest"] = func() tea.Cmd { return r.inboxFrom(since, first+shown) }
	}
	if n := len(clashes); n > 0 {
		options = append(options, kit.Option{Value: "clashes", Label: words.ClashGlyph + " " + look.Text.N("inbox.clashes", n), Detail: words.ClashSubject(look.Text, s.Book, clashes[0])})
		pick["clashes"] = func() tea.Cmd { return signals.ShowClashes(s) }
	}
	return r.show(kit.Choose(look, title, "", options, func(target string) tea.Cmd {
		if run := pick[target]; run != nil {
			return run()
		}
		return r.goTo(session.PageSignals, target)
	}))
}

// leftLines is how many lines of what calls left to be done stand in the inbox.
const leftLines = 4

// leftToDo is what calls left to be done and what became of it, above all else: promised
// calls that are overdue, visits that customers wish, and to whoever made the call
// those that sales declined or moved. Each line is a way to do it.
func (r *root) leftToDo(since model.Date) (options []kit.Option, pick map[string]func() tea.Cmd) {
	s, look := r.session, r.session.Look
	pick = map[string]func() tea.Cmd{}
	add := func(whose owner.Owner, glyph, account, detail string, run func() tea.Cmd) {
		if len(options) < leftLines && s.IsMine(whose) {
			value := "left " + look.Text.Int(len(options))
			options = append(options, kit.Option{Value: value, Label: glyph + " " + s.AccountName(account), Detail: look.T("clash.whose", text.Args{"Brief": detail, "Owner": words.Owner(look.Text, s.Book, whose)})})
			pick[value] = run
		}
	}
	call := func() tea.Cmd { return r.goTo(session.PageCalling, session.CallsTarget(session.CallsOwed, "")) }
	if s.Speaks(model.RoleMarketing) {
		view := queue.View{Day: s.Day(), Minute: s.Minute(), Me: s.Actor.Name}
		for _, e := range view.Owed() {
			key := "calling.inbox.due"
			if view.Overdue(e.Promise) { // though nobody may be there at this hour
				key = "calling.inbox.overdue"
			}
			add(owner.OfFollowUp(s.Day(), e.Promise), words.MarketingGlyph, e.Account, look.T(key, text.Args{"When": words.WhenDue(look.Text, e.Promise, s.Today)}), call)
		}
	}
	for _, f := range s.Book.AllFollowUps() {
		if f.Kind != model.FollowVisit {
			continue
		}
		args := text.Args{"When": words.WhenDue(look.Text, f, s.Today), "By": f.By, "Reply": f.Reply, "Answerer": f.Answerer}
		switch {
		case f.State == model.FollowOpen && s.Speaks(model.RoleSales):
			for _, wish := range s.Day().Wished(s.Book.Account(f.Account)) {
				if wish.ID == f.ID {
					add(owner.OfFollowUp(s.Day(), f), words.SalesGlyph, f.Account, look.T("calling.inbox.wish", args), func() tea.Cmd { return forms.Wish(s, f) })
				}
			}
		case f.State == model.FollowDeclined && f.By == s.Actor.Name && f.Answered >= since:
			add(owner.OfFollowUp(s.Day(), f), words.SalesGlyph, f.Account, look.T("calling.inbox.declined", args), func() tea.Cmd { return r.goTo(session.PageAccounts, f.Account) })
		case f.State == model.FollowConfirmed && s.Speaks(model.RoleMarketing):
			if instead, elsewhere := s.Day().Elsewhere(f); elsewhere {
				add(owner.OfFollowUp(s.Day(), f), words.SalesGlyph, f.Account, words.Elsewhere(look.Text, s.Book, f, instead, s.Today), func() tea.Cmd { return forms.Elsewhere(s, f, instead) })
			}
		}
	}
	return options, pick
}
