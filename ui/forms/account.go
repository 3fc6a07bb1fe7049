package forms

// The form of an account.

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/hours"
	"doppelpass/model/ready"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// Account edits an account; nil: a new one. Marketing, whose of it is the note alone, is
// asked for that.
func Account(s *session.Session, account *model.Account) tea.Cmd { return accountForm(s, account, nil) }

// NewAccount asks for a new account; added is told its number once it is there.
func NewAccount(s *session.Session, added func(code string) tea.Cmd) tea.Cmd {
	return accountForm(s, nil, added)
}

func accountForm(s *session.Session, account *model.Account, added func(code string) tea.Cmd) tea.Cmd {
	look := s.Look
	if account != nil && s.Actor.Role == model.RoleMarketing {
		return AccountNotes(s, *account)
	}
	var before model.Record
	var a model.Account
	title := look.T("forms.account.new")
	var fields []kit.Field
	if account != nil {
		a, before = *account, *account
		title = look.T("forms.edit", text.Args{"Name": cmp.Or(a.Name, a.Code), "Code": a.Code})
	} else {
		next := nextCode(func(yield func(string) bool) {
			for l := range s.Book.Accounts {
				if !yield(l.Code) {
					return
				}
			}
		}, "K-0001")
		fields = append(fields, codeField(s, model.TableAccounts, next, func(code string) bool { return s.Book.Account(code) != nil }))
	}
	name := textField("name", "forms.name", a.Name, 40)
	name.Required = true
	interval := wholeField("interval", "forms.interval", "forms.unit.days", a.Interval, 0, 3650)
	settings := s.Book.Settings()
	interval.Hint = look.T("forms.interval.hint", text.Args{"Days": settings.Interval(a.Class)})
	open := a.Hours
	if look.Text.Language == text.German {
		open = hours.German(open)
	}
	opening := textField("hours", "forms.hours", open, 40)
	opening.Hint, opening.Check = "forms.hours.hint", func(value any) string { return checkHours(s, value) }
	phone := textField("phone", "forms.phone", a.Phone, 24)
	email := textField("email", "forms.email", a.Email, 36)
	email.Check = func(value any) string { return checkEmail(s, value) }
	country := freeField("country", "forms.country", a.Address.Country, countriesUsed(s))
	country.Width = 20
	class := kit.Field{Name: "class", Label: "forms.class", Kind: kit.FieldChoice, Options: classOptions(s), Start: string(a.Class)}
	fields = append(fields,
		name,
		class,
		textField("street", "forms.street", a.Address.Street, 40),
		textField("postcode", "forms.postcode", a.Address.Postcode, 10),
		textField("city", "forms.city", a.Address.City, 30),
		country,
		territoryField(s, a.Territory),
		phone,
		email,
		choiceField("consent", "forms.consent", "consent", string(a.Consent), "given", "presumed", ""),
		basisField(a),
		kit.Field{Name: "private", Label: "forms.private", Hint: "forms.private.hint", Kind: kit.FieldYesNo, Start: a.Private},
		kit.Field{Name: "dnc", Label: "forms.dnc", Kind: kit.FieldYesNo, Start: a.DoNotCall},
		interval,
		wholeField("visit_minutes", "forms.visit_minutes", "forms.unit.minutes", a.VisitMinutes, 0, 1440),
		opening,
		moneyField("potential", "forms.potential", a.Potential),
		dayField(s, "since", "forms.since", a.Since, text.Back),
		kit.Field{Name: "active", Label: "forms.active", Kind: kit.FieldYesNo, Start: !a.Inactive},
		linesField("note", "forms.note.sales", a.Note),
	)
	if s.Actor.Role == model.RoleLead {
		fields = append(fields, linesField("marketing_note", "forms.note.marketing", a.MarketingNote),
			kit.Field{Name: "hold", Label: "forms.hold", Hint: "forms.hold.hint", Kind: kit.FieldYesNo, Start: a.Hold})
	}
	fields = append(fields,
		degreesField("lat", "forms.lat", "forms.degrees.hint", a.At.Lat, 90),
		degreesField("lon", "forms.lon", "forms.degrees.hint", a.At.Lon, 180),
	)
	f := newForm(s, title, before, fields...)
	f.begins(a, before == nil)
	suggested := a.Territory
	if before != nil {
		suggested = "\x00" // an account keeps its territory until somebody gives it another
	}
	f.changed = func(v kit.Values) tea.Cmd {
		f.note = nil
		if v.Text("territory") == suggested || before == nil && v.Text("territory") == "" {
			if code := ready.Fits(s.Book, model.Address{Postcode: v.Text("postcode"), Country: v.Text("country")}); code != "" && code != v.Text("territory") {
				suggested = code
				f.Form.Set("territory", code)
			}
			if suggested != "" && suggested != "\x00" {
				f.note = []kit.Span{{Text: look.T("forms.territory.suggested", text.Args{"Territory": s.AreaName(suggested)}), Role: kit.Dim}}
			}
		}
		return nil
	}
	saved := a
	f.next = func() tea.Cmd {
		if added != nil {
			return tea.Batch(added(saved.Code), askMove(s, a, saved))
		}
		return askMove(s, a, saved)
	}
	f.request = func(v kit.Values, before model.Record) (store.Request, string) {
		n := accountOf(v, a)
		defer func() { saved = n }()
		action := "account.edit"
		if before == nil {
			action, n.Code = "account.add", cmp.Or(v.Text("code"), a.Code)
		}
		subject := cmp.Or(n.Name, n.Code)
		return store.Request{Action: action, Subject: subject, Puts: []store.Put{put(n, before)}}, look.T("forms.saved", text.Args{"Name": subject})
	}
	f.complete = func(r *store.Request) (err error) {
		n, ok := r.Puts[0].Record.(model.Account)
		if ok && n.Placed == model.PlacedNowhere && !n.At.Valid() {
			if n.At, n.Placed, err = s.Store.Locate(n.Address); err != nil {
				return fmt.Errorf("placing the account %q: %w", n.Code, err)
			}
			r.Puts[0].Record = n
		}
		return nil
	}
	return f.show(model.Edit{Before: before, After: a})
}

