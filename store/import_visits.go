package store

// Visits in an import. There may be millions, so they are gathered, sorted by
// account and time, and merged block by block.

import (
	"cmp"
	"slices"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// visitRunLength is the number of visits that are gathered before they are
// merged: it bounds memory.
const visitRunLength = 1_000_000

// visitPiece is the length of the pieces they are gathered in: a long slice that
// grows would be copied again and again.
const visitPiece = 1 << 14

type visitRow struct {
	account accountNumber
	visit   model.Visit
	present exchange.ColumnSet
}

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
	last := len(i.visitRun) - 1
	if last < 0 || len(i.visitRun[last]) == visitPiece {
		i.visitRun = append(i.visitRun, make([]visitRow, 0, visitPiece))
		last++
	}
	i.visitRun[last] = append(i.visitRun[last], visitRow{n, v, row.Present})
	if len(i.visitRun)*visitPiece < visitRunLength || len(i.visitRun[last]) < visitPiece {
		return nil
	}
	return i.flushVisits()
}

// flushVisits merges what was gathered.
func (i *importer) flushVisits() error {
	run := visitRun(i.visitRun)
	i.visitRun = nil
	if run.len() == 0 {
		return nil
	}
	defer func(was bool) { i.bulk = was }(i.bulk)
	i.bulk = run.len() > editLimit
	if i.bulk {
		i.count = max(i.count, editLimit+1)
	}
	drop := run.repeated()
	i.report.Same += len(drop)
	if err := i.takeAway(run, drop); err != nil {
		return err
	}
	order := make([]uint64, 0, run.len()) // account, then the order of the file
	for at := range run.len() {
		if !drop[at] {
			order = append(order, uint64(run.at(at).account)<<32|uint64(at))
		}
	}
	slices.Sort(order)
	var group []*visitRow
	for at := 0; at < len(order); {
		account := order[at] >> 32
		group = group[:0]
		for ; at < len(order) && order[at]>>32 == account; at++ {
			group = append(group, run.at(int(uint32(order[at]))))
		}
		if err := i.mergeAccount(accountNumber(account), group); err != nil {
			return err
		}
	}
	if err := i.visitIDs.write(i.tx.Bucket(visitIDs)); err != nil { // the next run must find these
		return err
	}
	i.visitIDs = idChange{}
	return nil
}

// visitRun is what was gathered, in pieces that are full but for the last.
type visitRun [][]visitRow

func (r visitRun) len() int {
	if len(r) == 0 {
		return 0
	}
	return (len(r)-1)*visitPiece + len(r[len(r)-1])
}

func (r visitRun) at(i int) *visitRow { return &r[i/visitPiece][i%visitPiece] }

// repeated are the rows whose identifier a later row has again: files that log
// changes name a visit again and again, and the last one holds.
func (r visitRun) repeated() map[int]bool {
	const placeBits = 24 // a run is shorter than that
	ids := make([]uint64, 0, r.len())
	for at := range r.len() {
		if id := r.at(at).visit.ID; id != "" {
			ids = append(ids, hashOf(id)&^(1<<placeBits-1)|uint64(at))
		}
	}
	slices.Sort(ids) // by hash, then by place
	drop := map[int]bool{}
	for k, last := 0, 0; k < len(ids); k = last + 1 {
		for last = k; last+1 < len(ids) && ids[last+1]>>placeBits == ids[k]>>placeBits; last++ {
			continue
		}
		for ; k < last; k++ { // few: the same identifier, or a part of the hash by chance
			earlier := int(ids[k] & (1<<placeBits - 1))
			for later := k + 1; later <= last; later++ {
				if r.at(int(ids[later]&(1<<placeBits-1))).visit.ID == r.at(earlier).visit.ID {
					drop[earlier] = true
					break
				}
			}
		}
	}
	return drop
}

// takeAway removes visits that the store has under the same identifier at another
// account or day: they have moved.
func (i *importer) takeAway(run visitRun, drop map[int]bool) error {
	bucket := i.tx.Bucket(visitIDs)
	if key, _ := bucket.Cursor().First(); key == nil {
		return nil
	}
	for at := range run.len() {
		row := run.at(at)
		if row.visit.ID == "" || drop[at] {
			continue
		}
		places, err := candidates(bucket, row.visit.ID)
		if err != nil {
			return err
		}
		for _, p := range places {
			if p.account == row.account && yearOf(p.day) == yearOf(row.visit.Date) {
				continue // the merge finds it
			}
			visits, err := i.visits(p.account, yearOf(p.day))
			if err != nil {
				return err
			}
			k := slices.IndexFunc(visits, func(v model.Visit) bool { return v.ID == row.visit.ID })
			if k < 0 {
				continue // another identifier with the same hash
			}
			merged, _ := exchange.Merge(visits[k], exchange.WithAccount(row.visit, visits[k].Account), row.present, i.options.OverwriteEmpty).(model.Visit)
			merged.Date = row.visit.Date
			row.visit = merged
			if err := i.putVisits(p.account, yearOf(p.day), slices.Delete(visits, k, k+1)); err != nil {
				return err
			}
			i.report.Tally.Changed++
			i.report.Tally.Added-- // the merge will count it as new
		}
	}
	return nil
}

// mergeAccount merges one account's rows, in the order of the file.
func (i *importer) mergeAccount(n accountNumber, rows []*visitRow) error {
	code, err := i.code(n)
	if err != nil {
		return err
	}
	for at := range rows {
		rows[at].visit.Account = code
	}
	slices.SortStableFunc(rows, func(a, b *visitRow) int { return cmp.Compare(a.visit.Date, b.visit.Date) })
	for len(rows) > 0 {
		year, many := yearOf(rows[0].visit.Date), 1
		for last := model.NewDate(year, 12, 31); many < len(rows) && rows[many].visit.Date <= last; many++ {
			continue
		}
		if err := i.mergeBlock(n, year, rows[:many]); err != nil {
			return err
		}
		rows = rows[many:]
	}
	return nil
}

func (i *importer) mergeBlock(n accountNumber, year int, rows []*visitRow) error {
	visits, err := i.visits(n, year)
	if err != nil {
		return err
	}
	known := len(visits) > 0
	changed := false
	visits = slices.Grow(visits, len(rows))
	for at, row := range rows {
		k := -1
		if known || at > 0 {
			if k, err = i.findVisit(visits, &row.visit); err != nil {
				return err
			}
		}
		if k < 0 {
			visits = append(visits, row.visit)
			i.report.Tally.Added++
			changed = true
			continue
		}
		merged, _ := exchange.Merge(visits[k], row.visit, row.present, i.options.OverwriteEmpty).(model.Visit)
		if exchange.Equal(visits[k], merged) {
			i.report.Same++
			continue
		}
		visits[k] = merged
		i.report.Tally.Changed++
		changed = true
	}
	if !changed {
		return nil
	}
	return i.putVisits(n, year, visits)
}

// findVisit is the visit a row means: by its identifier, else by day, time and
// rep among those without one. The store may have the rep by a name that was no
// rep's yet when the visit came in.
func (i *importer) findVisit(visits []model.Visit, row *model.Visit) (int, error) {
	for k := range visits {
		v := &visits[k]
		if v.ID != row.ID {
			continue
		}
		if row.ID != "" {
			return k, nil
		}
		if v.Date != row.Date || v.Time != row.Time {
			continue
		}
		if v.Rep == row.Rep {
			return k, nil
		}
		if rep, err := i.rep(v.Rep); err != nil || rep != "" && rep == row.Rep {
			return k, err
		}
	}
	return -1, nil
}
