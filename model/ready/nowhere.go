package ready

// Why an account is nowhere on the map, as far as its address tells: what a person can mend
// differs by it.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/model/place"
)

// Why is a reason for which an account has no place.
type Why string

// The reasons, in the order in which they are looked at.
const (
	WhyPlaced    Why = ""            // it has one
	WhyNoAddress Why = "no-address"  // neither a postcode nor a town is known
	WhyNoCountry Why = "country"     // nobody can read its country
	WhyAbroad    Why = "abroad"      // it lies in a country of which no table of postcodes may be there
	WhyNoCode    Why = "no-postcode" // the town alone is known, and none of that name
	WhyUnknown   Why = "unknown"     // its postcode is in no table, nor is its town
)

// Whys lists the reasons, the likeliest to be mended first.
var Whys = [...]Why{WhyNoAddress, WhyNoCode, WhyUnknown, WhyNoCountry, WhyAbroad}

// Nowhere is why an account has no place; home is the country of those that name none.
func Nowhere(a *model.Account, home string) Why {
	switch {
	case a.At.Valid():
		return WhyPlaced
	case strings.TrimSpace(a.Address.Postcode) == "" && strings.TrimSpace(a.Address.City) == "":
		return WhyNoAddress
	}
	prefix, _ := place.SplitPostcode(a.Address.Postcode)
	named := a.Address.Country
	if strings.TrimSpace(named) == "" {
		named = prefix
	}
	if named != "" {
		code, known := place.ParseCountry(named)
		switch {
		case !known:
			return WhyNoCountry
		case code != home:
			return WhyAbroad
		}
	}
	if strings.TrimSpace(a.Address.Postcode) == "" {
		return WhyNoCode
	}
	return WhyUnknown
}
