package exchange

// What is noted of a row that is taken as it stands.

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// noteLost notes the cells of a row that is taken in which characters were lost.
func (r *Reader) noteLost(b *Batch, row row) {
	for _, at := range r.plan.inputs {
		if at == nil || at.at < 0 || at.at >= len(row.cells) || !strings.ContainsRune(row.cells[at.at], utf8.RuneError) {
			continue
		}
		b.Notes = append(b.Notes, problemOf(row, at, faulty(ReasonLostCharacters)))
	}
}

// likeRow reports that the line within a cell of the row looks like a row: where the code or the
// account stands, it has letters and digits as the row itself.
func (r *Reader) likeRow(row row) bool {
	if r.key == nil || r.key.at >= len(row.cells) {
		return true
	}
	cells := strings.Split(row.inner, string(rune(r.file.detected.Delimiter)))
	return r.key.at < len(cells) && shapeOf(cells[r.key.at]) == shapeOf(row.cells[r.key.at])
}

// shapeOf is a code with a letter for its letters and a figure for its figures: a9 of K17.
func shapeOf(code string) string {
	var shape []rune
	for _, c := range strings.Trim(strings.TrimSpace(code), `"`) {
		switch {
		case unicode.IsLetter(c):
			c = 'a'
		case unicode.IsDigit(c):
			c = '9'
		}
		if len(shape) == 0 || shape[len(shape)-1] != c || c != 'a' && c != '9' {
			shape = append(shape, c)
		}
	}
	return string(shape)
}
