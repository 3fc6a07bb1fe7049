package store

// The run of an import: the visits of a file that were gathered to be merged. There
// may be a million, so they are kept packed, which also makes fetching them in
// another order than the file's quick.

import (
	"iter"
	"slices"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

const (
	// visitRunLength is the number of visits that are gathered before they are
	// merged: it bounds memory.
	visitRunLength = 1_000_000
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
}

// packedVisit is where a visit lies on a page, and what it is found by.
type packedVisit struct {
	account          accountNumber
	page, from, size uint32
	identity         uint64 // a hash of account, day and the other system's identifier; 0 without one
	present          exchange.ColumnSet
}

func (r *visitRun) len() int {
	if len(r.pieces) == 0 {
		return 0
	}
	return (len(r.pieces)-1)*visitPiece + len(r.pieces[len(r.pieces)-1])
}

func (r *visitRun) at(i int) *packedVisit { return &r.pieces[i/visitPiece][i%visitPiece] }

// add packs a visit. What the words of it are numbered by is written at once, so that
// unpacking only reads.
func (r *visitRun) add(account accountNumber, v *model.Visit, present exchange.ColumnSet) error {
	var err error
	if r.packed, err = r.coder.packVisit(r.packed[:0], v); err != nil {
		return err
	}
	page := len(r.pages) - 1
	if page < 0 || len(r.pages[page])+len(r.packed) > cap(r.pages[page]) {
		r.pages = append(r.pages, make([]byte, 0, max(packedPage, len(r.packed))))
		page++
	}
	row := packedVisit{account: account, page: uint32(page), from: uint32(len(r.pages[page])), size: uint32(len(r.packed)), present: present}
	if v.Ref != "" {
		row.identity = identityOf(account, v)
	}
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

// sorted are the places of the rows that count, by account, each account's in the order
// of the file, as account<<32|place; and the rows that a later one is again.
func (r *visitRun) sorted() (drop map[int]bool, order []uint64, err error) {
	found := make(chan struct{})
	go func() { // both are sorts of about the same length
		drop, err = r.repeated()
		close(found)
	}()
	order = make([]uint64, 0, r.len())
	for at := range r.len() {
		order = append(order, uint64(r.at(at).account)<<32|uint64(at))
	}
	slices.Sort(order)
	if <-found; err != nil || len(drop) == 0 {
		return drop, order, err
	}
	return drop, slices.DeleteFunc(order, func(o uint64) bool { return drop[int(uint32(o))] }), nil
}

// gathering are the rows of some accounts, one account's behind the other's.
type gathering struct {
	rows     []incoming[model.Visit]
	accounts []accountRows
	err      error
}

// accountRows says which of the rows are an account's.
type accountRows struct {
	account  accountNumber
	from, to int
}

// gathered brings the rows of each account together, in the order given (account, then
// place in the run). It is done ahead of whoever merges them, so that two processors
// share the work.
func (r *visitRun) gathered(order []uint64) iter.Seq[gathering] {
	reading := blockCoder{words: &words{list: slices.Clip(r.coder.words.list)}} // whoever merges may add words
	return func(yield func(gathering) bool) {
		batches, done := make(chan gathering, 2), make(chan struct{})
		go func() {
			defer close(batches)
			for len(order) > 0 {
				many := min(len(order), gatheredRows)
				for many < len(order) && order[many]>>32 == order[many-1]>>32 {
					many++
				}
				select {
				case batches <- r.gather(reading, order[:many]):
				case <-done:
					return
				}
				order = order[many:]
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
	}
}

// gather unpacks rows.
func (r *visitRun) gather(reading blockCoder, order []uint64) gathering {
	size := 0
	for _, o := range order {
		size += int(r.at(int(uint32(o))).size)
	}
	together := make([]byte, 0, size) // of which the texts are parts
	for _, o := range order {
		together = append(together, r.bytes(r.at(int(uint32(o))))...)
	}
	code := codec{reading: true, in: string(copied(together))}
	visits := make([]model.Visit, len(order))
	g := gathering{rows: make([]incoming[model.Visit], len(order))}
	for k, o := range order {
		row := r.at(int(uint32(o)))
		if err := reading.unpackVisit(&code, &visits[k]); err != nil {
			g.err = err
			return g
		}
		g.rows[k] = incoming[model.Visit]{row: &visits[k], present: row.present}
		if last := len(g.accounts) - 1; last >= 0 && g.accounts[last].account == row.account {
			g.accounts[last].to = k + 1
		} else {
			g.accounts = append(g.accounts, accountRows{row.account, k, k + 1})
		}
	}
	return g
}

// repeated are the rows that a later row of the file is again: the same identifier
// of the other system at the same account on the same day. Files that log changes
// name a visit again and again, and the last one holds.
func (r *visitRun) repeated() (map[int]bool, error) {
	const placeBits = 24 // a run is shorter than that
	ids := make([]uint64, 0, r.len())
	for at := range r.len() {
		if row := r.at(at); row.identity != 0 {
			ids = append(ids, row.identity&^(1<<placeBits-1)|uint64(at))
		}
	}
	slices.Sort(ids) // by hash, then by place
	drop := map[int]bool{}
	for k, last := 0, 0; k < len(ids); k = last + 1 {
		for last = k; last+1 < len(ids) && ids[last+1]>>placeBits == ids[k]>>placeBits; last++ {
			continue
		}
		for ; k < last; k++ { // few: the same row, or a part of the hash by chance
			earlier := int(ids[k] & (1<<placeBits - 1))
			for later := k + 1; later <= last; later++ {
				same, err := r.same(int(ids[later]&(1<<placeBits-1)), earlier)
				if err != nil {
					return nil, err
				}
				if same {
					drop[earlier] = true
					break
				}
			}
		}
	}
	return drop, nil
}

// same reports whether two rows have one identity.
func (r *visitRun) same(a, b int) (bool, error) {
	if r.at(a).account != r.at(b).account {
		return false, nil
	}
	var visits [2]model.Visit
	for k, at := range [2]int{a, b} {
		code := codec{reading: true, in: string(r.bytes(r.at(at)))}
		if err := r.coder.unpackVisit(&code, &visits[k]); err != nil {
			return false, err
		}
	}
	return visits[0].Ref == visits[1].Ref && visits[0].Date == visits[1].Date, nil
}

// identityOf is FNV-1a with 64 bits (Fowler, Noll, Vo), mixed once more so that the
// first bits spread well; never 0.
func identityOf(account accountNumber, v *model.Visit) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(v.Ref); i++ {
		h = (h ^ uint64(v.Ref[i])) * 1099511628211
	}
	h = (h ^ uint64(account)) * 1099511628211
	h = (h ^ uint64(v.Date)) * 1099511628211
	h ^= h >> 32
	h *= 0x9e3779b97f4a7c15
	return max(1, h^h>>29)
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
