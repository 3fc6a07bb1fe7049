package forms

// The forms of a territory and of its notes.

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/ready"
	"doppelpass/store"
	"doppelpass/store/holidays"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Territory edits a territory; nil, or one without a code, is a new one. Each
// department sees the fields that are its own to change.
func Territory(s *session.Session, territory *model.Territory) tea.Cmd {
	look, role := s.Look, s.Actor.Role
	var before model.Record
	var t model.Territory
	title := look.T("forms.territory.new")
	var fields []kit.Field
	if territory != nil {
		t = *territory
	}
	if t.Code != "" {
		before = t
		title = look.T("forms.edit", text.Args{"Name": cmp.Or(t.Name, t.Code), "Code": t.Code})
	} else {
		fields = append(fields, codeField(s, model.TableTerritories, NextTerritory(s.Book), func(code string) bool {
			area := s.Book.Area(code)
			return area != nil && area.Known
		}))
	}
	if role != model.RoleMarketing {
		name := textField("name", "forms.name", t.Name, 36)
		name.Required = true
		region := freeField("region", "forms.region", t.Region, RegionPaths(s.Book))
		region.Hint = "forms.region.hint"
		postcodes := textField("postcodes", "forms.postcodes", strings.Join(t.Postcodes, " "), 36)
		postcodes.Adds, postcodes.Parts = true, " "
		postcodes.Hint, postcodes.Check = "forms.postcodes.hint", func(value any) string { return checkPostcodes(s, t.Code, value) }
		country := freeField("country", "forms.country", t.Country, countriesUsed(s))
		country.Hint, country.Width = look.T("forms.country.hint", text.Args{"Country": s.Book.Settings().Country}), 20
		fields = append(fields, name, region, repField(s, "rep", "forms.rep", t.Rep), postcodes, country, calendarField(s, t.Calendar))
	}
	fields = append(fields, textField("marketing", "forms.marketing", t.Marketing, 36))
	if role != model.RoleMarketing {
		fields = append(fields, linesField("note", "forms.note.sales", t.Note))
	}
	if role != model.RoleSales {
		fields = append(fields, linesField("marketing_note", "forms.note.marketing", t.MarketingNote))
	}
	f := newForm(s, title, before, fields...)
	f.begins(t, before == nil)
	saved := t
	f.next = func() tea.Cmd {
		if slices.Equal(saved.Postcodes, t.Postcodes) && saved.Country == t.Country {
			return nil
		}
		return AssignFitting(s, saved.Code)
	}
	f.request = func(v kit.Values, before model.Record) (store.Request, string) {
		n := t
		defer func() { saved = n }()
		action := "territory.edit"
		if before == nil {
			action, n.Code = "territory.add", cmp.Or(v.Text("code"), t.Code)
		}
		n.Marketing = v.Text("marketing")
		if role != model.RoleMarketing {
			n.Name, n.Region, n.Rep = v.Text("name"), cleanPath(v.Text("region")), repOf(s, v.Text("rep"))
			n.Country, n.Calendar = v.Text("country"), v.Text("calendar")
			n.Postcodes, n.Note = list(v.Text("postcodes"), " ,;"), v.Text("note")
		}
		if role != model.RoleSales {
			n.MarketingNote = v.Text("marketing_note")
		}
		subject := cmp.Or(n.Name, n.Code)
		return store.Request{Action: action, Subject: subject, Puts: []store.Put{put(n, before)}}, look.T("forms.saved", text.Args{"Name": subject})
	}
	return f.show(model.Edit{Before: before, After: t})
}

// AssignFitting asks whether the accounts in no territory that fit a territory's
// postcodes come into it; nothing where none does.
func AssignFitting(s *session.Session, code string) tea.Cmd {
	plan := ready.ByPostcode(s.Book, code)
	if len(plan.Edits) == 0 {
		return nil
	}
	look := s.Look
	question := look.Text.N("forms.fit", plan.Accounts(), text.Args{"Territory": kit.Clean(s.AreaName(code))})
	return s.Shell.Show(kit.Ask(look, look.T("forms.fit.title"), question, "forms.fit.yes", func() tea.Cmd {
		return WithPlans(s, words.MendRequest(ready.WayPostcodes, plan), func(r store.Request) tea.Cmd {
			return s.Apply(r, look.T("ready.done", text.Args{"Size": words.MendSize(look.Text, ready.WayPostcodes, plan)}), nil)
		})
	}))
}

// calendarField chooses the calendar of public holidays; one that nobody knows
// stays as it came.
func calendarField(s *session.Session, start string) kit.Field {
	f := kit.Field{Name: "calendar", Label: "forms.calendar", Kind: kit.FieldSearch, Options: Calendars(), Start: start, Width: 30}
	f.Hint = s.Look.T("forms.calendar.hint", text.Args{"Calendar": cmp.Or(s.Book.Settings().Calendar, "–")})
	if _, known := holidays.Find(start); start != "" && !known {
		f.Options = append(f.Options, kit.Option{Value: start, Detail: s.Look.T("forms.calendar.unknown")})
	}
	return f
}

// Calendars are the calendars of public holidays by code, with the name.
func Calendars() []kit.Option {
	var options []kit.Option
	for _, c := range holidays.All() {
		options = append(options, kit.Option{Value: c.Code, Label: c.Code, Detail: c.Name})
	}
	return options
}

// RegionPaths are the region paths in use and those above them, in order.
func RegionPaths(book *model.Book) []string {
	var paths []string
	for _, area := range book.Areas() {
		path := area.Region
		for path != "" && !slices.Contains(paths, path) {
			paths = append(paths, path)
			path = path[:max(strings.LastIndex(path, "/"), 0)]
		}
	}
	slices.Sort(paths)
	return paths
}

// cleanPath takes blanks around the slashes and empty parts out of a region path.
func cleanPath(path string) string { return strings.Join(list(path, "/"), "/") }

// checkPostcodes wants digits or letters, and no prefix that another territory has.
func checkPostcodes(s *session.Session, code string, value any) string {
	for _, prefix := range list(value.(string), " ,;") {
		if strings.IndexFunc(prefix, func(r rune) bool {
			return !(r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '-')
		}) >= 0 {
			return s.Look.T("forms.postcodes.wrong", text.Args{"Prefix": prefix})
		}
		for _, area := range s.Book.Areas() {
			if area.Code != code && slices.Contains(area.Postcodes, prefix) {
				return s.Look.T("forms.postcodes.taken", text.Args{"Prefix": prefix, "Territory": s.AreaName(area.Code)})
			}
		}
	}
	return ""
}
