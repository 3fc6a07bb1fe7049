package exchange

// Whether the encoding that was found out is in doubt: another one reads nearly as
// well and makes other letters of the same bytes. A person is shown both.

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// EncodingReading is some of a file's cells as they read in an encoding.
type EncodingReading struct {
	Encoding Encoding
	Cells    []string
}

// cellsInDoubt is how many cells show what an encoding makes of them.
const cellsInDoubt = 5

// doubts are the readings of a sample that a person should choose from, the one that
// was taken first; nil where nothing is in doubt.
func doubts(sample []byte, taken Encoding, delimiter byte) []EncodingReading {
	at := slices.IndexFunc(legacyCandidates[:], func(c struct {
		encoding Encoding
		letters  letters
	}) bool {
		return c.encoding == taken
	})
	if at < 0 {
		return nil
	}
	var special [256]bool
	for _, c := range sample {
		special[c] = c >= utf8.RuneSelf
	}
	others := []Encoding{}
	var differing [256]bool
	for i, c := range legacyCandidates {
		var only [256]bool
		differ := false
		for b := range special {
			only[b] = special[b] && charmaps[c.encoding].DecodeByte(byte(b)) != charmaps[taken].DecodeByte(byte(b))
			differ = differ || only[b]
		}
		if i == at || !differ {
			continue
		}
		best, other := candidateScore(sample, at, &only), candidateScore(sample, i, &only)
		if best-other > max(closeReading, best/4) {
			continue
		}
		others = append(others, c.encoding)
		for b := range only {
			differing[b] = differing[b] || only[b]
		}
	}
	if len(others) == 0 {
		return nil
	}
	cells := cellsWith(sample, delimiter, &differing)
	var readings []EncodingReading
	for _, e := range append([]Encoding{taken}, others...) {
		r := EncodingReading{Encoding: e}
		for _, cell := range cells {
			text, err := charmaps[e].NewDecoder().Bytes(cell)
			if err == nil {
				r.Cells = append(r.Cells, shortened(tidied(string(text), true, false)))
			}
		}
		if !slices.ContainsFunc(readings, func(known EncodingReading) bool { return slices.Equal(known.Cells, r.Cells) }) {
			readings = append(readings, r)
		}
	}
	if len(readings) < 2 {
		return nil
	}
	return readings
}

// closeReading is the difference of scores up to which two readings are as good as
// each other, as a single letter can make it.
const closeReading = 2

// cellsWith are the first cells, each once, that hold one of some bytes.
func cellsWith(sample []byte, delimiter byte, wanted *[256]bool) (cells [][]byte) {
	for line := range bytes.FieldsFuncSeq(sample, func(r rune) bool { return r == '\n' || r == '\r' }) {
		for _, cell := range bytes.Split(line, []byte{delimiter}) {
			holds := false
			for _, c := range cell {
				holds = holds || wanted[c]
			}
			cell = bytes.Trim(cell, "\" ")
			if !holds || slices.ContainsFunc(cells, func(known []byte) bool { return bytes.Equal(known, cell) }) {
				continue
			}
			if cells = append(cells, cell); len(cells) == cellsInDoubt {
				return cells
			}
		}
	}
	return cells
}

// JoinCells writes a reading's cells one after the other.
func (r EncodingReading) JoinCells() string { return strings.Join(r.Cells, ", ") }
