package words

// What the trade's things are called.

import (
	"doppelpass/model"
	"doppelpass/ui/text"
)

// AreaName is the name to show for a territory code.
func AreaName(p *text.Printer, b *model.Book, code string) string {
	if code == "" {
		return p.T("territory.none")
	}
	if area := b.Area(code); area != nil && area.Name != "" {
		return area.Name
	}
	return code
}

// CampaignName is the name to show for a campaign code.
func CampaignName(b *model.Book, code string) string {
	if c, ok := b.Campaign(code); ok && c.Name != "" {
		return c.Name
	}
	return code
}

// AccountName is the name to show for an account code.
func AccountName(b *model.Book, code string) string {
	if l := b.Account(code); l != nil && l.Name != "" {
		return l.Name
	}
	return code
}

// PersonName is the name to show for the code of somebody who works here.
func PersonName(b *model.Book, code string) string {
	if p, ok := b.Person(code); ok && p.Name != "" {
		return p.Name
	}
	return code
}

// StateWord is the stable word of an account's state, part of message keys.
func StateWord(state model.State) string {
	return [...]string{"new", "on-track", "due", "overdue", "never"}[state]
}

// State is an account's state: "overdue".
func State(p *text.Printer, state model.State) string { return p.T("state." + StateWord(state)) }

// Ratio is how far into its interval an account is: 3.5 ×; "–" when never visited.
func Ratio(p *text.Printer, standing model.Standing) string {
	if standing.Last == 0 {
		return "–"
	}
	return p.Decimal(standing.Ratio(), 1) + " ×"
}

// Kind is what a signal asks for: "step up visits".
func Kind(p *text.Printer, kind model.Kind) string { return p.T("signal.kind." + kind.String()) }

// Role is the name of a role.
func Role(p *text.Printer, role model.Role) string { return p.T("role." + string(role)) }

// Table is the name of a table.
func Table(p *text.Printer, table model.Table) string { return p.T("table." + string(table)) }

// percent writes whole percent.
func percent(p *text.Printer, whole int) string { return p.Percent(float64(whole) / 100) }

// repOf is the code of a territory's rep.
func repOf(b *model.Book, territory string) string {
	if area := b.Area(territory); area != nil {
		return area.Rep
	}
	return ""
}
