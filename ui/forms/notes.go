package forms

// The notes of both departments: each writes its own.

import (
	"cmp"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// TerritoryNotes edits the notes of a territory that are one's own department's.
func TerritoryNotes(s *session.Session, t model.Territory) tea.Cmd {
	name := cmp.Or(t.Name, t.Code)
	return editNotes(s, t, t.Code, name, notes{t.Note, t.MarketingNote}, func(n notes) (model.Record, string) {
		changed := t
		changed.Note, changed.MarketingNote = n.sales, n.marketing
		return changed, "territory.edit"
	})
}

// AccountNotes edits the notes of an account that are one's own department's.
func AccountNotes(s *session.Session, a model.Account) tea.Cmd {
	name := cmp.Or(a.Name, a.Code)
	return editNotes(s, a, a.Code, name, notes{a.Note, a.MarketingNote}, func(n notes) (model.Record, string) {
		changed := a
		changed.Note, changed.MarketingNote = n.sales, n.marketing
		return changed, "account.edit"
	})
}

// notes are those of both departments on one record.
type notes struct{ sales, marketing string }

// editNotes asks for the notes that the person may write; with makes the record with
// others, and names the step.
func editNotes(s *session.Session, before model.Record, code, name string, start notes, with func(notes) (model.Record, string)) tea.Cmd {
	var fields []kit.Field
	if s.Actor.Role != model.RoleMarketing {
		fields = append(fields, linesField("note", "forms.note.sales", start.sales))
	}
	if s.Actor.Role != model.RoleSales {
		fields = append(fields, linesField("marketing_note", "forms.note.marketing", start.marketing))
	}
	for i := range fields {
		fields[i].Rows = 6
	}
	f := newForm(s, s.Look.T("forms.edit", text.Args{"Name": name, "Code": code}), before, fields...)
	f.request = func(v kit.Values, before model.Record) (store.Request, string) {
		n := start
		if v.Has("note") || s.Actor.Role != model.RoleMarketing {
			n.sales = v.Text("note")
		}
		if v.Has("marketing_note") || s.Actor.Role != model.RoleSales {
			n.marketing = v.Text("marketing_note")
		}
		record, action := with(n)
		return store.Request{Action: action, Subject: name, Puts: []store.Put{put(record, before)}}, s.Look.T("forms.saved", text.Args{"Name": name})
	}
	return f.show(model.Edit{Before: before, After: before})
}
