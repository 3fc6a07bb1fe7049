package model_test

// Signal 1: step up visits, with worked numbers and every boundary.

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// mailing is a planned campaign in T.
func mailing(start, end model.Date) model.Campaign {
	return model.Campaign{Code: "C1", Kind: "mailing", Territories: []string{"T"}, Start: start, End: end, Status: model.CampaignPlanned}
}

// territoryOf is territory T of rep R1 with so many accounts of class A: K01, K02 …
func territoryOf(accounts int) world {
	w := newWorld(model.Territory{Code: "T", Rep: "R1"})
	for i := range accounts {
		w.put(model.Account{Code: fmt.Sprintf("K%02d", i+1), Territory: "T", Class: "A"})
	}
	return w
}

// The example of the rules: 40 targets, 5 of them served, 21 working days left.
func TestStepUpWorkedExample(t *testing.T) {
	w := territoryOf(40)
	w.put(mailing(date("2026-12-09"), date("2026-12-22")))
	for i := range 5 {
		w.put(met(fmt.Sprintf("K%02d", i+1), date("2026-11-11"))) // the window's first day
	}
	for i := range 20 {
		w.put(met(fmt.Sprintf("K%02d", i+1), date("2026-11-10"))) // the day before it
	}
	s := mustSignal(t, w.book(), today, model.StepUpVisits, "T")
	require.Equal(t, "C1", s.Campaign)
	require.Equal(t, model.RoleSales, s.Kind.Owner())
	require.False(t, s.InHand)
	r := s.Readiness
	require.Equal(t, date("2026-11-11"), r.WindowStart, "9 December − 28 days")
	require.Equal(t, date("2026-12-22"), r.WindowEnd)
	require.Equal(t, 40, r.Targets)
	require.Equal(t, 32, r.Needed, "80 % of 40")
	require.Equal(t, 5, r.Served)
	require.Equal(t, 0, r.Booked)
	require.Equal(t, 27, r.Gap, "32 − 5 − 0")
	require.Equal(t, 21, r.DaysLeft, "4 + 5 + 5 + 5 + 2")
	require.InDelta(t, 27/(21.0/5), r.RequiredPace, 1e-12) // 6.43
	require.InDelta(t, 25.0/12, r.UsualPace, 1e-12)        // 2.08
	factor, unbounded := r.StepUp()
	require.InDelta(t, 27/(21.0/5)/(25.0/12), factor, 1e-12) // 3.09
	require.False(t, unbounded)
	require.Equal(t, 105, r.Room, "25 × 21 / 5")
	require.Equal(t, 0, r.Beyond)
	require.Equal(t, 84, s.Urgency, "100 × 27/32 = 84.375")
	require.Len(t, r.Accounts, 35)
	require.Empty(t, r.BeyondAccounts)
}

// needed = ⌈0.80 × targets⌉: n less its fifth rounded down, exactly.
func TestNeededIsFourFifthsRoundedUp(t *testing.T) {
	for n := 1; n <= 50; n++ {
		w := territoryOf(n)
		w.put(mailing(today, ahead(10)))
		s := mustSignal(t, w.book(), today, model.StepUpVisits, "T")
		require.Equal(t, n-n/5, s.Readiness.Needed, "%d targets", n)
		require.Equal(t, n, s.Readiness.Targets)
		require.Equal(t, 100, s.Urgency, "nothing is done")
	}
}

