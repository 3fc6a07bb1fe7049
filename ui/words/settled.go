package words

// What became of planned visits.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/ui/text"
)

// DroppedReason says why a planned visit was dropped; a team's own words stay as they are.
func DroppedReason(p *text.Printer, reason string) string {
	if key := "dropped." + reason; reason != "" && p.Has(key) {
		return p.T(key)
	}
	return reason
}

// SettledWords says what became of a planned visit.
func SettledWords(p *text.Printer, s model.SettledVisit) string {
	became := p.T("week.tick." + s.Became)
	if s.Became == model.BecameDropped && s.Reason != "" {
		return p.T("week.settled.reason", text.Args{"Became": became, "Reason": DroppedReason(p, s.Reason)})
	}
	return became
}

// SettledSum counts what became of planned visits, the dropped by their reasons.
func SettledSum(p *text.Printer, list []model.SettledVisit) string {
	if len(list) == 0 {
		return ""
	}
	became, reasons := map[string]int{}, map[string]int{}
	var own []string
	for _, s := range list {
		became[s.Became]++
		if s.Became == model.BecameDropped && s.Reason != "" {
			if reasons[s.Reason]++; reasons[s.Reason] == 1 {
				own = append(own, s.Reason)
			}
		}
	}
	parts := []string{p.N("week.settled.met", became[model.BecameMet])}
	if n := became[model.BecameNotMet]; n > 0 {
		parts = append(parts, p.N("week.settled.not-met", n))
	}
	if n := became[model.BecameDropped]; n > 0 {
		var why []string
		for _, reason := range inOrder(own) {
			why = append(why, p.T("week.settled.count", text.Args{"Count": p.Int(reasons[reason]), "Reason": DroppedReason(p, reason)}))
		}
		dropped := p.N("week.settled.dropped", n)
		if len(why) > 0 {
			dropped = p.T("week.settled.dropped.why", text.Args{"Dropped": dropped, "Reasons": strings.Join(why, ", ")})
		}
		parts = append(parts, dropped)
	}
	return p.N("week.settled.planned", len(list), text.Args{"Parts": strings.Join(parts, " · ")})
}

// inOrder are reasons in the order in which they are offered, a team's own behind them.
func inOrder(reasons []string) (list []string) {
	known := map[string]bool{}
	for _, r := range reasons {
		known[r] = true
	}
	for _, r := range model.DroppedReasons {
		if known[r] {
			list = append(list, r)
			delete(known, r)
		}
	}
	for _, r := range reasons {
		if known[r] {
			list = append(list, r)
		}
	}
	return list
}
