package model_test

// Signal 2: add telemarketing, with worked numbers and every boundary.

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// thin is territory T with n accounts of class C, the first of them visited
// yesterday, the others never.
func thin(n, visited int) world {
	w := newWorld(model.Territory{Code: "T", Rep: "R1"})
	for i := range n {
		code := fmt.Sprintf("K%02d", i+1)
		w.put(model.Account{Code: code, Territory: "T", Class: "C", Phone: "0711 5550" + code[1:], Consent: model.ConsentPresumed, ConsentBasis: "fair"})
		if i < visited {
			w.put(met(code, ago(1)))
		}
	}
	return w
}

// Wilson's upper bound, by hand with z = 1.2816, z² = 1.6425:
//
//	(p + z²/2n + z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)
//
//	 9/31  (0.2903 + 0.0265 + 1.2816 × √(0.006646 + 0.000427)) / 1.0530 = 0.4246 / 1.0530 = 0.4032
//	12/26  (0.4615 + 0.0316 + 1.2816 × √(0.009558 + 0.000607)) / 1.0632 = 0.6223 / 1.0632 = 0.5854
//	 1/5   (0.2000 + 0.1643 + 1.2816 × √(0.032000 + 0.016425)) / 1.3285 = 0.6463 / 1.3285 = 0.4865
//	 2/5   (0.4000 + 0.1643 + 1.2816 × √(0.048000 + 0.016425)) / 1.3285 = 0.8895 / 1.3285 = 0.6696
//	 4/10  (0.4000 + 0.0821 + 1.2816 × √(0.024000 + 0.004106)) / 1.1643 = 0.6970 / 1.1643 = 0.5987
//	 5/10  (0.5000 + 0.0821 + 1.2816 × √(0.025000 + 0.004106)) / 1.1643 = 0.8008 / 1.1643 = 0.6878
//	 0/5   (0.0000 + 0.1643 + 1.2816 × √(0.000000 + 0.016425)) / 1.3285 = 0.3285 / 1.3285 = 0.2473
//	13/28  (0.4643 + 0.0293 + 1.2816 × √(0.008883 + 0.000524)) / 1.0587 = 0.6179 / 1.0587 = 0.5837
//	17/34  (0.5000 + 0.0242 + 1.2816 × √(0.007353 + 0.000355)) / 1.0483 = 0.6367 / 1.0483 = 0.6074
//	29/50  (0.5800 + 0.0164 + 1.2816 × √(0.004872 + 0.000164)) / 1.0329 = 0.6874 / 1.0329 = 0.6655
//	59/100 (0.5900 + 0.0082 + 1.2816 × √(0.002419 + 0.000041)) / 1.0164 = 0.6618 / 1.0164 = 0.6511
//	16/33  (0.4848 + 0.0249 + 1.2816 × √(0.007569 + 0.000377)) / 1.0498 = 0.6240 / 1.0498 = 0.5944
func TestContactCoverageAndStrength(t *testing.T) {
	for _, test := range []struct {
		n, contacted int
		raised       bool
		upper        float64
		clear        bool
		urgency      int // 100 × (1 − contacted / (0.6 n)), halved when weak
	}{
		{4, 0, false, 0, false, 0}, // fewer than 5 accounts: by chance
		{5, 0, true, 0.2473, true, 100},
		{5, 1, true, 0.4865, true, 67},  // 66.67
		{5, 2, true, 0.6696, false, 17}, // 33.33 / 2 = 16.67
		{5, 3, false, 0, false, 0},      // exactly 0.60
		{10, 4, true, 0.5987, true, 33}, // the bound just below the threshold
		{10, 5, true, 0.6878, false, 8}, // 16.67 / 2
		{10, 6, false, 0, false, 0},     // exactly 0.60
		{10, 7, false, 0, false, 0},
		{8, 3, true, 0.5972, true, 38},    // 37.5, half up
		{16, 6, true, 0.5348, true, 38},   // 37.5, half up
		{31, 9, true, 0.4032, true, 52},   // 51.61
		{26, 12, true, 0.5854, true, 23},  // 23.08
		{28, 13, true, 0.5837, true, 23},  // 22.62
		{33, 16, true, 0.5944, true, 19},  // 19.19
		{34, 17, true, 0.6074, false, 8},  // 16.67 / 2: the bound just above the threshold
		{50, 30, false, 0, false, 0},      // exactly 0.60
		{50, 29, true, 0.6655, false, 2},  // 3.33 / 2 = 1.67
		{100, 59, true, 0.6511, false, 1}, // 1.67 / 2 = 0.83
	} {
		t.Run(fmt.Sprintf("%d of %d", test.contacted, test.n), func(t *testing.T) {
			s, raised := signalOf(t, thin(test.n, test.contacted).book(), today, model.AddTelemarketing, "T")
			require.Equal(t, test.raised, raised)
			if !raised {
				return
			}
			require.InDelta(t, test.upper, model.WilsonUpper(test.contacted, test.n, 1.2816), 0.0001)
			require.Equal(t, test.clear, s.Contact.Clear)
			require.Equal(t, test.urgency, s.Urgency)
			require.Equal(t, model.Coverage{Accounts: test.n, Covered: test.contacted, Contacted: test.contacted}, s.Contact.Coverage)
			require.Equal(t, model.RoleMarketing, s.Kind.Owner())
			require.False(t, s.InHand)
			require.Empty(t, s.Campaign)
			require.Len(t, s.Contact.CallList, test.n-test.contacted)
		})
	}
	require.Equal(t, 1.0, model.WilsonUpper(0, 0, 1.2816), "nothing is known of no accounts")
	require.InDelta(t, 1.0, model.WilsonUpper(7, 7, 1.2816), 1e-12)
	require.InDelta(t, 0.25, model.WilsonUpper(2, 8, 0), 1e-12, "no doubt, no spread")
}

