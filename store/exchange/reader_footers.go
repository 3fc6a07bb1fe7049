package exchange

// Rows of one cell at a table's end, which belong to it or to its footer.

import "strings"

// mostWaiting bounds the rows of one cell that are held back.
const mostWaiting = 32

// single holds back a row of which only the first cell is filled: it is either
// data, or the footer of a report, which shows when a known line of one comes.
func (r *Reader) single(b *Batch, row row) {
	if r.inFooter || isFooter(row.cells[0]) || countsRows(row.cells[0]) {
		r.counts.LeftOut[SkipFooter] += len(r.waiting) + 1
		r.waiting, r.inFooter = nil, true
		return
	}
	if len(r.waiting) == mostWaiting {
		r.settle(b)
	}
	row.cells = append([]string(nil), row.cells...)
	r.waiting = append(r.waiting, row)
}

// settle takes the rows held back for data.
func (r *Reader) settle(b *Batch) {
	waiting := r.waiting
	r.waiting = nil
	for _, row := range waiting {
		r.data(b, row)
	}
}

// footers are beginnings of lines below Salesforce's reports, folded.
var footers = [...]string{
	"grandtotal", "confidentialinformation", "copyright", "generatedby", "gesamtsumme",
	"vertraulicheinformation", "erstelltvon", "generiertvon",
}

func isFooter(cell string) bool {
	if len(cell) > longestText {
		return false
	}
	folded := fold(cell)
	for _, f := range footers {
		if strings.HasPrefix(folded, f) {
			return true
		}
	}
	return false
}
