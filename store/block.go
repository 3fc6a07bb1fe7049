package store

// Blocks: the visits or calls of one account in one year, sorted by time. They
// are read and written whole.

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"time"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// firstDay is 1 January of a block's year; days are counted from it.
func firstDay(year int) model.Date { return model.NewDate(year, time.January, 1) }

// daysOf are a year's first day and how many there are: none of a year in which no record may lie.
func daysOf(year int) (first model.Date, days uint64) {
	first = firstDay(year)
	if first < model.FirstDate || first > model.LastDate {
		return first, 0
	}
	if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		return first, 366
	}
	return first, 365
}

func yearOf(d model.Date) int { return d.Time().Year() }

// blockVersion is the first byte of a block; schema 1 wrote codecVersion. A block of calls
// with guests bears blockWithGuests, so that a program which knows of none refuses it
// instead of reading names as notes.
const (
	blockVersion    = 2
	blockWithGuests = 3
)

// Which of a visit's or call's fields follow: absent ones take no room.
const (
	hasTime = 1 << iota
	hasOutcome
	hasValue
	hasMinutes
	hasGuests
	hasNote
	hasRef
	hasRowID // the own identity does not follow from the other fields

	kindShift  = 8 // the kind or outcome stands above the flags
	kindShift1 = 7 // in schema 1, which had no own identities
)

// orderOf sorts rows within a block: by time, then by the rest of their key. The
// days come first since nearly always they decide. Rows that agree in all of it
// keep their order: it tells the first from the second.
func orderOf(a, b model.Key) int {
	if a.Date != b.Date {
		return cmp.Compare(a.Date, b.Date)
	}
	return cmp.Or(cmp.Compare(a.Time, b.Time), strings.Compare(a.By, b.By), strings.Compare(a.Ref, b.Ref))
}

// blockCoder reads and writes blocks with a dictionary.
type blockCoder struct {
	words *words
	tx    *bolt.Tx // nil when only reading
}

// blockReader begins to read a block.
func blockReader(value []byte) (c codec, shift int) {
	c = codec{reading: true, in: string(copied(value))}
	switch c.byte() {
	case blockVersion, blockWithGuests:
		return c, kindShift
	case codecVersion:
		return c, kindShift1
	}
	c.fail()
	return c, kindShift
}

// dayFrom reads a day of the year that begins with start and has so many. A block has no other: what lies beyond
// the year is damage, and not the end of what somebody asks for.
func (c *codec) dayFrom(start model.Date, days uint64) model.Date {
	day := c.readUint()
	if day >= days {
		c.fail()
	}
	return start + model.Date(day)
}

// rowCoder is what visits and calls need to lie in blocks.
type rowCoder[T model.Record] struct {
	id    func(*T) *model.RowID
	ref   func(*T) string
	date  func(*T) model.Date
	alike func(a, b *T) bool // same day, time and rep or agent
	hash  func(row *T, nth int) model.RowID
	same  func(a, b *T) bool
	// pack and unpack are of a row that an import has gathered.
	pack   func(c blockCoder, out []byte, row *T) ([]byte, error)
	unpack func(blockCoder, *codec, *T) error
	// holds brings what of an earlier word of a row holds into a later one; nil: nothing does.
	holds func(earlier, later *T)
}

var visitRows = rowCoder[model.Visit]{
	id:   func(v *model.Visit) *model.RowID { return &v.ID },
	ref:  func(v *model.Visit) string { return v.Ref },
	date: func(v *model.Visit) model.Date { return v.Date },
	alike: func(a, b *model.Visit) bool {
		return a.Date == b.Date && a.Time == b.Time && a.Rep == b.Rep
	},
	hash: func(v *model.Visit, nth int) model.RowID {
		return model.DeriveRowID(v.Account, v.Date, v.Time, v.Rep, v.Ref, nth)
	},
	same: func(a, b *model.Visit) bool {
		return a.ID == b.ID && a.Date == b.Date && a.Time == b.Time && a.Kind == b.Kind && a.Value == b.Value && a.Minutes == b.Minutes &&
			a.Rep == b.Rep && a.Outcome == b.Outcome && a.Note == b.Note && a.Ref == b.Ref && a.Account == b.Account && slices.Equal(a.Guests, b.Guests)
	},
	pack: blockCoder.packVisit, unpack: blockCoder.unpackVisit,
}

