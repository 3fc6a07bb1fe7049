package words

// The one-line forms of a signal, for lists and tables.

import (
	"doppelpass/model"
	"doppelpass/ui/text"
)

// Brief is a signal in a few words for each of the columns of a list. Any but
// Subject may be empty.
type Brief struct {
	Subject string // the campaign; "9 of 31 contacted"; "nothing logged for 19 days"
	Amount  string // by how much: "27 short", "29 %"
	When    string // by when: "starts in 9 days", "last visit 2 Sep", "until 4 Dec"
	Why     string // "6.4 a week, usual 2.1"; how sure: "clear · 14 to call"
}

// SignalBrief is the signal in a few words.
func SignalBrief(p *text.Printer, d *model.Day, s model.Signal) Brief {
	switch s.Kind {
	case model.StepUpVisits:
		return shortVisits(p, d, s)
	case model.AddTelemarketing:
		return shortContact(p, d, s)
	}
	return Brief{
		Subject: p.N("wording.short.silent", int(d.Date()-s.Contact.LastReport)),
		Amount:  ContactShare(p, d, s.Contact.Coverage),
		When:    p.T("wording.short.last-report", text.Args{"Day": p.DayOf(s.Contact.LastReport, d.Date())}),
		Why:     contacted(p, s.Contact.Coverage),
	}
}

func shortVisits(p *text.Printer, d *model.Day, s model.Signal) Brief {
	b, today := d.Book(), d.Date()
	c, _ := b.Campaign(s.Campaign)
	return Brief{
		Subject: CampaignName(b, s.Campaign),
		Amount:  p.N("wording.short.gap", s.Readiness.Gap),
		When:    CampaignWhen(p, c, today),
		Why: p.T("wording.short.pace", text.Args{
			"Needed": p.Decimal(s.Readiness.RequiredPace, 1), "Usual": p.Decimal(s.Readiness.UsualPace, 1)}),
	}
}

// CampaignWhen says in a few words where a campaign that is not over is in its run.
func CampaignWhen(p *text.Printer, c model.Campaign, today model.Date) string {
	switch {
	case today < c.Start:
		return p.N("wording.short.starts", int(c.Start-today))
	case today >= c.End:
		return p.T("wording.short.ends.today")
	case today == c.Start:
		return p.T("wording.short.starts.today")
	}
	return p.N("wording.short.ends", int(c.End-today))
}

func shortContact(p *text.Printer, d *model.Day, s model.Signal) Brief {
	b, today := d.Book(), d.Date()
	brief := Brief{Subject: contacted(p, s.Contact.Coverage), Amount: ContactShare(p, d, s.Contact.Coverage)}
	strength := "wording.short.calls.weak"
	if s.Contact.Clear {
		strength = "wording.short.calls.clear"
	}
	brief.Why = p.N(strength, len(s.Contact.CallList))
	if s.InHand {
		c, _ := b.Campaign(s.Campaign)
		brief.Subject = CampaignName(b, s.Campaign)
		if c.Start > today {
			brief.When = p.T("wording.short.from", text.Args{"Day": p.DayOf(c.Start, today)})
		} else {
			brief.When = p.T("wording.short.until", text.Args{"Day": p.DayOf(c.End, today)})
		}
		return brief
	}
	if area := b.Area(s.Territory); area != nil {
		if last := d.Numbers(area).LastVisit; last != 0 {
			brief.When = p.T("wording.short.last-visit", text.Args{"Day": p.Recent(last, today)})
		} else {
			brief.When = p.T("wording.short.last-visit.never")
		}
	}
	return brief
}

func contacted(p *text.Printer, c model.Coverage) string {
	return p.T("wording.short.contacted", text.Args{"Contacted": p.Int(c.Contacted), "Accounts": p.Int(c.Accounts)})
}

// Strength is how sure a telemarketing signal is: clear or weak.
func Strength(p *text.Printer, c model.InContact) string {
	if c.Clear {
		return p.T("wording.short.clear")
	}
	return p.T("wording.short.weak")
}

// Exclusion is why an account should not be called, with the settings' numbers.
func Exclusion(p *text.Printer, settings model.Settings, e model.Exclusion) string {
	counts := map[model.Exclusion]int{
		model.VisitedLately: settings.VisitPause, model.PlannedSoon: settings.PlanPause,
		model.CalledLately: settings.CallPause, model.TooManyAttempts: settings.MaximumAttempts,
	}
	key := "wording.exclusion." + e.String()
	if count, counted := counts[e]; counted {
		return p.N(key, count, text.Args{"Attempt": p.Int(settings.AttemptPause)})
	}
	return p.T(key)
}
