package forms

// The form of an absence.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/hours"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Absence edits an absence; one without a first day is a new one of its rep.
func Absence(s *session.Session, a model.Absence) tea.Cmd {
	look := s.Look
	var before model.Record
	title := look.T("forms.absence.new")
	if a.From != 0 {
		before = a
		title = words.Absence(look.Text, s.Book, a)
	} else {
		a.From, a.Kind = s.Today, model.AwayHoliday
	}
	from := dayField(s, "from", "forms.absence.from", a.From, text.Ahead)
	from.Required = true
	to := dayField(s, "to", "forms.absence.to", a.To, text.Ahead)
	to.Hint = "forms.absence.to.hint"
	weekdays := textField("weekdays", "forms.absence.weekdays", strings.Join(a.Weekdays, ", "), 20)
	weekdays.Hint = "forms.absence.weekdays.hint"
	weekdays.Check = func(value any) string {
		if _, ok := weekdaysIn(value.(string)); !ok {
			return look.T("forms.absence.weekdays.wrong")
		}
		return ""
	}
	kind := choiceField("kind", "forms.absence.kind", "absence.kind", a.Kind, model.AbsenceKinds[:]...)
	var others []kit.Option
	for _, r := range s.Book.Reps() {
		if r.Code != a.Rep {
			others = append(others, kit.Option{Value: r.Code, Label: r.Name, Detail: r.Code})
		}
	}
	cover := kit.Field{Name: "cover", Label: "forms.absence.cover", Hint: "forms.absence.cover.hint", Kind: kit.FieldSearch, Options: others, Start: a.Cover, Width: 30}
	f := newForm(s, title, before, from, to, kind, cover,
		clockField("from_time", "forms.absence.from_time", a.FromTime), clockField("to_time", "forms.absence.to_time", a.ToTime),
		weekdays, noteField("note", "forms.note", a.Note))
	if before != nil {
		f.begins(a, false)
	} else {
		f.begins(model.Absence{Rep: a.Rep}, true)
	}
	read := func(v kit.Values) model.Absence {
		n := a
		n.From, n.To, n.FromTime, n.ToTime = v.Day("from"), v.Day("to"), v.Clock("from_time"), v.Clock("to_time")
		n.Weekdays, _ = weekdaysIn(v.Text("weekdays"))
		n.Kind, n.Cover, n.Note = v.Text("kind"), v.Text("cover"), v.Text("note")
		if n.To == 0 && len(n.Weekdays) == 0 {
			n.To = n.From
		}
		return n
	}
	f.Form.Check = func(v kit.Values) (string, string) {
		n := read(v)
		switch {
		case n.To != 0 && n.To < n.From:
			return "to", look.T("forms.absence.order")
		case n.ToTime != 0 && n.ToTime <= n.FromTime && (len(n.Weekdays) > 0 || n.To == n.From):
			return "to_time", look.T("forms.absence.order")
		}
		return "", ""
	}
	f.request = func(v kit.Values, before model.Record) (store.Request, string) {
		n := read(v)
		action := "absence.edit"
		if before == nil {
			action = "absence.add"
		}
		p := put(n, before)
		if before != nil && before.Key() != n.Key() {
			key := before.Key()
			p.Replaces = &key
		}
		return store.Request{Action: action, Subject: words.DaySubject(s.Book.RepName(n.Rep), n.From), Puts: []store.Put{p}},
			look.T("forms.saved", text.Args{"Name": words.Absence(look.Text, s.Book, n)})
	}
	return f.show(model.Edit{Before: before, After: a})
}

// weekdaysIn reads days of the week as opening hours name them.
func weekdaysIn(written string) (days []string, ok bool) {
	if strings.TrimSpace(written) == "" {
		return nil, true
	}
	h, err := hours.Parse(written + " 00:00-24:00")
	if err != nil || len(h.Rules) != 1 {
		return nil, false
	}
	return h.Rules[0].Days.Names(), true
}
