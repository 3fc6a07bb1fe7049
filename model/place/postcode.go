// Postcodes as people and programs write them.

package place

import "strings"

// NormalizePostcode tidies a postcode for storing and showing: no blanks around it, upper case, no prefix of the very
// country ("D-70173"), no ".0" that a spreadsheet left; and a German one that lost its leading zero to a spreadsheet gets
// it back: four digits become five where the country (ISO code) is DE, and only there.
func NormalizePostcode(country, postcode string) string {
	s := strings.ToUpper(strings.Join(strings.Fields(postcode), " "))
	if prefix, rest := splitCountryPrefix(s); prefix != "" {
		if code, ok := ParseCountry(prefix); ok && code == country {
			s = rest
		}
	}
	if whole, ok := strings.CutSuffix(s, ".0"); ok && isNumber([]byte(whole)) {
		s = whole
	}
	if country == "DE" && len(s) == 4 && isNumber([]byte(s)) {
		s = "0" + s
	}
	return s
}

// splitCountryPrefix parts "D-70173" and "S-958 22"; without such a prefix it returns "".
func splitCountryPrefix(s string) (prefix, rest string) {
	prefix, rest, found := strings.Cut(s, "-")
	rest = strings.TrimSpace(rest)
	if !found || len(prefix) == 0 || len(prefix) > 3 || rest == "" || rest[0] < '0' || rest[0] > '9' {
		return "", s
	}
	for i := range len(prefix) {
		if c := prefix[i] &^ 0x20; c < 'A' || c > 'Z' {
			return "", s
		}
	}
	return prefix, rest
}

// longestCode is longer than any country's postcode.
const longestCode = 12

// areaLength is how many characters of a postcode name its area.
const areaLength = 3

// appendCode adds a postcode in the form tables are keyed by: letters and digits only. A postcode with anything
// else than letters, digits, blanks, dots and hyphens, or too long, gives nothing.
func appendCode(dst []byte, normalized string) []byte {
	start := len(dst)
	for i := range len(normalized) {
		switch c := normalized[i]; {
		case c >= '0' && c <= '9', c >= 'A' && c <= 'Z':
			dst = append(dst, c)
		case c == ' ', c == '-', c == '.':
		default:
			return dst[:start]
		}
	}
	if len(dst)-start > longestCode {
		return dst[:start]
	}
	return dst
}

// delivery is the part of a full postcode that coarser tables list: the outward code of a British one (all but the last three
// characters), else what stands before the first blank or hyphen, without letters behind its digits: 98052-6399 →
// 98052, 1012 AB → 1012, K1A 0B1 → K1A.
func delivery(country, normalized string) string {
	switch country {
	case "GB", "GG", "IM", "JE":
		joined := strings.ReplaceAll(normalized, " ", "")
		if len(joined) >= 5 {
			return joined[:len(joined)-3]
		}
		return joined
	}
	if i := strings.IndexAny(normalized, " -"); i > 0 {
		normalized = normalized[:i]
	}
	if normalized != "" && normalized[0] >= '0' && normalized[0] <= '9' {
		return strings.TrimRight(normalized, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	}
	return normalized
}
