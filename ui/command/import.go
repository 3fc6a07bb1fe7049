package command

// Import: files of other systems into the store, as one step that can be undone.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/store/temporary"
	"doppelpass/ui/habits"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// importFlags are the flags as they were typed.
type importFlags struct {
	as, columns, classes, dates, day, encoding, delimiter, decimal, sheet, plans string
	options                                                                      store.ImportOptions
}

// importGarbage is how much garbage of an import may lie about before it is collected, in
// bytes: less takes longer and more saves nothing.
const importGarbage = 48 << 20

func (r *run) importCommand() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use: "import PATH...", Short: "command.import.short", Long: "command.import.long",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{r.t("command.argument-missing", text.Args{"Argument": r.placeholders("PATH")})}
			}
			return nil
		},
		Example: "  doppelpass import kunden.csv besuche.xlsx\n  doppelpass import export/ --dry-run\n" +
			"  doppelpass import report.csv --as visits --map 'Kd-Nr.=account,Tag=date' --dates dmy --create-missing",
		RunE: func(c *cobra.Command, args []string) error { return r.importFiles(c.Context(), args, f) },
	}
	flags := c.Flags()
	flags.StringVar(&f.as, "as", "", "command.import.flag.as")
	flags.StringVar(&f.columns, "map", "", "command.import.flag.map")
	flags.StringVar(&f.classes, "classes", "", "command.import.flag.classes")
	flags.StringVar(&f.dates, "dates", "", "command.import.flag.dates")
	flags.StringVar(&f.day, "day", "", "command.import.flag.day")
	flags.StringVar(&f.sheet, "sheet", "", "command.import.flag.sheet")
	flags.StringVar(&f.encoding, "encoding", "", "command.import.flag.encoding")
	flags.StringVar(&f.delimiter, "delimiter", "", "command.import.flag.delimiter")
	flags.StringVar(&f.decimal, "decimal", "", "command.import.flag.decimal")
	flags.BoolVar(&f.options.DryRun, "dry-run", false, "command.import.flag.dry-run")
	flags.BoolVar(&f.options.Strict, "strict", false, "command.import.flag.strict")
	flags.BoolVar(&f.options.CreateMissing, "create-missing", false, "command.import.flag.create-missing")
	flags.BoolVar(&f.options.Assign, "assign", false, "command.import.flag.assign")
	flags.BoolVar(&f.options.OverwriteEmpty, "overwrite-empty", false, "command.import.flag.overwrite-empty")
	flags.BoolVar(&f.options.MarkMissing, "mark-missing", false, "command.import.flag.mark-missing")
	flags.BoolVar(&f.options.BringBack, "bring-back", false, "command.import.flag.bring-back")
	r.plansFlag(c, &f.plans)
	var tables []string
	for _, t := range model.Tables {
		tables = append(tables, string(t))
	}
	r.complete(c, "as", tables...)
	r.complete(c, "dates", "dmy", "mdy", "ymd")
	r.complete(c, "decimal", ",", ".")
	var encodings []string
	for _, e := range exchange.Encodings() {
		encodings = append(encodings, string(e))
	}
	r.complete(c, "encoding", encodings...)
	return c
}

// reading turns the flags into options for reading files.
func (f importFlags) reading() (o exchange.Options, err error) {
	if o.As, err = exchange.ParseTable(f.as); err != nil {
		return o, err
	}
	if o.Map, err = exchange.ParseMap(f.columns); err != nil {
		return o, err
	}
	if f.classes != "" {
		if o.ClassWords, err = exchange.ParseMap(f.classes); err != nil {
			return o, &exchange.FileError{Reason: exchange.ReasonBadOption, Args: []string{"--classes", f.classes}}
		}
	}
	if o.Dates, err = exchange.ParseDateOrder(f.dates); err != nil {
		return o, err
	}
	if o.Encoding, err = exchange.ParseEncoding(f.encoding); err != nil {
		return o, err
	}
	switch f.delimiter {
	case "":
	case "tab", `\t`:
		o.Delimiter = '\t'
	default:
		if len(f.delimiter) != 1 {
			return o, &exchange.FileError{Reason: exchange.ReasonBadOption, Args: []string{"--delimiter", f.delimiter}}
		}
		o.Delimiter = f.delimiter[0]
	}
	switch f.decimal {
	case "":
	case ".", ",":
		o.Point = f.decimal[0]
	default:
		return o, &exchange.FileError{Reason: exchange.ReasonBadOption, Args: []string{"--decimal", f.decimal}}
	}
	o.Sheet = f.sheet
	return o, nil
}

