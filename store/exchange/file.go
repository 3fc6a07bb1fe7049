package exchange

// Files on their way in: what they are, as far as a look at their beginning
// tells.

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"doppelpass/model"
)

// Format is what kind of file a table is in.
type Format string

// The formats. JSON is only written.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
	JSON Format = "json"
)

// Options are what a person says about a file; the zero value means: find out.
type Options struct {
	As        model.Table       // the table
	Map       map[string]string // the file's column → canonical column, "" to keep it out (see ParseMap)
	Dates     DateOrder         // order of day, month and year in all columns that need one
	Point     byte              // decimal sign, '.' or ','
	Delimiter byte
	Encoding  Encoding
	Day       model.Date        // of visits and calls whose file has no column for it; 0: ask
	Sheet     string            // of a workbook
	Classes   []model.ClassRule // the team's classes; nil: those a team starts with
	// ClassWords says which class a word of the files is, where the team does not call
	// the class so: "Gold" → "A".
	ClassWords map[string]string
	called     []string // names of the file and its sheet
	workbook   bool     // the cells are those of one
	// Country is that of addresses whose country the file does not say. "" is
	// Germany where the postcodes look it, "-" is none.
	Country string
}

// Detected is what was found out about a file.
type Detected struct {
	Format   Format
	Encoding Encoding // of text
	// Doubt is the encoding that was taken and those that would read as well, with
	// cells that tell them apart; nil where nothing is in doubt.
	Doubt      []EncodingReading
	Delimiter  byte       // of text
	LineEnd    string     // of text: "\n", "\r\n", "\r" or "" for a single row
	Quoted     bool       // some cell of the sample is in quotation marks
	Sheet      string     // of a workbook
	Sheets     []string   // all sheets of the workbook
	HeaderLine int        // the header's row
	Size       int64      // bytes
	Saved      model.Date // the day on which the file was written last
	Formulas   int        // of a workbook: cells whose formula has no stored value
}

// sampleSize is how much of a text file is looked at.
const sampleSize = 256 << 10

// sampleRows is how many rows of a sample are kept.
const sampleRows = 100

// headerRows is how many rows may stand above the header.
const headerRows = 20

// File is an open table. It must be closed.
type File struct {
	path     string
	options  Options
	detected Detected
	header   []string
	rows     [][]string     // the first below the header, cleaned
	scores   map[string]int // of rows that were tried as header, by keyOfCells; while one is looked for
	book     *workbook
	sheet    string // as the workbook has it
	loneCR   bool
	escapes  bool // quotation marks in cells have a backslash before them
	padded   bool // the workbook shows numbers with zeros before them
	epoch    bool // the workbook counts days from 1904
}

// Open looks at a file's beginning and finds its header. Errors are
// *FileError; nothing but a regular file is opened, so that a pipe cannot
// block.
func Open(path string, o Options) (*File, error) {
	in, size, err := OpenRegular(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	f := &File{path: path, options: o}
	f.detected.Size = size
	if info, err := in.Stat(); err == nil {
		f.detected.Saved = model.DateOf(info.ModTime())
	}
	sample := make([]byte, min(sampleSize, size))
	n, err := io.ReadFull(in, sample)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return nil, systemError(path, err)
	}
	sample = sample[:n]
	switch {
	case bytes.HasPrefix(sample, []byte("PK\x03\x04")):
		err = f.openWorkbook()
	case bytes.HasPrefix(sample, []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}):
		err = fileError(path, ReasonOldExcel)
	default:
		if err = f.sniffText(sample); err == nil && f.detected.Encoding == ASCII {
			err = f.sniffRest(in)
		}
	}
	if err != nil {
		f.Close()
		return nil, atPath(path, err)
	}
	return f, nil
}

