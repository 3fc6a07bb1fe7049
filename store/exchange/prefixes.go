package exchange

// Postcodes of a territory: prefixes, and ranges from one to another.

import (
	"strconv"

	"doppelpass/model"
)

var (
	postcodeRange = pattern(`^(\d{1,5})[-–](\d{1,5})$`)
	// marked5 is D-70173, DE-4*, 50xxx, 80%: what stands for the country, and for any
	// figures, is no part of a prefix.
	marked5     = pattern(`^(?:[A-Z]{1,3}-)?(\d{1,5})(?:[*xX%.]+)?$`)
	fourFigures = pattern(`\b[1-9]\d{3}\b`) // a zero in front has not been lost
	rangeBlanks = pattern(`(\d)\s*(?:[-–]|\bbis\b)\s*(\d)`)
)

// splitPostcodes takes prefixes apart; a range such as 20000-29999 becomes the
// prefixes that make it up.
func splitPostcodes(s string) ([]string, fault) {
	words, wrong := splitWords(rangeBlanks().ReplaceAllString(s, "$1-$2"))
	if wrong.reason != "" {
		return nil, wrong
	}
	var prefixes []string
	for _, word := range words {
		if m := marked5().FindStringSubmatch(word); m != nil {
			word = m[1]
		}
		m := postcodeRange().FindStringSubmatch(word)
		if m == nil {
			prefixes = append(prefixes, word)
			continue
		}
		if len(m[1]) != len(m[2]) || m[1] > m[2] {
			return nil, faulty(ReasonNoRange)
		}
		prefixes = appendPrefixes(prefixes, m[1], m[2])
	}
	return prefixes, fault{}
}

// appendPrefixes adds the fewest prefixes that hold the codes of one length from low
// to high, both included.
func appendPrefixes(prefixes []string, low, high string) []string {
	from, _ := strconv.Atoi(low)
	to, _ := strconv.Atoi(high)
	for from <= to {
		step, cut := 1, 0
		for cut < len(low)-1 && from%(step*10) == 0 && from+step*10-1 <= to {
			step, cut = step*10, cut+1
		}
		code := strconv.Itoa(from)
		for len(code) < len(low) {
			code = "0" + code
		}
		prefixes = append(prefixes, code[:len(code)-cut])
		from += step
	}
	return prefixes
}

// territoryPostcodes is the column of a territory's postcodes. Where some of a file have
// five figures and others four, a spreadsheet has taken a zero from these.
func territoryPostcodes() column[model.Territory] {
	c := list(model.TerritoryFields, "postcodes", splitPostcodes, joinWords).like("70 71 7255")
	read := c.read
	c.read = func(in *input, t *model.Territory, cell string) fault {
		if in.row.plan.five {
			cell = fourFigures().ReplaceAllString(cell, "0$0")
		}
		return read(in, t, cell)
	}
	return c
}

var figuresOnly = pattern(`\d+`)

// lostZeros reports postcodes of whole places of which some have lost the zero: all
// have four or five figures, and some five.
func (f *File) lostZeros(m Mapping) bool {
	at, country := m.Target("postcodes"), m.Target("country")
	if at < 0 || m.Table != model.TableTerritories {
		return false
	}
	four, five := 0, 0
	for _, row := range f.rows {
		if at >= len(row) {
			continue
		}
		if country >= 0 && country < len(row) && row[country] != "" && !isGermany(row[country]) {
			return false
		}
		for _, figures := range figuresOnly().FindAllString(row[at], -1) {
			switch len(figures) {
			case 4:
				if figures[0] == '0' {
					return false // a prefix: a lost zero would not stand there
				}
				four++
			case 5:
				five++
			default:
				return false
			}
		}
	}
	return four > 0 && five > 0
}
