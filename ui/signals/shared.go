package signals

// What is worked out once for all sessions, as long as the Book stays as it is.

import (
	"doppelpass/model"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// owned are the signals of one owner on a day, in the list's order: the same for all
// sessions, as long as the Book has not changed.
type owned struct {
	revision uint64
	signals  []model.Signal
	counts   [inHand + 1]int
}

type ownedKey struct {
	owner model.Role
	today model.Date
}

// signalsOf are an owner's signals, shared by all sessions: they are only read.
func signalsOf(s *session.Session, owner model.Role) ([]model.Signal, [inHand + 1]int) {
	shelf, at := s.Shelf(), ownedKey{owner, s.Today}
	if found, ok := shelf.Load(at); ok {
		if list := found.(*owned); list.revision == s.Book.Revision() {
			return list.signals, list.counts
		}
	}
	list := &owned{revision: s.Book.Revision()}
	for want := open; want <= inHand; want++ {
		for _, signal := range s.Signals() {
			if signal.Kind.Owner() == owner && groupOf(signal) == want {
				list.signals = append(list.signals, signal)
				list.counts[want]++
			}
		}
	}
	shelf.Store(at, list)
	return list.signals, list.counts
}

type briefKey struct {
	model.SignalKey
	today    model.Date
	language text.Language
}

type keptBrief struct {
	revision uint64
	words.Brief
}

// briefOf is words.SignalBrief, worked out once for all sessions.
func briefOf(s *session.Session, signal model.Signal) words.Brief {
	shelf, at := s.Shelf(), briefKey{signal.Key(), s.Today, s.Look.Text.Language}
	if found, ok := shelf.Load(at); ok {
		if kept := found.(*keptBrief); kept.revision == s.Book.Revision() {
			return kept.Brief
		}
	}
	kept := &keptBrief{s.Book.Revision(), words.SignalBrief(s.Look.Text, s.Day(), signal)}
	shelf.Store(at, kept)
	return kept.Brief
}
