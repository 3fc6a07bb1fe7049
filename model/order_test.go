package model_test

// The order of signals, the replay of past days, and what a change of settings
// or of an account's territory does.

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func TestOrderOfSignals(t *testing.T) {
	w := newWorld()
	// In U1, U2 and U3 nothing was ever done: telemarketing 100. In U2 and U1 run
	// campaigns for which nothing is done: step up 100. U4 is 33, U5 in hand at 100.
	for _, code := range []string{"U2", "U1", "U3", "U4", "U5"} {
		w.put(model.Territory{Code: code, Rep: "R" + code})
		for i := range 10 {
			account := fmt.Sprintf("%s-%d", code, i)
			w.put(model.Account{Code: account, Territory: code, Class: "C"})
			if code == "U4" && i < 4 {
				w.put(met(account, ago(1)))
			}
		}
	}
	campaign := func(code, kind string, territories ...string) model.Campaign {
		return model.Campaign{Code: code, Kind: kind, Territories: territories, Start: today, End: ahead(9), Status: model.CampaignPlanned}
	}
	w.put(campaign("B", "fair", "U1", "U2"), campaign("A", "mailing", "U2", "U1"), campaign("P", model.KindTelemarketing, "U5"))
	// U3's rep has stopped reporting, all ten accounts in contact until then.
	for i := range 10 {
		w.put(model.Visit{Account: fmt.Sprintf("U3-%d", i), Date: ago(400), Rep: "RU3"})
	}
	var got []string
	for _, s := range w.book().On(today).Signals() {
		line := fmt.Sprintf("%d %s %s %s", s.Urgency, s.Kind, s.Territory, s.Campaign)
		if s.InHand {
			line += " in hand"
		}
		got = append(got, line)
	}
	require.Equal(t, []string{
		"100 step-up-visits U1 A",
		"100 step-up-visits U1 B",
		"100 step-up-visits U2 A",
		"100 step-up-visits U2 B",
		"100 add-telemarketing U1 ",
		"100 add-telemarketing U2 ",
		"100 reports-missing U3 ",
		"33 add-telemarketing U4 ",
		"100 add-telemarketing U5 P in hand",
	}, got)
}

// Any past day can be replayed: what is dated after it does not exist on it.
func TestReplayOfPastDays(t *testing.T) {
	w := thin(10, 0)
	w.put(mailing(ago(30), ahead(30)))
	before := w.clone()
	for i := range 10 {
		code := fmt.Sprintf("K%02d", i+1)
		w.put(met(code, ago(5)), telephoned(code, ago(4), model.CallOptOut))
	}
	b, old := w.book(), before.book()
	for back := range 40 {
		day := ago(back)
		if back > 5 {
			require.Equal(t, plainSignals(old.On(day).Signals()), plainSignals(b.On(day).Signals()), "%d days back", back)
			require.Len(t, b.On(day).Signals(), 2)
		} else {
			require.Empty(t, b.On(day).Signals(), "%d days back", back)
		}
	}
	// Looking at another day in between changes nothing.
	require.Empty(t, b.On(today).Signals())
}

func TestAnAccountThatMovesTakesItsNumbersAlong(t *testing.T) {
	w := thin(6, 1) // contact 1 of 6
	w.put(model.Territory{Code: "T2", Rep: "R2"})
	for i := range 4 {
		w.put(model.Account{Code: fmt.Sprintf("X%d", i), Territory: "T2", Class: "C"})
	}
	b := w.book()
	require.Equal(t, 6, mustSignal(t, b, today, model.AddTelemarketing, "T").Contact.Accounts)
	_, raised := signalOf(t, b, today, model.AddTelemarketing, "T2")
	require.False(t, raised, "4 accounts are too few")

	account := w[model.Account{Code: "K01"}.Key()].(model.Account)
	moved := account
	moved.Territory = "T2"
	b.Apply(model.Change{Edits: []model.Edit{{Before: account, After: moved}}})
	require.Equal(t, model.Coverage{Accounts: 5}, mustSignal(t, b, today, model.AddTelemarketing, "T").Contact.Coverage)
	require.Equal(t, model.Coverage{Accounts: 5, Covered: 1, Contacted: 1}, mustSignal(t, b, today, model.AddTelemarketing, "T2").Contact.Coverage)
	require.Equal(t, 1.0/12, b.On(today).Numbers(b.Area("T2")).UsualPace(), "its visits count where it is now")
	require.Zero(t, b.On(today).Numbers(b.Area("T")).UsualPace())
}

