// Tests of placing addresses and of distances.

package place

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestLocateTakesTheBestSource(t *testing.T) {
	finder := Finder{
		Towns:     &Towns{},
		Postcodes: map[string]*Postcodes{"DE": read(t, tableLine("DE", "70173", 48.7785, 9.1806), tableLine("DE", "70199", 48.75, 9.15))},
		Country:   "DE",
	}
	for _, c := range []struct {
		address Address
		want    Source
		near    Location
	}{
		{Address{Postcode: "70173", City: "Kiel"}, FromPostcode, Location{48.7785, 9.1806}},
		{Address{Postcode: "D-70173", Country: "Germany"}, FromPostcode, Location{48.7785, 9.1806}},
		{Address{Postcode: "70182", City: "Stuttgart"}, FromPostcodeArea, Location{48.76, 9.17}},
		{Address{Postcode: "80331", City: "München", Country: "DE"}, FromTown, Location{48.14, 11.58}},
		{Address{City: "München"}, FromTown, Location{48.14, 11.58}},
		{Address{Postcode: "A-1010", City: "Wien"}, FromTown, Location{48.21, 16.37}},
		{Address{Postcode: "1010", City: "Wien", Country: "Österreich"}, FromTown, Location{48.21, 16.37}},
		{Address{City: "Wien", Country: "Atlantis"}, FromNothing, Location{}},
		{Address{City: "Nirgendwo"}, FromNothing, Location{}},
		{Address{}, FromNothing, Location{}},
	} {
		at, source := finder.Locate(c.address)
		require.Equalf(t, c.want, source, "%+v", c.address)
		require.Lessf(t, Distance(at, c.near), 3.0, "%+v: %v", c.address, at)
	}
}

func TestLocateWithoutAnything(t *testing.T) {
	_, source := new(Finder).Locate(Address{Postcode: "70173", City: "Stuttgart", Country: "DE"})
	require.Equal(t, FromNothing, source)
	_, source = (&Finder{Towns: &Towns{}}).Locate(Address{City: "Stuttgart"})
	require.Equal(t, FromNothing, source, "no country, no default")
}

func TestSourceNamesAreStable(t *testing.T) {
	for source, want := range map[Source]string{FromNothing: "none", FromFile: "file", FromPostcode: "postcode", FromPostcodeArea: "postcode-area", FromTown: "town"} {
		require.Equal(t, want, source.String())
	}
	require.Equal(t, "source(99)", Source(99).String())
}

func TestDistance(t *testing.T) {
	berlin, munich := Location{52.5164, 13.3777}, Location{48.1372, 11.5755}
	require.InDelta(t, 504, Distance(berlin, munich), 2)
	require.InDelta(t, math.Pi*EarthRadius, Distance(Location{0, 0}, Location{0, 180}), 0.001)
	require.InDelta(t, math.Pi*EarthRadius/180, Distance(Location{10, 20}, Location{11, 20}), 0.001)
	point := rapid.Custom(func(t *rapid.T) Location {
		return Location{rapid.Float64Range(-90, 90).Draw(t, "lat"), rapid.Float64Range(-180, 180).Draw(t, "lon")}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := point.Draw(t, "a"), point.Draw(t, "b"), point.Draw(t, "c")
		require.InDelta(t, Distance(a, b), Distance(b, a), 1e-6)
		require.InDelta(t, 0, Distance(a, a), 1e-6)
		require.LessOrEqual(t, Distance(a, b), math.Pi*EarthRadius+1e-6)
		require.LessOrEqual(t, Distance(a, c), Distance(a, b)+Distance(b, c)+1e-3)
	})
}

func TestValid(t *testing.T) {
	require.True(t, Location{48, 9}.Valid())
	for _, l := range []Location{{}, {91, 0}, {-91, 0}, {1, 181}, {math.NaN(), 1}, {1, math.Inf(1)}} {
		require.False(t, l.Valid(), "%v", l)
	}
}

// The share of the work at import: 100,000 accounts, town names and postcodes mixed, after the first lookup.
func BenchmarkLocate100000(b *testing.B) {
	lines := germanLines(b)
	for _, c := range []struct {
		name   string
		tables map[string]*Postcodes
	}{{"postcodes", map[string]*Postcodes{"DE": germanTable(b)}}, {"towns", nil}} {
		b.Run(c.name, func(b *testing.B) {
			finder := Finder{Towns: &Towns{}, Postcodes: c.tables, Country: "DE"}
			b.ReportAllocs()
			for b.Loop() {
				for i := range 100_000 {
					l := lines[i%len(lines)]
					finder.Locate(Address{Postcode: l.postcode, City: l.place, Country: "Deutschland"})
				}
			}
		})
	}
}
