package forms

// Answering a signal: accepting, declining or making a counter-proposal, and replying
// to one.

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// usualDecline is how many days a refusal lasts unless another end is named.
const usualDecline = 14

// newAnswer is an answer of today to a signal, with nothing said yet.
func newAnswer(s *session.Session, key model.SignalKey, says model.Says) model.Answer {
	return model.Answer{
		Kind: key.Kind, Territory: key.Territory, Campaign: key.Campaign, Date: s.Today, Says: says, By: s.Actor.Name,
		Short: s.Book.Past(s.Today).Watch(key).Short,
	}
}

// answerForm is the form of an answer; read fills in what was typed.
func answerForm(s *session.Session, a model.Answer, read func(kit.Values, *model.Answer), fields ...kit.Field) *recordForm {
	look := s.Look
	title := look.T("answer.form."+string(a.Says), text.Args{"Territory": s.AreaName(a.Territory)})
	f := newForm(s, title, nil, fields...)
	f.request = func(v kit.Values, _ model.Record) (store.Request, string) {
		said := a
		read(v, &said)
		return answerRequest(s, said)
	}
	return f
}

// answerRequest is the step that gives an answer, and the sentence once it is made.
func answerRequest(s *session.Session, a model.Answer) (store.Request, string) {
	name := s.AreaName(a.Territory)
	if a.Campaign != "" {
		name = s.CampaignName(a.Campaign) + " · " + name
	}
	done := "answer.done." + string(a.Says)
	if a.Reason == model.DeclinedData {
		done = "answer.done.decline.data"
	}
	return store.Request{Action: "answer." + string(a.Says), Subject: name, Puts: []store.Put{{Record: a, New: true}}}, s.Look.T(done, text.Args{"Name": name})
}

// Accept accepts a signal: by when it will be done.
func Accept(s *session.Session, key model.SignalKey) tea.Cmd {
	a := newAnswer(s, key, model.SaysAccept)
	last := model.Date(0) // the campaign's end, after which nothing counts any more
	if c, ok := s.Book.Campaign(key.Campaign); ok && key.Kind == model.StepUpVisits {
		last = max(c.End, s.Today)
	}
	// A day is proposed that can be kept. The form asks for ctrl+s before it takes what
	// nobody typed: it is a promise.
	until := dayField(s, "until", "answer.until.accept", promisedDay(s, key, last), text.Ahead)
	until.Required, until.Hint = true, "answer.until.accept.hint"
	until.Check = func(value any) string {
		switch day, _ := value.(model.Date); {
		case day < s.Today:
			return s.Look.T("answer.until.past")
		case last != 0 && day > last:
			return s.Look.T("answer.until.late", text.Args{"Day": s.Look.Text.DayOf(last, s.Today)})
		}
		return ""
	}
	until.Warn = func(v kit.Values) string { return oddPromise(s, key.Territory, v.Day("until")) }
	f := answerForm(s, a, func(v kit.Values, a *model.Answer) { a.Until, a.Note = v.Day("until"), v.Text("note") },
		until, noteField("note", "forms.note", ""))
	if last != 0 {
		f.note = []kit.Span{{Text: s.Look.T("answer.until.last", text.Args{"Campaign": s.CampaignName(key.Campaign), "Day": s.Look.Text.DayOf(last, s.Today)}), Role: kit.Dim}}
	}
	return f.show(model.Edit{After: a})
}

// What a signal without a campaign is promised by unless another day is said, and from
// when on a day is so far away that it may be a slip.
const (
	promisedCalls   = 28
	promisedReports = 7
	farPromise      = 12 * 7
)

// promisedDay is the day a signal can be promised by: the last working day on which what
// happens still counts, and where no campaign says which that is, one not too far off.
func promisedDay(s *session.Session, key model.SignalKey, last model.Date) model.Date {
	day := last
	switch {
	case last != 0:
	case key.Kind == model.ReportsMissing:
		day = s.Today + promisedReports
	default:
		day = s.Today + promisedCalls
	}
	area := s.Book.Area(key.Territory)
	for before := day; area != nil && before >= s.Today; before-- {
		if s.Day().WorkingDays(area.Territory, before, before) == 1 {
			return before
		}
	}
	return day
}