// Each change alters the signals of a day that were just looked at: nothing
// computed before it is shown after it.
func TestEachChangeIsSeenAtOnce(t *testing.T) {
	base := func() world {
		w := fading(ago(20), 6) // reports missing in T of R1
		fair := mailing(ahead(5), ahead(9))
		fair.Territories = []string{"T", "Süd"}
		round := model.Campaign{Code: "P1", Kind: model.KindTelemarketing, Territories: []string{"T2"}, Start: today, End: today, Status: model.CampaignPlanned}
		w.put(fair, round, model.Rep{Code: "R1", Capacity: 3}, model.Rep{Code: "R2", Capacity: 2},
			model.Territory{Code: "T2", Region: "Süd", Rep: "R2"}, model.Territory{Code: "T3", Region: "Nord", Rep: "R2"})
		for i := range 6 {
			w.put(model.Account{Code: fmt.Sprintf("X%d", i), Territory: "T2", Class: "A", Phone: "0711 1234" + fmt.Sprint(i), Consent: model.ConsentGiven})
		}
		w.put(model.Account{Code: "Y", Territory: "T3", Class: "A"}, met("X0", ago(40)), telephoned("X1", ago(3), model.CallReached),
			model.PlannedVisit{Rep: "R2", Account: "X2", Date: ahead(1)}, model.PlannedVisit{Rep: "R2", Account: "Y", Date: ahead(1)})
		return w
	}
	w := base()
	change := func(r model.Record, alter func(r model.Record) model.Record) model.Edit {
		before := w[r.Key()]
		require.NotNil(t, before)
		return model.Edit{Before: before, After: alter(before)}
	}
	account := func(code string, alter func(*model.Account)) model.Edit {
		return change(model.Account{Code: code}, func(r model.Record) model.Record {
			a := r.(model.Account)
			alter(&a)
			return a
		})
	}
	campaign := func(code string, alter func(*model.Campaign)) model.Edit {
		return change(model.Campaign{Code: code}, func(r model.Record) model.Record {
			c := r.(model.Campaign)
			alter(&c)
			return c
		})
	}
	territory := func(code string, alter func(*model.Territory)) model.Edit {
		return change(model.Territory{Code: code}, func(r model.Record) model.Record {
			x := r.(model.Territory)
			alter(&x)
			return x
		})
	}
	gone := func(r model.Record) model.Edit {
		require.NotNil(t, w[r.Key()])
		return model.Edit{Before: w[r.Key()]}
	}
	settings := model.DefaultSettings()
	settings.Horizon = 4
	for name, edit := range map[string]model.Edit{
		"a visit":                       {After: model.Visit{Account: "X3", Date: ago(1), Rep: "R9"}},
		"a report elsewhere":            {After: model.Visit{Account: "Y", Date: ago(1), Rep: "R1", Kind: model.VisitOther}},
		"a visit that is gone":          gone(met("X0", ago(40))),
		"a call":                        {After: telephoned("X3", ago(3), model.CallOptOut)},
		"a call that is gone":           gone(telephoned("X1", ago(3), model.CallReached)),
		"a planned visit":               {After: model.PlannedVisit{Rep: "R9", Account: "X4", Date: ahead(2)}},
		"a planned visit that is gone":  gone(model.PlannedVisit{Rep: "R2", Account: "X2", Date: ahead(1)}),
		"a planned visit elsewhere":     {After: model.PlannedVisit{Rep: "R2", Account: "Y", Date: ahead(2)}},
		"one elsewhere that is gone":    gone(model.PlannedVisit{Rep: "R2", Account: "Y", Date: ahead(1)}),
		"an account":                    {After: model.Account{Code: "X9", Territory: "T2", Class: "A"}},
		"an account that is gone":       gone(model.Account{Code: "X5"}),
		"an account's class":            account("X5", func(a *model.Account) { a.Class = "B" }),
		"an account's phone":            account("X5", func(a *model.Account) { a.Phone = "" }),
		"an account that is inactive":   account("X5", func(a *model.Account) { a.Inactive = true }),
		"an account that moves":         account("X5", func(a *model.Account) { a.Territory = "T" }),
		"a rep's capacity":              change(model.Rep{Code: "R2"}, func(model.Record) model.Record { return model.Rep{Code: "R2", Capacity: 5} }),
		"a rep that is gone":            gone(model.Rep{Code: "R2"}),
		"a territory's rep":             territory("T", func(x *model.Territory) { x.Rep = "R2" }),
		"a territory's region":          territory("T2", func(x *model.Territory) { x.Region = "Nord" }),
		"a territory that is gone":      gone(model.Territory{Code: "T2"}),
		"a campaign":                    {After: model.Campaign{Code: "C9", Territories: []string{"Nord"}, Start: today, End: today, Status: model.CampaignPlanned}},
		"a campaign that is gone":       gone(model.Campaign{Code: "C1"}),
		"a campaign that moves":         campaign("C1", func(c *model.Campaign) { c.End++ }),
		"a campaign's territories":      campaign("C1", func(c *model.Campaign) { c.Territories = []string{"Nord"} }),
		"a round of calls that is gone": gone(model.Campaign{Code: "P1"}),
		"a round of calls in another":   campaign("P1", func(c *model.Campaign) { c.Territories = []string{"Nord"} }),
		"settings":                      {After: settings},
	} {
		t.Run(name, func(t *testing.T) {
			w := base()
			b := w.book()
			before := plainSignals(b.On(today).Signals())
			b.Apply(model.Change{Edits: []model.Edit{edit}})
			if edit.After != nil {
				w.put(edit.After)
			} else {
				delete(w, edit.Before.Key())
			}
			after := plainSignals(b.On(today).Signals())
			require.Equal(t, plainSignals(w.book().On(today).Signals()), after)
			require.NotEqual(t, before, after, "the example is about a change that matters")
			b.Apply(back(model.Change{Edits: []model.Edit{edit}}))
			require.Equal(t, before, plainSignals(b.On(today).Signals()), "and back")
		})
	}
}

