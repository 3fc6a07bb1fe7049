package kit

// Styled rows that many sessions have in common. On a team's server hundreds look at the
// same lists: of a row that changed, one of them styles what it says now, and the others
// take that. What a row looks like is found by all that it is made of, so that nobody is
// ever shown another row than their own.

import (
	"strconv"
	"sync"
)

// sharedMost is how many styled rows are kept; then all are made anew.
const sharedMost = 4096

// sharedRows are the styled rows of all who have a theme in common.
type sharedRows struct {
	lock sync.RWMutex
	rows map[string][]string
}

// Share has all who use the theme share what they have styled.
func (t *Theme) Share() { t.shared = &sharedRows{rows: map[string][]string{}} }

// sharedRow is the styled row, which somebody else may have styled already.
func (t *Table) sharedRow(key rowKey, row Row) []string {
	all := t.look.Theme.shared
	if all == nil {
		return t.styled(key, row)
	}
	var room [1024]byte
	made := t.madeOf(room[:0], key, row)
	all.lock.RLock()
	lines := all.rows[string(made)]
	all.lock.RUnlock()
	if lines != nil {
		return lines
	}
	lines = t.styled(key, row)
	all.lock.Lock()
	defer all.lock.Unlock()
	if len(all.rows) >= sharedMost {
		clear(all.rows)
	}
	all.rows[string(made)] = lines
	return lines
}

// madeOf writes down all that a styled row depends on but the theme. No two rows that look
// different have it in common: every text stands there with its length.
func (t *Table) madeOf(b []byte, key rowKey, row Row) []byte {
	number := func(n int) { b = append(strconv.AppendInt(b, int64(n), 36), ' ') }
	word := func(s string) { number(len(s)); b = append(b, s...) }
	yes := func(is bool) {
		if is {
			b = append(b, '+')
		} else {
			b = append(b, '-')
		}
	}
	number(t.width)
	yes(t.options.Markable)
	yes(t.options.TwoLines)
	number(int(key.ground))
	yes(key.marked)
	word(key.fresh)
	number(row.Depth)
	number(int(row.Branch))
	columns := t.columnsNow()
	number(len(columns))
	for _, p := range columns {
		number(p.index)
		number(p.x)
		number(p.w)
		number(int(t.columns[p.index].Align))
	}
	for _, cells := range [][]Cell{row.Cells, row.Second} {
		number(len(cells))
		for _, c := range cells {
			word(c.Text)
			number(int(c.Role))
			number(int(c.Align))
			number(len(c.Spans))
			for _, s := range c.Spans {
				word(s.Text)
				number(int(s.Role))
			}
		}
	}
	return b
}
