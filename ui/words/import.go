package words

// How files are read, and what an import did or could not do; the command line and
// the import page share it.

import (
	"cmp"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
)

// Import says it in the printer's language; App says that the person has keys
// instead of flags.
type Import struct {
	*text.Printer
	App bool
	// Refused reports that the person may not create what a table holds; nil: they may all.
	Refused func(model.Table) bool
}

// created are the tables of which something would be created where a reason or an offer
// says that nobody knows it.
var created = map[string]model.Table{
	"reason." + string(store.ReasonUnknownAccount):   model.TableAccounts,
	"reason." + string(store.ReasonUnknownTerritory): model.TableTerritories,
	"report.offer." + string(store.OfferOwners):      model.TableReps,
	"report.offer." + string(store.OfferTerritories): model.TableTerritories,
}

// here is a message's key for who reads it: in the app, of keys; and of who else may
// create what the person may not.
func (w Import) here(key string) string {
	if table := created[strings.TrimSuffix(key, ".group")]; table != "" && w.Refused != nil && w.Refused(table) && w.Has(key+".app.not") {
		return key + ".app.not"
	}
	if w.App && w.Has(key+".app") {
		return key + ".app"
	}
	return key
}

// ownWords are the reasons whose first arguments are names of tables and columns;
// what follows stands as the file or the command line has it.
var ownWords = map[exchange.Reason]int{exchange.ReasonSeveralTables: 1, exchange.ReasonColumnMissing: 2, exchange.ReasonDayMissing: 1}

// Reason is a reason as a clause.
func (w Import) Reason(reason exchange.Reason, args ...string) string {
	values := text.Args{}
	for i, name := range [...]string{"A", "B", "C", "D"} {
		values[name] = ""
		if i < len(args) {
			values[name] = args[i]
			if named, ok := ownWords[reason]; !ok || i < named || reason == exchange.ReasonDayMissing && i == 3 {
				values[name] = w.argument(reason, args[i])
			}
		}
	}
	return w.T(w.here("reason."+string(reason)), values)
}

// argument writes what only a program would write as it is: days, and the names of
// tables and columns.
func (w Import) argument(reason exchange.Reason, arg string) string {
	if d, err := model.ParseDate(arg); err == nil && (reason == exchange.ReasonDatesAmbiguous || reason == exchange.ReasonDayMissing) {
		return w.dayInWords(d)
	}
	if reason == exchange.ReasonSeveralTables || reason == exchange.ReasonColumnMissing || reason == exchange.ReasonDayMissing {
		names := strings.Split(arg, ", ")
		for i, name := range names {
			for _, key := range []string{"table." + name, "column." + name} {
				if w.Has(key) {
					names[i] = w.T(key)
				}
			}
		}
		return strings.Join(names, ", ")
	}
	return arg
}

// dayInWords cannot be mistaken for another day: 3. April 2026.
func (w Import) dayInWords(d model.Date) string {
	return w.DayLong(d) + " " + d.Time().Format("2006")
}

// Problem is a skipped row: "row 12, date, "32.13.2026": no date in …".
func (w Import) Problem(problem exchange.Problem) string {
	args := text.Args{
		"Line": w.Int(problem.Line), "Column": cmp.Or(problem.Header, w.column(problem.Column)), "Value": problem.Value,
		"Reason": w.Reason(problem.Reason, problem.Args...),
	}
	switch {
	case problem.Header == "" && problem.Column == "":
		return w.T("report.problem.row", args)
	case problem.Value == "":
		return w.T("report.problem.empty", args)
	}
	return w.T("report.problem", args)
}

// Error is an import's error as a sentence; ok is false where it is no file's.
func (w Import) Error(err error) (sentence string, ok bool) {
	var file *exchange.FileError
	var taken store.ObjectionsTaken
	switch {
	case errors.As(err, &taken):
		if sentence, ok = w.Error(taken.Err); ok {
			sentence += " " + w.N("report.results.taken", taken.Count)
		}
		return sentence, ok
	case errors.As(err, &file):
		reason := w.Reason(file.Reason, file.Args...)
		if file.Path == "" { // what was typed is wrong
			first, size := utf8.DecodeRuneInString(reason)
			return string(unicode.ToUpper(first)) + reason[size:] + ".", true
		}
		return w.T("report.file", text.Args{"File": FileName(file.Path), "Reason": reason}), true
	case errors.Is(err, store.ErrStrict):
		return w.T("report.strict"), true
	}
	return "", false
}

// FileName is a file's name as it may stand on a terminal: names, too, can hold
// escape sequences.
func FileName(path string) string { return exchange.Clean(filepath.Base(path)) }

// Layout is how a column of days is read: "03/04/2026 → 3 April 2026".
func (w Import) Layout(d exchange.DateReading) string {
	return d.Example + " → " + w.dayInWords(d.Day)
}