// With a threshold of 0.50 a weak shortfall of 3 in 8 is 25 / 2 = 12.5.
func TestWeakHalfRoundsUp(t *testing.T) {
	w := thin(8, 3)
	settings := model.DefaultSettings()
	settings.ContactThreshold = 50
	w.put(settings)
	s := mustSignal(t, w.book(), today, model.AddTelemarketing, "T")
	require.False(t, s.Contact.Clear)
	require.Equal(t, 13, s.Urgency)
}

func TestWhoCountsTowardsContactCoverage(t *testing.T) {
	w := thin(5, 2)
	mustSignal(t, w.book(), today, model.AddTelemarketing, "T")
	w.put(telephoned("K03", ago(90), model.CallReached)) // half of 180: 3 of 5
	_, raised := signalOf(t, w.book(), today, model.AddTelemarketing, "T")
	require.False(t, raised, "a call counts as contact")
	s := mustSignal(t, w.book(), today+1, model.AddTelemarketing, "T")
	require.Equal(t, model.Coverage{Accounts: 5, Covered: 2, Contacted: 2}, s.Contact.Coverage, "a day later it is too old")

	w = thin(5, 2)
	w.put(model.Account{Code: "new", Territory: "T", Class: "C", Since: ago(1)}, model.Account{Code: "gone", Territory: "T", Class: "C", Inactive: true})
	require.Equal(t, 5, mustSignal(t, w.book(), today, model.AddTelemarketing, "T").Contact.Accounts, "neither new nor inactive ones")
	w = thin(4, 0)
	w.put(model.Account{Code: "new", Territory: "T", Class: "C", Since: ago(1)})
	require.Empty(t, w.book().On(today).Signals(), "n counts accounts that are not new")
}

