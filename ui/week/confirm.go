package week

// Confirming: the draft becomes planned visits, in one step of the history.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// confirm asks, and writes what of the draft the Book does not have, and takes away what the
// draft no longer has.
func (p *Page) confirm() tea.Cmd {
	look, pl := p.s.Look, p.plan
	request := store.Request{Action: "plan.confirm", Subject: words.WeekSubject(p.s.Book.RepName(pl.key.rep), pl.key.monday)}
	pl.into(p.s, &request)
	args := text.Args{"Week": p.title(pl), "Removed": look.Text.N("week.ask.confirm.removed", len(pl.remove))}
	if len(pl.remove) == 0 {
		args["Removed"] = look.T("week.ask.confirm.removed.none")
	}
	sentence := p.askedWith(look.Text.N("week.ask.confirm.text", pl.draft.Week.Visits, args), pl.draft)
	return p.s.Shell.Show(kit.Ask(look, look.T("week.ask.confirm", args), sentence, "week.short.confirm", func() tea.Cmd {
		return p.s.Apply(request, look.Text.N("week.confirmed", pl.draft.Week.Visits, args), nil) // the plan notices by itself that it is written
	}))
}

func (p *Page) title(pl *plan) string {
	return p.s.Look.T("week.title", text.Args{"Rep": p.s.Book.RepName(pl.key.rep), "Week": p.s.Look.Text.Week(pl.key.monday)})
}

// into adds what confirming the plan takes to a request.
func (pl *plan) into(s *session.Session, r *store.Request) {
	for _, planned := range pl.put {
		r.Puts = append(r.Puts, store.Put{Record: planned})
	}
	for _, absence := range pl.daysOff {
		r.Puts = append(r.Puts, store.Put{Record: absence})
	}
	for _, wish := range pl.granted {
		r.Puts = append(r.Puts, store.Put{Record: wish.Confirmed(s.Today, s.Actor.Name), Before: wish})
	}
	r.Deletes = append(append(r.Deletes, pl.remove...), pl.workedOn...)
}

// copyText puts the week into the clipboard, as its day sheets.
func (p *Page) copyText() tea.Cmd {
	var b strings.Builder
	if err := p.say().WritePrintout(&b, p.draft()); err != nil {
		return nil
	}
	return p.s.Look.Copy(b.String())
}
