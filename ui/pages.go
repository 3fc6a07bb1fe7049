package ui

// Which pages there are: a line each, and nothing else of the root knows them one by
// one.

import (
	"doppelpass/model"
	"doppelpass/ui/accounts"
	"doppelpass/ui/aside"
	"doppelpass/ui/briefing"
	"doppelpass/ui/calling"
	"doppelpass/ui/calls"
	"doppelpass/ui/campaigns"
	"doppelpass/ui/figures"
	"doppelpass/ui/history"
	"doppelpass/ui/intake"
	"doppelpass/ui/ledger"
	"doppelpass/ui/maps"
	"doppelpass/ui/people"
	"doppelpass/ui/readiness"
	"doppelpass/ui/rules"
	"doppelpass/ui/session"
	"doppelpass/ui/signals"
	"doppelpass/ui/territories"
	"doppelpass/ui/visits"
	"doppelpass/ui/week"
	"doppelpass/ui/welcome"
)

// page is one page: its name (its title is the message "page.NAME"), the key that
// turns to it and stands on its tab ("" for pages without one), and how it is made.
type page struct {
	name session.PageName
	key  string
	make func(*session.Session) session.Page
}

// pages are all pages, those with a tab first, in the order of the tabs. The first
// is in front when the app opens.
var pages = [...]page{
	{session.PageSignals, "1", made(signals.New)},
	{session.PageTerritories, "2", made(territories.New)},
	{session.PageAccounts, "3", made(accounts.New)},
	{session.PageCampaigns, "4", made(campaigns.New)},
	{session.PageVisits, "5", made(visits.New)},
	{session.PageWeek, "6", made(week.New)},
	{session.PageRules, "7", made(rules.New)},
	{session.PageHistory, "8", made(history.New)},
	{session.PagePeople, "9", made(people.New)},
	{session.PageWelcome, "", made(welcome.New)},
	{session.PageImport, "", made(intake.New)},
	{session.PageReady, "", made(readiness.New)},
	{session.PageLedger, "", made(ledger.New)},
	{session.PageMap, "", made(maps.New)},
	{session.PageBriefing, "", made(briefing.New)},
	{session.PageFigures, "", made(figures.New)},
	{session.PageAside, "", made(aside.New)},
	{session.PageCalls, "", made(calls.New)},
	{session.PageCalling, "", made(calling.New)},
}

// made lets a constructor of a page of its own type make any page.
func made[P session.Page](constructor func(*session.Session) P) func(*session.Session) session.Page {
	return func(s *session.Session) session.Page { return constructor(s) }
}

// tabbed are the pages with a tab for this person: who works here is kept by the lead,
// and nobody who works alone is bothered with it.
func (r *root) tabbed() (list []page) {
	for _, page := range pages {
		if page.key != "" && (page.name != session.PagePeople || r.session.Book.Shared() && r.leads()) {
			list = append(list, page)
		}
	}
	return list
}

func (r *root) leads() bool { return r.session.Actor.Role == model.RoleLead }
