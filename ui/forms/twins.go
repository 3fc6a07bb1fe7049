package forms

// A visit or call that is already on record: the form says so and edits it
// instead of adding it twice.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
)

// twinsLimit is how many of an account's latest contacts are looked through.
const twinsLimit = 400

// twins looks whether what is being entered is on record already.
type twins[T model.Record] struct {
	form    *recordForm
	read    func(account string) ([]T, error)
	of      func(kit.Values) T
	values  func(T) kit.Values
	message string

	account string // whose rows are known
	rows    []T
	twin    bool
}

// look looks for a twin of what the form holds now. The account's rows are read
// once, outside of Update.
func (t *twins[T]) look(v kit.Values) tea.Cmd {
	account := v.Text("account")
	if account == t.account {
		t.match(v)
		return nil
	}
	t.account, t.rows = account, nil
	t.match(v)
	if account == "" {
		return nil
	}
	read := t.read
	return func() tea.Msg {
		rows, err := read(account)
		return session.Applied{Err: err, Then: func(error) tea.Cmd {
			if account == t.account && !t.form.Done() {
				t.rows = rows
				t.match(t.form.Form.Values())
			}
			return nil
		}}
	}
}

// match takes the twin's other values over, and lets go of it when it is another
// visit after all.
func (t *twins[T]) match(v kit.Values) {
	f := t.form
	want := identity(t.of(v))
	for _, row := range t.rows {
		if identity(row) != want {
			continue
		}
		f.note = []kit.Span{{Text: f.s.Look.T(t.message), Role: kit.Strong}}
		if t.twin && model.Same(f.before, row) {
			return
		}
		t.twin, f.before = true, row
		for name, value := range t.values(row) {
			if !f.Form.Values().Has(name) || name == "kind" || name == "outcome" && f.Form.Focused() != name {
				f.Form.Set(name, value)
			}
		}
		return
	}
	if t.twin {
		t.twin, f.before = false, nil
	}
}

// identity is what makes two rows the same to a person: all of the key but an
// identifier from another system.
func identity(r model.Record) model.Key {
	key := r.Key()
	key.ID, key.Ref = model.RowID{}, ""
	return key
}
