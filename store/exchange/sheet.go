package exchange

// Workbooks read row by row through excelize. A cell comes twice where it
// matters: as it is stored (days as numbers, amounts with a point) and as the
// spreadsheet shows it (a customer number 00042 that is stored as 42).

import (
	"archive/zip"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Bounds of a workbook.
const (
	largestUnzipped = 256 << 20 // bytes
	mostParts       = 2000
	longestXLSXCell = 32767 // characters, as the format has it
)

// workbook is an open workbook; several files may be sheets of one.
type workbook struct {
	*excelize.File
	users int
}

// openWorkbook opens a workbook, after a look at what it claims to unpack to.
func (f *File) openWorkbook() error {
	f.detected.Format = XLSX
	if err := checkArchive(f.path); err != nil {
		return err
	}
	book, err := excelize.OpenFile(f.path, excelize.Options{UnzipSizeLimit: largestUnzipped})
	if err != nil {
		return workbookError(err)
	}
	f.book = &workbook{book, 1}
	sheets := book.GetSheetList()
	for _, s := range sheets {
		f.detected.Sheets = append(f.detected.Sheets, Clean(s))
	}
	if len(sheets) == 0 {
		return fileError("", ReasonEmpty)
	}
	chosen := 0
	if want := f.options.Sheet; want != "" {
		chosen = slices.IndexFunc(sheets, func(s string) bool { return strings.EqualFold(s, want) || strings.EqualFold(Clean(s), want) })
		if chosen < 0 {
			return fileError("", ReasonNoSheet, Clean(want), strings.Join(f.detected.Sheets, ", "))
		}
	}
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		f.epoch = *props.Date1904
	}
	f.padded = showsZeros(book)
	return f.chooseSheet(chosen)
}

// chooseSheet turns to a sheet by its place.
func (f *File) chooseSheet(i int) error {
	f.sheet, f.detected.Sheet = f.book.GetSheetList()[i], f.detected.Sheets[i]
	return f.sniffSheet()
}

// checkArchive bounds a workbook before anything of it is unpacked: the size of
// all parts, whose sum a hostile file may let overflow, and their number. Then it
// holds the parts with cells to their sizes and checksums, since excelize takes the
// start of a damaged sheet for all of it.
func checkArchive(path string) error {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return workbookError(err)
	}
	defer archive.Close()
	var total uint64
	found := false
	for _, part := range archive.File {
		total += min(part.UncompressedSize64, largestUnzipped+1)
		found = found || strings.EqualFold(part.Name, "xl/workbook.xml")
	}
	switch {
	case total > largestUnzipped || len(archive.File) > mostParts:
		return fileError("", ReasonTooBig, strconv.Itoa(largestUnzipped>>20))
	case !found:
		return fileError("", ReasonNoTable)
	}
	for _, part := range archive.File {
		name := strings.ToLower(part.Name)
		if strings.HasPrefix(name, "xl/worksheets/") || name == "xl/sharedstrings.xml" {
			if err := checkPart(part); err != nil {
				return workbookError(err)
			}
		}
	}
	return nil
}

// checkPart reads a part to its end, and not beyond what it claims to hold.
func checkPart(part *zip.File) error {
	in, err := part.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = io.CopyN(io.Discard, in, int64(part.UncompressedSize64)+1)
	switch {
	case err == nil:
		return zip.ErrFormat
	case err == io.EOF:
		return nil
	}
	return err
}

func workbookError(err error) error {
	e := fileError("", ReasonDamaged, shortened(err.Error()))
	if strings.Contains(err.Error(), "unzip size exceeds") {
		e = fileError("", ReasonTooBig, strconv.Itoa(largestUnzipped>>20))
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
	s := &sheet{}
	var err error
	if s.stored, err = f.book.Rows(f.sheet); err != nil {
		return nil, atPath(f.path, workbookError(err))
	}
	if f.padded {
		if s.shown, err = f.book.Rows(f.sheet); err != nil {
			s.close()
			return nil, atPath(f.path, workbookError(err))
		}
	}
	return s, nil
}

// sheet is a source over one sheet.
type sheet struct {
	stored, shown *excelize.Rows
	line          int
}

func (s *sheet) next() (row, error) {
	if !s.stored.Next() {
		if err := s.stored.Error(); err != nil {
			return row{}, workbookError(err)
		}
		return row{}, io.EOF
	}
	s.line++
	r := row{line: s.line, unclean: true}
	var err error
	if r.cells, err = s.stored.Columns(excelize.Options{RawCellValue: true}); err != nil {
		return row{}, workbookError(err)
	}
	if s.shown != nil && s.shown.Next() {
		if r.shown, err = s.shown.Columns(); err != nil {
			return row{}, workbookError(err)
		}
	}
	if len(r.cells) > mostColumns {
		return row{}, fileError("", ReasonTooManyColumns, strconv.Itoa(mostColumns))
	}
	for i, c := range r.cells {
		if len(c) > 4*longestXLSXCell {
			r.cells[i] = c[:4*longestXLSXCell] // beyond the format; still too long for any column
		}
	}
	return r, nil
}

func (s *sheet) progress() (int64, int64) { return int64(s.line), 0 }

func (s *sheet) close() error {
	var errs []error
	for _, rows := range []*excelize.Rows{s.stored, s.shown} {
		if rows != nil {
			errs = append(errs, rows.Close())
		}
	}
	return errors.Join(errs...)
}