func (r *run) importFiles(ctx context.Context, paths []string, f importFlags) (err error) {
	ctx, stop := r.stoppable(ctx)
	defer stop()
	options, err := f.reading()
	if err != nil {
		return usageError{r.sentence(err)}
	}
	if f.day != "" {
		today, err := r.day()
		if err != nil {
			return err
		}
		if options.Day, err = r.words().ParseDayToward(f.day, today, text.Back); err != nil {
			return usageError{r.t("command.flag.bad", text.Args{"Flag": "--day", "Detail": err.Error()})}
		}
	}
	plans := &partedImport{dry: f.options.DryRun}
	if plans.answer, err = r.plansAnswer(f.plans); err != nil {
		return err
	}
	if f.options.Today, err = r.day(); err != nil {
		return err
	}
	f.options.Plans, f.options.Away = plans.decide, plans.decideAway
	paths = slices.Clone(paths)
	for i := range paths {
		if err := r.files(&paths[i]); err != nil {
			return err
		}
	}
	files, err := exchange.Files(paths...)
	if err != nil {
		return err
	}
	r.expect(files...)
	opening := openFiles(files, options)
	go text.New(r.language) // the report needs it, not the work
	s, leave, err := r.importStore(f.options.DryRun)
	opened := opening()
	if err != nil {
		opened.close()
		return err
	}
	defer func() { leave(err) }()
	defer func() { opened.close() }()

	settings, err := s.Settings()
	if err != nil {
		return err
	}
	if err := exchange.CheckClassWords(settings.ClassList(), options.ClassWords); err != nil {
		return usageError{r.sentence(err)}
	}
	sources, refused, left := openSources(s, &opened)
	defer func() {
		for _, source := range append(sources, refused...) {
			_ = source.File.Close()
		}
	}()
	if len(refused) > 0 && !f.options.DryRun {
		taken, err := s.TakeObjections(ctx, r.actor(), refused)
		if err != nil {
			return err
		}
		if taken > 0 {
			r.complain(r.words().N("report.results.taken", taken))
		}
	}
	if unclear := r.named(left, paths); unclear != nil && (len(sources) == 0 || f.options.Strict) {
		return unclear
	}
	bar := r.newBar("command.import.progress")
	f.options.Progress = func(file string, read, size int64) {
		bar.name = words.FileName(file)
		bar.show(read, size)
	}
	var copied store.Rotation
	if folder := r.habits.Get(habits.Backup); folder != "" && (r.Session == nil || !r.Session.Remote) {
		f.options.Before = func() (err error) {
			bar.clear()
			copied, err = s.BackupBefore(ctx, folder)
			return err
		}
	}
	defer r.collectBeyond(importGarbage)()
	var reports []store.FileReport
	for len(sources) > 0 {
		reports, err = s.Import(ctx, r.actor(), sources, f.options)
		bar.clear()
		var unclear *exchange.FileError
		if len(files) == 1 || f.options.Strict || !errors.As(err, &unclear) {
			break
		}
		// One file that cannot be read does not stop the others.
		left = append(left, unclear)
		before := len(sources)
		sources = slices.DeleteFunc(sources, func(source store.Source) bool {
			gone := source.File.Path() == unclear.Path
			if gone {
				_ = source.File.Close()
			}
			return gone
		})
		if len(sources) == before {
			break
		}
		err = nil
	}
	for _, problem := range left {
		fmt.Fprintln(r.Errors, r.t("command.import.left", text.Args{"Problem": r.sentence(problem)}))
	}
	if err != nil && !errors.Is(err, store.ErrStrict) {
		return r.undecidedImport(s, err)
	}
	if len(sources) == 0 {
		return plainError{r.words().T("report.nothing"), codeFailed}
	}
	if copied.Path != "" {
		fmt.Fprintln(r.Output, r.t("backup.before", text.Args{"Path": copied.Path}))
	}
	said, failed := r.partedSaid(s, plans)
	if failed != nil {
		return failed
	}
	if written := r.writeReports(reports, sources, f.options.DryRun, said); written != nil {
		return written
	}
	switch {
	case err != nil:
		return plainError{r.sentence(err), codeProblems}
	case nothingTaken(reports):
		return plainError{r.t("report.nothing"), codeFailed}
	}
	if !f.options.DryRun {
		if err := r.rememberMappings(s, sources, options); err != nil {
			return err
		}
	}
	if !f.options.DryRun {
		if err := r.sayLacking(s, reports); err != nil {
			return err
		}
	}
	if r.named(left, paths) != nil { // what was asked for by name was not all done
		return plainError{"", codeFailed}
	}
	return nil
}