func TestGapIsNeededLessServedLessBooked(t *testing.T) {
	for _, test := range []struct {
		served, booked int
		gap            int
		urgency        int // 100 × gap / 8
	}{
		{0, 0, 8, 100},
		{1, 0, 7, 88}, // 87.5, half up
		{3, 2, 3, 38}, // 37.5, half up
		{5, 1, 2, 25},
		{5, 2, 1, 13}, // 12.5, half up
		{8, 0, 0, 0},
		{0, 8, 0, 0},
		{4, 4, 0, 0},
		{10, 0, 0, 0},
		{5, 5, 0, 0}, // below 0: still no signal, and never shown below 0
	} {
		t.Run(fmt.Sprintf("%d served, %d booked", test.served, test.booked), func(t *testing.T) {
			w := territoryOf(10) // needed 8
			campaign := mailing(ago(5), ahead(10))
			w.put(campaign)
			for i := range test.served {
				w.put(met(fmt.Sprintf("K%02d", i+1), ago(1)))
			}
			for i := range test.booked {
				w.put(model.PlannedVisit{Rep: "R1", Account: fmt.Sprintf("K%02d", 10-i), Date: ahead(2)})
			}
			b := w.book()
			r := b.On(today).Readiness(campaign, b.Area("T"))
			require.Equal(t, test.served, r.Served)
			require.Equal(t, test.booked, r.Booked)
			require.Equal(t, test.gap, r.Gap)
			s, raised := signalOf(t, b, today, model.StepUpVisits, "T")
			require.Equal(t, test.gap > 0, raised, "gap 0: the campaign is ready")
			require.Equal(t, test.urgency, s.Urgency)
		})
	}
}

func TestWhichDaysServeAndBook(t *testing.T) {
	// Window 27 October … 4 December around 24 November; one target, one needed.
	campaign := mailing(today, ahead(10))
	visit := func(day model.Date) model.Record { return met("K01", day) }
	plan := func(day model.Date) model.Record { return model.PlannedVisit{Rep: "R1", Account: "K01", Date: day} }
	for _, test := range []struct {
		name           string
		day            model.Date
		record         model.Record
		served, booked int
	}{
		{"visit on the window's first day", today, visit(ago(28)), 1, 0},
		{"visit the day before", today, visit(ago(29)), 0, 0},
		{"visit today", today, visit(today), 1, 0},
		{"visit tomorrow does not exist", today, visit(ahead(1)), 0, 0},
		{"the same visit a day later", ahead(1), visit(ahead(1)), 1, 0},
		{"visit on the last day", ahead(10), visit(ahead(10)), 1, 0},
		{"nobody there", today, model.Visit{Account: "K01", Date: today, Kind: model.VisitNotMet}, 0, 0},
		{"a report that is no visit", today, model.Visit{Account: "K01", Date: today, Kind: model.VisitOther}, 0, 0},
		{"a visit by another rep", today, model.Visit{Account: "K01", Date: today, Rep: "R9"}, 1, 0},
		{"a call serves nothing", today, telephoned("K01", today, model.CallAppointment), 0, 0},
		{"planned today", today, plan(today), 0, 1},
		{"planned yesterday, not done", today, plan(ago(1)), 0, 0},
		{"planned on the window's last day", today, plan(ahead(10)), 0, 1},
		{"planned after it", today, plan(ahead(11)), 0, 0},
		{"planned before the window, which is to come", ago(30), plan(ago(29)), 0, 0},
		{"planned on the first day of the window to come", ago(30), plan(ago(28)), 0, 1},
		{"planned by another rep", today, model.PlannedVisit{Rep: "R9", Account: "K01", Date: ahead(1)}, 0, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := territoryOf(1)
			w.put(campaign, test.record)
			b := w.book()
			r := b.On(test.day).Readiness(campaign, b.Area("T"))
			require.Equal(t, test.served, r.Served)
			require.Equal(t, test.booked, r.Booked)
			require.Equal(t, 1-test.served-test.booked, len(r.Accounts), "accounts are the targets neither served nor booked")
			_, raised := signalOf(t, b, test.day, model.StepUpVisits, "T")
			require.Equal(t, test.served+test.booked == 0, raised)
		})
	}

	t.Run("served and planned again is served only", func(t *testing.T) {
		w := territoryOf(1)
		w.put(campaign, visit(ago(1)), plan(ahead(1)))
		b := w.book()
		r := b.On(today).Readiness(campaign, b.Area("T"))
		require.Equal(t, [...]int{1, 0}, [...]int{r.Served, r.Booked})
	})
	t.Run("two visits serve one target", func(t *testing.T) {
		w := territoryOf(2)
		w.put(campaign, visit(ago(1)), visit(ago(2)))
		b := w.book()
		require.Equal(t, 1, b.On(today).Readiness(campaign, b.Area("T")).Served)
	})
}

