package exchange

// A look at the beginning of a text file: encoding, delimiter, header.

import (
	"bytes"
	"encoding/binary"
	"io"
	"strconv"
	"strings"
)

// sniffRest finds the encoding of a file whose beginning has no special characters: by
// the first that come, however far behind.
func (f *File) sniffRest(in io.ReaderAt) error {
	block := make([]byte, sampleSize)
	for at := int64(sampleSize); at < f.detected.Size; at += sampleSize {
		n, err := in.ReadAt(block, at)
		if err != nil && err != io.EOF {
			return systemError("", err)
		}
		plain := plainPrefix(block[:n])
		if plain == n {
			continue
		}
		// From the beginning of the row on, so that its cells are whole.
		from := at + int64(plain)
		if i := bytes.LastIndexAny(block[:plain], "\r\n"); i >= 0 {
			from = at + int64(i) + 1
		}
		if n, err = in.ReadAt(block, from); err != nil && err != io.EOF {
			return systemError("", err)
		}
		sample := block[:n]
		if err == nil { // a character may be cut
			if i := bytes.LastIndexAny(sample, "\r\n"); i > 0 {
				sample = sample[:i+1]
			}
		}
		f.detected.Encoding = specialEncoding(sample)
		f.detected.Doubt = doubts(sample, f.detected.Encoding, f.detected.Delimiter)
		return nil
	}
	f.detected.Encoding = UTF8
	return nil
}

// sniffText decides how a text file is to be read. Delimiter and header are
// chosen together: those with which most of a header is recognised, else those
// with which the rows agree best.
func (f *File) sniffText(sample []byte) error {
	f.detected.Format = CSV
	f.detected.Encoding = f.options.Encoding
	if f.detected.Encoding == "" {
		f.detected.Encoding = sniffEncoding(sample)
	}
	whole := int64(len(sample)) >= f.detected.Size
	text, err := io.ReadAll(decoded(bytes.NewReader(sample), f.detected.Encoding))
	if err != nil {
		return err
	}
	if noText(text, sample, f.detected.Encoding) {
		return fileError("", ReasonNoTable)
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return fileError("", ReasonEmpty)
	}
	if reason := otherKind(text); reason != "" {
		return fileError("", reason)
	}
	f.detected.LineEnd = lineEnd(text)
	f.loneCR = f.detected.LineEnd == "\r"
	f.escapes = hasEscapes(string(text))
	if f.detected.LineEnd == "" && !whole {
		return fileError("", ReasonLineTooLong, "1", strconv.Itoa(sampleSize>>10))
	}
	f.detected.Quoted = bytes.IndexByte(text, '"') >= 0
	if !whole {
		if i := bytes.LastIndexAny(text, "\r\n"); i > 0 {
			text = text[:i+1] // the last row is cut
		}
	}
	delimiters := []byte{';', ',', '\t', '|'}
	if f.options.Delimiter != 0 {
		delimiters = []byte{f.options.Delimiter}
	} else if d, ok := saidDelimiter(text); ok {
		delimiters = []byte{d}
	}
	best, found := look{}, false
	f.scores = map[string]int{}
	defer func() { f.scores = nil }()
	var failed error
	for _, d := range delimiters {
		l, err := f.lookAt(text, d)
		if err != nil {
			failed = err
			continue
		}
		if !found || l.betterThan(best) {
			best, found = l, true
		}
	}
	if !found || failed != nil && best.headerSize < 2 {
		return failed
	}
	f.detected.Delimiter = best.delimiter
	f.detected.HeaderLine = best.line
	f.header, f.rows = best.header, best.rows
	if f.options.Encoding == "" {
		f.detected.Doubt = doubts(sample, f.detected.Encoding, best.delimiter)
	}
	if f.detected.Encoding == ASCII && whole {
		f.detected.Encoding = UTF8
	}
	return nil
}

// noText reports that a file is no text: bytes of zero where none belong, or
// mostly control characters.
func noText(text, sample []byte, e Encoding) bool {
	if e != UTF16LE && e != UTF16BE && bytes.IndexByte(sample[:min(len(sample), 8<<10)], 0) >= 0 {
		return true
	}
	controls := 0
	for _, c := range text {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			controls++
		}
	}
	return controls > len(text)/10
}

// lineEnd is how rows end: what the first end that is not between quotation
// marks looks like, near enough.
func lineEnd(text []byte) string {
	i := bytes.IndexByte(text, '\n')
	switch {
	case i > 0 && text[i-1] == '\r':
		return "\r\n"
	case i >= 0:
		return "\n"
	case bytes.IndexByte(text, '\r') >= 0:
		return "\r"
	}
	return ""
}

// saidDelimiter reads the "sep=;" that Excel understands in a first row.
func saidDelimiter(text []byte) (byte, bool) {
	if len(text) > 5 && strings.EqualFold(string(text[:4]), "sep=") && (text[5] == '\r' || text[5] == '\n') {
		switch text[4] {
		case ';', ',', '\t', '|':
			return text[4], true
		}
	}
	return 0, false
}

