package forms

// Logging a visit in a few keystrokes, and editing one.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
)

// Visit logs a visit or edits one; start holds what is known already. A day that
// is not given is today, a rep that is not given is the territory's.
func Visit(s *session.Session, start model.Visit, isNew bool) tea.Cmd {
	var before model.Record
	title := "forms.visit.new"
	if !isNew {
		before, title = start, "forms.visit.edit"
	}
	if start.Date == 0 {
		start.Date = s.Today
	}
	if start.Rep == "" {
		start.Rep = usualRep(s, start.Account)
	}
	account, prepare := accountField(s, start.Account)
	guests, readNames := guestsField(s, "forms.guests", start.Guests)
	day := dayField(s, "date", "forms.date", start.Date, text.Back)
	day.Required, day.Hint = true, "forms.date.hint"
	day.Warn = holidayOf(s, "date")
	day.Check = func(value any) string {
		if d, _ := value.(model.Date); d > s.Today {
			return s.Look.T("forms.visit.future")
		}
		return ""
	}
	fields := []kit.Field{
		account, day,
		choiceField("kind", "forms.kind", "visit.kind", start.Kind.String(), "met", "not-met", "other"),
		repField(s, "rep", "forms.rep", start.Rep),
		outcomeField(start.Outcome),
		moneyField("value", "forms.value", start.Value),
		wholeField("minutes", "forms.minutes", "forms.unit.minutes", start.Minutes, 0, 1440),
		clockField("time", "forms.time", start.Time),
		guests,
		noteField("note", "forms.note", start.Note),
	}
	f := newForm(s, s.Look.T(title), before, fields...)
	f.begins(start, isNew)
	f.identity = "date"
	f.request = func(v kit.Values, before model.Record) (store.Request, string) {
		visit := visitOf(s, v)
		visit.ID, visit.Ref = start.ID, start.Ref
		action, done := "visit.log", "forms.visit.logged"
		if old, ok := before.(model.Visit); ok {
			action, done = "visit.edit", "forms.saved"
			visit.ID, visit.Ref = old.ID, old.Ref
		}
		name := s.AccountName(visit.Account)
		r := store.Request{Action: action, Subject: name, Puts: []store.Put{put(visit, before)}}
		return r, s.Look.T(done, text.Args{"Name": name, "Day": s.Look.Text.Recent(visit.Date, s.Today)})
	}
	rep := start.Rep
	twins := &twins[model.Visit]{
		form:    f,
		read:    func(account string) ([]model.Visit, error) { return s.Store.AccountVisits(account, twinsLimit) },
		of:      func(v kit.Values) model.Visit { return visitOf(s, v) },
		values:  func(v model.Visit) kit.Values { return visitValues(v) },
		message: "forms.visit.twin",
	}
	beside := &beside{form: f, side: model.RoleSales}
	lookUp := func(v kit.Values) tea.Cmd {
		if isNew {
			return tea.Batch(twins.look(v), beside.look(v.Text("account"), v.Day("date")))
		}
		return nil
	}
	f.changed = func(v kit.Values) tea.Cmd {
		// The rep follows the account until somebody types another one.
		if usual := usualRep(s, v.Text("account")); usual != "" && usual != rep && v.Text("rep") == rep {
			rep = usual
			f.Form.Set("rep", usual)
			v = f.Form.Values()
		}
		f.note = standingNote(s, v.Text("account"))
		return lookUp(v)
	}
	f.note = standingNote(s, start.Account)
	if start.Account != "" {
		f.Form.FocusField("date")
	}
	known := lookUp(f.Form.Values())
	return tea.Batch(f.show(model.Edit{Before: before, After: start}), prepare, readNames, known)
}

// usualRep is the rep of the account's territory.
func usualRep(s *session.Session, account string) string {
	if l := s.Book.Account(account); l != nil {
		if area := s.Book.Area(l.Territory); area != nil {
			return area.Rep
		}
	}
	return ""
}

// standingNote says where the account stands, so that one sees that it is the right one.
func standingNote(s *session.Session, account string) []kit.Span {
	l := s.Book.Account(account)
	if l == nil {
		return nil
	}
	standing := s.Day().Standing(l)
	state := tables.StateCell(s.Look.Text, standing)
	return []kit.Span{
		{Text: s.Look.T("forms.last", text.Args{"Day": s.Look.Text.Recent(standing.Last, s.Today)}) + "   ", Role: kit.Dim},
		{Text: strings.TrimSpace(state.Text), Role: state.Role},
	}
}

func visitOf(s *session.Session, v kit.Values) model.Visit {
	kind, _ := model.ParseVisitKind(v.Text("kind"))
	return model.Visit{
		Account: v.Text("account"), Date: v.Day("date"), Time: v.Clock("time"), Rep: repOf(s, v.Text("rep")), Kind: kind,
		Outcome: outcomeOf(s, v.Text("outcome")), Value: model.Money(v.Money("value")), Minutes: v.Int("minutes"),
		Guests: guestsIn(v), Note: v.Text("note"),
	}
}

func visitValues(v model.Visit) kit.Values {
	values := kit.Values{"kind": v.Kind.String(), "outcome": v.Outcome, "guests": joinGuests(v.Guests), "note": v.Note}
	if v.Value != 0 {
		values["value"] = int64(v.Value)
	}
	if v.Minutes != 0 {
		values["minutes"] = v.Minutes
	}
	return values
}