// oddPromise says what is odd about the day of a promise: that nobody works on it, or that
// it is far away; "" otherwise.
func oddPromise(s *session.Session, territory string, day model.Date) string {
	if day < s.Today {
		return ""
	}
	print := s.Look.Text
	if model.WorkingDays(day, day) == 0 {
		return s.Look.T("answer.until.weekend", text.Args{"Day": print.WeekdayDay(day)})
	}
	if area := s.Book.Area(territory); area != nil && len(s.Day().Holidays(area.Territory, day, day)) > 0 {
		calendar, _ := s.Day().Calendar(area.Territory)
		return s.Look.T("forms.caution.holiday", text.Args{"Day": print.WeekdayDay(day), "Calendar": calendar})
	}
	if day > s.Today+farPromise {
		return print.N("answer.until.far", int(day-s.Today)/7, nil)
	}
	return ""
}

// Decline declines a signal: for one of the reasons, and until when.
func Decline(s *session.Session, key model.SignalKey) tea.Cmd {
	look := s.Look
	a := newAnswer(s, key, model.SaysDecline)
	a.Until, a.Reason = s.Today+usualDecline, model.DeclinedNoRoom
	reasons := make([]string, len(model.DeclineReasons))
	for i, reason := range model.DeclineReasons {
		reasons[i] = string(reason)
	}
	reason := choiceField("reason", "answer.reason", "answer.reason", "", reasons...)
	reason.Required = true
	until := dayField(s, "until", "answer.until.decline", a.Until, text.Ahead)
	until.Required, until.Hint = true, "answer.until.decline.hint"
	until.Check = func(value any) string {
		day, _ := value.(model.Date)
		if day <= s.Today || day > s.Today+model.LongestDecline {
			return look.T("answer.until.decline.wrong", text.Args{"Day": look.Text.DayOf(s.Today+model.LongestDecline, s.Today)})
		}
		return ""
	}
	worse := wholeField("worse", "answer.worse", "", 0, 1, 999)
	worse.Hint = "answer.worse.hint." + key.Kind.String()
	f := answerForm(s, a, func(v kit.Values, a *model.Answer) {
		a.Reason, a.Until, a.Note = model.DeclineReason(v.Text("reason")), v.Day("until"), v.Text("note")
		a.Worse = int(v.Number("worse"))
	}, reason, until, worse, noteField("note", "answer.note.decline", ""))
	f.next = func() tea.Cmd { // to the accounts, which have to be mended before it asks again
		if f.Form.Values().Text("reason") != string(model.DeclinedData) {
			return nil
		}
		return s.Shell.Go(session.PageAccounts, `/territory:"`+key.Territory+`"`)
	}
	f.Form.Check = func(v kit.Values) (string, string) {
		if v.Text("reason") == string(model.DeclinedOther) && strings.TrimSpace(v.Text("note")) == "" {
			return "note", look.T("answer.note.needed")
		}
		return "", ""
	}
	return f.show(model.Edit{After: a})
}

