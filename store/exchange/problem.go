package exchange

// What can be wrong with a file, a row or a cell: stable reason codes with
// arguments, so that a face can say it in its own language.

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Reason is the stable code of what is wrong; its arguments are listed with
// each constant, in order.
type Reason string

// Reasons of a cell or a row.
const (
	ReasonMissing         Reason = "missing"          // a required cell is empty
	ReasonTooLong         Reason = "too-long"         // limit in characters
	ReasonNoDate          Reason = "no-date"          // the order expected: dmy, mdy, ymd or ""
	ReasonDateRange       Reason = "date-range"       //
	ReasonNoTime          Reason = "no-time"          //
	ReasonNoNumber        Reason = "no-number"        //
	ReasonNoWhole         Reason = "no-whole"         // not a whole number
	ReasonNumberRange     Reason = "number-range"     // lowest, highest
	ReasonNumberAmbiguous Reason = "number-ambiguous" // both readings
	ReasonNoWord          Reason = "no-word"          // the words allowed, joined by ", "
	ReasonNoFlag          Reason = "no-flag"          // neither yes nor no
	ReasonHalfPlace       Reason = "half-place"       // one of latitude and longitude without the other
	ReasonEndBeforeStart  Reason = "end-before-start" // start, end
	ReasonTooManyCells    Reason = "too-many-cells"   // cells in the row, columns in the header
	ReasonTooFewCells     Reason = "too-few-cells"    // cells in the row, columns in the header: they stand in the wrong columns
	ReasonTooManyItems    Reason = "too-many-items"   // limit
	ReasonDestroyed       Reason = "destroyed"        // a telephone number of which a spreadsheet left only the first figures
	ReasonNoPhone         Reason = "no-phone"         //
	ReasonNoInterval      Reason = "no-interval"      //
	ReasonBrokenOff       Reason = "broken-off"       // the file ends in the row, in the middle of a character
	ReasonLostCharacters  Reason = "lost-characters"  // of a cell that is taken as it stands: U+FFFD is in it
	ReasonOpenMark        Reason = "open-mark"        // of a row that is taken as it stands: a quotation mark is opened and never closed
	ReasonRowWithin       Reason = "row-within"       // of a row that is taken as it stands: one of its cells holds a line that looks like a row
	ReasonShortQuoted     Reason = "short-quoted"     // of a row that is taken as it stands: cells, columns, delimiters in a quoted cell
	ReasonMarkInCode      Reason = "mark-in-code"     // of a code that is taken as it stands: it holds a quotation mark
	ReasonEventZone       Reason = "event-zone"       // of an event of a calendar: its time zone
	ReasonEventRange      Reason = "event-range"      // of an event: without days, or with days that cannot be
	ReasonEventRule       Reason = "event-rule"       // of an event that is taken once: it comes back otherwise than weekly
	ReasonNoSuchActivity  Reason = "no-such-activity" // a kind of activity nobody has said is a visit or not
)

// Reasons for rows that are left out without being wrong.
const (
	SkipBlank    Reason = "blank"     // an empty row
	SkipComment  Reason = "comment"   // a row that starts with "# "
	SkipFooter   Reason = "footer"    // totals and legal notices below a report
	SkipNotVisit Reason = "not-visit" // an activity that is no visit
	SkipNotCall  Reason = "not-call"  // an activity that is no call
	SkipInactive Reason = "inactive"  // a user who has left
	SkipHeader   Reason = "header"    // the header once more
	SkipNotDone  Reason = "not-done"  // an activity that is planned, not done

	SkipNotCalled Reason = "not-called" // a row of a call list that nobody has called yet
)