// OpenAll opens a file and, of a workbook whose sheets are all named after tables,
// as an export of everything is, every sheet. Of any other workbook it is the first
// sheet and those with the same header, or the one the options name.
func OpenAll(path string, o Options) ([]*File, error) {
	first, err := Open(path, o)
	if err != nil {
		return nil, err
	}
	files, sheets := []*File{first}, first.detected.Sheets
	if o.Sheet != "" || len(sheets) < 2 {
		return files, nil
	}
	if o.As != "" || slices.ContainsFunc(sheets, func(s string) bool { return tables[model.Table(s)] == nil }) {
		return append(files, first.alike()...), nil
	}
	for i, name := range first.book.GetSheetList() {
		if name == first.sheet {
			continue
		}
		f := &File{path: path, options: o, detected: first.detected, book: first.book, padded: first.padded, epoch: first.epoch}
		f.book.users++
		files = append(files, f)
		if err := f.chooseSheet(i); err != nil {
			for _, f := range files {
				f.Close()
			}
			return nil, atPath(path, err)
		}
	}
	return files, nil
}

// mostAlike bounds the sheets that are compared with the first.
const mostAlike = 60

// alike are the other sheets of a workbook that have the header of the first: months,
// for instance.
func (f *File) alike() (files []*File) {
	for i, name := range f.book.GetSheetList()[:min(len(f.detected.Sheets), mostAlike)] {
		if name == f.sheet || !f.inSight(name) {
			continue
		}
		other := &File{path: f.path, options: f.options, detected: f.detected, book: f.book, padded: f.padded, epoch: f.epoch}
		f.book.users++
		if err := other.chooseSheet(i); err != nil || other.Fingerprint() != f.Fingerprint() {
			other.Close()
			continue
		}
		files = append(files, other)
	}
	return files
}

// OpenRegular opens a file that is one, with something in it: a pipe cannot block
// whoever reads it. Errors are *FileError.
func OpenRegular(path string) (*os.File, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, systemError(path, err)
	}
	switch {
	case info.IsDir():
		return nil, 0, fileError(path, ReasonDirectory)
	case !info.Mode().IsRegular():
		return nil, 0, fileError(path, ReasonNotRegular)
	case info.Size() == 0:
		return nil, 0, fileError(path, ReasonEmpty)
	}
	in, err := os.Open(path)
	if err != nil {
		return nil, 0, systemError(path, err)
	}
	return in, info.Size(), nil
}

// Close lets go of the file.
func (f *File) Close() error {
	if f.book == nil {
		return nil
	}
	book := f.book
	f.book = nil
	if book.users--; book.users > 0 {
		return nil
	}
	return book.Close()
}

// Path of the file.
func (f *File) Path() string { return f.path }

// UseClasses tells the file which classes there are.
func (f *File) UseClasses(classes []model.ClassRule) { f.options.Classes = classes }

// Detected is what was found out about the file.
func (f *File) Detected() Detected { return f.detected }

// Header is the file's header, cleaned.
func (f *File) Header() []string { return f.header }

// Rows are the first rows below the header, cleaned: something to show.
func (f *File) Rows() [][]string { return f.rows }

// Fingerprint identifies the header (see Mapping).
func (f *File) Fingerprint() string { return Fingerprint(f.header) }

// Mapping is what the header says, and the options. Where a header fits several
// tables, the name of the file or of its sheet may tell which. With an error comes
// the best guess, so that a person can complete it.
func (f *File) Mapping() (Mapping, error) {
	m, err := Recognise(f.header, f.rows, f.named())
	if err != nil {
		return m, f.asked(err)
	}
	return m, f.chooseCode(&m)
}

// asked is a question about the file, with the file's name and the day it was saved.
func (f *File) asked(err error) error {
	var question *FileError
	if errors.As(err, &question) && question.Reason == ReasonDayMissing {
		question.Args = append(question.Args, f.detected.Saved.String())
	}
	return atPath(f.path, err)
}

// Ask asks for the needed columns that a mapping lacks; nil where it lacks none.
func (f *File) Ask(m Mapping) error {
	if missing := m.Missing(); len(missing) > 0 {
		return f.asked(missingColumns(m, missing, f.header, f.rows))
	}
	return nil
}

