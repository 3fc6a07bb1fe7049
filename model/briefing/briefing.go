// Package briefing gathers what both departments lay on the table when they meet: what
// became of what they decided, what is open, and what nobody knows. It names territories
// and departments, and no persons.
package briefing

import (
	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/model/double"
)

const (
	// Week is how many days lie between two meetings.
	Week = 7
	// Lookback is how many days back passes are counted, as many as the usual pace.
	Lookback = model.PaceWeeks * Week
	// Trend is how many days ago coverage is looked at once more.
	Trend = 4 * Week
	// mostRegions is how many regions have a line of their own.
	mostRegions = 8
)

// Frame is what a briefing is made of.
type Frame struct {
	Since  model.Date             // of the last meeting: what was decided from this day on is told
	Wanted func(*model.Area) bool // which territories it is about; nil: all
	// Persons says that people are named, and that figures which show one person's work
	// stand by themselves. See Persons.
	Persons bool
}

// Persons is the one place that says whether a briefing of a business names people: where
// the business does not hold to fair mode.
func Persons(d *model.Day) bool { return d.Book().ShowsPersons() }

// Decision is a case in which somebody decided something, or should have.
type Decision struct {
	answer.Case
	// Day is the one that matters next: by when it is to be answered or done, or when a
	// refusal is over; of one that has ended the day of the end.
	Day model.Date
	// Whose department it is up to.
	Whose model.Role
	// Forgotten says that nobody answered until it was too late.
	Forgotten bool
}

// Open is a signal that asks for something, with its case.
type Open struct {
	model.Signal
	Case  answer.Case
	Whose model.Role // whose turn it is
	Day   model.Date // by when an answer is due, or what was promised is to be done; 0: none
}

// Passed are the passes to one department.
type Passed struct {
	To model.Role
	answer.Tally
	Lately int // of those given, since the last meeting
}

// Region is the state of a region.
type Region struct {
	Path        string // "": all in one
	Territories int
	model.Numbers
	Before model.Coverage // Trend days ago
	// Alone says that the pace would be one rep's, and is not to be shown.
	Alone bool
}

// Carry is whether sales can make the visits that a campaign needs.
type Carry string

// The ways a campaign can stand, the best first.
const (
	CarryDone      Carry = "done"      // nothing is missing
	CarryUsual     Carry = "usual"     // as usual
	CarryStepUp    Carry = "step-up"   // if visits are stepped up
	CarryContested Carry = "contested" // not together with the other campaigns that want the same room
	CarryBeyond    Carry = "beyond"    // not even alone
	CarryCalls     Carry = "calls"     // marketing calls: it asks for no visits
)

var carries = [...]Carry{CarryDone, CarryUsual, CarryStepUp, CarryContested, CarryBeyond}

// Ahead is a campaign that is not over.
type Ahead struct {
	Campaign                             model.Campaign
	Targets, Needed, Served, Booked, Gap int // of CarryCalls: Served are those called
	Beyond                               int // accounts that no visit can reach in time
	Carry                                Carry
	Tight                                []string // territories that make it so
}

// Silent is a territory of which nobody knows what was done lately.
type Silent struct {
	Territory  string
	LastReport model.Date // 0: never
}

// Unknown is what a briefing cannot know.
type Unknown struct {
	Silent   []Silent
	Vacant   []string // territories without a rep
	Accounts int      // active ones
	Unplaced int      // of them, those that no map and no week plan can place
	Homeless int      // active accounts in no territory; only where all are looked at
}

// Briefing is the sheet.
type Briefing struct {
	Day, Since  model.Date
	Next        model.Date // the next meeting
	Persons     bool
	Part        bool // not all territories were asked for
	Territories int
	Decisions   []Decision
	Signals     []Open
	OnCourse    int // signals that need nothing at the usual pace
	InHand      int // signals that a campaign already takes care of
	PassedSince model.Date
	Passes      [2]Passed // to sales, to marketing
	Regions     []Region  // in the order of their paths; behind more than one all in one
	Campaigns   []Ahead   // by their first day
	Clashes     []double.Clash
	Unknown     Unknown
}

// Make gathers all of it.
func Make(d *model.Day, f Frame) Briefing {
	m := Begin(d, f)
	for m.Step() {
	}
	return m.Briefing()
}
