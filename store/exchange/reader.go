package exchange

// Records out of a file, in batches.

import (
	"context"
	"errors"
	"io"
	"iter"
	"strings"

	"doppelpass/model"
	"doppelpass/store/faults"
)

// batchRows is how many rows make a batch.
const batchRows = 4096

// Row is one record of a file. The notes and ids of visits and calls share the
// memory of the piece of the file they stand in: who keeps a few of them for
// long should clone them.
type Row struct {
	Line    int // the row's number as a spreadsheet shows it
	Record  model.Record
	Visit   *model.Visit // instead of Record, see Reader.Together
	Present ColumnSet    // columns that the file has, and those filled in this row (see Merge)
	Account AccountRef   // of visits, calls and planned visits
	Beside  *Beside      // what else the row says; nil: nothing
}

// Beside is what a row says of other records than its own.
type Beside struct {
	Owner     string     // who looks after the account, by code or name
	LastVisit model.Date // of the account; 0: not said
	Territory string     // of the rep, by code or name
	// Person is whom one talks to at the account, and Function what that person does
	// there.
	Person, Function string
	// Phones are the telephone numbers of a contact or a call that wants no more calls,
	// one a line.
	Phones string
	// List is the list that a call comes back for; WishedDay and WishedTime are when the
	// customer wishes a visit or another call; 0: not said.
	List       string
	WishedDay  model.Date
	WishedTime model.Clock
}

// Objection is a row that cannot be taken, and says all the same that somebody wants
// no more calls.
type Objection struct {
	Line    int
	Account AccountRef
	Phones  []string
}

// Batch is some rows of a file, in its order. It belongs to the caller.
type Batch struct {
	Rows     []Row
	Problems []Problem
	// Notes are of cells that are taken as they stand, and what is strange about them.
	Notes []Problem
	// Objections are those of the rows among the problems.
	Objections []Objection
	visits     []model.Visit // those of the rows, see Reader.Together
	// Read and Size tell the progress: bytes of the file, or rows with a Size of
	// 0 where it cannot be known before.
	Read, Size int64
}

// Counts says what became of a file's rows.
type Counts struct {
	Rows     int            // records
	Problems int            // rows that cannot be taken
	Cells    int            // cells that cannot, of rows that are
	LeftOut  map[Reason]int // rows that are no records and not wrong: SkipFooter, SkipNotVisit …
}

// Reader reads a file's records from start to end. It must be closed.
type Reader struct {
	file     *File
	plan     *plan
	source   source
	convert  converter
	counts   Counts
	waiting  []row // rows of one cell that may be a footer
	inFooter bool
	key      *input // the code, or the account, by code or name; nil: no column says it
	err      error
	broken   *Batch // what stood before the place where the file breaks
	visit    func(cells, shown []string, unclean bool) (*model.Visit, Reason, *input, fault)
	used     chan *Batch // see Together
}

// usedBatches is how many batches wait for being used again.
const usedBatches = 4

// Together has visits, of which there may be millions, lie together in their batch: a row of
// them has a Visit instead of a Record, and batches that are given back by Reuse are used
// again. To be called before the first row is read.
func (r *Reader) Together() {
	if r.plan.table == model.TableVisits {
		r.visit, r.used = visits.rows(r.plan), make(chan *Batch, usedBatches)
	}
}

// Reuse gives a batch back of which nothing is needed any more.
func (r *Reader) Reuse(b *Batch) {
	if r.used == nil {
		return
	}
	select {
	case r.used <- b:
	default:
	}
}

// batch is an empty batch with room for so many rows.
func (r *Reader) batch(rows int) *Batch {
	select {
	case b := <-r.used: // never, where there is none
		*b = Batch{Rows: b.Rows[:0], visits: b.visits[:0]}
		return b
	default:
	}
	b := &Batch{Rows: make([]Row, 0, rows)}
	if r.visit != nil {
		b.visits = make([]model.Visit, 0, rows)
	}
	return b
}

// Read starts reading with a mapping, which a person may have completed. A
// *FileError says what the mapping lacks, or asks for the layout of days that
// the first rows leave open (ReasonDatesAmbiguous).
func (f *File) Read(m Mapping) (*Reader, error) {
	t, ok := tables[m.Table]
	if !ok {
		return nil, fileError(f.path, ReasonUnknownTable, string(m.Table))
	}
	if len(m.Columns) != len(f.header) {
		return nil, fileError(f.path, ReasonBadMap, "")
	}
	for _, c := range m.Columns {
		if c.Column != "" && !isColumn(t, c.Column) {
			return nil, fileError(f.path, ReasonBadMap, c.Header+"="+c.Column)
		}
	}
	if missing := m.Missing(); len(missing) > 0 {
		return nil, atPath(f.path, missingColumns(m, missing, f.header, f.rows))
	}
	if _, err := f.Dates(m); err != nil {
		return nil, err
	}
	r := &Reader{file: f, plan: f.plan(m), counts: Counts{LeftOut: make(map[Reason]int)}}
	r.convert = t.reader(r.plan)
	for _, at := range r.plan.inputs {
		if at.name == "code" || at.name == "account" && r.key == nil {
			r.key = at
		}
	}
	var err error
	if r.source, err = f.source(); err != nil {
		return nil, err
	}
	return r, nil
}

