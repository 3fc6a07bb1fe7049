package model

// The numbers of an account and of a territory on a day.

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// State is where an account stands between two visits.
type State uint8

// The states of an account. Covered accounts are those on track or due.
const (
	StateNew     State = iota // never visited, and not long enough a customer to be late
	StateOnTrack              // visited, and the next visit is not yet due
	StateDue                  // the next visit is due
	StateOverdue              // the interval has passed
	StateNever                // never visited
)

// Standing is an account's numbers on a day.
type Standing struct {
	State     State
	Interval  int  // days between visits
	Last      Date // latest counted visit; 0: never visited
	Age       int  // days since Last; meaningless when never visited
	Contacted bool // covered, or reached by a call that is recent enough
}

// Covered reports whether the account was visited and is not overdue.
func (s Standing) Covered() bool { return s.State == StateOnTrack || s.State == StateDue }

// Ratio is age / interval: 1 on the day the interval ends. 0 when never visited.
func (s Standing) Ratio() float64 {
	if s.Last == 0 {
		return 0
	}
	return float64(s.Age) / float64(s.Interval)
}

// Interval is the account's visit interval in days: its own, else its class's.
func (d *Day) Interval(a *Account) int {
	if a.Interval > 0 {
		return a.Interval
	}
	return d.settings.Classes[d.ranks.of(a.Class)].Interval
}

// Capacity is how many visits a week the rep can make.
func (d *Day) Capacity(rep string) int {
	if r := d.book.reps[rep]; r.Capacity > 0 {
		return r.Capacity
	}
	return d.settings.Capacity
}

// Standing is the account's numbers on the day.
func (d *Day) Standing(l *Customer) Standing { return d.StandingOn(l, d.date) }

// StandingOn is the account's numbers on another day, by the day's rules.
func (d *Day) StandingOn(l *Customer, day Date) Standing {
	s := Standing{Interval: d.Interval(&l.Account), Last: l.Visits.OnOrBefore(day)}
	if s.Last == 0 {
		s.State = StateNever
		if l.Since != 0 && int(day-l.Since) < s.Interval {
			s.State = StateNew
		}
	} else {
		s.Age = int(day - s.Last)
		switch {
		case s.Age > s.Interval:
			s.State = StateOverdue
		case s.Age*100 >= d.settings.DueFrom*s.Interval:
			s.State = StateDue
		default:
			s.State = StateOnTrack
		}
	}
	s.Contacted = s.Covered() || d.reachedRecently(l, s.Interval, day)
	return s
}

func (d *Day) reachedRecently(l *Customer, interval int, day Date) bool {
	var spoken Date // the day of a call that reached the customer
	for call := range l.Calls.All() {
		switch {
		case call.Date > day:
			continue
		case spoken != 0 && call.Date < spoken:
			return true
		case int(day-call.Date)*100 > d.settings.CallWorth*interval:
			return spoken != 0
		case call.Outcome == CallOptOut: // ends the contact by telephone, also that of the same day
			return false
		case call.Outcome.Reached():
			spoken = call.Date
		}
	}
	return spoken != 0
}

// Coverage counts accounts that count towards coverage: active and not new.
type Coverage struct {
	Accounts, Covered, Contacted int
}

// CoveredShare is covered / accounts, 0 without accounts.
func (c Coverage) CoveredShare() float64 { return share(c.Covered, c.Accounts) }

