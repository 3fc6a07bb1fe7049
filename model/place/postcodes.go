// A country's postcode table: where each postcode has its centre, and each area of them.

package place

import (
	"cmp"
	"slices"
	"strings"
)

// Postcodes is the table of one country. It never changes once made, so any number of goroutines may read it. An
// area is all postcodes with the same first three characters: for Germany's five digits a part of a region, for the
// four of Austria and Switzerland ten postcodes, for a British outward code about a district.
type Postcodes struct {
	country      string
	exact, areas codeList
}

// codeList keeps codes in order with their points, without a pointer a code: some countries have a million.
type codeList struct {
	text     string
	ends     []uint32 // of code i in text
	lat, lon []int32  // ten-thousandths of a degree, as exact as GeoNames' tables
}

const codeStepsPerDegree = 10000

// Country is the table's ISO code.
func (p *Postcodes) Country() string { return p.country }

// Len is the number of postcodes.
func (p *Postcodes) Len() int { return len(p.exact.ends) }

// Find looks a postcode up as people write it: as it is, then without what only finer tables have (see delivery), both
// FromPostcode; then by its area, FromPostcodeArea. FromNothing when even the area is unknown.
func (p *Postcodes) Find(postcode string) (Location, Source) {
	normalized := NormalizePostcode(p.country, postcode)
	var space [longestCode + 4]byte
	code := appendCode(space[:0], normalized)
	if len(code) == 0 {
		return Location{}, FromNothing
	}
	if i, ok := p.exact.search(code); ok {
		return p.exact.at(i), FromPostcode
	}
	var coarseSpace [longestCode + 4]byte
	coarse := appendCode(coarseSpace[:0], delivery(p.country, normalized))
	if i, ok := p.exact.search(coarse); ok {
		return p.exact.at(i), FromPostcode
	}
	if len(code) >= areaLength {
		if i, ok := p.areas.search(code[:areaLength]); ok {
			return p.areas.at(i), FromPostcodeArea
		}
	}
	return Location{}, FromNothing
}

func (l *codeList) code(i int) string {
	start := uint32(0)
	if i > 0 {
		start = l.ends[i-1]
	}
	return l.text[start:l.ends[i]]
}

func (l *codeList) at(i int) Location {
	return Location{float64(l.lat[i]) / codeStepsPerDegree, float64(l.lon[i]) / codeStepsPerDegree}
}

func (l *codeList) search(code []byte) (int, bool) {
	low, high := 0, len(l.ends)
	for low < high {
		middle := int(uint(low+high) >> 1)
		if l.code(middle) < string(code) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < len(l.ends) && l.code(low) == string(code)
}

// A codePoint is a line of a table: coordinates in ten-thousandths of a degree.
type codePoint struct {
	code     string
	lat, lon int32
}

// far is where a line is taken for a stranger in its area: GeoNames lists bulk customers under their postcode but, some of
// them, at the company's seat in another part of the country.
const far = 50 // km

// makePostcodes reduces a country's lines to one point a postcode: the median of latitudes and longitudes (of its different
// points: forty bulk customers in one building count once), which up to half of the lines cannot move far. Where that
// lies far from the area's centre (the median of its postcodes) and some lines do not, only those lines count. It
// sorts the points.
func makePostcodes(country string, points []codePoint) *Postcodes {
	slices.SortFunc(points, func(a, b codePoint) int {
		return cmp.Or(strings.Compare(a.code, b.code), cmp.Compare(a.lat, b.lat), cmp.Compare(a.lon, b.lon))
	})
	var m medians
	var centres []codePoint
	var lines [][]codePoint // of each centre
	eachGroup(points, func(p codePoint) string { return p.code }, func(group []codePoint) {
		centres = append(centres, m.centre(group[0].code, group))
		lines = append(lines, group)
	})
	var areas []codePoint
	done := 0
	eachGroup(centres, func(p codePoint) string { return p.code[:min(areaLength, len(p.code))] }, func(group []codePoint) {
		area := m.centre(group[0].code[:min(areaLength, len(group[0].code))], group)
		if len(area.code) == areaLength {
			areas = append(areas, area)
		}
		for i := range group {
			if len(lines[done]) > 1 && kilometres(group[i], area) > far {
				if near := nearTo(area, lines[done]); len(near) > 0 {
					group[i] = m.centre(group[i].code, near)
				}
			}
			done++
		}
	})
	return &Postcodes{country, makeCodeList(centres), makeCodeList(areas)}
}

// eachGroup calls do with each run of points of the same key.
func eachGroup(points []codePoint, key func(codePoint) string, do func([]codePoint)) {
	for start := 0; start < len(points); {
		end := start + 1
		for end < len(points) && key(points[end]) == key(points[start]) {
			end++
		}
		do(points[start:end])
		start = end
	}
}

func nearTo(area codePoint, lines []codePoint) []codePoint {
	var near []codePoint
	for _, p := range lines {
		if kilometres(p, area) <= far {
			near = append(near, p)
		}
	}
	return near
}

func kilometres(a, b codePoint) float64 { return Distance(a.location(), b.location()) }

func (p codePoint) location() Location {
	return Location{float64(p.lat) / codeStepsPerDegree, float64(p.lon) / codeStepsPerDegree}
}

func makeCodeList(points []codePoint) codeList {
	var l codeList
	var text []byte
	for _, p := range points {
		text = append(text, p.code...)
		l.ends = append(l.ends, uint32(len(text)))
		l.lat, l.lon = append(l.lat, p.lat), append(l.lon, p.lon)
	}
	l.text = string(text)
	return l
}

// medians keeps its room between groups.
type medians struct {
	lat, lon []int32
}

// centre is the median point. Points that repeat the one before count once.
func (m *medians) centre(code string, points []codePoint) codePoint {
	m.lat, m.lon = m.lat[:0], m.lon[:0]
	for i, p := range points {
		if i > 0 && p.lat == points[i-1].lat && p.lon == points[i-1].lon {
			continue
		}
		m.lat, m.lon = append(m.lat, p.lat), append(m.lon, p.lon)
	}
	return codePoint{code, median(m.lat), median(m.lon)}
}

func median(values []int32) int32 {
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}
