package store

// The run of an import: the visits or calls of a file that were gathered to be merged. There
// may be millions, so they are kept packed, which also makes fetching them in another order
// than the file's quick; beyond what memory is to hold they are put aside in a file, part
// by part (import_aside.go).

import (
	"iter"
	"path/filepath"
	"slices"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/store/faults"
)

// runLength is the number of rows that memory holds; a test sets it.
var runLength = 1_000_000

const (
	// runPiece is the length of the pieces they are gathered in, packedPage that of the
	// pages they are packed on: a long slice that grows would be copied again and again.
	runPiece   = 1 << 14
	packedPage = 1 << 18
	// gatheredRows is about how many rows are unpacked at a time.
	gatheredRows = 4096
)

// rowRun is what was gathered, in the order of the file. The pieces are full but for
// the last.
type rowRun[T model.Record] struct {
	pages  [][]byte
	pieces [][]placedRow
	coder  blockCoder
	rowsOf *rowCoder[T]
	packed []byte // of the row at hand
	sets   columnSets
	folder string     // where parts are put aside
	aside  *rowsAside // nil while memory holds the run
}

func newRun[T model.Record](i *importer, rowsOf *rowCoder[T]) *rowRun[T] {
	return &rowRun[T]{coder: i.coder, rowsOf: rowsOf, folder: filepath.Dir(i.store.path)}
}

// placedRow is where a row lies on a page, and what it is found by.
type placedRow struct {
	account          accountNumber
	page, from, size uint32
	present          uint32 // place of its columns among the run's
}

// columnSets are the sets of columns that rows have, few of them, by their places.
type columnSets struct {
	list   []exchange.ColumnSet
	places map[exchange.ColumnSet]uint32
}

func (c *columnSets) place(set exchange.ColumnSet) uint32 {
	at, ok := c.places[set]
	if !ok {
		if c.places == nil {
			c.places = map[exchange.ColumnSet]uint32{}
		}
		at = uint32(len(c.list))
		c.places[set], c.list = at, append(c.list, set)
	}
	return at
}

// len is how many rows memory holds.
func (r *rowRun[T]) len() int {
	if len(r.pieces) == 0 {
		return 0
	}
	return (len(r.pieces)-1)*runPiece + len(r.pieces[len(r.pieces)-1])
}

// rows are how many there are in all.
func (r *rowRun[T]) rows() int {
	if r.aside == nil {
		return r.len()
	}
	return r.len() + r.aside.rows
}

func (r *rowRun[T]) at(i int) *placedRow { return &r.pieces[i/runPiece][i%runPiece] }

// add packs a row. What the words of it are numbered by is written at once, so that
// unpacking only reads.
func (r *rowRun[T]) add(account accountNumber, row *T, present exchange.ColumnSet) error {
	if r.len() >= runLength {
		if err := r.putAside(); err != nil {
			return err
		}
	}
	var err error
	if r.packed, err = r.rowsOf.pack(r.coder, r.packed[:0], row); err != nil {
		return err
	}
	page := len(r.pages) - 1
	if page < 0 || len(r.pages[page])+len(r.packed) > cap(r.pages[page]) {
		r.pages = append(r.pages, make([]byte, 0, max(packedPage, len(r.packed))))
		page++
	}
	placed := placedRow{account: account, page: uint32(page), from: uint32(len(r.pages[page])), size: uint32(len(r.packed)), present: r.sets.place(present)}
	r.pages[page] = append(r.pages[page], r.packed...)
	last := len(r.pieces) - 1
	if last < 0 || len(r.pieces[last]) == runPiece {
		r.pieces = append(r.pieces, make([]placedRow, 0, runPiece))
		last++
	}
	r.pieces[last] = append(r.pieces[last], placed)
	return nil
}

// bytes are a packed row's.
func (r *rowRun[T]) bytes(row *placedRow) []byte {
	return r.pages[row.page][row.from : row.from+row.size]
}

// sorted are the places of the rows in memory by account, each account's in the order of
// the file, as account<<32|place.
func (r *rowRun[T]) sorted() []uint64 {
	order := make([]uint64, 0, r.len())
	for at := range r.len() {
		order = append(order, uint64(r.at(at).account)<<32|uint64(at))
	}
	sortNumbers(order)
	return order
}

