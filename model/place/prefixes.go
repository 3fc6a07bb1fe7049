// Areas made of postcodes.

package place

import "strings"

// Prefixes finds what a postcode belongs to by the longest prefix that fits it. The
// zero value knows none. Prefixes are of a country: a postcode from elsewhere fits
// none of them.
type Prefixes struct {
	of      map[[2]string]string // by country and prefix
	longest int
}

// Add takes up a prefix, as people write it, and the code of what it belongs to. Of
// two with one prefix the first by code holds. The country is an ISO code.
func (p *Prefixes) Add(country, prefix, code string) {
	_, prefix = SplitPostcode(strings.ToUpper(prefix))
	key := [2]string{country, prefix}
	if known, taken := p.of[key]; prefix == "" || taken && known < code {
		return
	}
	if p.of == nil {
		p.of = map[[2]string]string{}
	}
	p.of[key] = code
	p.longest = max(p.longest, len(prefix))
}

// Find is the code of what a postcode belongs to, "" for nothing.
func (p *Prefixes) Find(country, postcode string) string {
	if len(p.of) == 0 {
		return ""
	}
	_, postcode = SplitPostcode(postcode)
	postcode = strings.ToUpper(postcode)
	for n := min(len(postcode), p.longest); n > 0; n-- {
		if code, ok := p.of[[2]string{country, postcode[:n]}]; ok {
			return code
		}
	}
	return ""
}

// CountryCode is the ISO code of a country as records name it: home for one that is
// not named, and the name itself for one that nobody knows.
func CountryCode(name, home string) string {
	if name == "" {
		return home
	}
	if code, ok := ParseCountry(name); ok {
		return code
	}
	return name
}
