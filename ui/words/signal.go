package words

// The sentence of a signal. Every sentence is one message; where grammar or the case
// at hand asks for another shape, it is another message.

import (
	"doppelpass/model"
	"doppelpass/ui/text"
)

// Signal is the signal as a colleague would say it: one or several sentences, in
// the order in which they are to be read.
func Signal(p *text.Printer, d *model.Day, s model.Signal) []string {
	var sentences []string
	switch s.Kind {
	case model.StepUpVisits:
		sentences = visitSentences(p, d, s)
	case model.AddTelemarketing:
		sentences = contactSentences(p, d, s)
	default:
		sentences = reportSentences(p, d, s)
	}
	if away := Absent(p, d.Book(), repOf(d.Book(), s.Territory), d.Date()); away != "" {
		sentences = append(sentences, away)
	}
	return sentences
}

func visitSentences(p *text.Printer, d *model.Day, s model.Signal) []string {
	b, today := d.Book(), d.Date()
	r := s.Readiness
	sentences := []string{startSentence(p, b, s.Campaign, today), doneSentence(p, r)}
	switch {
	case r.BeforeWindow:
		sentences = append(sentences, p.N("wording.days.later", r.DaysLeft, text.Args{
			"From": day(p, r.WindowStart, today), "Until": day(p, r.WindowEnd, today)}))
	case r.DaysLeft == 0:
		sentences = append(sentences, p.T("wording.days.none"))
	default:
		sentences = append(sentences, p.N("wording.days.left", r.DaysLeft))
	}
	switch {
	case r.CalendarUnknown:
		sentences = append(sentences, p.T("wording.calendar.unknown", text.Args{"Calendar": r.Calendar}))
	case len(r.Holidays) > 0:
		sentences = append(sentences, p.N("wording.holidays", len(r.Holidays), text.Args{"Days": dayList(p, r.Holidays, today)}))
	}
	if r.DaysLeft > 1 { // "27 today" as a weekly pace would mislead
		sentences = append(sentences, paceSentence(p, r))
	}
	switch rep := repOf(b, s.Territory); {
	case rep == "":
		sentences = append(sentences, p.T("wording.room.vacant"))
	case r.Room == 0:
		sentences = append(sentences, p.T("wording.room.none", text.Args{"Rep": b.RepName(rep)}))
	case r.Contested > 0:
		sentences = append(sentences, p.N("wording.room.contested", r.ContestedBy, text.Args{
			"Rep": b.RepName(rep), "Room": p.Int(r.Room), "Contested": p.Int(r.Contested)}))
	default:
		sentences = append(sentences, p.N("wording.room", r.Room, text.Args{"Rep": b.RepName(rep)}))
	}
	sentences = append(sentences, thereSentences(p, r)...)
	if r.Beyond > 0 {
		sentences = append(sentences, p.N("wording.beyond", r.Beyond))
	}
	if s.OnCourse {
		sentences = append(sentences, p.T("wording.on-course"))
	}
	return sentences
}

// startSentence says where in its run the campaign is.
func startSentence(p *text.Printer, b *model.Book, code string, today model.Date) string {
	c, _ := b.Campaign(code)
	args := text.Args{"Campaign": CampaignName(b, code), "Start": day(p, c.Start, today), "End": day(p, c.End, today)}
	switch {
	case today < c.Start:
		return p.N("wording.starts", int(c.Start-today), args)
	case today == c.Start && today == c.End:
		return p.T("wording.takes-place.today", args)
	case today == c.Start:
		return p.T("wording.starts.today", args)
	case today == c.End:
		return p.T("wording.ends.today", args)
	}
	return p.N("wording.runs", int(c.End-today), args)
}

// doneSentence says how many of the needed visits are done, booked and missing.
func doneSentence(p *text.Printer, r model.Readiness) string {
	args := text.Args{"Needed": p.Int(r.Needed), "Booked": p.Int(r.Booked), "Gap": p.Int(r.Gap)}
	switch {
	case r.Served == 0 && r.Booked == 0 && r.Needed == 1:
		return p.T("wording.visits.single")
	case r.Served == 0 && r.Booked == 0:
		return p.T("wording.visits.none", args)
	case r.Served == 0:
		return p.N("wording.visits.booked", r.Booked, args)
	case r.Booked == 0:
		return p.N("wording.visits.done", r.Served, args)
	}
	return p.N("wording.visits.both", r.Served, args)
}

