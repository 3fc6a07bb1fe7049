package words

import (
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
)

// OddEvents says that events of a calendar were not taken as they stand, with the first of them;
// "" for none.
func OddEvents(p *text.Printer, odd []exchange.OddEvent) string {
	if len(odd) == 0 {
		return ""
	}
	return p.N("absences.odd", len(odd), oddArgs(p, odd[0]))
}

// OddEvent says it of one.
func OddEvent(p *text.Printer, odd exchange.OddEvent) string {
	return p.T("absences.odd.one", oddArgs(p, odd))
}

func oddArgs(p *text.Printer, odd exchange.OddEvent) text.Args {
	day := "–"
	if odd.Day != 0 {
		day = p.Date(odd.Day)
	}
	return text.Args{"Title": odd.Title, "Day": day, "Why": p.T("reason."+string(odd.Why), text.Args{"A": odd.Arg})}
}
