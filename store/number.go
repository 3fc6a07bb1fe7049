package store

// Telephone numbers in one form, so that 030 123456, +49 30 123456 and
// 0049-30-123456 are known for the same.

import (
	"strings"

	"github.com/nyaruka/phonenumbers"

	"doppelpass/model"
	"doppelpass/model/place"
)

// NormalNumber is a telephone number in the form +4930123456 (E.164), "" for what
// is none. A number without a country's code is of the country given, by its code
// or name; without one of Germany.
func NormalNumber(phone, country string) string {
	if !model.IsPhone(phone) {
		return ""
	}
	country = countryCode(country)
	if number := plainNumber(phone, country); number != "" {
		return number
	}
	number, err := phonenumbers.Parse(phone, country)
	if err != nil {
		return ""
	}
	return phonenumbers.Format(number, phonenumbers.E164)
}

func countryCode(country string) string {
	if len(country) == 2 && country[0] >= 'A' && country[0] <= 'Z' && country[1] >= 'A' && country[1] <= 'Z' {
		return country
	}
	if code, ok := place.ParseCountry(country); ok {
		return code
	}
	return "DE"
}

// callingCodes are of the countries whose numbers are plain: 0 before a national
// number, 00 before a country's code, nothing else to know.
var callingCodes = map[string]string{"DE": "49", "AT": "43", "CH": "41"}

// longestPlain and shortestPlain bound the figures after the country's code.
const shortestPlain, longestPlain = 4, 13

// plainNumber reads the numbers that need no table of the world's: nearly all, and
// there may be a hundred thousand to compare. "" for any other.
func plainNumber(phone, country string) string {
	code := callingCodes[country]
	if code == "" {
		return ""
	}
	digits := make([]byte, 0, 24)
	for i := 0; i < len(phone); i++ {
		switch c := phone[i]; {
		case c >= '0' && c <= '9':
			digits = append(digits, c)
		case c == ' ' || c == '-' || c == '/' || c == '.':
		case c == '(' || c == ')': // (030) 123, but not +49 (0)30
			if strings.Contains(phone, "(0)") {
				return ""
			}
		case c == '+' && i == 0:
			digits = append(digits, '0', '0')
		default:
			return ""
		}
		if len(digits) > 22 {
			return ""
		}
	}
	national, isNational := strings.CutPrefix(string(digits), "0")
	if rest, abroad := strings.CutPrefix(national, "0"); abroad {
		code = ""
		for _, c := range callingCodes {
			if strings.HasPrefix(rest, c) {
				code, national, isNational = c, rest[len(c):], true
			}
		}
	}
	if code == "" || !isNational || len(national) < shortestPlain || len(national) > longestPlain || national[0] == '0' {
		return ""
	}
	return "+" + code + national
}
