package exchange

// Tables on their way out, as text or JSON. Rows come one by one, so that a
// store of any size can be written.

import (
	"bufio"
	"encoding/json"
	"io"
	"iter"
	"strings"
	"sync/atomic"

	"doppelpass/model"
	"doppelpass/store/faults"
)

// Sheet is one table to be written: a title (a workbook's sheet), a header in
// the reader's words, and rows of as many cells.
type Sheet struct {
	Title  string
	Header []string
	Keys   []string         // names of the columns for JSON; nil: the header
	Widths []int            // in characters, for workbooks; nil: from the first rows
	Rows   iter.Seq[[]Cell] // each is good until the next is asked for
}

// Records is the canonical table of records of one kind. What it writes reads
// back as the same records.
func Records(t model.Table, records iter.Seq[model.Record]) Sheet {
	return Sheet{
		Title: string(t), Header: Header(t), Widths: tables[t].widths(),
		Rows: func(yield func([]Cell) bool) {
			columns := tables[t]
			var row []Cell
			for r := range ahead(records) {
				row = columns.cells(row[:0], r)
				if !yield(row) {
					return
				}
			}
		},
	}
}

// Write writes sheets in a format. CSV and JSON take one sheet.
func Write(w io.Writer, format Format, locale Locale, sheets ...Sheet) error {
	if format == XLSX {
		return WriteXLSX(w, sheets...)
	}
	if len(sheets) != 1 {
		return fileError("", ReasonBadOption, "--format", string(format))
	}
	switch format {
	case CSV:
		return WriteCSV(w, locale, sheets[0])
	case JSON:
		return WriteJSON(w, sheets[0])
	}
	return fileError("", ReasonBadOption, "--format", string(format))
}

// WriteCSV writes a table as text. German spreadsheets open the German form with
// umlauts and columns right: byte order mark, ";", decimal comma, 24.11.2026;
// English has ",", a point, ISO days and no mark. Rows end with CR LF.
func WriteCSV(w io.Writer, locale Locale, s Sheet) error {
	out := &csvWriter{to: w, locale: locale, delimiter: ','}
	if locale == German {
		out.delimiter = ';'
		out.text = append(out.text, "\ufeff"...)
	}
	for i, h := range s.Header {
		if i > 0 {
			out.text = append(out.text, out.delimiter)
		}
		out.field(guarded(h), i == 0)
	}
	out.text = append(out.text, "\r\n"...)
	return out.rows(s.Rows)
}

// csvWriter makes text of cells.
type csvWriter struct {
	to        io.Writer
	locale    Locale
	delimiter byte
	text      []byte // not yet written
}

// csvBuffer is how much text is written at a time, csvRows how many rows are handed over.
const csvBuffer, csvRows = 64 << 10, 256

// someRows are rows of cells, one behind the other.
type someRows struct {
	cells []Cell
	ends  []int // of each row
}

// rows writes the rows: one goroutine makes text of cells while the next cells are made.
// After an error of writing the rest of the rows is not made.
func (c *csvWriter) rows(rows iter.Seq[[]Cell]) error {
	const batches = 3 // one is filled, one waits, one is written
	work, free, done := make(chan *someRows, batches), make(chan *someRows, batches), make(chan struct{})
	for range batches {
		free <- &someRows{}
	}
	var (
		failed atomic.Pointer[error]
		fault  any
	)
	go func() {
		defer close(done)
		defer faults.Keep(&fault)
		for batch := range work {
			if failed.Load() == nil {
				if err := c.write(batch); err != nil {
					failed.Store(&err)
				}
			}
			batch.cells, batch.ends = batch.cells[:0], batch.ends[:0]
			free <- batch
		}
	}()
	func() {
		defer func() {
			close(work)
			<-done
		}()
		batch := <-free
		for row := range rows {
			batch.cells = append(batch.cells, row...)
			if batch.ends = append(batch.ends, len(batch.cells)); len(batch.ends) < csvRows {
				continue
			}
			work <- batch
			select {
			case batch = <-free:
			case <-done: // it met a fault
				return
			}
			if failed.Load() != nil {
				return
			}
		}
		work <- batch
	}()
	faults.Raise(fault)
	if err := failed.Load(); err != nil {
		return *err
	}
	_, err := c.to.Write(c.text)
	return err
}

