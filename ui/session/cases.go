package session

// The cases of today's signals, looked up once until something changes in their
// territory: each looks at many days.

import (
	"doppelpass/model"
	"doppelpass/model/answer"
)

// keptCase is a case and what it was worked out from.
type keptCase struct {
	book     *model.Book
	today    model.Date
	revision uint64
	settings model.Settings
	running  bool
	answer.Case
}

// Case is the case of a signal that runs today; false where there is none.
func (s *Session) Case(key model.SignalKey) (answer.Case, bool) {
	area := s.Book.Area(key.Territory)
	if area == nil {
		return answer.Case{}, false
	}
	kept, ok := s.cases[key]
	if !ok || kept.book != s.Book || kept.today != s.Today || kept.revision != area.Revision() || kept.settings != s.Book.Settings() {
		kept = keptCase{book: s.Book, today: s.Today, revision: area.Revision(), settings: s.Book.Settings()}
		kept.Case, kept.running = answer.Of(s.Day(), key)
		if s.cases == nil {
			s.cases = map[model.SignalKey]keptCase{}
		}
		s.cases[key] = kept
	}
	return kept.Case, kept.running
}

// Speaks reports whether the person may answer in a department's name.
func (s *Session) Speaks(department model.Role) bool {
	return s.Actor.Role == model.RoleLead || s.Actor.Role == department
}
