package exchange

// How a file's rows become records: its columns in the order in which they are
// read, and what must be found out about a whole column before its first cell
// can be read.

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"doppelpass/model"
	"doppelpass/model/place"
)

// plan is the reading of one file.
type plan struct {
	file     *File
	table    model.Table
	inputs   []*input
	has      uint64
	row      rowState
	virtual  bool // some column is no field of the record
	workbook bool
	epoch1904,
	germany bool // addresses without a country are German
	gathered bool
	towns    *place.Towns      // for postcodes whose country nobody says; nil until needed
	fours    map[string]string // postcode and town → country
	zone     *time.Location    // of moments that say their own; nil: ours
	classes  *classWords
	five     bool       // ranges of postcodes have five figures
	day      model.Date // of rows in a file without a column for it
	fatal    error      // why reading cannot go on
}

// reasonFatal tells the reader to look at plan.fatal.
const reasonFatal Reason = "fatal"

// reasonEmpty says that a cell is as good as empty.
const reasonEmpty Reason = "empty-cell"

func (f *File) plan(m Mapping) *plan {
	p := &plan{file: f, table: m.Table, workbook: f.detected.Format == XLSX, epoch1904: f.epoch, classes: wordsOf(f.options.Classes, f.options.ClassWords)}
	for i, c := range m.Columns {
		if c.Column == "" {
			continue
		}
		in := &input{at: i, header: c.Header, name: c.Column, order: c.Dates, before: c.Before}
		if in.order == OrderUnknown {
			in.order = f.options.Dates
		}
		switch {
		case c.Point != "":
			in.point = c.Point[0]
		case f.options.Point != 0:
			in.point = f.options.Point
		case p.workbook:
			in.point = '.' // numbers are stored with one; text that proves a comma needs no help
		}
		p.inputs = append(p.inputs, in)
	}
	slices.SortStableFunc(p.inputs, func(a, b *input) int { return m.Columns[a.at].Rank - m.Columns[b.at].Rank })
	p.germany, p.day = f.looksGerman(m), m.Day
	p.five = f.lostZeros(m)
	for _, row := range f.rows {
		if at := m.Target("postcodes_to"); at >= 0 && at < len(row) && len(row[at]) == 5 && digits(row[at]) {
			p.five = true
		}
	}
	return p
}

// ofFive gives a postcode the zero back that a spreadsheet took, where the others of
// the file have five figures.
func (p *plan) ofFive(postcode string) string {
	if p.five && len(postcode) == 4 && digits(postcode) {
		return "0" + postcode
	}
	return postcode
}

// looksGerman reports whether addresses whose country the file does not say are
// German where nothing else tells: the person said so, or most of their postcodes
// have five figures.
func (f *File) looksGerman(m Mapping) bool {
	if f.options.Country != "" {
		return isGermany(f.options.Country)
	}
	at, country := m.Target("postcode"), m.Target("country")
	if at < 0 {
		return false
	}
	four, five := 0, 0
	for _, row := range f.rows {
		said := country >= 0 && country < len(row) && tidied(row[country], true, false) != ""
		if said || at >= len(row) {
			continue
		}
		before, postcode := place.SplitPostcode(row[at])
		if before == "DE" {
			five++
		}
		if before != "" || !digits(postcode) {
			continue
		}
		switch len(postcode) {
		case 4:
			four++
		case 5:
			five++
		}
	}
	return five > 0 && five >= four
}

// HomeCountry is the ISO code of the country that most addresses of a file lie in;
// the usual one where it does not say.
func (f *File) HomeCountry(m Mapping, usual string) string {
	at := m.Target("country")
	if at < 0 || m.Table != model.TableAccounts {
		return usual
	}
	counts := make(map[string]int)
	home, most := usual, 0
	for _, row := range f.rows {
		if at >= len(row) {
			continue
		}
		code := countryCode(tidied(row[at], true, false))
		if code == "" {
			continue
		}
		if counts[code]++; counts[code] > most || counts[code] == most && code == usual {
			home, most = code, counts[code]
		}
	}
	return home
}

// shifted reports that the cells of a row that is too short stand in the wrong
// columns: what should be a postcode, an address of e-mail or a day is none.
func (p *plan) shifted(cells []string) bool {
	for _, in := range p.inputs {
		if in.at >= len(cells) {
			continue
		}
		cell := tidied(cells[in.at], true, false)
		if cell == "" {
			continue
		}
		wrong := false
		switch in.name {
		case "postcode", "home_postcode", "lat", "lon":
			wrong = !strings.ContainsAny(cell, "0123456789")
		case "email":
			wrong = !strings.Contains(cell, "@")
		case "city", "home_city":
			wrong = looksLikePhone(cell) || looksLikeEmail(cell)
		case "phone":
			wrong = !strings.ContainsAny(cell, "0123456789") && len(cell) > 3 || looksLikeEmail(cell)
		case "date", "start", "end", "since":
			_, ok := writtenDay(cell)
			wrong = !ok && !strings.ContainsAny(cell, "0123456789")
		}
		if wrong {
			return true
		}
	}
	return false
}

