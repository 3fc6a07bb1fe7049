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

// SignalChangedBy is ChangedBy of a signal: of what it asks for, and of what its row says
// besides.
func (s *Session) SignalChangedBy(signal model.Signal) string {
	if s.ChangedBy() == "" {
		return ""
	}
	keys := []model.Key{{Table: model.TableTerritories, Code: signal.Territory}, {Table: model.TableAnswers, Code: signal.Territory}}
	if signal.Campaign != "" {
		keys = append(keys, model.Key{Table: model.TableCampaigns, Code: signal.Campaign})
	}
	if area := s.Book.Area(signal.Territory); area != nil && area.Rep != "" {
		keys = append(keys, model.Key{Table: model.TableReps, Code: area.Rep}, model.Key{Table: model.TableAbsences, Code: area.Rep})
	}
	if name := s.ChangedBy(keys...); name != "" {
		return name
	}
	turn, ok := s.Day().Turned(signal.Key())
	if !ok {
		return ""
	}
	by, ok := s.live.RecentTurn(s.mine, signal.Territory, turn)
	if !ok {
		return ""
	}
	s.marked = true
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
