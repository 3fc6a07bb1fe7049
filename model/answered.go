package model

// What people have answered to signals. Only this is stored: what state a case is in
// follows from the answers and the facts of the day (see answer).

import (
	"bytes"
	"cmp"
	"slices"
)

// Says is what an answer says.
type Says string

// What can be answered. The department that has to act accepts, declines or makes a
// counter-proposal; the other one agrees to that or refuses it.
const (
	SaysAccept  Says = "accept"
	SaysDecline Says = "decline"
	SaysCounter Says = "counter"
	SaysAgree   Says = "agree"
	SaysRefuse  Says = "refuse"
	// SaysMended is nobody's word: an account of the territory was saved, after the signal
	// was declined because the data are wrong.
	SaysMended Says = "mended"
)

// DeclineReason is why a signal is declined.
type DeclineReason string

// The reasons; DeclinedOther needs a text.
const (
	DeclinedNoRoom   DeclineReason = "no-room"
	DeclinedDate     DeclineReason = "date"
	DeclinedNotWorth DeclineReason = "not-worth-it"
	DeclinedHandled  DeclineReason = "handled"
	DeclinedData     DeclineReason = "data-wrong"
	DeclinedAbsent   DeclineReason = "rep-absent"
	DeclinedOther    DeclineReason = "other"
)

// DeclineReasons lists them in the order in which they are offered.
var DeclineReasons = [...]DeclineReason{DeclinedNoRoom, DeclinedDate, DeclinedNotWorth, DeclinedHandled, DeclinedData, DeclinedAbsent, DeclinedOther}

// LongestDecline is how many days after the answer a refusal ends at the latest.
const LongestDecline = 28

// Answer is one answer to a signal. Answers are told apart by their identity alone:
// of two people who answer at a time both are kept, and the later one holds.
type Answer struct {
	ID        RowID
	Kind      Kind
	Territory string
	Campaign  string // as in the signal's key
	Date      Date
	Says      Says
	By        string // who answered, as the history names them
	// Until is the day by which what was accepted is done, or the last day of a
	// refusal.
	Until  Date
	Reason DeclineReason
	Note   string // the reason's text; in what words a proposal is made
	Short  int    // what was missing when it was answered: visits, accounts or days
	Worse  int    // the refusal ends sooner when that many more are missing; 0: it does not
	// Start, End and Classes are the campaign that a counter-proposal asks for; 0 and
	// nothing leave them as they are.
	Start, End Date
	Classes    []Class
	Rule       int // the standing rule that answered; 0: a person
	// ByPhone are the accounts that a counter-proposal gives to marketing to call; the
	// others that are missing stay to be visited.
	ByPhone []string
}

// Key implements Record.
func (a Answer) Key() Key {
	return Key{Table: TableAnswers, Code: a.Territory, Date: a.Date, By: a.Kind.String(), Ref: a.Campaign, ID: a.ID}
}

// Signal is the key of the signal that is answered.
func (a Answer) Signal() SignalKey { return SignalKey{a.Kind, a.Territory, a.Campaign} }

// Department is the department in whose name the answer is given; "" for what is nobody's
// word.
func (a Answer) Department() Role {
	owner := a.Kind.Owner()
	if a.Says == SaysMended {
		return ""
	}
	if a.Says == SaysAgree || a.Says == SaysRefuse {
		return OtherDepartment(owner)
	}
	return owner
}

// OtherDepartment is marketing for sales and sales for marketing.
func OtherDepartment(r Role) Role {
	if r == RoleSales {
		return RoleMarketing
	}
	return RoleSales
}

