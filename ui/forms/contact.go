package forms

// The form of a contact: a person at an account.

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// Contact edits a person at an account or adds one; start holds what is known
// already. Without an account the form asks for it.
func Contact(s *session.Session, start model.Contact, isNew bool) tea.Cmd {
	look := s.Look
	var before model.Record
	title := look.T("forms.contact.new")
	var fields []kit.Field
	var prepare tea.Cmd
	switch {
	case !isNew:
		before = start
		title = look.T("record.of", text.Args{"Name": start.Name, "Account": s.AccountName(start.Account)})
	case start.Account == "":
		var account kit.Field
		account, prepare = accountField(s, "")
		fields = append(fields, account)
	default:
		title = look.T("forms.contact.new.at", text.Args{"Account": s.AccountName(start.Account)})
	}
	name := textField("name", "forms.name", start.Name, 40)
	name.Required = true
	function := freeField("function", "forms.function", start.Function, functionsUsed(s))
	function.Hint = "forms.function.hint"
	email := textField("email", "forms.email", start.Email, 36)
	email.Check = func(value any) string { return checkEmail(s, value) }
	fields = append(fields, name, function, textField("phone", "forms.phone", start.Phone, 24), email, noteField("note", "forms.note", start.Note))
	f := newForm(s, title, before, fields...)
	f.begins(start, isNew)
	f.identity = "name"
	f.request = func(v kit.Values, before model.Record) (store.Request, string) {
		c := model.Contact{
			Account: cmp.Or(start.Account, v.Text("account")), Name: v.Text("name"), Function: v.Text("function"),
			Phone: v.Text("phone"), Email: v.Text("email"), Note: v.Text("note"),
		}
		action := "contact.edit"
		if before == nil {
			action = "contact.add"
		}
		r := store.Request{Action: action, Subject: subjectOf(s, c), Puts: []store.Put{put(c, before)}}
		return r, look.T("forms.saved", text.Args{"Name": c.Name})
	}
	return tea.Batch(f.show(model.Edit{Before: before, After: start}), prepare)
}

// functionsUsed are what people at accounts do, the commonest first.
func functionsUsed(s *session.Session) []string {
	count := map[string]int{}
	for l := range s.Book.Accounts {
		for _, c := range l.Contacts {
			if c.Function != "" {
				count[c.Function]++
			}
		}
	}
	return slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), strings.Compare(a, b))
	})
}