// Reasons of a whole file.
const (
	ReasonNotFound         Reason = "not-found"         //
	ReasonNoPermission     Reason = "no-permission"     //
	ReasonDirectory        Reason = "directory"         //
	ReasonNotRegular       Reason = "not-regular"       // a pipe, socket or device
	ReasonUnreadable       Reason = "unreadable"        // the system's message
	ReasonEmpty            Reason = "empty"             //
	ReasonPDF              Reason = "pdf"               //
	ReasonWebPage          Reason = "web-page"          // also what systems call .xls
	ReasonJSON             Reason = "json"              //
	ReasonAddressCards     Reason = "address-cards"     // vCard
	ReasonNoTable          Reason = "no-table"          // neither text nor a workbook
	ReasonOldExcel         Reason = "old-excel"         // .xls, or a workbook with a password
	ReasonDamaged          Reason = "damaged"           // the workbook cannot be read: message
	ReasonUTF16Workbook    Reason = "utf16-workbook"    // legal, and not read
	ReasonTooBig           Reason = "too-big"           // unpacked size limit in MB
	ReasonLineTooLong      Reason = "line-too-long"     // row, limit in kB
	ReasonOpenQuotes       Reason = "open-quotes"       // row: quotation marks are opened and not closed, again and again
	ReasonTooManyColumns   Reason = "too-many-columns"  // limit
	ReasonNoSheet          Reason = "no-sheet"          // sheet wanted, sheets there are
	ReasonNotRecognised    Reason = "not-recognised"    // the header's columns, what to add for instance
	ReasonNoHeader         Reason = "no-header"         // the cells of the first row
	ReasonSeveralTables    Reason = "several-tables"    // the tables it could be, the columns understood, what to add: each joined by ", "
	ReasonColumnMissing    Reason = "column-missing"    // table, columns missing, columns understood, each joined by ", "; what to add
	ReasonDayMissing       Reason = "day-missing"       // table, columns understood, what to add, the day the file was saved
	ReasonNoRange          Reason = "no-range"          //
	ReasonCounted          Reason = "counted"           // the column that says how many visits a row stands for
	ReasonBadMap           Reason = "bad-map"           // the part of the mapping that makes no sense
	ReasonNoHeaderColumn   Reason = "no-header-column"  // a mapping names a column the file does not have
	ReasonUnknownTable     Reason = "unknown-table"     // the name given
	ReasonEncodingDoubtful Reason = "encoding-doubtful" // an encoding, what it reads, another one, what that reads
	ReasonDatesAmbiguous   Reason = "dates-ambiguous"   // header, example, first reading, second reading
	ReasonDatesMixed       Reason = "dates-mixed"       // header, a cell of one layout, a cell of another
	ReasonBadOption        Reason = "bad-option"        // option, value
	ReasonNoPhones         Reason = "no-phones"         // the columns
	ReasonOnlyPhones       Reason = "only-phones"       // the first numbers
	ReasonBadClass         Reason = "bad-class"         // word, class, the classes there are
	ReasonFolderEmpty      Reason = "folder-empty"      // no table in the folder
	ReasonNoPostcodes      Reason = "no-postcodes"      // of a file that should be a table of them
	ReasonNoCalendar       Reason = "no-calendar"       // of a file that should be one
	ReasonNoFolder         Reason = "no-folder"         // the folder
	ReasonNotWritable      Reason = "not-writable"      // permission lacks
	ReasonUnwritable       Reason = "unwritable"        // the system's message
	ReasonExists           Reason = "exists"            // a file that would be overwritten
	ReasonCellTooLong      Reason = "cell-too-long"     // row of a workbook to be written, limit in characters
)