func paceSentence(p *text.Printer, r model.Readiness) string {
	args := text.Args{"Needed": p.Decimal(r.RequiredPace, 1), "Usual": p.Decimal(r.UsualPace, 1), "Weeks": p.Int(model.PaceWeeks)}
	switch {
	case r.UsualPace == 0:
		return p.T("wording.pace.none", args)
	case r.RequiredPace <= r.UsualPace:
		return p.T("wording.pace.enough", args)
	}
	return p.T("wording.pace.more", args)
}

func contactSentences(p *text.Printer, d *model.Day, s model.Signal) []string {
	b, today := d.Book(), d.Date()
	c := s.Contact
	sentences := []string{contactSentence(p, d, c.Coverage)}
	if byPhone := c.Contacted - c.Covered; byPhone > 0 {
		sentences = append(sentences, p.N("wording.contact.phone", byPhone))
	}
	if c.Clear {
		sentences = append(sentences, p.T("wording.clear"))
	} else {
		sentences = append(sentences, p.N("wording.weak", c.Accounts))
	}
	if area := b.Area(s.Territory); area != nil {
		n := d.Numbers(area)
		args := text.Args{"Usual": p.Decimal(n.UsualPace(), 1), "Needed": p.Decimal(n.NeededPace, 1), "Weeks": p.Int(model.PaceWeeks)}
		switch {
		case n.NeededPace > 0 && n.UsualPace() == 0:
			sentences = append(sentences, p.T("wording.intervals.none", args))
		case n.UsualPace() < n.NeededPace:
			sentences = append(sentences, p.T("wording.intervals", args))
		}
	}
	switch {
	case len(c.CallList) > 0 && len(c.Excluded) > 0:
		sentences = append(sentences, p.N("wording.calls", len(c.CallList)), p.N("wording.calls.excluded", len(c.Excluded)))
	case len(c.CallList) > 0:
		sentences = append(sentences, p.N("wording.calls", len(c.CallList)))
	case len(c.Excluded) > 0:
		sentences = append(sentences, p.N("wording.calls.none", len(c.Excluded)))
	}
	if s.InHand {
		campaign, _ := b.Campaign(s.Campaign)
		args := text.Args{"Campaign": CampaignName(b, s.Campaign),
			"Start": day(p, campaign.Start, today), "End": day(p, campaign.End, today)}
		if campaign.Start > today {
			sentences = append(sentences, p.T("wording.in-hand.starts", args))
		} else {
			sentences = append(sentences, p.T("wording.in-hand.runs", args))
		}
	}
	return sentences
}

func contactSentence(p *text.Printer, d *model.Day, c model.Coverage) string {
	args := text.Args{"Accounts": p.Int(c.Accounts), "Share": ContactShare(p, d, c), "Threshold": percent(p, d.Settings().ContactThreshold)}
	if c.Contacted == 0 {
		return p.N("wording.contact.none", c.Accounts, args)
	}
	return p.N("wording.contact", c.Contacted, args)
}

func reportSentences(p *text.Printer, d *model.Day, s model.Signal) []string {
	b, today := d.Book(), d.Date()
	last := s.Contact.LastReport
	then := d.ThenCovered(s)
	return []string{
		p.N("wording.silent", int(today-last), text.Args{"Rep": b.RepName(repOf(b, s.Territory)), "Last": day(p, last, today)}),
		p.T("wording.silent.then", text.Args{"Then": ContactShare(p, d, then), "Now": ContactShare(p, d, s.Contact.Coverage)}),
		p.T("wording.silent.ask"),
	}
}

// day is a day within a sentence, with its year where that is not today's.
func day(p *text.Printer, d, today model.Date) string {
	if d.Time().Year() != today.Time().Year() {
		return p.Date(d)
	}
	return p.DayLong(d)
}

// dayList names days one after the other: 25.12., 01.01.2027.
func dayList(p *text.Printer, days []model.Date, today model.Date) string {
	list := ""
	for i, d := range days {
		if i > 0 {
			list += ", "
		}
		list += p.DayOf(d, today)
	}
	return list
}

// ContactShare is the contact rate as people read it, on the right side of what it
// should be.
func ContactShare(p *text.Printer, d *model.Day, c model.Coverage) string {
	return p.Share(c.Contacted, c.Accounts, d.Settings().ContactThreshold)
}
