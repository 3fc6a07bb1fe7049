package answer

// A case: one signal from the day it is raised to the day it ends. It ends by itself,
// by what the records say; no answer sets an end.

import (
	"slices"

	"doppelpass/model"
)

// State is how a case stands.
type State string

// The states. A case ends as scored, missed or gone.
const (
	Open      State = "open"
	Accepted  State = "accepted"
	Declined  State = "declined"
	Countered State = "countered"
	Refused   State = "refused" // the counter-proposal was; an answer is due again
	Lapsed    State = "lapsed"  // nobody said anything to the counter-proposal until the campaign began
	Scored    State = "scored"  // the cause is gone, and work was done for it
	Missed    State = "missed"  // the day came and the cause was still there
	Gone      State = "gone"    // the cause went without anybody's work
)

// States lists the states in the order in which a case goes through them.
var States = [...]State{Open, Accepted, Declined, Countered, Refused, Lapsed, Scored, Missed, Gone}

// Ended reports whether the state is an end.
func (s State) Ended() bool { return s == Scored || s == Missed || s == Gone }

// Fact is the signal on one day.
type Fact struct {
	Date model.Date
	model.Watched
}

// Case is a case on the last day of its facts.
type Case struct {
	Signal model.SignalKey
	Raised model.Date
	// Ended is the day of the end; 0 while it runs.
	Ended model.Date
	State State
	// Answer is the answer in force: the last one that was given; the zero answer where
	// there is none. Counter is the last counter-proposal.
	Answer, Counter model.Answer
	// Due is the day by which somebody has to answer; 0 where nobody has to. Turn is the
	// department that has to.
	Due  model.Date
	Turn model.Role
	// Unanswered says that the day has passed.
	Unanswered bool
	// Quiet says that the signal was accepted and nothing has come of it yet.
	Quiet bool
	// Reopened is the day on which a refusal was over; 0: it is not. Mended says that it was
	// because somebody saved accounts whose data were wrong, and who.
	Reopened model.Date
	Mended   bool
	MendedBy string
	// Then is what was missing when it was declined, Short what is missing now.
	Then, Short int
	// last is the last answer whatever became of it: the ledger counts by it.
	last State
}

// Running reports whether the case has not ended.
func (c Case) Running() bool { return c.Ended == 0 }

// Frame is what a signal's cases are followed in.
type Frame struct {
	Signal model.SignalKey
	// Start and End are the first and last day of the campaign; 0 for signals without.
	Start, End model.Date
	Works      Working
}

// Follow goes through the facts day by day, without a gap, and gives the cases of the
// signal in order; the last one may still run. Answers are taken on their day. An answer
// is a case's witness: where the records, as they are now, know of no signal on its day,
// because the campaign was moved out of sight for example, the case begins with it.
func Follow(frame Frame, facts []Fact, answers []model.Answer) (cases []Case) {
	f := follower{Frame: frame}
	for _, fact := range facts {
		for len(answers) > 0 && answers[0].Date < fact.Date {
			answers = answers[1:]
		}
		var today []model.Answer
		for len(answers) > 0 && answers[0].Date == fact.Date {
			today, answers = append(today, answers[0]), answers[1:]
		}
		if done := f.day(fact, today); done != nil {
			cases = append(cases, *done)
		}
		f.before = fact
	}
	if f.now != nil {
		cases = append(cases, *f.now)
	}
	return cases
}

// follower is the case that runs, and what has to be kept of the days before.
type follower struct {
	Frame
	now    *Case
	before Fact
	work   int // before the case was raised
	kept   int // before it was accepted
	away   int // working days without the signal
	due    model.Date
	turn   model.Role
}

