package model

// Signals 2 and 3: where marketing should call, and where only the reports are
// missing.

// UnderContacted reports whether the accounts are enough to tell and too few of
// them are contacted: what raises the signal of a territory.
func (s *Settings) UnderContacted(c Coverage) bool {
	return c.Accounts >= s.MinimumAccounts && !s.EnoughContacted(c)
}

// EnoughContacted reports whether as many are contacted as the rules ask for, without
// rounding.
func (s *Settings) EnoughContacted(c Coverage) bool {
	return c.Contacted*100 >= s.ContactThreshold*c.Accounts
}

// underContacted raises the telemarketing signal, or the one for missing reports
// when the under-visiting is only apparent.
func (d *Day) underContacted(area *Area) (Signal, bool) {
	cover := d.numbers(area).All
	if !d.settings.UnderContacted(cover) {
		return Signal{}, false
	}
	threshold := d.settings.ContactThreshold
	z := float64(d.settings.Certainty) / 10000
	s := Signal{Kind: AddTelemarketing, Territory: area.Code, Contact: InContact{
		Coverage: cover,
		Clear:    WilsonUpper(cover.Contacted, cover.Accounts, z) < float64(threshold)/100,
	}}
	// 100 × (1 − contacted / (n × threshold)), halved when weak
	part, of := 100*(threshold*cover.Accounts-100*cover.Contacted), threshold*cover.Accounts
	if !s.Contact.Clear {
		of *= 2
	}
	s.Urgency = roundHalfUp(part, of)

	if last, silent := d.silent(area); silent {
		s.Kind, s.Contact.LastReport = ReportsMissing, last
		return s, true
	}
	s.Contact.CallList, s.Contact.Excluded = d.callList(area)
	if helper, found := d.telemarketingIn(area); found {
		s.InHand, s.Campaign = true, helper.Code
	}
	return s, true
}

// silent reports whether the territory's rep has stopped reporting while the
// territory was still well in contact; last is the rep's last report day.
func (d *Day) silent(area *Area) (last Date, yes bool) {
	return d.silentOn(d.date, &wellOn{of: area})
}

// asSilent reports whether of the signals of an area the one about contact says the same
// of the rep's reports as these say now.
func (d *Day) asSilent(area *Area, found []Signal) bool {
	for i := range found {
		if s := &found[i]; s.Kind != StepUpVisits {
			last, silent := d.silent(area)
			return silent == (s.Kind == ReportsMissing) && (!silent || last == s.Contact.LastReport)
		}
	}
	return true // there is none, whatever is reported
}

// wellOn is whether an area was well in contact on the day that was asked for last.
type wellOn struct {
	of   *Area
	date Date
	well bool
}

// silentOn is silent on another day, by the day's rules.
func (d *Day) silentOn(day Date, well *wellOn) (last Date, yes bool) {
	area := well.of
	if area.Rep == "" {
		return 0, false
	}
	last = d.book.reports[area.Rep].OnOrBefore(day)
	if last == 0 || int(day-last) < d.settings.SilentDays {
		return 0, false
	}
	if well.date != last { // many days have the same last report
		well.date, well.well = last, d.wasWell(area, last)
	}
	return last, well.well
}

// wasWell reports whether an area was well in contact on a day.
func (d *Day) wasWell(area *Area, day Date) bool {
	var then Coverage
	for _, l := range area.accounts {
		if l.Inactive {
			continue
		}
		if s := d.StandingOn(l, day); s.State != StateNew {
			then.Accounts++
			if s.Contacted {
				then.Contacted++
			}
		}
	}
	return then.Accounts > 0 && d.settings.EnoughContacted(then)
}

// telemarketingIn finds the telemarketing campaign that has the territory in
// hand; of several the one that starts first.
func (d *Day) telemarketingIn(area *Area) (Campaign, bool) {
	for _, c := range d.campaigns() {
		if c.Status == CampaignPlanned && c.IsTelemarketing() && c.End >= d.date &&
			c.Start <= d.date+Date(d.settings.Horizon) && c.Names(area.Territory) {
			return c, true
		}
	}
	return Campaign{}, false
}
