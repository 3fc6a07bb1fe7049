package store

// Retention: what people's data loses by its age, told before and done once it is asked
// for. It is done as erasing is: now and in the history, so that no undo brings it back.

import (
	"errors"
	"fmt"
	"slices"

	bolt "doppelpass/store/sealed"

	"doppelpass/model"
)

// ErrNotYet says that retention was asked for by a day that is still to come.
var ErrNotYet = errors.New("that day is still to come: what would go by then is kept today")

// AgedYear is what of one year goes.
type AgedYear struct {
	Year        int
	Rows        int
	First, Last model.Date
}

// AgedRows is what of one table goes as one kind.
type AgedRows struct {
	Kind   model.Keeping
	Table  model.Table
	Months int        // for which it is kept; 0: for good
	Until  model.Date // up to which day it goes; 0: nothing does
	Rows   int
	Years  []AgedYear // in which there are any, oldest first
	Held   int        // rows that stay because their account is held
}

// Retention is what goes, or went, by its age.
type Retention struct {
	Today model.Date
	Rows  []AgedRows
	Held  []string // accounts that are held and keep what would go
	Steps int      // of the history that lose something
}

// Count is the number of rows that lose something, those of the history aside.
func (r Retention) Count() (count int) {
	for _, rows := range r.Rows {
		count += rows.Rows
	}
	return count
}

// Nothing reports whether nothing goes.
func (r Retention) Nothing() bool { return r.Count()+r.Steps == 0 }

// agedTables are the tables of which something goes, by its kind.
var agedTables = []struct {
	kind  model.Keeping
	table model.Table
}{
	{model.KeepingVisitNotes, model.TableVisits}, {model.KeepingCallNotes, model.TableCalls},
	{model.KeepingTimes, model.TableVisits}, {model.KeepingTimes, model.TablePlan}, {model.KeepingTimes, model.TableSettled},
	{model.KeepingVisitNotes, model.TableAsides}, {model.KeepingCallNotes, model.TableAsides}, {model.KeepingTimes, model.TableAsides},
}

// Retention tells what would go on a day.
func (s *Store) Retention(today model.Date) (told Retention, err error) {
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		told, err = retentionIn(reader{tx, coder}, today)
		return err
	})
	return told, err
}

// heldAccounts are the accounts that are held.
func heldAccounts(tx *bolt.Tx) (map[string]bool, error) {
	held := map[string]bool{}
	err := eachAccount(tx, func(_ accountNumber, a model.Account) {
		if a.Hold {
			held[a.Code] = true
		}
	})
	return held, err
}

func retentionIn(r reader, today model.Date) (told Retention, err error) {
	settings, err := settingsIn(r)
	if err != nil {
		return told, err
	}
	aging := settings.AgingOn(today)
	told = Retention{Today: today}
	for _, t := range agedTables {
		told.Rows = append(told.Rows, AgedRows{Kind: t.kind, Table: t.table, Months: settings.Months(t.kind), Until: aging[t.kind]})
	}
	held, err := heldAccounts(r.tx)
	if err != nil {
		return told, err
	}
	keeping := map[string]bool{}
	err = eachNow(r, func(d document) bool {
		return slices.ContainsFunc(told.Rows, func(a AgedRows) bool { return documentOf[a.Table] == d })
	}, func(record model.Record) error {
		if told.add(record, aging, held[agedAccount(record)]) {
			keeping[agedAccount(record)] = true
		}
		return nil
	})
	if err != nil {
		return told, err
	}
	for code := range keeping {
		told.Held = append(told.Held, code)
	}
	slices.Sort(told.Held)
	for i := range told.Rows {
		slices.SortFunc(told.Rows[i].Years, func(a, b AgedYear) int { return a.Year - b.Year })
	}
	told.Rows = slices.DeleteFunc(told.Rows, func(a AgedRows) bool { return a.Table == model.TableAsides && a.Rows+a.Held == 0 })
	steps := map[uint64]bool{}
	err = eachThen(r, func(record model.Record, step uint64, _ bool) error {
		if !steps[step] && !held[agedAccount(record)] {
			_, gone := aging.Of(record)
			steps[step] = gone != model.Gone{}
		}
		return nil
	})
	for _, loses := range steps {
		if loses {
			told.Steps++
		}
	}
	return told, err
}

