package session

// Who wrote a record's notes, and when: looked up in the history once the record is
// opened.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
)

// The fields of the notes of both departments.
const (
	NoteOfSales     = "note"
	NoteOfMarketing = "marketing_note"
)

// Wrote is the step that wrote a note, by the note's field.
type Wrote map[string]store.Entry

// LoadWriters looks up who wrote a record's notes; a Loaded[Wrote] for that follows.
func (s *Session) LoadWriters(what string, key model.Key) tea.Cmd {
	from := s.Store
	return Load(what, func() (Wrote, error) { return from.Wrote(key, NoteOfSales, NoteOfMarketing) })
}

// WroteBy is who wrote a note, and when; "" where it is not known.
func (s *Session) WroteBy(wrote Wrote, field string) string {
	e, known := wrote[field]
	if !known || e.Actor == "" {
		return ""
	}
	return "– " + kit.Clean(e.Actor) + ", " + s.Look.Text.DayOf(model.DateOf(e.At.Local()), s.Today)
}