// Form is what a file was found to be: "CSV · ; · windows-1252".
func (w Import) Form(d exchange.Detected) string {
	if d.Format == exchange.XLSX {
		return "XLSX · " + w.T("report.sheet", text.Args{"Sheet": d.Sheet})
	}
	delimiter := string(rune(d.Delimiter))
	if d.Delimiter == '\t' {
		delimiter = w.T("report.tab")
	}
	return "CSV · " + delimiter + " · " + string(d.Encoding)
}

// Reading is how a file is read: its form, its columns and its days.
func (w Import) Reading(f *exchange.File, m exchange.Mapping) []string {
	lines := []string{w.Form(f.Detected())}
	if m.Recalled {
		lines[0] += " · " + w.T("report.recalled")
	}
	var taken []string
	for _, c := range m.Columns {
		switch c.Column {
		case "":
		case c.Header:
			taken = append(taken, c.Column)
		default:
			taken = append(taken, c.Header+" → "+c.Column)
		}
	}
	lines = append(lines, strings.Join(taken, ", "))
	dates, _ := f.Dates(m) // what is open was asked before
	for _, d := range dates {
		lines = append(lines, d.Header+": "+w.Layout(d))
	}
	return lines
}

// named is how many of a list of codes a line names.
const named = 8

// Lines is what an import did with one file; dry says that it only would have.
func (w Import) Lines(r store.FileReport, dry bool) []string {
	name := FileName(r.Path)
	if r.Sheet != "" {
		name += " (" + r.Sheet + ")"
	}
	head := text.Args{"File": name, "Table": w.T("table." + string(r.Mapping.Table)), "System": r.Mapping.System}
	lines := []string{w.T("report.head", head)}
	if r.Mapping.System != "" {
		lines[0] = w.T("report.head.system", head)
	}
	add := func(key string, n int, args ...text.Args) {
		if n > 0 {
			lines = append(lines, "  "+w.N(key, n, args...))
		}
	}
	if rows := r.Taken() + r.Skipped + len(r.LeftOut); rows > 0 { // of an empty table there is nothing to show
		for _, line := range w.Columns(r.Columns) {
			lines = append(lines, "  "+line)
		}
	}
	for _, c := range r.Columns {
		if c.Column == exchange.ColumnPotential && exchange.SpeaksOfRevenue(c.Header) {
			lines = append(lines, "  "+w.T(w.here("report.revenue"), text.Args{"Header": c.Header}))
		}
	}
	var out []exchange.Seen
	var where []string
	for _, s := range r.KeptOut {
		if s.Column == exchange.ColumnWhereabouts {
			where = append(where, s.Header)
			continue
		}
		if s.Classes == "" {
			out = append(out, s)
			continue
		}
		lines = append(lines, "  "+w.T("report.classes", text.Args{"Header": s.Header, "Values": w.someValues(s.Values, true), "Classes": s.Classes}))
	}
	add("report.whereabouts", len(where), text.Args{"Columns": join(where, named)})
	add("report.kept-out", len(out), text.Args{"Columns": w.keptOut(out)})
	unknown := slices.DeleteFunc(r.Mapping.Unknown(), func(header string) bool {
		return slices.ContainsFunc(r.KeptOut, func(s exchange.Seen) bool { return s.Header == header })
	})
	add("report.unknown", len(unknown), text.Args{"Columns": join(unknown, named)})
	unread := "report.unread"
	if w.App {
		unread += ".app"
	}
	add(unread, len(r.Unread), text.Args{"Sheets": join(r.Unread, named)})
	add("report.formulas", r.Formulas)
	if len(r.Doubt) > 1 && !w.App { // in the app it was asked
		var others []string
		for _, other := range r.Doubt[1:] {
			others = append(others, w.T("report.doubt.other", text.Args{"Encoding": string(other.Encoding), "Cells": w.someValues(other.Cells, true)}))
		}
		lines = append(lines, "  "+w.T("report.doubt", text.Args{
			"Encoding": string(r.Doubt[0].Encoding), "Cells": w.someValues(r.Doubt[0].Cells, true), "Others": strings.Join(others, " "),
		}))
	}
	if r.Mapping.CodeFromName() {
		lines = append(lines, "  "+w.T("report.code-from-name"))
	}
	if r.Mapping.Recalled && !dry {
		lines = append(lines, "  "+w.T("report.recalled.line"))
	}
	for _, g := range r.Groups {
		lines = append(lines, "  "+w.Group(g))
	}
	mode := ""
	if dry {
		mode = ".dry"
	}
	add("report.repeated", r.Repeated)
	add("report.persons"+mode, r.Persons)
	add("report.opt-outs"+mode, r.OptOuts)
	add("report.still-no", r.StillNo)
	add("report.aged", r.Aged)
	add("report.results.left"+mode, r.Promises)
	add("report.results.off-list", r.OffList)
	for n, late := range r.Late {
		if n == named {
			lines = append(lines, "  "+w.N("report.results.late.more", len(r.Late)-named))
			break
		}
		args := text.Args{"Name": late.Name, "Account": late.Account, "Called": w.Date(late.Called), "Objected": w.Date(late.Objected), "List": late.List.Code, "Until": w.Date(late.List.Until)}
		if late.Objected != 0 {
			lines = append(lines, "  "+w.T("report.results.objected", args))
		} else {
			lines = append(lines, "  "+w.T("report.results.over", args))
		}
	}
	add("report.by-owner", r.ByOwner)
	add("report.assigned"+mode, r.Assigned)
	if len(r.NewAreas) > 0 {
		lines = append(lines, "  "+w.T("report.new", text.Args{"Classes": w.newIn(r.NewClasses, "report.new.no-class"), "Territories": w.newIn(r.NewAreas, "report.new.nowhere")}))
	}
	if r.Fitting > r.Assigned {
		key := "report.fitting"
		if w.App {
			key += ".app"
		}
		add(key, r.Fitting)
	}
	if r.LastVisits > 0 {
		header := ""
		if at := r.Mapping.Target("last_visit"); at >= 0 {
			header = r.Mapping.Columns[at].Header
		}
		add("report.last-visits", r.LastVisits, text.Args{"Header": header})
	}
	for _, o := range r.Offers {
		add(w.here("report.offer."+string(o.Kind)), o.Count, text.Args{"Header": o.Header, "Names": join(append(slices.Clone(o.Names), make([]string, o.Count-len(o.Names))...), len(o.Names))})
	}
	add("report.created"+mode, len(r.Created), codes(r.Created))
	if r.Marked > 0 {
		add("report.marked"+mode, r.Marked, codes(r.Missing))
	} else {
		add("report.missing", len(r.Missing), codes(r.Missing))
	}
	add("report.back"+mode, r.Back)
	add("report.inactive", len(r.Inactive), codes(r.Inactive))
	for _, reason := range slices.Sorted(maps.Keys(r.LeftOut)) {
		if reason != exchange.SkipBlank {
			add("report.left-out", r.LeftOut[reason], text.Args{"Reason": w.Reason(reason)})
		}
	}
	counts := w.counts(r.Tally.Added, r.Tally.Changed, r.Same, r.Skipped, r.Cells, mode)
	if dry { // what is asked for first, on the smallest window
		lines[0] += " · " + counts
		return lines
	}
	return append(lines, "  "+counts)
}

