package exchange

// Workbooks read row by row through excelize, or past it (plainrows.go). A cell comes twice where it
// matters: as it is stored (days as numbers, amounts with a point) and as the
// spreadsheet shows it (a customer number 00042 that is stored as 42).

import (
	"cmp"
	"errors"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Bounds of a workbook.
const (
	// Sheets that are read past excelize, row by row, may together be largestStreamed, bytes: a
	// million rows of a dozen columns. What is more than largestUnzipped must be no more than
	// mostUnfolded times its file: what unfolds further is hardly a table, and may mean harm.
	largestStreamed = 1 << 30
	mostUnfolded    = 100
	mostParts       = 2000
	longestXLSXCell = 32767 // characters (of UTF-16), as the format has it

	longestCellBytes = utf8.UTFMax * (longestNote + 1)
)

// largestUnzipped is how much excelize is to unpack, bytes; a test sets it.
var largestUnzipped uint64 = 256 << 20

// workbook is an open workbook; several files may be sheets of one.
type workbook struct {
	*excelize.File // without the large sheets where apart is set
	path           string
	apart          bool
	opening        sync.Mutex
	withSheets     *excelize.File // once it was needed
	streamed       bool           // excelize must not unpack all of it

	users  int
	merged bool // some cells are merged
	// likeNumbers says that some texts look as numbers do that Java writes.
	likeNumbers bool
	stat        os.FileInfo // of the file that was checked

	readShared sync.Once
	shared     *heldHere // what cells share, where it is read past excelize
}

// largestMerged bounds the sheets whose merged cells are looked up: it takes all of a
// sheet into memory, bytes.
const largestMerged = 32 << 20

// openWorkbook opens a workbook, after a look at what it claims to unpack to.
func (f *File) openWorkbook() error {
	f.detected.Format = XLSX
	stat, err := os.Stat(f.path)
	if err != nil {
		return systemError(f.path, err)
	}
	found, err := checkArchive(f.path)
	if err != nil {
		return err
	}
	f.detected.Formulas = found.formulas
	small := found.largest < largestMerged
	if found.disordered && !small {
		return fileError("", ReasonDamaged, "its rows do not stand in their order")
	}
	book := &workbook{users: 1, streamed: found.streamed, merged: (found.merges > 0 || found.disordered) && small, likeNumbers: found.likeNumbers, stat: stat}
	if err := book.open(f.path, !book.merged); err != nil {
		return workbookError(err)
	}
	f.book = book
	sheets := book.GetSheetList()
	for _, s := range sheets {
		if found.disordered { // looking for merged cells puts the rows into their order
			if _, err := book.GetMergeCells(s); err != nil {
				return workbookError(err)
			}
		}
		f.detected.Sheets = append(f.detected.Sheets, Clean(s))
	}
	if len(sheets) == 0 {
		return fileError("", ReasonEmpty)
	}
	chosen := max(0, slices.IndexFunc(sheets, f.inSight))
	if want := f.options.Sheet; want != "" {
		chosen = slices.IndexFunc(sheets, func(s string) bool { return strings.EqualFold(s, want) || strings.EqualFold(Clean(s), want) })
		if chosen < 0 {
			return fileError("", ReasonNoSheet, Clean(want), strings.Join(f.detected.Sheets, ", "))
		}
	}
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		f.epoch = *props.Date1904
	}
	f.padded = showsZeros(book.File)
	return f.chooseSheet(chosen)
}

// inSight reports a sheet that its maker has not hidden: what is hidden is old, or
// serves the others.
func (f *File) inSight(sheet string) bool {
	visible, err := f.book.GetSheetVisible(sheet)
	return visible || err != nil
}

// chooseSheet turns to a sheet by its place.
func (f *File) chooseSheet(i int) error {
	f.sheet, f.detected.Sheet = f.book.GetSheetList()[i], f.detected.Sheets[i]
	return f.sniffSheet()
}

// tooBig says how many bytes a workbook unpacks to at least.
func tooBig(bytes uint64) *FileError {
	return fileError("", ReasonTooBig, strconv.FormatUint(bytes>>20, 10))
}

