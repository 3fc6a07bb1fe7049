package exchange

// Quotation marks that are missing in a file, or too many: what a cell has taken in that it should not.

import "strings"

// opensLater reports that the mark at i opens a cell although another at opened, behind so many
// cells, has not been closed: it stands where one begins, and its line has as many cells as the
// header; of two, that of the other as well. A text of several lines that holds an unescaped mark
// does not look so. whole is false where the line is still to be read.
func (s *splitter) opensLater(opened, i, before int) (opens, whole bool) {
	text := s.text
	if s.width < 2 || s.classes[text[i-1]] != markByte && s.classes[text[i-1]] != lineByte {
		return false, true
	}
	from := i
	for from > opened && s.classes[text[from-1]] != lineByte {
		from--
	}
	if from == opened {
		return false, true // the same line
	}
	later, _, _, whole := s.cellsOfLine(from, true)
	if later != s.width || s.width > 2 {
		return whole && later == s.width, whole
	}
	first, _, _, _ := s.cellsOfLine(opened+1, false)
	return whole && before+first == s.width, whole
}

// cellsOfLine counts the cells from a place, at which a cell begins or not, to the end of its
// line, or of the text; a mark that is not closed in the line is a character, and open. whole is
// false where more has to be read to know it.
func (s *splitter) cellsOfLine(from int, begins bool) (n, end int, open, whole bool) {
	text := s.text
	end = from
	for end < len(text) && s.classes[text[end]] != lineByte {
		end++
	}
	n = 1
	for at := from; at < end; at++ {
		switch {
		case s.classes[text[at]] == markByte:
			n++
			begins = true
			continue
		case begins && text[at] == '"':
			closed := s.closedInLine(at, end)
			open, at = closed == at, closed
		}
		begins = false
	}
	return n, end, open, end < len(text) || s.ended
}

// closedInLine is where the mark at a place is closed before its line ends, else that place.
func (s *splitter) closedInLine(opened, end int) int {
	text := s.text
	for at := opened + 1; at < end; at++ {
		switch {
		case text[at] != '"':
		case at+1 == end || s.classes[text[at+1]] == markByte || text[at+1] == '\r' && at+2 == end:
			return at
		case text[at+1] == '"':
			at++
		}
	}
	return opened
}

// tookRows reports that a cell of the row has taken rows in, since its mark was never closed: one
// of its lines has as many cells as the header, and the row has not. The row is to be split anew,
// then. Where the row has as many, too, it is for others to say what that line is.
func (s *splitter) tookRows(r *row) bool {
	if s.width < 3 {
		return false
	}
	for _, cell := range s.lines {
		for at := cell.opened; at < cell.closed; at++ {
			if s.classes[s.text[at]] != lineByte {
				continue
			}
			n, end, open, _ := s.cellsOfLine(at+1, true)
			if n != s.width && (!open || n < 3 || n > s.width || len(r.cells) == s.width) { // one that is open may go on
				continue
			}
			if len(r.cells) == s.width {
				r.inner = s.text[at+1 : end]
				return false
			}
			if s.never == nil {
				s.never = make(map[int]bool)
			}
			s.never[cell.opened-s.at] = true
			s.slips++
			return true
		}
	}
	return false
}

// closes reports that the mark at i ends its cell although a backslash stands before
// it ("C:\"): the line ends behind it, or another quoted cell begins.
func (s *splitter) closes(i int) bool {
	text := s.text
	if i+1 >= len(text) {
		return true
	}
	switch s.classes[text[i+1]] {
	case lineByte:
		return true
	case markByte:
		return i+2 >= len(text) || text[i+2] == '"'
	}
	return text[i+1] == '\r' && i+2 < len(text) && text[i+2] == '\n'
}

// hasEscapes reports whether a text puts a backslash before quotation marks that are
// part of a cell.
func hasEscapes(text string) bool {
	for rest := text; ; {
		i := strings.Index(rest, `\"`)
		if i < 0 || i+2 >= len(rest) {
			return false
		}
		if strings.IndexByte(";,\t|\r\n\"", rest[i+2]) < 0 {
			return true
		}
		rest = rest[i+2:]
	}
}
