// Package queue says of the accounts of a call list which may be called now, in which
// order, and what stands in the way of every other: each account is in exactly one
// state, so that the numbers always add up to the list.
package queue

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"doppelpass/model"
	"doppelpass/model/hours"
)

// Grace is how long after it is due a promised call is still its owner's alone.
const Grace = 30

// noon parts a day into its halves, in minutes.
const noon = 12 * 60

// State says whether an account may be called now, and if not, why not.
type State uint8

// The states, those that may be called now first.
const (
	Overdue   State = iota // promised, and more than Grace ago
	Due                    // promised for now
	Now                    // nothing stands in the way
	Skipped                // put back for this session
	Busy                   // somebody else has it in front of them
	Closed                 // outside the opening hours
	HalfDay                // the last attempt in vain was in the same half of a day
	Promised               // a call is promised for later, or to somebody else
	Today                  // called today
	Waiting                // called lately
	Attempts               // tried in vain too often
	Visited                // visited lately
	Planned                // a visit is planned
	Outside                // on a list that is out with a call centre
	OptedOut               // wants no calls
	NoConsent              // no consent on record, or one on no ground
	NoPhone                // no number, or a wrong one
	Gone                   // no account any more, or not an active one
	states
)

// States is how many states there are.
const States = int(states)

// Ready reports whether an account of that state may be called now.
func (s State) Ready() bool { return s <= Now }

var stateWords = [...]string{"overdue", "due", "now", "skipped", "busy", "closed", "half-day", "promised", "today", "waiting", "attempts",
	"visited", "planned", "outside", "opted-out", "no-consent", "no-phone", "gone"}

// String is the state's stable word.
func (s State) String() string { return stateWords[s] }

// Entry is one account of the list.
type Entry struct {
	Account string
	State   State
	// Until is the minute of today at which a closed account opens, 0: not today; the
	// half-day rule ends; or a promised call is due, on Day.
	Until   int
	Day     model.Date     // from which it may be called again; of a promise, when it is due; 0: not by waiting
	Promise model.FollowUp // what the customer was promised; the zero value: nothing
}

// Attempt is a call in vain: the last one at an account.
type Attempt struct {
	Date model.Date
	Time model.Clock
}

// View is what the state of an account depends on.
type View struct {
	Day    *model.Day
	Minute int    // of the day
	Me     string // who calls, as calls name them
	// Last is the last attempt in vain at an account, where it is known; nil: of none.
	Last map[string]Attempt
	// Busy says that somebody else has the account in front of them; nil: nobody has.
	Busy    func(account string) bool
	Skipped map[string]bool

	opening map[string]*hours.Hours // read once
}

// Of is the state of one account.
func (v *View) Of(account string) Entry {
	e := Entry{Account: account}
	l := v.Day.Book().Account(account)
	if l == nil || l.Inactive {
		e.State = Gone
		return e
	}
	today := v.Day.Date()
	exclusion := v.Day.Exclusion(l)
	switch exclusion {
	case model.OptedOut:
		e.State = OptedOut
		return e
	case model.NoConsent, model.NoBasis:
		e.State = NoConsent
		return e
	case model.NoPhone:
		e.State = NoPhone
		return e
	}
	promise, owed := v.Day.Promise(l)
	if owed {
		e.Promise, e.Day, e.Until = promise, promise.Due, max(promise.At.Minutes(), 0)
		due, overdue := v.due(promise)
		switch {
		case !due, !overdue && !v.mine(promise):
			e.State = Promised
			return e
		case overdue:
			e.State = Overdue
		default:
			e.State = Due
		}
	} else {
		switch exclusion {
		case model.VisitedLately:
			e.State, e.Day = Visited, l.Visits.OnOrBefore(today)+model.Date(v.Day.Settings().VisitPause)+1
		case model.PlannedSoon:
			e.State = Planned
		case model.CalledLately:
			last, until := v.Day.CalledUntil(l)
			e.State, e.Day = Waiting, until+1
			if last == today {
				e.State = Today
			}
		case model.TooManyAttempts:
			e.State = Attempts
		default:
			e.State = Now
			if out, is := v.Day.OutWith(account); is {
				e.State, e.Day = Outside, out.Until+1
				if out.Back != 0 {
					e.Day = out.Back
				}
			}
		}
		if !e.State.Ready() {
			return e
		}
	}
	switch opens, open := v.open(l); {
	case v.Busy != nil && v.Busy(account):
		e.State = Busy
	case !open:
		e.State, e.Until, e.Day = Closed, opens, 0
	case e.State == Now && v.sameHalf(account):
		e.State, e.Until, e.Day = HalfDay, 0, today+1
		if v.Minute < noon {
			e.Until, e.Day = noon, today
		}
	case v.Skipped[account]:
		e.State = Skipped
	}
	return e
}

