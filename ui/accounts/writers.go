package accounts

// Who wrote an account's notes, and when: looked up in the history once the account is
// opened.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/session"
	"doppelpass/ui/words"
)

// wrote is the step that wrote a note, by the note's field.
type wrote map[string]store.Entry

// noteFields are the fields of the notes, by the glyph of the department that writes them.
var noteFields = map[string]string{words.SalesGlyph: "note", words.MarketingGlyph: "marketing_note"}

func (d *detail) readWriters() tea.Cmd {
	l := d.s.Book.Account(d.code)
	if l == nil || l.Note == "" && l.MarketingNote == "" {
		return nil
	}
	key, from := l.Account.Key(), d.s.Store
	return session.Load(d.code, func() (wrote, error) {
		return from.Wrote(key, noteFields[words.SalesGlyph], noteFields[words.MarketingGlyph])
	})
}

func (d *detail) written(msg session.Loaded[wrote]) {
	if msg.For == d.code && msg.Err == nil { // without it the note stands alone
		d.wrote = msg.Value
	}
}

// writer is who wrote the note of a department, and when; "" where it is not known.
func (d *detail) writer(glyph string) string {
	e, known := d.wrote[noteFields[glyph]]
	if !known || e.Actor == "" {
		return ""
	}
	return "– " + e.Actor + ", " + d.s.Look.Text.DayOf(model.DateOf(e.At), d.s.Today)
}
