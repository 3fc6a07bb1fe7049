package answer

// What has happened to cases since somebody looked last.

import (
	"cmp"
	"slices"

	"doppelpass/model"
)

// Running are the cases that run on a day and that somebody has answered or has to:
// of the signals that are raised, and of those that have only just gone. Those that somebody has to answer stand first, then
// by the day they were raised.
func Running(d *model.Day) (cases []Case) {
	seen := map[model.SignalKey]bool{}
	look := func(key model.SignalKey) {
		if seen[key] {
			return
		}
		seen[key] = true
		if c, running := Of(d, key); running && (c.State != Open || c.Turn != "") {
			cases = append(cases, c)
		}
	}
	for _, s := range d.Signals() {
		look(s.Key())
	}
	for _, key := range d.Book().Answered() {
		look(key)
	}
	slices.SortStableFunc(cases, func(x, y Case) int {
		return cmp.Or(cmp.Compare(rank(x), rank(y)), cmp.Compare(x.Raised, y.Raised))
	})
	return cases
}

func rank(c Case) int {
	switch {
	case c.Unanswered:
		return 0
	case c.Turn != "":
		return 1
	case c.Quiet:
		return 2
	}
	return 3
}

// Event is what happened to a case.
type Event string

// The events. Those that a person made carry the answer.
const (
	EventRaised     Event = "raised"
	EventAnswered   Event = "answered"
	EventReopened   Event = "reopened"
	EventUnanswered Event = "unanswered"
	EventQuiet      Event = "quiet"
	EventEnded      Event = "ended"
)

// Item is a line of the inbox.
type Item struct {
	On     model.Date
	Event  Event
	Case   Case
	Answer model.Answer // of EventAnswered
}

// Reader is who reads an inbox.
type Reader struct {
	Name string
	Role model.Role // the lead reads what concerns either department
}

// Inbox is what has happened after a day and up to the day that is looked at, newest
// first: never what the reader did, and only what concerns their department. What
// somebody has to answer is told the department whose turn it is; what was answered is
// told both.
func Inbox(d *model.Day, after model.Date, reader Reader) (items []Item) {
	concerns := func(department model.Role) bool { return reader.Role == model.RoleLead || reader.Role == department }
	keys := map[model.SignalKey]bool{}
	for _, s := range d.Signals() {
		keys[s.Key()] = true
	}
	for _, key := range d.Book().Answered() {
		keys[key] = true
	}
	for key := range keys {
		owner := key.Kind.Owner()
		for _, c := range Cases(d, key) {
			if !c.Running() {
				if c.Ended > after && (concerns(owner) || c.Answer.Says != "") {
					items = append(items, Item{On: c.Ended, Event: EventEnded, Case: c})
				}
				continue
			}
			switch {
			case c.Reopened > after && concerns(owner) && (c.MendedBy == "" || c.MendedBy != reader.Name):
				items = append(items, Item{On: c.Reopened, Event: EventReopened, Case: c})
			case c.Raised > after && c.State == Open && c.Turn != "" && concerns(owner):
				items = append(items, Item{On: c.Raised, Event: EventRaised, Case: c})
			case c.Unanswered && c.Due >= after && concerns(c.Turn):
				items = append(items, Item{On: c.Due + 1, Event: EventUnanswered, Case: c})
			case c.Quiet && reader.Role == model.RoleLead:
				if on := d.Book().Area(key.Territory); on != nil {
					day := WorkingIn(d, on.Territory).After(c.Answer.Date, QuietDays)
					if day > after {
						items = append(items, Item{On: day, Event: EventQuiet, Case: c})
					}
				}
			}
			for _, a := range d.Book().Answers(key) {
				if a.Date > after && a.Date <= d.Date() && a.Date >= c.Raised && a.Says != model.SaysMended && (a.By == "" || a.By != reader.Name) {
					items = append(items, Item{On: a.Date, Event: EventAnswered, Case: c, Answer: a})
				}
			}
		}
	}
	slices.SortFunc(items, func(x, y Item) int {
		return cmp.Or(cmp.Compare(y.On, x.On), cmp.Compare(x.Case.Signal.Kind, y.Case.Signal.Kind), cmp.Compare(x.Case.Signal.Territory, y.Case.Signal.Territory),
			cmp.Compare(x.Case.Signal.Campaign, y.Case.Signal.Campaign), cmp.Compare(x.Event, y.Event), slices.Compare(x.Answer.ID[:], y.Answer.ID[:]))
	})
	return items
}
