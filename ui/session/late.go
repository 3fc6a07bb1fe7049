package session

// Promised calls that are overdue.

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/owner"
	"doppelpass/model/queue"
)

// lateKey names the overdue calls of a day, on the Live's shelf.
type lateKey struct{ today model.Date }

// keptLate are the overdue calls as they are from one minute until another one; until is 0
// where no more are to come today.
type keptLate struct {
	revision    uint64
	from, until int
	list        []queue.Entry
}

func (s *Session) late() *keptLate {
	shelf, at, minute := s.live.Shelf(), lateKey{s.Today}, s.Minute()
	if found, ok := shelf.Load(at); ok {
		kept := found.(*keptLate)
		if kept.revision == s.Book.Revision() && minute >= kept.from && (kept.until == 0 || minute < kept.until) {
			return kept
		}
	}
	view := queue.View{Day: s.Day(), Minute: minute}
	kept := &keptLate{revision: s.Book.Revision(), from: minute}
	kept.list, kept.until = view.Late()
	shelf.Store(at, kept)
	return kept
}

// LateCalls are the promised calls that are overdue, those that are due longest first, for
// whoever makes calls; only the person's own while only those are asked for. The caller
// must not change them.
func (s *Session) LateCalls() (list []queue.Entry) {
	switch late := s.late().list; {
	case !s.Speaks(model.RoleMarketing):
		return nil
	case !s.Mine:
		return late
	default:
		for _, e := range late {
			if s.Me().Has(owner.OfFollowUp(s.Day(), e.Promise)) {
				list = append(list, e)
			}
		}
		return list
	}
}

// NextLate brings a message once the next promised call is overdue; at is that minute of
// today, 0 and no command where none will be.
func (s *Session) NextLate(message func(at int) tea.Msg) (at int, cmd tea.Cmd) {
	if at = s.late().until; at == 0 {
		return 0, nil
	}
	return at, s.After(time.Duration(at-s.Minute())*time.Minute, func(time.Time) tea.Msg { return message(at) })
}