// putAside writes what memory holds to the run's file, by account.
func (r *rowRun[T]) putAside() (err error) {
	if r.len() == 0 {
		return nil
	}
	if r.aside == nil {
		if r.aside, err = newRowsAside(r.folder); err != nil {
			return err
		}
	}
	for _, o := range r.sorted() {
		row := r.at(int(uint32(o)))
		if err := r.aside.add(row.account, row.present, r.bytes(row)); err != nil {
			return err
		}
	}
	r.pages, r.pieces = nil, nil
	return r.aside.end()
}

// close lets go of what was put aside.
func (r *rowRun[T]) close() {
	if r != nil && r.aside != nil {
		r.aside.close()
	}
}

// gathering are the rows of some accounts, one account's behind the other's. It is valid
// until the next is asked for.
type gathering[T model.Record] struct {
	unpacked []T
	rows     []incoming[T]
	accounts []accountRows
	same     int // rows that a later one of the file is again
	err      error
}

// accountRows says which of the rows are an account's.
type accountRows struct {
	account  accountNumber
	from, to int
}

// packedRows are the packed rows of some accounts, one behind the other.
type packedRows struct {
	together []byte
	rows     []packedRow
}

type packedRow struct {
	account accountNumber
	present uint32
}

func (p *packedRows) add(account accountNumber, present uint32, packed []byte) {
	p.together = append(p.together, packed...)
	p.rows = append(p.rows, packedRow{account, present})
}

// packedByAccount yields the packed rows of a few thousand at a time, all of an
// account together, in the order of the file. They are valid until the next are asked for.
func (r *rowRun[T]) packedByAccount() iter.Seq2[packedRows, error] {
	if r.aside != nil {
		return r.aside.merged()
	}
	return func(yield func(packedRows, error) bool) {
		order := r.sorted()
		var p packedRows
		for len(order) > 0 {
			many := min(len(order), gatheredRows)
			for many < len(order) && order[many]>>32 == order[many-1]>>32 {
				many++
			}
			p.together, p.rows = p.together[:0], p.rows[:0]
			for _, o := range order[:many] {
				row := r.at(int(uint32(o)))
				p.add(row.account, row.present, r.bytes(row))
			}
			if !yield(p, nil) {
				return
			}
			order = order[many:]
		}
	}
}

// gathered brings the rows of each account together, in the order of the accounts. It is
// done ahead of whoever merges them, so that two processors share the work.
func (r *rowRun[T]) gathered() iter.Seq[gathering[T]] {
	reading := blockCoder{words: &words{list: slices.Clip(r.coder.words.list)}} // whoever merges may add words
	return func(yield func(gathering[T]) bool) {
		const ahead = 2
		batches, done := make(chan gathering[T], ahead), make(chan struct{})
		used := make(chan gathering[T], ahead+2) // whose memory the next ones take
		var fault any
		go func() {
			defer close(batches)
			defer faults.Keep(&fault)
			for packed, err := range r.packedByAccount() {
				var g gathering[T]
				select {
				case g = <-used:
				default:
				}
				if g.err = err; err == nil {
					r.gather(&g, reading, packed)
				}
				select {
				case batches <- g:
				case <-done:
					return
				}
			}
		}()
		defer func() {
			close(done)
			for range batches { // until nobody reads the run any more
			}
		}()
		for g := range batches {
			if !yield(g) {
				return
			}
			used <- g
		}
		faults.Raise(fault) // half of the rows would pass for all
	}
}

// gather unpacks rows.
func (r *rowRun[T]) gather(g *gathering[T], reading blockCoder, packed packedRows) {
	code := codec{reading: true, in: string(copied(packed.together))} // of which the texts are parts
	if cap(g.unpacked) < len(packed.rows) {
		g.unpacked = make([]T, len(packed.rows))
	}
	g.rows, g.accounts, g.same = g.rows[:0], g.accounts[:0], 0
	rows := g.unpacked[:len(packed.rows)]
	clear(rows)
	for from := 0; from < len(packed.rows); {
		to, account := from, packed.rows[from].account
		for ; to < len(packed.rows) && packed.rows[to].account == account; to++ {
			if err := r.rowsOf.unpack(reading, &code, &rows[to]); err != nil {
				g.err = err
				return
			}
		}
		again, first := r.rowsOf.repeated(rows[from:to]), len(g.rows)
		for at := from; at < to; at++ {
			if again != nil && again[at-from] {
				g.same++
				continue
			}
			g.rows = append(g.rows, incoming[T]{row: &rows[at], present: r.sets.list[packed.rows[at].present]})
		}
		g.accounts = append(g.accounts, accountRows{account, first, len(g.rows)})
		from = to
	}
}

