// Package model is the trade: its nouns and its rules, the Book that keeps the
// facts current, and the Day that says what follows from them. It knows no files,
// no clock, no terminal and no store; the same data, settings and day always give
// the same signals.
//
// Every record is described once, in fields.go. Imports run one way, ui → store →
// model: the rooms below this one (week, route, hours, place, demo) are the trade's,
// too, and need nobody else's code. It speaks no language: what it finds are types and
// stable names, which ui/words says. See .github/ARCHITECTURE.md.
package model

import (
	"cmp"
	"slices"
	"strings"
	"sync/atomic"
)

// Customer is one account with what is known of the contacts with it.
type Customer struct {
	Account
	Visits  Days      // days of counted visits
	Calls   CallMarks // every call
	Planned []PlannedVisit
	// Contacts are the people at the account, in no particular order.
	Contacts []Contact

	area *Area
	at   int // position in its area's list
}

// Area is one territory with its accounts. It exists for a territory code that
// only accounts name, too; Known is false then.
type Area struct {
	Territory
	Known    bool
	accounts []*Customer

	// The Book's revision of the last change to what the numbers and what the
	// signals depend on, and to what the signals depend on but for the days on which the
	// rep reported. No two areas ever have the same facts' revision.
	facts, findings, grounds uint64
}

// Accounts are the area's accounts in no particular order. The caller must not
// change the slice.
func (a *Area) Accounts() []*Customer { return a.accounts }

// Book is the picture of the business in memory that the rules read: the facts,
// whatever the day. Changes are applied to it one by one; after each, only what the
// change touches is computed anew. Any number of goroutines may read a Book and its
// Days at a time: reading writes nothing that is not guarded. While a change is
// applied nobody may.
type Book struct {
	settings  Settings
	areas     map[string]*Area
	accounts  register
	reps      map[string]Rep
	campaigns map[string]Campaign
	reports   map[string]Days      // rep code → days with rows of any kind
	planned   map[string]plan      // by rep
	absences  map[string][]Absence // by rep, in order
	covered   map[string][]string  // who stands in → the reps, in order
	answers   map[SignalKey][]Answer
	followUps map[string][]FollowUp // by account
	outLists  map[string]OutList
	outOn     map[string][]string // by account: codes of the lists that it ever was on
	people    map[string]Person
	optedOut  map[string][]OptOut // by account code and by hashed number

	revision uint64                             // grows with every change
	sorted   atomic.Pointer[[]*Area]            // nil: to be sorted anew
	ordered  atomic.Pointer[[]Campaign]         // nil: to be ordered anew
	byRep    atomic.Pointer[map[string][]*Area] // nil: to be sorted out anew
	latest   *Area                              // asked for last by what changes the Book; may be nil
	days     shelf
	refusals uint64 // the revision of the last change to who may not be called
	// refusing are the codes of the accounts whose own record or calls say, on whatever
	// day, not to call. One may stand here that says so no more, or is gone.
	refusing map[string]bool
	ranks    classRanks
	outside  Outside
}

// NewBook is an empty Book with the default settings.
func NewBook() *Book {
	settings := DefaultSettings()
	return &Book{
		settings:  settings,
		areas:     map[string]*Area{},
		reps:      map[string]Rep{},
		campaigns: map[string]Campaign{},
		reports:   map[string]Days{},
		planned:   map[string]plan{},
		absences:  map[string][]Absence{},
		covered:   map[string][]string{},
		answers:   map[SignalKey][]Answer{},
		followUps: map[string][]FollowUp{},
		outLists:  map[string]OutList{},
		outOn:     map[string][]string{},
		people:    map[string]Person{},
		optedOut:  map[string][]OptOut{},
		refusing:  map[string]bool{},
		ranks:     settings.Classes.ranks(),
	}
}

// Grow makes room for that many accounts, so that loading need not move them.
func (b *Book) Grow(accounts int) {
	b.accounts.grow(accounts)
	if len(b.refusing) == 0 {
		const refusing = 32 // one in so many
		b.refusing = make(map[string]bool, accounts/refusing)
	}
}

// Load adds an account with its packed contacts, as a store keeps them. The Book
// keeps the pointer. Only for a Book that is being built.
func (b *Book) Load(customer *Customer) {
	b.accounts.put(customer)
	b.join(customer)
	if customer.refusesSomeDay() {
		b.refusing[customer.Code] = true
	}
}

// LoadReports adds the days on which a rep logged anything. Only for a Book that
// is being built.
func (b *Book) LoadReports(rep string, days Days) { b.reports[rep] = days }

// Revision grows with every change of the Book.
func (b *Book) Revision() uint64 { return b.revision }

// Settings are the rules' numbers in force.
func (b *Book) Settings() Settings { return b.settings }

// Account is the account with that code, nil when there is none.
func (b *Book) Account(code string) *Customer { return b.accounts.get(code) }

// AccountCount is the number of accounts.
func (b *Book) AccountCount() int { return b.accounts.count }

// Accounts yields every account in no particular order.
func (b *Book) Accounts(yield func(*Customer) bool) {
	b.accounts.all(yield)
}

// Area is the territory with that code, nil when neither a territory nor an
// account names it.
func (b *Book) Area(code string) *Area { return b.areas[code] }