// write makes text of some rows and writes it once it is much.
func (c *csvWriter) write(rows *someRows) error {
	from := 0
	for _, to := range rows.ends {
		for i := from; i < to; i++ {
			if i > from {
				c.text = append(c.text, c.delimiter)
			}
			cell := &rows.cells[i]
			text := cell.String(c.locale)
			if cell.kind == textCell {
				text = guarded(text)
			}
			if text == "" && to-from == 1 { // an empty row would not count as one
				c.text = append(c.text, `""`...)
				continue
			}
			c.field(text, i == from)
		}
		c.text = append(c.text, "\r\n"...)
		if from = to; len(c.text) < csvBuffer {
			continue
		}
		if _, err := c.to.Write(c.text); err != nil {
			return err
		}
		c.text = c.text[:0]
	}
	return nil
}

// field adds one cell, in quotation marks where it needs them: at a row's start also
// before "#", so that no row reads as a comment.
func (c *csvWriter) field(s string, first bool) {
	special := s != "" && (s[0] == ' ' || s[len(s)-1] == ' ' || first && s[0] == '#')
	for i := 0; i < len(s) && !special; i++ {
		special = s[i] == c.delimiter || s[i] == '"' || s[i] == '\r' || s[i] == '\n'
	}
	if !special {
		c.text = append(c.text, s...)
		return
	}
	c.text = append(c.text, '"')
	c.text = append(c.text, strings.ReplaceAll(s, `"`, `""`)...)
	c.text = append(c.text, '"')
}

// recordsAhead is how many records are read at a time ahead of who takes them.
const recordsAhead = 256

// ahead reads records in a goroutine of its own, ahead of who takes them.
func ahead(records iter.Seq[model.Record]) iter.Seq[model.Record] {
	return func(yield func(model.Record) bool) {
		batches, enough := make(chan []model.Record, 2), make(chan struct{})
		var fault any
		go func() {
			defer close(batches)
			defer faults.Keep(&fault)
			var batch []model.Record
			hand := func() (more bool) {
				select {
				case batches <- batch:
					batch = nil
					return true
				case <-enough:
					return false
				}
			}
			for r := range records {
				if batch = append(batch, r); len(batch) == recordsAhead && !hand() {
					return
				}
			}
			hand()
		}()
		defer func() {
			close(enough)
			for range batches { // until the goroutine has ended
				continue
			}
			faults.Raise(fault)
		}()
		for batch := range batches {
			for _, r := range batch {
				if !yield(r) {
					return
				}
			}
		}
	}
}

// WriteJSON writes a table as an array of objects: days in ISO form, amounts and
// numbers as numbers, yes and no as true and false, empty cells left out.
func WriteJSON(w io.Writer, s Sheet) error {
	keys := s.Keys
	if keys == nil {
		keys = s.Header
	}
	names := make([]string, len(keys))
	for i, k := range keys {
		name, err := json.Marshal(k)
		if err != nil {
			return err
		}
		names[i] = string(name) + ": "
	}
	out := bufio.NewWriterSize(w, 64<<10)
	out.WriteByte('[')
	firstRow := true
	for row := range s.Rows {
		if !firstRow {
			out.WriteByte(',')
		}
		firstRow = false
		out.WriteString("\n {")
		firstCell := true
		for i, c := range row {
			if c.kind == emptyCell || i >= len(names) {
				continue
			}
			if !firstCell {
				out.WriteString(", ")
			}
			firstCell = false
			out.WriteString(names[i])
			switch c.kind {
			case intCell, decimalCell:
				out.WriteString(c.String(English))
			case boolCell:
				if c.whole == 1 {
					out.WriteString("true")
				} else {
					out.WriteString("false")
				}
			default:
				c.said = "" // scripts read the stable words
				text, err := json.Marshal(c.String(English))
				if err != nil {
					return err
				}
				out.Write(text)
			}
		}
		if _, err := out.WriteString("}"); err != nil {
			return err
		}
	}
	out.WriteString("\n]\n")
	return out.Flush()
}
