package demo

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
)

// collected is a sink that keeps everything and builds a Book of it.
type collected struct {
	book    *model.Book
	records map[model.Table][]model.Record
	visits  []model.Visit
	calls   []model.Call
	reports map[string]map[model.Date]int
}

func newCollected() *collected {
	return &collected{book: model.NewBook(), records: map[model.Table][]model.Record{}, reports: map[string]map[model.Date]int{}}
}

func (c *collected) Put(records ...model.Record) error {
	for _, r := range records {
		c.records[r.Key().Table] = append(c.records[r.Key().Table], r)
		switch r := r.(type) {
		case model.Account:
			c.book.Load(&model.Customer{Account: r})
		case model.PlannedVisit:
			c.book.LoadPlanned(r)
		default:
			c.book.Apply(model.Change{Edits: []model.Edit{{After: r}}})
		}
	}
	return nil
}

func (c *collected) Contacts(account string, visits []model.Visit, calls []model.Call) error {
	c.visits = append(c.visits, visits...)
	c.calls = append(c.calls, calls...)
	customer := c.book.Account(account)
	var days model.DaysBuilder
	for i := len(visits) - 1; i >= 0; i-- {
		v := visits[i]
		if c.reports[v.Rep] == nil {
			c.reports[v.Rep] = map[model.Date]int{}
		}
		c.reports[v.Rep][v.Date]++
		if v.Kind == model.VisitMet {
			days.Append(v.Date, 1)
		}
	}
	customer.Visits = days.Days()
	for _, call := range calls {
		customer.Calls = customer.Calls.Add(model.CallMark{Date: call.Date, Outcome: call.Outcome})
	}
	return nil
}

func generate(t require.TestingT, o Options) *collected {
	c := newCollected()
	require.NoError(t, Generate(o, c))
	for rep, counts := range c.reports {
		var days model.DaysBuilder
		for _, d := range slices.Backward(slices.Sorted(maps.Keys(counts))) {
			days.Append(d, counts[d])
		}
		c.book.LoadReports(rep, days.Days())
	}
	return c
}

// census counts the kinds and states of signals of a day.
type census struct {
	stepUp, before, unbounded, beyond, ready int
	calls, inHand, clear, weak               int
	reports                                  int
}

func take(c *collected, today model.Date) census {
	var n census
	for _, s := range c.book.On(today).Signals() {
		switch s.Kind {
		case model.StepUpVisits:
			n.stepUp++
			if s.Readiness.BeforeWindow {
				n.before++
			}
			if _, unbounded := s.Readiness.StepUp(); unbounded {
				n.unbounded++
			}
			if s.Readiness.Beyond > 0 {
				n.beyond++
			}
		case model.AddTelemarketing:
			n.calls++
			switch {
			case s.InHand:
				n.inHand++
			case s.Contact.Clear:
				n.clear++
			default:
				n.weak++
			}
		case model.ReportsMissing:
			n.reports++
		}
	}
	for _, campaign := range c.book.Campaigns() {
		if !campaign.NeedsVisits() || today < campaign.Start-42 || today > campaign.End {
			continue
		}
		for _, area := range c.book.CampaignAreas(campaign) {
			if r := c.book.On(today).Readiness(campaign, area); r.Gap == 0 && r.Targets > 0 {
				n.ready++
			}
		}
	}
	return n
}

// requireAlive holds that every kind and state of signal occurs, in numbers that
// people would believe.
func requireAlive(t require.TestingT, n census, what string) {
	require.True(t, n.stepUp >= 6 && n.stepUp <= 9, "%s: step up %+v", what, n)
	require.Positive(t, n.before, "%s: before the window %+v", what, n)
	require.Greater(t, n.stepUp-n.before, 1, "%s: in the window %+v", what, n)
	require.Equal(t, 1, n.unbounded, "%s: no usual pace %+v", what, n)
	require.Positive(t, n.beyond, "%s: beyond reach %+v", what, n)
	require.Positive(t, n.ready, "%s: ready %+v", what, n)
	require.True(t, n.calls >= 4 && n.calls <= 5, "%s: telemarketing %+v", what, n)
	require.Equal(t, 1, n.inHand, "%s: in hand %+v", what, n)
	require.Positive(t, n.clear, "%s: clear %+v", what, n)
	require.Positive(t, n.weak, "%s: weak %+v", what, n)
	require.Equal(t, 1, n.reports, "%s: reports missing %+v", what, n)
}

func TestEveryKindOfSignalOccursOnEveryDayOfSixYears(t *testing.T) {
	first := model.NewDate(2024, time.January, 1)
	const step = 61 // meets every weekday and every season
	for d := first; d < first+6*365; d += step {
		requireAlive(t, take(generate(t, Options{Today: d, Seed: uint64(d % 7)}), d), fmt.Sprint(d, " seed ", d%7))
	}
}

