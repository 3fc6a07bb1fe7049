package session

// The cases of today's signals, looked up once until something changes in their
// territory, and once for all sessions: each looks at many days.

import (
	"doppelpass/model"
	"doppelpass/model/answer"
)

// caseKey names a case on a day, on the Live's shelf.
type caseKey struct {
	model.SignalKey
	today model.Date
}

// keptCase is a case and what it was worked out from.
type keptCase struct {
	revision uint64
	settings model.Settings
	running  bool
	answer.Case
}

// Case is the case of a signal that runs today; false where there is none. It is for
// frames (see Frame).
func (s *Session) Case(key model.SignalKey) (answer.Case, bool) {
	area := s.Book.Area(key.Territory)
	if area == nil {
		return answer.Case{}, false
	}
	shelf, at := s.live.Shelf(), caseKey{key, s.Today}
	if found, ok := shelf.Load(at); ok {
		if kept := found.(*keptCase); kept.revision == area.Revision() && kept.settings == s.Book.Settings() {
			return kept.Case, kept.running
		}
	}
	kept := &keptCase{revision: area.Revision(), settings: s.Book.Settings()}
	kept.Case, kept.running = answer.Of(s.Day(), key)
	if begun := s.begun(); begun <= s.Today && kept.Case.Due != 0 && kept.Case.Due < begun {
		// Nobody could answer what nobody could see: the visits that raised it came in later.
		kept.Case.Due, kept.Case.Unanswered = 0, false
	}
	shelf.Store(at, kept)
	return kept.Case, kept.running
}

// begun is the day since which the store is worked with; 0: always.
func (s *Session) begun() model.Date {
	if s.begunOf != s.Store {
		s.begunOf = s.Store
		s.begunOn, _ = s.Store.Begun() // without it every case counts as seen
	}
	return s.begunOn
}

// Speaks reports whether the person may answer in a department's name.
func (s *Session) Speaks(department model.Role) bool {
	return s.Actor.Role == model.RoleLead || s.Actor.Role == department
}