// Every setting changes what it names, at once.
func TestSettingsThatChange(t *testing.T) {
	w := thin(10, 0)
	campaign := mailing(ahead(10), ahead(20))
	w.put(campaign, model.Rep{Code: "R1"})
	w.put(met("K01", ago(25)), met("K02", ago(15)), telephoned("K03", ago(95), model.CallReached), telephoned("K04", ago(20), model.CallNotReached))
	account := func(b *model.Book, code string) model.Standing { return b.On(today).Standing(b.Account(code)) }
	call := func(b *model.Book, code string) model.Exclusion { return b.On(today).Exclusion(b.Account(code)) }
	ready := func(b *model.Book) model.Readiness { return b.On(today).Readiness(campaign, b.Area("T")) }
	thinly := func(b *model.Book) model.Signal {
		s, _ := signalOf(t, b, today, model.AddTelemarketing, "T")
		return s
	}
	for _, test := range []struct {
		name          string
		value         int
		look          func(*model.Book) any
		before, after any
	}{
		{"class-interval:C", 20, func(b *model.Book) any { return account(b, "K01").State }, model.StateOnTrack, model.StateOverdue},
		{"due-from", 10, func(b *model.Book) any { return account(b, "K01").State }, model.StateOnTrack, model.StateDue},
		{"call-worth", 53, func(b *model.Book) any { return account(b, "K03").Contacted }, false, true}, // 95.4 days
		{"horizon", 9, func(b *model.Book) any { _, raised := signalOf(t, b, today, model.StepUpVisits, "T"); return raised }, true, false},
		{"lead", 30, func(b *model.Book) any { return ready(b).Served }, 1, 1},
		{"lead", 35, func(b *model.Book) any { return ready(b).Served }, 1, 2},
		{"target-share", 81, func(b *model.Book) any { return ready(b).Needed }, 8, 9},
		{"capacity", 10, func(b *model.Book) any { return ready(b).Room }, 75, 30}, // 15 working days
		{"minimum-accounts", 11, func(b *model.Book) any { return thinly(b).Contact.Accounts }, 10, 0},
		{"contact-threshold", 20, func(b *model.Book) any { return thinly(b).Contact.Accounts }, 10, 0},
		{"certainty", 40000, func(b *model.Book) any { return thinly(b).Contact.Clear }, true, false},
		{"visit-pause", 15, func(b *model.Book) any { return call(b, "K02") }, model.NotExcluded, model.VisitedLately},
		{"call-pause", 95, func(b *model.Book) any { return call(b, "K03") }, model.NotExcluded, model.CalledLately},
		{"attempt-pause", 20, func(b *model.Book) any { return call(b, "K04") }, model.NotExcluded, model.CalledLately},
		{"maximum-attempts", 1, func(b *model.Book) any { return call(b, "K04") }, model.NotExcluded, model.TooManyAttempts},
		{"silent-days", 2, func(b *model.Book) any { return b.Settings().SilentDays }, 14, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := w.book()
			require.Equal(t, test.before, test.look(b))
			named := model.DefaultSettings().Named()
			for i := range named {
				if named[i].Name == test.name {
					named[i].Value = test.value
				}
			}
			settings := model.SettingsOf(named)
			require.NotEqual(t, model.DefaultSettings(), settings)
			b.Apply(model.Change{Edits: []model.Edit{{After: settings}}})
			require.Equal(t, test.after, test.look(b))
			b.Apply(model.Change{Edits: []model.Edit{{Before: settings}}})
			require.Equal(t, test.before, test.look(b), "without settings the defaults hold")
		})
	}
}

