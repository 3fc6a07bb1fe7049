// Finding a town by what people write.

package place

import (
	"bytes"
	"strings"
)

// Hint is what else an address says; it chooses between towns of the same name.
type Hint struct {
	Region   string // state, Bundesland, canton; name or code. Rules no town out: tables have it wrong too often
	Postcode string // rules towns out that lie far from its zone (see zones): they are another town of that name
}

// Find finds a town of a country (ISO code). The name may lack umlauts and case, abbreviate or drop its qualifier
// ("Frankfurt a. M.", "Frankfurt"), carry a district ("Stuttgart-Vaihingen", "Wien 3"), a region ("Springfield, IL") or be the
// English or German one of a big town. Of several towns that fit, the one whose qualifier fits wins, then the one in the
// hinted region, then the one where the country's postcode zone lies, then the closer spelling, then the larger one.
func (t *Towns) Find(countryCode, called string, hint Hint) (Town, bool) {
	if len(called) > longestName || len(hint.Region) > longestName {
		return Town{}, false
	}
	c := t.country(countryCode)
	if c == nil {
		return Town{}, false
	}
	var n name
	n.parse(called)
	if len(n.words) == 0 {
		return Town{}, false
	}
	q := query{country: c, name: &n, zone: zoneOf(countryCode, hint.Postcode)}
	q.hintRegion(hint.Region)
	if i, ok := q.find(); ok {
		return c.town(i), true
	}
	return Town{}, false
}

// longestName is twice the longest in the list, in bytes: what is longer is no town but a paragraph in the wrong column.
const longestName = 200

// A query is one name on its way to a town.
type query struct {
	country *country
	name    *name
	zone    *zone // nil: not known
	region  int   // of country.regions; -1: not known
}

// find tries the name as written, then with less and less of it.
func (q *query) find() (int32, bool) {
	n := q.name
	if i, ok := q.best(0); ok {
		return i, true
	}
	if len(n.words) > 1 && n.head > 1 && isStatus(n.words[0].text) {
		n.words, n.head = n.words[1:], n.head-1
		if i, ok := q.best(0); ok {
			return i, true
		}
	}
	// Districts: cut words off the end. What is left must be a town of some size, or "New Nowhere" would be found at
	// any "New"; German addresses append districts to small towns too.
	least := byte(rank100k)
	if q.speaksGerman() {
		least = rank5k
	}
	head, kind := n.head, n.kind
	for cut := head - 1; cut > 0; cut-- {
		n.cut(cut, byGuess)
		if i, ok := q.best(least); ok {
			return i, true
		}
	}
	if kind == byMark { // "Ulm (Wiblingen)": the mark held a district, not what tells two towns apart
		n.cut(head, anyQualifier)
		return q.best(least)
	}
	return 0, false
}

func (q *query) speaksGerman() bool {
	switch q.country.code {
	case "DE", "AT", "CH", "LI", "LU":
		return true
	}
	return false
}

// A fit tells how well an entry fits; larger is better, field by field.
type fit struct {
	qualifier, region, zone, spelling, rank int
}

func (f fit) betterThan(o fit) bool {
	for _, d := range [...]int{f.qualifier - o.qualifier, f.region - o.region, f.zone - o.zone, f.spelling - o.spelling} {
		if d != 0 {
			return d > 0
		}
	}
	return f.rank > o.rank
}

// best is the best town of the name's head whose rank is at least the given one.
func (q *query) best(least byte) (int32, bool) {
	var headSpace, keySpace [64]byte
	head := q.name.appendHead(headSpace[:0])
	at, ok := q.country.first[string(appendLoose(keySpace[:0], head))]
	if !ok {
		return 0, false
	}
	region := q.region
	if region < 0 && q.name.kind >= byMark {
		region = q.country.regionOf(appendWords(nil, q.name.qualifier()))
	}
	best, bestFit, found := int32(0), fit{}, false
	for ; at >= 0; at = q.country.entries[at].next {
		e := q.country.entries[at]
		if q.country.rank[e.town] < least {
			continue
		}
		f, fits := q.fit(e, head, region)
		if fits && (!found || f.betterThan(bestFit)) {
			best, bestFit, found = e.town, f, true
		}
	}
	return best, found
}

func (q *query) fit(e entry, head []byte, region int) (fit, bool) {
	c := q.country
	var n name
	n.parse(e.name)
	var townSpace [64]byte
	townHead := n.appendHead(townSpace[:0])
	if !loosens(head, townHead) {
		return fit{}, false
	}
	rank := c.rank[e.town]
	var f fit
	switch {
	case q.name.kind == noQualifier:
		if n.kind != noQualifier && rank < rank20k {
			return fit{}, false // only of a large town does everybody leave the river out
		}
	case abbreviates(q.name.qualifier(), n.qualifier()), abbreviates(n.qualifier(), q.name.qualifier()):
		f.qualifier = 1
	case q.name.kind == byGuess || q.name.kind == anyQualifier:
	case n.kind != noQualifier:
		return fit{}, false // another Neustadt
	case q.name.kind == byParticle && (!q.speaksGerman() || rank < rank10k):
		return fit{}, false // "Stoke on Trent" is no other Stoke; German lists leave the river out for larger towns
	}
	if region >= 0 && int(c.region[e.town]) == region {
		f.region = 1
	}
	if q.zone != nil {
		km := Distance(q.zone.centre, c.location(e.town))
		if km > q.zone.radius*zoneMargin {
			return fit{}, false
		}
		if km <= q.zone.radius {
			f.zone = 1
		}
	}
	if bytes.Equal(head, townHead) {
		f.spelling = 1
	}
	f.rank = int(rank)
	return f, true
}

// hintRegion reads the region's name or code.
func (q *query) hintRegion(s string) {
	q.region = -1
	if strings.TrimSpace(s) == "" {
		return
	}
	var n name
	n.parse(s)
	q.region = q.country.regionOf(appendWords(nil, n.words))
}

func (c *country) regionOf(folded []byte) int {
	var space [64]byte
	key := appendLoose(space[:0], folded)
	for i := range c.regions {
		for _, k := range c.regions[i].folded {
			if string(key) == k {
				return i
			}
		}
	}
	return -1
}

// regionKeys are the ways to write a region: its code where that is not just a number, GeoNames' name, and what regionNames adds.
func regionKeys(countryCode, code, called string) []string {
	ways := []string{called}
	if !isNumber([]byte(code)) {
		ways = append(ways, code)
	}
	for _, r := range regionNames {
		if r.country == countryCode && r.code == code {
			ways = append(ways, strings.Split(r.names, "|")...)
		}
	}
	for i, way := range ways {
		var n name
		n.parse(way)
		ways[i] = string(appendLoose(nil, appendWords(nil, n.words)))
	}
	return ways
}
