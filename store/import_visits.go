package store

// Visits in an import. There may be millions, so they are gathered, sorted by
// account and time, and merged block by block.

import (
	"slices"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// takeVisit gathers a visit, which it may change; at is the number of its account where that
// is known.
func (i *importer) takeVisit(row *exchange.Row, v *model.Visit, at accountNumber) (err error) {
	if at == 0 {
		code, ok, err := i.account(row)
		if !ok || err != nil {
			return err
		}
		at, _ = i.index.numbers.number(code)
	}
	if v.Rep, err = i.rep(v.Rep); err != nil {
		return err
	}
	if i.visitRun == nil {
		i.visitRun = newRun(i, &visitRows)
	}
	return i.visitRun.add(at, v, row.Present)
}

// accountsOf are the numbers of the accounts that rows of visits name by their codes, 0 where
// there is none yet. All of a batch are looked up one behind the other, since memory far apart
// is then read at the same time.
func (i *importer) accountsOf(rows []exchange.Row) ([]accountNumber, error) {
	i.at = i.at[:0]
	if len(rows) == 0 || rows[0].Visit == nil {
		i.at = append(i.at, make([]accountNumber, len(rows))...)
		return i.at, nil
	}
	codes, err := i.accounts()
	if err != nil {
		return nil, err
	}
	for n := range rows {
		number, _ := codes.number(rows[n].Account.Code)
		i.at = append(i.at, number)
	}
	return i.at, nil
}

// flushVisits merges what was gathered.
func (i *importer) flushVisits() error {
	run := i.visitRun
	if run == nil {
		return nil
	}
	i.visitRun = nil
	defer run.close()
	defer func(was bool) { i.bulk = was }(i.bulk)
	i.bulk = run.rows() > editLimit
	if i.bulk {
		i.count = max(i.count, editLimit+1)
		i.byDay.added = slices.Grow(i.byDay.added, run.len())
	}
	return mergeRun(run, &rowMerger[model.Visit]{importer: i, coder: &visitRows, index: visitIDs, read: i.visits, write: i.putVisits,
		by: func(v *model.Visit) *string { return &v.Rep }, place: func(v *model.Visit, account string, day model.Date) { v.Account, v.Date = account, day }})
}

// mergeRun merges what was gathered, account by account.
func mergeRun[T model.Record](run *rowRun[T], m *rowMerger[T]) error {
	if run.aside != nil {
		if err := run.putAside(); err != nil {
			return err
		}
		if err := m.goApart(); err != nil {
			return err
		}
	}
	for batch := range run.gathered() {
		if batch.err != nil {
			return batch.err
		}
		m.report.Same += batch.same
		for _, of := range batch.accounts {
			if err := m.account(of.account, batch.rows[of.from:of.to]); err != nil {
				return err
			}
			if err := m.accountDone(of.account); err != nil {
				return err
			}
			if err := m.endPart(); err != nil {
				return err
			}
		}
	}
	return m.writeIDs() // the next file must find these
}
