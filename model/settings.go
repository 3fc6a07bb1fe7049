package model

// What a team can set of the rules. Shares are whole percent, so that every
// comparison is exact.

// Settings are the numbers of the rules; they are one record of the store.
type Settings struct {
	IntervalA, IntervalB, IntervalC int // days between visits
	DueFrom                         int // percent of the interval from which an account is due
	CallWorth                       int // percent of the interval for which a reached call counts
	Horizon                         int // days before a campaign's start from which it is looked at
	Lead                            int // days before a campaign's start from which visits serve it
	TargetShare                     int // percent of a campaign's targets that should be visited
	Capacity                        int // visits a week of a rep without a capacity of their own
	MinimumAccounts                 int // accounts a territory needs for a telemarketing signal
	ContactThreshold                int // percent of contact coverage below which telemarketing is suggested
	Certainty                       int // z of the Wilson bound in ten-thousandths
	VisitPause                      int // days after a visit in which nobody is called
	PlanPause                       int // days before a planned visit in which nobody is called
	CallPause                       int // days after a call in which nobody is called again
	MaximumAttempts                 int // attempts in vain after which an account is left alone
	SilentDays                      int // days without any report after which a rep's reports are missing
}

// Key implements Record.
func (Settings) Key() Key { return Key{Table: TableSettings} }

// DefaultSettings are the rules' own numbers.
func DefaultSettings() Settings {
	return Settings{
		IntervalA: 30, IntervalB: 90, IntervalC: 180,
		DueFrom: 70, CallWorth: 50,
		Horizon: 42, Lead: 28, TargetShare: 80, Capacity: 25,
		MinimumAccounts: 5, ContactThreshold: 60, Certainty: 12816,
		VisitPause: 14, PlanPause: 14, CallPause: 14, MaximumAttempts: 6,
		SilentDays: 14,
	}
}

// Unit says what a setting counts.
type Unit string

// The units of settings.
const (
	UnitDays    Unit = "days"
	UnitPercent Unit = "percent"
	UnitVisits  Unit = "visits"  // a week
	UnitCount   Unit = "count"   // accounts or attempts
	UnitScore   Unit = "z-score" // in ten-thousandths
)

// Setting describes one number of Settings.
type Setting struct {
	Name     string // stable: in the store, in messages' keys
	Group    string // visits, campaigns, telemarketing or reports
	Unit     Unit
	Min, Max int
	Value    func(*Settings) *int
}

// SettingList describes every setting, in the order in which the rules use them.
var SettingList = [...]Setting{
	{"interval-a", "visits", UnitDays, 1, 3650, func(s *Settings) *int { return &s.IntervalA }},
	{"interval-b", "visits", UnitDays, 1, 3650, func(s *Settings) *int { return &s.IntervalB }},
	{"interval-c", "visits", UnitDays, 1, 3650, func(s *Settings) *int { return &s.IntervalC }},
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
	{"maximum-attempts", "telemarketing", UnitCount, 1, 1000, func(s *Settings) *int { return &s.MaximumAttempts }},
	{"silent-days", "reports", UnitDays, 1, 365, func(s *Settings) *int { return &s.SilentDays }},
}

// Interval is the class's visit interval in days.
func (s Settings) Interval(class Class) int {
	return [...]int{s.IntervalA, s.IntervalB, s.IntervalC}[class.Rank()]
}