// sentences say each reason in English; the arguments stand in their order.
var sentences = map[Reason]string{
	ReasonMissing:         "the cell is empty, but the column is needed",
	ReasonTooLong:         "longer than %[1]s characters",
	ReasonPDF:             "this is a PDF; export the table as CSV or XLSX",
	ReasonWebPage:         "this is a web page, even if its name ends in .xls; open it in a spreadsheet and save it as XLSX or CSV",
	ReasonJSON:            "this is JSON; export the table as CSV or XLSX",
	ReasonAddressCards:    "these are address cards (vCard); export the contacts as CSV",
	ReasonNoDate:          "no date in this column's layout",
	ReasonDateRange:       "the year must lie between 1900 and 2199",
	ReasonNoTime:          "no time of day such as 14:30",
	ReasonNoNumber:        "no number",
	ReasonNoWhole:         "no whole number",
	ReasonNumberRange:     "must lie between %[1]s and %[2]s",
	ReasonNumberAmbiguous: "could mean %[1]s or %[2]s, and nothing in the column tells which",
	ReasonNoWord:          "must be one of %[1]s",
	ReasonNoFlag:          "neither yes nor no",
	ReasonHalfPlace:       "latitude and longitude belong together: one of them is empty",
	ReasonEndBeforeStart:  "the end (%[2]s) comes before the start (%[1]s)",
	ReasonTooManyCells:    "the row has %[1]s cells, the header only %[2]s",
	ReasonTooFewCells:     "the row has only %[1]s cells, the header %[2]s, and they stand in the wrong columns",
	ReasonTooManyItems:    "more than %[1]s entries in one cell",
	ReasonDestroyed:       "a spreadsheet made a number of it and rounded it: only its first figures are left",
	ReasonNoPhone:         "no telephone number",
	ReasonNoInterval:      "no number of days, weeks or months such as 4 weeks",
	ReasonBrokenOff:       "the file breaks off here in the middle of a character: this row is not whole, and rows behind it may be missing; export or copy it anew",
	ReasonLostCharacters:  "characters were lost before the file came here (\ufffd stands for them); it is taken as it stands, so look it up and write it anew",
	ReasonOpenMark:        "a quotation mark is opened here and never closed; it is taken for a character, so see whether the row is right",
	ReasonRowWithin:       "a cell here goes on over several lines, one of which looks like a row of its own, which is not taken in; if it is one, a quotation mark is missing in the file",
	ReasonShortQuoted:     "the row has %[1]s cells, the header %[2]s, and what one has in quotation marks holds delimiters; it is taken as it stands, so see whether a mark is missing or one too many",
	ReasonMarkInCode:      "a quotation mark stands in the code and is taken for a part of it; see whether one is missing in the file, or too many",
	ReasonEventZone:       "its time zone %[1]s is not known; enter it by hand",
	ReasonEventRange:      "its days or times are missing or cannot be; enter it by hand",
	ReasonEventRule:       "it comes back otherwise than every week, or with exceptions; see what was taken of it, and enter the rest by hand",
	ReasonNoSuchActivity:  "a kind of activity that is neither known as a visit nor as anything else",

	SkipBlank:    "empty row",
	SkipComment:  "a comment",
	SkipFooter:   "footer of a report",
	SkipNotVisit: "not a visit",
	SkipNotCall:  "not a call",
	SkipInactive: "no longer active",
	SkipHeader:   "the header once more",
	SkipNotDone:  "planned, not done",

	SkipNotCalled: "not called yet",

	ReasonNotFound:         "there is no such file",
	ReasonNoPermission:     "you are not allowed to read this file",
	ReasonDirectory:        "this is a folder, not a file",
	ReasonNotRegular:       "this is a pipe or a device, not a file; save the data as a file first",
	ReasonUnreadable:       "the file cannot be read: %[1]s",
	ReasonEmpty:            "the file is empty",
	ReasonNoTable:          "this is neither a text table nor an XLSX workbook",
	ReasonOldExcel:         "this is an old Excel file (.xls) or one with a password; save it as XLSX or CSV without a password",
	ReasonDamaged:          "the workbook is damaged: %[1]s; open it in a spreadsheet, look whether all is there, and save it anew as XLSX or CSV",
	ReasonUTF16Workbook:    "the workbook is not damaged, but written in UTF-16, which is not read; open it in a spreadsheet and save it anew as XLSX or CSV",
	ReasonTooBig:           "the workbook unpacks to more than %[1]s MB; save the sheet as CSV",
	ReasonLineTooLong:      "row %[1]s is longer than %[2]s kB; this is no table, or a quotation mark is never closed",
	ReasonOpenQuotes:       "up to row %[1]s too many quotation marks are opened and never closed; is the delimiter right?",
	ReasonTooManyColumns:   "more than %[1]s columns",
	ReasonNoSheet:          "there is no sheet %[1]q; there is: %[2]s",
	ReasonNotRecognised:    "the table is not recognised by its columns (%[1]s); say which it is, for instance %[2]s",
	ReasonNoHeader:         "the first row (%[1]s) holds values and no names of columns; put a row of names above it",
	ReasonSeveralTables:    "the columns (%[2]s) fit several tables (%[1]s); say which it is: %[3]s",
	ReasonColumnMissing:    "looks like %[1]s (%[3]s), but lacks: %[2]s; say which column it is: %[4]s",
	ReasonCounted:          "its rows stand for several visits each (column %[1]q); only single visits with their day can be taken in",
	ReasonBadMap:           "%[1]q does not say which column is which; write --map 'Kd-Nr.=code,Firma=name'",
	ReasonNoHeaderColumn:   "the file has no column %[1]q",
	ReasonUnknownTable:     "there is no table %[1]q",
	ReasonNoRange:          "no range of postcodes of one length, the lower first, such as 20000-29999",
	ReasonDayMissing:       "looks like %s (%s), but no column says the day; for all rows: %s (the file was saved on %s)",
	ReasonEncodingDoubtful: "how special letters are written is in doubt: %s reads %s, %s reads %s; say which with --encoding",
	ReasonDatesAmbiguous:   "%[2]s in column %[1]q can be %[3]s or %[4]s; say which with --dates dmy, mdy or ymd",
	ReasonDatesMixed:       "column %[1]q mixes layouts: %[2]s and %[3]s; say which to take with --dates dmy, mdy or ymd",
	ReasonBadOption:        "%[2]q makes no sense for %[1]s",
	ReasonNoPhones:         "no column holds telephone numbers (%[1]s)",
	ReasonOnlyPhones:       "only telephone numbers (%[1]s): nobody's customers",
	ReasonBadClass:         "%[1]s=%[2]s: there is no such class, only %[3]s",
	ReasonFolderEmpty:      "the folder holds no CSV or XLSX file",
	ReasonNoCalendar:       "this is no calendar that can be read (.ics)",
	ReasonNoPostcodes:      "not a line of the file is one of a table of postcodes as GeoNames writes it (such as DE.txt)",
	ReasonNoFolder:         "there is no folder %[1]s to write it to",
	ReasonNotWritable:      "you are not allowed to write there",
	ReasonUnwritable:       "the file cannot be written: %[1]s",
	ReasonExists:           "the file exists; it is not overwritten",
	ReasonCellTooLong:      "row %[1]s holds a text of more than %[2]s characters, which no cell of a workbook can; write CSV instead",
}