// Counter makes a counter-proposal: another time for the campaign, or fewer classes.
func Counter(s *session.Session, key model.SignalKey) tea.Cmd {
	look := s.Look
	c, ok := s.Book.Campaign(key.Campaign)
	if !ok {
		return nil
	}
	a := newAnswer(s, key, model.SaysCounter)
	a.Start, a.End = c.Start, c.End
	start := dayField(s, "start", "forms.start", c.Start, text.Ahead)
	end := dayField(s, "end", "forms.end", c.End, text.Ahead)
	start.Required, end.Required, start.Hint = true, true, "answer.counter.hint"
	start.Warn = func(v kit.Values) string {
		if day := v.Day("start"); day != 0 && day != c.Start && day < s.Today {
			return look.T("forms.caution.past")
		}
		return ""
	}
	settings := s.Book.Settings()
	var classes []kit.Option
	var aimed []string
	for i := range settings.Classes.Len() {
		class := settings.Classes[i]
		if settings.AimsAt(c, class.Code) {
			classes = append(classes, kit.Option{Value: string(class.Code), Label: class.Label()})
			aimed = append(aimed, string(class.Code))
		}
	}
	pick := kit.Field{Name: "classes", Label: "forms.classes", Kind: kit.FieldMulti, Options: classes, Start: aimed}
	fields := []kit.Field{start, end, pick}
	callable := Callable(s, key)
	if len(callable) > 0 {
		calls := wholeField("calls", "answer.by-phone", "", 0, 1, float64(len(callable)))
		calls.Hint = "answer.by-phone.hint"
		fields = append(fields, calls)
	}
	proposal := func(v kit.Values, a *model.Answer) {
		a.Start, a.End, a.Classes, a.Note = 0, 0, nil, v.Text("note")
		a.ByPhone = slices.Clone(callable[:min(int(v.Number("calls")), len(callable))])
		if v.Day("start") != c.Start || v.Day("end") != c.End {
			a.Start, a.End = v.Day("start"), v.Day("end")
		}
		if chosen := v.Texts("classes"); len(chosen) < len(aimed) {
			for _, class := range chosen {
				a.Classes = append(a.Classes, model.Class(class))
			}
		}
	}
	f := answerForm(s, a, proposal, append(fields, noteField("note", "forms.note", ""))...)
	f.Form.Check = func(v kit.Values) (string, string) {
		n := a
		proposal(v, &n)
		switch {
		case v.Day("end") < v.Day("start"):
			return "end", look.T("forms.end.wrong")
		case n.Start == 0 && len(n.Classes) == 0 && len(n.ByPhone) == 0:
			return "start", look.T("answer.counter.nothing")
		}
		return "", ""
	}
	effect := func(v kit.Values) tea.Cmd {
		n := a
		proposal(v, &n)
		changed := answer.Proposed(c, n)
		effect := words.Effect(look.Text, model.EffectOf(s.Signals(), s.Day().WithCampaign(changed).Signals()))
		if len(n.ByPhone) > 0 {
			effect = sharedOut(s, n, changed)
		}
		f.note = []kit.Span{{Text: effect, Role: kit.Dim}}
		return nil
	}
	f.changed = effect
	return f.show(model.Edit{After: a})
}

// HandOver proposes that marketing calls so many of the accounts behind a signal in place
// of a visit, those that need one least: those out of reach, or else all that may be called.
func HandOver(s *session.Session, key model.SignalKey) tea.Cmd {
	look := s.Look
	c, ok := s.Book.Campaign(key.Campaign)
	callable := Callable(s, key)
	if !ok || len(callable) == 0 {
		return nil
	}
	a := newAnswer(s, key, model.SaysCounter)
	most := len(callable)
	for _, signal := range s.Signals() {
		if signal.Key() == key && signal.Readiness.Beyond > 0 {
			most = min(most, signal.Readiness.Beyond)
		}
	}
	calls := wholeField("calls", "answer.by-phone", "", most, 1, float64(len(callable)))
	calls.Hint, calls.Required = "answer.by-phone.hint", true
	read := func(v kit.Values, a *model.Answer) {
		a.ByPhone, a.Note = slices.Clone(callable[:min(int(v.Number("calls")), len(callable))]), v.Text("note")
	}
	f := answerForm(s, a, read, calls, noteField("note", "forms.note", ""))
	f.Form.SetTitle(look.T("answer.form.hand-over", text.Args{"Territory": s.AreaName(key.Territory)}))
	effect := func(v kit.Values) tea.Cmd {
		n := a
		read(v, &n)
		f.note = nil
		if len(n.ByPhone) > 0 {
			f.note = []kit.Span{{Text: sharedOut(s, n, answer.Proposed(c, n)), Role: kit.Dim}}
		}
		return nil
	}
	f.changed = effect
	effect(f.Form.Values())
	return f.show(model.Edit{After: a})
}