func TestSettingsAreDescribed(t *testing.T) {
	defaults := model.DefaultSettings()
	names := map[string]bool{}
	fields := map[*int]bool{}
	for _, s := range model.SettingList {
		require.False(t, names[s.Name], s.Name)
		names[s.Name] = true
		value := s.Value(&defaults)
		require.False(t, fields[value], "%s shares its number with another setting", s.Name)
		fields[value] = true
		require.GreaterOrEqual(t, *value, s.Min, s.Name)
		require.LessOrEqual(t, *value, s.Max, s.Name)
	}
	require.Equal(t, model.Settings{
		Classes: model.ClassTable{{Code: "A", Interval: 30, Weight: 150}, {Code: "B", Interval: 90, Weight: 100}, {Code: "C", Interval: 180, Weight: 70}},
		DueFrom: 70, CallWorth: 50, Horizon: 42, Lead: 28, TargetShare: 80,
		Capacity: 25, MinimumAccounts: 5, ContactThreshold: 60, Certainty: 12816, VisitPause: 14, PlanPause: 14,
		CallPause: 14, MaximumAttempts: 6, SilentDays: 14, AttemptPause: 2, DeclinedPause: 14, AppointmentPause: 14, OtherHalf: 1, KeepVisitNotes: 36, KeepCallNotes: 24, KeepTimes: 6, Country: "DE",
	}, defaults, "the numbers of the rules")
}
