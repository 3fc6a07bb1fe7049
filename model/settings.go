package model

// What a team can set of the rules. Shares are whole percent, so that every
// comparison is exact.

import "strings"

// Settings are the numbers of the rules; they are one record of the store.
type Settings struct {
	Classes          ClassTable
	DueFrom          int // percent of the interval from which an account is due
	CallWorth        int // percent of the interval for which a reached call counts
	Horizon          int // days before a campaign's start from which it is looked at
	Lead             int // days before a campaign's start from which visits serve it
	TargetShare      int // percent of a campaign's targets that should be visited
	Capacity         int // visits a week of a rep without a capacity of their own
	MinimumAccounts  int // accounts a territory needs for a telemarketing signal
	ContactThreshold int // percent of contact coverage below which telemarketing is suggested
	Certainty        int // z of the Wilson bound in ten-thousandths
	VisitPause       int // days after a visit in which nobody is called
	PlanPause        int // days before a planned visit in which nobody is called
	CallPause        int // days after a call in which nobody is called again
	MaximumAttempts  int // attempts in vain after which an account is left alone
	SilentDays       int // days without any report after which a rep's reports are missing
	AttemptPause     int // days after an attempt in vain in which nobody is called again
	DeclinedPause    int // days after a call that was declined in which nobody is called again
	AppointmentPause int // days after a call that brought an appointment in which nobody is called again
	OtherHalf        int // 1: not twice running in the same half of a day; 0: whenever it comes up
	AcceptClasses    int // 1: counter-proposals that leave classes out are accepted by themselves (see StandingRule); 0: by people alone
	AcceptDays       int // days by which a counter-proposal may move a campaign and is accepted by itself; 0: by people alone

	KeepVisitNotes int // months after which a visit's note goes; 0: never (see Retention)
	KeepCallNotes  int // months after which a call's note goes
	KeepTimes      int // months after which of a rep's rows only the day is left

	Country  string // of postcodes and telephone numbers that say none, a code of two letters
	Calendar string // of public holidays of territories that name none; empty: none
	Fair     string // whether fair mode is on: FairOn, FairOff, or as the country says
}

// Key implements Record.
func (Settings) Key() Key { return Key{Table: TableSettings} }

// DefaultSettings are the rules' own numbers.
func DefaultSettings() Settings {
	return Settings{
		Classes: DefaultClasses,
		DueFrom: 70, CallWorth: 50,
		Horizon: 42, Lead: 28, TargetShare: 80, Capacity: 25,
		MinimumAccounts: 5, ContactThreshold: 60, Certainty: 12816,
		VisitPause: 14, PlanPause: 14, CallPause: 14, MaximumAttempts: 6,
		SilentDays: 14, AttemptPause: 2, DeclinedPause: 14, AppointmentPause: 14, OtherHalf: 1,
		KeepVisitNotes: 36, KeepCallNotes: 24, KeepTimes: 6,
		Country: "DE",
	}
}

// Unit says what a setting counts.
type Unit string

// The units of settings.
const (
	UnitDays    Unit = "days"
	UnitMonths  Unit = "months"
	UnitPercent Unit = "percent"
	UnitVisits  Unit = "visits"  // a week
	UnitCount   Unit = "count"   // accounts or attempts
	UnitScore   Unit = "z-score" // in ten-thousandths
)

// Setting describes one number of Settings.
type Setting struct {
	Name     string // stable: in the store, in messages' keys
	Group    string // visits, campaigns, telemarketing, reports, answers or people
	Unit     Unit
	Min, Max int
	Value    func(*Settings) *int
}