// newIn says where the accounts that are added come: "Nord 31, Süd 12, in no territory 2".
func (w Import) newIn(list []store.Counted, lacking string) string {
	var said []string
	more := 0
	for n, c := range list {
		switch {
		case c.Name == "":
			said = append(said, w.T(lacking, text.Args{"Count": w.Int(c.Count)}))
		case n < named:
			said = append(said, w.T("report.new.in", text.Args{"Name": c.Name, "Count": w.Int(c.Count)}))
		default:
			more += c.Count
		}
	}
	if more > 0 {
		said = append(said, w.T("report.new.more", text.Args{"Count": w.Int(more)}))
	}
	return strings.Join(said, ", ")
}

// counts says what became of rows: "31 added · 2 rows skipped".
func (w Import) counts(added, changed, same, skipped, cells int, mode string) string {
	var list []string
	add := func(key string, n int) {
		if n > 0 {
			list = append(list, w.N(key, n))
		}
	}
	add("report.added"+mode, added)
	add("report.changed"+mode, changed)
	add("report.same", same)
	add("report.skipped", skipped)
	add("report.cells", cells)
	if len(list) == 0 {
		return w.N("report.added"+mode, 0)
	}
	return strings.Join(list, " · ")
}

// Total is the line below the reports of several files; "" for one.
func (w Import) Total(reports []store.FileReport, dry bool) string {
	if len(reports) < 2 {
		return ""
	}
	var added, changed, same, skipped, cells int
	for _, r := range reports {
		added, changed, same = added+r.Tally.Added, changed+r.Tally.Changed, same+r.Same
		skipped, cells = skipped+r.Skipped, cells+r.Cells
	}
	mode := ""
	if dry {
		mode = ".dry"
	}
	return w.T("report.total", text.Args{"Counts": w.counts(added, changed, same, skipped, cells, mode)})
}

func codes(list []string) text.Args { return text.Args{"Codes": join(list, named)} }

// join writes a list of which only the first few matter.
func join(list []string, limit int) string {
	if len(list) > limit {
		return strings.Join(list[:limit], ", ") + " …"
	}
	return strings.Join(list, ", ")
}
