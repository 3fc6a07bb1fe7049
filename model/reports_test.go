package model_test

// Signal 3: reports missing, with worked numbers and every boundary.

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// fading is territory T of R1 with ten accounts of class A, that is 30 days. The
// first so many were last visited 25 days before R1's last report, so that they
// are covered on that day and, from 6 days later on, overdue; the others never.
// The last report itself is a row that visits nobody.
func fading(lastReport model.Date, visited int) world {
	w := newWorld(model.Territory{Code: "T", Rep: "R1"})
	for i := range 10 {
		code := fmt.Sprintf("K%02d", i+1)
		w.put(model.Account{Code: code, Territory: "T", Class: "A", Phone: "0711", Consent: model.ConsentGiven})
		if i < visited {
			w.put(met(code, lastReport-25))
		}
	}
	w.put(model.Visit{Account: "K10", Date: lastReport, Kind: model.VisitNotMet, Rep: "R1"})
	return w
}

func TestReportsMissing(t *testing.T) {
	other := model.Account{Code: "X", Territory: "T9", Class: "C"}
	for _, test := range []struct {
		name       string
		lastReport int // days ago
		visited    int // of 10, covered on the day of the last report
		more       []model.Record
		missing    bool
		last       int // days ago
	}{
		{"nothing for 14 days, 6 of 10 in contact then", 14, 6, nil, true, 14},
		{"nothing for 13 days", 13, 6, nil, false, 0},
		{"nothing for 100 days", 100, 6, nil, true, 100},
		{"only 5 of 10 in contact then: really under-visited", 14, 5, nil, false, 0},
		{"5 of 10, and one reached by a call as old as half its interval that day", 14, 5, []model.Record{telephoned("K09", ago(29), model.CallReached)}, true, 14},
		{"5 of 10, and one reached by a call too old that day", 14, 5, []model.Record{telephoned("K09", ago(30), model.CallReached)}, false, 0},
		{"5 of 10, and one reached after that day", 14, 5, []model.Record{telephoned("K09", ago(13), model.CallReached)}, false, 0},
		{"a report that is no visit is a report", 14, 6, []model.Record{model.Visit{Account: "K10", Date: ago(13), Kind: model.VisitOther, Rep: "R1"}}, false, 0},
		{"a report elsewhere is a report", 14, 6, []model.Record{other, model.Visit{Account: "X", Date: ago(13), Rep: "R1"}}, false, 0},
		{"a report elsewhere today", 14, 6, []model.Record{other, model.Visit{Account: "X", Date: today, Kind: model.VisitNotMet, Rep: "R1"}}, false, 0},
		{"another rep's report is none of R1's", 14, 6, []model.Record{other, model.Visit{Account: "X", Date: ago(1), Rep: "R2"}}, true, 14},
		{"a report tomorrow does not exist", 14, 6, []model.Record{other, model.Visit{Account: "X", Date: ahead(1), Rep: "R1"}}, true, 14},
		{"a plan is no report", 14, 6, []model.Record{model.PlannedVisit{Rep: "R1", Account: "K10", Date: ahead(1)}}, true, 14},
		{"marketing's calls are no report of the rep's", 14, 6, []model.Record{telephoned("K10", ago(1), model.CallNotReached)}, true, 14},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := fading(ago(test.lastReport), test.visited)
			w.put(test.more...)
			b := w.book()
			s, missing := signalOf(t, b, today, model.ReportsMissing, "T")
			require.Equal(t, test.missing, missing)
			_, calls := signalOf(t, b, today, model.AddTelemarketing, "T")
			require.NotEqual(t, missing, calls, "instead of signal 2")
			if !missing {
				return
			}
			require.Equal(t, ago(test.last), s.Contact.LastReport)
			require.Equal(t, 10, s.Contact.Accounts)
			require.Equal(t, model.RoleSales, s.Kind.Owner())
			require.Empty(t, s.Contact.CallList, "no calls are suggested")
			require.Empty(t, s.Contact.Excluded)
			require.False(t, s.InHand)
			require.Empty(t, s.Campaign)
			require.Equal(t, 100, s.Urgency, "as signal 2: nobody is in contact now")
			require.True(t, s.Contact.Clear)
		})
	}
}

func TestReportsMissingNeedsAnUnderContactedTerritory(t *testing.T) {
	w := fading(ago(14), 6)
	for i := range 6 { // in contact again, though without a word of the rep
		w.put(model.Visit{Account: fmt.Sprintf("K%02d", i+1), Date: ago(1)})
	}
	require.Empty(t, w.book().On(today).Signals())
}