// MappingAfter is the file's mapping where an earlier file with the same header
// was read with the mapping kept: what a person chose then holds, unless the
// options say otherwise.
func (f *File) MappingAfter(kept Mapping) (Mapping, error) {
	o := f.named()
	_, known := tables[kept.Table]
	if !known || len(kept.Columns) != len(f.header) || o.As != "" && o.As != kept.Table {
		return f.Mapping()
	}
	o.As = kept.Table
	m, err := Recognise(f.header, f.rows, o)
	var wrong *FileError
	if err != nil && !(errors.As(err, &wrong) && (wrong.Reason == ReasonColumnMissing || wrong.Reason == ReasonDayMissing)) {
		return m, f.asked(err)
	}
	m.follow(kept)
	if err := f.Ask(m); err != nil {
		return m, err
	}
	return m, f.chooseCode(&m)
}

// MappingAs is what the header says where the file is a table that somebody chose.
func (f *File) MappingAs(t model.Table) (Mapping, error) {
	o := f.named()
	o.As = t
	m, err := Recognise(f.header, f.rows, o)
	if err != nil {
		return m, f.asked(err)
	}
	return m, f.chooseCode(&m)
}

// named are the file's options with what the file and its sheet are called.
func (f *File) named() Options {
	o := f.options
	name := filepath.Base(f.path)
	o.called, o.workbook = []string{strings.TrimSuffix(name, filepath.Ext(name))}, f.detected.Format == XLSX
	if f.detected.Sheet != "" {
		o.called = append(o.called, f.detected.Sheet)
	}
	return o
}

// source opens the file's rows from the start.
func (f *File) source() (source, error) {
	if f.detected.Format == XLSX {
		s, err := f.openSheet()
		if err != nil {
			return nil, err
		}
		return newSourceAhead(s), nil
	}
	in, err := os.Open(f.path)
	if err != nil {
		return nil, systemError(f.path, err)
	}
	counted := &countedFile{File: in}
	s := newSplitter(decoded(counted, f.detected.Encoding), f.detected.Delimiter, f.loneCR)
	s.escapes, s.width = f.escapes, len(f.header)
	s.size = int(min(blockSize, 2*f.detected.Size+1)) // a small file takes little
	return &textSource{splitter: s, file: counted, size: f.detected.Size}, nil
}

// textSource is a splitter over a file.
type textSource struct {
	*splitter
	file *countedFile
	size int64
}

func (s *textSource) progress() (read, size int64) { return min(s.file.read, s.size), s.size }
func (s *textSource) close() error                 { return s.file.Close() }

type countedFile struct {
	*os.File
	read int64
}

func (c *countedFile) Read(p []byte) (int, error) {
	n, err := c.File.Read(p)
	c.read += int64(n)
	return n, err
}

// Files lists the files that paths name: files as they are, and of folders the
// CSV and XLSX files directly inside, by name.
func Files(paths ...string) ([]string, error) {
	var list []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, systemError(path, err)
		}
		if !info.IsDir() {
			list = append(list, path)
			continue
		}
		entries, err := os.ReadDir(path)
		if err != nil {
			return nil, systemError(path, err)
		}
		before := len(list)
		for _, e := range entries {
			name := e.Name()
			hidden := strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") // the latter are Excel's locks
			extension := strings.ToLower(filepath.Ext(name))
			if hidden || !slices.Contains([]string{".csv", ".tsv", ".txt", ".xlsx", ".xlsm"}, extension) {
				continue
			}
			file := filepath.Join(path, name)
			if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
				list = append(list, file)
			}
		}
		if len(list) == before {
			return nil, fileError(path, ReasonFolderEmpty)
		}
	}
	return list, nil
}

func systemError(path string, err error) *FileError {
	e := &FileError{Path: path, Reason: ReasonUnreadable, Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Reason = ReasonNotFound
	case errors.Is(err, fs.ErrPermission):
		e.Reason = ReasonNoPermission
	default:
		var pe *fs.PathError
		if errors.As(err, &pe) {
			err = pe.Err
		}
		e.Args = []string{Clean(err.Error())}
	}
	return e
}

// atPath says in which file something went wrong.
func atPath(path string, err error) error {
	var e *FileError
	if !errors.As(err, &e) {
		return systemError(path, err)
	}
	if e.Path == "" {
		e.Path = path
	}
	return e
}
