package forms

// What is odd about the values of a form without being wrong: said below the field, and
// nobody is kept from saving.

import (
	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// cautionNames is how many campaigns a caution enumerates.
const cautionNames = 3

// onHoliday says that a day is a public holiday where the account is; "" otherwise.
func onHoliday(s *session.Session, account string, day model.Date) string {
	l := s.Book.Account(account)
	if l == nil || day == 0 {
		return ""
	}
	var t model.Territory
	if area := s.Book.Area(l.Territory); area != nil {
		t = area.Territory
	}
	if len(s.Day().Holidays(t, day, day)) == 0 {
		return ""
	}
	calendar, _ := s.Day().Calendar(t)
	return s.Look.T("forms.caution.holiday", text.Args{"Day": s.Look.Text.WeekdayDay(day), "Calendar": calendar})
}

// holidayOf warns of a public holiday at the account that the form is about.
func holidayOf(s *session.Session, day string) func(kit.Values) string {
	return func(v kit.Values) string { return onHoliday(s, v.Text("account"), v.Day(day)) }
}

// beforeCampaign warns of a call that is older than the campaign it is said to belong to.
func beforeCampaign(s *session.Session) func(kit.Values) string {
	return func(v kit.Values) string {
		c, ok := s.Book.Campaign(v.Text("campaign"))
		day := v.Day("date")
		switch {
		case !ok || day == 0:
			return ""
		case day < c.Start:
			return s.Look.T("forms.caution.before-campaign", text.Args{"Name": c.Name, "Day": s.Look.Text.Date(c.Start)})
		case day > c.End:
			return s.Look.T("forms.caution.after-campaign", text.Args{"Name": c.Name, "Day": s.Look.Text.Date(c.End)})
		}
		return ""
	}
}

// campaignDays warns of a campaign that would begin in the past.
func campaignDays(s *session.Session, isNew bool) func(kit.Values) string {
	return func(v kit.Values) string {
		if day := v.Day("start"); isNew && day != 0 && day < s.Today {
			return s.Look.T("forms.caution.past")
		}
		return ""
	}
}

// campaignOverlaps warns of the campaigns that ask for visits in the same territories on
// the same days, and says which public holidays lie in the campaign.
func campaignOverlaps(s *session.Session, code func(kit.Values) string) func(kit.Values) string {
	return func(v kit.Values) string {
		c := model.Campaign{Code: code(v), Kind: kindOf(s, v.Text("kind")), Start: v.Day("start"), End: v.Day("end"), Status: model.CampaignPlanned}
		if c.Start == 0 || c.End < c.Start {
			return ""
		}
		c.Territories, _ = placesOf(s, v.Text("territories"))
		var names []string
		for _, other := range s.Book.Overlaps(c) {
			names = append(names, other.Name)
		}
		print := s.Look.Text
		said := ""
		if len(names) > 0 {
			said = print.N("forms.caution.overlap", len(names), text.Args{"Names": words.List(print, names, cautionNames)})
		}
		var holidays []string
		seen := map[model.Date]bool{}
		for _, area := range s.Book.CampaignAreas(c) {
			for _, day := range s.Day().Holidays(area.Territory, c.Start, min(c.End, c.Start+366)) {
				if !seen[day] {
					seen[day] = true
					holidays = append(holidays, print.WeekdayDay(day))
				}
			}
		}
		if len(holidays) > 0 {
			if said != "" {
				said += " "
			}
			said += print.N("forms.caution.holidays", len(holidays), text.Args{"Days": words.List(print, holidays, cautionNames)})
		}
		return said
	}
}
