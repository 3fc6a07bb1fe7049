package store

// Calls in an import: gathered, then merged block by block as visits are.

import (
	"doppelpass/model"
	"doppelpass/store/exchange"
)

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
	if i.callRun == nil {
		i.callRun = newRun(i, &callRows)
	}
	n, _ := codes.number(code)
	return i.callRun.add(n, &call, row.Present)
}

// flushCalls merges what was gathered. Of several rows with one identifier at one
// account on one day the last holds, as with visits.
func (i *importer) flushCalls() error {
	run := i.callRun
	if run == nil {
		return nil
	}
	i.callRun = nil
	defer run.close()
	return mergeRun(run, &rowMerger[model.Call]{importer: i, coder: &callRows, index: callIDs, read: i.calls, write: i.putCalls,
		by:    func(c *model.Call) *string { return &c.Agent },
		place: func(c *model.Call, account string, day model.Date) { c.Account, c.Date = account, day }})
}
