package store

// Blocks: the visits or calls of one account in one year, sorted by time. They
// are read and written whole.

import (
	"cmp"
	"slices"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"doppelpass/model"
)

// firstDay is 1 January of a block's year; days are counted from it.
func firstDay(year int) model.Date { return model.NewDate(year, time.January, 1) }

func yearOf(d model.Date) int { return d.Time().Year() }

// Which of a visit's or call's fields follow: absent ones take no room.
const (
	hasTime = 1 << iota
	hasOutcome
	hasValue
	hasMinutes
	hasGuests
	hasNote
	hasID
	kindShift = 7 // the kind or outcome stands above the flags
)

// orderOf sorts rows within a block: by time, then by the rest of their key. The
// days come first since nearly always they decide.
func orderOf(a, b model.Key) int {
	if a.Date != b.Date {
		return cmp.Compare(a.Date, b.Date)
	}
	return cmp.Or(cmp.Compare(a.Time, b.Time), strings.Compare(a.By, b.By), strings.Compare(a.ID, b.ID))
}

// blockCoder reads and writes blocks with a dictionary.
type blockCoder struct {
	words *words
	tx    *bolt.Tx // nil when only reading
}

func (c blockCoder) encodeVisits(year int, visits []model.Visit) ([]byte, error) {
	byTime := func(a, b model.Visit) int {
		if a.Date != b.Date {
			return cmp.Compare(a.Date, b.Date)
		}
		return orderOf(a.Key(), b.Key())
	}
	if !slices.IsSortedFunc(visits, byTime) {
		slices.SortStableFunc(visits, byTime)
	}
	return c.appendVisits(make([]byte, 0, 2+8*len(visits)), year, visits)
}

// appendVisits appends a block of visits, which must be in order.
func (c blockCoder) appendVisits(out []byte, year int, visits []model.Visit) ([]byte, error) {
	start := firstDay(year)
	code := codec{out: append(out, codecVersion)}
	for i := range visits {
		v := &visits[i]
		rep, err := c.words.number(c.tx, v.Rep)
		if err != nil {
			return nil, err
		}
		outcome, err := c.words.number(c.tx, v.Outcome)
		if err != nil {
			return nil, err
		}
		shape := flag(v.Time != 0, hasTime) | flag(outcome != 0, hasOutcome) | flag(v.Value != 0, hasValue) |
			flag(v.Minutes != 0, hasMinutes) | flag(len(v.Guests) > 0, hasGuests) | flag(v.Note != "", hasNote) |
			flag(v.ID != "", hasID) | uint64(v.Kind)<<kindShift
		day, repNumber, outcomeNumber := uint64(v.Date-start), uint64(rep), uint64(outcome)
		code.uint(&day)
		code.uint(&shape)
		code.uint(&repNumber)
		code.visitDetails(v, shape, &outcomeNumber)
	}
	return code.out, nil
}

func flag(yes bool, bit uint64) uint64 {
	if yes {
		return bit
	}
	return 0
}

func (c *codec) visitDetails(v *model.Visit, shape uint64, outcome *uint64) {
	if shape&hasTime != 0 {
		number(c, &v.Time)
	}
	if shape&hasOutcome != 0 {
		c.uint(outcome)
	}
	if shape&hasValue != 0 {
		signed(c, &v.Value)
	}
	if shape&hasMinutes != 0 {
		number(c, &v.Minutes)
	}
	if shape&hasGuests != 0 {
		texts(c, &v.Guests)
	}
	if shape&hasNote != 0 {
		text(c, &v.Note)
	}
	if shape&hasID != 0 {
		text(c, &v.ID)
	}
}

// decodeVisits reads a block of an account's visits, oldest first.
func (c blockCoder) decodeVisits(account string, year int, value []byte) ([]model.Visit, error) {
	return c.decodeVisitsOn(account, year, value, model.FirstDate, model.LastDate)
}

// decodeVisitsOn is decodeVisits for the days from first to last only.
func (c blockCoder) decodeVisitsOn(account string, year int, value []byte, first, last model.Date) ([]model.Visit, error) {
	if value == nil {
		return nil, nil
	}
	start := firstDay(year)
	code := codec{reading: true, in: string(value)}
	code.version()
	var visits []model.Visit
	for code.err == nil && code.in != "" {
		v := model.Visit{Account: account}
		v.Date = start + model.Date(code.readUint())
		shape := code.readUint()
		rep := wordNumber(code.readUint())
		var outcome uint64
		code.visitDetails(&v, shape, &outcome)
		if v.Date < first {
			continue
		}
		if v.Date > last {
			break
		}
		v.Kind = model.VisitKind(shape >> kindShift)
		var err error
		if v.Rep, err = c.words.word(rep); err != nil {
			return nil, err
		}
		if v.Outcome, err = c.words.word(wordNumber(outcome)); err != nil {
			return nil, err
		}
		visits = append(visits, v)
	}
	return visits, code.err
}

func (c blockCoder) encodeCalls(year int, calls []model.Call) ([]byte, error) {
	slices.SortStableFunc(calls, func(a, b model.Call) int { return orderOf(a.Key(), b.Key()) })
	start := firstDay(year)
	code := codec{out: []byte{codecVersion}}
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
		shape := flag(v.Time != 0, hasTime) | flag(v.Note != "", hasNote) | flag(v.ID != "", hasID) |
			uint64(v.Outcome)<<kindShift
		day, agentNumber, campaignNumber := uint64(v.Date-start), uint64(agent), uint64(campaign)
		code.uint(&day)
		code.uint(&shape)
		code.uint(&agentNumber)
		code.uint(&campaignNumber)
		code.callDetails(v, shape)
	}
	return code.out, nil
}

func (c *codec) callDetails(v *model.Call, shape uint64) {
	if shape&hasTime != 0 {
		number(c, &v.Time)
	}
	if shape&hasNote != 0 {
		text(c, &v.Note)
	}
	if shape&hasID != 0 {
		text(c, &v.ID)
	}
}

// decodeCalls reads a block of an account's calls, oldest first.
func (c blockCoder) decodeCalls(account string, year int, value []byte) ([]model.Call, error) {
	if value == nil {
		return nil, nil
	}
	start := firstDay(year)
	code := codec{reading: true, in: string(value)}
	code.version()
	var calls []model.Call
	for code.err == nil && code.in != "" {
		v := model.Call{Account: account}
		v.Date = start + model.Date(code.readUint())
		shape := code.readUint()
		agent, campaign := wordNumber(code.readUint()), wordNumber(code.readUint())
		code.callDetails(&v, shape)
		v.Outcome = model.CallOutcome(shape >> kindShift)
		var err error
		if v.Agent, err = c.words.word(agent); err != nil {
			return nil, err
		}
		if v.Campaign, err = c.words.word(campaign); err != nil {
			return nil, err
		}
		calls = append(calls, v)
	}
	return calls, code.err
}
