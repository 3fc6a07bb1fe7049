package store

// Import: files' records into the store, as one step of the history.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/model/place"
	"doppelpass/store/exchange"
)

// Source is a file that is open, and what it is taken for.
type Source struct {
	File    *exchange.File
	Mapping exchange.Mapping
}

// ImportOptions say how files meet what is there.
type ImportOptions struct {
	DryRun         bool // write nothing, tell what would happen
	Strict         bool // a row that cannot be taken stops the whole import
	CreateMissing  bool // unknown accounts and territories are created
	Assign         bool // accounts in no territory come into those whose postcodes the file brings
	OverwriteEmpty bool // empty cells wipe fields that are filled
	MarkMissing    bool // active accounts that a file of accounts lacks become inactive
	BringBack      bool // people who were erased, and what went by its age, come in as the file has them
	// Plans is asked once, before anything is kept, what becomes of visits planned from
	// Today on that the import parts from their rep; an error stops the import, such as
	// ErrPlansUndecided. Nil: they stay.
	Plans func([]model.Parted) (model.PlansAnswer, error)
	// Away is asked likewise what becomes of visits that fall into absences which the
	// import brings.
	Away  func([]model.Parted) (model.PlansAnswer, error)
	Today model.Date
	// Before is called once an import that changes more than LargeImport records is made,
	// and before it is kept: what reads the store then sees it as it was. An error stops
	// the import. Nil: nothing is to be done.
	Before func() error
	// Progress is told now and then how much of a file is read; size is 0 where it
	// is not known. Nil: nobody asks.
	Progress func(file string, read, size int64)
}

// LargeImport is beyond how many changed records an import is a large one.
const LargeImport = 1000

// ErrStrict says that a strict import wrote nothing, because rows were skipped.
var ErrStrict = errors.New("rows could not be taken, so nothing was imported")

// errDryRun rolls a dry run back.
var errDryRun = errors.New("dry run")

