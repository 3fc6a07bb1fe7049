package week

// Setting up drafts: who is worth a visit, why, and what is confirmed already.

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"doppelpass/model"
	"doppelpass/model/route"
)

// Desk sets up drafts from the Book as it is on a day. What all reps' drafts need
// is worked out once.
type Desk struct {
	book    *model.Book
	today   model.Date
	rules   Rules
	support map[string][]route.Support // by account
}

// NewDesk is a desk for a day of planning; signals are that day's.
func NewDesk(book *model.Book, signals []model.Signal, today model.Date, rules Rules) *Desk {
	k := &Desk{book: book, today: today, rules: rules, support: map[string][]route.Support{}}
	for _, s := range signals {
		if s.Kind != model.StepUpVisits || s.InHand {
			continue
		}
		for _, l := range s.Readiness.Accounts {
			k.support[l.Code] = append(k.support[l.Code], route.Support{Name: s.Campaign, Urgency: s.Urgency})
		}
	}
	return k
}

// Draft is the week of a rep that begins on a Monday, with what is already
// confirmed in place and nothing else.
func (k *Desk) Draft(rep string, monday model.Date) (*Draft, error) {
	record, ok := k.book.Rep(rep)
	if !ok {
		record = model.Rep{Code: rep, Name: rep}
	}
	d := &Draft{Rep: record, Monday: monday, pinned: map[int]bool{}, ordered: map[int]bool{}, out: map[int]bool{}, base: map[string]model.PlannedVisit{}}
	day := max(k.today, monday)
	customers := k.candidates(rep, monday)
	d.places = append(d.places, home(record, customers))
	d.Done = k.done(rep, monday)
	for _, l := range customers {
		k.add(d, l, day)
	}
	perDay := k.rules.MaxVisits
	if perDay == 0 {
		perDay = (k.book.Capacity(rep) + Days - 1) / Days
	}
	for i := range Days {
		d.problem.Days = append(d.problem.Days, route.Day{
			Weekday: time.Weekday(i + 1),
			Start:   clockOr(record.DayStart, k.rules.DayStart), End: clockOr(record.DayEnd, k.rules.DayEnd),
			Lunch: k.rules.Lunch, MaxVisits: perDay,
		})
		d.past[i] = d.Date(i) < k.today
	}
	d.problem.Travel = estimates(d.places)
	d.problem.DriveCost = k.rules.DriveCost
	return d, k.takeConfirmed(d)
}

func estimates(places []model.Coordinates) *route.Travel {
	points := make([]route.Point, len(places))
	for i, at := range places {
		points[i] = route.Point{Lat: at.Lat, Lon: at.Lon}
	}
	return route.NewTravel(points)
}

// add makes an account a stop of the draft.
func (k *Desk) add(d *Draft, l *model.Customer, day model.Date) {
	standing, support := k.book.Standing(l, day), k.support[l.Code]
	stop := Stop{Customer: l, Standing: standing}
	for _, s := range support {
		stop.Campaigns = append(stop.Campaigns, s.Name)
	}
	stop.Prize = route.Rate(route.Need{
		Visited: standing.Last != 0, Age: standing.Age, Interval: standing.Interval, New: standing.State == model.StateNew,
		ClassWeight: k.book.Settings().ClassWeight(l.Class), Campaigns: support, Wish: wishes(l, day),
	})
	visit := route.Stop{Place: route.NoPlace, Prize: clamp(stop.Prize.Points), Service: route.Minutes(cmpOr(l.VisitMinutes, k.rules.VisitMinutes))}
	if l.At.Valid() {
		d.places = append(d.places, l.At)
		visit.Place = len(d.places) - 1
	}
	open, read := openIn(l.Hours, d.Monday, nil)
	if !read {
		stop.HoursText = l.Hours
	}
	visit.Hours = open
	d.problem.Stops = append(d.problem.Stops, visit)
	d.Stops = append(d.Stops, stop)
}

