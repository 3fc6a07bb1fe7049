package forms

// The form of a rep.

import (
	"cmp"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// Rep edits a rep; nil, or one that is not on record, is a new one.
func Rep(s *session.Session, rep *model.Rep) tea.Cmd {
	look := s.Look
	var before model.Record
	var r model.Rep
	title := look.T("forms.rep.new")
	var fields []kit.Field
	if rep != nil {
		r = *rep
	}
	if _, known := s.Book.Rep(r.Code); known {
		before = r
		title = look.T("forms.edit", text.Args{"Name": cmp.Or(r.Name, r.Code), "Code": r.Code})
	} else {
		next := nextCode(func(yield func(string) bool) {
			for _, r := range s.Book.Reps() {
				if !yield(r.Code) {
					return
				}
			}
		}, "R1")
		fields = append(fields, codeField(s, model.TableReps, cmp.Or(r.Code, next), func(code string) bool { _, ok := s.Book.Rep(code); return ok }))
	}
	name := textField("name", "forms.name", r.Name, 36)
	name.Required = true
	email := textField("email", "forms.email", r.Email, 36)
	email.Check = func(value any) string { return checkEmail(s, value) }
	capacity := wholeField("capacity", "forms.capacity", "forms.unit.week", r.Capacity, 0, 500)
	capacity.Hint = look.T("forms.capacity.hint", text.Args{"Visits": s.Book.Settings().Capacity})
	country := freeField("country", "forms.country", r.Home.Country, countriesUsed(s))
	country.Width = 20
	fields = append(fields, name, email, capacity,
		textField("street", "forms.home.street", r.Home.Street, 40),
		textField("postcode", "forms.postcode", r.Home.Postcode, 10),
		textField("city", "forms.city", r.Home.City, 30),
		country,
		clockField("day_start", "forms.day_start", r.DayStart),
		clockField("day_end", "forms.day_end", r.DayEnd),
		degreesField("lat", "forms.lat", "forms.degrees.hint", r.HomeAt.Lat, 90),
		degreesField("lon", "forms.lon", "forms.degrees.hint", r.HomeAt.Lon, 180),
	)
	f := newForm(s, title, before, fields...)
	f.begins(r, before == nil)
	f.Form.Check = func(v kit.Values) (string, string) {
		if start, end := v.Clock("day_start"), v.Clock("day_end"); start != 0 && end != 0 && end <= start {
			return "day_end", look.T("forms.day_end.wrong")
		}
		return "", ""
	}
	f.request = func(v kit.Values, before model.Record) (store.Request, string) {
		n := r
		action := "rep.edit"
		if before == nil {
			action, n.Code = "rep.add", cmp.Or(v.Text("code"), r.Code)
		}
		n.Name, n.Email, n.Capacity = v.Text("name"), v.Text("email"), v.Int("capacity")
		n.Home = model.Address{Street: v.Text("street"), Postcode: v.Text("postcode"), City: v.Text("city"), Country: v.Text("country")}
		n.HomeAt = model.Coordinates{Lat: v.Number("lat"), Lon: v.Number("lon")}
		if n.Home != r.Home && n.HomeAt == r.HomeAt {
			n.HomeAt = model.Coordinates{} // where it was is no longer where it is
		}
		n.DayStart, n.DayEnd = v.Clock("day_start"), v.Clock("day_end")
		subject := cmp.Or(n.Name, n.Code)
		return store.Request{Action: action, Subject: subject, Puts: []store.Put{put(n, before)}}, look.T("forms.saved", text.Args{"Name": subject})
	}
	f.complete = func(request *store.Request) (err error) {
		n, ok := request.Puts[0].Record.(model.Rep)
		if ok && !n.HomeAt.Valid() && n.Home.City+n.Home.Postcode != "" {
			if n.HomeAt, _, err = s.Store.Locate(n.Home); err != nil {
				return fmt.Errorf("placing the home of %q: %w", n.Code, err)
			}
			request.Puts[0].Record = n
		}
		return nil
	}
	return f.show(model.Edit{Before: before, After: r})
}
