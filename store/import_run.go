package store

// The run of an import: the visits of a file that were gathered to be merged. There may
// be millions, so they are kept packed, which also makes fetching them in another order
// than the file's quick; beyond what memory is to hold they are put aside in a file, part
// by part (import_aside.go).

import (
	"iter"
	"slices"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/store/faults"
)

// visitRunLength is the number of visits that memory holds; a test sets it.
var visitRunLength = 1_000_000

const (
	// visitPiece is the length of the pieces they are gathered in, packedPage that of the
	// pages they are packed on: a long slice that grows would be copied again and again.
	visitPiece = 1 << 14
	packedPage = 1 << 18
	// gatheredRows is about how many rows are unpacked at a time.
	gatheredRows = 4096
)

// visitRun is what was gathered, in the order of the file. The pieces are full but for
// the last.
type visitRun struct {
	pages  [][]byte
	pieces [][]packedVisit
	coder  blockCoder
	packed []byte // of the row at hand
	sets   columnSets
	folder string       // where parts are put aside
	aside  *visitsAside // nil while memory holds the run
}

// packedVisit is where a visit lies on a page, and what it is found by.
type packedVisit struct {
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
func (r *visitRun) len() int {
	if len(r.pieces) == 0 {
		return 0
	}
	return (len(r.pieces)-1)*visitPiece + len(r.pieces[len(r.pieces)-1])
}

// rows are how many there are in all.
func (r *visitRun) rows() int {
	if r.aside == nil {
		return r.len()
	}
	return r.len() + r.aside.rows
}

func (r *visitRun) at(i int) *packedVisit { return &r.pieces[i/visitPiece][i%visitPiece] }

// add packs a visit. What the words of it are numbered by is written at once, so that
// unpacking only reads.
func (r *visitRun) add(account accountNumber, v *model.Visit, present exchange.ColumnSet) error {
	if r.len() >= visitRunLength {
		if err := r.putAside(); err != nil {
			return err
		}
	}
	var err error
	if r.packed, err = r.coder.packVisit(r.packed[:0], v); err != nil {
		return err
	}
	page := len(r.pages) - 1
	if page < 0 || len(r.pages[page])+len(r.packed) > cap(r.pages[page]) {
		r.pages = append(r.pages, make([]byte, 0, max(packedPage, len(r.packed))))
		page++
	}
	row := packedVisit{account: account, page: uint32(page), from: uint32(len(r.pages[page])), size: uint32(len(r.packed)), present: r.sets.place(present)}
	r.pages[page] = append(r.pages[page], r.packed...)
	last := len(r.pieces) - 1
	if last < 0 || len(r.pieces[last]) == visitPiece {
		r.pieces = append(r.pieces, make([]packedVisit, 0, visitPiece))
		last++
	}
	r.pieces[last] = append(r.pieces[last], row)
	return nil
}

// bytes are a packed visit's.
func (r *visitRun) bytes(row *packedVisit) []byte {
	return r.pages[row.page][row.from : row.from+row.size]
}

// sorted are the places of the rows in memory by account, each account's in the order of
// the file, as account<<32|place.
func (r *visitRun) sorted() []uint64 {
	order := make([]uint64, 0, r.len())
	for at := range r.len() {
		order = append(order, uint64(r.at(at).account)<<32|uint64(at))
	}
	slices.Sort(order)
	return order
}

// putAside writes what memory holds to the run's file, by account.
func (r *visitRun) putAside() (err error) {
	if r.len() == 0 {
		return nil
	}
	if r.aside == nil {
		if r.aside, err = newVisitsAside(r.folder); err != nil {
			return err
		}
	}
	for _, o := range r.sorted() {
		row := r.at(int(uint32(o)))
		if err := r.aside.add(row.account, row.present, r.bytes(row)); err != nil {
			return err
		}
	}
	r.pages, r.pieces = r.pages[:0], r.pieces[:0]
	return r.aside.end()
}

// close lets go of what was put aside.
func (r *visitRun) close() {
	if r != nil && r.aside != nil {
		r.aside.close()
	}
}

// gathering are the rows of some accounts, one account's behind the other's.
type gathering struct {
	rows     []incoming[model.Visit]
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

// packedByAccount yields the packed rows of a few thousand visits at a time, all of an
// account together, in the order of the file.
func (r *visitRun) packedByAccount() iter.Seq2[packedRows, error] {
	if r.aside != nil {
		return r.aside.merged()
	}
	return func(yield func(packedRows, error) bool) {
		order := r.sorted()
		for len(order) > 0 {
			many := min(len(order), gatheredRows)
			for many < len(order) && order[many]>>32 == order[many-1]>>32 {
				many++
			}
			size := 0
			for _, o := range order[:many] {
				size += int(r.at(int(uint32(o))).size)
			}
			p := packedRows{together: make([]byte, 0, size), rows: make([]packedRow, 0, many)}
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
func (r *visitRun) gathered() iter.Seq[gathering] {
	reading := blockCoder{words: &words{list: slices.Clip(r.coder.words.list)}} // whoever merges may add words
	return func(yield func(gathering) bool) {
		batches, done := make(chan gathering, 2), make(chan struct{})
		var fault any
		go func() {
			defer close(batches)
			defer faults.Keep(&fault)
			for packed, err := range r.packedByAccount() {
				g := gathering{err: err}
				if err == nil {
					g = r.gather(reading, packed)
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
		}
		faults.Raise(fault) // half of the rows would pass for all
	}
}

// gather unpacks rows.
func (r *visitRun) gather(reading blockCoder, packed packedRows) gathering {
	code := codec{reading: true, in: string(copied(packed.together))} // of which the texts are parts
	visits := make([]model.Visit, len(packed.rows))
	g := gathering{rows: make([]incoming[model.Visit], 0, len(packed.rows))}
	for from := 0; from < len(packed.rows); {
		to, account := from, packed.rows[from].account
		for ; to < len(packed.rows) && packed.rows[to].account == account; to++ {
			if err := reading.unpackVisit(&code, &visits[to]); err != nil {
				g.err = err
				return g
			}
		}
		again, first := repeated(visits[from:to]), len(g.rows)
		for at := from; at < to; at++ {
			if again != nil && again[at-from] {
				g.same++
				continue
			}
			g.rows = append(g.rows, incoming[model.Visit]{row: &visits[at], present: r.sets.list[packed.rows[at].present]})
		}
		g.accounts = append(g.accounts, accountRows{account, first, len(g.rows)})
		from = to
	}
	return g
}

// fewRows is how many rows are compared each with each.
const fewRows = 16

// repeated says which of an account's rows a later one is again: the same identifier of the
// other system on the same day; nil: none. Files that log changes name a visit again and
// again, and the last one holds.
func repeated(rows []model.Visit) (again []bool) {
	mark := func(at int) {
		if again == nil {
			again = make([]bool, len(rows))
		}
		again[at] = true
	}
	type identity struct {
		day model.Date
		ref string
	}
	var later map[identity]bool
	if len(rows) > fewRows {
		later = make(map[identity]bool, len(rows))
	}
	for at := len(rows) - 1; at >= 0; at-- {
		v := &rows[at]
		switch {
		case v.Ref == "":
		case later == nil:
			if slices.ContainsFunc(rows[at+1:], func(o model.Visit) bool { return o.Date == v.Date && o.Ref == v.Ref }) {
				mark(at)
			}
		case later[identity{v.Date, v.Ref}]:
			mark(at)
		default:
			later[identity{v.Date, v.Ref}] = true
		}
	}
	return again
}

// hasOwnID says in a packed visit that it came with an identity.
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
