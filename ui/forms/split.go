package forms

// Splitting a territory in one step: a new territory, whose it is, and the accounts that
// come into it.

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/place"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// Split makes a new territory of accounts of another: of those given, or, where none is,
// of those that the postcodes typed tell.
func Split(s *session.Session, of model.Territory, accounts []*model.Customer) tea.Cmd {
	look := s.Look
	next := NextTerritory(s.Book)
	code := codeField(s, model.TableTerritories, next, func(code string) bool { area := s.Book.Area(code); return area != nil && area.Known })
	name := textField("name", "forms.name", "", 36)
	name.Required = true
	postcodes := textField("postcodes", "forms.postcodes", "", 36)
	postcodes.Hint, postcodes.Required = "split.postcodes.hint", len(accounts) == 0
	if len(accounts) > 0 {
		postcodes.Hint = "split.postcodes.marked"
	}
	postcodes.Check = func(value any) string {
		typed, _ := value.(string)
		if typed == "" || len(accounts) > 0 {
			return ""
		}
		if len(SplitOff(s.Book, of.Code, list(typed, " ,;"))) == 0 {
			return look.T("split.none", text.Args{"Territory": kit.Clean(cmp.Or(of.Name, of.Code))})
		}
		return ""
	}
	title := look.T("split.title", text.Args{"Territory": kit.Clean(cmp.Or(of.Name, of.Code))})
	if len(accounts) > 0 {
		title = look.Text.N("split.title.marked", len(accounts))
	}
	f := newForm(s, title, nil, code, name, repField(s, "rep", "forms.rep", ""), postcodes)
	chosen := func(v kit.Values) []*model.Customer {
		if len(accounts) > 0 {
			return accounts
		}
		return SplitOff(s.Book, of.Code, list(v.Text("postcodes"), " ,;"))
	}
	f.changed = func(v kit.Values) tea.Cmd {
		n := len(chosen(v))
		f.note = nil
		if n > 0 {
			stay := 0
			if area := s.Book.Area(of.Code); area != nil && len(accounts) == 0 {
				stay = len(area.Accounts()) - n
			}
			said := look.Text.N("split.note", n)
			if len(accounts) == 0 {
				said += ", " + look.Text.N("split.stay", stay)
			}
			f.note = []kit.Span{{Text: said, Role: kit.Dim}}
		}
		return nil
	}
	f.request = func(v kit.Values, _ model.Record) (store.Request, string) {
		n := model.Territory{Code: v.Text("code"), Name: v.Text("name"), Rep: repOf(s, v.Text("rep")), Region: of.Region, Country: of.Country, Calendar: of.Calendar, Marketing: of.Marketing}
		n.Postcodes = list(v.Text("postcodes"), " ,;")
		r := store.Request{Action: "territory.split", Subject: cmp.Or(n.Name, n.Code)}
		kept := 0
		for _, e := range s.Book.Split(n, chosen(v), s.Today) {
			if _, campaign := e.After.(model.Campaign); campaign && s.Actor.May(e) != nil {
				kept++
				continue
			}
			r.Puts = append(r.Puts, put(e.After, e.Before))
		}
		done := look.Text.N("split.done", len(chosen(v)), text.Args{"Territory": kit.Clean(r.Subject)})
		if kept > 0 {
			done += " " + look.Text.N("split.campaigns", kept)
		}
		return r, done
	}
	return f.show(model.Edit{After: model.Territory{Code: next, Name: of.Name}})
}

// SplitOff are the accounts of a territory whose postcodes begin with one of the prefixes.
func SplitOff(book *model.Book, territory string, prefixes []string) []*model.Customer {
	if len(prefixes) == 0 {
		return nil
	}
	plain := make([]string, len(prefixes))
	for i, prefix := range prefixes {
		_, plain[i] = place.SplitPostcode(strings.ToUpper(prefix))
	}
	return book.InPostcodes(territory, func(postcode string) bool {
		_, postcode = place.SplitPostcode(postcode)
		return slices.ContainsFunc(plain, func(prefix string) bool { return prefix != "" && strings.HasPrefix(strings.ToUpper(postcode), prefix) })
	})
}

// NextTerritory is the next free code of a territory.
func NextTerritory(book *model.Book) string {
	return nextCode(func(yield func(string) bool) {
		for _, area := range book.Areas() {
			if !yield(area.Code) {
				return
			}
		}
	}, "T1")
}
