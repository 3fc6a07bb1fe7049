package forms

// A visit that a customer wished on the telephone: sales plans it, or says why not.

import (
	"cmp"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/double"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Wish asks what becomes of a visit that a customer wishes: planned on that day at
// that time in the week of the territory's rep, or declined with a reason, which the
// caller is told.
func Wish(s *session.Session, wish model.FollowUp) tea.Cmd {
	look := s.Look
	l := s.Book.Account(wish.Account)
	if l == nil {
		return nil
	}
	area := s.Book.Area(l.Territory)
	if area == nil || area.Rep == "" {
		s.Shell.Fail(look.T("calling.wish.no-rep", text.Args{"Name": s.AccountName(l.Code)}))
		return nil
	}
	planned := model.PlannedVisit{Rep: area.Rep, Account: l.Code, Date: wish.Due, Time: wish.At}
	if reason := refusal(s, model.Edit{After: planned}); reason != "" {
		s.Shell.Fail(reason)
		return nil
	}
	args := text.Args{"Name": s.AccountName(l.Code), "Rep": s.Book.RepName(area.Rep), "When": words.WhenDue(look.Text, wish, s.Today), "By": cmp.Or(wish.By, "–")}
	said := look.T("calling.wish.text", args)
	if wish.Note != "" {
		said += " " + look.T("calling.wish.note", text.Args{"Note": wish.Note})
	}
	if wish.Due != 0 {
		for _, also := range words.Doubles(look.Text, s.Book, double.Warning(s.Day(), l, nil, model.RoleSales, wish.Due), s.Today) {
			said += " " + also
		}
	}
	answered := wish.Confirmed(s.Today, s.Actor.Name)
	confirm := func() tea.Cmd {
		if wish.Due < s.Today {
			s.Shell.Fail(look.T("calling.form.past"))
			return nil
		}
		return s.Apply(store.Request{Action: "wish.confirm", Subject: s.AccountName(l.Code), Puts: []store.Put{
			{Record: planned, New: true}, {Record: answered, Before: wish},
		}}, look.T("calling.wish.confirmed", args), nil)
	}
	decline := func() tea.Cmd {
		why := noteField("reply", "answer.note.decline", "")
		why.Required = true
		f := newForm(s, look.T("calling.wish.decline", args), wish, why)
		f.request = func(v kit.Values, _ model.Record) (store.Request, string) {
			declined := answered
			declined.State, declined.Reply = model.FollowDeclined, strings.TrimSpace(v.Text("reply"))
			return store.Request{Action: "wish.decline", Subject: s.AccountName(l.Code), Puts: []store.Put{{Record: declined, Before: wish}}},
				look.T("calling.wish.declined", args)
		}
		return f.show(model.Edit{Before: wish, After: answered})
	}
	return s.Shell.Show(kit.NewDialog(look, look.T("calling.wish.title", args), said, 0,
		kit.Button{Title: "calling.wish.later"},
		kit.Button{Title: "calling.wish.yes", Keys: []string{"y", "j"}, Run: confirm},
		kit.Button{Title: "calling.wish.no", Keys: []string{"n"}, Run: decline}))
}

// Elsewhere says that a visit that was agreed to takes place on another day or at another
// time than the customer was told, and asks whether the customer knows by now.
func Elsewhere(s *session.Session, told model.FollowUp, instead model.PlannedVisit) tea.Cmd {
	look := s.Look
	said := words.Elsewhere(look.Text, s.Book, told, instead, s.Today)
	title := look.T("calling.elsewhere.title", text.Args{"Name": s.AccountName(told.Account)})
	open := kit.Button{Title: "calling.elsewhere.account", Keys: []string{"enter"}, Run: func() tea.Cmd { return s.Shell.Go(session.PageAccounts, told.Account) }}
	if instead.Account == "" {
		return s.Shell.Show(kit.NewDialog(look, title, look.T("calling.elsewhere.unplanned", text.Args{"When": words.WhenDue(look.Text, told, s.Today)}), 0, open))
	}
	now := told.Told(instead)
	return s.Shell.Show(kit.NewDialog(look, title, look.T("calling.elsewhere.text", text.Args{"Said": said}), 0, open,
		kit.Button{Title: "calling.elsewhere.told", Keys: []string{"y", "j"}, Run: func() tea.Cmd {
			return s.Apply(store.Request{Action: "wish.told", Subject: s.AccountName(told.Account), Puts: []store.Put{{Record: now, Before: told}}},
				look.T("calling.elsewhere.done", text.Args{"Name": s.AccountName(told.Account), "When": words.WhenDue(look.Text, now, s.Today)}), nil)
		}}))
}
