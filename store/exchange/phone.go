package exchange

// Telephone numbers on their way in: what a spreadsheet made of them is put right,
// or told where it has destroyed them.

import (
	"strings"
)

// phoneNumber is a telephone number as people write it.
var phoneNumber = form[string]{width: 20, show: TextCell, read: func(_ *input, cell string) (string, fault) {
	if exceeds(cell, longestText) {
		return "", tooLong(longestText)
	}
	if number := strings.TrimSpace(strings.Trim(cell, "'’`")); looksLikePhone(number) {
		cell = number
	}
	for _, mark := range [...]string{"tel:", "Tel:", "Tel.:", "="} {
		if rest, ok := strings.CutPrefix(cell, mark); ok && looksLikePhone(strings.TrimSpace(rest)) {
			cell = strings.TrimSpace(rest)
		}
	}
	if strings.HasPrefix(cell, "++") && looksLikePhone(cell[1:]) {
		cell = cell[1:]
	}
	if cell == "" || strings.Trim(cell, "0") == "" {
		return "", faulty(reasonEmpty)
	}
	if scientificLike(cell) {
		return "", faulty(ReasonDestroyed)
	}
	for _, point := range [...]string{".0", ",0"} {
		if whole, ok := strings.CutSuffix(cell, point); ok && digits(whole) {
			if strings.HasSuffix(whole, "00000") && len(whole) > 9 {
				return "", faulty(ReasonDestroyed) // rounded as 4,91718E+11 is
			}
			cell = whole
		}
	}
	if !strings.ContainsAny(cell, "0123456789") && len(cell) > 40 {
		return "", faulty(ReasonNoPhone)
	}
	return strings.Clone(cell), fault{}
}}

// scientificLike reports 4,91718E+11: a number of which only the first figures are
// left.
func scientificLike(s string) bool {
	head, tail, ok := strings.Cut(strings.Replace(strings.ToUpper(s), "E+", "E", 1), "E")
	return ok && len(tail) <= 2 && digits(tail) && digits(strings.NewReplacer(".", "", ",", "").Replace(head))
}

// withAreaCode puts the area code before a number that lacks it.
func withAreaCode(area, number string) string {
	area = strings.Trim(area, "' ")
	if area == "" || number == "" || number[0] == '+' || strings.HasPrefix(number, "00") || strings.HasPrefix(number, area) {
		return number
	}
	if digits(area) && area[0] != '0' {
		area = "0" + area // a spreadsheet took it
	}
	if number[0] == '0' {
		return number
	}
	return area + " " + number
}
