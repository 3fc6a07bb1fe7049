// Package demo makes the data of a plainly fictional German company, around any
// day: territories, reps, accounts, campaigns, and the visits, calls and plans
// that raise every kind of signal for a reason that can be told. The same options
// always make the same data.
package demo

import (
	"fmt"
	"math/rand/v2"

	"doppelpass/model"
)

// The usual size.
const (
	DefaultAccounts = 900
	usualDays       = 548 // 18 months of history
)

// Options say what to make. The zero value of Accounts and Visits means: the usual
// size.
type Options struct {
	Today    model.Date
	Seed     uint64
	Accounts int
	// Visits is about how many rows of visits to make: first the history grows
	// longer, up to ten years, then visits come more often. Fewer than one for each
	// account and visit interval of 18 months is not possible without losing the
	// picture of today.
	Visits int
}

// Sink takes the data in as it is made: what is referred to comes first, and the
// contacts of an account right after it. The slices are only lent.
type Sink interface {
	Put(records ...model.Record) error
	Contacts(account string, visits []model.Visit, calls []model.Call) error
}

// The shape of larger companies: about so many accounts a territory.
const accountsPerTerritory = 500

// longest is the longest history in days: ten years.
const longest = 3652

// Generate makes the data and hands it to the sink, one account at a time; it
// holds no more than one of them. An error of the sink ends it.
func Generate(o Options, sink Sink) error {
	if o.Accounts <= 0 {
		o.Accounts = DefaultAccounts
	}
	m := newMaker(o, sink)
	if err := m.company(); err != nil {
		return err
	}
	left := o.Accounts
	for t := range m.territories {
		count := left
		if rest := len(m.territories) - t; rest > 1 {
			count = m.share(t, left, rest)
		}
		left -= count
		if err := m.accounts(t, count); err != nil {
			return err
		}
	}
	return nil
}

// maker is the state of one Generate.
type maker struct {
	o           Options
	sink        Sink
	calendar    *calendar
	copies      int
	reps        []model.Rep
	territories []model.Territory
	campaigns   campaigns
	codeWidth   int

	history   int                    // days
	perYear   float64                // rows a year and account at density 1
	density   float64                // how many times as often as the intervals ask visits are made
	made      int                    // accounts
	rows      int                    // of visits
	busy      [][]uint32             // per rep and day: taken half hours
	planned   []map[model.Date]uint8 // per rep: taken times of days to come
	visitRows []model.Visit
	callRows  []model.Call
	names     int
}

func newMaker(o Options, sink Sink) *maker {
	m := &maker{o: o, sink: sink, copies: 1, history: usualDays, density: 1}
	if o.Accounts > 12*accountsPerTerritory {
		m.copies = (o.Accounts + 12*accountsPerTerritory - 1) / (12 * accountsPerTerritory)
	}
	for _, class := range classes {
		m.perYear += classShare(class) * 365 / float64(model.DefaultSettings().Interval(class))
	}
	if o.Visits > 0 {
		days := 365 * float64(o.Visits) / (float64(o.Accounts) * m.perYear)
		m.history = max(usualDays, min(longest, int(days)))
	}
	m.calendar = newCalendar(o.Today-model.Date(m.history)-400, o.Today+60)
	m.codeWidth = max(4, len(fmt.Sprint(o.Accounts)))
	return m
}

func (m *maker) random(stream uint64) *rand.Rand { return rand.New(rand.NewPCG(m.o.Seed, stream)) }

// company makes reps, territories and campaigns.
func (m *maker) company() error {
	r := m.random(0)
	for n := range m.copies {
		for i, p := range people {
			home := towns[p.home][0]
			m.reps = append(m.reps, model.Rep{
				Code: m.repCode(n, i), Name: repName(r, n, i), Capacity: p.capacity * m.loadFactor(),
				Home:   model.Address{Street: fmt.Sprintf("%s %d", streets[r.IntN(len(streets))], 1+r.IntN(60)), Postcode: home.postcode, City: home.name, Country: "DE"},
				HomeAt: nearby(r, home), DayStart: model.NewClock(8, 0), DayEnd: model.NewClock(17, 0),
			})
			rep := &m.reps[len(m.reps)-1]
			rep.Email = plainLetters.Replace(lowerDots(rep.Name)) + "@doppelpass.example"
			if err := m.sink.Put(*rep); err != nil {
				return err
			}
		}
	}
	for n := range m.copies {
		for i, s := range sites {
			if err := m.addTerritory(n, i, s); err != nil {
				return err
			}
		}
	}
	m.busy = make([][]uint32, len(m.reps))
	m.planned = make([]map[model.Date]uint8, len(m.reps))
	for i := range m.busy {
		m.planned[i] = map[model.Date]uint8{}
		m.busy[i] = make([]uint32, m.calendar.last-m.calendar.first+1)
	}
	m.campaigns = planCampaigns(m.o.Today, m.codesOf)
	for _, c := range m.campaigns.list {
		if err := m.sink.Put(c); err != nil {
			return err
		}
	}
	return m.answers()
}

func (m *maker) addTerritory(n, place int, s site) error {
	remarks := s.story.note(m.o.Today)
	t := model.Territory{
		Code: m.territoryCode(n, place), Name: s.name, Region: s.region,
		Calendar: calendars[s.region], Marketing: marketingContacts[topRegion(s.region)], Note: remarks[0], MarketingNote: remarks[1],
	}
	if n == 0 {
		t.Postcodes = s.prefixes
	} else {
		t.Name = fmt.Sprintf("%s %d", s.name, n+1)
	}
	if s.rep != nobody {
		t.Rep = m.repCode(n, s.rep)
	}
	m.territories = append(m.territories, t)
	return m.sink.Put(t)
}

// loadFactor is how many times as many visits as usual a rep has to make, since
// larger companies have larger territories.
func (m *maker) loadFactor() int {
	perTerritory := float64(m.o.Accounts) / float64(len(sites)*m.copies)
	return max(1, int(perTerritory/75+0.5))
}

func (m *maker) repCode(n, rep int) string {
	return m.code("R", n*len(people)+rep+1, m.copies*len(people))
}

func (m *maker) territoryCode(n, place int) string {
	return m.code("T", n*len(sites)+place+1, m.copies*len(sites))
}

func (m *maker) code(letter string, n, of int) string {
	return fmt.Sprintf("%s%0*d", letter, max(2, len(fmt.Sprint(of))), n)
}

// codesOf are the codes of the territories at those sites.
func (m *maker) codesOf(places ...int) []string {
	var codes []string
	for n := range m.copies {
		for _, place := range places {
			codes = append(codes, m.territoryCode(n, place))
		}
	}
	return codes
}

// share is how many accounts the t-th territory gets: areas differ in size.
func (m *maker) share(t, left, rest int) int {
	r := m.random(uint64(t)<<1 + 1<<40)
	even := float64(left) / float64(rest)
	return min(left, int(even*(0.85+0.3*r.Float64())+0.5))
}

// steer sets how often visits are made, so that the whole comes out near the
// number that was asked for.
func (m *maker) steer() {
	if m.o.Visits == 0 {
		return
	}
	usual := float64(m.o.Accounts-m.made) * m.perYear * float64(m.history) / 365
	if usual > 0 {
		m.density = max(0.05, min(30, float64(m.o.Visits-m.rows)/usual))
	}
}
