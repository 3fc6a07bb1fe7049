package store

// What an import tells of a file.

import (
	"cmp"
	"maps"
	"slices"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// Reasons for rows that are right in themselves but do not fit the store.
const (
	ReasonUnknownAccount   exchange.Reason = "unknown-account"   // the account's code or name
	ReasonSeveralAccounts  exchange.Reason = "several-accounts"  // the name
	ReasonUnknownTerritory exchange.Reason = "unknown-territory" // the territory
	ReasonNotAcceptable    exchange.Reason = "not-acceptable"    // field
	ReasonRepeated         exchange.Reason = "repeated"          // columns in which rows of one code differ; the first holds
	ReasonRunningNumbers   exchange.Reason = "running-numbers"   // of a file: its column, some of the numbers that are other accounts'
	ReasonRenamed          exchange.Reason = "renamed"           // name before, of an account that lies elsewhere as well: perhaps another's number
	ReasonHoursUnread      exchange.Reason = "hours-unread"      // opening hours that are kept and that nobody plans by
	ReasonForeignList      exchange.Reason = "foreign-list"      // a call list that was not handed out here
	ReasonErased           exchange.Reason = "erased"            // a cell that names somebody who was erased
	ReasonErasedRow        exchange.Reason = "erased-row"        // the label of somebody who was erased, whose row it is
	ReasonMarketingNote    exchange.Reason = "marketing-note"    // a note of marketing's, which sales does not write
	ReasonHold             exchange.Reason = "hold"              // a hold that only the lead sets or ends
	ReasonNoTarget         exchange.Reason = "no-target"         // what a campaign names that is neither territory nor region
)

// problemLimit bounds the rows a report lists; all are counted.
const problemLimit = 1000

// FileReport is what an import did, or would do, with one file.
type FileReport struct {
	Path     string
	Sheet    string                     // of a workbook with several
	Formulas int                        // cells of the workbook whose formula has no stored value
	Doubt    []exchange.EncodingReading // encodings that read as well as the one that was taken, which stands first
	Unread   []string                   // its sheets that this import does not read
	Mapping  exchange.Mapping
	Tally    Tally
	// Same counts the rows that changed nothing.
	Same       int
	Skipped    int
	Problems   []exchange.Problem // the first of the skipped rows
	Cells      int                // cells that could not be read, of rows that were taken
	Groups     []ProblemGroup     // why rows and cells were not taken, once a reason
	Columns    []exchange.Seen    // where the columns that matter most went
	KeptOut    []exchange.Seen    // columns that are kept out and look as if they mattered
	LeftOut    map[exchange.Reason]int
	NewClasses []Counted  // the accounts added by class, from the first one; those without one last
	NewAreas   []Counted  // the accounts added by territory, most first; those in none last
	Created    []string   // codes of accounts or territories created because rows named them
	Missing    []string   // codes of active accounts that the file does not name; accounts only
	Marked     int        // of them, made inactive
	Back       int        // accounts an earlier import made inactive that the file names again: active again
	Repeated   int        // rows whose code an earlier row of the file has
	Offers     []Offer    // what the import could make of what the file says
	Fitting    int        // accounts in no territory that the postcodes of the file's territories fit
	Assigned   int        // of them, those that came into their territory
	ByOwner    int        // accounts that came into the territory of who looks after them
	LastVisits int        // visits made of what accounts say of their last one
	Persons    int        // contacts that a file of accounts names, new or changed
	OptOuts    int        // wishes not to be called that came in beside accounts and calls
	StillNo    int        // accounts whose wish not to be called stays although the file says otherwise
	Withheld   int        // cells not taken as they stand: somebody who was erased, or what others alone write
	Aged       int        // rows that came in without what went by its age
	Promises   int        // visits and calls that results of a call list say were wished or promised
	Late       []LateCall // calls of a call list that should not have been made
	OffList    int        // calls at accounts that the list does not name
	Inactive   []string   // codes of accounts the file names that are inactive for another reason
}

// Counted is how many rows have something in common; Name is empty where it is that they
// lack it.
type Counted struct {
	Name  string
	Count int
}

// countNew counts an account that is added by its class and its territory.
func (i *importer) countNew(a model.Account) {
	if i.newClasses == nil {
		i.newClasses, i.newAreas = map[model.Class]int{}, map[string]int{}
	}
	i.newClasses[a.Class]++
	i.newAreas[a.Territory]++
}

// tellNew puts what was counted into the report.
func (i *importer) tellNew() error {
	for _, class := range slices.SortedFunc(maps.Keys(i.newClasses), func(a, b model.Class) int {
		return cmp.Or(cmp.Compare(lack(string(a)), lack(string(b))), cmp.Compare(i.settings.Rank(a), i.settings.Rank(b)), cmp.Compare(a, b))
	}) {
		name := ""
		if class != "" {
			name = i.settings.ClassName(class)
		}
		i.report.NewClasses = append(i.report.NewClasses, Counted{name, i.newClasses[class]})
	}
	for code, count := range i.newAreas {
		name := code
		if code != "" {
			switch record, err := i.get(model.Territory{Code: code}.Key()); {
			case isNotFound(err):
			case err != nil:
				return err
			default:
				name = cmp.Or(record.(model.Territory).Name, code)
			}
		}
		i.report.NewAreas = append(i.report.NewAreas, Counted{name, count})
	}
	slices.SortFunc(i.report.NewAreas, func(a, b Counted) int {
		return cmp.Or(cmp.Compare(lack(a.Name), lack(b.Name)), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
	})
	return nil
}

// lack puts what has no name last.
func lack(name string) int {
	if name == "" {
		return 1
	}
	return 0
}

// newReport is a file's report before anything is read.
func newReport(source Source, all []Source) FileReport {
	r := FileReport{Path: source.File.Path(), Mapping: source.Mapping, Columns: source.File.Important(source.Mapping), KeptOut: source.File.KeptOut(source.Mapping)}
	r.Formulas, r.Doubt = source.File.Detected().Formulas, source.File.Detected().Doubt
	if sheets := source.File.Detected().Sheets; len(sheets) > 1 {
		r.Sheet = source.File.Detected().Sheet
		for _, sheet := range sheets {
			if !slices.ContainsFunc(all, func(s Source) bool { return s.File.Path() == r.Path && s.File.Detected().Sheet == sheet }) {
				r.Unread = append(r.Unread, sheet)
			}
		}
	}
	return r
}
