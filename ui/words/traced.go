package words

// Where a figure can be traced to a person of the house: a territory with one rep shows a
// person, whatever stands above the column. Every place that can is listed here, so that a
// works council, and whoever is looked at, can read it; a test finds those that are not.

import (
	"strings"

	"doppelpass/ui/text"
)

// Trace is a place where figures can be traced to a person.
type Trace struct {
	Name   string   // stable; the words are traced.NAME, .figures and .from
	Places []string // pages, commands and files, as people find them
	Seen   string   // who sees it: the words traced.seen.SEEN
	Kept   string   // how long: the words traced.kept.KEPT
	// Sources are the tables and the records for scripts that hold it, as the code names
	// them.
	Sources []string
}

// Who sees a figure and how long it is there.
const (
	seenAll     = "all"     // everybody who is let in
	seenFair    = "fair"    // everybody; in fair mode nothing ranks reps
	seenUnnamed = "unnamed" // everybody; in fair mode without persons
	seenOwn     = "own"     // the rep and the lead; others where fair mode is ended
	seenLead    = "lead"
	keptNow     = "now"     // made of the data each time, kept nowhere
	keptData    = "data"    // as long as the rows it is made of
	keptHistory = "history" // as long as the history, from which erasing takes names
)

// Traces are the places, in the order of the pages.
var Traces = []Trace{
	{"signals", []string{"page:signals", "signals", "cases", "inbox"}, seenAll, keptNow, []string{
		"ui/tables.Signals", "ui/command.signalHead", "ui/command.rowJSON", "ui/command.awayJSON", "ui/command.coverJSON",
		"ui/command.caseHead", "ui/command.caseJSON", "ui/command.itemJSON"}},
	{"territories", []string{"page:territories", "page:map", "export territories"}, seenFair, keptNow, []string{"ui/tables.territories", "ui/tables.Map"}},
	{"accounts", []string{"page:accounts", "export accounts"}, seenAll, keptNow, []string{"ui/tables.Accounts"}},
	{"contacts", []string{"page:visits", "page:calls", "export visits", "export calls", "timeline"}, seenAll, keptData, []string{
		"ui/tables.Visits", "ui/tables.Calls", "ui/command.entryJSON"}},
	{"left", []string{"page:calling", "call lists"}, seenAll, keptData, []string{"ui/command.leftJSON", "ui/command.outListJSON"}},
	{"campaigns", []string{"page:campaigns", "export campaigns", "review"}, seenAll, keptNow, []string{
		"ui/tables.CampaignAreas", "ui/tables.CallsOfCampaign", "ui/command.silentScript"}},
	{"week", []string{"page:week", "plan", "export plan"}, seenAll, keptData, []string{
		"ui/tables.Team", "ui/tables.TeamWeeks", "ui/command.planJSON", "ui/command.planRepJSON", "ui/command.monthJSON", "ui/command.monthRepJSON", "model/week.Kept", "ui/week.keptTicks"}},
	{"passes", []string{"page:ledger", "page:briefing", "ledger", "clashes", "briefing"}, seenUnnamed, keptNow, []string{
		"ui/tables.Ledger", "ui/command.clashJSON", "ui/command.clashScript", "ui/command.decisionScript", "ui/command.openScript",
		"ui/command.regionScript", "ui/command.briefingScript"}},
	{"figures", []string{"figures"}, seenFair, keptNow, []string{"ui/command.figuresJSON"}},
	{"own", []string{"page:figures", "figures --rep"}, seenOwn, keptNow, nil},
	{"rides", []string{"ride-alongs"}, seenAll, keptData, []string{"ui/command.guestScript", "ui/command.rideScript", "ui/command.ridesScript"}},
	{"history", []string{"page:history", "history", "info"}, seenAll, keptHistory, []string{"ui/tables.History", "ui/command.historyRecord", "store.Entry", "store.Turn"}},
	{"people", []string{"page:people", "people list", "person export"}, seenLead, keptHistory, []string{"ui/command.personJSON", "ui/tables.personRecord", "ui/tables.personStep"}},
}

// TracePlace is a place as people find it: a page by its name, else a command.
func TracePlace(p *text.Printer, place string) string {
	if page, is := strings.CutPrefix(place, "page:"); is {
		return p.T("traced.page", text.Args{"Name": p.T("page." + page)})
	}
	return "doppelpass " + place
}