// ContactedShare is contacted / accounts, 0 without accounts.
func (c Coverage) ContactedShare() float64 { return share(c.Contacted, c.Accounts) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

func (c *Coverage) add(other Coverage) {
	c.Accounts += other.Accounts
	c.Covered += other.Covered
	c.Contacted += other.Contacted
}

// PaceWeeks is how many weeks the usual pace looks back.
const PaceWeeks = 12

// Numbers are a territory's or a region's numbers on a day.
type Numbers struct {
	Active  int // active accounts, new ones included
	All     Coverage
	ByClass [MaximumClasses]Coverage // by rank
	ByState [StateNever + 1]int      // active accounts by State
	// Weeks are the counted visits on active accounts of the last 12 weeks of seven
	// days, oldest first; the last week ends on the day.
	Weeks      [PaceWeeks]int
	NeededPace float64 // visits a week that keep every active account's interval
	LastVisit  Date    // latest counted visit on an active account; 0: none
}

// UsualPace is the visits a week of the last 12 weeks.
func (n Numbers) UsualPace() float64 { return float64(n.visits()) / PaceWeeks }

func (n Numbers) visits() int {
	total := 0
	for _, count := range n.Weeks {
		total += count
	}
	return total
}

// Add makes n the numbers of both.
func (n *Numbers) Add(other Numbers) {
	n.Active += other.Active
	n.All.add(other.All)
	for i := range n.ByClass {
		n.ByClass[i].add(other.ByClass[i])
	}
	for i := range n.ByState {
		n.ByState[i] += other.ByState[i]
	}
	for i := range n.Weeks {
		n.Weeks[i] += other.Weeks[i]
	}
	n.NeededPace += other.NeededPace
	n.LastVisit = max(n.LastVisit, other.LastVisit)
}

// Numbers are the territory's numbers.
func (d *Day) Numbers(area *Area) Numbers {
	d.lock.Lock()
	defer d.lock.Unlock()
	return d.numbers(area)
}

// RegionNumbers are the numbers of all known territories at or below a region
// path; the empty path stands for all.
func (d *Day) RegionNumbers(region string) Numbers {
	var n Numbers
	for _, area := range d.book.Areas() {
		if region == "" || InRegion(area.Region, region) {
			n.Add(d.Numbers(area))
		}
	}
	return n
}

func (d *Day) count(area *Area) Numbers {
	var n Numbers
	perInterval := map[int]int{} // summed by interval, so that the order of accounts cannot change the sum
	for _, l := range area.accounts {
		if l.Inactive {
			continue
		}
		n.Active++
		s := d.Standing(l)
		n.ByState[s.State]++
		perInterval[s.Interval]++
		n.LastVisit = max(n.LastVisit, s.Last)
		if s.Last > d.date-PaceWeeks*7 {
			d.countWeeks(&n.Weeks, l)
		}
		if s.State == StateNew {
			continue
		}
		class := &n.ByClass[d.ranks.of(l.Class)]
		class.Accounts++
		if s.Covered() {
			class.Covered++
		}
		if s.Contacted {
			class.Contacted++
		}
	}
	for _, class := range n.ByClass {
		n.All.add(class)
	}
	n.NeededPace = neededPace(perInterval)
	return n
}

// countWeeks adds the account's counted visits of the last 12 weeks.
func (d *Day) countWeeks(weeks *[PaceWeeks]int, l *Customer) {
	for visit, count := range l.Visits.All() {
		age := int(d.date - visit)
		if age >= PaceWeeks*7 {
			break
		}
		if age >= 0 {
			weeks[PaceWeeks-1-age/7] += count
		}
	}
}

func neededPace(perInterval map[int]int) float64 {
	intervals := make([]int, 0, len(perInterval))
	for interval := range perInterval {
		intervals = append(intervals, interval)
	}
	slices.Sort(intervals)
	total := 0.0
	for _, interval := range intervals {
		total += 7 * float64(perInterval[interval]) / float64(interval)
	}
	return total
}

// WilsonUpper is the upper bound of the Wilson score interval for successes out
// of n at the normal quantile z. Source: E. B. Wilson, Probable inference, the
// law of succession, and statistical inference, JASA 22 (1927), 209–212.
func WilsonUpper(successes, n int, z float64) float64 {
	if n == 0 {
		return 1
	}
	count := float64(n)
	p := float64(successes) / count
	square := z * z
	centre := p + square/(2*count)
	spread := z * math.Sqrt(p*(1-p)/count+square/(4*count*count))
	return (centre + spread) / (1 + square/count)
}

// candidate is an account that could be seen next. Its place says who should be seen
// first, the lowest first.
type candidate struct {
	customer *Customer
	place    uint64
}

// The bits of a candidate's place: the class's rank, whether the account was ever
// visited, and the ratio, the highest first.
const (
	placeOfRank    = 59
	placeOfVisited = 58
	placeOfRatio   = 40 // bits behind the ratio's point: two of intervals below 2^20 days never fall together
)

// candidate is the account with its place on the day.
func (d *Day) candidate(l *Customer, s Standing) candidate {
	return candidate{l, placeOf(d.ranks.of(l.Class), s)}
}

func placeOf(rank int, s Standing) uint64 {
	place := uint64(rank) << placeOfRank
	if s.Last == 0 {
		return place
	}
	return place | (1<<(placeOfVisited+1) - 1 - uint64(s.Age)<<placeOfRatio/uint64(s.Interval))
}

// byUrgency orders accounts by who should be seen first: class, then those never
// visited, then the longest overdue by ratio; ties by code.
func byUrgency(a, b candidate) int {
	if a.place != b.place {
		return cmp.Compare(a.place, b.place)
	}
	return strings.Compare(a.customer.Code, b.customer.Code)
}

// lowestClassFirst orders as byUrgency does, but begins with the least important
// class.
func lowestClassFirst(a, b candidate) int {
	const ranks = (MaximumClasses - 1) << placeOfRank
	a.place, b.place = a.place^ranks, b.place^ranks
	return byUrgency(a, b)
}