func TestReportsMissingUrgencyIsThatOfSignal2(t *testing.T) {
	w := fading(ago(14), 6)
	for i := range 5 {
		w.put(telephoned(fmt.Sprintf("K%02d", i+1), ago(1), model.CallReached))
	}
	s := mustSignal(t, w.book(), today, model.ReportsMissing, "T")
	require.Equal(t, 5, s.Contact.Contacted)
	require.False(t, s.Contact.Clear, "5 of 10")
	require.Equal(t, 8, s.Urgency, "16.67 / 2")
}

func TestReportsNeverMissing(t *testing.T) {
	t.Run("the rep has never logged anything", func(t *testing.T) {
		w := fading(ago(14), 6)
		w.put(model.Territory{Code: "T", Rep: "R2"})
		b := w.book()
		_, missing := signalOf(t, b, today, model.ReportsMissing, "T")
		require.False(t, missing)
		mustSignal(t, b, today, model.AddTelemarketing, "T")
	})
	t.Run("the territory is vacant", func(t *testing.T) {
		w := fading(ago(14), 6)
		for _, v := range rows[model.Visit](w) { // rows without a rep, as some files have them
			delete(w, v.Key())
			v.Rep = ""
			w.put(v)
		}
		w.put(model.Territory{Code: "T"})
		b := w.book()
		_, missing := signalOf(t, b, today, model.ReportsMissing, "T")
		require.False(t, missing)
		mustSignal(t, b, today, model.AddTelemarketing, "T")
	})
	t.Run("fewer than 5 accounts", func(t *testing.T) {
		w := newWorld(model.Territory{Code: "T", Rep: "R1"})
		for i := range 4 {
			code := fmt.Sprintf("K%d", i)
			w.put(model.Account{Code: code, Territory: "T", Class: "A"}, met(code, ago(40)))
		}
		require.Empty(t, w.book().On(today).Signals())
	})
}

// A rep without a record of their own is still the rep whose code stands in the
// territory and on the visits.
func TestARepNeedsNoRecord(t *testing.T) {
	w := fading(ago(14), 6)
	require.Empty(t, rows[model.Rep](w))
	mustSignal(t, w.book(), today, model.ReportsMissing, "T")
}

func TestARepWithTwoTerritories(t *testing.T) {
	w := fading(ago(20), 6)
	w.put(model.Territory{Code: "T2", Rep: "R1"})
	for i := range 5 { // never in contact
		w.put(model.Account{Code: fmt.Sprintf("X%d", i), Territory: "T2", Class: "C"})
	}
	b := w.book()
	mustSignal(t, b, today, model.ReportsMissing, "T")
	mustSignal(t, b, today, model.AddTelemarketing, "T2")

	w.put(met("X0", ago(2)))
	b = w.book()
	mustSignal(t, b, today, model.AddTelemarketing, "T")
	mustSignal(t, b, today, model.AddTelemarketing, "T2")
	require.Equal(t, model.ReportsMissing, mustSignal(t, b, ago(3), model.ReportsMissing, "T").Kind, "replayed before that visit")
}

// The last report's day is looked at with the accounts that were not new then.
func TestCoverageOnTheLastReportDay(t *testing.T) {
	w := fading(ago(60), 6)
	for i := range 4 { // 4 more, never visited, that were new that day: 6 of 10 then
		w.put(model.Account{Code: fmt.Sprintf("N%d", i), Territory: "T", Class: "A", Since: ago(89)})
	}
	s := mustSignal(t, w.book(), today, model.ReportsMissing, "T")
	require.Equal(t, 14, s.Contact.Accounts)
	for i := range 4 { // a day earlier a customer, and they were not: 6 of 14
		w.put(model.Account{Code: fmt.Sprintf("N%d", i), Territory: "T", Class: "A", Since: ago(90)})
	}
	mustSignal(t, w.book(), today, model.AddTelemarketing, "T")
}

// Reports missing goes before a campaign that would have the territory in hand.
func TestReportsMissingIsNeverInHand(t *testing.T) {
	w := fading(ago(14), 6)
	w.put(model.Campaign{Code: "P1", Kind: model.KindTelemarketing, Territories: []string{"T"}, Start: today, End: ahead(5), Status: model.CampaignPlanned})
	require.False(t, mustSignal(t, w.book(), today, model.ReportsMissing, "T").InHand)
}