// agedAccount is the account by whose hold a record stays.
func agedAccount(r model.Record) string {
	if aside, is := r.(model.SetAside); is {
		return aside.Code
	}
	return accountOf(r)
}

// add counts a record, and reports whether it stays only because its account is held.
func (r *Retention) add(record model.Record, aging model.Aging, held bool) (stays bool) {
	key := record.Key()
	_, gone := aging.Of(record)
	if gone == (model.Gone{}) {
		return false
	}
	day, aside := key.Date, false
	of := key.Table
	if a, is := record.(model.SetAside); is {
		day, of, aside = a.Date, a.Of, true
	}
	for i := range r.Rows {
		rows := &r.Rows[i]
		if aside && rows.Kind != model.KeepingTimes && (of == model.TableCalls) != (rows.Kind == model.KeepingCallNotes) {
			continue
		}
		if rows.Table != key.Table || rows.Kind == model.KeepingTimes && !gone.Time || rows.Kind != model.KeepingTimes && !gone.Note {
			continue
		}
		if held {
			rows.Held++
			stays = true
			continue
		}
		rows.Rows++
		year := yearOf(day)
		at := slices.IndexFunc(rows.Years, func(y AgedYear) bool { return y.Year == year })
		if at < 0 {
			at = len(rows.Years)
			rows.Years = append(rows.Years, AgedYear{Year: year, First: day, Last: day})
		}
		y := &rows.Years[at]
		y.Rows++
		y.First, y.Last = min(y.First, day), max(y.Last, day)
	}
	return stays
}

// Retain lets go what is older on a day than it is kept, for good, and says what went.
// Subject says it to the history. Where nothing goes, nothing is written. Only the lead
// may. Errors: ErrNotYet, model.Forbidden, Dismissed, ErrReadOnly, ErrOnServer.
func (s *Store) Retain(actor model.Actor, today model.Date, subject func(Retention) string) (told Retention, err error) {
	if today > model.DateOf(s.now()) {
		return told, ErrNotYet
	}
	err = s.eraseBy(func(w *writer, plan *Erasing) error {
		if err := w.admit(&actor); err != nil {
			return err
		}
		if err := actor.May(model.Edit{After: model.Erasure{}}); err != nil {
			return err
		}
		if err := w.atHome(plan); err != nil {
			return err
		}
		if told, err = retentionIn(w.reader, today); err != nil || told.Nothing() {
			return err
		}
		settings, err := settingsIn(w.reader)
		if err != nil {
			return err
		}
		line := model.Erasure{ID: NewRowID(), Date: model.DateOf(s.now()), Kind: model.EraseAged, Names: settings.AgingOn(today).Named(), By: actor.Name}
		if err := plan.foresee(w, []model.Erasure{line}); err != nil {
			return err
		}
		w.begin(actor, "retention.apply")
		if _, err := w.erase([]model.Erasure{line}); err != nil {
			return fmt.Errorf("letting go what is no longer kept: %w", err)
		}
		return w.record(actor, "retention.apply", subject(told))
	})
	return told, err
}

// agedIn is what went by its age, by the deletion book.
func agedIn(lines []model.Erasure) model.Aging {
	aging := model.Aging{}
	for _, line := range lines {
		aging = aging.Joined(line.Aged())
	}
	return aging
}

// agedStep is a step without what goes by its age.
func (x *rewriting) agedStep(s Step) Step {
	for _, edits := range [][]model.Edit{s.Edits, s.Said} {
		for i := range edits {
			for _, side := range []*model.Record{&edits[i].Before, &edits[i].After} {
				if *side != nil {
					*side, _, _ = x.record(*side)
				}
			}
		}
	}
	return s
}

// byAge rewrites what is older; nil where no line says so.
func (w *writer) byAge(lines []model.Erasure) (*rewriting, error) {
	aging := agedIn(lines)
	if len(aging) == 0 {
		return nil, nil
	}
	held, err := heldAccounts(w.tx)
	if err != nil {
		return nil, err
	}
	return &rewriting{
		record: func(r model.Record) (model.Record, bool, bool) {
			if held[agedAccount(r)] {
				return r, false, false
			}
			now, gone := aging.Of(r)
			return now, gone != model.Gone{}, false
		},
		text: func(_ string, _ model.Telling, s string) string { return s },
	}, nil
}
