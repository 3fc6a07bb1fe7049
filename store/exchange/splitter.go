package exchange

// Text tables taken apart: rows into cells, one pass over the bytes, cells as
// pieces of the text. Quotation marks follow RFC 4180, and what real files do
// beyond it is read as it stands: a mark inside a cell is a character.

import (
	"io"
	"strconv"
	"strings"
)

// Bounds of a text table. Within them memory is bounded whatever the file is.
const (
	longestRow  = 1 << 20 // bytes
	mostColumns = 1000
	blockSize   = 256 << 10
)

// row is one row of a source, valid until the next is read.
type row struct {
	line    int      // as a spreadsheet counts: rows, from 1
	cells   []string // as stored
	shown   []string // as a spreadsheet shows them; nil: the same
	unclean bool     // holds more than printable ASCII
	comment bool
	broken  bool   // the file breaks off in it, in the middle of a character
	slipped bool   // a quotation mark opens a cell of it and is never closed
	ran     bool   // a quotation mark stands within a quoted cell that holds a delimiter
	holds   int    // the most delimiters within a quoted cell
	inner   string // a line within a quoted cell that has as many cells as the header
}

// source is a table read row by row.
type source interface {
	// next is the next row, or io.EOF, or a *FileError.
	next() (row, error)
	// progress is how much has been read, and of how much; 0 if not known.
	progress() (read, size int64)
	close() error
}

// byteClass says what a byte means to the splitter.
type byteClass uint8

const (
	plainByte byteClass = iota
	uncleanByte
	markByte // the delimiter
	lineByte
	quoteByte
)

// splitter takes text in UTF-8 apart.
type splitter struct {
	in      io.Reader
	text    string // what has been read and not yet been left behind
	at      int    // where in text the next row starts
	ended   bool   // in is at its end
	block   []byte
	size    int // bytes to read next
	line    int
	cells   []string
	classes [256]byteClass
	failed  error
	escapes bool // a backslash before a mark makes it a character, as databases write it
	literal bool // quotation marks are characters, for the row at hand
	slips   int  // marks that were never closed
	width   int  // cells of the header; 0: not known

	// Of the row at hand.
	slipped bool
	ran     bool
	holds   int
	lines   []span       // quoted cells of several lines
	never   map[int]bool // marks, from the row's start on, that open nothing
}

// span is a cell from its opening mark to its closing one.
type span struct{ opened, closed int }

// mostSlips bounds how often a search for the end of a quotation may be in
// vain: each costs a look at a megabyte.
const mostSlips = 50

// newSplitter splits at a delimiter. Where loneCR is set, a CR without LF ends a
// row, as old Macintosh programs have it.
func newSplitter(in io.Reader, delimiter byte, loneCR bool) *splitter {
	s := &splitter{in: in, size: blockSize}
	for c := range s.classes {
		if c < ' ' || c >= 0x7f {
			s.classes[c] = uncleanByte
		}
	}
	s.classes['"'] = quoteByte
	s.classes['\n'] = lineByte
	if loneCR {
		s.classes['\r'] = lineByte
	}
	s.classes[delimiter] = markByte
	return s
}

// next implements source. A row that starts with "# " is a comment and ends
// with its line, whatever marks it holds. A quotation mark that is never closed
// is taken for a character, and its row ends where its line does, so that one
// slip does not cost the whole file.
func (s *splitter) next() (row, error) {
	if s.failed != nil {
		return row{}, s.failed
	}
	s.line++
	for {
		if s.at < len(s.text) {
			s.slipped, s.ran, s.holds, s.lines = len(s.never) > 0, false, 0, s.lines[:0]
			r, end, ok := s.split()
			if ok && s.tookRows(&r) {
				continue
			}
			if ok {
				r.slipped, r.ran, r.holds = s.slipped || s.literal, s.ran, s.holds
				s.at, s.literal = end, false
				clear(s.never)
				if s.slips > mostSlips {
					s.failed = fileError("", ReasonOpenQuotes, strconv.Itoa(s.line))
					return row{}, s.failed
				}
				if len(r.cells) > mostColumns {
					s.failed = fileError("", ReasonTooManyColumns, strconv.Itoa(mostColumns))
					return row{}, s.failed
				}
				if s.ended && end == len(s.text) {
					in, may := s.in.(breakable)
					r.broken = may && in.brokeOff()
				}
				return r, nil
			}
		}
		switch {
		case s.ended:
			s.failed = io.EOF
		case len(s.text)-s.at <= longestRow:
			s.failed = s.more()
		case !s.literal && strings.IndexByte(s.text[s.at:], '"') >= 0:
			s.literal = true
			s.slips++
			continue
		default:
			s.failed = fileError("", ReasonLineTooLong, strconv.Itoa(s.line), strconv.Itoa(longestRow>>10))
		}
		if s.failed != nil {
			return row{}, s.failed
		}
	}
}

