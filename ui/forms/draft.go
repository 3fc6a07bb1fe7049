package forms

// A draft: a form that is half filled in, kept so that another session can show it again
// when the process of this one has ended.

import (
	"bytes"
	"encoding/gob"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/session"
)

// Draft is what is kept of a form.
type Draft struct {
	Record model.Record      // what the form began with
	New    bool              // the record is not in the store yet
	Typed  map[string]string // what was typed or chosen, by field
	Focus  string            // the field the cursor is in
}

func init() {
	for _, record := range []model.Record{
		model.Visit{}, model.Call{}, model.Account{}, model.Campaign{}, model.Contact{}, model.Territory{}, model.Rep{}, model.Absence{}, model.Person{},
	} {
		gob.Register(record)
	}
}

// Pack writes a draft down; nil where that cannot be done.
func (d Draft) Pack() []byte {
	var b bytes.Buffer
	if gob.NewEncoder(&b).Encode(d) != nil {
		return nil
	}
	return b.Bytes()
}

// Unpack reads what Pack has written.
func Unpack(packed []byte) (d Draft, ok bool) {
	if len(packed) == 0 {
		return d, false
	}
	return d, gob.NewDecoder(bytes.NewReader(packed)).Decode(&d) == nil
}

// begins notes what a form shows at first, which is enough to show it again.
func (f *recordForm) begins(record model.Record, isNew bool) { f.begun, f.isNew = record, isNew }

// HalfTyped is the form as it is now; false where nothing is typed, or where the form cannot
// be shown by another session.
func (f *recordForm) HalfTyped() (Draft, bool) {
	if f.begun == nil || !f.Form.Changed() {
		return Draft{}, false
	}
	return Draft{f.begun, f.isNew, f.Form.Typed(), f.Form.Focused()}, true
}

// TakeUp fills in what a draft holds.
func (f *recordForm) TakeUp(d Draft) {
	f.touched = true
	f.Form.TakeUp(d.Typed)
	f.Form.FocusField(d.Focus)
}

// Reopen shows the form of a draft as it began. Who shows it has it take the draft up.
func Reopen(s *session.Session, d Draft) tea.Cmd {
	switch r := d.Record.(type) {
	case model.Visit:
		return Visit(s, r, d.New)
	case model.Call:
		return Call(s, r, d.New)
	case model.Campaign:
		return Campaign(s, r, d.New)
	case model.Contact:
		return Contact(s, r, d.New)
	case model.Absence:
		return Absence(s, r)
	case model.Person:
		return Person(s, r)
	case model.Account:
		if d.New {
			return Account(s, nil)
		}
		return Account(s, &r)
	case model.Territory:
		if d.New && r.Region == "" {
			return Territory(s, nil)
		}
		return Territory(s, &r)
	case model.Rep:
		if d.New && r.Code == "" {
			return Rep(s, nil)
		}
		return Rep(s, &r)
	}
	return nil
}
