package demo

// What calls left to be done, one of each kind: a call that was promised and is
// overdue, a visit to confirm, a visit that sales declined, and a wrong number.

import (
	"doppelpass/model"
	"doppelpass/model/hours"
)

// leaving is what one call left to be done.
type leaving struct {
	kind        model.FollowUpKind
	outcome     model.CallOutcome
	agent       int
	daysAgo     int // of the call
	due         int // working days from today; below 0: before it
	note, reply string
}

// leaves stand in territories in which nothing else has to be told.
var leaves = map[int]*leaving{
	hamburg: {kind: model.FollowCall, outcome: model.CallBack, daysAgo: 5, due: -1, note: "Will vor der Bestellung noch nach den Lieferzeiten fragen."},
	koeln:   {kind: model.FollowVisit, outcome: model.CallAppointment, agent: 1, daysAgo: 2, due: 6, note: "Möchte die neuen Muster sehen."},
	bremen: {kind: model.FollowVisit, outcome: model.CallAppointment, daysAgo: 4, due: 5, note: "Fragt nach einem Rahmenvertrag.",
		reply: "In der Woche auf Tour in Emden, meldet sich selbst."},
	stuttgart: {kind: model.FollowNumber, outcome: model.CallWrongNumber, agent: 1, daysAgo: 3, note: "Dort meldet sich eine Privatperson."},
}

// left is what a call at the account left to be done, and adds that call; false where
// the territory has told its story or the account does not fit it. Only accounts that
// are in contact anyway are taken, so that the signals stay as they are.
func (g *ground) left(a *model.Account, seat seat, last model.Date, plans bool) (model.FollowUp, bool) {
	m, story := g.m, g.leaves
	if story == nil || plans || seat.standing != inTime || seat.inactive || a.Phone == "" || a.DoNotCall || a.Consent != model.ConsentGiven || len(m.callRows) > 0 {
		return model.FollowUp{}, false
	}
	called, at := m.calendar.before(m.o.Today-model.Date(story.daysAgo)), model.NewClock(10, 20)
	from, _ := m.calendar.within(span{m.o.Today, m.o.Today})
	due := m.calendar.days[from+story.due]
	if last >= called || due < called || seat.class == model.ClassA || !openAt(a, called, at) || !openAt(a, due, at) {
		return model.FollowUp{}, false
	}
	g.leaves = nil
	m.callRows = append(m.callRows, model.Call{Account: a.Code, Date: called, Time: at, Agent: agents[story.agent], Outcome: story.outcome, Note: story.note})
	f := model.FollowUp{Account: a.Code, Kind: story.kind, Date: called, Time: at, By: agents[story.agent], Note: story.note}
	switch story.kind {
	case model.FollowCall:
		f.For, f.Due, f.At = f.By, due, at
	case model.FollowVisit:
		f.Due, f.At = due, at
		if story.reply != "" {
			f.State, f.Answered, f.Answerer, f.Reply = model.FollowDeclined, m.calendar.before(m.o.Today-1), m.reps[g.rep].Name, story.reply
		}
	case model.FollowNumber:
		f.Number = a.Phone
	}
	f.ID = model.DeriveRowID(f.Account, f.Date, f.Time, f.By, string(f.Kind), 0)
	return f, true
}

func openAt(a *model.Account, d model.Date, at model.Clock) bool {
	opening, err := hours.Parse(a.Hours)
	return err != nil || open(opening, d, at)
}
