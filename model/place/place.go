// Package place turns an address into a point on the map: postcode tables, the towns of the world by name, countries
// by name, and the distance between two points. It reads no files and asks no network: the towns are part of the
// program, postcode tables are handed in.
package place

import (
	"fmt"
	"strings"
)

// Attribution must be shown wherever the program tells about itself: the licence of the town data asks for it.
const Attribution = "Towns and postcodes: GeoNames (geonames.org), Creative Commons Attribution 4.0 (CC BY 4.0), reduced."

// Location is a point on the earth in degrees, WGS 84: latitude north positive, longitude east positive.
type Location struct {
	Lat, Lon float64
}

// Valid tells whether the location lies on the earth. It is false for NaN, and for 0/0: no customer lives there, but
// many an export writes zeros for "unknown".
func (l Location) Valid() bool {
	return l.Lat >= -90 && l.Lat <= 90 && l.Lon >= -180 && l.Lon <= 180 && (l.Lat != 0 || l.Lon != 0)
}

// Source says where an account's coordinates come from, best first. The values are stored: never renumber them.
type Source uint8

const (
	FromNothing      Source = iota // not placed
	FromFile                       // given with the account
	FromPostcode                   // centre of the postcode
	FromPostcodeArea               // centre of all postcodes with the same first three characters
	FromTown                       // the town's point, found by name
)

var sourceNames = [...]string{"none", "file", "postcode", "postcode-area", "town"}

// String gives the stable name that files and scripts see.
func (s Source) String() string {
	if int(s) < len(sourceNames) {
		return sourceNames[s]
	}
	return fmt.Sprintf("source(%d)", uint8(s))
}

// Address is what is known of where an account is, as people write it. Any field may be empty.
type Address struct {
	Postcode string
	City     string
	Region   string // state, Bundesland, canton: only chooses between towns of the same name
	Country  string // name or code, German or English
}

// Finder places addresses. It may be used from several goroutines as long as its fields stay as they are.
type Finder struct {
	Towns     *Towns
	Postcodes map[string]*Postcodes // by ISO country code
	Country   string                // ISO code that stands in for an empty country; may be empty
}

// Locate tries the exact postcode, then its area, then the town's name, and says which of them it was. An address in a
// country that it cannot read is not placed: a point in the wrong country is worse than none.
func (f *Finder) Locate(a Address) (Location, Source) {
	country, known := f.countryOf(a)
	if !known {
		return Location{}, FromNothing
	}
	if table := f.Postcodes[country]; table != nil {
		if at, source := table.Find(a.Postcode); source != FromNothing {
			return at, source
		}
	}
	if f.Towns != nil {
		if town, ok := f.Towns.Find(country, a.City, Hint{Region: a.Region, Postcode: a.Postcode}); ok {
			return town.Location, FromTown
		}
	}
	return Location{}, FromNothing
}

// countryOf reads the country, from the postcode's prefix ("A-1010") when the field is empty.
func (f *Finder) countryOf(a Address) (string, bool) {
	if strings.TrimSpace(a.Country) != "" {
		return ParseCountry(a.Country)
	}
	if prefix, _ := splitCountryPrefix(strings.TrimSpace(a.Postcode)); prefix != "" {
		return ParseCountry(prefix)
	}
	return f.Country, f.Country != ""
}
