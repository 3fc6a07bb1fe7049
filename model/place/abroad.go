// What a postcode says of its country.

package place

import "strings"

// SplitPostcode parts a postcode from the country before it: "D-70173", "DE 70173", "A-1010", "CH8001". The country is its
// ISO code, "" where none stands there; then the postcode comes back as it is, but for a ".0" that a spreadsheet left.
func SplitPostcode(text string) (country, postcode string) {
	s := strings.TrimSpace(text)
	letters := 0
	for letters < len(s) && letters < 4 && (s[letters]|0x20) >= 'a' && (s[letters]|0x20) <= 'z' {
		letters++
	}
	if letters > 0 && letters < 4 {
		rest := strings.TrimLeft(s[letters:], " -–.")
		parted := len(rest) < len(s)-letters
		// British codes begin with letters as well: "E1 6AN" is no Spanish one.
		if rest != "" && rest[0] >= '0' && rest[0] <= '9' && (parted || letters > 1 && onlyFigures(rest)) && !strings.ContainsAny(rest[:min(len(rest), 3)], " ") {
			if code, ok := ParseCountry(s[:letters]); ok && code != "GB" {
				country, s = code, rest
			}
		}
	}
	if whole, ok := strings.CutSuffix(s, ".0"); ok && isNumber([]byte(whole)) {
		s = whole
	}
	return country, s
}

func onlyFigures(s string) bool { return len(s) >= 4 && len(s) <= 5 && isNumber([]byte(s)) }

// CountryOfFour says in which country a postcode of four figures lies by the town beside it: "DE" for one that lost its leading
// zero, else the neighbour where the town lies in the postcode's zone; "" where that does not tell.
func (t *Towns) CountryOfFour(postcode, city string) string {
	if len(postcode) != 4 || !isNumber([]byte(postcode)) || city == "" {
		return ""
	}
	if town, ok := t.Find("DE", city, Hint{Postcode: "0" + postcode}); ok && town.Name != "" {
		return "DE"
	}
	for _, country := range [...]string{"AT", "CH"} {
		if zoneOf(country, postcode) == nil {
			continue
		}
		if _, ok := t.Find(country, city, Hint{Postcode: postcode}); ok {
			return country
		}
	}
	return ""
}