// day takes in one day and gives the case that ended on it.
func (f *follower) day(fact Fact, answers []model.Answer) (ended *Case) {
	if f.now != nil {
		if ended = f.close(fact); ended != nil {
			f.now = nil
		}
	}
	if f.now == nil {
		answers = slices.DeleteFunc(answers, func(a model.Answer) bool { return a.Says == model.SaysMended })
		if !fact.Open && len(answers) == 0 {
			return ended
		}
		f.now = &Case{Signal: f.Signal, Raised: fact.Date, State: Open, last: Open}
		if f.work, f.away = f.before.Work, 0; f.before.Date == 0 {
			f.work = fact.Work // what came before is not known
		}
		f.ask(fact.Date, f.Signal.Kind.Owner(), f.End)
	}
	c := f.now
	c.Short = fact.Short
	f.expire(fact)
	for _, a := range answers {
		f.take(fact, a)
	}
	c.Turn, c.Due = f.turn, f.due
	if !fact.Open && c.State != Countered { // on course or in hand: it asks for nothing until it is open again
		c.Turn, c.Due = "", 0
	}
	c.Unanswered = c.Due != 0 && fact.Date > c.Due
	c.Quiet = c.State == Accepted && fact.Work <= f.kept && fact.Booked == 0 &&
		f.Works.Count(c.Answer.Date+1, fact.Date) >= QuietDays
	return ended
}

// ask says who has to answer from a day on.
func (f *follower) ask(day model.Date, turn model.Role, end model.Date) {
	f.turn, f.due = turn, Due(day, end, f.Works)
}

func (f *follower) answered(state State, a model.Answer) {
	c := f.now
	c.State, c.last, c.Answer, c.Reopened, c.Mended, c.MendedBy = state, state, a, 0, false, ""
	f.turn, f.due = "", 0
}

// take is one answer. What does not fit the state changes nothing: of two people who
// answer a proposal the first one has decided.
func (f *follower) take(fact Fact, a model.Answer) {
	c := f.now
	switch a.Says {
	case model.SaysAccept:
		f.answered(Accepted, a)
		f.kept = f.before.Work
	case model.SaysDecline:
		f.answered(Declined, a)
		c.Then = a.Short
	case model.SaysCounter:
		f.answered(Countered, a)
		c.Counter = a
		f.ask(fact.Date, model.OtherDepartment(f.Signal.Kind.Owner()), f.lapses())
	case model.SaysMended:
		if c.State == Declined && c.Answer.Reason == model.DeclinedData {
			c.State, c.Reopened, c.Mended, c.MendedBy = Open, fact.Date, true, a.By
			f.ask(fact.Date, f.Signal.Kind.Owner(), f.End)
		}
	case model.SaysAgree:
		if c.State == Countered {
			f.answered(Accepted, a)
			f.kept = f.before.Work
		}
	case model.SaysRefuse:
		if c.State == Countered {
			f.answered(Refused, a)
			c.last = Countered
			f.ask(fact.Date, f.Signal.Kind.Owner(), f.End)
		}
	}
}

// lapses is the day on which the proposal of the case loses its meaning: the
// campaign's first, or once that is past its last.
func (f *follower) lapses() model.Date {
	if f.now.Counter.Date < f.Start {
		return f.Start
	}
	return f.End
}

// expire is what time does to an answer: a refusal ends, a proposal lapses. Nothing is
// accepted or declined by it.
func (f *follower) expire(fact Fact) {
	c := f.now
	switch {
	case c.State == Declined && (fact.Date > c.Answer.Until || c.Answer.Worse > 0 && fact.Short >= c.Answer.Short+c.Answer.Worse):
		c.State, c.Reopened = Open, fact.Date
		f.ask(fact.Date, f.Signal.Kind.Owner(), f.End)
	case c.State == Countered && f.Start != 0 && fact.Date >= f.Start && c.Counter.Date < f.Start:
		c.State = Lapsed
		f.ask(fact.Date, f.Signal.Kind.Owner(), f.End)
	}
}

// close ends the case where the records say so.
func (f *follower) close(fact Fact) *Case {
	c := f.now
	over := f.End != 0 && fact.Date > f.End
	late := c.State == Accepted && c.Answer.Says == model.SaysAccept && fact.Date > c.Answer.Until
	switch {
	case f.before.Raised && (over || late):
		return f.end(Missed, fact)
	case fact.Raised && !over:
		f.away = 0
		return nil
	case f.Works(fact.Date):
		f.away++
	}
	if f.away < ClosingDays && !over && !late {
		return nil
	}
	if max(fact.Work, f.before.Work) > f.work || max(fact.Booked, f.before.Booked) > 0 {
		return f.end(Scored, fact)
	}
	return f.end(Gone, fact)
}

func (f *follower) end(state State, fact Fact) *Case {
	c := f.now
	c.State, c.Ended, c.Turn, c.Due, c.Unanswered, c.Quiet, c.Short = state, fact.Date, "", 0, false, false, fact.Short
	return c
}