// SettingList describes every setting, in the order in which the rules use them.
var SettingList = [...]Setting{
	{"due-from", "visits", UnitPercent, 1, 100, func(s *Settings) *int { return &s.DueFrom }},
	{"call-worth", "visits", UnitPercent, 0, 100, func(s *Settings) *int { return &s.CallWorth }},
	{"horizon", "campaigns", UnitDays, 0, 365, func(s *Settings) *int { return &s.Horizon }},
	{"lead", "campaigns", UnitDays, 0, 365, func(s *Settings) *int { return &s.Lead }},
	{"target-share", "campaigns", UnitPercent, 1, 100, func(s *Settings) *int { return &s.TargetShare }},
	{"capacity", "campaigns", UnitVisits, 1, 500, func(s *Settings) *int { return &s.Capacity }},
	{"minimum-accounts", "telemarketing", UnitCount, 1, 10000, func(s *Settings) *int { return &s.MinimumAccounts }},
	{"contact-threshold", "telemarketing", UnitPercent, 1, 100, func(s *Settings) *int { return &s.ContactThreshold }},
	{"certainty", "telemarketing", UnitScore, 0, 50000, func(s *Settings) *int { return &s.Certainty }},
	{"visit-pause", "telemarketing", UnitDays, 0, 365, func(s *Settings) *int { return &s.VisitPause }},
	{"plan-pause", "telemarketing", UnitDays, 0, 365, func(s *Settings) *int { return &s.PlanPause }},
	{"call-pause", "telemarketing", UnitDays, 0, 365, func(s *Settings) *int { return &s.CallPause }},
	{"attempt-pause", "telemarketing", UnitDays, 0, 365, func(s *Settings) *int { return &s.AttemptPause }},
	{"declined-pause", "telemarketing", UnitDays, 0, 365, func(s *Settings) *int { return &s.DeclinedPause }},
	{"appointment-pause", "telemarketing", UnitDays, 0, 365, func(s *Settings) *int { return &s.AppointmentPause }},
	{"other-half", "telemarketing", UnitCount, 0, 1, func(s *Settings) *int { return &s.OtherHalf }},
	{"maximum-attempts", "telemarketing", UnitCount, 1, 1000, func(s *Settings) *int { return &s.MaximumAttempts }},
	{"silent-days", "reports", UnitDays, 1, 365, func(s *Settings) *int { return &s.SilentDays }},
	{"accept-classes", "answers", UnitCount, 0, 1, func(s *Settings) *int { return &s.AcceptClasses }},
	{"accept-days", "answers", UnitDays, 0, 28, func(s *Settings) *int { return &s.AcceptDays }},
	{"keep-visit-notes", "people", UnitMonths, 0, 240, func(s *Settings) *int { return &s.KeepVisitNotes }},
	{"keep-call-notes", "people", UnitMonths, 0, 240, func(s *Settings) *int { return &s.KeepCallNotes }},
	{"keep-times", "people", UnitMonths, 0, 240, func(s *Settings) *int { return &s.KeepTimes }},
}

// SettingWord describes one setting that is a word.
type SettingWord struct {
	Name  string // stable, as a Setting's
	Group string
	Value func(*Settings) *string
}

// SettingWords describes every setting that is a word.
var SettingWords = [...]SettingWord{
	{"calendar", "campaigns", func(s *Settings) *string { return &s.Calendar }},
	{"country", "telemarketing", func(s *Settings) *string { return &s.Country }},
	{"fair", "people", func(s *Settings) *string { return &s.Fair }},
}

// The bounds of a class's numbers.
const (
	LongestInterval = 3650 // days
	HighestWeight   = 1000 // percent
)

// Named is one number of the settings as a store keeps it. A word stands behind the
// name and a colon.
type Named struct {
	Name  string
	Value int
}

// The parts of a class among the named numbers: each name goes on with ":" and the
// class's code, classNamed with another ":" and the name. The order of the intervals
// is that of the classes.
const (
	classInterval = "class-interval"
	classWeight   = "class-weight"
	classNamed    = "class-name"
)

// Named lists the settings by name: a setting that is added later is missing from
// what was kept before, and then has its default.
func (s Settings) Named() []Named {
	var list []Named
	for _, setting := range SettingList {
		list = append(list, Named{setting.Name, *setting.Value(&s)})
	}
	for _, setting := range SettingWords {
		list = append(list, Named{setting.Name + ":" + *setting.Value(&s), 1})
	}
	for _, c := range s.ClassList() {
		list = append(list, Named{classInterval + ":" + string(c.Code), c.Interval}, Named{classWeight + ":" + string(c.Code), c.Weight})
		if c.Name != "" {
			list = append(list, Named{classNamed + ":" + string(c.Code) + ":" + c.Name, 1})
		}
	}
	return list
}

// oldIntervals are the names under which the intervals of the first three classes
// were kept before classes were a table.
var oldIntervals = map[string]Class{"interval-a": ClassA, "interval-b": ClassB, "interval-c": ClassC}

// SettingsOf puts named numbers into the default settings; names that nobody knows
// are left out.
func SettingsOf(list []Named) Settings {
	s := DefaultSettings()
	values := make(map[string]*int, len(SettingList))
	for _, setting := range SettingList {
		values[setting.Name] = setting.Value(&s)
	}
	var classes ClassTable
	n := 0
	class := func(code Class) *ClassRule {
		i := classes.at(code)
		if i < 0 && code != "" && n < len(classes) {
			i, n = n, n+1
			classes[i] = ClassRule{Code: code, Interval: 1, Weight: 100}
		}
		if i < 0 {
			return new(ClassRule)
		}
		return &classes[i]
	}
	words := make(map[string]*string, len(SettingWords))
	for _, setting := range SettingWords {
		words[setting.Name] = setting.Value(&s)
	}
	for _, named := range list {
		kind, rest, _ := strings.Cut(named.Name, ":")
		switch kind {
		case classInterval:
			class(Class(rest)).Interval = max(named.Value, 1)
		case classWeight:
			class(Class(rest)).Weight = named.Value
		case classNamed:
			code, name, _ := strings.Cut(rest, ":")
			class(Class(code)).Name = name
		default:
			if value := values[named.Name]; value != nil {
				*value = named.Value
			} else if word := words[kind]; word != nil {
				*word = rest
			} else if code, old := oldIntervals[named.Name]; old {
				s.Classes[s.Classes.at(code)].Interval = max(named.Value, 1)
			}
		}
	}
	if n > 0 {
		s.Classes = classes
	}
	return s
}