var callRows = rowCoder[model.Call]{
	id:   func(c *model.Call) *model.RowID { return &c.ID },
	ref:  func(c *model.Call) string { return c.Ref },
	date: func(c *model.Call) model.Date { return c.Date },
	alike: func(a, b *model.Call) bool {
		return a.Date == b.Date && a.Time == b.Time && a.Agent == b.Agent
	},
	hash: func(c *model.Call, nth int) model.RowID {
		return model.DeriveRowID(c.Account, c.Date, c.Time, c.Agent, c.Ref, nth)
	},
	same: sameCall,
	pack: blockCoder.packCall, unpack: blockCoder.unpackCall,
	holds: func(earlier, later *model.Call) {
		if earlier.Outcome == model.CallOptOut { // never lost to another outcome of the same call
			later.Outcome = model.CallOptOut
		}
	},
}

func sameCall(a, b *model.Call) bool {
	return a.ID == b.ID && a.Ref == b.Ref && a.Account == b.Account && a.Date == b.Date && a.Time == b.Time && a.Agent == b.Agent &&
		a.Outcome == b.Outcome && a.Campaign == b.Campaign && a.Note == b.Note && slices.Equal(a.Guests, b.Guests)
}

// sortRows puts rows into the order of a block.
func sortRows[T model.Record](rows []T) {
	order := func(a, b T) int { return orderOf(a.Key(), b.Key()) }
	if !slices.IsSortedFunc(rows, order) {
		slices.SortStableFunc(rows, order)
	}
}

// sortVisits is sortRows for visits, of which there may be millions.
func sortVisits(visits []model.Visit) {
	for i := 1; i < len(visits); i++ {
		if a, b := &visits[i-1], &visits[i]; a.Date < b.Date || a.Date == b.Date && orderOf(a.Key(), b.Key()) <= 0 {
			continue
		}
		sortRows(visits)
		return
	}
}

// encodeVisits packs an account's visits of a year, which it sorts.
func (c blockCoder) encodeVisits(year int, visits []model.Visit) ([]byte, error) {
	sortVisits(visits)
	return c.appendVisits(make([]byte, 0, 2+8*len(visits)), year, visits)
}

// appendVisits appends a block of visits, which must be in order.
func (c blockCoder) appendVisits(out []byte, year int, visits []model.Visit) ([]byte, error) {
	start := firstDay(year)
	code, like := codec{out: append(out, blockVersion)}, likeRows[model.Visit]{coder: &visitRows}
	for i := range visits {
		v := &visits[i]
		rep, outcome, err := c.wordsOf(v)
		if err != nil {
			return nil, err
		}
		id, named := like.explicit(visits, i)
		shape := shapeOf(v, outcome) | flag(named, hasRowID)
		day, repNumber, outcomeNumber := uint64(v.Date-start), uint64(rep), uint64(outcome)
		code.uint(&day)
		code.uint(&shape)
		code.uint(&repNumber)
		code.visitDetails(v, shape, &outcomeNumber)
		if named {
			code.rowID(id)
		}
	}
	return code.out, nil
}

// wordsOf are the numbers of a visit's words.
func (c blockCoder) wordsOf(v *model.Visit) (rep, outcome wordNumber, err error) {
	if rep, err = c.words.number(c.tx, v.Rep); err != nil {
		return 0, 0, err
	}
	outcome, err = c.words.number(c.tx, v.Outcome)
	return rep, outcome, err
}

// shapeOf says which of a visit's fields follow, and its kind.
func shapeOf(v *model.Visit, outcome wordNumber) uint64 {
	return flag(v.Time != 0, hasTime) | flag(outcome != 0, hasOutcome) | flag(v.Value != 0, hasValue) |
		flag(v.Minutes != 0, hasMinutes) | flag(len(v.Guests) > 0, hasGuests) | flag(v.Note != "", hasNote) |
		flag(v.Ref != "", hasRef) | uint64(v.Kind)<<kindShift
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
	if shape&hasRef != 0 {
		text(c, &v.Ref)
	}
}

