package store

// Calls in an import: gathered, then merged block by block as visits are.

import (
	"cmp"
	"slices"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

type callRow struct {
	account accountNumber
	call    model.Call
	present exchange.ColumnSet
}

func (i *importer) takeCall(row *exchange.Row, call model.Call) error {
	code, ok, err := i.account(row)
	if err == nil {
		err = i.objectBeside(row, code)
	}
	if !ok || err != nil {
		return err
	}
	if ok, err := i.fromList(row, code, &call); !ok || err != nil {
		return err
	}
	if len(call.Agent) > maximumCode {
		i.skip(exchange.Problem{Line: row.Line, Column: "agent", Value: code, Reason: ReasonNotAcceptable, Args: []string{"agent"}})
		return nil
	}
	codes, err := i.accounts()
	if err != nil {
		return err
	}
	i.callRun = append(i.callRun, callRow{codes[code], call, row.Present})
	if len(i.callRun) < visitRunLength {
		return nil
	}
	return i.flushCalls()
}

// flushCalls merges what was gathered. Of several rows with one identifier at one
// account on one day the last holds, as with visits.
func (i *importer) flushCalls() error {
	type named struct {
		account accountNumber
		day     model.Date
		ref     string
	}
	last := map[named]int{}
	for at := range i.callRun {
		if r := &i.callRun[at]; r.call.Ref != "" {
			last[named{r.account, r.call.Date, r.call.Ref}] = at
		}
	}
	var order []int
	for at := range i.callRun {
		r := &i.callRun[at]
		if r.call.Ref != "" && last[named{r.account, r.call.Date, r.call.Ref}] != at {
			i.report.Same++
			continue
		}
		order = append(order, at)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(i.callRun[a].account, i.callRun[b].account) })
	merger := rowMerger[model.Call]{importer: i, coder: &callRows, index: callIDs, read: i.calls, write: i.putCalls,
		by:    func(c *model.Call) *string { return &c.Agent },
		place: func(c *model.Call, account string, day model.Date) { c.Account, c.Date = account, day },
		adjust: func(existing, merged *model.Call) {
			if existing.Outcome == model.CallOptOut { // never lost to another outcome of the same call
				merged.Outcome = model.CallOptOut
			}
		}}
	for len(order) > 0 {
		account, many := i.callRun[order[0]].account, 1
		for many < len(order) && i.callRun[order[many]].account == account {
			many++
		}
		group := make([]incoming[model.Call], many)
		for k, at := range order[:many] {
			group[k] = incoming[model.Call]{row: &i.callRun[at].call, present: i.callRun[at].present}
		}
		if err := merger.account(account, group); err != nil {
			return err
		}
		order = order[many:]
	}
	i.callRun = nil
	return merger.flushIndex()
}