// Include makes an account a stop of the draft that was not thought worth a visit,
// and gives its number. Drives to and from it are estimates.
func (k *Desk) Include(d *Draft, l *model.Customer) (int, error) {
	if stop := d.Find(l.Code); stop >= 0 {
		return stop, nil
	}
	d.Stops, d.problem.Stops, d.places = slices.Clip(d.Stops), slices.Clip(d.problem.Stops), slices.Clip(d.places)
	before := d.problem.Travel
	k.add(d, l, max(k.today, d.Monday))
	d.Stops[len(d.Stops)-1].Included = true
	d.problem.Travel = estimates(d.places)
	for from := range before.Places() {
		for to := range before.Places() {
			d.problem.Travel.Set(from, to, before.Between(from, to))
		}
	}
	return len(d.Stops) - 1, d.schedule()
}

// Needed is the visits a week that keep every interval of the rep's accounts.
func (k *Desk) Needed(rep string) float64 {
	needed := 0.0
	for _, area := range k.book.Areas() {
		if area.Rep == rep {
			needed += k.book.Numbers(area, k.today).NeededPace
		}
	}
	return needed
}

// done counts the visits made in a week up to today at a rep's accounts.
func (k *Desk) done(rep string, monday model.Date) (count int) {
	if monday > k.today {
		return 0
	}
	for _, area := range k.book.Areas() {
		if area.Rep != rep {
			continue
		}
		for _, l := range area.Accounts() {
			count += l.Visits.Between(monday, min(k.today, monday+Days-1))
		}
	}
	return count
}

// candidates are the rep's accounts worth looking at: due or late, wanted for a
// campaign, asking for a visit, or already planned for the week. Accounts that
// are planned after the week or were visited within it are not.
func (k *Desk) candidates(rep string, monday model.Date) []*model.Customer {
	day, last := max(k.today, monday), monday+Days-1
	planned := map[string]bool{}
	var list []*model.Customer
	for p := range k.book.Plan(rep) {
		if p.Date < monday || p.Date > last || planned[p.Account] {
			continue
		}
		if l := k.book.Account(p.Account); l != nil && !l.Inactive {
			planned[p.Account] = true
			list = append(list, l)
		}
	}
	for _, area := range k.book.Areas() {
		if area.Rep != rep {
			continue
		}
		for _, l := range area.Accounts() {
			if !l.Inactive && !planned[l.Code] && k.wanted(l, rep, monday, day) {
				list = append(list, l)
			}
		}
	}
	slices.SortFunc(list, func(a, b *model.Customer) int { return strings.Compare(a.Code, b.Code) })
	return list
}

func (k *Desk) wanted(l *model.Customer, rep string, monday, day model.Date) bool {
	for _, p := range l.Planned {
		if p.Date >= monday+Days || (p.Rep != rep && p.Date >= monday) {
			return false
		}
	}
	standing := k.book.Standing(l, day)
	if standing.Last >= monday {
		return false
	}
	switch standing.State {
	case model.StateDue, model.StateOverdue, model.StateNever:
		return true
	}
	return len(k.support[l.Code]) > 0 || wishes(l, day)
}

// wishes reports whether the account asked for a visit in a call since the last one.
func wishes(l *model.Customer, day model.Date) bool {
	last := l.Visits.OnOrBefore(day)
	for call := range l.Calls.All() {
		if call.Date <= last {
			break
		}
		if call.Date <= day && call.Outcome == model.CallAppointment {
			return true
		}
	}
	return false
}

// home is where a rep's days start and end: at home, else in the middle of the
// accounts that have a place.
func home(rep model.Rep, customers []*model.Customer) model.Coordinates {
	if rep.HomeAt.Valid() {
		return rep.HomeAt
	}
	var middle model.Coordinates
	count := 0.0
	for _, l := range customers {
		if l.At.Valid() {
			middle.Lat += l.At.Lat
			middle.Lon += l.At.Lon
			count++
		}
	}
	if count > 0 {
		middle.Lat /= count
		middle.Lon /= count
	}
	return middle
}