func workbookError(err error) error {
	e := fileError("", ReasonDamaged, shortened(err.Error()))
	if errors.Is(err, errXMLWide) {
		e = fileError("", ReasonTooManyColumns, strconv.Itoa(mostColumns))
	}
	if errors.Is(err, errXMLWideCharacters) {
		e = fileError("", ReasonUTF16Workbook)
	}
	if errors.Is(err, errTooBigForExcelize) || strings.Contains(err.Error(), "unzip size exceeds") {
		e = tooBig(largestUnzipped)
	}
	e.Err = err
	return e
}

// showsZeros reports whether some number format of the workbook puts zeros
// before numbers. Only then are cells read as shown as well: it takes twice the
// time.
func showsZeros(book *excelize.File) bool {
	if book.Styles == nil || book.Styles.NumFmts == nil {
		return false
	}
	for _, format := range book.Styles.NumFmts.NumFmt {
		if format != nil && strings.HasPrefix(format.FormatCode, "00") {
			return true
		}
	}
	return false
}

// sniffSheet finds the header of a sheet.
func (f *File) sniffSheet() error {
	s, err := f.openSheet()
	if err != nil {
		return err
	}
	defer s.close()
	var rows []row
	for len(rows) < sampleRows+headerRows {
		r, err := s.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		rows = append(rows, cleanedRow(r))
	}
	l := f.findHeader(rows)
	if l.header == nil {
		return fileError("", ReasonEmpty)
	}
	f.detected.HeaderLine = l.line
	f.header, f.rows = l.header, l.rows
	return nil
}

func (f *File) openSheet() (source, error) {
	s := &sheet{below: f.detected.HeaderLine, likeNumbers: f.book.likeNumbers}
	var err error
	if f.book.merged && s.below > 0 {
		if s.merges, err = f.mergedCells(); err != nil {
			return nil, atPath(f.path, workbookError(err))
		}
	}
	s.rest = func() (*excelize.Rows, error) { return f.book.rowsOf(f.sheet) }
	if !f.padded {
		if s.plain = f.book.plainSheet(f.sheet, s.below > 0); s.plain != nil {
			return s, nil
		}
	}
	if s.stored, err = s.rest(); err != nil {
		return nil, atPath(f.path, workbookError(err))
	}
	if f.padded {
		if s.shown, err = f.book.rowsOf(f.sheet); err != nil {
			s.close()
			return nil, atPath(f.path, workbookError(err))
		}
	}
	return s, nil
}

// sheet is a source over one sheet.
type sheet struct {
	stored, shown *excelize.Rows
	plain         *plainRows                     // instead of stored, as long as the sheet is plain
	rest          func() (*excelize.Rows, error) // stored, once it is not
	line          int
	below         int // the header's row; 0 while it is looked for
	merges        []mergedCell
	likeNumbers   bool // texts may be taken for numbers
}

// mergedCell is a column of merged cells: what stands in the first belongs to all.
type mergedCell struct {
	column, first, last int    // column from 0, rows from 1
	value, shown        string // as stored, and as the workbook shows it
}

// mergedCells are the merged cells of the sheet that reach over several rows.
func (f *File) mergedCells() (list []mergedCell, err error) {
	cells, err := f.book.GetMergeCells(f.sheet)
	if err != nil {
		return nil, err
	}
	for _, c := range cells {
		column, first, err := excelize.CellNameToCoordinates(c.GetStartAxis())
		if err != nil {
			return nil, err
		}
		_, last, err := excelize.CellNameToCoordinates(c.GetEndAxis())
		if err != nil {
			return nil, err
		}
		if last > first && last > f.detected.HeaderLine && column <= mostColumns {
			list = append(list, mergedCell{column: column - 1, first: first, last: last})
		}
	}
	return list, nil
}

// spread gives the cells of a row what the merged cells above them hold; value is
// where that is remembered, of the cells as stored or as shown.
func (s *sheet) spread(cells []string, value func(*mergedCell) *string) []string {
	for i := range s.merges {
		m := &s.merges[i]
		switch held := value(m); {
		case s.line == m.first && m.column < len(cells):
			*held = cells[m.column]
		case s.line > m.first && s.line <= m.last && m.first > s.below && *held != "":
			for len(cells) <= m.column {
				cells = append(cells, "")
			}
			if cells[m.column] == "" {
				cells[m.column] = *held
			}
		}
	}
	return cells
}