// t is 1 from the window's start on and falls before it, by 1/28 a day, to 0.5 at
// start − 42 days.
func TestUrgencyBeforeTheWindow(t *testing.T) {
	start := date("2027-01-20")
	w := territoryOf(5) // needed 4, nothing done: gap / needed = 1
	w.put(mailing(start, start+10))
	b := w.book()
	for _, test := range []struct {
		before  int // days before the start
		urgency int
	}{
		{43, -1}, // beyond the horizon: no signal
		{42, 50}, // t = 14/28
		{41, 54}, // 15/28 = 53.57
		{40, 57}, // 16/28 = 57.14
		{35, 75}, // 21/28
		{29, 96}, // 27/28 = 96.43
		{28, 100},
		{27, 100},
		{0, 100},
		{-10, 100}, // the last day
		{-11, -1},  // over
	} {
		s, raised := signalOf(t, b, start-model.Date(test.before), model.StepUpVisits, "T")
		require.Equal(t, test.urgency >= 0, raised, "%d days before", test.before)
		if raised {
			require.Equal(t, test.urgency, s.Urgency, "%d days before", test.before)
			require.Equal(t, test.before > 28, s.Readiness.BeforeWindow)
			require.False(t, s.Readiness.AfterWindow)
		}
	}
	campaign, _ := b.Campaign("C1")
	require.False(t, b.On(start+10).Readiness(campaign, b.Area("T")).AfterWindow)
	require.True(t, b.On(start+11).Readiness(campaign, b.Area("T")).AfterWindow)
	// With less of a gap: 1 of 4 at t = 15/28 is 13.39, at 14/28 it is 12.5.
	for i := range 3 {
		w.put(model.PlannedVisit{Rep: "R1", Account: fmt.Sprintf("K%02d", i+1), Date: start})
	}
	b = w.book()
	require.Equal(t, 13, mustSignal(t, b, start-41, model.StepUpVisits, "T").Urgency)
	require.Equal(t, 13, mustSignal(t, b, start-42, model.StepUpVisits, "T").Urgency, "12.5, half up")

	// Where the horizon is no wider than the lead, the window has always begun.
	settings := model.DefaultSettings()
	settings.Horizon = 28
	w.put(settings)
	require.Equal(t, 25, mustSignal(t, w.book(), start-28, model.StepUpVisits, "T").Urgency)
	settings.Horizon = 7
	w.put(settings)
	require.Equal(t, 25, mustSignal(t, w.book(), start-7, model.StepUpVisits, "T").Urgency)
	_, raised := signalOf(t, w.book(), start-8, model.StepUpVisits, "T")
	require.False(t, raised)
}

func TestDaysLeftAndPaces(t *testing.T) {
	// One account and so a gap of 1; November 2026 begins on a Sunday.
	for _, test := range []struct {
		name       string
		today      string
		start, end string
		daysLeft   int
		required   float64 // 1 / (days left / 5)
		room       int     // 25 × days left / 5, rounded down
	}{
		{"a window that starts today, on a Tuesday, and ends in a week", "2026-11-24", "2026-12-22", "2026-12-22", 21, 5.0 / 21, 105},
		{"before the window: from its start", "2026-11-20", "2026-12-22", "2026-12-22", 21, 5.0 / 21, 105},
		{"Friday to Friday", "2026-11-20", "2026-11-20", "2026-11-27", 6, 5.0 / 6, 30},
		{"ends on a Saturday", "2026-11-24", "2026-11-24", "2026-11-28", 4, 5.0 / 4, 20},
		{"ends on a Sunday", "2026-11-24", "2026-11-24", "2026-11-29", 4, 5.0 / 4, 20},
		{"ends on the Monday after", "2026-11-24", "2026-11-24", "2026-11-30", 5, 1, 25},
		{"today is its last day", "2026-11-24", "2026-11-24", "2026-11-24", 1, 5, 5},
		{"today is the Saturday it ends on: none left, one for the division", "2026-11-28", "2026-11-23", "2026-11-28", 0, 5, 5},
		{"Saturday, and it ends on Sunday", "2026-11-28", "2026-11-23", "2026-11-29", 0, 5, 5},
		{"Sunday, and it ends on Monday", "2026-11-29", "2026-11-23", "2026-11-30", 1, 5, 5},
		{"across the year's end", "2026-12-31", "2026-12-31", "2027-01-04", 3, 5.0 / 3, 15},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := territoryOf(1)
			w.put(mailing(date(test.start), date(test.end)))
			r := mustSignal(t, w.book(), date(test.today), model.StepUpVisits, "T").Readiness
			require.Equal(t, test.daysLeft, r.DaysLeft)
			require.InDelta(t, test.required, r.RequiredPace, 1e-12)
			require.Equal(t, test.room, r.Room)
			require.Zero(t, r.UsualPace)
			factor, unbounded := r.StepUp()
			require.True(t, unbounded, "no usual pace")
			require.Zero(t, factor)
		})
	}
	_, unbounded := model.Readiness{}.StepUp()
	require.False(t, unbounded, "nothing is required")
}

