package words

// That somebody else is in contact with a customer as well: in a sentence with who and
// when, and in a few words.

import (
	"doppelpass/model"
	"doppelpass/model/double"
	"doppelpass/model/week"
	"doppelpass/ui/text"
)

// DoubleGlyph is the glyph of the department whose contact an entry is.
func DoubleGlyph(e double.Entry) string {
	if e.Department() == model.RoleSales {
		return SalesGlyph
	}
	return MarketingGlyph
}

// Double is an entry of the contact ledger in a sentence: "K. Sommer visited this
// customer on Fri 20 Nov."
func Double(p *text.Printer, b *model.Book, e double.Entry, today model.Date) string {
	key, args := doubleKey("double.", e, today), doubleArgs(p, b, e, p.WeekdayDay)
	if args["Who"] == "" && (e.Kind == double.Visit || e.Kind == double.Call) {
		key += ".unknown"
	}
	return DoubleGlyph(e) + " " + p.T(key, args)
}

// Doubles are the sentences of entries.
func Doubles(p *text.Printer, b *model.Book, entries []double.Entry, today model.Date) (said []string) {
	for _, e := range entries {
		said = append(said, Double(p, b, e, today))
	}
	return said
}

// DoubleBrief is an entry in a few words: "called 20 Nov".
func DoubleBrief(p *text.Printer, b *model.Book, e double.Entry, today model.Date) string {
	return p.T(doubleKey("double.brief.", e, today), doubleArgs(p, b, e, p.Day))
}

func doubleKey(form string, e double.Entry, today model.Date) string {
	key := form + e.Kind.String()
	if e.Kind == double.Campaign && e.Date > today {
		key += ".ahead"
	}
	return key
}

func doubleArgs(p *text.Printer, b *model.Book, e double.Entry, day func(model.Date) string) text.Args {
	who := e.Who
	if e.Kind == double.Visit || e.Kind == double.Planned {
		who = b.RepName(e.Who)
	}
	when := day(e.Date)
	if e.Kind == double.Promised && e.Time != 0 {
		when = p.T("calling.when", text.Args{"Day": when, "Time": e.Time.String()})
	}
	return text.Args{"Who": who, "Day": when, "Until": day(e.Until), "Campaign": CampaignName(b, e.Campaign)}
}

// CampaignDoubles are what should be known before a campaign is planned: which of its
// customers sales visits at the same time where it is one of calls, and which other
// campaigns want the same customers.
func CampaignDoubles(p *text.Printer, b *model.Book, plan double.Plan, today model.Date) (said []string) {
	if n := plan.Visited + plan.Planned; n > 0 {
		said = append(said, p.N("double.plan.sales", n, text.Args{"Targets": p.Int(plan.Targets), "Visited": p.Int(plan.Visited), "Planned": p.Int(plan.Planned)}))
	}
	const most = 2
	for i, c := range plan.Clashes {
		if i == most {
			said = append(said, p.N("double.plan.more", len(plan.Clashes)-most))
			break
		}
		said = append(said, p.N("double.plan.campaign", len(c.Accounts), text.Args{
			"Campaign": CampaignName(b, c.Other(plan.Campaign)), "From": p.DayOf(c.From, today), "To": p.DayOf(c.To, today)}))
	}
	return said
}

// MarketingAt is what marketing has to do with a customer about a day of a week that is
// planned; rows are the calls there as far as they were read.
func MarketingAt(on *model.Day, d *week.Draft, l *model.Customer, day int, rows *double.Rows) []double.Entry {
	if d.Past(day) {
		return nil
	}
	return double.Warning(on, l, rows, model.RoleSales, d.Date(day))
}

// MarketingVisits counts the visits of weeks that are ahead at customers with whom
// marketing is in contact as well.
func MarketingVisits(on *model.Day, drafts ...*week.Draft) (n int) {
	for _, d := range drafts {
		for day, plan := range d.Week.Days {
			for _, v := range plan.Visits {
				if len(MarketingAt(on, d, d.Stops[v.Stop].Customer, day, nil)) > 0 {
					n++
				}
			}
		}
	}
	return n
}
