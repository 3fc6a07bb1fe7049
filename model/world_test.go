package model_test

// A small business for one test: records in one plain map, from which a Book is
// built as a store builds it.

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// today is the day of the worked examples: a Tuesday.
var today = model.NewDate(2026, 11, 24)

// ago and ahead are days counted from today.
func ago(days int) model.Date   { return today - model.Date(days) }
func ahead(days int) model.Date { return today + model.Date(days) }

// date reads a day that a test names.
func date(iso string) model.Date {
	d, err := model.ParseDate(iso)
	if err != nil {
		panic(err)
	}
	return d
}

type world map[model.Key]model.Record

func newWorld(records ...model.Record) world {
	w := world{}
	w.put(records...)
	return w
}

func (w world) put(records ...model.Record) {
	for _, r := range records {
		w[r.Key()] = r
	}
}

// rows are the records of one kind, by key.
func rows[T model.Record](w world) []T {
	var list []T
	for _, r := range w {
		if row, ok := r.(T); ok {
			list = append(list, row)
		}
	}
	slices.SortFunc(list, func(a, b T) int { return compareKeys(a.Key(), b.Key()) })
	return list
}

func compareKeys(a, b model.Key) int {
	return cmp.Or(strings.Compare(string(a.Table), string(b.Table)), strings.Compare(a.Code, b.Code),
		cmp.Compare(a.Date, b.Date), cmp.Compare(a.Time, b.Time), strings.Compare(a.By, b.By), strings.Compare(a.Ref, b.Ref))
}

func (w world) settings() model.Settings {
	if s, ok := w[model.Settings{}.Key()].(model.Settings); ok {
		return s
	}
	return model.DefaultSettings()
}

func (w world) clone() world { return maps.Clone(w) }

// outside is a small world: a calendar in which every Wednesday is a holiday, and
// telephone numbers of two countries.
var outside = model.Outside{
	Holidays: func(calendar string, year int) (days []model.Date, known bool) {
		if calendar != "X-WED" {
			return nil, false
		}
		for d := model.NewDate(year, 1, 1); d <= model.NewDate(year, 12, 31); d++ {
			if d.Weekday() == time.Wednesday {
				days = append(days, d)
			}
		}
		return days, true
	},
	Number: func(phone, country string) string {
		code := map[string]string{"DE": "+49", "AT": "+43"}[country]
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || r == '+' {
				return r
			}
			return -1
		}, phone)
		if rest, national := strings.CutPrefix(digits, "0"); national {
			return code + rest
		}
		return digits
	},
	Hash: func(number string) string { return "#" + number },
}

// book builds a Book from packed contacts.
func (w world) book() *model.Book {
	b := model.NewBook()
	b.Use(outside)
	put := func(r model.Record) { b.Apply(model.Change{Edits: []model.Edit{{After: r}}}) }
	put(w.settings())
	for _, r := range rows[model.Rep](w) {
		put(r)
	}
	for _, t := range rows[model.Territory](w) {
		put(t)
	}
	for _, c := range rows[model.Campaign](w) {
		put(c)
	}
	for _, a := range rows[model.Absence](w) {
		put(a)
	}
	visits, calls := map[string]model.Days{}, map[string]model.CallMarks{}
	reports := map[string]model.Days{}
	for _, v := range rows[model.Visit](w) {
		if v.Kind == model.VisitMet {
			visits[v.Account] = visits[v.Account].Add(v.Date)
		}
		if v.Rep != "" {
			reports[v.Rep] = reports[v.Rep].Add(v.Date)
		}
	}
	for _, c := range rows[model.Call](w) {
		calls[c.Account] = calls[c.Account].Add(model.CallMark{Date: c.Date, Outcome: c.Outcome})
	}
	for _, a := range rows[model.Account](w) {
		b.Load(&model.Customer{Account: a, Visits: visits[a.Code], Calls: calls[a.Code]})
	}
	for _, p := range rows[model.PlannedVisit](w) {
		b.LoadPlanned(p)
	}
	for rep, days := range reports {
		b.LoadReports(rep, days)
	}
	return b
}

// met is a counted visit by R1; telephoned a call by marketing.
func met(account string, day model.Date) model.Visit {
	return model.Visit{Account: account, Date: day, Rep: "R1"}
}

func telephoned(account string, day model.Date, outcome model.CallOutcome) model.Call {
	return model.Call{Account: account, Date: day, Agent: "M1", Outcome: outcome}
}

// codes are the accounts' codes, joined by blanks.
func codes(list []*model.Customer) string {
	var all []string
	for _, l := range list {
		all = append(all, l.Code)
	}
	return strings.Join(all, " ")
}

// signalOf is the only signal of a kind in a territory.
func signalOf(t testing.TB, b *model.Book, day model.Date, kind model.Kind, territory string) (model.Signal, bool) {
	t.Helper()
	var found []model.Signal
	for _, s := range b.On(day).Signals() {
		if s.Kind == kind && s.Territory == territory {
			found = append(found, s)
		}
	}
	require.LessOrEqual(t, len(found), 1)
	if len(found) == 0 {
		return model.Signal{}, false
	}
	return found[0], true
}

// mustSignal is signalOf for a signal that has to be there.
func mustSignal(t testing.TB, b *model.Book, day model.Date, kind model.Kind, territory string) model.Signal {
	t.Helper()
	s, raised := signalOf(t, b, day, kind, territory)
	require.True(t, raised, "no signal %s in %s on %s", kind, territory, day)
	return s
}
