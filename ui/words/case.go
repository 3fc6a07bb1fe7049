package words

// A case in words: how a signal was answered, and what became of it.

import (
	"cmp"
	"strings"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/ui/text"
)

// CaseGlyph is the glyph of how a case stands; "" where nothing is to be said of it.
func CaseGlyph(c answer.Case) string {
	switch {
	case c.Unanswered:
		return "●"
	case c.Quiet:
		return "○"
	}
	switch c.State {
	case answer.Accepted, answer.Scored:
		return DoneGlyph
	case answer.Countered:
		return "▸"
	case answer.Declined, answer.Refused, answer.Lapsed, answer.Missed, answer.Gone:
		return "·"
	case answer.Open:
		if c.Reopened != 0 {
			return "▾"
		}
	}
	return ""
}

// CaseWord is how a case stands, in a word: "declined"; "" for one that was just
// raised.
func CaseWord(p *text.Printer, c answer.Case) string {
	switch {
	case c.Quiet:
		return p.T("case.short.quiet")
	case c.Unanswered && c.Reopened == 0:
		return p.T("case.short.unanswered")
	case c.State == answer.Open && c.Reopened != 0:
		return p.T("case.short.reopened")
	case c.State == answer.Open:
		return ""
	case c.State == answer.Accepted && c.Answer.Says == model.SaysAgree:
		return p.T("case.short.agreed")
	}
	return p.T("case.short." + string(c.State))
}

// CaseState is a state's name.
func CaseState(p *text.Printer, s answer.State) string { return p.T("case.state." + string(s)) }

// Case is how a case stands in sentences: who said what and when, who has to answer by
// when.
func Case(p *text.Printer, b *model.Book, c answer.Case, today model.Date) []string {
	a := c.Answer
	args := text.Args{
		"By": answeredBy(p, a), "On": p.DayOf(a.Date, today), "Until": p.DayOf(a.Until, today),
		"Due": p.DayOf(c.Due, today), "Turn": Role(p, c.Turn), "Reason": declineReason(p, a), "Note": a.Note,
		"Then": p.Int(c.Then), "Now": p.Int(c.Short), "Proposal": Proposal(p, b, c.Counter, today),
	}
	var said []string
	say := func(key string) { said = append(said, p.T(key, args)) }
	switch c.State {
	case answer.Open:
		switch {
		case c.Mended:
			args["Mended"], args["Mender"] = p.DayOf(c.Reopened, today), c.MendedBy
			say("case.mended")
		case c.Reopened != 0:
			say("case.reopened")
		}
	case answer.Accepted:
		if a.Says == model.SaysAgree {
			say("case.agreed")
		} else {
			say("case.accepted")
		}
	case answer.Declined:
		say("case.declined")
		if a.Worse > 0 {
			args["Worse"] = p.Int(a.Worse)
			say("case.declined.worse")
		}
	default:
		say("case." + string(c.State))
	}
	switch {
	case c.Quiet:
		say("case.quiet")
	case c.Unanswered:
		say("case.unanswered")
	case c.Due != 0:
		say("case.due")
	}
	if a.Note != "" && a.Reason == "" {
		say("case.note")
	}
	return said
}

// answeredBy is who has answered: a person, else the department or a standing rule.
func answeredBy(p *text.Printer, a model.Answer) string {
	if a.Rule != 0 {
		return p.T("case.by-rule", text.Args{"Rule": p.Int(a.Rule)})
	}
	return cmp.Or(a.By, Role(p, a.Department()))
}

// declineReason is why a signal was declined, with what was written to it.
func declineReason(p *text.Printer, a model.Answer) string {
	switch {
	case a.Reason == "":
		return ""
	case a.Reason == model.DeclinedOther:
		return a.Note
	case a.Note != "":
		return p.T("answer.reason."+string(a.Reason)) + ": " + a.Note
	}
	return p.T("answer.reason." + string(a.Reason))
}

// Proposal is what a counter-proposal asks for: "2 to 18 December, only A and B".
func Proposal(p *text.Printer, b *model.Book, a model.Answer, today model.Date) string {
	var parts []string
	if a.Start != 0 {
		parts = append(parts, p.T("case.proposal.dates", text.Args{"Start": p.DayOf(a.Start, today), "End": p.DayOf(a.End, today)}))
	}
	if len(a.Classes) > 0 {
		names := make([]string, len(a.Classes))
		for i, class := range a.Classes {
			names[i] = b.ClassName(class)
		}
		parts = append(parts, p.T("case.proposal.classes", text.Args{"Classes": strings.Join(names, " ")}))
	}
	if n := len(a.ByPhone); n > 0 {
		names := make([]string, n)
		for i, code := range a.ByPhone {
			names[i] = AccountName(b, code)
		}
		parts = append(parts, p.T("case.proposal.by-phone", text.Args{"Visits": p.Int(max(a.Short-n, 0)), "Calls": p.Int(n), "Names": List(p, names, 3)}))
	}
	return strings.Join(parts, ", ")
}