// AnswerFields describe an answer.
var AnswerFields = Fields[Answer]{
	{Name: "row", At: func(a *Answer) any { return &a.ID }},
	{Name: "kind", At: func(a *Answer) any { return &a.Kind }},
	{Name: "territory", At: func(a *Answer) any { return &a.Territory }},
	{Name: "campaign", At: func(a *Answer) any { return &a.Campaign }},
	{Name: "date", At: func(a *Answer) any { return &a.Date }},
	{Name: "says", At: func(a *Answer) any { return &a.Says }},
	{Name: "by", At: func(a *Answer) any { return &a.By }},
	{Name: "until", At: func(a *Answer) any { return &a.Until }},
	{Name: "reason", At: func(a *Answer) any { return &a.Reason }},
	{Name: "note", At: func(a *Answer) any { return &a.Note }},
	{Name: "short", At: func(a *Answer) any { return &a.Short }},
	{Name: "worse", At: func(a *Answer) any { return &a.Worse }},
	{Name: "start", At: func(a *Answer) any { return &a.Start }},
	{Name: "end", At: func(a *Answer) any { return &a.End }},
	{Name: "classes", At: func(a *Answer) any { return &a.Classes }, Merge: MergeSet},
	{Name: "rule", At: func(a *Answer) any { return &a.Rule }},
	{Name: "by_phone", At: func(a *Answer) any { return &a.ByPhone }, Merge: MergeSet, Since: 2},
}

func checkAnswer(a Answer) (field, reason string) {
	switch {
	case a.Kind > ReportsMissing:
		return "kind", "range"
	case !a.Date.inRange():
		return "date", "date"
	case len(a.Campaign) > MaximumName:
		return "campaign", "range"
	case a.Kind == StepUpVisits && a.Campaign == "":
		return "campaign", "empty"
	case a.Short < 0 || a.Worse < 0 || a.Rule < 0:
		return "short", "range"
	}
	switch a.Says {
	case SaysAccept:
		if a.Until < a.Date {
			return "until", "order"
		}
	case SaysDecline:
		switch {
		case !slices.Contains(DeclineReasons[:], a.Reason), a.Reason == DeclinedOther && a.Note == "":
			return "reason", "empty"
		case a.Until <= a.Date:
			return "until", "order"
		case a.Until > a.Date+LongestDecline:
			return "until", "range"
		}
	case SaysCounter:
		switch {
		case a.Kind != StepUpVisits:
			return "says", "range"
		case a.Start == 0 && a.End == 0 && len(a.Classes) == 0 && len(a.ByPhone) == 0:
			return "start", "empty"
		case (a.Start == 0) != (a.End == 0):
			return "end", "date"
		case a.Start != 0 && (!a.Start.inRange() || !a.End.inRange()):
			return "start", "date"
		case a.End < a.Start:
			return "end", "order"
		}
	case SaysAgree, SaysRefuse, SaysMended:
	default:
		return "says", "range"
	}
	return "", ""
}

// Replies reports whether the answer is one to a counter-proposal.
func (a Answer) Replies() bool { return a.Says == SaysAgree || a.Says == SaysRefuse }

// Answers are the answers to a signal, in the order in which they were given. The
// caller must not change the slice.
func (b *Book) Answers(key SignalKey) []Answer { return b.answers[key] }

// Answered are the signals that anybody has answered, whether or not they are still
// raised, in order.
func (b *Book) Answered() []SignalKey {
	keys := make([]SignalKey, 0, len(b.answers))
	for key := range b.answers {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(x, y SignalKey) int {
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Territory, y.Territory), cmp.Compare(x.Campaign, y.Campaign))
	})
	return keys
}

// SortAnswers puts answers into the order in which they were given.
func SortAnswers(list []Answer) {
	slices.SortFunc(list, func(x, y Answer) int {
		return cmp.Or(cmp.Compare(x.Date, y.Date), bytes.Compare(x.ID[:], y.ID[:]))
	})
}

func (b *Book) applyAnswer(edit Edit) {
	if a, ok := edit.Before.(Answer); ok {
		key := a.Signal()
		b.answers[key] = slices.DeleteFunc(slices.Clone(b.answers[key]), func(o Answer) bool { return o.ID == a.ID })
		if len(b.answers[key]) == 0 {
			delete(b.answers, key)
		}
		b.touch(a.Territory)
	}
	if a, ok := edit.After.(Answer); ok {
		key := a.Signal()
		list := append(slices.Clone(b.answers[key]), a)
		SortAnswers(list)
		b.answers[key] = list
		b.touch(a.Territory)
	}
}