// due reports whether a promised call is due, and whether it is overdue.
func (v *View) due(f model.FollowUp) (due, overdue bool) {
	today, at := v.Day.Date(), f.At.Minutes()
	switch {
	case f.Due < today:
		return true, true
	case f.Due > today || v.Minute < at:
		return false, false
	}
	return true, f.At != 0 && v.Minute >= at+Grace
}

// Overdue reports whether a promised call is overdue, open now or not.
func (v *View) Overdue(f model.FollowUp) bool {
	_, overdue := v.due(f)
	return overdue
}

// mine reports whether a promised call that is not overdue is the caller's to make.
func (v *View) mine(f model.FollowUp) bool {
	return f.For == "" || f.For == v.Me || v.Day.Book().AwayPerson(f.For, v.Day.Date())
}

// Owed are the promised calls that are due now and that the caller may make, on the
// whole book, those that are due longest first.
func (v *View) Owed() (list []Entry) {
	seen := ""
	for _, f := range v.Day.Book().AllFollowUps() {
		if f.Kind != model.FollowCall || f.State != model.FollowOpen || f.Account == seen {
			continue
		}
		seen = f.Account
		if e := v.Of(f.Account); e.Promise.Kind != "" && e.State != Promised {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, byPromise)
	return list
}

// Late are the promised calls that are overdue and that the customer may still be given,
// whoever promised them and whether somebody is there at this hour or not, those that are
// due longest first; and from which minute of today on the next one is, 0 for none.
func (v *View) Late() (list []Entry, next int) {
	for _, e := range v.Owed() {
		if v.Overdue(e.Promise) {
			list = append(list, e)
		}
	}
	for _, f := range v.Day.Book().AllFollowUps() {
		if f.Kind != model.FollowCall || f.State != model.FollowOpen || f.Due != v.Day.Date() || f.At == 0 {
			continue
		}
		if at := f.At.Minutes() + Grace; at > v.Minute && (next == 0 || at < next) {
			next = at
		}
	}
	return list, next
}

func byPromise(x, y Entry) int {
	return cmp.Or(cmp.Compare(x.Promise.Due, y.Promise.Due), cmp.Compare(x.Promise.At, y.Promise.At))
}

// open reports whether the account is open now, and if not, when it opens today.
// Hours that cannot be read keep nobody from calling.
func (v *View) open(l *model.Customer) (opens int, open bool) {
	spans, known := v.Spans(l, v.Day.Date())
	if !known {
		return 0, true
	}
	for _, s := range spans {
		switch {
		case v.Minute < s.From:
			return s.From, false
		case v.Minute < s.To:
			return 0, true
		}
	}
	return 0, false
}

// openAhead is how many days ahead an opening is looked for: over holidays that follow a
// weekend, and the weeks off of a business.
const openAhead = 30

// Opens is when the account opens next after the minute of today, in its opening hours,
// holidays of its territory respected; ok is false where no hours are known, or none of
// the next 30 days has any.
func (v *View) Opens(l *model.Customer) (day model.Date, minute int, ok bool) {
	today := v.Day.Date()
	for day = today; day <= today+openAhead; day++ {
		spans, known := v.Spans(l, day)
		if !known {
			return 0, 0, false
		}
		for _, s := range spans {
			if day > today || s.From > v.Minute {
				return day, s.From, true
			}
		}
	}
	return 0, 0, false
}

// Spans are the account's opening hours on a day; known is false where there are none
// on record, or none that can be read.
func (v *View) Spans(l *model.Customer, day model.Date) (spans []hours.Span, known bool) {
	h, read := v.opening[l.Hours]
	if !read {
		h, _ = hours.Parse(l.Hours)
		if v.opening == nil {
			v.opening = map[string]*hours.Hours{}
		}
		v.opening[l.Hours] = h
	}
	if h == nil {
		return nil, false
	}
	return h.On(day, func(d model.Date) bool {
		area := v.Day.Book().Area(l.Territory)
		return area != nil && len(v.Day.Holidays(area.Territory, d, d)) > 0
	}), true
}

// sameHalf reports whether the last attempt in vain was in the same half of a day.
func (v *View) sameHalf(account string) bool {
	last, ok := v.Last[account]
	return ok && v.Day.Settings().OtherHalf != 0 && last.Time != 0 && (last.Time.Minutes() < noon) == (v.Minute < noon)
}

// List is the state of all accounts of a list, each once, and of the promised calls that
// are due though they stand on another list: those come first whatever the list is.
type List struct {
	Entries []Entry
	Extra   int // of them that are not on the list itself
}

// List makes a list.
func (v *View) List(accounts []string) List {
	var list List
	on := make(map[string]bool, len(accounts))
	for _, account := range accounts {
		if !on[account] {
			on[account] = true
			list.Entries = append(list.Entries, v.Of(account))
		}
	}
	for _, e := range v.Owed() {
		if !on[e.Account] && (e.State.Ready() || e.State == Busy) {
			list.Entries = append(list.Entries, e)
			list.Extra++
		}
	}
	slices.SortStableFunc(list.Entries, func(x, y Entry) int {
		if by := cmp.Compare(min(x.State, Now), min(y.State, Now)); by != 0 || x.State >= Now {
			return by
		}
		return byPromise(x, y)
	})
	return list
}

// Ready are the accounts that may be called now, in order.
func (l List) Ready() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, e := range l.Entries {
			if e.State.Ready() && !yield(e.Account) {
				return
			}
		}
	}
}

