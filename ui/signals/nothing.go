package signals

// What stands in an empty list: why there is nothing to do, and what comes next.

import (
	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// nothingToDo says why a department's list is empty and what comes next.
func nothingToDo(s *session.Session, owner model.Role) string {
	if waiting := repliesDue(s, owner); len(waiting) > 0 {
		return s.Look.Text.N("signals.empty.reply", len(waiting), text.Args{"First": words.CaseSubject(s.Look.Text, s.Book, waiting[0])})
	}
	if owner == model.RoleMarketing {
		return nothingToCall(s)
	}
	p, settings := s.Look.Text, s.Book.Settings()
	ready := 0
	for _, c := range s.Book.Campaigns() {
		if !c.NeedsVisits() || c.End < s.Today {
			continue
		}
		if from := c.Start - model.Date(settings.Horizon); from > s.Today {
			if ready == 0 {
				return p.T("signals.empty.next", text.Args{"Campaign": s.CampaignName(c.Code), "From": p.DayLong(from)})
			}
			break
		}
		ready++
	}
	if ready == 0 {
		return p.T("signals.empty.no-campaign")
	}
	return p.N("signals.empty.ready", ready)
}

// repliesDue are the other department's signals at which a counter-proposal waits for an
// answer by this one.
func repliesDue(s *session.Session, department model.Role) (keys []model.SignalKey) {
	for _, signal := range s.Signals() {
		if signal.Kind.Owner() == department {
			continue
		}
		if c, running := s.Case(signal.Key()); running && c.State == answer.Countered && c.Turn == department {
			keys = append(keys, signal.Key())
		}
	}
	return keys
}

func nothingToCall(s *session.Session) string {
	p, settings := s.Look.Text, s.Book.Settings()
	waiting := map[string]bool{} // territories that only seem to lack contact
	for _, signal := range s.Signals() {
		if signal.Kind == model.ReportsMissing {
			waiting[signal.Territory] = true
		}
	}
	lowest, covered := "", model.Coverage{}
	for _, area := range s.Book.Areas() {
		if waiting[area.Code] {
			continue
		}
		cover := s.Day().Numbers(area).All
		if cover.Accounts >= settings.MinimumAccounts && (lowest == "" || cover.ContactedShare() < covered.ContactedShare()) {
			lowest, covered = area.Code, cover
		}
	}
	if lowest == "" && len(waiting) > 0 {
		return p.N("signals.empty.waiting", len(waiting))
	}
	if lowest == "" {
		return p.N("signals.empty.no-territory", settings.MinimumAccounts)
	}
	return p.T("signals.empty.contact", text.Args{
		"Territory": s.AreaName(lowest), "Share": words.ContactShare(p, s.Day(), covered), "Threshold": p.Percent(float64(settings.ContactThreshold) / 100)})
}
