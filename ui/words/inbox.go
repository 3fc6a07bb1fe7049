package words

// The lines of an inbox.

import (
	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/ui/text"
)

// CaseSubject is what a case is about: "Winteraktion · Berlin".
func CaseSubject(p *text.Printer, b *model.Book, key model.SignalKey) string {
	what := Kind(p, key.Kind)
	if key.Campaign != "" {
		what = CampaignName(b, key.Campaign)
	}
	return p.T("case.subject", text.Args{"What": what, "Territory": AreaName(p, b, key.Territory)})
}

// InboxLine is a line of an inbox: what happened to which case.
func InboxLine(p *text.Printer, b *model.Book, item answer.Item, today model.Date) string {
	return inboxSays(p, b, item, today, "inbox.")
}

// InboxBrief is what happened, under the name of the case.
func InboxBrief(p *text.Printer, b *model.Book, item answer.Item, today model.Date) string {
	return inboxSays(p, b, item, today, "inbox.brief.")
}

func inboxSays(p *text.Printer, b *model.Book, item answer.Item, today model.Date, form string) string {
	c, a := item.Case, item.Answer
	args := text.Args{
		"Subject": CaseSubject(p, b, c.Signal), "By": answeredBy(p, a), "Reason": declineReason(p, a), "Until": p.DayOf(a.Until, today),
		"Proposal": Proposal(p, b, a, today), "Turn": Role(p, c.Turn), "Due": p.DayOf(c.Due, today), "State": CaseState(p, c.State),
		"Then": p.Int(c.Then), "Now": p.Int(c.Short),
	}
	if item.Event == answer.EventAnswered {
		return p.T(form+"answered."+string(a.Says), args)
	}
	if item.Event == answer.EventReopened && c.Mended {
		args["Mender"] = c.MendedBy
		return p.T(form+"mended", args)
	}
	if item.Event == answer.EventRaised {
		return p.N(form+"raised", c.Short, args)
	}
	return p.T(form+string(item.Event), args)
}
