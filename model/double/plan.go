package double

// What a campaign that is being planned would meet.

import "doppelpass/model"

// Plan is what a campaign would meet on a day.
type Plan struct {
	Campaign string // code
	Targets  int
	// Visited and Planned are the targets, each counted once, that sales visited within
	// Days before the campaign begins or has a visit planned at until Days after it ends;
	// of campaigns of calls only: the others ask for those visits.
	Visited, Planned int
	Clashes          []Clash // with other campaigns, by their days in common
}

// Other is the campaign of a clash that is not this one.
func (c Clash) Other(campaign string) string {
	if c.Campaigns[0] == campaign {
		return c.Campaigns[1]
	}
	return c.Campaigns[0]
}

// Planning is what a campaign would meet if it stood as it is, a draft as if it were
// planned; nothing of one that is cancelled or over.
func Planning(d *model.Day, c model.Campaign) Plan {
	plan := Plan{Campaign: c.Code}
	if c.Status == model.CampaignCancelled || c.End < d.Date() || c.End < c.Start {
		return plan
	}
	b := d.Book()
	for _, area := range b.CampaignAreas(c) {
		for _, l := range area.Accounts() {
			if l.Inactive || !b.AimsAt(c, &l.Account) {
				continue
			}
			plan.Targets++
			if !c.IsTelemarketing() {
				continue
			}
			switch last := l.Visits.OnOrBefore(min(d.Date(), c.End+Days)); {
			case last != 0 && last >= c.Start-Days:
				plan.Visited++
			case plannedIn(l, max(d.Date(), c.Start-Days), c.End+Days):
				plan.Planned++
			}
		}
	}
	for _, other := range b.Campaigns() {
		if other.Code == c.Code || other.Status != model.CampaignPlanned || other.End < d.Date() {
			continue
		}
		if clash, ok := Between(d, other, c); ok {
			plan.Clashes = append(plan.Clashes, clash)
		}
	}
	return plan
}

func plannedIn(l *model.Customer, from, to model.Date) bool {
	for _, p := range l.Planned {
		if p.Date >= from && p.Date <= to {
			return true
		}
	}
	return false
}
