package words

// Clashes in words, and whose a task is.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/model/double"
	"doppelpass/model/owner"
	"doppelpass/ui/text"
)

// ClashGlyph stands for a clash.
const ClashGlyph = "✕"

// Owner is whose a task is: "sales · K. Sommer".
func Owner(p *text.Printer, b *model.Book, o owner.Owner) string {
	args := text.Args{"Department": Role(p, o.Department), "Who": OwnerName(b, o)}
	if !o.Named() {
		return p.T("owner.department", args)
	}
	return p.T("owner.named", args)
}

// OwnerName is who is named; "" for nobody.
func OwnerName(b *model.Book, o owner.Owner) string {
	if o.Rep != "" {
		return b.RepName(o.Rep)
	}
	return strings.Join(o.Names, ", ")
}

// ClashSubject is what clashes: "Herbstmailing × Telefonaktion Allgäu".
func ClashSubject(p *text.Printer, b *model.Book, c double.Clash) string {
	if c.Kind == double.ClashContacts {
		return p.T("clash.subject.contacts", text.Args{"Territory": AreaName(p, b, c.Territories[0])})
	}
	return p.T("clash.subject.campaigns", text.Args{"First": CampaignName(b, c.Campaigns[0]), "Second": CampaignName(b, c.Campaigns[1])})
}

// ClashBrief is how much of it there is, and when.
func ClashBrief(p *text.Printer, c double.Clash, today model.Date) string {
	return p.N("clash.brief", len(c.Accounts), text.Args{"From": p.DayOf(c.From, today), "To": p.DayOf(c.To, today)})
}

// Clash is a clash in sentences: what both want, where, when, and what can be done.
func Clash(p *text.Printer, b *model.Book, c double.Clash, today model.Date) string {
	where := make([]string, len(c.Territories))
	for i, code := range c.Territories {
		where[i] = AreaName(p, b, code)
	}
	args := text.Args{"Territories": List(p, where, 3), "From": p.DayOf(c.From, today), "To": p.DayOf(c.To, today)}
	if c.Kind == double.ClashContacts {
		return p.N("clash.text.contacts", len(c.Accounts), args)
	}
	args["First"], args["Second"] = CampaignName(b, c.Campaigns[0]), CampaignName(b, c.Campaigns[1])
	return p.N("clash.text.campaigns", len(c.Accounts), args)
}

// ClashAccount is why an account clashes: what both departments have to do with it.
func ClashAccount(p *text.Printer, d *model.Day, l *model.Customer) string {
	var said []string
	for _, e := range double.Around(d, l) {
		said = append(said, DoubleGlyph(e)+" "+DoubleBrief(p, d.Book(), e, d.Date()))
	}
	return strings.Join(said, "  ")
}