// named is the first of the files left out that the person named, as an error of its
// own; nil where all of them merely lay in a folder.
func (r *run) named(left []error, paths []string) error {
	for _, err := range left {
		var unclear *exchange.FileError
		if !errors.As(err, &unclear) || slices.Contains(paths, unclear.Path) {
			return err
		}
	}
	return nil
}

// nothingTaken reports that rows were there and not one of them was taken.
func nothingTaken(reports []store.FileReport) bool {
	rows := 0
	for _, r := range reports {
		if r.Taken() > 0 {
			return false
		}
		rows += r.Skipped
		for reason, n := range r.LeftOut {
			if reason != exchange.SkipBlank && reason != exchange.SkipComment {
				rows += n
			}
		}
	}
	return rows > 0
}

// importStore opens the store to import into, and makes it if need be. Neither a
// dry run nor an import that failed may leave one behind: where there is no store, a
// dry run tries in a passing one, and leaving with an error takes the new one away.
func (r *run) importStore(dry bool) (*store.Store, func(error), error) {
	if s, err := r.shared(!dry); s != nil || err != nil {
		return s, func(error) {}, err
	}
	path, discard := r.path(), func(error) {}
	if r.readOnly && !dry {
		return nil, nil, store.ErrReadOnly
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		if dry {
			dir, err := temporary.Folder("", "doppelpass-import-")
			if err != nil {
				return nil, nil, fmt.Errorf("making a folder for the dry run: %w", err)
			}
			path, discard = filepath.Join(dir, "dry.db"), func(error) { _ = os.RemoveAll(dir) }
		} else {
			discard = func(failed error) {
				if failed != nil {
					_ = os.Remove(path)
				}
			}
		}
	}
	s, err := r.opened(r.openStore(path, store.Options{Now: r.Now}))
	if err != nil {
		discard(nil)
		return nil, nil, err
	}
	return s, func(failed error) {
		if failed != nil {
			if info, err := s.Info(); err != nil || info.Steps > 0 {
				failed = nil // it holds something: an error came after the import
			}
		}
		_ = r.close(s)
		discard(failed)
	}, nil
}

// rememberMappings keeps what the person said about the files for the next time.
func (r *run) rememberMappings(s *store.Store, sources []store.Source, o exchange.Options) error {
	if o.As == "" && len(o.Map) == 0 && o.Dates == "" {
		return nil
	}
	for _, source := range sources {
		mapping := source.Mapping
		if o.Dates != "" {
			mapping = withDates(source.File, mapping, o.Dates)
		}
		if err := s.RememberMapping(mapping); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) report() words.Import { return words.Import{Printer: r.words()} }

// writeReports tells what each file was taken for and what became of its rows; a dry
// run also how the files are read. What became of all stands last.
func (r *run) writeReports(reports []store.FileReport, sources []store.Source, dry bool, plans string) error {
	w := r.report()
	var lines []string
	for _, file := range reports {
		about := w.Lines(file, dry)
		lines = append(lines, about[0])
		for _, source := range sources {
			if one := file.Sheet == "" || file.Sheet == source.File.Detected().Sheet; dry && one && source.File.Path() == file.Path {
				for _, line := range w.Reading(source.File, source.Mapping) {
					lines = append(lines, "  "+line)
				}
			}
		}
		lines = append(lines, about[1:]...)
	}
	if plans != "" {
		lines = append(lines, plans)
	}
	if total := w.Total(reports, dry); total != "" {
		lines = append(lines, total)
	}
	if dry {
		lines = append(lines, r.t("command.import.dry"))
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(r.Output, line); err != nil {
			return err
		}
	}
	return nil
}

// withDates is the mapping with the order of day and month in every column of days.
func withDates(file *exchange.File, m exchange.Mapping, order exchange.DateOrder) exchange.Mapping {
	readings, _ := file.Dates(m) // what it could not read was an error of the import
	m.Columns = slices.Clone(m.Columns)
	for i := range m.Columns {
		for _, reading := range readings {
			if m.Columns[i].Column == reading.Column && m.Columns[i].Header == reading.Header {
				m.Columns[i].Dates = order
			}
		}
	}
	return m
}
