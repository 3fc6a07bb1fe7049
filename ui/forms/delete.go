package forms

// Deleting: one step that can be undone, and asks first, with number, thing and
// what goes along.

import (
	"cmp"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// deleteActions are the history's names of deleting one table's records.
var deleteActions = map[model.Table]string{
	model.TableReps: "rep.delete", model.TableTerritories: "territory.delete", model.TableAccounts: "account.delete",
	model.TableCampaigns: "campaign.delete", model.TableVisits: "visit.delete", model.TableCalls: "call.delete",
	model.TablePlan: "plan.delete", model.TableContacts: "contact.delete", model.TableAbsences: "absence.delete", model.TablePeople: "people.remove",
}

// Delete deletes records of one table as one step, once the person has said so.
func Delete(s *session.Session, records []model.Record) tea.Cmd {
	if len(records) == 0 {
		return nil
	}
	look := s.Look
	table := records[0].Key().Table
	r := store.Request{Action: deleteActions[table], Subject: subjectOf(s, records[0])}
	if len(records) > 1 {
		r.Subject = words.CountSubject(table, len(records))
	}
	var along consequences
	for _, record := range records {
		if a, is := record.(model.Account); is && a.Hold {
			s.Shell.Fail(s.ErrorText(store.Held{Account: a.Code}))
			return nil
		}
		if reason := refusal(s, model.Edit{Before: record}); reason != "" {
			s.Shell.Fail(reason)
			return nil
		}
		r.Deletes = append(r.Deletes, record.Key())
		along.of(s, record)
	}
	for _, edit := range along.edits {
		if reason := refusal(s, model.Edit{Before: edit, After: edit}); reason != "" {
			s.Shell.Fail(reason)
			return nil
		}
		r.Puts = append(r.Puts, store.Put{Record: edit})
	}
	name := text.Args{"Name": words.Subject(look.Text, r.Subject)}
	apply := func() tea.Cmd {
		return WithPlans(s, r, func(r store.Request) tea.Cmd { return s.Apply(r, look.T("forms.deleted", name), nil) })
	}
	if len(leftBehind(s, r.Records(), r.Deletes)) > 0 {
		return apply() // who takes over is the question, and "nobody yet" one of the answers
	}
	sentence := along.sentence(s, table)
	if sentence == "" {
		sentence = look.T("forms.delete.plain")
	}
	return s.Shell.Show(kit.Ask(look, look.T("forms.delete.title", name), sentence, "forms.delete.yes", apply))
}

// consequences is what goes along with records that are deleted: how many visits,
// calls and planned visits, and the records that lose what they refer to.
type consequences struct {
	visits, calls, planned, contacts int
	edits                            []model.Record
}

func (c *consequences) of(s *session.Session, record model.Record) {
	switch record := record.(type) {
	case model.Account:
		if l := s.Book.Account(record.Code); l != nil {
			c.visits += l.Visits.Len()
			c.planned += len(l.Planned)
			c.contacts += len(l.Contacts)
			for range l.Calls.All() {
				c.calls++
			}
		}
	case model.Territory:
		if area := s.Book.Area(record.Code); area != nil {
			for _, l := range area.Accounts() {
				account := l.Account
				account.Territory = ""
				c.edits = append(c.edits, account)
			}
		}
	case model.Rep:
		for _, area := range s.Book.Areas() {
			if area.Rep == record.Code {
				territory := area.Territory
				territory.Rep = ""
				c.edits = append(c.edits, territory)
			}
		}
	}
}

// sentence says what goes along; "" when nothing does.
func (c *consequences) sentence(s *session.Session, table model.Table) string {
	p := s.Look.Text
	switch {
	case table == model.TableAccounts && c.visits+c.calls+c.planned+c.contacts > 0:
		var along []string
		for _, part := range [...]struct {
			key   string
			count int
		}{{"forms.count.visits", c.visits}, {"forms.count.calls", c.calls}, {"forms.count.plan", c.planned}, {"forms.count.contacts", c.contacts}} {
			if part.count > 0 {
				along = append(along, p.N(part.key, part.count))
			}
		}
		return p.T("forms.delete.account", text.Args{"Along": strings.Join(along, ", ")})
	case table == model.TableTerritories && len(c.edits) > 0:
		return p.T("forms.delete.territory", text.Args{"Accounts": p.N("forms.count.accounts", len(c.edits))})
	case table == model.TableReps && len(c.edits) > 0:
		return p.T("forms.delete.rep", text.Args{"Territories": p.N("forms.count.territories", len(c.edits))})
	}
	return ""
}

// subjectOf is a record as the history names it.
func subjectOf(s *session.Session, record model.Record) string {
	switch r := record.(type) {
	case model.Rep:
		return cmp.Or(r.Name, r.Code)
	case model.Territory:
		return cmp.Or(r.Name, r.Code)
	case model.Account:
		return cmp.Or(r.Name, r.Code)
	case model.Campaign:
		return cmp.Or(r.Name, r.Code)
	case model.Person:
		return cmp.Or(r.Name, r.Code)
	case model.Contact:
		return r.Name + words.SubjectSeparator + s.AccountName(r.Account)
	}
	key := record.Key()
	if a, ok := record.(model.Absence); ok {
		return words.DaySubject(s.Book.RepName(a.Rep), a.From)
	}
	return words.DaySubject(s.AccountName(key.Code), key.Date)
}
