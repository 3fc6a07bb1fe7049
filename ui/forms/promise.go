package forms

// When a customer is to be called again, or visited: asked while they are still on the
// line.

import (
	"cmp"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/queue"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Agreed is what was agreed with a customer on the telephone.
type Agreed struct {
	Day  model.Date
	At   model.Clock
	Mine bool // whoever agreed it calls; else whoever is there
	Note string
}

// AskCallBack asks when the customer is to be called again, and by whom. The time must
// be one at which the customer is open.
func AskCallBack(s *session.Session, account, note string, then func(Agreed) tea.Cmd) tea.Cmd {
	whose := kit.Field{Name: "whose", Label: "calling.form.whose", Kind: kit.FieldChoice, Start: "me", Options: []kit.Option{
		{Value: "me", Label: "calling.form.whose.me"}, {Value: "anybody", Label: "calling.form.whose.anybody"}}}
	return askWhen(s, account, "calling.form.callback", note, then, whose)
}

// AskAppointment asks for the day and time at which the customer wishes a visit.
func AskAppointment(s *session.Session, account, note string, then func(Agreed) tea.Cmd) tea.Cmd {
	return askWhen(s, account, appointment, note, then)
}

// appointment is the title of the form that asks for one.
const appointment = "calling.form.appointment"

// nobodyComes says that no rep could make a visit on a day; "" where one could.
func nobodyComes(s *session.Session, account string, day model.Date) string {
	rep := usualRep(s, account)
	if rep == "" {
		return s.Look.T("calling.form.no-rep")
	}
	if _, gone := s.Book.Gone(rep, day); gone && day != 0 && s.Book.CoverOn(rep, day) == "" {
		return s.Look.T("calling.form.rep-away", text.Args{"Rep": s.Book.RepName(rep), "Day": s.Look.Text.WeekdayDay(day)})
	}
	return ""
}

// appointmentMinutes is how long a visit is taken to last of which nothing is known.
const appointmentMinutes = 30

// elsewhere says that the rep is to be at another customer's at a time; "" otherwise.
func elsewhere(s *session.Session, account string, day model.Date, at model.Clock) string {
	rep := usualRep(s, account)
	if rep == "" || day == 0 || at == 0 {
		return ""
	}
	for p := range s.Book.Plan(rep) {
		if p.Date != day || p.Time == 0 || p.Account == account {
			continue
		}
		from, to := p.Time.Minutes(), p.Time.Minutes()+max(p.Minutes, appointmentMinutes)
		if at.Minutes() < to && at.Minutes()+appointmentMinutes > from {
			return s.Look.T("calling.form.rep-elsewhere", text.Args{"Rep": s.Book.RepName(rep), "At": p.Time.String(), "Name": s.AccountName(p.Account)})
		}
	}
	return ""
}

func askWhen(s *session.Session, account, title, note string, then func(Agreed) tea.Cmd, more ...kit.Field) tea.Cmd {
	look := s.Look
	day := dayField(s, "day", "forms.date", 0, text.Ahead)
	day.Required, day.Hint = true, "calling.form.day.hint"
	day.Warn = func(v kit.Values) string { return onHoliday(s, account, v.Day("day")) }
	at := clockField("at", "forms.time", 0)
	if title == appointment {
		day.Warn = func(v kit.Values) string {
			return cmp.Or(onHoliday(s, account, v.Day("day")), nobodyComes(s, account, v.Day("day")))
		}
		at.Warn = func(v kit.Values) string { return elsewhere(s, account, v.Day("day"), v.Clock("at")) }
	}
	at.Required, at.Hint = true, "calling.form.at.hint"
	form := kit.NewForm(look, look.T(title, text.Args{"Name": s.AccountName(account)}), append(append([]kit.Field{day, at}, more...), noteField("note", "forms.note", note))...)
	form.SetSubmit("calling.form.submit")
	box := kit.NewFormBox(look, form)
	form.Check = func(v kit.Values) (string, string) {
		d, t := v.Day("day"), v.Clock("at")
		switch {
		case d < s.Today:
			return "day", look.T("calling.form.past")
		case d == s.Today && t.Minutes() <= s.Minute():
			return "at", look.T("calling.form.past")
		}
		return "at", closedAt(s, account, d, t)
	}
	form.OnSubmit = func(v kit.Values) tea.Cmd {
		box.Close()
		return then(Agreed{Day: v.Day("day"), At: v.Clock("at"), Mine: v.Text("whose") == "me", Note: v.Text("note")})
	}
	form.OnCancel = func() tea.Cmd { box.Close(); return nil }
	return s.Shell.Show(box)
}

// closedAt says that the customer is closed at a time, and when it is open that day; ""
// where it is open, or nothing is known.
func closedAt(s *session.Session, account string, day model.Date, at model.Clock) string {
	l := s.Book.Account(account)
	if l == nil {
		return ""
	}
	view := queue.View{Day: s.Day()}
	spans, known := view.Spans(l, day)
	if !known {
		return ""
	}
	times := ""
	for _, span := range spans {
		if at.Minutes() >= span.From && at.Minutes() < span.To {
			return ""
		}
		if times != "" {
			times += ", "
		}
		times += minuteText(span.From) + "–" + minuteText(span.To)
	}
	args := text.Args{"Day": s.Look.Text.WeekdayDay(day), "Times": times}
	if times == "" {
		return s.Look.T("calling.form.closed-all-day", args)
	}
	return s.Look.T("calling.form.closed", args)
}

func minuteText(minute int) string {
	return time.Date(2000, 1, 1, 0, minute, 0, 0, time.UTC).Format("15:04")
}

// askAfter asks when, after a call in which the customer wished a visit or to be called
// again today, and keeps the answer; whoever knows no day goes on without one.
func askAfter(s *session.Session, call model.Call) tea.Cmd {
	left := model.FollowUp{Account: call.Account, Date: call.Date, Time: call.Time, By: call.Agent, Campaign: call.Campaign}
	keep := func(a Agreed) tea.Cmd {
		left.Due, left.At, left.Note = a.Day, a.At, a.Note
		if a.Mine {
			left.For = call.Agent
		}
		name := s.AccountName(call.Account)
		done := s.Look.T("forms.call.promised", text.Args{"Name": name, "When": words.WhenDue(s.Look.Text, left, s.Today)})
		return s.Apply(store.Request{Action: "call.promise", Subject: name, Puts: []store.Put{{Record: left, New: true}}}, done, nil)
	}
	switch call.Outcome {
	case model.CallBack:
		left.Kind = model.FollowCall
		return AskCallBack(s, call.Account, call.Note, keep)
	case model.CallAppointment:
		left.Kind = model.FollowVisit
		return AskAppointment(s, call.Account, call.Note, keep)
	}
	return nil
}