// accountOf is the account as the form has it; what the form does not show stays.
func accountOf(v kit.Values, a model.Account) model.Account {
	old := a
	a.Name, a.Territory, a.Class = v.Text("name"), v.Text("territory"), model.Class(v.Text("class"))
	a.Address = model.Address{Street: v.Text("street"), Postcode: v.Text("postcode"), City: v.Text("city"), Country: v.Text("country")}
	a.Phone, a.Email = v.Text("phone"), v.Text("email")
	a.Consent, a.DoNotCall, a.Inactive = model.Consent(v.Text("consent")), v.Yes("dnc"), !v.Yes("active")
	a.ConsentBasis, a.Private = v.Text("consent_basis"), v.Yes("private")
	a.Interval, a.VisitMinutes, a.Hours = v.Int("interval"), v.Int("visit_minutes"), hours.Notation(v.Text("hours"))
	a.Potential, a.Since, a.Note = model.Money(v.Money("potential")), v.Day("since"), v.Text("note")
	if v.Has("marketing_note") {
		a.MarketingNote = v.Text("marketing_note")
	}
	if v.Has("hold") {
		a.Hold = v.Yes("hold")
	}
	a.At = model.Coordinates{Lat: v.Number("lat"), Lon: v.Number("lon")}
	moved := a.Address.Postcode != old.Address.Postcode || a.Address.City != old.Address.City || a.Address.Country != old.Address.Country
	switch {
	case a.At != old.At && a.At.Valid():
		a.Placed = model.PlacedFile
	case a.At != old.At, moved && a.Placed != model.PlacedFile:
		a.At, a.Placed = model.Coordinates{}, model.PlacedNowhere // where it was is no longer where it is
	}
	return a
}

// basisField asks on what ground a consent is presumed.
func basisField(a model.Account) kit.Field {
	f := textField("consent_basis", "forms.consent_basis", a.ConsentBasis, 40)
	f.Hint = "forms.consent_basis.hint"
	return f
}

// askMove asks whether an account that has another postcode now comes into the
// territory of that; nothing where it lies there, or in none.
func askMove(s *session.Session, old, saved model.Account) tea.Cmd {
	if old.Code == "" || saved.Address.Postcode == old.Address.Postcode && saved.Address.Country == old.Address.Country || saved.Territory != old.Territory {
		return nil
	}
	code := ready.Fits(s.Book, saved.Address)
	if code == "" || code == saved.Territory {
		return nil
	}
	look := s.Look
	question := look.T("forms.move", text.Args{"Name": kit.Clean(cmp.Or(saved.Name, saved.Code)), "Territory": kit.Clean(s.AreaName(code)), "Now": kit.Clean(s.AreaName(saved.Territory))})
	return s.Shell.Show(kit.Ask(look, look.T("forms.move.title"), question, "forms.move.yes", func() tea.Cmd {
		l := s.Book.Account(saved.Code)
		if l == nil {
			return nil
		}
		before, after := l.Account, l.Account
		after.Territory = code
		r := store.Request{Action: "account.edit", Subject: cmp.Or(saved.Name, saved.Code), Puts: []store.Put{put(after, before)}}
		return WithPlans(s, r, func(r store.Request) tea.Cmd {
			return s.Apply(r, look.T("forms.saved", text.Args{"Name": cmp.Or(saved.Name, saved.Code)}), nil)
		})
	}))
}

// countriesUsed are the countries of the accounts there are, the commonest first.
func countriesUsed(s *session.Session) []string {
	const enough = 5000
	count, seen := map[string]int{}, 0
	for l := range s.Book.Accounts {
		if l.Address.Country != "" {
			count[l.Address.Country]++
		}
		if seen++; seen > enough {
			break
		}
	}
	list := make([]string, 0, len(count))
	for country := range count {
		list = append(list, country)
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(count[b], count[a]), strings.Compare(a, b)) })
	return list
}

func checkEmail(s *session.Session, value any) string {
	name, domain, found := strings.Cut(value.(string), "@")
	if found && name != "" && strings.Contains(strings.Trim(domain, "."), ".") && !strings.ContainsAny(value.(string), " ,;") {
		return ""
	}
	return s.Look.T("forms.email.wrong")
}

// checkHours looks whether opening hours can be read; see package hours.
func checkHours(s *session.Session, value any) string {
	var wrong *hours.Error
	if _, err := hours.Parse(value.(string)); errors.As(err, &wrong) {
		return s.Look.T("forms.hours.wrong", text.Args{"Part": wrong.Part})
	}
	return ""
}
