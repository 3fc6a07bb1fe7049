package accounts

import (
	"cmp"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// pairs are the account's facts, most asked for first.
func pairs(s *session.Session, e *entry) []kit.Pair {
	l, look := e.customer, s.Look
	p := look.Text
	standing := e.standing
	dim := func(text string) kit.Cell { return kit.Cell{Text: text, Role: kit.Dim} }
	or := func(text string) kit.Cell {
		if text == "" {
			return dim("–")
		}
		return kit.Cell{Text: text}
	}
	last := p.Recent(standing.Last, s.Today)
	due := kit.Cell{Text: p.T("accounts.due.never"), Role: kit.Dim}
	if standing.Last != 0 {
		day := standing.Last + model.Date(standing.Interval)
		due = kit.Cell{Spans: []kit.Span{{Text: p.Recent(day, s.Today)}}}
		if late := int(s.Today - day); late > 0 && !l.Inactive {
			due.Spans = append(due.Spans, kit.Span{Text: " " + p.N("accounts.late", late), Role: kit.Late})
		}
	}
	interval := "accounts.interval.class"
	if l.Interval > 0 {
		interval = "accounts.interval.own"
	}
	next := dim(p.T("accounts.next.none"))
	if e.next != 0 {
		next = kit.Cell{Text: p.WeekdayDay(e.next)}
	}
	rep := ""
	if area := s.Book.Area(l.Territory); area != nil {
		rep = s.Book.RepName(area.Rep)
	}
	consent := kit.Cell{Spans: []kit.Span{{Text: p.T("consent." + cmp.Or(string(l.Consent), "none"))}}}
	if l.Consent == model.ConsentNone {
		consent.Spans[0].Role = kit.Dim
	}
	if l.Consent == model.ConsentPresumed && l.ConsentBasis != "" {
		consent.Spans = append(consent.Spans, kit.Span{Text: " · " + l.ConsentBasis, Role: kit.Dim})
	}
	if l.Private {
		consent.Spans = append(consent.Spans, kit.Span{Text: " · " + p.T("forms.private"), Role: kit.Dim})
	}
	if s.Day().Refuses(l) {
		consent.Spans = []kit.Span{{Text: "○ " + p.T("forms.exclusion.opted_out"), Role: kit.Late}}
	}
	address := strings.TrimSpace(l.Address.Postcode + " " + l.Address.City)
	place := p.T("accounts.placed." + cmp.Or(string(l.Placed), "nowhere"))
	pairs := []kit.Pair{
		{Label: "accounts.last", Value: kit.Cell{Text: last}}, {Label: "accounts.interval", Value: kit.Cell{Text: p.N(interval, standing.Interval)}},
		{Label: "accounts.due", Value: due}, {Label: "accounts.next", Value: next},
		{Label: "accounts.territory", Value: kit.Cell{Text: s.AreaName(l.Territory)}}, {Label: "accounts.rep", Value: or(rep)},
		{Label: "accounts.phone", Value: or(l.Phone)}, {Label: "accounts.consent", Value: consent},
		{Label: "accounts.address", Value: or(strings.Trim(l.Address.Street+", "+address, " ,"))},
		{Label: "accounts.email", Value: or(l.Email)},
	}
	if l.Potential != 0 {
		pairs = append(pairs, kit.Pair{Label: "accounts.potential", Value: kit.Cell{Text: p.Amount(l.Potential)}})
	}
	if l.Since != 0 {
		pairs = append(pairs, kit.Pair{Label: "accounts.since", Value: kit.Cell{Text: p.Date(l.Since)}})
	}
	pairs = append(pairs, kit.Pair{Label: "accounts.placed", Value: dim(place)})
	for _, c := range s.Book.Campaigns() {
		if drew := c.Drew(l.Code); drew != model.NotDrawn && c.End >= s.Today {
			pairs = append(pairs, kit.Pair{Label: "campaigns.fact.lot", Value: kit.Cell{Text: p.T("accounts.lot", text.Args{"Campaign": kit.Clean(c.Name), "Lot": words.DrawnName(p, drew)})}})
		}
	}
	if l.Hours != "" {
		cell := kit.Cell{}
		if said, ok := p.HoursWritten(l.Hours); ok {
			cell.Text = said
		} else {
			cell = kit.Cell{Text: p.T("hours.unread", text.Args{"Written": l.Hours}), Role: kit.Late}
		}
		pairs = append(pairs, kit.Pair{Label: "accounts.hours", Value: cell})
	}
	if l.Hold {
		pairs = append(pairs, kit.Pair{Label: "forms.hold", Value: kit.Cell{Text: p.T("forms.hold.hint")}})
	}
	if l.VisitMinutes != 0 {
		pairs = append(pairs, kit.Pair{Label: "accounts.minutes", Value: kit.Cell{Text: p.T("accounts.minutes.value", text.Args{"Minutes": l.VisitMinutes})}})
	}
	return pairs
}

// signalsOf are the signals whose accounts the account is among.
func signalsOf(s *session.Session, l *model.Customer) []model.Signal {
	area := s.Book.Area(l.Territory)
	if area == nil || !area.Known || l.Inactive {
		return nil
	}
	var found []model.Signal
	is := func(other *model.Customer) bool { return other.Code == l.Code }
	for _, signal := range s.Day().AreaSignals(area) {
		among := slices.ContainsFunc(signal.Readiness.Accounts, is) || slices.ContainsFunc(signal.Contact.CallList, is) ||
			slices.ContainsFunc(signal.Contact.Excluded, func(x model.Excluded) bool { return is(x.Customer) })
		if signal.Kind == model.ReportsMissing {
			state := s.Day().Standing(l)
			among = !state.Covered() && state.State != model.StateNew
		}
		if among {
			found = append(found, signal)
		}
	}
	return found
}

// signalLine is one signal of the account and what it means here.
func signalLine(s *session.Session, signal model.Signal, i, width int) string {
	look := s.Look
	glyph, accent := tables.KindMark(signal.Kind)
	spans := []kit.Span{{Text: " " + glyph + " ", Role: accent}, {Text: s.KindTitle(signal.Kind)}}
	if signal.Campaign != "" {
		spans = append(spans, kit.Span{Text: " · " + s.CampaignName(signal.Campaign)})
	}
	if signal.OnCourse {
		spans = append(spans, kit.Span{Text: " · " + look.T("accounts.signal.on-course"), Role: kit.Dim})
	}
	if signal.InHand {
		spans = append(spans, kit.Span{Text: " · ✓ " + look.T("accounts.signal.in-hand"), Role: kit.Good})
	}
	if i == 0 {
		spans = append(spans, kit.Span{Text: "   " + look.KeyLabel("o"), Role: kit.Key}, kit.Span{Text: " " + look.T("accounts.signal.open"), Role: kit.Dim})
	}
	return kit.Line(look, width, spans...)
}