// more reads another block behind the unfinished row.
func (s *splitter) more() error {
	rest := s.text[s.at:]
	if len(s.block) < len(rest)+s.size {
		s.block = make([]byte, len(rest)+s.size)
	}
	n := copy(s.block, rest)
	m, err := io.ReadFull(s.in, s.block[n:n+s.size])
	switch err {
	case nil:
	case io.EOF, io.ErrUnexpectedEOF:
		s.ended = true
	default:
		return err
	}
	s.text, s.at = string(s.block[:n+m]), 0
	return nil
}

// split takes the row at s.at apart; ok is false if the text ends before it.
func (s *splitter) split() (r row, end int, ok bool) {
	text, classes := s.text, &s.classes
	i := s.at
	if text[i] == '#' && (i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '\n' || text[i+1] == '\r') {
		for i < len(text) && classes[text[i]] != lineByte {
			i++
		}
		if i == len(text) && !s.ended {
			return r, 0, false
		}
		return row{line: s.line, comment: true}, s.behind(i), true
	}
	cells, start, unclean := s.cells[:0], i, false
	for ; i < len(text); i++ {
		switch classes[text[i]] {
		case plainByte:
		case markByte:
			cells = append(cells, text[start:i])
			start = i + 1
		case uncleanByte:
			if text[i] != '\r' || i+1 < len(text) && text[i+1] != '\n' {
				unclean = true
			}
		case lineByte:
			if text[i] == '\r' && i+1 == len(text) && !s.ended {
				return r, 0, false // the LF may still come
			}
			last := i
			if last > start && text[last-1] == '\r' {
				last--
			}
			s.cells = append(cells, text[start:last])
			return row{line: s.line, cells: s.cells, unclean: unclean}, s.behind(i), true
		case quoteByte:
			if i != start || s.literal || s.never[i-s.at] {
				continue
			}
			cell, next, dirty, closed := s.quoted(i, len(cells))
			if !closed {
				if !s.ended && next == 0 {
					s.cells = cells
					return r, 0, false
				}
				s.slips++
				s.slipped = true
				continue // never closed: see next
			}
			unclean = unclean || dirty
			cells = append(cells, cell)
			if next == len(text) {
				if !s.ended {
					s.cells = cells
					return r, 0, false
				}
				s.cells = cells
				return row{line: s.line, cells: cells, unclean: unclean}, next, true
			}
			if classes[text[next]] != markByte {
				s.cells = cells
				if text[next] == '\r' && classes['\r'] != lineByte {
					next++ // quoted has seen the LF behind it
				}
				return row{line: s.line, cells: cells, unclean: unclean}, s.behind(next), true
			}
			start, i = next+1, next
		}
	}
	if !s.ended {
		return r, 0, false
	}
	s.cells = append(cells, strings.TrimSuffix(text[start:], "\r"))
	return row{line: s.line, cells: s.cells, unclean: unclean}, len(text), true
}

// behind is the place after the line's end at i.
func (s *splitter) behind(i int) int {
	if i < len(s.text) && s.text[i] == '\r' && i+1 < len(s.text) && s.text[i+1] == '\n' {
		i++
	}
	return min(i+1, len(s.text))
}

// quoted reads the cell whose opening mark is at i: its value, and where the
// delimiter, the line's end or the text's end behind it is. A closing mark that
// something else follows is a character of the cell, as is the other of a pair; where it opens
// a cell of a later line, the first was never closed, and next is that place. So many cells of
// the row stand in front.
func (s *splitter) quoted(i, before int) (cell string, next int, unclean, closed bool) {
	text := s.text
	var b strings.Builder
	opened, start := i, i+1
	lines, inside, delimiters := false, false, 0
	ends := func() (string, int, bool, bool) {
		if lines {
			s.lines = append(s.lines, span{opened, i})
		}
		s.ran, s.holds = s.ran || inside && delimiters > 0, max(s.holds, delimiters)
		return b.String() + text[start:i], i + 1, unclean, true
	}
	for i = start; i < len(text); i++ {
		switch s.classes[text[i]] {
		case uncleanByte:
			unclean = true
		case lineByte:
			unclean, lines = true, true
		case markByte:
			delimiters++
		}
		if text[i] == '\\' && s.escapes {
			if i+1 == len(text) {
				if !s.ended {
					return "", 0, false, false
				}
				continue
			}
			if text[i+1] == '\\' || text[i+1] == '"' && !s.closes(i+1) {
				b.WriteString(text[start:i])
				start = i + 1
				i++
			}
			continue
		}
		if text[i] != '"' {
			continue
		}
		if i+1 == len(text) {
			if !s.ended {
				return "", 0, false, false
			}
			return ends()
		}
		switch {
		case text[i+1] == '"':
			b.WriteString(text[start : i+1])
			start = i + 2
			i++
		case s.classes[text[i+1]] == markByte, s.classes[text[i+1]] == lineByte:
			return ends()
		case text[i+1] == '\r':
			if i+2 == len(text) && !s.ended {
				return "", 0, false, false
			}
			if i+2 == len(text) || text[i+2] == '\n' {
				return ends()
			}
			fallthrough
		default:
			inside = true
			switch opens, whole := s.opensLater(opened, i, before); {
			case !whole:
				return "", 0, false, false
			case opens:
				return "", i, false, false
			}
		}
	}
	return "", 0, false, false
}