// Counts is how many accounts are in each state.
func (l List) Counts() (counts [States]int) {
	for _, e := range l.Entries {
		counts[e.State]++
	}
	return counts
}

// Next is when the first of the accounts of a state may be called again: the earliest
// minute of today that is known, else the earliest day.
func (l List) Next(state State, today model.Date) (minute int, day model.Date) {
	for _, e := range l.Entries {
		if e.State != state {
			continue
		}
		if e.Until != 0 && (e.Day == 0 || e.Day == today) && (minute == 0 || e.Until < minute) {
			minute = e.Until
		}
		if e.Day > today && (day == 0 || e.Day < day) {
			day = e.Day
		}
	}
	return minute, day
}

// Halves count calls by weekday and half of the day.
type Halves [7][2]struct{ Calls, Reached int }

// Add counts one call; what has no time says nothing.
func (h *Halves) Add(c model.Call) {
	if c.Time == 0 {
		return
	}
	half := &h[c.Date.Weekday()][0]
	if c.Time.Minutes() >= noon {
		half = &h[c.Date.Weekday()][1]
	}
	half.Calls++
	if c.Outcome.Reached() {
		half.Reached++
	}
}

// Enough is how many calls a half-day needs before it tells anything.
const Enough = 20

// z is the normal quantile of an interval that holds in 95 of 100 cases.
const z = 1.959964

// Best is the half-day in which most of our own calls reached somebody, by the lower
// bound of the share; false where no half-day has calls enough.
type Best struct {
	Weekday        time.Weekday
	Afternoon      bool
	Calls, Reached int
	Low, High      float64 // Wilson's interval of the share
}

// Best is the best half-day.
func (h *Halves) Best() (best Best, ok bool) {
	for weekday := range h {
		for half, n := range h[weekday] {
			if n.Calls < Enough {
				continue
			}
			b := Best{Weekday: time.Weekday(weekday), Afternoon: half == 1, Calls: n.Calls, Reached: n.Reached,
				Low: 1 - model.WilsonUpper(n.Calls-n.Reached, n.Calls, z), High: model.WilsonUpper(n.Reached, n.Calls, z)}
			if !ok || b.Low > best.Low {
				best, ok = b, true
			}
		}
	}
	return best, ok
}
