package store

// Visits in an import. There may be millions, so they are gathered, sorted by
// account and time, and merged block by block.

import (
	"doppelpass/model"
	"doppelpass/store/exchange"
)

func (i *importer) takeVisit(row *exchange.Row, v model.Visit) error {
	codes, err := i.accounts()
	if err != nil {
		return err
	}
	n, ok := codes[row.Account.Code]
	if !ok || row.Account.Code == "" {
		code, ok, err := i.account(row)
		if !ok || err != nil {
			return err
		}
		n = codes[code]
	}
	if v.Rep, err = i.rep(v.Rep); err != nil {
		return err
	}
	if i.visitRun == nil {
		i.visitRun = &visitRun{coder: i.coder}
	}
	if err := i.visitRun.add(n, &v, row.Present); err != nil || i.visitRun.len() < visitRunLength {
		return err
	}
	return i.flushVisits()
}

// flushVisits merges what was gathered.
func (i *importer) flushVisits() error {
	run := i.visitRun
	i.visitRun = nil
	if run == nil {
		return nil
	}
	defer func(was bool) { i.bulk = was }(i.bulk)
	i.bulk = run.len() > editLimit
	if i.bulk {
		i.count = max(i.count, editLimit+1)
	}
	drop, order, err := run.sorted()
	if err != nil {
		return err
	}
	i.report.Same += len(drop)
	merger := rowMerger[model.Visit]{importer: i, coder: &visitRows, index: visitIDs, read: i.visits, write: i.putVisits,
		by: func(v *model.Visit) *string { return &v.Rep }, place: func(v *model.Visit, account string, day model.Date) { v.Account, v.Date = account, day }}
	for batch := range run.gathered(order) {
		if batch.err != nil {
			return batch.err
		}
		for _, of := range batch.accounts {
			if err := merger.account(of.account, batch.rows[of.from:of.to]); err != nil {
				return err
			}
		}
	}
	if err := i.visitIDs.write(i.tx.Bucket(visitIDs)); err != nil { // the next run must find these
		return err
	}
	i.visitIDs = idChange{}
	return nil
}