// cells are those of the next row as they are stored, or io.EOF.
func (s *sheet) cells() ([]string, error) {
	if s.plain != nil {
		cells, err := s.plain.next()
		if !errors.Is(err, errNotPlain) {
			return cells, err
		}
		if err := s.goOn(); err != nil {
			return nil, err
		}
	}
	if !s.stored.Next() {
		return nil, cmp.Or(s.stored.Error(), io.EOF)
	}
	return s.stored.Columns(excelize.Options{RawCellValue: true})
}

// goOn leaves the rows behind the last to excelize.
func (s *sheet) goOn() (err error) {
	err = s.plain.close()
	s.plain = nil
	if err == nil {
		s.stored, err = s.rest()
	}
	for range s.line {
		if err == nil && s.stored.Next() {
			_, err = s.stored.Columns(excelize.Options{RawCellValue: true})
		}
	}
	return err
}

func (s *sheet) next() (row, error) {
	r := row{line: s.line + 1}
	var err error
	if r.cells, err = s.cells(); err == io.EOF {
		return row{}, err
	} else if err != nil {
		return row{}, workbookError(err)
	}
	s.line++
	r.unclean = s.plain == nil || len(s.merges) > 0 || !printable(s.plain.text)
	if len(s.merges) > 0 {
		r.cells = s.spread(r.cells, func(m *mergedCell) *string { return &m.value })
	}
	if s.shown != nil && s.shown.Next() {
		if r.shown, err = s.shown.Columns(); err != nil {
			return row{}, workbookError(err)
		}
		if len(s.merges) > 0 {
			r.shown = s.spread(r.shown, func(m *mergedCell) *string { return &m.shown })
		}
	}
	if len(r.cells) > mostColumns {
		return row{}, fileError("", ReasonTooManyColumns, strconv.Itoa(mostColumns))
	}
	for i, c := range r.cells {
		switch {
		case len(c) > longestCellBytes:
			r.cells[i] = c[:longestCellBytes] // beyond the format; still too long for any column
		case mayBeJava(c) && s.holdsNumber(i):
			r.cells[i] = withoutJava(c)
		}
	}
	return r, nil
}

// longestJavaNumber is what -1.234567890123456E14 needs at most, bytes.
const longestJavaNumber = 24

// mayBeJava reports whether a cell is worth a look by withoutJava.
func mayBeJava(cell string) bool {
	return len(cell) > 2 && len(cell) < longestJavaNumber && (cell[len(cell)-2] == '.' || cell[1] == '.')
}

// holdsNumber reports whether a cell of the row is no text. excelize does not tell: where it
// reads, they are told apart only in workbooks in which no text looks like such a number.
func (s *sheet) holdsNumber(column int) bool {
	if s.plain != nil {
		return s.plain.holdsNumber(column)
	}
	return !s.likeNumbers
}

// withoutJava is a whole number as it was meant, where a program wrote it as Java does: 5.0,
// and from ten millions on 1.2345678E7. One that ends in zeros alone keeps its decimal: it may
// have been rounded, which only its column can judge.
func withoutJava(cell string) string {
	whole, found := strings.CutSuffix(cell, ".0")
	if head, tail, isPower := strings.Cut(cell, "E"); isPower && len(head) > 2 && head[1] == '.' && digits(tail) && len(tail) < 3 {
		figures := strings.TrimSuffix(head[2:], "0")
		places := number(tail) - len(figures)
		if !digits(head[2:]) || places < 0 || number(tail) > 14 {
			return cell
		}
		whole, found = head[:1]+figures+strings.Repeat("0", places), true
	}
	switch {
	case !found || !digits(whole):
		return cell
	case len(whole) > 9 && strings.HasSuffix(whole, "00000"):
		return whole + ".0"
	}
	return whole
}

func (s *sheet) progress() (int64, int64) { return int64(s.line), 0 }

func (s *sheet) close() error {
	var errs []error
	if s.plain != nil {
		errs = append(errs, s.plain.close())
	}
	for _, rows := range []*excelize.Rows{s.stored, s.shown} {
		if rows != nil {
			errs = append(errs, rows.Close())
		}
	}
	return errors.Join(errs...)
}