// decodeVisits reads a block of an account's visits, oldest first.
func (c blockCoder) decodeVisits(account string, year int, value []byte) ([]model.Visit, error) {
	return c.decodeVisitsOn(account, year, value, model.FirstDate, model.LastDate)
}

// decodeVisitsOn is decodeVisits for the days from first to last only.
func (c blockCoder) decodeVisitsOn(account string, year int, value []byte, first, last model.Date) ([]model.Visit, error) {
	visits, err := c.decodeNamedOn(nil, account, year, value, first, last)
	like := likeRows[model.Visit]{coder: &visitRows}
	for at := range visits {
		if visits[at].ID == (model.RowID{}) {
			visits[at].ID = like.derived(visits, at)
		}
	}
	return visits, err
}

// decodeNamedOn is decodeVisitsOn, but that visits whose identity follows from their fields
// have none, and that they lie in the memory given as long as there is room.
func (c blockCoder) decodeNamedOn(visits []model.Visit, account string, year int, value []byte, first, last model.Date) ([]model.Visit, error) {
	if value == nil {
		return visits, nil
	}
	start, days := daysOf(year)
	code, shift := blockReader(value)
	for code.err == nil && code.in != "" {
		v := model.Visit{Account: account}
		v.Date = code.dayFrom(start, days)
		shape := code.readUint()
		rep := wordNumber(code.readUint())
		var outcome uint64
		code.visitDetails(&v, shape, &outcome)
		if shift == kindShift && shape&hasRowID != 0 {
			code.rowID(&v.ID)
		}
		if v.Date < first {
			continue
		}
		if v.Date > last {
			break
		}
		v.Kind = model.VisitKind(shape >> shift)
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

// visitMark is what is counted and indexed of a visit.
type visitMark struct {
	day   model.Date
	kind  model.VisitKind
	rep   wordNumber
	named bool // its identity does not follow from its fields, and is id
	id    model.RowID
}

// marks are those of a block's visits, oldest first; an error is the last.
func (c blockCoder) marks(year int, value []byte) iter.Seq2[*visitMark, error] {
	return func(yield func(*visitMark, error) bool) {
		start, days := daysOf(year)
		code, shift := blockReader(value)
		var v visitMark
		for code.err == nil && code.in != "" {
			v.day = code.dayFrom(start, days)
			shape := code.readUint()
			v.kind, v.rep = model.VisitKind(shape>>shift), wordNumber(code.readUint())
			outcome := code.skipVisitDetails(shape)
			if v.named = shift == kindShift && shape&hasRowID != 0; v.named {
				code.rowID(&v.id)
			}
			if words := len(c.words.list); int(v.rep) >= words || int(outcome) >= words {
				code.fail()
			}
			if code.err == nil && !yield(&v, nil) {
				return
			}
		}
		if code.err != nil {
			yield(nil, code.err)
		}
	}
}

// skipVisitDetails is visitDetails of a visit whose outcome alone is asked for.
func (c *codec) skipVisitDetails(shape uint64) (outcome wordNumber) {
	if shape&hasTime != 0 {
		c.readUint()
	}
	if shape&hasOutcome != 0 {
		outcome = wordNumber(c.readUint())
	}
	if shape&hasValue != 0 {
		c.readUint()
	}
	if shape&hasMinutes != 0 {
		c.readUint()
	}
	var skipped string
	if shape&hasGuests != 0 {
		for n := c.readUint(); n > 0 && c.err == nil; n-- {
			text(c, &skipped)
		}
	}
	if shape&hasNote != 0 {
		text(c, &skipped)
	}
	if shape&hasRef != 0 {
		text(c, &skipped)
	}
	return outcome
}

// decodeRows reads a block of either table.
func (c blockCoder) decodeRows(table model.Table, account string, year int, value []byte) ([]model.Record, error) {
	if table == model.TableVisits {
		rows, err := c.decodeVisits(account, year, value)
		return asRecords(rows), err
	}
	rows, err := c.decodeCalls(account, year, value)
	return asRecords(rows), err
}

func asRecords[T model.Record](rows []T) []model.Record {
	records := make([]model.Record, len(rows))
	for i, row := range rows {
		records[i] = row
	}
	return records
}
