package store

// Calls in an import. They are gathered first, since a later row of the file may
// say of the same call where it really lies.

import (
	"doppelpass/model"
	"doppelpass/store/exchange"
)

type callRow struct {
	row  exchange.Row
	call model.Call
}

func (i *importer) takeCall(row *exchange.Row, call model.Call) error {
	code, ok, err := i.account(row)
	if !ok || err != nil {
		return err
	}
	call.Account = code
	i.callRun = append(i.callRun, callRow{*row, call})
	if len(i.callRun) < visitRunLength {
		return nil
	}
	return i.flushCalls()
}

// flushCalls merges what was gathered. Of several rows with one identifier the
// last holds, as with visits.
func (i *importer) flushCalls() error {
	last := map[string]int{}
	for at := range i.callRun {
		if id := i.callRun[at].call.ID; id != "" {
			last[id] = at
		}
	}
	for at := range i.callRun {
		r := &i.callRun[at]
		if r.call.ID != "" && last[r.call.ID] != at {
			i.report.Same++
			continue
		}
		if err := i.mergeCall(&r.row, r.call); err != nil {
			return err
		}
	}
	i.callRun = nil
	if err := i.callIDs.write(i.tx.Bucket(callIDs)); err != nil { // the next run must find these
		return err
	}
	i.callIDs = idChange{}
	return nil
}

func (i *importer) mergeCall(row *exchange.Row, call model.Call) error {
	if call.ID != "" {
		old, found, err := i.callByID(call.ID)
		if err != nil {
			return err
		}
		if found && old.Key() != call.Key() {
			return i.moveCall(row, old, call)
		}
	}
	return i.takeRecord(row, call)
}

// moveCall merges a row into the call with its identifier, which lay elsewhere or
// says more of itself than the row does.
func (i *importer) moveCall(row *exchange.Row, old, call model.Call) error {
	merged, _ := exchange.Merge(old, call, row.Present, i.options.OverwriteEmpty).(model.Call)
	merged.Account, merged.Date = call.Account, call.Date
	if exchange.Equal(old, merged) {
		i.report.Same++
		return nil
	}
	key := old.Key()
	if err := i.putRecord(Put{Record: merged, Replaces: &key}); err != nil {
		return err
	}
	i.report.Tally.Changed++
	return nil
}

func (i *importer) callByID(id string) (model.Call, bool, error) {
	places, err := candidates(i.tx.Bucket(callIDs), id)
	if err != nil {
		return model.Call{}, false, err
	}
	for _, p := range places {
		rows, err := i.calls(p.account, yearOf(p.day))
		if err != nil {
			return model.Call{}, false, err
		}
		for _, row := range rows {
			if row.ID == id {
				return row, true, nil
			}
		}
	}
	return model.Call{}, false, nil
}
