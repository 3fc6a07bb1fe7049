package exchange

// Which column holds the code: found out from the whole file, since a column that is
// filled in the first hundred rows may be empty in the next.

import (
	"io"
	"slices"

	"doppelpass/model"
)

// codeColumn is a column that could be the code.
type codeColumn struct {
	at, rank int
	guessed  bool // nothing but its form says so
	filled   int
	unique   bool
	seen     map[uint64]struct{}
}

// spareRank is behind every column that a name speaks for.
const spareRank = 1 << 20

// codeColumns are the columns of a file that could be the code, the most trusted
// first: those with a name for it, and any other identifier that is nobody else's.
func (m *Mapping) codeColumns(clues *clues) (list []codeColumn) {
	for i, c := range m.Columns {
		switch k := clues.concepts[i]; {
		case c.Column == "code":
			list = append(list, codeColumn{at: i, rank: c.Rank})
		case c.Column != "" || c.How == HowChosen || c.How == HowIgnored:
		case k.turn == "" && k.attr == "id" && (k.entity == "" || k.entity == "customer"):
			list = append(list, codeColumn{at: i, rank: spareRank, guessed: true})
		case k == (concept{}) && endsLikeID(c.Header) && clues.looks[i].codes > 0.9 && clues.looks[i].days == 0:
			list = append(list, codeColumn{at: i, rank: spareRank + 1, guessed: true})
		}
	}
	slices.SortStableFunc(list, func(a, b codeColumn) int { return a.rank - b.rank })
	return list
}

// endsLikeID reports headers such as "xyz_id" whose first part nobody knows.
func endsLikeID(header string) bool {
	words := headerWords(header)
	return len(words) > 1 && dictionaryOnce().words[words[len(words)-1]].attr == "id"
}

// mostCodes bounds the rows whose codes are compared.
const mostCodes = 2_000_000

// chooseCode takes, of the columns that could be the code, the most trusted one that
// is filled in every row of the file and names each only once; else the most trusted
// one that is always filled. The others are what other systems call the account.
func (f *File) chooseCode(m *Mapping) error {
	if m.Table != model.TableAccounts || len(m.codes) == 0 {
		return nil
	}
	codes := slices.Clone(m.codes)
	for i := range codes {
		codes[i].unique, codes[i].seen = true, make(map[uint64]struct{})
	}
	s, err := f.source()
	if err != nil {
		return err
	}
	defer s.close()
	rows := 0
	for rows < mostCodes {
		r, err := s.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return atPath(f.path, err)
		}
		if r.line <= f.detected.HeaderLine || r.comment || countFilled(r.cells) < min(2, len(f.header)) || f.isHeader(r) {
			continue
		}
		rows++
		for i := range codes {
			c := &codes[i]
			if c.at >= len(r.cells) {
				continue
			}
			cell := tidied(r.cells[c.at], r.unclean, false)
			if cell == "" {
				continue
			}
			c.filled++
			h := hashCell(cell)
			if _, again := c.seen[h]; again {
				c.unique = false
			}
			c.seen[h] = struct{}{}
		}
	}
	best := -1
	for i, c := range codes {
		chosen := m.Columns[c.at].How == HowChosen
		if chosen || c.filled == rows && c.unique && rows > 0 {
			best = i
			break
		}
	}
	if best < 0 {
		best = slices.IndexFunc(codes, func(c codeColumn) bool { return c.filled == rows && !c.guessed })
	}
	if best < 0 && !codes[0].guessed {
		best = 0
	}
	for i, c := range codes {
		column := &m.Columns[c.at]
		switch {
		case i == best:
			column.Column = "code"
			if column.How != HowChosen && column.How != HowName {
				column.How = HowSynonym
			}
			column.Rank = min(column.Rank, c.rank)
		case column.How == HowChosen:
		case c.unique && c.filled > 0 && 2*c.filled >= rows:
			column.Column, column.How, column.Rank = "other_id", HowSynonym, c.rank
		default:
			column.Column, column.How = "", HowSpare
		}
	}
	return nil
}

// hashCell is FNV-1a with 64 bits.
func hashCell(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// isHeader reports a row that is the header once more, as files put together from
// several have it.
func (f *File) isHeader(r row) bool {
	if len(r.cells) == 0 || len(r.cells) > len(f.header) || f.header[0] == "" && len(r.cells) < 2 {
		return false
	}
	filled := 0
	for i, cell := range r.cells {
		if cell != f.header[i] && tidied(cell, true, false) != f.header[i] {
			return false
		}
		if cell != "" {
			filled++
		}
	}
	return filled > 1 || filled == 1 && len(f.header) == 1
}
