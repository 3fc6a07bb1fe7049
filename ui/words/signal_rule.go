package words

// The rule that raises a signal, with the numbers of the case put in.

import (
	"doppelpass/model"
	"doppelpass/ui/text"
	"slices"
)

// SignalRule is the rule that raises the signal with its numbers put in, a line for each
// step of the reckoning.
func SignalRule(p *text.Printer, d *model.Day, s model.Signal) []string {
	switch s.Kind {
	case model.StepUpVisits:
		return visitRule(p, d, s)
	case model.AddTelemarketing:
		return contactRule(p, d, s)
	}
	return reportRule(p, d, s)
}

func visitRule(p *text.Printer, d *model.Day, s model.Signal) []string {
	b, today := d.Book(), d.Date()
	settings, r := d.Settings(), s.Readiness
	c, _ := b.Campaign(s.Campaign)
	rep := repOf(b, s.Territory)
	visits := 0
	for _, count := range r.Weeks {
		visits += count
	}
	days := p.N("wording.rule.in-days", max(1, r.DaysLeft))
	weight := 1.0
	if r.BeforeWindow && settings.Horizon > settings.Lead {
		span := float64(settings.Horizon - settings.Lead)
		weight = 0.5 + 0.5*float64(today-(c.Start-model.Date(settings.Horizon)))/span
	}
	gap := "wording.rule.gap"
	if r.Gap == 0 {
		gap = "wording.rule.gap.closed"
	}
	lines := []string{
		p.T("wording.rule.horizon", text.Args{"Horizon": p.Int(settings.Horizon),
			"From": day(p, c.Start-model.Date(settings.Horizon), today), "Until": day(p, c.End, today)}),
		p.T("wording.rule.window", text.Args{"Lead": p.Int(settings.Lead),
			"From": day(p, r.WindowStart, today), "Until": day(p, r.WindowEnd, today)}),
		p.T("wording.rule.needed", text.Args{"Share": percent(p, settings.TargetShare), "Targets": p.Int(r.Targets), "Needed": p.Int(r.Needed + r.ByPhone)}),
		byPhone(p, r),
		p.T(gap, text.Args{"Needed": p.Int(r.Needed), "Served": p.Int(r.Served), "Booked": p.Int(r.Booked), "Gap": p.Int(r.Gap)}),
		workingDays(p, d, r),
		p.T("wording.rule.required", text.Args{"Gap": p.N("wording.rule.visits", r.Gap), "Days": days, "Pace": p.Decimal(r.RequiredPace, 1)}),
		p.T("wording.rule.usual", text.Args{"Visits": p.N("wording.rule.visits", visits), "Weeks": p.Int(model.PaceWeeks), "Pace": p.Decimal(r.UsualPace, 1)}),
	}
	lines = slices.DeleteFunc(lines, func(line string) bool { return line == "" })
	if r.Gap > 0 && s.OnCourse {
		lines = append(lines, p.T("wording.rule.on-course", text.Args{"Pace": p.Decimal(r.RequiredPace, 1), "Usual": p.Decimal(r.UsualPace, 1)}))
	}
	if r.Vacant {
		lines = append(lines, p.T("wording.rule.room.vacant"))
	} else {
		key, args := "wording.rule.room", text.Args{"Capacity": p.N("wording.rule.visits", d.Capacity(rep)), "Days": days, "Planned": p.Int(r.Planned), "Room": p.Int(r.Room - r.CoverRoom)}
		if r.HalvesAway > 0 {
			key += ".away"
			args["Away"] = p.Decimal(float64(r.HalvesAway)/2, r.HalvesAway%2)
		}
		lines = append(lines, p.T(key, args))
		if r.CoverHalves > 0 {
			covered := 2 // all but one whole day are several: 0.5 days
			if r.CoverHalves == 2 {
				covered = 1
			}
			lines = append(lines, p.T("cover.rule", text.Args{
				"Days": p.N("cover.days", covered, text.Args{"Days": p.Decimal(float64(r.CoverHalves)/2, r.CoverHalves%2)}),
				"Room": p.N("wording.rule.visits", r.CoverRoom), "Total": p.Int(r.Room)}))
		}
	}
	if r.Contested > 0 {
		lines = append(lines, p.N("wording.rule.contested", r.ContestedBy, text.Args{"Contested": p.Int(r.Contested)}))
	}
	if r.Beyond > 0 {
		lines = append(lines, p.T("wording.rule.beyond", text.Args{"Gap": p.Int(r.Gap), "Room": p.Int(r.Room), "Beyond": p.Int(r.Beyond)}))
	}
	if r.Gap > 0 {
		lines = append(lines, p.T("wording.rule.urgency.visits", text.Args{"Gap": p.Int(r.Gap), "Needed": p.Int(r.Needed),
			"Weight": p.Decimal(weight, 2), "Urgency": p.Int(s.Urgency)}))
	}
	return append(lines, p.T("wording.rule.order"))
}