func TestRoomAndBeyond(t *testing.T) {
	// Today until Friday: four working days. 10 targets, needed 8.
	friday := date("2026-11-27")
	for _, test := range []struct {
		name     string
		capacity int            // the rep's own; 0: the setting's 25
		planned  []model.Record // elsewhere
		room     int
		beyond   int
	}{
		{"25 × 4 / 5", 0, nil, 20, 0},
		{"9 × 4 / 5 = 7.2", 9, nil, 7, 1},
		{"10 × 4 / 5 = 8", 10, nil, 8, 0},
		{"1 × 4 / 5 = 0.8", 1, nil, 0, 8},
		{"planned at accounts anywhere", 10, []model.Record{
			model.PlannedVisit{Rep: "R1", Account: "X", Date: today},
			model.PlannedVisit{Rep: "R1", Account: "X", Date: friday},
			model.PlannedVisit{Rep: "R1", Account: "Y", Date: friday},
		}, 5, 3},
		{"not yesterday's, not after the window, not another rep's", 10, []model.Record{
			model.PlannedVisit{Rep: "R1", Account: "X", Date: ago(1)},
			model.PlannedVisit{Rep: "R1", Account: "X", Date: friday + 1},
			model.PlannedVisit{Rep: "R2", Account: "X", Date: friday},
		}, 8, 0},
		{"more planned than room: not below 0", 2, []model.Record{ // 1.6, so 1
			model.PlannedVisit{Rep: "R1", Account: "X", Date: today},
			model.PlannedVisit{Rep: "R1", Account: "Y", Date: today},
		}, 0, 8},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := territoryOf(10)
			w.put(model.Rep{Code: "R1", Capacity: test.capacity}, mailing(today, friday),
				model.Account{Code: "X", Territory: "T2", Class: "A"}, model.Account{Code: "Y", Territory: "T2", Class: "A"})
			w.put(test.planned...)
			r := mustSignal(t, w.book(), today, model.StepUpVisits, "T").Readiness
			require.Equal(t, test.room, r.Room)
			require.Equal(t, test.beyond, r.Beyond)
			require.Len(t, r.BeyondAccounts, test.beyond)
		})
	}
	t.Run("the setting is for reps without a capacity of their own", func(t *testing.T) {
		w := territoryOf(10)
		settings := model.DefaultSettings()
		settings.Capacity = 5
		w.put(settings, mailing(today, friday))
		require.Equal(t, 4, mustSignal(t, w.book(), today, model.StepUpVisits, "T").Readiness.Room, "no record of the rep")
		w.put(model.Rep{Code: "R1"})
		require.Equal(t, 4, mustSignal(t, w.book(), today, model.StepUpVisits, "T").Readiness.Room)
		w.put(model.Rep{Code: "R1", Capacity: 10})
		require.Equal(t, 8, mustSignal(t, w.book(), today, model.StepUpVisits, "T").Readiness.Room)
	})
	t.Run("a planned visit at a target both books it and takes room", func(t *testing.T) {
		w := territoryOf(10)
		w.put(model.Rep{Code: "R1", Capacity: 5}, mailing(today, friday), model.PlannedVisit{Rep: "R1", Account: "K01", Date: friday})
		r := mustSignal(t, w.book(), today, model.StepUpVisits, "T").Readiness
		require.Equal(t, [...]int{7, 3, 4}, [...]int{r.Gap, r.Room, r.Beyond})
	})
}

