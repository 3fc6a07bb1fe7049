package model_test

// Signals and Books told in plain values, so that two of them can be compared.

import (
	"fmt"
	"slices"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// plainSignal is a signal with codes in place of customers.
type plainSignal struct {
	Kind                model.Kind
	InHand, OnCourse    bool
	Contested           int
	ContestedBy         int
	Territory, Campaign string
	Urgency             int

	WindowStart, WindowEnd          model.Date
	Targets, Needed, Served, Booked int
	Gap, DaysLeft, Room, Beyond     int
	RequiredPace, UsualPace         float64
	Accounts, BeyondAccounts        []string
	BeforeWindow, AfterWindow       bool
	Coverage                        model.Coverage
	Clear                           bool
	CallList                        []string
	Excluded                        []string // code and reason
	LastReport                      model.Date
}

func plainSignals(signals []model.Signal) []plainSignal {
	list := []plainSignal{}
	for _, s := range signals {
		r, c := s.Readiness, s.Contact
		p := plainSignal{
			Kind: s.Kind, InHand: s.InHand, OnCourse: s.OnCourse, Contested: r.Contested, ContestedBy: r.ContestedBy, Territory: s.Territory, Campaign: s.Campaign, Urgency: s.Urgency,
			WindowStart: r.WindowStart, WindowEnd: r.WindowEnd, Targets: r.Targets, Needed: r.Needed, Served: r.Served,
			Booked: r.Booked, Gap: r.Gap, DaysLeft: r.DaysLeft, Room: r.Room, Beyond: r.Beyond, RequiredPace: r.RequiredPace,
			UsualPace: r.UsualPace, Accounts: codeList(r.Accounts), BeyondAccounts: codeList(r.BeyondAccounts),
			BeforeWindow: r.BeforeWindow, AfterWindow: r.AfterWindow,
			Coverage: c.Coverage, Clear: c.Clear, CallList: codeList(c.CallList), LastReport: c.LastReport,
		}
		for _, e := range c.Excluded {
			p.Excluded = append(p.Excluded, e.Customer.Code+" "+e.Reason.String())
		}
		list = append(list, p)
	}
	return list
}

func codeList(customers []*model.Customer) []string {
	var list []string
	for _, l := range customers {
		list = append(list, l.Code)
	}
	return list
}

// picture is everything a Book says, on some days.
type picture struct {
	Settings    model.Settings
	Reps        []model.Rep
	Campaigns   []model.Campaign
	Territories []string
	Accounts    map[string]string // code → record and contacts, told
	Areas       map[string]string // territory code → its accounts' codes, told
	Reports     map[string]string
	Plan        map[string][]model.PlannedVisit
	Days        map[model.Date]pictureOfDay
}

type pictureOfDay struct {
	Numbers map[string]model.Numbers
	Regions map[string]model.Numbers
	Signals []plainSignal
}

// pictureOf draws a Book; the words are codes of which it may know something.
func pictureOf(b *model.Book, territories, reps, regions []string, days ...model.Date) picture {
	p := picture{
		Settings: b.Settings(), Reps: b.Reps(), Campaigns: append([]model.Campaign{}, b.Campaigns()...), Accounts: map[string]string{},
		Areas: map[string]string{}, Reports: map[string]string{}, Plan: map[string][]model.PlannedVisit{}, Days: map[model.Date]pictureOfDay{},
	}
	for _, area := range b.Areas() {
		p.Territories = append(p.Territories, fmt.Sprintf("%+v", area.Territory))
	}
	for l := range b.Accounts {
		planned := slices.Clone(l.Planned)
		slices.SortFunc(planned, func(x, y model.PlannedVisit) int { return compareKeys(x.Key(), y.Key()) })
		p.Accounts[l.Code] = fmt.Sprintf("%+v visits %s calls %s planned %+v", l.Account, tellDays(l.Visits), tellCalls(l.Calls), planned)
	}
	for _, code := range territories {
		if area := b.Area(code); area != nil {
			list := codeList(area.Accounts())
			slices.Sort(list)
			p.Areas[code] = fmt.Sprintf("known %v: %v", area.Known, list)
		}
	}
	for _, rep := range reps {
		p.Reports[rep] = tellDays(b.Reports(rep))
		for planned := range b.Plan(rep) {
			p.Plan[rep] = append(p.Plan[rep], planned)
		}
		slices.SortFunc(p.Plan[rep], func(x, y model.PlannedVisit) int { return compareKeys(x.Key(), y.Key()) })
	}
	for _, day := range days {
		d := pictureOfDay{Numbers: map[string]model.Numbers{}, Regions: map[string]model.Numbers{}, Signals: plainSignals(b.On(day).Signals())}
		for _, code := range territories {
			if area := b.Area(code); area != nil {
				d.Numbers[code] = b.On(day).Numbers(area)
			}
		}
		for _, region := range regions {
			d.Regions[region] = b.On(day).RegionNumbers(region)
		}
		if _, seen := p.Days[day]; !seen { // the first look is the one that may be out of date
			p.Days[day] = d
		}
	}
	return p
}

func tellDays(d model.Days) string {
	text := ""
	for day, count := range d.All() {
		text += fmt.Sprintf(" %s×%d", day, count)
	}
	return text
}

func tellCalls(c model.CallMarks) string {
	text := ""
	for mark := range c.All() {
		text += fmt.Sprintf(" %s %s", mark.Date, mark.Outcome)
	}
	return text
}

// requireSame compares two pictures part by part, so that a difference can be
// found in what is printed.
func requireSame(t require.TestingT, want, got picture, what string) {
	require.Equal(t, want.Settings, got.Settings, what)
	require.Equal(t, want.Reps, got.Reps, what)
	require.Equal(t, want.Campaigns, got.Campaigns, what)
	require.Equal(t, want.Territories, got.Territories, what)
	require.Equal(t, want.Areas, got.Areas, what)
	require.Equal(t, want.Accounts, got.Accounts, what)
	require.Equal(t, want.Reports, got.Reports, what)
	require.Equal(t, want.Plan, got.Plan, what)
	for day, d := range want.Days {
		require.Equal(t, d.Numbers, got.Days[day].Numbers, "%s, on %s", what, day)
		require.Equal(t, d.Regions, got.Days[day].Regions, "%s, on %s", what, day)
		require.Equal(t, d.Signals, got.Days[day].Signals, "%s, on %s", what, day)
	}
}
