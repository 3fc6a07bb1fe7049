// Package sheets lays out what people take along to a spreadsheet: the signals
// and the call lists, with headers in their language and real numbers and days.
package sheets

import (
	"iter"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
)

// Locale is the spreadsheet's language.
func Locale(l text.Language) exchange.Locale {
	if l == text.German {
		return exchange.German
	}
	return exchange.English
}

// titled is a sheet with a column a key: its header is the message "sheet.KEY".
func titled(p *text.Printer, title string, keys []string, rows iter.Seq[[]exchange.Cell]) exchange.Sheet {
	header := make([]string, len(keys))
	for i, key := range keys {
		header[i] = p.T("sheet." + key)
	}
	return exchange.Sheet{Title: p.T(title), Header: header, Keys: keys, Rows: rows}
}

func areaName(b *model.Book, code string) string {
	if area := b.Area(code); area != nil && area.Name != "" {
		return area.Name
	}
	return code
}

// Signals is one row a signal, in the order given.
func Signals(p *text.Printer, b *model.Book, signals []model.Signal) exchange.Sheet {
	keys := []string{"kind", "owner", "state", "urgency", "territory", "territory_name", "region", "rep", "campaign",
		"campaign_name", "targets", "needed", "served", "booked", "gap", "days_left", "required_pace", "usual_pace", "room", "beyond",
		"accounts", "covered", "contacted", "contact_coverage", "to_call", "last_report"}
	return titled(p, "sheet.signals", keys, func(yield func([]exchange.Cell) bool) {
		for _, s := range signals {
			if !yield(signalCells(p, b, s)) {
				return
			}
		}
	})
}

func signalCells(p *text.Printer, b *model.Book, s model.Signal) []exchange.Cell {
	var area model.Territory
	if a := b.Area(s.Territory); a != nil {
		area = a.Territory
	}
	campaign, _ := b.Campaign(s.Campaign)
	state := p.T("sheet.state.open")
	if s.InHand {
		state = p.T("sheet.state.in-hand")
	}
	cells := []exchange.Cell{
		exchange.TextCell(p.T("signal.kind." + s.Kind.String())), exchange.TextCell(p.T("role." + string(s.Kind.Owner()))),
		exchange.TextCell(state), exchange.IntCell(s.Urgency), exchange.TextCell(s.Territory), exchange.TextCell(area.Name),
		exchange.TextCell(area.Region), exchange.TextCell(b.RepName(area.Rep)), exchange.TextCell(s.Campaign), exchange.TextCell(campaign.Name),
	}
	if s.Kind == model.StepUpVisits {
		r := s.Readiness
		cells = append(cells, exchange.IntCell(r.Targets), exchange.IntCell(r.Needed), exchange.IntCell(r.Served), exchange.IntCell(r.Booked),
			exchange.IntCell(r.Gap), exchange.IntCell(r.DaysLeft), exchange.DecimalCell(r.RequiredPace, 2), exchange.DecimalCell(r.UsualPace, 2),
			exchange.IntCell(r.Room), exchange.IntCell(r.Beyond))
		return append(cells, make([]exchange.Cell, 6)...)
	}
	c := s.Contact
	cells = append(cells, make([]exchange.Cell, 10)...)
	return append(cells, exchange.IntCell(c.Accounts), exchange.IntCell(c.Covered), exchange.IntCell(c.Contacted),
		exchange.DecimalCell(c.ContactedShare(), 2), exchange.IntCell(len(c.CallList)), exchange.DateCell(c.LastReport))
}

// CallList is one row an account to call, with what a caller needs to know. The
// signals' lists follow one another; an account stands in it once.
func CallList(p *text.Printer, d *model.Day, signals []model.Signal) exchange.Sheet {
	var customers []*model.Customer
	seen := map[*model.Customer]bool{}
	take := func(list []*model.Customer) {
		for _, l := range list {
			if !seen[l] {
				seen[l] = true
				customers = append(customers, l)
			}
		}
	}
	for _, s := range signals {
		take(s.Contact.CallList)
		for _, l := range s.Readiness.BeyondAccounts { // telemarketing in support of the campaign
			if d.Exclusion(l) == model.NotExcluded {
				take([]*model.Customer{l})
			}
		}
	}
	return Accounts(p, d, "sheet.call-list", customers)
}

// Accounts is one row an account, in the order given, with its standing on the day.
func Accounts(p *text.Printer, d *model.Day, title string, customers []*model.Customer) exchange.Sheet {
	keys := []string{"code", "name", "phone", "class", "territory", "territory_name", "rep", "state", "last_visit", "ratio",
		"last_call", "consent", "street", "postcode", "city", "email", "note"}
	return titled(p, title, keys, func(yield func([]exchange.Cell) bool) {
		for _, l := range customers {
			if !yield(accountCells(p, d, l)) {
				return
			}
		}
	})
}

func accountCells(p *text.Printer, d *model.Day, l *model.Customer) []exchange.Cell {
	b, standing := d.Book(), d.Standing(l)
	var rep string
	if area := b.Area(l.Territory); area != nil {
		rep = b.RepName(area.Rep)
	}
	var lastCall model.Date
	for call := range l.Calls.All() {
		if call.Date <= d.Date() {
			lastCall = call.Date
			break
		}
	}
	ratio := exchange.Cell{}
	if standing.Last != 0 {
		ratio = exchange.DecimalCell(standing.Ratio(), 2)
	}
	return []exchange.Cell{
		exchange.TextCell(l.Code), exchange.TextCell(l.Name), exchange.TextCell(l.Phone), exchange.TextCell(b.ClassName(l.Class)),
		exchange.TextCell(l.Territory), exchange.TextCell(areaName(b, l.Territory)), exchange.TextCell(rep),
		exchange.TextCell(p.T("state." + stateWords[standing.State])), exchange.DateCell(standing.Last), ratio, exchange.DateCell(lastCall),
		exchange.TextCell(string(l.Consent)), exchange.TextCell(l.Address.Street), exchange.TextCell(l.Address.Postcode),
		exchange.TextCell(l.Address.City), exchange.TextCell(l.Email), exchange.TextCell(l.Note),
	}
}

var stateWords = [...]string{"new", "on-track", "due", "overdue", "never"}

// Records is a canonical table of some records, with the classes as people call them.
func Records[T model.Record](b *model.Book, table model.Table, records []T) exchange.Sheet {
	settings := b.Settings()
	return exchange.Records(table, func(yield func(model.Record) bool) {
		for _, r := range records {
			if !yield(settings.WithClassNames(r)) {
				return
			}
		}
	})
}