// Targets first seen: class, never visited first (new ones too), then by ratio,
// then by code. Beyond: the lowest class first, in it the longest overdue first.
func TestOrderOfTargets(t *testing.T) {
	w := newWorld(
		model.Territory{Code: "T", Rep: "R1"}, model.Rep{Code: "R1", Capacity: 1},
		mailing(today, ahead(3)),
		model.Account{Code: "a1", Territory: "T", Class: "A"}, met("a1", ago(60)), // 2.0
		model.Account{Code: "a2", Territory: "T", Class: "A"}, met("a2", ago(90)), // 3.0
		model.Account{Code: "a3", Territory: "T", Class: "A", Since: ago(1)},       // new
		model.Account{Code: "a4", Territory: "T", Class: "A"},                      // never
		model.Account{Code: "a5", Territory: "T", Class: "A"}, met("a5", ahead(1)), // never, as of today
		model.Account{Code: "a6", Territory: "T", Class: "A", Interval: 20}, met("a6", ago(60)), // 3.0: a tie with a2
		model.Account{Code: "b1", Territory: "T", Class: "B"}, met("b1", ago(45)), // 0.5
		model.Account{Code: "b2", Territory: "T", Class: "B"}, met("b2", ago(99)), // 1.1
		model.Account{Code: "c1", Territory: "T", Class: "C"}, met("c1", ago(36)), // 0.2
		model.Account{Code: "c2", Territory: "T", Class: "C"},                                  // never
		model.Account{Code: "c3", Territory: "T", Class: "C", Interval: 3}, met("c3", ago(36)), // 12
		model.Account{Code: "c4", Territory: "T", Class: "C", Inactive: true}, met("c4", ago(1)), // no target
		model.Account{Code: "c5", Territory: "T", Class: "C"}, met("c5", ago(1)), // served
		model.Account{Code: "c6", Territory: "T", Class: "C"}, model.PlannedVisit{Rep: "R1", Account: "c6", Date: ahead(1)},
	)
	r := mustSignal(t, w.book(), today, model.StepUpVisits, "T").Readiness
	require.Equal(t, "a3 a4 a5 a2 a6 a1 b2 b1 c2 c3 c1", codes(r.Accounts))
	require.Equal(t, 13, r.Targets)
	require.Equal(t, 11, r.Needed, "10.4 rounded up")
	require.Equal(t, 9, r.Gap)
	require.Equal(t, 9, r.Beyond, "no room at all")
	require.Equal(t, "c2 c3 c1 b2 b1 a3 a4 a5 a2", codes(r.BeyondAccounts))
}

func TestWhoIsATarget(t *testing.T) {
	w := newWorld(
		model.Territory{Code: "T", Rep: "R1"},
		model.Account{Code: "a", Territory: "T", Class: "A"},
		model.Account{Code: "b", Territory: "T", Class: "B"},
		model.Account{Code: "c", Territory: "T", Class: "C"},
		model.Account{Code: "new", Territory: "T", Class: "A", Since: today},
		model.Account{Code: "gone", Territory: "T", Class: "A", Inactive: true},
		model.Account{Code: "moved", Territory: "T2", Class: "A"},
	)
	for _, test := range []struct {
		classes []model.Class
		want    string
	}{
		{nil, "a new b c"},
		{[]model.Class{"A"}, "a new"},
		{[]model.Class{"B"}, "b"},
		{[]model.Class{"A", "C"}, "a new c"},
		{[]model.Class{"A", "B", "C"}, "a new b c"},
	} {
		campaign := mailing(today, ahead(10))
		campaign.Classes = test.classes
		w.put(campaign)
		require.Equal(t, test.want, codes(mustSignal(t, w.book(), today, model.StepUpVisits, "T").Readiness.Accounts))
	}
	t.Run("no targets, no signal", func(t *testing.T) {
		campaign := mailing(today, ahead(10))
		campaign.Classes = []model.Class{"B"}
		w := territoryOf(3)
		w.put(campaign)
		b := w.book()
		_, raised := signalOf(t, b, today, model.StepUpVisits, "T")
		require.False(t, raised)
		require.Zero(t, b.On(today).Readiness(campaign, b.Area("T")).Targets)
	})
}

