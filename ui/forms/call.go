package forms

// Logging a telemarketing call, with the number to dial in sight.

import (
	"cmp"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Call logs a call or edits one; start holds what is known already. A day that is
// not given is today, an agent that is not given is the person.
func Call(s *session.Session, start model.Call, isNew bool) tea.Cmd {
	var before model.Record
	title, outcome := "forms.call.new", ""
	if isNew {
		start.Date = cmp.Or(start.Date, s.Today)
		start.Agent = cmp.Or(start.Agent, s.Actor.Name)
		start.Campaign = cmp.Or(start.Campaign, runningCampaign(s, start.Account))
	} else {
		before, title, outcome = start, "forms.call.edit", start.Outcome.String()
	}
	account, prepare := accountField(s, start.Account)
	day := dayField(s, "date", "forms.date", start.Date, text.Back)
	day.Required, day.Hint = true, "forms.date.hint"
	day.Warn = beforeCampaign(s)
	day.Check = func(value any) string {
		if d, _ := value.(model.Date); d > s.Today {
			return s.Look.T("forms.call.future")
		}
		return ""
	}
	result := choiceField("outcome", "forms.outcome", "call.outcome", outcome, "reached", "not-reached", "appointment", "declined", "callback", "wrong-number", "opt-out")
	result.Required = true
	guests, readNames := guestsField(s, "forms.listeners", start.Guests)
	f := newForm(s, s.Look.T(title), before,
		account, result, day,
		textField("agent", "forms.agent", start.Agent, 30),
		campaignField(s, start.Campaign),
		clockField("time", "forms.time", start.Time),
		guests,
		noteField("note", "forms.note", start.Note),
	)
	f.begins(start, isNew)
	f.identity = "time"
	f.request = func(v kit.Values, before model.Record) (store.Request, string) {
		call := callOf(v)
		call.ID, call.Ref = start.ID, start.Ref
		action, done := "call.log", "forms.call.logged"
		if old, ok := before.(model.Call); ok {
			action, done = "call.edit", "forms.saved"
			call.ID, call.Ref = old.ID, old.Ref
		}
		if isNew {
			f.next = func() tea.Cmd { return askAfter(s, call) }
		}
		name := s.AccountName(call.Account)
		r := store.Request{Action: action, Subject: name, Puts: []store.Put{put(call, before)}}
		return r, s.Look.T(done, text.Args{"Name": name, "Day": s.Look.Text.Recent(call.Date, s.Today)})
	}
	twins := &twins[model.Call]{
		form:    f,
		read:    func(account string) ([]model.Call, error) { return s.Store.AccountCalls(account, twinsLimit) },
		of:      callOf,
		values:  func(c model.Call) kit.Values { return kit.Values{"note": c.Note} },
		message: "forms.call.twin",
	}
	beside := &beside{form: f, side: model.RoleMarketing}
	lookUp := func(v kit.Values) tea.Cmd {
		if isNew {
			return tea.Batch(twins.look(v), beside.look(v.Text("account"), v.Day("date")))
		}
		return nil
	}
	f.changed = func(v kit.Values) tea.Cmd {
		f.note = phoneNote(s, v.Text("account"))
		return lookUp(v)
	}
	f.note = phoneNote(s, start.Account)
	if start.Account != "" && !isNew {
		f.Form.FocusField("outcome")
	}
	known := lookUp(f.Form.Values())
	return tea.Batch(f.show(model.Edit{Before: before, After: start}), prepare, readNames, known)
}

func callOf(v kit.Values) model.Call {
	outcome, _ := model.ParseCallOutcome(v.Text("outcome"))
	return model.Call{
		Account: v.Text("account"), Date: v.Day("date"), Time: v.Clock("time"), Agent: v.Text("agent"), Outcome: outcome,
		Campaign: v.Text("campaign"), Guests: guestsIn(v), Note: v.Text("note"),
	}
}

// phoneNote is the number to dial, whether it may be dialled at all, and whom to ask
// for.
func phoneNote(s *session.Session, account string) []kit.Span {
	l := s.Book.Account(account)
	if l == nil {
		return nil
	}
	look := s.Look
	spans := []kit.Span{{Text: cmp.Or(l.Phone, look.T("forms.phone.none")), Role: kit.Strong}}
	if reason := s.Day().Exclusion(l); reason != model.NotExcluded && reason != model.NoPhone {
		spans = append(spans, kit.Span{Text: "   ○ " + look.T("forms.exclusion."+reason.String()), Role: kit.Late})
	} else {
		spans = append(spans, kit.Span{Text: "   " + look.T("forms.consent") + ": " + look.T("consent."+cmp.Or(string(l.Consent), "none")), Role: kit.Dim})
	}
	for _, c := range words.People(l) {
		who := words.Person(c)
		if c.Phone != "" && c.Phone != l.Phone {
			who = c.Name + " " + c.Phone
		}
		spans = append(spans, kit.Span{Text: "   " + who})
	}
	return spans
}

// campaignField suggests telemarketing that runs now, then the other campaigns.
func campaignField(s *session.Session, start string) kit.Field {
	var running, others []kit.Option
	p := s.Look.Text
	for _, c := range s.Book.Campaigns() {
		o := kit.Option{Value: c.Code, Label: cmp.Or(c.Name, c.Code), Detail: c.Code + " · " + p.Day(c.Start) + " – " + p.Date(c.End)}
		if runs(c, s.Today) {
			running = append(running, o)
		} else {
			others = append(others, o)
		}
	}
	options := append(running, others...)
	f := kit.Field{Name: "campaign", Label: "forms.campaign", Hint: "forms.campaign.hint", Kind: kit.FieldSearch, Options: options, Start: start}
	if _, ok := s.Book.Campaign(start); start != "" && !ok {
		f.Options = append(f.Options, kit.Option{Value: start})
	}
	return f
}

func runs(c model.Campaign, today model.Date) bool {
	return c.IsTelemarketing() && c.Status == model.CampaignPlanned && c.Start <= today && today <= c.End
}

// runningCampaign is the telemarketing that runs in the account's territory.
func runningCampaign(s *session.Session, account string) string {
	l := s.Book.Account(account)
	if l == nil {
		return ""
	}
	area := s.Book.Area(l.Territory)
	for _, c := range s.Book.Campaigns() {
		if area != nil && runs(c, s.Today) && c.Names(area.Territory) && s.Book.AimsAt(c, &l.Account) {
			return c.Code
		}
	}
	return ""
}