func TestCallListAndItsExclusions(t *testing.T) {
	type rows []model.Record
	called := func(daysAgo int, outcome model.CallOutcome) model.Record {
		return telephoned("K", ago(daysAgo), outcome)
	}
	inVain := func(daysAgo ...int) rows {
		var list rows
		for _, d := range daysAgo {
			list = append(list, called(d, model.CallNotReached))
		}
		return list
	}
	plan := func(day model.Date) model.Record { return model.PlannedVisit{Rep: "R1", Account: "K", Date: day} }
	visited := func(daysAgo int) model.Record { return met("K", ago(daysAgo)) }
	none := func(*model.Account) {}
	weekly := func(a *model.Account) { a.Interval = 7 }
	noGround := func(a *model.Account) { a.ConsentBasis = "" }

	for _, test := range []struct {
		name    string
		account func(*model.Account)
		records rows
		want    model.Exclusion
	}{
		{"never visited, nothing against it", none, nil, model.NotExcluded},
		{"consent given", func(a *model.Account) { a.Consent = model.ConsentGiven }, nil, model.NotExcluded},

		{"do not call", func(a *model.Account) { a.DoNotCall = true }, nil, model.OptedOut},
		{"opted out long ago", none, rows{called(900, model.CallOptOut)}, model.OptedOut},
		{"opted out, reached again since", none, rows{called(900, model.CallOptOut), called(100, model.CallAppointment)}, model.OptedOut},
		{"opts out tomorrow: not yet", none, rows{called(-1, model.CallOptOut)}, model.NotExcluded},
		{"no phone number", func(a *model.Account) { a.Phone = "" }, nil, model.NoPhone},
		{"a dash for a phone number", func(a *model.Account) { a.Phone = "-" }, nil, model.NoPhone},
		{"a word for a phone number", func(a *model.Account) { a.Phone = "keine" }, nil, model.NoPhone},
		{"four digits", func(a *model.Account) { a.Phone = "07 11" }, nil, model.NoPhone},
		{"five digits", func(a *model.Account) { a.Phone = "07 112" }, nil, model.NotExcluded},
		{"no consent on record", func(a *model.Account) { a.Consent = model.ConsentNone }, nil, model.NoConsent},
		{"a consent that is none", func(a *model.Account) { a.Consent = "perhaps" }, nil, model.NoConsent},
		{"a private customer, presumed", func(a *model.Account) { a.Private = true }, nil, model.NoConsent},
		{"a private customer, given", func(a *model.Account) { a.Private, a.Consent = true, model.ConsentGiven }, nil, model.NotExcluded},
		{"presumed on no ground", noGround, nil, model.NoBasis},
		{"given needs no ground", func(a *model.Account) { noGround(a); a.Consent = model.ConsentGiven }, nil, model.NotExcluded},
		{"presumed, a customer since 400 days", func(a *model.Account) { noGround(a); a.Since = ago(400) }, nil, model.NotExcluded},
		{"presumed, visited once", noGround, rows{visited(200)}, model.NotExcluded},
		{"presumed, nobody was there", noGround, rows{model.Visit{Account: "K", Date: ago(200), Kind: model.VisitNotMet}}, model.NoBasis},
		{"presumed, a visit tomorrow does not exist", noGround, rows{visited(-1)}, model.NoBasis},

		// Only an interval shorter than 14 days lets an account be overdue so soon.
		{"visited 8 days ago", weekly, rows{visited(8)}, model.VisitedLately},
		{"visited 14 days ago", weekly, rows{visited(14)}, model.VisitedLately},
		{"visited 15 days ago", weekly, rows{visited(15)}, model.NotExcluded},
		{"visit tomorrow does not exist", weekly, rows{visited(15), visited(-1)}, model.NotExcluded},
		{"nobody there 3 days ago", weekly, rows{visited(15), model.Visit{Account: "K", Date: ago(3), Kind: model.VisitNotMet, Rep: "R1"}}, model.NotExcluded},

		{"planned today", none, rows{plan(today)}, model.PlannedSoon},
		{"planned in 14 days", none, rows{plan(ahead(14))}, model.PlannedSoon},
		{"planned in 15 days", none, rows{plan(ahead(15))}, model.NotExcluded},
		{"planned yesterday", none, rows{plan(ago(1))}, model.NotExcluded},
		{"planned yesterday and in 14 days", none, rows{plan(ago(1)), plan(ahead(14))}, model.PlannedSoon},

		{"attempt in vain today", none, inVain(0), model.CalledLately},
		{"attempt in vain 2 days ago", none, inVain(2), model.CalledLately},
		{"attempt in vain 3 days ago", none, inVain(3), model.NotExcluded},
		{"reached 14 days ago, an attempt in vain since", none, append(inVain(5), called(14, model.CallReached)), model.CalledLately},
		{"reached 14 days ago", none, rows{called(14, model.CallReached)}, model.CalledLately},
		{"reached 15 days ago", none, rows{called(15, model.CallReached)}, model.NotExcluded},
		{"declined 14 days ago", none, rows{called(14, model.CallDeclined)}, model.CalledLately},
		{"call tomorrow does not exist", none, inVain(-1), model.NotExcluded},

		{"5 attempts in vain", none, inVain(20, 21, 22, 23, 24), model.NotExcluded},
		{"6 attempts in vain", none, inVain(20, 21, 22, 23, 24, 25), model.TooManyAttempts},
		{"7 attempts in vain", none, inVain(20, 21, 22, 23, 24, 25, 26), model.TooManyAttempts},
		{"6 attempts, one of them reached", none, append(inVain(200, 210, 220, 230, 240), called(250, model.CallDeclined)), model.NotExcluded},
		{"6 in vain after one that reached: it is among the attempts", none, append(inVain(20, 21, 22, 23, 24, 25), called(400, model.CallReached)), model.NotExcluded},
		{"5 in vain and a call back, where somebody answered", none, append(inVain(20, 21, 22, 23, 24), called(25, model.CallBack)), model.NotExcluded},
		{"6 in vain after a call back", none, append(inVain(20, 21, 22, 23, 24, 25), called(26, model.CallBack)), model.NotExcluded},
		{"6 in vain and one tomorrow that reaches", none, append(inVain(20, 21, 22, 23, 24, 25), called(-1, model.CallReached)), model.TooManyAttempts},
		{"5 in vain after the last visit, 3 before", none, append(inVain(20, 21, 22, 23, 24, 201, 202, 203), visited(200)), model.NotExcluded},
		{"6 in vain after the last visit", none, append(inVain(20, 21, 22, 23, 24, 199), visited(200)), model.TooManyAttempts},
		{"the sixth on the day of the last visit is not after it", none, append(inVain(20, 21, 22, 23, 24, 200), visited(200)), model.NotExcluded},
		{"6 in vain after the last visit, reached before it", none, append(inVain(20, 21, 22, 23, 24, 25), visited(200), called(201, model.CallReached)), model.TooManyAttempts},
		{"6 in vain after the last visit, reached on its day", none, append(inVain(20, 21, 22, 23, 24, 25), visited(200), called(200, model.CallReached)), model.TooManyAttempts},
		{"a row that is no visit is no last visit", none, append(inVain(20, 21, 22, 23, 24, 199), visited(300), model.Visit{Account: "K", Date: ago(100), Kind: model.VisitOther}), model.TooManyAttempts},
	} {
		t.Run(test.name, func(t *testing.T) {
			account := model.Account{Code: "K", Territory: "T", Class: "C", Phone: "0711 4711", Consent: model.ConsentPresumed, ConsentBasis: "fair"}
			test.account(&account)
			w := thin(9, 0)
			w.put(account)
			w.put(test.records...)
			b := w.book()
			require.Equal(t, test.want, b.On(today).Exclusion(b.Account("K")))
			s := mustSignal(t, b, today, model.AddTelemarketing, "T")
			state := b.On(today).Standing(b.Account("K")).State
			require.Contains(t, []model.State{model.StateOverdue, model.StateNever}, state, "the example is about a candidate")
			if test.want == model.NotExcluded {
				require.Contains(t, s.Contact.CallList, b.Account("K"))
				require.Empty(t, s.Contact.Excluded)
			} else {
				require.NotContains(t, s.Contact.CallList, b.Account("K"))
				require.Equal(t, []model.Excluded{{Customer: b.Account("K"), Reason: test.want}}, s.Contact.Excluded)
			}
		})
	}
}