// repeated says which of an account's rows a later one is again: the same identifier of the
// other system on the same day; nil: none. Files that log changes name a visit again and
// again, and the last one holds, with what of the earlier ones holds for good.
func (rc *rowCoder[T]) repeated(rows []T) (again []bool) {
	type identity struct {
		day model.Date
		ref string
	}
	identityOf := func(at int) identity { return identity{rc.date(&rows[at]), rc.ref(&rows[at])} }
	var last map[identity]int
	if len(rows) > fewRows {
		last = make(map[identity]int, len(rows))
	}
	for at := len(rows) - 1; at >= 0; at-- {
		is, by := identityOf(at), -1
		switch {
		case is.ref == "":
		case last == nil:
			for k := len(rows) - 1; k > at && by < 0; k-- {
				if identityOf(k) == is {
					by = k
				}
			}
		default:
			k, known := last[is]
			if by = k; !known {
				last[is], by = at, -1
			}
		}
		if by < 0 {
			continue
		}
		if again == nil {
			again = make([]bool, len(rows))
		}
		if again[at] = true; rc.holds != nil {
			rc.holds(&rows[at], &rows[by])
		}
	}
	return again
}

// hasOwnID says in a packed row that it came with an identity.
const hasOwnID = hasRowID

// packVisit appends a visit without its account.
func (c blockCoder) packVisit(out []byte, v *model.Visit) ([]byte, error) {
	rep, outcome, err := c.wordsOf(v)
	if err != nil {
		return nil, err
	}
	code := codec{out: out}
	shape := shapeOf(v, outcome) | flag(v.ID != model.RowID{}, hasOwnID)
	repNumber, outcomeNumber := uint64(rep), uint64(outcome)
	number(&code, &v.Date)
	code.uint(&shape)
	code.uint(&repNumber)
	code.visitDetails(v, shape, &outcomeNumber)
	if shape&hasOwnID != 0 {
		code.rowID(&v.ID)
	}
	return code.out, nil
}

// unpackVisit takes what packVisit appended.
func (c blockCoder) unpackVisit(code *codec, v *model.Visit) (err error) {
	number(code, &v.Date)
	shape := code.readUint()
	rep := wordNumber(code.readUint())
	var outcome uint64
	code.visitDetails(v, shape, &outcome)
	if shape&hasOwnID != 0 {
		code.rowID(&v.ID)
	}
	v.Kind = model.VisitKind(shape >> kindShift)
	if v.Rep, err = c.words.word(rep); err != nil {
		return err
	}
	if v.Outcome, err = c.words.word(wordNumber(outcome)); err != nil {
		return err
	}
	return code.err
}

// packCall appends a call without its account.
func (c blockCoder) packCall(out []byte, v *model.Call) ([]byte, error) {
	agent, err := c.words.number(c.tx, v.Agent)
	if err != nil {
		return nil, err
	}
	campaign, err := c.words.number(c.tx, v.Campaign)
	if err != nil {
		return nil, err
	}
	code := codec{out: out}
	shape := shapeOfCall(v) | flag(v.ID != model.RowID{}, hasOwnID)
	agentNumber, campaignNumber := uint64(agent), uint64(campaign)
	number(&code, &v.Date)
	code.uint(&shape)
	code.uint(&agentNumber)
	code.uint(&campaignNumber)
	code.callDetails(v, shape)
	if shape&hasOwnID != 0 {
		code.rowID(&v.ID)
	}
	return code.out, nil
}

// unpackCall takes what packCall appended.
func (c blockCoder) unpackCall(code *codec, v *model.Call) (err error) {
	number(code, &v.Date)
	shape := code.readUint()
	agent, campaign := wordNumber(code.readUint()), wordNumber(code.readUint())
	code.callDetails(v, shape)
	if shape&hasOwnID != 0 {
		code.rowID(&v.ID)
	}
	v.Outcome = model.CallOutcome(shape >> kindShift)
	if v.Agent, err = c.words.word(agent); err != nil {
		return err
	}
	if v.Campaign, err = c.words.word(campaign); err != nil {
		return err
	}
	return code.err
}
