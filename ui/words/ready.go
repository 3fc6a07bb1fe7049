package words

// What signals still lack, and what a mend would do: the page and the command line
// say it alike.

import (
	"doppelpass/model"
	"doppelpass/model/ready"
	"doppelpass/store"
	"doppelpass/ui/text"
)

// Gap says what is lacking: "54 of 60 accounts are in no territory".
func Gap(p *text.Printer, g ready.Gap) string {
	return p.N("ready.gap."+string(g.Kind), g.Count, text.Args{"Of": p.Int(g.Of)})
}

// GapWhy says what that does to the signals.
func GapWhy(p *text.Printer, kind ready.Kind) string { return p.T("ready.why." + string(kind)) }

// Way says how it would be mended: "A territory for each owner".
func Way(p *text.Printer, way ready.Way) string { return p.T("ready.way." + string(way)) }

// Offer says how a gap would be mended that way: "Import a list with telephone numbers".
func Offer(p *text.Printer, gap ready.Kind, way ready.Way) string {
	if key := "ready.way." + string(way) + "." + string(gap); p.Has(key) {
		return p.T(key)
	}
	return Way(p, way)
}

// MendSize says in short what a mend would change: "2 new territories · 54 accounts".
func MendSize(p *text.Printer, way ready.Way, plan ready.Plan) string {
	accounts := p.N("ready.accounts", plan.Accounts())
	switch made := newParts(plan); {
	case way == ready.WayReps, way == ready.WayHolidays:
		return p.N("ready.territories", len(plan.Parts))
	case way == ready.WayLast:
		return p.N("ready.visits", plan.Accounts())
	case made > 0:
		return p.T("ready.and", text.Args{"A": p.N("ready.new-territories", made), "B": accounts})
	default:
		return accounts
	}
}

func newParts(plan ready.Plan) (n int) {
	for _, part := range plan.Parts {
		if part.New {
			n++
		}
	}
	return n
}

// MendPart says what comes of a part of a plan: a territory or a class, and in short
// what it gets.
func MendPart(p *text.Printer, way ready.Way, part ready.Part) (name, what string) {
	name = part.Name
	if name == "" {
		name = part.Code
	}
	accounts := p.N("ready.accounts", part.Accounts)
	switch {
	case way == ready.WayRank && part.From > 0:
		return name, p.T("ready.part.rank", text.Args{"Accounts": accounts, "From": p.Money(part.From)})
	case way == ready.WayLast && part.Day != 0:
		return name, p.T("ready.part.last", text.Args{"Accounts": accounts, "Day": p.Date(part.Day)})
	case way == ready.WayReps:
		return name, part.Rep
	case way == ready.WayHolidays:
		return name, part.Calendar
	case part.New:
		return name, p.T("ready.part.new", text.Args{"Accounts": accounts})
	}
	return name, accounts
}

// mendNamed is how many parts a question names.
const mendNamed = 6

// MendQuestion says what a mend would do, with its numbers; Way is its title.
func MendQuestion(p *text.Printer, way ready.Way, plan ready.Plan) string {
	var parts []string
	for _, part := range plan.Parts {
		if part.Accounts > 0 || way == ready.WayReps {
			name, what := MendPart(p, way, part)
			parts = append(parts, p.T("ready.part", text.Args{"Name": name, "What": what}))
		}
	}
	question := p.T("ready.question", text.Args{"Size": MendSize(p, way, plan), "Parts": List(p, parts, mendNamed)})
	if plan.Left > 0 {
		question += " " + MendLeft(p, way, plan)
	}
	return question
}

// MendLeft says how many a mend leaves as they are: territories where it is about those,
// else accounts.
func MendLeft(p *text.Printer, way ready.Way, plan ready.Plan) string {
	switch way {
	case ready.WayReps:
		return p.N("ready.left.vacant", plan.Left)
	case ready.WayHolidays:
		return p.N("ready.left.territories", plan.Left)
	case ready.WayLast, ready.WayRank:
		return p.N("ready.left.untold", plan.Left)
	}
	return p.N("ready.left", plan.Left)
}

// mendSubject is what the history says a mend was done to.
func mendSubject(way ready.Way, plan ready.Plan) string {
	if way == ready.WayReps || way == ready.WayHolidays {
		return CountSubject(model.TableTerritories, len(plan.Parts))
	}
	return CountSubject(model.TableAccounts, plan.Accounts())
}

// MendRequest is a mend as one step of the history.
func MendRequest(way ready.Way, plan ready.Plan) store.Request {
	request := store.Request{Action: "ready." + string(way), Subject: mendSubject(way, plan)}
	for _, edit := range plan.Edits {
		request.Puts = append(request.Puts, store.Put{Record: edit.After, Before: edit.Before, New: edit.Before == nil})
	}
	return request
}

// AssumedNote is the note of a visit whose day is assumed for its class.
func AssumedNote(p *text.Printer) func(model.ClassRule) string {
	return func(class model.ClassRule) string { return p.T("ready.assumed", text.Args{"Class": class.Label()}) }
}

// AreaTitle is what a territory of the first figures of postcodes is called.
func AreaTitle(p *text.Printer) func(area string) string {
	return func(area string) string { return p.T("ready.area", text.Args{"Area": area}) }
}

// SharesText says which classes the shares make: "the first 20 % are A, the next
// 30 % B, the others C".
func SharesText(p *text.Printer, settings model.Settings, shares []int) string {
	var parts []string
	for i, class := range settings.ClassList() {
		args := text.Args{"Class": class.Label()}
		key := "ready.share.rest"
		if i < len(shares) {
			args["Share"] = p.Percent(float64(shares[i]) / 100)
			if key = "ready.share.next"; i == 0 {
				key = "ready.share.first"
			}
		}
		parts = append(parts, p.T(key, args))
	}
	return List(p, parts, model.MaximumClasses)
}
