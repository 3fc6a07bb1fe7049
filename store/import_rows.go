package store

// How rows of visits and calls meet those that are there, block by block. A row
// with the identifier of another system is that row again where account and day
// agree. Rows without one are told apart by day, time and who, and where several of
// a file agree in that, the nth is the nth again.

import (
	"cmp"
	"slices"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// incoming is one row of a file.
type incoming[T model.Record] struct {
	row     *T
	present exchange.ColumnSet
	// aged is the row without what went by its age, and was the identity that it had
	// before; see age.
	aged *T
	was  model.RowID
}

// rowMerger merges the rows of one table.
type rowMerger[T model.Record] struct {
	*importer
	coder *rowCoder[T]
	index []byte // where rows lie whose identity does not say so
	read  func(accountNumber, int) ([]T, error)
	write func(accountNumber, int, []T) error
	by    func(*T) *string // the rep or agent
	place func(row *T, account string, day model.Date)

	fresh []T  // memory for what is new in a block
	moved int8 // whether the index holds anything: 0 not looked yet, 1 yes, −1 no
}

// account merges one account's rows, in the order of the file.
func (m *rowMerger[T]) account(n accountNumber, rows []incoming[T]) error {
	code, err := m.code(n)
	if err != nil {
		return err
	}
	day := func(r incoming[T]) model.Date { return m.coder.date(r.row) }
	for _, r := range rows {
		m.place(r.row, code, day(r))
	}
	slices.SortStableFunc(rows, func(a, b incoming[T]) int { return cmp.Compare(day(a), day(b)) })
	if err := m.age(code, rows); err != nil {
		return err
	}
	for len(rows) > 0 {
		year, many := yearOf(day(rows[0])), 1
		for last := model.NewDate(year, 12, 31); many < len(rows) && day(rows[many]) <= last; many++ {
			continue
		}
		if err := m.block(n, year, rows[:many]); err != nil {
			return err
		}
		rows = rows[many:]
	}
	return nil
}

func (m *rowMerger[T]) block(n accountNumber, year int, rows []incoming[T]) error {
	list, err := m.read(n, year)
	if err != nil {
		return err
	}
	if len(list) == 0 && !m.hasMoved() {
		return m.fill(n, year, rows)
	}
	changed := false
	there := &standingRows[T]{m: m, rows: list}
	like, ofDay := likeIncoming[T]{m: m}, likeIncoming[T]{m: m, byDay: true}
	fresh := m.fresh[:0]
	defer func() { m.fresh = fresh[:0] }()
	for at, r := range rows {
		if at%1024 == 0 {
			if err := m.stopped(); err != nil {
				return err
			}
		}
		k, nth := -1, 0
		if len(there.rows) > 0 || m.hasMoved() {
			nth = like.nth(rows, at)
			if k, err = there.find(r.row, nth, false); err != nil {
				return err
			}
			if k < 0 && m.coder.date(r.row) <= m.forgetting.aging[model.KeepingTimes] { // one of the two has no time any more
				if k, err = there.find(r.row, ofDay.nth(rows, at), true); err != nil {
					return err
				}
			}
		}
		if k < 0 && m.hasMoved() {
			back, from, err := m.fetch(there, n, year, r, nth)
			if err != nil {
				return err
			}
			if back != nil {
				if from >= 0 {
					if err := there.replace(from, *back); err != nil {
						return err
					}
				} else {
					fresh = append(fresh, *back)
				}
				m.report.Tally.Changed++
				changed = true
				continue
			}
		}
		if k < 0 {
			fresh = append(fresh, *r.row)
			m.report.Tally.Added++
			changed = true
			continue
		}
		merged := m.merge(&there.rows[k], r)
		if exchange.Equal(there.rows[k], merged) {
			m.report.Same++
			continue
		}
		if err := there.replace(k, merged); err != nil {
			return err
		}
		m.report.Tally.Changed++
		changed = true
	}
	if !changed {
		return nil
	}
	if len(there.rows) > 0 {
		fresh = append(there.rows, fresh...)
	}
	return m.write(n, year, fresh)
}

// fill writes a block in which nothing was.
func (m *rowMerger[T]) fill(n accountNumber, year int, rows []incoming[T]) error {
	if err := m.stopped(); err != nil {
		return err
	}
	fresh := m.fresh[:0]
	for _, r := range rows {
		fresh = append(fresh, *r.row)
	}
	m.fresh = fresh
	m.report.Tally.Added += len(rows)
	return m.write(n, year, fresh)
}

// merge is the row that results where a file's row meets one that is there.
func (m *rowMerger[T]) merge(existing *T, r incoming[T]) T {
	merged, _ := exchange.Merge(*existing, *r.row, r.present, m.options.OverwriteEmpty).(T)
	if m.coder.holds != nil {
		m.coder.holds(existing, &merged)
	}
	return merged
}

// hasMoved reports whether any row's identity does not say where it lies.
func (m *rowMerger[T]) hasMoved() bool {
	if m.moved == 0 {
		m.moved = -1
		if key, _ := m.tx.Bucket(m.index).Cursor().First(); key != nil {
			m.moved = 1
		}
	}
	return m.moved > 0
}

// fetch takes a row from where somebody has moved it since it came in, and gives it
// merged; nil where there is none. From is its place in the block at hand, −1 where
// it was taken out of another.
func (m *rowMerger[T]) fetch(there *standingRows[T], n accountNumber, year int, r incoming[T], nth int) (back *T, from int, err error) {
	id := r.was
	if id == (model.RowID{}) {
		id = m.coder.hash(r.row, nth)
	}
	is := func(row T) bool { return *m.coder.id(&row) == id }
	mergedFrom := func(row T) *T {
		m.place(&row, (*r.row).Key().Code, m.coder.date(r.row))
		merged := m.merge(&row, r)
		return &merged
	}
	if k := there.identified(id); k >= 0 {
		return mergedFrom(there.rows[k]), k, nil
	}
	places, err := candidates(m.tx.Bucket(m.index), id)
	if err != nil {
		return nil, -1, err
	}
	for _, p := range places {
		if p.account == n && yearOf(p.day) == year {
			continue
		}
		other, err := m.read(p.account, yearOf(p.day))
		if err != nil {
			return nil, -1, err
		}
		k := slices.IndexFunc(other, is)
		if k < 0 {
			continue // another identity with the same hash
		}
		merged := mergedFrom(other[k])
		if err := m.write(p.account, yearOf(p.day), slices.Delete(other, k, k+1)); err != nil {
			return nil, -1, err
		}
		return merged, -1, m.writeIDs()
	}
	return nil, -1, nil
}