func TestTheSameOptionsMakeTheSameData(t *testing.T) {
	o := Options{Today: model.NewDate(2026, 11, 24), Seed: 5}
	first, second := generate(t, o), generate(t, o)
	require.Equal(t, first.records, second.records)
	require.Equal(t, first.visits, second.visits)
	require.Equal(t, first.calls, second.calls)
	o.Seed = 6
	require.NotEqual(t, first.visits, generate(t, o).visits)
}

func TestTheUsualSizeIsThePromisedOne(t *testing.T) {
	c := generate(t, Options{Today: model.NewDate(2026, 11, 24)})
	require.Len(t, c.records[model.TableTerritories], 12)
	require.Len(t, c.records[model.TableReps], 6)
	require.Len(t, c.records[model.TableAccounts], 900)
	require.Len(t, c.records[model.TableCampaigns], 10)
	require.Greater(t, len(c.records[model.TablePlan]), 60)
	require.Greater(t, len(c.calls), 60)
	require.Greater(t, len(c.visits), 4000)
	regions := map[string]bool{}
	for _, r := range c.records[model.TableTerritories] {
		regions[topRegion(r.(model.Territory).Region)] = true
	}
	require.Len(t, regions, 4)

	classes, consents := map[model.Class]int{}, map[model.Consent]int{}
	names := map[string]bool{}
	for _, r := range c.records[model.TableAccounts] {
		a := r.(model.Account)
		classes[a.Class]++
		consents[a.Consent]++
		names[a.Name] = true
	}
	require.InDelta(t, 135, classes[model.ClassA], 15)
	require.InDelta(t, 315, classes[model.ClassB], 30)
	require.Greater(t, consents[model.ConsentNone], 90)
	require.Len(t, names, 900, "no two customers share a name")
}

// requireSound holds what must be true of any data set: everything that is named
// exists, nobody works on holidays or in the future, keys are unique.
func requireSound(t require.TestingT, c *collected, today model.Date) {
	calendar := newCalendar(today-2*longest, today+60)
	reps, areas, accounts, campaigns := map[string]bool{}, map[string]model.Territory{}, map[string]model.Account{}, map[string]bool{}
	for _, r := range c.records[model.TableReps] {
		reps[r.Key().Code] = true
	}
	for _, r := range c.records[model.TableTerritories] {
		territory := r.(model.Territory)
		areas[territory.Code] = territory
		require.True(t, territory.Rep == "" || reps[territory.Rep])
		require.NotEmpty(t, territory.Note)
		require.NotEmpty(t, territory.MarketingNote)
	}
	for _, r := range c.records[model.TableCampaigns] {
		campaign := r.(model.Campaign)
		campaigns[campaign.Code] = true
		require.LessOrEqual(t, campaign.Start, campaign.End)
		require.True(t, calendarWeekday(campaign.Start) && calendarWeekday(campaign.End), campaign.Name)
	}
	require.Len(t, campaigns, len(c.records[model.TableCampaigns]), "campaign codes are unique")
	for _, r := range c.records[model.TableAccounts] {
		a := r.(model.Account)
		require.NotContains(t, accounts, a.Code)
		accounts[a.Code] = a
		area, known := areas[a.Territory]
		require.True(t, known)
		require.True(t, a.At.Valid())
		require.LessOrEqual(t, a.Since, today)
		if len(area.Postcodes) > 0 {
			require.True(t, hasPrefix(a.Address.Postcode, area.Postcodes), "%s in %s", a.Address.Postcode, area.Name)
		}
	}
	keys := map[model.Key]bool{}
	for _, v := range c.visits {
		require.False(t, keys[v.Key()], "%+v", v.Key())
		keys[v.Key()] = true
		require.True(t, reps[v.Rep])
		require.LessOrEqual(t, v.Date, today)
		require.GreaterOrEqual(t, v.Date, accounts[v.Account].Since)
		require.True(t, calendar.works(v.Date), v.Date)
	}
	for _, v := range c.calls {
		require.False(t, keys[v.Key()], "%+v", v.Key())
		keys[v.Key()] = true
		require.Less(t, v.Date, today)
		require.True(t, calendar.works(v.Date), v.Date)
		require.NotEmpty(t, accounts[v.Account].Phone, "called without a number")
		require.True(t, v.Campaign == "" || campaigns[v.Campaign], v.Campaign)
	}
	for _, r := range c.records[model.TablePlan] {
		p := r.(model.PlannedVisit)
		require.False(t, keys[p.Key()])
		keys[p.Key()] = true
		require.Greater(t, p.Date, today)
		require.True(t, calendar.works(p.Date))
		require.Equal(t, areas[accounts[p.Account].Territory].Rep, p.Rep)
	}
}

func calendarWeekday(d model.Date) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

func hasPrefix(s string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}

func TestDataOfAnySizeAndDayIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := model.Date(rapid.IntRange(int(model.NewDate(1995, 1, 1)), int(model.NewDate(2095, 1, 1))).Draw(t, "today"))
		o := Options{
			Today: today, Seed: rapid.Uint64().Draw(t, "seed"),
			Accounts: rapid.IntRange(1, 400).Draw(t, "accounts"), Visits: rapid.SampledFrom([]int{0, 10, 4000}).Draw(t, "visits"),
		}
		c := generate(t, o)
		require.Len(t, c.records[model.TableAccounts], o.Accounts)
		requireSound(t, c, today)
	})
}

func TestAnySeedRaisesEveryKindOfSignal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := model.Date(rapid.IntRange(int(model.NewDate(2020, 1, 1)), int(model.NewDate(2060, 1, 1))).Draw(t, "today"))
		seed := rapid.Uint64().Draw(t, "seed")
		requireAlive(t, take(generate(t, Options{Today: today, Seed: seed}), today), fmt.Sprint(today, " seed ", seed))
	})
}

func TestALargerCompanyHasMoreTerritoriesAndAsManyVisitsAsAskedFor(t *testing.T) {
	today := model.NewDate(2026, 11, 24)
	var counted counting
	require.NoError(t, Generate(Options{Today: today, Accounts: 14_000, Visits: 300_000}, &counted))
	require.Equal(t, 14_000, counted.records[model.TableAccounts])
	require.Equal(t, 36, counted.records[model.TableTerritories])
	require.Equal(t, 18, counted.records[model.TableReps])
	require.InEpsilon(t, 300_000, counted.visits, 0.01)
}

// counting is a sink that only counts.
type counting struct {
	records map[model.Table]int
	visits  int
}

func (c *counting) Put(records ...model.Record) error {
	if c.records == nil {
		c.records = map[model.Table]int{}
	}
	for _, r := range records {
		c.records[r.Key().Table]++
	}
	return nil
}

func (c *counting) Contacts(_ string, visits []model.Visit, _ []model.Call) error {
	c.visits += len(visits)
	return nil
}

func TestEveryReasonNotToCallOccurs(t *testing.T) {
	today := model.NewDate(2026, 11, 24)
	for seed := range uint64(2) {
		c := generate(t, Options{Today: today, Seed: seed})
		seen := map[model.Exclusion]bool{}
		for _, s := range c.book.On(today).Signals() {
			for _, e := range s.Contact.Excluded {
				seen[e.Reason] = true
			}
		}
		for _, reason := range model.Exclusions {
			require.True(t, seen[reason], "seed %d: %s", seed, reason)
		}
	}
}

func TestTelephoneNumbersBelongToNobody(t *testing.T) {
	c := generate(t, Options{Today: model.NewDate(2026, 11, 24)})
	for _, r := range c.records[model.TableAccounts] {
		if phone := r.(model.Account).Phone; phone != "" {
			require.True(t, hasPrefix(phone, exchanges[:]), phone)
		}
	}
	for _, r := range c.records[model.TableContacts] {
		contact := r.(model.Contact)
		require.True(t, contact.Phone == "" || hasPrefix(contact.Phone, exchanges[:]), contact.Phone)
		require.True(t, contact.Email == "" || strings.HasSuffix(contact.Email, ".example"), contact.Email)
	}
	require.NotEmpty(t, c.records[model.TableContacts])
}

func TestHolidaysFallWhereTheyShould(t *testing.T) {
	for year, easter := range map[int]string{2024: "2024-03-31", 2025: "2025-04-20", 2026: "2026-04-05", 2027: "2027-03-28", 2038: "2038-04-25"} {
		require.Equal(t, easter, easterSunday(year).String())
	}
	c := newCalendar(model.NewDate(2026, 1, 1), model.NewDate(2026, 12, 31))
	require.False(t, c.works(model.NewDate(2026, 5, 14)), "Ascension Day")
	require.False(t, c.works(model.NewDate(2026, 11, 28)), "a Saturday")
	require.True(t, c.works(model.NewDate(2026, 11, 24)))
	require.Equal(t, model.NewDate(2026, 12, 23), c.before(model.NewDate(2026, 12, 27)))
	require.Zero(t, c.before(model.NewDate(2026, 1, 1)))
}

func TestAnErrorOfTheSinkEndsTheMaking(t *testing.T) {
	full := errors.New("full")
	require.ErrorIs(t, Generate(Options{Today: model.NewDate(2026, 11, 24)}, refusing{full}), full)
}

// refusing is a sink that takes nothing.
type refusing struct{ err error }

func (r refusing) Put(...model.Record) error { return r.err }

func (r refusing) Contacts(string, []model.Visit, []model.Call) error { return r.err }

// works reports whether d is a working day.
func (c *calendar) works(d model.Date) bool {
	from, to := c.within(span{d, d})
	return from < to
}
