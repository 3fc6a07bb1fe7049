package exchange

// Postcodes of a territory: prefixes, and ranges from one to another.

import (
	"regexp"
	"strconv"
)

var (
	postcodeRange = regexp.MustCompile(`^(\d{1,5})[-–](\d{1,5})$`)
	rangeBlanks   = regexp.MustCompile(`(\d)\s*(?:[-–]|\bbis\b)\s*(\d)`)
)

// splitPostcodes takes prefixes apart; a range such as 20000-29999 becomes the
// prefixes that make it up.
func splitPostcodes(s string) ([]string, fault) {
	words, wrong := splitWords(rangeBlanks.ReplaceAllString(s, "$1-$2"))
	if wrong.reason != "" {
		return nil, wrong
	}
	var prefixes []string
	for _, word := range words {
		m := postcodeRange.FindStringSubmatch(word)
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
