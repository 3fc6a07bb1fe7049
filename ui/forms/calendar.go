package forms

// Absences out of a calendar file (.ics): whose it is, who stands in, how many there are;
// then one step.

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// IsCalendar reports whether a file is a calendar by its name.
func IsCalendar(path string) bool {
	path = strings.ToLower(path)
	return strings.HasSuffix(path, ".ics") || strings.HasSuffix(path, ".ical")
}

// CalendarRequest is what takes a rep's absences from a calendar, and how many are there
// already. An event that came before is known by its identifier: what has moved moves. Who
// stands in stays, unless another is given.
func CalendarRequest(book *model.Book, rep, cover string, list []model.Absence) (request store.Request, same int) {
	request.Action = "absence.import"
	known := map[string]model.Absence{}
	there := map[model.Key]bool{}
	for _, a := range book.Absences(rep) {
		there[a.Key()] = true
		if a.Ref != "" {
			known[a.Ref] = a
		}
	}
	taken := map[model.Key]bool{}
	for _, a := range list {
		a.Rep, a.Cover = rep, cover
		before, ok := known[a.Ref]
		if ok && cover == "" {
			a.Cover = before.Cover
		}
		switch {
		case taken[a.Key()]:
			continue
		case ok && model.Same(before, a), !ok && there[a.Key()]:
			same++
			continue
		case ok && before.Key() != a.Key():
			request.Deletes = append(request.Deletes, before.Key())
		}
		taken[a.Key()] = true
		request.Puts = append(request.Puts, store.Put{Record: a})
	}
	request.Subject = words.CountSubject(model.TableAbsences, len(request.Puts))
	return request, same
}

// calendarRead are the absences of a calendar file.
type calendarRead struct {
	s    *session.Session
	path string
	list []model.Absence
	odd  []exchange.OddEvent
	err  error
}

// Calendar reads a calendar and asks whose absences its events are. The message that comes
// goes to CalendarRead.
func Calendar(s *session.Session, path string) tea.Cmd {
	return func() tea.Msg {
		read := calendarRead{s: s, path: path}
		read.list, read.odd, read.err = exchange.ReadAbsenceFile(path, "", time.Local)
		return read
	}
}

// CalendarRead takes a calendar that was read; false for any other message.
func CalendarRead(msg tea.Msg) (tea.Cmd, bool) {
	read, ok := msg.(calendarRead)
	if !ok {
		return nil, false
	}
	return askCalendar(read), true
}

func askCalendar(read calendarRead) tea.Cmd {
	s, look := read.s, read.s.Look
	name := kit.Clean(words.FileName(read.path))
	withOdd := func(sentence string) string {
		return strings.TrimSpace(sentence + " " + words.OddEvents(look.Text, read.odd))
	}
	var coming []model.Absence
	for _, a := range read.list {
		if a.To == 0 || a.To >= s.Today {
			coming = append(coming, a)
		}
	}
	switch reason := refusal(s, model.Edit{After: model.Absence{}}); {
	case read.err != nil:
		s.Shell.Fail(s.ErrorText(read.err))
		return nil
	case reason != "":
		s.Shell.Fail(reason)
		return nil
	case len(coming) == 0:
		s.Shell.Fail(withOdd(look.T("intake.calendar.none", text.Args{"File": name})))
		return nil
	}
	var reps []kit.Option
	own := ""
	for _, rep := range s.Book.Reps() {
		reps = append(reps, kit.Option{Value: rep.Code, Label: rep.Name, Detail: rep.Code})
		if rep.Name == s.Actor.Name {
			own = rep.Code
		}
	}
	whose := kit.Field{Name: "rep", Label: "forms.rep", Kind: kit.FieldSearch, Required: true, Options: reps, Start: own, Width: 30}
	cover := kit.Field{Name: "cover", Label: "forms.absence.cover", Hint: "forms.absence.cover.hint", Kind: kit.FieldSearch, Options: reps, Width: 30}
	form := kit.NewForm(look, look.Text.N("intake.calendar.title", len(coming), text.Args{"File": name}), whose, cover)
	form.SetSubmit("intake.calendar.take")
	form.Check = func(v kit.Values) (string, string) {
		if v.Text("cover") != "" && v.Text("cover") == v.Text("rep") {
			return "cover", look.T("cover.self")
		}
		return "", ""
	}
	box := kit.NewFormBox(look, form)
	form.OnCancel = func() tea.Cmd { box.Close(); return nil }
	form.OnSubmit = func(v kit.Values) tea.Cmd {
		rep := v.Text("rep")
		request, same := CalendarRequest(s.Book, rep, v.Text("cover"), coming)
		count := len(request.Puts)
		args := text.Args{"Rep": kit.Clean(s.Book.RepName(rep)), "Same": look.Text.Int(same)}
		if count == 0 {
			box.Close()
			s.Shell.Say(withOdd(look.Text.N("absences.imported", 0, args)))
			return nil
		}
		return WithPlans(s, request, func(r store.Request) tea.Cmd {
			box.Close()
			return tea.Batch(s.Apply(r, withOdd(look.Text.N("absences.imported", count, args)), nil), func() tea.Msg { return closed{} })
		})
	}
	return s.Shell.Show(box)
}
