package week

// A week in a line of a month: what a person wants to know before opening it.

import (
	"doppelpass/model"
	"doppelpass/model/route"
)

// Brief are the figures of a week.
type Brief struct {
	Visits, Holds int       // planned visits, and how many the week can hold
	Days          [Days]int // visits by day
	Late          int       // of the visits: at accounts that are overdue or were never visited
	Campaign      int       // of the visits: at accounts that a campaign wants seen in this week
	Waiting       int       // overdue or never visited accounts that no week has
	Drive         route.Leg
}

// Brief sums the week up.
func (d *Draft) Brief() Brief {
	b := Brief{Visits: d.Week.Visits, Holds: d.Holds(), Waiting: d.OverdueLeftOut(), Drive: d.Week.Drive}
	for day, plan := range d.Week.Days {
		b.Days[day] = len(plan.Visits)
		for _, v := range plan.Visits {
			s := d.Stops[v.Stop]
			if s.Standing.State == model.StateOverdue || s.Standing.State == model.StateNever {
				b.Late++
			}
			if len(s.Campaigns) > 0 {
				b.Campaign++
			}
		}
	}
	return b
}

// Add is the sum of two briefs. Those waiting are the other's: they are not summed, since
// who waits in one week waits in the next.
func (b Brief) Add(other Brief) Brief {
	b.Visits += other.Visits
	b.Holds += other.Holds
	b.Late += other.Late
	b.Campaign += other.Campaign
	b.Waiting = other.Waiting
	b.Drive.Time += other.Drive.Time
	b.Drive.Metres += other.Drive.Metres
	for day := range b.Days {
		b.Days[day] += other.Days[day]
	}
	return b
}