// sharedOut says how a proposal shares visits and calls out, and what is missing then.
func sharedOut(s *session.Session, n model.Answer, changed model.Campaign) string {
	print, key := s.Look.Text, n.Signal()
	var names []string
	for _, code := range n.ByPhone {
		names = append(names, s.AccountName(code))
	}
	return print.N("answer.by-phone.note", gapOf(s.Day().WithCampaign(changed).Signals(), key), text.Args{
		"Visits": print.Int(max(n.Short-len(names), 0)), "Calls": print.Int(len(names)), "Names": words.List(print, names, 6),
		"Now": print.Int(gapOf(s.Signals(), key))})
}

// Callable are the accounts behind a signal that marketing may call in place of a
// visit, those that need one least first; no more than are missing.
func Callable(s *session.Session, key model.SignalKey) (codes []string) {
	for _, signal := range s.Signals() {
		if signal.Key() != key {
			continue
		}
		for _, l := range slices.Backward(signal.Readiness.Accounts) {
			if len(codes) < signal.Readiness.Gap && s.Day().Exclusion(l) == model.NotExcluded {
				codes = append(codes, l.Code)
			}
		}
	}
	return codes
}

// gapOf is how many visits a signal among others is short of.
func gapOf(signals []model.Signal, key model.SignalKey) int {
	for _, s := range signals {
		if s.Key() == key {
			return s.Readiness.Gap
		}
	}
	return 0
}

// Agree shows what a counter-proposal would do, and carries it out once the person
// says so: the campaign is changed and the answer given in one step.
func Agree(s *session.Session, proposal model.Answer) tea.Cmd {
	look := s.Look
	c, ok := s.Book.Campaign(proposal.Campaign)
	if !ok {
		s.Shell.Fail(look.T("answer.agree.gone"))
		return nil
	}
	changed := answer.Proposed(c, proposal)
	if reason := refusal(s, model.Edit{Before: c, After: changed}); reason != "" {
		s.Shell.Fail(reason)
		return nil
	}
	effect := model.EffectOf(s.Signals(), s.Day().WithCampaign(changed).Signals())
	said := []string{
		look.T("answer.agree.text", text.Args{"Campaign": s.CampaignName(c.Code), "Proposal": words.Proposal(look.Text, s.Book, proposal, s.Today)}),
		words.Effect(look.Text, effect) + ".",
	}
	if names := words.MarkedTerritories(look.Text, s.Book, effect.Vanish); len(names) > 0 {
		said = append(said, look.T("answer.agree.vanish", text.Args{"Names": words.List(look.Text, names, 4)}))
	}
	if names := words.MarkedTerritories(look.Text, s.Book, effect.Appear); len(names) > 0 {
		said = append(said, look.T("answer.agree.appear", text.Args{"Names": words.List(look.Text, names, 4)}))
	}
	if len(proposal.ByPhone) > 0 {
		now, then := gapOf(s.Signals(), proposal.Signal()), gapOf(s.Day().WithCampaign(changed).Signals(), proposal.Signal())
		said = append(said, look.Text.N("answer.agree.by-phone", then, text.Args{"Now": look.Text.Int(now)}))
	}
	a := newAnswer(s, proposal.Signal(), model.SaysAgree)
	request, done := answerRequest(s, a)
	request.Puts = append(request.Puts, store.Put{Record: changed, Before: c})
	return s.Shell.Show(kit.Ask(look, look.T("answer.agree.title"), strings.Join(said, " "), "answer.agree.yes",
		func() tea.Cmd { return s.Apply(request, done, nil) }))
}

// Refuse refuses a counter-proposal, and says why.
func Refuse(s *session.Session, key model.SignalKey) tea.Cmd {
	a := newAnswer(s, key, model.SaysRefuse)
	why := noteField("note", "answer.note.decline", "")
	why.Required = true
	f := answerForm(s, a, func(v kit.Values, a *model.Answer) { a.Note = v.Text("note") }, why)
	return f.show(model.Edit{After: a})
}
