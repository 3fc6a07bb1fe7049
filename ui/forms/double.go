package forms

// What the other department has to do with a customer, said in the form before one more
// contact is logged or planned.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/double"
	"doppelpass/ui/session"
	"doppelpass/ui/words"
)

// besideLimit is how many of an account's latest contacts are looked through for who
// made them.
const besideLimit = 60

// beside keeps a form's notice about the other department.
type beside struct {
	form    *recordForm
	side    model.Role // that is about to contact the customer
	account string     // of rows
	rows    *double.Rows
	on      model.Date
}

// look says what the book knows at once, and who it was as soon as that is read.
func (b *beside) look(account string, on model.Date) tea.Cmd {
	s := b.form.s
	if account != b.account {
		b.account, b.rows = account, nil
	}
	b.on = on
	if found := b.say(); len(found) == 0 || b.rows != nil {
		return nil
	}
	store := s.Store
	return func() tea.Msg {
		rows, err := ReadContacts(store, account, besideLimit)
		return session.Applied{Err: err, Then: func(error) tea.Cmd {
			if account == b.account && err == nil && !b.form.Done() {
				b.rows = &rows
				b.say()
				b.form.Fit()
			}
			return nil
		}}
	}
}

// say puts the notice into the form.
func (b *beside) say() []double.Entry {
	s := b.form.s
	b.form.Form.SetNotice()
	l := s.Book.Account(b.account)
	if l == nil || b.on == 0 {
		return nil
	}
	found := double.Warning(s.Day(), l, b.rows, b.side, b.on)
	b.form.Form.SetNotice(words.Doubles(s.Look.Text, s.Book, found, s.Today)...)
	return found
}

// contactsReader is what contacts are read from.
type contactsReader interface {
	AccountVisits(account string, limit int) ([]model.Visit, error)
	AccountCalls(account string, limit int) ([]model.Call, error)
}

// ReadContacts reads an account's latest visits and calls, for commands.
func ReadContacts(store contactsReader, account string, limit int) (rows double.Rows, err error) {
	if rows.Visits, err = store.AccountVisits(account, limit); err != nil {
		return rows, err
	}
	rows.Calls, err = store.AccountCalls(account, limit)
	return rows, err
}
