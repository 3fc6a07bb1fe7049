// How many real addresses are found, and how far off. The figures are logged; the limits are below what was measured, so that
// a change for the worse shows.

package place

import (
	"bufio"
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// sample opens a file of the sample data beside the repository.
func sample(tb testing.TB, path ...string) *os.File {
	tb.Helper()
	f, err := os.Open(filepath.Join(append([]string{"..", "..", "..", "shared", "data"}, path...)...))
	if err != nil {
		tb.Skip("no sample data beside the repository:", err)
	}
	tb.Cleanup(func() { _ = f.Close() })
	return f
}

// A line of the German table: a postcode with one of its places.
type sampleLine struct {
	postcode, place, state string
	at                     Location
}

func germanLines(tb testing.TB) []sampleLine {
	var lines []sampleLine
	seen := map[string]bool{}
	for s := bufio.NewScanner(sample(tb, "places", "DE.txt")); s.Scan(); {
		c := strings.Split(s.Text(), "\t")
		if key := c[1] + c[2]; !seen[key] {
			seen[key] = true
			lat, errLat := strconv.ParseFloat(c[9], 64)
			lon, errLon := strconv.ParseFloat(c[10], 64)
			require.NoError(tb, errLat)
			require.NoError(tb, errLon)
			lines = append(lines, sampleLine{c[1], c[2], c[3], Location{lat, lon}})
		}
	}
	return lines
}

func germanTable(tb testing.TB) *Postcodes {
	tables, report, err := ReadPostcodes(sample(tb, "places", "DE.txt"))
	require.NoError(tb, err)
	require.Empty(tb, report.Bad)
	require.Len(tb, tables, 1)
	return tables[0]
}

// Distances, summed up.
type distances []float64

func (d distances) at(share float64) float64 {
	if len(d) == 0 {
		return 0
	}
	sort.Float64s(d)
	return d[int(share*float64(len(d)-1))]
}

func (d distances) within(km float64) float64 {
	n := 0
	for _, v := range d {
		if v <= km {
			n++
		}
	}
	return float64(n) / float64(max(len(d), 1))
}

func (d distances) log(t *testing.T, what string, of int) {
	t.Logf("%s: found %d of %d (%.1f %%), median %.1f km, 95th percentile %.1f km, within 10 km %.1f %%, 25 km %.1f %%", what, len(d), of,
		100*float64(len(d))/float64(of), d.at(0.5), d.at(0.95), 100*d.within(10), 100*d.within(25))
}

func TestShareFoundByGermanPostcode(t *testing.T) {
	table, lines := germanTable(t), germanLines(t)
	var exact distances
	for _, l := range lines {
		at, source := table.Find(l.postcode)
		require.Equal(t, FromPostcode, source, l.postcode)
		exact = append(exact, Distance(l.at, at))
	}
	exact.log(t, "line to its postcode's centre", len(lines))
	var area distances
	for i := range table.exact.ends {
		if j, ok := table.areas.search([]byte(table.exact.code(i)[:areaLength])); ok {
			area = append(area, Distance(table.exact.at(i), table.areas.at(j)))
		}
	}
	area.log(t, "postcode's centre to its area's", table.Len())
	require.Greater(t, exact.within(10), 0.9)
	require.Greater(t, area.within(25), 0.9)
	t.Logf("%d postcodes, %d areas, %d bytes encoded", table.Len(), len(table.areas.ends), len(table.Encode()))
}

// Bulk customers have postcodes of their own, listed under the company's name: no town to be found by.
var company = regexp.MustCompile(`(?i)gmbh|\b(ag|kg|ev|e\.v\.|gbr|ohg|se|mbh|bank|verwaltung|versicherung|postfach|dr\.|co\.|eg|amt|ltd)\b|&|verlag|sparkasse|versicherung|behörde|universität|amt\b|gesellschaft|verband|rechtsanwält|zentrale|kasse\b|direktion`)

// Every place of a postcode counts alike, a village of eighty like Köln; so a postcode's places also share one vote, which comes closer
// to addresses: postcodes are cut to serve about as many households each.
func TestShareFoundByGermanTownName(t *testing.T) {
	var towns Towns
	lines := germanLines(t)
	if !testing.Verbose() { // the race detector is slow; every fourth line tells a change for the worse as well
		for i := 0; 4*i < len(lines); i++ {
			lines[i] = lines[4*i]
		}
		lines = lines[:len(lines)/4]
	}
	ofPostcode := map[string]float64{}
	for _, l := range lines {
		if !company.MatchString(l.place) {
			ofPostcode[l.postcode]++
		}
	}
	for _, way := range []struct {
		name            string
		postcode, state bool
	}{{"town name alone", false, false}, {"town name, postcode's first digit", true, false}, {"town name and state", false, true}} {
		var d distances
		of := 0
		votes, near := 0.0, 0.0
		for _, l := range lines {
			if company.MatchString(l.place) {
				continue
			}
			of++
			hint := Hint{}
			if way.postcode {
				hint.Postcode = l.postcode
			}
			if way.state {
				hint.Region = l.state
			}
			if town, ok := towns.Find("DE", l.place, hint); ok {
				km := Distance(l.at, town.Location)
				d = append(d, km)
				votes += 1 / ofPostcode[l.postcode]
				if km <= 10 {
					near += 1 / ofPostcode[l.postcode]
				}
			}
		}
		d.log(t, way.name, of)
		t.Logf("%s, by postcodes: found %.1f %%, of these within 10 km %.1f %%", way.name, 100*votes/float64(len(ofPostcode)), 100*near/votes)
		require.Greater(t, float64(len(d))/float64(of), 0.5)
		require.Greater(t, d.within(10), 0.85)
		require.Greater(t, near/votes, 0.85)
	}
}

// notFound lists the different cities of a table of customers that no town is found for.
func notFound(t *testing.T, f *os.File, city, region, postcode, country string) (rows int, missing []string) {
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	records, err := r.ReadAll()
	require.NoError(t, err)
	column := map[string]int{}
	for i, name := range records[0] {
		column[name] = i
	}
	field := func(record []string, name string) string {
		if i, ok := column[name]; ok && record[i] != "NULL" {
			return record[i]
		}
		return ""
	}
	finder := Finder{Towns: &Towns{}}
	for _, record := range records[1:] {
		if len(record) != len(records[0]) {
			continue
		}
		rows++
		a := Address{Postcode: field(record, postcode), City: field(record, city), Region: field(record, region), Country: field(record, country)}
		at, source := finder.Locate(a)
		if source == FromNothing {
			missing = append(missing, a.City+", "+a.Region+", "+a.Country)
			continue
		}
		require.True(t, at.Valid())
	}
	return rows, missing
}

func TestShareFoundOfNorthwindCustomers(t *testing.T) {
	rows, missing := notFound(t, sample(t, "northwind", "customers.csv"), "city", "region", "postalCode", "country")
	t.Logf("found %d of %d; not: %q", rows-len(missing), rows, missing)
	require.LessOrEqual(t, len(missing), 3)
}

func TestShareFoundOfAdventureWorksResellers(t *testing.T) {
	// Missing are counties in the city column, suburbs that the list lacks, and misspellings.
	rows, missing := notFound(t, sample(t, "adventureworks", "resellers.csv"), "City", "StateProvinceName", "", "Country_Region")
	t.Logf("found %d of %d; not: %q", rows-len(missing), rows, missing)
	require.LessOrEqual(t, len(missing), 40)
}
