package session

// Planned visits that are over and of which nobody has said what became of them.

import (
	"time"

	"doppelpass/model"
)

// The minute of a day from which its own planned visits are to be ticked off, too.
const (
	wrapUp       = 15 * 60
	wrapUpFriday = 12 * 60
)

// untickedKey names such visits of a day, on the Live's shelf.
type untickedKey struct {
	today model.Date
	over  bool // today's are among them
}

type keptUnticked struct {
	revision uint64
	visits   map[string]int // by rep
}

// Unticked is how many planned visits are to be ticked off, and the rep who has the most of
// them: those of whoever is a rep, else everybody's. Marketing has none.
func (s *Session) Unticked() (visits int, rep string) {
	if !s.Speaks(model.RoleSales) {
		return 0, ""
	}
	all := s.unticked()
	if me := s.Me(); me.Rep != "" && me.Role == model.RoleSales {
		return all[me.Rep], me.Rep
	}
	for code, n := range all {
		if visits += n; rep == "" || n > all[rep] || n == all[rep] && code < rep {
			rep = code
		}
	}
	return visits, rep
}

// UntickedOf is how many planned visits of a rep are to be ticked off.
func (s *Session) UntickedOf(rep string) int { return s.unticked()[rep] }

func (s *Session) unticked() map[string]int {
	from := wrapUp
	if s.Today.Weekday() == time.Friday {
		from = wrapUpFriday
	}
	shelf, at := s.live.Shelf(), untickedKey{s.Today, s.Minute() >= from}
	if found, ok := shelf.Load(at); ok {
		if kept := found.(*keptUnticked); kept.revision == s.Book.Revision() {
			return kept.visits
		}
	}
	last := s.Today - 1
	if at.over {
		last = s.Today
	}
	kept := &keptUnticked{revision: s.Book.Revision(), visits: map[string]int{}}
	for _, rep := range s.Book.Planning(0) {
		for planned := range s.Book.Plan(rep) {
			if planned.Date <= last {
				kept.visits[rep]++
			}
		}
	}
	shelf.Store(at, kept)
	return kept.visits
}

// TickOff is the day in a target of the week's page that leads to ticking off: "R1 tick".
const TickOff = "tick"