// look is a sample as one delimiter shows it.
type look struct {
	delimiter  byte
	line       int
	header     []string
	rows       [][]string
	score      int     // how much of the header is recognised
	agreement  float64 // share of rows with as many cells as the header
	headerSize int
}

func (l look) betterThan(m look) bool {
	if l.score != m.score {
		return l.score > m.score
	}
	if (l.headerSize > 1) != (m.headerSize > 1) {
		return l.headerSize > 1
	}
	if l.agreement != m.agreement {
		return l.agreement > m.agreement
	}
	return l.headerSize > m.headerSize
}

func (f *File) lookAt(text []byte, delimiter byte) (look, error) {
	s := newSplitter(bytes.NewReader(text), delimiter, f.loneCR)
	s.escapes = f.escapes
	s.size = len(text) + 1
	var rows []row
	for len(rows) < sampleRows+headerRows {
		r, err := s.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return look{}, err
		}
		if r.comment {
			continue
		}
		rows = append(rows, cleanedRow(r))
	}
	l := f.findHeader(rows)
	l.delimiter = delimiter
	if l.header == nil {
		return look{}, fileError("", ReasonEmpty)
	}
	same := 0
	for _, r := range l.rows {
		if len(r) == l.headerSize {
			same++
		}
	}
	if l.headerSize == 1 && strings.ContainsAny(l.header[0], ";\t|,") {
		l.score = 0 // the words of several columns are no word of one
	}
	if len(l.rows) > 0 {
		l.agreement = float64(same) / float64(len(l.rows))
	}
	return l, nil
}

// cleanedRow is a copy of a row that lasts.
func cleanedRow(r row) row {
	cells := make([]string, len(r.cells))
	for i, c := range r.cells {
		if r.shown != nil && i < len(r.shown) && r.shown[i] != "" {
			c = r.shown[i]
		}
		cells[i] = strings.Clone(strings.TrimSpace(Clean(c)))
	}
	r.cells = cells
	return r
}

// findHeader takes, of the first rows, the one of which most is recognised;
// without any the first that has more than one cell filled.
func (f *File) findHeader(rows []row) look {
	best, at := look{}, -1
	fallback := -1
	for i, r := range rows {
		filled := 0
		for _, c := range r.cells {
			if c != "" {
				filled++
			}
		}
		if filled == 0 || i == 0 && len(r.cells) > 0 && strings.HasPrefix(strings.ToLower(r.cells[0]), "sep=") {
			continue
		}
		if fallback < 0 || filled > 1 && countFilled(rows[fallback].cells) <= 1 {
			fallback = i
		}
		if i >= headerRows {
			break
		}
		if score := f.recognised(r.cells); score > best.score {
			best.score, at = score, i
		}
	}
	if at < 0 {
		at = fallback
	}
	if at < 0 {
		return look{}
	}
	best.line, best.header, best.headerSize = rows[at].line, rows[at].cells, len(rows[at].cells)
	for _, r := range rows[at+1:] {
		if countFilled(r.cells) > 0 && len(best.rows) < sampleRows {
			best.rows = append(best.rows, r.cells)
		}
	}
	return best
}

func countFilled(cells []string) (n int) {
	for _, c := range cells {
		if c != "" {
			n++
		}
	}
	return n
}

// recognised is how much of a header is recognised, with what the person said.
func (f *File) recognised(header []string) int {
	key := keyOfCells(header) // most delimiters leave a row in one piece, which is the same piece
	score, known := f.scores[key]
	if !known {
		if score = f.score(header); f.scores != nil {
			f.scores[key] = score
		}
	}
	return score
}

// keyOfCells tells rows of different cells apart.
func keyOfCells(cells []string) string {
	var key []byte
	for _, cell := range cells {
		key = append(binary.AppendUvarint(key, uint64(len(cell))), cell...)
	}
	return string(key)
}

func (f *File) score(header []string) int {
	o := f.options
	for name := range o.Map {
		if columnOf(header, name) < 0 {
			return 0
		}
	}
	if o.As != "" {
		if _, ok := tables[o.As]; !ok {
			return 0
		}
		_, score := mappingTo(o.As, header, nil, newClues(header, nil, Options{}), o)
		return score
	}
	whole, partly := readings(header, nil, f.named())
	score := 0
	for _, r := range append(whole, partly...) {
		score = max(score, r.score)
	}
	return score
}

// otherKind tells files of text that are no tables from how they begin.
func otherKind(text []byte) Reason {
	start := strings.ToLower(strings.TrimSpace(string(text[:min(len(text), 512)])))
	for _, kind := range [...]struct {
		begins string
		reason Reason
	}{
		{"%pdf-", ReasonPDF}, {"<!doctype html", ReasonWebPage}, {"<html", ReasonWebPage}, {"<table", ReasonWebPage}, {"<?xml", ReasonWebPage}, {"begin:vcard", ReasonAddressCards},
	} {
		if strings.HasPrefix(start, kind.begins) {
			return kind.reason
		}
	}
	if rest := strings.TrimLeft(strings.TrimPrefix(start, "["), " \r\n\t"); strings.HasPrefix(rest, "{") && strings.Contains(rest, `":`) {
		return ReasonJSON
	}
	return ""
}