func isColumn(t table, name string) bool {
	for _, c := range t.columns() {
		if c.Name == name {
			return true
		}
	}
	return false
}

// Close lets go of the file.
func (r *Reader) Close() error { return r.source.close() }

// Counts says what became of the rows read so far.
func (r *Reader) Counts() Counts { return r.counts }

// Next is the next batch, or io.EOF behind the last. Other errors end the
// reading: the context's, or a *FileError. A question about the layout of days
// comes from here when only a later row raises it; nothing of the file should
// be kept then.
func (r *Reader) Next(ctx context.Context) (*Batch, error) {
	if r.err != nil {
		return nil, r.err
	}
	if err := ctx.Err(); err != nil {
		r.err = err
		return nil, err
	}
	// A row takes two bytes at least: a small file needs no large batch.
	expected := batchRows
	if size := r.file.detected.Size; r.file.detected.Format == CSV && size/2 < batchRows {
		expected = int(size/2) + 1
	}
	b := r.batch(expected)
	for len(b.Rows)+len(b.Problems) < batchRows {
		row, err := r.source.next()
		if err != nil {
			if err != io.EOF {
				r.err, r.broken = atPath(r.file.path, err), b
				return nil, r.err
			}
			r.settle(b)
			r.err = io.EOF
			break
		}
		if row.line <= r.file.detected.HeaderLine {
			continue
		}
		if row.line&0x3fff == 0 && ctx.Err() != nil {
			r.err = ctx.Err()
			return nil, r.err
		}
		r.take(b, row)
		if r.plan.fatal != nil {
			r.err = r.plan.fatal
			return nil, r.err
		}
	}
	if r.plan.fatal != nil {
		r.err = r.plan.fatal
		return nil, r.err
	}
	b.Read, b.Size = r.source.progress()
	if r.err != nil && len(b.Rows)+len(b.Problems) == 0 {
		return nil, r.err
	}
	if errors.Is(r.err, io.EOF) && b.Size > 0 {
		b.Read = b.Size
	}
	return b, nil
}

// BeforeBreak are the rows between the last batch and the place where the file breaks, nil
// where it does not: good for nothing but the wishes not to be called in them.
func (r *Reader) BeforeBreak() *Batch { return r.broken }

// All reads the batches one ahead of whoever uses them, so that reading and
// storing share two processors. An error other than io.EOF comes last, with a
// nil batch.
func (r *Reader) All(ctx context.Context) iter.Seq2[*Batch, error] {
	return func(yield func(*Batch, error) bool) {
		type result struct {
			batch *Batch
			err   error
		}
		ctx, cancel := context.WithCancel(ctx)
		results := make(chan result, 1)
		var fault any
		go func() {
			defer close(results)
			defer faults.Keep(&fault)
			for {
				batch, err := r.Next(ctx)
				select {
				case results <- result{batch, err}:
				case <-ctx.Done():
					if err == nil {
						err = ctx.Err()
					}
					results <- result{nil, err} // taken by the loop below or by the drain
				}
				if err != nil {
					return
				}
			}
		}()
		defer func() {
			cancel()
			for range results { // until the goroutine has let go of the reader
			}
		}()
		for res := range results {
			if res.err == io.EOF {
				return
			}
			if !yield(res.batch, res.err) || res.err != nil {
				return
			}
		}
		faults.Raise(fault) // what was read so far would pass for all
	}
}

// take sorts one row: blank, comment, perhaps a footer, or data.
func (r *Reader) take(b *Batch, row row) {
	if row.comment {
		r.counts.LeftOut[SkipComment]++
		return
	}
	if len(row.cells) > 0 && row.cells[0] == r.file.header[0] && r.file.isHeader(row) {
		r.counts.LeftOut[SkipHeader]++
		return
	}
	filled := 0
	for _, cell := range row.cells {
		if cell != "" && tidied(cell, row.unclean, false) != "" {
			if filled++; filled > 1 {
				break
			}
		}
	}
	switch {
	case filled == 0:
		r.counts.LeftOut[SkipBlank]++
	case len(r.file.header) > 1 && isTotal(row.cells, row.unclean):
		r.counts.LeftOut[SkipFooter]++
	case filled == 1 && len(r.file.header) > 1 && len(row.cells) > 0 && row.cells[0] != "":
		r.single(b, row)
	default:
		r.settle(b)
		r.inFooter = false
		r.data(b, row)
	}
}