func TestWhichCampaignsRaiseASignal(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*model.Campaign)
		raised bool
	}{
		{"planned mailing", func(*model.Campaign) {}, true},
		{"draft", func(c *model.Campaign) { c.Status = model.CampaignDraft }, false},
		{"cancelled", func(c *model.Campaign) { c.Status = model.CampaignCancelled }, false},
		{"telemarketing stands in for visits", func(c *model.Campaign) { c.Kind = model.KindTelemarketing }, false},
		{"Telemarketing, written otherwise", func(c *model.Campaign) { c.Kind = "Telemarketing" }, false},
		{"a kind of the team's own", func(c *model.Campaign) { c.Kind = "Hausmesse" }, true},
		{"no kind", func(c *model.Campaign) { c.Kind = "" }, true},
		{"names no territory", func(c *model.Campaign) { c.Territories = nil }, false},
		{"names another territory", func(c *model.Campaign) { c.Territories = []string{"T2"} }, false},
		{"names it among others", func(c *model.Campaign) { c.Territories = []string{"T2", "T"} }, true},
		{"names it twice: one signal", func(c *model.Campaign) { c.Territories = []string{"T", "Süd", "T"} }, true},
		{"names its region", func(c *model.Campaign) { c.Territories = []string{"Süd/Baden-Württemberg"} }, true},
		{"names a region above", func(c *model.Campaign) { c.Territories = []string{"Süd"} }, true},
		{"names a region below", func(c *model.Campaign) { c.Territories = []string{"Süd/Baden-Württemberg/Ulm"} }, false},
		{"names another region that begins alike", func(c *model.Campaign) { c.Territories = []string{"Sü"} }, false},
		{"names a part of the region's name", func(c *model.Campaign) { c.Territories = []string{"Süd/Baden"} }, false},
		{"starts exactly the horizon ahead", func(c *model.Campaign) { c.Start, c.End = ahead(42), ahead(60) }, true},
		{"starts a day later", func(c *model.Campaign) { c.Start, c.End = ahead(43), ahead(60) }, false},
		{"ends today", func(c *model.Campaign) { c.Start, c.End = ago(5), today }, true},
		{"ended yesterday", func(c *model.Campaign) { c.Start, c.End = ago(5), ago(1) }, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := territoryOf(1)
			w.put(model.Territory{Code: "T", Rep: "R1", Region: "Süd/Baden-Württemberg"})
			campaign := mailing(today, ahead(10))
			test.change(&campaign)
			w.put(campaign)
			_, raised := signalOf(t, w.book(), today, model.StepUpVisits, "T")
			require.Equal(t, test.raised, raised)
		})
	}
}

func TestARegionTargetsItsTerritoriesOnly(t *testing.T) {
	w := newWorld()
	for code, region := range map[string]string{"T1": "Süd/Baden-Württemberg", "T2": "Südwest", "T3": "Süd", "T4": "Nord/Süd", "T5": ""} {
		w.put(model.Territory{Code: code, Region: region}, model.Account{Code: "K" + code, Territory: code, Class: "A"})
	}
	campaign := mailing(today, ahead(10))
	campaign.Territories = []string{"Süd"}
	w.put(campaign)
	b := w.book()
	var named []string
	for _, s := range b.On(today).Signals() {
		named = append(named, s.Territory)
	}
	require.ElementsMatch(t, []string{"T1", "T3"}, named)
	var areas []string
	for _, area := range b.CampaignAreas(campaign) {
		areas = append(areas, area.Code)
	}
	require.Equal(t, []string{"T3", "T1"}, areas, "by region, then code")
}

func TestEachCampaignRaisesASignalOfItsOwn(t *testing.T) {
	w := territoryOf(10)
	first, second := mailing(today, ahead(10)), mailing(today, ahead(20))
	second.Code = "C2"
	w.put(first, second, met("K01", ago(1)))
	signals := w.book().On(today).Signals()
	require.Len(t, signals, 3)
	require.Equal(t, []string{"C1", "C2"}, []string{signals[0].Campaign, signals[1].Campaign})
	require.Equal(t, []int{88, 88, 83}, []int{signals[0].Urgency, signals[1].Urgency, signals[2].Urgency})
	require.Equal(t, model.AddTelemarketing, signals[2].Kind)
}
