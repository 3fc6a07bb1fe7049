package ui

// Which pages there are, and their numbers.

import (
	"doppelpass/ui/accounts"
	"doppelpass/ui/campaigns"
	"doppelpass/ui/history"
	"doppelpass/ui/intake"
	"doppelpass/ui/rules"
	"doppelpass/ui/session"
	"doppelpass/ui/signals"
	"doppelpass/ui/territories"
	"doppelpass/ui/visits"
	"doppelpass/ui/week"
	"doppelpass/ui/welcome"
)

// numbered are the pages with a number key, in the order of the tabs.
var numbered = [...]struct {
	key  string
	name session.PageName
}{
	{"1", session.PageSignals}, {"2", session.PageTerritories}, {"3", session.PageAccounts}, {"4", session.PageCampaigns},
	{"5", session.PageVisits}, {"6", session.PageWeek}, {"7", session.PageRules}, {"8", session.PageHistory},
}

// firstPage is in front when the app opens.
const firstPage = session.PageSignals

// pageOrder are all pages, the numbered ones first.
var pageOrder = [...]session.PageName{
	session.PageSignals, session.PageTerritories, session.PageAccounts, session.PageCampaigns, session.PageVisits,
	session.PageWeek, session.PageRules, session.PageHistory, session.PageWelcome, session.PageImport,
}

// constructors make the pages.
var constructors = map[session.PageName]func(*session.Session) session.Page{
	session.PageSignals:     func(s *session.Session) session.Page { return signals.New(s) },
	session.PageTerritories: func(s *session.Session) session.Page { return territories.New(s) },
	session.PageAccounts:    func(s *session.Session) session.Page { return accounts.New(s) },
	session.PageCampaigns:   func(s *session.Session) session.Page { return campaigns.New(s) },
	session.PageVisits:      func(s *session.Session) session.Page { return visits.New(s) },
	session.PageWeek:        func(s *session.Session) session.Page { return week.New(s) },
	session.PageRules:       func(s *session.Session) session.Page { return rules.New(s) },
	session.PageHistory:     func(s *session.Session) session.Page { return history.New(s) },
	session.PageWelcome:     func(s *session.Session) session.Page { return welcome.New(s) },
	session.PageImport:      func(s *session.Session) session.Page { return intake.New(s) },
}
