package store

// Blocks of calls.

import (
	"slices"

	"doppelpass/model"
)

// shapeOfCall says which of a call's fields follow, and its outcome.
func shapeOfCall(v *model.Call) uint64 {
	return flag(v.Time != 0, hasTime) | flag(len(v.Guests) > 0, hasGuests) | flag(v.Note != "", hasNote) | flag(v.Ref != "", hasRef) |
		uint64(v.Outcome)<<kindShift
}

// encodeCalls packs an account's calls of a year, which it sorts.
func (c blockCoder) encodeCalls(year int, calls []model.Call) ([]byte, error) {
	sortRows(calls)
	start := firstDay(year)
	code, like := codec{out: []byte{blockVersion}}, likeRows[model.Call]{coder: &callRows}
	if slices.ContainsFunc(calls, func(v model.Call) bool { return len(v.Guests) > 0 }) {
		code.out[0] = blockWithGuests
	}
	for i := range calls {
		v := &calls[i]
		agent, err := c.words.number(c.tx, v.Agent)
		if err != nil {
			return nil, err
		}
		campaign, err := c.words.number(c.tx, v.Campaign)
		if err != nil {
			return nil, err
		}
		id, named := like.explicit(calls, i)
		shape := shapeOfCall(v) | flag(named, hasRowID)
		day, agentNumber, campaignNumber := uint64(v.Date-start), uint64(agent), uint64(campaign)
		code.uint(&day)
		code.uint(&shape)
		code.uint(&agentNumber)
		code.uint(&campaignNumber)
		code.callDetails(v, shape)
		if named {
			code.rowID(id)
		}
	}
	return code.out, nil
}

func (c *codec) callDetails(v *model.Call, shape uint64) {
	if shape&hasTime != 0 {
		number(c, &v.Time)
	}
	if shape&hasGuests != 0 {
		texts(c, &v.Guests)
	}
	if shape&hasNote != 0 {
		text(c, &v.Note)
	}
	if shape&hasRef != 0 {
		text(c, &v.Ref)
	}
}

// decodeCalls reads a block of an account's calls, oldest first.
func (c blockCoder) decodeCalls(account string, year int, value []byte) ([]model.Call, error) {
	if value == nil {
		return nil, nil
	}
	start, days := daysOf(year)
	code, shift := blockReader(value)
	var calls []model.Call
	like := likeRows[model.Call]{coder: &callRows}
	for code.err == nil && code.in != "" {
		v := model.Call{Account: account}
		v.Date = code.dayFrom(start, days)
		shape := code.readUint()
		agent, campaign := wordNumber(code.readUint()), wordNumber(code.readUint())
		code.callDetails(&v, shape)
		named := shift == kindShift && shape&hasRowID != 0
		if named {
			code.rowID(&v.ID)
		}
		v.Outcome = model.CallOutcome(shape >> shift)
		var err error
		if v.Agent, err = c.words.word(agent); err != nil {
			return nil, err
		}
		if v.Campaign, err = c.words.word(campaign); err != nil {
			return nil, err
		}
		calls = append(calls, v)
		if !named {
			calls[len(calls)-1].ID = like.derived(calls, len(calls)-1)
		}
	}
	return calls, code.err
}