// takeConfirmed puts in place what is already planned for the week, at the times
// planned: one that the schedule would not give by itself was fixed.
func (k *Desk) takeConfirmed(d *Draft) error {
	var entries []model.PlannedVisit
	for p := range k.book.Plan(d.Rep.Code) {
		if p.Date >= d.Monday && p.Date < d.Monday+Days && d.Find(p.Account) >= 0 {
			entries = append(entries, p)
		}
	}
	slices.SortFunc(entries, func(a, b model.PlannedVisit) int {
		if a.Date != b.Date {
			return int(a.Date - b.Date)
		}
		if a.Time != b.Time {
			return int(a.Time) - int(b.Time)
		}
		return strings.Compare(a.Account, b.Account)
	})
	if err := d.survey(); err != nil {
		return err
	}
	for _, p := range entries {
		stop := d.Find(p.Account)
		if d.pinned[stop] {
			continue // a second visit in the week; confirming drops it
		}
		if p.Minutes > 0 {
			d.problem.Stops[stop].Service = route.Minutes(p.Minutes)
		}
		day := int(p.Date - d.Monday)
		d.days[day] = append(d.days[day], route.Placed{Stop: stop})
		d.pinned[stop] = true
		d.base[p.Account] = p
	}
	for day := range d.days {
		if err := d.keepTimes(day); err != nil {
			return err
		}
	}
	return d.schedule()
}

// keepTimes sees to it that a confirmed day has the times it was confirmed with: its
// visits stay in their order, and one that would come at another time by itself was
// fixed. Where the times cannot be met, as they may be from a file that knew nothing
// of the roads, only the day counts, and the times are found anew.
func (d *Draft) keepTimes(day int) error {
	placed := slices.Clone(d.days[day])
	for i := 0; i < len(placed); i++ {
		w, err := d.evaluateDay(day, placed)
		if err != nil {
			return err
		}
		planned := d.base[d.Stops[placed[i].Stop].Customer.Code].Time
		visit := w.Days[0].Visits[i]
		if planned == 0 || placed[i].Timed {
			continue
		}
		if late := visit.Start.Minutes() - planned.Minutes(); late > 0 {
			return nil
		} else if late < 0 {
			placed[i].Timed, placed[i].At = true, route.Minutes(planned.Minutes())
			i = -1 // an earlier visit may come later now
		}
	}
	for _, p := range placed {
		d.ordered[p.Stop] = true
	}
	d.days[day] = placed
	return nil
}

func clockOf(s route.Seconds) model.Clock {
	minutes := min(s.Minutes(), 24*60-1)
	return model.NewClock(minutes/60, minutes%60)
}

// Renew is the draft on the Book as it is now. What others have planned or dropped
// for the week since counts; all else stays as it was bent.
func (k *Desk) Renew(old *Draft) (*Draft, error) {
	d, err := k.Draft(old.Rep.Code, old.Monday)
	if err != nil {
		return nil, err
	}
	mine := func(account string) bool { return sameEntry(old.base, d.base, account) }
	var days [Days][]route.Placed
	pinned, ordered := map[int]bool{}, map[int]bool{}
	for day := range Days {
		for _, placed := range old.days[day] {
			account := old.Stops[placed.Stop].Customer.Code
			stop := d.Find(account)
			if stop < 0 && old.Stops[placed.Stop].Included {
				if l := k.book.Account(account); l != nil && !l.Inactive {
					if stop, err = k.Include(d, l); err != nil {
						return nil, err
					}
				}
			}
			if stop < 0 || !mine(account) {
				continue
			}
			days[day] = append(days[day], route.Placed{Stop: stop, Timed: placed.Timed, At: placed.At})
			if old.pinned[placed.Stop] {
				pinned[stop] = true
			}
			if old.ordered[placed.Stop] {
				ordered[stop] = true
			}
		}
		for _, placed := range d.days[day] {
			if account := d.Stops[placed.Stop].Customer.Code; !mine(account) {
				days[day] = append(days[day], placed)
				pinned[placed.Stop] = true
			}
		}
		d.problem.Days[day].Off = old.problem.Days[day].Off
	}
	for stop := range old.out {
		if at := d.Find(old.Stops[stop].Customer.Code); at >= 0 {
			d.out[at] = true
		}
	}
	if slices.Equal(d.places, old.places) {
		d.problem.Travel = old.problem.Travel
	}
	d.days, d.pinned, d.ordered = days, pinned, ordered
	if err := d.schedule(); err != nil {
		return nil, fmt.Errorf("renewing the week: %w", err)
	}
	return d, nil
}

func sameEntry(a, b map[string]model.PlannedVisit, account string) bool {
	before, had := a[account]
	now, has := b[account]
	return had == has && before == now
}