// workingDays says which days count: Monday to Friday without public holidays.
func workingDays(p *text.Printer, d *model.Day, r model.Readiness) string {
	args := text.Args{"From": day(p, max(d.Date(), r.WindowStart), d.Date()), "Until": day(p, r.WindowEnd, d.Date()),
		"Days": p.Int(r.DaysLeft), "Calendar": r.Calendar, "List": dayList(p, r.Holidays, d.Date())}
	switch {
	case r.CalendarUnknown:
		return p.T("wording.rule.days.unknown", args)
	case r.Calendar == "":
		return p.T("wording.rule.days", args)
	case len(r.Holidays) == 0:
		return p.T("wording.rule.days.none", args)
	}
	return p.T("wording.rule.days.holidays", args)
}

// coverageLines explain the contact rate and whether it is below the threshold.
func coverageLines(p *text.Printer, d *model.Day, c model.Coverage) []string {
	settings := d.Settings()
	below := settings.UnderContacted(c)
	contact := "wording.rule.contact.reached"
	if below {
		contact = "wording.rule.contact"
	}
	return []string{
		p.T("wording.rule.contacted", text.Args{"Worth": percent(p, settings.CallWorth)}),
		p.T(contact, text.Args{"Contacted": p.Int(c.Contacted), "Accounts": p.Int(c.Accounts), "Share": ContactShare(p, d, c),
			"Threshold": percent(p, settings.ContactThreshold), "Minimum": p.Int(settings.MinimumAccounts)}),
	}
}

// sureLines explain how sure the shortfall is and how urgent that makes it.
func sureLines(p *text.Printer, d *model.Day, s model.Signal) []string {
	settings := d.Settings()
	sure, urgency := "wording.rule.weak", "wording.rule.urgency.weak"
	if s.Contact.Clear {
		sure, urgency = "wording.rule.clear", "wording.rule.urgency.clear"
	}
	z := float64(settings.Certainty) / 10000
	threshold := percent(p, settings.ContactThreshold)
	return []string{
		p.T(sure, text.Args{"Z": p.Decimal(z, 2), "Threshold": threshold,
			"Upper": p.Decimal(100*model.WilsonUpper(s.Contact.Contacted, s.Contact.Accounts, z), 1) + " %"}),
		p.T(urgency, text.Args{"Share": ContactShare(p, d, s.Contact.Coverage), "Threshold": threshold, "Urgency": p.Int(s.Urgency)}),
	}
}

func contactRule(p *text.Printer, d *model.Day, s model.Signal) []string {
	b, today := d.Book(), d.Date()
	lines := append(coverageLines(p, d, s.Contact.Coverage), sureLines(p, d, s)...)
	lines = append(lines, p.T("wording.rule.calls"))
	if s.InHand {
		c, _ := b.Campaign(s.Campaign)
		lines = append(lines, p.T("wording.rule.in-hand", text.Args{"Campaign": CampaignName(b, s.Campaign),
			"Start": day(p, c.Start, today), "End": day(p, c.End, today)}))
	}
	return lines
}

func reportRule(p *text.Printer, d *model.Day, s model.Signal) []string {
	today := d.Date()
	settings, then := d.Settings(), d.ThenCovered(s)
	lines := coverageLines(p, d, s.Contact.Coverage)
	lines = append(lines,
		p.N("wording.rule.silent", int(today-s.Contact.LastReport), text.Args{"Limit": p.Int(settings.SilentDays), "Last": day(p, s.Contact.LastReport, today)}),
		p.T("wording.rule.then", text.Args{"Contacted": p.Int(then.Contacted), "Accounts": p.Int(then.Accounts),
			"Share": ContactShare(p, d, then), "Threshold": percent(p, settings.ContactThreshold)}),
	)
	return append(lines, sureLines(p, d, s)...)
}

// byPhone says how many of the accounts needed are called in place of a visit; "" for
// none.
func byPhone(p *text.Printer, r model.Readiness) string {
	if r.ByPhone == 0 {
		return ""
	}
	return p.N("wording.rule.by-phone", r.ByPhone, text.Args{"Needed": p.Int(r.Needed)})
}