func problemOf(row row, at *input, wrong fault) Problem {
	p := Problem{Line: row.line, Column: at.name, Header: at.header, Reason: wrong.reason, Args: wrong.args}
	if at.at >= 0 && at.at < len(row.cells) {
		p.Value = shortened(row.cells[at.at])
	}
	return p
}

// refuse tells that a row cannot be taken, and takes out of it who wants no more calls. Of
// one with a cell too many or too few the cells in front of that place are where they belong.
func (r *Reader) refuse(b *Batch, row row, p Problem) {
	r.counts.Problems++
	b.Problems = append(b.Problems, p)
	if o, objects := r.plan.objection(row); objects {
		b.Objections = append(b.Objections, o)
	}
}

// data turns a row into a record or a problem.
func (r *Reader) data(b *Batch, row row) {
	if row.slipped {
		b.Notes = append(b.Notes, Problem{Line: row.line, Value: shortened(strings.Join(row.cells, " ")), Reason: ReasonOpenMark})
	}
	if at := r.key; at != nil && r.file.detected.Format == CSV && at.at < len(row.cells) && strings.Count(row.cells[at.at], `"`)%2 != 0 { // names hold pairs
		b.Notes = append(b.Notes, problemOf(row, at, faulty(ReasonMarkInCode)))
	}
	if row.inner != "" && r.likeRow(row) {
		b.Notes = append(b.Notes, Problem{Line: row.line, Value: shortened(row.inner), Reason: ReasonRowWithin})
	}
	if missing := len(r.file.header) - len(row.cells); missing > 0 && row.holds >= missing && !row.ran {
		b.Notes = append(b.Notes, Problem{Line: row.line, Value: shortened(strings.Join(row.cells, " ")), Reason: ReasonShortQuoted, Args: args(len(row.cells), len(r.file.header))})
	}
	if row.broken {
		r.refuse(b, row, Problem{Line: row.line, Value: shortened(strings.Join(row.cells, " ")), Reason: ReasonBrokenOff})
		return
	}
	if len(row.cells) > len(r.file.header) {
		extra := row.cells[len(r.file.header):]
		for _, cell := range extra {
			if tidied(cell, true, false) != "" {
				r.refuse(b, row, Problem{Line: row.line, Value: shortened(cell), Reason: ReasonTooManyCells, Args: args(len(row.cells), len(r.file.header))})
				return
			}
		}
	}
	if r.file.detected.Format == CSV && len(row.cells) < len(r.file.header) && (row.ran || r.plan.shifted(row.cells)) {
		r.refuse(b, row, Problem{Line: row.line, Value: shortened(strings.Join(row.cells, " ")), Reason: ReasonTooFewCells, Args: args(len(row.cells), len(r.file.header))})
		return
	}
	if r.plan.uncalled(row.cells) {
		r.counts.LeftOut[SkipNotCalled]++
		return
	}
	var (
		taken = Row{Line: row.line}
		skip  Reason
		at    *input
		wrong fault
	)
	if r.visit == nil {
		taken.Record, skip, at, wrong = r.convert(row.cells, row.shown, row.unclean)
	} else {
		taken.Visit, skip, at, wrong = r.visit(row.cells, row.shown, row.unclean)
	}
	switch {
	case wrong.reason == reasonFatal:
	case wrong.reason != "":
		r.refuse(b, row, problemOf(row, at, wrong))
	case skip != "":
		r.counts.LeftOut[skip]++
	default:
		s := &r.plan.row
		r.counts.Rows++
		taken.Present, taken.Account = ColumnSet{has: s.has, filled: s.filled}, s.account
		if taken.Visit != nil {
			b.visits = append(b.visits, *taken.Visit)
			taken.Visit = &b.visits[len(b.visits)-1]
		}
		if s.beside != (Beside{}) {
			beside := s.beside
			for _, text := range [...]*string{&beside.Owner, &beside.Territory, &beside.Phones, &beside.Person, &beside.Function, &beside.List} {
				*text = strings.Clone(*text)
			}
			taken.Beside = &beside
		}
		b.Rows = append(b.Rows, taken)
		if row.unclean {
			r.noteLost(b, row)
		}
		for _, l := range s.lost {
			r.counts.Cells++
			p := problemOf(row, l.at, l.wrong)
			p.Kept = true
			b.Problems = append(b.Problems, p)
		}
	}
}
