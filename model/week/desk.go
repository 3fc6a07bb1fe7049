package week

// Setting up drafts: who is worth a visit, why, and what is confirmed already.

import (
	"fmt"
	"slices"
	"time"

	"doppelpass/model"
	"doppelpass/model/route"
)

// Desk sets up drafts from the Book as it is on a day. What all reps' drafts need
// is worked out once.
type Desk struct {
	day     *model.Day
	book    *model.Book
	today   model.Date
	rules   Rules
	support map[string][]support // by account

	besides map[string][]model.PlannedVisit // by account: of drafts of other weeks that are not confirmed
	dealt   map[string]bool                 // accounts that the month has for the week
	bare    bool                            // drafts have nothing but what is agreed
}

// Day is the day of planning.
func (k *Desk) Day() *model.Day { return k.day }

// support is a campaign that a visit serves, if it lies in the campaign's window.
type support struct {
	route.Support
	from, to model.Date
}

// NewDesk is a desk for a day of planning; signals are that day's.
func NewDesk(day *model.Day, signals []model.Signal, rules Rules) *Desk {
	k := &Desk{day: day, book: day.Book(), today: day.Date(), rules: rules, support: map[string][]support{}}
	for _, s := range signals {
		if s.Kind != model.StepUpVisits || s.InHand {
			continue
		}
		c, _ := k.book.Campaign(s.Campaign)
		for _, l := range s.Readiness.Accounts {
			if c.LeavesOut(l.Code) {
				continue
			}
			k.support[l.Code] = append(k.support[l.Code], support{route.Support{Name: s.Campaign, Urgency: s.Urgency}, s.Readiness.WindowStart, s.Readiness.WindowEnd})
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
	d := &Draft{
		Rep: record, Monday: monday, pinned: map[int]bool{}, ordered: map[int]bool{}, out: map[int]bool{}, soft: map[int]bool{}, dealt: map[int]bool{},
		base: map[int]model.PlannedVisit{}, wished: map[int]model.FollowUp{}, capacity: k.day.Capacity(rep), holiday: k.holidayOf(rep),
	}
	day := max(k.today, monday)
	agreed := k.agreed(rep, monday)
	wished := k.wished(rep, monday)
	customers := k.candidates(rep, monday, agreed, wished)
	d.places = append(d.places, home(record, customers))
	d.Done = k.done(rep, monday)
	for _, l := range customers {
		k.add(d, l, day)
	}
	for i := range Days {
		date := d.Date(i)
		d.problem.Days = append(d.problem.Days, route.Day{
			Weekday: date.Weekday(), Only: i >= Workdays, Off: i < Workdays && d.holiday(date),
			Start: clockOr(record.DayStart, k.rules.DayStart), End: clockOr(record.DayEnd, k.rules.DayEnd),
			Lunch: k.rules.Lunch, MaxVisits: k.rules.MaxVisits,
		})
		d.away[i] = k.book.Away(rep, date)
		d.keepAway(i)
		d.past[i] = date < k.today
	}
	d.takeAgreed(agreed)
	d.takeWished(wished)
	d.problem.Travel = estimates(d.places)
	d.problem.DriveCost = k.rules.DriveCost
	for day := range d.days {
		if err := d.settle(day); err != nil {
			return nil, err
		}
	}
	for stop := range d.wished {
		delete(d.soft, stop) // the customer was told this time
	}
	d.bound()
	return d, d.survey()
}

// holidayEverywhere reports whether nobody in the countries that the program is made for
// works on a day, whatever calendar a territory has.
func holidayEverywhere(day model.Date) bool {
	_, month, date := day.Time().Date()
	return month == time.December && date == 25 || month == time.January && date == 1
}

// holidayOf says on which days nobody works in any of the rep's territories.
func (k *Desk) holidayOf(rep string) func(model.Date) bool {
	var territories []model.Territory
	for _, area := range k.book.Areas() {
		if area.Rep == rep {
			territories = append(territories, area.Territory)
		}
	}
	return func(day model.Date) bool {
		if holidayEverywhere(day) || len(territories) == 0 {
			return holidayEverywhere(day)
		}
		for _, t := range territories {
			if len(k.day.Holidays(t, day, day)) == 0 {
				return false
			}
		}
		return true
	}
}

// holidayAt says on which days an account's territory has a public holiday.
func (k *Desk) holidayAt(l *model.Customer) func(model.Date) bool {
	territory := model.Territory{}
	if area := k.book.Area(l.Territory); area != nil {
		territory = area.Territory
	}
	return func(day model.Date) bool {
		return holidayEverywhere(day) || len(k.day.Holidays(territory, day, day)) > 0
	}
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
	standing, support := k.standing(l, d.Monday, day), k.supports(l, d.Monday)
	stop := Stop{Customer: l, Standing: standing}
	for _, s := range support {
		stop.Campaigns = append(stop.Campaigns, s.Name)
	}
	stop.Prize = route.Rate(route.Need{
		Visited: standing.Last != 0, Age: standing.Age, Interval: standing.Interval, New: standing.State == model.StateNew,
		ClassWeight: k.book.Settings().ClassWeight(l.Class), Campaigns: support, Wish: wishes(l, day),
	})
	stop.Due = standing.State != model.StateDue && standing.State != model.StateOnTrack || len(support) > 0 || wishes(l, day)
	visit := route.Stop{Place: route.NoPlace, Prize: clamp(stop.Prize.Points), Service: route.Minutes(cmpOr(l.VisitMinutes, k.rules.VisitMinutes))}
	if l.At.Valid() {
		d.places = append(d.places, l.At)
		visit.Place = len(d.places) - 1
	}
	open, read := openIn(l.Hours, d.Monday, k.holidayAt(l))
	if !read {
		stop.HoursText = l.Hours
	}
	visit.Hours = k.onCoveredDays(d, l, open)
	d.problem.Stops = append(d.problem.Stops, visit)
	d.Stops = append(d.Stops, stop)
}

// onCoveredDays are an account's hours on the days on which the rep may go there: all, but
// for those of a rep for whom this one stands in.
func (k *Desk) onCoveredDays(d *Draft, l *model.Customer, open *route.Hours) *route.Hours {
	area := k.book.Area(l.Territory)
	if area == nil || area.Rep == d.Rep.Code || !slices.Contains(k.covering(d.Rep.Code, d.Monday, d.Monday+Workdays-1), area.Rep) {
		return open // an agreed visit at another's account is for whoever agreed it
	}
	only := &route.Hours{}
	for day := range Days {
		date := d.Date(day)
		if !k.standsIn(d.Rep.Code, l, date) {
			only[date.Weekday()] = []route.Window{}
			continue
		}
		only[date.Weekday()] = []route.Window{{From: 0, To: route.At(24, 0)}}
		if open != nil {
			only[date.Weekday()] = open[date.Weekday()]
		}
	}
	return only
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

// Needed is the visits in a week that keep every interval of the accounts that are a rep's
// care in it: a fifth of a territory's for each of its working days, the rep's own but for
// those on which somebody stands in, and those of others for whom the rep does.
func (k *Desk) Needed(rep string, monday model.Date) float64 {
	needed := 0.0
	for _, area := range k.book.Areas() {
		if area.Rep == "" {
			continue
		}
		days := 0
		for day := range Workdays {
			by := k.book.CoverOn(area.Rep, monday+model.Date(day))
			if by == rep || by == "" && area.Rep == rep {
				days++
			}
		}
		if days > 0 {
			needed += k.day.Numbers(area).NeededPace * float64(days) / Workdays
		}
	}
	return needed
}

func clockOf(s route.Seconds) model.Clock {
	minutes := min(s.Minutes(), 24*60-1)
	return model.NewClock(minutes/60, minutes%60)
}

// Renew is the draft on the Book as it is now. What others have planned or dropped
// for the week since counts; all else stays as it was bent.
func (k *Desk) Renew(old *Draft) (*Draft, error) {
	k = k.keeping(old)
	d, err := k.Draft(old.Rep.Code, old.Monday)
	if err != nil {
		return nil, err
	}
	var days [Days][]route.Placed
	pinned, ordered, soft := map[int]bool{}, map[int]bool{}, map[int]bool{}
	stopOf := func(before int) (int, error) {
		stop := d.same(old, before)
		if l := k.book.Account(old.Stops[before].Customer.Code); stop < 0 && old.Stops[before].Included && l != nil && !l.Inactive && d.Find(l.Code) < 0 {
			return k.Include(d, l)
		}
		return stop, nil
	}
	for day := range Days {
		for _, placed := range old.days[day] {
			before := placed.Stop
			if placed.Stop, err = stopOf(before); err != nil {
				return nil, err
			}
			if placed.Stop < 0 {
				continue
			}
			days[day] = append(days[day], placed)
			for _, carried := range []struct{ from, to map[int]bool }{{old.pinned, pinned}, {old.ordered, ordered}, {old.soft, soft}} {
				if carried.from[before] {
					carried.to[placed.Stop] = true
				}
			}
		}
		if old.offByHand[day] {
			d.setOff(day, old.problem.Days[day].Off)
		}
	}
	mine := make([]bool, len(d.Stops))
	for before := range old.Stops {
		if stop := d.same(old, before); stop >= 0 {
			mine[stop] = true
			if old.out[before] {
				d.out[stop] = true
			}
			if old.dealt[before] {
				d.dealt[stop] = true
			}
		}
	}
	for day := range Days {
		for _, placed := range d.days[day] {
			if !mine[placed.Stop] {
				days[day] = append(days[day], placed)
				pinned[placed.Stop] = true
				if d.soft[placed.Stop] {
					soft[placed.Stop] = true
				}
			}
		}
	}
	if slices.Equal(d.places, old.places) {
		d.problem.Travel = old.problem.Travel
	}
	d.days, d.pinned, d.ordered, d.soft = days, pinned, ordered, soft
	d.bound()
	if err := d.survey(); err != nil {
		return nil, fmt.Errorf("renewing the week: %w", err)
	}
	return d, nil
}

// keeping is the desk that has every stop of a draft among its candidates which the month
// dealt to it, or which stands in it and in the draft of another week too: it is not for
// one of them to push the other out.
func (k *Desk) keeping(old *Draft) *Desk {
	other := *k
	other.dealt = map[string]bool{}
	for stop := range old.dealt {
		other.dealt[old.Stops[stop].Customer.Code] = true
	}
	for day := range old.days {
		for _, placed := range old.days[day] {
			if code := old.Stops[placed.Stop].Customer.Code; len(k.besides[code]) > 0 {
				other.dealt[code] = true
			}
		}
	}
	return &other
}

// same is the stop that stands for the same visit as one of another draft: the same
// agreed one, the same one that a customer wishes, or the account's where neither draft
// has either; -1 where there is none.
func (d *Draft) same(old *Draft, before int) int {
	was, had := old.base[before]
	wish, wished := old.wished[before]
	for stop := range d.Stops {
		now, has := d.base[stop]
		asked, asks := d.wished[stop]
		if had == has && was == now && wished == asks && wish.ID == asked.ID && d.Stops[stop].Customer.Code == old.Stops[before].Customer.Code {
			return stop
		}
	}
	return -1
}
