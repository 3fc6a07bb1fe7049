package session

// What others have just done: rows are marked for a moment with who.

import (
	"slices"

	"doppelpass/model"
)

// ChangedBy is the name of somebody else who has just changed one of the records, "" for
// nobody. Visits, calls and the like are named by their account's code. It is for frames.
func (s *Session) ChangedBy(keys ...model.Key) string {
	by, ok := s.live.Recent(s.mine, keys...)
	if !ok {
		return ""
	}
	s.marked = s.marked || len(keys) > 0
	return by.Name
}

// Fade says, once, whether anything that ChangedBy marked may be on the screen.
func (s *Session) Fade() (marked bool) {
	marked, s.marked = s.marked, false
	return marked
}

// mine reports that a change was this person's.
func (s *Session) mine(by model.Actor) bool {
	return by.Name == s.Actor.Name && by.Person == s.Actor.Person
}

// AccountChangedBy is ChangedBy of an account and of what is kept of it.
func (s *Session) AccountChangedBy(code string) string {
	tables := []model.Table{model.TableAccounts, model.TableVisits, model.TableCalls, model.TableContacts}
	keys := make([]model.Key, len(tables))
	for i, table := range tables {
		keys[i] = model.Key{Table: table, Code: code}
	}
	return s.ChangedBy(slices.Clip(keys)...)
}