// Areas are the known territories by region path, then code. The caller must not
// change the slice.
func (b *Book) Areas() []*Area {
	if sorted := b.sorted.Load(); sorted != nil {
		return *sorted
	}
	sorted := make([]*Area, 0, len(b.areas))
	for _, area := range b.areas {
		if area.Known {
			sorted = append(sorted, area)
		}
	}
	slices.SortFunc(sorted, func(x, y *Area) int {
		return cmp.Or(strings.Compare(x.Region, y.Region), strings.Compare(x.Code, y.Code))
	})
	b.sorted.Store(&sorted) // of several readers each sorts the same
	return sorted
}

// areasOf are the known territories of a rep, in Areas' order.
func (b *Book) areasOf(rep string) []*Area {
	byRep := b.byRep.Load()
	if byRep == nil {
		sorted := map[string][]*Area{}
		for _, area := range b.Areas() {
			sorted[area.Rep] = append(sorted[area.Rep], area)
		}
		byRep = &sorted
		b.byRep.Store(byRep)
	}
	return (*byRep)[rep]
}

// Rep is the rep with that code; ok is false when there is none.
func (b *Book) Rep(code string) (rep Rep, ok bool) {
	rep, ok = b.reps[code]
	return rep, ok
}

// RepName is the name to show for a rep code: the name on record, else the code.
func (b *Book) RepName(code string) string {
	if rep, ok := b.reps[code]; ok && rep.Name != "" {
		return rep.Name
	}
	return code
}

// Reps are the reps by code.
func (b *Book) Reps() []Rep {
	list := make([]Rep, 0, len(b.reps))
	for _, rep := range b.reps {
		list = append(list, rep)
	}
	slices.SortFunc(list, func(x, y Rep) int { return strings.Compare(x.Code, y.Code) })
	return list
}

// Reports are the days on which the rep logged anything, of whatever kind.
func (b *Book) Reports(rep string) Days { return b.reports[rep] }

// plan are a rep's planned visits: what tells one from the others, and the rest of it.
type plan map[plannedAt]plannedHow

type plannedAt struct {
	account string
	date    Date
	nth     int
}

type plannedHow struct {
	time    Clock
	minutes int
}

func (p PlannedVisit) at() plannedAt { return plannedAt{p.Account, p.Date, p.Nth} }

// Plan yields the rep's planned visits in no particular order.
func (b *Book) Plan(rep string) func(yield func(PlannedVisit) bool) {
	return func(yield func(PlannedVisit) bool) {
		for at, how := range b.planned[rep] {
			if !yield(PlannedVisit{Rep: rep, Date: at.date, Account: at.account, Nth: at.nth, Time: how.time, Minutes: how.minutes}) {
				return
			}
		}
	}
}

// Campaign is the campaign with that code; ok is false when there is none.
func (b *Book) Campaign(code string) (campaign Campaign, ok bool) {
	campaign, ok = b.campaigns[code]
	return campaign, ok
}

// Campaigns are the campaigns by start, then code. The caller must not change the
// slice.
func (b *Book) Campaigns() []Campaign {
	if ordered := b.ordered.Load(); ordered != nil {
		return *ordered
	}
	ordered := make([]Campaign, 0, len(b.campaigns))
	for _, campaign := range b.campaigns {
		ordered = append(ordered, campaign)
	}
	slices.SortFunc(ordered, orderOfCampaigns)
	b.ordered.Store(&ordered)
	return ordered
}

func orderOfCampaigns(x, y Campaign) int {
	return cmp.Or(cmp.Compare(x.Start, y.Start), strings.Compare(x.Code, y.Code))
}

// InRegion reports whether the region path lies at or below the other.
func InRegion(path, below string) bool {
	return path == below || (len(path) > len(below) && path[len(below)] == '/' && path[:len(below)] == below)
}

// Names reports whether the campaign runs in the territory: it names its code or
// a region path at or above the territory's.
func (c Campaign) Names(t Territory) bool {
	for _, ref := range c.Territories {
		if ref == t.Code || (ref != "" && InRegion(t.Region, ref)) {
			return true
		}
	}
	return false
}

// CampaignAreas are the known territories a campaign runs in, in Areas' order.
func (b *Book) CampaignAreas(c Campaign) []*Area {
	var list []*Area
	for _, area := range b.Areas() {
		if c.Names(area.Territory) {
			list = append(list, area)
		}
	}
	return list
}

// area finds or makes the area of a territory code.
func (b *Book) area(code string) *Area {
	if b.latest != nil && b.latest.Code == code { // accounts of one territory are often loaded one behind the other
		return b.latest
	}
	area := b.areas[code]
	if area == nil {
		area = &Area{Territory: Territory{Code: code}}
		b.areas[code] = area
	}
	b.latest = area
	return area
}

func (b *Book) join(customer *Customer) {
	area := b.area(customer.Territory)
	customer.area, customer.at = area, len(area.accounts)
	area.accounts = append(area.accounts, customer)
	b.touched(area)
}

func (b *Book) leave(customer *Customer) {
	area := b.area(customer.Territory)
	last := len(area.accounts) - 1
	area.accounts[customer.at] = area.accounts[last]
	area.accounts[customer.at].at = customer.at
	area.accounts[last] = nil
	area.accounts = area.accounts[:last]
	b.touched(area)
	b.drop(area)
}

// drop forgets an area that neither a territory nor an account names.
func (b *Book) drop(area *Area) {
	if !area.Known && len(area.accounts) == 0 {
		delete(b.areas, area.Code)
		b.latest = nil
	}
}