// Sentence says a reason in English.
func Sentence(reason Reason, args ...string) string {
	format, ok := sentences[reason]
	if !ok {
		return string(reason)
	}
	if !strings.Contains(format, "%[") {
		return format
	}
	values := make([]any, len(args))
	for i, a := range args {
		values[i] = a
	}
	return fmt.Sprintf(format, values...)
}

// Reasons lists every reason, so that a test can see that each is translated.
func Reasons() []Reason { return slices.Sorted(maps.Keys(sentences)) }

// Problem is one row or, where it is kept, one cell that cannot be taken, and why.
type Problem struct {
	Line   int      // the row's number as a spreadsheet shows it; the header is usually 1
	Column string   // canonical column, or "" when the row as a whole is meant
	Header string   // the column as the file calls it
	Value  string   // the cell, cleaned and shortened
	Reason Reason   // stable code
	Args   []string // see the reason
	Kept   bool     // the row is taken without this cell
}

// Error is the English sentence.
func (p Problem) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "row %d", p.Line)
	if p.Column != "" {
		fmt.Fprintf(&b, ", %s", p.Column)
	}
	if p.Value != "" {
		fmt.Fprintf(&b, " %q", p.Value)
	}
	return b.String() + ": " + Sentence(p.Reason, p.Args...)
}

// FileError is why a whole file cannot be read.
type FileError struct {
	Path   string
	Reason Reason
	Args   []string
	Err    error // the cause, if there is one
}

// Error is the English sentence.
func (e *FileError) Error() string {
	s := Sentence(e.Reason, e.Args...)
	if e.Path != "" {
		s = e.Path + ": " + s
	}
	return s
}

// Unwrap is the cause.
func (e *FileError) Unwrap() error { return e.Err }

func fileError(path string, reason Reason, args ...string) *FileError {
	return &FileError{Path: path, Reason: reason, Args: args}
}

// fault is what is wrong with one cell; the zero value means nothing is.
type fault struct {
	reason Reason
	args   []string
}

func faulty(reason Reason, args ...string) fault { return fault{reason, args} }

// shortened keeps a cell's value fit for a report.
func shortened(s string) string {
	const limit = 60
	s = strings.TrimSpace(Clean(s))
	runes := 0
	for i := range s {
		if runes == limit {
			return s[:i] + "…"
		}
		runes++
	}
	return strings.Clone(s)
}
