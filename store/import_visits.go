package store

// Visits in an import. There may be millions, so they are gathered, sorted by
// account and time, and merged block by block.

import (
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
	order := make([]uint64, 0, run.len()) // account, then the order of the file
	for at := range run.len() {
		if !drop[at] {
			order = append(order, uint64(run.at(at).account)<<32|uint64(at))
		}
	}
	slices.Sort(order)
	merger := rowMerger[model.Visit]{importer: i, coder: &visitRows, index: visitIDs, read: i.visits, write: i.putVisits,
		by: func(v *model.Visit) *string { return &v.Rep }, place: func(v *model.Visit, account string, day model.Date) { v.Account, v.Date = account, day }}
	var group []incoming[model.Visit]
	for at := 0; at < len(order); {
		account := order[at] >> 32
		group = group[:0]
		for ; at < len(order) && order[at]>>32 == account; at++ {
			row := run.at(int(uint32(order[at])))
			group = append(group, incoming[model.Visit]{&row.visit, row.present})
		}
		if err := merger.account(accountNumber(account), group); err != nil {
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

// repeated are the rows that a later row of the file is again: the same identifier
// of the other system at the same account on the same day. Files that log changes
// name a visit again and again, and the last one holds.
func (r visitRun) repeated() map[int]bool {
	const placeBits = 24 // a run is shorter than that
	ids := make([]uint64, 0, r.len())
	for at := range r.len() {
		if row := r.at(at); row.visit.Ref != "" {
			ids = append(ids, hashOfRef(row)&^(1<<placeBits-1)|uint64(at))
		}
	}
	slices.Sort(ids) // by hash, then by place
	same := func(a, b *visitRow) bool {
		return a.visit.Ref == b.visit.Ref && a.account == b.account && a.visit.Date == b.visit.Date
	}
	drop := map[int]bool{}
	for k, last := 0, 0; k < len(ids); k = last + 1 {
		for last = k; last+1 < len(ids) && ids[last+1]>>placeBits == ids[k]>>placeBits; last++ {
			continue
		}
		for ; k < last; k++ { // few: the same row, or a part of the hash by chance
			earlier := int(ids[k] & (1<<placeBits - 1))
			for later := k + 1; later <= last; later++ {
				if same(r.at(int(ids[later]&(1<<placeBits-1))), r.at(earlier)) {
					drop[earlier] = true
					break
				}
			}
		}
	}
	return drop
}

// hashOfRef is FNV-1a with 64 bits (Fowler, Noll, Vo), mixed once more so that the
// first bits spread well.
func hashOfRef(row *visitRow) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(row.visit.Ref); i++ {
		h = (h ^ uint64(row.visit.Ref[i])) * 1099511628211
	}
	h = (h ^ uint64(row.account)) * 1099511628211
	h = (h ^ uint64(row.visit.Date)) * 1099511628211
	h ^= h >> 32
	h *= 0x9e3779b97f4a7c15
	return h ^ h>>29
}