// An account to which all exclusions apply counts under the first; as each falls
// away it counts under the next.
func TestOrderOfExclusions(t *testing.T) {
	account := model.Account{Code: "K", Territory: "T", Class: "C", Interval: 1, DoNotCall: true}
	w := thin(9, 0)
	w.put(account, met("K", ago(14)), model.PlannedVisit{Rep: "R1", Account: "K", Date: ahead(14)})
	for i := range 6 {
		w.put(telephoned("K", ago(i+1), model.CallNotReached))
	}
	settings := model.DefaultSettings()
	remove := map[model.Exclusion]func(){
		model.OptedOut:      func() { account.DoNotCall = false },
		model.NoPhone:       func() { account.Phone = "0711 4711" },
		model.NoConsent:     func() { account.Consent = model.ConsentGiven },
		model.VisitedLately: func() { settings.VisitPause = 13 },
		model.PlannedSoon:   func() { settings.PlanPause = 13 },
		model.CalledLately:  func() { settings.AttemptPause = 0 },
		model.TooManyAttempts: func() {
			settings.MaximumAttempts = 7
		},
	}
	var words []string
	for _, want := range model.Exclusions {
		words = append(words, want.String())
		if want == model.NoBasis {
			continue // whoever was visited gives a ground, so the two below never meet it
		}
		b := w.book()
		require.Equal(t, want, b.On(today).Exclusion(b.Account("K")))
		remove[want]()
		w.put(account, settings)
	}
	b := w.book()
	require.Equal(t, model.NotExcluded, b.On(today).Exclusion(b.Account("K")))
	require.Equal(t, []string{"opted_out", "no_phone", "no_consent", "no_basis", "visited", "planned", "called", "attempts"}, words)
}

