package session

// What a page is to the root.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/paper"
)

// PageName names a page; its title is the message "page.NAME".
type PageName string

// The pages, in the order of their numbers.
const (
	PageSignals     PageName = "signals"
	PageTerritories PageName = "territories"
	PageAccounts    PageName = "accounts"
	PageCampaigns   PageName = "campaigns"
	PageVisits      PageName = "visits"
	PageWeek        PageName = "week"
	PageRules       PageName = "rules"
	PageHistory     PageName = "history"
	PagePeople      PageName = "people"   // of a business that several people work on
	PageWelcome     PageName = "welcome"  // in place of the others while the store is empty
	PageImport      PageName = "import"   // opened by its action, has no number
	PageReady       PageName = "ready"    // what signals still lack; opened by its action
	PageLedger      PageName = "ledger"   // passes between the departments; opened by its action
	PageBriefing    PageName = "briefing" // the sheet of both departments' meeting; opened by its action
	PageFigures     PageName = "figures"  // what sales did; opened by its action
	PageAside       PageName = "aside"    // what stands aside; opened by its action
	PageCalls       PageName = "calls"    // the calls that were made; beside the visits
)

// ImportAnew is the target that begins another import: what the last one told is put
// away, files under review stay.
const ImportAnew = ":new"

// Page is one room of the app. Pages are made once and kept, so that they remember
// cursor, filter and sort; constructors take the Session.
type Page interface {
	// SetSize gives the page its room: the screen without the tabs and the footer.
	SetSize(width, height int)
	// Refresh takes up the Book, the day, the language or the theme anew. It is
	// called before the page is drawn whenever one of them has changed.
	Refresh() tea.Cmd
	// Update gets keys that no action took (or while Capturing), mouse messages
	// relative to the page, and every other message.
	Update(tea.Msg) tea.Cmd
	View() string
	// Actions are the page's actions as they are now; called after every Update.
	Actions() []kit.Action
	// Capturing says that keys are text being typed: no action takes them.
	Capturing() bool
	// Back goes one step back within the page; false when it is at its first level.
	Back() bool
	// Open goes to a record by its code (or a signal by its SignalTarget).
	Open(target string) tea.Cmd
}

// Drafter is a page on which something is changed that is not saved at once.
type Drafter interface {
	// Draft is what is not saved, for another session; nil for nothing.
	Draft() []byte
	// TakeUp goes on with what another session has left. It is called on a page that is
	// fresh and has nothing unsaved, and reports whether all of it is there again: what
	// somebody has changed or deleted meanwhile may have no place for it.
	TakeUp(draft []byte) bool
}

// Exporter is a page that shows a table to take along.
type Exporter interface {
	// Sheet is what the page shows now (what is filtered and marked), and a name for
	// the file without its ending.
	Sheet() (sheet exchange.Sheet, name string)
}

// Documenter is a page that can be written as a document, to be printed or sent.
type Documenter interface {
	// Document is the page as it is now, and a name for the file without its ending.
	Document() (document paper.Page, name string)
	// Documents reports whether there is something to write now.
	Documents() bool
}

// SometimesExporter is an Exporter that has a table to take along only now and then.
type SometimesExporter interface {
	Exporter
	Exports() bool
}

// PeriodExporter is an Exporter whose rows have days, and of which there may be more
// than it has read.
type PeriodExporter interface {
	Exporter
	// Period is what is suggested (0: open), and whether to ask for one at all.
	Period() (first, last model.Date, ask bool)
	// SheetOf is all that passes the filters in a period (0: open). Its rows are read
	// while they are written and may be used outside of a frame; failed tells
	// afterwards why there were not all of them.
	SheetOf(first, last model.Date) (sheet exchange.Sheet, failed func() error)
}
