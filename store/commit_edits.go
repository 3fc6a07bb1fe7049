package store

// Edits, written to the documents in which their records lie; visits and calls block
// by block.

import (
	"slices"

	"doppelpass/model"
)

// apply writes edits. Records that are referred to come first and go last.
func (w *writer) apply(edits []model.Edit) error {
	for _, leaving := range []bool{false, true} {
		order := slices.Clone(documents)
		if leaving {
			slices.Reverse(order)
		}
		for _, d := range order {
			if tableIn[d].blocks {
				if !leaving {
					if err := w.applyRows(d, edits); err != nil {
						return err
					}
				}
				continue
			}
			for _, e := range edits {
				if (e.After == nil) == leaving && tableOfEdit(e) == tableIn[d].table {
					if err := w.applyEdit(e); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

func tableOfEdit(e model.Edit) model.Table {
	if e.After != nil {
		return e.After.Key().Table
	}
	return e.Before.Key().Table
}

// applyEdit writes one record that is no row of a block.
func (w *writer) applyEdit(e model.Edit) error {
	t := tableOf(tableOfEdit(e))
	if e.Before != nil && (e.After == nil || e.After.Key() != e.Before.Key()) {
		at := t.at(w.reader, e.Before.Key())
		if at == nil {
			return NotFound{e.Before.Key()}
		}
		if err := w.put(t.document, at, nil); err != nil {
			return err
		}
	}
	if e.After == nil {
		return nil
	}
	at := t.at(w.reader, e.After.Key())
	if at == nil && t.document == docAccounts {
		n, err := w.newNumber(e.After.Key().Code)
		if err != nil {
			return err
		}
		at = n.key()
	}
	if at == nil {
		return Invalid{e.After.Key(), "account", "unknown"}
	}
	return w.put(t.document, at, t.pack(e.After))
}

// applyRows writes the visits or calls among the edits, each block once.
func (w *writer) applyRows(d document, edits []model.Edit) error {
	type block struct {
		number accountNumber
		year   int
	}
	out, in := map[block][]model.Key{}, map[block][]model.Record{}
	var order []block
	place := func(r model.Record) (block, error) {
		key := r.Key()
		n, ok := w.number(key.Code)
		if !ok {
			return block{}, Invalid{key, "account", "unknown"}
		}
		b := block{n, yearOf(key.Date)}
		if out[b] == nil && in[b] == nil {
			order = append(order, b)
		}
		return b, nil
	}
	table := tableIn[d].table
	for _, e := range edits {
		if tableOfEdit(e) != table {
			continue
		}
		if e.Before != nil {
			b, err := place(e.Before)
			if err != nil {
				return err
			}
			out[b] = append(out[b], e.Before.Key())
		}
		if e.After != nil {
			b, err := place(e.After)
			if err != nil {
				return err
			}
			in[b] = append(in[b], e.After)
		}
	}
	for _, b := range order {
		var err error
		if d == docVisits {
			err = replaceRows(w.visits, w.putVisits, b.number, b.year, out[b], in[b])
		} else {
			err = replaceRows(w.calls, w.putCalls, b.number, b.year, out[b], in[b])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// replaceRows takes rows out of a block and puts others in: one that goes and comes
// again keeps its place among its like.
func replaceRows[T model.Record](read func(accountNumber, int) ([]T, error), write func(accountNumber, int, []T) error,
	n accountNumber, year int, out []model.Key, in []model.Record) error {
	rows, err := read(n, year)
	if err != nil {
		return err
	}
	fresh := make(map[model.RowID]model.Record, len(in))
	for _, r := range in {
		if id := r.Key().ID; id != (model.RowID{}) {
			fresh[id] = r
		}
	}
	gone := make(map[model.RowID]bool, len(out))
	for _, key := range out {
		gone[key.ID] = true
	}
	kept := rows[:0]
	for _, row := range rows {
		id := row.Key().ID
		if r, again := fresh[id]; again {
			row = r.(T)
			delete(fresh, id)
		} else if gone[id] {
			continue
		}
		kept = append(kept, row)
	}
	for _, r := range in {
		id := r.Key().ID
		if _, waits := fresh[id]; waits || id == (model.RowID{}) {
			delete(fresh, id)
			kept = append(kept, r.(T))
		}
	}
	return write(n, year, kept)
}