// decide finds out what the cells of one column leave open, by looking at all
// of them. It is asked when the first such cell is read, so that a file without
// any is read once.
func (p *plan) decide(in *input) fault {
	if !p.gathered {
		p.gathered = true
		if err := p.gather(); err != nil {
			p.fatal = err
		}
	}
	switch {
	case p.fatal != nil:
		return faulty(reasonFatal)
	case in.sort == ofAmounts && in.point == 0:
		return faulty(ReasonNumberAmbiguous)
	}
	return fault{}
}

// evidence is what the cells of one column say.
type evidence struct {
	*input
	fits      orders // orders that fit every cell that needs one
	needed    bool   // some cell needs an order
	differ    written
	differing string       // a cell whose day depends on the order
	only      [3]string    // a cell that fits not this order but another
	points    map[byte]int // cells that prove a decimal sign
}

// gather reads the file's columns of days and amounts from start to end.
func (p *plan) gather() error {
	var columns []*evidence
	for _, in := range p.inputs {
		if in.sort == ofDays && in.order == OrderUnknown || in.sort == ofAmounts && in.point == 0 {
			columns = append(columns, &evidence{input: in, fits: fitsAny, points: make(map[byte]int)})
		}
	}
	s, err := p.file.source()
	if err != nil {
		return err
	}
	defer s.close()
	for {
		r, err := s.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return atPath(p.file.path, err)
		}
		if r.line <= p.file.detected.HeaderLine {
			continue
		}
		for _, e := range columns {
			if e.at < len(r.cells) {
				e.add(tidied(r.cells[e.at], r.unclean, false))
			}
		}
	}
	for _, e := range columns {
		if err := e.decide(p.file); err != nil {
			return err
		}
	}
	return nil
}

func (e *evidence) add(cell string) {
	if cell == "" {
		return
	}
	if e.sort == ofAmounts {
		if point := decimalEvidence(cell); point != 0 {
			e.points[point]++
		}
		return
	}
	w, ok := writtenDay(cell)
	if !ok || w.day != 0 || w.mark == '.' {
		return
	}
	fits := w.fits()
	e.needed = true
	e.fits &= fits
	var first model.Date
	for i, o := range orderBits {
		if fits&o.bit == 0 {
			if e.only[i] == "" {
				e.only[i] = shortened(cell)
			}
			continue
		}
		d := w.in(o.order)
		if first == 0 {
			first = d
		}
		if d != first && e.differing == "" {
			e.differing, e.differ = shortened(cell), w
		}
	}
}

// decide settles the column, or returns the question that a person must answer.
func (e *evidence) decide(f *File) error {
	if e.sort == ofAmounts {
		commas, points := e.points[','], e.points['.']
		switch {
		case commas > 0 && points > 0: // each cell must prove its own
		case commas > 0:
			e.point = ','
		case points > 0 || f.detected.Delimiter != ';':
			e.point = '.'
		default: // files with ";" come from where the comma is the decimal sign
			e.point = ','
		}
		return nil
	}
	if !e.needed {
		return nil
	}
	if e.fits == 0 {
		var cells []string
		for _, cell := range e.only {
			if cell != "" && !slices.Contains(cells, cell) {
				cells = append(cells, cell)
			}
		}
		return &FileError{Path: f.path, Reason: ReasonDatesMixed, Args: []string{e.header, cells[0], cells[len(cells)-1]}}
	}
	var readings []string
	for _, o := range orderBits {
		if e.fits&o.bit == 0 {
			continue
		}
		if e.order == OrderUnknown {
			e.order = o.order
		}
		if e.differing != "" {
			if d := e.differ.in(o.order); d != 0 && !slices.Contains(readings, d.String()) {
				readings = append(readings, d.String())
			}
		}
	}
	if len(readings) > 1 {
		for _, o := range orderBits {
			if o.order == e.before && e.fits&o.bit != 0 {
				e.order = e.before
				return nil
			}
		}
		e.order = OrderUnknown
		args := append([]string{e.header, e.differing}, readings...)
		return &FileError{Path: f.path, Reason: ReasonDatesAmbiguous, Args: args}
	}
	return nil
}

// DateReading shows how a column of days is read, for a person to confirm.
type DateReading struct {
	Header  string // as the file calls the column
	Column  string // canonical
	Order   DateOrder
	Example string // a cell
	Day     model.Date
}

// Dates shows how the columns of days are read, with an example from the first
// rows each. Its error is the question that Read would return.
func (f *File) Dates(m Mapping) ([]DateReading, error) {
	t, ok := tables[m.Table]
	if !ok {
		return nil, fileError(f.path, ReasonUnknownTable, string(m.Table))
	}
	p := f.plan(m)
	t.reader(p)
	var list []DateReading
	for _, in := range p.inputs {
		if in.sort != ofDays {
			continue
		}
		for _, row := range f.rows {
			if in.at >= len(row) {
				continue
			}
			cell := tidied(row[in.at], true, false)
			if cell == "" {
				continue
			}
			d, wrong := readDay(in, cell)
			if p.fatal != nil {
				return list, p.fatal
			}
			if wrong.reason == "" {
				list = append(list, DateReading{Header: in.header, Column: in.name, Order: in.order, Example: cell, Day: d})
				break
			}
		}
	}
	return list, nil
}

// args formats numbers for a report.
func args(numbers ...int) []string {
	list := make([]string, len(numbers))
	for i, n := range numbers {
		list[i] = strconv.Itoa(n)
	}
	return list
}