// Import takes the files' records in, in one transaction: all of it or, after an
// error or when ctx ends, nothing. Files are read in the order of the tables, so
// that what rows refer to is there. The report comes with ErrStrict, too.
func (s *Store) Import(ctx context.Context, actor model.Actor, sources []Source, o ImportOptions) (reports []FileReport, err error) {
	order := func(t model.Table) int { return slices.Index(model.Tables[:], t) }
	sources = slices.Clone(sources)
	slices.SortStableFunc(sources, func(a, b Source) int { return order(a.Mapping.Table) - order(b.Mapping.Table) })
	var names []string
	first, objected, err := s.objectionsFirst(ctx, actor, sources, o)
	if err != nil {
		return nil, err
	}
	defer func() {
		taken := 0
		for _, count := range first {
			taken += count
		}
		if err != nil && taken > 0 {
			err = ObjectionsTaken{taken, err}
		}
	}()
	codes := s.codesAhead(sources)
	ahead, err := readAhead(ctx, sources)
	known := codes()
	if err != nil {
		return nil, err
	}
	defer ahead.close()
	_, err = s.update(func(w *writer) error {
		if err := w.admit(&actor); err != nil {
			return err
		}
		w.begin(actor, "import")
		w.until = ctx
		w.tx.Note() // there may be more than memory holds
		finder, err := finderIn(w.tx)
		if err != nil {
			return err
		}
		settings, err := settingsIn(reader{w.tx, w.coder})
		if err != nil {
			return err
		}
		var planned []planHolder
		if o.Plans != nil && movesAccounts(sources) {
			if planned, err = w.plansAhead(o.Today); err != nil {
				return fmt.Errorf("looking for planned visits: %w", err)
			}
		}
		var diary *model.Book // the absences and planned visits before
		if o.Away != nil && slices.ContainsFunc(sources, func(s Source) bool { return s.Mapping.Table == model.TableAbsences }) {
			if diary, err = diaryIn(w.tx); err != nil {
				return err
			}
		}
		forgetting, err := forgettingIn(w, settings, o.BringBack)
		if err != nil {
			return err
		}
		var linking []*importer // of files of reps that name territories
		seen, index := newAccountCodes(0), &accountIndex{ahead: known.of(w.tx)}
		for n, source := range sources {
			source.File.UseClasses(settings.ClassList())
			i := importer{writer: w, settings: settings, options: o, finder: finder, report: newReport(source, sources), index: index,
				home: source.File.HomeCountry(source.Mapping, settings.Country), objected: objected, forgetting: forgetting}
			i.report.OptOuts = first[source.File.Path()]
			if table := source.Mapping.Table; table == model.TableAccounts { // one file may name what another lacks
				i.seen, i.lastSeen = seen, n+1 == len(sources) || sources[n+1].Mapping.Table != table
			}
			err := i.run(actor, source, ahead[n])
			reports = append(reports, i.report)
			if err != nil {
				return fmt.Errorf("importing %s: %w", source.File.Path(), err)
			}
			if len(i.repTerritories) > 0 {
				linking = append(linking, &i)
			}
			if n+1 == len(sources) || order(sources[n+1].Mapping.Table) > order(model.TableTerritories) { // all territories are there
				if err := linkReps(linking, reports); err != nil {
					return err
				}
				linking = nil
			}
			if name := exchange.Clean(filepath.Base(source.File.Path())); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		if o.Strict && slices.ContainsFunc(reports, func(r FileReport) bool { return r.Skipped+r.Cells+r.Withheld > 0 }) {
			return ErrStrict
		}
		if len(planned) > 0 {
			parted, err := w.parted(planned)
			if err == nil {
				err = w.answerParted(actor, parted, o.Plans)
			}
			if err != nil {
				return err
			}
		}
		if diary != nil {
			if err := w.decideAway(actor, diary, o.Today, o.Away); err != nil {
				return err
			}
		}
		if o.DryRun {
			return errDryRun
		}
		if err := w.reopen(actor); err != nil {
			return err
		}
		if err := w.record(actor, "import", forgetting.text(strings.Join(names, ", "))); err != nil {
			return err
		}
		if o.Before != nil && w.count > LargeImport {
			if err := o.Before(); err != nil {
				return err
			}
		}
		return w.stopped()
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return reports, err
}

// importer takes in one file.
type importer struct {
	*writer
	options  ImportOptions
	settings model.Settings
	report   FileReport
	finder   *place.Finder
	reps     map[string]string // codes, and folded names with the codes they mean; once needed
	// territoryNames are the codes of the territories by their names and codes, folded;
	// nil until needed.
	territoryNames map[string]string

	index    *accountIndex   // every account; all files of an import share it
	postcode *place.Prefixes // of the territories; nil until needed
	home     string          // ISO code of the country of what says none
	seen     *accountCodes   // accounts that this import's files of accounts name so far, numbered
	waiting  accountsWaiting // of the file

	territoryRows                     []*territoryRow
	owners                            map[string]string   // who looks after accounts → territory
	ownerless                         map[string]string   // accounts in no territory → who looks after them
	newClasses                        map[model.Class]int // of the accounts added
	newAreas                          map[string]int      // of the accounts added, by territory
	lastVisits                        []lastVisit
	persons                           map[model.Key]bool
	personOrder                       []model.Contact
	met                               int         // accounts of the file that are in the store
	strange                           []string    // codes of those of which nothing agrees
	repTerritories                    [][2]string // reps and the territories that their rows name
	unknownOwners, unknownTerritories offered
	lastSeen                          bool            // no other file of accounts follows
	active                            bool            // the file says itself which accounts are active
	at                                []accountNumber // of the rows of a batch
	visitRun                          *rowRun[model.Visit]
	callRun                           *rowRun[model.Call]
	planned                           map[model.Key][]model.PlannedVisit // of the file, by the first's key
	may                               func(model.Edit) error             // whether the actor may create what rows name
	outLists                          map[string]model.OutList           // lists that rows come back for; one without a code is not known
	objected                          objections                         // before the import
	forgetting                        forgetting
}

func (i *importer) run(actor model.Actor, source Source, file *aheadFile) error {
	if err := actor.May(model.Edit{After: model.Describe(source.Mapping.Table).Empty()}); err != nil {
		return err
	}
	defer func() { i.visitRun.close(); i.callRun.close() }() // of what is not flushed any more
	i.writer.may, i.may = nil, actor.May
	if source.Mapping.Table == model.TableTerritories {
		i.writer.may = actor.May
	}
	i.active = source.Mapping.Target("active") >= 0 || source.Mapping.Target("inactive") >= 0 || source.Mapping.Target("state") >= 0
	for batch, err := range file.batches() {
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if batch == nil {
			break
		}
		for _, p := range batch.Problems {
			if p.Kept {
				i.lose(p)
			} else {
				i.skip(p)
			}
		}
		for _, p := range batch.Notes {
			i.report.note(p)
		}
		for _, o := range batch.Objections {
			if err := i.objection(o); err != nil {
				return err
			}
		}
		at, err := i.accountsOf(batch.Rows)
		if err != nil {
			return err
		}
		for n := range batch.Rows {
			if err := i.take(&batch.Rows[n], at[n]); err != nil {
				return err
			}
		}
		if i.options.Progress != nil {
			i.options.Progress(source.File.Path(), batch.Read, batch.Size)
		}
		file.reader.Reuse(batch)
	}
	i.report.LeftOut = file.reader.Counts().LeftOut
	if err := i.flushVisits(); err != nil {
		return err
	}
	if err := i.flushCalls(); err != nil {
		return err
	}
	if err := i.flushAccounts(); err != nil {
		return err
	}
	if err := i.flushPersons(); err != nil {
		return err
	}
	if err := i.flushTerritories(); err != nil {
		return err
	}
	if err := i.takeLastVisits(); err != nil {
		return err
	}
	if err := i.rememberOwners(); err != nil {
		return err
	}
	i.offer(OfferOwners, "owner", i.unknownOwners)
	if source.Mapping.Target("postcodes") >= 0 && source.Mapping.Table == model.TableTerritories {
		if err := i.assignByPostcode(); err != nil {
			return err
		}
	}
	return i.missing()
}
