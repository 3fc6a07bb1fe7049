package session

// Clashes, and what is the person's own.

import (
	"doppelpass/model"
	"doppelpass/model/double"
	"doppelpass/model/owner"
)

// clashKey names the clashes of a day, on the Live's shelf.
type clashKey struct{ today model.Date }

type keptClashes struct {
	revision uint64
	list     []double.Clash
}

// Clashes are today's clashes, worked out once for all sessions. The caller must not
// change them.
func (s *Session) Clashes() []double.Clash {
	shelf, at := s.live.Shelf(), clashKey{s.Today}
	if found, ok := shelf.Load(at); ok {
		if kept := found.(*keptClashes); kept.revision == s.Book.Revision() {
			return kept.list
		}
	}
	kept := &keptClashes{revision: s.Book.Revision(), list: double.Clashes(s.Day())}
	shelf.Store(at, kept)
	return kept.list
}

// MyClashes are Clashes, and only the person's own while only those are asked for.
func (s *Session) MyClashes() (list []double.Clash) {
	if !s.Mine {
		return s.Clashes()
	}
	for _, c := range s.Clashes() {
		if s.Me().Has(owner.OfClash(s.Day(), c)) {
			list = append(list, c)
		}
	}
	return list
}

// Me is the person as somebody who asks what is theirs.
func (s *Session) Me() owner.Me { return owner.MeOf(s.Book, s.Actor) }

// IsMine reports whether a task shows: it is the person's own, or all are asked for.
func (s *Session) IsMine(o owner.Owner) bool { return !s.Mine || s.Me().Has(o) }