func TestWhoIsOnTheCallListAndInWhichOrder(t *testing.T) {
	callable := func(code string, class model.Class) model.Account {
		return model.Account{Code: code, Territory: "T", Class: class, Phone: "0711 555-" + code, Consent: model.ConsentPresumed, ConsentBasis: "fair"}
	}
	since := callable("new", "A")
	since.Since = ago(1)
	gone := callable("gone", "A")
	gone.Inactive = true
	dueToday := callable("due", "A")
	late, latest := callable("a2", "A"), callable("a1", "A")
	shy := callable("a0", "A")
	shy.Phone = ""
	reached := callable("b2", "B") // contacted by a call, but overdue: still to be called
	w := newWorld(model.Territory{Code: "T", Rep: "R1"},
		since, gone, dueToday, met("due", ago(30)),
		late, met("a2", ago(31)), latest, met("a1", ago(62)), callable("a3", "A"), callable("a4", "A"),
		shy, callable("b1", "B"), met("b1", ago(200)), reached, met("b2", ago(91)), telephoned("b2", ago(20), model.CallReached),
		callable("c1", "C"), model.Account{Code: "c2", Territory: "T", Class: "C", DoNotCall: true})
	s := mustSignal(t, w.book(), today, model.AddTelemarketing, "T")
	require.Equal(t, "a3 a4 a1 a2 b1 b2 c1", codes(s.Contact.CallList))
	require.Equal(t, 10, s.Contact.Accounts)
	require.Equal(t, 2, s.Contact.Contacted)
	require.Len(t, s.Contact.Excluded, 2)
	require.Equal(t, [...]string{"a0", "c2"}, [...]string{s.Contact.Excluded[0].Customer.Code, s.Contact.Excluded[1].Customer.Code})
}

func TestInHand(t *testing.T) {
	round := func(start, end model.Date) model.Campaign {
		return model.Campaign{Code: "P1", Kind: model.KindTelemarketing, Territories: []string{"T"}, Start: start, End: end, Status: model.CampaignPlanned}
	}
	for _, test := range []struct {
		name   string
		start  model.Date
		end    model.Date
		change func(*model.Campaign)
		inHand bool
	}{
		{"running", ago(3), ahead(3), nil, true},
		{"ends today", ago(20), today, nil, true},
		{"ended yesterday", ago(20), ago(1), nil, false},
		{"starts today", today, ahead(20), nil, true},
		{"starts exactly the horizon ahead", ahead(42), ahead(50), nil, true},
		{"starts a day later", ahead(43), ahead(50), nil, false},
		{"draft", ago(3), ahead(3), func(c *model.Campaign) { c.Status = model.CampaignDraft }, false},
		{"cancelled", ago(3), ahead(3), func(c *model.Campaign) { c.Status = model.CampaignCancelled }, false},
		{"of another kind", ago(3), ahead(3), func(c *model.Campaign) { c.Kind = "fair" }, false},
		{"in another territory", ago(3), ahead(3), func(c *model.Campaign) { c.Territories = []string{"T2"} }, false},
		{"in its region", ago(3), ahead(3), func(c *model.Campaign) { c.Territories = []string{"Süd"} }, true},
		{"in a region that begins alike", ago(3), ahead(3), func(c *model.Campaign) { c.Territories = []string{"Süd/Baden-W"} }, false},
		{"for other classes: it is still there", ago(3), ahead(3), func(c *model.Campaign) { c.Classes = []model.Class{"A"} }, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := thin(10, 4)
			campaign := round(test.start, test.end)
			if test.change != nil {
				test.change(&campaign)
			}
			w.put(model.Territory{Code: "T", Rep: "R1", Region: "Süd/Baden-Württemberg"}, campaign)
			s := mustSignal(t, w.book(), today, model.AddTelemarketing, "T")
			require.Equal(t, test.inHand, s.InHand)
			require.Equal(t, 33, s.Urgency, "it keeps its numbers")
			require.Len(t, s.Contact.CallList, 6)
			if test.inHand {
				require.Equal(t, "P1", s.Campaign)
			} else {
				require.Empty(t, s.Campaign)
			}
		})
	}
}
